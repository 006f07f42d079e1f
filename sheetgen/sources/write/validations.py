"""The dropdowns, limits and notes on headers of the cells of a source workbook.

Closed values are offered from ranges, never inline (Excel repairs a file whose inline list passes
255 characters): codes from the sheet that declares them, other sets from the hidden sheet of lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from openpyxl.comments import Comment
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from sheetgen.excel.cell_text import LONGEST_ERROR, LONGEST_PROMPT, LONGEST_TITLE, cut_text
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import quoted
from sheetgen.sources.schema import ColumnSpec, ValueKind, ValueSpec, WorkbookSpec
from sheetgen.sources.write.readme import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 1000
"""Last row that dropdowns cover: far more candidates or criteria than a workbook has."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """The data validation of cells, in Excel's own words."""

    type: Literal["custom", "date", "decimal", "list", "whole"] | None = None
    operator: Literal["between", "greaterThan", "greaterThanOrEqual"] | None = None
    formula1: str | None = None
    formula2: str | None = None


_LIMITS = {
    ValueKind.WEIGHT: _Rule("decimal", "greaterThan", "0"),
    ValueKind.POINTS: _Rule("decimal", "between", "-1000000", "1000000"),
    ValueKind.COUNT: _Rule("whole", "greaterThanOrEqual", "1"),
    ValueKind.DATE: _Rule("date", "greaterThanOrEqual", "1"),
}
"""Kinds that have limits but no list; passing them warns, since a text may read as a number."""


def closed_sets(spec: WorkbookSpec) -> dict[tuple[str, ...], str]:
    """Yield each closed set of values in the workbook, with the name of its first owner."""
    found: dict[tuple[str, ...], str] = {}
    for value in _values(spec):
        if value.allowed:
            found.setdefault(value.allowed, value.name)
    return found


def explanation(value: ValueSpec) -> str:
    """Return what the value is, may be and means when blank, as French sentences."""
    return _explained(value, listed=False)


def _explained(value: ValueSpec, *, listed: bool) -> str:
    """Return an explanation; where a list is shown beside it, without what that says already."""
    parts = [value.help]
    if value.choices is not None and not listed:
        parts.append(f"Choix : {quoted(value.allowed)}.")
    if value.default is not None and "vide" not in value.help.casefold():
        parts.append(f"Par défaut : {value.default}.")
    return typeset(" ".join(parts))


def header_note(column: ColumnSpec) -> Comment:
    """Return the note that explains a column when the mouse passes over its header."""
    need = "À remplir obligatoirement." if column.required else column.need or "Facultatif."
    return _note(f"{need}\n{explanation(column)}")


def cell_note(column: ColumnSpec, text: str) -> Comment:
    """Return the note of one cell: what is to be said of it, then what its column may hold."""
    return _note(f"{typeset(text)}\n{explanation(column)}")


def _note(text: str) -> Comment:
    return Comment(text, "sheetgen", width=320, height=40 + 18 * (1 + len(text) // 45))


def validation(
    spec: WorkbookSpec, value: ValueSpec, cells: str, *, prompt: bool
) -> DataValidation | None:
    """Return the data validation of the cells; None where any text will do.

    Args:
        spec: the workbook, for where its lists of values lie.
        value: what the cells hold.
        cells: their range, as `C2:C1000`.
        prompt: whether choosing a cell shows what to write.
    """
    rule = _list_rule(spec, value) or _code_rule(value, cells) or _LIMITS.get(value.kind)
    if rule is None and not (prompt and value.references):
        return None
    rule = rule or _Rule()
    found = DataValidation(
        type=rule.type,
        operator=rule.operator,
        formula1=rule.formula1,
        formula2=rule.formula2,
        allow_blank=True,
        sqref=cells,
    )
    if rule.type is not None and value.kind not in (ValueKind.REFERENCES, ValueKind.CHOICES):
        found.showErrorMessage = True
        varies = any(len(term.forms) > 1 for term in value.choices or ())
        closed = rule.type == "list" and value.kind is not ValueKind.TEXT and not varies
        found.errorStyle = "stop" if closed else "warning"
        found.errorTitle = cut_text(value.name, LONGEST_TITLE)
        found.error = cut_text(typeset(_refusal(value)), LONGEST_ERROR)
    if prompt:
        found.showInputMessage = True
        found.promptTitle = cut_text(value.name, LONGEST_TITLE)
        told = _explained(value, listed=rule.type == "list")
        found.prompt = cut_text(told, LONGEST_PROMPT)
    return found


def _values(spec: WorkbookSpec) -> Iterator[ValueSpec]:
    for sheet in spec.sheets:
        yield from sheet.columns
        yield from sheet.fields


def _list_rule(spec: WorkbookSpec, value: ValueSpec) -> _Rule | None:
    if value.allowed:
        column = get_column_letter(1 + list(closed_sets(spec)).index(value.allowed))
        lists = quote_sheetname(spec.companions[1])
        last = 1 + len(value.allowed)
        return _Rule("list", formula1=f"{lists}!${column}$2:${column}${last}")
    if value.references in {sheet.name for sheet in spec.sheets}:
        codes = quote_sheetname(str(value.references))
        return _Rule("list", formula1=f"{codes}!$A$2:$A${ROOM}")
    return None


def _code_rule(value: ValueSpec, cells: str) -> _Rule | None:
    if value.kind is not ValueKind.CODE:
        return None
    first, _, _ = cells.partition(":")
    return _Rule("custom", formula1=f"SUMPRODUCT(--({absolute_coordinate(cells)}={first}))=1")


def _refusal(value: ValueSpec) -> str:
    if value.allowed:
        return f"Choisir {quoted(value.allowed)} dans la liste."
    if value.references is not None:
        return f"Choisir un code de la feuille {value.references} dans la liste."
    if value.kind is ValueKind.CODE:
        return "Ce code est déjà dans la colonne : chaque code est unique."
    return f"Valeur attendue : {value.kind.value}. La garder quand même ?"
