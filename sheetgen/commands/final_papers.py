"""The papers of a closing: which there are for the decisions taken, and their making.

As drafts (`finalize --draft`) they are as they would be, each page marked *PROJET*; nothing is
frozen.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.shares import (
    DOCUMENT_SECONDS,
    PEOPLE_A_SHARE,
    DocumentShare,
    narrow_settled,
    note_done,
    open_workers,
    write_documents,
)
from sheetgen.commands.writing import Writer
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import BlockOutcome, CertificationOutcome, told_candidates
from sheetgen.problems import Location
from sheetgen.problems import closing_papers as kinds
from sheetgen.processes import Work
from sheetgen.session_folder.paths import document_name, minutes_name
from sheetgen.sources.read import PrintedKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.commands.writing import Render
    from sheetgen.documents import Settled, Templates, WordTemplate
    from sheetgen.model import CandidateDecision
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder
    from sheetgen.sources.read import PrintedValue

_DOCUMENTS_OF_A_CANDIDATE = 5
"""About: a report, a notification, a transcript, some attestations or a parchment."""

_KINDS = {
    "proces-verbal": "le procès-verbal",
    "rapport": "les rapports",
    "notification": "les notifications",
    "releve": "les relevés de notes",
    "attestation": "les attestations",
    "parchemin": "les parchemins",
}
"""The kinds of paper, and how a message names them."""

_TITLES = frozenset({"attestation", "parchemin"})
"""Those that give a right, and so must say all that is official."""

_PRINTED_AS = {
    "title": "certification.intitule",
    "level": "certification.niveau",
    "eqf_level": "certification.niveau_cec",
    "rncp_code": "certification.code_rncp",
    "nsf_code": "certification.code_nsf",
    "certifier": "certification.certificateur",
    "decision_date": "certification.date_decision",
    "signatory": "certification.signataire",
    "signatory_title": "certification.qualite_signataire",
}
"""The field under which a template prints each official value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper to make: its kind, whose it is, where it goes from `final/`, what makes it.

    `block` is the bloc of an attestation, or the jury of minutes where several are named.
    """

    kind: str
    candidate: str = ""
    block: str = ""
    path: str
    template: WordTemplate
    render: Render


def minutes_of(settled: Settled, templates: Templates) -> Iterator[Paper]:
    """Yield the procès-verbal of each jury, where there is a template for it."""
    template = templates.minutes
    if template is None:
        return
    for jury in settled.decisions.session.juries.names:
        yield Paper(
            kind="proces-verbal",
            block=jury or "",
            path=minutes_name(jury),
            template=template,
            render=partial(template.render, settled, jury=jury),
        )


def papers_on(
    settled: Settled, decision: CandidateDecision, templates: Templates
) -> Iterator[Paper]:
    """Yield the papers on one candidate, for what the jury decided."""
    session = settled.decisions.session
    candidate = session.candidate[decision.candidate]

    def paper(
        folder: str, kind: str, template: WordTemplate, render: Render, block: str = ""
    ) -> Paper:
        return Paper(
            kind=kind,
            candidate=candidate.id,
            block=block,
            path=f"{folder}/{document_name(kind, session, candidate, block)}",
            template=template,
            render=render,
        )

    if (report := templates.report) is not None:
        made = partial(report.render_final, settled, decision)
        yield paper("rapports", "rapport", report, made)
    if (notification := templates.notification) is not None:
        made = partial(notification.render, settled, decision)
        yield paper("notifications", "notification", notification, made)
    if (transcript := templates.transcript) is not None and candidate.presented:
        made = partial(transcript.render, settled, decision)
        yield paper("releves", "releve", transcript, made)
    if (certificate := templates.block_certificate) is not None:
        for block in decision.blocks:
            if block.outcome is BlockOutcome.VALIDATED:
                made = partial(certificate.render, settled, decision, block.code)
                yield paper("attestations", "attestation", certificate, made, block.code)
    diploma = templates.diploma
    if diploma is not None and decision.outcome is CertificationOutcome.AWARDED:
        made = partial(diploma.render, settled, decision)
        yield paper("parchemins", "parchemin", diploma, made)


def papers_of(templates: Templates) -> frozenset[str]:
    """Return the kinds of paper for which there is a template."""
    found = {
        "proces-verbal": templates.minutes,
        "rapport": templates.report,
        "notification": templates.notification,
        "releve": templates.transcript,
        "attestation": templates.block_certificate,
        "parchemin": templates.diploma,
    }
    return frozenset(kind for kind, template in found.items() if template is not None)


def all_papers(settled: Settled, templates: Templates) -> Iterator[Paper]:
    """Yield every paper of the session, the procès-verbal first."""
    yield from minutes_of(settled, templates)
    for decision in settled.decisions.candidates:
        yield from papers_on(settled, decision, templates)


def check_complete(
    settled: Settled, templates: Templates, printed: Mapping[PrintedKey, PrintedValue]
) -> Iterator[Problem]:
    """Yield a problem for each blank of « Certification » that a paper about to be made must say.

    An attestation and a parchemin must say all of them; the other papers, those that their template
    prints. Each is told at its cell.
    """
    from sheetgen.sources import official_blanks

    for item in official_blanks(settled.decisions.referential.certification):
        saying = {
            paper.template.name: _KINDS[paper.kind]
            for paper in _one_of_each(settled, templates)
            if paper.kind in _TITLES or paper.template.names(_PRINTED_AS[item.attribute])
        }
        if saying:
            value = printed[PrintedKey(sheet="Certification", row="", name=item.name)]
            yield kinds.OFFICIAL_PAPER_INCOMPLETE.at(
                value.location, name=item.name, papers=_and(list(saying.values()))
            )


def tell_undeclared(settled: Settled, minutes: str, jury: str | None) -> Iterator[Problem]:
    """Yield a warning for each juror of whom the minutes cannot say that they declared no tie."""
    sitting, session = settled.sitting_before(jury), settled.decisions.session
    for juror, people in sitting.undeclared.items() if sitting is not None else ():
        yield kinds.TIES_UNDECLARED.at(
            Location(file=minutes),
            juror=session.juror[juror].full_name,
            candidates=told_candidates(session, people),
        )


def _one_of_each(settled: Settled, templates: Templates) -> Iterator[Paper]:
    """Yield the first paper of each kind, in memory and time that no session is too large for."""
    seen: set[str] = set()
    for paper in all_papers(settled, templates):
        if paper.kind not in seen:
            seen.add(paper.kind)
            yield paper


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


@contextmanager
def begin_papers(
    settled: Settled, templates: Templates, root: Path, options: Options, problems: list[Problem]
) -> Iterator[Callable[[], list[Path]]]:
    """Have every paper under `root` made meanwhile, where other processes do it.

    The function yielded waits for them, returns those written and adds what stood in the way to
    `problems`.

    Raises:
        WorkersLostError: those who make them are gone.
        OSError: nothing can be written there.
    """
    decided = settled.decisions.candidates
    writer = Writer(force=True, problems=problems)
    effort = len(decided) * _DOCUMENTS_OF_A_CANDIDATE * DOCUMENT_SECONDS
    with open_workers(options, root, effort) as workers:

        def share(items: Sequence[CandidateDecision]) -> DocumentShare:
            narrowed = narrow_settled(settled, items)
            people = tuple(
                tuple(_documents(papers_on(narrowed, item, templates), root)) for item in items
            )
            return DocumentShare(people=people, force=True, base=workers.base)

        work = Work(items=decided, count=len(decided), share=share, sizes=PEOPLE_A_SHARE)
        running = workers.run(write_documents, work)

        def written() -> list[Path]:
            for paper in minutes_of(settled, templates):
                writer.write_document(root / paper.path, paper.render)
                problems.extend(tell_undeclared(settled, paper.path, paper.block or None))
            try:
                note_done(running, writer, options.progress("Documents", work.count))
            finally:
                problems.extend(writer.missing.problems)
            return [path for path, _ in writer.written]

        yield written


def _documents(papers: Iterable[Paper], root: Path) -> Iterator[tuple[Path, Render]]:
    return ((root / item.path, item.render) for item in papers)


def write_drafts(
    settled: Settled,
    templates: Templates,
    folder: SessionFolder,
    options: Options,
    problems: list[Problem],
) -> list[Path]:
    """Write every paper under `projet/`, in place of former drafts; return those written.

    Raises:
        WorkersLostError: those who make them are gone.
        OSError: nothing can be written there.
    """
    made = MadeFiles.of(folder, folder.drafts)
    made.make_room(problems)
    with begin_papers(settled, templates, folder.drafts, options, problems) as papers:
        written = papers()
    made.note(written)
    made.remove_others(written, problems)
    return written
