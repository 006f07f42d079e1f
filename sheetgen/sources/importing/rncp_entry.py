"""An entry of the register as a document like any other: its blocs as tables, the rest as texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.sources.importing.document import (
    DocumentCell,
    ReadBlock,
    ReadDocument,
    ReadParagraph,
    tidy,
)
from sheetgen.sources.importing.draft_referential import DraftLine, DraftState
from sheetgen.sources.importing.headings import ColumnRole
from sheetgen.sources.importing.levels import PREFIX

if TYPE_CHECKING:
    from datetime import date

    from sheetgen.sources.importing.draft_referential import DraftReferential
    from sheetgen.sources.importing.rncp_export import RncpBlock, RncpEntry

_STAR = re.compile(r"(?:^|\s)[*•]\s*(?=\S)")
_DASH = re.compile(r"(?:^|\s)[-–]\s+(?=[A-ZÀ-ÖØ-Þ])")
_RUN = re.compile(r"\s{3,}|\n+")
_FLAT = "la liste est aplatie dans le registre : vérifier où chaque élément commence"
COLUMNS = (ColumnRole.COMPETENCY.value, ColumnRole.METHOD.value)


def split_flattened(text: str) -> list[str]:
    """Return the items of a list that the register gives as one line."""
    for sign in (_STAR, _DASH):
        if len(sign.findall(text)) > 1 or sign.match(text):
            return [item for piece in sign.split(text) if (item := tidy(piece))]
    return [item for piece in _RUN.split(text) if (item := tidy(piece))]


def document_of_entry(entry: RncpEntry, described: frozenset[str]) -> ReadDocument:
    """Return an entry as a document.

    Args:
        entry: of the register.
        described: codes of blocs, without the entry's, whose competencies another document has: the
            register's texts of those are set aside.
    """
    blocks: list[ReadBlock] = []
    aside: list[ReadParagraph] = []
    for block in entry.blocks:
        place = f"fiche {entry.code}, bloc {block.code}"
        title = ReadParagraph(text=f"{block.code} : {block.title}", place=place)
        blocks.append(ReadBlock(paragraphs=(title,)))
        if PREFIX.sub("", block.code) in described:
            aside += _aside(block, place)
        else:
            blocks.append(_table(block, place))
            if not blocks[-1].cells:  # methods beside no competency have no place
                aside += _aside(block, place)
        if block.prerequisites:
            aside.append(ReadParagraph(text=tidy(block.prerequisites), place=f"{place}, prérequis"))
    aside += [
        ReadParagraph(text=tidy(text), place=f"fiche {entry.code}, {name}")
        for name, text in entry.others
    ]
    return ReadDocument(form="registre", blocks=tuple(blocks), aside=tuple(aside))


def _aside(block: RncpBlock, place: str) -> list[ReadParagraph]:
    return [
        ReadParagraph(text=tidy(text), place=f"{place}, {name}")
        for name, text in (("compétences", block.competencies), ("modalités", block.methods))
        if tidy(text)
    ]


def _table(block: RncpBlock, place: str) -> ReadBlock:
    items = split_flattened(block.competencies)
    cells = [
        DocumentCell(
            row=row,
            column=0,
            paragraphs=(
                ReadParagraph(text=text, place=f"{place}, compétence {row + 1}", doubt=_FLAT),
            ),
        )
        for row, text in enumerate(items)
    ]
    methods = split_flattened(block.methods)
    if methods and items:
        texts = tuple(ReadParagraph(text=text, place=f"{place}, modalités") for text in methods)
        cells.append(DocumentCell(row=0, column=1, rows=len(items), paragraphs=texts))
    return ReadBlock(place=place, named=COLUMNS, cells=tuple(cells))


def take_certification(draft: DraftReferential, entry: RncpEntry, source: str) -> None:
    """Fill the sheet « Certification » with what the register says: it is what papers must say."""
    values: dict[str, str | date | None] = {
        "Intitulé": entry.title,
        "Niveau": entry.level,
        "Niveau CEC": entry.level,
        "Code RNCP": entry.code,
        "Code NSF": " ; ".join(entry.nsf),
        "Certificateur": " ; ".join(entry.certifiers),
        "Date de décision France compétences": entry.decided,
        "Date d'échéance": entry.expires,
    }
    for name, value in values.items():
        if not value:
            continue
        former = draft.fields.get(name)
        same = former is None or str(former) == str(value)
        draft.fields[name] = value
        shown = value if isinstance(value, str) else value.strftime("%d/%m/%Y")
        draft.lines.append(
            DraftLine(
                source=source,
                place=f"fiche {entry.code}",
                state=DraftState.TAKEN if same else DraftState.DOUBTFUL,
                sheet="Certification",
                code=name,
                text=shown,
                remark="" if same else f"un autre document dit : {former}",
            )
        )
