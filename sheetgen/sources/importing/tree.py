"""From a document's texts to the rows of a draft: the tree is followed row by row.

A competency belongs to the activity or bloc that was last named, a method to the competencies that
its cell stands beside, a criterion to the competency of its row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.sources.importing.cell_texts import lines_of
from sheetgen.sources.importing.certification_texts import CertificationTexts
from sheetgen.sources.importing.draft_referential import DraftLine, DraftReferential, DraftState
from sheetgen.sources.importing.headings import ColumnRole, is_code, read_headings
from sheetgen.sources.importing.levels import Levels
from sheetgen.sources.importing.source_codes import has_code, split_activity, split_block
from sheetgen.sources.importing.tree_competencies import CompetencyRows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.sources.importing.document import (
        DocumentCell,
        ReadBlock,
        ReadDocument,
        ReadParagraph,
    )

_ASIDE = "zone de texte, en-tête, pied de page, note, commentaire ou dessin"
_NO_TABLE = "hors des tableaux"
_NO_HEADINGS = "les titres des colonnes de ce tableau ne sont pas reconnus (voir --columns)"


class TreeBuilder(CompetencyRows):
    """Adds documents to a draft, one after another."""

    def __init__(
        self, draft: DraftReferential, columns: Sequence[ColumnRole] | None = None
    ) -> None:
        super().__init__(draft)
        self._columns = columns
        self._texts = CertificationTexts(draft)
        self.unrecognised: list[str] = []

    def add(self, source: str, document: ReadDocument, aside: str = _ASIDE) -> None:
        """Add all that a document says: to the draft's rows, or to the lines left out.

        Args:
            source: the document's name.
            document: what it holds.
            aside: why nothing is made of its texts outside the flow, in French.
        """
        self._begin(source, Levels.of(document))
        self._texts.begin(source)
        known: dict[int, dict[int, ColumnRole]] = {}
        for block in document.blocks:
            if block.cells:
                self._add_table(block, known)
            else:
                for paragraph in block.paragraphs:
                    self._add_running(paragraph)
        self._draft.leave(source, document.aside, aside)

    # Running text

    def _add_running(self, paragraph: ReadParagraph) -> None:
        block = split_block(paragraph.text)
        if block is not None:
            self._texts.end()
            self._start_block(block, paragraph)
            return
        activity = split_activity(paragraph.text)
        if activity.code:
            self._texts.end()
            self._start_activity(activity, paragraph)
            return
        if not self._texts.take(paragraph):
            self._draft.leave(self._source, (paragraph,), _NO_TABLE)

    # Tables

    def _add_table(self, table: ReadBlock, known: dict[int, dict[int, ColumnRole]]) -> None:
        self._texts.end()
        named = self._named_columns(table)
        roles = dict(named or {})
        width, above = table.columns, -2
        for number, row in table.rows():
            found = read_headings(row, number)
            if found is not None:
                self._note_headings(row, number)
                second = above == number - 1 or self._is_second(row, number)
                roles = named or {**(roles if second else {}), **found}
                above = number
                known[width] = roles
                continue
            title = self._title_of(row, width) or self._block_title(row, number, roles)
            if title is not None:
                if title.row == number:
                    self._add_title(title)
                continue
            if not roles and width in known:
                roles = known[width]
                self._doubt_table(
                    table, "colonnes du tableau précédent : celui-ci n'a pas de titres"
                )
            if roles:
                self._add_row(row, number, roles)
            else:
                self._leave_row(table, row, number)

    def _named_columns(self, table: ReadBlock) -> dict[int, ColumnRole] | None:
        """Return the columns as whoever imports names them, for tables that have as many.

        Those that a reader laid out itself have their own.
        """
        if table.named:
            return {place: ColumnRole(name) for place, name in enumerate(table.named)}
        if self._columns is None or table.columns != len(self._columns):
            return None
        return dict(enumerate(self._columns))

    def _is_second(self, row: Mapping[int, DocumentCell], number: int) -> bool:
        """Return whether a row of headings goes on with the one above it."""
        return any(cell.row < number for cell in row.values())

    def _title_of(self, row: Mapping[int, DocumentCell], width: int) -> DocumentCell | None:
        """Return the one cell that fills a row of a table of several columns, if there is one."""
        filled = {id(cell): cell for cell in row.values() if cell.paragraphs}
        if width < 2 or len(filled) != 1:
            return None
        (cell,) = filled.values()
        return cell if cell.columns >= width and cell.rows == 1 else None

    def _block_title(
        self, row: Mapping[int, DocumentCell], number: int, roles: Mapping[int, ColumnRole]
    ) -> DocumentCell | None:
        """Return the one cell of a row that names a bloc where no bloc or activity is expected.

        Spreadsheets have such titles in their first column, without a merge over the others.
        """
        own = [cell for cell in _each(row) if cell.row == number and cell.paragraphs]
        if len(own) != 1 or split_block(own[0].text) is None:
            return None
        role = roles.get(own[0].column)
        return own[0] if role in (None, ColumnRole.COMPETENCY) else None

    def _note_headings(self, row: Mapping[int, DocumentCell], number: int) -> None:
        for cell in _each(row):
            if cell.row == number:
                for item in cell.paragraphs:
                    self._note(item, DraftState.HEADING)

    def _add_title(self, cell: DocumentCell) -> None:
        for item in lines_of(cell.paragraphs):
            self._add_running(item)

    def _leave_row(self, table: ReadBlock, row: Mapping[int, DocumentCell], number: int) -> None:
        if table.place not in self.unrecognised:
            self.unrecognised.append(table.place)
        for cell in _each(row):
            if cell.row == number:
                self._draft.leave(self._source, cell.paragraphs, _NO_HEADINGS)

    def _doubt_table(self, table: ReadBlock, why: str) -> None:
        self._draft.lines.append(
            DraftLine(source=self._source, place=table.place, state=DraftState.DOUBTFUL, remark=why)
        )

    def _add_row(
        self, row: Mapping[int, DocumentCell], number: int, roles: Mapping[int, ColumnRole]
    ) -> None:
        cells: dict[ColumnRole, list[DocumentCell]] = {}
        for column, cell in _with_codes(row, number, roles).items():
            role = roles.get(column, ColumnRole.IGNORED)
            if cell not in cells.setdefault(role, []):
                cells[role].append(cell)
        new = {
            role: [cell for cell in found if cell.row == number and cell.paragraphs]
            for role, found in cells.items()
        }
        for cell in new.get(ColumnRole.IGNORED, ()):
            self._draft.leave(self._source, cell.paragraphs, "colonne sans titre reconnu")
        for cell in new.get(ColumnRole.BLOCK, ()):
            self._add_blocks(cell)
        for cell in new.get(ColumnRole.ACTIVITY, ()):
            self._add_activities(cell)
        told = [cell for cell in new.get(ColumnRole.COMPETENCY, ()) if self._add_competencies(cell)]
        self._add_methods(cells.get(ColumnRole.METHOD, ()), number, beside=bool(told))
        first = min((at for at, role in roles.items() if role is ColumnRole.CRITERION), default=0)
        for cell in new.get(ColumnRole.CRITERION, ()):
            several = self._spans_others(cell, cells, told)
            self._add_criteria(cell, several=several, second=cell.column > first)

    def _spans_others(
        self,
        cell: DocumentCell,
        cells: Mapping[ColumnRole, Sequence[DocumentCell]],
        told: Sequence[DocumentCell],
    ) -> bool:
        """Return whether criteria stand beside several competencies, as no row says of which."""
        height = max((item.rows for item in cells.get(ColumnRole.COMPETENCY, ())), default=1)
        return len(told) > 1 or len(self._here.competencies) > 1 or cell.rows > height


def _with_codes(
    row: Mapping[int, DocumentCell], number: int, roles: Mapping[int, ColumnRole]
) -> dict[int, DocumentCell]:
    """Return a row whose codes, alone in a column without a role, stand before their texts."""
    found = dict(row)
    for column, cell in row.items():
        text, role = row.get(column + 1), roles.get(column + 1)
        if column in roles or text is None or role is None or not text.paragraphs:
            continue
        if not cell.row == text.row == number or not is_code(cell.text, role):
            continue
        first, *rest = text.paragraphs
        if has_code(first.text) or (rest and role is ColumnRole.CRITERION):
            continue
        coded = replace(first, text=f"{cell.text} {first.text}")
        whole = replace(text, paragraphs=(coded, *rest))
        found |= {place: whole for place, item in row.items() if item is text}
        del found[column]
    return found


def _each(row: Mapping[int, DocumentCell]) -> list[DocumentCell]:
    """Return the cells of a row, each once."""
    return list({id(cell): cell for cell in row.values()}.values())
