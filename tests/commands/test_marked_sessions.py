"""Jurors' marks, read where closings froze them: by code, by name only where that is asked."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sheetgen.cli import main
from sheetgen.commands import Options, StatisticsRequest, write_statistics
from sheetgen.commands.marked_sessions import marked_sessions
from sheetgen.files import sha256
from sheetgen.jury.closings import ClosingRecord, Closings, FrozenFile
from sheetgen.register import CountedScope, open_register
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.sources.read import PrintedKey

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.figures import MarkedSession
    from sheetgen.problems import Problem


def _mark(juror: str, points: float | None, value: object = "Acquis", **more: object) -> object:
    return {"juror": juror, "value": value, "points": points, "comment": "", **more}


def _criterion(code: str, *marks: object, divergent: bool = False) -> dict[str, Any]:
    return {"code": code, "state": "marked", "divergent": divergent, "marks": list(marks)}


CRITERIA = (
    _criterion("K1", _mark("J1", 2), _mark("J2", 0), divergent=True),
    _criterion("K2", _mark("J1", 6.5, 6.5), _mark("J2", 8, 8)),
    _criterion("K3", _mark("J1+J2", 2, jurors=["J1", "J2"])),
    _criterion("K4", _mark("J1", None, "Non observé"), _mark("J2", 1)),
)
PRINTED = {
    ("Certification", "", "Code RNCP"): "RNCP1",
    ("Certification", "", "Intitulé"): "Titre",
    ("Critères", "K2", "Barème"): "8",
    ("Échelle", "Acquis", "Points"): "2",
    ("Échelle", "Non acquis", "Points"): "0",
    ("Jurés", "J1", "Nom"): "=HYPOTHÈSE()",
    ("Jurés", "J1", "Prénom"): "Odile",
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with one closed session, and one that was never closed."""
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    block = {"code": "BC01", "outcome": "validated", "competencies": [{"criteria": CRITERIA}]}
    decisions = {
        "session": {"code": "JUIN", "title": None, "date": "2026-06-15"},
        "referential": {"title": "Titre", "version": None},
        "candidates": [
            {"id": "C01", "outcome": "partial", "blocks": [block]},
            {"id": "C02", "outcome": "absent", "blocks": []},
        ],
        "reopened": [],
    }
    data = json.dumps(decisions).encode()
    path = Closings.of(folder).files_of(1) / "decisions.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    Closings.of(folder).write(
        ClosingRecord(
            version=1,
            made=None,
            session="JUIN",
            workbook="",
            printed={
                PrintedKey(sheet=s, row=r, name=n): text for (s, r, n), text in PRINTED.items()
            },
            files=(FrozenFile(path="decisions.json", sha256=sha256(data)),),
            papers=True,
        )
    )
    (tmp_path / "outputs" / "OUVERTE" / "grilles").mkdir(parents=True)
    return tmp_path / "outputs"


def _read(
    output: Path, scope: CountedScope | None = None, *, named: bool = False
) -> tuple[list[MarkedSession], list[Problem]]:
    problems: list[Problem] = []
    found = marked_sessions(output, scope or CountedScope(), problems, named=named)
    return list(found), problems


def test_marks_are_read_as_they_were_frozen(output: Path) -> None:
    """Own marks with the length of their scale; common ones counted; unobserved ones left out."""
    (session,), problems = _read(output)
    assert problems == []
    told: list[object] = [(m.criterion, m.juror, m.points, m.extent) for m in session.marks]
    assert told == [
        ("K1", "J1", 2, 2),
        ("K1", "J2", 0, 2),
        ("K2", "J1", Fraction(13, 2), 8),
        ("K2", "J2", 8, 8),
        ("K4", "J2", 1, 2),
    ]
    assert (session.scales, session.together) == (2, 1)
    assert session.divergent == {("K1", "C01")}
    assert session.certification == "RNCP1"
    assert session.jurors == {}
    assert _read(output, CountedScope(certification="RNCP2"))[0] == []
    assert len(_read(output, CountedScope(certification="titre"))[0]) == 1


def test_what_was_changed_since_is_told(output: Path) -> None:
    """Decisions that are no longer what was frozen give no marks."""
    path = output / "JUIN" / ".sheetgen" / "closing" / "1" / "files" / "decisions.json"
    path.write_bytes(path.read_bytes() + b" ")
    sessions, problems = _read(output)
    assert sessions == []
    assert [item.code for item in problems] == ["closed-decisions-lost"]


def test_a_juror_is_named_only_where_it_is_asked(output: Path, tmp_path: Path) -> None:
    """By code in both files; by name with `named`, as a text whatever it looks like."""
    register = open_register(str(tmp_path / "register.sqlite"), create=True)
    assert register is not None
    register.close()
    options = Options(register=str(tmp_path / "register.sqlite"))
    page = output / "statistiques.html"
    for named in (False, True):
        request = StatisticsRequest(output=output, scope=CountedScope(), named=named)
        answer = write_statistics(options, request)
        assert [problem.code for problem in answer.problems] == ["nothing-counted"]
        text = page.read_text(encoding="utf-8")
        assert ("Odile" in text) == named
        assert ">J1" in text
        # 2 of 2 points, -1.5 of 8: the mean of 100 % and -18.75 %.
        assert "40,62" in text or "40,63" in text


def test_nothing_is_written_where_nothing_is_counted(output: Path, tmp_path: Path) -> None:
    """Tables without a line would pass for a year without a session."""
    address = str(tmp_path / "register.sqlite")
    register = open_register(address, create=True)
    assert register is not None
    register.close()
    where = ("--register", address, "--output", str(output))
    book = tmp_path / "bilan.xlsx"
    told = CliRunner().invoke(
        main, ["register", "statistics", "--certification", "RNCP2", "-o", str(book), *where]
    )
    assert told.exit_code == 0
    assert "rien n'est écrit" in " ".join(told.output.split())
    assert not book.exists()
    assert not (output / "statistiques.html").exists()


def test_the_command_line_asks_for_what_it_says(output: Path, tmp_path: Path) -> None:
    """Without a terminal nothing is deleted unasked; a file that was named is never replaced."""
    address = str(tmp_path / "register.sqlite")
    register = open_register(address, create=True)
    assert register is not None
    register.close()
    where = ("--register", address, "--output", str(output))
    kept = tmp_path / "bilan.xlsx"
    kept.write_bytes(b"")
    refused = CliRunner().invoke(main, ["register", "statistics", "-o", str(kept), *where])
    assert refused.exit_code == 1
    assert kept.read_bytes() == b""
    assert not (output / "statistiques.html").exists()
    listed = CliRunner().invoke(main, ["register", "forget", *where], input="SUPPRIMER\n")
    assert "La session JUIN n'est pas au registre" in listed.output
    assert (output / "JUIN" / ".sheetgen" / "closing" / "1" / "closing.json").exists()
