"""The certification, over a candidate's blocs: nothing compensates from one to another."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    BlockDecision,
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    CriterionState,
    Rules,
)
from sheetgen.rules.excel import among, at_least, divided, is_number, text, times
from sheetgen.rules.readings import Readings
from sheetgen.rules.reasons import ReasonCode, result_text
from sheetgen.rules.telling import joined, phrase, plural, shown, shown_number, step
from sheetgen.rules.told_block import score_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import BlockCode, CompetencyDecision, OptionGroup, Reason, Referential
    from sheetgen.rules.cells import BlockCells
    from sheetgen.rules.telling import Step

ACQUIRED = (BlockOutcome.VALIDATED, BlockOutcome.ALREADY_HELD)
"""The outcomes that give a candidate the bloc."""


_LOST = (BlockOutcome.NOT_VALIDATED, BlockOutcome.NOT_PRESENTED)

_PRESENTED = (
    BlockOutcome.VALIDATED,
    BlockOutcome.NOT_VALIDATED,
    BlockOutcome.TO_DELIBERATE,
    BlockOutcome.INCOMPLETE,
)
"""The outcomes of a bloc that the candidate presented."""


@dataclass(frozen=True, slots=True)
class CertificationKind:
    """The facts that a certification's formulas depend on, beside the rules.

    Attributes:
        averaged: the places, from 1 and in the référentiel's order, of the blocs in the general
            mean.
        plain: whether these are all that are presented, and all weigh alike.
    """

    averaged: tuple[int, ...]
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """The blocs and options that an award still needs; false where it needs nothing more.

    Attributes:
        blocks: the obligatory blocs that are not acquired.
        options: the groups short of options, each with how many are acquired.
    """

    blocks: tuple[BlockCode, ...] = ()
    options: tuple[tuple[OptionGroup, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks or self.options)

    @property
    def count(self) -> int:
        """Return how many blocs are still needed."""
        return len(self.blocks) + sum(group.required - have for group, have in self.options)


class CertificationCondition:
    """Every bloc that is needed acquired, and the general mean where the school asks for one.

    Without a référentiel every bloc is needed, and all weigh alike.
    """

    def __init__(self, rules: Rules, referential: Referential | None = None) -> None:
        self.general_mean = rules.general_mean
        self.referential = referential
        self._scale = None if referential is None else referential.scale
        known = () if referential is None else referential.blocks
        self._optional = {block.code: block.group for block in known if block.is_optional}
        self._groups = () if referential is None else referential.option_groups
        self._weights = {block.code: block.weight for block in known}

    def judge(self, blocks: Sequence[BlockDecision]) -> CertificationOutcome:
        """Return the outcome for a candidate who came, from all blocs of the référentiel."""
        outcomes = [block.outcome for block in blocks]
        if BlockOutcome.INCOMPLETE in outcomes:
            return CertificationOutcome.INCOMPLETE
        if BlockOutcome.TO_DELIBERATE in outcomes:
            return CertificationOutcome.TO_DELIBERATE
        if self._has_all_needed(blocks):
            return self._all_acquired(blocks)
        if any(outcome in ACQUIRED for outcome in outcomes):
            return CertificationOutcome.PARTIAL
        return CertificationOutcome.NOT_AWARDED

    def mean(self, blocks: Sequence[BlockDecision]) -> Fraction | None:
        """Return the general mean of the blocs presented; None where it is not known."""
        presented = self._averaged(blocks)
        scores = [(self._weight(item), item.score) for item in presented if item.score is not None]
        if not presented or len(scores) < len(presented):
            return None
        total = sum((weight * score for weight, score in scores), Fraction(0))
        return total / sum(weight for weight, _ in scores)

    def mention(self, outcome: CertificationOutcome, blocks: Sequence[BlockDecision]) -> str | None:
        """Return the highest mention that an award's general mean reaches; None without any."""
        mean = self.mean(blocks)
        if outcome is not CertificationOutcome.AWARDED or mean is None or self.referential is None:
            return None
        reached = [item for item in self.referential.mentions if mean >= item.threshold]
        highest = max(reached, key=lambda item: item.threshold, default=None)
        return None if highest is None else highest.label

    def reasons(self, blocks: Sequence[BlockDecision]) -> tuple[Reason, ...]:
        """Return why a certification is not awarded although all that is needed is acquired.

        A bloc that is not acquired, or still open, says why itself.
        """
        if self.general_mean is None or not self._has_all_needed(blocks):
            return ()
        if self.judge(blocks) is not self._all_acquired(blocks):
            return ()  # an option keeps it open, whatever the mean
        if self._all_acquired(blocks) is CertificationOutcome.AWARDED:
            return ()
        threshold = result_text(self.general_mean, self._scale)
        mean = self.mean(blocks)
        if mean is None:
            averaged = self._averaged(blocks)
            unknown = ", ".join(block.code for block in averaged if block.score is None)
            code = ReasonCode.GENERAL_MEAN_UNKNOWN
            return (code.because(CERTIFICATION, blocks=unknown, threshold=threshold),)
        code = ReasonCode.BELOW_GENERAL_MEAN
        return (
            code.because(
                CERTIFICATION,
                attained=result_text(mean, self._scale),
                threshold=threshold,
                blocks="tous les blocs"
                if all(block.outcome in ACQUIRED for block in blocks)
                else "les blocs demandés",
            ),
        )

    def explain(self, blocks: Sequence[BlockDecision]) -> Iterator[Step]:
        """Yield how the certification came out, from all blocs of the référentiel."""
        mandatory = [block for block in blocks if block.code not in self._optional]
        if mandatory:
            acquired = sum(block.outcome in ACQUIRED for block in mandatory)
            yield step(
                "Blocs obligatoires : {acquired} sur {asked} {word} ({listed}).",
                acquired=shown_number(acquired),
                asked=shown_number(len(mandatory)),
                word=plural(len(mandatory), "est acquis", "sont acquis"),
                listed=_listed_blocks(mandatory),
            )
        for group in () if self.referential is None else self.referential.option_groups:
            members = [x for x in blocks if self._optional.get(x.code, "") == group.name]
            yield step(
                "Options du groupe « {group} » : {acquired} acquise(s), pour {asked} demandée(s) "
                "({listed}).",
                group=group.name,
                acquired=shown_number(sum(block.outcome in ACQUIRED for block in members)),
                asked=shown_number(group.required),
                listed=_listed_blocks(members),
            )
        yield from self._explain_mean(blocks)

    def _explain_mean(self, blocks: Sequence[BlockDecision]) -> Iterator[Step]:
        """Yield the general mean and what is asked of it; nothing where a mark is to come."""
        outcomes = {block.outcome for block in blocks}
        if outcomes & {BlockOutcome.INCOMPLETE, BlockOutcome.TO_DELIBERATE}:
            return
        mean, asked = self.mean(blocks), self.general_mean
        if mean is None:
            if asked is not None and self._averaged(blocks):
                yield step(
                    "La moyenne générale n'est pas connue, et {asked} sont demandés.",
                    asked=shown(asked, self.told),
                )
            return
        demanded = (
            ""
            if asked is None
            else phrase(", pour {asked} demandés", asked=shown(asked, self.told))
        )
        yield step(
            "Moyenne générale de {mean}{demanded} ({listed}).",
            mean=shown(mean, self.told),
            demanded=demanded,
            listed=joined(
                score_of(item.code, Readings(item.score, item.score), self._weight(item), self.told)
                for item in self._averaged(blocks)
                if item.score is not None
            ),
        )
        label = self.mention(self.judge(blocks), blocks)
        for item in () if self.referential is None else self.referential.mentions:
            if item.label == label:
                yield step(
                    "Elle atteint {threshold} : mention « {label} ».",
                    threshold=shown(item.threshold, self.told),
                    label=label,
                )

    def told(self, share: Fraction) -> str:
        """Return a share that it compares, or compares it with."""
        return result_text(share, self._scale)

    def lacking(self, blocks: Sequence[BlockDecision]) -> Lacking:
        """Return what an award still needs, from all blocs of the référentiel."""
        mandatory = (block for block in blocks if block.code not in self._optional)
        acquired = [
            self._optional[block.code]
            for block in blocks
            if block.code in self._optional and block.outcome in ACQUIRED
        ]
        return Lacking(
            blocks=tuple(block.code for block in mandatory if block.outcome not in ACQUIRED),
            options=tuple(
                (group, acquired.count(group.name))
                for group in self._groups
                if acquired.count(group.name) < group.required
            ),
        )

    def _has_all_needed(self, blocks: Sequence[BlockDecision]) -> bool:
        """Return whether obligatory blocs are acquired, and as many options as each group asks."""
        return not self.lacking(blocks)

    def _averaged(self, blocks: Sequence[BlockDecision]) -> list[BlockDecision]:
        """Return the blocs presented that have a score by nature, be it unknown."""
        presented = [block for block in blocks if block.outcome in _PRESENTED]
        return [block for block in presented if block.score is not None or self._scores(block)]

    def _scores(self, block: BlockDecision) -> bool:
        """Return whether a bloc without a score may have had one.

        It may where a competency has a score, be it kept from another session, or is marked.
        """
        known = {} if self.referential is None else self.referential.competency
        return not block.competencies or any(
            item.outcome is not CompetencyOutcome.NOT_APPLICABLE
            and (
                item.score is not None
                or not (_is_kept(item) or (item.code in known and known[item.code].by_evidence))
            )
            for item in block.competencies
        )

    def _weight(self, block: BlockDecision) -> Fraction:
        return self._weights.get(block.code, Fraction(1))

    def _all_acquired(self, blocks: Sequence[BlockDecision]) -> CertificationOutcome:
        if self.general_mean is None or not self._averaged(blocks):
            return CertificationOutcome.AWARDED
        mean = self.mean(blocks)
        if mean is None:
            return CertificationOutcome.TO_DELIBERATE
        reached = mean >= self.general_mean
        return CertificationOutcome.AWARDED if reached else CertificationOutcome.PARTIAL

    def kind(self, blocks: Sequence[BlockDecision]) -> CertificationKind:
        """Return what the formulas of a candidate's certification depend on."""
        averaged = {block.code for block in self._averaged(blocks)}
        places = tuple(n for n, block in enumerate(blocks, start=1) if block.code in averaged)
        presented = sum(block.outcome in _PRESENTED for block in blocks)
        alike = all(self._weight(block) == 1 for block in blocks)
        plain = alike and not self._optional and len(places) == presented
        return CertificationKind(averaged=places, plain=plain)

    def formula(self, blocks: BlockCells[str], kind: CertificationKind) -> str:
        """Return the formula of the outcome of a candidate who came.

        Args:
            blocks: ranges of the outcomes and scores of all blocs, in rows or in columns; a bloc
                held or not presented has its word, and no score.
            kind: what it depends on beside the rules.
        """
        words = {word: text(word.value) for word in CertificationOutcome}
        count = {word: among(blocks.outcome, word.value) for word in BlockOutcome}
        validated = count[BlockOutcome.VALIDATED]
        acquired = f"{validated}+{count[BlockOutcome.ALREADY_HELD]}"
        lost = f"{count[BlockOutcome.NOT_VALIDATED]}+{count[BlockOutcome.NOT_PRESENTED]}=0"
        if self._optional or self._groups:
            lost = self._all_needed_formula(blocks.outcome)
        partial = (
            f"IF({acquired}>0,{words[CertificationOutcome.PARTIAL]},"
            f"{words[CertificationOutcome.NOT_AWARDED]})"
        )
        all_acquired = (
            self._all_acquired_formula(blocks, validated)
            if kind.plain
            else self._weighted_formula(blocks, kind.averaged)
        )
        decided = f"IF({lost},{all_acquired},{partial})"
        return (
            f"=IF({count[BlockOutcome.INCOMPLETE]}>0,{words[CertificationOutcome.INCOMPLETE]},"
            f"IF({count[BlockOutcome.TO_DELIBERATE]}>0,"
            f"{words[CertificationOutcome.TO_DELIBERATE]},{decided}))"
        )

    def mean_formula(self, blocks: BlockCells[str], kind: CertificationKind) -> str:
        """Return the formula of the general mean, in [0, 1] or an empty text; empty for none."""
        if not kind.averaged:
            return ""
        scores, mean = self._mean_formulas(blocks, kind.averaged)
        return f'=IF(COUNT({scores})<{len(kind.averaged)},"",{mean})'

    def lost_formula(self, outcomes: str) -> str:
        """Return the formula, without its sign, that is 0 where all that is needed is acquired.

        Args:
            outcomes: range of the outcomes of all blocs.
        """
        if self._optional or self._groups:
            return f"IF({self._all_needed_formula(outcomes)},0,1)"
        return "+".join(among(outcomes, word.value) for word in _LOST)

    def mention_formula(self, outcome: str, mean: str, none: str = "") -> str:
        """Return the formula of the mention.

        Args:
            outcome: address of the certification's outcome.
            mean: that of the general mean.
            none: what stands for no mention.
        """
        mentions = () if self.referential is None else self.referential.mentions
        if not mentions:
            return ""
        chosen = text(none)
        for item in sorted(mentions, key=lambda mention: mention.threshold):
            chosen = f"IF({at_least(mean, item.threshold)},{text(item.label)},{chosen})"
        awarded = f"{outcome}={text(CertificationOutcome.AWARDED.value)}"
        return f"=IF({is_number(mean)},IF({awarded},{chosen},{text(none)}),{text(none)})"

    def _all_needed_formula(self, outcomes: str) -> str:
        """Return the condition that obligatory blocs are acquired, and options enough."""
        known = () if self.referential is None else self.referential.blocks
        places = {block.code: place for place, block in enumerate(known, start=1)}

        def acquired(place: int) -> str:
            outcome = f"INDEX({outcomes},{place})"
            known = ",".join(f"{outcome}={text(word.value)}" for word in ACQUIRED)
            return f"IF(OR({known}),1,0)"

        needed = [acquired(n) for code, n in places.items() if code not in self._optional]
        asked = [f"{'+'.join(needed)}={len(needed)}"] if needed else []
        for group in self._groups:
            options = [
                acquired(places[x]) for x, name in self._optional.items() if name == group.name
            ]
            asked.append(f"{'+'.join(options) or '0'}>={group.required}")
        return f"AND({','.join(asked)})" if asked else "TRUE"

    def _mean_formulas(self, blocks: BlockCells[str], averaged: Sequence[int]) -> tuple[str, str]:
        """Return the scores that the general mean is over, and that mean."""
        known = () if self.referential is None else self.referential.blocks
        scores = [f"INDEX({blocks.score},{place})" for place in averaged]
        weights = [known[place - 1].weight for place in averaged]
        total = "+".join(map(times, weights, scores))
        return ",".join(scores), divided(f"({total})", sum(weights, Fraction(0)))

    def _weighted_formula(self, blocks: BlockCells[str], averaged: Sequence[int]) -> str:
        words = {word: text(word.value) for word in CertificationOutcome}
        awarded = words[CertificationOutcome.AWARDED]
        if self.general_mean is None or not averaged:
            return awarded
        scores, mean = self._mean_formulas(blocks, averaged)
        enough = at_least(mean, self.general_mean)
        compared = f"IF({enough},{awarded},{words[CertificationOutcome.PARTIAL]})"
        unknown = words[CertificationOutcome.TO_DELIBERATE]
        return f"IF(COUNT({scores})<{len(averaged)},{unknown},{compared})"

    def _all_acquired_formula(self, blocks: BlockCells[str], validated: str) -> str:
        words = {word: text(word.value) for word in CertificationOutcome}
        awarded = words[CertificationOutcome.AWARDED]
        if self.general_mean is None:
            return awarded
        enough = at_least(f"SUM({blocks.score})", times(self.general_mean, validated))
        compared = f"IF({enough},{awarded},{words[CertificationOutcome.PARTIAL]})"
        return (
            f"IF(COUNT({blocks.score})<{validated},"
            f"{words[CertificationOutcome.TO_DELIBERATE]},{compared})"
        )


def _listed_blocks(blocks: Sequence[BlockDecision]) -> str:
    found = (f"{block.code} {str(block.outcome.value).lower()}" for block in blocks)
    return ", ".join(found) or "aucun"


def _is_kept(competency: CompetencyDecision) -> bool:
    """Return whether a competency is kept from another session, as a whole."""
    return bool(competency.criteria) and all(
        item.state in (CriterionState.KEPT, CriterionState.NOT_APPLICABLE)
        for item in competency.criteria
    )
