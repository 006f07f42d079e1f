"""Values of cells, kind by kind."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.model import JurorRole, Merge, Status, Term
from sheetgen.problems import Location
from sheetgen.problems import source_cells as kinds
from sheetgen.sources.read.cell_display import CellFault, text_of
from sheetgen.sources.read.cell_values import parse_cell
from sheetgen.sources.read.moments import WrittenPassage
from sheetgen.sources.read.opening import SourceCell
from sheetgen.sources.read.quantities import Quantity
from sheetgen.sources.schema import FieldSpec, ValueKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from decimal import Decimal


def read(
    kind: ValueKind,
    value: object,
    number_format: str = "General",
    cell_kind: str = "v",
    choices: type[Term] = Merge,
) -> object:
    """The value of a cell, or the kind of its fault."""
    spec = FieldSpec(
        name="Essai",
        attribute="trial",
        kind=kind,
        choices=choices if kind in (ValueKind.CHOICE, ValueKind.CHOICES) else None,
        maximum_length=20,
        help="",
    )
    cell = SourceCell(reference="A1", value=value, number_format=number_format, kind=cell_kind)
    found = parse_cell(spec, cell)
    return found.kind if isinstance(found, CellFault) else found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0,5", Fraction(1, 2)),
        ("0.5", Fraction(1, 2)),
        (0.1, Fraction(1, 10)),
        (0.1 + 0.2, Fraction(3, 10)),
        (2, Fraction(2)),
        (2.0, Fraction(2)),
        (" 1 234,5 ", Fraction(2469, 2)),
        ("1 234", Fraction(1234)),
        ("-3", Fraction(-3)),
        ("−3", Fraction(-3)),
        ("1 5", kinds.NUMBER_UNREADABLE),
        ("deux", kinds.NUMBER_UNREADABLE),
        ("50 %", kinds.NUMBER_UNREADABLE),
        ("1e3", kinds.NUMBER_UNREADABLE),
        (True, kinds.NUMBER_UNREADABLE),
        (dt.datetime(2026, 6, 15), kinds.NUMBER_UNREADABLE),  # noqa: DTZ001 - Excel has no zones
        (2_000_000, kinds.NUMBER_OUT_OF_RANGE),
    ],
)
def test_a_number_is_the_decimal_shown(written: object, expected: object) -> None:
    """Commas, points, grouped thousands and binary floats are read as a reader sees them."""
    assert read(ValueKind.POINTS, written) == expected


@given(st.decimals(min_value=-9999, max_value=9999, places=4))
def test_a_decimal_reads_back_however_it_is_written(number: Decimal) -> None:
    """A number, its text with a point and its text with a comma all say the same."""
    exact = Fraction(number)
    text = format(number, "f")
    assert read(ValueKind.POINTS, float(number)) == exact
    assert read(ValueKind.POINTS, text) == exact
    assert read(ValueKind.POINTS, text.replace(".", ",")) == exact
    assert read(ValueKind.POINTS, exact_number(exact)) == exact


@pytest.mark.parametrize(
    ("written", "number_format", "expected"),
    [
        (50, "General", Fraction(1, 2)),
        ("50", "General", Fraction(1, 2)),
        ("50 %", "General", Fraction(1, 2)),
        ("66,5%", "General", Fraction(133, 200)),
        (0.5, "0%", Fraction(1, 2)),
        (0.665, "0.0%", Fraction(133, 200)),
        ("0,5 %", "General", Fraction(1, 200)),
        (0, "General", Fraction(0)),
        (1, "General", Fraction(1, 100)),
        (100, "General", Fraction(1)),
        (0.5, "General", kinds.PERCENTAGE_AMBIGUOUS),
        ("0,5", "General", kinds.PERCENTAGE_AMBIGUOUS),
        (50, "0%", kinds.PERCENTAGE_OUT_OF_RANGE),
        (101, "General", kinds.PERCENTAGE_OUT_OF_RANGE),
        (-1, "General", kinds.PERCENTAGE_OUT_OF_RANGE),
        ("moitié", "General", kinds.PERCENTAGE_UNREADABLE),
        ("12/20", "General", Fraction(3, 5)),
        (" 12,5 / 20 ", "@", Fraction(5, 8)),
        ("2/3", "@", Fraction(2, 3)),
        ("0/20", "@", Fraction(0)),
        ("20/20", "@", Fraction(1)),
        ("21/20", "@", kinds.PERCENTAGE_OUT_OF_RANGE),
        ("-1/20", "@", kinds.PERCENTAGE_OUT_OF_RANGE),
        ("0/0", "@", kinds.PERCENTAGE_OUT_OF_RANGE),
        ("12/", "@", kinds.PERCENTAGE_UNREADABLE),
        ("1/2/3", "@", kinds.PERCENTAGE_UNREADABLE),
        ("12/20 %", "@", kinds.PERCENTAGE_UNREADABLE),
        (dt.datetime(2026, 10, 8), "d-mmm", kinds.PERCENTAGE_NOT_TEXT),  # noqa: DTZ001 - likewise
        (dt.time(12, 20), "hh:mm", kinds.PERCENTAGE_NOT_TEXT),
        (50, '0" %"', Fraction(1, 2)),
        (50, "0\\ \\%", Fraction(1, 2)),
        (0.5, '0" %"', kinds.PERCENTAGE_AMBIGUOUS),
        (0.6, "# ?/?", kinds.PERCENTAGE_NOT_TEXT),
        (1, "# ?/?", kinds.PERCENTAGE_NOT_TEXT),
        (0.5, "[<1]0%;0", kinds.PERCENTAGE_NOT_TEXT),
        (50, '0 "points"', Fraction(1, 2)),
        (50, '0" %', kinds.PERCENTAGE_NOT_TEXT),
        (50, "0 [%", kinds.PERCENTAGE_NOT_TEXT),
    ],
)
def test_a_percentage_is_never_guessed(
    written: object, number_format: str, expected: object
) -> None:
    """50, « 50 % » and a percentage cell are one half; a bare 0,5 is refused."""
    assert read(ValueKind.PERCENTAGE, written, number_format) == expected


def test_a_threshold_keeps_whether_it_is_a_percentage() -> None:
    """What a threshold counts depends on the rule chosen, so its sign is kept."""
    assert read(ValueKind.THRESHOLD, 3) == Quantity(number=Fraction(3), is_percentage=False)
    assert read(ValueKind.THRESHOLD, "50 %") == Quantity(number=Fraction(50), is_percentage=True)
    assert read(ValueKind.THRESHOLD, "x") == kinds.PERCENTAGE_UNREADABLE
    assert read(ValueKind.THRESHOLD, "12/20") == Quantity(
        number=Fraction(60), is_percentage=True, whole=Fraction(20)
    )


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (ValueKind.WEIGHT, "0,5", Fraction(1, 2)),
        (ValueKind.WEIGHT, 0, kinds.NUMBER_OUT_OF_RANGE),
        (ValueKind.WEIGHT, -1, kinds.NUMBER_OUT_OF_RANGE),
        (ValueKind.COUNT, 1, Fraction(1)),
        (ValueKind.COUNT, 0, kinds.NUMBER_OUT_OF_RANGE),
        (ValueKind.COUNT, 1.5, kinds.NUMBER_OUT_OF_RANGE),
    ],
)
def test_weights_and_counts_have_a_lowest_value(
    kind: ValueKind, written: object, expected: object
) -> None:
    """A weight is above 0, a count is a whole number from 1."""
    assert read(kind, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Oui", True),
        ("oui ", True),
        ("NON", False),
        (True, True),
        (False, False),
        ("peut-être", kinds.YES_NO_UNREADABLE),
        (1, kinds.YES_NO_UNREADABLE),
    ],
)
def test_yes_and_no_are_words_or_logical_values(written: object, expected: object) -> None:
    """Oui and Non in any case, and what Excel shows as VRAI and FAUX."""
    assert read(ValueKind.YES_NO, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (dt.datetime(2026, 6, 15), dt.date(2026, 6, 15)),  # noqa: DTZ001 - Excel has no zones
        ("2026-06-15", dt.date(2026, 6, 15)),
        ("15/06/2026", dt.date(2026, 6, 15)),
        ("5/6/2026", dt.date(2026, 6, 5)),
        ("31/02/2026", kinds.DATE_IMPOSSIBLE),
        ("15/06/0026", kinds.DATE_IMPOSSIBLE),
        ("15/06/26", kinds.DATE_UNREADABLE),
        ("15 juin 2026", kinds.DATE_UNREADABLE),
        (46188, kinds.DATE_UNREADABLE),
        (dt.time(14, 30), kinds.DATE_UNREADABLE),
    ],
)
def test_a_date_is_excels_iso_or_french(written: object, expected: object) -> None:
    """Three ways to write a date; what is none, or cannot be, is said to be so."""
    assert read(ValueKind.DATE, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (dt.time(14, 30), dt.time(14, 30)),
        (dt.timedelta(hours=9), dt.time(9, 0)),
        (dt.datetime(2026, 6, 15, 14, 30), dt.time(14, 30)),  # noqa: DTZ001 - likewise
        ("14h30", dt.time(14, 30)),
        ("14 h 30", dt.time(14, 30)),
        ("14:30", dt.time(14, 30)),
        ("14:30:00", dt.time(14, 30)),
        ("9h", dt.time(9, 0)),
        ("25h00", kinds.TIME_UNREADABLE),
        ("14h75", kinds.TIME_UNREADABLE),
        ("midi", kinds.TIME_UNREADABLE),
        (0.5, kinds.TIME_UNREADABLE),
    ],
)
def test_a_time_is_excels_or_french(written: object, expected: object) -> None:
    """14h30, 14:30 and a time cell are the same time."""
    assert read(ValueKind.TIME, written) == expected


@pytest.mark.parametrize(
    ("written", "day", "time"),
    [
        (dt.datetime(2026, 6, 15, 9, 30), 15, 9.5),  # noqa: DTZ001 - Excel has no zones
        (dt.datetime(2026, 6, 15), 15, None),  # noqa: DTZ001 - likewise
        (dt.time(9, 30), None, 9.5),
        (dt.timedelta(hours=9.5), None, 9.5),
        ("15/06/2026", 15, None),
        ("2026-06-15 09:30", 15, 9.5),
        ("2026-06-15T09:30:00", 15, 9.5),
        ("15/06/2026 à 9 h 30", 15, 9.5),
        ("15/06/2026, 9h30", 15, 9.5),
        ("9h", None, 9),
    ],
)
def test_a_turn_is_a_day_a_time_or_both(
    written: object, day: int | None, time: float | None
) -> None:
    """Whichever way people write it; a day at midnight is a day alone."""
    found = read(ValueKind.PASSAGE, written)
    assert isinstance(found, WrittenPassage)
    assert found.day == (None if day is None else dt.date(2026, 6, day))
    assert found.time == (None if time is None else dt.time(int(time), int(time % 1 * 60)))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("31/06/2026 9h", kinds.DATE_IMPOSSIBLE),
        ("15/06/2026 25h", kinds.TIME_UNREADABLE),
        ("15/06/26 9h", kinds.PASSAGE_UNREADABLE),
        ("15/06/2026 9", kinds.PASSAGE_UNREADABLE),
        ("le matin", kinds.PASSAGE_UNREADABLE),
        (46188.5, kinds.PASSAGE_UNREADABLE),
        (True, kinds.PASSAGE_UNREADABLE),
    ],
)
def test_what_is_no_turn_is_said_to_be_none(written: object, expected: object) -> None:
    """A day that does not exist, an hour beyond the day, words: nothing is guessed."""
    assert read(ValueKind.PASSAGE, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("35238", "35238"),
        ("2a004", "2A004"),
        (" 2B 033 ", "2B033"),
        ("99109", "99109"),
        (35238, "35238"),
        (1053, kinds.INSEE_CODE_UNREADABLE),
        ("2C004", kinds.INSEE_CODE_UNREADABLE),
        ("350 00 1", kinds.INSEE_CODE_UNREADABLE),
    ],
)
def test_an_insee_code_has_five_signs(written: object, expected: object) -> None:
    """Corsica's have a letter; a zero that a spreadsheet took away is not put back by guessing."""
    assert read(ValueKind.INSEE_CODE, written) == expected


@pytest.mark.parametrize(
    ("written", "number_format", "expected"),
    [
        ("BC01", "General", "BC01"),
        (" BC  01\n", "General", "BC 01"),
        (12, "General", "12"),
        (7, "000", "007"),
        (1, '"2026-"000', "2026-001"),
        (12, "2026\\-000", kinds.CODE_NOT_TEXT),
        (7, "000;-000", "007"),
        (0, '000;-000;"zéro"', kinds.CODE_NOT_TEXT),
        (7, "[$-40C]000", "007"),
        (7, "[Red]000", "007"),
        (123, "00 00", "01 23"),
        (12345, "00 00", "123 45"),
        (3, '"C"00', "C03"),
        (3, "C00", kinds.CODE_NOT_TEXT),
        (5, '0000"A"', "0005A"),
        (5, '"C"General', "C5"),
        (5, "@", "5"),
        (5, "0_)", "5"),
        (5, "???", "5"),
        (5, '"a;b"0', kinds.CODE_NOT_TEXT),
        (5, '"A"', kinds.CODE_NOT_TEXT),
        (5, ";;;", kinds.CODE_NOT_TEXT),
        (0, "#", kinds.CODE_NOT_TEXT),
        (12, "#,##0", "12"),
        (1234, "#,##0", kinds.CODE_NOT_TEXT),
        (5000, "0,", kinds.CODE_NOT_TEXT),
        (12, "0.00", kinds.CODE_NOT_TEXT),
        (1, "0%", kinds.CODE_NOT_TEXT),
        (12, "0.00E+00", kinds.CODE_NOT_TEXT),
        (12, "# ?/?", kinds.CODE_NOT_TEXT),
        (12, "[<100]00;000", kinds.CODE_NOT_TEXT),
        (12, "[DBNum1]00", kinds.CODE_NOT_TEXT),
        (12, '_("$"* #,##0.00_)', kinds.CODE_NOT_TEXT),
        (12, "*-00", kinds.CODE_NOT_TEXT),
        (1.1, "General", kinds.CODE_NOT_TEXT),
        (1e15, "General", kinds.CODE_NOT_TEXT),
        (-1, "General", kinds.CODE_NOT_TEXT),
        (True, "General", kinds.CODE_NOT_TEXT),
        (dt.datetime(2026, 1, 1), "dd/mm", kinds.CODE_NOT_TEXT),  # noqa: DTZ001 - likewise
        ("A;B", "General", kinds.CODE_SEPARATOR),
        ("A,B", "General", kinds.CODE_SEPARATOR),
        ("A" * 21, "General", kinds.TEXT_TOO_LONG),
    ],
)
def test_a_code_is_what_was_typed(written: object, number_format: str, expected: object) -> None:
    """A code that the spreadsheet may have changed into a number or a date is refused."""
    assert read(ValueKind.CODE, written, number_format) == expected


def test_codes_in_a_list_are_separated_and_each_counts_once() -> None:
    """Semicolons and commas separate; blanks and repeats are left out."""
    assert read(ValueKind.REFERENCES, "BC01; BC03 ,BC01;;") == ("BC01", "BC03")
    assert read(ValueKind.REFERENCES, 12) == ("12",)
    assert read(ValueKind.REFERENCES, 1.2) == kinds.CODE_NOT_TEXT


def test_a_choice_is_found_whatever_its_case_and_accents() -> None:
    """Closed values are matched as a reader would, and nothing else is one."""
    assert read(ValueKind.CHOICE, "  MEDIANE ") is Merge.MEDIAN
    assert read(ValueKind.CHOICE, "moyen-ne") is kinds.CHOICE_UNKNOWN


def test_a_choice_may_be_written_of_a_woman() -> None:
    """Roles and attendance have both genders in French."""
    assert read(ValueKind.CHOICE, "Présidente", choices=JurorRole) is JurorRole.PRESIDENT
    assert read(ValueKind.CHOICE, "évaluatrice", choices=JurorRole) is JurorRole.ASSESSOR
    assert read(ValueKind.CHOICE, "Excusée", choices=Status) is Status.EXCUSED
    assert read(ValueKind.CHOICE, "Présidents", choices=JurorRole) is kinds.CHOICE_UNKNOWN


def test_several_choices_stand_in_one_cell() -> None:
    """Separated as codes are, each once; one that is none makes the cell faulty."""
    assert read(ValueKind.CHOICES, "mediane ; Moyenne;médiane") == (Merge.MEDIAN, Merge.MEAN)
    assert read(ValueKind.CHOICES, "médiane ; moyen-ne") is kinds.CHOICE_UNKNOWN


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1f4e79", "1F4E79"),
        ("#1F4E79", "1F4E79"),
        (123456, "123456"),
        ("bleu", kinds.COLOUR_UNREADABLE),
    ],
)
def test_a_colour_is_six_hexadecimal_digits(written: object, expected: object) -> None:
    """With or without the sign in front."""
    assert read(ValueKind.COLOUR, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("=texte", "=texte"),
        (6, "6"),
        (0.5, "0,5"),
        (1e20, "100000000000000000000"),
        ("ligne\r\nligne", "ligne\nligne"),
        ("\u00a0 bord \u00a0", "bord"),
        ("a\x01b", kinds.TEXT_CONTROL_CHARACTER),
        ("a\x0bb", kinds.TEXT_CONTROL_CHARACTER),
        ("a\ufffeb", kinds.TEXT_CONTROL_CHARACTER),
        ("é" * 21, kinds.TEXT_TOO_LONG),
    ],
)
def test_a_text_is_kept_as_written(written: object, expected: object) -> None:
    """Inner text is untouched; what no workbook may hold is reported."""
    assert read(ValueKind.TEXT, written) == expected


@pytest.mark.parametrize(
    ("written", "number_format", "expected"),
    [
        (1, '"PV-2026-"000', "PV-2026-001"),
        (1000, "00000", "01000"),
        (312, "General", "312"),
        (1.1, "General", "1,1"),
        (1.5, "0.00", "1,50"),
        (1.55, "0.0", kinds.CODE_NOT_TEXT),
        (-3, "0", "-3"),
        (-3, "0;(0)", "(3)"),
        (2026, "#,##0", kinds.CODE_NOT_TEXT),
        (12, "[$€-40C]0", "€12"),
        (12, "0.0E+00", kinds.CODE_NOT_TEXT),
        (True, "General", "VRAI"),
        (dt.datetime(2026, 6, 15), "dd/mm/yyyy", "15/06/2026"),  # noqa: DTZ001 - likewise
        (dt.datetime(2026, 6, 15), "mm-dd-yy", "15/06/2026"),  # noqa: DTZ001 - likewise
        (dt.datetime(2026, 6, 1), "mmm-yy", kinds.CODE_NOT_TEXT),  # noqa: DTZ001 - likewise
        (dt.datetime(2026, 6, 15, 9), "dd/mm/yyyy", kinds.CODE_NOT_TEXT),  # noqa: DTZ001
        (dt.time(9, 5), "hh:mm", kinds.CODE_NOT_TEXT),
        (dt.timedelta(hours=30), "[h]:mm", kinds.CODE_NOT_TEXT),
    ],
)
def test_a_text_is_what_the_sheet_shows(
    written: object, number_format: str, expected: object
) -> None:
    """A minutes number or a postal code shown by a format is read so, or refused at its cell."""
    assert read(ValueKind.TEXT, written, number_format) == expected


def test_formulas_and_errors_have_no_value() -> None:
    """Whatever the kind, a formula and an error are said to be so."""
    assert read(ValueKind.TEXT, "=A1", cell_kind="f") is kinds.CELL_FORMULA
    assert read(ValueKind.WEIGHT, "#REF!", cell_kind="e") is kinds.CELL_ERROR


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "VRAI"),
        (False, "FAUX"),
        (dt.datetime(2026, 6, 15), "15/06/2026"),  # noqa: DTZ001 - likewise
        (dt.datetime(2026, 6, 15, 9, 5), "15/06/2026 09:05"),  # noqa: DTZ001 - likewise
        (dt.time(9, 5), "09:05"),
        (2.50, "2,5"),
    ],
)
def test_a_cell_is_shown_as_its_reader_sees_it(value: object, expected: str) -> None:
    """Messages quote what stands in the cell in French."""
    assert text_of(SourceCell(reference="A1", value=value)) == expected


@given(
    st.sampled_from(ValueKind).filter(
        lambda kind: kind not in (ValueKind.CHOICE, ValueKind.CHOICES)
    ),
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    ),
)
def test_no_content_of_a_cell_is_too_odd(kind: ValueKind, value: object) -> None:
    """Whatever a cell holds, it has a value, or a fault whose message can be written."""
    spec = FieldSpec(name="Essai", attribute="trial", kind=kind, help="")
    found = parse_cell(spec, SourceCell(reference="A1", value=value))
    if isinstance(found, CellFault):
        problem = found.kind.at(Location(file="essai.xlsx"), **found.values)
        assert len(problem.message) < 300
