"""Custom document properties, as texts: what a workbook says of itself outside its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.spreadsheet.markup import parse_part, split_tag
from sheetgen.spreadsheet.relations import find_target, relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.spreadsheet.containers import Package
    from sheetgen.spreadsheet.element import Element

_CUSTOM = frozenset(
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
        "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    )
)
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_NUMBERS = frozenset(("r4", "r8", "decimal"))
"""Kinds of property that hold a number which may have decimals."""


def read_properties(package: Package) -> dict[str, str]:
    """Return the custom properties of an .xlsx, .xlsm or .xlsb.

    Raises:
        UnreadableWorkbookError: they are not well formed.
    """
    part = find_target(relations(package), "custom-properties", "customProperties")
    if not part or part not in package:
        return {}
    root = parse_part(part, package.part(part))
    space = split_tag(root.tag)[0]
    if space not in _CUSTOM:
        return {}
    return _named(
        (
            item.get("name"),
            _text(item, number=any(split_tag(kind.tag)[1] in _NUMBERS for kind in item)),
        )
        for item in root.iterchildren(f"{{{space}}}property")
    )


def read_ods_properties(root: Element) -> dict[str, str]:
    """Return the custom properties of an .ods, from its part that describes the document."""
    return _named(
        (item.get(f"{_META}name"), _text(item, number=item.get(f"{_META}value-type") == "float"))
        for item in root.iter(f"{_META}user-defined")
    )


def _named(found: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    """Return properties by name; neither one without a name nor two that contradict each other."""
    named: dict[str, str] = {}
    contradicted: set[str] = set()
    for name, text in found:
        if name and named.setdefault(name, text) != text:
            contradicted.add(name)
    return {name: text for name, text in named.items() if name not in contradicted}


def _text(item: Element, *, number: bool) -> str:
    """Return a property as a text; a whole number stays one, though LibreOffice may make it 3.0."""
    text = "".join(map(str, item.itertext())).strip()
    return text.removesuffix(".0") if number else text
