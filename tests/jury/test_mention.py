"""The line of the mention: proposed, seen, decided, frozen; and options in what is decided.

Rows of « Délibération », with what is proposed; BC01 and BC02 are needed, and one of BC03 and BC04:

| row | candidate | subject       | proposal             |
|-----|-----------|---------------|----------------------|
| 12  | 1         | BC01          | Validé               |
| 13  | 1         | BC02          | Validé               |
| 14  | 1         | BC03          | Validé               |
| 15  | 1         | Certification | Délivrée             |
| 16  | 1         | Mention       | Très bien            |
| 17  | 2         | BC01          | Validé               |
| 18  | 2         | BC02          | Validé               |
| 19  | 2         | BC04          | Non validé           |
| 20  | 2         | Certification | Validation partielle |
| 21  | 2         | Mention       | Aucune               |
| 22  | 3         | Certification | Délivrée             |
| 23  | 3         | Mention       | Aucune               |

BC02 weighs 2. Candidate 2's general mean is (1 + 2 · 1/2 + 0) / 4, candidate 3 holds all they need.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import builders
import consolidated
import deliberations
import openpyxl
import pytest
from deliberations import CLOSED
from recalculation import recalculate

from sheetgen.consolidation import layout, plan_consolidation, write_consolidation
from sheetgen.documents.contexts import minutes_context
from sheetgen.jury import FinalDecisions, read_carried, settle_documents, write_decided
from sheetgen.jury.differences import compare_decided
from sheetgen.jury.final_files import render_final
from sheetgen.model import BlockCode, BlockStatus, CandidateId, Mention, OptionGroup

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.model import Referential, SessionDecisions

ONE, TWO, THREE = (CandidateId(number) for number in "123")
B1, B2, B3, B4 = (BlockCode(f"BC0{number}") for number in range(1, 5))
ADOPTED: Mapping[str, str | float] = {
    **CLOSED,
    "D5": "Oui",
    "G19": "Épreuve de langue non réussie",
    "G20": "Option non acquise",
}
"""The least that closes the session: all adopted."""


def _referential() -> Referential:
    plain = builders.referential({"C1.1": 1, "C2.1": 2, "C3.1": 1, "C4.1": 1})
    first, second, *options = plain.blocks
    return replace(
        plain,
        blocks=(
            first,
            replace(second, weight=Fraction(2)),
            *(replace(item, status=BlockStatus.OPTION, group="Langues") for item in options),
        ),
        option_groups=(OptionGroup(name="Langues", required=1),),
        mentions=(
            Mention(label="Très bien", threshold=Fraction(4, 5)),
            Mention(label="Bien", threshold=Fraction(1, 2)),
        ),
    )


def _decide(known: Referential) -> SessionDecisions:
    people = [
        builders.candidate("1", presented=(B1, B2, B3)),
        builders.candidate("2", presented=(B1, B2, B4)),
        builders.candidate("3", held=(B1, B2, B3)),
    ]
    session = builders.session(known, candidates=people)
    given = {"1": ("2 2 2 2 .", "2 2 2 2 ."), "2": ("2 2 0 . 0", "2 2 0 . 0")}
    return deliberations.decide(known, session, given)


@pytest.fixture(scope="module")
def known() -> SessionDecisions:
    """Return what is proposed."""
    return _decide(_referential())


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory, known: SessionDecisions) -> Path:
    """The consolidation as written."""
    return deliberations.write(tmp_path_factory.mktemp("mention"), known)


@pytest.fixture
def book(tmp_path: Path, blank: Path) -> Path:
    """A copy to write in."""
    return shutil.copyfile(blank, tmp_path / deliberations.FILE)


def _plan(decisions: SessionDecisions) -> WorkbookPlan:
    (plan,) = plan_consolidation(decisions)
    return plan


def _text(folder: Path) -> str:
    return (folder / "decisions.json").read_text("utf-8")


def _close(
    path: Path,
    known: SessionDecisions,
    typed: Mapping[str, str | float] = ADOPTED,
    allowed: Collection[str] = (),
) -> FinalDecisions:
    """The session closed, with these cells filled."""
    deliberations.fill(path, typed)
    deliberation, problems = deliberations.read(path, known)
    assert [item for item in problems if item.code not in allowed] == []
    assert deliberation is not None
    return FinalDecisions(proposals=known, deliberation=deliberation)


def _codes(path: Path, known: SessionDecisions) -> list[tuple[str, str]]:
    _, problems = deliberations.read(path, known)
    return [(item.code, item.location.cell) for item in problems]


def test_the_line_shows_the_mention_that_the_mean_gives(blank: Path) -> None:
    """Below each certification, with the labels to choose from; none is « Aucune »."""
    sheet = openpyxl.load_workbook(blank, data_only=True)["Délibération"]
    rows = [(row[3].value, row[4].value) for row in sheet.iter_rows(min_row=12, max_row=23)]
    assert rows == [
        ("BC01", "Validé"),
        ("BC02", "Validé"),
        ("BC03", "Validé"),
        ("Certification", "Délivrée"),
        ("Mention", "Très bien"),
        ("BC01", "Validé"),
        ("BC02", "Validé"),
        ("BC04", "Non validé"),
        ("Certification", "Validation partielle"),
        ("Mention", "Aucune"),
        ("Certification", "Délivrée"),
        ("Mention", "Aucune"),
    ]


def test_recalculated_the_line_follows_what_the_jury_decides(book: Path) -> None:
    """A bloc granted awards candidate 2, whose mean is 1/2; a refusal takes the mention away."""
    workbook = recalculate(book)
    lines = [f"E{row}" for row in range(12, 24)]
    assert workbook.errors() == {}
    stored = openpyxl.load_workbook(book, data_only=True)["Délibération"]
    assert workbook.values("Délibération", lines) == {cell: stored[cell].value for cell in lines}
    workbook.write("Délibération", "F19", "Validé")
    assert workbook.value("Délibération", "E20") == "Délivrée"
    assert workbook.value("Délibération", "E21") == "Bien"
    workbook.write("Délibération", "F15", "Validation partielle")
    assert workbook.value("Délibération", "E16") == "Aucune"


def test_a_partial_validation_owes_a_reason_where_all_that_is_needed_is_acquired(
    book: Path, known: SessionDecisions
) -> None:
    """Candidate 1 lacks BC04 alone, which is not needed; candidate 2 lacks an option."""
    workbook = recalculate(book)
    workbook.write("Délibération", "D5", "Oui")
    workbook.write("Délibération", "F15", "Validation partielle")
    assert workbook.value("Délibération", "H15") == "✘ Motif requis"
    assert workbook.value("Délibération", "H20") == "✔ Complet"
    deliberations.fill(book, {**ADOPTED, "F15": "Validation partielle"})
    assert _codes(book, known) == [("reason-missing", "G15")]


def test_all_adopted_closes_with_the_mention_proposed(
    tmp_path: Path, book: Path, known: SessionDecisions
) -> None:
    """`decisions.json` says what was ruled; `decisions.csv` gives it after its other columns."""
    final = _close(book, known)
    write_decided(tmp_path, final)
    people = {item["id"]: item for item in json.loads(_text(tmp_path))["candidates"]}
    assert [people[number]["mention"] for number in "123"] == ["Très bien", None, None]
    ruling = {"proposed": "Très bien", "decided_by": "proposal", "reason": None}
    assert people["1"]["mention_ruling"] == ruling
    first = (tmp_path / "decisions.csv").read_text("utf-8-sig").splitlines()[:2]
    assert first[0].endswith(";Score;Certification;Moyenne générale;Mention")
    assert first[1].endswith(";Validé;1,0000;Délivrée;1,0000;Très bien")


def test_the_jury_changes_a_mention_with_its_reason(book: Path, known: SessionDecisions) -> None:
    """Of another label, or of none; without a reason it is refused at its cell."""
    changed: dict[str, str | float] = {**ADOPTED, "F16": "bien"}
    deliberations.fill(book, changed)
    assert _codes(book, known) == [("reason-missing", "G16")]
    deliberations.fill(book, {"G16": "Absence à deux ateliers"})
    final = _close(book, known, {})
    assert final.decisions.decided[ONE].mention == "Bien"
    told = next(
        item
        for item in cast(
            "list[dict[str, object]]", minutes_context(settle_documents(final))["ecarts"]
        )
        if item["objet"] == "Mention"
    )
    assert (told["proposition"], told["decision"]) == ("Très bien", "Bien")
    assert told["motif"] == "Absence à deux ateliers"
    record = cast("list[dict[str, object]]", render_final(final)["candidates"])[0]
    assert record["mention"] == "Bien"
    assert record["mention_ruling"] == {
        "proposed": "Très bien",
        "decided_by": "jury",
        "reason": "Absence à deux ateliers",
    }
    deliberations.fill(book, {"F16": "Aucune"})
    assert _close(book, known, {}).decisions.decided[ONE].mention is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param({"F16": "Excellent"}, ("choice-unknown", "F16"), id="no label"),
        pytest.param(
            {"F21": "Bien", "G21": "Très bon dossier"},
            ("mention-without-award", "F21"),
            id="no award",
        ),
        pytest.param(
            {"F23": "Bien", "G23": "Très bon dossier"},
            ("mention-without-presented-bloc", "F23"),
            id="no bloc presented",
        ),
        pytest.param(
            {"F20": "Délivrée", "G20": "Très bon dossier"},
            ("awarded-without-options", "F20"),
            id="no option",
        ),
    ],
)
def test_what_contradicts_itself_is_told_at_its_cell(
    book: Path, known: SessionDecisions, typed: Mapping[str, str], found: tuple[str, str]
) -> None:
    """With what to do about it."""
    deliberations.fill(book, {**ADOPTED, **typed})
    _, problems = deliberations.read(book, known)
    assert [(item.code, item.location.cell) for item in problems] == [found]
    assert problems[0].hint


def test_a_bloc_granted_awards_and_gives_the_mention_that_follows(
    book: Path, known: SessionDecisions
) -> None:
    """The workbook was not recalculated: its cells still show what was proposed before."""
    granted = {"F19": "Validé", "G19": "Vu pendant l'entretien"}
    final = _close(book, known, {**ADOPTED, **granted}, allowed={"certification-followed"})
    assert final.decisions.decided[TWO].mention == "Bien"
    assert final.decisions.decided[TWO].mean == Fraction(1, 2)


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        pytest.param({"mentions": (Mention(label="Bien", threshold=Fraction(0)),)}, {"E16"}),
        pytest.param(
            {"option_groups": (OptionGroup(name="Langues", required=2),)}, {"E15", "E16", "E22"}
        ),
        pytest.param({"option_groups": ()}, {"E20", "E21"}),
    ],
)
def test_what_changed_since_the_jury_sat_is_told(
    book: Path, known: SessionDecisions, change: Mapping[str, object], cells: set[str]
) -> None:
    """None of it is seen by a juror: the grids and the fingerprint are the same."""
    deliberations.fill(book, ADOPTED)
    after = _decide(replace(known.referential, **change))  # type: ignore[arg-type]
    assert after.referential.fingerprint == known.referential.fingerprint
    _, problems = deliberations.read(book, after)
    told = {item.location.cell for item in problems if item.code == "proposal-changed"}
    assert told
    assert told <= cells
    carried, _ = read_carried(deliberations.read_workbook(book), book.name, _plan(after))
    review = {(number, subject) for number, subject in carried.to_review}
    assert review
    assert review <= {(n, s) for n in (ONE, TWO, THREE) for s in ("Certification", "Mention")}


def test_a_mention_decided_is_carried_over(
    tmp_path: Path, book: Path, known: SessionDecisions
) -> None:
    """Into the workbook made again, where it closes just as before."""
    decided = {**ADOPTED, "F16": "Bien", "G16": "Absence à deux ateliers"}
    deliberations.fill(book, decided)
    carried, _ = read_carried(deliberations.read_workbook(book), book.name, _plan(known))
    assert carried.to_review == []
    line = carried.line(ONE, "Mention")
    assert (line.decision, line.reason) == ("Bien", "Absence à deux ateliers")
    again = tmp_path / "again.xlsx"
    write_consolidation(again, replace(_plan(known), carried=carried))
    assert _close(again, known, {}).decisions.decided[ONE].mention == "Bien"


def test_a_closed_session_tells_a_mention_changed_since(
    book: Path, known: SessionDecisions
) -> None:
    """At its cell, with what it was."""
    final = _close(book, known)
    record = json.loads(json.dumps(render_final(final)))
    workbook = deliberations.read_workbook(book)
    assert list(compare_decided(workbook, record, "c.xlsx")) == []
    deliberations.fill(book, {"F16": "Bien", "G16": "Absence à deux ateliers"})
    workbook = deliberations.read_workbook(book)
    told = list(compare_decided(workbook, record, "c.xlsx"))
    assert [item.location.cell for item in told] == ["F16", "G16"]
    assert "mention : Très bien → Bien" in told[0].message


def test_without_mentions_options_and_weights_the_workbook_notes_nothing_more(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Today's workbooks are the same."""
    path = consolidated.write(tmp_path / "c.xlsx", decisions)
    text = consolidated.content(path)
    assert layout.STAMP_SHAPE not in text
    assert "Certification retenue" not in text
