"""A school's folder to start from: what `sheetgen init` makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.write import write_referential_model, write_session_model
from sheetgen.workspace.examples import EXAMPLES
from sheetgen.workspace.settings_file import CONFIGURATION
from sheetgen.workspace.settings_text import render_configuration
from sheetgen.workspace.shipped import REFERENTIAL, TEMPLATES, shipped_root

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SESSION = "session.xlsx"
OUTPUTS = "outputs"

Writer = Callable[[Path], None]
"""Writes a file at the path it is given."""

_EXAMPLES = "examples/referentiels"
_EXAMPLES_INSTALLED = "referentiels"

_TEMPLATE_ENDS = (".docx", ".txt")


class OccupiedError(Exception):
    """A workbook asked for has another in its place, which is never replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The workbooks that a workspace starts with; neither option is the shipped référentiel.

    Attributes:
        example: the name of one of `EXAMPLES`, which has its own session.
        empty: the référentiel is to be filled, like the session.
    """

    example: str | None = None
    empty: bool = False

    @property
    def contents(self) -> dict[str, str]:
        """Return the meaning of each file and folder, in French, in the order to show them."""
        referential = "la certification et ses règles : un vrai exemple, à adapter"
        session = "la session, à remplir : candidats, jurés, qui évalue qui"
        if self.example is not None:
            referential = f"{EXAMPLES[self.example]}, à adapter"
            session = "une session d'exemple, à remplacer par la vôtre"
        elif self.empty:
            referential = "la certification et ses règles, à remplir"
        return {
            REFERENTIAL: referential,
            SESSION: session,
            f"{TEMPLATES}/": "les modèles Word et le message aux jurés, à votre image",
            CONFIGURATION: "les réglages du dossier, facultatifs",
            f"{OUTPUTS}/": "ce que les commandes écriront, un dossier par session",
        }

    @property
    def replaces(self) -> tuple[str, ...]:
        """Return the workbooks that must not be there yet: those that were asked for by name."""
        if self.example is not None:
            return (REFERENTIAL, SESSION)
        return (REFERENTIAL,) if self.empty else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The files and folders of a workspace, created or kept, in the order to show them."""

    start: Start
    created: tuple[Path, ...]
    kept: tuple[Path, ...]


def create_workspace(folder: Path, start: Start | None = None) -> Result:
    """Make the folder and what is missing in it; what is there already is kept as it is.

    Raises:
        OccupiedError: a workbook that was asked for by name has another in its place.
        OSError: the folder, or a file in it, cannot be written.
    """
    start = start or Start()
    for name in start.replaces:
        if (folder / name).exists():
            raise OccupiedError(folder / name)
    created: list[Path] = []
    kept: list[Path] = []
    for name, write in _writers(start).items():
        target = folder / name
        if target.exists():
            kept.append(target)
            continue
        write(target)
        created.append(target)
    outputs = folder / OUTPUTS
    (kept if outputs.exists() else created).append(outputs)
    outputs.mkdir(exist_ok=True)
    return Result(start=start, created=tuple(created), kept=tuple(kept))


def _writers(start: Start) -> dict[str, Writer]:
    """Return what writes each file, by its path in the workspace."""
    root = shipped_root()
    templates = sorted(
        (item for item in root.joinpath(TEMPLATES).iterdir() if item.name.endswith(_TEMPLATE_ENDS)),
        key=lambda item: item.name,
    )
    referential = _copy(root.joinpath(REFERENTIAL))
    session: Writer = write_session_model
    if start.example is not None:
        example = _examples_root(root).joinpath(start.example)
        referential = _copy(example.joinpath(REFERENTIAL))
        session = _copy(example.joinpath(SESSION))
    elif start.empty:
        referential = write_referential_model
    return {
        REFERENTIAL: referential,
        **{f"{TEMPLATES}/{item.name}": _copy(item) for item in templates},
        SESSION: session,
        CONFIGURATION: lambda path: write_whole(path, render_configuration().encode()),
    }


def _copy(original: Traversable) -> Writer:
    return lambda path: write_whole(path, original.read_bytes())


def _examples_root(root: Traversable) -> Traversable:
    installed = root.joinpath(_EXAMPLES_INSTALLED)
    return installed if installed.is_dir() else root.joinpath(_EXAMPLES)
