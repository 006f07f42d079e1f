"""The first page of the folder: what is there and what is not, each document with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.control_folder.folder_contents import Section
from sheetgen.excel import palette
from sheetgen.files import filled_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sheetgen.control_folder.folder_contents import GatheredSession

_FOLDER = Path(__file__).parent
_TEMPLATE = "control_index.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedItem:
    """A document that the page leads to; `path` is from the page, with slashes."""

    section: Section
    path: str
    told: str
    digest: str
    size: int


def render_index(
    sessions: Sequence[tuple[GatheredSession, Sequence[IndexedItem]]], made: date, *, reserved: bool
) -> bytes:
    """Return the page, in UTF-8.

    Args:
        sessions: each with the documents in this folder.
        made: the day of the folder.
        reserved: whether it is the folder for whoever controls alone.
    """
    shown = [
        {
            "session": session,
            "sections": [
                {
                    "title": section.value,
                    "place": section.place,
                    "items": [item for item in items if item.section is section],
                    "absent": [told for of, told in session.absent if of is section],
                }
                for section in Section
                if section.reserved is reserved
            ],
        }
        for session, items in sessions
    ]
    text = filled_page(
        _FOLDER,
        _TEMPLATE,
        shown=shown,
        made=made,
        reserved=reserved,
        apart=[section.place[:2] for section in Section if section.reserved is not reserved],
        palette=palette,
    )
    return text.encode("utf-8", "xmlcharrefreplace")
