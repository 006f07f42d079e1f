"""The parts of a Word template that hold text to fill: their paragraphs, and the tags in these.

Body, headers, footers, footnotes, endnotes and comments are alike: tracked changes are accepted,
braces paired paragraph by paragraph, and each tag that Word split is put back into one piece,
before docxtpl patches anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from sheetgen.documents.kept_text import pair_braces
from sheetgen.documents.revisions import accept_revisions
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from docx.document import Document
    from docx.opc.part import Part

    from sheetgen.documents.kept_text import Tag

_PLACES = {
    CONTENT_TYPE.WML_DOCUMENT_MAIN: "",
    CONTENT_TYPE.WML_HEADER: "en-tête",
    CONTENT_TYPE.WML_FOOTER: "pied de page",
    CONTENT_TYPE.WML_FOOTNOTES: "note de bas de page",
    CONTENT_TYPE.WML_ENDNOTES: "note de fin",
    CONTENT_TYPE.WML_COMMENTS: "commentaire",
}
"""The parts that are filled, in the order in which they are; where each stands on a page."""

_UNFILLED = {
    "/word/charts/": "graphique",
    "/word/diagrams/": "SmartArt",
    "/docProps/": "propriétés du document",
    "/customXml/": "données d’un contrôle de contenu",
    "/word/numbering": "numérotation",
}
_NOT_PRINTED = ("/word/glossary/", "/docProps/app.xml", "/docProps/core.xml", "/word/settings.xml")
_DOUBLE = re.compile(
    r"\{\{[^{}<>]*\}\}|\{%[^{}<>]*%\}|%7B(?:%7B|%25).*?(?:%7D|%25)%7D", re.IGNORECASE
)

_PARAGRAPHS = frozenset({qn("w:p"), qn("a:p")})
_TEXT, _RUN = qn("w:t"), qn("w:r")
_JOINED = frozenset({_TEXT, qn("w:instrText"), qn("m:t"), qn("a:t")})
_BOX = qn("w:txbxContent")
_HIDDEN = f"{qn('w:rPr')}/{qn('w:vanish')}"
_FALSE = frozenset({"0", "false", "off"})
_SPACE = qn("xml:space")
_VALUE = f"{{{nsmap['w']}}}val"

_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """A reason for which a paragraph cannot be rendered whole.

    Attributes:
        place: the part of a page, as « pied de page »; empty for the body.
        reason: a sentence in French.
    """

    paragraph: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The faults of a part whose tags were put together, and whether that changed it."""

    faults: tuple[TemplateFault, ...]
    revised: bool
    changed: bool


def filled_parts(document: Document) -> dict[Part, str]:
    """Return the parts whose tags are filled, each with its place on a page, the body first."""
    main = document.part
    parts = [main, *(rel.target_part for rel in main.rels.values() if not rel.is_external)]
    order = list(_PLACES)
    found = {part: _PLACES[part.content_type] for part in parts if part.content_type in _PLACES}
    return dict(sorted(found.items(), key=lambda item: order.index(item[0].content_type)))


def part_root(part: Part) -> etree._Element:
    """Return the XML of a part."""
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def make_whole(root: etree._Element, place: str, fields: Collection[str]) -> Mended:
    """Accept the tracked changes of a part, pair its braces, put split tags together.

    Args:
        root: the part's XML, which is changed.
        place: where the part stands on a page.
        fields: the first words of what tags may name.
    """
    revised = accept_revisions(root)
    faults: dict[TemplateFault, None] = {}
    joined = False
    for leaves in _streams(root):
        text = "".join(leaf.text or "" for leaf in leaves)
        if "{" not in text and "}" not in text:
            continue
        pairing = pair_braces(text, fields)
        reason = pairing.fault or _half_hidden(leaves, pairing.tags)
        if reason:
            where = _place(leaves[0], place)
            faults[TemplateFault(paragraph=quote(text), place=where, reason=reason)] = None
        elif len(leaves) > 1:
            joined |= _join(leaves, pairing.tags)
    for element in root.iter("*"):
        for value in map(str, element.attrib.values()):
            reason = pair_braces(value, fields).fault if "{" in value or "}" in value else ""
            if reason:
                where = _place(element, place)
                faults[TemplateFault(paragraph=quote(value), place=where, reason=reason)] = None
    return Mended(faults=tuple(faults), revised=revised, changed=revised or joined)


def find_unfilled(document: Document) -> Iterator[tuple[str, str]]:
    """Yield tags that nothing fills, each with its place: charts, SmartArt, links' targets."""
    filled = filled_parts(document)
    for part in document.part.package.parts:
        name = str(part.partname)
        if part in filled:
            for rel in part.rels.values():
                found = _DOUBLE.search(rel.target_ref) if rel.is_external else None
                if found:
                    yield found[0], "adresse d’un lien"
        elif part.content_type.endswith("xml") and not name.startswith(_NOT_PRINTED):
            found = _DOUBLE.search(_all_text(part))
            if found:
                where = (place for start, place in _UNFILLED.items() if name.startswith(start))
                yield found[0], next(where, f"partie {name}")


def quote(text: str) -> str:
    """Cut a paragraph's text, so that it can be quoted."""
    text = text.strip()
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


def _all_text(part: Part) -> str:
    """Return the text of a part that is not filled, then its attributes; none if it is damaged."""
    try:
        root = part_root(part)
    except etree.XMLSyntaxError:
        return ""
    values = (str(value) for element in root.iter("*") for value in element.attrib.values())
    return "\n".join((etree.tostring(root, method="text", encoding="unicode"), *values))


def _streams(root: etree._Element) -> list[list[etree._Element]]:
    """Return the elements that hold text, those of one paragraph and of one kind together."""
    found: dict[object, list[etree._Element]] = {}
    for leaf in root.iter("*"):
        if not len(leaf) and leaf.text:
            owner = _paragraph_of(leaf) if leaf.tag in _JOINED else None
            key = leaf if owner is None else (owner, leaf.tag)
            found.setdefault(key, []).append(leaf)
    return list(found.values())


def _paragraph_of(leaf: etree._Element) -> etree._Element | None:
    return next((item for item in leaf.iterancestors() if item.tag in _PARAGRAPHS), None)


def _place(element: etree._Element, part: str) -> str:
    box = any(item.tag == _BOX for item in element.iterancestors())
    return ", ".join(item for item in ("zone de texte" if box else "", part) if item)


def _half_hidden(leaves: Sequence[etree._Element], tags: Sequence[Tag]) -> str:
    """Return a reason to refuse a tag that is hidden text in part; empty where there is none."""
    starts = _starts(leaves)
    for tag in tags:
        first, last = (bisect_right(starts, place) - 1 for place in (tag.start, tag.end - 1))
        if len({_is_hidden(leaf) for leaf in leaves[first : last + 1]}) > 1:
            return f"la balise « {tag.text} » est en partie en texte masqué."
    return ""


def _is_hidden(leaf: etree._Element) -> bool:
    run = leaf.getparent()
    mark = run.find(_HIDDEN) if run is not None and run.tag == _RUN else None
    return mark is not None and mark.get(_VALUE) not in _FALSE


def _starts(leaves: Sequence[etree._Element]) -> list[int]:
    """Return where the text of each begins in the text of all."""
    return [0, *accumulate(len(leaf.text or "") for leaf in leaves[:-1])]


def _join(leaves: Sequence[etree._Element], tags: Sequence[Tag]) -> bool:
    """Move each split tag into the element in which it begins; return whether any was split."""
    starts = _starts(leaves)
    text = "".join(leaf.text or "" for leaf in leaves)
    cuts = sorted({*starts, *(place for tag in tags for place in (tag.start, tag.end)), len(text)})
    owner_of = {place: tag.start for tag in tags for place in cuts if tag.start <= place < tag.end}
    made = [""] * len(leaves)
    for start, end in pairwise(cuts):
        made[bisect_right(starts, owner_of.get(start, start)) - 1] += text[start:end]
    changed = False
    for leaf, piece in zip(leaves, made, strict=True):
        if leaf.text != piece:
            leaf.text = piece
            leaf.set(_SPACE, "preserve")
            changed = True
    return changed
