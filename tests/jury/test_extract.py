"""Everything held on one person, and nothing on anybody else."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest

from sheetgen.files import sha256
from sheetgen.jury import FinalDecisions, write_decided
from sheetgen.jury.closings import ClosingRecord, Closings, FrozenFile
from sheetgen.model import (
    Absence,
    Acceptance,
    Accommodation,
    AccommodationKind,
    BlockCode,
    Candidate,
    CandidateId,
    CompetencyCode,
    Evidence,
    Juror,
    JuryDecision,
    MethodCode,
    ReturnStatus,
    SessionDecisions,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems.several_grids import GRID_SET_ASIDE
from sheetgen.returns import find_returns
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.subject_access import Holdings, extract_candidate, find_candidate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ONE, TWO, FOUR = CandidateId("1"), CandidateId("2"), CandidateId("4")
TOLD = "Temps majoré d'un tiers"


@pytest.fixture
def holdings(tmp_path: Path, decisions: SessionDecisions) -> Holdings:
    """The small session with its grids, returns and reports on disk, an arrangement, a refusal."""
    session = replace(
        decisions.session,
        jurors=(
            replace(decisions.session.jurors[0], incompatible_with=(ONE,)),
            decisions.session.jurors[1],
        ),
        candidates=tuple(
            replace(item, birth_date=date(1990, 2, 28)) for item in decisions.session.candidates
        ),
        accommodations=(
            Accommodation(
                candidate=ONE,
                kind=AccommodationKind.EXTRA_TIME,
                instruction=TOLD,
                decision=JuryDecision.GRANTED,
            ),
            replace(builders.exemption("C2.1.1"), candidate=TWO, instruction="Autre consigne"),
        ),
    )
    folder = SessionFolder(root=tmp_path / "S1")
    for assignment in session.assignments:
        path = folder.grid(session, assignment)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"grille {assignment.candidate}/{assignment.juror}".encode())
    first = folder.grid(session, session.assignments[0])
    folder.corrections.mkdir()
    (folder.corrections / first.name).write_bytes(b"correction 1/J1")
    for candidate in session.candidates:
        for place in (folder.reports, folder.consolidation / "rapports"):
            place.mkdir(parents=True, exist_ok=True)
            folder.report(place, session, candidate).write_bytes(f"rapport {candidate.id}".encode())
    for item in decisions.returns:
        path = folder.returns / "Nom 2 et Nom 4" / item.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"retour {item.candidate}/{item.juror}".encode())
    found, _ = find_returns([folder.returns])
    returns = []
    for item in decisions.returns:
        name = f"Nom 2 et Nom 4/{item.file}"
        conflict = GRID_SET_ASIDE.at(Location(file=name), other=name)
        refused = item.candidate == ONE and item.juror == "J2"
        returns.append(
            replace(
                item,
                file=name,
                opinion="Favorable" if item.candidate == ONE else "Avis sur un autre",
                status=ReturnStatus.CONFLICT if refused else ReturnStatus.ACCEPTED,
                problems=(conflict,) if refused else (),
            )
        )
    return Holdings(
        decisions=replace(decisions, session=session, returns=tuple(returns)),
        folder=folder,
        returned={file.name: file for file in found},
    )


def _candidate(holdings: Holdings, number: CandidateId) -> Candidate:
    return holdings.decisions.session.candidate[number]


def _table(data: bytes) -> list[dict[str, str]]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def test_the_extract_holds_every_file_on_the_candidate(holdings: Holdings) -> None:
    """Their row, marks, grids made and returned, refused ones too, reports and decisions."""
    files, problems = extract_candidate(holdings, _candidate(holdings, ONE))
    assert problems == []
    assert sorted(files) == [
        "LISEZ-MOI.txt",
        "affectations.csv",
        "amenagements.csv",
        "appreciations.csv",
        "corrections/grille_1_J1_Nom-1.xlsx",
        "decisions-proposees.json",
        "documents/rapport-provisoire.docx",
        "documents/rapport-vierge.docx",
        "grilles/grille_1_J1_Nom-1.xlsx",
        "grilles/grille_1_J2_Nom-1.xlsx",
        "identite.csv",
        "retours.csv",
        "retours/retour-1_J1.xlsx",
        "retours/retour-2_J2.xlsx",
    ]
    assert files["retours/retour-2_J2.xlsx"] == b"retour 1/J2"
    assert files["documents/rapport-vierge.docx"] == b"rapport 1"


def test_letters_and_grids_on_paper_are_the_candidates_alone(holdings: Holdings) -> None:
    """Their convocation, result and grids on paper; no juror's convocation, no archive."""
    folder, session = holdings.folder, holdings.decisions.session
    jure = replace(session.candidates[2], id=CandidateId("jure"))
    session = replace(session, candidates=(*session.candidates, jure))
    decided = (
        *holdings.decisions.candidates,
        replace(holdings.decisions.decided[ONE], candidate=jure.id),
    )
    told = replace(
        holdings, decisions=replace(holdings.decisions, session=session, candidates=decided)
    )
    called = [item for item in session.candidates if item != jure]
    people: list[Candidate | Juror] = [*called, *session.jurors]
    for person in people:
        path = folder.convocation(session, person)
        path.parent.mkdir(parents=True, exist_ok=True)
        for ending in (".docx", ".eml", ".pdf"):
            path.with_suffix(ending).write_bytes(f"convocation {path.stem}".encode())
    for name in ("J1/papier_1_J1_Nom-1.docx", "J1/papier_2_J1_Nom-2.docx", "J1.zip", "J1.eml"):
        (folder.papers / "J1").mkdir(parents=True, exist_ok=True)
        (folder.papers / name).write_bytes(b"papier")
    folder.letters.mkdir(parents=True)
    for number in (ONE, TWO):
        (folder.letters / f"notification_{number}_Nom-{number}.eml").write_bytes(b"courriel")
    files, problems = extract_candidate(told, _candidate(told, ONE))
    assert problems == []
    known = ("convocations/", "papier/", "courriels/")
    assert sorted(name for name in files if name.startswith(known)) == [
        "convocations/convocation_1_Nom-1.docx",
        "convocations/convocation_1_Nom-1.eml",
        "convocations/convocation_1_Nom-1.pdf",
        "courriels/notification_1_Nom-1.eml",
        "papier/J1/papier_1_J1_Nom-1.docx",
    ]
    index = files["LISEZ-MOI.txt"].decode("utf-8-sig")
    assert [name for name in known if f"- {name} :" not in index] == []
    files, _ = extract_candidate(told, _candidate(told, CandidateId("jure")))
    assert [name for name in files if name.startswith(known)] == []


def test_no_other_candidate_appears_anywhere(holdings: Holdings) -> None:
    """Nor their names, nor what was said of them, nor names that jurors put in those of files."""
    for number in (ONE, TWO, FOUR):
        files, _ = extract_candidate(holdings, _candidate(holdings, number))
        content = "\n".join(files) + "\n".join(
            data.decode("utf-8", "replace") for data in files.values()
        )
        others = {ONE, TWO, CandidateId("3"), FOUR, CandidateId("5")} - {number}
        for other in others:
            assert f"Nom {other}" not in content
            assert f"Prénom {other}" not in content
            assert f"retour {other}" not in content
        assert (TOLD in content) == (number == ONE)
        assert ("Autre consigne" in content) == (number == TWO)
        assert ("Avis sur un autre" in content) == (number != ONE)


def test_the_identity_is_the_candidates_row_and_what_jurors_declared(holdings: Holdings) -> None:
    """Its labels are the columns of `session.xlsx`, in the words of a French reader."""
    files, _ = extract_candidate(holdings, _candidate(holdings, ONE))
    said = {row["Champ"]: row["Valeur"] for row in _table(files["identite.csv"])}
    assert said["N°"] == "1"
    assert said["Date de naissance"] == "28/02/1990"
    assert said["Parcours"] == "Certification complète"
    assert said["Blocs présentés"] == "BC01 ; BC02"
    assert said["Jurés incompatibles"] == "Prénom J1 Nom J1"


def test_marks_are_given_with_their_author(holdings: Holdings) -> None:
    """A row per criterion and juror; what was not observed has no points."""
    files, _ = extract_candidate(holdings, _candidate(holdings, FOUR))
    rows = [
        (row["Critère"], row["Nom du juré"], row["Appréciation"], row["Points"])
        for row in _table(files["appreciations.csv"])
    ]
    assert rows[0] == ("C1.1.1", "Prénom J1 Nom J1", "Non observé", "")
    assert rows[-1] == ("C2.1.1", "Prénom J2 Nom J2", "Acquis", "2")
    assert len(rows) == 6


def test_returns_are_given_under_the_extracts_own_names(holdings: Holdings) -> None:
    """Statuses, opinions and problems, without the names that jurors gave to files."""
    files, _ = extract_candidate(holdings, _candidate(holdings, ONE))
    rows = _table(files["retours.csv"])
    assert [(row["Fichier"], row["Statut"], row["Avis"]) for row in rows] == [
        ("retour-1_J1.xlsx", "Acceptée", "Favorable"),
        ("retour-2_J2.xlsx", "En conflit", "Favorable"),
    ]
    assert "retour-2_J2.xlsx" in rows[1]["Anomalies"]


def test_the_arrangements_are_the_candidates_own_data(holdings: Holdings) -> None:
    """Theirs are given whole; who has none gets no table."""
    one, _ = extract_candidate(holdings, _candidate(holdings, ONE))
    assert [
        (row["Nature"], row["Consigne au jury"], row["Décision du jury"])
        for row in _table(one["amenagements.csv"])
    ] == [("Temps majoré", TOLD, "Accordée")]
    four, _ = extract_candidate(holdings, _candidate(holdings, FOUR))
    assert "amenagements.csv" not in four


def test_absences_evidence_options_and_epreuves_are_told_where_there_are_some(
    holdings: Holdings,
) -> None:
    """Candidate 1 did not sit M2.1 and showed an attestation; nobody else's is there."""
    decisions = holdings.decisions
    gated = tuple(
        replace(item, title=f"Épreuve {item.code}", condition=condition)
        for item, condition in zip(
            decisions.referential.methods, ((), (MethodCode("M1.1"),)), strict=True
        )
    )
    known = replace(decisions.referential, methods=gated)
    session = replace(
        decisions.session,
        absences=(
            Absence(candidate=ONE, method=MethodCode("M2.1"), justified=True),
            Absence(candidate=TWO, method=MethodCode("M1.1")),
        ),
        evidence=(
            Evidence(
                candidate=ONE,
                competency=CompetencyCode("C2.1"),
                title="Attestation de secourisme",
                valid_until=date(2027, 1, 31),
                acceptance=Acceptance.YES,
            ),
        ),
        assignments=tuple(
            replace(item, methods=((BlockCode("BC02"), (MethodCode("M2.1"),)),))
            if item.juror == "J2" and item.candidate == ONE
            else item
            for item in decisions.session.assignments
        ),
    )
    decided = deliberations.decide(known, session)
    told = replace(holdings, decisions=replace(decisions, referential=known, session=session))
    told = replace(told, decisions=replace(told.decisions, candidates=decided.candidates))
    one, _ = extract_candidate(told, _candidate(told, ONE))
    assert _table(one["absences.csv"]) == [
        {"Candidat": "1", "Modalité": "M2.1", "Justifiée": "Oui"}
    ]
    assert _table(one["pieces.csv"])[0]["Intitulé"] == "Attestation de secourisme"
    assert _table(one["pieces.csv"])[0]["Valable jusqu'au"] == "31/01/2027"
    assert [(row["Juré"], row["Modalités"]) for row in _table(one["affectations.csv"])] == [
        ("J1", ""),
        ("J2", "BC02 : M2.1"),
    ]
    assert _table(one["epreuves.csv"]) == [
        {
            "Épreuve": "M1.1",
            "Intitulé": "Épreuve M1.1",
            "Résultat": "Réussie",
            "Score": "1",
        },
        {"Épreuve": "M2.1", "Intitulé": "Épreuve M2.1", "Résultat": "Absente", "Score": "0"},
    ]
    proposed = json.loads(one["decisions-proposees.json"])["candidates"][0]
    assert {"mean", "mention", "assessments"} <= proposed.keys()
    four, _ = extract_candidate(told, _candidate(told, FOUR))
    assert not {"absences.csv", "pieces.csv"} & four.keys()
    two, _ = extract_candidate(told, _candidate(told, TWO))
    assert [row["Modalité"] for row in _table(two["absences.csv"])] == ["M1.1"]


def close(holdings: Holdings, final: FinalDecisions, papers: Mapping[str, str]) -> None:
    """Close the session once more, with these papers, by path, on candidate 4."""
    closings = Closings.of(holdings.folder)
    version = len(closings.versions) + 1
    root = closings.files_of(version)
    write_decided(root, final)
    for path, said in papers.items():
        (root / path).write_text(said, encoding="utf-8")
    closings.write(
        ClosingRecord(
            version=version,
            made=None,
            session="S1",
            workbook="",
            printed={},
            files=tuple(
                FrozenFile(path=path, sha256=sha256(said.encode()), kind=path[:4], candidate=FOUR)
                for path, said in papers.items()
            ),
            papers=True,
        )
    )


def test_a_closed_session_adds_its_decisions_and_papers(
    holdings: Holdings, final: FinalDecisions
) -> None:
    """Revoked papers stand apart; what is said of the session as a whole is left out."""
    closing = replace(final.deliberation.closing, incidents="Nom 2 souffrant")
    closed = replace(final, deliberation=replace(final.deliberation, closing=closing))
    close(holdings, closed, {"parchemin.docx": "parchemin 4", "notification.docx": "avant"})
    close(holdings, final, {"notification.docx": "notification 4"})
    signed = holdings.folder.final / "versions" / "1" / "parchemin.docx"
    signed.parent.mkdir(parents=True)
    signed.write_bytes(b"parchemin 4, signed")
    files, problems = extract_candidate(holdings, _candidate(holdings, FOUR))
    assert problems == []
    assert {name: files[name] for name in files if name.startswith("documents/")} == {
        "documents/rapport-vierge.docx": b"rapport 4",
        "documents/rapport-provisoire.docx": b"rapport 4",
        "documents/notification.docx": b"notification 4",
        "documents/version-1/notification.docx": b"avant",
        "documents/version-1/parchemin.docx": b"parchemin 4, signed",
    }
    for name in ("decisions-finales.json", "decisions-finales-version-1.json"):
        record = json.loads(files[name])
        assert [item["id"] for item in record["candidates"]] == ["4"]
        assert record["candidates"][0]["blocks"][0]["reason"] == "Vu pendant l'entretien"
        assert record["closing"] == {"date": "2026-06-15", "time": "17:30"}
        assert "Nom 2" not in files[name].decode()


def test_a_corrected_surname_loses_no_file(holdings: Holdings) -> None:
    """Files are named after the surname of the day: the number finds them all the same."""
    before, _ = extract_candidate(holdings, _candidate(holdings, ONE))
    session = holdings.decisions.session
    people = tuple(
        replace(item, last_name="Corrigé") if item.id == ONE else item
        for item in session.candidates
    )
    renamed = replace(
        holdings,
        decisions=replace(holdings.decisions, session=replace(session, candidates=people)),
    )
    after, problems = extract_candidate(renamed, _candidate(renamed, ONE))
    assert problems == []
    assert sorted(after) == sorted(before)


def test_what_cannot_be_read_is_told(holdings: Holdings) -> None:
    """A returned file gone since, and final decisions that are damaged."""
    names = sorted(holdings.returned)
    (holdings.folder.returns / names[0]).unlink()
    lacking = replace(
        holdings, returned={name: holdings.returned[name] for name in names if name != names[1]}
    )
    kept = holdings.folder.closings / "1"
    (kept / "files").mkdir(parents=True)
    (kept / "closing.json").write_text("{}", encoding="utf-8")
    (kept / "files" / "decisions.json").write_text("{", encoding="utf-8")
    files, problems = extract_candidate(lacking, _candidate(holdings, ONE))
    assert [item.code for item in problems] == ["closing-unreadable", *["return-not-extracted"] * 2]
    assert not any(name.startswith("retours/") for name in files)


def test_a_candidate_is_found_by_number_alone(decisions: SessionDecisions) -> None:
    """Case and spaces do not matter; a number that nobody has is answered with those there are."""
    session = replace(decisions.session, candidates=tuple(map(builders.candidate, ("C01", "C02"))))
    found = find_candidate(session, " c02 ")
    assert isinstance(found, Candidate)
    assert found.id == "C02"
    unknown = find_candidate(session, "C20")
    assert isinstance(unknown, Problem)
    assert unknown.code == "candidate-not-found"
    assert unknown.hint == "Donner un numéro de la feuille Candidats : C01, C02."
