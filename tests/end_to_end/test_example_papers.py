"""The example référentiels from `init` to papers; scores are those worked by hand beside the rules.

What happens between is what happens to a school: a jury that decides what is left to it, an
attestation that is awaited and comes.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from example_referentials import NAMES
from example_session import ExampleSession
from report_world import read_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# openpyxl says what it drops of a grid that it saves.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

RETURNED = {
    "certificat-branche": 18,
    "diplome-soin": 15,
    "titre-developpeur": 10,
    "titre-options-voies": 8,
}
"""The grids that come back; the practice of B02 did not open, and two do not."""

DECIDED: Mapping[str, Mapping[tuple[str, str], str]] = {
    "certificat-branche": {("B04", "BC01"): "Validé"},
    "diplome-soin": {
        ("S04", "BC02"): "Proposition adoptée",
        ("S04", "Certification"): "Proposition adoptée",
    },
}
"""What the jury decides, the rest being adopted: what was open, what changed since it sat."""

SHOWN = {"certificat-branche": {"B04": "Délivrée"}}
"""The certifications that follow its decisions."""

OUTCOMES: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "certificat-branche": {
        "B01": ("awarded", None),
        "B02": ("not_awarded", None),
        "B03": ("not_awarded", None),
        "B04": ("awarded", None),
        "B05": ("awarded", None),
    },
    "diplome-soin": {
        "S01": ("awarded", None),
        "S02": ("partial", None),
        "S03": ("partial", None),
        "S04": ("awarded", None),
        "S05": ("not_awarded", None),
    },
    "titre-developpeur": {
        "D01": ("awarded", None),
        "D02": ("not_awarded", None),
        "D03": ("partial", None),
        "D04": ("partial", None),
        "D05": ("not_awarded", None),
    },
    "titre-options-voies": {
        "T01": ("awarded", "Assez bien"),
        "T02": ("awarded", "Bien"),
        "T03": ("partial", None),
        "T04": ("awarded", None),
    },
}
"""Each certification, with its mention."""

BLOCKS: Mapping[str, Mapping[tuple[str, str], tuple[str, str | None]]] = {
    "certificat-branche": {
        ("B01", "BC01"): ("validated", "113/160"),
        ("B02", "BC01"): ("not_validated", "3/16"),
        ("B03", "BC01"): ("not_validated", "3/5"),
        ("B04", "BC01"): ("validated", None),
        ("B05", "BC01"): ("validated", "89/120"),
    },
    "diplome-soin": {
        ("S01", "BC01"): ("validated", "14/20"),
        ("S01", "BC02"): ("validated", "7/9"),
        ("S02", "BC01"): ("not_validated", "23/40"),
        ("S02", "BC02"): ("validated", "6/9"),
        ("S03", "BC01"): ("validated", "10/20"),
        ("S03", "BC02"): ("not_validated", "1"),
        ("S04", "BC01"): ("validated", "16/20"),
        ("S04", "BC02"): ("validated", "7/9"),
        ("S05", "BC01"): ("not_validated", "7/20"),
        ("S05", "BC02"): ("not_validated", "4/9"),
    },
    "titre-developpeur": {
        ("D01", "BC01"): ("validated", "1"),
        ("D01", "BC02"): ("validated", "23/24"),
        ("D02", "BC01"): ("not_validated", "11/12"),
        ("D02", "BC02"): ("not_validated", "31/36"),
        ("D03", "BC02"): ("validated", "5/6"),
        ("D04", "BC01"): ("not_validated", "3/4"),
        ("D04", "BC02"): ("validated", "1"),
        ("D05", "BC01"): ("not_validated", None),
        ("D05", "BC02"): ("not_validated", None),
    },
    "titre-options-voies": {
        ("T01", "BC01"): ("validated", "14/20"),
        ("T01", "BC02"): ("validated", "12/20"),
        ("T01", "BC03"): ("validated", "16/20"),
        ("T02", "BC01"): ("validated", "16/20"),
        ("T02", "BC02"): ("validated", "15/20"),
        ("T02", "BC04"): ("validated", "14/20"),
        ("T02", "BC05"): ("not_validated", "6/20"),
        ("T03", "BC02"): ("validated", "12/20"),
        ("T03", "BC03"): ("not_validated", "9/20"),
        ("T04", "BC01"): ("validated", "10/20"),
        ("T04", "BC02"): ("validated", "10/20"),
    },
}
"""Each bloc presented, with its share of the maximum."""

EXPLAINED = {
    "certificat-branche": ("B02", "Épreuve PRAT : Non ouverte."),
    "diplome-soin": ("S02", "Bloc BC01, décision du jury : Non validé."),
    "titre-developpeur": ("D05", "Épreuve E3 : Absente."),
    "titre-options-voies": ("T02", "Certification, décision du jury : Délivrée."),
}
"""A candidate of each, and a sentence of what `explain` tells."""


def consolidated(place: ExampleSession) -> str:
    """Run the commands to the jury's workbook, every grid having come back; what the last said."""
    assert place.init().exit_code == 0
    checked = place.run("check")
    assert checked.exit_code == 0, checked.output
    generated = place.run("generate", "--no-reports")
    assert generated.exit_code == 0, generated.output
    count = place.return_grids()
    assert count == RETURNED[place.name]
    status = place.run("status")
    assert f"{count} grille(s) reçue(s) sur {count}." in status.output
    awaited = place.name == "diplome-soin"
    assert ("Pièces attendues" in status.output) == awaited
    report = json.loads(place.run("status", "--json").stdout)
    expected = [{"candidate": "S04", "competency": "C4"}] if awaited else None
    assert report.get("awaited_evidence") == expected
    if place.name == "titre-developpeur":
        assert {item["candidate"] for item in report["absences"]} == {"D05"}
    return consolidate(place)


def consolidate(place: ExampleSession) -> str:
    """Read the returns, and say what was printed, on one line."""
    result = place.run("consolidate", "--no-reports")
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def attestation_comes(place: ExampleSession) -> None:
    """The session does not close while S04's is awaited; once accepted, it counts."""
    place.deliberate({})
    waiting = place.run("finalize", str(place.jurys), "--no-reports")
    assert waiting.exit_code == 1
    assert "Compétence C4 : pièce attendue." in " ".join(waiting.output.split())
    path = place.folder / "session.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Pièces"]
    (accepted,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "En attente")
    accepted.value = "Oui"
    book.save(path)
    assert "PROVISOIRE" not in consolidate(place)


def papers(place: ExampleSession, folder: str) -> set[str]:
    """The papers of a kind, without the candidates' names."""
    found = (place.outputs / "final" / folder).glob("*.docx")
    return {path.stem.rpartition("_")[0].partition("_")[2] for path in found}


def attested(place: ExampleSession, number: str) -> str:
    """Return what a candidate's attestation says."""
    (path,) = (place.outputs / "final" / "attestations").glob(f"attestation_{number}_*.docx")
    return read_all(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_from_init_to_papers(name: str, tmp_path: Path) -> None:
    """Every paper is there, and says what was worked by hand; `explain` tells why."""
    place = ExampleSession(name=name, folder=tmp_path / name)
    said = consolidated(place)
    assert ("PROVISOIRE : 1 pièce(s) attendue(s), " in said) == (name == "diplome-soin")
    assert ("D05 Émeline Éditeur (justifiée)" in said) == (name == "titre-developpeur")
    if name == "diplome-soin":
        attestation_comes(place)
    place.deliberate(DECIDED.get(name, {}), SHOWN.get(name))
    closed = place.run("finalize", str(place.jurys))
    assert closed.exit_code == 0, closed.output
    assert "[à compléter]" not in closed.output

    final = place.outputs / "final"
    decisions: dict[str, Any] = json.loads((final / "decisions.json").read_text("utf-8"))
    found = {item["id"]: (item["outcome"], item["mention"]) for item in decisions["candidates"]}
    assert found == OUTCOMES[name]
    blocks = {
        (item["id"], block["code"]): (block["outcome"], block["score"])
        for item in decisions["candidates"]
        for block in item["blocks"]
        if block["outcome"] not in ("not_presented", "already_held")
    }
    assert blocks == {
        key: (outcome, None if share is None else pytest.approx(float(Fraction(share))))
        for key, (outcome, share) in BLOCKS[name].items()
    }

    assert (final / "proces-verbal.docx").exists()
    everybody = set(OUTCOMES[name])
    assert papers(place, "notifications") == papers(place, "releves") == everybody
    assert papers(place, "rapports") == everybody
    assert papers(place, "parchemins") == {
        number for number, (outcome, _) in found.items() if outcome == "awarded"
    }
    assert papers(place, "attestations") == {
        f"{number}_{block}"
        for (number, block), (outcome, _) in blocks.items()
        if outcome == "validated"
    }
    if name == "certificat-branche":
        assert "Théorie, Réussie (13/20)" in attested(place, "B01")
        assert "À délibérer" not in attested(place, "B04"), "the jury validated it"

    number, sentence = EXPLAINED[name]
    explained = place.run("explain", number)
    assert explained.exit_code == 0, explained.output
    assert sentence in " ".join(explained.output.split())
