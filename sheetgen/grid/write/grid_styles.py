"""The cell formats of a grid, made from one palette."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.excel import CellFormats, formats, palette
from sheetgen.excel.palette import Tone
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ScaleKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from sheetgen.model import Referential, Scale

TO_DO = Tone("9A3E06", "FFF1E0")
DONE = Tone("1E6B3A", "E6F4EA")
WRONG = Tone(palette.RED, "FDE8E8")


@dataclass(frozen=True, kw_only=True)
class GridStyles(CellFormats):
    """The cell formats of a grid, the same with the same numbers in all grids of a référentiel.

    Attributes:
        primary: the school's colour, as `RRGGBB`: the ground of titles and headers.
        text_marks: whether marks are texts, kept so even where a label looks like a number.
        levels: the colours of the scales' levels.
        typed: the labels for which something may be typed, and their colours.
        scales: where criteria are on several, all of them; else none.
        divided: whether épreuves or groups stand above criteria.
        notes: the scales on which scores are read as notes.
    """

    primary: str
    text_marks: bool
    levels: tuple[str, ...]
    typed: tuple[tuple[str, str | None], ...] = ()
    scales: tuple[Scale, ...] = ()
    divided: bool = False
    notes: tuple[Scale, ...] = ()

    @classmethod
    def of(cls, workbook: Workbook, referential: Referential) -> GridStyles:
        """Return the formats of a workbook that is a grid, or a part of one."""
        scale = referential.scale
        return cls(
            workbook=workbook,
            primary=referential.certification.colour or palette.PRIMARY,
            text_marks=scale.kind is ScaleKind.LEVELS,
            levels=tuple(
                level.colour
                for used in referential.scales_in_use
                for level in used.levels
                if level.colour
            ),
            typed=tuple(
                (label, colour)
                for used in referential.scales_in_use
                for label, colour in typed_colours(used).values()
            ),
            scales=referential.scales_in_use if referential.mixes_scales else (),
            divided=any(len(item.methods) > 1 for item in referential.competencies)
            or any(item.group for item in referential.criteria),
            notes=referential.score_scales if referential.reads_notes else (),
        )

    def __post_init__(self) -> None:
        for name, kept in vars(GridStyles).items():
            if isinstance(kept, cached_property):
                getattr(self, name)
        for colour in self.levels:
            self.level(colour)
            self.given_level(colour)
        for label, ground in self.typed:
            self.typed_level(label, ground)
        for scale in self.scales:
            self.mark_on(scale)
            self.points_on(scale)
        if self.divided:
            self.part()
            self.part_code()
        for scale in self.notes:
            self.note_on(scale)
            self.heading_note_on(scale)

    def _format(self, **properties: object) -> Format:
        left = {"align": "left"} if "indent" in properties else {}
        return self.make(palette.INK, **{"text_wrap": True, **left, **properties})

    def _boxed(self, **properties: object) -> Format:
        return self._format(border=1, border_color=f"#{palette.BORDER}", **properties)

    def _locked(self, **properties: object) -> Format:
        return self._boxed(bg_color=f"#{palette.LOCKED}", **properties)

    def _input(self, **properties: object) -> Format:
        return self._boxed(bg_color=f"#{palette.INPUT}", locked=False, **properties)

    def _on_primary(self, **properties: object) -> dict[str, object]:
        colours = {
            "bold": True,
            "font_color": f"#{palette.text_on(self.primary)}",
            "bg_color": f"#{self.primary}",
        }
        return colours | properties

    @cached_property
    def block_title(self) -> Format:
        """Return a bloc's title, below the header of its sheet."""
        return self._format(
            bold=True, font_size=12, indent=1, font_color=f"#{palette.darkened(self.primary)}"
        )

    @cached_property
    def short_heading(self) -> Format:
        """Return the heading of a competency on its bloc's sheet."""
        return self._locked(bold=True, font_size=10, indent=1)

    @cached_property
    def heading_link(self) -> Format:
        """Return the code of a competency that leads to its whole text; open to the cursor."""
        return self._locked(
            bold=True,
            underline=1,
            align="center",
            num_format=formats.TEXT,
            locked=False,
            font_color=f"#{palette.darkened(self.primary)}",
        )

    @cached_property
    def short_method(self) -> Format:
        """Return what assesses a competency, on its bloc's sheet."""
        return self._boxed(font_size=10, font_color=f"#{palette.MUTED}", indent=1)

    @cached_property
    def legend(self) -> Format:
        """Return what may be typed, beside a bloc's title."""
        return self._format(font_size=10, font_color=f"#{palette.MUTED}", indent=1)

    @cached_property
    def note(self) -> Format:
        """Return what concerns this candidate in one bloc."""
        return self._format(bold=True, font_size=10, indent=1)

    @cached_property
    def whole_text(self) -> Format:
        """Return a text on the sheet that shows each whole."""
        return self._boxed(indent=1, valign="top")

    @cached_property
    def whole_heading(self) -> Format:
        """Return a competency's text there."""
        return self._boxed(bold=True, indent=1, valign="top")

    @cached_property
    def title(self) -> Format:
        """Return a sheet's title."""
        return self._format(**self._on_primary(font_size=14, indent=1))

    @cached_property
    def subtitle(self) -> Format:
        """Return the format of who and what, under the title."""
        return self._format(font_color=f"#{palette.MUTED}", indent=1)

    @cached_property
    def section(self) -> Format:
        """Return a part's heading on the first sheet."""
        return self._format(
            bold=True,
            font_color=f"#{palette.darkened(self.primary)}",
            bottom=2,
            bottom_color=f"#{self.primary}",
        )

    @cached_property
    def header(self) -> Format:
        """Return a table's header row."""
        return self._boxed(**self._on_primary(align="center"))

    @cached_property
    def header_text(self) -> Format:
        """Return a table's header row, above texts."""
        return self._boxed(**self._on_primary(indent=1))

    @cached_property
    def heading(self) -> Format:
        """Return the heading of a competency, or a bloc's line in the summary."""
        return self._locked(bold=True, indent=1)

    @cached_property
    def heading_code(self) -> Format:
        """Return the code of a competency at its heading, kept as text."""
        return self._locked(bold=True, align="center", num_format=formats.TEXT)

    @cached_property
    def heading_score(self) -> Format:
        """Return the score of a bloc at its line in the summary."""
        return self._locked(bold=True, align="center", num_format=formats.PERCENT)

    @cached_property
    def outcome(self) -> Format:
        """Return an outcome in words."""
        return self._locked(bold=True, align="center")

    @cached_property
    def method(self) -> Format:
        """Return an assessment method."""
        return self._boxed(font_color=f"#{palette.MUTED}", indent=1)

    @cached_property
    def text(self) -> Format:
        """Return a text that a juror reads."""
        return self._boxed(indent=1)

    @cached_property
    def code(self) -> Format:
        """Return a code, kept as text."""
        return self._boxed(bold=True, align="center", num_format=formats.TEXT)

    @cached_property
    def label(self) -> Format:
        """Return the format of a label of the cell at its right."""
        return self._locked(bold=True, indent=1)

    @cached_property
    def plain(self) -> Format:
        """Return a line of text without a box."""
        return self._format(indent=1)

    @cached_property
    def mark(self) -> Format:
        """Return the format of cells where a juror marks."""
        return self._input(
            bold=True,
            align="center",
            num_format=formats.TEXT if self.text_marks else formats.GENERAL,
        )

    def mark_on(self, scale: Scale) -> Format:
        """Return the format of cells where a juror marks on a scale."""
        is_text = scale.kind is ScaleKind.LEVELS
        if is_text == self.text_marks:
            return self.mark
        number_format = formats.TEXT if is_text else formats.GENERAL
        return self._input(bold=True, align="center", num_format=number_format)

    def points_on(self, scale: Scale) -> Format:
        """Return the format of points on a scale, notes over what they are out of."""
        if scale not in self.scales or scale.kind is ScaleKind.LEVELS:
            return self.points
        shown = formats.out_of(exact_number(scale.maximum))
        return self._locked(align="center", num_format=shown)

    def note_on(self, scale: Scale) -> Format:
        """Return the format of a score read as a note on a scale."""
        return self._boxed(align="center", num_format=_note_format(scale))

    def heading_note_on(self, scale: Scale) -> Format:
        """Return the format of a bloc's score read so, at its line in the summary."""
        return self._locked(bold=True, align="center", num_format=_note_format(scale))

    def part(self) -> Format:
        """Return the name of an épreuve or of a group, above its criteria."""
        return self._boxed(bold=True, indent=1, font_color=f"#{palette.darkened(self.primary)}")

    def part_code(self) -> Format:
        """Return the code of an épreuve there."""
        colour = f"#{palette.darkened(self.primary)}"
        return self._boxed(bold=True, align="center", num_format=formats.TEXT, font_color=colour)

    @cached_property
    def comment(self) -> Format:
        """Return the format of cells to write in; text with a leading equals sign stays text."""
        return self._input(indent=1, num_format=formats.TEXT)

    @cached_property
    def long_comment(self) -> Format:
        """Return the format of large cells where a juror writes."""
        return self._input(indent=1, num_format=formats.TEXT, valign="top")

    @cached_property
    def choice(self) -> Format:
        """Return the format of cells with a list to choose from, outside the bloc sheets."""
        return self._input(bold=True, align="center")

    @cached_property
    def day(self) -> Format:
        """Return the format of cells where a juror writes a date."""
        return self._input(align="center", num_format=formats.DATE)

    @cached_property
    def exempt(self) -> Format:
        """Return a mark that is not to be given."""
        return self._locked(font_color=f"#{palette.MUTED}", italic=True, align="center")

    @cached_property
    def points(self) -> Format:
        """Return points, as many decimals as they have."""
        return self._locked(align="center", num_format=formats.GENERAL)

    @cached_property
    def state(self) -> Format:
        """Return the format of what is still to do on a row."""
        return self._locked(align="center")

    @cached_property
    def word(self) -> Format:
        """Return a competency's outcome in the summary."""
        return self._boxed(align="center")

    @cached_property
    def percentage(self) -> Format:
        """Return a share or a score."""
        return self._boxed(align="center", num_format=formats.PERCENT)

    @cached_property
    def link(self) -> Format:
        """Return a link to another sheet."""
        return self._link()

    @cached_property
    def whole_link(self) -> Format:
        """Return a link beside a text that is shown whole, on its first line."""
        return self._link(valign="top")

    def _link(self, **own: object) -> Format:
        ink = f"#{palette.darkened(self.primary)}"
        return self._boxed(bold=True, underline=1, indent=1, font_color=ink, **own)

    @cached_property
    def home_link(self) -> Format:
        """Return the link back to the first sheet."""
        return self._format(
            underline=1,
            align="center",
            locked=False,
            font_color=f"#{palette.darkened(self.primary)}",
        )

    @cached_property
    def locked_link(self) -> Format:
        """Return a link back to the first sheet, where locked cells can be reached."""
        return self._format(underline=1, indent=1, font_color=f"#{palette.darkened(self.primary)}")

    def level(self, colour: str | None) -> Format:
        """Return a level's label where the scale is explained."""
        if colour is None:
            return self.label
        ground, text = f"#{colour}", f"#{palette.text_on(colour)}"
        return self._boxed(bold=True, indent=1, bg_color=ground, font_color=text)

    def given_level(self, colour: str) -> Format:
        """Return the conditional format: a mark of a level that has a colour."""
        return self._conditional(Tone(palette.text_on(colour), colour))

    def typed_level(self, label: str, colour: str | None) -> Format:
        """Return the conditional format that shows a label in place of what was typed for it."""
        properties: dict[str, object] = {"num_format": formats.always(label)}
        if colour is None:
            return self.make_conditional(Tone(palette.INK, palette.INPUT), **properties)
        return self.make_conditional(Tone(palette.text_on(colour), colour), bold=True, **properties)

    @cached_property
    def to_do(self) -> Format:
        """Return the conditional format: something is still to do."""
        return self._conditional(TO_DO)

    @cached_property
    def done(self) -> Format:
        """Return the conditional format: done, acquired."""
        return self._conditional(DONE)

    @cached_property
    def wrong(self) -> Format:
        """Return the conditional format: refused, not acquired."""
        return self._conditional(WRONG)

    def _conditional(self, tone: Tone) -> Format:
        return self.make_conditional(tone, bold=True)


def typed_colours(scale: Scale) -> dict[str, tuple[str, str | None]]:
    """Return the label and the colour of what may be typed in place of a label."""
    colours = {level.label: level.colour for level in scale.levels}
    return {typed: (label, colours.get(label)) for typed, label in scale.shortcuts.items()}


def _note_format(scale: Scale) -> str:
    """Return the format of a note on a scale; of an empty cell where it has levels."""
    if scale.kind is ScaleKind.LEVELS:
        return formats.GENERAL
    return formats.note_over(exact_number(scale.maximum))
