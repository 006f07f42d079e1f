"""An empty Word template: its page, its language, its styles, its settings.

Hardly anything is formatted by hand: what a school may want to restyle is a named style (see
`word_looks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from word_looks import BLUE, BUILT_IN, HOUSE, Look

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

FONT = "Calibri"
RULE = "8A96A6"
SHADE = "E4E9F0"
SHADE_LIGHT = "F3F5F8"

TABLE_STYLE = "Tableau du jury"

BORDERLESS_STYLE = "Mise en page"
"""The table style that only puts things side by side."""

MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)
"""The templates' date of creation, the same at every run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An A4 page, upright unless `landscape`, with a border all round when `framed`.

    Attributes:
        looks: styles beside those of every document.
    """

    landscape: bool = False
    framed: bool = False
    looks: tuple[Look, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, in centimetres."""
        return (29.7, 21.0) if self.landscape else (21.0, 29.7)

    @property
    def side_margin(self) -> float:
        """On the left and on the right, in centimetres."""
        return 2.6 if self.landscape else 2.0

    @property
    def end_margins(self) -> tuple[float, float]:
        """At the top and at the bottom, in centimetres."""
        return (1.7, 1.6) if self.landscape else (2.2, 2.0)

    @property
    def text_width(self) -> float:
        """Between the margins, in centimetres."""
        return self.size[0] - 2 * self.side_margin


def new_document(title: str, page: Page | None = None) -> Document:
    """An empty document in French with the house styles and only those."""
    page = page or Page()
    document = docx.Document()
    _drop_unused_parts(document)
    styles = document.styles.element
    for element in list(styles):
        if element.tag != qn("w:latentStyles"):
            styles.remove(element)
    styles.insert(0, parse_xml(_defaults()))
    for look in (*HOUSE, *page.looks):
        styles.append(parse_xml(_paragraph_style(look, page)))
    for other in (_BASE_STYLES, _table_style()):
        styles.extend(parse_xml(f"<w:styles {nsdecls('w')}>{other}</w:styles>"))
    _set_settings(document)
    _set_page(document, page)
    _set_properties(document, title)
    return document


def _drop_unused_parts(document: Document) -> None:
    """What python-docx's own blank document carries and nothing here needs."""
    unused = (
        "customXml",
        "extended-properties",
        "fontTable",
        "numbering",
        "stylesWithEffects",
        "thumbnail",
        "webSettings",
    )
    owners: tuple[Part | OpcPackage, ...] = (document.part, document.part.package)
    for owner in owners:
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in unused:
                del owner.rels[key]


def _defaults() -> str:
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="20"/><w:szCs w:val="20"/>'
        '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _paragraph_style(look: Look, page: Page) -> str:
    normal = look.name == "Normal"
    custom = look.name not in BUILT_IN
    points = f'w:val="{look.size * 2:.0f}"'
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{_when(normal, _DEFAULT_STYLE)}'
        f'{_when(custom, _CUSTOM_STYLE)} w:styleId="{look.style_id}">'
        f'<w:name w:val="{look.name}"/>{_when(not normal, _BASED_ON_NORMAL)}'
        f"{_when(look.level > 0, _THEN_NORMAL)}<w:qFormat/>"
        f"<w:pPr>{_paragraph_format(look, page)}</w:pPr><w:rPr>{_when(look.bold, _BOLD)}"
        f"{_when(look.italic, _ITALIC)}"
        f'<w:color w:val="{look.colour}"/><w:sz {points}/><w:szCs {points}/></w:rPr></w:style>'
    )


def _paragraph_format(look: Look, page: Page) -> str:
    sides = ("top", "left", "bottom", "right") if look.rule == "box" else (look.rule,)
    size, colour = (18, look.colour) if look.rule == "box" else (6, RULE)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="4" w:color="{colour}"/>'
        for side in sides
        if side
    )
    tabs = _FOOTER_TABS.format(page.text_width * 567)
    return (
        f"{_when(look.with_next, _WITH_NEXT)}{_when(look.new_page, _NEW_PAGE)}<w:widowControl/>"
        f"{_when(bool(lines), f'<w:pBdr>{lines}</w:pBdr>')}"
        f"{_when(look.name == 'footer', tabs)}"
        f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}"'
        ' w:line="252" w:lineRule="auto"/>'
        f"{_when(look.rule == 'box', _INSIDE_MARGINS)}"
        f"{_when(look.centred, _CENTRED)}{_when(look.right, _RIGHT)}"
        f"{_when(look.level > 0, _OUTLINE.format(look.level - 1))}"
    )


def _when(condition: bool, xml: str) -> str:  # noqa: FBT001 - it reads as « when »
    return xml if condition else ""


_DEFAULT_STYLE = ' w:default="1"'
_CUSTOM_STYLE = ' w:customStyle="1"'
_BASED_ON_NORMAL = '<w:basedOn w:val="Normal"/>'
_THEN_NORMAL = '<w:next w:val="Normal"/>'
_WITH_NEXT = "<w:keepNext/><w:keepLines/>"
_NEW_PAGE = "<w:pageBreakBefore/>"
_BOLD, _ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
_INSIDE_MARGINS = '<w:ind w:left="113" w:right="113"/>'
_CENTRED = '<w:jc w:val="center"/>'
_RIGHT = '<w:jc w:val="right"/>'
_OUTLINE = '<w:outlineLvl w:val="{}"/>'
_FOOTER_TABS = '<w:tabs><w:tab w:val="right" w:pos="{:.0f}"/></w:tabs>'

_BASE_STYLES = """
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>
</w:style>
<w:style w:type="character" w:styleId="Strong">
  <w:name w:val="Strong"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal">
  <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
    <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
    <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="MiseEnPage">
  <w:name w:val="Mise en page"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
</w:style>
"""


def _table_style() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in sides
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="TableauDuJury">'
        f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


_SETTINGS = """
<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode"
  w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="fr-FR"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"
  w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5"
  w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>
<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>
"""
"""Those of a document of today's Word: without the mode, it opens in « Mode de compatibilité »."""


def _set_settings(document: Document) -> None:
    settings = document.settings.element
    for element in list(settings):
        settings.remove(element)
    settings.extend(parse_xml(f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>"))


def _set_page(document: Document, page: Page) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, page.size)
    section.left_margin = section.right_margin = Cm(page.side_margin)
    section.top_margin, section.bottom_margin = map(Cm, page.end_margins)
    section.header_distance = section.footer_distance = Cm(1)
    if page.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    if page.framed:
        body = document.element.body
        margins = body.get_or_add_sectPr().get_or_add_pgMar()
        margins.addnext(parse_xml(_frame()))
        section.footer_distance = Cm(1.2)


def _frame() -> str:
    sides = "".join(
        f'<w:{side} w:val="thinThickSmallGap" w:sz="24" w:space="24" w:color="{BLUE}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{sides}</w:pgBorders>'


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = "sheetgen"
    properties.last_modified_by = "sheetgen"
    properties.language = "fr-FR"
    properties.comments = ""
    properties.created = properties.modified = MADE_ON
