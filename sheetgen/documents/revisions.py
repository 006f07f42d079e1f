"""Changes that Word tracks in a template, taken as accepted.

What was deleted under « Suivi des modifications » is struck out on the screen: it is no text of the
template, neither checked, nor filled, nor printed. What was inserted is text like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from lxml import etree


def _names(*names: str) -> tuple[str, ...]:
    return tuple(qn(f"w:{name}") for name in names)


_P, _P_PROPERTIES, _R_PROPERTIES, _SECTION = _names("p", "pPr", "rPr", "sectPr")
_ROW, _ROW_PROPERTIES, _TABLE, _CELL_PROPERTIES = _names("tr", "trPr", "tbl", "tcPr")
_GONE = _names("del", "moveFrom")
_KEPT = _names("ins", "moveTo")
_MARK_OWNERS = frozenset({_R_PROPERTIES, _ROW_PROPERTIES})
_DROPPED = (
    *_names("delText", "delInstrText", "cellIns"),
    *_names("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
    *_names("tblGridChange", "trPrChange", "tcPrChange", "numberingChange"),
    *_names("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *_names("customXmlInsRangeStart", "customXmlInsRangeEnd"),
    *_names("customXmlDelRangeStart", "customXmlDelRangeEnd"),
    *_names("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
    *_names("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
)
_CELL_GONE = qn("w:cellDel")


def accept_revisions(root: etree._Element) -> bool:
    """Accept every tracked change of a part; return whether there was any."""
    found = list(root.iter(*_GONE, *_KEPT, *_DROPPED, _CELL_GONE))
    for element in found:
        if element.tag in _GONE and not _is_mark(element):
            _remove(element)
    for element in found:
        if element.tag in _KEPT and not _is_mark(element):
            _unwrap(element)
    for mark in found:
        if mark.tag in _GONE and _is_mark(mark):
            _accept_mark(mark)
        elif mark.tag == _CELL_GONE:
            _remove_holder(mark, _CELL_PROPERTIES)
    for element in found:
        _remove(element)
    return bool(found)


def _is_mark(element: etree._Element) -> bool:
    """Return whether it marks a paragraph's end or a whole row, not the runs that it holds."""
    owner = element.getparent()
    return owner is not None and owner.tag in _MARK_OWNERS


def _accept_mark(mark: etree._Element) -> None:
    owner = mark.getparent()
    if owner is None:
        return
    if owner.tag == _ROW_PROPERTIES:
        row = owner.getparent()
        table = row.getparent() if row is not None else None
        _remove_holder(mark, _ROW_PROPERTIES)
        if table is not None and table.tag == _TABLE and table.find(_ROW) is None:
            _remove(table)
        return
    properties = owner.getparent()
    paragraph = properties.getparent() if properties is not None else None
    if paragraph is not None and paragraph.tag == _P:
        _join_to_next(paragraph)


def _join_to_next(paragraph: etree._Element) -> None:
    """Put a paragraph whose end was deleted at the start of the next one."""
    following = paragraph.getnext()
    properties = paragraph.find(_P_PROPERTIES)
    if following is None or (properties is not None and properties.find(_SECTION) is not None):
        return
    content = [item for item in paragraph if item.tag != _P_PROPERTIES]
    if following.tag != _P:
        if not content:
            _remove(paragraph)
        return
    place = 0 if following.find(_P_PROPERTIES) is None else 1
    for offset, item in enumerate(content):
        following.insert(place + offset, item)
    _remove(paragraph)


def _remove_holder(mark: etree._Element, properties: str) -> None:
    """Remove the row or the cell that these properties belong to."""
    owner = mark.getparent()
    if owner is not None and owner.tag == properties and owner.getparent() is not None:
        _remove(owner.getparent())


def _unwrap(element: etree._Element) -> None:
    """Leave what an element holds in its place."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _remove(element: etree._Element | None) -> None:
    owner = None if element is None else element.getparent()
    if element is not None and owner is not None:
        owner.remove(element)
