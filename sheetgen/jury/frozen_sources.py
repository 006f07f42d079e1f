"""The source workbooks as a closing read them, kept to the byte: the rules by which a jury decided.

They lie in `.sheetgen/sources/`, each named by its SHA-256 and written once, however often the
session is closed again.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from sheetgen.files import sha256, write_whole
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from sheetgen.session_folder.paths import SessionFolder


_BOTH = ("referential", "session")
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSource:
    """A source workbook of a closing: what its file was called, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSources:
    """Both source workbooks of a closing."""

    referential: FrozenSource
    session: FrozenSource


def keep_sources(folder: SessionFolder, referential: Path, session: Path) -> FrozenSources:
    """Keep a copy of both source workbooks; return what they are.

    Raises:
        OSError: one cannot be read, or its copy not be written.
    """
    return FrozenSources(referential=_keep(folder, referential), session=_keep(folder, session))


def _keep(folder: SessionFolder, path: Path) -> FrozenSource:
    data = path.read_bytes()
    source = FrozenSource(name=path.name, sha256=sha256(data))
    if read_source(folder, source) is None:
        write_whole(_place(folder, source), data)
    return source


def read_source(folder: SessionFolder, source: FrozenSource) -> bytes | None:
    """Return a workbook as it was kept; None where it is lost, or no longer what it was."""
    try:
        data = _place(folder, source).read_bytes()
    except OSError:
        return None
    return data if sha256(data) == source.sha256 else None


def _place(folder: SessionFolder, source: FrozenSource) -> Path:
    ending = PurePath(source.name).suffix
    return folder.sources / f"{source.sha256}{ending if ending[1:].isalnum() else ''}"


def parse_sources(said: Mapping[str, Any]) -> FrozenSources:
    """Return what a closing's record says of the source workbooks.

    Raises:
        KeyError, TypeError, ValueError: it does not say it.
    """
    return FrozenSources(**{name: _parse(said[name]) for name in _BOTH})


def _parse(said: Mapping[str, Any]) -> FrozenSource:
    source = FrozenSource(name=str(said["name"]), sha256=str(said["sha256"]))
    if _DIGEST.fullmatch(source.sha256) is None:
        raise ValueError(source.sha256)
    return source


def render_sources(sources: FrozenSources) -> dict[str, dict[str, str]]:
    """Return the source workbooks as a closing's record names them."""
    both = {name: getattr(sources, name) for name in _BOTH}
    return {name: {"name": item.name, "sha256": item.sha256} for name, item in both.items()}
