"""« Remplace »: what a juror takes over from the one whom they replace.

Which grids the replaced juror returned is not known here: both are assigned, and whoever reads the
returns says which of the two counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import registering as kinds
from sheetgen.sources.read import told_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.model import CandidateId, JurorCode
    from sheetgen.problems import Problem
    from sheetgen.sources.panel import Panel, Resolution
    from sheetgen.sources.people import CandidateEntry
    from sheetgen.sources.read import Row


def take_over(
    panel: Panel,
    resolution: Resolution,
    jurors: Mapping[JurorCode, Row],
    incompatible: frozenset[tuple[CandidateId, JurorCode]],
) -> Iterator[Problem]:
    """Assign to each stand-in what the replaced juror marks; tell what they cannot take over."""
    for replaced, by in panel.stand_ins.items():
        left: dict[str, list[CandidateEntry]] = {}
        for entry in panel.entries.values():
            blocks = resolution.blocks.get((entry.id, replaced))
            if not blocks:
                continue
            if not panel.is_before(entry, by):
                left.setdefault("qui passe devant un autre jury que le sien", []).append(entry)
            elif (entry.id, by) in incompatible:
                left.setdefault("avec qui il y a incompatibilité", []).append(entry)
            elif resolution.blocks.get((entry.id, by)):
                left.setdefault("qu'il a déjà à évaluer", []).append(entry)
            else:
                _hand_over(resolution, entry.id, replaced, by)
        for reason, entries in left.items():
            yield kinds.STAND_IN_IMPOSSIBLE.at(
                jurors[by].at("replaces"),
                juror=told_in(jurors[by]),
                replaced=told_in(jurors[replaced]),
                candidates=", ".join(entry.told for entry in entries),
                reason=reason,
            )


def _hand_over(
    resolution: Resolution, candidate: CandidateId, replaced: JurorCode, by: JurorCode
) -> None:
    resolution.taken_over[candidate, replaced] = by
    blocks = resolution.blocks[candidate, replaced]
    resolution.blocks[candidate, by] = set(blocks)
    for block in blocks:
        methods = resolution.methods.get((candidate, replaced, block))
        if methods is not None:
            resolution.methods[candidate, by, block] = set(methods)
