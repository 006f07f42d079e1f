"""The first page of the folder: what is there and what is not, each document with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sheetgen.control_folder.gathering import Section
from sheetgen.excel import palette

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sheetgen.control_folder.gathering import GatheredSession

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
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
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
    text = environment.get_template(_TEMPLATE).render(
        shown=shown, made=made, reserved=reserved, palette=palette
    )
    return text.encode("utf-8", "xmlcharrefreplace")
