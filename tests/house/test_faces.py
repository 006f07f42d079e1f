"""The faces of packages: what is inside is imported by the package itself, whoever adds one.

A package's `__init__` lists in `__all__` the names that others may use. A module that stands there
is open as a whole. A package inside another has a face of its own. import-linter holds the order of
the stages, here each inside is held, and a new package is held without anybody listing it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STAGES_OF_TESTS = {
    "end_to_end": ("consolidation",),  # sessions cut smaller than people would
    "examples": ("jury",),
    "motives": ("text",),
    "processes": ("commands", "consolidation", "documents", "processes", "spreadsheet"),
    "register": ("commands", "register"),  # the keys that seal papers
    "returns_files": ("returns",),
}
"""The stages whose inside a folder of tests may import, where it is not the one of its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A name that a file takes from a module of sheetgen."""

    path: Path
    line: int
    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}: {self.module} {self.name}"


def test_the_inside_of_a_package_is_imported_by_itself_alone() -> None:
    """Neighbours, other stages' tests and scripts take what they need from its face."""
    imports = list(_imports())

    assert len(imports) > 2000
    assert [str(found) for found in imports if not _allowed(found)] == []


def test_every_package_has_a_face() -> None:
    """Its `__init__` says what the room is for and lists the names that others may use."""
    assert [package for package in _packages() if not _face(package)] == []


def test_what_a_face_lists_can_be_imported() -> None:
    """Names that are imported only when asked for are there, too."""
    for package in _packages():
        module = __import__(package, fromlist=["*"])
        assert [name for name in _face(package) if not hasattr(module, name)] == [], package


def test_no_name_that_a_face_gives_late_is_a_module_of_its_package() -> None:
    """Once imported, the module would stand in place of what has its name."""
    given = {
        (package, str(name.value))
        for package in _packages()
        for node in ast.walk(ast.parse(_init(package).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "late"
        for keyword in node.keywords
        for name in ast.walk(keyword.value)
        if isinstance(name, ast.Constant)
    }

    assert len(given) > 20
    assert [pair for pair in given if (_init(pair[0]).parent / f"{pair[1]}.py").exists()] == []


def _init(package: str) -> Path:
    return ROOT / package.replace(".", "/") / "__init__.py"


def _allowed(found: Import) -> bool:
    package, _, module = found.module.rpartition(".")
    if found.module in _packages():
        package, module = found.module, ""
    if package == "sheetgen" or _is_inside(found.path, package):
        return True
    names = _face(package)
    return module in names or (not module and found.name in (*names, *_children(package)))


def _is_inside(path: Path, package: str) -> bool:
    """Return whether a file belongs to a package: in its folder, or among its stage's tests."""
    place = path.relative_to(ROOT).parts
    if place[0] == "tests":
        return package.split(".")[1] in STAGES_OF_TESTS.get(place[1], (place[1],))
    return place[: package.count(".") + 1] == tuple(package.split("."))


def _imports() -> Iterator[Import]:
    for folder in ("sheetgen", "tests", "scripts", "examples", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sheetgen."):
                    module = node.module or ""
                    for name in node.names:
                        yield Import(path=path, line=node.lineno, module=module, name=name.name)
                elif isinstance(node, ast.Import):
                    for name in node.names:
                        if name.name.startswith("sheetgen."):
                            yield Import(path=path, line=node.lineno, module=name.name, name="")


@cache
def _packages() -> tuple[str, ...]:
    faces = sorted((ROOT / "sheetgen").rglob("__init__.py"))
    folders = [face.parent.relative_to(ROOT) for face in faces]
    return tuple(".".join(folder.parts) for folder in folders if folder.name != "sheetgen")


@cache
def _children(package: str) -> tuple[str, ...]:
    return tuple(
        inner.rpartition(".")[2] for inner in _packages() if inner.rpartition(".")[0] == package
    )


@cache
def _face(package: str) -> tuple[str, ...]:
    """Return what a package's `__all__` lists, which is written out so that tools can read it."""
    tree = ast.parse((ROOT.joinpath(*package.split("."), "__init__.py")).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return tuple(ast.literal_eval(node.value))
    return ()
