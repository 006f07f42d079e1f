"""Whatever a school or a juror wrote comes out literally, and the document stays whole."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from report_world import read_lines, read_margins, read_rows
from tries import tries

from sheetgen.documents.missing import MISSING_MARK
from sheetgen.documents.template_environment import literal

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.kinds import ReportTemplate
    from sheetgen.model import CandidateDecision, SessionDecisions

AWKWARD = [
    "Bloc <b>gras</b> & « guillemets » \"droits\" 'simples'",
    "{{ candidat.nom }} {% if vrai %} {# rien #}",
    "{_{ candidat }_} {_% fin %_}",
    "&lt;déjà&gt; &#123; &amp;",
    "Félicitations 🎓👩🏽‍💼",
    "שלום עולם، مرحبا",
    "</w:t></w:r></w:p>",
    "a\tb",
]


def _with_remark(world: World, remark: str) -> tuple[SessionDecisions, CandidateDecision]:
    """The world's decisions with this remark on candidate 1's first criterion, and theirs."""
    decided = world.decided("1")
    block, *blocks = decided.blocks
    competency, *competencies = block.competencies
    criterion, *criteria = competency.criteria
    mark, *marks = criterion.marks
    marks = [dataclasses.replace(mark, comment=remark), *marks]
    criteria = [dataclasses.replace(criterion, marks=tuple(marks)), *criteria]
    competencies = [dataclasses.replace(competency, criteria=tuple(criteria)), *competencies]
    blocks = [dataclasses.replace(block, competencies=tuple(competencies)), *blocks]
    return world.decisions, dataclasses.replace(decided, blocks=tuple(blocks))


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_printed_as_it_is(
    world: World, template: ReportTemplate, text: str
) -> None:
    """In the body, in a table, in the header, and in the properties."""
    decisions, decided = _with_remark(world, text)
    known = dataclasses.replace(
        world.referential,
        certification=dataclasses.replace(
            world.referential.certification, title=text, certifier=text
        ),
    )
    decisions = dataclasses.replace(decisions, referential=known)
    document = template.render_filled(decisions, decided)
    assert f"Remarque (Prénom J1 Nom J1) : {text}" in read_lines(document)
    assert ["Intitulé", text] in read_rows(document)
    assert read_margins(document)[0] == [f"Rapport du jury – {text}"]
    assert docx.Document(io.BytesIO(document)).core_properties.author == text


def test_line_breaks_stay_line_breaks(world: World, template: ReportTemplate) -> None:
    """A competency's list keeps its lines, within one paragraph; Windows line ends too."""
    document = template.render_blank(world.referential, world.session, world.session.candidates[0])
    listed = "Réaliser une veille\n- en définissant ses objectifs\nafin d’anticiper"
    assert ["C1.1", listed, "", "", ""] in read_rows(document)
    decisions, decided = _with_remark(world, "une\r\ndeux\rtrois\u2028quatre")
    lines = read_lines(template.render_filled(decisions, decided))
    assert "Remarque (Prénom J1 Nom J1) : une\ndeux\ntrois\nquatre" in lines


@tries(15)
@given(remark=st.text(min_size=1).filter(lambda text: text.strip() != ""))
def test_any_text_leaves_a_document_that_opens_with_all_its_rows(
    world: World, template: ReportTemplate, remark: str
) -> None:
    """No text, however odd, changes anything but the remark itself."""
    plain = read_rows(template.render_filled(*_with_remark(world, "remarque")))
    odd = read_rows(template.render_filled(*_with_remark(world, remark)))
    changed = [(one, two) for one, two in zip(plain, odd, strict=True) if one != two]
    assert len(changed) <= 1
    for one, two in changed:
        assert (one[0], two[0]) == ("C1.1.1", "C1.1.1")


@pytest.mark.parametrize(
    ("text", "kept"), [("École " * 50, f"{'École ' * 42}Éc…"), ("É\x01cole", "École")]
)
def test_the_properties_hold_what_they_can(
    world: World, template: ReportTemplate, text: str, kept: str
) -> None:
    """Word's have 255 characters, and XML no control characters: neither stops the document."""
    known = dataclasses.replace(
        world.referential,
        certification=dataclasses.replace(world.referential.certification, certifier=text),
    )
    person = dataclasses.replace(world.session.candidates[0], last_name=text)
    properties = docx.Document(
        io.BytesIO(template.render_blank(known, world.session, person))
    ).core_properties
    assert properties.author == properties.last_modified_by == kept
    assert properties.title.startswith("Rapport du jury – candidat n°\u00a01, Prénom 1 École")
    assert len(properties.title) <= 255


@pytest.mark.parametrize("value", [None, "", "  \n", "\u00a0", "\u200b"])
def test_a_value_that_would_print_nothing_prints_the_mark(value: str | None) -> None:
    """Nothing is ever empty in silence."""
    assert literal(value) == MISSING_MARK


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Control characters and lone surrogates, which Word would refuse to open."""
    assert literal("a\x00b\x07c\ud800d\ufffe") == "abcd"


def test_a_text_of_control_characters_alone_prints_the_mark() -> None:
    """What is left after they are gone is nothing."""
    assert literal("\x01\x02") == MISSING_MARK


def test_a_value_escaped_by_a_template_is_not_escaped_twice() -> None:
    """`{{ x|e }}` is a habit from web pages."""
    assert literal(escape("a & b")) == Markup("a &amp; b")
