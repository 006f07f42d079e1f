"""`finalize`: from the jury's workbook to signed papers, once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.executing import Work
from sheetgen.folders import SessionFolder, document_name
from sheetgen.model import BlockOutcome, CertificationOutcome
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.collecting import Collected, collect_again, expect_returns
from sheetgen.pipeline.narrowing import narrow_settled
from sheetgen.pipeline.shares import (
    DOCUMENT_SECONDS,
    PEOPLE_A_SHARE,
    DocumentShare,
    carry_out,
    open_workers,
    write_documents,
)
from sheetgen.pipeline.writing import Writer, locks_reported
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import files as kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.deliberation import FinalDecisions
    from sheetgen.model import CandidateDecision
    from sheetgen.pipeline.settings import Inputs, Options
    from sheetgen.pipeline.shares import Document
    from sheetgen.reports.render import Templates
    from sheetgen.reports.settled import Settled

_DOCUMENTS_OF_A_CANDIDATE = 4
"""About: a report, a notification, some attestations or a parchment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalized:
    """What `finalize` did; `final` is None where the session could not be closed."""

    checked: Checked
    final: FinalDecisions | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def finalize(
    inputs: Inputs, consolidation: Path, options: Options, reopen: str | None = None
) -> Finalized:
    """Takes the jury's decisions, refuses what is incomplete or unreasoned, writes `final/`.

    Args:
        inputs: the school's files.
        consolidation: the workbook in which the jury wrote.
        options: how to run.
        reopen: why a session that is closed may be closed again with other decisions.
    """
    expect_returns()
    checked = check(inputs, options)
    problems = list(checked.errors)
    collected = _collect_consolidated(inputs, checked, options, problems)
    if collected is None:
        return Finalized(checked=checked, problems=tuple(problems))
    final = _read_final(collected, consolidation, problems)
    if final is None or has_errors(problems):
        return Finalized(checked=checked, problems=tuple(problems))
    files: list[Path] = []
    folder = collected.folder.final
    with locks_reported(problems, folder):
        opened = _open(folder, final, reopen, problems)
        if opened is None:
            return Finalized(checked=checked, problems=tuple(problems))
        final = opened
        _write(final, folder, files, problems)
        if checked.templates is not None:
            files += _write_documents(final, checked.templates, folder, options, problems)
    return Finalized(checked=checked, final=final, files=tuple(files), problems=tuple(problems))


def _collect_consolidated(
    inputs: Inputs, checked: Checked, options: Options, problems: list[Problem]
) -> Collected | None:
    """What the last consolidation read, read again; a problem where there was none."""
    if checked.session is None:
        return None
    folder = SessionFolder.of(inputs.output, checked.session)
    if not folder.history.exists():
        problems.append(kinds.CONSOLIDATION_MISSING.at(Location(file=str(folder.consolidation))))
        return None
    return collect_again(inputs, checked, options, problems)


def _read_final(
    collected: Collected, consolidation: Path, problems: list[Problem]
) -> FinalDecisions | None:
    from sheetgen.consolidation import plan_consolidation
    from sheetgen.deliberation import FinalDecisions, open_consolidation, read_deliberation

    workbook = open_consolidation(consolidation)
    if isinstance(workbook, Problem):
        problems.append(workbook)
        return None
    proposals = collected.decide()
    jurys, *volumes = plan_consolidation(proposals)
    deliberation, found = read_deliberation(workbook, jurys, str(consolidation))
    problems += found
    for volume in volumes:
        _check_volume(volume, consolidation.parent / volume.name, problems)
    if deliberation is None:
        return None
    return FinalDecisions(proposals=proposals, deliberation=deliberation)


def _check_volume(plan: WorkbookPlan, path: Path, problems: list[Problem]) -> None:
    """Says which marks were changed in a volume; one that was left elsewhere changes nothing."""
    from sheetgen.deliberation import check_origin, open_consolidation

    if not path.exists():
        return
    workbook = open_consolidation(path)
    if isinstance(workbook, Problem):
        problems.append(workbook)
    else:
        problems.extend(check_origin(workbook, plan, str(path)).problems)


def _open(
    folder: Path, final: FinalDecisions, reopen: str | None, problems: list[Problem]
) -> FinalDecisions | None:
    from sheetgen.deliberation.freezing import open_final

    opened = open_final(folder, final, reopen)
    if isinstance(opened, Problem):
        problems.append(opened)
        return None
    return opened


def _write(final: FinalDecisions, folder: Path, files: list[Path], problems: list[Problem]) -> None:
    from sheetgen.deliberation.publish import write_final

    written, found = write_final(folder, final)
    files += written
    problems += found


def _write_documents(
    final: FinalDecisions,
    templates: Templates,
    folder: Path,
    options: Options,
    problems: list[Problem],
) -> list[Path]:
    """The papers to sign; one that is there already is left as it is."""
    from sheetgen.deliberation.documents import settle_documents

    settled = settle_documents(final)
    decided = settled.decisions.candidates
    there: list[Path] = []
    writer = Writer(force=False, problems=problems)

    def waiting(documents: Iterable[Document]) -> Iterator[Document]:
        for path, render in documents:
            if path.exists():
                there.append(path)
            else:
                yield path, render

    effort = len(decided) * _DOCUMENTS_OF_A_CANDIDATE * DOCUMENT_SECONDS
    with open_workers(options, folder, effort) as workers:

        def share(items: Sequence[CandidateDecision]) -> DocumentShare:
            narrowed = narrow_settled(settled, items)
            documents = (_candidate_documents(narrowed, item, templates, folder) for item in items)
            people = tuple(tuple(waiting(item)) for item in documents)
            return DocumentShare(people=people, force=False, base=workers.base)

        if templates.minutes is not None:
            minutes = (folder / templates.minutes.file, partial(templates.minutes.render, settled))
            for path, render in waiting([minutes]):
                writer.write_document(path, render)
        work = Work(items=decided, count=len(decided), share=share, sizes=PEOPLE_A_SHARE)
        progress = options.progress("Documents", work.count)
        try:
            carry_out(write_documents, work, workers, writer, progress)
        finally:
            problems.extend(writer.missing.problems)
    return [*there, *(path for path, _ in writer.written)]


def _candidate_documents(
    settled: Settled, decision: CandidateDecision, templates: Templates, final: Path
) -> Iterator[Document]:
    session = settled.decisions.session
    candidate = session.candidate[decision.candidate]

    def path(folder: str, kind: str, item: str = "") -> Path:
        return final / folder / document_name(kind, session, candidate, item)

    if templates.report is not None:
        yield (
            path("rapports", "rapport"),
            partial(templates.report.render_final, settled, decision),
        )
    if templates.notification is not None:
        yield (
            path("notifications", "notification"),
            partial(templates.notification.render, settled, decision),
        )
    for block in decision.blocks:
        if templates.block_certificate is not None and block.outcome is BlockOutcome.VALIDATED:
            yield (
                path("attestations", "attestation", block.code),
                partial(templates.block_certificate.render, settled, decision, block.code),
            )
    if templates.diploma is not None and decision.outcome is CertificationOutcome.AWARDED:
        yield (
            path("parchemins", "parchemin"),
            partial(templates.diploma.render, settled, decision),
        )
