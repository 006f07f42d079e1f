"""Templates that would lose text: refused with their paragraph, or rendered whole."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from report_world import TEMPLATES, adopted
from word_packages import changed, deleted, inserted, package, part_text, run, text_box

from sheetgen.documents.kinds import (
    AttendanceTemplate,
    BlockCertificateTemplate,
    DiplomaTemplate,
    InstructionsTemplate,
    MinutesTemplate,
    NotificationTemplate,
    RenderError,
    ReportTemplate,
)
from sheetgen.documents.template import read_word_template
from sheetgen.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml import etree
    from report_world import World

    from sheetgen.documents.template import WordTemplate

    Reader = Callable[[bytes], tuple[ReportTemplate | None, list[Problem]]]

KINDS: tuple[type[WordTemplate], ...] = (
    ReportTemplate,
    AttendanceTemplate,
    InstructionsTemplate,
    MinutesTemplate,
    NotificationTemplate,
    BlockCertificateTemplate,
    DiplomaTemplate,
)
NAME = "{{ candidat.nom }}"


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Reads a template of the jury's report from its bytes."""

    def make(data: bytes) -> tuple[ReportTemplate | None, list[Problem]]:
        path = tmp_path / "modele.docx"
        path.write_bytes(data)
        return read_word_template(path, ReportTemplate)

    return make


def made_from(read: Reader, data: bytes, world: World) -> bytes:
    """The blank report on the first candidate, from a template without faults."""
    template, problems = read(data)
    assert [item for item in problems if item.severity is Severity.ERROR] == []
    assert template is not None
    return template.render_blank(world.referential, world.session, world.session.candidates[0])


def faults(read: Reader, data: bytes) -> list[str]:
    """Return the problems of a template that is refused."""
    template, problems = read(data)
    assert template is None
    return [item.message for item in problems if item.severity is Severity.ERROR]


def lines(document: bytes) -> list[str]:
    """The texts of the body's paragraphs."""
    return [item.text for item in docx.Document(io.BytesIO(document)).paragraphs]


def texts(document: bytes, name: str) -> str:
    """All that a part says."""
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part_text(document, name)))


def test_a_missing_brace_is_refused_with_its_paragraph(read: Reader) -> None:
    """Of the body, a table's cell, both forms of a text box (told once), margins and notes."""
    document = docx.Document(io.BytesIO(package(run("Titre"), text_box("{{ session.code }"))))
    document.add_table(1, 1).rows[0].cells[0].text = "{{ candidat.nom }"
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "Première { session.code }}"
    section.even_page_footer.paragraphs[0].text = "Paires session.code }}"
    saved = io.BytesIO()
    document.save(saved)
    told = faults(read, saved.getvalue())
    assert [text.partition(" : ")[0] for text in told] == [
        "une balise est mal écrite, au paragraphe « {{ session.code } » (zone de texte)",
        "une balise est mal écrite, au paragraphe « {{ candidat.nom } »",
        "une balise est mal écrite, au paragraphe « Première { session.code }} » (en-tête)",
        "une balise est mal écrite, au paragraphe « Paires session.code }} » (pied de page)",
    ]


@pytest.mark.parametrize(
    ("part", "place"), [("footnotes", "note de bas de page"), ("endnotes", "note de fin")]
)
def test_notes_are_checked_and_filled_like_the_body(
    read: Reader, world: World, part: str, place: str
) -> None:
    """A missing brace, an unknown field, then a value and the mark of one that is missing."""
    body = run("Corps")
    told = faults(read, package(body, notes={part: "{{ candidat.nom }"}))
    assert told[0].startswith(
        f"une balise est mal écrite, au paragraphe « {{{{ candidat.nom }} » ({place}) : "
    )
    told = faults(read, package(body, notes={part: "{{ candidat.nomm }}"}))
    assert told == [
        (
            "le champ « candidat.nomm » n’existe pas, au paragraphe « {{ candidat.nomm }} » "
            f"({place})."
        )
    ]
    note = "De {{ candidat.nom }}, {{ certification.code_nsf }}"
    made = made_from(read, package(body, notes={part: note}), world)
    assert texts(made, f"word/{part}.xml") == "De Nom 1, [à compléter]"
    assert "w:highlight" in part_text(made, f"word/{part}.xml")


def test_damaged_notes_make_a_damaged_template(read: Reader) -> None:
    """They are told with the file, as a damaged body is."""
    data = package(run("Corps"), notes={"footnotes": "Note"})
    cut = changed(data, "word/footnotes.xml", lambda xml: xml.replace("</w:footnotes>", ""))
    assert faults(read, cut) == ["ce n’est pas un document Word lisible (fichier abîmé)."]


def test_a_comment_of_the_template_is_checked_and_filled(read: Reader, world: World) -> None:
    """It stands in the margin of every document."""
    document = docx.Document(io.BytesIO(package(run("Corps"))))
    document.add_comment(document.paragraphs[0].runs, "Pour {{ candidat.nom }}")
    saved = io.BytesIO()
    document.save(saved)
    made = made_from(read, saved.getvalue(), world)
    assert texts(made, "word/comments.xml") == "Pour Nom 1"
    cut = changed(saved.getvalue(), "word/comments.xml", lambda xml: xml.replace("}}", "}"))
    assert "(commentaire)" in faults(read, cut)[0]


@pytest.mark.parametrize(
    "content",
    [
        deleted("{{ candidat.prenom") + run("Nom : " + NAME),
        run("Nom : ") + deleted(NAME) + inserted(NAME),
        run("Nom : {{ candidat.")
        + deleted("prenom }} {{ candidat.")
        + inserted("nom")
        + run(" }}"),
        run("Nom : ") + deleted("{% if candidat.nom %}") + run(NAME),
        '<w:moveFrom w:id="3" w:author="A">'
        + run("{{ session.date")
        + "</w:moveFrom>"
        + run("Nom : ")
        + '<w:moveTo w:id="4" w:author="A">'
        + run(NAME)
        + "</w:moveTo>",
        run("Nom : ") + '<w:r><w:rPr><w:rPrChange w:id="5" w:author="A"><w:rPr/></w:rPrChange>'
        f"</w:rPr><w:t>{NAME}</w:t></w:r>",
    ],
)
def test_deleted_text_does_not_count(read: Reader, world: World, content: str) -> None:
    """Whole tags, halves and blocks deleted or moved are neither checked, nor filled, nor there."""
    data = package(content, run("Suite"))
    template, problems = read(data)
    assert template is not None
    assert [item.code for item in problems] == ["template-revisions"]
    assert problems[0].severity is Severity.INFO
    made = made_from(read, data, world)
    assert lines(made) == ["Nom : Nom 1", "Suite"]
    assert not re.search(
        r"w:(del|delText|ins|moveFrom|moveTo|rPrChange)\b", part_text(made, "word/document.xml")
    )


def test_half_a_tag_left_by_a_deletion_is_refused(read: Reader) -> None:
    """The half that is deleted is not what closes it."""
    content = run("{{ candidat.identite") + deleted(" }}") + run(" — session {{ session.code }}")
    assert faults(read, package(content)) == [
        (
            "une balise est mal écrite, au paragraphe « {{ candidat.identite — session "
            "{{ session.code }} » : la balise « {{ candidat.identite — session {{ sessi… » n’est "
            "pas fermée par « }} » dans ce paragraphe."
        )
    ]


def test_a_deleted_end_of_paragraph_joins_two_and_a_deleted_row_goes(
    read: Reader, world: World
) -> None:
    """The template reads as it does in Word once the changes are accepted."""
    mark = "<w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr>"
    document = docx.Document(
        io.BytesIO(package(mark + run("Nom : {{ candidat."), run("nom }}"), run("Fin")))
    )
    table = document.add_table(2, 1)
    table.rows[0].cells[0].text = "gardée"
    table.rows[1].cells[0].text = "{{ ôtée"
    row = table.rows[1]._tr  # noqa: SLF001 - python-docx has no word for a tracked row
    properties = row.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:del"), {qn("w:id"): "2"}))
    saved = io.BytesIO()
    document.save(saved)
    made = made_from(read, saved.getvalue(), world)
    assert lines(made) == ["Nom : Nom 1", "Fin"]
    table = docx.Document(io.BytesIO(made)).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["gardée"]


@pytest.mark.parametrize(
    "content",
    [
        run("{{ candi") + run("dat.no", "<w:b/>") + run("m }}"),
        run("{") + run("{ candidat.nom }") + run("}"),
        run("{{ candidat") + "<w:hyperlink>" + run(".nom }}") + "</w:hyperlink>",
        run("{{ candidat.")
        + "<w:sdt><w:sdtContent>"
        + run("nom")
        + "</w:sdtContent></w:sdt>"
        + run(" }}"),
        run("{{ candidat.")
        + '<w:bookmarkStart w:id="1" w:name="x"/><w:proofErr w:type="x"/>'
        + run("nom }}")
        + '<w:bookmarkEnd w:id="1"/>',
        run("{{ candidat.nom", "<w:vanish/>") + run(" }}", "<w:vanish/>"),
    ],
)
def test_a_tag_split_within_its_paragraph_is_filled(
    read: Reader, world: World, content: str
) -> None:
    """Runs, links, content controls, bookmarks: none of them loses what stands around."""
    made = made_from(read, package(run("avant ") + content + run(" après")), world)
    assert texts(made, "word/document.xml") == "avant Nom 1 après"


def test_a_tag_around_a_text_box_leaves_the_box_whole(read: Reader, world: World) -> None:
    """Docxtpl alone would take the tag's end for a text of the box."""
    content = run("{{ candidat.") + text_box("En boîte {{ session.code }}") + run("nom }}")
    made = made_from(read, package(content), world)
    assert texts(made, "word/document.xml") == "Nom 1" + "En boîte S1" * 2


def test_a_field_of_word_holds_a_tag_or_half_of_none(read: Reader, world: World) -> None:
    """The instructions of a field are apart from its text, and may be split as well."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))

    def field(*pieces: str) -> str:
        runs = (
            f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>' for text in pieces
        )
        return begin + "".join(runs) + end

    made = made_from(read, package(field(' TITLE "{{ candidat.', 'nom }}" ') + run("Fin")), world)
    found = re.findall(r"<w:instrText[^>]*>([^<]*)<", part_text(made, "word/document.xml"))
    assert "".join(found) == ' TITLE "Nom 1" '
    told = faults(read, package(field(' TITLE "{{ candidat.') + run('nom }}"')))
    assert len(told) == 2


@pytest.mark.parametrize(
    ("paragraphs", "paragraph"),
    [
        ((run("{{ candidat"), run(".nom }}")), "{{ candidat"),
        ((run("{{ candidat") + text_box(".nom }}"),), "{{ candidat"),
        ((run("{{ candidat.nom", "<w:vanish/>") + run(" }}"),), "{{ candidat.nom }}"),
        (
            ('<w:r><w:t>x</w:t></w:r><w:fldSimple w:instr=" TITLE {{ candidat.nom } "/>',),
            "TITLE {{ candidat.nom }",
        ),
    ],
)
def test_a_tag_split_over_paragraphs_or_half_hidden_is_refused(
    read: Reader, paragraphs: tuple[str, ...], paragraph: str
) -> None:
    """A value would come out hidden, or the end of a paragraph be lost with the next."""
    told = faults(read, package(*paragraphs))
    assert told[0].startswith(f"une balise est mal écrite, au paragraphe « {paragraph} »")


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Remarques : {%p if session.anonyme %}", "x", "{%p endif %}"),
        ("{%p if session.anonyme %}{%p if session.anonyme %}", "x", "{%p endif %}{%p endif %}"),
        ("{%p if session.anonyme %}", "x", "{%p endif %} {{ candidat.nom }}"),
    ],
)
def test_text_beside_a_tag_that_takes_its_paragraph_away_is_refused(
    read: Reader, paragraphs: tuple[str, ...]
) -> None:
    """It would be in no document."""
    template, problems = read(package(*map(run, paragraphs)))
    assert template is None
    assert {item.code for item in problems} <= {"template-text-lost", "template-syntax"}


def test_a_picture_beside_a_tag_that_takes_its_row_away_is_refused(read: Reader) -> None:
    """Text of another cell and a text box too: they would go with the row."""
    document = docx.Document(io.BytesIO(package(run("Titre"))))
    table = document.add_table(3, 2)
    table.rows[0].cells[0].text = "{%tr for bloc in blocs %}"
    table.rows[0].cells[1].text = "Perdu"
    table.rows[1].cells[0].text = "{{ bloc.code }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    saved = io.BytesIO()
    document.save(saved)
    assert faults(read, saved.getvalue()) == [
        "le document perdrait du texte, une image ou une balise, au paragraphe « Perdu »."
    ]
    boxed = package(run("{%p if session.anonyme %}") + text_box(""), run("x"), run("{%p endif %}"))
    assert read(boxed)[0] is None


def test_a_tag_where_nothing_is_filled_is_refused(read: Reader) -> None:
    """In the target of a link it would stay as it is."""
    document = docx.Document(io.BytesIO(package(run("Corps"))))
    document.part.relate_to(
        "mailto:%7B%7B%20candidat.email%20%7D%7D", "http://x/hyperlink", is_external=True
    )
    saved = io.BytesIO()
    document.save(saved)
    assert faults(read, saved.getvalue()) == [
        (
            "la balise « %7B%7B%20candidat.email%20%7D%7D » se trouve là où rien n’est rempli "
            "(adresse d’un lien)."
        )
    ]


def test_a_value_outside_any_run_is_refused(read: Reader) -> None:
    """Word would not show it."""
    assert "hors de tout paragraphe" in faults(read, package(run("Nom {{r candidat.nom }}")))[0]


def test_braces_that_are_text_are_printed(read: Reader, world: World) -> None:
    """Sets, identifiers, and double braces written as docxtpl has them."""
    made = made_from(read, package(run("{1 ; 2} {_{ champ }_} {a}")), world)
    assert lines(made) == ["{1 ; 2} {{ champ }} {a}"]


def test_a_document_without_its_templates_text_is_not_made(
    read: Reader, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever loses it where docxtpl fills, in the open or at one turn of a loop alone."""
    template, problems = read(
        package(
            *map(
                run,
                (
                    "{% filter upper %}pv{% endfilter %}",
                    "Vu le règlement,",
                    "{%p for b in blocs %}",
                    "Bloc {{ b.code }} :",
                    "{%p endfor %}",
                ),
            )
        )
    )
    assert problems == []
    assert template is not None
    one = world.session.candidates[0]
    assert template.render_blank(world.referential, world.session, one)
    kept = DocxTemplate.fix_docpr_ids
    for lost, told in (("Vu le règlement,", "Vu le règlement,"), ("Bloc BC02", "Bloc")):

        def lose(self: DocxTemplate, body: etree._Element, lost: str = lost) -> None:
            for text in body.iter("{*}t"):
                text.text = (text.text or "").replace(lost, "")
            kept(self, body)

        monkeypatch.setattr(DocxTemplate, "fix_docpr_ids", lose)
        with pytest.raises(RenderError) as caught:
            template.render_blank(world.referential, world.session, one)
        problem = caught.value.problem
        assert problem.code == "document-incomplete"
        assert problem.message == (
            "le document pour le candidat 1 n’est pas produit : il y manquerait le texte "
            f"« {told} », qui est dans le modèle."
        )


def test_text_of_a_macro_or_a_block_is_expected_where_it_is_printed(
    read: Reader, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time it is, as filters left it."""
    content = (
        "{% macro m(x) %}Vu {{ x }} et signé{% endmacro %}{{ m(session.code)|upper }}",
        "{% set y %}Fait à Tours{% endset %}{{ y }}, {{ y }}",
    )
    data = package(*map(run, content))
    made = made_from(read, data, world)
    assert lines(made) == ["VU S1 ET SIGNÉ", "Fait à Tours, Fait à Tours"]
    template, _ = read(data)
    assert template is not None
    kept = DocxTemplate.fix_docpr_ids
    for lost, told in (("ET SIGNÉ", "VU S1 ET SIGNÉ"), (", Fait à Tours", ",")):

        def lose(self: DocxTemplate, body: etree._Element, lost: str = lost) -> None:
            for text in body.iter("{*}t"):
                text.text = (text.text or "").replace(lost, "")
            kept(self, body)

        monkeypatch.setattr(DocxTemplate, "fix_docpr_ids", lose)
        with pytest.raises(RenderError) as caught:
            template.render_blank(world.referential, world.session, world.session.candidates[0])
        assert f"« {told} »" in caught.value.problem.message


def test_text_of_a_macro_or_a_block_that_would_be_lost_is_refused(read: Reader) -> None:
    """Over two paragraphs its XML would be printed; and one that nothing prints is not there."""
    cut = package(run("{% set x %}Vu"), run("et signé{% endset %}{{ x }}"))
    assert "« {% set x %} » est coupé par une fin de paragraphe" in faults(read, cut)[0]
    unused = package(run("{% macro m() %}Vu{% endmacro %}"), run("{% set n = namespace() %}"))
    assert "« {% macro m(…) %} » n’est imprimé nulle part" in faults(read, unused)[0]
    blank = package(run("{% set x %} {% endset %}Vu"))
    assert read(blank)[1] == []


def test_text_of_conditions_and_loops_is_expected_only_where_they_apply(
    read: Reader, world: World
) -> None:
    """A branch not taken, a loop over nothing, and what macros and filters make of their text."""
    content = (
        "{% if session.anonyme %}Anonyme{% elif candidat.nom %}Nommé{% else %}Rien{% endif %}",
        "{% for n in [] %}Jamais{% else %}Aucun{% endfor %}",
        "{% for n in [1, 2] %}Encore {{ n }} {% endfor %}",
        "{% macro m() %}dans la macro{% endmacro %}{{ m()|upper }}",
        "{% filter upper %}filtré{% endfilter %}{% set x %}posé{% endset %}{{ x }}",
        "{% with y = 1 %}avec {{ y }}{% endwith %}{% raw %}{brut}{% endraw %}",
    )
    made = made_from(read, package(*map(run, content)), world)
    assert lines(made) == [
        "Nommé",
        "Aucun",
        "Encore 1 Encore 2 ",
        "DANS LA MACRO",
        "FILTRÉposé",
        "avec 1{brut}",
    ]


def test_failures_at_rendering_are_told_in_french_with_their_paragraph(
    read: Reader, world: World
) -> None:
    """Whatever Python says of them."""
    cases = {
        "{{ blocs_presentes[1].code }}": "une liste n’a pas d’élément n° 2 ici",
        "{{ 1 / (blocs_presentes|length - 1) }}": "une expression divise par zéro",
        "{{ 'abc'[:blocs_presentes|length] + 1 }}": None,
    }
    two = world.session.candidates[1]
    for text, reason in cases.items():
        template, problems = read(package(run("Début"), run(text)))
        if reason is None:
            assert problems[0].message == (
                "les balises ne donnent pas un document Word : une expression ne peut pas être "
                f"calculée, au paragraphe « {text} » : une opération, un filtre ou une fonction ne "
                "convient pas à ces valeurs."
            )
            continue
        assert template is not None
        with pytest.raises(RenderError) as caught:
            template.render_blank(world.referential, world.session, two)
        assert caught.value.problem.message == (
            f"le document pour le candidat 2 ne peut pas être produit : {reason}, au paragraphe "
            f"« {text} »."
        )


def test_the_session_closes_with_a_template_under_tracked_changes(
    tmp_path: Path, world: World
) -> None:
    """Minutes do not hold a tag deleted whole from the shipped template, not even struck out."""
    data = (TEMPLATES / "proces-verbal.docx").read_bytes()
    tag = "{{ membre.externe }}"
    struck = changed(
        data,
        "word/document.xml",
        lambda xml: re.sub(
            rf"<w:r>((?:(?!<w:r>).)*?)<w:t[^>]*>{re.escape(tag)}</w:t></w:r>",
            lambda found: f"{deleted(tag)}<w:r>{found[1]}<w:t>—</w:t></w:r>",
            xml,
        ),
    )
    assert struck != data
    (tmp_path / "proces-verbal.docx").write_bytes(struck)
    template, problems = read_word_template(tmp_path / "proces-verbal.docx", MinutesTemplate)
    assert [item.code for item in problems] == ["template-revisions"]
    assert template is not None
    assert "membre.externe" not in part_text(template.render(adopted(world)), "word/document.xml")


def _replace(content: str, _: str) -> str:
    return content


def planted(kind: type[WordTemplate]) -> Iterator[tuple[str, bytes]]:
    """The shipped template with one sign less, of each double sign in turn."""
    data = (TEMPLATES / kind.file).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = [name for name in source.namelist() if re.match(r"word/(doc|head|foot)", name)]
    for name in names:
        xml = part_text(data, name)
        for found in re.finditer(r"\{[{%]|[}%]\}", xml):
            for place in range(*found.span()):
                cut = xml[:place] + xml[place + 1 :]
                yield f"{name} {place}", changed(data, name, partial(_replace, cut))


def refused(kind: type[WordTemplate], path: Path, data: bytes) -> bool:
    """Return whether the template is refused for a tag, its paragraph named."""
    path.write_bytes(data)
    template, problems = read_word_template(path, kind)
    return (
        template is None
        and problems[0].code == "template-syntax"
        and re.search("au paragraphe « .+ »", problems[0].message) is not None
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_sign_less_in_a_shipped_template_is_refused(
    tmp_path: Path, kind: type[WordTemplate]
) -> None:
    """Four of them in each, spread over the template; `make deep` tries every one."""
    every = list(planted(kind))
    for place, data in every[:: len(every) // 4 + 1]:
        assert refused(kind, tmp_path / kind.file, data), place


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_any_sign_less_in_a_shipped_template_is_refused(
    tmp_path: Path, kind: type[WordTemplate]
) -> None:
    """Every brace and per cent sign of every tag, one at a time."""
    for place, data in planted(kind):
        assert refused(kind, tmp_path / kind.file, data), place
