"""Documents taken out of a folder for a control that somebody has worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.control_folder.copy_places import copy_places
from sheetgen.control_folder.folder_contents import DIGESTS, INDEX
from sheetgen.files import sha256

if TYPE_CHECKING:
    from pathlib import Path


def test_a_first_page_saved_in_another_encoding_keeps_its_bytes(tmp_path: Path) -> None:
    """What is gone leaves the list; the page that an editor saved again is not read as UTF-8."""
    folder = tmp_path / "controle"
    folder.mkdir()
    page = "<p>Dossier de contrôle</p>".encode("cp1252")
    (folder / INDEX).write_bytes(page)
    listed = {"DEMO/a.pdf": sha256(b"a"), "DEMO/b.pdf": sha256(b"b")}
    lines = "".join(f"{digest}  {name}\n" for name, digest in listed.items())
    (folder / DIGESTS).write_text(lines, encoding="utf-8")
    (place,) = copy_places(tmp_path)
    assert place.take_out((), ["DEMO/a.pdf"]) == {}
    assert (folder / INDEX).read_bytes() == page
    assert place.listed == {"DEMO/b.pdf": listed["DEMO/b.pdf"], INDEX: sha256(page)}
