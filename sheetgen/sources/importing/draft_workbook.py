"""A draft, written as the workbook that a school reads, mends and then uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.sources.importing.draft_referential import DraftLine, DraftState
from sheetgen.sources.schema import REFERENTIAL
from sheetgen.sources.write import Contents, Origins, Value, write_source_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sheetgen.sources.importing.draft_referential import DraftReferential

LONGEST_TEXT = 32_000
"""Characters of one cell of a workbook, a little less than Excel's own limit."""

_GROUNDS = {
    DraftState.DOUBTFUL.value: "FFF2CC",
    DraftState.LEFT.value: "F8CBAD",
    DraftState.HEADING.value: "EDEDED",
    DraftState.ADDED.value: "DDEBF7",
}

USUAL_SCALE: tuple[Mapping[str, Value], ...] = (
    {"Libellé": "Acquis", "Points": 2, "Acquis": "Oui", "Couleur": "C6E0B4", "Raccourci": "A"},
    {
        "Libellé": "Partiellement acquis",
        "Points": 1,
        "Acquis": "Non",
        "Couleur": "FFE699",
        "Raccourci": "P",
    },
    {"Libellé": "Non acquis", "Points": 0, "Acquis": "Non", "Couleur": "F4B6B6", "Raccourci": "X"},
)
"""The scale of a draft: documents hardly ever say theirs in a table."""

USUAL_RULES: Mapping[str, Value] = {"Raccourci Non observé": "O"}
"""The rules that go with it."""


def write_draft(path: Path, draft: DraftReferential) -> None:
    """Write the workbook, its sheet « Import » with it.

    Raises:
        OSError: the file cannot be written.
    """
    added = DraftLine(
        source="sheetgen",
        place="",
        state=DraftState.ADDED,
        sheet="Échelle",
        remark="échelle usuelle à trois niveaux : la remplacer par celle du règlement",
    )
    if added not in draft.lines:
        draft.lines.append(added)
    _cut_long_texts(draft)
    lines = [row for line in draft.lines for row in _rows(line)]
    counts = {**draft.sizes(), **draft.states()}
    contents = Contents(
        fields={"Certification": dict(draft.fields), "Règles": USUAL_RULES},
        rows={**{name: rows for name, rows in draft.rows.items() if rows}, "Échelle": USUAL_SCALE},
        source=[piece for text in draft.left() for piece in _pieces(text)],
        origins=Origins(lines=lines, counts=counts, grounds=_GROUNDS),
    )
    write_source_workbook(path, REFERENTIAL, contents)


def _cut_long_texts(draft: DraftReferential) -> None:
    """Cut the texts that no cell can hold, and note the rest of each as left out."""
    for sheet, rows in draft.rows.items():
        for row in rows:
            for name, value in row.items():
                if isinstance(value, str) and len(value) > LONGEST_TEXT:
                    row[name], *rest = _pieces(value)
                    draft.lines += [
                        DraftLine(
                            source="sheetgen",
                            place=f"feuille {sheet}, {row['Code']}, {name}",
                            state=DraftState.LEFT,
                            text=piece,
                            remark="suite d'un texte plus long qu'une cellule",
                        )
                        for piece in rest
                    ]


def _rows(line: DraftLine) -> Iterator[dict[str, Value]]:
    """Yield a line as the sheet has it: several where the text is longer than a cell."""
    for text in _pieces(line.text):
        yield {
            "Source": line.source,
            "Endroit": line.place,
            "État": line.state.value,
            "Feuille": line.sheet,
            "Code": line.code,
            "Repère": line.mark,
            "Texte": text,
            "Remarque": line.remark,
        }


def _pieces(text: str) -> list[str]:
    """Return a text cut where it is longer than a cell; an empty one is one piece, too."""
    return [text[start : start + LONGEST_TEXT] for start in range(0, len(text) or 1, LONGEST_TEXT)]
