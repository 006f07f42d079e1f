"""The fields that fill a template: all of those declared, and what they say."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from report_world import adopted, make_world, overridden, settled_one
from shaped_world import decide_shaped, read_shaped, settle_shaped

from sheetgen.documents import fields
from sheetgen.documents.contexts.attendance import attendance_context, instructions_context
from sheetgen.documents.contexts.convocation import convocation_context, convoked
from sheetgen.documents.contexts.explanation import ToldDecision, explanation_context
from sheetgen.documents.contexts.identities import session_context
from sheetgen.documents.contexts.report import blank_context, filled_context, final_context
from sheetgen.documents.contexts.settled_papers import (
    block_certificate_context,
    diploma_context,
    minutes_context,
    notification_context,
)
from sheetgen.documents.contexts.transcript import transcript_context
from sheetgen.documents.fields import REPORT, Flag, Group, Items, Picture, Shape, Text
from sheetgen.model import BlockCode, CertificationOutcome, Merge, Rules
from sheetgen.rules import Explanation, Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from report_world import World

    from sheetgen.documents.settled import Settled


def _misfits(value: object, shape: Shape, path: str = "") -> list[str]:
    """Return where a value is not as declared: fields missing, unknown, or of another kind."""
    if isinstance(shape, Group):
        if not isinstance(value, dict):
            return [path]
        names = [f"{path}.{name}" for name in value.keys() ^ shape.fields.keys()]
        return names + [
            misfit
            for name, field in shape.fields.items()
            if name in value
            for misfit in _misfits(value[name], field, f"{path}.{name}")
        ]
    if isinstance(shape, Items):
        items = value if isinstance(value, list) else [None]
        return [misfit for item in items for misfit in _misfits(item, shape.item, f"{path}[]")]
    if isinstance(shape, Picture):
        return [] if value is None else [path]
    kinds = (str, type(None)) if isinstance(shape, Text) else bool
    return [] if isinstance(value, kinds) else [path]


@pytest.mark.parametrize("candidate", ["1", "2", "3"])
def test_every_declared_field_has_a_value_and_no_other_has(world: World, candidate: str) -> None:
    """The declaration and the context cannot drift apart, blank or filled."""
    person = next(item for item in world.session.candidates if item.id == candidate)
    blank = blank_context(world.referential, world.session, person)
    filled = filled_context(world.decisions, world.decided(candidate))
    assert _misfits(blank, REPORT) == []
    assert _misfits(filled, REPORT) == []


@pytest.mark.parametrize("settle", [None, adopted])
def test_every_field_of_an_explanation_has_a_value(
    world: World, settle: Callable[[World], Settled] | None
) -> None:
    """Of a proposal, and of what the jury decided."""
    step = Step(text="Bloc BC01 : Validé.")
    told = ToldDecision(
        referential=world.referential,
        session=world.session,
        candidate=world.session.candidates[0],
        explanations=(
            Explanation(
                kind="block",
                code="BC01",
                name="Bloc BC01",
                title="Préparer",
                outcome="Validé",
                steps=(step, step),
            ),
        ),
        closing=None if settle is None else settle(world).deliberation.closing,
    )
    assert _misfits(explanation_context(told), fields.EXPLANATION) == []


@pytest.mark.parametrize("settle", [adopted, overridden])
def test_the_last_documents_have_just_their_fields(
    world: World, settle: Callable[[World], Settled]
) -> None:
    """Minutes, notifications, reports and certificates, whatever was decided."""
    settled = settle(world)
    assert _misfits(minutes_context(settled), fields.MINUTES) == []
    for decision in settled.decisions.candidates:
        assert _misfits(final_context(settled, decision), REPORT) == []
        assert _misfits(notification_context(settled, decision), fields.NOTIFICATION) == []
        assert _misfits(transcript_context(settled, decision), fields.TRANSCRIPT) == []
    two = settled_one(settled, "2")
    bloc = block_certificate_context(settled, two, BlockCode("BC02"))
    assert _misfits(bloc, fields.BLOCK_CERTIFICATE) == []
    assert _misfits(diploma_context(settled, two), fields.DIPLOMA) == []
    sheet = attendance_context(world.referential, world.session)
    assert _misfits(sheet, fields.ATTENDANCE) == []
    for person in convoked(world.session):
        called = convocation_context(world.referential, world.session, person)
        assert _misfits(called, fields.CONVOCATION) == []
    page = instructions_context(world.referential, world.session)
    assert _misfits(page, fields.INSTRUCTIONS) == []


def test_a_referential_of_any_shape_has_just_these_fields_too(tmp_path: Path) -> None:
    """With épreuves, evidence, options, mentions and an évaluateur, blank to final."""
    known, session = read_shaped(tmp_path)
    decisions = decide_shaped(known, session)
    settled = settle_shaped(decisions)
    assert _misfits(minutes_context(settled), fields.MINUTES) == []
    for person, decision in zip(session.candidates, decisions.candidates, strict=True):
        assert _misfits(blank_context(known, session, person), REPORT) == []
        assert _misfits(filled_context(decisions, decision), REPORT) == []
        assert _misfits(final_context(settled, decision), REPORT) == []
        assert _misfits(notification_context(settled, decision), fields.NOTIFICATION) == []
        assert _misfits(transcript_context(settled, decision), fields.TRANSCRIPT) == []
    one = settled_one(settled, "001")
    bloc = block_certificate_context(settled, one, BlockCode("BC01"))
    assert _misfits(bloc, fields.BLOCK_CERTIFICATE) == []
    awarded = dataclasses.replace(one, outcome=CertificationOutcome.AWARDED, mention="Bien")
    assert _misfits(diploma_context(settled, awarded), fields.DIPLOMA) == []
    assert _misfits(attendance_context(known, session), fields.ATTENDANCE) == []


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("1 rue de la Fiction, 00000 Villeimaginaire", "Villeimaginaire"),
        ("1 rue des 10000 pas\n75011 Paris 11, France", "Paris 11"),
        ("Campus numérique", "Campus numérique"),
        (None, None),
    ],
)
def test_the_place_of_signature_is_the_town_of_the_address(
    world: World, address: str | None, town: str | None
) -> None:
    """What follows the last postcode; the address itself where it has none."""
    session = dataclasses.replace(world.session, address=address)
    assert session_context(session)["lieu"] == town


@pytest.mark.parametrize(
    "document",
    [
        fields.ATTENDANCE,
        fields.BLOCK_CERTIFICATE,
        fields.DIPLOMA,
        fields.EXPLANATION,
        fields.INSTRUCTIONS,
        fields.MINUTES,
        fields.NOTIFICATION,
        fields.REPORT,
        fields.TRANSCRIPT,
    ],
)
def test_every_field_has_a_meaning(document: Group) -> None:
    """The documentation of fields is generated from these."""

    def meanings(shape: Shape) -> list[str]:
        inner: list[Shape] = []
        if isinstance(shape, Group):
            inner = list(shape.fields.values())
        elif isinstance(shape, Items):
            inner = [shape.item]
        return [shape.meaning, *(text for below in inner for text in meanings(below))]

    assert all(meanings(document))


def _competency(context: Any, code: str) -> Any:
    blocks = context["blocs_presentes"]
    return next(item for block in blocks for item in block["competences"] if item["code"] == code)


def test_a_competency_says_what_stands_out_criterion_by_criterion(world: World) -> None:
    """Divergence with both marks, the remark with its juror; an exempted criterion says no more."""
    competency = _competency(filled_context(world.decisions, world.decided("1")), "C1.1")
    assert competency["resultat"] == "Acquise"
    assert competency["score"] == "75\u00a0%"
    assert {item["code"]: item["mentions"] for item in competency["criteres"]} == {
        "C1.1.1": [],
        "C1.1.2": [
            {
                "nature": "Écart entre jurés",
                "texte": "Prénom J1 Nom J1 « Acquis » ; Prénom J2 Nom J2 « Non acquis »",
            },
            {"nature": "Remarque (Prénom J2 Nom J2)", "texte": "Les sources ne sont pas citées."},
        ],
        "C1.1.3": [{"nature": "Exempté", "texte": None}],
    }


def test_marks_on_an_exempted_criterion_are_left_out(world: World) -> None:
    """A juror who marked it all the same is not quoted."""
    competency = _competency(filled_context(world.decisions, world.decided("1")), "C1.1")
    assert [item["appreciations"] for item in competency["criteres"]][2] == []


def test_a_missing_mark_names_the_juror_who_owes_it(unfinished: World) -> None:
    """The report on an incomplete candidate says whose grid is awaited."""
    context: Any = filled_context(unfinished.decisions, unfinished.decided("2"))
    criterion = _competency(context, "C2.1")["criteres"][0]
    assert criterion["mentions"] == [
        {"nature": "Appréciation manquante", "texte": "Prénom J2 Nom J2"}
    ]
    assert context["rapport"]["provisoire"] is True
    assert context["rapport"]["grilles_manquantes"] == "J2"


def test_a_criterion_nobody_observed_says_so() -> None:
    """« Non observé » is no failure and no blank."""
    world = make_world({("2", "J1"): ". . . . . 2 -", ("2", "J2"): ". . . . . 2 -"})
    competency = _competency(filled_context(world.decisions, world.decided("2")), "C2.1")
    assert competency["resultat"] == "Acquise"
    assert competency["score"] == "—"
    assert competency["criteres"][1]["mentions"] == [{"nature": "Non observé", "texte": None}]


def test_a_criterion_the_jurors_leave_undecided_shows_their_marks() -> None:
    """Under a majority that ties, the jury must see who said what."""
    rules = Rules(merge=Merge.MAJORITY)
    world = make_world({("2", "J1"): ". . . . . 2 2", ("2", "J2"): ". . . . . 2 1"}, rules)
    criterion = _competency(filled_context(world.decisions, world.decided("2")), "C2.1")[
        "criteres"
    ][1]
    assert criterion["mentions"] == [
        {
            "nature": "À délibérer",
            "texte": "Prénom J1 Nom J1 « Acquis » ; Prénom J2 Nom J2 « Partiellement acquis »",
        }
    ]


def test_an_anonymous_session_names_no_candidate(world: World) -> None:
    """Only the number is left, in the title too; jurors keep their names."""
    session = dataclasses.replace(world.session, anonymous=True)
    context: Any = blank_context(world.referential, session, session.candidates[0])
    assert context["candidat"]["identite"] == "Candidat n°\u00a01"
    assert context["candidat"]["date_naissance"] == "Anonyme"
    assert context["rapport"]["titre"] == "Rapport du jury – candidat n°\u00a01 – session S1"
    assert "Nom 1" not in str(context)
    assert context["jury"]["president"] == "Prénom J1 Nom J1"


def test_the_jury_is_who_marks_the_candidate_and_the_president(world: World) -> None:
    """A president who does not mark the candidate signs all the same."""
    kept = tuple(item for item in world.session.assignments if item.juror != "J1")
    session = dataclasses.replace(world.session, assignments=kept)
    context: Any = blank_context(world.referential, session, session.candidates[0])
    assert [(item["code"], item["blocs"]) for item in context["jury"]["membres"]] == [
        ("J1", "—"),
        ("J2", "BC01, BC02"),
    ]
    assert context["jury"]["composition"] == "1 membre sur 2 extérieur au certificateur"


def test_the_whole_jury_answers_for_a_candidate_who_did_not_come(world: World) -> None:
    """Nobody marks them, so no assignment tells who sits."""
    context: Any = filled_context(world.decisions, world.decided("3"))
    assert [item["code"] for item in context["jury"]["membres"]] == ["J1", "J2"]
    assert context["candidat"]["resultat"] == "Excusé"


def test_methods_are_listed_once_with_the_competencies_they_assess(world: World) -> None:
    """Two competencies assessed alike share a line."""
    first, second, third = world.referential.competencies
    shared = dataclasses.replace(
        world.referential,
        competencies=(first, dataclasses.replace(second, methods=first.methods), third),
    )
    context: Any = blank_context(shared, world.session, world.session.candidates[0])
    methods = context["blocs_presentes"][0]["modalites"]
    assert [(item["code"], item["competences"]) for item in methods] == [("M1.1", "C1.1, C1.2")]


@pytest.mark.parametrize("title", ["Dossier", "DOSSIER", "dôssier ", "Dos sier"])
def test_a_method_whose_type_is_its_title_is_told_once(world: World, title: str) -> None:
    """Templates print the title beside the type where they differ: case and accents do not."""
    known = world.referential
    methods = tuple(dataclasses.replace(x, kind="Dossier", title=title) for x in known.methods)
    named = dataclasses.replace(known, methods=methods)
    context: Any = blank_context(named, world.session, world.session.candidates[0])
    told = context["blocs_presentes"][0]["modalites"][0]
    assert told["intitule"] == told["type"] == title


def test_a_flag_is_never_a_text() -> None:
    """« Non » would be true in `{% if … %}`: what may be tested is declared as a flag."""
    member = REPORT.fields["jury"]
    assert isinstance(member, Group)
    members = member.fields["membres"]
    assert isinstance(members, Items)
    assert isinstance(members.item.fields["est_externe"], Flag)
    assert isinstance(members.item.fields["externe"], Text)
