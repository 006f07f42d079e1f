"""Take over what a jury had written in a consolidation that is made again.

A line is taken over where the jury saw the proposal that is made now, and where it is about the
same person. Any other on which something was decided is to be looked at again, with what had been
decided. So is a line that the jury left blank while it adopted all proposals: it adopted another.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.consolidation import Answer, Carried, CarriedLine, layout
from sheetgen.consolidation.layout import Stamp
from sheetgen.grid.read import text_of
from sheetgen.jury.form import (
    CellReader,
    Form,
    FormRow,
    read_answers,
    read_form,
    read_said,
    said_of,
)
from sheetgen.jury.matters import subjects_of
from sheetgen.jury.proposals import Witness, read_written_proposals
from sheetgen.jury.row_names import judge_name, read_people
from sheetgen.jury.sheet_tables import find_sheet, read_cell, shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    BlockOutcome,
    CertificationOutcome,
    MentionOutcome,
    told_candidate,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import carried_over as kinds
from sheetgen.rules import CertificationCondition
from sheetgen.session_folder import Person, PersonMatch, person_of
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.jury.proposals import Seen
    from sheetgen.model import (
        BlockDecision,
        Candidate,
        CandidateDecision,
        CandidateId,
        Session,
        SessionDecisions,
    )
    from sheetgen.spreadsheet import RawWorkbook

_TOLD = 10
"""How many lines a message names."""

_NEW = "Ligne nouvelle : elle n'était pas dans l'ancien classeur."


class NotCarriedError(Exception):
    """Raised when nothing can be taken over from a workbook; the message says why, in French."""


def read_carried(
    workbook: RawWorkbook, file: str, plan: WorkbookPlan
) -> tuple[Carried, list[Problem]]:
    """Return what a workbook made before hands over to the one that is made now, and what to say.

    Args:
        workbook: the former one, whether or not a jury wrote in it.
        file: its name, for problems.
        plan: the one that is made now.

    Raises:
        NotCarriedError: it is none of this session's, or has lost what tells.
    """
    same_referential = _check_origin(workbook, plan.decisions)
    reader = CellReader(file)
    form = read_form(workbook, reader)
    if form is None:
        raise NotCarriedError(reader.problems[0].message)
    carrier = _Carrier(
        form=form,
        answers=_answers(form),
        witness=Witness(written=read_written_proposals(workbook, file)),
        decisions=plan.decisions,
        same_referential=same_referential,
        people=read_people(workbook, file),
    )
    carried = carrier.carry()
    return carried, list(_tell(carried, carrier.homeless(), plan.decisions.session, file))


def _check_origin(workbook: RawWorkbook, decisions: SessionDecisions) -> bool:
    """Return whether the workbook was made from the present référentiel.

    Raises:
        NotCarriedError: it is another session's, or says nothing of where it comes from.
    """
    stamp = find_sheet(workbook, layout.STAMP_SHEET)
    said = (
        {text_of(stamp.value(row, 0)): shown(read_cell(stamp, row, 1)) for row in stamp.rows}
        if stamp
        else {}
    )
    if said.get(Stamp.SCHEMA.value) != layout.SCHEMA:
        message = "sa feuille cachée manque, ou est d'une autre version de sheetgen."
        raise NotCarriedError(message)
    session = said.get(Stamp.SESSION.value, "")
    if session != decisions.session.code:
        message = f"il est de la session « {session} »."
        raise NotCarriedError(message)
    return said.get(Stamp.FINGERPRINT.value) == decisions.referential.fingerprint


def _answers(form: Form) -> Mapping[str, Answer]:
    """Return the jury's own fields that are filled; as they stand where they cannot be read."""
    found: dict[str, Answer] = {}
    for label, value in read_answers(form, CellReader(form.table.file)).items():
        if isinstance(value, bool):
            found[label] = layout.YES if value else layout.NO
        elif value is not None and not isinstance(value, (tuple, int, float)):
            found[label] = value if isinstance(value, Answer) else str(value)
        elif label in form.answers and shown(form.answers[label]):
            found[label] = shown(form.answers[label])
    return found


class _Who(Enum):
    """The answers to whether a line is about the candidate who has its number now."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(kw_only=True)
class _Carrier:
    """Takes over line by line; no slots: what an award needs is found once."""

    form: Form
    answers: Mapping[str, Answer]
    witness: Witness
    decisions: SessionDecisions
    same_referential: bool
    people: Mapping[str, Person]
    rows: dict[tuple[str, str], list[FormRow]] = field(default_factory=dict)

    def carry(self) -> Carried:
        """Return what the new workbook takes over."""
        for row in self.form.rows:
            self.rows.setdefault(said_of(row), []).append(row)
        lines = {
            (decision.candidate, subject): line
            for decision in self.decisions.candidates
            for subject, line in self._lines(decision)
            if line != CarriedLine()
        }
        return Carried(lines=lines, answers=self.answers)

    def homeless(self) -> list[str]:
        """Return lines on which the jury wrote, that the new workbook does not have."""
        known = {
            (fold(item.candidate), fold(subject))
            for item in self.decisions.candidates
            for subject in subjects_of(item, self.decisions.referential)
        }
        return [
            f"{told_candidate(self.decisions.session, shown(row.candidate) or '?')} "
            f"{shown(row.subject) or '?'} "
            f"({read_said(row).decision or read_said(row).reason})"
            for row in self.form.rows
            if said_of(row) not in known and read_said(row).anything
        ]

    @property
    def adopts(self) -> bool:
        """Return whether the jury adopts the proposals that it leaves blank."""
        return self.answers.get(layout.ADOPTION_LABEL) == layout.YES

    def _lines(self, decision: CandidateDecision) -> Iterator[tuple[str, CarriedLine]]:
        candidate = self.decisions.session.candidate[decision.candidate]
        carried: dict[str, CarriedLine] = {}
        subjects = subjects_of(decision, self.decisions.referential)
        for block in decision.blocks:
            if block.code in subjects and block.competencies:
                carried[block.code] = self._block(candidate, block)
        if CERTIFICATION in subjects:
            then, now = self._decided_then(decision), self._decided_now(decision, carried)
            line, outcomes = self._certification(candidate, then, now)
            carried[CERTIFICATION] = line
            if MENTION in subjects:
                carried[MENTION] = self._mention(candidate, (outcomes[0], then), (outcomes[1], now))
        yield from carried.items()

    def _block(self, candidate: Candidate, block: BlockDecision) -> CarriedLine:
        row = self._row(candidate.id, block.code)
        if not isinstance(row, FormRow):
            return row
        seen = self.witness.see_block(row, candidate.id, block.code)
        return self._line(candidate, row, seen, block.outcome.value)

    @cached_property
    def _condition(self) -> CertificationCondition:
        known = self.decisions.referential
        return CertificationCondition(known.rules, known)

    def _certification(
        self, candidate: Candidate, then: Sequence[BlockDecision], now: Sequence[BlockDecision]
    ) -> tuple[CarriedLine, tuple[CertificationOutcome, CertificationOutcome]]:
        """Return the certification's line, and what it was decided then and is by now.

        Its proposals follow the blocs as decided then and now.
        """
        proposed = self._condition.judge(now)
        row = self._row(candidate.id, CERTIFICATION)
        if not isinstance(row, FormRow):
            return row, (proposed, proposed)
        referential = self.decisions.referential
        seen = self.witness.see_certification(row, candidate.id, then, referential)
        line = self._line(candidate, row, seen, proposed.value)
        decided_then = _certified(read_said(row).choice, _certified(seen.written, proposed))
        return line, (decided_then, _certified(line.decision, proposed))

    def _mention(
        self,
        candidate: Candidate,
        then: tuple[CertificationOutcome, Sequence[BlockDecision]],
        now: tuple[CertificationOutcome, Sequence[BlockDecision]],
    ) -> CarriedLine:
        """Return the mention's line.

        Its proposals follow the certification and its blocs as decided then and now.
        """
        row = self._row(candidate.id, MENTION)
        if not isinstance(row, FormRow):
            return row
        referential = self.decisions.referential
        seen = self.witness.see_mention(row, candidate.id, then, referential)
        proposed = MentionOutcome(self._condition.mention(*now))
        choices = layout.mention_choices(referential)
        return self._line(candidate, row, seen, proposed.value, choices)

    def _decided_now(
        self, decision: CandidateDecision, carried: Mapping[str, CarriedLine]
    ) -> Sequence[BlockDecision]:
        """Return the blocs as the lines taken over decide them, as proposed where they do not."""
        return [
            replace(block, outcome=_decided(carried[block.code].decision, block.outcome))
            if block.code in carried
            else block
            for block in decision.blocks
        ]

    def _decided_then(self, decision: CandidateDecision) -> Sequence[BlockDecision]:
        """Return the blocs as the jury had decided them, as proposed where it had not."""
        found = []
        for block in decision.blocks:
            rows = self.rows.get((fold(decision.candidate), fold(block.code)), [])
            written = self.witness.written
            first = written.get(decision.candidate, block.code) if written else None
            outcome = _decided(first.outcome if first else None, block.outcome)
            if len(rows) == 1:
                choice = read_said(rows[0]).choice
                outcome = _decided(choice, outcome)
            found.append(replace(block, outcome=outcome))
        return found

    def _row(self, candidate: CandidateId, subject: str) -> FormRow | CarriedLine:
        """Return the only row on a matter, or what is taken over without one."""
        rows = self.rows.get((fold(candidate), fold(subject)), [])
        if len(rows) == 1:
            return rows[0]
        said = [item.decision or item.reason for item in map(read_said, rows) if item.anything]
        if said or (rows and self.adopts):
            told = " ; ".join(f"« {item} »" for item in said) or "rien n'y était écrit"
            return CarriedLine(review=f"L'ancien classeur avait {len(rows)} lignes : {told}.")
        return CarriedLine(review=_NEW) if self.adopts else CarriedLine()

    def _line(
        self,
        candidate: Candidate,
        row: FormRow,
        seen: Seen,
        proposed: str,
        mentions: Sequence[str] = (),
    ) -> CarriedLine:
        said = read_said(row, mentions)
        subject = shown(row.subject)
        proposal = seen.proposal
        pending = self.witness.review(candidate.id, subject) if said.choice is None else ""
        if not said.anything and not self.adopts and not pending:
            return CarriedLine()
        who = self._who(candidate, row)
        if who is _Who.OTHER:
            return CarriedLine(review="Décidé pour une autre personne : à décider de nouveau.")
        same = proposal is not None and fold(proposal) == fold(proposed)
        if who is _Who.SAME and same and said.sound and self.same_referential:
            return CarriedLine(
                decision=said.choice,
                reason=said.reason or None,
                review=pending or None,
            )
        if pending and not said.anything:
            return CarriedLine(review=pending)
        then = proposal or seen.shown
        told = said.told(then)
        if not said.anything and then and then not in layout.UNSETTLED:
            told = f"Adoptée sans décision écrite, quand la proposition était « {then} »."
        if who is _Who.UNKNOWN:
            told = f"{told} Rien ne dit si c'était pour la même personne."
        elif not self.same_referential:
            told = f"{told} Le référentiel a changé depuis."
        return CarriedLine(review=told)

    def _who(self, candidate: Candidate, row: FormRow) -> _Who:
        """Return whether the line is about this candidate.

        By its names, else by what was sealed.
        """
        last, first = (shown(cell) if cell else "" for cell in (row.last_name, row.first_name))
        if last or first:
            named = Person(last_name=last, first_name=first)
            session = self.decisions.session
            others = [person_of(item) for item in session.candidates if item.id != candidate.id]
            before = self.people.get(fold(candidate.id))
            match = judge_name(named, before, person_of(candidate), others)
            return _Who.OTHER if match is PersonMatch.ANOTHER else _Who.SAME
        seal = self.witness.seal(candidate.id)
        if not seal:
            return _Who.UNKNOWN
        return _Who.SAME if seal in self.decisions.seals.get(candidate.id, ()) else _Who.OTHER


def _decided(word: str | None, otherwise: BlockOutcome) -> BlockOutcome:
    """Return the outcome of a bloc that a word says, or the one otherwise."""
    return next((item for item in BlockOutcome if item.value == word), otherwise)


def _certified(word: str | None, otherwise: CertificationOutcome) -> CertificationOutcome:
    """Return the outcome of a certification that a word says, or the one otherwise."""
    return next((item for item in CertificationOutcome if item.value == word), otherwise)


def _tell(carried: Carried, homeless: list[str], session: Session, file: str) -> Iterator[Problem]:
    """Return the problems that tell what was taken over."""
    place = Location(file=file, sheet=layout.DELIBERATION_SHEET)
    kept = sum(1 for line in carried.lines.values() if line.decision or line.reason)
    if kept or carried.answers:
        parts = [f"{kept} ligne(s)"] if kept else []
        parts += [f"« {label} »" for label in carried.answers]
        yield kinds.DELIBERATION_CARRIED_OVER.at(place, found=", ".join(parts))
    review: dict[str, list[str]] = {}
    for candidate, subject in carried.to_review:
        review.setdefault(told_candidate(session, candidate), []).append(subject)
    if review:
        found = _listed([f"{who} : {', '.join(lines)}" for who, lines in review.items()], " ; ")
        yield kinds.LINES_TO_REVIEW.at(place, count=len(carried.to_review), found=found)
    if homeless:
        yield kinds.LINES_WITHOUT_PLACE.at(place, found=_listed(homeless))


def _listed(items: list[str], separator: str = ", ") -> str:
    more = len(items) - _TOLD
    return separator.join([*items[:_TOLD], *([f"et {more} autre(s)"] if more > 0 else [])])
