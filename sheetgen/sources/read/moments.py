"""Read a cell as a day, a time of day, or both: a candidate's turn before the jury."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import source_cells as kinds
from sheetgen.sources.read.cell_display import CellFault, clean, fault, shown

if TYPE_CHECKING:
    from sheetgen.sources.read.opening import SourceCell
    from sheetgen.sources.schema import ValueSpec

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)(?::00)?")
_PASSAGE = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})?"
    r"(?:(?:^|\s*(?:[tT,]|à|\s)\s*)(?P<time>\d{1,2}\s*[:hH].*))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPassage:
    """A turn as written: its day, its time, or both; a time alone is of the session's day."""

    day: date | None
    time: time | None


def parse_date(spec: ValueSpec, cell: SourceCell) -> date | CellFault:
    """Return the day that the cell says, or its fault."""
    value = cell.value
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        text = clean(value)
        iso, french = _ISO_DATE.fullmatch(text), _FRENCH_DATE.fullmatch(text)
        parts = iso.groups() if iso else french.groups()[::-1] if french else None
        if parts is None:
            return fault(kinds.DATE_UNREADABLE, spec, shown(cell))
        try:
            found = date(*(int(part) for part in parts))
        except ValueError:
            return fault(kinds.DATE_IMPOSSIBLE, spec, shown(cell))
    else:
        return fault(kinds.DATE_UNREADABLE, spec, shown(cell))
    if not 1900 <= found.year <= 2199:
        return fault(kinds.DATE_IMPOSSIBLE, spec, shown(cell))
    return found


def parse_time(spec: ValueSpec, cell: SourceCell) -> time | CellFault:
    """Return the time of day that the cell says, to the minute, or its fault."""
    value = cell.value
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        minutes = round(value.total_seconds() / 60)
        return time(minutes // 60 % 24, minutes % 60)
    match = _TIME.fullmatch(clean(value)) if isinstance(value, str) else None
    if match is None or int(match.group(1)) > 23 or int(match.group(2) or 0) > 59:
        return fault(kinds.TIME_UNREADABLE, spec, shown(cell))
    return time(int(match.group(1)), int(match.group(2) or 0))


def parse_passage(spec: ValueSpec, cell: SourceCell) -> WrittenPassage | CellFault:
    """Return the turn that the cell says, or its fault; a day at midnight has no time."""
    value = cell.value
    day: date | CellFault | None = None
    moment: time | CellFault | None = None
    if isinstance(value, date):
        day = parse_date(spec, cell)
    if isinstance(value, time | timedelta) or (
        isinstance(value, datetime) and value.time() != time()
    ):
        moment = parse_time(spec, cell)
    written = _PASSAGE.fullmatch(clean(value)) if isinstance(value, str) else None
    if written is not None and written["day"]:
        day = parse_date(spec, replace(cell, value=written["day"]))
    if written is not None and written["time"]:
        moment = parse_time(spec, replace(cell, value=written["time"]))
    if isinstance(day, CellFault):
        return day
    if isinstance(moment, CellFault):
        return moment
    if day is None and moment is None:
        return fault(kinds.PASSAGE_UNREADABLE, spec, shown(cell))
    return WrittenPassage(day=day, time=moment)
