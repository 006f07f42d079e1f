"""Refusals of the system are said in French, whatever the machine's language."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from sheetgen.files import explain

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.xlsx", "fichier ou dossier introuvable"),
        ("folder", "un dossier porte ce nom"),
        ("file/inside.xlsx", "un fichier porte le nom d'un de ses dossiers"),
        ("x" * 300, "nom trop long"),
    ],
)
def test_a_refusal_is_explained(tmp_path: Path, name: str, reason: str) -> None:
    """Real refusals, as the system raises them."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OSError) as refused:  # noqa: PT011 - which one it is depends on the system
        (tmp_path / name).read_bytes()
    assert explain(refused.value) == reason


def test_a_file_held_by_another_program_is_explained() -> None:
    """What Windows raises while Excel has a workbook open."""
    assert explain(PermissionError(errno.EACCES, "Permission denied")) == (
        "accès refusé, ou fichier ouvert dans un autre programme"
    )


def test_a_refusal_nobody_foresaw_is_still_said() -> None:
    """In the system's words, or by its kind where it has none."""
    assert explain(OSError(9999, "Strange")) == "refus du système (Strange)"
    assert explain(OSError()) == "refus du système (OSError)"
