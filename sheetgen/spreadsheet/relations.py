"""The parts of an .xlsx, .xlsm or .xlsb: its content types, its relationships, its properties.

Nothing is known by its name: what stands at a usual name without being named so from `_rels/.rels`
on is not part of the workbook. Source: ECMA-376 part 2, and part 1 for Strict OOXML.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet.containers import part_key
from sheetgen.spreadsheet.contents import damaged
from sheetgen.spreadsheet.markup import NotUnderstoodError, children, parse_part, split_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheetgen.spreadsheet.containers import Package
    from sheetgen.spreadsheet.markup import Element

TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"

RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""What kinds of relationship, and attributes that name one, begin with: the usual, the strict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relationship of a part.

    Attributes:
        kind: such as `worksheet`; the whole address where it is none of the office's own.
        target: the part that it leads to; empty if that is outside the package.
    """

    kind: str
    target: str


def content_types(package: Package) -> ContentTypes:
    """Return what the package says its parts are.

    Raises:
        UnreadableWorkbookError: it does not say, or not legibly.
    """
    return _listed_types(package.part(TYPES))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentTypes:
    """The types of a package's parts: by their ending, or one by one."""

    endings: Mapping[str, str]
    parts: Mapping[str, str]

    def of(self, part: str) -> str:
        """Return the type of a part, empty if it is not said."""
        ending = part.rpartition(".")[2].casefold()
        return self.parts.get(part_key(part)) or self.endings.get(ending, "")


def relations_of(package: Package, part: str = "") -> Mapping[str, Relation]:
    """Return the relationships of a part, or of the package itself, by their identifiers.

    Raises:
        UnreadableWorkbookError: they are illegible; those of the package itself may not be missing.
    """
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels") if part else _ROOT
    if part and where not in package:
        return {}
    return _listed_relations(folder, where, package.part(where))


def find_target(found: Mapping[str, Relation], *kinds: str) -> str:
    """Return the one part that relationships of these kinds lead to; empty without any.

    Raises:
        UnreadableWorkbookError: they lead to several parts.
    """
    targets = {part_key(item.target): item.target for item in found.values() if item.kind in kinds}
    if len(targets) > 1:
        raise damaged(f"plusieurs parties y sont désignées comme « {kinds[0]} »")
    return next(iter(targets.values()), "")


def main_part(package: Package) -> str:
    """Return the part that the package's own relationships name as the document.

    Raises:
        UnreadableWorkbookError: there is none.
    """
    part = find_target(relations_of(package), "officeDocument")
    if not part:
        raise damaged("rien n'y désigne le classeur lui-même")
    return part


def relation_of(attributes: Mapping[str, str]) -> str:
    """Return the identifier of the relationship that an element names, empty if it names none."""
    return next(
        (found for space in RELATIONSHIPS if (found := attributes.get(f"{{{space}}}id"))), ""
    )


# What parts say of others is the same in every grid of a form: it is looked at once.


@lru_cache(maxsize=32)
def _listed_types(body: bytes) -> ContentTypes:
    endings: dict[str, str] = {}
    parts: dict[str, str] = {}
    try:
        for item in children(parse_part(TYPES, body), _TYPES_SPACE):
            said = item.get("ContentType") or ""
            if item.tag == f"{{{_TYPES_SPACE}}}Default":
                endings[(item.get("Extension") or "").casefold()] = said
            elif item.tag == f"{{{_TYPES_SPACE}}}Override":
                parts[part_key(unquote(item.get("PartName") or ""))] = said
    except NotUnderstoodError as error:
        raise damaged(f"la partie « {TYPES} » est illisible") from error
    return ContentTypes(endings=endings, parts=parts)


@lru_cache(maxsize=64)
def _listed_relations(folder: str, where: str, body: bytes) -> Mapping[str, Relation]:
    found: dict[str, Relation] = {}
    try:
        listed: Sequence[Mapping[str, str]] = [
            dict(item.items())
            for item in children(parse_part(where, body), _RELATIONS_SPACE)
            if item.tag == f"{{{_RELATIONS_SPACE}}}Relationship"
        ]
    except NotUnderstoodError as error:
        raise damaged(f"la partie « {where} » est illisible") from error
    for item in listed:
        identifier = item.get("Id", "")
        if identifier in found:
            raise damaged(f"la partie « {where} » porte deux fois l'identifiant « {identifier} »")
        outside = item.get("TargetMode") == "External"
        found[identifier] = Relation(
            kind=_kind(item.get("Type", "")),
            target="" if outside else _resolved(folder, item.get("Target", "")),
        )
    return found


def _kind(address: str) -> str:
    for space in RELATIONSHIPS:
        if address.startswith(f"{space}/"):
            return address[len(space) + 1 :]
    return address


def _resolved(folder: str, target: str) -> str:
    """Return the part that a target names, from the folder of the part that it stands in."""
    written = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, written)).lstrip("/")


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
    part = find_target(relations_of(package), "custom-properties", "customProperties")
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
