"""Grids put together from the sheets of blocs, each of which is written once.

What a bloc's sheet and its workings hold depends on the bloc's variant and on the bloc that its
sheet leads to, whatever other blocs a grid has. What frames them, the first sheet, the results and
the whole texts, is written for each set of blocs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.caches import forget_oldest
from sheetgen.excel import SheetPart, fill_sheets, has_gap, listed_texts, strict
from sheetgen.grid.write.block_sheet import link_after
from sheetgen.grid.write.calculation import Calculation
from sheetgen.grid.write.grid import GridSheets
from sheetgen.grid.write.grid_package import GridWorkbook
from sheetgen.grid.write.grid_styles import GridStyles
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from sheetgen.grid.asked import BlockVariant
    from sheetgen.grid.block_plan import BlockSheetPlan
    from sheetgen.grid.identity import GridStamp
    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import BlockDecision, Referential

_STYLES = "xl/styles.xml"
_MOST_PARTS = 256
"""Parts that are kept, some fifty kilobytes each; exemptions make many variants of a bloc."""

_ROWS, _END_OF_ROWS = b"<sheetData>", b"</sheetData>"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPart:
    """A bloc's sheet and workings, ready for any grid that holds it.

    Attributes:
        decision: what the rules make of it without marks.
        sheet: its sheet.
        band: the rows of its workings.
        row: the first of them.
    """

    decision: BlockDecision
    sheet: SheetPart
    band: SheetPart
    row: int


class BlockParts:
    """The blocs of a référentiel as written for one owner and code, which may be marks of gaps.

    All workbooks have the formats of one, which are numbered alike whatever a sheet uses.
    """

    def __init__(self, referential: Referential) -> None:
        self._known: dict[tuple[BlockVariant, tuple[str, str]], BlockPart] = {}
        with strict(), GridWorkbook() as workbook:
            self._styles = GridStyles.of(workbook, referential)
        self._styles_part = workbook.parts[_STYLES]

    def write_grid(self, plan: GridPlan, stamp: GridStamp) -> dict[str, bytes]:
        """Return the parts of a grid without marks: those that its writer would put in its file.

        Only the texts of the cells are listed in another order: those with gaps come last.

        Raises:
            UserWarning: XlsxWriter found something that Excel would refuse.
            UnwritableError: likewise.
        """
        known = [self._get(plan, stamp, block) for block in plan.blocks]
        decided = {part.decision.code: part.decision for part in known}
        with strict(), GridWorkbook() as workbook:
            calculation = Calculation(plan=plan, decided=decided)
            sheets = GridSheets(workbook, self._styles, stamp, calculation)
            sheets.write_frame()
            sheets.announce_blocks()
        parts = {**workbook.parts, _STYLES: self._styles_part}
        listed = listed_texts(parts)
        filled = {
            sheet.part_name: [SheetPart.of(parts[sheet.part_name], listed)]
            for sheet in (sheets.home, sheets.summary, sheets.texts)
        }
        for sheet, part in zip(sheets.blocks, known, strict=True):
            filled[sheet.part_name] = [part.sheet]
        head, end, tail = parts[sheets.hidden.part_name].partition(_END_OF_ROWS)
        filled[sheets.hidden.part_name] = [
            SheetPart.of(head, listed),
            *(part.band for part in sorted(known, key=lambda part: part.row)),
            SheetPart.of(end + tail, listed),
        ]
        return parts | fill_sheets(filled, has_gap)

    def _get(self, plan: GridPlan, stamp: GridStamp, block: BlockSheetPlan) -> BlockPart:
        """Return what was written of a bloc of the grid; write it if nothing was."""
        key = block.variant, link_after(plan.referential, plan.after(block))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._write(plan, stamp, block)
            forget_oldest(self._known, _MOST_PARTS)
        return known

    def _write(self, plan: GridPlan, stamp: GridStamp, block: BlockSheetPlan) -> BlockPart:
        calculation = Calculation(plan=replace(plan, blocks=(block,)))
        with strict(), GridWorkbook() as workbook:
            sheets = GridSheets(workbook, self._styles, stamp, calculation)
            sheets.write_block(block, plan.after(block))
        (sheet,) = sheets.blocks
        parts = workbook.parts
        listed = listed_texts(parts)
        _, _, rows = parts[sheets.hidden.part_name].partition(_ROWS)
        band, _, _ = rows.partition(_END_OF_ROWS)
        return BlockPart(
            decision=calculation.blocks[block.block.code],
            sheet=SheetPart.of(parts[sheet.part_name], listed),
            band=SheetPart.of(band, listed),
            row=block.calculation_row,
        )
