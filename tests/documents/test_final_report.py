"""The jury's report once the jury has decided."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from report_world import adopted, overridden, read_all, read_lines, read_rows, settled_one

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.kinds import ReportTemplate
    from sheetgen.documents.settled import Settled


def _final(template: ReportTemplate, settled: Settled, candidate: str) -> bytes:
    return template.render_final(settled, settled_one(settled, candidate))


def test_an_overridden_bloc_shows_decision_proposal_and_reason(
    world: World, template: ReportTemplate
) -> None:
    """At the bloc, and on the last page; the rules' own reason is told apart from the jury's."""
    document = _final(template, overridden(world), "1")
    rows = read_rows(document)
    assert ["BC02", "Bloc 2", "Présenté", "Validé", "12,5\u00a0%"] in rows
    assert [
        "Validé",
        "Non validé",
        "12,5\u00a0%",
        (
            "Motif du jury : L’entretien a convaincu le jury.\n"
            "Proposition : Compétence C2.1 : non acquise."
        ),
    ] in rows
    start = rows.index(["Objet", "Proposition", "Décision du jury", "Motif du jury"])
    assert rows[start + 1 : start + 4] == [
        ["BC01", "Validé", "Validé", "—"],
        ["BC02", "Non validé", "Validé", "L’entretien a convaincu le jury."],
        ["Certification", "Délivrée", "Délivrée", "—"],
    ]
    lines = read_lines(document)
    assert "Décision pour la certification : Délivrée" in lines
    assert "Délibération close le 24\u00a0juin\u00a02026 à 17\u00a0h\u00a030." in lines
    assert "Fait à 1 rue de la Fiction, le 24\u00a0juin\u00a02026" in lines


def test_a_refusal_shows_the_jury_s_reason(world: World, template: ReportTemplate) -> None:
    """Adopted as proposed, it is the jury's decision all the same."""
    rows = read_rows(_final(template, adopted(world), "1"))
    assert ["BC02", "Non validé", "Non validé", "Négociation non aboutie."] in rows
    assert ["Certification", "Validation partielle", "Validation partielle", "—"] in rows


def test_nothing_is_provisional_proposed_or_left_to_tick(
    unfinished: World, template: ReportTemplate
) -> None:
    """Whatever was missing on the way: what the jury decided stands."""
    document = _final(template, adopted(unfinished), "1")
    text = read_all(document)
    assert "PROVISOIRE" not in text
    assert "provisoire" not in text
    assert "Résultat proposé" not in text
    assert not list(docx.Document(io.BytesIO(document)).element.body.iter(qn("w:sdt")))


def test_an_exempted_criterion_is_named_neutrally(world: World, template: ReportTemplate) -> None:
    """One word, and not what a juror wrote on it."""
    document = _final(template, adopted(world), "1")
    assert ["C1.1.3", "Critère C1.1.3\nExempté"] in read_rows(document)
    assert "Remarque sur un critère exempté." not in read_all(document)


def test_an_absent_candidate_has_no_decision_to_read(
    world: World, template: ReportTemplate
) -> None:
    """The outcome is said, nothing else."""
    lines = read_lines(_final(template, adopted(world), "3"))
    assert any(text.startswith("Résultat : Excusé. Le candidat ne s’est pas") for text in lines)
