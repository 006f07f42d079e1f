"""Resolve « Affectations »: who marks whom, on which blocs and modalités."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    Assignment,
    BlockCode,
    CandidateId,
    JurorCode,
    MethodCode,
    Status,
)
from sheetgen.problems import quoted, registering, shaping
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import Codes
from sheetgen.sources.jury_sizes import check_juries, check_open_juries
from sheetgen.sources.named_juries import jury_of, jury_of_juror
from sheetgen.sources.panel import Panel, Resolution
from sheetgen.sources.people import CandidateEntry, codes_in
from sheetgen.sources.read import told_in
from sheetgen.sources.standing_in import take_over
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row


_NAMED = 10
"""How many candidates a message still names."""


def read_assignments(panel: Panel) -> tuple[tuple[Assignment, ...], list[Problem]]:
    """Return an assignment for each candidate and juror with a grid, and the problems."""
    if not panel.is_readable:
        return (), []
    jurors = {JurorCode(row.need("code", str)): row for row in panel.jurors.by_code().values()}
    incompatible = _incompatible(panel, jurors)
    members = {code: row for code, row in jurors.items() if code not in panel.assessors}
    resolution = _resolve_rows(panel, incompatible)
    if any({"role", "jury"} & row.faulty for row in panel.jurors.rows) or panel.has_stray_jury:
        # Whether somebody sits, and where, is not known: neither is what the others mark.
        return (), resolution.problems
    if panel.is_open:
        _add_members(panel, resolution, members, incompatible)
        resolution.problems.extend(_tell_left_out(panel, members, incompatible))
    resolution.problems.extend(take_over(panel, resolution, jurors, incompatible))
    if panel.is_open:
        resolution.problems.extend(check_open_juries(panel, resolution, jurors))
    else:
        resolution.problems.extend(check_juries(panel, resolution, jurors))
    resolution.problems.extend(_check_assessors(panel, resolution, jurors))
    order = list(panel.referential.block)
    replaced = {(who, by): juror for (who, juror), by in resolution.taken_over.items()}
    marking = resolution.by_candidate(jurors)
    assignments = tuple(
        Assignment(
            candidate=candidate,
            juror=juror,
            blocks=tuple(sorted(resolution.blocks[candidate, juror], key=order.index)),
            methods=_restrictions(panel, resolution, candidate, juror),
            instead_of=replaced.get((candidate, juror)),
        )
        for candidate in panel.entries
        for juror in marking.get(candidate, ())
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


def _restrictions(
    panel: Panel, resolution: Resolution, candidate: CandidateId, juror: JurorCode
) -> tuple[tuple[BlockCode, tuple[MethodCode, ...]], ...]:
    """Return the blocs of which a juror marks some modalités alone, with these."""
    found = []
    for block in panel.referential.block:
        methods = resolution.methods.get((candidate, juror, block))
        if methods is not None and block in resolution.blocks[candidate, juror]:
            ordered = tuple(code for code in panel.referential.method if code in methods)
            found.append((block, ordered))
    return tuple(found)


def _add_members(
    panel: Panel,
    resolution: Resolution,
    members: Mapping[JurorCode, Row],
    incompatible: frozenset[tuple[CandidateId, JurorCode]],
) -> None:
    """Add every member on all that their jury's candidates present, but for those they must not.

    Who stands in marks what they take over, and that alone in the jury of whom they replace.
    """
    replaced = {by: juror for juror, by in panel.stand_ins.items()}
    for juror in members:
        for entry in panel.entries.values():
            stands_in = juror in replaced and panel.is_before(entry, replaced[juror])
            if stands_in or not panel.is_before(entry, juror):
                continue
            if (entry.id, juror) not in incompatible:
                resolution.blocks[entry.id, juror] = set(entry.presented)


def _check_assessors(
    panel: Panel, resolution: Resolution, jurors: Mapping[JurorCode, Row]
) -> Iterator[Problem]:
    """Find assessors to whom nothing is assigned, where every row could be read."""
    if resolution.doubtful or resolution.strays:
        return
    assigned = {juror for (_, juror), blocks in resolution.blocks.items() if blocks}
    for juror in sorted(panel.assessors - assigned):
        yield shaping.ASSESSOR_UNASSIGNED.at(jurors[juror].at("role"), juror=told_in(jurors[juror]))


def _tell_left_out(
    panel: Panel,
    members: Mapping[JurorCode, Row],
    incompatible: frozenset[tuple[CandidateId, JurorCode]],
) -> Iterator[Problem]:
    """Tell of jurors whom somebody of their jury is not given to mark."""
    replaced = {by: juror for juror, by in panel.stand_ins.items()}
    for juror, row in members.items():
        left = [
            entry.told
            for entry in panel.entries.values()
            if (entry.id, juror) in incompatible
            and entry.status is Status.PRESENT
            and panel.is_before(entry, juror)
            and not (juror in replaced and panel.is_before(entry, replaced[juror]))
        ]
        if left:
            yield registering.INCOMPATIBLE_LEFT_OUT.at(
                row.at("incompatible_with"),
                juror=told_in(row),
                candidates=", ".join(left[:_NAMED])
                + (f" et {len(left) - _NAMED} autres" if len(left) > _NAMED else ""),
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
                kinds.ASSIGNED_ABSENT.at(row.at("candidate"), candidate=entry.told)
            )
            continue
        if (entry.id, juror) in incompatible:
            resolution.problems.append(
                kinds.ASSIGNED_INCOMPATIBLE.at(
                    row.at("juror"), juror=panel.told(juror), candidate=entry.told
                )
            )
        if juror not in panel.assessors and not panel.is_before(entry, juror):
            resolution.problems.append(_other_jury(panel, row, entry, juror))
        _add_blocks(panel, resolution, row, _Pair(entry=entry, juror=juror))
    return resolution


def _other_jury(panel: Panel, row: Row, entry: CandidateEntry, juror: JurorCode) -> Problem:
    names, jurors = panel.jury_names, panel.jurors.by_code()
    return registering.ASSIGNED_OTHER_JURY.at(
        row.at("juror"),
        juror=panel.told(juror),
        found=names.get(jury_of_juror(jurors[fold(juror)], jurors) or "", ""),
        candidate=entry.told,
        jury=jury_of(entry.row, names),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A candidate and a juror that a row brings together."""

    entry: CandidateEntry
    juror: JurorCode


def _add_blocks(panel: Panel, resolution: Resolution, row: Row, pair: _Pair) -> None:
    """Add a row's blocs to those of its candidate and juror; a blank is all that is presented."""
    entry, listed = pair.entry, codes_in(row, "blocks")
    known = panel.block_codes
    wanted = [BlockCode(code) for code in known.known(listed)] if listed else entry.presented
    others = [code for code in wanted if code not in entry.presented]
    if others and entry.reliable:
        resolution.problems.append(
            kinds.ASSIGNED_NOT_PRESENTED.at(
                row.at("blocks"),
                juror=panel.told(pair.juror),
                candidate=entry.told,
                blocks=quoted(others, last="et"),
                presented=", ".join(entry.presented) or "aucun bloc",
            )
        )
    if others or "blocks" in row.faulty or any(code not in known for code in listed):
        resolution.doubtful.add(entry.id)
    presented = [code for code in wanted if code in entry.presented]
    methods = _methods_of(panel, row)
    if methods:
        presented = [code for code in presented if _marks_some(panel, entry, code, methods)]
        if not presented and not others and entry.reliable and "blocks" not in row.faulty:
            resolution.problems.append(
                shaping.ASSIGNED_METHOD_IDLE.at(
                    row.at("methods"),
                    found=", ".join(methods),
                    juror=panel.told(pair.juror),
                    candidate=entry.told,
                )
            )
            resolution.doubtful.add(entry.id)
    elif "methods" in row.faulty or codes_in(row, "methods"):
        resolution.doubtful.add(entry.id)
    resolution.blocks.setdefault((entry.id, pair.juror), set()).update(presented)
    for code in presented:
        place = (entry.id, pair.juror, code)
        former = resolution.methods.get(place, set())
        resolution.methods[place] = None if former is None or not methods else former | {*methods}


def _methods_of(panel: Panel, row: Row) -> tuple[MethodCode, ...]:
    """Return the modalités to which a row restricts its juror; none for all."""
    return tuple(MethodCode(code) for code in panel.method_codes.known(codes_in(row, "methods")))


def _marks_some(
    panel: Panel, entry: CandidateEntry, block: BlockCode, methods: tuple[MethodCode, ...]
) -> bool:
    """Return whether these modalités assess something of a bloc for a candidate."""
    return any(
        panel.referential.is_covered(criterion, methods, entry.access)
        for criterion in panel.referential.criteria_of_block[block]
    )
