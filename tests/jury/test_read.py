"""Reading what the jury decided: what is adopted, what it decides otherwise, what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest
from deliberations import SETTLED
from spreadsheet import hostile

from sheetgen.jury import FinalDecisions
from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    DecidedBy,
    Rules,
    Ruling,
)
from sheetgen.spreadsheet import MergedRange

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import Deliberation, SessionDecisions

BC01, BC02 = BlockCode("BC01"), BlockCode("BC02")
ONE, TWO, THREE, FOUR, FIVE = (CandidateId(number) for number in "12345")


def _settled(path: Path, decisions: SessionDecisions) -> Deliberation:
    deliberation, problems = deliberations.read(path, decisions)
    assert [str(problem) for problem in problems] == []
    assert deliberation is not None
    return deliberation


def test_adopting_the_proposals_gives_them_as_decisions(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """All blank but reasons and what was to be deliberated: the rest is as proposed."""
    deliberation = _settled(deliberations.fill(workbook, SETTLED), decisions)
    decided = FinalDecisions(proposals=decisions, deliberation=deliberation).decisions
    proposed = {item.candidate: item for item in decisions.candidates}
    for item in decided.candidates:
        if item.candidate != FOUR:
            assert item == proposed[item.candidate]
    four = deliberation.rulings[FOUR]
    assert four.blocks[BC01] == Ruling(
        proposed=BlockOutcome.TO_DELIBERATE,
        outcome=BlockOutcome.VALIDATED,
        decided_by=DecidedBy.JURY,
        reason="Vu pendant l'entretien",
    )
    assert four.certification == Ruling(
        proposed=CertificationOutcome.AWARDED, outcome=CertificationOutcome.AWARDED
    )


def test_a_candidate_who_did_not_come_stays_absent(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Nothing is asked about them, and nothing decided."""
    three = _settled(deliberations.fill(workbook, SETTLED), decisions).rulings[THREE]
    assert three.certification.outcome is CertificationOutcome.ABSENT
    assert {ruling.outcome for ruling in three.blocks.values()} == {BlockOutcome.NOT_PRESENTED}


def test_the_closing_is_read_with_what_the_jury_says_of_it(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Date, time, incidents, observations."""
    said = {"D8": "Néant", "D9": "Jury réuni au complet"}
    closing = _settled(deliberations.fill(workbook, {**SETTLED, **said}), decisions).closing
    assert (closing.date, closing.time) == (date(2026, 6, 15), time(17, 30))
    assert (closing.incidents, closing.observations) == ("Néant", "Jury réuni au complet")


def test_a_closing_may_be_typed_as_text(workbook: Path, decisions: SessionDecisions) -> None:
    """« 15/06/2026 » and « 17h30 » say as much as a date and a time."""
    said = {"D6": "15/06/2026", "D7": "17h30"}
    closing = _settled(deliberations.fill(workbook, {**SETTLED, **said}), decisions).closing
    assert (closing.date, closing.time) == (date(2026, 6, 15), time(17, 30))


def test_the_jury_overrides_with_its_reason(workbook: Path, decisions: SessionDecisions) -> None:
    """Candidate 1's lost bloc is validated: the certification proposed is then to award."""
    said = {"F13": "Validé", "G13": "Oral convaincant", "F14": "Proposition adoptée"}
    said["E14"] = "→Délivrée"
    one = _settled(deliberations.fill(workbook, {**SETTLED, **said}), decisions).rulings[ONE]
    assert one.blocks[BC02] == Ruling(
        proposed=BlockOutcome.NOT_VALIDATED,
        outcome=BlockOutcome.VALIDATED,
        decided_by=DecidedBy.JURY,
        reason="Oral convaincant",
    )
    assert one.certification.proposed is CertificationOutcome.AWARDED
    assert one.certification.outcome is CertificationOutcome.AWARDED
    assert one.certification.decided_by is DecidedBy.PROPOSAL


def test_a_decision_and_its_reason_are_read_from_cdata(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Some programs write any text so: a decision of the jury is never lost for it."""
    said = {"F13": "Validé", "G13": "Oral convaincant", "F14": "Proposition adoptée"}
    said["E14"] = "→Délivrée"
    filled = deliberations.fill(workbook, {**SETTLED, **said})
    filled.write_bytes(
        hostile.edited(
            filled.read_bytes(),
            "",
            lambda body: re.sub(
                rb't="inlineStr"><is><t>([^<]*)</t></is>',
                rb't="str"><v><![CDATA[\1]]></v>',
                body,
            ),
        )
    )
    ruling = _settled(filled, decisions).rulings[ONE].blocks[BC02]
    assert (ruling.outcome, ruling.reason) == (BlockOutcome.VALIDATED, "Oral convaincant")


def test_the_words_of_a_decision_are_read_whatever_their_case_and_accents(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """« VALIDÉ » and « proposition  adoptee » are what the list offers."""
    said = {"D5": "oui", "F17": "VALIDÉ", "F18": " proposition  adoptee "}
    four = _settled(deliberations.fill(workbook, {**SETTLED, **said}), decisions).rulings[FOUR]
    assert four.blocks[BC01].outcome is BlockOutcome.VALIDATED
    assert four.blocks[BC02].decided_by is DecidedBy.PROPOSAL


def test_a_reason_that_nobody_asked_for_and_says_nothing_is_none(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """A dash beside an adopted « Validé » is not printed as a reason; a remark is."""
    said = {"G12": "-", "G15": "Dossier remarquable"}
    rulings = _settled(deliberations.fill(workbook, {**SETTLED, **said}), decisions).rulings
    assert rulings[ONE].blocks[BC01].reason is None
    assert rulings[TWO].blocks[BC01].reason == "Dossier remarquable"


def test_sorted_and_inserted_rows_change_nothing(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The table turned upside down, with the fields and a blank row below it."""
    deliberations.fill(workbook, SETTLED)
    turned = [11, *range(22, 11, -1), 10, 9, 8, 7, 6, 5]
    raw = deliberations.rearranged(deliberations.read_workbook(workbook), "Délibération", turned)
    expected = _settled(workbook, decisions)
    assert deliberations.judged(raw, decisions) == (expected, [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"D5": "Non", "F12": "Validé", "F13": "Non validé", "F14": "Proposition adoptée"}
            | {"F15": "Validé", "F16": "Délivrée", "F18": "Validé", "F19": "Délivrée"}
            | {"F20": "Non validé", "F21": "Non validé"},
            [("decision-missing", "F22")],
            id="a blank decision that nobody adopts",
        ),
        pytest.param(
            {"F17": None}, [("deliberation-due", "F17")], id="adoption settles no deliberation"
        ),
        pytest.param(
            {"F17": "Proposition adoptée"},
            [("deliberation-due", "F17")],
            id="neither does an adopted proposal",
        ),
        pytest.param({"G17": None}, [("reason-missing", "G17")], id="settling without a reason"),
        pytest.param(
            {"G13": None}, [("reason-missing", "G13")], id="adopting what is unfavourable"
        ),
        pytest.param({"G22": "  "}, [("reason-missing", "G22")], id="a reason of spaces"),
        pytest.param({"G13": "-"}, [("reason-says-nothing", "G13")], id="a dash for a reason"),
        pytest.param({"G17": "RAS"}, [("reason-says-nothing", "G17")], id="nothing to report"),
        pytest.param({"G22": "Idem."}, [("reason-says-nothing", "G22")], id="as above"),
        pytest.param(
            {"F12": "Non validé"}, [("reason-missing", "G12")], id="overriding without a reason"
        ),
        pytest.param(
            {"F12": "Validée"}, [("choice-unknown", "F12")], id="a word that is no decision"
        ),
        pytest.param(
            {"F12": "Délivrée"}, [("choice-unknown", "F12")], id="a certification's word on a bloc"
        ),
        pytest.param(
            {"F14": "Validé"}, [("choice-unknown", "F14")], id="a bloc's word on a certification"
        ),
        pytest.param({"F12": "=F13"}, [("cell-formula", "F12")], id="a decision that is a formula"),
        pytest.param(
            {"F14": "Délivrée", "G14": "Parcours"},
            [("awarded-without-blocs", "F14")],
            id="awarded without a bloc",
        ),
        pytest.param(
            {"F14": "Non délivrée", "G14": "Parcours"},
            [("not-awarded-with-blocs", "F14")],
            id="not awarded although a bloc is acquired",
        ),
        pytest.param(
            {"F16": "Non délivrée", "G16": "Parcours", "F15": "Non validé", "G15": "Fraude"},
            [("not-awarded-with-blocs", "F16")],
            id="not awarded although a bloc is held",
        ),
        pytest.param(
            {"F22": "Validation partielle"},
            [("partial-without-bloc", "F22")],
            id="partial without a bloc",
        ),
        pytest.param(
            {"F16": "Validation partielle", "G16": "Parcours"},
            [("partial-with-every-bloc", "F16")],
            id="partial although every bloc is acquired",
        ),
        pytest.param({"D6": None}, [("closing-missing", "D6")], id="no closing date"),
        pytest.param({"D7": None}, [("closing-missing", "D7")], id="no closing time"),
        pytest.param({"D6": "hier"}, [("date-unreadable", "D6")], id="no date"),
        pytest.param({"D7": "midi"}, [("time-unreadable", "D7")], id="no time"),
        pytest.param(
            {"D6": deliberations.JUNE_15 - 1},
            [("closing-too-early", "D6")],
            id="closed the day before",
        ),
        pytest.param(
            {"A11": "Personne"},
            [("deliberation-column-missing", "A11")],
            id="a column renamed",
        ),
        pytest.param({"H11": "Motif"}, [("deliberation-column-twice", "H11")], id="a column twice"),
        pytest.param(
            {"A6": "Fin"}, [("deliberation-field-missing", "")], id="a field's label lost"
        ),
        pytest.param(
            {"D12": "BC03"},
            [("deliberation-row-unknown", "A12"), ("deliberation-row-missing", "A11")],
            id="a bloc that the candidate does not present",
        ),
        pytest.param(
            {"A15": "3", "A16": "3"},
            [
                ("deliberation-row-unknown", "A15"),
                ("deliberation-row-unknown", "A16"),
                ("deliberation-row-missing", "A11"),
                ("deliberation-row-missing", "A11"),
            ],
            id="a candidate who did not come",
        ),
        pytest.param(
            {"D13": "BC01"},
            [("deliberation-row-twice", "A13"), ("deliberation-row-missing", "A11")],
            id="a row twice",
        ),
        pytest.param({"E12": "Non validé"}, [("proposal-changed", "E12")], id="another proposal"),
    ],
)
def test_what_cannot_be_closed_is_refused_at_its_cell(
    workbook: Path,
    decisions: SessionDecisions,
    changes: dict[str, str | float | None],
    expected: list[tuple[str, str]],
) -> None:
    """One change to a sheet that closes the session gives exactly these problems."""
    deliberations.fill(workbook, {**SETTLED, **changes})
    deliberation, problems = deliberations.read(workbook, decisions)
    assert deliberation is None
    assert [(item.code, item.location.cell) for item in problems] == expected
    assert {item.location.sheet for item in problems} == {"Délibération"}
    assert {item.location.file for item in problems} == {"consolidation.xlsx"}


def test_a_header_copied_into_the_table_is_no_row(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """A long table may be cut in two to be printed, its header repeated."""
    deliberations.fill(workbook, SETTLED)
    raw = deliberations.rearranged(
        deliberations.read_workbook(workbook), "Délibération", [*range(5, 17), 11, *range(17, 23)]
    )
    assert deliberations.judged(raw, decisions)[1] == []


def test_every_problem_is_found_in_one_run(workbook: Path, decisions: SessionDecisions) -> None:
    """Nothing written at all: each row that waits, and the closing."""
    _, problems = deliberations.read(workbook, decisions)
    assert [(item.code, item.location.cell) for item in problems] == [
        ("closing-missing", "D6"),
        ("closing-missing", "D7"),
        ("decision-missing", "F12"),
        ("decision-missing", "F13"),
        ("decision-missing", "F15"),
        ("deliberation-due", "F17"),
        ("decision-missing", "F18"),
        ("decision-missing", "F20"),
        ("decision-missing", "F21"),
    ]


def test_an_adoption_that_is_neither_yes_nor_no_adopts_nothing(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Its cell is named first, then every decision that it leaves blank."""
    _, problems = deliberations.read(
        deliberations.fill(workbook, {**SETTLED, "D5": "Peut-être"}), decisions
    )
    assert [(item.code, item.location.cell) for item in problems][:2] == [
        ("yes-no-unreadable", "D5"),
        ("decision-missing", "F12"),
    ]


def test_a_closing_to_come_is_told_and_holds(workbook: Path, decisions: SessionDecisions) -> None:
    """15 June 2126, a slip of the year, would be printed on the minutes."""
    slipped = deliberations.fill(workbook, {**SETTLED, "D6": deliberations.JUNE_15 + 36_524})
    settled, problems = deliberations.read(slipped, decisions)
    assert settled is not None
    assert [(item.code, item.location.cell) for item in problems] == [("closing-to-come", "D6")]
    assert "15/06/2126" in problems[0].message


def test_a_closing_before_the_jurys_hour_is_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The jury sat at 18:00 and closed at 17:30."""
    later = replace(decisions, session=replace(decisions.session, time=time(18)))
    _, problems = deliberations.read(deliberations.fill(workbook, SETTLED), later)
    assert [(item.code, item.location.cell) for item in problems] == [("closing-too-early", "D7")]
    assert "15/06/2026 à 17:30" in problems[0].message
    assert "15/06/2026 à 18:00" in problems[0].message


def test_a_session_without_a_date_closes_on_any(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """There is nothing to compare the closing with."""
    undated = replace(decisions, session=replace(decisions.session, date=None))
    assert _settled(deliberations.fill(workbook, SETTLED), undated).closing.date.year == 2026


def test_decisions_merged_over_rows_are_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """One decision over two rows says nothing certain of either."""
    deliberations.fill(workbook, {**SETTLED, "F12": "Validé"})
    raw = deliberations.read_workbook(workbook)
    over = MergedRange(first=(11, 5), last=(12, 5))
    sheets = tuple(
        replace(sheet, merged=(*sheet.merged, over)) if sheet.name == "Délibération" else sheet
        for sheet in raw.sheets
    )
    _, problems = deliberations.judged(replace(raw, sheets=sheets), decisions)
    assert [(item.code, item.location.cell) for item in problems] == [
        ("deliberation-merged", "F12"),
        ("deliberation-merged", "F13"),
    ]


def test_names_of_rows_merged_are_refused(workbook: Path, decisions: SessionDecisions) -> None:
    """A candidate's number merged over their lines leaves all but the first without one."""
    raw = deliberations.read_workbook(deliberations.fill(workbook, SETTLED))
    over = MergedRange(first=(11, 0), last=(13, 0))
    sheets = tuple(
        replace(sheet, merged=(*sheet.merged, over)) if sheet.name == "Délibération" else sheet
        for sheet in raw.sheets
    )
    _, problems = deliberations.judged(replace(raw, sheets=sheets), decisions)
    assert [(item.code, item.location.cell) for item in problems][:3] == [
        ("deliberation-merged", "A12"),
        ("deliberation-merged", "A13"),
        ("deliberation-merged", "A14"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("  VALIDÉ ", BlockOutcome.VALIDATED),
        ("valide", BlockOutcome.VALIDATED),
        ("Non\u00a0validé", BlockOutcome.NOT_VALIDATED),
        ("non  valide", BlockOutcome.NOT_VALIDATED),
    ],
)
def test_a_decision_is_read_in_any_letters(
    workbook: Path, decisions: SessionDecisions, said: str, expected: BlockOutcome
) -> None:
    """Case, accents and spaces are not what the jury decides."""
    deliberations.fill(workbook, {**SETTLED, "F18": said, "G18": "Vu en entretien"})
    if expected is BlockOutcome.NOT_VALIDATED:
        deliberations.fill(workbook, {"E19": "→Validation partielle"})
    four = _settled(workbook, decisions).rulings[FOUR]
    assert four.blocks[BC02].outcome is expected


@pytest.mark.parametrize("hour", ["17:30", "17h30", "17 h 30", "17H30", "17:30:00"])
def test_hours_are_read_as_people_write_them(
    workbook: Path, decisions: SessionDecisions, hour: str
) -> None:
    """With an h or a colon, with spaces, with seconds."""
    closing = _settled(deliberations.fill(workbook, {**SETTLED, "D7": hour}), decisions).closing
    assert closing.time == time(17, 30)


@pytest.mark.parametrize("name", ["Délibération (2)", "Deliberation"])
def test_a_copy_of_the_sheet_where_the_jury_wrote_is_refused(
    workbook: Path, decisions: SessionDecisions, name: str
) -> None:
    """One that says the same does no harm; one that says otherwise may be what the jury decided."""
    raw = deliberations.read_workbook(deliberations.fill(workbook, SETTLED))
    sheet = raw.sheet("Délibération")
    assert sheet is not None
    same = replace(raw, sheets=(replace(sheet, name=name), *raw.sheets))
    assert deliberations.judged(same, decisions)[1] == []
    deliberations.fill(workbook, {"F12": "Non validé", "G12": "Fraude établie"})
    copied = deliberations.read_workbook(workbook).sheet("Délibération")
    assert copied is not None
    other = replace(raw, sheets=(replace(copied, name=name), *raw.sheets))
    _, problems = deliberations.judged(other, decisions)
    assert [(item.code, item.location.sheet, item.location.cell) for item in problems] == [
        ("deliberation-sheet-twice", name, "F12")
    ]


def test_a_decision_in_error_is_refused_at_its_cell(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The jury's formula pointed to a cell that is gone; a proposal in error says another thing."""
    deliberations.fill(workbook, SETTLED)
    raw = deliberations.read_workbook(workbook)
    errors = {(11, 5): "#REF!", (12, 4): "#REF!"}
    sheets = tuple(
        replace(sheet, errors=errors) if sheet.name == "Délibération" else sheet
        for sheet in raw.sheets
    )
    _, problems = deliberations.judged(replace(raw, sheets=sheets), decisions)
    assert [(item.code, item.location.cell) for item in problems] == [
        ("cell-error", "F12"),
        ("proposal-changed", "E13"),
    ]


def test_a_sheet_that_lost_its_table_names_every_column(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Only the jury's own fields are left."""
    deliberations.fill(workbook, SETTLED)
    raw = deliberations.rearranged(
        deliberations.read_workbook(workbook), "Délibération", [1, 5, 6, 7, 8, 9]
    )
    _, problems = deliberations.judged(raw, decisions)
    assert [item.code for item in problems] == ["deliberation-column-missing"] * 5


def test_a_certification_without_its_row_is_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Candidate 2's was deleted; its absence decides nothing."""
    deliberations.fill(workbook, SETTLED)
    rows = [*range(5, 16), *range(17, 23)]
    raw = deliberations.rearranged(deliberations.read_workbook(workbook), "Délibération", rows)
    _, problems = deliberations.judged(raw, decisions)
    assert [item.message for item in problems] == [
        "La ligne du candidat Prénom 2 Nom 2 (2), Certification, manque dans le tableau."
    ]


def test_a_jury_may_award_without_the_general_mean(tmp_path: Path) -> None:
    """All blocs validated, mean 75 % where 80 is asked: partial is proposed, awarded is decided."""
    rules = Rules(general_mean=Fraction(4, 5), block_threshold=Fraction(1))
    known = builders.referential({"C1.1": 2, "C2.1": 1}, rules=rules)
    session = builders.session(known)
    decisions = deliberations.decide(known, session, {"1": ("2 0 2", "2 0 2")})
    path = deliberations.write(tmp_path, decisions)
    written = {"D5": "Oui", **deliberations.CLOSED}
    _, problems = deliberations.read(deliberations.fill(path, written), decisions)
    assert [(item.code, item.location.cell) for item in problems] == [("reason-missing", "G14")]
    assert "tous les blocs sont acquis" in problems[0].message
    deliberations.fill(path, {"G14": "Moyenne générale de 75 %, 80 % demandés"})
    adopted = _settled(path, decisions).rulings[ONE]
    assert adopted.certification.reason == "Moyenne générale de 75 %, 80 % demandés"
    assert adopted.certification.outcome is CertificationOutcome.PARTIAL
    deliberations.fill(path, {"F14": "Délivrée", "G14": "Parcours exceptionnel"})
    overridden = _settled(path, decisions).rulings[ONE]
    assert overridden.certification.outcome is CertificationOutcome.AWARDED
    assert overridden.certification.proposed is CertificationOutcome.PARTIAL
