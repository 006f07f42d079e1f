"""`finalize`: from the jury's workbook to signed papers, once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.check import Checked
    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.jury import FinalDecisions, Record
    from sheetgen.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalized:
    """The result of `finalize`.

    Attributes:
        final: the decisions taken; None where none were.
        record: the decisions in force of a session that was closed already, as JSON has them.
        closed: when that was, in French; empty for a session closed now, or not.
        draft: the papers are drafts, and nothing is closed.
        files: those written.
        restored: those of the closing that were missing, and are back as they were.
    """

    checked: Checked
    final: FinalDecisions | None = None
    record: Record | None = None
    closed: str = ""
    draft: bool = False
    files: tuple[Path, ...] = ()
    restored: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalizeRequest:
    """The arguments of `finalize` beside its inputs.

    Attributes:
        consolidation: the workbook in which the jury wrote.
        reopen: why a session that is closed is closed again; None where it is not to be.
        draft: write papers marked as drafts, and freeze nothing.
    """

    consolidation: Path
    reopen: str | None = None
    draft: bool = False


def finalize(inputs: Inputs, request: FinalizeRequest, options: Options) -> Finalized:
    """Take the jury's decisions, refuse what is incomplete or unreasoned, write `final/`.

    On a session that is closed, nothing is decided again unless a reason to is given: what
    `final/` lacks is restored, and each difference with what was frozen is told.
    """
    from sheetgen.commands.closing import close_session

    return close_session(inputs, request, options)
