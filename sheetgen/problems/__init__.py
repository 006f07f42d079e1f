"""Problems and the catalogue of their kinds: one module of kinds for each stage.

`CATALOGUE` maps every code to its kind; the documentation of messages is generated from it. Every
stage names the kinds of its own module, so these modules are all open as a whole, and so is
`isolating`, which makes a problem of what nobody foresaw; `told_lines` says many at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import (
    carried_over,
    closing_papers,
    common_grids,
    configuration,
    consolidated,
    controlled,
    converting,
    declaring,
    deliberation,
    executing,
    explaining,
    extracting,
    files,
    forgotten,
    frozen,
    grid_marks,
    grids,
    handing,
    importing,
    isolating,
    made,
    outputs,
    recorded,
    registering,
    regulations,
    returns,
    sealed,
    several_grids,
    shaping,
    source_cells,
    source_files,
    sources,
    starting,
    told_lines,
    trying,
)
from sheetgen.problems.records import (
    Kind,
    Location,
    Problem,
    Severity,
    Together,
    has_errors,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CATALOGUE",
    "Kind",
    "Location",
    "Problem",
    "Severity",
    "Together",
    "carried_over",
    "closing_papers",
    "common_grids",
    "configuration",
    "consolidated",
    "controlled",
    "converting",
    "declaring",
    "deliberation",
    "executing",
    "explaining",
    "extracting",
    "files",
    "forgotten",
    "frozen",
    "grid_marks",
    "grids",
    "handing",
    "has_errors",
    "importing",
    "isolating",
    "made",
    "outputs",
    "quoted",
    "recorded",
    "registering",
    "regulations",
    "returns",
    "sealed",
    "several_grids",
    "shaping",
    "source_cells",
    "source_files",
    "sources",
    "starting",
    "told_lines",
    "trying",
]


def _collect() -> Mapping[str, Kind]:
    found: dict[str, Kind] = {}
    before = (
        importing,
        source_files,
        source_cells,
        sources,
        shaping,
        registering,
        regulations,
        trying,
        returns,
    )
    back = (grids, grid_marks, several_grids, common_grids, made, handing, files)
    closing = (
        consolidated,
        carried_over,
        deliberation,
        frozen,
        closing_papers,
        extracting,
        explaining,
        recorded,
        sealed,
        declaring,
        controlled,
    )
    for stage in (
        *before,
        *back,
        *closing,
        outputs,
        converting,
        executing,
        configuration,
        starting,
        isolating,
    ):
        for kind in vars(stage).values():
            if isinstance(kind, Kind):
                if kind.code in found:
                    message = f"two kinds of problem share the code {kind.code}"
                    raise ValueError(message)
                found[kind.code] = kind
    return found


CATALOGUE: Mapping[str, Kind] = _collect()
"""Every kind of problem by its code."""
