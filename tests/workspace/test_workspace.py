"""The workspace that `sheetgen init` makes, from a checkout and from an installed wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from sheetgen.cli import main
from sheetgen.sources import read_referential
from sheetgen.workspace.create import OccupiedError, Start, create_workspace
from sheetgen.workspace.examples import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
REFERENTIALS = ROOT / "examples" / "referentiels"


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


def test_every_example_is_offered() -> None:
    """The names are those of the folders."""
    folders = {item.name for item in REFERENTIALS.iterdir() if item.is_dir()}
    assert set(EXAMPLES) == folders


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_workspace_starts_from_an_example(name: str, tmp_path: Path) -> None:
    """Both workbooks are the example's; `check` says only what the example is to show."""
    asked = CliRunner().invoke(main, ["init", str(tmp_path), "--example", name])
    assert asked.exit_code == 0, asked.output
    assert EXAMPLES[name] in asked.output
    for workbook in ("referential.xlsx", "session.xlsx"):
        assert (tmp_path / workbook).read_bytes() == (REFERENTIALS / name / workbook).read_bytes()
    made = names(tmp_path)
    assert made == names_of_checkout_workspace(tmp_path / "autre")
    checked = CliRunner().invoke(main, ["check", *located(tmp_path)])
    assert checked.exit_code == 0, checked.output
    assert checked.stderr.count("Attention") == (name == "diplome-soin")
    assert "Note " not in checked.stderr


@pytest.mark.parametrize("options", [(), ("--empty",), ("--example", "diplome-soin")])
def test_what_is_to_be_done_names_files_where_they_are(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both workbooks with their folder, where that is not the one that the user is in."""
    monkeypatch.chdir(tmp_path)
    for folder, place in (("mon jury", f"mon jury{os.sep}"), (".", "")):
        asked = CliRunner().invoke(main, ["init", folder, *options], env={"COLUMNS": "200"})
        steps = asked.output.partition("Étapes suivantes")[2]
        named = re.findall(r"(?:remplir|compléter|dans|et) (\S*(?: jury\S*)?\.xlsx)", steps)
        assert sorted(named) == [f"{place}referential.xlsx", f"{place}session.xlsx"]


def test_an_empty_referential_is_ready_to_fill(tmp_path: Path) -> None:
    """Headers, lists, help and the default rules; what is missing is told cell by cell."""
    asked = CliRunner().invoke(main, ["init", str(tmp_path), "--empty"])
    assert asked.exit_code == 0, asked.output
    book = openpyxl.load_workbook(tmp_path / "referential.xlsx")
    blocks = book["Blocs"]
    headers = [cell.value for cell in blocks[1]]
    assert headers[:4] == ["Code", "Activité", "Intitulé", "Statut"]
    assert all(cell.comment is not None for cell in blocks[1])
    assert not any(cell.value for row in blocks.iter_rows(min_row=2) for cell in row)
    assert {str(item.sqref).split(":")[0] for item in blocks.data_validations.dataValidation} >= {
        "D2",
        "G2",
    }
    rules = {row[0]: row[1] for row in book["Règles"].iter_rows(min_row=2, values_only=True)}
    assert rules["Fusion des jurés"] == "moyenne"
    assert "Lisez-moi" in book.sheetnames
    found, problems = read_referential(tmp_path / "referential.xlsx")
    assert found is None
    told = {(problem.location.sheet, problem.location.cell) for problem in problems}
    assert {("Certification", "B2"), ("Blocs", "A2"), ("Critères", "A2")} <= told


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        (Start(example="diplome-soin"), "referential.xlsx"),
        (Start(example="diplome-soin"), "session.xlsx"),
        (Start(empty=True), "referential.xlsx"),
    ],
)
def test_what_is_asked_by_name_never_stands_beside_another(
    asked: Start, there: str, tmp_path: Path
) -> None:
    """A session of one certification with the référentiel of another would mislead."""
    (tmp_path / there).write_text("le mien")
    with pytest.raises(OccupiedError):
        create_workspace(tmp_path, asked)
    assert names(tmp_path) == {there}


def test_an_empty_referential_goes_with_a_session_that_is_there(tmp_path: Path) -> None:
    """It is kept, as always."""
    (tmp_path / "session.xlsx").write_text("ma session")
    result = create_workspace(tmp_path, Start(empty=True))
    assert result.kept == (tmp_path / "session.xlsx",)
    assert (tmp_path / "referential.xlsx").is_file()


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (("--example", "diplome-soin", "--empty"), 2, "Choisir --example ou --empty"),
        (("--example", "diplome"), 2, "'diplome-soin'"),
        (("--empty",), 1, "referential.xlsx est déjà là"),
        (("--example", "diplome-soin"), 1, "session.xlsx est déjà là"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    options: tuple[str, ...], status: int, said: str, tmp_path: Path
) -> None:
    """In one sentence, with the way out."""
    there = "session.xlsx" if status == 1 and "--empty" not in options else "referential.xlsx"
    (tmp_path / there).write_text("le mien")
    asked = CliRunner().invoke(main, ["init", str(tmp_path), *options])
    assert asked.exit_code == status
    assert said in asked.output
    assert names(tmp_path) == {there}


def located(folder: Path) -> list[str]:
    """The options that say where a workspace's files are."""
    return [
        *("--referential", str(folder / "referential.xlsx")),
        *("--session", str(folder / "session.xlsx")),
        *("--templates", str(folder / "templates")),
        *("--output", str(folder / "outputs")),
    ]


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
    for name in EXAMPLES:
        for workbook in ("referential.xlsx", "session.xlsx"):
            carried = data / "referentiels" / name / workbook
            assert carried.read_bytes() == (REFERENTIALS / name / workbook).read_bytes()


def test_an_installed_package_makes_a_workspace(wheel: Path, tmp_path: Path) -> None:
    """The package of the wheel finds its own files, far from any checkout."""
    target = tmp_path / "espace"
    program = (
        "import sys; from pathlib import Path; import sheetgen.workspace.create as workspace; "
        "assert Path(workspace.__file__).is_relative_to(sys.argv[2]); "
        "workspace.create_workspace(Path(sys.argv[1])); "
        "start = workspace.Start(example='diplome-soin'); "
        "workspace.create_workspace(Path(sys.argv[1]) / 'exemple', start)"
    )
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    subprocess.run(
        [sys.executable, "-c", program, str(target), str(wheel)],
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    made = names_of_checkout_workspace(tmp_path / "autre")
    assert names(target / "exemple") == made
    assert names(target) - {f"exemple/{item}" for item in made} == made | {"exemple"}
    soin = (REFERENTIALS / "diplome-soin" / "referential.xlsx").read_bytes()
    assert (target / "exemple" / "referential.xlsx").read_bytes() == soin


def names_of_checkout_workspace(folder: Path) -> set[str]:
    """Return the names in the workspace that the checkout makes."""
    create_workspace(folder)
    return names(folder)
