"""The procès-verbal, read back: everything that such a record must hold."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from report_world import adopted, overridden, read_lines, read_margins, read_rows, without_reasons

from sheetgen.documents.contexts.settled_papers import minutes_context

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.school_templates import Templates
    from sheetgen.documents.settled import Settled


def _minutes(templates: Templates, settled: Settled) -> bytes:
    assert templates.minutes is not None
    return templates.minutes.render(settled)


def test_the_minutes_say_which_certification_when_and_where(
    world: World, templates: Templates
) -> None:
    """Number, RNCP code, date and time, full address, ways of access, closing."""
    document = _minutes(templates, adopted(world))
    assert "N° PV-7" in read_lines(document)
    rows = read_rows(document)
    for expected in (
        ["Intitulé", "Certification d’essai"],
        ["Certificateur", "École imaginaire"],
        ["Code RNCP", "RNCP00000", "Code NSF", "[à compléter]"],
        ["Session", "S1", "Intitulé", "Session d’essai"],
        ["Date", "15\u00a0juin\u00a02026", "Heure", "9\u00a0h\u00a030"],
        ["Centre", "Centre de Villeimaginaire", "Adresse", "1 rue de la Fiction"],
        ["Voies d’accès", "VAE", "Représentant du certificateur", "Aurore Chimère"],
        [
            "Clôture de la délibération",
            "24\u00a0juin\u00a02026",
            "Heure de clôture",
            "17\u00a0h\u00a030",
        ],
    ):
        assert expected in rows
    assert read_margins(document)[1] == ["Procès-verbal n° PV-7 — Session S1\tpage  sur "]


def test_the_minutes_name_the_jury_and_have_it_sign(world: World, templates: Templates) -> None:
    """Quality, employer, external or not; the composition; no tie; a box for each signature."""
    document = _minutes(templates, adopted(world))
    rows, lines = read_rows(document), read_lines(document)
    assert [
        "J1",
        "Prénom J1 Nom J1\nPrésidence du jury",
        "Directrice",
        "Société Mirage",
        "Oui",
    ] in rows
    assert ["J2", "Prénom J2 Nom J2", "Formateur", "École", "Non"] in rows
    assert "1 membre sur 2 extérieur au certificateur." in lines
    assert (
        "Les membres du jury déclarent n’avoir formé aucun des candidats qu’ils ont évalués et "
        "n’avoir aucun lien avec eux."
    ) in lines
    assert rows[rows.index(["Signataire", "Signature"]) + 1 :][:3] == [
        ["Prénom J1 Nom J1 — présidence du jury\nDirectrice, Société Mirage", ""],
        ["Prénom J2 Nom J2\nFormateur, École", ""],
        ["Aurore Chimère\nReprésentant du certificateur", ""],
    ]
    assert (
        "Fait à 1 rue de la Fiction, le 24\u00a0juin\u00a02026. Annexes : 1. Liste des décisions "
        "par bloc ; 2. Feuille d’émargement de la session S1."
    ) in lines


def test_the_minutes_count_and_name_every_candidate(world: World, templates: Templates) -> None:
    """Full and partial, bloc-only, excused: each with blocs and outcome, by number and name."""
    rows = read_rows(_minutes(templates, adopted(world)))
    assert rows[rows.index([*_COUNTED]) + 1] == ["3", "2", "1", "1", "1", "0"]
    born = "né(e) le 14\u00a0mars\u00a01998"
    start = rows.index(["N°", "Candidat", "Parcours", "Blocs", "Certification"])
    assert rows[start + 1 : start + 4] == [
        [
            "1",
            f"Nom 1 Prénom 1\n{born}",
            "Certification complète\nVAE",
            "Validés : BC01\nNon validés : BC02\nDéjà acquis : —",
            "Validation partielle",
        ],
        [
            "2",
            f"Nom 2 Prénom 2\n{born}",
            "Capitalisation de blocs\nVAE",
            "Validés : BC02\nNon validés : —\nDéjà acquis : BC01",
            "Délivrée",
        ],
        [
            "3",
            f"Nom 3 Prénom 3\n{born}",
            "Certification complète\nVAE",
            "Déjà acquis : —",
            "Excusé\nStatut : Excusé",
        ],
    ]


_COUNTED = (
    "Inscrits",
    "Présents",
    "Non présents",
    "Certification délivrée",
    "Validation partielle",
    "Non délivrée",
)


def test_the_annex_lists_the_decision_on_each_bloc_with_its_reason(
    world: World, templates: Templates
) -> None:
    """Blocs are named in full; an absent candidate has none."""
    rows = read_rows(_minutes(templates, adopted(world)))
    assert rows[rows.index(["Bloc", "Intitulé", "Décision"]) + 1 :] == [
        ["1 – Nom 1 Prénom 1 – certification : Validation partielle"],
        ["BC01", "Bloc 1", "Validé"],
        ["BC02", "Bloc 2", "Non validé"],
        ["Motif", "Négociation non aboutie."],
        ["2 – Nom 2 Prénom 2 – certification : Délivrée"],
        ["BC01", "Bloc 1", "Déjà acquis"],
        ["BC02", "Bloc 2", "Validé"],
        ["3 – Nom 3 Prénom 3 – certification : Excusé"],
        ["Aucun bloc présenté ni déjà acquis."],
    ]


def test_a_decision_against_the_proposal_stands_there_with_its_reason(
    world: World, templates: Templates
) -> None:
    """The jury is sovereign; the record says so, and what it was proposed."""
    document = _minutes(templates, overridden(world))
    assert [
        "1 Prénom 1 Nom 1",
        "BC02",
        "Non validé",
        "Validé",
        "L’entretien a convaincu le jury.",
    ] in read_rows(document)
    plain = read_lines(_minutes(templates, adopted(world)))
    assert "Néant : le jury adopte toutes les propositions." in plain


def test_incidents_and_observations_are_said_or_there_are_none(
    world: World, templates: Templates
) -> None:
    """« Néant » is written out where the jury left the cell blank."""
    lines = read_lines(_minutes(templates, adopted(world)))
    assert lines[lines.index("Incidents") + 1] == "Néant"
    assert lines[lines.index("Observations") + 1] == "De bons dossiers."
    lines = read_lines(_minutes(templates, overridden(world)))
    assert lines[lines.index("Incidents") + 1] == "Alarme à 10 h, sans suite."


def test_the_minutes_say_nothing_of_arrangements_nor_of_marks(
    world: World, templates: Templates
) -> None:
    """Neither that a criterion was exempted, nor what a juror wrote, can even be named."""
    text = "\n".join(read_lines(_minutes(templates, adopted(world))))
    assert "Exempt" not in text
    assert "C1.1.3" not in text
    assert "handicap" not in text
    assert "Les sources ne sont pas citées." not in text
    assert "Avis de J1" not in text


def test_a_refusal_without_a_word_of_the_jury_keeps_the_reasons_of_the_rules(world: World) -> None:
    """Never an unfavourable decision without its reason."""
    settled = adopted(world)
    silent = without_reasons(settled)
    candidates = minutes_context(silent)["candidats"]
    assert isinstance(candidates, list)
    blocks = candidates[0]["blocs"]
    assert isinstance(blocks, list)
    assert [block["motif"] for block in blocks] == ["—", "Compétence C2.1 : non acquise."]


def test_people_are_named_even_when_they_were_marked_without_their_names(
    world: World, templates: Templates
) -> None:
    """A record of decisions on numbers would be of no use; anonymity ends with the marking."""
    settled = adopted(world)
    session = dataclasses.replace(world.session, anonymous=True)
    decisions = dataclasses.replace(settled.decisions, session=session)
    document = _minutes(templates, dataclasses.replace(settled, decisions=decisions))
    assert any(
        row[1:2] == ["Nom 1 Prénom 1\nné(e) le 14\u00a0mars\u00a01998"]
        for row in read_rows(document)
    )


def test_the_minutes_say_whose_grids_were_typed_from_paper(
    world: World, templates: Templates
) -> None:
    """Juror, candidates and who typed them, in one line; nothing where nobody did."""
    settled = adopted(world)
    assert "sur papier" not in " ".join(read_lines(_minutes(templates, settled)))
    decisions = settled.decisions
    typed = tuple(
        dataclasses.replace(item, typed_by="Claire Greffière") if item.juror == "J2" else item
        for item in decisions.returns
    )
    told = dataclasses.replace(settled, decisions=dataclasses.replace(decisions, returns=typed))
    people = ", ".join(str(item.candidate) for item in typed if item.typed_by and item.counts)
    assert people
    assert (
        f"Grilles remplies sur papier par Prénom J2 Nom J2 (candidats n° {people}), saisies par "
        "Claire Greffière."
    ) in read_lines(_minutes(templates, told))
    first = next(item for item in typed if item.typed_by and item.counts)
    told = dataclasses.replace(settled, decisions=dataclasses.replace(decisions, returns=(first,)))
    assert (
        f"Grilles remplies sur papier par Prénom J2 Nom J2 (candidat n° {first.candidate}), "
        "saisies par Claire Greffière."
    ) in read_lines(_minutes(templates, told))
