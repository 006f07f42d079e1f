"""Ways to write a workbook that readers are misled by: each read exactly, or refused at its cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from returns.desk import CELLS, DESK, MARKED, marks, raw_cell, values
from spreadsheet import hostile

from sheetgen.spreadsheet import Moment, UnreadableWorkbookError, read_workbook

if TYPE_CHECKING:
    from sheetgen.problems import Problem

GRID = hostile.grid()
GENUINE = DESK.grid()
BOOK, TYPES, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(data: bytes) -> Problem:
    """The problem that a workbook is refused with."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(data)
    return caught.value.at("g.xlsx")


def c3(inside: str, attributes: str = 't="s"') -> bytes:
    """The small grid with other contents in BC01!C3, « Acquis »."""
    return hostile.replaced(
        GRID,
        hostile.SHEET,
        '<c r="C3" t="s"><v>4</v></c>',
        f'<c r="C3"{" " if attributes else ""}{attributes}>{inside}</c>',
    )


def value_of(data: bytes) -> object:
    """Return what BC01!C3 holds."""
    return read_workbook(data).sheets[0].value(2, 2)


@pytest.mark.parametrize(
    ("inside", "attributes", "value"),
    [
        ("<v>0<!-- rien -->4</v>", 't="s"', "Acquis"),
        ("<v>1<!-- un -->2</v>", "", 12.0),
        ("<v>1<?pi ?>2</v>", 't="n"', 12.0),
        ("<v><![CDATA[1]]>2</v>", "", 12.0),
        ("<v>&#49;2</v>", "", 12.0),
        ("<v> 4\n</v>", 't="s"', "Acquis"),
        ("<v><![CDATA[Acquis]]></v>", 't="str"', "Acquis"),
        ("<is><t><![CDATA[Non]]> acquis</t></is>", 't="inlineStr"', "Non acquis"),
        ("<is><r><t>Non </t></r><r><rPr><b/></rPr><t>acquis</t></r></is>", 't="inlineStr"', "Nonacquis"),
        ('<is><r><t xml:space="preserve">Non </t></r><r><t>vu</t></r></is>', 't="inlineStr"', "Non vu"),
        ('<is><t>vu</t><rPh sb="0" eb="1"><t>lu</t></rPh></is>', 't="inlineStr"', "vu"),
        ("<v>a_x000D_b_x005F_x0041_</v>", 't="str"', "a\rb_x0041_"),
        ("<v>_xD83D__xDE00_</v>", 't="str"', "😀"),
        ("<v/>", 't="s"', ""),
        ("<v></v>", "", ""),
        ("", 't="s"', ""),
        ("<v>true</v>", 't="b"', True),
        ("<v>2026-06-15T09:30:00</v>", 't="d"', "15 juin"),
        ("<v>2</v><extLst><ext/></extLst>", "", 2.0),
        ("<v>1E+1</v>", "", 10.0),
    ],
)  # fmt: skip
def test_a_value_is_whole_however_it_is_written(
    inside: str, attributes: str, value: object
) -> None:
    """Comments, instructions, CDATA, references and escapes cut nothing; an empty one is empty."""
    found = value_of(c3(inside, attributes))
    if isinstance(found, Moment):
        found = "15 juin" if str(found.value) == "2026-06-15 09:30:00" else str(found.value)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("inside", "attributes"),
    [
        ("<v>1<b>2</b></v>", ""),
        ("<v>1</v><v>2</v>", ""),
        ("<v>1</v><w>2</w>", ""),
        ("Acquis<v>1</v>", ""),
        ("<v>1</v>2", ""),
        ("<v>1_0</v>", ""),
        ("<v>nan</v>", ""),
        ("<v>1e999</v>", ""),
        ("<v>0x1</v>", ""),
        ("<v>١٢</v>", ""),
        ("<v>9</v>", 't="b"'),
        ("<v>hier</v>", 't="d"'),
        ("<v>4</v>", 't="z"'),
        ("<v>4</v>", 'u="s"'),
        ("<v>4</v><is><t>x</t></is>", 't="inlineStr"'),
        ("<v>4</v><is><t>x</t></is>", 't="s"'),
        ("<is><t>x</t><u>y</u></is>", 't="inlineStr"'),
        ('<x:v xmlns:x="urn:x">4</x:v>', ""),
    ],
)
def test_what_is_not_understood_in_a_cell_is_refused_there(inside: str, attributes: str) -> None:
    """Nothing of a cell is guessed, nor left out."""
    problem = refusal(c3(inside, attributes))
    assert (problem.code, problem.location.cell) == ("damaged-workbook", "C3")
    assert problem.location.sheet == "BC01"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<sheetData>", '<sheetData><x:row xmlns:x="urn:x" r="1"><c r="A1"><v>1</v></c></x:row>'),
        ("<sheetData>", "<sheetData><group><row/></group>"),
        ("<sheetData>", "<sheetData>texte"),
        ('<c r="C3"', 'texte<c r="C3"'),
        ('<c r="C3"', '<d r="A3"><v>1</v></d><c r="C3"'),
        ('<row r="3"', '<row q="3"'),
        ('<row r="4"', '<row r="3"'),
        ('<c r="D3"', '<c r="D9"'),
    ],
)
def test_what_is_not_understood_between_cells_is_refused(old: str, new: str) -> None:
    """An element that is no row, or no cell, is not read as one, nor passed over."""
    problem = refusal(hostile.replaced(GRID, hostile.SHEET, old, new))
    assert (problem.code, problem.location.sheet) == ("damaged-workbook", "BC01")


def versions(requires: str, *, ignorable: str = "") -> bytes:
    """The small grid with two versions of BC01!C3: « 1 » for who knows more, « 2 » for others."""
    said = f' xmlns:mc="{MC}" xmlns:z="urn:z" xmlns:m="{MAIN}"{ignorable}'
    data = hostile.replaced(GRID, hostile.SHEET, "<worksheet ", f"<worksheet{said} ")
    old = '<c r="C3" t="s"><v>4</v></c>'
    new = (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}"><c r="C3"><v>1</v></c>'
        '</mc:Choice><mc:Fallback><c r="C3"><v>2</v></c></mc:Fallback></mc:AlternateContent>'
    )
    return hostile.replaced(data, hostile.SHEET, old, new)


def test_of_several_versions_the_one_for_a_reader_without_extensions_is_read() -> None:
    """ECMA-376 part 3 says so: a choice that needs nothing unknown, or the fallback."""
    assert value_of(versions("z")) == 2.0
    assert value_of(versions("m z")) == 2.0
    assert value_of(versions("m")) == 1.0


def test_what_is_said_to_be_ignorable_is_ignored_and_nothing_else() -> None:
    """A foreign element is passed over where the part says that it may be."""
    foreign = '<z:c r="C9"><v>1</v></z:c>'
    for ignorable, read in ((' mc:Ignorable="z"', True), ("", False)):
        data = hostile.replaced(
            versions("z", ignorable=ignorable), hostile.SHEET, '<c r="D3">', f'{foreign}<c r="D3">'
        )
        if read:
            assert value_of(data) == 2.0
        else:
            assert refusal(data).code == "damaged-workbook"


def test_a_part_that_must_be_understood_is_refused() -> None:
    """It says itself that who does not know the extension reads it wrong."""
    said = f'<worksheet xmlns:mc="{MC}" xmlns:z="urn:z" mc:MustUnderstand="z" '
    assert refusal(hostile.replaced(GRID, hostile.SHEET, "<worksheet ", said)).code == (
        "damaged-workbook"
    )


def renamed(data: bytes, part: str, name: str, decoy: bytes) -> bytes:
    """The package with a part under another name, which its relationships say, and a decoy."""
    others = [item for item in hostile.entries(data) if item.name != part]
    folder = part.rpartition("/")[0]
    moved = hostile.written(
        [
            *others,
            hostile.entry(f"{folder}/{name}", body_of(data, part)),
            hostile.entry(part, decoy),
        ]
    )
    return hostile.edited(
        moved,
        RELATIONS if part != BOOK else "_rels/.rels",
        lambda text: text.replace(part.rpartition("/")[2].encode(), name.encode()),
    )


def body_of(data: bytes, part: str) -> bytes:
    """A part's bytes."""
    bodies: list[bytes] = []

    def keep(body: bytes) -> bytes:
        bodies.append(body)
        return body

    hostile.edited(data, part, keep)
    return bodies[0]


@pytest.mark.parametrize(
    ("part", "name"), [(hostile.TEXTS, "textes2.xml"), (hostile.SHEET, "autre.xml")]
)
def test_a_decoy_at_the_usual_name_is_not_read(part: str, name: str) -> None:
    """Relationships say which part is which, and nothing else does."""
    decoy = body_of(GENUINE, part).replace(b"Acquis", b"Non acquis").replace(b"<v>1", b"<v>2")
    data = renamed(GENUINE, part, name, decoy)
    assert values(DESK.collect({"g.xlsx": data})) == MARKED


def test_a_decoy_of_the_whole_workbook_is_not_read() -> None:
    """From the package's own relationships on."""
    decoy = body_of(GENUINE, BOOK).replace(b"BC01", b"BC09")
    moved = hostile.written(
        [
            *(item for item in hostile.entries(GENUINE) if item.name not in (BOOK, RELATIONS)),
            hostile.entry("xl/classeur.xml", body_of(GENUINE, BOOK)),
            hostile.entry("xl/_rels/classeur.xml.rels", body_of(GENUINE, RELATIONS)),
            hostile.entry(BOOK, decoy),
            hostile.entry(RELATIONS, body_of(GENUINE, RELATIONS)),
        ]
    )
    moved = hostile.replaced(moved, "_rels/.rels", "xl/workbook.xml", "xl/classeur.xml")
    data = hostile.replaced(moved, TYPES, "/xl/workbook.xml", "/xl/classeur.xml")
    assert values(DESK.collect({"g.xlsx": data})) == MARKED


def test_two_parts_named_as_the_shared_texts_are_refused() -> None:
    """Which of them holds the marks cannot be known."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = f'<Relationship Id="zz" Type="{kind}" Target="styles.xml"/></Relationships>'
    assert refusal(hostile.replaced(GRID, RELATIONS, "</Relationships>", more)).code == (
        "damaged-workbook"
    )


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (RELATIONS, 'Target="worksheets/', 'Target="/xl/worksheets/'),
        (RELATIONS, 'Target="worksheets/', 'Target="../xl/./worksheets/'),
        (RELATIONS, 'Target="worksheets/sheet1', 'Target="worksheets\\\\sheet1'),
        (RELATIONS, 'Target="worksheets/sheet1', 'Target="Worksheets/SHEET1'),
        (RELATIONS, 'Target="worksheets/sheet1.xml', 'Target="worksheets/sheet%31.xml'),
        (TYPES, "/xl/workbook.xml", "/XL/Workbook.xml"),
    ],
)
def test_targets_are_found_however_they_are_written(part: str, old: str, new: str) -> None:
    """Absolute or not, in another case, with backslashes: Excel opens such files."""
    data = hostile.replaced(GRID, part, old, new.replace("\\\\", "\\"))
    assert read_workbook(data) == read_workbook(GRID)


def test_names_with_backslashes_and_in_capitals_are_found_in_the_zip() -> None:
    """Some tools write them so on Windows."""
    items = hostile.entries(GRID)
    for change in (str.upper, lambda name: name.replace("/", "\\")):
        changed = [
            hostile.entry(change(str(item.name)), body_of(GRID, str(item.name))) for item in items
        ]
        assert read_workbook(hostile.written(changed)) == read_workbook(GRID)


def without_styles(data: bytes) -> bytes:
    """The package without its styles, which are still named."""
    return hostile.without(data, STYLES)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (STYLES, "<cellXfs ", '<cellXfs><xf numFmtId="x"/></cellXfs><cellXfs '),
        (STYLES, "<cellXfs ", "<autre/><cellXfs "),
        ("docProps/custom.xml", ' name="sheetgen.version"', ""),
        ("docProps/custom.xml", "<vt:i4>3</vt:i4>", "<vt:filetime/>"),
        (hostile.SHEET, '<dimension ref="B2:D8"/>', ""),
        (hostile.SHEET, 's="1"', 's="999"'),
    ],
)
def test_what_is_odd_outside_the_cells_refuses_nothing(part: str, old: str, new: str) -> None:
    """Excel opens such files, and the values are plain to see."""
    assert value_of(hostile.replaced(GRID, part, old, new)) == "Acquis"


def test_a_workbook_without_styles_is_read() -> None:
    """Its dates are numbers then, as they are in every program."""
    sheet = read_workbook(without_styles(GRID)).sheets[0]
    assert sheet.value(2, 2) == "Acquis"
    assert sheet.value(5, 2) == pytest.approx(46188.395833)


def test_a_cell_without_a_style_has_the_first_one() -> None:
    """Where somebody made the workbook's normal style a percentage, its 8 is shown as 800 %."""
    data = hostile.edited(
        GRID,
        "xl/styles.xml",
        lambda body: re.sub(rb'(<cellXfs[^>]*><xf numFmtId=)"0"', rb'\1"9"', body),
    )
    assert read_workbook(data).sheets[0].shown == {(2, 3): "200 %", (3, 3): "10 %"}


def test_one_wrong_letter_in_the_shared_texts_refuses_the_file() -> None:
    """Or every text after it would be the one before."""
    once = hostile.edited(GENUINE, hostile.TEXTS, lambda body: body.replace(b"<si>", b"<sj>", 1))
    both = hostile.edited(
        GENUINE,
        hostile.TEXTS,
        lambda body: re.sub(rb"<si>(.*?)</si>", rb"<sj>\1</sj>", body, count=1),
    )
    assert [refusal(data).code for data in (once, both)] == ["damaged-workbook"] * 2


def test_cdata_in_a_mark_and_its_observation_is_read() -> None:
    """Neither is lost, in a genuine grid that was collected."""
    sheet, cell = CELLS["C1.1.1"]
    data = raw_cell(GENUINE, sheet, cell, "str|<v><![CDATA[Acquis]]></v>")
    data = raw_cell(data, sheet, f"D{cell[1:]}", "str|<v><![CDATA[Trois mots d’observation]]></v>")
    collection = DESK.collect({"g.xlsx": data})
    assert values(collection) == MARKED
    assert marks(collection)["C1.1.1"].comment == "Trois mots d’observation"  # type: ignore[index]


@pytest.mark.parametrize("kind", ['t="array" ref="C3:C4"', 't="dataTable" ref="C3:C4"'])
def test_cells_that_another_cells_formula_fills_hold_formulas(kind: str) -> None:
    """An array's results stand in cells without a formula of their own: they are not typed."""
    data = c3(f"<f {kind}>A1:A2</f><v>1</v>", "")
    assert read_workbook(data).sheets[0].formulas == {
        (2, 2): "=A1:A2", (3, 2): "=", (4, 2): '="Acq"&"uis"', (4, 3): "=1/0",
    }  # fmt: skip


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    """Excel for Mac did so."""
    data = hostile.replaced(GRID, BOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    found = read_workbook(data).sheets[0].value(5, 2)
    assert isinstance(found, Moment)
    assert str(found.value) == "2030-06-16 09:30:00"


def test_two_hundred_thousand_empty_styled_rows_are_read() -> None:
    """Rows that hold nothing cost little, however many an application keeps."""
    rows = "".join(
        f'<row r="{row}" s="1" customFormat="1" ht="15"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
        for row in range(100, 200_100)
    )
    data = hostile.replaced(GRID, hostile.SHEET, "</sheetData>", f"{rows}</sheetData>")
    assert read_workbook(data) == read_workbook(GRID)


@pytest.mark.deep
def test_a_large_sheet_is_read_as_strictly_as_a_small_one() -> None:
    """It is parsed row by row, and nothing else may stand between its rows."""
    padding = "".join(
        f'<row r="{row}" ht="15.75" customHeight="1"/>' for row in range(100, 250_000)
    )
    large = hostile.replaced(GRID, hostile.SHEET, "</sheetData>", f"{padding}</sheetData>")
    assert read_workbook(large) == read_workbook(GRID)
    for odd in ("<group/>", "texte", '<row r="3"/>'):
        data = hostile.replaced(large, hostile.SHEET, "</sheetData>", f"{odd}</sheetData>")
        assert refusal(data).code == "damaged-workbook"
    broken = hostile.edited(large, hostile.SHEET, lambda body: body[:-20])
    assert refusal(broken).code == "damaged-workbook"


def test_rows_and_cells_without_addresses_are_counted() -> None:
    """SheetJS and others leave addresses out."""
    bare = hostile.edited(
        GRID,
        hostile.SHEET,
        lambda body: re.sub(
            rb"<sheetData>.*</sheetData>",
            b'<sheetData><row/><row><c><v>1</v></c><c/><c t="str"><v>x</v></c></row>'
            b'<row><c r="C3"><v>2</v></c><c><v>3</v></c></row></sheetData>',
            body,
        ),
    )
    assert read_workbook(bare).sheets[0].rows == {1: {0: 1.0, 2: "x"}, 2: {2: 2.0, 3: 3.0}}


def test_the_same_name_twice_in_a_zip_is_told_as_that() -> None:
    """Which of the two counts differs from reader to reader."""
    items = hostile.entries(GRID)
    double = [item for item in items if item.name == hostile.SHEET]
    problem = refusal(hostile.written([*items, *double]))
    assert problem.code == "suspect-workbook"
    assert f"la partie « {hostile.SHEET} » y figure deux fois" in problem.message


def test_a_sheet_of_an_unknown_kind_is_refused() -> None:
    """Its marks would be missing without a word."""
    data = hostile.replaced(GRID, RELATIONS, "relationships/worksheet", "relationships/feuille")
    assert refusal(data).code == "damaged-workbook"


def test_a_part_may_be_written_as_utf_16() -> None:
    """Excel reads it, and so is it read here."""
    data = hostile.edited(
        GRID,
        hostile.SHEET,
        lambda body: (
            body.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        ),
    )
    assert read_workbook(data) == read_workbook(GRID)


def test_the_readers_own_words_never_reach_the_user() -> None:
    """What a binary reader says in English is said in French, and no more of it."""
    problem = refusal(hostile.xls([(0x203, bytes(4))]))
    assert problem.message == (
        "Le classeur est abîmé ou incomplet : ses enregistrements ne se lisent pas."
    )
