"""Resolve « Affectations »: who marks whom on what, and the jury it makes for each bloc."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import Assignment, BlockCode, CandidateId, JurorCode, Referential, Status
from sheetgen.problems import quoted, regulations
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import Codes
from sheetgen.sources.people import CandidateEntry, codes_in
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.problems import Location, Problem
    from sheetgen.sources.read import Row, SourceTable


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The people and blocs that assignments are resolved over.

    Attributes:
        entries: candidates by number.
        jurors: the table « Jurés ».
        rows: the table « Affectations ».
    """

    referential: Referential
    entries: Mapping[CandidateId, CandidateEntry]
    jurors: SourceTable
    rows: SourceTable

    @property
    def is_open(self) -> bool:
        """Return whether nothing is assigned by name, so that every juror marks every candidate."""
        return not self.rows.rows

    @property
    def is_readable(self) -> bool:
        """Return whether both sheets could be read.

        Without a header, what they say is not known.
        """
        return self.jurors.has("code") and (self.rows.exists or not self.rows.found)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Assignments as they were understood.

    Attributes:
        blocks: for each candidate and juror, the blocs.
        doubtful: candidates with a faulty row, whose jury is therefore not known.
        strays: rows whose candidate is not known: as many juries may lack somebody.
        problems: of the rows.
    """

    blocks: dict[tuple[CandidateId, JurorCode], set[BlockCode]] = field(default_factory=dict)
    doubtful: set[CandidateId] = field(default_factory=set)
    strays: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_assignments(panel: Panel) -> tuple[tuple[Assignment, ...], list[Problem]]:
    """Return an assignment for each candidate and juror with a grid, and the problems."""
    if not panel.is_readable:
        return (), []
    jurors = {JurorCode(row.need("code", str)): row for row in panel.jurors.by_code().values()}
    incompatible = _incompatible(panel, jurors)
    if panel.is_open:
        resolution = _resolve_open(panel, jurors)
        resolution.problems.extend(_check_open_ties(resolution, jurors, incompatible))
        resolution.problems.extend(_check_open_jury(panel, jurors))
    else:
        resolution = _resolve_rows(panel, incompatible)
        resolution.problems.extend(_check_juries(panel, resolution, jurors))
    order = list(panel.referential.block)
    assignments = tuple(
        Assignment(
            candidate=candidate,
            juror=juror,
            blocks=tuple(sorted(resolution.blocks[candidate, juror], key=order.index)),
        )
        for candidate in panel.entries
        for juror in jurors
        if resolution.blocks.get((candidate, juror))
    )
    return assignments, resolution.problems


def _incompatible(
    panel: Panel, jurors: Mapping[JurorCode, Row]
) -> frozenset[tuple[CandidateId, JurorCode]]:
    candidates = Codes("Candidats", panel.entries)
    return frozenset(
        (CandidateId(candidate), code)
        for code, row in jurors.items()
        for candidate in candidates.known(codes_in(row, "incompatible_with"))
    )


def _resolve_open(panel: Panel, jurors: Iterable[JurorCode]) -> Resolution:
    """Return every juror on everything that every candidate presents."""
    resolution = Resolution()
    for juror in jurors:
        for entry in panel.entries.values():
            resolution.blocks[entry.id, juror] = set(entry.presented)
    return resolution


def _check_open_ties(
    resolution: Resolution,
    jurors: Mapping[JurorCode, Row],
    incompatible: frozenset[tuple[CandidateId, JurorCode]],
) -> Iterator[Problem]:
    """Find jurors who, marking everybody, mark somebody they must not."""
    for candidate, juror in sorted(incompatible):
        if resolution.blocks.get((candidate, juror)):
            yield kinds.ASSIGNED_INCOMPATIBLE.at(
                jurors[juror].at("incompatible_with"), juror=juror, candidate=candidate
            )


def _resolve_rows(
    panel: Panel, incompatible: frozenset[tuple[CandidateId, JurorCode]]
) -> Resolution:
    """Return the assignments of the rows, those of one candidate and juror added up."""
    candidates, jurors = Codes("Candidats", panel.entries), Codes.of(panel.jurors)
    resolution = Resolution()
    for row in panel.rows.rows:
        named, marking = row.get("candidate", str), row.get("juror", str)
        if named is None or named not in candidates:
            resolution.strays.append(row)
            continue
        entry = panel.entries[CandidateId(candidates[named])]
        if marking is None or marking not in jurors:
            resolution.doubtful.add(entry.id)
            continue
        juror = JurorCode(jurors[marking])
        if entry.status is not Status.PRESENT:
            resolution.problems.append(
                kinds.ASSIGNED_ABSENT.at(row.at("candidate"), candidate=entry.id)
            )
            continue
        if (entry.id, juror) in incompatible:
            resolution.problems.append(
                kinds.ASSIGNED_INCOMPATIBLE.at(row.at("juror"), juror=juror, candidate=entry.id)
            )
        _add_blocks(panel, resolution, row, _Pair(entry=entry, juror=juror))
    return resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A candidate and a juror that a row brings together."""

    entry: CandidateEntry
    juror: JurorCode


def _add_blocks(panel: Panel, resolution: Resolution, row: Row, pair: _Pair) -> None:
    """Add a row's blocs to those of its candidate and juror; a blank is all that is presented."""
    entry, listed = pair.entry, codes_in(row, "blocks")
    known = Codes("Blocs", panel.referential.block)
    wanted = [BlockCode(code) for code in known.known(listed)] if listed else entry.presented
    others = [code for code in wanted if code not in entry.presented]
    if others and entry.reliable:
        resolution.problems.append(
            kinds.ASSIGNED_NOT_PRESENTED.at(
                row.at("blocks"),
                juror=pair.juror,
                candidate=entry.id,
                blocks=quoted(others, last="et"),
                presented=", ".join(entry.presented) or "aucun bloc",
            )
        )
    if others or "blocks" in row.faulty or any(code not in known for code in listed):
        resolution.doubtful.add(entry.id)
    blocks = resolution.blocks.setdefault((entry.id, pair.juror), set())
    blocks.update(code for code in wanted if code in entry.presented)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Jury:
    """The jurors who mark something, told as `who` and `blocks`, with where to say it."""

    who: str
    blocks: str
    members: tuple[Row, ...]
    at_count: Location
    at_external: Location


def _check_open_jury(panel: Panel, jurors: Mapping[JurorCode, Row]) -> Iterator[Problem]:
    """Check once the jury of a session where everybody marks everybody."""
    table = panel.jurors
    codes = Codes.of(table)
    is_certain = not codes.unreadable and len(jurors) == len(table.rows)
    if jurors and is_certain and any(entry.presented for entry in panel.entries.values()):
        yield from _check_jury(
            panel.referential,
            _Jury(
                who="Chaque candidat",
                blocks="chaque bloc présenté",
                members=tuple(jurors.values()),
                at_count=table.at_header("code"),
                at_external=table.at_header("external"),
            ),
        )


def _check_juries(
    panel: Panel, resolution: Resolution, jurors: Mapping[JurorCode, Row]
) -> list[Problem]:
    """Return the problems of blocs without a juror or with too small a jury, by candidate."""
    lacking = [
        problems
        for entry in panel.entries.values()
        if entry.reliable and entry.id not in resolution.doubtful
        if (problems := list(_check_candidate(panel, resolution, entry, jurors)))
    ]
    if len(lacking) <= len(resolution.strays):
        return []
    return [problem for problems in lacking for problem in problems]


def _check_candidate(
    panel: Panel, resolution: Resolution, entry: CandidateEntry, jurors: Mapping[JurorCode, Row]
) -> Iterator[Problem]:
    juries: dict[tuple[JurorCode, ...], list[BlockCode]] = {}
    for block in entry.presented:
        members = tuple(
            code for code in jurors if block in resolution.blocks.get((entry.id, code), ())
        )
        juries.setdefault(members, []).append(block)
    place = entry.row.at("presented" if codes_in(entry.row, "presented") else "id")
    for members, blocks in juries.items():
        named = quoted(blocks, last="et")
        if not members:
            yield kinds.BLOCK_WITHOUT_JUROR.at(place, candidate=entry.id, blocks=named)
            continue
        jury = _Jury(
            who=f"Candidat {entry.id}",
            blocks=named,
            members=tuple(jurors[code] for code in members),
            at_count=place,
            at_external=place,
        )
        yield from _check_jury(panel.referential, jury)


def _check_jury(referential: Referential, jury: _Jury) -> Iterator[Problem]:
    """Yield a problem for too few jurors, or too few external ones, for « Règles »."""
    rules, total = referential.rules, len(jury.members)
    if total < rules.minimum_jurors:
        yield kinds.JURORS_TOO_FEW.at(
            jury.at_count,
            who=jury.who,
            found=_counted(total, "juré"),
            blocks=jury.blocks,
            minimum=rules.minimum_jurors,
        )
    elif total == 1:
        yield regulations.JUROR_ALONE.at(jury.at_count, who=jury.who, blocks=jury.blocks)
    if any("external" in row.faulty for row in jury.members):
        return
    external = sum(row.get("external", bool) is True for row in jury.members)
    if Fraction(external, total) < rules.minimum_external:
        yield kinds.EXTERNALS_TOO_FEW.at(
            jury.at_external,
            who=jury.who,
            found=f"{_counted(external, 'juré externe')} sur {total}",
            blocks=jury.blocks,
            minimum=exact_number(rules.minimum_external * 100),
        )


def _counted(number: int, noun: str) -> str:
    """Return « 1 juré externe », « 2 jurés externes »."""
    return f"{number} {noun}" if number < 2 else f"{number} {noun.replace(' ', 's ')}s"
