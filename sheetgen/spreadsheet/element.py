"""An XML element as the readers see it: the part of lxml's own type that they use, tags as texts.

The published types let a tag be several things, as it may be while a document is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree


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
