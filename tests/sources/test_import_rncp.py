"""The register's open data: one entry found among all, and a référentiel held against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from builders import referential
from imported_documents import merged_activities, word_bytes
from rncp_exports import BEGINNING, CODE, END, entries, write_export

from sheetgen.problems import Problem
from sheetgen.sources.importing import DraftState, import_documents
from sheetgen.sources.importing.rncp_check import compare_with_rncp
from sheetgen.sources.importing.rncp_entry import split_flattened
from sheetgen.sources.importing.rncp_export import (
    RncpEntry,
    parse_rncp_code,
    read_rncp_entry,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small export, as a zip."""
    return write_export(tmp_path_factory.mktemp("register") / "export.zip", 200)


@pytest.fixture(scope="module")
def entry(export: Path) -> RncpEntry:
    """The entry that is looked for."""
    found = read_rncp_entry(export, CODE)
    assert isinstance(found, RncpEntry), found
    return found


def test_an_entry_says_what_the_register_says(entry: RncpEntry) -> None:
    """Title, level, dates, NSF, certifier, blocs; a jury that does not sit is left out."""
    assert entry.title == "Responsable du développement commercial"
    assert (entry.level, entry.active, entry.nsf) == ("6", True, ("312",))
    assert entry.certifiers == ("ÉCOLE FICTIVE",)
    assert entry.last_delivery == date(2030, 7, 19)
    assert [block.code for block in entry.blocks] == ["RNCP37827BC01", "RNCP37827BC02"]
    assert [name for name, _ in entry.others] == ["activités visées", "composition du jury (FI)"]


def test_an_entry_makes_a_draft(export: Path) -> None:
    """Competencies are split at their bullets; criteria are in no register."""
    gathered = import_documents([export], rncp=CODE)
    draft = gathered.draft
    assert draft.fields["Niveau"] == "6"
    assert draft.fields["Date d'échéance"] == date(2026, 7, 19)
    assert [row["Intitulé"] for row in draft.rows["Blocs"]] == ["Élaborer un plan", "Vendre"]
    assert [
        (row["Code"], row["Intitulé"], row["Modalité"]) for row in draft.rows["Compétences"]
    ] == [
        ("C1.1", "Réaliser une veille afin d'anticiper", "M1.1"),
        ("C1.2", "Concevoir un plan d'actions", "M1.1"),
        ("C2.1", "Négocier une vente - sous contrainte", "M2.1"),
        ("C2.2", "Conclure un contrat", "M2.1"),
    ]
    assert draft.rows["Critères"] == []
    assert "Trois personnes, dont deux externes." in draft.left()
    assert {problem.code for problem in gathered.problems} == {"import-doubts"}


def test_the_register_completes_a_school_s_own_document(export: Path, tmp_path: Path) -> None:
    """The document describes its blocs; the register names the certification, in any order."""
    document = tmp_path / "école.docx"
    document.write_bytes(word_bytes(merged_activities))
    gathered = import_documents([export, document], rncp="37827")
    draft = gathered.draft
    assert [row["Code"] for row in draft.rows["Blocs"]] == ["BC01", "BC02"]
    assert {item.location.file for item in gathered.problems if item.code == "import-doubts"} == {
        document.as_posix(),
        export.as_posix(),
    }
    assert len(draft.rows["Compétences"]) == 3
    assert draft.fields["Code RNCP"] == CODE
    told = [line for line in draft.lines if "autre intitulé" in line.remark]
    assert len(told) == 2
    assert all(line.state is DraftState.LEFT for line in told)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("* Un * Deux", ["Un", "Deux"]),
        ("- Un - Deux", ["Un", "Deux"]),
        ("- Vendre - acheter", ["Vendre - acheter"]),
        ("Un\nDeux   Trois", ["Un", "Deux", "Trois"]),
        ("Une phrase, seule.", ["Une phrase, seule."]),
        ("", []),
    ],
)
def test_a_flattened_list_is_split(text: str, items: list[str]) -> None:
    """At stars, at dashes before a capital, at line ends and long runs of blanks."""
    assert split_flattened(text) == items


BOMB = (
    '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    "<FICHES><FICHE><NUMERO_FICHE>&b;</NUMERO_FICHE></FICHE></FICHES>"
)
OUTSIDE = '<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<FICHES>&a;</FICHES>'
BAD_EXPORTS = {
    "bomb": (BOMB, "import-file-damaged"),
    "external entity": (OUTSIDE, "import-file-damaged"),
    "cut": (BEGINNING + "".join(entries(3))[:-400], "import-file-damaged"),
    "cut after others": (BEGINNING + "<FICHE><NUMERO_FICHE>RNCP1", "import-file-damaged"),
    "another root": ("<rss><FICHE/></rss>", "import-rncp-unknown"),
    "without it": (BEGINNING + END, "import-rncp-entry-absent"),
}


@pytest.mark.parametrize("name", BAD_EXPORTS)
def test_an_export_that_is_none_is_told(name: str, tmp_path: Path) -> None:
    """One problem of the file, in French; nothing is expanded, nothing fetched."""
    text, code = BAD_EXPORTS[name]
    path = tmp_path / "export.xml"
    path.write_text(text, encoding="utf-8")
    found = read_rncp_entry(path, CODE)
    assert isinstance(found, Problem)
    assert found.code == code, found


def test_an_archive_that_is_cut_is_told(export: Path, tmp_path: Path) -> None:
    """Cut in its middle, or without its table."""
    path = tmp_path / "export.zip"
    path.write_bytes(export.read_bytes()[:-200])
    found = read_rncp_entry(path, CODE)
    assert isinstance(found, Problem)
    assert found.code == "import-file-damaged"


def test_an_export_needs_a_code(export: Path) -> None:
    """All certifications are in it; the message names the option."""
    (problem,) = import_documents([export]).problems
    assert problem.code == "import-rncp-code-wanted"
    assert "--rncp" in problem.hint


@pytest.mark.parametrize(("said", "code"), [("RNCP37827", CODE), ("37827", CODE), ("RS12", None)])
def test_a_code_is_read(said: str, code: str | None) -> None:
    """With its letters or without."""
    assert parse_rncp_code(said) == code


def test_a_referential_is_held_against_its_entry(entry: RncpEntry) -> None:
    """Title, blocs, expiry, and a session after the last date of delivery."""
    own = referential()
    found = list(compare_with_rncp(entry, "r.xlsx", own, date(2031, 1, 1)))
    codes = {problem.code for problem in found}
    assert codes == {
        "rncp-title-differs",
        "rncp-blocks-differ",
        "rncp-expiry-differs",
        "rncp-delivery-too-late",
    }
    same = replace(
        own,
        certification=replace(
            own.certification, title=entry.title.upper(), expiry_date=entry.expires
        ),
    )
    told = compare_with_rncp(
        replace(entry, blocks=(), active=False), "r.xlsx", same, date(2030, 7, 19)
    )
    assert [problem.code for problem in told] == ["rncp-inactive"]
