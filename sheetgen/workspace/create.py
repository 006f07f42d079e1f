"""A school's folder to start from: what `sheetgen init` makes.

The référentiel and the templates that are shipped have one original, at the top of the repository;
an installed package carries its copy of them in this folder.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import write_whole
from sheetgen.sources.write import write_session_model
from sheetgen.workspace.settings_file import CONFIGURATION, render_configuration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

REFERENTIAL = "referential.xlsx"
SESSION = "session.xlsx"
TEMPLATES = "templates"
OUTPUTS = "outputs"

CONTENTS = {
    REFERENTIAL: "la certification et ses règles : un vrai exemple, à adapter",
    SESSION: "la session, à remplir : candidats, jurés, qui évalue qui",
    f"{TEMPLATES}/": "les modèles Word et le message aux jurés, à votre image",
    CONFIGURATION: "les réglages du dossier, facultatifs",
    f"{OUTPUTS}/": "ce que les commandes écriront, un dossier par session",
}
"""The meaning of each file and folder, in French, in the order to show them."""

_TEMPLATE_ENDS = (".docx", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The files and folders of a workspace, created or kept, in the order to show them."""

    created: tuple[Path, ...]
    kept: tuple[Path, ...]


def create_workspace(folder: Path) -> Result:
    """Make the folder and what is missing in it; what is there already is kept as it is.

    Raises:
        OSError: the folder, or a file in it, cannot be written.
    """
    created: list[Path] = []
    kept: list[Path] = []
    shipped = _shipped_files()
    for name, original in shipped.items():
        target = folder / name
        if target.exists():
            kept.append(target)
            continue
        write_whole(target, original.read_bytes())
        created.append(target)
    session = folder / SESSION
    if session.exists():
        kept.append(session)
    else:
        write_session_model(session)
        created.append(session)
    configuration = folder / CONFIGURATION
    if configuration.exists():
        kept.append(configuration)
    else:
        write_whole(configuration, render_configuration().encode())
        created.append(configuration)
    outputs = folder / OUTPUTS
    (kept if outputs.exists() else created).append(outputs)
    outputs.mkdir(exist_ok=True)
    return Result(created=tuple(created), kept=tuple(kept))


@contextmanager
def shipped_template(name: str) -> Iterator[Path]:
    """Yield the path of the template that is shipped under this name."""
    with resources.as_file(_shipped_root().joinpath(TEMPLATES, name)) as path:
        yield path


def _shipped_files() -> dict[str, Traversable]:
    """Return the files to copy, by their path in the workspace."""
    root = _shipped_root()
    templates = sorted(
        (item for item in root.joinpath(TEMPLATES).iterdir() if item.name.endswith(_TEMPLATE_ENDS)),
        key=lambda item: item.name,
    )
    return {
        REFERENTIAL: root.joinpath(REFERENTIAL),
        **{f"{TEMPLATES}/{item.name}": item for item in templates},
    }


def _shipped_root() -> Traversable:
    """Return where the shipped files lie: in the installed package, or at the top of a checkout."""
    package = resources.files(__package__)
    if package.joinpath(REFERENTIAL).is_file():
        return package
    return Path(__file__).resolve().parents[2]
