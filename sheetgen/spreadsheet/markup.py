"""XML parts, parsed strictly by lxml and walked as a reader without extensions must.

Comments and instructions are left out by the parser, and CDATA is text like any other: the text of
an element is always whole. A document type, hence every entity, is refused before parsing.
Elements that only newer applications know are resolved as ECMA-376 part 3 says (`mc:`).

`Element` is the part of lxml's own type that the readers use, tags as texts: the published types
let a tag be several things, as it may be while a document is written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, Self, TypedDict, cast

from lxml import etree

from sheetgen.problems.returns import SUSPECT_WORKBOOK
from sheetgen.spreadsheet.contents import UnreadableWorkbookError, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Element(Protocol):
    """An element of a parsed part, which has neither comments nor instructions in it."""

    @property
    def tag(self) -> str:
        """Return the name of the element, its namespace before it in braces."""

    @property
    def text(self) -> str | None:
        """Return the text before its first child."""

    @property
    def tail(self) -> str | None:
        """Return the text after it, up to the next element."""

    @property
    def nsmap(self) -> Mapping[str | None, str]:
        """Return the namespaces that are known there, by prefix."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Self]: ...

    def __getitem__(self, place: int, /) -> Self: ...

    def get(self, attribute: str, /) -> str | None:
        """Return the value of an attribute."""

    def items(self) -> list[tuple[str, str]]:
        """Return the attributes of the element, each with its value."""

    def keys(self) -> list[str]:
        """Return the names of its attributes."""

    def find(self, tag: str, /) -> Self | None:
        """Return the first child that has a tag."""

    def iter(self, tag: str, /) -> Iterator[Self]:
        """Yield the elements of a tag, itself and all in it."""

    def iterchildren(self, tag: str, /) -> Iterator[Self]:
        """Yield the children that have a tag."""

    def iterancestors(self) -> Iterator[Self]:
        """Yield the ancestors of the element, from its parent up."""

    def itertext(self) -> Iterator[str]:
        """Yield all text in the element."""

    def getparent(self) -> Self | None:
        """Return the parent of the element."""

    def getprevious(self) -> Self | None:
        """Return the element before it in its parent."""

    def getroottree(self) -> etree._ElementTree:
        """Return the document."""

    def clear(self, *, keep_tail: bool) -> None:
        """Forget everything in it."""

    def remove(self, child: Self, /) -> None:
        """Remove a child."""


BLANK = " \t\r\n"
"""What XML calls white space."""

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE = f"{_COMPATIBILITY}AlternateContent"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_DEFINITION = "<!DOCTYPE"
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>\0]*\?>\s*)?<[A-Za-z_]")
"""What a part begins with as a rule: its declaration, if any, and an element."""


class NotUnderstoodError(Exception):
    """An element that stands where a reader must know everything; `reason` is French."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_parser() -> etree.XMLParser:
    """Return a parser that neither expands, fetches, mends nor drops anything but comments."""
    return etree.XMLParser(**PARSING)


class _Parsing(TypedDict):
    resolve_entities: bool
    load_dtd: bool
    no_network: bool
    remove_comments: bool
    remove_pis: bool
    collect_ids: bool
    huge_tree: bool


PARSING: _Parsing = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "huge_tree": False,
}
"""How every part is parsed."""


def refuse_definition(part: bytes) -> None:
    """Refuse a part that defines entities, or anything else that a document type may.

    Raises:
        UnreadableWorkbookError: it does.
    """
    if _BEGINNING.match(part):  # its first element: a definition cannot come after that
        return
    codes = ("utf-8", "utf-16-le", "utf-16-be") if b"\0" in part else ("utf-8",)
    if any(_DEFINITION.encode(code) in part for code in codes):
        raise _defined()


def _defined() -> UnreadableWorkbookError:
    return UnreadableWorkbookError(SUSPECT_WORKBOOK, reason="une définition d'entités (DTD)")


def parse_part(name: str, part: bytes) -> Element:
    """Return a part's root element.

    Raises:
        UnreadableWorkbookError: it is not well-formed XML, or defines entities.
    """
    refuse_definition(part)
    try:
        root = cast("Element", etree.fromstring(part, new_parser()))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise broken_markup(name, error) from error
    check_document(root, name)
    return root


def check_document(root: Element, name: str) -> None:
    """Refuse a parsed part for what could be hidden in how it is encoded.

    Raises:
        UnreadableWorkbookError: it defines entities, or no spreadsheet writes in that encoding.
    """
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise _defined()
    if (document.encoding or "UTF-8").upper() not in _ENCODINGS:
        raise damaged(f"la partie « {name} » est écrite dans un codage inconnu")


_ENCODINGS = frozenset(
    ("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ASCII", "US-ASCII", "ISO-8859-1", "WINDOWS-1252")
)


def broken_markup(name: str, error: Exception) -> UnreadableWorkbookError:
    """Return the refusal of a part that is not well-formed XML.

    Raises:
        MemoryError: the parser failed for want of memory, which says nothing of the part.
    """
    if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error
    return damaged(f"la partie « {name} » est illisible")


@lru_cache(maxsize=2_048)
def split_tag(tag: str) -> tuple[str, str]:
    """Return the namespace and the local name of a tag."""
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name


def namespace_of(element: Element) -> str:
    """Return the namespace of an element, empty where it has none."""
    return split_tag(element.tag)[0]


def children(parent: Element, known: str) -> Iterator[Element]:
    """Yield an element's children as a reader that knows one namespace alone must see them.

    Of `mc:AlternateContent` the first choice that needs nothing else, or the fallback; what is
    said to be ignorable is left out. Whatever else is foreign is given, for the caller to refuse.

    Raises:
        NotUnderstoodError: the alternatives contradict the rules, or text stands between elements.
    """
    refuse_text(parent.text)
    usual = f"{{{known}}}"
    for child in parent:
        if child.tail:
            refuse_text(child.tail)
        if child.tag.startswith(usual):
            yield child
        else:
            yield from seen(child, known)


def seen(element: Element, known: str) -> Iterator[Element]:
    """Yield what stands for one element: itself as a rule, else as `children` says."""
    if element.tag == _ALTERNATE:
        branch = _choose(element, known)
        if branch is not None:
            yield from children(branch, known)
    elif namespace_of(element) == known or not _is_ignorable(element):
        yield element


def refuse_text(text: str | None) -> None:
    """Refuse text where only elements may stand.

    Raises:
        NotUnderstoodError: it is more than blanks.
    """
    if text and text.strip(BLANK):
        reason = "un texte se trouve entre deux éléments"
        raise NotUnderstoodError(reason)


def _choose(alternate: Element, known: str) -> Element | None:
    """Return the branch of an `mc:AlternateContent` that counts; None where nothing stands."""
    fallback: Element | None = None
    for branch in alternate:
        if branch.tag == f"{_COMPATIBILITY}Choice" and fallback is None:
            needed = (branch.get("Requires") or "").split()
            if needed and all(branch.nsmap.get(prefix) == known for prefix in needed):
                return branch
        elif branch.tag == f"{_COMPATIBILITY}Fallback" and fallback is None:
            fallback = branch
        else:
            reason = "un contenu à plusieurs variantes est mal formé"
            raise NotUnderstoodError(reason)
    return fallback


def _is_ignorable(element: Element) -> bool:
    """Return whether a foreign element may be left out: some element around it says so."""
    namespace = namespace_of(element)
    if not namespace or namespace == _COMPATIBILITY[1:-1]:
        return False
    for around in (element, *element.iterancestors()):
        if around.get(f"{_COMPATIBILITY}ProcessContent"):
            return False
        ignorable = (around.get(f"{_COMPATIBILITY}Ignorable") or "").split()
        if any(around.nsmap.get(prefix) == namespace for prefix in ignorable):
            return True
    return False


def refuse_what_must_be_understood(root: Element, known: str) -> None:
    """Refuse a part that must not be read without knowing some extension.

    Raises:
        NotUnderstoodError: it says so.
    """
    needed = (root.get(f"{_COMPATIBILITY}MustUnderstand") or "").split()
    if any(root.nsmap.get(prefix) != known for prefix in needed):
        reason = "elle exige une extension inconnue"
        raise NotUnderstoodError(reason)


def plain_text(element: Element) -> str:
    """Return all the text of an element that holds nothing else.

    Raises:
        NotUnderstoodError: it holds elements.
    """
    if len(element):
        reason = f"un élément se trouve dans « {split_tag(element.tag)[1]} »"
        raise NotUnderstoodError(reason)
    return element.text or ""


def kept_text(element: Element) -> str:
    """Return the text of an element, without the blanks around it unless XML is told to keep them.

    Raises:
        NotUnderstoodError: it holds elements.
    """
    text = plain_text(element)
    if text and (text[0] in BLANK or text[-1] in BLANK):
        for around in (element, *element.iterancestors()):
            if (said := around.get(_SPACE)) is not None:
                return text if said == "preserve" else text.strip(BLANK)
        return text.strip(BLANK)
    return text
