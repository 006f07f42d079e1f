"""One defect at a time in the bloc sheets of a grid: said at its cell, all other marks read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from returns.desk import (
    CELLS,
    DESK,
    MARKED,
    SESSION,
    Desk,
    edited,
    marks,
    raw_cell,
    said,
    values,
)

from sheetgen.model import ReturnStatus
from sheetgen.returns.findings import FindingState

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Case:
    """A change to a grid as filled, what is said of it, and which marks it costs.

    Attributes:
        change: done to the workbook, or to its bytes when `cell_xml` is given instead.
        said: code, sheet and cell of each problem, and of no other.
        lost: criteria that have no valid mark any more, with their state.
        message: part of the first problem's message.
    """

    name: str
    change: Callable[[Workbook], object] | None = None
    cell_xml: tuple[str, str] | None = None
    said: list[tuple[str, str, str]] = field(default_factory=list)
    lost: dict[str, FindingState] = field(default_factory=dict)
    message: str = ""

    def applied(self) -> bytes:
        """The grid that comes back."""
        data = DESK.grid()
        if self.cell_xml is not None:
            code, xml = self.cell_xml
            return raw_cell(data, *CELLS[code], xml)
        if self.change is None:
            raise ValueError(self.name)
        return edited(data, self.change)


def put(code: str, value: object) -> Callable[[Workbook], object]:
    """Types a value in a mark's cell."""
    sheet, cell = CELLS[code]

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    return change


def at(sheet: str, cell: str, value: object) -> Callable[[Workbook], object]:
    """Types a value in a cell, whether or not it is locked."""

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    return change


def both(*changes: Callable[[Workbook], object]) -> Callable[[Workbook], object]:
    """Several changes, one after the other."""

    def change(book: Workbook) -> None:
        for each in changes:
            each(book)

    return change


def refused(name: str, value: object, code: str = "C1.1.1", message: str = "") -> Case:
    """A value that is no level, typed over a mark."""
    return Case(
        name=name,
        change=put(code, value),
        said=[("not-a-level", *CELLS[code])],
        lost={code: FindingState.REFUSED},
        message=message,
    )


def unmerged(sheet: Worksheet) -> Worksheet:
    """The sheet without merged cells, as a person unmerges them to sort or insert."""
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))
    return sheet


def rows_of(sheet: Worksheet) -> list[list[object]]:
    """The values of all rows."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def write_rows(sheet: Worksheet, rows: list[list[object]]) -> None:
    """Values back into rows, from the first one on."""
    for row, line in enumerate(rows, start=1):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value  # type: ignore[assignment]


def merged(area: str) -> Callable[[Workbook], object]:
    """Merges cells of BC01."""
    return lambda book: book["BC01"].merge_cells(area)


def copied_row(book: Workbook) -> None:
    """The row of C1.1.2 copied below the table, as a person does to compare."""
    sheet = book["BC01"]
    for column in range(1, 5):
        sheet.cell(20, column).value = sheet.cell(7, column).value


def copied_sheet(book: Workbook) -> None:
    """The whole of BC02 copied as a backup."""
    book.copy_worksheet(book["BC02"])


def deleted_row(book: Workbook) -> None:
    """The row of C1.1.2 deleted."""
    unmerged(book["BC01"]).delete_rows(7)


def deleted_bloc(book: Workbook) -> None:
    """BC02 deleted."""
    book.remove(book["BC02"])


def deleted_header(book: Workbook) -> None:
    """The header row of BC02 deleted."""
    unmerged(book["BC02"]).delete_rows(1)


def second_marks(book: Workbook) -> None:
    """A second column of marks at the right."""
    book["BC02"]["H1"].value = "évaluation"
    book["BC02"]["H6"].value = "Non acquis"


def two_tables(book: Workbook) -> None:
    """A header row further down that puts the marks elsewhere."""
    for column, name in enumerate(("Code", "Critère", "Points", "Évaluation"), start=1):
        book["BC02"].cell(20, column).value = name


MORNING = datetime(2026, 6, 15, 9, 30, tzinfo=UTC).replace(tzinfo=None)
"""Spreadsheets know no time zones."""

FAULTY = [
    refused("a near miss", "Aquis", message="« Aquis » n'est pas une appréciation. Vouliez-vous"),
    refused("a near miss names the nearest", "Partielement acquis", "C1.1.2",
            message="Vouliez-vous dire « Partiellement acquis » ?"),
    refused("a level with a full stop", "Acquis."),
    refused("two levels at once", "Acquis / Non acquis"),
    refused("a level and a remark", "Acquis (de justesse)"),
    refused("a word of another scale", "Maîtrisé"),
    refused("a cross", "X"),
    refused("a dash", "—"),
    refused("a question mark", "?"),
    refused("not observed, abbreviated", "N.O."),
    refused("not observed, misspelt", "Non observe(e)"),
    refused("a number where levels are words", 2),
    refused("a zero", 0),
    refused("a number as text", "1"),
    refused("a truth value", True, message="« VRAI »"),
    refused("a date", date(2026, 6, 15), message="« 15/06/2026 »"),
    refused("a date with a time", MORNING, message="« 15/06/2026 09:30 »"),
    refused("a time of day", time(9, 30)),
    refused("a page of text", "blabla " * 900, message="…"),
    refused("several lines", "Acquis\nNon acquis"),
    refused("letters that only look alike", "Аcquis"),  # a Cyrillic А
    refused("an empty pair of quotes", '""'),
    Case(
        name="exempt, typed where nothing is exempt",
        change=put("C1.1.1", "exempté"),
        said=[("exempt-not-granted", "BC01", "C6")],
        lost={"C1.1.1": FindingState.REFUSED},
    ),
    Case(
        name="an error value",
        cell_xml=("C1.1.2", "e|<v>#N/A</v>"),
        said=[("mark-in-error", "BC01", "C7")],
        lost={"C1.1.2": FindingState.REFUSED},
        message="« #N/A »",
    ),
    Case(
        name="a formula in error",
        cell_xml=("C1.1.2", "e|<f>1/0</f><v>#DIV/0!</v>"),
        said=[("mark-in-error", "BC01", "C7")],
        lost={"C1.1.2": FindingState.REFUSED},
    ),
    Case(
        name="a formula that was never calculated",
        cell_xml=("C1.1.2", "str|<f>A1</f>"),
        said=[("formula-without-value", "BC01", "C7")],
        lost={"C1.1.2": FindingState.REFUSED},
    ),
    Case(
        name="a formula that gives an empty text",
        cell_xml=("C1.1.2", 'str|<f>""</f><v></v>'),
        said=[("formula-without-value", "BC01", "C7")],
        lost={"C1.1.2": FindingState.REFUSED},
    ),
    Case(
        name="a formula that gives no level",
        cell_xml=("C1.1.2", "str|<f>A1</f><v>Aquis</v>"),
        said=[("not-a-level", "BC01", "C7")],
        lost={"C1.1.2": FindingState.REFUSED},
    ),
    Case(
        name="a formula that gives a number",
        cell_xml=("C1.1.2", "n|<f>1+1</f><v>2</v>"),
        said=[("not-a-level", "BC01", "C7")],
        lost={"C1.1.2": FindingState.REFUSED},
    ),
    Case(
        name="marks merged over two criteria",
        change=merged("C6:C7"),
        said=[("mark-merged", "BC01", "C6"), ("mark-merged", "BC01", "C7")],
        lost={"C1.1.1": FindingState.REFUSED, "C1.1.2": FindingState.REFUSED},
        message="(C6:C7)",
    ),
    Case(
        name="a blank mark merged with its comment",
        change=both(put("C1.1.1", None), merged("C6:D6")),
        said=[("comment-merged", "BC01", "D6"), ("mark-merged", "BC01", "C6")],
        lost={"C1.1.1": FindingState.REFUSED},
    ),
    Case(
        name="a blank mark",
        change=put("C1.1.1", None),
        said=[("marks-blank", "BC01", "")],
        lost={"C1.1.1": FindingState.BLANK},
        message="1 critère(s) sans évaluation : C1.1.1.",
    ),
    Case(
        name="nothing but spaces",
        change=put("C1.1.1", " \u00a0\u200b "),
        said=[("marks-blank", "BC01", "")],
        lost={"C1.1.1": FindingState.BLANK},
    ),
    Case(
        name="a comment without a mark",
        change=put("C1.1.3", None),
        said=[("comment-without-mark", "BC01", "C8"), ("marks-blank", "BC01", "")],
        lost={"C1.1.3": FindingState.BLANK},
    ),
    Case(
        name="blanks in two blocs",
        change=both(put("C1.1.1", None), put("C1.2.2", None), put("C2.1.1", None)),
        said=[("marks-blank", "BC01", ""), ("marks-blank", "BC02", "")],
        lost=dict.fromkeys(("C1.1.1", "C1.2.2", "C2.1.1"), FindingState.BLANK),
        message="2 critère(s) sans évaluation : C1.1.1, C1.2.2.",
    ),
    Case(
        name="a row copied",
        change=copied_row,
        said=[("criterion-twice", "BC01", "C20")],
        lost={"C1.1.2": FindingState.REFUSED},
        message="BC01 C7 « Partiellement acquis », BC01 C20 « Partiellement acquis »",
    ),
    Case(
        name="a bloc's sheet copied",
        change=copied_sheet,
        said=[("criterion-twice", "BC02 Copy", "C6")],
        lost={"C2.1.1": FindingState.REFUSED},
    ),
    Case(
        name="a criterion on the sheet of another bloc",
        change=both(at("BC02", "A20", "C1.1.1"), at("BC02", "C20", "Non acquis")),
        said=[("criterion-twice", "BC02", "C20")],
        lost={"C1.1.1": FindingState.REFUSED},
    ),
    Case(
        name="a code overwritten by another's",
        change=at("BC01", "A7", "C1.1.1"),
        said=[("criterion-row-missing", "BC01", ""), ("criterion-twice", "BC01", "C7")],
        lost={"C1.1.1": FindingState.REFUSED, "C1.1.2": FindingState.ABSENT},
    ),
    Case(
        name="two codes changed about, the texts left",
        change=both(at("BC01", "A6", "C1.1.2"), at("BC01", "A7", "C1.1.1")),
        said=[
            ("criterion-text-of-another", "BC01", "C7"),
            ("criterion-text-of-another", "BC01", "C6"),
        ],
        lost={"C1.1.1": FindingState.REFUSED, "C1.1.2": FindingState.REFUSED},
        message="La ligne du critère C1.1.1 porte le texte du critère C1.1.2.",
    ),
    Case(
        name="cells moved down from the texts on, the codes left",
        change=lambda book: unmerged(book["BC01"]).move_range("B6:D6", rows=1),
        said=[
            ("criterion-text-changed", "BC01", "A6"),
            ("marks-blank", "BC01", ""),
            ("criterion-text-of-another", "BC01", "C7"),
        ],
        lost={"C1.1.1": FindingState.BLANK, "C1.1.2": FindingState.REFUSED},
    ),
    Case(
        name="a row deleted",
        change=deleted_row,
        said=[("criterion-row-missing", "BC01", "")],
        lost={"C1.1.2": FindingState.ABSENT},
        message="La ligne du critère C1.1.2 manque",
    ),
    Case(
        name="a bloc's sheet deleted",
        change=deleted_bloc,
        said=[("bloc-missing", "", "")],
        lost={"C2.1.1": FindingState.ABSENT},
        message="Aucune ligne du bloc BC02 n'est dans la grille (1 critères).",
    ),
    Case(
        name="a code erased",
        change=at("BC01", "A7", None),
        said=[("criterion-row-missing", "BC01", ""), ("mark-without-code", "BC01", "C7")],
        lost={"C1.1.2": FindingState.ABSENT},
    ),
    Case(
        name="a code misspelt",
        change=at("BC01", "A7", "C1.1.2b"),
        said=[("criterion-code-unknown", "BC01", "A7"), ("criterion-row-missing", "BC01", "")],
        lost={"C1.1.2": FindingState.ABSENT},
    ),
    Case(
        name="a code that became a date",
        change=at("BC01", "A7", date(2012, 1, 1)),
        said=[("criterion-code-unknown", "BC01", "A7"), ("criterion-row-missing", "BC01", "")],
        lost={"C1.1.2": FindingState.ABSENT},
    ),
    Case(
        name="the header of the marks renamed",
        change=at("BC02", "C1", "Note"),
        said=[("grid-column-missing", "BC02", "A1")],
        lost={"C2.1.1": FindingState.REFUSED},
        message="La colonne « Évaluation » manque",
    ),
    Case(
        name="the header of the codes erased",
        change=at("BC02", "A1", None),
        said=[("grid-column-missing", "BC02", "A1")],
        lost={"C2.1.1": FindingState.REFUSED},
        message="La colonne « Code » manque",
    ),
    Case(
        name="the header of the comments renamed",
        change=at("BC02", "D1", "Remarques"),
        said=[("grid-column-missing", "BC02", "A1")],
        lost={"C2.1.1": FindingState.REFUSED},
    ),
    Case(
        name="two columns of marks",
        change=second_marks,
        said=[("grid-column-twice", "BC02", "H1")],
        lost={"C2.1.1": FindingState.REFUSED},
    ),
    Case(
        name="two header rows that disagree",
        change=two_tables,
        said=[("grid-column-twice", "BC02", "D20")],
        lost={"C2.1.1": FindingState.REFUSED},
    ),
    Case(
        name="the header row deleted",
        change=deleted_header,
        said=[("bloc-missing", "", "")],
        lost={"C2.1.1": FindingState.ABSENT},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_a_defect_is_said_at_its_cell_and_costs_only_its_mark(case: Case) -> None:
    """The problems are exactly these; every other mark is read as it was given."""
    collection = DESK.collect({"rendu.xlsx": case.applied()})
    (item,) = collection.returns
    assert said(item.problems) == sorted(case.said)
    assert case.message in " ".join(problem.message for problem in item.problems)
    assert values(collection) == {
        code: value for code, value in MARKED.items() if code not in case.lost
    }
    findings = collection.readings["rendu.xlsx"].findings
    assert {code: findings[code].state for code in case.lost} == case.lost  # type: ignore[index]
    assert item.status is ReturnStatus.INCOMPLETE


def sorted_rows(book: Workbook) -> None:
    """BC01 sorted by its first column, descending: header and headings go anywhere."""
    sheet = unmerged(book["BC01"])
    write_rows(sheet, sorted(rows_of(sheet), key=lambda row: str(row[0] or ""), reverse=True))


def inserted_rows(book: Workbook) -> None:
    """Empty rows and a note between criteria."""
    sheet = unmerged(book["BC01"])
    sheet.insert_rows(7, 2)
    sheet["B7"].value = "à revoir ensemble"


def inserted_column(book: Workbook) -> None:
    """A column of the juror's own before the marks."""
    sheet = unmerged(book["BC01"])
    sheet.insert_cols(3)
    sheet["C1"].value = "Preuves"
    sheet["C6"].value = "Acquis"


def moved_columns(book: Workbook) -> None:
    """The columns in the reverse order."""
    sheet = unmerged(book["BC01"])
    rows = [[*row, *[None] * (6 - len(row))][:6] for row in rows_of(sheet)]
    write_rows(sheet, [list(reversed(row)) for row in rows])


def one_sheet(book: Workbook) -> None:
    """Both blocs one below the other on one sheet, each with its header."""
    first, second = unmerged(book["BC01"]), unmerged(book["BC02"])
    rows = rows_of(first) + rows_of(second)
    book.remove(second)
    write_rows(first, rows)


def renamed(book: Workbook) -> None:
    """Every sheet that a person sees renamed, the order reversed."""
    for number, sheet in enumerate(book.worksheets):
        if sheet.title != "_sheetgen":
            sheet.title = f"Feuille {number}"
    book.move_sheet("Feuille 1", 3)


def extra_sheets(book: Workbook) -> None:
    """A sheet of notes that mentions codes and marks, and one that looks like a bloc's."""
    notes = book.create_sheet("Mes notes", 0)
    notes.append(["C1.1.1", "Non acquis", "à voir"])
    plan = book.create_sheet("Plan", 0)
    plan.append(["Code", "Critère", "Points"])
    plan.append(["C1.1.1", "Critère C1.1.1", 12])


def overwritten(book: Workbook) -> None:
    """Every locked cell that is no code, text or mark overwritten."""
    for name in ("BC01", "BC02"):
        sheet = unmerged(book[name])
        sheet["A3"].value = "Titre"
        for row in range(4, 13):
            sheet.cell(row, 5).value = 99
            sheet.cell(row, 6).value = "fait"
    unmerged(book["Synthèse"])["D5"].value = "Validé"


def unvalidated(book: Workbook) -> None:
    """Dropdowns gone, as after a paste; protection gone too."""
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation = []
        sheet.protection.disable()
        sheet.conditional_formatting = type(sheet.conditional_formatting)()


def header_variants(book: Workbook) -> None:
    """Headers in other letters."""
    for column, name in zip("ACD", ("CODE\u00a0", " evaluation", "OBSERVATIONS  "), strict=True):
        book["BC01"][f"{column}3"].value = name


def copied_header(book: Workbook) -> None:
    """The header row copied half-way down, in the same columns."""
    sheet = book["BC01"]
    for column in range(1, 7):
        sheet.cell(20, column).value = sheet.cell(3, column).value


HARMLESS = [
    Case(name="nothing changed", change=both()),
    Case(name="capitals", change=put("C1.1.1", "ACQUIS")),
    Case(name="spaces around", change=put("C1.1.1", "  Acquis\u00a0\n")),
    Case(name="a no-break space inside", change=put("C1.1.2", "Partiellement\u00a0 acquis")),
    Case(name="an invisible character inside", change=put("C1.1.1", "Ac\u200bquis\ufeff")),
    Case(name="accents left out", change=put("C1.2.1", "non observe")),
    Case(name="accents apart from their letters", change=put("C1.2.1", "Non observe\u0301")),
    Case(name="codes in small letters", change=at("BC01", "A6", " c1.1.1 ")),
    Case(name="rows sorted, header included", change=sorted_rows),
    Case(name="rows inserted", change=inserted_rows),
    Case(
        name="a row inserted by a program that leaves merged cells behind",
        change=lambda book: book["BC01"].insert_rows(7),
        said=[("comment-merged", "BC01", "D9"), ("mark-merged-aside", "BC01", "C9")],
    ),
    Case(
        name="a mark merged with its comment",
        change=merged("C6:D6"),
        said=[("comment-merged", "BC01", "D6"), ("mark-merged-aside", "BC01", "C6")],
    ),
    Case(name="a column inserted", change=inserted_column),
    Case(name="columns moved", change=moved_columns),
    Case(name="an extra column at the right",
         change=both(at("BC01", "J3", "Mon avis"), at("BC01", "J6", "Non acquis"))),
    Case(name="all blocs on one sheet", change=one_sheet),
    Case(name="sheets renamed and moved", change=renamed),
    Case(name="extra sheets", change=extra_sheets),
    Case(name="locked cells overwritten", change=overwritten),
    Case(name="dropdowns and protection gone", change=unvalidated),
    Case(name="headers in other letters", change=header_variants),
    Case(name="the header row copied", change=copied_header),
    Case(name="phantom rows far below", change=at("BC01", "C400", " ")),
    Case(name="exempt spelt otherwise on an exempt criterion",
         change=put("C2.1.2", " EXEMPTE ")),
    Case(name="the exempt row left blank", change=put("C2.1.2", None)),
    Case(name="the exempt row deleted",
         change=lambda book: unmerged(book["BC02"]).delete_rows(7)),
    Case(name="a mark on an exempt criterion", change=put("C2.1.2", "Acquis"),
         said=[("exempt-marked", "BC02", "C7")], message="« Acquis » est ignorée"),
    Case(name="an error on an exempt criterion", cell_xml=("C2.1.2", "e|<v>#N/A</v>"),
         said=[("exempt-marked", "BC02", "C7")]),
    Case(name="a formula that gives a level",
         cell_xml=("C1.1.1", 'str|<f>"Acq"&amp;"uis"</f><v>Acquis</v>'),
         said=[("mark-is-formula", "BC01", "C6")], message='(="Acq"&"uis") ; sa valeur « Acquis »'),
    Case(name="a text in runs of several styles",
         cell_xml=("C1.1.1", "inlineStr|<is><r><t>Acq</t></r><r><t>uis</t></r></is>")),
    Case(name="a criterion's text changed", change=at("BC01", "B6", "Autre chose"),
         said=[("criterion-text-changed", "BC01", "A6")]),
    Case(name="a criterion's text erased", change=at("BC01", "B6", None),
         said=[("criterion-text-changed", "BC01", "A6")]),
    Case(name="the column of the texts renamed", change=at("BC01", "B1", "Intitulé")),
    Case(name="a comment that the rules ask for left out", change=at("BC01", "D7", None),
         said=[("comment-missing", "", "")], message="attendue pour C1.1.2"),
    Case(name="a comment that the rules ask for says nothing", change=at("BC01", "D7", "RAS."),
         said=[("comment-says-nothing", "", "")], message="ne dit rien pour C1.1.2 (« RAS. »)"),
    Case(name="a comment merged over two rows", change=merged("D11:D12"),
         said=[("comment-merged", "BC01", "D11"), ("comment-merged", "BC01", "D12")]),
    Case(name="a mark in a row of nobody's", change=at("BC01", "C30", "Acquis"),
         said=[("mark-without-code", "BC01", "C30")]),
    Case(name="a row of the juror's own",
         change=both(at("BC01", "A30", "Bonus"), at("BC01", "C30", "Acquis")),
         said=[("criterion-code-unknown", "BC01", "A30")]),
    Case(name="a mark beside a competency",
         change=both(lambda book: unmerged(book["BC01"]), at("BC01", "C4", "Non acquis")),
         said=[("criterion-code-unknown", "BC01", "A4")],
         message="L'évaluation « Non acquis » de cette ligne est ignorée"),
]  # fmt: skip


@pytest.mark.parametrize("case", HARMLESS, ids=lambda case: case.name)
def test_what_harms_no_mark_leaves_them_all_read(case: Case) -> None:
    """Every mark is read as it was given; what deserves a look is a warning at its cell."""
    collection = DESK.collect({"rendu.xlsx": case.applied()})
    (item,) = collection.returns
    assert said(item.problems) == sorted(case.said)
    assert case.message in " ".join(problem.message for problem in item.problems)
    assert values(collection) == MARKED
    assert item.status is ReturnStatus.ACCEPTED


@pytest.mark.parametrize(
    ("value", "comment"),
    [
        (12.5, "12,5"),
        (3, "3"),
        (date(2026, 6, 15), "15/06/2026"),
        (MORNING, "15/06/2026 09:30"),
        (True, "VRAI"),
        ("  deux\r\nlignes ", "deux\nlignes"),
        ("\u00a0", ""),
    ],
)
def test_a_comment_is_kept_as_a_french_spreadsheet_shows_it(value: object, comment: str) -> None:
    """Whatever kind of value the juror's program made of it."""
    collection = DESK.collect({"rendu.xlsx": edited(DESK.grid(), at("BC01", "D6", value))})
    comments = {str(code): mark.comment for code, mark in marks(collection).items()}
    assert comments["C1.1.1"] == comment


def test_a_comment_in_error_is_said_and_its_mark_counts() -> None:
    """A text that begins with = became a formula, and its error is no comment."""
    data = raw_cell(DESK.grid(), "BC01", "D6", "e|<f>bien</f><v>#NAME?</v>")
    collection = DESK.collect({"rendu.xlsx": data})
    assert said(collection.returns[0].problems) == [("comment-in-error", "BC01", "D6")]
    assert values(collection) == MARKED


def test_a_file_named_otherwise_than_its_format_counts_with_a_warning() -> None:
    """The content says what it is."""
    collection = DESK.collect({"envoi.zip!/rendu.ods": DESK.grid()})
    assert said(collection.returns[0].problems) == [("misnamed-format", "", "")]
    assert values(collection) == MARKED


def test_what_the_juror_was_not_asked_is_ignored_with_a_warning() -> None:
    """The assignment was narrowed to BC02 after the grid was generated."""
    narrowed = replace(
        SESSION,
        assignments=tuple(replace(item, blocks=item.blocks[1:]) for item in SESSION.assignments),
    )
    collection = Desk(session=narrowed).collect({"rendu.xlsx": DESK.grid()})
    (item,) = collection.returns
    assert list(marks(collection)) == ["C2.1.1"]
    assert said(item.problems) == [
        ("criterion-not-asked", "BC01", cell) for cell in ("C11", "C12", "C6", "C7", "C8")
    ]
    assert item.status is ReturnStatus.ACCEPTED


def test_a_bloc_assigned_after_the_grid_was_generated_is_missing() -> None:
    """Every criterion of it is asked for; nothing is made up."""
    narrowed = replace(
        SESSION,
        assignments=tuple(replace(item, blocks=item.blocks[1:]) for item in SESSION.assignments),
    )
    data = Desk(session=narrowed).grid()
    collection = DESK.collect({"rendu.xlsx": data})
    assert said(collection.returns[0].problems) == [("bloc-missing", "", "")]
    assert list(marks(collection)) == ["C2.1.1"]


def test_the_five_states_are_never_taken_for_one_another() -> None:
    """Not observed is a mark; blank, refused, absent and exempt are none, each in its way."""
    change = both(
        put("C1.1.1", None), put("C1.1.2", "?"), lambda book: unmerged(book["BC01"]).delete_rows(8)
    )
    collection = DESK.collect({"rendu.xlsx": edited(DESK.grid(), change)})
    findings = collection.readings["rendu.xlsx"].findings
    assert {code: item.state for code, item in findings.items()} == {
        "C1.1.1": FindingState.BLANK,
        "C1.1.2": FindingState.REFUSED,
        "C1.1.3": FindingState.ABSENT,
        "C1.2.1": FindingState.VALID,
        "C1.2.2": FindingState.VALID,
        "C2.1.1": FindingState.VALID,
        "C2.1.2": FindingState.EXEMPT,
    }
