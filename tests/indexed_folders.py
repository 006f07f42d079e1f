"""The folder for a control, held to its own first page."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import html

if TYPE_CHECKING:
    from pathlib import Path


def check_indexed(folder: Path) -> None:
    """Check that three clicks lead to every document, its hash is right, and nothing is hidden.

    The first click is on a session, the second on a section, the third on the document.
    """
    page = html.fromstring((folder / "index.html").read_bytes())
    links = [str(link) for link in page.xpath("//a/@href")]
    anchors = {str(name) for name in page.xpath("//@id")}
    assert {link[1:] for link in links if link.startswith("#")} <= anchors
    for link in page.xpath("//table//a"):
        session, section = (
            link.xpath("preceding::h2[1]/@id")[0],
            link.xpath("preceding::h3[1]/@id")[0],
        )
        assert page.xpath("//nav//a[@href = $to]", to=f"#{session}")
        assert page.xpath("//section/ul//a[@href = $to]", to=f"#{section}")
    shown = {unquote(link) for link in links if not link.startswith("#")}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == shown | {"index.html", "empreintes.txt"}
    lines = (folder / "empreintes.txt").read_text(encoding="utf-8").splitlines()
    noted = {line[66:]: line[:64] for line in lines}
    assert noted.keys() == there - {"empreintes.txt"}
    text = page.text_content()
    for name, digest in noted.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert name == "index.html" or digest in text
    assert "Releve" not in text
    with zipfile.ZipFile(folder.with_name(f"{folder.name}.zip")) as archive:
        assert set(archive.namelist()) == there
        assert all(archive.read(name) == (folder / name).read_bytes() for name in there)
