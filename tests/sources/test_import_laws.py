"""Laws of an import: whatever a document's tables look like, no word is lost, no code twice."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st
from tries import tries

from sheetgen.sources.importing import DraftReferential, DraftState
from sheetgen.sources.importing.document import (
    DocumentCell,
    ReadBlock,
    ReadDocument,
    ReadParagraph,
)
from sheetgen.sources.importing.pasted import document_of_lines
from sheetgen.sources.importing.tree import TreeBuilder

SHEETS = ("Blocs", "Activités", "Modalités", "Compétences", "Critères")
HEADINGS = ("Blocs", "Activités", "Compétences", "Modalités", "Critères", "Observations")
WORDS = ("vendre", "Écouter", "client.", "projet :", "afin", "de", "marché ;", "C'est", "niveau 6")
MARKS = (
    *("", "", "", "C1.1 ", "C1.2 - ", "C2.1 : ", "C1.1.1 ", "A1.1 ", "A1. ", "Activité 2 : "),
    *("E1 ", "M2 : ", "C1.1- ", "(C1.3) ", "B1C1 ", "CP 1 "),
    *("Bloc 1 : ", "BC02 ", "- ", "• ", "1. ", "RNCP1234BC01 ", "Modalités : ", "Critères : "),
)
TEXTS = st.builds(
    lambda mark, words: mark + " ".join(words),
    st.sampled_from(MARKS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
) | st.sampled_from(
    ("-----------", "Handicap", "capitalisation de bloc", "E1", "C1.1.1", *HEADINGS)
)


def paragraph(text: str, level: int, place: int) -> ReadParagraph:
    """A paragraph at a made-up place."""
    return ReadParagraph(text=text, level=level, place=f"paragraphe {place}", close=place % 2 == 0)


PARAGRAPHS = st.lists(
    st.builds(paragraph, TEXTS, st.integers(-1, 1), st.integers(1, 9)), max_size=4
).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> ReadBlock:
    """A table, with headings or not, some cells higher or wider than one."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    titled = draw(st.booleans())
    names = draw(st.permutations(HEADINGS))
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            rows = columns = 1
            if not (titled and row == 0):
                rows = draw(st.sampled_from((1, 1, 1, 2, 3)))
                columns = draw(st.sampled_from((1, 1, 1, width - column)))
            rows = min(rows, height - row)
            span = {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)}
            if span & taken:
                rows, columns, span = 1, 1, {(row, column)}
            taken |= span
            texts = draw(PARAGRAPHS)
            if titled and row == 0:
                texts = (paragraph(names[column], -1, 1),)
            cells.append(
                DocumentCell(row=row, column=column, rows=rows, columns=columns, paragraphs=texts)
            )
    return ReadBlock(place="tableau", cells=tuple(cells))


DOCUMENTS = st.lists(tables() | PARAGRAPHS.map(lambda p: ReadBlock(paragraphs=p)), max_size=4).map(
    lambda blocks: ReadDocument(form="essai", blocks=tuple(blocks))
)


def words(text: str) -> Counter[str]:
    """The words of a text, whatever stands between them."""
    return Counter(re.findall(r"\w+", text))


def hold_laws(document: ReadDocument) -> None:
    """Every word is in a row, a mark, or told; no code stands twice; references lead somewhere."""
    draft = DraftReferential()
    TreeBuilder(draft).add("source", document)
    rows = [str(value) for sheet in SHEETS for row in draft.rows[sheet] for value in row.values()]
    told = [
        line.text
        for line in draft.lines
        if line.state in (DraftState.LEFT, DraftState.HEADING)
        or (line.state is DraftState.TAKEN and line.remark)
        or line.remark.startswith("déjà ")  # it is a row's above, and perhaps does not belong there
    ]
    marks = [line.mark for line in draft.lines]
    held = "\n".join([*rows, *map(str, draft.fields.values()), *told, *marks])
    source = "\n".join(item.text for item in document.paragraphs())
    assert words(source) - words(held) == Counter()
    for sheet in SHEETS:
        codes = [str(row["Code"]).casefold() for row in draft.rows[sheet]]
        assert len(codes) == len(set(codes))
    assert {row["Compétence"] for row in draft.rows["Critères"]} <= draft.codes("Compétences")
    assert {row["Bloc"] for row in draft.rows["Activités"]} <= draft.codes("Blocs")
    named = [str(row.get("Modalité", "")) for row in draft.rows["Compétences"]]
    assert {code for codes in named for code in codes.split(" ; ") if code} <= draft.codes(
        "Modalités"
    )


def criteria_cell(*texts: tuple[str, int]) -> ReadDocument:
    """A table of a competency and its criteria, these at such levels of a list."""
    listed = tuple(paragraph(text, level, 1) for text, level in texts)
    said = {
        (0, 0): (paragraph("Compétences", -1, 1),),
        (0, 1): (paragraph("Critères", -1, 1),),
        (1, 0): (paragraph("C1.1 vendre", -1, 1),),
        (1, 1): listed,
    }
    cells = [
        DocumentCell(row=row, column=column, rows=1, columns=1, paragraphs=paragraphs)
        for (row, column), paragraphs in said.items()
    ]
    return ReadDocument(form="essai", blocks=(ReadBlock(place="tableau", cells=tuple(cells)),))


def twice_told() -> ReadDocument:
    """A competency that comes again below an activity that no bloc has."""
    said = [
        *((0, column, text) for column, text in enumerate(("Blocs", "Activités", "Compétences"))),
        *((1, 2, "Écouter"), (2, 1, "Accueil"), (3, 2, "Écouter")),
    ]
    cells = tuple(
        DocumentCell(
            row=row, column=column, rows=1, columns=1, paragraphs=(paragraph(text, -1, 1),)
        )
        for row, column, text in said
    )
    return ReadDocument(form="essai", blocks=(ReadBlock(place="tableau", cells=cells),))


@given(document=DOCUMENTS)
@example(document=twice_told())
@example(document=criteria_cell(("vendre", 0), ("projet :", -1)))
@example(document=criteria_cell(("de :", -1), ("projet :", -1), ("vendre", 0)))
@example(document=criteria_cell(("de :", -1), ("de :", -1), ("vendre", 0), ("client", 1)))
@tries(60)
def test_no_word_of_a_document_is_lost(document: ReadDocument) -> None:
    """Tables of any shape, codes and bullets anywhere."""
    hold_laws(document)


@given(lines=st.lists(TEXTS | st.just(""), max_size=20))
@example(lines=["Compétence", "C1.1 vendre", "Modalités", "-----------"])
@tries(60)
def test_no_word_of_a_text_is_lost(lines: list[str]) -> None:
    """Lines in any order."""
    hold_laws(document_of_lines("\n".join(lines), "texte"))
