"""The jury's rulings on a candidate, from rows: blocs, then the certification, then the mention."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.jury.matters import Bench, Matter, find_contradiction, find_idle_mention
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    BlockOutcome,
    CandidateId,
    CandidateRulings,
    CertificationOutcome,
    MentionOutcome,
    Ruling,
    SessionDecisions,
    told_candidate,
)
from sheetgen.problems import consolidated
from sheetgen.rules import CertificationCondition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.jury.deliberation_rows import DeliberationRows
    from sheetgen.jury.proposals import Witness
    from sheetgen.model import BlockDecision, CandidateDecision


@dataclass(frozen=True, kw_only=True)
class RulingReader:
    """Reads the rulings on each candidate in turn; no slots: what an award needs is found once."""

    bench: Bench
    rows: DeliberationRows
    decisions: SessionDecisions
    witness: Witness

    def read(self, decision: CandidateDecision) -> CandidateRulings | None:
        """Return the jury's rulings on a candidate; None, with the problem, if not settled."""
        if decision.outcome is CertificationOutcome.ABSENT:
            return CandidateRulings.adopting(decision)
        problems = self.bench.reader.problems
        before = len(problems)
        blocks = {
            block.code: self._read_block(decision.candidate, block) for block in decision.blocks
        }
        settled = {code: ruling for code, ruling in blocks.items() if ruling is not None}
        if len(settled) < len(blocks):
            self._glance_at(decision)
            return None
        # All are settled: what was said of them is that their proposal is another than seen.
        refused = len(problems) > before
        decided = [replace(block, outcome=settled[block.code].outcome) for block in decision.blocks]
        certification = self._read_certification(decision, decided, refused=refused)
        if certification is None:
            self._glance_at_mention(decision)
            return None
        mention = None
        if self.decisions.referential.mentions:
            mention = self._read_mention(decision.candidate, certification.outcome, decided)
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

    def _read_block(
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

    def _read_certification(
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

    def _read_mention(
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
