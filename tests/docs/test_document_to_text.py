"""Word documents as text: what `git diff` shows of them once set up as CONTRIBUTING.md says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import docx
from conftest import ROOT
from document_to_text import document_lines
from word_packages import deleted, package, run, text_box

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / "scripts" / "document_to_text.py"


def content(path: Path) -> list[str]:
    """The lines of the parts, without those of styles and pages."""
    lines = list(document_lines(path))
    return lines[: lines.index("## styles")]


def test_paragraphs_are_lines_with_their_style(tmp_path: Path) -> None:
    """Cells of a row follow its bar; tabs and breaks have a sign; margins come after."""
    document = docx.Document()
    document.add_heading("Titre")
    document.add_paragraph("un\ndeux\ttrois")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "a", "b"
    document.sections[0].footer.paragraphs[0].text = "Pied"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert content(path) == [
        "## /word/document.xml",
        "Heading 1: Titre",
        "Normal: un ⏎ deux → trois",
        "| Normal: a",
        "  Normal: b",
        "## /word/footer1.xml",
        "Footer: Pied",
    ]


def test_boxes_notes_fields_and_deleted_text_are_shown(tmp_path: Path) -> None:
    """Whatever a template may hold: what changes there changes a line."""
    path = tmp_path / "a.docx"
    field = '<w:fldSimple w:instr=" PAGE "/>'
    path.write_bytes(
        package(run("a ") + deleted("b") + field, text_box("c"), notes={"endnotes": "d"})
    )
    assert content(path) == [
        "## /word/document.xml",
        "Normal: a [supprimé : b][PAGE]",
        "[ Normal: c",
        "[ Normal: c",
        "## /word/endnotes.xml",
        "Normal: d",
    ]


def test_styles_and_pages_are_shown(tmp_path: Path) -> None:
    """A font, a size, a margin that changes is one line."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    path = tmp_path / "a.docx"
    document.save(str(path))
    lines = list(document_lines(path))
    assert "Normal: Georgia" in lines
    assert lines[-2] == "## pages"
    assert lines[-1].startswith("page_width 216 mm, page_height 279 mm, top_margin 25 mm")


def test_file_that_is_no_document_is_said_to_be_none(tmp_path: Path) -> None:
    """A damaged file does not stop the diff of the others."""
    path = tmp_path / "a.docx"
    path.write_text("plain text", encoding="utf-8")
    assert list(document_lines(path)) == [
        "Not a Word document that can be read: File is not a zip file"
    ]


def test_git_shows_what_changed_in_a_document(tmp_path: Path) -> None:
    """With the repository's attributes and the setting of CONTRIBUTING.md, a diff is readable."""
    shutil.copyfile(ROOT / ".gitattributes", tmp_path / ".gitattributes")

    def git(*arguments: str) -> str:
        setting = f'diff.document.textconv="{sys.executable}" "{SCRIPT}"'
        given = ("user.name=t", "user.email=t@example.org", setting)
        options = [part for value in given for part in ("-c", value)]
        command = ["git", "-C", str(tmp_path), *options, *arguments]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        return done.stdout

    git("init", "--quiet")
    path = tmp_path / "modele.docx"
    path.write_bytes(package(run("Fait à {{ session.lieu }}")))
    git("add", ".")
    git("commit", "--quiet", "--message", "a")
    path.write_bytes(package(run("Fait à {{ session.lieu }}, le {{ cloture.date }}")))
    shown = git("diff").splitlines()
    assert "-Normal: Fait à {{ session.lieu }}" in shown
    assert "+Normal: Fait à {{ session.lieu }}, le {{ cloture.date }}" in shown
