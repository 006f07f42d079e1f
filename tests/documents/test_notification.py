"""The letter to a candidate: their own result, its reasons, and nobody else."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import docx
import pytest
from report_world import (
    adopted,
    overridden,
    read_all,
    read_lines,
    read_rows,
    settled_documents,
    settled_one,
)

from sheetgen.documents.contexts.settled_papers import notification_context
from sheetgen.model import (
    Absence,
    Accommodation,
    AccommodationKind,
    BlockCode,
    BlockDecision,
    BlockOutcome,
    CandidateDecision,
    CandidateId,
    CertificationOutcome,
    Reason,
    Return,
    ReturnStatus,
    Status,
)
from sheetgen.rules import mark_in_common

if TYPE_CHECKING:
    from collections.abc import Callable

    from report_world import World

    from sheetgen.documents.kinds import ReportTemplate
    from sheetgen.documents.school_templates import Templates
    from sheetgen.documents.settled import Settled


def _letter(templates: Templates, settled: Settled, candidate: str) -> bytes:
    assert templates.notification is not None
    return templates.notification.render(settled, settled_one(settled, candidate))


def test_a_partial_result_tells_reasons_and_what_is_left(
    world: World, templates: Templates
) -> None:
    """The jury's words, the competencies not acquired, the blocs to come, the ways of appeal."""
    document = _letter(templates, adopted(world), "1")
    lines, rows = read_lines(document), read_rows(document)
    assert [
        "École imaginaire\nCentre de Villeimaginaire\n1 rue de la Fiction",
        "Prénom 1 Nom 1\nné(e) le 14\u00a0mars\u00a01998\nCandidat n° 1",
    ] in rows
    assert "Résultat pour la certification : Validation partielle" in lines
    assert rows[rows.index(["Bloc", "Intitulé", "Résultat"]) + 1 :][:3] == [
        ["BC01", "Bloc 1", "Validé"],
        ["BC02", "Bloc 2", "Non validé"],
        ["Motif", "Négociation non aboutie.\nCompétence C2.1 non acquise : Compétence C2.1"],
    ]
    assert any(text.endswith("pour obtenir la certification : BC02.") for text in lines)
    assert lines[lines.index("Voies de recours") + 1] == "Recours gracieux sous deux mois"
    assert any("a délibéré le 24\u00a0juin\u00a02026 à 17\u00a0h\u00a030" in x for x in lines)
    assert any("session S1 du 15\u00a0juin\u00a02026" in text for text in lines)


def test_an_overridden_result_is_the_decided_one_with_the_jury_s_reason(
    world: World, templates: Templates
) -> None:
    """What the rules had proposed is the jury's affair; competencies are no reproach any more."""
    document = _letter(templates, overridden(world), "1")
    lines = read_lines(document)
    assert "Résultat pour la certification : Délivrée" in lines
    assert ["Motif", "L’entretien a convaincu le jury."] in read_rows(document)
    assert not any("Non valid" in text or "non acquise" in text for text in lines)
    assert "Le parchemin de la certification vous est délivré à ce titre." in lines


def test_a_bloc_only_candidate_reads_what_they_held_before(
    world: World, templates: Templates
) -> None:
    """A bloc of an earlier session is told apart from the one just validated."""
    rows = read_rows(_letter(templates, adopted(world), "2"))
    assert ["BC01", "Bloc 1", "Déjà acquis"] in rows
    assert ["BC02", "Bloc 2", "Validé"] in rows


def test_papers_name_the_minutes_of_the_candidate_s_jury(world: World) -> None:
    """Where juries are named, no minutes bear the session's number alone."""
    settled = adopted(world)
    people = tuple(
        dataclasses.replace(item, jury="A") for item in settled.decisions.session.candidates
    )
    session = dataclasses.replace(settled.decisions.session, candidates=people)
    settled = dataclasses.replace(
        settled, decisions=dataclasses.replace(settled.decisions, session=session)
    )
    fields = notification_context(settled, settled_one(settled, "1"))["session"]
    assert isinstance(fields, dict)
    assert fields["numero_pv"] == "PV-7-A"


def test_a_grid_filled_in_alone_beside_a_common_one_is_told(
    world: World, templates: Templates
) -> None:
    """An évaluateur's marks count too: not all of them were given by the jury together."""
    settled = adopted(world)
    session = mark_in_common(world.referential, settled.decisions.session)
    (group, *_) = session.groups
    returns = tuple(
        dataclasses.replace(item, juror=group.code) if item.juror == "J2" else item
        for item in settled.decisions.returns
    )
    decisions = dataclasses.replace(settled.decisions, session=session, returns=returns)
    text = read_all(_letter(templates, dataclasses.replace(settled, decisions=decisions), "1"))
    assert (
        "données en commun par les membres du jury, et pour une part sur une grille individuelle."
    ) in text


def test_an_absent_candidate_is_told_so(world: World, templates: Templates) -> None:
    """No bloc was assessed, all are still to come."""
    lines = read_lines(_letter(templates, adopted(world), "3"))
    assert "Résultat pour la certification : Excusé" in lines
    assert (
        "Vous ne vous êtes pas présenté(e) (statut : Excusé) : aucun bloc n’a été évalué."
    ) in lines
    assert not any("a délibéré" in text for text in lines)


def test_a_candidate_who_gave_up_is_not_told_that_they_did_not_come(
    world: World, template: ReportTemplate, templates: Templates
) -> None:
    """« Abandon » is said as such, in the letter and in the jury's report."""
    people = tuple(
        dataclasses.replace(item, status=Status.WITHDRAWN) if item.id == "3" else item
        for item in world.session.candidates
    )
    session = dataclasses.replace(world.session, candidates=people)
    decisions = dataclasses.replace(world.decisions, session=session)
    settled = adopted(dataclasses.replace(world, session=session, decisions=decisions))
    letter = read_lines(_letter(templates, settled, "3"))
    assert "Résultat pour la certification : Abandon" in letter
    assert (
        "Vous avez abandonné en cours de session (statut : Abandon) : le jury n’a pris de décision "
        "sur aucun bloc."
    ) in letter
    report = read_all(template.render_filled(decisions, settled_one(settled, "3")))
    assert (
        "Le candidat a abandonné (statut : Abandon), le jury n’a pris de décision sur aucun bloc."
    ) in report
    for text in ("\n".join(letter), report):
        assert "présenté(e)" not in text
        assert "ne s’est pas présenté" not in text


_NOT_COUNTED = (
    "les appréciations déjà données ne comptent pas, "
    "et le jury n’a pris de décision sur aucun bloc."
)
_SAID_OF_THEM = {
    Status.WITHDRAWN: (
        f"Vous avez abandonné en cours de session (statut : Abandon) : {_NOT_COUNTED}",
        f"Le candidat a abandonné (statut : Abandon), {_NOT_COUNTED}",
    ),
    Status.EXCUSED: (
        f"Vous êtes inscrit(e) à cette session avec le statut « Excusé » : {_NOT_COUNTED}",
        f"Le candidat n’est pas présent (statut : Excusé), {_NOT_COUNTED}",
    ),
}


@pytest.mark.parametrize("status", _SAID_OF_THEM)
def test_marks_given_to_whoever_is_not_present_are_told_not_to_count(
    world: World, template: ReportTemplate, templates: Templates, status: Status
) -> None:
    """Grids came back of candidate 3: it would be untrue that no bloc was marked."""
    people = tuple(
        dataclasses.replace(item, status=status) if item.id == "3" else item
        for item in world.session.candidates
    )
    session = dataclasses.replace(world.session, candidates=people)
    came = Return(
        file="g.xlsx", sha256="0" * 64, status=ReturnStatus.REJECTED, candidate=CandidateId("3")
    )
    returns = (*world.decisions.returns, came)
    decisions = dataclasses.replace(world.decisions, session=session, returns=returns)
    settled = adopted(dataclasses.replace(world, session=session, decisions=decisions))
    letter, report = _SAID_OF_THEM[status]
    assert letter in read_lines(_letter(templates, settled, "3"))
    assert report in read_all(template.render_filled(decisions, settled_one(settled, "3")))


def test_an_absence_is_told_where_no_rule_looks_at_epreuves(
    world: World, templates: Templates
) -> None:
    """There is no table of these: the bloc that was not validated says what was missed."""
    settled = adopted(world)
    known, number = settled.decisions.referential, CandidateId("1")
    (method, *_) = known.competencies_of[BlockCode("BC02")][0].methods
    absence = Absence(candidate=number, method=method, justified=True)
    session = dataclasses.replace(settled.decisions.session, absences=(absence,))
    decisions = dataclasses.replace(settled.decisions, session=session)
    letter = _letter(templates, dataclasses.replace(settled, decisions=decisions), "1")
    (reason,) = (row[1] for row in read_rows(letter) if row[0] == "Motif")
    missed = f"Absent à {method} ({known.method[method].name}), absence justifiée."
    assert missed in reason.splitlines()[0]


def test_the_ways_to_appeal_are_never_alone_on_a_page(templates: Templates, world: World) -> None:
    """Their heading goes with them, and what stands before goes with the heading."""
    document = docx.Document(io.BytesIO(_letter(templates, adopted(world), "1")))
    lines = [item.text for item in document.paragraphs]
    heading = lines.index("Voies de recours")
    for item in document.paragraphs[heading - 1 : heading + 1]:
        assert item.style is not None
        kept = item.paragraph_format, item.style.paragraph_format
        assert any(own.keep_with_next for own in kept), item.text


def test_a_certification_refused_by_the_general_mean_alone_says_so(
    world: World, templates: Templates
) -> None:
    """Every bloc is acquired: the rule is the reason, and nothing is left to acquire."""
    rules = dataclasses.replace(world.referential.rules, general_mean=Fraction(7, 10))
    referential = dataclasses.replace(world.referential, rules=rules)
    settled = overridden(world)
    refused = [
        dataclasses.replace(item, outcome=CertificationOutcome.PARTIAL)
        if item.candidate == "1"
        else item
        for item in settled.decisions.candidates
    ]
    decisions = dataclasses.replace(
        settled.decisions, referential=referential, candidates=tuple(refused)
    )
    settled = dataclasses.replace(settled, decisions=decisions)
    lines = read_lines(_letter(templates, settled, "1"))
    assert "Résultat pour la certification : Validation partielle" in lines
    assert (
        "Motif : Tous les blocs sont acquis, mais la moyenne générale minimale que demande le "
        "règlement (70 %) n’est pas atteinte."
    ) in [line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines]
    assert (
        "Vous avez acquis tous les blocs de compétences, sans limite de durée ; la certification "
        "ne vous est pas délivrée, pour le motif indiqué plus haut."
    ) in lines
    assert not any("reste à acquérir" in line for line in lines)


@pytest.mark.parametrize("settle", [adopted, overridden])
def test_no_document_on_a_candidate_names_another(
    world: World, templates: Templates, settle: Callable[[World], Settled]
) -> None:
    """Not in the text, nor in any other part of the file; incidents may name others, so neither."""
    for name, document in settled_documents(templates, settle(world)).items():
        if name == "minutes":
            continue
        own = name.split()[1]
        text = read_all(document)
        assert f"Prénom {own}" in text, name
        for other in {"1", "2", "3"} - {own}:
            assert f"Nom {other}" not in text, name
            assert f"Prénom {other}" not in text, name
        assert "Alarme" not in text, name
        assert "De bons dossiers." not in text, name


def test_no_document_says_what_was_arranged_for_whom(
    world: World, template: ReportTemplate, templates: Templates
) -> None:
    """What jurors must apply stands in their grids, and nowhere else."""
    arranged = Accommodation(
        candidate=CandidateId("1"),
        kind=AccommodationKind.EXTRA_TIME,
        instruction="Un tiers de temps en plus",
        opinion_date=date(2026, 5, 18),
    )
    session = dataclasses.replace(
        world.session, accommodations=(*world.session.accommodations, arranged)
    )
    decisions = dataclasses.replace(world.decisions, session=session)
    settled = adopted(dataclasses.replace(world, session=session, decisions=decisions))
    assert templates.attendance is not None
    made = settled_documents(templates, settled) | {
        "attendance": templates.attendance.render(world.referential, session),
        "blank": template.render_blank(world.referential, session, session.candidates[0]),
        "filled": template.render_filled(decisions, world.decided("1")),
    }
    for name, document in made.items():
        text = read_all(document)
        for word in ("tiers de temps", "Temps majoré", "18\u00a0mai", "4\u00a0mai"):
            assert word not in text, name


def test_a_reason_that_would_tell_of_an_arrangement_is_left_out(world: World) -> None:
    """« Aucun critère à prendre en compte » says that all were exempted."""
    settled = adopted(world)
    decided = _refused(
        settled_one(settled, "1"),
        Reason(code="nothing_left", item="C1.2", message="Compétence C1.2 : aucun critère."),
        Reason(code="competency_not_acquired", item="C1.1", message="Compétence C1.1 : refusée."),
    )
    blocks = notification_context(settled, decided)["blocs"]
    assert isinstance(blocks, list)
    assert blocks[0]["motif"] == "Compétence C1.1 : refusée."


def _refused(decided: CandidateDecision, *reasons: Reason) -> CandidateDecision:
    first: BlockDecision = dataclasses.replace(
        decided.blocks[0], outcome=BlockOutcome.NOT_VALIDATED, reasons=reasons
    )
    return dataclasses.replace(decided, blocks=(first, *decided.blocks[1:]))
