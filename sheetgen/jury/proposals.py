"""Compare what the jury saw proposed on each line with what is proposed now.

Three things tell what it saw. The hidden sheet has every proposal as the workbook was written; the
cell of the line shows one, live; a certification's follows the blocs as they are decided, by the
rule and the scores that the workbook was written with. A workbook made before proposals were noted
has its cells alone: one that is a formula, with the value that an application calculated, is
believed.
"""

from __future__ import annotations

import json
from dataclasses import field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.jury.sheet_tables import JuryTable, find_answer, find_sheet, find_table, shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    BlockOutcome,
    BlockStatus,
    CandidateId,
    Mention,
    MentionOutcome,
    OptionGroup,
)
from sheetgen.rules import CertificationCondition
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.jury.form import FormRow
    from sheetgen.model import (
        BlockCode,
        BlockDecision,
        CertificationOutcome,
        Referential,
    )
    from sheetgen.spreadsheet import RawWorkbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The proposal for one bloc or certification that the workbook was written with.

    Attributes:
        review: why the jury has to look at the line again; empty where it does not.
        seal: of the candidate's name, on a certification of an anonymous session.
    """

    outcome: str
    score: Fraction | None = None
    review: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationShape:
    """The options, weights and mentions of a référentiel, which decide beside its rules.

    Attributes:
        options: the group of each optional bloc, None for none.
        weights: of the blocs in the general mean that weigh other than 1.
        required: how many options each group asks.
        mentions: the thresholds by label.
    """

    options: Mapping[str, str | None] = field(default_factory=dict)
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    required: Mapping[str, int] = field(default_factory=dict)
    mentions: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, referential: Referential) -> Referential:
        """Return a référentiel with this shape in place of its own."""
        return replace(
            referential,
            blocks=tuple(
                replace(
                    block,
                    status=BlockStatus.OPTION
                    if block.code in self.options
                    else BlockStatus.MANDATORY,
                    group=self.options.get(block.code),
                    weight=self.weights.get(block.code, Fraction(1)),
                )
                for block in referential.blocks
            ),
            option_groups=tuple(
                OptionGroup(name=name, required=count) for name, count in self.required.items()
            ),
            mentions=tuple(
                Mention(label=label, threshold=threshold)
                for label, threshold in self.mentions.items()
            ),
        )


def _read_shape(text: str) -> CertificationShape | None:
    """Return the shape that a workbook notes; None where it notes none."""
    try:
        noted = json.loads(text)
        return CertificationShape(
            options=dict(noted["options"]),
            weights={code: Fraction(value) for code, value in noted["weights"].items()},
            required={name: int(count) for name, count in noted["required"].items()},
            mentions={label: Fraction(value) for label, value in noted["mentions"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProposals:
    """Everything that was proposed when the workbook was written.

    Attributes:
        lines: by candidate and subject, folded.
        general_mean: « Moyenne générale minimale » as it was then.
        shape: options, weights and mentions as they were then; None where there were none.
    """

    lines: Mapping[tuple[str, str], Proposal]
    general_mean: Fraction | None
    shape: CertificationShape | None = None

    def get(self, candidate: CandidateId, subject: str) -> Proposal | None:
        """Return the proposal for a bloc or a certification; None where that was lost."""
        return self.lines.get((fold(candidate), fold(subject)))

    def follow(
        self, candidate: CandidateId, decided: Sequence[BlockDecision], referential: Referential
    ) -> CertificationOutcome | None:
        """Return the value of a certification's live cell once its blocs are decided so.

        Args:
            candidate: whose certification it is.
            decided: every bloc of the référentiel, those presented as the jury decided them.
            referential: the one of now; what is needed for an award is as it was then.

        Returns:
            None where what was written on a bloc was lost.
        """
        blocks = self._as_written(candidate, decided)
        return None if blocks is None else self._condition(referential).judge(blocks)

    def follow_mention(
        self,
        candidate: CandidateId,
        outcome: CertificationOutcome,
        decided: Sequence[BlockDecision],
        referential: Referential,
    ) -> MentionOutcome | None:
        """Return the value of a mention's live cell, as `follow` does for a certification.

        Args:
            candidate: whose mention it is.
            outcome: of the certification, as decided.
            decided: every bloc of the référentiel, those presented as the jury decided them.
            referential: the one of now; mentions and weights are as they were then.
        """
        blocks = self._as_written(candidate, decided)
        if blocks is None:
            return None
        return MentionOutcome(self._condition(referential).mention(outcome, blocks))

    def _condition(self, referential: Referential) -> CertificationCondition:
        """Return what an award needed when the workbook was written."""
        rules = replace(referential.rules, general_mean=self.general_mean)
        then = (self.shape or CertificationShape()).of(referential)
        return CertificationCondition(rules, then)

    def _as_written(
        self, candidate: CandidateId, decided: Sequence[BlockDecision]
    ) -> list[BlockDecision] | None:
        """Return the blocs with the scores written; None where one was lost."""
        blocks = []
        for block in decided:
            written = self.get(candidate, block.code)
            if written is None:
                return None
            outcome = block.outcome if block.competencies else _outcome(written.outcome)
            if outcome is None:
                return None
            blocks.append(replace(block, outcome=outcome, score=written.score))
        return blocks


def read_written_proposals(workbook: RawWorkbook, file: str) -> WrittenProposals | None:
    """Return the proposals noted in the hidden sheet; None in a workbook made before they were."""
    stamp = find_sheet(workbook, layout.STAMP_SHEET)
    if stamp is None:
        return None
    mean = find_answer(stamp, layout.STAMP_GENERAL_MEAN)
    if mean is None:
        return None
    lines: dict[tuple[str, str], Proposal] = {}
    table = find_table(file, stamp, layout.STAMP_PROPOSALS)
    if isinstance(table, JuryTable):
        for row in table.rows():
            candidate, subject, outcome, score, review, seal = (
                table.text(row, header) for header in layout.STAMP_PROPOSALS
            )
            if candidate and subject and outcome:
                lines[fold(candidate), fold(subject)] = Proposal(
                    outcome=outcome, score=_fraction(score), review=review, seal=seal
                )
    noted = find_answer(stamp, layout.STAMP_SHAPE)
    return WrittenProposals(
        lines=lines,
        general_mean=_fraction(shown(mean)),
        shape=None if noted is None else _read_shape(shown(noted)),
    )


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _outcome(word: str) -> BlockOutcome | None:
    return next((item for item in BlockOutcome if fold(item.value) == fold(word)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The evidence of which proposal the jury saw on a line.

    Attributes:
        shown: the text in its cell, empty where nothing is.
        live: whether the cell is a formula still.
        noted: whether the workbook notes what it was written with.
        written: what it was, or for a certification what its cell comes to; None where unknown.
        stale: the cell shows a certification as before the blocs were decided: the application
            that saved the workbook does not calculate.
    """

    shown: str
    live: bool
    noted: bool
    written: str | None
    stale: bool = False

    @property
    def proposal(self) -> str | None:
        """Return the proposal that the jury saw; None where that cannot be known."""
        if not self.noted:
            return self.shown if self.shown and self.live else None
        if self.written is None or not (self.shown or self.live):
            return None
        if self.shown and not self.stale and fold(self.shown) != fold(self.written):
            return None
        return self.written

    def contradiction(self, proposed: str) -> str | None:
        """Return a proposal other than this one that the jury saw.

        None where nothing tells of one.
        """
        if self.shown and not self.stale and fold(self.shown) != fold(proposed):
            return self.shown
        if self.written is not None and fold(self.written) != fold(proposed):
            return self.written
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Tells what the jury saw, line by line; `written` is None if the workbook notes nothing."""

    written: WrittenProposals | None

    def review(self, candidate: CandidateId, subject: str) -> str:
        """Return why the jury has to look at a line again; empty where it does not."""
        first = self.written.get(candidate, subject) if self.written else None
        return first.review if first else ""

    def seal(self, candidate: CandidateId) -> str:
        """Return what was noted of a candidate's name; empty where nothing was."""
        first = self.written.get(candidate, CERTIFICATION) if self.written else None
        return first.seal if first else ""

    def see_block(self, row: FormRow, candidate: CandidateId, block: BlockCode) -> Seen:
        """Return which proposal the jury saw on a bloc's line."""
        first = self.written.get(candidate, block) if self.written else None
        return Seen(
            shown=shown(row.proposal),
            live=row.proposal.formula is not None,
            noted=self.written is not None,
            written=first.outcome if first else None,
        )

    def see_certification(
        self,
        row: FormRow,
        candidate: CandidateId,
        decided: Sequence[BlockDecision],
        referential: Referential,
    ) -> Seen:
        """Return which proposal the jury saw for a certification, its blocs decided so."""
        if self.written is None:
            return self._follow(row, None, None)
        first = self.written.get(candidate, CERTIFICATION)
        followed = self.written.follow(candidate, decided, referential)
        return self._follow(row, first, followed.value if followed else None)

    def see_mention(
        self,
        row: FormRow,
        candidate: CandidateId,
        decided: tuple[CertificationOutcome, Sequence[BlockDecision]],
        referential: Referential,
    ) -> Seen:
        """Return which mention the jury saw, the certification and its blocs decided so."""
        if self.written is None:
            return self._follow(row, None, None)
        first = self.written.get(candidate, MENTION)
        followed = self.written.follow_mention(candidate, *decided, referential)
        return self._follow(row, first, followed.value if followed else None)

    def _follow(self, row: FormRow, first: Proposal | None, followed: str | None) -> Seen:
        """Return what a cell shows that follows decisions.

        Args:
            row: the line.
            first: what it showed when it was written.
            followed: what it comes to; None where that is not known.
        """
        found, live = shown(row.proposal), row.proposal.formula is not None
        return Seen(
            shown=found,
            live=live,
            noted=self.written is not None,
            written=followed,
            stale=live
            and first is not None
            and followed is not None
            and fold(found) == fold(first.outcome) != fold(followed),
        )

    def other_blocks(
        self, candidate: CandidateId, decided: Sequence[BlockDecision]
    ) -> Iterator[tuple[BlockDecision, str]]:
        """Yield blocs held or not presented that were otherwise when the workbook was written."""
        for block in decided:
            first = self.written.get(candidate, block.code) if self.written else None
            if (
                first
                and not block.competencies
                and fold(first.outcome) != fold(block.outcome.value)
            ):
                yield block, first.outcome
