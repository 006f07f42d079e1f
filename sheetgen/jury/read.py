"""The jury's deliberation, from the workbook it filled in: read whole, or refused for every reason.

What is proposed is computed again from the returns and given to this module; the workbook says
only what the jury decided, and is refused where it no longer says what the returns say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury.conditions import check_complete, check_juries
from sheetgen.jury.form import CellReader, Form, FormRow, read_answers, read_form, said_of
from sheetgen.jury.matters import (
    Bench,
    Matter,
    find_contradiction,
    find_idle_mention,
    subjects_of,
)
from sheetgen.jury.origin import check_origin
from sheetgen.jury.proposals import Witness, read_written_proposals
from sheetgen.jury.row_names import check_names, read_absent_seals
from sheetgen.jury.sheet_tables import shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    BlockOutcome,
    CandidateId,
    CandidateRulings,
    CertificationOutcome,
    Closing,
    Deliberation,
    MentionOutcome,
    Ruling,
    SessionDecisions,
    told_candidate,
)
from sheetgen.problems import Problem, consolidated, has_errors, made
from sheetgen.problems import deliberation as kinds
from sheetgen.rules import CertificationCondition
from sheetgen.sources.checks import is_to_come
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.model import BlockDecision, CandidateDecision, Session
    from sheetgen.problems import Location
    from sheetgen.sources.read import Value
    from sheetgen.spreadsheet import RawWorkbook

_CLOSING_EXAMPLES = {
    layout.CLOSING_DATE_LABEL: "une date, par exemple 15/06/2026",
    layout.CLOSING_TIME_LABEL: "une heure, par exemple 17:30",
}


def read_deliberation(
    workbook: RawWorkbook, plan: WorkbookPlan, file: str
) -> tuple[Deliberation | None, list[Problem]]:
    """Return the jury's decisions, and every problem; None when one of them is an error.

    Args:
        workbook: `consolidation.xlsx` as the jury left it, whatever application saved it.
        plan: the same as it would be written now, from what the returns give under the present
            rules.
        file: the workbook's name, for problems.
    """
    decisions = plan.decisions
    origin = check_origin(workbook, plan, file)
    if origin.foreign:
        return None, list(origin.problems)
    reader = CellReader(file)
    reader.problems += origin.problems
    form = read_form(workbook, reader)
    if form is None:
        return None, reader.problems
    reader.problems += check_names(workbook, form, decisions, file)
    sitting = _ReadingContext(decisions=decisions, form=form, reader=reader)
    answers = read_answers(form, reader)
    closing = _read_closing(answers, sitting)
    rows = _index(sitting)
    reader.problems += check_complete(decisions, rows.at)
    reader.problems += check_juries(decisions, rows.at)
    bench = Bench(reader=reader, adopts=answers[layout.ADOPTION_LABEL] is True)
    witness = Witness(written=read_written_proposals(workbook, file))
    absent = read_absent_seals(workbook, file)
    reader.problems += _check_seals(witness, absent, decisions, rows)
    judge = _Judge(bench=bench, rows=rows, decisions=decisions, witness=witness)
    rulings = [judge.rule(item) for item in decisions.candidates]
    if closing is None or has_errors(reader.problems):
        return None, reader.problems
    settled = {item.candidate: item for item in rulings if item is not None}
    return Deliberation(closing=closing, rulings=settled), reader.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadingContext:
    """The sheet that is being read, and what it is compared with."""

    decisions: SessionDecisions
    form: Form
    reader: CellReader


def _read_closing(answers: Mapping[str, Value | None], sitting: _ReadingContext) -> Closing | None:
    """Return when the deliberation ended; None, with the problem, where that is not said."""
    form, reader = sitting.form, sitting.reader
    for label, example in _CLOSING_EXAMPLES.items():
        cell = form.answers.get(label)
        if cell is not None and cell.blank and cell.merged is None:
            place = reader.at(cell)
            reader.problems.append(kinds.CLOSING_MISSING.at(place, name=label, example=example))
    closed_on, closed_at = (answers[label] for label in _CLOSING_EXAMPLES)
    if not isinstance(closed_on, date) or not isinstance(closed_at, time):
        return None
    incidents, observations = (
        answers[label] for label in (layout.INCIDENTS_LABEL, layout.OBSERVATIONS_LABEL)
    )
    closing = Closing(
        date=closed_on,
        time=closed_at,
        incidents=incidents if isinstance(incidents, str) else None,
        observations=observations if isinstance(observations, str) else None,
    )
    _check_opening(closing, sitting)
    if is_to_come(closing.date, sitting.decisions.session.date):
        place = reader.at(form.answers[layout.CLOSING_DATE_LABEL])
        reader.problems.append(kinds.CLOSING_TO_COME.at(place, found=f"{closing.date:%d/%m/%Y}"))
    return closing


def _check_opening(closing: Closing, sitting: _ReadingContext) -> None:
    """Refuse a closing before the jury sat."""
    session = sitting.decisions.session
    if session.date is None:
        return
    label = layout.CLOSING_DATE_LABEL
    early = closing.date < session.date
    if closing.date == session.date and session.time is not None:
        early = closing.time < session.time
        label = layout.CLOSING_TIME_LABEL
    if early:
        sitting.reader.problems.append(
            kinds.CLOSING_TOO_EARLY.at(
                sitting.reader.at(sitting.form.answers[label]),
                found=f"{closing.date:%d/%m/%Y} à {closing.time:%H:%M}",
                opening=_opening(session),
            )
        )


def _opening(session: Session) -> str:
    said = f"{session.date:%d/%m/%Y}"
    return f"{said} à {session.time:%H:%M}" if session.time else said


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The sheet's rows by candidate and subject."""

    form: Form
    reader: CellReader
    found: Mapping[tuple[str, str], FormRow]

    def get(self, candidate: CandidateId, subject: str) -> FormRow | None:
        """Return the row of a candidate's bloc or certification, if there is exactly one."""
        return self.found.get((fold(candidate), fold(subject)))

    def at(self, candidate: CandidateId, subject: str) -> Location:
        """Return where to speak of it: its proposal, or the table's header where it has no row."""
        row = self.get(candidate, subject)
        if row is None:
            return self.form.table.at_header(Column.CANDIDATE.value)
        return self.reader.at(row.proposal)


def _index(sitting: _ReadingContext) -> _Rows:
    """Return the rows, each known to be about something that the jury has to decide, once."""
    form, reader, session = sitting.form, sitting.reader, sitting.decisions.session
    expected = {
        (fold(item.candidate), fold(subject)): (item.candidate, subject)
        for item in sitting.decisions.candidates
        for subject in subjects_of(item, sitting.decisions.referential)
    }
    found: dict[tuple[str, str], FormRow] = {}
    twice: set[tuple[str, str]] = set()
    for row in form.rows:
        merged = row.candidate.merged or row.subject.merged
        if merged:
            cell = row.candidate if row.candidate.merged else row.subject
            reader.problems.append(kinds.DELIBERATION_MERGED.at(reader.at(cell), found=merged))
            continue
        key = said_of(row)
        if key not in expected:
            reader.problems.append(
                kinds.DELIBERATION_ROW_UNKNOWN.at(
                    reader.at(row.candidate),
                    candidate=shown(row.candidate),
                    subject=shown(row.subject),
                )
            )
            continue
        first = found.setdefault(key, row)
        if first is not row:
            twice.add(key)
            candidate, subject = expected[key]
            reader.problems.append(
                kinds.DELIBERATION_ROW_TWICE.at(
                    reader.at(row.candidate),
                    candidate=told_candidate(session, candidate),
                    subject=subject,
                    other=first.candidate.cell,
                )
            )
    for key, (candidate, subject) in expected.items():
        if key not in found:
            place = form.table.at_header(Column.CANDIDATE.value)
            reader.problems.append(
                kinds.DELIBERATION_ROW_MISSING.at(
                    place, candidate=told_candidate(session, candidate), subject=subject
                )
            )
    single = {key: row for key, row in found.items() if key not in twice}
    return _Rows(form=form, reader=reader, found=single)


def _check_seals(
    witness: Witness, absent: Mapping[str, str], decisions: SessionDecisions, rows: _Rows
) -> Iterator[Problem]:
    """Find candidates of an anonymous session whose number was another's in the workbook."""
    for candidate, known in decisions.seals.items():
        seal = witness.seal(candidate) or absent.get(fold(candidate))
        if seal and seal not in known:
            place = rows.at(candidate, CERTIFICATION)
            yield made.NUMBER_OF_ANOTHER.at(place, candidate=candidate)


@dataclass(frozen=True, kw_only=True)
class _Judge:
    """Rules on each candidate in turn; no slots: what an award needs is found once."""

    bench: Bench
    rows: _Rows
    decisions: SessionDecisions
    witness: Witness

    def rule(self, decision: CandidateDecision) -> CandidateRulings | None:
        """Return the jury's rulings on a candidate; None, with the problem, if not settled."""
        if decision.outcome is CertificationOutcome.ABSENT:
            return CandidateRulings.adopting(decision)
        problems = self.bench.reader.problems
        before = len(problems)
        blocks = {
            block.code: self._rule_block(decision.candidate, block) for block in decision.blocks
        }
        settled = {code: ruling for code, ruling in blocks.items() if ruling is not None}
        if len(settled) < len(blocks):
            self._glance_at(decision)
            return None
        # All are settled: what was said of them is that their proposal is another than seen.
        refused = len(problems) > before
        decided = [replace(block, outcome=settled[block.code].outcome) for block in decision.blocks]
        certification = self._rule_certification(decision, decided, refused=refused)
        if certification is None:
            self._glance_at_mention(decision)
            return None
        mention = None
        if self.decisions.referential.mentions:
            mention = self._rule_mention(decision.candidate, certification.outcome, decided)
            if mention is None:
                return None
        return CandidateRulings(
            candidate=decision.candidate,
            certification=certification,
            blocks=settled,
            mention=mention,
        )

    def _told(self, candidate: CandidateId) -> str:
        return told_candidate(self.decisions.session, candidate)

    @cached_property
    def _condition(self) -> CertificationCondition:
        known = self.decisions.referential
        return CertificationCondition(known.rules, known)

    def _rule_block(
        self, candidate: CandidateId, block: BlockDecision
    ) -> Ruling[BlockOutcome] | None:
        if not block.competencies:
            return Ruling(proposed=block.outcome, outcome=block.outcome)
        row = self.rows.get(candidate, block.code)
        if row is None:
            return None
        matter = Matter(
            candidate=candidate,
            who=self._told(candidate),
            subject=block.code,
            proposed=block.outcome,
            review=self.witness.review(candidate, block.code),
        )
        seen = self.witness.see_block(row, candidate, block.code)
        may_settle = self.bench.check_seen(row, matter, seen)
        if block.outcome is BlockOutcome.INCOMPLETE:
            return None
        return (self.bench.settle if may_settle else self.bench.settle_refused)(row, matter)

    def _rule_certification(
        self,
        decision: CandidateDecision,
        decided: Sequence[BlockDecision],
        *,
        refused: bool,
    ) -> Ruling[CertificationOutcome] | None:
        """Return the certification's ruling.

        Its proposal follows the blocs as the jury decided them.

        Args:
            decision: the candidate's.
            decided: the blocs, as the jury decided them.
            refused: whether one of them is refused for its proposal.
        """
        row = self.rows.get(decision.candidate, CERTIFICATION)
        if row is None:
            return None
        referential, reader = self.decisions.referential, self.bench.reader
        matter = Matter(
            candidate=decision.candidate,
            who=self._told(decision.candidate),
            subject=CERTIFICATION,
            proposed=self._condition.judge(decided),
            lost=self._condition.lacking(decided).count,
            review=self.witness.review(decision.candidate, CERTIFICATION),
        )
        others = [
            consolidated.PROPOSAL_CHANGED.at(
                reader.at(row.proposal),
                candidate=self._told(decision.candidate),
                subject=block.code,
                found=found,
                expected=block.outcome.value,
            )
            for block, found in self.witness.other_blocks(decision.candidate, decided)
        ]
        reader.problems += others
        seen = self.witness.see_certification(row, decision.candidate, decided, referential)
        if not self.bench.check_seen(row, matter, seen) or refused or others:
            self.bench.settle_refused(row, matter)
            return None
        ruling = self.bench.settle(row, matter)
        if ruling is None:
            return None
        contradiction = find_contradiction(ruling.outcome, decided, self._condition)
        if contradiction is None:
            return ruling
        kind, told = contradiction
        place = reader.at(row.decision)
        reader.problems.append(kind.at(place, candidate=self._told(decision.candidate), **told))
        return None

    def _rule_mention(
        self,
        candidate: CandidateId,
        outcome: CertificationOutcome,
        decided: Sequence[BlockDecision],
    ) -> Ruling[MentionOutcome] | None:
        """Return the mention's ruling.

        Its proposal follows the certification as decided.
        """
        row = self.rows.get(candidate, MENTION)
        if row is None:
            return None
        referential, reader = self.decisions.referential, self.bench.reader
        proposed = MentionOutcome(self._condition.mention(outcome, decided))
        matter = self._mention_matter(candidate, proposed)
        seen = self.witness.see_mention(row, candidate, (outcome, decided), referential)
        if not self.bench.check_seen(row, matter, seen):
            self.bench.settle_refused(row, matter)
            return None
        ruling = self.bench.settle(row, matter)
        if ruling is None:
            return None
        idle = find_idle_mention(ruling.outcome, outcome, decided)
        if idle is None:
            return ruling
        place = reader.at(row.decision)
        told = {
            "candidate": self._told(candidate),
            "found": ruling.outcome.value,
            "outcome": outcome.value,
        }
        reader.problems.append(idle.at(place, **told))
        return None

    def _mention_matter(
        self, candidate: CandidateId, proposed: MentionOutcome
    ) -> Matter[MentionOutcome]:
        return Matter(
            candidate=candidate,
            who=self._told(candidate),
            subject=MENTION,
            proposed=proposed,
            review=self.witness.review(candidate, MENTION),
            mentions=layout.mention_choices(self.decisions.referential),
        )

    def _glance_at_mention(self, decision: CandidateDecision) -> None:
        """Say what can be of a mention whose certification is not settled: of its words alone."""
        row = self.rows.get(decision.candidate, MENTION)
        if row is not None and self.decisions.referential.mentions:
            proposed = MentionOutcome(decision.mention)
            self.bench.glance(row, self._mention_matter(decision.candidate, proposed))

    def _glance_at(self, decision: CandidateDecision) -> None:
        """Say what can be of a certification whose blocs are not settled: of its words alone."""
        self._glance_at_mention(decision)
        row = self.rows.get(decision.candidate, CERTIFICATION)
        if row is not None:
            matter = Matter(
                candidate=decision.candidate,
                who=self._told(decision.candidate),
                subject=CERTIFICATION,
                proposed=decision.outcome,
                review=self.witness.review(decision.candidate, CERTIFICATION),
            )
            self.bench.glance(row, matter)
