"""The workspace that `sheetgen init` makes, from a checkout and from an installed wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sheetgen.workspace.create import create_workspace

ROOT = Path(__file__).resolve().parents[2]


def names(folder: Path) -> set[str]:
    """Everything under a folder, as paths with « / »."""
    return {item.relative_to(folder).as_posix() for item in folder.rglob("*")}


def test_a_workspace_holds_the_inputs_and_an_empty_outputs_folder(tmp_path: Path) -> None:
    """A school finds the référentiel, a session to fill and the templates."""
    folder = tmp_path / "jury" / "juin"
    result = create_workspace(folder)
    expected = {
        "referential.xlsx",
        "session.xlsx",
        "sheetgen.toml",
        "templates/rapport-jury.docx",
        "templates/message-jures.txt",
        "outputs",
    }
    assert expected <= names(folder)
    assert not list((folder / "outputs").iterdir())
    assert {item.relative_to(folder).as_posix() for item in result.created} == names(folder) - {
        "templates"
    }
    assert result.kept == ()


def test_the_copied_files_are_those_that_are_shipped(tmp_path: Path) -> None:
    """Copies are the originals, byte for byte."""
    create_workspace(tmp_path)
    for name in ("referential.xlsx", "templates/rapport-jury.docx", "templates/message-jures.txt"):
        assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes()


def test_what_a_school_has_already_is_never_overwritten(tmp_path: Path) -> None:
    """A second run says what it kept and changes nothing."""
    (tmp_path / "session.xlsx").write_text("ma session")
    first = create_workspace(tmp_path)
    assert first.kept == (tmp_path / "session.xlsx",)
    before = {item: item.read_bytes() for item in tmp_path.rglob("*") if item.is_file()}
    second = create_workspace(tmp_path)
    assert second.created == ()
    assert set(second.kept) == {*first.created, *first.kept}
    assert {item: item.read_bytes() for item in tmp_path.rglob("*") if item.is_file()} == before


def test_no_unfinished_file_is_left_behind(tmp_path: Path) -> None:
    """Files are written beside their place, then moved; nothing else stays."""
    create_workspace(tmp_path)
    assert not [name for name in names(tmp_path) if name.endswith(".tmp")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run([sys.executable, "-m", "build", *options], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(unpacked)
    return unpacked


def test_the_wheel_carries_the_shipped_files(wheel: Path) -> None:
    """A school without the repository gets them too."""
    data = wheel / "sheetgen" / "workspace"
    assert (data / "referential.xlsx").read_bytes() == (ROOT / "referential.xlsx").read_bytes()
    shipped = {item.name for item in (ROOT / "templates").iterdir()}
    assert {item.name for item in (data / "templates").iterdir()} == shipped


def test_an_installed_package_makes_a_workspace(wheel: Path, tmp_path: Path) -> None:
    """The package of the wheel finds its own files, far from any checkout."""
    target = tmp_path / "espace"
    program = (
        "import sys; from pathlib import Path; import sheetgen.workspace.create as workspace; "
        "assert Path(workspace.__file__).is_relative_to(sys.argv[2]); "
        "workspace.create_workspace(Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    subprocess.run(
        [sys.executable, "-c", program, str(target), str(wheel)],
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert names(target) == names_of_checkout_workspace(tmp_path / "autre")


def names_of_checkout_workspace(folder: Path) -> set[str]:
    """What the checkout makes, to compare with."""
    create_workspace(folder)
    return names(folder)
