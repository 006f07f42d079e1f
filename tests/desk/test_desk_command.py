"""`sheetgen desk` where it cannot be opened."""

from __future__ import annotations

import json
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sheetgen.cli import main
from sheetgen.shortcuts import install_command

if TYPE_CHECKING:
    from pathlib import Path


def test_a_port_that_is_taken_is_told() -> None:
    """In one French line, with the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["desk", "--no-browser", "--port", port])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"Erreur : Le bureau ne peut pas s'ouvrir sur le port {port} : un autre programme "
        "l'utilise.\n"
    )


def test_what_was_received_is_named_where_the_extra_is_to_come_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder or a file that pip was given is no name that an index knows; gone, it is no help."""
    received = tmp_path / "sheetgen reçu"
    received.mkdir()
    noted = tmp_path / "site" / "sheetgen-1.dist-info"
    noted.mkdir(parents=True)
    (noted / "METADATA").write_text("Metadata-Version: 2.1\nName: sheetgen\nVersion: 1\n")
    monkeypatch.syspath_prepend(str(noted.parent))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    for told, source in (
        ({"url": received.as_uri(), "dir_info": {}}, f"{received}[desk]"),
        ({"url": received.as_uri(), "dir_info": {"editable": True}}, "sheetgen[desk]"),
        ({"url": (tmp_path / "parti.whl").as_uri(), "archive_info": {}}, "sheetgen[desk]"),
        ({"url": "https://ecole.fr/sheetgen.whl", "archive_info": {}}, "sheetgen[desk]"),
    ):
        (noted / "direct_url.json").write_text(json.dumps(told))
        assert install_command() == f'pip install "{source}"'


@pytest.mark.parametrize(
    ("receipt", "command"),
    [
        ("", 'pip install "sheetgen[desk]"'),
        ("uv-receipt.toml", 'uv tool install "sheetgen[desk]"'),
        ("pipx_metadata.json", 'pipx install --force "sheetgen[desk]"'),
    ],
)
def test_a_desk_that_is_not_installed_says_how_to_get_it(
    receipt: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what installed the program; nothing leads to a desk that is not there."""
    (tmp_path / (receipt or "autre")).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr("sheetgen.shortcuts.desk_extra.LIBRARIES", ("absente",))
    for arguments in (["desk"], ["desk", "--install-shortcut"]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 1
        assert result.stderr == (
            f"Erreur : le bureau n'est pas installé. L'installer avec : {command}\n"
        )


def test_a_folder_is_chosen_one_way(tmp_path: Path) -> None:
    """A folder that is not there is told; two ways to name one are a slip."""
    result = CliRunner().invoke(main, ["desk", "--workspace", str(tmp_path / "absent")])
    assert result.exit_code == 1
    assert result.stderr == f"Erreur : {tmp_path / 'absent'} : fichier ou dossier introuvable.\n"
    result = CliRunner().invoke(main, ["desk", "--workspace", str(tmp_path), "--documents"])
    assert result.exit_code == 2
