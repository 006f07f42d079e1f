"""`sheetgen desk` where it cannot be opened."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from click.testing import CliRunner

from sheetgen.cli import main

if TYPE_CHECKING:
    import pytest


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


def test_a_desk_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named as pip wants it."""
    monkeypatch.setattr("sheetgen.cli.commands.find_spec", lambda _: None)
    result = CliRunner().invoke(main, ["desk"])

    assert result.exit_code == 1
    assert 'pip install "sheetgen[desk]"' in result.stderr
