"""The pages written by hand: links that lead somewhere, commands, files and words that exist."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import consolidated
import deliberations
import make_docs
import openpyxl
import pytest
from conftest import ROOT

from sheetgen.consolidation import layout
from sheetgen.model import CertificationOutcome, ReturnStatus
from sheetgen.problems import Location, grid_marks, quoted

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
GUIDE = sorted((DOCS / "guide").glob("*.md"))
ADMINISTRATOR = DOCS / "guide" / "administrateur.md"
PAGES = [CONTRIBUTING, *sorted(DOCS.glob("*.md")), *GUIDE]


def name_of(page: Path) -> str:
    """A page as its test is named."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> list[tuple[Path, str]]:
    """The files of the repository that a page leads to, each with its anchor."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    inside = [target.partition("#") for target in found if "://" not in target]
    return [
        ((page.parent / path).resolve() if path else page, anchor) for path, _, anchor in inside
    ]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's titles, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link names a file of the repository, and each anchor one of its titles."""
    for target, anchor in links(page):
        assert target.exists(), target
        assert not anchor or anchor in anchors(target), anchor


def test_every_page_is_reached_from_the_index() -> None:
    """Whoever opens the index finds all pages."""
    reached = {target for target, _ in links(DOCS / "index.md")}
    assert {*PAGES, DOCS / "decisions.schema.json"} - {DOCS / "index.md"} <= reached


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_commands_of_the_guide_exist(page: Path) -> None:
    """Each command shown in the guide is one of the program's, with options it has."""
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"^\$ (sheetgen .+)$|`(sheetgen [^`]+)`", text, re.MULTILINE)
    known = make_docs.commands()
    for command, *words in (shlex.split("".join(found))[1:] for found in shown):
        if command.startswith("-"):
            assert command in {"--version", "--help"}
            continue
        below = f"{command} {words[0]}" if words else ""
        offered = known[below if below in known else command].params
        options = {name for option in offered for name in option.opts}
        asked = {word for word in words if word.startswith("--")}
        assert asked <= options | {"--help"}, command


def rows_below(page: Path, header: str, column: int = 1) -> list[str]:
    """The cells of a column of the table with this header row, without their Markdown."""
    table = page.read_text(encoding="utf-8").partition(f"\n{header}\n")[2].partition("\n\n")[0]
    return [line.split("|")[column].strip(" `") for line in table.splitlines()[1:]]


def test_guide_names_every_sheet_of_the_consolidation() -> None:
    """The sheets of `consolidation.xlsx` that are shown, in their order."""
    assert rows_below(ADMINISTRATOR, "| Feuille | Ce qu’on y voit |") == [
        layout.SUMMARY_SHEET,
        layout.BLOCKS_SHEET,
        layout.ASSESSMENTS_SHEET,
        layout.COMPETENCIES_SHEET,
        layout.CRITERIA_SHEET,
        layout.DIVERGENCES_SHEET,
        layout.PROBLEMS_SHEET,
        layout.DELIBERATION_SHEET,
        layout.CARD_SHEET,
    ]


def test_guide_explains_every_state_of_a_return() -> None:
    """Each state that `status` may show, and the grid that is not there."""
    states = rows_below(ADMINISTRATOR, "| État | Sens | Que faire |")
    assert states == [*(status.value for status in ReturnStatus), "Manquante"]


def test_guide_explains_every_proposal() -> None:
    """Each outcome that may be proposed for a certification."""
    proposals = rows_below(ADMINISTRATOR, "| Proposition | Sens |")
    assert proposals == [outcome.value for outcome in CertificationOutcome]


def test_guide_lists_every_field_that_the_jury_fills_in() -> None:
    """What is above the table of the sheet « Délibération », in its order."""
    assert rows_below(ADMINISTRATOR, "| Case | Ce qu’on y écrit |") == [
        layout.ADOPTION_LABEL,
        layout.CLOSING_DATE_LABEL,
        layout.CLOSING_TIME_LABEL,
        layout.INCIDENTS_LABEL,
        layout.OBSERVATIONS_LABEL,
    ]


def test_guide_lists_every_decision_that_the_jury_may_take() -> None:
    """Those offered for a bloc, then those offered for the certification."""
    offered = rows_below(ADMINISTRATOR, "| Objet | Choix de `Décision du jury` |", column=2)
    assert offered == [
        ", ".join(choice.value for choice in choices)
        for choices in (layout.BLOCK_CHOICES, layout.CERTIFICATION_CHOICES)
    ]


def test_guide_explains_everything_that_the_control_says(tmp_path: Path) -> None:
    """Each text that the formulas of the column « Contrôle » may show."""
    path = deliberations.write(tmp_path, deliberations.small_decisions())
    sheet = openpyxl.load_workbook(path)[layout.DELIBERATION_SHEET]
    shown = {
        text
        for row in consolidated.table(sheet)
        for text in re.findall(r'"([✘…◆✔] [^"]+)"', str(row[layout.DeliberationColumn.CHECK.value]))
    }
    explained = rows_below(ADMINISTRATOR, "| Contrôle | Sens |")
    assert (len(explained), set(explained)) == (5, shown)


def test_message_of_the_guide_is_the_programs() -> None:
    """The message shown as an example is word for word what the program says."""
    problem = grid_marks.NOT_A_LEVEL.at(
        Location(file="a.xlsx", sheet="BC01", cell="C6"),
        found="Aquis",
        near=" Vouliez-vous dire « Acquis » ?",
        allowed=quoted(["Acquis", "Partiellement acquis", "Non acquis", "Non observé"]),
    )
    page = " ".join(ADMINISTRATOR.read_text(encoding="utf-8").split())
    assert f"✘ Erreur {problem}" in page


def test_files_named_in_contributing_exist() -> None:
    """Each path of the repository that the page names is there."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    named = re.findall(r"`((?:sheetgen|tests|scripts|docs|examples)/[\w./-]*)`", text)
    assert len(named) > 50
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_map_of_the_code_is_complete() -> None:
    """Each stage and each module at the top of the package is on the map."""
    text = CONTRIBUTING.read_text(encoding="utf-8").partition("\n## Map of the code\n")[2]
    package = ROOT / "sheetgen"
    stages = {f"sheetgen/{path.parent.name}/" for path in package.glob("*/__init__.py")}
    modules = {f"sheetgen/{path.name}" for path in package.glob("[a-z]*.py")}
    named = set(re.findall(r"`(sheetgen/[\w./]*)`", text.partition("\n## ")[0]))
    assert stages | modules <= named


def test_names_in_contributing_are_in_their_files() -> None:
    """What the walk-throughs tell to change is in the file they name."""
    places = {
        "MERGE_RULES": "sheetgen/rules/merge.py",
        "SAFE_FUNCTIONS": "sheetgen/rules/excel.py",
        "build_rules": "sheetgen/sources/rules.py",
        "PRIVATE": "sheetgen/problems/sources.py",
        "SpreadsheetFormat": "sheetgen/spreadsheet/contents.py",
        "RawWorkbook": "sheetgen/spreadsheet/contents.py",
        "UnreadableWorkbookError": "sheetgen/spreadsheet/contents.py",
    }
    text = CONTRIBUTING.read_text(encoding="utf-8")
    for name, path in places.items():
        assert f"`{name}`" in text
        assert re.search(rf"\b{name}\b", (ROOT / path).read_text(encoding="utf-8")), path
