"""Check that the people a grid was made for still have its number and its code.

The record of grids says who they were. Where it knows nothing of a grid, one made by a version that
kept no record, the names printed on the grid do. Where it does know, a printed name that is neither
the one of then nor the one of now was changed by hand, or is that of a grid made before the record:
nothing of such a grid counts either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.grid import contract
from sheetgen.grid.read import text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import made as kinds
from sheetgen.returns.members import names_of_member
from sheetgen.session_folder import PersonMatch, compare_persons, named_apart
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.grid.read import ReadGrid
    from sheetgen.returns.identify import Expected, Pair
    from sheetgen.session_folder import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """The person with a number or a code, now and when the grid was made.

    Attributes:
        people: everybody of the session, candidates or jurors, by number or code.
        recorded: who had it whenever this grid was made, oldest first; nobody without a record.
        printed: the names that the grid bears of them, each once.
    """

    number: str
    people: Mapping[str, Person]
    recorded: Sequence[Person]
    printed: Sequence[str]

    @property
    def now(self) -> Person:
        """Return the person who has it today."""
        return self.people[self.number]

    def judge(self) -> tuple[PersonMatch, Person | str]:
        """Compare the person of then with that of now; return the match and who that was."""
        # Each of them, not the last alone: small corrections must not add up to somebody else.
        for then in reversed(self._made_for()):
            if self._compare(then) is PersonMatch.ANOTHER:
                return PersonMatch.ANOTHER, then
        known = [name for name in self.printed if self._is_known(name)]
        strangers = [name for name in self.printed if name not in known]
        if strangers and (not known or any(map(self._is_somebody_else, strangers))):
            return PersonMatch.ANOTHER, strangers[0]
        sources: list[Person | str] = [*self.recorded[-1:], *known, self.now]
        return self._compare(sources[0]), sources[0]

    def _made_for(self) -> Sequence[Person]:
        """Return those on record whose name the grid bears; all of them where that is not known."""
        borne = [
            person
            for person in self.recorded
            if any(compare_persons(name, person) is PersonMatch.SAME for name in self.printed)
        ]
        return borne or self.recorded

    def _compare(self, then: Person | str) -> PersonMatch:
        return compare_persons(then, self.now, self.people.values())

    def _is_known(self, printed: str) -> bool:
        """Return whether a printed name is theirs, as it is now or as the grid was made with it."""
        return self._compare(printed) is not PersonMatch.ANOTHER or any(
            compare_persons(printed, person) is not PersonMatch.ANOTHER for person in self.recorded
        )

    def _is_somebody_else(self, printed: str) -> bool:
        return any(
            compare_persons(printed, item) is PersonMatch.SAME
            for number, item in self.people.items()
            if number != self.number
        )

    def whereabouts(self, then: Person | str) -> str | None:
        """Return the number or code that the person of before has now.

        None where nobody is them.
        """
        return next(
            (
                number
                for number, item in self.people.items()
                if number != self.number and compare_persons(then, item) is not PersonMatch.ANOTHER
            ),
            None,
        )


_WORDS = {
    contract.CANDIDATE_LABEL: ("candidat n°", "Candidats"),
    contract.JUROR_LABEL: ("juré", "Jurés"),
}
"""How a candidate and a juror are spoken of, and the sheet they are on."""


def check_bearers(
    grid: ReadGrid, pair: Pair, expected: Expected, location: Location
) -> tuple[Problem | None, list[Problem]]:
    """Return why nothing of a grid counts if its people are others by now, else corrections."""
    notes: list[Problem] = []
    for label, bearer in _bearers(grid, pair, expected):
        match, then = bearer.judge()
        if match is PersonMatch.SAME:
            continue
        who, sheet = _WORDS[label]
        before, now = named_apart(then, bearer.now)
        said = {"then": before, "now": now, "who": who, "number": bearer.number}
        if match is PersonMatch.RENAMED:
            notes.append(kinds.PERSON_RENAMED.at(location, **said))
            continue
        moved = bearer.whereabouts(then)
        elsewhere = f" {before} est maintenant le {who} {moved}." if moved else ""
        problem = kinds.PERSON_REPLACED.at(location, **said, elsewhere=elsewhere, sheet=sheet)
        return problem, notes
    return None, notes


def _bearers(grid: ReadGrid, pair: Pair, expected: Expected) -> Iterator[tuple[str, Bearer]]:
    versions = expected.made.versions.get(pair, ())
    printed = _printed_names(grid, pair, expected)
    marker = expected.session.juror.get(pair[1])
    yield (
        contract.CANDIDATE_LABEL,
        Bearer(
            number=pair[0],
            people=expected.candidates,
            recorded=tuple(dict.fromkeys(item.candidate_was for item in versions)),
            printed=printed[contract.CANDIDATE_LABEL],
        ),
    )
    for person in marker.people if marker is not None else ():
        was = (who for item in versions for code, who in item.people if code == person.code)
        alone = person is marker
        yield (
            contract.JUROR_LABEL,
            Bearer(
                number=person.code,
                people=expected.jurors,
                recorded=tuple(dict.fromkeys(was)),
                printed=printed[contract.JUROR_LABEL]
                if alone
                else names_of_member(grid, person.code),
            ),
        )


def _printed_names(grid: ReadGrid, pair: Pair, expected: Expected) -> Mapping[str, Sequence[str]]:
    """Return the names of candidate and juror on the first sheet and on those of blocs, each once.

    A bloc's sheet that is another grid's of the session is refused by itself.
    """
    texts: dict[str, dict[str, None]] = {contract.CANDIDATE_LABEL: {}, contract.JUROR_LABEL: {}}
    for label, found in texts.items():
        found.update(dict.fromkeys(text_of(cell.value) for cell in grid.answers.get(label, ())))
    for cell in grid.owners:
        line = text_of(cell.value)
        if expected.pair_of_line.get(fold(line), pair) != pair:
            continue
        for between in (contract.OWNER_MARK, contract.JURY_MARK):
            candidate, mark, juror = line.partition(between.strip())
            if mark:
                texts[contract.CANDIDATE_LABEL][candidate] = None
            if mark and between == contract.OWNER_MARK:
                texts[contract.JUROR_LABEL][juror] = None
    return {
        label: list(
            dict.fromkeys(name for text in found if (name := contract.name_in(text, label)))
        )
        for label, found in texts.items()
    }
