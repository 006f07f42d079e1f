"""Templates with planted faults: each is told, with its place, before any document is made."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from report_world import adopted

from sheetgen.documents.kinds import RenderError, ReportTemplate
from sheetgen.documents.school_templates import Templates, read_templates
from sheetgen.documents.template import read_word_template
from sheetgen.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from report_world import World


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[ReportTemplate | None, list[Problem]]]:
    """Reads a template with these paragraphs and, in a table, this row."""

    def make(*paragraphs: str, header: str = "", row: tuple[str, ...] = ()) -> Path:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        document.sections[0].header.paragraphs[0].text = header
        if row:
            table = document.add_table(rows=1, cols=len(row))
            for cell, text in zip(table.rows[0].cells, row, strict=True):
                cell.text = text
        path = tmp_path / "modele.docx"
        document.save(str(path))
        return path

    return lambda *paragraphs, **more: read_word_template(make(*paragraphs, **more), ReportTemplate)


def test_a_template_that_was_edited_is_read_anew(read: Callable[..., object]) -> None:
    """A process keeps what it compiled of a file, and looks at the file all the same."""
    assert read("Nom : {{ candidat.nomm }}") != read("Nom : {{ candidat.nom }}")
    assert read("Nom : {{ candidat.nomm }}") == read("Nom : {{ candidat.nomm }}")


def _only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1
    assert problems[0].severity is Severity.ERROR
    assert problems[0].location.file == "modele.docx"
    return problems[0]


@pytest.mark.parametrize(
    ("text", "field", "hint"),
    [
        ("Nom : {{ candidat.nomm }}", "candidat.nomm", "Écrire « candidat.nom »."),
        ("{{ candidta.nom }}", "candidta", "Écrire « candidat »."),
        (
            "{% for bloc in blocs %}{{ bloc.intitulle }}{% endfor %}",
            "bloc.intitulle",
            "Écrire « bloc.intitule ».",
        ),
        (
            (
                "{% for b in blocs|selectattr('presente') %}{% for c in b.competences %}"
                "{{ c['scor'] }}{% endfor %}{% endfor %}"
            ),
            "c.scor",
            "Écrire « c.score ».",
        ),
        ("{% set x = jury %}{{ x.presidente }}", "x.presidente", "Écrire « x.president »."),
        ("{{ (blocs|first).codes }}", "(…).codes", "Écrire « (…).code »."),
        ("{{ blocs[0].codes }}", "blocs[0].codes", "Écrire « blocs[0].code »."),
        (
            "{% set n = 1 %}{{ blocs[n].motifs[0].textes }}",
            "blocs[…].motifs[0].textes",
            "Écrire « blocs[…].motifs[0].texte ».",
        ),
        ("{% if sesion.anonyme %}x{% endif %}", "sesion", "Écrire « session »."),
        (
            "{% for b in blocs if b.presentee %}x{% endfor %}",
            "b.presentee",
            "Écrire « b.presente ».",
        ),
        (
            "{{ jury.zzz }}",
            "jury.zzz",
            (
                "Choisir « jury.nom », « jury.president », « jury.membres », "
                "« jury.evaluateurs » ou « jury.composition »."
            ),
        ),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
    text: str,
    field: str,
    hint: str,
) -> None:
    """Inside loops, assignments and filters too, whether or not a candidate would show it."""
    template, problems = read("Un titre", text)
    assert template is None
    problem = _only(problems)
    assert problem.code == "template-unknown-field"
    assert problem.message.startswith(f"le champ « {field} » n’existe pas, au paragraphe « ")
    assert problem.hint == hint


def test_every_unknown_field_is_told_in_one_run(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
) -> None:
    """In the body, a table and the header, each with its paragraph."""
    _, problems = read(
        "Premier {{ un.deux }}",
        "Second {{ session.codde }}",
        header="En-tête {{ rapport.titres }}",
        row=("Cellule {{ jury.presidant }}", "x"),
    )
    assert [problem.message for problem in problems] == [
        "le champ « un » n’existe pas, au paragraphe « Premier {{ un.deux }} ».",
        "le champ « session.codde » n’existe pas, au paragraphe « Second {{ session.codde }} ».",
        "le champ « jury.presidant » n’existe pas, au paragraphe « Cellule {{ jury.presidant }} ».",
        (
            "le champ « rapport.titres » n’existe pas, au paragraphe « En-tête "
            "{{ rapport.titres }} » (en-tête)."
        ),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "paragraph", "reason"),
    [
        (
            ("Début", "{%p if session.anonyme %}", "Fin"),
            "{% if session.anonyme %}",
            "le bloc « if » ouvert ici n’est jamais fermé.",
        ),
        (
            ("{%p for bloc in blocs %}", "{%p if bloc.acquis %}", "{%p endif %}"),
            "{% for bloc in blocs %}",
            "le bloc « for » ouvert ici n’est jamais fermé.",
        ),
        (
            ("{%p for bloc in blocs %}", "{%p endif %}"),
            "{% endif %}",
            "la balise « endif » est inconnue ou mal placée.",
        ),
        (
            ("Texte", "{% sinon %}"),
            "{% sinon %}",
            "la balise « sinon » est inconnue ou mal placée.",
        ),
        (
            ("{{ session.code|majuscules }}",),
            "{{ session.code|majuscules }}",
            "le filtre « majuscules » n’existe pas.",
        ),
        (
            ("{% if session is vide %}x{% endif %}",),
            "{% if session is vide %}x{% endif %}",
            "le test « vide » n’existe pas.",
        ),
        (
            ("{% if session.anonyme %}{% endif %}", "{% set x %}jamais fermé"),
            "{% set x %}jamais fermé",
            "ce qui est entre les accolades ne peut pas être lu.",
        ),
        (
            ("{{ session. }}",),
            "{{ session. }}",
            "ce qui est entre les accolades ne peut pas être lu.",
        ),
    ],
)
def test_a_tag_that_cannot_be_read_is_told_with_its_paragraph(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
    paragraphs: tuple[str, ...],
    paragraph: str,
    reason: str,
) -> None:
    """Blocks left open or closed twice, unknown tags, filters and tests, stray dots."""
    template, problems = read(*paragraphs)
    assert template is None
    problem = _only(problems)
    assert problem.code == "template-syntax"
    assert problem.message == (
        f"une balise est mal écrite, au paragraphe « {paragraph} » : {reason}"
    )


def test_tags_that_would_break_the_document_are_refused(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
) -> None:
    """A block opened before a table and closed in a cell of it gives no Word document."""
    problem = _only(read("{% if session.anonyme %}", row=("{% endif %}", "x"))[1])
    assert problem.code == "template-broken"
    assert "à des niveaux différents" in problem.message


def test_an_expression_that_cannot_be_calculated_is_refused(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
) -> None:
    """Found by the trial, before any candidate's document."""
    problem = _only(read("{{ session.code / 2 }}")[1])
    assert problem.code == "template-broken"
    assert "une expression ne peut pas être calculée" in problem.message


def test_a_template_cannot_reach_beyond_its_fields(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
) -> None:
    """A template may come by mail: it is no program."""
    assert read("{{ session.code.__class__.__mro__ }}")[0] is None


def test_macros_assignments_and_loops_of_a_template_are_its_own(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
) -> None:
    """What a template defines is no unknown field."""
    template, problems = read(
        "{% macro gras(x) %}{{ x }}{% endmacro %}{{ gras(session.code) }}",
        "{% with y = session %}{{ y.code }}{% endwith %}",
        "{% set z %}{{ session.code }}{% endset %}{{ z }}",
        "{% for b in blocs|sort(attribute='code') %}{{ loop.index }} {{ b.code }}"
        "{% else %}rien{% endfor %}",
        "{% for n in range(2) %}{{ n }}{% endfor %}{{ session.code.upper() }}",
        "{% for nom, valeur in session|dictsort %}{{ nom }}{% endfor %}",
        "{% filter upper %}{{ session.code }}{% endfilter %}",
    )
    assert problems == []
    assert template is not None


def test_a_tag_that_word_split_into_runs_is_read(tmp_path: Path, world: World) -> None:
    """Word cuts a tag wherever its spelling checker or a change of format passed."""
    document = docx.Document()
    paragraph = document.add_paragraph("Session {")
    for piece in ("{ sess", "ion.c", "ode }", "}"):
        paragraph.add_run(piece).bold = True
    path = tmp_path / "modele.docx"
    document.save(str(path))
    template, problems = read_word_template(path, ReportTemplate)
    assert problems == []
    assert template is not None
    made = template.render_blank(world.referential, world.session, world.session.candidates[0])
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "Session S1"


def test_a_missing_mark_keeps_the_look_of_its_place(tmp_path: Path, world: World) -> None:
    """Only the mark is highlighted, in the template's own font and beside its tabs."""
    document = docx.Document()
    run = document.add_paragraph().add_run("NSF\t{{ certification.code_nsf }} (code)")
    run.bold = True
    run.font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN
    path = tmp_path / "modele.docx"
    document.save(str(path))
    template, _ = read_word_template(path, ReportTemplate)
    assert template is not None
    made = template.render_blank(world.referential, world.session, world.session.candidates[0])
    runs = docx.Document(io.BytesIO(made)).paragraphs[0].runs
    assert [(item.text, item.bold, item.font.highlight_color) for item in runs] == [
        ("NSF", True, WD_COLOR_INDEX.BRIGHT_GREEN),
        ("\t", True, WD_COLOR_INDEX.BRIGHT_GREEN),
        ("[à compléter]", True, WD_COLOR_INDEX.YELLOW),
        (" (code)", True, WD_COLOR_INDEX.BRIGHT_GREEN),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ce n’est pas un fichier .docx"),
        (b"{\\rtf1}", "ce n’est pas un fichier .docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "protégé par un mot de passe à l’ouverture, ou à l’ancien format .doc",
        ),
        (b"PK\x03\x04 and nothing more", "fichier abîmé"),
    ],
)
def test_a_file_that_is_no_word_document_is_refused(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    """By what it holds, whatever its name says."""
    path = tmp_path / "modele.docx"
    path.write_bytes(content)
    template, problems = read_word_template(path, ReportTemplate)
    assert template is None
    problem = _only(problems)
    assert problem.code == "template-unreadable"
    assert problem.message == f"ce n’est pas un document Word lisible ({reason})."


def test_a_workbook_renamed_is_no_template(tmp_path: Path) -> None:
    """It is a zip of office parts too, but not Word's."""
    path = tmp_path / "modele.docx"
    path.write_bytes((Path(__file__).parents[2] / "referential.xlsx").read_bytes())
    problem = _only(read_word_template(path, ReportTemplate)[1])
    assert problem.message == (
        "ce n’est pas un document Word lisible (un autre type de document que .docx)."
    )


def test_a_missing_template_says_where_to_find_one(tmp_path: Path) -> None:
    """`sheetgen init` gives a copy."""
    template, problems = read_word_template(tmp_path / "modele.docx", ReportTemplate)
    assert template is None
    problem = _only(problems)
    assert problem.code == "template-missing"
    assert "sheetgen init" in problem.hint


def test_a_folder_in_the_place_of_a_template_is_told(tmp_path: Path) -> None:
    """What the system refuses to read is a problem, not a crash."""
    (tmp_path / "modele.docx").mkdir()
    assert (
        _only(read_word_template(tmp_path / "modele.docx", ReportTemplate)[1]).code
        == "template-unreadable"
    )


def test_one_candidate_whose_document_fails_is_named(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]], world: World
) -> None:
    """The template suits two blocs; who presents one gets a problem, the others their document."""
    template, problems = read("{{ blocs_presentes[1].code }}")
    assert problems == []
    assert template is not None
    one, two, _ = world.session.candidates
    assert template.render_blank(world.referential, world.session, one)
    with pytest.raises(RenderError) as caught:
        template.render_blank(world.referential, world.session, two)
    assert caught.value.problem.code == "document-failed"
    assert "candidat 2" in caught.value.problem.message


def test_faults_in_every_template_are_told_in_one_run(tmp_path: Path) -> None:
    """Each with its file: a field of another document, one missing, a block left open, no Word."""
    planted = {
        "feuille-emargement.docx": "{% for candidat in candidats %}{{ candidat.nome }}{% endfor %}",
        "proces-verbal.docx": "{% if ecarts %}Décisions propres",
        "notification.docx": "Vu {{ cloture.incidents }}",
        "attestation-bloc.docx": "{{ bloc.intitul }}",
    }
    for name, text in planted.items():
        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(tmp_path / name))
    (tmp_path / "parchemin.docx").write_bytes(b"{\\rtf1}")
    templates, problems = read_templates(tmp_path)
    assert [(item.location.file, item.code) for item in problems] == [
        ("rapport-jury.docx", "template-missing"),
        ("feuille-emargement.docx", "template-unknown-field"),
        ("consignes-jures.docx", "template-missing"),
        ("proces-verbal.docx", "template-syntax"),
        ("notification.docx", "template-unknown-field"),
        ("attestation-bloc.docx", "template-unknown-field"),
        ("parchemin.docx", "template-unreadable"),
        ("releve.docx", "transcript-template-absent"),
        ("convocation.docx", "convocation-template-absent"),
    ]
    assert [item.hint for item in problems if item.code == "template-unknown-field"] == [
        "Écrire « candidat.nom ».",
        "Choisir « cloture.date » ou « cloture.heure ».",
        "Écrire « bloc.intitule ».",
    ]
    assert problems[3].message == (
        "une balise est mal écrite, au paragraphe « {% if ecarts %}Décisions propres » : le bloc "
        "« if » ouvert ici n’est jamais fermé."
    )
    assert templates == Templates(
        report=None,
        attendance=None,
        instructions=None,
        minutes=None,
        notification=None,
        block_certificate=None,
        diploma=None,
        explanation=None,
    )


def test_a_document_on_the_session_that_fails_says_so(tmp_path: Path, world: World) -> None:
    """The template suits a session with two decisions of the jury's own; this one has none."""
    document = docx.Document()
    document.add_paragraph("{{ ecarts[1].motif }}")
    document.save(str(tmp_path / "proces-verbal.docx"))
    minutes = read_templates(tmp_path)[0].minutes
    assert minutes is not None
    with pytest.raises(RenderError) as caught:
        minutes.render(adopted(world))
    assert "le document pour la session ne peut pas être produit" in caught.value.problem.message


@pytest.mark.parametrize(
    "tag",
    [
        "{% if candidat.nom == „Exemple“ %}oui{% endif %}",
        '{{ "„x“" }}',
        "{{ candidat.nom or «x» }}",
        "{{ candidat.nom or 'x }}",
    ],
)
def test_quotes_that_are_no_pair_are_quoted_as_they_were_typed(
    tag: str, read: Callable[..., tuple[ReportTemplate | None, list[Problem]]]
) -> None:
    """Word makes typographic quotes of plain ones; what is said of them shows no markup."""
    template, problems = read("Avant", f"Nom : {tag}", "Après « cela »")
    assert template is None
    problem = _only(problems)
    assert problem.code == "template-syntax"
    assert f"« Nom : {tag} »" in problem.message
    assert "guillemets" in problem.message
    assert "<" not in problem.message


@pytest.mark.parametrize("tag", ["{{ “x” }}", "{{ ‘x’ }}", "{# l'élève « dit » #}", "{{ 'l”' }}"])
def test_quotes_in_pairs_and_in_comments_are_let_be(
    tag: str, read: Callable[..., tuple[ReportTemplate | None, list[Problem]]]
) -> None:
    """The quotes of English are read as plain ones, and a comment is for whoever reads it."""
    assert read(f"Nom : {tag}")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "[[candidat.nom]]",
        "[[ candidat.nom ]]",
        "｛｛ candidat.nom ｝｝",
        "｛candidat.nom｝",
        "<<candidat.nom>>",
        "｛% if blocs %｝",
    ],
)
def test_what_looks_like_a_tag_and_is_text_is_warned_of(
    text: str, read: Callable[..., tuple[ReportTemplate | None, list[Problem]]]
) -> None:
    """It would be printed as it stands on a paper that somebody signs."""
    template, problems = read(f"Nom : {text}.", header=f"{text}")
    assert template is not None
    assert [(item.code, item.severity) for item in problems] == [
        ("template-like-a-tag", Severity.WARNING)
    ] * 2
    assert f"« {text} »" in problems[0].message
    assert f"au paragraphe « Nom : {text}. »" in problems[0].message
    assert "(en-tête)" in problems[1].message


def test_brackets_around_anything_else_are_text(
    read: Callable[..., tuple[ReportTemplate | None, list[Problem]]],
) -> None:
    """Notes, references and ornaments are a school's own."""
    assert read("Voir [[annexe]] et << ceci >>, ｛1｝, 【candidat】")[1] == []
