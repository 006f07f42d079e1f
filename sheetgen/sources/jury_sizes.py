"""Check the jury that assignments make for each bloc: its size, its externals, all it marks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import has_errors, quoted, regulations, shaping
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import Codes
from sheetgen.sources.people import CandidateEntry, codes_in
from sheetgen.text import exact_number, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.model import (
        BlockCode,
        CandidateId,
        JurorCode,
        Referential,
    )
    from sheetgen.problems import Location, Problem
    from sheetgen.sources.panel import Panel, Resolution
    from sheetgen.sources.read import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Jury:
    """The jurors who mark something, told as `who` and `blocks`, with where to say it."""

    who: str
    blocks: str
    members: tuple[Row, ...]
    at_count: Location
    at_external: Location


def check_open_juries(
    panel: Panel, resolution: Resolution, jurors: Mapping[JurorCode, Row]
) -> Iterator[Problem]:
    """Check the juries of a session where everybody marks everybody: each once, by its members.

    Candidates whom one of them must not mark are checked by themselves, where the jury is large
    enough for the others.
    """
    codes = Codes.of(panel.jurors)
    if codes.unreadable or len(panel.jurors.by_code()) != len(panel.jurors.rows):
        return
    asked = resolution.by_candidate(jurors)
    for jury in panel.jury_names or ("",):
        entries = [
            entry
            for entry in panel.entries.values()
            if entry.presented and fold(entry.row.get("jury", str) or "") == jury
        ]
        if not entries:
            continue
        members = _sitting(panel, entries[0], jurors)
        named = f" du jury {panel.jury_names[jury]}" if jury else ""
        found = list(_check_members(panel, tuple(jurors[code] for code in members), named))
        yield from found
        if has_errors(found):
            continue
        for entry in entries:
            marking = {x for x in asked.get(entry.id, ()) if resolution.marked(entry.id, x)}
            if marking - panel.assessors != set(members) and entry.reliable:
                yield from _check_candidate(panel, resolution, entry, jurors, asked)


def _check_members(panel: Panel, members: tuple[Row, ...], named: str) -> Iterator[Problem]:
    """Check once a jury whose members mark every candidate of theirs."""
    if not members:
        return
    yield from _check_jury(
        panel.referential,
        _Jury(
            who=f"Chaque candidat{named}",
            blocks="chaque bloc présenté",
            members=members,
            at_count=panel.jurors.at_header("code"),
            at_external=panel.jurors.at_header("external"),
        ),
    )


def check_juries(
    panel: Panel, resolution: Resolution, jurors: Mapping[JurorCode, Row]
) -> list[Problem]:
    """Return the problems of blocs without a juror or with too small a jury, by candidate."""
    asked = resolution.by_candidate(jurors)
    lacking = [
        problems
        for entry in panel.entries.values()
        if entry.reliable and entry.id not in resolution.doubtful
        if (problems := list(_check_candidate(panel, resolution, entry, jurors, asked)))
    ]
    if len(lacking) <= len(resolution.strays):
        return []
    return [problem for problems in lacking for problem in problems]


def _check_candidate(
    panel: Panel,
    resolution: Resolution,
    entry: CandidateEntry,
    jurors: Mapping[JurorCode, Row],
    asked: Mapping[CandidateId, Sequence[JurorCode]],
) -> Iterator[Problem]:
    """Check the juries of a candidate; `asked` is who has blocs of each, in order."""
    juries: dict[tuple[JurorCode, ...], list[BlockCode]] = {}
    place = entry.row.at("presented" if codes_in(entry.row, "presented") else "id")
    for block in entry.presented:
        if not any(
            panel.referential.applies(criterion, entry.access)
            for criterion in panel.referential.criteria_of_block[block]
        ):
            continue
        marking = [
            code for code in asked.get(entry.id, ()) if block in resolution.marked(entry.id, code)
        ]
        members = tuple(code for code in marking if code not in panel.assessors)
        if marking and not members:  # by assessors alone: those who sit decide
            members = _sitting(panel, entry, jurors)
        juries.setdefault(members, []).append(block)
        yield from _check_unmarked(panel, resolution, entry, block, marking)
    for members, blocks in juries.items():
        named = quoted(blocks, last="et")
        if not members:
            yield kinds.BLOCK_WITHOUT_JUROR.at(place, candidate=entry.told, blocks=named)
            continue
        jury = _Jury(
            who=f"Candidat {entry.told}",
            blocks=named,
            members=tuple(jurors[code] for code in members),
            at_count=place,
            at_external=place,
        )
        yield from _check_jury(panel.referential, jury)


def _sitting(
    panel: Panel, entry: CandidateEntry, jurors: Mapping[JurorCode, Row]
) -> tuple[JurorCode, ...]:
    """Return the jury that a candidate comes before: neither assessors nor who stands in."""
    others = {*panel.assessors, *panel.stand_ins}
    return tuple(code for code in jurors if code not in others and panel.is_before(entry, code))


def _check_unmarked(
    panel: Panel,
    resolution: Resolution,
    entry: CandidateEntry,
    block: BlockCode,
    marking: list[JurorCode],
) -> Iterator[Problem]:
    """Find criteria of a bloc that none of its jurors marks."""
    restricted = [resolution.methods.get((entry.id, code, block)) for code in marking]
    if not marking or None in restricted:
        return
    covered = {method for methods in restricted for method in methods or ()}
    lacking = [
        criterion.code
        for criterion in panel.referential.criteria_of_block[block]
        if panel.referential.applies(criterion, entry.access)
        and not panel.referential.is_covered(criterion, covered, entry.access)
    ]
    if lacking:
        yield shaping.CRITERION_WITHOUT_JUROR.at(
            entry.row.at("id"), candidate=entry.told, criteria=quoted(lacking, last="et")
        )


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
