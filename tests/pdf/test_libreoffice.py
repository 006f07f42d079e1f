"""The LibreOffice of this computer converts, and what it works with is gone afterwards."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from sheetgen.pdf import convert_documents, find_libreoffice

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office


def test_libreoffice_converts_what_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two real documents around one that is none; neither profile nor copies stay."""
    real = (ROOT / "templates" / "consignes-jures.docx").read_bytes()
    paths = [tmp_path / f"{name}.docx" for name in ("un", "faux", "deux")]
    for path in paths:
        path.write_bytes(b"" if path.stem == "faux" else real)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    soffice = find_libreoffice()
    assert soffice is not None
    made = {item.document.stem: item for item in convert_documents(soffice, paths)}
    for name in ("un", "deux"):
        pdf = made[name].pdf
        assert pdf is not None
        assert pdf.startswith(b"%PDF")
    assert set(paths) == set(tmp_path.iterdir())
