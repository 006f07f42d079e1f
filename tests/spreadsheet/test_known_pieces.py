"""Rows and texts that come again byte for byte are taken as they were read: exactly those."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from spreadsheet import hostile, mutations, strict_reading

from sheetgen.spreadsheet import RawWorkbook, Scope, UnreadableWorkbookError, read_workbook
from sheetgen.spreadsheet.known_cells import KnownCells
from sheetgen.spreadsheet.known_pieces import KnownPieces

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"


def first_rows(body: bytes) -> bytes:
    """The rows of a sheet, from the first to the last."""
    return body[body.index(b"<row") : body.index(b"</sheetData>")]


CHANGES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "un commentaire": (
        SHEET,
        lambda body: body.replace(first_rows(body), b"<!--%b-->" % first_rows(body)),
    ),
    "une section littérale": (
        SHEET,
        lambda body: body.replace(b"</sheetData>", b"<![CDATA[<row></row>]]></sheetData>"),
    ),
    "un autre espace de noms": (
        SHEET,
        lambda body: body.replace(
            b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"', b'xmlns="urn:x"'
        ),
    ),
    "une ligne deux fois": (
        SHEET,
        lambda body: body.replace(b"</sheetData>", first_rows(body) + b"</sheetData>"),
    ),
    "des lignes ailleurs": (
        SHEET,
        lambda body: body.replace(first_rows(body), b"").replace(
            b"</worksheet>", b"<x:y xmlns:x='urn:x'>%b</x:y></worksheet>" % first_rows(body)
        ),
    ),
    "une ligne dans une autre": (
        SHEET,
        lambda body: body.replace(b"</row>", b'<row r="900"/></row>', 1),
    ),
    "un autre codage": (
        SHEET,
        lambda body: body.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"'),
    ),
    "les textes dans un autre ordre": (
        TEXTS,
        lambda body: b"".join(
            [
                body[: body.index(b"<si>")],
                *reversed(re.findall(rb"<si>.*?</si>", body, re.DOTALL)),
                b"</sst>",
            ]
        ),
    ),
    "un texte en commentaire": (
        TEXTS,
        lambda body: body.replace(b"<si>", b"<!--<si>", 1).replace(b"</si>", b"</si>-->", 1),
    ),
}


@pytest.mark.parametrize("named", CHANGES)
def test_what_is_known_is_read_as_a_second_reading_reads_it_in_whatever_stands_around(
    named: str,
) -> None:
    """Each of these gives known rows or texts another meaning, or none."""
    plain = hostile.grid()
    known = strict_reading.reading_of(read_workbook(plain))
    assert strict_reading.reading_of(read_workbook(plain)) == known
    part, change = CHANGES[named]
    changed = hostile.edited(plain, part, change)
    assert changed != plain
    try:
        second = strict_reading.read_xlsx(changed)
    except strict_reading.RefusedError:
        second = None
    try:
        first = strict_reading.reading_of(read_workbook(changed))
    except UnreadableWorkbookError:
        return
    assert first == second
    assert strict_reading.reading_of(read_workbook(plain)) == known


def test_one_mark_that_differs_is_read_among_rows_that_are_known() -> None:
    """The rest of its row is the same, and so are all others."""
    plain = hostile.grid()
    known = read_workbook(plain).sheets[0]
    read = read_workbook(
        hostile.replaced(plain, SHEET, '<c r="D3"><v>2</v>', '<c r="D3"><v>3</v>')
    ).sheets[0]
    assert (known.value(2, 3), read.value(2, 3)) == (2.0, 3.0)
    rows = {place: dict(cells) for place, cells in known.rows.items()}
    rows[2][3] = 3.0
    assert read.rows == rows
    assert (read.formulas, read.errors, read.merged) == (
        known.formulas,
        known.errors,
        known.merged,
    )


def test_a_text_that_a_table_holds_twice_shifts_no_other() -> None:
    """Nothing of it was met before; the texts after it keep their places, in later grids too."""
    data = hostile.edited(
        hostile.grid(),
        TEXTS,
        lambda body: body.replace(b"<si><t>", b"<si><t>neuf : ").replace(
            b"<si>", b"<si><t>deux fois</t></si><si><t>deux fois</t></si><si>", 1
        ),
    )
    two_further = re.compile(rb't="s"><v>(\d+)')
    data = hostile.edited(
        data,
        SHEET,
        lambda body: two_further.sub(lambda found: b't="s"><v>%d' % (int(found[1]) + 2), body),
    )
    for _ in range(2):
        workbook = read_workbook(data)
        assert strict_reading.reading_of(workbook) == strict_reading.read_xlsx(data)
        assert workbook.sheets[0].value(3, 2) == "neuf : Non acquis & revu"


def test_rows_that_are_to_be_left_out_are_not_taken_for_those_after_them() -> None:
    """A sheet says that an extension may be left out; a row of that namespace is none."""
    extension = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    data = hostile.replaced(
        hostile.grid(),
        SHEET,
        "<worksheet ",
        f'<worksheet {extension} xmlns:x="urn:x" mc:Ignorable="x" ',
    )
    row = '<row xmlns="urn:x" r="1"><c r="A1"><v>1</v></c></row>'
    changed = hostile.replaced(data, SHEET, "<sheetData>", f"<sheetData>{row}")
    expected = strict_reading.read_xlsx(data)
    assert strict_reading.reading_of(read_workbook(changed)) == expected
    assert strict_reading.reading_of(read_workbook(data)) == expected


@pytest.mark.parametrize("name", ["répétée", "nouvelle"])
def test_rows_without_a_number_that_are_alike_are_each_read(name: str) -> None:
    """The bytes of two rows may be the same where neither says its number."""
    row = f'<row><c t="inlineStr"><is><t>{name}</t></is></c></row>'
    other = f'<row><c t="inlineStr"><is><t>autre que {name}</t></is></c></row>'
    data = hostile.edited(
        hostile.grid(),
        SHEET,
        lambda body: body.replace(b"</sheetData>", (row * 2 + other).encode() + b"</sheetData>"),
    )
    for _ in range(2):
        sheet = read_workbook(data).sheets[0]
        assert [sheet.value(line, 0) for line in (7, 8, 9)] == [name, name, f"autre que {name}"]


MANY_TEXTS = "".join(f"<si><t>texte {number}</t></si>" for number in range(60))
ROWS = (
    '<row r="9" spans="2:8" s="1">'
    + "".join(f'<c r="{column}9" t="s"><v>{ord(column) - 6}</v></c>' for column in "BCD")
    + '<c r="H9" s="1"/></row>'
    '<row r="10"><c r="A10" s="1"/><c r="B10" t="inlineStr"><is><t> mot</t></is></c>'
    '<c r="C10"><v>4</v></c><c r="D10" t="str"><f>A1</f><v>x</v></c></row>'
)


@cache
def long_grid() -> bytes:
    """A grid with rows of several cells, and more texts than are kept one by one."""
    data = hostile.replaced(hostile.grid(), TEXTS, "</sst>", f"{MANY_TEXTS}</sst>")
    return hostile.replaced(data, SHEET, "</sheetData>", f"{ROWS}</sheetData>")


def outcome(data: bytes, scope: Scope) -> tuple[object, ...]:
    """All that is read of a workbook, or told of it."""
    try:
        return (read_workbook(data, scope),)
    except UnreadableWorkbookError as refusal:
        return refusal.kind, refusal.sheet, refusal.cell, refusal.values


def outcomes(data: bytes) -> list[tuple[object, ...]]:
    """All that comes of a workbook, of its first columns, and of so many cells."""
    scopes = Scope(), Scope(bare=("BC01",)), Scope(cells=15), Scope(formula=3, formats=True)
    return [outcome(data, scope) for scope in scopes]


def uncut(data: bytes) -> list[tuple[object, ...]]:
    """Everything that comes of a workbook of which each part is parsed as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnownPieces, "cut", lambda *_, **__: None)
        return outcomes(data)


NINTH = '<c r="B9" t="s"><v>60</v></c>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NINTH, '<c r="B9" t="s"><v>61</v></c>'),
        (NINTH, '<c r="B9" t="s"><v>999</v></c>'),
        (NINTH, '<c r="B9" t="s"><v> 60</v></c>'),
        (NINTH, '<c r="B9" t="inlineStr"><is><t xml:space="preserve"> un</t></is></c>'),
        (NINTH, NINTH * 2),
        (NINTH, f"{NINTH}texte"),
        (NINTH, f"<!-- -->{NINTH}"),
        (NINTH, '<c r="B9" q="1"><v>1</v></c>'),
        (NINTH, '<c r="B9"><v>1</v><w/></c>'),
        (NINTH, '<c r="B8" t="s"><v>60</v></c>'),
        (
            '<c r="C9" t="s"><v>61</v></c>',
            '<c r="C3" t="s"><v>4</v></c><c r="D8"><v>7</v></c>',
        ),
        (NINTH, '<c t="s"><v>60</v></c>'),
        (NINTH, '<c r="F9" t="s"><v>60</v></c>'),
        (NINTH, '<c r="C9" s="1"/>'),
        (NINTH, '<c r="H9" s="1"/></c>'),
        ('<c r="H9" s="1"/>', f'<c r="H9" s="1"/>{NINTH}'),
        ('<c r="H9" s="1"/>', '<c r="D9" s="1"/>'),
        ('<c r="H9" s="1"/>', "<extLst/>"),
        ('<row r="9"', '<row r="11"'),
        ('<row r="10">', '<row r="10"><c r="A10"/><c r="B10"/><row r="11"></row>'),
        ('<row r="10">', '<row r="8"/><row r="10">'),
        ('<row r="10">', '<rows/><row r="10">'),
        ('<row r="9"', '<row q="9"'),
        ('<row r="9"', "<row"),
        ('<row r="10"', '<row r="10" xml:space="preserve"'),
        ('<row r="10"', '<row r="09"'),
        ("<v>4</v>", "<v>5</v>"),
        ("<v>4</v>", "<v>quatre</v>"),
        ("<v>4</v></c>", "<v>4</v>"),
    ],
)
def test_rows_of_known_cells_are_read_and_refused_as_if_none_was(old: str, new: str) -> None:
    """To the letter of the refusal, and whatever is read of the workbook."""
    plain = long_grid()
    known = outcomes(plain)
    assert isinstance(known[0][0], RawWorkbook)
    changed = hostile.replaced(plain, SHEET, old, new)
    expected = uncut(changed)
    for _ in range(2):
        assert outcomes(changed) == expected
    assert outcomes(plain) == known == uncut(plain)


def test_a_file_that_comes_alone_is_read_as_any_other_and_nothing_of_it_is_kept() -> None:
    """A school's own workbook: no other has its rows, and keeping them would cost more."""
    row = '<row r="14"><c r="A14" s="1"/><c r="B14"><v>1401</v></c><c r="D14"><v>1402</v></c></row>'
    alone = hostile.replaced(long_grid(), SHEET, "</sheetData>", f"{row}</sheetData>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnownPieces, "add", lambda *_: pytest.fail("kept"))
        found = outcome(alone, Scope(alike=False))
    assert found == outcome(alone, Scope())


def twelfth(*cells: tuple[str, int]) -> bytes:
    """A grid with a row of these cells, which no other test has."""
    listed = "".join(f'<c r="{column}12"><v>{value}</v></c>' for column, value in cells)
    return hostile.replaced(
        hostile.grid(), SHEET, "</sheetData>", f'<row r="12">{listed}</row></sheetData>'
    )


def test_a_new_cell_that_a_row_has_twice_shifts_no_other_in_grids_that_come_later() -> None:
    """The row is refused; those after it in the row were new, too."""
    read_workbook(hostile.grid())
    twice = twelfth(("B", 1201), ("C", 1202), ("C", 1202), ("D", 1203), ("E", 1204))
    later = twelfth(("B", 1201), ("C", 1205), ("E", 1204))
    assert outcomes(twice) == uncut(twice)
    assert outcomes(later) == uncut(later)
    assert read_workbook(later).sheets[0].rows[11] == {1: 1201.0, 2: 1205.0, 4: 1204.0}


def test_a_row_without_a_number_follows_one_of_which_all_cells_are_known() -> None:
    """Nothing of the row before it is parsed: its cells were met in two other rows."""
    read_workbook(hostile.grid())
    read_workbook(twelfth(("B", 1301), ("C", 1302), ("D", 1303)))
    read_workbook(twelfth(("B", 1301), ("C", 1304), ("D", 1305)))
    known = twelfth(("B", 1301), ("C", 1302), ("D", 1305))
    data = hostile.replaced(
        known, SHEET, "</sheetData>", "<row><c><v>1306</v></c></row></sheetData>"
    )
    assert outcomes(data) == uncut(data)
    assert read_workbook(data).sheets[0].value(12, 0) == 1306.0


def test_a_footer_after_the_end_of_a_sheet_is_refused_where_sheets_without_one_are_known() -> None:
    """What stands around the rows is the same but for where the root ends."""
    plain = hostile.grid()
    assert outcomes(plain) == uncut(plain)
    after = hostile.edited(plain, SHEET, lambda body: body.rstrip() + FOOTER.encode())
    assert outcomes(after) == uncut(after)
    assert outcome(after, Scope())[1:3] == ("", "")


@pytest.mark.parametrize("place", [2, 61])
def test_rows_follow_the_texts_that_they_name(place: int) -> None:
    """The rows are the same to the byte; of the texts, one is another."""
    plain = long_grid()
    for _ in range(3):
        assert outcomes(plain) == uncut(plain)
    texts = iter(range(100))
    changed = hostile.edited(
        plain,
        TEXTS,
        lambda body: re.sub(
            rb"<t>", lambda found: found[0] + b"autre " * (next(texts) == place), body
        ),
    )
    for data in (changed, changed, plain, changed):
        assert outcomes(data) == uncut(data)
    assert outcomes(changed) != outcomes(plain)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_parts_are_read_and_refused_as_if_nothing_was_known(seed: int) -> None:
    """Each damage leaves most of a grid that is known as it was."""
    plain = long_grid()
    assert outcomes(plain) == uncut(plain)
    for number in range(40):
        data = mutations.mutated(plain, r"sheet1\.xml$|sharedStrings", 1_000 * seed + number)
        assert outcomes(data) == uncut(data), (seed, number)


FOOTER = "<headerFooter><oddFooter>&amp;LNom0</oddFooter></headerFooter>"
MERGES = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'


def with_footer(footer: str, mark: str = "2") -> bytes:
    """A grid that shows a footer on its pages, and a mark."""
    data = hostile.replaced(hostile.grid(), SHEET, "</worksheet>", f"{footer}</worksheet>")
    return hostile.replaced(data, SHEET, '<c r="D3"><v>2</v>', f'<c r="D3"><v>{mark}</v>')


@pytest.mark.parametrize(
    "footer",
    [
        FOOTER.replace("Nom0", "Nom1"),
        FOOTER + FOOTER,
        FOOTER + MERGES,
        FOOTER.replace("headerFooter>", "headerFooter> ", 1),
        f"<rowBreaks>{FOOTER}</rowBreaks>",
        FOOTER.replace("</oddFooter>", ""),
        FOOTER.replace("</headerFooter>", ""),
        FOOTER.replace("<headerFooter>", "<headerFooter/>"),
        FOOTER.replace("headerFooter", "headerFooters"),
        FOOTER.replace("<headerFooter>", '<headerFooter xmlns="urn:x">'),
        FOOTER.replace("oddFooter", "sheetData"),
        f"{FOOTER}<ignoredErrors/>",
        f"{FOOTER}</worksheet><worksheet>",
        f"{FOOTER}texte",
        f"{FOOTER}<!-- -->",
    ],
)
def test_of_grids_that_differ_in_a_footer_the_marks_and_merges_are_read(footer: str) -> None:
    """The footer of each page names the candidate; whatever else stands there is as ever."""
    for mark in ("2", "4"):
        read_workbook(with_footer(FOOTER, mark))
    data = with_footer(footer, mark="3")
    try:
        second = strict_reading.read_xlsx(data)
    except strict_reading.RefusedError:
        with pytest.raises(UnreadableWorkbookError):
            read_workbook(data)
        return
    sheet = read_workbook(data).sheets[0]
    assert strict_reading.reading_of(read_workbook(data)) == second
    assert sheet.value(2, 3) == 3.0
    assert len(sheet.merged) == 1 + footer.count("<mergeCell ")


def test_cells_are_forgotten_once_the_beginnings_of_sheets_are_too_many() -> None:
    """Grids may each begin in their own way, and have no row that can be cut."""
    known = KnownCells()
    for number in range(6_000):
        known.cut(b"<worksheet x='%d'>" % number + bytes(1_000), {}, whole=True)
    assert len(vars(known)["_found"]) < 5_000
