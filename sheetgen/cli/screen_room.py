"""The state of the returns on the day itself, to be read from across the room.

Few words: how many grids are in, drawn large; then a line per juror and a sign per candidate. What
a colour says, a sign says too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sheetgen.cli.screen_colours import CAUTION, GOOD, WRONG
from sheetgen.cli.screen_tables import escape
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ReturnStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import CandidateId, Juror, JurorCode, Session
    from sheetgen.returns import Collection

    Pair = tuple[CandidateId, JurorCode]

_DONE, _WAITING, _WRONG = "✔", "…", "✘"
_COLOURS = {
    _DONE: f"bold {GOOD}",
    _WAITING: f"bold {CAUTION}",
    _WRONG: f"bold {WRONG}",
}

_DIGITS = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    "/": ("  █", "  █", " █ ", "█  ", "█  "),
}
_HEIGHT = 5

_NAME, _BAR = 24, 12
"""The characters of a juror's name, and of the bar beside it."""

_AROUND = 10
"""The lines taken by what is always there: the number, the bar, blanks, the last line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """The returns as a room sees them; `width` and `height` are the columns and lines there are."""

    session: Session
    collection: Collection
    width: int
    height: int

    def lines(self) -> list[str]:
        """Return the lines to show, in Rich's markup; they fit the terminal."""
        from sheetgen.returns import state_of

        states = state_of(self.collection)
        pairs = [
            (item.candidate, item.juror)
            for item in self.collection.seats.known
            if (item.candidate, item.juror) not in self.collection.unasked
        ]
        done = sum(states.get(pair) is ReturnStatus.ACCEPTED for pair in pairs)
        people = list(self._people(pairs, states))
        room = max(1, self.height - _AROUND - len(people))
        jurors = list(self._jurors(pairs, states))
        if len(jurors) > room:
            left = len(jurors) - room + 1
            jurors = [*jurors[: room - 1], f"… et {left} autre(s) juré(s)"]
        return [
            *self._headline(done, len(pairs)),
            "",
            _bar(done, len(pairs), self.width),
            "",
            *jurors,
            "",
            *people,
        ][: self.height - 1]

    def _headline(self, done: int, expected: int) -> Iterator[str]:
        """Yield the number of complete grids over those expected, each point two columns wide."""
        drawn = f"{done}/{expected}"
        colour = _COLOURS[_DONE if done == expected else _WAITING]
        beside = {1: "grilles complètes", 3: f"session {self.session.code}"}
        for row in range(_HEIGHT):
            points = "  ".join(
                "".join(point * 2 for point in _DIGITS[letter][row]) for letter in drawn
            )
            said = beside.get(row, "")[: max(0, self.width - len(points) - 4)]
            yield f"[{colour}]{points}[/]    [bold]{escape(said)}[/]".rstrip()

    def _jurors(self, pairs: Sequence[Pair], states: dict[Pair, ReturnStatus]) -> Iterator[str]:
        """Yield a line per juror, those of whom something is awaited first."""
        lines = []
        for juror in self.session.markers:
            own = [pair for pair in pairs if pair[1] == juror.code]
            if own:
                lines.append(self._juror(juror, own, states))
        order = {_WRONG: 0, _WAITING: 1, _DONE: 2}
        yield from (line for _, line in sorted(lines, key=lambda item: order[item[0]]))

    def _juror(
        self, juror: Juror, own: Sequence[Pair], states: dict[Pair, ReturnStatus]
    ) -> tuple[str, str]:
        done = sum(states.get(pair) is ReturnStatus.ACCEPTED for pair in own)
        wrong = [pair[0] for pair in own if _sign(states.get(pair)) == _WRONG]
        awaited = [pair[0] for pair in own if _sign(states.get(pair)) == _WAITING]
        sign = _WRONG if wrong else _WAITING if awaited else _DONE
        words = "terminé"
        if sign is not _DONE:
            parts = [
                f"{verb} {' '.join(people)}"
                for verb, people in (("à revoir", wrong), ("attend", awaited))
                if people
            ]
            words = ", ".join(parts)
        name = f"{juror.code} {juror.full_name}"
        count = f"{done}/{len(own)}"
        fixed = 2 + _NAME + 1 + _BAR + 1 + 6
        return sign, (
            f"[{_COLOURS[sign]}]{sign}[/] [bold]{escape(_fitted(name, _NAME))}[/] "
            f"{_bar(done, len(own), _BAR)} {count:>5} "
            f"{escape(_fitted(words, self.width - fixed - 1).rstrip())}"
        )

    def _people(self, pairs: Sequence[Pair], states: dict[Pair, ReturnStatus]) -> Iterator[str]:
        """Yield lines of candidates: a sign, the number, how many of their grids are complete."""
        expected = Counter(pair[0] for pair in pairs)
        done = Counter(pair[0] for pair in pairs if states.get(pair) is ReturnStatus.ACCEPTED)
        wrong = {pair[0] for pair in pairs if _sign(states.get(pair)) == _WRONG}
        numbers = [item.id for item in self.session.candidates if expected[item.id]]
        size = max((len(number) for number in numbers), default=0) + 8
        across = max(1, self.width // size)
        most = max(1, (self.height - _AROUND) // 2)
        if len(numbers) > across * most:
            # Those who are done need nobody's eyes.
            numbers = [item for item in numbers if done[item] < expected[item]]
        for start in range(0, min(len(numbers), across * most), across):
            cells = []
            for number in numbers[start : start + across]:
                whole = done[number] == expected[number]
                sign = _WRONG if number in wrong else _DONE if whole else _WAITING
                count = "" if whole else f"{done[number]}/{expected[number]}"
                text = f"{number} {count}".ljust(size - 2)
                cells.append(f"[{_COLOURS[sign]}]{sign}[/] {escape(text)}")
            yield "".join(cells).rstrip()


def _sign(state: ReturnStatus | None) -> str:
    """Return the sign of one grid: in, awaited, or to be looked at."""
    if state is ReturnStatus.ACCEPTED:
        return _DONE
    return _WAITING if state is None else _WRONG


def _bar(done: int, expected: int, width: int) -> str:
    full = width if not expected else width * done // expected
    return f"[{GOOD}]{'█' * full}[/]{'░' * (width - full)}"


def _fitted(text: str, width: int) -> str:
    """Return the text in so many columns, cut where it is longer."""
    if len(text) > width:
        return f"{text[: max(0, width - 1)]}…"[: max(0, width)]
    return text.ljust(width)
