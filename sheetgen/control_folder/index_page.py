"""The first page of the folder: what is there and what is not, each document with its hash."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sheetgen.control_folder.folder_contents import Section
from sheetgen.excel import palette
from sheetgen.files import filled_page
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sheetgen.control_folder.folder_contents import GatheredSession

_FOLDER = Path(__file__).parent
_TEMPLATE = "control_index.html.j2"
_SESSION = re.compile(
    r'(<section aria-labelledby="[^"]*">\n<h2 [^\n]*</h2>\n)(.*?)(?=</section>)', re.DOTALL
)
_PART = re.compile(r'(<h3 id="([^"]*)">[^\n]*</h3>\n)(.*?)(?=<h3 |\Z)', re.DOTALL)
_ROW = re.compile(r'<tr><td><a href="([^"]*)">[^\n]*</tr>\n')
_ABSENT = '<p class="absent">'
_OVER = "effacé(s) au terme de leur durée de conservation"


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


def without_documents(page: str, gone: Collection[str]) -> str:
    """Return a first page that leads no more to documents that are gone, nor names them.

    Args:
        page: as `render_index` made it, or as this did.
        gone: paths from the page, with slashes.
    """

    def in_session(found: re.Match[str]) -> str:
        title, body = found[1], found[2]
        counts: dict[str, str] = {}

        def in_part(part: re.Match[str]) -> str:
            rows = list(_ROW.finditer(part[3]))
            over = [row for row in rows if unquote(html.unescape(row[1])) in gone]
            if not over:
                return part[0]
            said = f"{_ABSENT}Manque : {len(over)} document(s), {_OVER}.</p>\n"
            left = said
            if len(over) < len(rows):
                left += part[3]
                for row in over:
                    left = left.replace(row[0], "")
            counts[part[2]] = (
                f"{len(rows) - len(over)} document(s), {left.count(_ABSENT)} manque(s)"
            )
            return part[1] + left

        changed = _PART.sub(in_part, body)
        if counts and not _ROW.search(changed):
            return f"{title}{_ABSENT}Manque : tous les documents, {_OVER}.</p>\n"
        for anchor, told in counts.items():
            line = re.compile(rf'(<a href="#{re.escape(anchor)}">[^<]*</a> : )[^<]*')
            changed = line.sub(rf"\g<1>{told}", changed)
        return title + changed

    return _SESSION.sub(in_session, page)
