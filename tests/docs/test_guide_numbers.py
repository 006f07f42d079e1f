"""Every worked number of the guide on rules, decided again by the program."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest
from conftest import ROOT
from guide_tables import Example, read_examples
from workbooks import Rows, place, referential_sheets, rows_of, save, session_sheets

from sheetgen import model
from sheetgen.model import BlockRule, CompetencyRule, Merge, Rules, TieBreak, Unobserved
from sheetgen.problems import has_errors
from sheetgen.rules import decide_candidate, percentage
from sheetgen.sources import read_referential, read_session
from sheetgen.text import cut_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

EXAMPLES = read_examples(ROOT / "docs" / "guide" / "referentiel-et-regles.md")

CHECKS: dict[str, Callable[[Example, Path], None]] = {}
"""What holds the rows of each kind of table."""

JUROR = builders.juror("J1", president=True)
OPEN = "à délibérer"
NO_SCORE = "—"


def shows(mark: str) -> Callable[[Callable[[Example, Path], None]], None]:
    """Registers what checks the tables with this mark."""

    def register(check: Callable[[Example, Path], None]) -> None:
        CHECKS[mark] = check

    return register


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_of_the_guide_is_true(example: Example, tmp_path: Path) -> None:
    """Each row of each table says what the program decides; a table without a mark fails."""
    CHECKS[example.shows](example, tmp_path)


def test_every_check_has_an_example() -> None:
    """No check is left behind when a table goes."""
    assert {example.shows for example in EXAMPLES} == set(CHECKS)


# Reading what the cells say.


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion as a cell writes it: `2 (poids 3)`, `non observé`, `exempté`, `vide`."""

    mark: str
    flags: str

    @property
    def points(self) -> str:
        """Return the points as `builders.marks` takes them."""
        words = {"non observé": "-", "vide": ".", "exempté": "-"}
        return words.get(self.mark) or str(number(self.mark))


def items_of(text: str) -> list[Item]:
    """The criteria of one competency, between « ; »."""
    parts = [part.strip().partition(" (") for part in text.split(";")]
    return [Item(mark, flags.rstrip(")")) for mark, _, flags in parts]


def number(text: str) -> Fraction:
    """A number with a decimal comma."""
    return Fraction(text.replace(",", "."))


def weight(flags: str) -> Fraction:
    """The weight named among the flags, or 1."""
    found = re.search(r"poids ([0-9,]+)", flags)
    return number(found[1]) if found else Fraction(1)


def titled(example: Example, start: str) -> Iterator[tuple[str, str]]:
    """Return what follows « start : » in a header, and the content below."""
    for header, content in example.cells:
        if header.startswith(f"{start} : "):
            yield header.partition(" : ")[2], content


def shown_score(score: Fraction | None) -> str:
    """A score as the guide writes it."""
    return NO_SCORE if score is None else percentage(score)


# Small référentiels for one row.


def decide(
    blocks: Sequence[str], rules: Rules, scale: model.Scale | None = None
) -> model.CandidateDecision:
    """Return what one juror's marks give: blocs as texts, competencies in them between « / »."""
    criteria, competencies, points, exempt = [], [], [], []
    for place_of_block, block in enumerate(blocks, start=1):
        if block in ("déjà acquis", "non présenté"):
            criteria.append(builders.criterion(f"C{place_of_block}.1.1"))
            points.append(".")
            continue
        for order, competency in enumerate(block.split(" / "), start=1):
            code = f"C{place_of_block}.{order}"
            marks, _, flags = competency.partition(" — ")
            competencies.append(
                builders.competency(code, weight=weight(flags), mandatory="obligatoire" in flags)
            )
            for rank, item in enumerate(items_of(marks), start=1):
                criteria.append(
                    builders.criterion(
                        f"{code}.{rank}",
                        weight=weight(item.flags),
                        mandatory="obligatoire" in item.flags,
                        eliminatory="éliminatoire" in item.flags,
                    )
                )
                points.append(item.points)
                if item.mark == "exempté":
                    exempt.append(builders.exemption(f"{code}.{rank}"))
    known = builders.referential(criteria, competencies=competencies, rules=rules, scale=scale)
    states = dict(zip((block.code for block in known.blocks), blocks, strict=True))
    person = builders.candidate(
        presented=[
            code for code, text in states.items() if text not in ("déjà acquis", "non présenté")
        ],
        held=[code for code, text in states.items() if text == "déjà acquis"],
    )
    session = builders.session(known, candidates=[person], jurors=[JUROR], accommodations=exempt)
    return decide_candidate(known, session, person, builders.marks(known, J1=" ".join(points)))


def competency(text: str, rules: Rules) -> model.CompetencyDecision:
    """Return what becomes of one competency."""
    return decide([text], rules).blocks[0].competencies[0]


def merged(example: Example, rules: Rules) -> str:
    """The jurors' points as one: « 1,33 ✘ », or « à délibérer »."""
    known = builders.referential({"C1.1": 1}, rules=rules)
    given = {
        header.partition(" (")[0].replace("Juré ", "J"): items_of(content)[0]
        for header, content in example.cells
        if header.startswith("Juré ")
    }
    jury = [
        builders.juror(code, weight=weight(item.flags), president=code == "J1")
        for code, item in given.items()
    ]
    session = builders.session(known, jurors=jury)
    marks = builders.marks(known, **{code: item.points for code, item in given.items()})
    decision = decide_candidate(known, session, session.candidates[0], marks)
    criterion = decision.blocks[0].competencies[0].criteria[0]
    if criterion.points is None:
        assert criterion.state is model.CriterionState.UNDECIDED
        return OPEN
    return f"{cut_number(criterion.points)} {'✔' if criterion.acquired else '✘'}"


# What each kind of table says.


@shows("fusion")
def check_merge(example: Example, _folder: Path) -> None:
    """A column for each way to merge."""
    columns = [merge for merge in Merge if merge.value in example]
    assert len(columns) >= 3
    for merge in columns:
        assert merged(example, Rules(merge=merge)) == example[merge.value]


@shows("départage")
def check_tie_break(example: Example, _folder: Path) -> None:
    """A column for each way to settle a tie."""
    for tie in TieBreak:
        rules = Rules(merge=Merge.MAJORITY, tie_break=tie)
        assert merged(example, rules) == example[tie.value]


@shows("écart")
def check_divergence(example: Example, _folder: Path) -> None:
    """A column for each threshold, blank for never."""
    known = builders.referential({"C1.1": 1})
    session = builders.session(known)
    marks = builders.marks(
        known, J1=items_of(example["Juré 1"])[0].points, J2=items_of(example["Juré 2"])[0].points
    )
    for threshold, content in titled(example, "Écart à signaler"):
        rules = Rules(divergence=None if threshold == "vide" else number(threshold))
        ruled = replace(known, rules=rules)
        decision = decide_candidate(ruled, session, session.candidates[0], marks)
        divergent = decision.blocks[0].competencies[0].criteria[0].divergent
        assert ("signalé" if divergent else NO_SCORE) == content


@shows("compétence")
def check_competency(example: Example, _folder: Path) -> None:
    """A column for each rule, its threshold in brackets."""
    checked = 0
    for rule, rules, content in _competency_columns(example):
        assert competency(example["Critères"], rules).outcome.value == content, rule
        checked += 1
    assert checked
    if "Score" in example:
        score = competency(example["Critères"], Rules()).score
        assert shown_score(score) == example["Score"]


def _competency_columns(example: Example) -> Iterator[tuple[CompetencyRule, Rules, str]]:
    for header, content in example.cells:
        name, _, bracket = header.partition(" (")
        threshold = bracket.rstrip(")")
        for rule in CompetencyRule:
            if rule.value == name:
                asked = number(threshold or "100") / (1 if rule is CompetencyRule.COUNT else 100)
                yield rule, Rules(competency_rule=rule, competency_threshold=asked), content


@shows("bloc")
def check_block(example: Example, _folder: Path) -> None:
    """A column for each rule, its threshold in brackets."""
    block = " / ".join(example[code] for code in ("C1.1", "C1.2", "C1.3"))
    for header, content in example.cells:
        name, _, bracket = header.partition(" (")
        for rule in BlockRule:
            if rule.value == name:
                threshold = number(bracket.rstrip(")") or "100") / 100
                rules = Rules(block_rule=rule, block_threshold=threshold)
                assert decide([block], rules).blocks[0].outcome.value == content, rule
    assert shown_score(decide([block], Rules()).blocks[0].score) == example["Score"]


@shows("plancher")
def check_floor(example: Example, _folder: Path) -> None:
    """A column for each floor, under a mean of 60 %."""
    block = " / ".join(example[code] for code in ("C1.1", "C1.2", "C1.3"))
    for floor in ("0", "25", "30"):
        rules = Rules(
            block_rule=BlockRule.MEAN,
            block_threshold=Fraction(60, 100),
            competency_floor=Fraction(floor) / 100,
        )
        assert decide([block], rules).blocks[0].outcome.value == example[f"Plancher {floor}"]
    assert shown_score(decide([block], Rules()).blocks[0].score) == example["Score"]


@shows("éliminatoire")
def check_eliminatory(example: Example, _folder: Path) -> None:
    """A column for each threshold; blank is the scale's minimum, 0."""
    for threshold, content in titled(example, "Seuil éliminatoire"):
        points = Fraction(0) if threshold == "vide" else number(threshold)
        decision = decide([example["Critères"]], Rules(eliminatory_points=points))
        assert decision.blocks[0].outcome.value == content


@shows("lectures")
def check_readings(example: Example, _folder: Path) -> None:
    """Both readings are what the marks would give in its place: 0, then 2."""
    for header, points in (("Score au pire", "0"), ("Score au mieux", "2")):
        decided = competency(example["Critères"].replace("non observé", points), Rules())
        assert shown_score(decided.score) == example[header]
    assert competency(example["Critères"], Rules()).outcome.value == example["Résultat"]


@shows("non observé")
def check_unobserved(example: Example, _folder: Path) -> None:
    """A column for each treatment, its score at the right."""
    contents = [content for _, content in example.cells]
    for place_of_rule, rule in zip((1, 3, 5), Unobserved, strict=True):
        assert example.cells[place_of_rule][0] == rule.value
        decided = competency(example["Critères"], Rules(unobserved=rule))
        assert [decided.outcome.value, shown_score(decided.score)] == (
            contents[place_of_rule : place_of_rule + 2]
        )


@shows("zone")
def check_zone(example: Example, _folder: Path) -> None:
    """A column for each zone; so many criteria of ten are acquired."""
    acquired = int(example["Critères acquis sur dix"])
    criteria = " ; ".join(["2"] * acquired + ["0"] * (10 - acquired))
    for zone, content in titled(example, "Zone de délibération"):
        rules = Rules(deliberation_zone=number(zone) / 100)
        assert competency(criteria, rules).outcome.value == content


@shows("moyenne générale")
def check_general_mean(example: Example, _folder: Path) -> None:
    """A column for each general mean asked for."""
    blocks = [example["BC01"], example["BC02"]]
    for mean, content in titled(example, "Moyenne générale minimale"):
        rules = Rules(general_mean=None if mean == "vide" else number(mean) / 100)
        assert decide(blocks, rules).outcome.value == content


@shows("note")
def check_note(example: Example, _folder: Path) -> None:
    """The default notes: 0 to 20, acquired from 10."""
    scale = builders.note_scale()
    for rule, rules, content in _competency_columns(example):
        decided = decide([example["Notes"]], rules, scale).blocks[0].competencies[0]
        assert decided.outcome.value == content, rule
        assert shown_score(decided.score) == example["Score"]
        assert (
            str(sum(bool(item.acquired) for item in decided.criteria))
            == (example["Critères acquis"])
        )


# What only the workbooks can tell.


def rules_sheet(rules: Mapping[str, str]) -> Rows:
    """The sheet « Règles » with these rows."""
    rows: Rows = [["Règle", "Valeur"]]
    rows.extend([name, value] for name, value in rules.items())
    return rows


@shows("pourcentages")
def check_percentage(example: Example, folder: Path) -> None:
    """Check what a percentage rule understands of a cell's text."""
    assert understood(example["Écrit dans la cellule"], {}, folder) == example["Compris"]


@shows("pourcentages avec notes")
def check_percentage_beside_notes(example: Example, folder: Path) -> None:
    """Check what a percentage rule understands of a cell where marks are notes out of 20."""
    rules = {"Type d'échelle": "note"}
    text = example["Écrit dans la cellule, notes sur 20"]
    assert understood(text, rules, folder) == example["Compris"]


def understood(text: str, rules: Mapping[str, str], folder: Path) -> str:
    """The percentage that « Seuil bloc » is read as."""
    sheets = referential_sheets()
    sheets["Règles"] = rules_sheet({**rules, "Bloc validé si": "moyenne", "Seuil bloc": text})
    known, _ = read_referential(save(folder / "referential.xlsx", sheets))
    return "refusé" if known is None else percentage(known.rules.block_threshold)


@shows("indulgence")
def check_lenient(example: Example, folder: Path) -> None:
    """Check whether `check` warns of rules by which a level that is not acquired acquires."""
    sheets = referential_sheets()
    names = ("Compétence acquise si", "Seuil compétence")
    sheets["Règles"] = rules_sheet({name: example[name] for name in names})
    _, problems = read_referential(save(folder / "referential.xlsx", sheets))
    warned = any(problem.code == "rules-lenient" for problem in problems)
    assert ("oui" if warned else "non") == example["Averti"]


@shows("essais")
def check_trials(example: Example, folder: Path) -> None:
    """Check what `check` warns of under these rules, where the reader sees at once why."""
    sheets = referential_sheets()
    rules = (rule.partition(" : ") for rule in example["Règles"].split(" ; "))
    sheets["Règles"] = rules_sheet({name: value for name, _, value in rules})
    _, problems = read_referential(save(folder / "referential.xlsx", sheets))
    codes = [problem.code for problem in problems]
    assert (codes or [NO_SCORE])[:1] == [example["Avertissement"]]


@shows("jury")
def check_jury(example: Example, folder: Path) -> None:
    """Check whether `check` accepts a jury so composed, by the default rules."""
    sheets = session_sheets()
    count, external = int(example["Jurés affectés"]), int(example["Dont externes"])
    sheets["Jurés"] = rows_of("Code | Nom | Prénom | Externe | Rôle")
    for order in range(count):
        place(sheets, "Jurés", f"A{order + 2}", f"J{order}")
        place(sheets, "Jurés", f"B{order + 2}", f"Nom{order}")
        place(sheets, "Jurés", f"C{order + 2}", "Prénom")
        place(sheets, "Jurés", f"D{order + 2}", "Oui" if order < external else "Non")
        place(sheets, "Jurés", f"E{order + 2}", "Membre" if order else "Président")
    known, _ = read_referential(save(folder / "referential.xlsx", referential_sheets()))
    _, problems = read_session(save(folder / "session.xlsx", sheets), known)
    assert ("refusé" if has_errors(problems) else "accepté") == example["Vérification"]


@shows("règlements")
def check_regulation(example: Example, folder: Path) -> None:
    """The rules as one would write them, read from a workbook, then applied."""
    written = dict(part.strip().split(" : ") for part in example["Règles"].split(";"))
    sheets = referential_sheets()
    sheets["Règles"] = rules_sheet(written)
    known, problems = read_referential(save(folder / "referential.xlsx", sheets))
    assert known is not None
    assert not [problem for problem in problems if problem.code == "threshold-ignored"]
    decision = decide([example["Un bloc"]], known.rules, known.scale)
    assert decision.blocks[0].outcome.value == example["Résultat"]
