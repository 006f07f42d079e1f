"""Tell whether the extra `desk` is installed, and how it is, with what installed this program."""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

LIBRARIES = ("starlette", "uvicorn")
_COMMANDS = {
    "uv-receipt.toml": "uv tool install",
    "pipx_metadata.json": "pipx install --force",
}
"""How each tool installs, by the file that it leaves in the environments that it makes."""


def missing_libraries() -> list[str]:
    """Return the libraries of the extra that this Python lacks."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def install_command() -> str:
    """Return the command that installs the extra where this program is installed."""
    tools = (told for name, told in _COMMANDS.items() if (Path(sys.prefix) / name).is_file())
    return f'{next(tools, "pip install")} "{_source()}[desk]"'


def _source() -> str:
    """Return what this program was installed from: a folder or file still there, else its name."""
    try:
        noted = json.loads(distribution("sheetgen").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        noted = {}
    address = urlsplit(noted.get("url", ""))
    if address.scheme == "file" and not noted.get("dir_info", {}).get("editable"):
        received = Path(url2pathname(address.path))
        if received.exists():
            return str(received)
    return "sheetgen"
