"""The looks of the consolidation: the tones of its words, and the cell formats made from them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from sheetgen.excel import CellFormats, formats, palette
from sheetgen.excel.palette import Tone
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AssessmentOutcome,
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    CriterionState,
    Status,
)
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

PLAIN = Tone(palette.INK, palette.WHITE)
MUTED = Tone(palette.MUTED, palette.WHITE)
LOCKED = Tone(palette.INK, palette.LOCKED)
INPUT = Tone(palette.INK, palette.INPUT)
PRIMARY = Tone(palette.WHITE, palette.PRIMARY)
FAVOURABLE = Tone("17592F", "DDF2E3", "✔")
UNFAVOURABLE = Tone("8F1616", "FBE1E1", "✘")
OPEN = Tone("7A3E00", "FFE9CC", "◆")
WAITING = Tone("424B54", "E3E7EB", "…")
HELD = Tone("1B4573", "DFEAF6", "●")
OUTSIDE = Tone("5A6570", "F6F7F9", "–")
ALERT = Tone(palette.WHITE, palette.RED, "⚠")
CHANGED = Tone("4A2378", "EBDDF9", "✎")

TONES = (
    PLAIN,
    MUTED,
    LOCKED,
    INPUT,
    PRIMARY,
    FAVOURABLE,
    UNFAVOURABLE,
    OPEN,
    WAITING,
    HELD,
    OUTSIDE,
    ALERT,
    CHANGED,
)

WORDS: Mapping[str, Tone] = {
    BlockOutcome.VALIDATED.value: FAVOURABLE,
    BlockOutcome.NOT_VALIDATED.value: UNFAVOURABLE,
    BlockOutcome.TO_DELIBERATE.value: OPEN,
    BlockOutcome.INCOMPLETE.value: WAITING,
    BlockOutcome.ALREADY_HELD.value: HELD,
    BlockOutcome.NOT_PRESENTED.value: OUTSIDE,
    CompetencyOutcome.ACQUIRED.value: FAVOURABLE,
    CompetencyOutcome.NOT_ACQUIRED.value: UNFAVOURABLE,
    CompetencyOutcome.INCOMPLETE.value: WAITING,
    CompetencyOutcome.NOT_APPLICABLE.value: OUTSIDE,
    AssessmentOutcome.PASSED.value: FAVOURABLE,
    AssessmentOutcome.FAILED.value: UNFAVOURABLE,
    AssessmentOutcome.NOT_OPEN.value: OUTSIDE,
    AssessmentOutcome.ABSENT.value: OUTSIDE,
    AssessmentOutcome.KEPT.value: HELD,
    CertificationOutcome.AWARDED.value: FAVOURABLE,
    CertificationOutcome.PARTIAL.value: HELD,
    CertificationOutcome.NOT_AWARDED.value: UNFAVOURABLE,
    **{status.value: OUTSIDE for status in Status if status is not Status.PRESENT},
    CriterionState.EXEMPT.value: HELD,
    CriterionState.NOT_OBSERVED.value: OPEN,
    CriterionState.MISSING.value: WAITING,
    CriterionState.NOT_APPLICABLE.value: OUTSIDE,
    CriterionState.NOT_OPEN.value: OUTSIDE,
    CriterionState.KEPT.value: HELD,
    CriterionState.ABSENT.value: OUTSIDE,
}
"""The tone of each word that an outcome or a state can be."""


class Style(Enum):
    """The looks of a cell."""

    TITLE = auto()
    SUBTITLE = auto()
    PROVISIONAL = auto()
    COMPLETE = auto()
    NOTE = auto()
    SECTION = auto()
    HEADER = auto()
    TEXT = auto()
    CODE = auto()
    OUTCOME = auto()
    STATE = auto()
    LINE = auto()
    ONE_LINE = auto()
    BESIDE = auto()
    SCORE = auto()
    POINTS = auto()
    COUNT = auto()
    MARK = auto()
    NO_MARK = auto()
    FIELD = auto()
    LONG_FIELD = auto()
    DATE = auto()
    TIME = auto()
    LABEL = auto()
    LINK = auto()
    BOXED_LINK = auto()
    HIDDEN = auto()
    CARD = auto()
    CARD_LABEL = auto()
    CARD_CHOICE = auto()
    CARD_LINK = auto()
    CARD_OUTCOME = auto()
    CARD_WAY = auto()
    CARD_TEXT = auto()
    CARD_LEGEND = auto()
    CARD_BLOCK = auto()
    CARD_BLOCK_NAME = auto()
    CARD_BLOCK_SCORE = auto()
    CARD_NAME = auto()
    CARD_CELL = auto()
    CARD_SCORE = auto()
    CARD_MARKS = auto()
    CARD_OUTCOME_CELL = auto()
    CARD_BOX = auto()


@dataclass(frozen=True, slots=True)
class OutOf:
    """The look of a note, as in « 12,5/20 »; `maximum` is the highest note."""

    style: Style
    maximum: Fraction


_LINKED = Tone("1B4573", palette.WHITE)
_FRAME: Mapping[str, object] = {"border": 1, "border_color": f"#{palette.BORDER}"}
_BOX: Mapping[str, object] = {**_FRAME, "indent": 1}
_WRAPPED: Mapping[str, object] = {**_BOX, "text_wrap": True}
_CENTRED: Mapping[str, object] = {**_FRAME, "align": "center", "text_wrap": True}
_LINE: Mapping[str, object] = {**_FRAME, "shrink": True}
_UNLOCKED: Mapping[str, object] = {**_WRAPPED, "locked": False}

_PROPERTIES: Mapping[Style, tuple[Tone, Mapping[str, object]]] = {
    Style.TITLE: (PRIMARY, {"bold": True, "font_size": 16, "indent": 1}),
    Style.SUBTITLE: (MUTED, {"indent": 1}),
    Style.PROVISIONAL: (ALERT, {"bold": True, "font_size": 20, "indent": 1}),
    Style.COMPLETE: (FAVOURABLE, {"bold": True, "indent": 1}),
    Style.NOTE: (MUTED, {"italic": True, "indent": 1}),
    Style.SECTION: (PLAIN, {"bold": True, "font_size": 13, "bottom": 2}),
    Style.HEADER: (PRIMARY, {**_CENTRED, "bold": True}),
    Style.TEXT: (PLAIN, _WRAPPED),
    Style.LINE: (PLAIN, _FRAME),
    Style.ONE_LINE: (PLAIN, {**_BOX, "shrink": True}),
    Style.BESIDE: (PRIMARY, {}),
    Style.CODE: (PLAIN, _BOX),
    Style.OUTCOME: (PLAIN, {**_CENTRED, "bold": True}),
    Style.STATE: (PLAIN, _CENTRED),
    Style.SCORE: (PLAIN, {**_CENTRED, "num_format": formats.PERCENT_TENTHS}),
    Style.POINTS: (PLAIN, {**_CENTRED, "num_format": formats.TWO_DECIMALS}),
    Style.COUNT: (PLAIN, {**_CENTRED, "num_format": formats.WHOLE}),
    Style.MARK: (INPUT, {**_CENTRED, "locked": False}),
    Style.NO_MARK: (LOCKED, _CENTRED),
    Style.FIELD: (INPUT, _UNLOCKED),
    Style.LONG_FIELD: (INPUT, {**_UNLOCKED, "valign": "top", "align": "left"}),
    Style.DATE: (INPUT, {**_UNLOCKED, "num_format": formats.DATE, "align": "left"}),
    Style.TIME: (INPUT, {**_UNLOCKED, "num_format": formats.TIME, "align": "left"}),
    Style.LABEL: (LOCKED, {**_BOX, "bold": True}),
    Style.LINK: (_LINKED, {"underline": 1}),
    Style.BOXED_LINK: (_LINKED, {**_BOX, "underline": 1}),
    Style.HIDDEN: (MUTED, {}),
    Style.CARD: (PLAIN, {}),
    Style.CARD_LABEL: (PRIMARY, {"bold": True}),
    Style.CARD_CHOICE: (INPUT, {**_BOX, "bold": True, "font_size": 16, "locked": False}),
    Style.CARD_LINK: (_LINKED, {"underline": 1, "align": "center"}),
    Style.CARD_WAY: (Tone("1B4573", palette.LOCKED), {**_LINE, "bold": True, "underline": 1}),
    Style.CARD_OUTCOME: (PLAIN, {**_LINE, "bold": True, "font_size": 13, "align": "center"}),
    Style.CARD_TEXT: (PLAIN, {"bold": True, "indent": 1, "shrink": True}),
    Style.CARD_LEGEND: (MUTED, {"shrink": True}),
    Style.CARD_BLOCK: (LOCKED, {**_LINE, "bold": True, "align": "center"}),
    Style.CARD_BLOCK_NAME: (LOCKED, {**_LINE, "bold": True}),
    Style.CARD_BLOCK_SCORE: (
        LOCKED,
        {**_LINE, "bold": True, "align": "center", "num_format": formats.PERCENT_TENTHS},
    ),
    Style.CARD_NAME: (PLAIN, _LINE),
    Style.CARD_CELL: (PLAIN, {**_LINE, "align": "center"}),
    Style.CARD_SCORE: (
        PLAIN,
        {**_LINE, "align": "center", "num_format": formats.PERCENT_TENTHS},
    ),
    Style.CARD_MARKS: (PLAIN, {**_LINE, "align": "center"}),
    Style.CARD_OUTCOME_CELL: (PLAIN, {**_LINE, "bold": True, "align": "center"}),
    Style.CARD_BOX: (PLAIN, {**_FRAME, "text_wrap": True, "valign": "top"}),
}


class ConsolidationStyles(CellFormats):
    """The cell formats of one consolidation, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__(workbook=workbook)
        self._formats = {
            style: self._of_tone(tone, properties)
            for style, (tone, properties) in _PROPERTIES.items()
        }
        self._notes: dict[OutOf, Format] = {}
        self._tones: dict[Tone, Format] = {}

    def _of_tone(self, tone: Tone, properties: Mapping[str, object]) -> Format:
        ground = {} if tone.ground == PLAIN.ground else {"bg_color": f"#{tone.ground}"}
        return self.make(tone.ink, **{**ground, **properties})

    def __getitem__(self, style: Style | OutOf) -> Format:
        """Return the format of a cell that is this."""
        if isinstance(style, Style):
            return self._formats[style]
        if style not in self._notes:
            tone, properties = _PROPERTIES[style.style]
            shown = {"num_format": formats.note_over(exact_number(style.maximum))}
            self._notes[style] = self._of_tone(tone, {**properties, **shown})
        return self._notes[style]

    def conditional(self, tone: Tone) -> Format:
        """Return what a rule makes of a cell: the tone's colours, its symbol before the text."""
        if tone not in self._tones:
            shown = {"num_format": formats.after_symbol(tone.symbol)} if tone.symbol else {}
            self._tones[tone] = self.make_conditional(tone, **shown)
        return self._tones[tone]
