"""Tell whether the extra `desk` is installed, and how it is, with what installed this program."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = ("starlette", "uvicorn")
_EXTRA = '"sheetgen[desk]"'
_COMMANDS = {
    "uv-receipt.toml": f"uv tool install {_EXTRA}",
    "pipx_metadata.json": f"pipx install --force {_EXTRA}",
}
"""How each tool installs, by the file that it leaves in the environments that it makes."""


def missing_libraries() -> list[str]:
    """Return the libraries of the extra that this Python lacks."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def install_command() -> str:
    """Return the command that installs the extra where this program is installed."""
    tools = (told for name, told in _COMMANDS.items() if (Path(sys.prefix) / name).is_file())
    return next(tools, f"pip install {_EXTRA}")
