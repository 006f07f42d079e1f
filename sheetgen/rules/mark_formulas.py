"""From the mark in a cell to its points: the entry of every formula."""

from __future__ import annotations

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import NOT_OBSERVED, Mark, Scale, ScaleKind
from sheetgen.rules.excel import Value, divided, is_number, minus, number, text

UNSEEN = "—"
"""What a cell of points shows for « Non observé »: a text, which sums and counts leave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRanges:
    """The ranges of a sheet that list the levels, in one order; empty for a scale of notes.

    Attributes:
        labels: the levels' names.
        points: their points.
        shortcuts: what may be typed in place of each label; empty where nothing may.
        unobserved: what may be typed in place of *Non observé*, itself; likewise.
    """

    labels: str = ""
    points: str = ""
    shortcuts: str = ""
    unobserved: str = ""


def points_formula(scale: Scale, mark_cell: str, listed: ScaleRanges) -> str:
    """Return the points of a mark cell: a number, `UNSEEN`, or empty for a blank or faulty mark."""
    read = (
        _level_formula(mark_cell, listed)
        if scale.kind is ScaleKind.LEVELS
        else _note_formula(mark_cell, scale)
    )
    is_unseen = f"{mark_cell}={text(NOT_OBSERVED)}"
    if listed.unobserved:
        # In capitals, which makes a text of a digit too that a program kept as a number.
        is_unseen = f"OR({is_unseen},UPPER({mark_cell})={text(listed.unobserved)})"
    unseen = f"IF({is_unseen},{text(UNSEEN)},{read})"
    return f'=IFERROR(IF({mark_cell}="","",{unseen}),"")'


def points_value(mark: Mark | None) -> Value:
    """Return the points of a mark as a cell holds them; None is a blank or faulty mark."""
    if mark is None:
        return ""
    return UNSEEN if mark.points is None else float(mark.points)


def _level_formula(mark_cell: str, listed: ScaleRanges) -> str:
    """Return equality inside SUMPRODUCT, since MATCH and COUNTIF take some labels for wildcards.

    Joined to an empty text, since a program may turn a label such as « 1 » into a number.
    """
    same = f'{listed.labels}={mark_cell}&""'
    if listed.shortcuts:
        same = f"({same})+({listed.shortcuts}=UPPER({mark_cell}))>0"
    return f'IF(SUMPRODUCT(--({same}))=1,SUMPRODUCT(({same})*{listed.points}),"")'


def _note_formula(mark_cell: str, scale: Scale) -> str:
    """Return the formula for a number within bounds, whole steps from the minimum."""
    valid = f"IF({mark_cell}>={number(scale.minimum)},{mark_cell}<={number(scale.maximum)})"
    if scale.step is not None:
        steps = divided(minus(mark_cell, scale.minimum), scale.step)
        valid = f"IF({valid},ROUND({steps},6)=ROUND({steps},0))"
    return f'IF({is_number(mark_cell)},IF({valid},{mark_cell},""),"")'
