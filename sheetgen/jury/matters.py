"""From a row of the sheet to a ruling: a proposal is adopted, overridden, or not yet settled.

These are the rules of closing (DESIGN section 7). A jury may decide otherwise than was proposed,
with its reason; it may not leave open what is undecided, nor contradict itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic

from sheetgen.consolidation import layout, owes_reason
from sheetgen.consolidation.layout import Choice
from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury.sheet_tables import shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    NO_MENTION,
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    DecidedBy,
    MentionOutcome,
    Outcome,
    Ruling,
)
from sheetgen.problems import consolidated, quoted
from sheetgen.problems import deliberation as kinds
from sheetgen.problems import source_cells as source_kinds
from sheetgen.rules import ACQUIRED
from sheetgen.sources.read import suggestion
from sheetgen.sources.schema import ValueKind
from sheetgen.text import says_something
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.jury.form import CellReader, FormRow
    from sheetgen.jury.proposals import Seen
    from sheetgen.model import BlockDecision, CandidateDecision, Referential
    from sheetgen.problems import Kind, Problem
    from sheetgen.rules import CertificationCondition

_TO_DELIBERATE = BlockOutcome.TO_DELIBERATE.value
_ADOPTING = (None, Choice.ADOPTED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Generic[Outcome]):
    """The question that the jury decides in one row.

    Attributes:
        who: the candidate, as messages name them.
        subject: a bloc's code, « Certification » or « Mention ».
        lost: for a certification, how many blocs are not acquired.
        review: why the jury has to look at the row again, where its workbook says so.
        mentions: for a mention, the answers that the jury may give.
    """

    candidate: CandidateId
    who: str
    subject: str
    proposed: Outcome
    lost: int | None = None
    review: str = ""
    mentions: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the answers that the jury may give."""
        if isinstance(self.proposed, MentionOutcome):
            return self.mentions
        certified = isinstance(self.proposed, CertificationOutcome)
        choices = layout.CERTIFICATION_CHOICES if certified else layout.BLOCK_CHOICES
        return tuple(choice.value for choice in choices)

    @property
    def told(self) -> dict[str, str]:
        """Return how a message names the question."""
        return {"candidate": self.who, "subject": self.subject}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Settles rows; `adopts` is the jury's word on the decisions that it left blank."""

    reader: CellReader
    adopts: bool

    def settle(self, row: FormRow, matter: Matter[Outcome]) -> Ruling[Outcome] | None:
        """Return the ruling that a row amounts to; None, with the problem, where it is none."""
        problems = self.reader.problems
        before = len(problems)
        choice = self.read_choice(row, matter)
        reason = self.reader.text(row.reason, Column.REASON.value)
        if len(problems) > before:
            return None
        adopted = choice in _ADOPTING
        open_question = self._open_question(row, matter, choice)
        if open_question is not None:
            problems.append(open_question)
            return None
        ruling = _ruling(matter, None if adopted else choice, reason)
        why = _why_reasoned(ruling, matter.lost)
        if says_something(reason):
            return ruling
        if why is None:
            return replace(ruling, reason=None)
        kind = kinds.REASON_MISSING if reason is None else kinds.REASON_SAYS_NOTHING
        place = self.reader.at(row.reason)
        told = {**matter.told, "decision": ruling.outcome.value, "why": why, "found": reason}
        problems.append(kind.at(place, **told))
        return None

    def settle_refused(self, row: FormRow, matter: Matter[Outcome]) -> Ruling[Outcome] | None:
        """Return the ruling of a line that is refused for its proposal, or for a bloc's.

        What a decision owes depends on the proposal: nothing else is said of the line but that its
        words are no choice.
        """
        problems = self.reader.problems
        before = len(problems)
        ruling = self.settle(row, matter)
        del problems[before:]
        self.read_choice(row, matter)
        return ruling

    def glance(self, row: FormRow, matter: Matter[Outcome]) -> None:
        """Say of a row, whose proposal is not known yet, what is no choice or is to be reviewed."""
        if self.read_choice(row, matter) is None and row.decision.blank and matter.review:
            question = self._open_question(row, matter, None)
            self.reader.problems += [question] if question else []

    def _open_question(
        self, row: FormRow, matter: Matter[Outcome], choice: str | None
    ) -> Problem | None:
        """Say what keeps a line from being decided; None for one that is."""
        told = {**matter.told, "proposal": matter.proposed.value}
        place = self.reader.at(row.decision)
        if choice is None and matter.review:
            return kinds.LINE_TO_REVIEW.at(place, **told, review=matter.review)
        if choice in _ADOPTING and _is_to_deliberate(matter):
            allowed = quoted(matter.choices[1:])
            return kinds.DELIBERATION_DUE.at(place, **told, allowed=allowed)
        if choice is None and not self.adopts:
            return kinds.DECISION_MISSING.at(place, **told, adoption=layout.ADOPTION_LABEL)
        return None

    def read_choice(self, row: FormRow, matter: Matter[Outcome]) -> str | None:
        """Return the jury's choice, as its list spells it.

        None for a blank, or after adding the problem of another word.
        """
        name = Column.DECISION.value
        said = self.reader.value(row.decision, name, ValueKind.TEXT)
        if not isinstance(said, str) or not said:
            return None
        words = matter.choices
        allowed = {fold(word): word for word in words}
        if fold(said) not in allowed:
            self.reader.problems.append(
                source_kinds.CHOICE_UNKNOWN.at(
                    self.reader.at(row.decision),
                    name=f"{name}, candidat {matter.who}, {matter.subject}",
                    found=said,
                    suggestion=suggestion(said, words),
                    allowed=quoted(words),
                )
            )
            return None
        return allowed[fold(said)]

    def check_seen(self, row: FormRow, matter: Matter[Outcome], seen: Seen) -> bool:
        """Refuse a line whose proposal is not the one that the jury saw.

        A line on which the jury decides by itself may leave unknown what it saw.

        Args:
            row: the line.
            matter: with the proposal as computed now.
            seen: what tells the one that the jury saw.

        Returns:
            Whether the line may be settled.
        """
        proposed = matter.proposed.value
        told = {**matter.told, "expected": proposed}
        place = self.reader.at(row.proposal)
        other = seen.contradiction(proposed)
        if other is not None:
            self.reader.problems.append(
                consolidated.PROPOSAL_CHANGED.at(place, **told, found=other)
            )
            return False
        if not self._adopts(row, matter):
            return True
        if seen.proposal is None:
            self.reader.problems.append(consolidated.PROPOSAL_UNKNOWN.at(place, **told))
            return False
        if seen.stale:
            problem = consolidated.CERTIFICATION_FOLLOWED.at(place, **told, found=seen.shown)
            self.reader.problems.append(problem)
        return True

    def _adopts(self, row: FormRow, matter: Matter[Outcome]) -> bool:
        """Return whether the line adopts a proposal that may be adopted."""
        if not isinstance(matter.proposed, MentionOutcome) and (
            matter.proposed.value in layout.UNSETTLED
        ):
            return False
        said = fold(shown(row.decision))
        if not said:
            return self.adopts and not matter.review
        return said == fold(Choice.ADOPTED.value)


def subjects_of(decision: CandidateDecision, referential: Referential) -> list[str]:
    """Return what the jury decides of a candidate.

    Each bloc presented, the certification, and the mention where the certification has some.
    """
    if decision.outcome is CertificationOutcome.ABSENT:
        return []
    presented = [block.code for block in decision.blocks if block.competencies]
    return [*presented, CERTIFICATION, *([MENTION] if referential.mentions else [])]


def _is_to_deliberate(matter: Matter[Outcome]) -> bool:
    mention = isinstance(matter.proposed, MentionOutcome)
    return not mention and matter.proposed.value == _TO_DELIBERATE


def _decide(proposed: Outcome, word: str) -> Outcome:
    """Return the outcome of the kind that was proposed which a word of the list says."""
    if isinstance(proposed, MentionOutcome):
        return replace(proposed, label=None if word == NO_MENTION else word)
    return type(proposed)(word)


def _ruling(matter: Matter[Outcome], choice: str | None, reason: str | None) -> Ruling[Outcome]:
    if choice is None:
        return Ruling(proposed=matter.proposed, outcome=matter.proposed, reason=reason)
    return Ruling(
        proposed=matter.proposed,
        outcome=_decide(matter.proposed, choice),
        decided_by=DecidedBy.JURY,
        reason=reason,
    )


def _why_reasoned(ruling: Ruling[Outcome], lost: int | None) -> str | None:
    """Return why the jury owes a reason; None where it owes none."""
    mention = isinstance(ruling.proposed, MentionOutcome)
    if not mention and ruling.proposed.value == _TO_DELIBERATE:
        return "elle tranche une proposition à délibérer"
    if ruling.overridden:
        return f"la proposition était « {ruling.proposed.value} »"
    if mention or not owes_reason(ruling.outcome.value, lost):
        return None
    if lost == 0:
        return "elle est défavorable alors que tous les blocs sont acquis"
    return "elle est défavorable"


def find_contradiction(
    outcome: CertificationOutcome,
    blocks: Sequence[BlockDecision],
    condition: CertificationCondition,
) -> tuple[Kind, Mapping[str, str]] | None:
    """Return why a certification cannot be so decided beside these blocs, and what to say of it.

    Args:
        outcome: what the jury decided of the certification.
        blocks: every bloc of the référentiel, as decided.
        condition: which blocs are needed, and whether they suffice.
    """
    acquired = [block.code for block in blocks if block.outcome in ACQUIRED]
    lacking = condition.lacking(blocks)
    if outcome is CertificationOutcome.AWARDED and lacking.blocks:
        return kinds.AWARDED_WITHOUT_BLOCKS, {"blocks": quoted(lacking.blocks, last="et")}
    if outcome is CertificationOutcome.AWARDED and lacking.options:
        found = " ; ".join(
            f"« {group.name} » : {have} sur {group.required}" for group, have in lacking.options
        )
        return kinds.AWARDED_WITHOUT_OPTIONS, {"found": found}
    if outcome is CertificationOutcome.NOT_AWARDED and acquired:
        return kinds.NOT_AWARDED_WITH_BLOCKS, {"blocks": quoted(acquired, last="et")}
    if outcome is CertificationOutcome.PARTIAL and not acquired:
        return kinds.PARTIAL_WITHOUT_BLOCK, {}
    if outcome is CertificationOutcome.PARTIAL and not lacking and condition.general_mean is None:
        return kinds.PARTIAL_WITH_EVERY_BLOCK, {}
    return None


def find_idle_mention(
    mention: MentionOutcome, outcome: CertificationOutcome, blocks: Sequence[BlockDecision]
) -> Kind | None:
    """Return why a mention cannot go with what was decided; None where it can, or is none.

    Args:
        mention: what the jury decided.
        outcome: of the certification, as decided.
        blocks: every bloc of the référentiel.
    """
    if mention.label is None:
        return None
    if outcome is not CertificationOutcome.AWARDED:
        return kinds.MENTION_WITHOUT_AWARD
    if not any(block.competencies for block in blocks):
        return kinds.MENTION_WITHOUT_BLOCK
    return None
