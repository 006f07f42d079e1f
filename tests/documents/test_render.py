"""The documents made from the shipped template, read back."""

from __future__ import annotations

import dataclasses
import io
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from report_world import png, read_lines, read_margins, read_rows

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.kinds import ReportTemplate


def test_the_filled_report_holds_every_decision_with_its_reasons(
    world: World, template: ReportTemplate
) -> None:
    """Blocs, competencies, scores, remarks, divergence, exemption and reasons, each in its row."""
    rows = read_rows(template.render_filled(world.decisions, world.decided("1")))
    assert ["BC01", "Bloc 1", "Présenté", "Validé", "87,5\u00a0%"] in rows
    assert ["BC02", "Bloc 2", "Présenté", "Non validé", "12,5\u00a0%"] in rows
    assert ["C2.1", "Compétence C2.1", "Non acquise", "12,5\u00a0%"] in rows
    assert [
        "C1.1.2",
        (
            "Critère C1.1.2\nÉcart entre jurés : Prénom J1 Nom J1 « Acquis » ; "
            "Prénom J2 Nom J2 « Non acquis »\n"
            "Remarque (Prénom J2 Nom J2) : Les sources ne sont pas citées."
        ),
    ] in rows
    assert ["C1.1.3", "Critère C1.1.3\nExempté"] in rows
    assert ["Non validé", "12,5\u00a0%", "Compétence C2.1 : non acquise."] in rows
    assert ["J1 Prénom J1 Nom J1", "Avis de J1 sur 1", "—"] in rows


def test_the_filled_report_proposes_and_leaves_the_decision_to_the_jury(
    world: World, template: ReportTemplate
) -> None:
    """Each bloc and the certification has its proposal, boxes, and room for the reason."""
    document = template.render_filled(world.decisions, world.decided("1"))
    assert "Proposition pour la certification : Validation partielle" in read_lines(document)
    assert [row for row in read_rows(document) if len(row) == 4][-3:] == [
        ["BC01", "Validé", " Proposition adoptée\n Validé\n Non validé\n", ""],
        ["BC02", "Non validé", " Proposition adoptée\n Validé\n Non validé\n", ""],
        [
            "Certification",
            "Validation partielle",
            " Proposition adoptée\n Délivrée\n Validation partielle\n Non délivrée\n",
            "",
        ],
    ]


def test_both_reports_say_who_what_when_and_before_whom(
    world: World, template: ReportTemplate
) -> None:
    """Certification, session, candidate and jury, names and dates in full."""
    candidate = world.session.candidates[0]
    for document in (
        template.render_blank(world.referential, world.session, candidate),
        template.render_filled(world.decisions, world.decided("1")),
    ):
        rows = read_rows(document)
        assert ["Intitulé", "Certification d’essai"] in rows
        assert ["Code RNCP", "RNCP00000", "Code NSF", "[à compléter]"] in rows
        assert ["Date", "15\u00a0juin\u00a02026", "Heure", "9\u00a0h\u00a030"] in rows
        assert ["Nom", "Nom 1", "Prénom", "Prénom 1"] in rows
        assert ["Date de naissance", "14\u00a0mars\u00a01998"] in rows
        assert [
            "J1",
            "Prénom J1 Nom J1\nPrésidence du jury",
            "Directrice",
            "Société Mirage",
            "Oui",
            "BC01, BC02",
        ] in rows
        assert ["Prénom J2 Nom J2\nFormateur, École\nInterne au certificateur", ""] in rows
        lines = read_lines(document)
        assert "Certificateur : École imaginaire" in lines
        assert "Article L6113-1 du code du travail" in lines
        assert "Recours gracieux sous deux mois" in lines
        assert "Tout candidat peut saisir le référent handicap." in lines


def test_the_blank_report_has_boxes_and_no_result(world: World, template: ReportTemplate) -> None:
    """Three boxes a competency, three a bloc, two and three for the decisions, and a list each."""
    document = template.render_blank(world.referential, world.session, world.session.candidates[0])
    boxes = [
        item.get(qn("w:val"))
        for item in docx.Document(io.BytesIO(document)).element.body.iter(qn("w:alias"))
    ]
    competency = ["Acquise", "Non acquise", "À délibérer"]
    block = ["Validé", "Non validé", "À délibérer"]
    assert boxes == [
        *competency * 2,
        *block,
        *competency,
        *block,
        *["Validé", "Non validé", "Décision du jury"] * 2,
        *["Délivrée", "Validation partielle", "Non délivrée", "Décision du jury"],
    ]
    rows = read_rows(document)
    assert ["C2.1", "Compétence C2.1", "", "", ""] in rows
    assert ["C1.1.3", "Critère C1.1.3\nExempté"] in rows
    assert ["BC02", "Bloc 2", "Présenté", "J1, J2"] in rows
    assert not any("proposé" in text for row in rows for text in row)


def test_a_bloc_only_candidate_reads_what_changes_for_them(
    world: World, template: ReportTemplate
) -> None:
    """The method's variant, which refers to the method, stands below it; a held bloc is named."""
    one, two, _ = world.session.candidates
    lines = read_lines(template.render_blank(world.referential, world.session, two))
    assert "Capitalisation de bloc : Modalité de C2.1, pour le bloc seul" in lines
    assert "Modalité de C2.1" in lines
    full = read_lines(template.render_blank(world.referential, world.session, one))
    assert not any("Capitalisation de bloc" in text for text in full)
    rows = read_rows(template.render_filled(world.decisions, world.decided("2")))
    assert ["BC01", "Bloc 1", "Déjà acquis", "Déjà acquis", "—"] in rows
    assert ["C1.1", "Mise en situation\nModalité de C1.1"] not in rows


def test_a_candidate_who_did_not_come_gets_their_status_for_an_outcome(
    world: World, template: ReportTemplate
) -> None:
    """No bloc is detailed and there is nothing to tick."""
    document = template.render_filled(world.decisions, world.decided("3"))
    lines = read_lines(document)
    assert (
        "Résultat : Excusé. Le candidat ne s’est pas présenté (statut : Excusé), aucun bloc n’a "
        "été évalué."
    ) in lines
    assert ["BC01", "Bloc 1", "Non présenté", "Non présenté", "—"] in read_rows(document)
    assert "Compétences" not in lines
    assert not list(docx.Document(io.BytesIO(document)).element.body.iter(qn("w:sdt")))


def test_provisional_is_written_large_on_every_page(
    world: World, unfinished: World, template: ReportTemplate
) -> None:
    """In the header, while any mark of the session is missing, and then no more."""
    before = template.render_filled(unfinished.decisions, unfinished.decided("1"))
    after = template.render_filled(world.decisions, world.decided("1"))
    assert read_margins(before)[0] == ["Rapport du jury – Certification d’essai", "PROVISOIRE"]
    assert read_margins(after)[0] == ["Rapport du jury – Certification d’essai"]
    assert any("Grilles manquantes pour ce candidat : aucune." in x for x in read_lines(before))


def test_the_footer_names_candidate_session_and_page(
    world: World, template: ReportTemplate
) -> None:
    """Page numbers are fields, so that Word counts the pages."""
    document = template.render_filled(world.decisions, world.decided("1"))
    assert read_margins(document)[1] == ["Candidat n° 1 — Session S1\tpage  sur "]
    footer = docx.Document(io.BytesIO(document)).sections[0].footer.part
    fields = [item.get(qn("w:instr")) for item in footer.element.iter(qn("w:fldSimple"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_an_anonymous_report_names_no_candidate_anywhere(
    world: World, template: ReportTemplate
) -> None:
    """Neither in the text, nor the margins, nor the document's properties."""
    session = dataclasses.replace(world.session, anonymous=True)
    document = template.render_blank(world.referential, session, session.candidates[0])
    opened = docx.Document(io.BytesIO(document))
    header, footer = read_margins(document)
    text = "\n".join([*read_lines(document), *header, *footer])
    assert "Candidat n°\u00a01" in text
    assert "Nom 1" not in text
    assert "Nom 1" not in opened.core_properties.title


def test_what_is_missing_prints_a_highlighted_mark(world: World, template: ReportTemplate) -> None:
    """An absent NSF code, a juror without organisation: seen at once, never empty."""
    jurors = tuple(dataclasses.replace(item, organisation=None) for item in world.session.jurors)
    session = dataclasses.replace(world.session, jurors=jurors)
    document = template.render_blank(world.referential, session, session.candidates[0])
    opened = docx.Document(io.BytesIO(document))
    marked = [
        run
        for table in opened.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if "[à compléter]" in run.text
    ]
    assert [run.text for run in marked].count("[à compléter]") == len(marked)
    assert {run.font.highlight_color for run in marked} == {7}
    assert "Directrice, [à compléter]" in read_lines(document)


def test_the_document_is_the_same_at_every_run(world: World, template: ReportTemplate) -> None:
    """Also from a template that went to another process, and from several threads at once."""
    sent = pickle.loads(pickle.dumps(template))  # noqa: S301 - pickled on this very line
    first = template.render_filled(world.decisions, world.decided("1"))
    assert sent.render_filled(world.decisions, world.decided("1")) == first
    with ThreadPoolExecutor(4) as pool:
        others = pool.map(
            lambda _: template.render_filled(world.decisions, world.decided("1")), range(8)
        )
        assert set(others) == {first}


def test_a_process_compiles_a_template_once_however_often_it_is_sent(
    template: ReportTemplate,
) -> None:
    """Each share of the work brings it again; another template of the same name is another."""
    first, second = (pickle.loads(pickle.dumps(template)) for _ in range(2))  # noqa: S301 - as above
    changed = dataclasses.replace(template, logo=png(72, 36))
    assert first is second
    assert pickle.loads(pickle.dumps(changed)) == changed != first  # noqa: S301 - as above


def test_the_properties_tell_what_the_document_is(world: World, template: ReportTemplate) -> None:
    """Title, language and author for whoever archives it; the date is the session's."""
    document = template.render_filled(world.decisions, world.decided("1"))
    properties = docx.Document(io.BytesIO(document)).core_properties
    assert properties.title == ("Rapport du jury – candidat n°\u00a01, Prénom 1 Nom 1 – session S1")
    assert properties.language == "fr-FR"
    assert properties.author == "École imaginaire"
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 6, 15)  # noqa: DTZ001


def test_a_session_without_date_still_gives_stable_documents(
    world: World, template: ReportTemplate
) -> None:
    """No clock is read: the first day of the format stands in."""
    session = dataclasses.replace(world.session, date=None)
    document = template.render_blank(world.referential, session, session.candidates[0])
    created = docx.Document(io.BytesIO(document)).core_properties.created
    assert created is not None
    assert created.year == 1980
    assert ["Date", "[à compléter]", "Heure", "9\u00a0h\u00a030"] in read_rows(document)
