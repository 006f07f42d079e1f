"""A session too large for one workbook: an index for the jury, and volumes that say the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from consolidated import table, write
from recalculation import recalculate

from sheetgen.consolidation import division, plan_consolidation, write_consolidation
from sheetgen.consolidation.plan import Coverage
from sheetgen.spreadsheet import limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.model import SessionDecisions

VOLUMES = (
    "blocs/consolidation_BC01_partie_1.xlsx",
    "blocs/consolidation_BC01_partie_2.xlsx",
    "blocs/consolidation_BC02.xlsx",
)


@pytest.fixture
def divided(
    monkeypatch: pytest.MonkeyPatch, decisions: SessionDecisions
) -> tuple[WorkbookPlan, ...]:
    """The small session where a workbook holds four or five criteria: BC01 has six, BC02 two."""
    monkeypatch.setattr(division, "MOST_BYTES", 5 * 27 * 120)
    return plan_consolidation(decisions)


@pytest.fixture
def folder(tmp_path: Path, divided: tuple[WorkbookPlan, ...]) -> Path:
    """The divided session, written."""
    for plan in divided:
        write_consolidation(tmp_path / plan.name, plan)
    return tmp_path


def test_a_session_that_fits_goes_into_one_workbook(decisions: SessionDecisions) -> None:
    """Eight rows of criteria do."""
    (plan,) = plan_consolidation(decisions)
    assert (plan.name, plan.coverage, plan.criteria) == ("consolidation.xlsx", Coverage.WHOLE, 8)


def test_a_session_that_does_not_fit_is_divided_by_bloc(
    divided: tuple[WorkbookPlan, ...],
) -> None:
    """Each candidate's bloc is in one volume, whole; a bloc is cut between two candidates."""
    index, *volumes = divided
    assert (index.name, index.coverage) == ("consolidation.xlsx", Coverage.INDEX)
    assert index.people == ("1", "2", "3", "10")
    assert index.volumes == tuple(volumes)
    found = {item.name: (item.blocks, item.people, item.criteria) for item in volumes}
    assert found == dict(
        zip(
            VOLUMES,
            [(("BC01",), ("1",), 3), (("BC01",), ("2",), 3), (("BC02",), ("1", "10"), 2)],
            strict=True,
        )
    )


def test_no_workbook_is_larger_than_finalize_reads() -> None:
    """The bytes that a workbook is planned for leave room for what estimates miss."""
    assert division.MOST_BYTES <= 0.85 * limits.INFLATED_BYTES


def shown(path: Path) -> Workbook:
    """The values stored in a workbook."""
    return openpyxl.load_workbook(path, data_only=True)


def test_the_index_says_what_the_whole_workbook_says(
    tmp_path: Path, folder: Path, decisions: SessionDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row for row, but for the sheets that are in volumes."""
    index = shown(folder / "consolidation.xlsx")
    monkeypatch.undo()
    whole = shown(write(tmp_path / "whole.xlsx", decisions))
    assert [sheet.title for sheet in index if sheet.sheet_state == "visible"] == [
        *("Synthèse", "Décisions", "Classeurs", "Anomalies", "Délibération", "Fiche")
    ]
    for name in ("Synthèse", "Décisions", "Délibération"):
        assert table(index[name]) == table(whole[name])


def test_volumes_say_what_the_whole_workbook_says(
    tmp_path: Path, folder: Path, decisions: SessionDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row of each detailed sheet, in one volume and no other."""
    books = [shown(folder / name) for name in VOLUMES]
    monkeypatch.undo()
    whole = shown(write(tmp_path / "whole.xlsx", decisions))
    for name, key in (("Critères", "Critère"), ("Compétences", "Compétence"), ("Écarts", "Juré")):
        rows = [
            row for book in books for row in table(book[name]) if str(row["Candidat"])[0] != "✔"
        ]
        said = by_candidate(rows, key)
        assert len(said) == len(rows)
        assert said == by_candidate(table(whole[name]), key)


def by_candidate(
    rows: list[dict[str, object]], key: str
) -> Mapping[tuple[object, ...], Mapping[str, object]]:
    """Rows by candidate, criterion or competency, and juror; empty seats are left out."""
    return {
        (row["Candidat"], row.get("Critère"), row[key]): {
            title: value for title, value in row.items() if value is not None
        }
        for row in rows
    }


def test_a_divided_session_recalculates_to_what_it_shows(folder: Path) -> None:
    """No error, and the values that were stored."""
    for name in ("consolidation.xlsx", *VOLUMES):
        again = recalculate(folder / name)
        assert again.errors() == {}
        for sheet in shown(folder / name):
            if sheet.sheet_state == "visible":
                assert differing(sheet, again.values(sheet.title, addresses(sheet))) == {}


def addresses(sheet: Worksheet) -> list[str]:
    """Every cell that holds something, hidden columns too."""
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value is not None]


def differing(sheet: Worksheet, values: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """The cells that show something else than the value given."""
    return {
        cell: (sheet[cell].value, value)
        for cell, value in values.items()
        if sheet[cell].value != (pytest.approx(value) if isinstance(value, float) else value)
        and not isinstance(sheet[cell].value, bool)
    }


def test_a_change_in_a_volume_stays_there_and_is_followed(folder: Path) -> None:
    """A mark raised on one of three criteria: its competency follows, and so does the bloc."""
    volume = recalculate(folder / VOLUMES[2])
    assert volume.value("Décisions", "E6") == "Non validé"
    for cell in ("H6", "J6"):
        assert volume.value("Critères", cell) in ("Non acquis", "Partiellement acquis")
        volume.write("Critères", cell, "Acquis")
    assert volume.value("Décisions", "E6") == "Validé"


def test_the_index_leads_to_each_volume(folder: Path) -> None:
    """By a link to a file that is there, with whom it holds."""
    sheet = openpyxl.load_workbook(folder / "consolidation.xlsx")["Classeurs"]
    stored = shown(folder / "consolidation.xlsx")["Classeurs"]
    rows = [[cell.value for cell in row[2:]] for row in stored.iter_rows(min_row=6)]
    assert rows == [
        [VOLUMES[0], "1", "1", 1, 3],
        [VOLUMES[1], "2", "2", 1, 3],
        [VOLUMES[2], "1", "10", 2, 2],
    ]
    for row, name in enumerate(VOLUMES, start=6):
        assert sheet.cell(row=row, column=3).value == f'=HYPERLINK("{name}")'
        assert (folder / name).is_file()
