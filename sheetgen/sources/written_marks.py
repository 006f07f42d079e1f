"""From what an « Essai » says is marked to marks: `C1.1.1 = Acquis ; J2 C1.1.1 = 12,5 ; * = …`.

A part names a criterion, all others (`*`), a modalité not sat, a competency shown by evidence, the
candidate's way or options; `J2` before a criterion's code is a second juror, who counts only there.
"""

from __future__ import annotations

import re
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    EXEMPT,
    NOT_OBSERVED,
    Acceptance,
    AccessRoute,
    Scale,
    ScaleKind,
    access_of,
)
from sheetgen.problems import quoted, trying
from sheetgen.sources.read import suggestion
from sheetgen.text import exact_number, fold

if TYPE_CHECKING:
    from sheetgen.model import (
        BlockCode,
        CompetencyCode,
        Criterion,
        CriterionCode,
        MethodCode,
        Referential,
    )
    from sheetgen.problems import Kind, Location, Problem

OTHERS = "*"
"""What stands for the criteria that are not named."""

_JUROR = re.compile(r"j0*(\d{1,3})\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_NOTE = re.compile(r"([+-]?\d{1,12}(?:[.,]\d{1,12})?)(?: ?/ ?(\d{1,12}(?:[.,]\d{1,12})?))?")
_PARTS = re.compile(r"[;\n]")
_ACCEPTED = {
    **{fold(str(item.value)): item for item in Acceptance},
    "acceptee": Acceptance.YES,
    "refusee": Acceptance.NO,
}
_ROUTES = quoted(str(route.value) for route in AccessRoute)


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark as a trial writes it: a level's label or a note; `points` are None unobserved."""

    value: str | Fraction
    points: Fraction | None


@dataclass(slots=True, kw_only=True)
class WrittenMarks:
    """Everything that one trial says is marked.

    Attributes:
        given: the marks by juror, numbered from 1, and criterion.
        others: what the first juror gives to the criteria that are not named, on one scale or more.
        exempt: criteria exempted.
        absences: modalités not sat.
        shown: the competencies that a document shows, and what was decided of it.
        access: the way the candidate came.
        options: the optional blocs that they present.
    """

    given: dict[tuple[int, CriterionCode], WrittenMark] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    exempt: set[CriterionCode] = field(default_factory=set)
    absences: set[MethodCode] = field(default_factory=set)
    shown: dict[CompetencyCode, Acceptance] = field(default_factory=dict)
    access: AccessRoute | None = None
    options: set[BlockCode] = field(default_factory=set)

    @property
    def jurors(self) -> list[int]:
        """Return the jurors' numbers; the first is always there."""
        return sorted({1, *(juror for juror, _ in self.given)})

    def mark(self, juror: int, code: CriterionCode, scale: Scale) -> WrittenMark | None:
        """Return a juror's mark on a criterion; None where there is none."""
        named = self.given.get((juror, code))
        if named is not None or juror != 1:
            return named
        fitting = (mark_on(scale, text) for text in self.others)
        return next((mark for mark in fitting if mark is not None), None)


def mark_on(scale: Scale, text: str) -> WrittenMark | None:
    """Return the mark that a text is on a scale; None where it is none of it."""
    folded = fold(text)
    if folded == fold(NOT_OBSERVED):
        return WrittenMark(NOT_OBSERVED, None)
    if scale.kind is ScaleKind.LEVELS:
        level = next((item for item in scale.levels if fold(item.label) == folded), None)
        return None if level is None else WrittenMark(level.label, level.points)
    note = _NOTE.fullmatch(folded)
    if note is None or (note[2] is not None and _number(note[2]) != scale.maximum):
        return None
    points = _number(note[1])
    if not scale.minimum <= points <= scale.maximum:
        return None
    if scale.step is not None and (points - scale.minimum) % scale.step:
        return None
    return WrittenMark(points, points)


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def allowed_on(scale: Scale) -> str:
    """Return what may be marked on a scale, in French."""
    if scale.kind is ScaleKind.LEVELS:
        return quoted([*(level.label for level in scale.levels), NOT_OBSERVED])
    step = "" if scale.step is None else f" par pas de {exact_number(scale.step)}"
    bounds = f"{exact_number(scale.minimum)} à {exact_number(scale.maximum)}"
    return f"une note de {bounds}{step}, ou « {NOT_OBSERVED} »"


class MarksReader:
    """Reads what the trials of one référentiel say is marked."""

    def __init__(self, referential: Referential) -> None:
        self._known = referential
        self._criteria = {fold(item.code): item for item in referential.criteria}
        self._methods = {fold(item.code): item.code for item in referential.methods}
        self._options = {fold(x.code): x.code for x in referential.blocks if x.is_optional}
        self._evidence = {
            fold(item.code): item.code for item in referential.competencies if item.by_evidence
        }

    def read(self, text: str, place: Location) -> tuple[WrittenMarks, list[Problem]]:
        """Return what a cell says, and the problem of each part that says nothing."""
        found, problems = WrittenMarks(), []
        said: set[str] = set()
        for part in filter(None, (part.strip() for part in _PARTS.split(text))):
            key, equals, value = (piece.strip() for piece in part.partition("="))
            if not (key and equals and value):
                problems.append(trying.TRIAL_UNREADABLE.at(place, found=part))
                continue
            if key != OTHERS and fold(key) in said:
                problems.append(trying.TRIAL_SAID_TWICE.at(place, found=key))
                continue
            said.add(fold(key))
            fault = self._take(found, key, value)
            if fault is not None:
                kind, values = fault
                problems.append(kind.at(place, **values))
        return found, problems

    def _take(self, found: WrittenMarks, key: str, value: str) -> _Fault | None:
        """Add one part to what is found; return its fault instead."""
        folded = fold(key)
        if key == OTHERS:
            return self._take_others(found, value)
        if folded in self._criteria:
            return self._take_mark(found, (1, self._criteria[folded]), value)
        named = _JUROR.fullmatch(key)
        if named is not None and named[2].strip() == OTHERS:
            return trying.TRIAL_OTHERS_OF_ONE, {"found": f"{key} = {value}"}
        if named is not None and fold(named[2]) in self._criteria and int(named[1]):
            at = int(named[1]), self._criteria[fold(named[2])]
            if at[0] == 1 and (1, at[1].code) in found.given:
                return trying.TRIAL_SAID_TWICE, {"found": key}
            return self._take_mark(found, at, value)
        return self._take_event(found, key, value)

    def _take_event(self, found: WrittenMarks, key: str, value: str) -> _Fault | None:
        """Add a part that is no mark of a juror's; return its fault instead."""
        folded = fold(key)
        if folded in self._methods and (fold(value) == "absent" or folded not in self._evidence):
            return self._take_absence(found, self._methods[folded], value)
        if folded in self._evidence:
            return self._take_evidence(found, self._evidence[folded], value)
        if folded == "voie":
            return _take_access(found, value)
        if folded == "options":
            return self._take_options(found, value)
        named = _JUROR.fullmatch(key)
        code = key if named is None else named[2]
        criteria = (item.code for item in self._criteria.values())
        codes = (*criteria, *self._methods.values(), *self._evidence.values())
        near = suggestion(code, codes)
        return trying.TRIAL_CODE_UNKNOWN, {"found": key, "suggestion": near}

    def _take_others(self, found: WrittenMarks, value: str) -> _Fault | None:
        scales = {self._known.scale_of[item.code] for item in self._known.criteria}
        fitting = [scale for scale in scales if mark_on(scale, value) is not None]
        if not fitting:
            allowed = allowed_on(self._known.scale)
            return _refused(value, "aucun critère", allowed)
        if any(mark_on(scale, other) for scale in fitting for other in found.others):
            return trying.TRIAL_SAID_TWICE, {"found": OTHERS}
        found.others.append(value)
        return None

    def _take_mark(
        self, found: WrittenMarks, at: tuple[int, Criterion], value: str
    ) -> _Fault | None:
        juror, criterion = at
        if fold(value) == fold(EXEMPT):
            found.exempt.add(criterion.code)
            return None
        scale = self._known.scale_of[criterion.code]
        mark = mark_on(scale, value)
        if mark is None:
            return _refused(value, criterion.code, allowed_on(scale))
        found.given[juror, criterion.code] = mark
        return None

    def _take_absence(self, found: WrittenMarks, code: MethodCode, value: str) -> _Fault | None:
        if fold(value) != "absent":
            return _refused(value, f"l'épreuve {code}", "« absent », ou nommer ses critères")
        found.absences.add(code)
        return None

    def _take_evidence(
        self, found: WrittenMarks, code: CompetencyCode, value: str
    ) -> _Fault | None:
        if fold(value) not in _ACCEPTED:
            return _refused(value, code, "« Acceptée », « Refusée » ou « En attente »")
        found.shown[code] = _ACCEPTED[fold(value)]
        return None

    def _take_options(self, found: WrittenMarks, value: str) -> _Fault | None:
        for code in filter(None, (item.strip() for item in value.split(","))):
            if fold(code) not in self._options:
                allowed = quoted(self._options.values()) or "rien : aucun bloc n'est une option"
                return _refused(code, "Options", allowed)
            found.options.add(self._options[fold(code)])
        return None

    def find_misplaced(self, found: WrittenMarks) -> list[str]:
        """Return the criteria named that do not apply to who came this way."""
        named = {code for _, code in found.given} | found.exempt
        return [
            item.code
            for item in self._known.criteria
            if item.code in named and not self._known.applies(item, found.access)
        ]


def _take_access(found: WrittenMarks, value: str) -> _Fault | None:
    found.access = access_of(value)
    return None if found.access is not None else _refused(value, "Voie", _ROUTES)


_Fault = tuple["Kind", dict[str, str]]


def _refused(value: str, name: str, allowed: str) -> _Fault:
    return trying.TRIAL_VALUE_REFUSED, {"found": value, "name": name, "allowed": allowed}
