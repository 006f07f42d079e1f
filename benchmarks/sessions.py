"""Sessions of any size, and grids filled as jurors would, for what is measured here."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.grid.identity import SigningKey
from sheetgen.model import (
    Assignment,
    Candidate,
    CandidateId,
    Juror,
    JurorCode,
    JurorRole,
    Session,
)
from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import Contents, write_source_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sheetgen.model import Level, Referential

KEY = SigningKey(bytes(range(32)))

_JURORS = 2
"""Who mark each candidate."""

_CANDIDATES_OF_A_JUROR = 50
_MARKED_ROW = re.compile(rb'<dataValidation type="list"[^>]* sqref="C([0-9]+)"')
_SAVED_MARK = re.compile(rb'(<c r="C[0-9]+" s="[0-9]+" t="s"><v>)([0-9]+)(</v></c>)')
_TEXT = re.compile(rb"<si><t[^>]*>([^<]*)</t></si>")
_EMPTY_CELL = re.compile(rb'<c r="([CD])([0-9]+)" s="([0-9]+)"/>')


def session_of(referential: Referential, candidates: int) -> Session:
    """A session of so many candidates, each presenting every bloc to two jurors."""
    blocks = tuple(block.code for block in referential.blocks)
    people = tuple(
        Candidate(
            id=CandidateId(f"{place:05}"),
            last_name=f"Nom{place}",
            first_name="Prénom",
            presented=blocks,
        )
        for place in range(candidates)
    )
    juries = -(-candidates // _CANDIDATES_OF_A_JUROR)
    jurors = tuple(
        Juror(
            code=JurorCode(f"J{place + 1}"),
            last_name=f"Juré{place + 1}",
            first_name="Prénom",
            external=True,
            role=JurorRole.MEMBER if place else JurorRole.PRESIDENT,
        )
        for place in range(juries * _JURORS)
    )
    return Session(
        code="MESURES",
        title="Session engendrée",
        date=date(2026, 6, 15),
        candidates=people,
        jurors=jurors,
        assignments=tuple(
            Assignment(candidate=person.id, juror=jurors[seat].code, blocks=blocks)
            for place, person in enumerate(people)
            for seat in _seats(place)
        ),
    )


def _seats(place: int) -> range:
    first = place // _CANDIDATES_OF_A_JUROR * _JURORS
    return range(first, first + _JURORS)


def write_session(path: Path, session: Session) -> None:
    """The session as the workbook that a school would have written."""
    write_source_workbook(
        path,
        SESSION,
        Contents(
            fields={
                "Session": {"Code": session.code, "Intitulé": session.title, "Date": session.date}
            },
            rows={
                "Candidats": [
                    {
                        "N°": person.id,
                        "Nom": person.last_name,
                        "Prénom": person.first_name,
                        "Parcours": person.route.value,
                    }
                    for person in session.candidates
                ],
                "Jurés": [
                    {
                        "Code": juror.code,
                        "Nom": juror.last_name,
                        "Prénom": juror.first_name,
                        "Externe": "Oui",
                        "Rôle": juror.role.value,
                        "Email": f"{juror.code}@example.org",
                    }
                    for juror in session.jurors
                ],
                "Affectations": [
                    {"Candidat": item.candidate, "Juré": item.juror} for item in session.assignments
                ],
            },
        ),
    )


def filled(grid: bytes, referential: Referential, number: int) -> bytes:
    """The grid with any level on each criterion, and an observation where it is not acquired.

    The same number always gives the same marks, two numbers hardly ever.
    """
    chance = random.Random(number)  # noqa: S311 - nobody is to guess anything here
    levels = referential.scale.levels
    return _with_sheets(grid, lambda sheet, _: _marked(sheet, levels, chance))


def marked_otherwise(saved: bytes, referential: Referential, number: int) -> bytes:
    """A grid that LibreOffice saved, its marks changed for any that it holds; as for `filled`."""
    chance = random.Random(number)  # noqa: S311 - likewise
    labels = {level.label.encode() for level in referential.scale.levels}

    def change(sheet: bytes, texts: Sequence[bytes]) -> bytes:
        numbers = [str(place).encode() for place, text in enumerate(texts) if text in labels]

        def other(found: re.Match[bytes]) -> bytes:
            start, given, end = found.groups()
            return start + (chance.choice(numbers) if given in numbers else given) + end

        return _SAVED_MARK.sub(other, sheet)

    return _with_sheets(saved, change)


def _with_sheets(grid: bytes, change: Callable[[bytes, Sequence[bytes]], bytes]) -> bytes:
    """The grid with each of its sheets changed; `change` is given the shared texts too."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(grid)) as source, zipfile.ZipFile(result, "w") as target:
        texts = _TEXT.findall(source.read("xl/sharedStrings.xml"))
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = change(content, texts)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return result.getvalue()


def _marked(sheet: bytes, levels: Sequence[Level], chance: random.Random) -> bytes:
    given = {row: chance.choice(levels) for row in _MARKED_ROW.findall(sheet)}

    def write(found: re.Match[bytes]) -> bytes:
        column, row, style = found.groups()
        level = given.get(row)
        if level is None or (column == b"D" and level.acquired):
            return found[0]
        said = level.label if column == b"C" else f"Observation {chance.random():.12f}"
        text = b"<is><t>" + said.encode() + b"</t></is>"
        return b'<c r="%b%b" s="%b" t="inlineStr">%b</c>' % (column, row, style, text)

    return _EMPTY_CELL.sub(write, sheet)
