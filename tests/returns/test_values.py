"""A mark's cell, on every kind of scale: read exactly, or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns.desk import REFERENTIAL, Desk, edited, raw_cell, said, values

from sheetgen.grid.read import ReadCell
from sheetgen.model import NOT_OBSERVED, CriterionCode, Level
from sheetgen.problems import Location, Problem
from sheetgen.returns.values import CodeReader, ReadValue, ValueReader
from sheetgen.spreadsheet import Moment
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from openpyxl import Workbook

    from sheetgen.model import Scale
    from sheetgen.spreadsheet import RawCell

HERE = Location(file="rendu.xlsx", sheet="BC01", cell="C6")


def labelled(*labels: str) -> Scale:
    """A scale of these labels, best first; all but the last are acquired."""
    last = len(labels) - 1
    return builders.level_scale(
        Level(label=label, points=Fraction(last - place), acquired=place < last)
        for place, label in enumerate(labels)
    )


def read(scale: Scale, value: RawCell) -> str | Fraction:
    """The mark that a cell gives, or the code of its refusal between brackets."""
    found = ValueReader(scale=scale).read(value, HERE)
    return f"[{found.code}]" if isinstance(found, Problem) else found.value


NUMBERS = labelled("2", "1", "0")
ODD = labelled("Oui", "VRAI", "12,5", "<5", "*", "10 %", "=1+1", "1/2", "?")
TWICE = labelled("1", "1,0", "01", "0")
NOTES = builders.note_scale()


@pytest.mark.parametrize(
    ("scale", "value", "mark"),
    [
        (NUMBERS, 1.0, "1"),
        (NUMBERS, 0.0, "0"),
        (NUMBERS, "1", "1"),
        (NUMBERS, " 2 ", "2"),
        (NUMBERS, "2.0", "[not-a-level]"),
        (NUMBERS, 1.5, "[not-a-level]"),
        (NUMBERS, True, "[not-a-level]"),
        (NUMBERS, False, "[not-a-level]"),
        (NUMBERS, -1.0, "[not-a-level]"),
        (NUMBERS, "non observé", NOT_OBSERVED),
        (ODD, "OUI", "Oui"),
        (ODD, True, "VRAI"),
        (ODD, "vrai", "VRAI"),
        (ODD, False, "[not-a-level]"),
        (ODD, 12.5, "12,5"),
        (ODD, "12,5", "12,5"),
        (ODD, "12.5", "[not-a-level]"),
        (ODD, "<5", "<5"),
        (ODD, 4.0, "[not-a-level]"),
        (ODD, "*", "*"),
        (ODD, "n'importe quoi", "[not-a-level]"),
        (ODD, 0.1, "10 %"),
        (ODD, "10 %", "10 %"),
        (ODD, "10\u202f%", "10 %"),
        (ODD, "=1+1", "=1+1"),
        (ODD, 2.0, "[not-a-level]"),
        (ODD, "1/2", "1/2"),
        (ODD, Moment(day=date(2026, 2, 1)), "[not-a-level]"),
        (ODD, "?", "?"),
        (TWICE, 1.0, "[not-a-level]"),
        (TWICE, "1", "1"),
        (TWICE, "1,0", "1,0"),
        (TWICE, "01", "01"),
        (TWICE, 0.0, "0"),
        (NOTES, 12.5, Fraction(25, 2)),
        (NOTES, "12,5", Fraction(25, 2)),
        (NOTES, "12.5", Fraction(25, 2)),
        (NOTES, " 12,50 ", Fraction(25, 2)),
        (NOTES, "+8", Fraction(8)),
        (NOTES, 0.0, Fraction(0)),
        (NOTES, "-0", Fraction(0)),
        (NOTES, 20.0, Fraction(20)),
        (NOTES, 12.500000000000002, Fraction(25, 2)),
        (NOTES, "NON OBSERVÉ", NOT_OBSERVED),
        (NOTES, 21.0, "[note-out-of-bounds]"),
        (NOTES, 20.5, "[note-out-of-bounds]"),
        (NOTES, -0.5, "[note-out-of-bounds]"),
        (NOTES, "125", "[note-out-of-bounds]"),
        (NOTES, 12.3, "[note-out-of-step]"),
        (NOTES, "12,55", "[note-out-of-step]"),
        (NOTES, "douze", "[not-a-note]"),
        (NOTES, "12,5/20", "[not-a-note]"),
        (NOTES, "12 / 20", "[not-a-note]"),
        (NOTES, "1 2", "[not-a-note]"),
        (NOTES, "1\u00a02", "[not-a-note]"),
        (NOTES, "12,5,", "[not-a-note]"),
        (NOTES, "12,", "[not-a-note]"),
        (NOTES, ",5", "[not-a-note]"),
        (NOTES, "--5", "[not-a-note]"),
        (NOTES, "1e1", "[not-a-note]"),
        (NOTES, "0x10", "[not-a-note]"),
        (NOTES, "1_0", "[not-a-note]"),
        (NOTES, "١٢", "[not-a-note]"),
        (NOTES, "12½", "[not-a-note]"),
        (NOTES, "9" * 5000, "[not-a-note]"),
        (NOTES, "nan", "[not-a-note]"),
        (NOTES, float("nan"), "[not-a-note]"),
        (NOTES, float("inf"), "[not-a-note]"),
        (NOTES, 1e300, "[not-a-note]"),
        (NOTES, True, "[not-a-note]"),
        (NOTES, Moment(day=date(2026, 5, 12)), "[not-a-note]"),
        (NOTES, "Acquis", "[not-a-note]"),
    ],
)
def test_a_value_is_read_exactly_or_refused(
    scale: Scale, value: RawCell, mark: str | Fraction
) -> None:
    """Labels that look like numbers, truth values or criteria are labels; notes are numbers."""
    assert read(scale, value) == mark


def test_steps_count_from_the_lowest_note() -> None:
    """From 1 by steps of 3: 1, 4, 7, 10."""
    scale = builders.note_scale(minimum=1, maximum=10, step=3, acquired_from=7)
    assert [read(scale, float(note)) for note in (1, 3, 4, 10)] == [
        Fraction(1), "[note-out-of-step]", Fraction(4), Fraction(10),
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["1/10", "1/20", "1/100", "1/4"])
def test_every_step_is_read_exactly_from_the_float_that_stands_for_it(step: str) -> None:
    """0.1 added up in binary is never taken for out of step."""
    scale = builders.note_scale(step=step)
    for count in range(int(20 / Fraction(step)) + 1):
        note = count * Fraction(step)
        assert read(scale, float(note)) == note


def test_a_refusal_says_what_is_allowed() -> None:
    """The value found, the nearest allowed, the bounds and the step."""
    reader = ValueReader(scale=NOTES)
    near = reader.read("Non observer", HERE)
    assert isinstance(near, Problem)
    assert str(near) == (
        "rendu.xlsx, feuille BC01, cellule C6 : « Non observer » n'est pas une note. "
        "Vouliez-vous dire « Non observé » ? Saisir une note de 0 à 20 par pas de 0,5, "
        "ou « Non observé »."
    )
    step = reader.read(12.3, HERE)
    assert isinstance(step, Problem)
    assert step.message == "La note 12,3 n'est pas un multiple du pas."


TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Acquis", "Partiellement acquis", "Non acquis", "Non observé", "12,5"]),
)


@given(
    value=st.one_of(
        TEXTS,
        st.floats(),
        st.booleans(),
        st.builds(Moment, day=st.dates(), clock=st.none() | st.times()),
        st.builds(Moment, clock=st.times()),
    )
)
def test_nothing_a_cell_may_hold_is_misread(value: RawCell) -> None:
    """What is read of a level is what the cell says, letter for letter once folded."""
    for scale in (builders.level_scale(), NOTES):
        found = ValueReader(scale=scale).read(value, HERE)
        if isinstance(found, ReadValue) and isinstance(found.value, str):
            assert fold(found.value) == fold(str(value))
        elif isinstance(found, ReadValue):
            shown = str(value).strip().replace(",", ".")
            assert abs(float(found.value) - float(shown)) < 1e-9


def test_labels_that_look_like_numbers_come_back_from_a_real_grid() -> None:
    """A dropdown of « 2 », « 1 », « 0 » that a spreadsheet turned into numbers."""
    known = builders.referential({"C1.1": 3}, scale=NUMBERS)
    desk = Desk(referential=known, session=builders.session(known))
    data = desk.grid(points="2 1 0")
    data = raw_cell(data, "BC01", "C6", "n|<v>1</v>")
    data = raw_cell(data, "BC01", "C7", "b|<v>1</v>")
    collection = desk.collect({"rendu.xlsx": data})
    assert values(collection) == {"C1.1.1": "1", "C1.1.3": "0"}
    assert said(collection.returns[0].problems) == [("not-a-level", "BC01", "C7")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.1", "1.1"),
        ("1.10", "1.10"),
        (1.1, None),
        (2.5, "2,5"),
        ("2.5", None),
        (" a\u00a01 ", "A 1"),
        (Moment(day=date(2026, 1, 1)), None),
        (True, None),
        ("", None),
    ],
)
def test_codes_that_look_like_numbers_are_found_where_only_one_can_be_meant(
    value: RawCell, code: str | None
) -> None:
    """« 2,5 » kept as a number is found; the number 1.1 may be 1.1 or 1.10, and is not taken."""
    codes = ("1.1", "1.10", "2,5", "A 1")
    criteria = tuple(
        replace(item, code=CriterionCode(text))
        for item, text in zip(REFERENTIAL.criteria, codes, strict=False)
    )
    reader = CodeReader(referential=replace(REFERENTIAL, criteria=criteria))
    assert reader.find(ReadCell(sheet="BC01", cell="A6", value=value)) == code


def test_a_refusal_writes_small_steps_and_great_notes_whole() -> None:
    """A step of 0.00001 is no 1e-05."""
    scale = builders.note_scale(maximum=1_000_000, step="1/100000")
    found = ValueReader(scale=scale).read("beaucoup", HERE)
    assert isinstance(found, Problem)
    assert "de 0 à 1000000 par pas de 0,00001" in found.hint


NOTED = builders.referential({"C1.1": 3}, scale=NOTES)


def typed(value: float, number_format: str) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The notes 12, 8 and 15 once a program gave the first another value and format."""

    def change(book: Workbook) -> None:
        cell = book["BC01"]["C6"]
        cell.value, cell.number_format = value, number_format

    desk = Desk(referential=NOTED, session=builders.session(NOTED))
    collection = desk.collect({"rendu.xlsx": edited(desk.grid(points="12 8 15"), change)})
    return values(collection), collection.returns[0].problems


@pytest.mark.parametrize(
    ("value", "number_format", "found"),
    [
        (0.5, "0%", "« 50 % », mais elle contient le nombre 0,5"),
        (0.5, "0.00%", "« 50 % », mais elle contient le nombre 0,5"),
        (0.5, r"0\ %", "« 50 % », mais elle contient le nombre 0,5"),
        (0.5, "[>1]0;0%", "« 50 % », mais elle contient le nombre 0,5"),
        (12.0, "0.0,", "« 12 en milliers », mais elle contient le nombre 12"),
        (12.0, "#,##0,,", "« 12 en milliers », mais elle contient le nombre 12"),
    ],
)
def test_a_note_shown_as_another_number_is_refused(
    value: float, number_format: str, found: str
) -> None:
    """`50%` typed in Excel is 0.5, a note where the step is a half: it is not taken for one."""
    kept, problems = typed(value, number_format)
    assert kept == {"C1.1.2": 8, "C1.1.3": 15}
    (problem,) = [item for item in problems if item.code == "note-shown-otherwise"]
    assert problem.location.cell == "C6"
    assert found in problem.message
    assert "sans « % », de 0 à 20 par pas de 0,5" in problem.hint


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (8, '0"/10"'),
        (8, r"0\/1\0"),
        (8, "0/10"),
        (8, '0" sur 10"'),
        (8, '0" ½"'),
        (5, '"1"0'),
        (5, '0"0"'),
        (5, "10"),
        (5, "*10"),
        (5, "-0"),
        (5, "(0)"),
        (5, "0-"),
        (15, '0","0'),
        (15, "0.0.0"),
        (5, '","0'),
        (5, '"—"'),
        (5, ";;;"),
        (5, '"Acquis"'),
        (0, "#"),
        (0, "0;-0;;@"),
        (0, '0;-0;"Non observé"'),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'),
        (5, '[<10]"Non acquis";"Acquis"'),
        (5, '[=12]"8";0'),
        (15, "[<10]0"),
        (5, "[$1-40C]0"),
        (5, "[DBNum1]0"),
    ],
)
def test_a_note_under_a_format_that_may_show_something_else_is_refused(
    value: int, number_format: str
) -> None:
    """`0"/10"` shows 8 as 8/10, which is no 8 of 20: nobody may say which the juror meant."""
    kept, problems = typed(value, number_format)
    assert kept == {"C1.1.2": 8, "C1.1.3": 15}
    (problem,) = [item for item in problems if item.code == "note-shown-otherwise"]
    assert problem.location.cell == "C6"
    assert f"« {value} sous le format {number_format} »" in problem.message


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (8, "0;-0;;@"),
        (8, '0;-0;"Non observé"'),
        (0, "0"),
        (0, "0;[Red]-0"),
        (0, "# ?/?"),
        (8, "# ??/100"),
        (8, "#,##0_);[Red](#,##0)"),
        (8, "[Red][<10]0;[Color10]0"),
        (8, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'),
        (8, "[$-F400]0.0"),
        (8, "+0"),
        (8, r"#\ ##0.00"),
        (8, "General;-General"),
        (8, "@"),
        (8, '0" points."'),
    ],
)
def test_a_format_in_sections_is_judged_by_the_one_that_the_note_falls_in(
    value: int, number_format: str
) -> None:
    """Colours, signs of the negative, blanks and currencies change no number."""
    kept, _ = typed(value, number_format)
    assert kept == {"C1.1.1": value, "C1.1.2": 8, "C1.1.3": 15}


@pytest.mark.parametrize(
    "number_format",
    ["General", "0.00", "#,##0.0", "# ?/?", "0.0E+00", '0.0" pts"', '0.0" %"', "0.0 [$€-40C]"],
)
def test_a_note_shown_as_itself_is_read_whatever_its_format(number_format: str) -> None:
    """Decimals, thousands, fractions, units: the number that is seen is the number that is read."""
    kept, _ = typed(12.5, number_format)
    assert kept == {"C1.1.1": Fraction(25, 2), "C1.1.2": 8, "C1.1.3": 15}


def test_a_percentage_is_still_a_level_and_a_comment() -> None:
    """« 10 % » in a dropdown becomes 0.1 shown as 10 %, and a comment may be any number."""
    scale = labelled("10 %", "5 %", "0 %")
    known = builders.referential({"C1.1": 3}, scale=scale)
    desk = Desk(referential=known, session=builders.session(known))

    def change(book: Workbook) -> None:
        for address in ("C6", "D6"):
            cell = book["BC01"][address]
            cell.value, cell.number_format = 0.1, "0%"

    collection = desk.collect({"rendu.xlsx": edited(desk.grid(points="1 1 0"), change)})
    assert values(collection)["C1.1.1"] == "10 %"
    assert collection.returns[0].problems == ()
