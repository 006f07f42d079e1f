"""The example session, deliberated in LibreOffice as a jury would."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import consolidated
import deliberations
import pytest
from conftest import EXAMPLES, ROOT
from office import Change, FillJob, Office

from sheetgen.grid.identity import SigningKey
from sheetgen.grid.read import read_grid
from sheetgen.jury import (
    FinalDecisions,
    open_consolidation,
)
from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    DecidedBy,
    Deliberation,
    JurorCode,
    SessionDecisions,
)
from sheetgen.problems import Problem
from sheetgen.returns import Expected, collect_returns, find_returns
from sheetgen.rules import decide_session
from sheetgen.sources import read_referential, read_session
from sheetgen.spreadsheet import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.spreadsheet import RawSheet

C02, C05, C10 = CandidateId("C02"), CandidateId("C05"), CandidateId("C10")
J1, J2 = JurorCode("J1"), JurorCode("J2")


@pytest.fixture(scope="module")
def proposals() -> SessionDecisions:
    """The example's decisions, with a grid of J2 on C10 that agrees with J1's."""
    referential, _ = read_referential(ROOT / "referential.xlsx")
    assert referential is not None
    session, _ = read_session(EXAMPLES / "session.xlsx", referential)
    assert session is not None
    key = SigningKey(bytes.fromhex((EXAMPLES / "sheetgen.key").read_text(encoding="ascii")))
    files, _ = find_returns([EXAMPLES / "retours"])
    read = [(file, read_grid(file.read())) for file in files]
    expected = Expected(referential=referential, session=session, key=key)
    collection = collect_returns(read, expected)
    given = {pair: collection.marks_of(item) for pair, item in collection.counted.items()}
    lacking = collection.counted[C10, J1]
    returns = (*collection.returns, replace(lacking, file="C10-J2.xlsx", juror=J2))
    given[C10, J2] = {code: replace(mark, juror=J2) for code, mark in given[C10, J1].items()}
    return builders.session_decisions(
        referential, session, decide_session(referential, session, given), returns=returns
    )


def _rows(path: Path) -> Mapping[tuple[str, str], int]:
    """The row of each candidate and subject."""
    sheet = deliberations.read_workbook(path).sheet("Délibération")
    assert sheet is not None
    return {
        (str(sheet.value(row, 0)), str(sheet.value(row, 3))): row + 1
        for row in sheet.rows
        if row > 10
    }


def _typed(
    proposals: SessionDecisions, rows: Mapping[tuple[str, str], int]
) -> dict[str, str | float]:
    """Return what the jury types: reasons where due, C05's bloc settled, one of C02's granted."""
    typed: dict[str, str | float] = {"D5": "Oui", "D6": 46188, "D7": 17.5 / 24, "D8": "Néant"}
    for item in proposals.candidates:
        for block in item.blocks:
            if block.outcome is BlockOutcome.NOT_VALIDATED:
                typed[f"G{rows[item.candidate, block.code]}"] = f"{block.code} non démontré"
        if item.outcome is CertificationOutcome.NOT_AWARDED:
            typed[f"G{rows[item.candidate, 'Certification']}"] = "Aucun bloc validé"
    typed[f"F{rows['C05', 'BC02']}"] = "Validé"
    typed[f"G{rows['C05', 'BC02']}"] = "C2.4 vue à l'entretien"
    typed[f"F{rows['C02', 'BC04']}"] = "Validé"
    typed[f"G{rows['C02', 'BC04']}"] = "Dossier complété en séance"
    return typed


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_the_example_is_deliberated_in_libreoffice(
    tmp_path: Path, libreoffice: Office, proposals: SessionDecisions, ending: str
) -> None:
    """Filled and saved by LibreOffice, in its own format too; proposals followed the decisions."""
    source = tmp_path / "consolidation.xlsx"
    consolidated.write(source, proposals)
    typed = _typed(proposals, _rows(source))
    target = tmp_path / f"rempli{ending}"
    changes = [Change(sheet="Délibération", cell=cell, value=said) for cell, said in typed.items()]
    libreoffice.fill([FillJob(source=source, target=target, changes=changes)])
    workbook = open_consolidation(target)
    assert not isinstance(workbook, Problem)
    deliberation, problems = deliberations.judged(workbook, proposals)
    assert [str(problem) for problem in problems] == []
    assert deliberation is not None
    _check(deliberation, proposals)


def _check(deliberation: Deliberation, proposals: SessionDecisions) -> None:
    closing = deliberation.closing
    assert (f"{closing.date:%d/%m/%Y}", f"{closing.time:%H:%M}") == ("15/06/2026", "17:30")
    assert closing.incidents == "Néant"
    two = deliberation.rulings[C02].blocks[BlockCode("BC04")]
    assert two.proposed is BlockOutcome.NOT_VALIDATED
    assert (two.outcome, two.decided_by) == (BlockOutcome.VALIDATED, DecidedBy.JURY)
    assert two.reason == "Dossier complété en séance"
    five = deliberation.rulings[C05]
    assert five.blocks[BlockCode("BC02")].reason == "C2.4 vue à l'entretien"
    assert five.certification.outcome is CertificationOutcome.AWARDED
    decided = FinalDecisions(proposals=proposals, deliberation=deliberation).decisions
    overridden = {C02, C05}
    before = {item.candidate: item for item in proposals.candidates}
    assert all(
        item == before[item.candidate]
        for item in decided.candidates
        if item.candidate not in overridden
    )
    assert not decided.provisional


def test_what_follows_from_the_marks_is_not_read(
    tmp_path: Path, proposals: SessionDecisions
) -> None:
    """Of « Critères » the marks alone; of other sheets than the jury's nothing; short formulas."""
    path = tmp_path / "consolidation.xlsx"
    consolidated.write(path, proposals)
    opened, whole = open_consolidation(path), read_workbook(path.read_bytes())
    assert not isinstance(opened, Problem)
    unread = {"Synthèse", "Décisions", "Compétences", "Écarts", "Fiche"}
    unread |= {"_candidats", "_fiche", "_listes"}
    assert {*unread, "Critères"} < {sheet.name for sheet in whole.sheets}
    assert [sheet.name for sheet in opened.sheets] == [sheet.name for sheet in whole.sheets]
    for sheet, expected in zip(opened.sheets, whole.sheets, strict=True):
        if sheet.name in unread:
            assert not sheet.rows
        elif sheet.name == "Critères":
            _check_marks_alone(sheet, expected)
        else:
            assert sheet == replace(expected, formulas=sheet.formulas)
            assert sheet.formulas == {
                place: text if len(text) <= 250 else "="
                for place, text in expected.formulas.items()
            }


def _check_marks_alone(sheet: RawSheet, whole: RawSheet) -> None:
    """Each mark with its juror, candidate and criterion as in a whole reading, and no score."""
    headers = next(row for row, cells in whole.rows.items() if "Appréciation 1" in cells.values())
    wanted = {
        column
        for column, header in whole.rows[headers].items()
        if re.fullmatch(r"Candidat|Critère|(Juré|Appréciation) \d+", str(header))
    }
    for row, cells in whole.rows.items():
        kept = {column: cells[column] for column in cells if row <= headers or column in wanted}
        assert sheet.row(row) == kept
    assert not {column for _, column in sheet.formulas} - wanted


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A text under a workbook's name, and a path where nothing is."""
    path = tmp_path / "consolidation.xlsx"
    absent = open_consolidation(path)
    assert isinstance(absent, Problem)
    assert absent.code == "unreadable-file"
    path.write_text("Bonjour", encoding="utf-8")
    text = open_consolidation(path)
    assert isinstance(text, Problem)
    assert text.code == "not-a-workbook"
