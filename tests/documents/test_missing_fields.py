"""Missing values are printed as a mark, and told: never empty in silence."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from report_world import adopted, read_lines

from sheetgen.documents.kinds import ReportTemplate
from sheetgen.documents.missing import MISSING_MARK, MissingFields, with_missing
from sheetgen.documents.template import read_word_template
from sheetgen.problems import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from report_world import World

    from sheetgen.documents.school_templates import Templates


def test_fields_without_a_value_are_told_once_for_all_candidates_alike(
    world: World, template: ReportTemplate
) -> None:
    """With the template, the candidates, and each field's name and meaning."""
    missing = MissingFields()
    one, two, _ = world.session.candidates
    anonymous = dataclasses.replace(two, birth_date=None)
    for person in (one, anonymous):
        template.render_blank(world.referential, world.session, person, missing)
    shared, own = missing.problems
    assert shared.code == own.code == "field-missing-in-document"
    assert shared.severity is Severity.WARNING
    assert shared.location.file == "rapport-jury.docx"
    assert shared.message == (
        "sans valeur pour les candidats 1 et 2 : certification.niveau_cec (niveau du cadre "
        "européen des certifications) ; certification.code_nsf (code NSF) ; "
        "certification.date_echeance (date d’échéance de l’enregistrement). "
        "« [à compléter] » est imprimé à la place."
    )
    assert own.message.startswith(
        "sans valeur pour le candidat 2 : candidat.date_naissance (date de naissance, ou"
    )


def test_many_candidates_are_counted_and_the_session_is_one(
    world: World, templates: Templates
) -> None:
    """A warning stays readable with three hundred candidates."""
    missing = MissingFields()
    fields = ReportTemplate.fields
    for number in range(1, 8):
        missing.note("rapport-jury.docx", fields, ["certification.code_nsf"], str(number))
    assert missing.problems[0].message.startswith(
        "sans valeur pour 7 candidats (1, 2, 3, 4, 5…) : certification.code_nsf (code NSF)."
    )
    assert templates.minutes is not None
    missing = MissingFields()
    templates.minutes.render(adopted(world), missing)
    assert missing.problems[0].message.startswith("sans valeur pour la session : ")


def test_what_a_document_does_not_print_is_not_missed(
    world: World, template: ReportTemplate
) -> None:
    """The outcome of a blank report, a signatory that no template names."""
    missing = MissingFields()
    template.render_blank(world.referential, world.session, world.session.candidates[0], missing)
    told = " ".join(problem.message for problem in missing.problems)
    assert "resultat" not in told
    assert "signataire" not in told


@pytest.mark.parametrize(
    ("expression", "field"),
    [
        ("{{ certification.code_nsf }}", "certification.code_nsf (code NSF)"),
        ("{{ 'NSF ' ~ certification.code_nsf }}", "une expression du modèle"),
        ("{{ certification.code_nsf|upper }}", "une expression du modèle"),
        ("{{ certification.code_nsf or '' }}", "une expression du modèle"),
    ],
)
def test_no_expression_hides_what_is_missing(
    tmp_path: Path, world: World, expression: str, field: str
) -> None:
    """Joined, changed or replaced by nothing: the mark is printed, highlighted, and told."""
    document = docx.Document()
    document.add_paragraph(expression)
    path = tmp_path / "modele.docx"
    document.save(str(path))
    template, _ = read_word_template(path, ReportTemplate)
    assert template is not None
    missing = MissingFields()
    made = template.render_blank(
        world.referential, world.session, world.session.candidates[0], missing
    )
    assert MISSING_MARK in read_lines(made)[0].lower()
    marked = docx.Document(io.BytesIO(made)).paragraphs[0].runs[-1]
    assert marked.font.highlight_color == 7
    assert [f"le candidat 1 : {field}." in item.message for item in missing.problems] == [True]


def test_a_template_may_test_for_what_is_missing(tmp_path: Path, world: World) -> None:
    """`{% if … %}` and `default` are how a school chooses to leave a line out."""
    document = docx.Document()
    document.add_paragraph(
        "{% if certification.code_nsf %}oui{% else %}non{% endif %} "
        "{{ certification.code_nsf|default('sans objet', true) }}"
    )
    path = tmp_path / "modele.docx"
    document.save(str(path))
    template, _ = read_word_template(path, ReportTemplate)
    assert template is not None
    missing = MissingFields()
    made = template.render_blank(
        world.referential, world.session, world.session.candidates[0], missing
    )
    assert read_lines(made)[0] == "non sans objet"
    assert missing.problems == []


def test_what_lacks_nothing_stays_the_context_s_own() -> None:
    """A group named twice is told by each of its names, and the context is left as it was."""
    whole = {"code": "BC01", "competences": [{"code": "C1"}]}
    lacking: dict[str, Any] = {"code": "BC02", "competences": [{"code": None}, {"code": "C3"}]}
    context: Any = {"blocs": [whole, lacking], "presentes": [lacking, whole], "titre": " "}
    noted: list[str] = []
    made: Any = with_missing(context, noted)
    assert made["blocs"][0] is made["presentes"][1] is whole
    assert made["blocs"][1]["competences"][1] is lacking["competences"][1]
    assert lacking["competences"][0] == {"code": None}
    marks = [
        made["titre"],
        made["blocs"][1]["competences"][0]["code"],
        made["presentes"][0]["competences"][0]["code"],
    ]
    assert marks == [MISSING_MARK] * 3
    paths = ["titre", "blocs.competences.code", "presentes.competences.code"]
    assert [mark.path for mark in marks] == paths
