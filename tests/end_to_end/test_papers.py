"""From the example's returns to its signed papers, and what keeps a closed session closed."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from html import unescape
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import report_world
from conftest import EXAMPLES, ROOT, Workplace
from office import Change, FillJob, Office
from ooxml import validate
from python_calamine import CalamineWorkbook

from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAMES = {
    "C01": "Exemple",
    "C02": "DInvente",
    "C03": "Imaginaire",
    "C04": "Lafiction",
    "C05": "Pretexte-Faux",
    "C06": "Personnage",
    "C07": "Bidon-Dupont",
    "C08": "NExiste-Pas",
    "C09": "Modele",
    "C10": "LEchantillon",
}
ABSENT = "C06"
EVERY_BLOCK = ("BC01", "BC02", "BC03", "BC04", "BC05")
VALIDATED = {
    "C01": EVERY_BLOCK,
    "C02": ("BC02", "BC03", "BC05"),
    "C03": ("BC01", "BC03", "BC04", "BC05"),
    "C05": EVERY_BLOCK,
    "C07": ("BC01", "BC03"),
    "C08": EVERY_BLOCK,
    "C09": EVERY_BLOCK,
    "C10": ("BC04",),
}
AWARDED = ("C01", "C03", "C05", "C08", "C09")
OVERRIDDEN = (
    "Les écarts entre jurés (C2.1.2 à C2.1.4, C2.3.1) viennent de deux lectures du même dossier."
)
SETTLED = "Son dossier de VAE et ses réponses aux questions du jury démontrent la compétence C2.4."


def make_workplace(folder: Path) -> Workplace:
    """The example session, generated, with the grids that came back in time."""
    place = Workplace(folder=folder)
    private = place.outputs / ".sheetgen"
    private.mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")
    generated = place.run("generate")
    assert generated.exit_code == 0, generated.output
    shutil.copytree(EXAMPLES / "retours", place.outputs / "retours", dirs_exist_ok=True)
    return place


@pytest.fixture(scope="module")
def open_session(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The session before its last grid, consolidated once."""
    place = make_workplace(tmp_path_factory.mktemp("open"))
    consolidated = place.run("consolidate", "--no-reports")
    assert consolidated.exit_code == 0, consolidated.output
    return place


@pytest.fixture(scope="module")
def closed(
    tmp_path_factory: pytest.TempPathFactory, open_session: Workplace
) -> Iterator[Workplace]:
    """The session once its last grid came and its jury decided."""
    place = Workplace(folder=tmp_path_factory.mktemp("closed"))
    shutil.copytree(open_session.folder, place.folder, dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "retour-tardif", place.outputs / "retours", dirs_exist_ok=True)
    assert place.run("consolidate").exit_code == 0
    finalized = place.run("finalize", str(EXAMPLES / "deliberation.xlsx"))
    assert finalized.exit_code == 0, finalized.output
    frozen = snapshot(place.outputs / "final")
    yield place
    assert snapshot(place.outputs / "final") == frozen, "a test changed what all share"


@pytest.fixture(scope="module")
def final(closed: Workplace) -> dict[str, Any]:
    """The final decisions."""
    return read_json(closed.outputs / "final" / "decisions.json")


def test_every_final_file_opens_without_repair(closed: Workplace) -> None:
    """One of each kind of paper, and the next session's workbook, are valid Office files."""
    folder = closed.outputs / "final"
    places = sorted({path.parent for path in folder.glob("*/*.docx")})
    one_of_each = [next(iter(sorted(place.glob("*.docx")))) for place in places]
    assert len(one_of_each) == 5
    assert validate([*folder.glob("*.docx"), *folder.glob("*.xlsx"), *one_of_each]) == []


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_paper_is_there(closed: Workplace) -> None:
    """Minutes, a report and a notification each, a transcript for all who present blocs.

    An attestation per bloc, five parchemins; a draft for each candidate brings the notification.
    """
    wanted = {"proces-verbal.docx", "decisions.json", "decisions.csv", "session-suivante.xlsx"}
    wanted |= {f"rapports/rapport_{code}_{name}.docx" for code, name in NAMES.items()}
    wanted |= {f"notifications/notification_{code}_{name}.docx" for code, name in NAMES.items()}
    wanted |= {f"courriels/notification_{code}_{name}.eml" for code, name in NAMES.items()}
    wanted |= {
        f"attestations/attestation_{code}_{block}_{NAMES[code]}.docx"
        for code, blocks in VALIDATED.items()
        for block in blocks
    }
    marked = {code: name for code, name in NAMES.items() if code != ABSENT}
    wanted |= {f"releves/releve_{code}_{name}.docx" for code, name in marked.items()}
    wanted |= {f"parchemins/parchemin_{code}_{NAMES[code]}.docx" for code in AWARDED}
    assert set(snapshot(closed.outputs / "final")) == wanted


def test_final_decisions_say_what_was_proposed(final: dict[str, Any]) -> None:
    """They keep the shape that is documented, and tell the jury's decisions from those adopted."""
    schema = read_json(ROOT / "docs" / "decisions.schema.json")
    jsonschema.validate(final, schema, format_checker=jsonschema.FormatChecker())
    own = {
        (candidate["id"], block["code"]): (block["proposed"], block["outcome"])
        for candidate in final["candidates"]
        for block in candidate["blocks"]
        if block["decided_by"] == "jury"
    }
    assert own == {
        ("C05", "BC02"): ("to_deliberate", "validated"),
        ("C09", "BC02"): ("not_validated", "validated"),
    }
    unreasoned = [
        (candidate["id"], block["code"])
        for candidate in final["candidates"]
        for block in candidate["blocks"]
        if block["outcome"] == "not_validated" and not block["reason"]
    ]
    assert unreasoned == []
    outcomes = {candidate["id"]: candidate["outcome"] for candidate in final["candidates"]}
    assert [code for code, outcome in outcomes.items() if outcome == "awarded"] == list(AWARDED)
    assert (outcomes["C02"], outcomes["C04"]) == ("partial", "not_awarded")
    assert (outcomes["C06"], outcomes["C10"]) == ("absent", "partial")
    assert final["closing"] == {"date": "2026-06-24", "time": "17:30"}
    assert final["provisional"] is False


def test_the_final_table_holds_what_was_decided(closed: Workplace) -> None:
    """decisions.csv has a row per candidate and bloc, with the jury's outcomes."""
    text = (closed.outputs / "final" / "decisions.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 50
    decided = {(row["N°"], row["Bloc"]): (row["Résultat"], row["Certification"]) for row in rows}
    assert decided["C09", "BC02"] == ("Validé", "Délivrée")
    assert decided["C02", "BC01"] == ("Non validé", "Validation partielle")
    assert decided["C07", "BC05"] == ("Déjà acquis", "Validation partielle")


@pytest.mark.parametrize(
    "paper",
    [
        "proces-verbal.docx",
        "rapports/rapport_C09_Modele.docx",
        "notifications/notification_C09_Modele.docx",
    ],
)
def test_papers_tell_what_the_jury_overrode(closed: Workplace, paper: str) -> None:
    """The reason of the decision that differs from its proposal stands wherever it is told."""
    text = report_world.read_all((closed.outputs / "final" / paper).read_bytes())
    assert OVERRIDDEN in text
    assert "24\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2026" in text


def test_the_minutes_hold_the_closing(closed: Workplace) -> None:
    """Incidents, observations and every reason are in the procès-verbal."""
    text = report_world.read_all((closed.outputs / "final" / "proces-verbal.docx").read_bytes())
    assert "évacuation du bâtiment pendant l’épreuve de négociation" in text
    assert "parvenue après la date limite" in text
    assert SETTLED in text
    assert "Aucun bloc n’est validé." in text


def test_the_next_session_holds_what_is_left(closed: Workplace) -> None:
    """Those who have something left to present are there, with what they hold by now.

    Not so C07 and C10, who came for some blocs alone and obtained them.
    """
    book = CalamineWorkbook.from_path(closed.outputs / "final" / "session-suivante.xlsx")
    table = book.get_sheet_by_name("Candidats").to_python(skip_empty_area=False)
    header = next(row for row in table if "N°" in row)
    places = [header.index(name) for name in ("N°", "Blocs présentés", "Blocs déjà acquis")]
    found = {
        str(row[places[0]]): tuple(str(row[place]) for place in places[1:])
        for row in table[table.index(header) + 1 :]
        if row[places[0]]
    }
    assert found == {
        "C02": ("BC01 ; BC04", "BC02 ; BC03 ; BC05"),
        "C04": ("BC01 ; BC02 ; BC03 ; BC04 ; BC05", ""),
        "C06": ("BC01 ; BC02 ; BC03 ; BC04 ; BC05", ""),
    }


def test_closing_again_changes_nothing(closed: Workplace) -> None:
    """Decisions already accepted are accepted once more, and every file stays as it is."""
    before = snapshot(closed.outputs / "final")
    again = closed.run("finalize", str(EXAMPLES / "deliberation.xlsx"))
    assert again.exit_code == 0, again.output
    assert snapshot(closed.outputs / "final") == before


def test_a_closed_session_is_reopened_for_a_reason_alone(
    closed: Workplace, tmp_path: Path, libreoffice: Office
) -> None:
    """Another decision is refused, then taken with --reopen; the former version is kept whole."""
    place = Workplace(folder=tmp_path)
    shutil.copytree(closed.folder, place.folder, dirs_exist_ok=True)
    before = snapshot(place.outputs / "final")
    other = tmp_path / "autre.xlsx"
    source = EXAMPLES / "deliberation.xlsx"
    cell = decision_cell(source, "C09", "BC02")
    change = Change(sheet="Délibération", cell=cell, value="Non validé")
    libreoffice.fill([FillJob(source=source, target=other, changes=[change])])
    refused = place.run("finalize", str(other))
    assert refused.exit_code == 1
    assert "(C09), BC02 : Validé → Non validé" in refused.output
    assert snapshot(place.outputs / "final") == before
    reopened = place.run("finalize", str(other), "--reopen", "Erreur de saisie au bloc BC02")
    assert reopened.exit_code == 0, reopened.output
    after = snapshot(place.outputs / "final")
    assert {name: after[f"versions/1/{name}"] for name in before} == before
    decisions = read_json(place.outputs / "final" / "decisions.json")
    nine = next(item for item in decisions["candidates"] if item["id"] == "C09")
    assert nine["outcome"] == "partial"
    assert [item["reason"] for item in decisions["reopened"]] == ["Erreur de saisie au bloc BC02"]
    assert "parchemins/parchemin_C09_Modele.docx" not in after
    # Said so that it agrees with an attestation as with a parchemin, with one as with both.
    annulled = "Annulation sans remplacement : l’attestation du bloc BC02"
    for name in ("notifications/notification_C09_Modele.docx", "proces-verbal.docx"):
        assert annulled in report_world.read_all((place.outputs / "final" / name).read_bytes()), (
            name
        )


def decision_cell(path: Path, candidate: str, subject: str) -> str:
    """Return the address of the jury's decision on a bloc."""
    table = (
        CalamineWorkbook.from_path(path)
        .get_sheet_by_name("Délibération")
        .to_python(skip_empty_area=False)
    )
    header = next(row for row in table if "Décision du jury" in row)
    column = "ABCDEFGH"[header.index("Décision du jury")]
    row = next(
        number
        for number, row in enumerate(table, start=1)
        if (row[header.index("Candidat")], row[header.index("Objet")]) == (candidate, subject)
    )
    return f"{column}{row}"


def test_nothing_is_closed_while_a_grid_is_missing(open_session: Workplace) -> None:
    """Both `finalize` and `status` end with 1 and name the grid; final/ stays empty."""
    refused = open_session.run("finalize", str(EXAMPLES / "deliberation.xlsx"))
    assert refused.exit_code == 1
    assert "Candidat Inès L’Échantillon (C10), BC04 : il manque des appréciations" in refused.output
    assert not (open_session.outputs / "final").exists()
    status = open_session.run("status")
    assert status.exit_code == 1
    assert "20 grille(s) reçue(s) sur 21." in status.output


def test_a_session_that_was_never_consolidated_is_not_closed(workplace: Workplace) -> None:
    """The message says which command comes first."""
    refused = workplace.run("finalize", str(EXAMPLES / "deliberation.xlsx"))
    assert refused.exit_code == 1
    assert "sheetgen consolidate" in refused.output


def test_an_extract_shows_nobody_else(closed: Workplace) -> None:
    """No file of C05's extract holds the name, number or address of another candidate."""
    extracted = closed.run("extract", "c05")
    assert extracted.exit_code == 0, extracted.output
    files = snapshot(closed.outputs / "extraits" / "C05")
    assert {
        "LISEZ-MOI.txt",
        "appreciations.csv",
        "decisions-finales.json",
        "decisions-proposees.json",
        "documents/rapport.docx",
        "documents/parchemin_C05_Pretexte-Faux.docx",
        "documents/attestation_C05_BC02_Pretexte-Faux.docx",
        "grilles/grille_C05_J4_Pretexte-Faux.xlsx",
        "retours/retour-1_J1.xlsx",
    } <= set(files)
    others = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in other_words()))
    for name, data in files.items():
        text = text_of(name, data)
        if name.endswith((".docx", ".xlsx")):
            assert "prétexte-faux" in text.casefold(), name
        assert others.findall(text) == [], name


def other_words() -> list[str]:
    """Return words of other candidates than C05; « C10 » is a cell too, « Exemple » a word."""
    referential, _ = read_referential(ROOT / "referential.xlsx")
    session, _ = read_session(EXAMPLES / "session.xlsx", referential)
    assert session is not None
    return [
        word
        for item in session.candidates
        if item.id != "C05"
        for word in (item.id, item.first_name, item.last_name, item.last_name.upper(), item.email)
        if word is not None and word not in ("C10", "Exemple")
    ]


def text_of(name: str, data: bytes) -> str:
    """Every text of a file, with its own name; of a workbook or document, of all its parts."""
    if not name.endswith((".docx", ".xlsx")):
        return f"{name}\n{data.decode('utf-8-sig')}"
    texts = [name]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                # A word may be cut by markup in a document, and never across paragraphs.
                markup = package.read(part).decode("utf-8").replace("</w:p>", "\n")
                texts.append(unescape(re.sub(r"<[^>]*>", "" if ".docx" in name else " ", markup)))
                texts.append(" ".join(unescape(said) for said in re.findall(r'="([^"]*)"', markup)))
    return "\n".join(texts)


def test_an_unknown_candidate_has_no_extract(open_session: Workplace) -> None:
    """The nearest number is offered, and nothing is written."""
    refused = open_session.run("extract", "C11")
    assert refused.exit_code == 1
    assert "« C11 » n'est le numéro d'aucun candidat de la session." in refused.output
    assert not (open_session.outputs / "extraits").exists()


def test_an_incomplete_grid_is_handed_back_and_accepted_once_completed(
    open_session: Workplace, tmp_path: Path, libreoffice: Office
) -> None:
    """The juror gets their marks back but for the one to fill in, and the session is then whole."""
    place = Workplace(folder=tmp_path)
    shutil.copytree(open_session.folder, place.folder, dirs_exist_ok=True)
    name = "grille_C10_J2_LEchantillon.xlsx"
    whole, returned = EXAMPLES / "retour-tardif" / name, place.outputs / "retours" / name
    blank = Change(sheet="BC04", cell=mark_cells(whole)["C4.2.2"][0], value=None)
    libreoffice.fill([FillJob(source=whole, target=returned, changes=[blank])])
    assert "1 incomplète(s)" in place.run("consolidate", "--no-reports").output
    corrected = place.outputs / "corrections" / name
    handed_back, original = mark_cells(corrected), mark_cells(whole)
    assert {code: mark for code, (_, mark) in handed_back.items() if code != "C4.2.2"} == {
        code: mark for code, (_, mark) in original.items() if code != "C4.2.2"
    }
    cell, mark = handed_back["C4.2.2"]
    assert mark == ""
    filled = Change(sheet="BC04", cell=cell, value="Acquis")
    libreoffice.fill([FillJob(source=corrected, target=returned, changes=[filled])])
    completed = place.run("consolidate", "--no-reports")
    assert completed.exit_code == 0
    assert "PROVISOIRE" not in completed.output
    assert not corrected.exists()
    decisions = read_json(place.outputs / "consolidation" / "decisions.json")
    assert {item["status"] for item in decisions["returns"]} == {"accepted"}
    assert len(decisions["returns"]) == 21


def mark_cells(grid: Path) -> Mapping[str, tuple[str, str]]:
    """The cell and the mark of each criterion of BC04."""
    sheet = CalamineWorkbook.from_path(grid).get_sheet_by_name("BC04")
    table = sheet.to_python(skip_empty_area=False)
    header = next(row for row in table if {"Code", "Évaluation"} <= set(map(str, row)))
    code, mark = header.index("Code"), header.index("Évaluation")
    return {
        str(row[code]): (f"{'ABCDEF'[mark]}{number}", str(row[mark]))
        for number, row in enumerate(table, start=1)
        if str(row[code]).count(".") == 2
    }
