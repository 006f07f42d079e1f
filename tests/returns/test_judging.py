"""Judging one file: nothing in it stops the others, and it is told of within limits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import pytest
from returns.desk import (
    CELLS,
    DESK,
    MARKED,
    SESSION,
    Desk,
    edited,
    opened,
    raw_cell,
    read_file,
    said,
    values,
)

from sheetgen.grid.identity import FIELDS, is_signed
from sheetgen.grid.read import ReadCell, ReadGrid
from sheetgen.model import CandidateId, CriterionCode, ReturnStatus
from sheetgen.returns.collect import collect_returns
from sheetgen.returns.corrections import render_corrections
from sheetgen.returns.find import FoundFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl import Workbook

    from sheetgen.problems import Problem
    from sheetgen.returns.collect import Collection

GRID = DESK.grid()
SOMEWHERE = Path("nowhere")
TOO_LONG = ("Remis en retard, sans annexe. " * 1_100)[:32_767] + "."
CODE = CriterionCode("C1.1.2")


def stamped(**fields: str) -> Callable[[Workbook], None]:
    """Fields of the hidden sheet overwritten."""

    def change(book: Workbook) -> None:
        for row in book["_sheetgen"].iter_rows(max_col=2):
            if row[0].value in fields:
                row[1].value = fields[str(row[0].value)]

    return change


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "corrects"])
@pytest.mark.parametrize("value", ["é", "9" * 5_000])
def test_an_odd_field_of_the_stamp_refuses_that_file_alone(name: str, value: str) -> None:
    """Non-ASCII signatures, numbers of any length: the file beside it is read."""
    odd = edited(GRID, stamped(**{name: value}))
    collection = DESK.collect({"odd.xlsx": odd, "whole.xlsx": DESK.grid("2")})
    refused, whole = collection.returns
    assert refused.status is ReturnStatus.REJECTED
    assert whole.status is ReturnStatus.ACCEPTED
    assert all(len(problem.message) < 500 for problem in refused.problems)
    assert "unforeseen" not in {problem.code for problem in refused.problems}


@pytest.mark.parametrize("text", ["é", "\ud800", ""])
def test_a_signature_of_any_text_is_merely_wrong(text: str) -> None:
    """Halves of characters included, which no encoding takes."""
    assert not is_signed(DESK.key, {"schema": text, "signature": text})


def broken_grid() -> ReadGrid:
    """A grid that no reader gives: a line of two cells where four are expected."""
    whole = whole_grid()
    table = replace(whole.tables[0], lines={1: ("C1.1.1", "")})  # type: ignore[dict-item]
    return replace(whole, tables=(table,))


def whole_grid() -> ReadGrid:
    """A grid as its reader gives it."""
    grid = read_file("whole.xlsx", GRID)
    assert isinstance(grid, ReadGrid)
    return grid


def test_what_nobody_foresaw_refuses_that_file_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """It is said without a traceback, with a landmark for who mends it."""
    read = [
        (FoundFile(name=name, path=SOMEWHERE, sha256=name, size=1), grid)
        for name, grid in (("odd.xlsx", broken_grid()), ("whole.xlsx", whole_grid()))
    ]
    odd, whole = collect_returns(read, DESK.expected).returns
    assert (odd.status, whole.status) == (ReturnStatus.REJECTED, ReturnStatus.ACCEPTED)
    (problem,) = odd.problems
    assert problem.code == "unforeseen"
    assert "(repère returns/rows.py:" in problem.message
    assert capsys.readouterr().err == ""


def test_who_mends_it_gets_the_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error, where the variable asks for it."""
    monkeypatch.setenv("SHEETGEN_DEBUG", "1")
    file = FoundFile(name="odd.xlsx", path=SOMEWHERE, sha256="0", size=1)
    collect_returns([(file, broken_grid())], DESK.expected)
    assert "Traceback" in capsys.readouterr().err


def lengthened(cell: str, text: str) -> bytes:
    """The grid with a text that Excel would not have kept; openpyxl cuts it, so by hand."""
    return raw_cell(GRID, "BC01", cell, f"inlineStr|<is><t>{text}</t></is>")


def test_an_observation_beyond_what_excel_holds_is_refused_at_its_cell() -> None:
    """The mark beside it counts, without it; one that just fits is kept."""
    collection = DESK.collect({"a.xlsx": lengthened("D7", TOO_LONG)})
    (item,) = collection.returns
    assert item.status is ReturnStatus.ACCEPTED
    assert said(item.problems) == [("comment-too-long", "BC01", "D7")]
    assert "dépasse les 32767 caractères" in item.problems[0].message
    assert values(collection) == MARKED
    assert collection.marks_of(item)[CODE].comment == ""
    fits = DESK.collect({"a.xlsx": lengthened("D7", TOO_LONG[1:])})
    assert fits.returns[0].problems == ()
    assert len(fits.marks_of(fits.returns[0])[CODE].comment) == 32_767


def test_characters_that_take_two_places_count_twice() -> None:
    """Excel counts so: 16,384 emoji are one place too many."""
    collection = DESK.collect({"a.xlsx": lengthened("D7", "😀" * 16_384)})
    assert said(collection.returns[0].problems) == [("comment-too-long", "BC01", "D7")]


def corrected(collection: Collection, desk: Desk = DESK) -> dict[str, bytes]:
    """Return what goes back to jurors, nothing having gone wrong."""
    problems: list[Problem] = []
    found = dict(render_corrections(collection, desk.expected, problems))
    assert problems == []
    return found


def test_a_text_too_long_goes_back_cut_and_every_correction_is_written() -> None:
    """The juror finds as much of it as a cell holds, and is told."""
    blank = raw_cell(lengthened("D7", TOO_LONG), "BC01", "C6", "n|")
    sent = corrected(DESK.collect({"a.xlsx": blank}))
    assert {"message_J1.txt", "message_J2.txt", "grille_1_J1_Nom-1.xlsx"} <= set(sent)
    assert "L'observation du critère C1.1.2 dépasse" in sent["message_J1.txt"].decode()
    comment = opened(sent["grille_1_J1_Nom-1.xlsx"])["BC01"]["D7"].value
    assert 32_700 < len(comment) <= 32_767
    assert comment.endswith("…")


def test_an_opinion_too_long_is_refused_at_its_cell_and_goes_back_cut() -> None:
    """It enters no decision; its juror does not lose it."""
    summary = opened(GRID)["Synthèse"]
    (cell,) = [
        summary.cell(label.row, label.column + 1).coordinate
        for row in summary.iter_rows()
        for label in row
        if label.value == "Avis global sur le candidat"
    ]
    long = raw_cell(GRID, "Synthèse", cell, f"inlineStr|<is><t>{TOO_LONG}</t></is>")
    blank = raw_cell(long, "BC01", "C6", "n|")
    collection = DESK.collect({"a.xlsx": blank})
    (item,) = collection.returns
    assert ("answer-too-long", "Synthèse", cell) in said(item.problems)
    assert (item.opinion, item.remarks) == (None, "Rien à dire")
    back = opened(corrected(collection)["grille_1_J1_Nom-1.xlsx"])["Synthèse"][cell].value
    assert 32_700 < len(back) <= 32_767


def filled_down(code: str, rows: int) -> bytes:
    """The grid with a criterion's row copied so many times below the others."""
    source = CELLS[code]

    def change(book: Workbook) -> None:
        sheet = book[source[0]]
        first = int(source[1][1:])
        for row in range(100, 100 + rows):
            for column in (1, 2, 3, 4):
                sheet.cell(row, column).value = sheet.cell(first, column).value

    return edited(GRID, change)


def test_a_row_filled_down_is_one_error_and_its_correction_is_written() -> None:
    """Ten of sixteen hundred places are named."""
    collection = DESK.collect({"a.xlsx": filled_down("C1.1.2", 1_600)})
    problems = [item for item in collection.returns[0].problems if item.code == "criterion-twice"]
    (problem,) = problems
    assert problem.message.endswith("et 1591 autres lignes.")
    assert len(problem.message) < 1_000
    sent = corrected(collection)
    assert len(opened(sent["grille_1_J1_Nom-1.xlsx"])["BC01"]["D7"].value) < 100


def with_rows(lines: Mapping[int, tuple[str, str]]) -> ReadGrid:
    """The grid with more rows in BC01: by number, a code and a mark."""
    whole = whole_grid()
    table = whole.tables[0]
    more = {row: (code, "", mark, "") for row, (code, mark) in lines.items()}
    return replace(whole, tables=(replace(table, lines={**table.lines, **more}), *whole.tables[1:]))


def judged(grid: ReadGrid) -> Collection:
    """Return what is made of one grid as its reader gives it."""
    file = FoundFile(name="a.xlsx", path=SOMEWHERE, sha256="0", size=1)
    return collect_returns([(file, grid)], DESK.expected)


@pytest.mark.parametrize(
    ("code", "kind"),
    [("C9.9.{}", "criterion-code-unknown"), ("", "mark-without-code"), ("C2.1.2", "exempt-marked")],
)
def test_more_than_fifty_like_remarks_are_one_with_a_count_and_ten_places(
    code: str, kind: str
) -> None:
    """Fifty are said one by one."""
    for count, said_of_it in ((50, 50), (51, 1)):
        rows = {100 + n: (code.format(n), "Acquis") for n in range(count)}
        found = [item for item in judged(with_rows(rows)).returns[0].problems if item.code == kind]
        assert len(found) == said_of_it
    assert "Ce constat se répète 51 fois dans ce fichier (BC01 " in found[0].message
    assert found[0].message.count("BC01 ") == 10


def test_faulty_marks_on_criteria_that_were_asked_are_each_said() -> None:
    """However many there are: each is to be marked again."""
    known = builders.referential({f"C1.{n}": 10 for n in range(1, 8)})
    desk = Desk(referential=known, session=builders.session(known))
    grid = read_file("a.xlsx", desk.grid(points=" ".join(["2"] * 70)))
    assert isinstance(grid, ReadGrid)
    table = grid.tables[0]
    lines = {row: (*line[:2], "Aquis", "") for row, line in table.lines.items()}
    faulty = replace(grid, tables=(replace(table, lines=lines),))
    file = FoundFile(name="a.xlsx", path=SOMEWHERE, sha256="0", size=1)
    (item,) = collect_returns([(file, faulty)], desk.expected).returns
    assert len([problem for problem in item.problems if problem.code == "not-a-level"]) == 70


def test_printed_codes_by_the_thousand_are_not_all_searched() -> None:
    """Each search goes through every candidate and juror: five of them tell enough."""
    grid = whole_grid()
    codes = tuple(grid.codes[0]._replace(value=f"{n:04d}-0000-0000") for n in range(20_000))
    (item,) = judged(replace(grid, codes=(*codes, *grid.codes))).returns
    assert item.status is ReturnStatus.ACCEPTED


def test_a_grid_made_before_a_text_was_corrected_for_somebody_no_longer_assigned() -> None:
    """It is refused because it is no longer asked for: `status` must not die of it."""
    older = replace(DESK, session=replace(SESSION, assignments=SESSION.assignments[1:]))
    criteria = tuple(
        replace(item, title="Nouveau texte") if item.code == "C1.1.1" else item
        for item in DESK.referential.criteria
    )
    newer = replace(older, referential=replace(DESK.referential, criteria=criteria))
    (item,) = newer.collect({"a.xlsx": GRID}).returns
    assert [problem.code for problem in item.problems] == ["grid-not-assigned"]
    assert item.candidate == CandidateId("1")


def test_a_huge_text_that_thousands_of_cells_share_is_judged_at_once() -> None:
    """Going through it once a cell would take hours: no code, no mark, an observation refused."""
    huge = "Acquis" + " " * 10_000_000 + "x"
    whole = whole_grid()
    table = whole.tables[0]
    asked = {row: (line[0], huge, huge, huge) for row, line in table.lines.items()}
    strays = dict.fromkeys(range(1000, 21000), (huge, huge, huge, huge))
    odd = replace(whole, tables=(replace(table, lines={**asked, **strays}), *whole.tables[1:]))
    (item,) = judged(odd).returns
    counts = Counter(problem.code for problem in item.problems)
    assert item.status is ReturnStatus.INCOMPLETE
    assert (counts["not-a-level"], counts["comment-too-long"]) == (5, 5)
    assert counts["criterion-code-unknown"] == 1


def test_a_cell_of_spaces_alone_is_blank_however_long() -> None:
    """And one that is not seen to hold anything, as long as it can be looked through."""
    blank = ("", " " * 5_000, "\u200b\n", "\u00a0")
    assert [ReadCell("BC01", "C6", text).blank for text in blank] == [True] * 4
    assert [ReadCell("BC01", "C6", text).blank for text in ("x", " " * 5_000 + "-", "–")] == [
        False
    ] * 3
