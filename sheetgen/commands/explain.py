"""`explain`: how one candidate was decided, step by step, on screen or as a document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from sheetgen.commands.check import Checked, read_inputs
from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.status import collect_again, expect_returns
from sheetgen.commands.writing import locks_reported
from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CERTIFICATION, told_candidate
from sheetgen.problems import Location, Problem, explaining, has_errors
from sheetgen.text import file_stem, fold, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.commands.status import Collected
    from sheetgen.documents import ToldDecision
    from sheetgen.jury import Record
    from sheetgen.model import Candidate, CandidateRulings, Closing, Mark, Referential
    from sheetgen.rules import Explained

EXPLANATION = "explication.docx"
"""The document, in the folder of the candidate's extract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRequest:
    """The arguments of `explain` beside its inputs.

    Attributes:
        candidate: the number asked for.
        item: a code of the référentiel; None for all.
        word: write the document.
    """

    candidate: str
    item: str | None = None
    word: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedDecision:
    """The result of `explain`; `told` is None where there was nothing to explain."""

    checked: Checked
    told: ToldDecision | None = None
    document: Path | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruled:
    """The jury's rulings on one candidate, and when they were taken."""

    rulings: CandidateRulings
    closing: Closing | None


def explain_decision(
    inputs: Inputs, request: ExplainRequest, options: Options
) -> ExplainedDecision:
    """Tell how a candidate was decided, from what the last consolidation read."""
    from sheetgen.subject_access import find_candidate

    expect_returns()
    checked = read_inputs(inputs, replace(options, reports=False))
    problems = list(checked.errors)
    if checked.session is None or checked.referential is None:
        return ExplainedDecision(checked=checked, problems=tuple(problems))
    candidate = find_candidate(checked.session, request.candidate)
    item = find_object(checked.referential, request.item)
    problems += [found for found in (candidate, item) if isinstance(found, Problem)]
    if isinstance(candidate, Problem) or isinstance(item, Problem):
        return ExplainedDecision(checked=checked, problems=tuple(problems))
    # What is wrong with others' returns is not for this person's explanation to tell.
    unsaid: list[Problem] = []
    collected = collect_again(inputs, checked, options, unsaid)
    if collected is None:
        return ExplainedDecision(checked=checked, problems=(*problems, *unsaid))
    if collected.nothing is not None:
        return ExplainedDecision(checked=checked, problems=(*problems, collected.nothing))
    ruled = _read_ruled(collected, candidate, problems)
    if isinstance(ruled, Problem):
        return ExplainedDecision(checked=checked, problems=(*problems, ruled))
    told = _tell(collected, candidate, item, ruled, named_apart=False)
    document = None
    if request.word:
        apart = _tell(collected, candidate, item, ruled, named_apart=True)
        document = _write(inputs, checked, collected, apart, problems)
    return ExplainedDecision(
        checked=checked, told=told, document=document, problems=tuple(problems)
    )


def find_object(referential: Referential, asked: str | None) -> Explained | Problem | None:
    """Return what a code names, as the school writes it or nearly; None for all."""
    if asked is None or fold(asked) == fold(CERTIFICATION):
        return None
    known: tuple[Explained, ...] = (
        *referential.blocks,
        *referential.competencies,
        *referential.assessments,
        *referential.criteria,
    )
    for item in known:
        if fold(item.code) == fold(asked):
            return item
    near = nearest(asked, [CERTIFICATION, *(str(item.code) for item in known)])
    suggestion = f" Vouliez-vous dire « {near} » ?" if near else ""
    place = Location(file="referential.xlsx")
    return explaining.OBJECT_UNKNOWN.at(place, found=asked, suggestion=suggestion)


def _read_ruled(
    collected: Collected, candidate: Candidate, problems: list[Problem]
) -> _Ruled | Problem | None:
    """Return what the jury decided of a session that is closed; None of one that is not."""
    from sheetgen.commands.closed import ClosingKeeper
    from sheetgen.jury import (
        UnreadableFinalError,
        changed_since,
        find_frozen,
        read_closing,
        read_rulings,
        whole_of,
    )
    from sheetgen.jury.closings import UnreadableClosingError
    from sheetgen.subject_access import proposed_record

    keeper = ClosingKeeper(folder=collected.folder, problems=problems)
    told = told_candidate(collected.session, candidate.id)
    place = Location(file=str(collected.folder.final))
    try:
        record = keeper.last()
        if record is None:
            return None
        decisions = keeper.decisions(record, candidates=whole_of(candidate.id))
        frozen = find_frozen(decisions, candidate.id)
        rulings = None if frozen is None else read_rulings(frozen, candidate.id)
    except (UnreadableClosingError, UnreadableFinalError) as error:
        return error.problem
    except ValueError:
        frozen, rulings = None, None
    if frozen is None or rulings is None:
        return explaining.CLOSING_UNLIKE.at(place, candidate=told)
    people = cast("list[Record]", proposed_record(collected.decide(), candidate)["candidates"])
    changed = list(changed_since(frozen, people[0]))
    if changed:
        return explaining.CHANGED_SINCE_CLOSING.at(place, candidate=told, blocks=", ".join(changed))
    return _Ruled(rulings=rulings, closing=read_closing(decisions))


def _tell(
    collected: Collected,
    candidate: Candidate,
    item: Explained | None,
    ruled: _Ruled | None,
    *,
    named_apart: bool,
) -> ToldDecision:
    """Return how it was decided; files that came back may be named as in the extract."""
    from sheetgen.documents import ToldDecision
    from sheetgen.rules import Explainer, RuleBook, judge_candidate, seats_on
    from sheetgen.subject_access import names_of_returns

    referential, session = collected.expected.referential, collected.session
    jurors = [assignment.juror for assignment in session.assignments_of[candidate.id]]
    given = {
        juror: marks
        for juror in jurors
        if (marks := collected.collection.marks_that_count(candidate.id, juror)) is not None
    }
    counted = collected.collection.counted
    names = names_of_returns(collected.collection.returns, candidate) if named_apart else {}

    def place_of(mark: Mark) -> str:
        file = counted[candidate.id, mark.juror].file
        return str(
            Location(file=names.get(file, file), sheet=mark.sheet or "", cell=mark.cell or "")
        )

    judgement = judge_candidate(RuleBook(referential), session, candidate, given)
    explainer = Explainer(
        judgement,
        candidate,
        lambda criterion: seats_on(session, judgement.scope, candidate.id, criterion),
        place_of,
        None if ruled is None else ruled.rulings,
    )
    return ToldDecision(
        referential=referential,
        session=session,
        candidate=candidate,
        explanations=explainer.explain(item),
        closing=None if ruled is None else ruled.closing,
    )


def _write(
    inputs: Inputs,
    checked: Checked,
    collected: Collected,
    told: ToldDecision,
    problems: list[Problem],
) -> Path | None:
    """Write the document; None with a problem where that fails."""
    from sheetgen.documents import ExplanationTemplate, RenderError, read_word_template

    path = inputs.templates / ExplanationTemplate.file
    template, found = read_word_template(path, ExplanationTemplate, checked.logo)
    problems += found
    if template is None or has_errors(found):
        return None
    try:
        data = template.render(told)
    except RenderError as error:
        problems.append(error.problem)
        return None
    document = collected.folder.extracts / file_stem(told.candidate.id) / EXPLANATION
    with locks_reported(problems, document.parent):
        made = MadeFiles.of(collected.folder, document.parent, EXPLANATION)
        made.make_room(problems)
        write_whole(document, data)
        made.note([document])
        return document
    return None
