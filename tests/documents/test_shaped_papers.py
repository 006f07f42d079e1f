"""Papers of a référentiel of any shape: notes, épreuves, evidence, options, évaluateurs.

The marks are those of `shaped_world`. « Théorie » is (6 + 9·3)/(8 + 12·3) of its maxima, 15/20.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from report_world import (
    adopted,
    make_world,
    read_lines,
    read_rows,
    settled_documents,
    settled_one,
)
from shaped_world import decide_shaped, read_shaped, settle_shaped

from sheetgen.documents.contexts import filled_context, sitting_of, undeclared_ties
from sheetgen.documents.contexts.outcome_fields import assessments_context
from sheetgen.documents.contexts.settled_papers import minutes_context, notification_context
from sheetgen.model import (
    AssessmentOutcome,
    BlockCode,
    BlockOutcome,
    CandidateDecision,
    CertificationOutcome,
    CompetencyOutcome,
    DecidedBy,
    MentionOutcome,
    Ruling,
)
from sheetgen.rules import jury_of

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents import Settled
    from sheetgen.documents.school_templates import Templates
    from sheetgen.model import SessionDecisions


@pytest.fixture(scope="module")
def decisions(tmp_path_factory: pytest.TempPathFactory) -> SessionDecisions:
    """Return what is proposed for the shaped session."""
    return decide_shaped(*read_shaped(tmp_path_factory.mktemp("shaped")))


@pytest.fixture(scope="module")
def settled(decisions: SessionDecisions) -> Settled:
    """Every proposal adopted."""
    return settle_shaped(decisions)


def _one(settled: Settled) -> CandidateDecision:
    return settled_one(settled, "001")


def _awarded(settled: Settled) -> tuple[Settled, CandidateDecision]:
    """The jury gives Alix the certification, with a mention."""
    first, second = settled.decisions.candidates
    blocks = tuple(
        dataclasses.replace(item, outcome=BlockOutcome.VALIDATED) for item in first.blocks
    )
    given = dataclasses.replace(
        first, outcome=CertificationOutcome.AWARDED, blocks=blocks, mention="Bien"
    )
    decisions = dataclasses.replace(settled.decisions, candidates=(given, second))
    return dataclasses.replace(settled, decisions=decisions), given


def test_a_transcript_gives_notes_by_bloc_competency_and_epreuve(
    settled: Settled, templates: Templates
) -> None:
    """On 20 throughout; a competency by evidence has none, an absence neither."""
    assert templates.transcript is not None
    rows = read_rows(templates.transcript.render(settled, _one(settled)))
    start = rows.index(["Code", "Bloc, compétence", "Résultat", "Note"])
    assert rows[start + 1 : start + 9] == [
        ["BC01", "Préparer", "Validé", "14,75/20"],
        ["C1.1", "Observer", "Acquise", "15/20"],
        ["C1.2", "Décrire", "Acquise", "14,5/20"],
        [
            "C1.3",
            (
                "Secourir\nPièce : Secourisme, acceptée, obtenue le 1er\u00a0février\u00a02025, "
                "valable jusqu’au 15\u00a0juin\u00a02026"
            ),
            "Acquise",
            "—",
        ],
        ["BC02", "Conduire", "Non validé", "—"],
        ["C2.1", "Décider", "Non acquise", "—"],
        ["BC03", "S'exprimer (option)", "Validé", "14/20"],
        ["C3.1", "Parler", "Acquise", "14/20"],
    ]
    start = rows.index(["Épreuve", "Intitulé", "Blocs", "Résultat", "Seuil", "Note"])
    assert rows[start + 1 : start + 4] == [
        ["E1", "Théorie\nÉpreuve collective", "BC01", "Réussie", "12/20", "15/20"],
        [
            "E2",
            "Pratique\nOuverte par la réussite de : E1",
            "BC01, BC03",
            "Comptée dans la moyenne",
            "—",
            "14,25/20",
        ],
        ["E3", "Dossier\nAbsence justifiée, à représenter", "BC02", "Absente", "10/20", "—"],
    ]


def _refused(settled: Settled, reason: str) -> Settled:
    """The jury writes why BC02 is not validated, as it has to."""
    one = _one(settled).candidate
    own = settled.deliberation.rulings[one]
    block = BlockCode("BC02")
    blocks = {**own.blocks, block: dataclasses.replace(own.blocks[block], reason=reason)}
    rulings = {
        **settled.deliberation.rulings,
        one: dataclasses.replace(own, blocks=blocks),
    }
    deliberation = dataclasses.replace(settled.deliberation, rulings=rulings)
    return dataclasses.replace(settled, deliberation=deliberation)


def test_an_epreuve_missed_is_to_be_sat_again_unless_its_blocs_are_validated(
    settled: Settled, templates: Templates
) -> None:
    """The letter says so beside the épreuve, and after the reason that the jury wrote."""
    assert templates.notification is not None
    refused = _refused(settled, "Dossier non remis.")
    rows = read_rows(templates.notification.render(refused, _one(refused)))
    assert any(row[1] == "Dossier\nAbsence justifiée, à représenter" for row in rows)
    (reason,) = (row[1] for row in rows if row[0] == "Motif")
    assert reason.splitlines()[0] == (
        "Dossier non remis. Épreuve E3 : candidat absent, à représenter."
    )
    awarded = read_rows(templates.notification.render(*_awarded(settled)))
    assert any(row[1] == "Dossier\nAbsence justifiée" for row in awarded)
    assert "à représenter" not in str(awarded)


def test_a_transcript_of_levels_gives_percentages_and_no_epreuve(
    world: World, templates: Templates
) -> None:
    """A school that marks by levels has one all the same."""
    settled = adopted(world)
    assert templates.transcript is not None
    document = templates.transcript.render(settled, settled_one(settled, "2"))
    rows = read_rows(document)
    assert ["Code", "Bloc, compétence", "Résultat", "Score"] in rows
    assert ["BC02", "Bloc 2", "Validé", "100\u00a0%"] in rows
    assert "Relevé de résultats" in read_lines(document)
    assert not any(row[0] == "Épreuve" for row in rows)
    assert any("Blocs déjà acquis avant cette session : BC01" in x for x in read_lines(document))


def test_nobody_who_presents_nothing_gets_a_transcript(templates: Templates) -> None:
    """There is no mark to tell of."""
    made = settled_documents(templates, adopted(make_world({})))
    assert {name for name in made if name.startswith("transcript")} == {
        "transcript 1",
        "transcript 2",
    }


def test_what_marks_left_open_is_told_with_the_jurys_word(
    settled: Settled, templates: Templates
) -> None:
    """In the same words on every paper; a proposal stays as it is."""
    first, second = settled.decisions.candidates
    block = first.blocks[0]
    open_ = tuple(
        dataclasses.replace(item, outcome=CompetencyOutcome.TO_DELIBERATE)
        if item.code == "C1.2"
        else item
        for item in block.competencies
    )
    theory, practice, *others = first.assessments
    hesitant = dataclasses.replace(
        first,
        blocks=(dataclasses.replace(block, competencies=open_), *first.blocks[1:]),
        assessments=(
            dataclasses.replace(theory, outcome=AssessmentOutcome.TO_DELIBERATE),
            dataclasses.replace(practice, score=None),
            *others,
        ),
    )
    decisions = dataclasses.replace(settled.decisions, candidates=(hesitant, second))
    assert templates.report is not None
    proposal = read_rows(templates.report.render_filled(decisions, hesitant))
    assert ["C1.2", "Décrire", "À délibérer", "14,5/20"] in proposal
    made = settled_documents(templates, dataclasses.replace(settled, decisions=decisions))
    told = "À délibérer ; bloc validé"
    for name in ("report 001", "transcript 001"):
        assert ["C1.2", "Décrire", told, "14,5/20"] in read_rows(made[name]), name
    for name in ("report 001", "transcript 001", "notification 001"):
        found = [row[3] for row in read_rows(made[name]) if row[0] in ("E1", "E2")]
        assert found.count(told) >= 2, name
    assert not any("Théorie" in line for line in read_lines(made["certificate 001 BC01"]))
    rows = read_rows(made["minutes"])
    assert ["E1", "Épreuve : Théorie (collective)", f"{told}, 15/20"] in rows


def test_a_proposal_has_boxes_for_the_mention(
    decisions: SessionDecisions, templates: Templates
) -> None:
    """The proposal adopted, each mention, none; the blank report has them but the first."""
    assert templates.report is not None
    one = decisions.session.candidates[0]
    filled = templates.report.render_filled(decisions, next(iter(decisions.candidates)))
    blank = templates.report.render_blank(decisions.referential, decisions.session, one)
    boxes = [f" {label}" for label in ("Bien", "Très bien", "Aucune")]
    (row,) = [row for row in read_rows(filled) if row[0] == "Mention"]
    assert row == ["Mention", "Aucune", "\n".join([" Proposition adoptée", *boxes]), ""]
    (row,) = [row for row in read_rows(blank) if row[0] == "Mention"]
    assert row == ["Mention", "\n".join(boxes), ""]


def test_no_paper_with_notes_says_a_percentage(settled: Settled, templates: Templates) -> None:
    """Scores, thresholds, reasons of the rules: all on 20, a barème's marks on its own."""
    assert templates.report is not None
    made = settled_documents(templates, settled)
    for number in ("001", "002"):
        decision = settled_one(settled, number)
        made[f"proposal {number}"] = templates.report.render_filled(settled.decisions, decision)
    for name, document in made.items():
        assert not any("%" in line for line in read_lines(document)), name
    lines = read_lines(made["report 001"])
    assert (
        "Écart entre jurés : Élise Blanc « 6/8 » ; Farid Noir « 5/8 » ; Gaël Roux « 7/8 »" in lines
    )


def test_the_rules_reasons_are_told_in_notes(decisions: SessionDecisions) -> None:
    """A bloc below its mean of épreuves says so on 20: (2·15 + 14,25)/3 is 14,75, for 15 asked."""
    known = decisions.referential
    first, *others = known.blocks
    stricter = dataclasses.replace(first, threshold=Fraction(3, 4))
    harder = dataclasses.replace(known, blocks=(stricter, *others))
    block = next(iter(decide_shaped(harder, decisions.session).candidates)).blocks[0]
    assert [item.message for item in block.reasons] == [
        "Bloc BC01 : résultat de 14,75/20, pour un seuil de 15/20."
    ]


def test_a_report_shows_what_does_not_apply_and_groups(decisions: SessionDecisions) -> None:
    """« Le geste » is of the stage, for those who come by experience; « Fond » is a group."""
    one = next(iter(decisions.candidates))
    context: Any = filled_context(decisions, one)
    first, second, _ = context["blocs_presentes"]
    criteria = {
        item["code"]: item
        for block in (first, second)
        for competency in block["competences"]
        for item in competency["criteres"]
    }
    assert criteria["C2.1.2"]["etat"] == "Sans objet"
    assert [item["nature"] for item in criteria["C2.1.1"]["mentions"]] == ["Absent à l’épreuve"]
    assert criteria["C1.1.1"]["titre_groupe"] == "Fond"
    assert (criteria["C1.1.1"]["note"], criteria["C1.1.1"]["epreuve"]) == ("6/8", "E1")
    assert [item["code"] for item in second["modalites"]] == ["E3"]
    assert [item["code"] for item in first["epreuves"]] == ["E1", "E2"]
    third = first["competences"][2]
    assert third["par_piece"]
    assert third["pieces"][0]["etat"] == "acceptée"


def test_assessors_are_named_apart_and_sign_nothing(settled: Settled, templates: Templates) -> None:
    """J3 marks épreuves without sitting: not of the jury, not counted, no declaration asked."""
    sitting = sitting_of(settled.decisions)
    assert (sitting.members, sitting.assessors, sitting.others) == (("J1", "J2"), ("J3",), ())
    assert sitting.fewest == (2, 2)
    assert undeclared_ties(settled.decisions) == {}
    session = settled.decisions.session
    jury = jury_of(session, settled.decisions.session.candidates[0].id, BlockCode("BC01"))
    assert [item.code for item in jury] == ["J1", "J2"]
    assert templates.minutes is not None
    document = templates.minutes.render(settled)
    rows, lines = read_rows(document), read_lines(document)
    assert rows[rows.index(["Code", "Nom", "Qualité", "Organisme", "Extérieur"]) + 1][:2] == [
        "J3",
        "Gaël Roux",
    ]
    signing = rows[rows.index(["Signataire", "Signature"]) + 1 :]
    assert not any("Gaël Roux" in cell for row in signing for cell in row)
    assert "2 membres sur 2 extérieurs au certificateur." in lines


def test_a_mention_is_on_minutes_notification_and_parchment(
    settled: Settled, templates: Templates
) -> None:
    """Papers print the mention that the jury decided; without one nothing is said."""
    given, one = _awarded(settled)
    made = settled_documents(templates, given)
    assert "Résultat pour la certification : Délivrée, mention Bien" in read_lines(
        made["notification 001"]
    )
    assert "avec la mention Bien" in read_lines(made["diploma 001"])
    assert "Mention Bien" in read_lines(made["minutes"])
    assert "Certification : Délivrée, mention Bien" in read_lines(made["transcript 001"])
    plain = settled_documents(templates, settled)
    assert not any("ention" in x for x in read_lines(plain["notification 001"]))
    assert one.mention == "Bien"


def test_a_mention_that_the_jury_changed_is_told_with_its_reason(
    settled: Settled, templates: Templates
) -> None:
    """Among its own decisions in the minutes, and in the report on the candidate."""
    given, one = _awarded(settled)
    rulings = dict(given.deliberation.rulings)
    rulings[one.candidate] = dataclasses.replace(
        rulings[one.candidate],
        mention=Ruling(
            proposed=MentionOutcome(None),
            outcome=MentionOutcome("Bien"),
            decided_by=DecidedBy.JURY,
            reason="Une soutenance remarquable.",
        ),
    )
    ruled = dataclasses.replace(
        given, deliberation=dataclasses.replace(given.deliberation, rulings=rulings)
    )
    made = settled_documents(templates, ruled)
    row = ["Aucune", "Bien", "Une soutenance remarquable."]
    assert ["001 Alix Martin", "Mention", *row] in read_rows(made["minutes"])
    assert ["Mention", *row] in read_rows(made["report 001"])


def test_an_attestation_names_the_epreuves_of_its_bloc(
    settled: Settled, templates: Templates
) -> None:
    """With their note, and their outcome where something rests on that."""
    made = settled_documents(templates, settled)
    assert "Épreuves : Théorie, Réussie (15/20) ; Pratique (14,25/20)" in read_lines(
        made["certificate 001 BC01"]
    )


def test_papers_without_additions_say_nothing_of_them(world: World, templates: Templates) -> None:
    """No épreuve, piece, option, mention nor évaluateur: not a word, not a title."""
    for name, document in settled_documents(templates, adopted(world)).items():
        said = [line for line in read_lines(document) if not line.startswith("Échelle d’appréc")]
        if not name.startswith("transcript"):
            words = ("preuve", "Pièce", "option", "mention ", "valuateur", "/20", "collecti")
            assert not any(word in line for line in said for word in words), name


def test_options_not_chosen_are_not_left_to_acquire(settled: Settled) -> None:
    """Alix lacks BC02 alone; Benoît lacks BC01 and the option that the group asks."""
    one: Any = notification_context(settled, _one(settled))
    assert one["candidat"]["blocs_restants"] == "BC02"
    two: Any = notification_context(settled, settled_one(settled, "002"))
    assert two["candidat"]["blocs_restants"] == "BC01, 1 option parmi BC03"


def test_an_epreuve_names_the_blocs_that_the_candidate_presents(settled: Settled) -> None:
    """One that counts in two options was sat for the one that was chosen."""
    one, session = _one(settled), settled.decisions.session
    person = session.candidate[one.candidate]
    context: Any = notification_context(settled, one)
    two_blocs = next(item for item in context["epreuves"] if "," in item["blocs"])
    kept, _ = two_blocs["blocs"].split(", ")
    fewer = dataclasses.replace(person, presented=(BlockCode(kept),))
    others = [fewer if item is person else item for item in session.candidates]
    shown = assessments_context(
        settled.decisions.referential,
        dataclasses.replace(session, candidates=tuple(others)),
        one,
        settled=True,
    )
    assert {item["blocs"] for item in shown if item["code"] == two_blocs["code"]} == {kept}


def test_minutes_show_epreuves_with_outcome_and_note(
    settled: Settled, templates: Templates
) -> None:
    """In the annex, under the blocs of each candidate."""
    assert templates.minutes is not None
    rows = read_rows(templates.minutes.render(settled))
    assert ["BC01", "Préparer", "Validé, 14,75/20"] in rows
    assert ["E1", "Épreuve : Théorie (collective)", "Réussie, 15/20"] in rows
    assert ["E3", "Épreuve : Dossier", "Absente"] in rows
    context: Any = minutes_context(settled)
    assert context["epreuves_utilisees"]
    assert context["mentions_utilisees"]
