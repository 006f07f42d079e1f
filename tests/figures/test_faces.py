"""The two faces of the statistics: rates that follow their counts, texts that stay texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from recalculation import recalculate

from sheetgen.excel import palette
from sheetgen.figures import render_book, render_page, tables_of_agreement, tables_of_decisions
from sheetgen.register import CountedLine, CountedSession

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    "A & B \" ' \x01 \ud800",
    "L" * 300,
)
WIDEST = 1290
"""In pixels: the widest sheet that a laptop shows whole."""


def _session(title: str = "Titre", centre: str | None = None) -> CountedSession:
    return CountedSession(
        key="rncp1",
        certification=title,
        rncp_code="RNCP1",
        session=title,
        session_date="2026-06-15",
        centre=centre,
        closed="2026-06-16",
        recorded="2026-06-18T10:00:00+00:00",
        version=1,
    )


def _people(session: CountedSession, outcome: str, count: int) -> CountedLine:
    return CountedLine(
        session=session,
        kind="certification",
        outcome=outcome,
        count=count,
        route="full",
        access_route="VAE",
        status="present",
    )


def _book(tmp_path: Path, *lines: CountedLine) -> Path:
    tables = [
        *tables_of_decisions(lines, [line.session for line in lines]),
        *tables_of_agreement([]),
    ]
    path = tmp_path / "statistiques.xlsx"
    path.write_bytes(render_book(tables, ["Tout."]))
    (tmp_path / "statistiques.html").write_bytes(render_page(tables, ["Tout."]))
    return path


def test_rates_are_live_and_know_their_least(tmp_path: Path) -> None:
    """9 of 12 is 75 %; with nine people left there is no rate, in the workbook and on the page."""
    session = _session()
    path = _book(tmp_path, _people(session, "awarded", 9), _people(session, "partial", 3))
    again = recalculate(path)
    sheet = load_workbook(path)["Certifications"]
    (header,) = (row for row in sheet.iter_rows() if row[0].value == "Certification")
    row = (header[0].row or 0) + 1
    cells = {cell.value: f"{get_column_letter(place)}{row}" for place, cell in enumerate(header, 1)}
    assert again.errors() == {}
    assert again.value("Certifications", cells["Taux"]) == 0.75
    again.write("Certifications", cells["Présents, certification entière"], 9)
    assert again.value("Certifications", cells["Taux"]) == "—"
    page = (tmp_path / "statistiques.html").read_text(encoding="utf-8")
    assert "75,0\u00a0% (9 sur 12)" in page
    assert '<td class="rate">75,0\u00a0%</td>' in page


def test_every_sheet_is_seen_whole(tmp_path: Path) -> None:
    """No sheet is wider than a laptop's window, and each prints on one page's width."""
    book = load_workbook(_book(tmp_path, _people(_session(), "awarded", 9)))
    assert book.sheetnames[0] == "Lisez-moi"
    for sheet in book:
        widths = [
            item.width
            for item in sheet.column_dimensions.values()
            for _ in range(item.min or 0, (item.max or 0) + 1)
        ]
        assert sum(round(width * 7) for width in widths) <= WIDEST, sheet.title
        assert sheet.page_setup.fitToHeight == 0
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage


class _Page(HTMLParser):
    """Every start tag of a page, and whatever it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.fetched += [str(v) for k, v in attrs if k in ("src", "href", "srcset", "data")]


def test_hostile_texts_do_nothing(tmp_path: Path) -> None:
    """Formulas and tags stay texts; the page is well formed, fetches nothing and runs nothing."""
    lines = [_people(_session(text, text), "awarded", 12) for text in HOSTILE]
    path = _book(tmp_path, *lines)
    assert recalculate(path).errors() == {}
    data = (tmp_path / "statistiques.html").read_bytes()
    page = _Page()
    page.feed(data.decode("utf-8"))
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert all(item.startswith("#") for item in page.fetched)
    assert b"&lt;script&gt;" in data
    assert not re.search(rb"url\(|@import|https?://(?!x)", data)
    assert page.tags.count("svg") >= 2
    assert page.tags.count("table") >= 3
    etree.HTML(data)


def test_the_page_can_be_read_by_everybody(tmp_path: Path) -> None:
    """Its colours are apart enough, its charts are named, its tables have scopes."""
    _book(tmp_path, _people(_session(), "awarded", 12))
    page = (tmp_path / "statistiques.html").read_text(encoding="utf-8")
    for ink in (palette.INK, palette.MUTED, palette.PRIMARY):
        for ground in (palette.WHITE, palette.LOCKED):
            assert palette.contrast(ink, ground) >= palette.READABLE
    assert '<html lang="fr">' in page
    assert page.count("<svg") == page.count('role="img" aria-label="')
    assert re.search("<th(?! scope)", page) is None or "<thead" in page
    assert re.findall(r"<th>", page) == []
    assert "@media print" in page
