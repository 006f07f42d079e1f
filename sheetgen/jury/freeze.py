"""Keep a closed session closed: read its decisions again and compare them with others.

A session that was closed before closings were kept under `.sheetgen/` is kept there from now on; so
is one whose `.sheetgen/closing/` was lost: what stands in `final/` is then all there is.
"""

from __future__ import annotations

import getpass
import json
from typing import TYPE_CHECKING, cast

from sheetgen.files import copy_whole, explain, file_digest, read_json
from sheetgen.jury.closings import DECISIONS, ClosingRecord, Closings, FrozenFile
from sheetgen.jury.final_files import Record, render_final
from sheetgen.jury.publishing import VERSIONS
from sheetgen.model import NO_MENTION, BlockOutcome, CertificationOutcome
from sheetgen.problems import Location, Problem
from sheetgen.problems import frozen as kinds
from sheetgen.session_folder.paths import minutes_name
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from sheetgen.jury.final_decisions import FinalDecisions
    from sheetgen.model import CandidateId

_SHOWN = 6
_OTHER_PARTS = {
    "closing": "date ou heure de clôture",
    "incidents": "incidents",
    "observations": "observations",
    "session": "session",
    "referential": "référentiel",
}
"""What must be the same beside the candidates, and how it is called; not the returned files."""


class UnreadableFinalError(Exception):
    """The decisions written at the closing cannot be read; `problem` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.problem = kinds.FINAL_UNREADABLE.at(Location(file=str(path)), reason=reason)


def check_frozen(former: Record, final: FinalDecisions, place: Location) -> Problem | None:
    """Return a problem that tells how decisions differ from those of the closing; None if not.

    Args:
        former: the decisions of the closing.
        final: those that would be written now.
        place: where the former ones are.
    """
    differences = list(_differences(former, _plain(final)))
    if not differences:
        return None
    more = len(differences) - _SHOWN
    told = [*differences[:_SHOWN], *([f"et {more} autre(s)"] if more > 0 else [])]
    return kinds.FINAL_FROZEN.at(place, found=" ; ".join(told))


def _plain(final: FinalDecisions) -> Record:
    """Return the decisions as reading them back gives them."""
    return cast("Record", json.loads(json.dumps(render_final(final))))


def read_record(path: Path, **kept: Callable[[object], object]) -> Record:
    """Return the decisions in a file written at a closing.

    Args:
        path: the file.
        kept: as `read_json` has it: what is looked for in decisions has to be.

    Raises:
        UnreadableFinalError: they cannot be read.
    """
    try:
        record = read_json(path, **kept)
    except OSError as error:
        raise UnreadableFinalError(path, explain(error)) from error
    except ValueError as error:
        raise UnreadableFinalError(path, "ce n'est pas du JSON") from error
    if not _is_final(record):
        raise UnreadableFinalError(path, "ce ne sont pas des décisions finales")
    return cast("Record", record)


def outcomes_alone(item: object) -> object:
    """Return a candidate's record without criteria and marks, nine tenths of it."""
    if isinstance(item, dict):
        return {name: outcomes_alone(value) for name, value in item.items() if name != "criteria"}
    return [outcomes_alone(inside) for inside in item] if isinstance(item, list) else item


def whole_of(candidate: CandidateId) -> Callable[[object], object]:
    """Return what keeps this candidate's record, and of others' what `outcomes_alone` does."""

    def kept(item: object) -> object:
        theirs = isinstance(item, dict) and item.get("id") == candidate
        return item if theirs else outcomes_alone(item)

    return kept


def read_frozen_decisions(
    closings: Closings, record: ClosingRecord, **kept: Callable[[object], object]
) -> Record:
    """Return the decisions of a closing, as they were frozen.

    Args:
        closings: all of the session's.
        record: of this closing.
        kept: as `read_record` has it.

    Raises:
        UnreadableClosingError: they are lost, or no longer what was frozen.
        UnreadableFinalError: they were no decisions when they were frozen.
    """
    for file in record.files:
        if file.path == DECISIONS:
            closings.find_frozen(record.version, file)
    return read_record(closings.files_of(record.version) / DECISIONS, **kept)


def _is_final(record: object) -> bool:
    """Return whether a record has what is looked for in one."""
    return (
        isinstance(record, dict)
        and _are_records(record.get("candidates"), {"id", "outcome", "blocks"})
        and all(_are_records(item["blocks"], {"code", "outcome"}) for item in record["candidates"])
        and _are_records(record.get("reopened"), {"by", "at", "reason", "version"})
    )


def _are_records(items: object, keys: set[str]) -> bool:
    return isinstance(items, list) and all(
        isinstance(item, dict) and keys <= item.keys() for item in items
    )


def current_user() -> str:
    """Return the name under which somebody is logged in."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        # Systems without accounts, such as some containers, have no name to give.
        return "inconnu"


def _differences(former: Record, current: Record) -> Iterator[str]:
    """Yield the outcomes decided otherwise, in the words of a reader; none if all are equal."""
    before, after = _by_candidate(former), _by_candidate(current)
    for number in sorted(before.keys() | after.keys()):
        if number not in after or number not in before:
            yield f"candidat {number} {'retiré' if number in before else 'ajouté'}"
            continue
        if before[number] != after[number]:
            changes = list(_changes(before[number], after[number]))
            yield from changes or [f"candidat {number} : identité, motifs ou appréciations"]
    for key, name in _OTHER_PARTS.items():
        if former.get(key) != current.get(key):
            yield name


def _by_candidate(record: Record) -> dict[str, Record]:
    return {str(item["id"]): item for item in cast("list[Record]", record["candidates"])}


def _changes(before: Record, after: Record) -> Iterator[str]:
    """Yield the outcomes of one candidate that differ."""
    blocks = {item["code"]: item for item in cast("list[Record]", before["blocks"])}
    for block in cast("list[Record]", after["blocks"]):
        old = blocks.get(block["code"], {}).get("outcome")
        if old != block["outcome"]:
            words = _word(BlockOutcome, old), _word(BlockOutcome, block["outcome"])
            yield f"candidat {after['id']}, {block['code']} : {words[0]} → {words[1]}"
    if before["outcome"] != after["outcome"]:
        old, new = (_word(CertificationOutcome, item["outcome"]) for item in (before, after))
        yield f"candidat {after['id']}, certification : {old} → {new}"
    given, gives = (item.get("mention") or NO_MENTION for item in (before, after))
    if given != gives:
        yield f"candidat {after['id']}, mention : {given} → {gives}"


def _word(terms: type[BlockOutcome | CertificationOutcome], key: object) -> str:
    """Return the French word for an outcome's key."""
    return next((str(term.value) for term in terms if term.key == key), "rien")


MINUTES_KIND = "proces-verbal"

_TRANSCRIPT = "releve"

_NOT_MARKED = frozenset({BlockOutcome.ALREADY_HELD.key, BlockOutcome.NOT_PRESENTED.key})


FOLLOWING = frozenset({".pdf", ".eml"})
"""Endings of what is made of a closing's papers, may be made again, and is no part of it."""


def adopt(closings: Closings, final: Path) -> ClosingRecord | None:
    """Keep what `final/` holds of a closing that is not kept yet; return the closing in force.

    Raises:
        UnreadableFinalError: the decisions in `final/` cannot be read.
        OSError: a file cannot be read or kept.
    """
    places = _versions(final)
    if (final / DECISIONS).exists():
        places[max(places, default=0) + 1] = final
    for version, place in sorted(places.items()):
        _keep(closings, version, place)
    if not places:
        return None
    closings.note_published(max(places) if final in places.values() else 0)
    return closings.last()


def _versions(final: Path) -> dict[int, Path]:
    kept = final / VERSIONS
    if not kept.is_dir():
        return {}
    return {
        int(path.name): path
        for path in kept.iterdir()
        if path.name.isdecimal() and (path / DECISIONS).exists()
    }


def _keep(closings: Closings, version: int, place: Path) -> None:
    decisions = read_record(place / DECISIONS, candidates=outcomes_alone)
    files = []
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        follows = path.suffix.lower() in FOLLOWING
        if path.is_file() and not follows and not name.startswith(f"{VERSIONS}/"):
            kept = closings.files_of(version) / name
            copy_whole(path, kept)
            files.append(_frozen(name, file_digest(kept), decisions))
    session = decisions.get("session")
    code = session.get("code") if isinstance(session, dict) else ""
    closings.write(
        ClosingRecord(
            version=version,
            made=None,
            session=str(code),
            workbook="",
            printed=None,
            files=tuple(files),
            papers=any(item.kind for item in files),
        )
    )


def _frozen(name: str, digest: str, decisions: Record) -> FrozenFile:
    """Return the kind of a file of `final/`, as far as its name tells."""
    for jury in _juries(decisions):
        if name == minutes_name(jury or None):
            return FrozenFile(path=name, sha256=digest, kind=MINUTES_KIND, block=jury)
    stem = name.rpartition("/")[2].removesuffix(".docx")
    for kind, candidate, block in _papers(decisions):
        parts = [kind, file_stem(candidate), *([file_stem(block)] if block else [])]
        start = "_".join(parts)
        if name.endswith(".docx") and (stem == start or stem.startswith(f"{start}_")):
            return FrozenFile(path=name, sha256=digest, kind=kind, candidate=candidate, block=block)
    return FrozenFile(path=name, sha256=digest)


def missing_papers(record: ClosingRecord, decisions: Record, made: Collection[str]) -> list[str]:
    """Return the papers that the decisions ask for and a closing lacks, in words.

    Args:
        record: of the closing.
        decisions: its decisions.
        made: the kinds of paper that the school makes.
    """
    had = {(file.kind, file.candidate, file.block) for file in record.files}
    if not any(kind == _TRANSCRIPT for kind, _, _ in had):
        made = set(made) - {_TRANSCRIPT}  # a closing of before there were any
    asked_for = (paper for paper in _asked_for(decisions) if paper[0] in made)
    return [_named(*paper) for paper in asked_for if paper not in had]


def _asked_for(decisions: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the papers that were to be made for these decisions."""
    for jury in _juries(decisions):
        yield MINUTES_KIND, "", jury
    for item in cast("list[Record]", decisions["candidates"]):
        number = str(item["id"])
        yield "rapport", number, ""
        yield "notification", number, ""
        if any(block["outcome"] not in _NOT_MARKED for block in _blocks(item)):
            yield _TRANSCRIPT, number, ""
        for block in _blocks(item):
            if block["outcome"] == BlockOutcome.VALIDATED.key:
                yield "attestation", number, str(block["code"])
        if item["outcome"] == CertificationOutcome.AWARDED.key:
            yield "parchemin", number, ""


def _juries(decisions: Record) -> list[str]:
    """Return the names of the juries before which candidates came; a blank for one without."""
    candidates = cast("list[Record]", decisions["candidates"])
    return list(dict.fromkeys(str(item.get("jury") or "") for item in candidates)) or [""]


def _blocks(candidate: Record) -> list[Record]:
    return cast("list[Record]", candidate["blocks"])


def _named(kind: str, candidate: str, block: str) -> str:
    word = "procès-verbal" if kind == MINUTES_KIND else kind
    return " ".join(filter(None, (word, candidate, block)))


def _papers(decisions: Record) -> Iterator[tuple[str, str, str]]:
    """Yield each paper there may be, the longest numbers first: one may begin another."""
    candidates = decisions["candidates"]
    found = candidates if isinstance(candidates, list) else []
    for item in sorted(found, key=lambda item: -len(str(item["id"]))):
        number = str(item["id"])
        for block in item["blocks"]:
            yield "attestation", number, str(block["code"])
        for kind in ("rapport", "notification", _TRANSCRIPT, "parchemin"):
            yield kind, number, ""
