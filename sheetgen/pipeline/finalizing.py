"""`finalize`: from the jury's workbook to signed papers, once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.folders import SessionFolder, document_name
from sheetgen.model import BlockOutcome, CertificationOutcome
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.collecting import Collected, collect_again
from sheetgen.pipeline.writing import Writer, locks_reported
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import files as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.deliberation import FinalDecisions
    from sheetgen.model import CandidateDecision
    from sheetgen.pipeline.settings import Inputs, Options
    from sheetgen.reports.produce import Render
    from sheetgen.reports.render import Templates
    from sheetgen.reports.settled import Settled

Document = tuple[Path, "Render"]
"""Where a document goes, and what makes it."""


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
    from sheetgen.reports.missing import MissingFields
    from sheetgen.reports.produce import produce_documents

    missing = MissingFields()
    documents = [
        (folder / name, render) for name, render in _documents(settle_documents(final), templates)
    ]
    there = [path for path, _ in documents if path.exists()]
    waiting = [(path, render) for path, render in documents if not path.exists()]
    writer = Writer(force=False, written=[], problems=problems)
    made = produce_documents([render for _, render in waiting], jobs=options.jobs)
    with options.progress("Documents", len(waiting)) as step:
        for (path, _), produced in zip(waiting, made, strict=True):
            writer.write_produced(path, produced.document)
            missing.add(produced.missing)
            step()
    problems.extend(missing.problems)
    return [*there, *(path for path, _ in writer.written)]


def _documents(settled: Settled, templates: Templates) -> Iterator[Document]:
    if templates.minutes is not None:
        yield Path(templates.minutes.file), partial(templates.minutes.render, settled)
    for decision in settled.decisions.candidates:
        yield from _candidate_documents(settled, decision, templates)


def _candidate_documents(
    settled: Settled, decision: CandidateDecision, templates: Templates
) -> Iterator[Document]:
    session = settled.decisions.session
    candidate = session.candidate[decision.candidate]

    def path(folder: str, kind: str, item: str = "") -> Path:
        return Path(folder) / document_name(kind, session, candidate, item)

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
