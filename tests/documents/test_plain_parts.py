"""Parts that Jinja writes alone are, to the byte, those of docxtpl; what may differ is left to it.

A document made both ways is compared file by file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_world import TEMPLATES, adopted
from word_packages import body_document

from sheetgen.documents import plain_parts
from sheetgen.documents.contexts import final_context, minutes_context
from sheetgen.documents.engine import Engine
from sheetgen.documents.filling import Filling
from sheetgen.documents.kinds import TEMPLATE_KINDS
from sheetgen.documents.rendering_failures import RenderingError
from sheetgen.files import pack

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents import WordTemplate
    from sheetgen.documents.contexts import Context

TEXTS = st.text(st.sampled_from("a é<>&\"'{}%[]\n\t\r\f\u2028_"), max_size=6) | st.sampled_from(
    ["[à compléter]", "{{ x }}", "fin\nligne", "", "A & B"]
)
RUN = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
PIECES = (
    *(f"<w:p>{RUN.format(text)}</w:p>" for text in ("ab", "{{ x }}", "a {{ x }} b")),
    f"<w:p>{RUN.format('{% if y %}oui{% else %}non {{ x }}{% endif %}')}</w:p>",
    f"<w:p>{RUN.format('{% for i in l %}{{ i.t }} ; {% endfor %}')}</w:p>",
    f"<w:p>{RUN.format('{% set z = x %}{{ z }}')}</w:p>",
    f"<w:p>{RUN.format('{% set z %}dit{% endset %}{{ z }}')}</w:p>",
    f"<w:p>{RUN.format('{_{ texte }_}')}</w:p>",
    "".join(f"<w:p>{RUN.format(text)}</w:p>" for text in ("{%p if y %}", "oui", "{%p endif %}")),
    "".join(
        f"<w:p>{RUN.format(text)}</w:p>"
        for text in ("{%p for i in l %}", "{{ i.t }}", "{%p else %}", "rien", "{%p endfor %}")
    ),
    '<w:p><w:hyperlink w:tooltip="{{ x }}"/></w:p>',
    "<w:p/>",
)
CELLS = ("<w:tc><w:p/></w:tc>", f"<w:tc><w:p>{RUN.format('{{ x }}')}</w:p></w:tc>")
WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
LOOPED = f"<w:tc><w:p>{RUN.format('{%tc for i in l %}')}</w:p></w:tc>"
ENDING = f"<w:tc><w:p>{RUN.format('{% endif %}')}</w:p></w:tc>"
LOOP_END = f"<w:tc><w:p>{RUN.format('{%tc endfor %}')}</w:p></w:tc>"


def table(rows: list[list[str]]) -> str:
    """Return a table of two columns."""
    grid = '<w:gridCol w:w="600"/>' * 2
    lines = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


ROWS = st.lists(st.sampled_from((*CELLS, WIDE)), min_size=1, max_size=3) | st.just(
    [LOOPED, *CELLS, LOOP_END]
)
BODIES = st.lists(
    st.sampled_from(PIECES) | st.builds(table, st.lists(ROWS, min_size=1, max_size=3)), max_size=6
).map("".join)


def made(engine: Engine, context: Context) -> bytes | str:
    """Return a document, or why there is none."""
    filling = Filling(context=context, title='Titre <&>"', author="École & Cie", made_on=None)
    try:
        return pack(engine.make(filling).members)
    except RenderingError as error:
        return str(error)


def both_ways(data: bytes, context: Context) -> tuple[bytes | str, bytes | str]:
    """Return a document as it is made, and as docxtpl makes all its parts."""
    quick, slow = Engine(data, None, frozenset()), Engine(data, None, frozenset())
    vars(slow)["plain_parts"] = dict.fromkeys(slow.plain_parts)
    return made(quick, context), made(slow, context)


@given(body=BODIES, text=TEXTS, listed=st.lists(TEXTS, max_size=3), flag=st.booleans())
def test_documents_are_the_same(body: str, text: str, listed: list[str], flag: bool) -> None:
    """Whatever template and values, breaks, quotes and missing texts included."""
    context: Context = {
        "x": text,
        "y": flag,
        "l": [{"t": item} for item in listed],
        "certification": {},
    }
    quick, slow = both_ways(body_document(body), context)
    assert quick == slow


@pytest.mark.parametrize("kind", TEMPLATE_KINDS, ids=lambda kind: kind.file)
def test_every_part_that_ships_is_plain(kind: type[WordTemplate]) -> None:
    """A change of a template that makes all its documents slow is seen here."""
    engine = Engine((TEMPLATES / kind.file).read_bytes(), None, frozenset(kind.fields.fields))
    assert None not in engine.plain_parts.values()


def test_a_long_document_is_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is written in pieces."""
    monkeypatch.setattr(plain_parts, "_TEXTS_AT_ONCE", 7)
    context = minutes_context(adopted(world))
    quick, slow = both_ways((TEMPLATES / "proces-verbal.docx").read_bytes(), context)
    assert quick == slow


def test_a_report_is_the_same(world: World) -> None:
    """Of the session that all tests share, with line breaks and absent texts."""
    context = final_context(adopted(world), world.decided("1"))
    quick, slow = both_ways((TEMPLATES / "rapport-jury.docx").read_bytes(), context)
    assert quick == slow


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{RUN.format('{% if y %}')}</w:p>{table([[ENDING, CELLS[0]]])}",
        f"<w:p>{RUN.format('{% macro m() %}a{% endmacro %}{{ m() }}')}</w:p>",
        f"<w:p>{RUN.format('{% set z %}a{% endset %}{{ z }}')}</w:p>",
        f"<w:p>{RUN.format('{% filter upper %}a{% endfilter %}')}</w:p>",
        f"<w:p>{RUN.format('{_{ a }_}')}</w:p>",
        '<w:p w:rsidR="{{ x }}"/>',
        "<w:p>{{ x }}</w:p>",
        table([[LOOPED, *CELLS, LOOP_END]]),
        table([[CELLS[0]]]),
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1'/></wp:inline></w:drawing></w:r></w:p>",
    ],
)
def test_what_may_need_more_is_left_to_docxtpl(body: str) -> None:
    """Texts that are not followed, cells that come and go, drawings to number, values elsewhere."""
    engine = Engine(body_document(body), None, frozenset())
    assert engine.plain_parts["/word/document.xml"] is None
