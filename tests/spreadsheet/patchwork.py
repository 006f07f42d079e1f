"""Workbooks put together at random from few pieces, so that most of their bytes come again.

Their parts are of few forms, each with some cells and rows of its own, as grids filled in are.
Whatever keeps what it read meets every piece in other surroundings: beside other texts and styles,
in another encoding, in rows and sheets of the same bytes. Most are odd somewhere, many are refused.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from random import Random

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MIXED = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

NAMES = ("BC01", "BC02", "_sheetgen")

_DECLARATIONS = (
    *['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'] * 12,
    *("<?xml version='1.0' encoding='utf-8'?>", "", "\ufeff"),
    *('<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0" encoding="UTF-16"?>'),
    *("<!-- <row> -->", '<?xml version="1.0"?><?pi <sheetData>?>'),
)
_SPACES = (
    *[f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'] * 12,
    f'xmlns="{MAIN}" xmlns:mc="{MIXED}" xmlns:z="urn:z" mc:Ignorable="z"',
    *(f'xmlns="{STRICT}"', f"xmlns='{MAIN}' xml:space='preserve'", 'xmlns="urn:z"'),
    *(f'xmlns:x="{MAIN}"', f'xmlns="{MAIN}" xmlns:mc="{MIXED}" mc:MustUnderstand="mc"'),
)
_BEFORE = (
    *['<dimension ref="A1:F9"/>'] * 8,
    *("", '<cols><col min="1" max="2" hidden="1"/></cols>', "<!-- x -->", "<sheetData/>"),
    *("texte", "<sheetPr><sheetData/></sheetPr>", "<![CDATA[ ]]>"),
)
_HOLDERS = (
    *["<sheetData>"] * 15,
    *("<sheetData >", '<sheetData xml:space="preserve">', "<sheetData\n>"),
)
_ROWS = (
    *['<row r="{n}">'] * 8,
    *('<row r="{n}" spans="1:6" s="1" x14ac="1">', '<row r="{n}" hidden="1">', "<row r='{n}'>"),
    *(
        '<row r="{n}" spans="1:6" ht="15.5" customHeight="1">',
        *["<row>"] * 4,
        '<row ht="9" r="{n}">',
    ),
    *('<row r="{n}" xml:space="preserve">', '<row r="{n}"><row r="7"></row>', '<row r="0{n}">'),
    *('<row r="{m}"/><row r="{n}">', '\n  <row r="{n}">', '<z:row xmlns:z="urn:z"/><row r="{n}">'),
    *('<row xmlns="urn:z" r="{n}">', '<row r="{n}" q="1">', '<row r="{n}">texte'),
)
_ROW_ENDS = *["</row>"] * 20, "</row >", "<!-- --></row>", "</row>texte", "<extLst/></row>"
_CELLS = (
    *['<c r="{a}" t="s"><v>{k}</v></c>'] * 9,
    *['<c r="{a}" s="{s}"><v>{k}</v></c>'] * 3,
    *['<c r="{a}"><v>{j}</v></c>'] * 2,
    *['<c r="{a}" s="{s}"/>'] * 3,
    *(
        '<c r="{a}" s="{s}"></c>',
        '<c s="{s}" r="{a}" t="s"><v>{k}</v></c>',
        "<c r='{a}'><v>1</v></c>",
    ),
    *['<c r="{b}"><v>{k}</v></c>'] * 4,
    *('<c r="{a}" t="b"><v>1</v></c>', '<c r="{a}" t="e"><v>#N/A</v></c>', "<c><v>{k}</v></c>"),
    *(
        '<c r="{a}" t="str"><f>A1&amp;"é"</f><v>x{k}</v></c>',
        '<c r="{a}" t="d"><v>2026-06-1{k}</v></c>',
    ),
    *('<c r="{a}"><f t="shared" ref="A1:A9" si="0">B1+1</f><v>{k}</v></c>', '<c r="{a}"/>'),
    *('<c r="{a}"><f t="shared" si="0"/><v>{k}</v></c>', '<c r="{a}" t="s"><v> {k}</v></c>'),
    *(
        '<c r="{a}"><f t="array" ref="A1:C4">B1</f><v>{k}</v></c>',
        '<c r="{a}" t="s"><v>0{k}</v></c>',
    ),
    *('<c r="{a}"><f t="dataTable" ref="B2:D3"/><v>{k}</v></c>', '<c r="{a}" t="s"><v/></c>'),
    *('<c r="{a}" t="inlineStr"><is><t>mot {k}</t></is></c>', '<c r="{a}" t="s"><v>77</v></c>'),
    *('<c r="{a}" t="inlineStr"><is><t xml:space="preserve"> é{k} </t></is></c>',),
    *('<c r="{a}" t="inlineStr"><is><t> é{k} </t></is></c>', '<c r="{a}" t="q"><v>{k}</v></c>'),
    *('<c r="{a}" t="inlineStr"><is><r><rPr><color/></rPr><t>r</t></r><r><t>{k}</t></r></is></c>',),
    *('<c r="{a}" t="inlineStr"><is><t>p</t><rPh sb="0" eb="1"><t>h</t></rPh></is></c>',),
    *('<c r="{a}"><v>{k}<!-- -->2</v></c>', '<c r="{a}"><v><![CDATA[{k}]]></v></c>'),
    *('<c r="{a}"><v>&#5{k};</v></c>', '<c r="{a}" t="str"><v>_x004{k}_</v></c>', "<!-- x -->"),
    *(
        '<c r="{a}" s="{s}"><v>{k}</v><extLst><ext/></extLst></c>',
        '<c r="{a}" t="s"><v>{k}</v></c >',
    ),
    *(
        '<c r="{a}" nil="1"><v>{k}</v></c>',
        '<c r="{l}" t="s"><v>{k}</v></c>',
        '<c r="{b}"><v>8</v></c>',
    ),
    *('\n <c r="{a}"><v>\n{k} </v></c>', "texte", '<z:c xmlns:z="urn:z" r="{a}"><v>9</v></z:c>'),
    (
        f'<a:AlternateContent xmlns:a="{MIXED}"><a:Fallback><c r="{{a}}"><v>{{k}}</v></c>'
        "</a:Fallback></a:AlternateContent>"
    ),
)
_AFTER = (
    *["{merges}<pageMargins/>{footer}"] * 8,
    *(
        "",
        '<row r="9"/></sheetData>',
        "{footer}{merges}",
        "{footer}{footer}",
        "{merges}{footer}<legacyDrawing/>",
    ),
    *("<!-- -->{footer}", "<rowBreaks>{footer}</rowBreaks>", "texte", "{merges}"),
    *('<z:y xmlns:z="urn:z"><row r="1"><c r="A1"><v>6</v></c></row></z:y>', "{footer}{cut}"),
)
_MERGES = (
    *("", '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'),
    *(
        '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>',
        "<mergeCells><mergeCell/></mergeCells>",
    ),
)
_FOOTERS = (
    *("", "<headerFooter><oddFooter>&amp;LNom {k}</oddFooter></headerFooter>"),
    *("<headerFooter><oddFooter>{k}</oddFooter></headerFooter>", "<headerFooter/>"),
    *(
        "<headerFooter><mergeCell ref='A1:B9'/></headerFooter>",
        "<headerFooter><oddFooter></headerFooter>",
    ),
)
_TEXTS = (
    *["<si><t>texte {k}</t></si>"] * 6,
    *(
        "<si><t>Acquis</t></si>",
        "<si><t>Non acquis</t></si>",
        "<si><t/></si>",
        "<si/>",
        "<si></si>",
    ),
    *(
        '<si><t xml:space="preserve"> é {k}</t></si>',
        "<si><t> é {k}</t></si>",
        "<si>\n<t>b{k}</t></si>",
    ),
    *("<si><r><t>a</t></r><r><t>b{k}</t></r></si>", "<si><t>c</t><rPh sb='0'><t>d</t></rPh></si>"),
    *(
        "<si><t>_x0041_{k}</t></si>",
        "<si><t><![CDATA[{k}]]></t></si>",
        "<!-- <si> --><si><t>f</t></si>",
    ),
    *(
        "<si><t>Code</t></si>",
        "<si><t>Évaluation</t></si>",
        "<si><t>g</t></si >",
        "\n<si><t>h</t></si>",
    ),
    *('<si xmlns="urn:z"><t>i</t></si>', "<si><q/></si>", "<extLst/>", "<si q='>'><t>j</t></si>"),
)
_FORMATS = (
    "<numFmts/>",
    '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>',
    '<numFmts><numFmt numFmtId="170" formatCode="0%"/></numFmts>',
    '<numFmts><numFmt numFmtId="170" formatCode="&quot;Acquis&quot;;;"/></numFmts>',
)
_STYLES = (
    '<xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/>',
    '<xf numFmtId="170"/><xf numFmtId="0"/><xf numFmtId="9"/>',
    '<xf numFmtId="46"/><xf numFmtId="2"/>',
)
_SETTINGS = *["<workbookPr/>"] * 3, '<workbookPr date1904="1"/>', '<workbookPr date1904="0"/>', ""


def patchwork(chance: Random, school: int) -> bytes:
    """A workbook made of some of the pieces, in the forms of one school."""
    names = chance.sample(NAMES, chance.choice((1, 1, 2, 3)))
    sheets = {name: _sheet(_form(chance, school), chance) for name in names}
    if len(names) > 1 and chance.random() < 0.3:
        sheets[names[1]] = sheets[names[0]]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="{TYPE}"/></Types>'.encode(),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"sheet{place}.xml") for place, _ in enumerate(names)]
            + [("sharedStrings", "texts.xml"), ("styles", "styles.xml")]
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{chance.choice(_SETTINGS)}'
        "<sheets>{}</sheets></workbook>".format(
            "".join(
                f'<sheet name="{name}" sheetId="{place + 1}" r:id="r{place}"/>'
                for place, name in enumerate(names)
            )
        ).encode(),
        "xl/texts.xml": _texts(_form(chance, school)),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{chance.choice(_FORMATS)}<cellXfs>'
        f"{chance.choice(_STYLES)}</cellXfs></styleSheet>".encode(),
    }
    parts |= {f"xl/sheet{place}.xml": body for place, body in enumerate(sheets.values())}
    return _packed(chance, parts)


def _form(chance: Random, school: int) -> Random:
    """The source of chance of one of a school's forms: it gives the same each time."""
    return Random(10 * school + chance.randrange(6))  # noqa: S311 - chosen for being repeatable


def _relations(listed: list[tuple[str, str]]) -> bytes:
    items = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(listed)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'.encode()


def _packed(chance: Random, parts: dict[str, bytes]) -> bytes:
    """A zip of the parts in some order; now and then one of them is there twice."""
    items = list(parts.items())
    if chance.random() < 0.3:
        chance.shuffle(items)
    if chance.random() < 0.02:
        items.append((chance.choice(items)[0], chance.choice(items)[1]))
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as package:
        warnings.simplefilter("ignore", UserWarning)
        for name, body in items:
            with package.open(name, "w", force_zip64=chance.random() < 0.1) as part:
                part.write(body)
    return file.getvalue()


def _some(chance: Random, pieces: tuple[str, ...], usual: float = 0.0) -> str:
    """One of the pieces; the first, which is the usual one, at least so often."""
    return pieces[0] if chance.random() < usual else chance.choice(pieces)


def _encoded(text: str) -> bytes:
    """A part in the encoding that it names; what that lacks is left out."""
    for code in ("ISO-8859-1", "UTF-16"):
        if f'encoding="{code}"' in text[:60]:
            return text.encode(code, "ignore")
    return text.encode()


def _sheet(form: Random, chance: Random) -> bytes:
    odd = form.choice((1.0, 1.0, 0.97, 0.8))
    root = _some(form, _SPACES, odd)
    rows = form.sample(range(1, 10), form.randrange(1, 9))
    if form.random() < 0.9:
        rows.sort()
    lines = [_row(form, chance, number, odd) for number in rows]
    if chance.random() < 0.04:
        number = chance.choice(rows)
        lines.insert(chance.randrange(len(lines)), _row(chance, chance, number, odd))
    after = _some(form, _AFTER, odd).format(
        merges=_some(form, _MERGES[:2] if odd == 1.0 else _MERGES),
        footer=_some(chance, _FOOTERS[1:3], 0.0 if chance.random() < 0.1 else 1.0).format(
            k=chance.randrange(3)
        )
        if form.random() < 0.8
        else _some(chance, _FOOTERS).format(k=1),
        cut="</worksheet><worksheet>",
    )
    text = "".join(
        (
            *(_some(form, _DECLARATIONS, odd), f"<worksheet {root}>", _some(form, _BEFORE, odd)),
            *(_some(form, _HOLDERS, odd), *lines, "</sheetData>", after, "</worksheet>"),
        )
    )
    if f'xmlns:x="{MAIN}"' in root and form.random() < 0.7:
        text = text.replace("</", "<\0").replace("<", "<x:").replace("<x:\0", "</x:")
        text = text.replace("<x:?", "<?").replace("<x:!", "<!")
    if chance.random() < 0.01:
        text = text[: chance.randrange(len(text))]
    return _encoded(text)


def _row(form: Random, chance: Random, number: int, usual: float) -> str:
    """A row of a form, some of its cells filled in by chance."""
    columns = form.sample("ABCDEF", form.randrange(1, 6))
    if form.random() < 0.95:
        columns.sort()
    begin = _some(form, _ROWS, usual).format(n=number, m=max(1, number - 1))
    cells = [_cell(form, column, number, usual) for column in columns]
    end = _some(form, _ROW_ENDS, usual)
    filled = chance.choice((0.0, 0.06, 0.5))
    for place, column in enumerate(columns):
        if chance.random() < filled:
            cells[place] = _cell(chance, column, number, usual)
    if chance.random() < 0.02:
        place = chance.randrange(len(cells))
        cells.insert(chance.choice((place, len(cells))), cells[place])
    return "".join((begin, *cells, end))


def _cell(chance: Random, column: str, number: int, usual: float) -> str:
    kind = _CELLS[chance.randrange(18 if chance.random() < usual else len(_CELLS))]
    return (
        kind.replace("{a}", f"{column}{number}")
        .replace("{b}", f"{column}{number + 1}")
        .replace("{l}", f"{column.lower()}{number}")
        .replace("{k}", str(chance.randrange(4)))
        .replace("{j}", str(chance.randrange(30)))
        .replace("{s}", str(chance.randrange(3)))
    )


def _texts(chance: Random) -> bytes:
    odd = chance.choice((1.0, 1.0, 0.9))
    some = [
        (chance.choice(_TEXTS[:12]) if chance.random() < odd else chance.choice(_TEXTS))
        for _ in range(chance.randrange(4, 9))
    ]
    items = "".join(item.replace("{k}", str(chance.randrange(3))) for item in some)
    root, end = _some(chance, _SPACES, odd), "" if chance.random() < 0.01 else "</sst>"
    return _encoded(f"{_some(chance, _DECLARATIONS, odd)}<sst {root}>{items}{end}")
