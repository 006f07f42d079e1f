"""Sessions of any size, and grids filled as jurors would, for what is measured here."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.grids.identity import SigningKey
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
    from pathlib import Path

    from sheetgen.model import Referential

KEY = SigningKey(bytes(range(32)))

_JURORS = 2
"""Who mark each candidate."""

_CANDIDATES_OF_A_JUROR = 50
_MARKED_CELL = re.compile(rb'<dataValidation type="list"[^>]* sqref="(C[0-9]+)"')


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
                    }
                    for juror in session.jurors
                ],
                "Affectations": [
                    {"Candidat": item.candidate, "Juré": item.juror} for item in session.assignments
                ],
            },
        ),
    )


def filled(grid: bytes, label: str) -> bytes:
    """The grid with this mark on every criterion."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(grid)) as source, zipfile.ZipFile(result, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = _marked(content, label.encode())
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return result.getvalue()


def _marked(sheet: bytes, label: bytes) -> bytes:
    cells = set(_MARKED_CELL.findall(sheet))

    def mark(found: re.Match[bytes]) -> bytes:
        if found[1] not in cells:
            return found[0]
        text = b"<is><t>" + label + b"</t></is>"
        return b'<c r="' + found[1] + b'" s="' + found[2] + b'" t="inlineStr">' + text + b"</c>"

    return re.sub(rb'<c r="(C[0-9]+)" s="([0-9]+)"/>', mark, sheet)
