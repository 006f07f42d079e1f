"""A document made without docxtpl is the one that docxtpl makes, byte for byte."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from report_world import (
    TEMPLATES,
    adopted,
    overridden,
    png,
    read_all,
    settled_one,
)

from sheetgen.model import BlockCode
from sheetgen.reports.attendance import attendance_context
from sheetgen.reports.compiled import CompiledTemplate
from sheetgen.reports.context import blank_context, filled_context, final_context
from sheetgen.reports.engine import Engine, Filling, Made
from sheetgen.reports.instructions import instructions_context
from sheetgen.reports.render import RenderError, ReportTemplate
from sheetgen.reports.settled_context import (
    block_certificate_context,
    diploma_context,
    minutes_context,
    notification_context,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from docx.document import Document
    from hypothesis.strategies import DataObject, SearchStrategy
    from office import Office
    from report_world import World

    from sheetgen.reports.subject import Context

ODD_TEXTS = (
    *("a & b", "<b>gras</b>", '"droits" l’une', "]]>", "&amp;", "</w:t></w:r></w:p>", "<w:p>"),
    *("{{ candidat.nom }}", "{_{ x }_}", "{% fin %}", "{", "_}", "#}"),
    *("une\ndeux", "a\tb", "fin\n", "\n", "\r\n", "a\fb", "a\u2028b", "a\x01b"),
    *("[à compléter]", "[À COMPLÉTER] !", "", " ", "é 🎓 שלום", "x" * 300),
)
TEXTS: SearchStrategy[str | None] = st.one_of(
    st.none(), st.sampled_from(ODD_TEXTS), st.text(max_size=12)
)

PARAGRAPHS = (
    ("Session {{ session.code }}, {{ session.adresse }}",),
    ("{%p for bloc in blocs %}", "{{ bloc.intitule }}\t{{ bloc.score }}", "{%p endfor %}"),
    ("{%p if session.anonyme %}", "{{ candidat.identite }}", "{%p else %}", "x", "{%p endif %}"),
    ("{% for bloc in blocs if bloc.presente %}{{ loop.index }} {{ bloc.code }}, {% endfor %}",),
    ("avant", "{%- if candidat.capitalisation %} seul", "{%- endif %} après", "fin"),
    ("{{ session.code|upper }} {{ 'NSF ' ~ certification.code_nsf }}",),
    ("{% set lu %}{{ certification.intitule }}{% endset %}{{ lu }}",),
    ("{_{ littéral }_} et {_% aussi %_}",),
    ("{{r certification.handicap }} et {{ certification.voies_recours|e }}",),
    ("{% if certification.logo %}{{ certification.logo }}{% endif %}",),
    ("{% if session.anonyme and certification.logo %}{{ certification.logo }}{% endif %}",),
    ("À remplir : [à compléter]", "Rien"),
)
"""What a school may write in Word, from the plain to the rare."""

ROWS = (
    (("Code", "Titre"), ("{{ session.code }}", "{{ session.intitule }}")),
    (("{%tr for b in blocs %}", ""), ("{{ b.code }}", "{{ b.intitule }}"), ("{%tr endfor %}", "")),
    (("{%tc for b in blocs %}", "{{ b.code }}", "{%tc endfor %}"),),
    (("{%tc for b in blocs_presentes %}", "{{ b.code }}", "{%tc endfor %}", "x", "y"),),
    (("{%tc for c in 'abcde' %}", "{{ c }}", "{%tc endfor %}"), ("x", "y", "z")),
    (("{%tr if session.anonyme %}", "", ""), ("a", "b", "c"), ("{%tr endif %}", "", "")),
    (("{% colspan blocs|length %}{{ session.code }}",),),
    (("{% cellbg 'D9D9D9' %}{{ session.code }}", "x"),),
    (
        ("{%tr for b in blocs %}", ""),
        ("{% vm %}Blocs", "{{ b.code }}"),
        ("{%tr endfor %}", ""),
    ),
)
"""What docxtpl can do in a table, its columns added and removed."""

MARGINS = (
    "{{ certification.intitule }} — {{ candidat.identite }}",
    "{% if session.anonyme %}ANONYME{% endif %}\t{{ certification.code_nsf }}",
    "{% if certification.logo %}{{ certification.logo }}{% endif %}",
    "Sans balise",
)


def both(engine: Engine, fillings: Sequence[Filling]) -> None:
    """Asserts that each document is the same in both ways, whichever were made before."""
    compiled = CompiledTemplate.of(engine)
    assert compiled is not None
    expected = [attempt(engine.make, filling) for filling in fillings]
    made = [item for item in expected if isinstance(item, Made)]
    for models in (made, made[::-1]):
        known = {item.pictured: item for item in models}
        for filling, document in zip(fillings, expected, strict=True):
            assert attempt(compiled.make, filling, known) == document


def attempt(make: Callable[..., Made | None], *arguments: object) -> Made | str | None:
    """What is made, or what is raised."""
    try:
        return make(*arguments)
    except Exception as fault:  # noqa: BLE001 - both ways must fail alike, whatever it is
        return repr(fault)


def filling(context: Context, title: str = "Titre", author: str | None = "École") -> Filling:
    """What a document with this context is made of."""
    return Filling(context=context, title=title, author=author, made_on=date(2026, 6, 15))


def contexts(world: World) -> dict[str, list[Context]]:
    """What each of the templates that ship is filled with."""
    known, session = world.referential, world.session
    anonymous = dataclasses.replace(session, anonymous=True)
    settled, lifted = adopted(world), overridden(world)
    one, two = settled_one(settled, "1"), settled_one(settled, "2")
    won = settled_one(lifted, "1")
    return {
        "rapport-jury.docx": [
            *(blank_context(known, session, person) for person in session.candidates),
            blank_context(known, anonymous, session.candidates[0]),
            *(filled_context(world.decisions, item) for item in world.decisions.candidates),
            *(final_context(settled, item) for item in settled.decisions.candidates),
        ],
        "feuille-emargement.docx": [
            attendance_context(known, session),
            attendance_context(known, anonymous),
        ],
        "consignes-jures.docx": [instructions_context(known, session)] * 2,
        "proces-verbal.docx": [minutes_context(settled), minutes_context(lifted)],
        "notification.docx": [
            notification_context(settled, item) for item in settled.decisions.candidates
        ],
        "attestation-bloc.docx": [
            block_certificate_context(settled, one, BlockCode("BC01")),
            block_certificate_context(settled, two, BlockCode("BC02")),
        ],
        "parchemin.docx": [diploma_context(settled, two), diploma_context(lifted, won)],
    }


def altered(context: Context, texts: Iterator[str | None]) -> Context:
    """The context with other texts in it, each the next one."""
    made: Context = {}
    for name, value in context.items():
        if isinstance(value, dict):
            made[name] = altered(value, texts)
        elif isinstance(value, list):
            made[name] = [altered(item, texts) for item in value]
        elif name == "logo" or isinstance(value, bool):
            made[name] = value
        else:
            made[name] = next(texts)
    return made


def written(document: Document) -> bytes:
    """The document as a file."""
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("logo", [None, png(90, 40)], ids=["no logo", "logo"])
@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.docx")))
def test_shipped_templates_give_the_same_documents(
    world: World, name: str, logo: bytes | None
) -> None:
    """Blank, filled and decided; anonymous, absent, bloc by bloc."""
    engine = Engine((TEMPLATES / name).read_bytes(), logo)
    made = [filling(context, f"n° {place}") for place, context in enumerate(contexts(world)[name])]
    assert len(made) > 1
    both(engine, made)


def test_templates_saved_by_libreoffice_give_the_same_documents(
    libreoffice: Office, tmp_path: Path, world: World
) -> None:
    """It writes every part its own way."""
    for path in libreoffice.convert(sorted(TEMPLATES.glob("*.docx")), tmp_path, ".docx"):
        both(Engine(path.read_bytes(), png(30, 9)), list(map(filling, contexts(world)[path.name])))


@settings(max_examples=25)
@given(
    name=st.sampled_from(sorted(path.name for path in TEMPLATES.glob("*.docx"))),
    logo=st.sampled_from([None, png(9, 9)]),
    data=st.data(),
)
def test_awkward_texts_give_the_same_documents(
    world: World, name: str, logo: bytes | None, data: DataObject
) -> None:
    """Mark-up, tags, line breaks, what XML cannot hold, nothing: anywhere in a shipped template."""
    engine = Engine((TEMPLATES / name).read_bytes(), logo)
    plain = contexts(world)[name]
    texts = cycle(data.draw(st.lists(TEXTS, min_size=1, max_size=7)))
    author = data.draw(TEXTS)
    odd = [filling(altered(context, texts), next(texts) or "", author) for context in plain[:2]]
    both(engine, [filling(plain[0]), *odd])


@settings(max_examples=40)
@given(data=st.data())
def test_any_template_gives_the_same_documents(world: World, data: DataObject) -> None:
    """Whatever a school wrote where: loops in tables, columns, margins, properties, pictures."""
    document = docx.Document()
    for pieces in data.draw(st.lists(st.sampled_from(PARAGRAPHS), max_size=5)):
        for text in pieces:
            document.add_paragraph(text)
    for rows in data.draw(st.lists(st.sampled_from(ROWS), max_size=3)):
        add_table(document, rows)
    section = document.sections[0]
    section.header.paragraphs[0].text = data.draw(st.sampled_from(MARGINS))
    if data.draw(st.booleans()):
        section.different_first_page_header_footer = True
        section.first_page_footer.paragraphs[0].text = data.draw(st.sampled_from(MARGINS))
    if data.draw(st.booleans()):
        document.add_picture(io.BytesIO(png(4, 4)))
    document.core_properties.subject = data.draw(st.sampled_from(["", "{{ session.code }}"]))
    template = ReportTemplate(
        "modele.docx", written(document), data.draw(st.sampled_from([None, png(9, 9)]))
    )
    assert template.check() == []
    one, two, _ = world.session.candidates
    anonymous = dataclasses.replace(world.session, anonymous=True)
    plain = [
        blank_context(world.referential, world.session, one),
        blank_context(world.referential, anonymous, two),
    ]
    texts = cycle(data.draw(st.lists(TEXTS, min_size=1, max_size=5)))
    odd = [altered(context, texts) for context in plain]
    both(Engine(template.data, template.logo), list(map(filling, [*plain, *odd])))


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    """Adds a table of these rows."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def report_engine(document: Document) -> Engine:
    """What makes documents from this one, by docxtpl."""
    return Engine(written(document), png(9, 9))


def blank(world: World, candidate: int = 0) -> Filling:
    """A blank report on a candidate."""
    person = world.session.candidates[candidate]
    return filling(blank_context(world.referential, world.session, person))


def test_a_text_box_and_namespaces_said_twice_give_the_same_documents(world: World) -> None:
    """As other programs than Word write them."""
    document = docx.Document()
    box = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:t>{{{{ candidat.nom }}}} [à compléter]</w:t>"
        "<w:pict xmlns:v='urn:schemas-microsoft-com:vml'><v:shape><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>{{ certification.code_nsf }} [à compléter]</w:t></w:r>"
        "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document.element.body.insert(0, box)
    both(report_engine(document), [blank(world), blank(world, 1)])
    data = replaced(
        written(document), b"<w:txbxContent>", f"<w:txbxContent {nsdecls('w')}>".encode()
    )
    both(Engine(data, None), [blank(world), blank(world, 1)])


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with another text in its document."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return made.getvalue()


def test_a_table_without_columns_fails_alike(world: World) -> None:
    """No document is made in the place of one that docxtpl could not make."""
    document = docx.Document()
    add_table(document, [("{{ session.code }}", "x")])
    (grid,) = document.element.body.iter(qn("w:tblGrid"))
    grid.getparent().remove(grid)
    compiled = CompiledTemplate.of(report_engine(document))
    assert compiled is not None
    with pytest.raises(AttributeError):
        compiled.make(blank(world), {})


@pytest.mark.parametrize(("text", "is_compiled"), [("Note", True), ("{{ session.code }}", False)])
def test_tags_in_a_footnote_are_left_to_docxtpl(world: World, text: str, is_compiled: bool) -> None:
    """Both are printed, in the second document as in the first."""
    document = docx.Document()
    document.add_paragraph("{{ candidat.nom }}")
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>{text}</w:t></w:r>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f"{notes}</w:p></w:footnote></w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    data = written(document)
    assert (CompiledTemplate.of(Engine(data, None)) is not None) is is_compiled
    template = ReportTemplate("modele.docx", data)
    template.fill(blank(world))
    assert text.replace("{{ session.code }}", "S1") in read_all(template.fill(blank(world, 1)))


def test_a_header_that_the_body_names_twice_is_left_to_docxtpl() -> None:
    """It would be written twice."""
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "{{ session.code }}"
    document.part.rels.add_relationship(RELATIONSHIP_TYPE.HEADER, header.part, "rId99")
    assert CompiledTemplate.of(report_engine(document)) is None


def test_docxtpl_makes_one_document_of_a_template_and_no_other(
    world: World, template: ReportTemplate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next ones are made without it, and name nobody else."""
    data = template.data
    expected = ReportTemplate("modele.docx", data).fill(blank(world, 1))
    used = ReportTemplate("modele.docx", data)
    used.fill(blank(world, 0))
    monkeypatch.delattr(DocxTemplate, "render")
    made = used.fill(blank(world, 1))
    assert made == expected
    assert "Nom 2" in read_all(made)
    assert "Nom 1" not in read_all(made)


def test_what_a_document_fails_on_is_told_as_docxtpl_tells_it(world: World) -> None:
    """The first document failed in the same words."""
    document = docx.Document()
    document.add_paragraph("{{ blocs_presentes[1].code }}")
    template = ReportTemplate("modele.docx", written(document))
    told = []
    for _ in range(2):
        with pytest.raises(RenderError) as caught:
            template.fill(blank(world, 1))
        told.append(caught.value.problem)
        template.fill(blank(world, 0))
    assert told[0] == told[1]


def test_the_logo_shown_for_some_is_in_the_documents_of_those(world: World) -> None:
    """A document without it does not carry it, whichever was made first."""
    document = docx.Document()
    document.add_paragraph("{% if candidat.capitalisation %}{{ certification.logo }}{% endif %}")
    for order in ([0, 1, 0, 1], [1, 0, 1, 0]):
        template = ReportTemplate("modele.docx", written(document), png(9, 9))
        for candidate in order:
            with zipfile.ZipFile(io.BytesIO(template.fill(blank(world, candidate)))) as package:
                assert ("word/media/image1.png" in package.namelist()) is (candidate == 1)
