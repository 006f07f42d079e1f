"""A stamped workbook is, part by part, the one whose rows XlsxWriter all writes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import consolidated
import shaped
import strategies
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tries import tries

from sheetgen.consolidation import division, plan_consolidation, write_consolidation
from sheetgen.consolidation.carried import Carried, CarriedLine
from sheetgen.consolidation.layout import Choice
from sheetgen.consolidation.sheets.table_sheet import TableSheet
from sheetgen.model import CERTIFICATION

if TYPE_CHECKING:
    import pytest
    from hypothesis.strategies import DataObject
    from strategies import Scenario

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.model import SessionDecisions


def written(folder: Path, plan: WorkbookPlan, *, stamped: bool) -> dict[str, str]:
    """Return the parts of a workbook."""
    path = folder / "classeur.xlsx"
    write_consolidation(path, plan, stamped=stamped)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def differences(folder: Path, plan: WorkbookPlan) -> list[str]:
    """Return where a stamped workbook differs from one that is not, first difference by part."""
    stamped, usual = (written(folder, plan, stamped=way) for way in (True, False))
    if stamped.keys() != usual.keys():
        return sorted(stamped.keys() ^ usual.keys())
    return [
        f"{name}: {part[start : start + 80]!r} stamped, {usual[name][start : start + 80]!r} usual"
        for name, part in stamped.items()
        if part != usual[name]
        for start in [len(_common(part, usual[name]))]
    ]


def _common(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    length = next((place for place, (a, b) in enumerate(pairs) if a != b), 0)
    return one[:length]


def carried(decisions: SessionDecisions, data: DataObject) -> Carried:
    """Return what a jury may have written on some of the lines."""
    places = [
        (item.candidate, subject)
        for item in decisions.candidates
        for subject in (*(block.code for block in item.blocks if block.competencies), CERTIFICATION)
    ]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True, max_size=4)) if places else []
    lines = {
        place: CarriedLine(
            decision=data.draw(st.sampled_from([None, Choice.VALIDATED.value])),
            reason=data.draw(st.sampled_from([None, "100 % <oui> & « non »\n" * 3])),
            review=data.draw(st.sampled_from([None, "Non validé"])),
        )
        for place in chosen
        if place[1] != CERTIFICATION
    }
    return Carried(lines=lines)


@tries(15, unchecked=HealthCheck)
@given(st.one_of(strategies.scenarios(), shaped.scenarios()), st.data())
def test_every_part_is_what_xlsxwriter_writes(scenario: Scenario, data: DataObject) -> None:
    """Values, formulas, styles, heights, validations, conditions, charts, texts and their order."""
    decisions = consolidated.decide(scenario)
    (plan,) = plan_consolidation(decisions)
    plan = replace(plan, carried=carried(decisions, data))
    with TemporaryDirectory() as folder:
        assert differences(Path(folder), plan) == []


def test_volumes_and_their_index_too(
    tmp_path: Path, decisions: SessionDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that goes into several workbooks."""
    monkeypatch.setattr(division, "MOST_BYTES", 5 * 27 * 120)
    plans = plan_consolidation(decisions)
    assert len(plans) == 4
    assert [differences(tmp_path, plan) for plan in plans] == [[]] * 4


def test_rows_that_are_alike_are_written_once(
    tmp_path: Path, decisions: SessionDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XlsxWriter writes as many rows for a session three times as large."""
    moulds: list[int] = []

    def counted(sheet: TableSheet, *arguments: object, **options: object) -> object:  # type: ignore[type-arg]
        moulds.append(1)
        return new_stamp(sheet, *arguments, **options)  # type: ignore[arg-type]

    new_stamp = TableSheet._new_stamp  # noqa: SLF001 - nothing else tells how often it is called
    monkeypatch.setattr(TableSheet, "_new_stamp", counted)
    numbers = []
    for times in (3, 9):
        moulds.clear()
        (plan,) = plan_consolidation(decisions)
        written(tmp_path, replace(plan, people=plan.people * times), stamped=True)
        numbers.append(len(moulds))
    assert numbers[0] == numbers[1] > 0


def test_lines_on_the_same_marks_are_filled_again(
    tmp_path: Path, decisions: SessionDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each criterion a second time with the marks it had: its own cells alone are made."""
    again: list[bool] = []

    def noted(sheet: TableSheet, *arguments: object) -> bool:  # type: ignore[type-arg]
        again.append(add_again(sheet, *arguments))  # type: ignore[arg-type]
        return again[-1]

    add_again = TableSheet._add_again  # noqa: SLF001 - nothing else tells whether it was used
    monkeypatch.setattr(TableSheet, "_add_again", noted)
    (plan,) = plan_consolidation(decisions)
    twice = replace(plan, people=plan.people * 2, criteria=plan.criteria * 2)
    assert differences(tmp_path, twice) == []
    assert sum(again) >= plan.criteria / 2
