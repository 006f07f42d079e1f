"""A référentiel and a session held against the register: what differs, what is too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem, importing
from sheetgen.sources.importing.levels import PREFIX
from sheetgen.sources.importing.rncp_export import parse_rncp_code, read_rncp_entry
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sheetgen.model import Referential, Session
    from sheetgen.sources.importing.rncp_export import RncpEntry

_SHEET = "Certification"


def check_rncp(
    export: Path, file: Path, referential: Referential, session: Session | None
) -> list[Problem]:
    """Return the differences between a référentiel and its entry in an export of the register."""
    place = Location(file=file.as_posix(), sheet=_SHEET)
    code = parse_rncp_code(referential.certification.rncp_code or "")
    if code is None:
        return [importing.RNCP_CODE_BLANK.at(place)]
    entry = read_rncp_entry(export, code)
    if isinstance(entry, Problem):
        return [entry]
    held_on = None if session is None else session.date
    return list(compare_with_rncp(entry, file.as_posix(), referential, held_on))


def compare_with_rncp(
    entry: RncpEntry, file: str, referential: Referential, held_on: date | None
) -> Iterator[Problem]:
    """Yield the differences between a référentiel and an entry; `held_on` is the session's date."""
    certification = referential.certification
    place = Location(file=file, sheet=_SHEET)
    if not entry.active:
        yield importing.RNCP_INACTIVE.at(place, code=entry.code)
    if fold(certification.title) != fold(entry.title):
        yield importing.RNCP_TITLE.at(place, found=certification.title, expected=entry.title)
    yield from _compare_blocks(entry, file, referential)
    if entry.expires is not None and certification.expiry_date != entry.expires:
        yield importing.RNCP_EXPIRY.at(
            place, found=_shown(certification.expiry_date), expected=_shown(entry.expires)
        )
    limit = entry.last_delivery
    if limit is not None and held_on is not None and held_on > limit:
        yield importing.RNCP_TOO_LATE.at(place, found=_shown(held_on), expected=_shown(limit))


def _compare_blocks(entry: RncpEntry, file: str, referential: Referential) -> Iterator[Problem]:
    place = Location(file=file, sheet="Blocs")
    own = {PREFIX.sub("", str(block.code)): block.title for block in referential.blocks}
    for block in entry.blocks:
        title = own.pop(PREFIX.sub("", block.code), None)
        if title is None:
            yield importing.RNCP_BLOCKS.at(
                place, code=block.code, expected=block.title, found="n'est pas dans le référentiel"
            )
        elif fold(title) != fold(block.title):
            yield importing.RNCP_BLOCKS.at(
                place, code=block.code, expected=block.title, found=f"s'appelle ici « {title} »"
            )
    for code, title in own.items() if entry.blocks else ():
        yield importing.RNCP_BLOCKS.at(
            place, code=code, expected=title, found="n'y est pas : il n'est que dans le référentiel"
        )


def _shown(day: date | None) -> str:
    return "aucune" if day is None else day.strftime("%d/%m/%Y")
