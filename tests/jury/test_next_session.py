"""The next session's workbook: who comes back, for what, before whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import deliberations
import openpyxl
import pytest

from sheetgen.jury import FinalDecisions, write_decided
from sheetgen.jury.next_session import (
    NEXT_SESSION,
    check_next_session,
    next_entries,
    write_next_session,
)
from sheetgen.model import (
    Acceptance,
    AccessRoute,
    ActivityCode,
    BlockCode,
    BlockOutcome,
    BlockStatus,
    CandidateId,
    CandidateRulings,
    CertificationOutcome,
    Closing,
    CompetencyCode,
    Deliberation,
    Evidence,
    JurorCode,
    JurorRole,
    KeptResult,
    MethodCode,
    OptionGroup,
    Passage,
    Proof,
    Route,
    Rules,
    Ruling,
    Sex,
    Status,
)
from sheetgen.sources import read_session
from sheetgen.sources.schema import SESSION, ValueKind
from sheetgen.subject_access import render_identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sheetgen.model import Referential, Session
    from sheetgen.sources.schema import ValueSpec

B1, B2, B3 = BlockCode("BC01"), BlockCode("BC02"), BlockCode("BC03")
THREE_BLOCS = builders.referential({"C1.1": 1, "C2.1": 1, "C3.1": 1})


def _closed(
    known: Referential, session: Session, given: Mapping[str, tuple[str, ...]]
) -> FinalDecisions:
    """The session with every proposal adopted."""
    proposals = deliberations.decide(known, session, given)
    adopted = {item.candidate: CandidateRulings.adopting(item) for item in proposals.candidates}
    closing = Closing(date=date(2026, 6, 15), time=time(17, 30))
    return FinalDecisions(
        proposals=proposals, deliberation=Deliberation(closing=closing, rulings=adopted)
    )


def _read(path: Path, known: Referential) -> Session:
    """The workbook, once the school wrote the code that it waits for."""
    book = openpyxl.load_workbook(path)
    cells = {str(row[0].value): row[1] for row in book["Session"].iter_rows()}
    assert cells["Code"].value is None
    assert cells["Date"].value is None
    cells["Code"].value = "2026-12"
    book.save(path)
    session, problems = read_session(path, known)
    assert [str(problem) for problem in problems if problem.severity.value == "error"] == []
    assert session is not None
    return session


def _presented(session: Session) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {item.id: (item.presented, item.held) for item in session.candidates}


def test_candidates_come_back_for_what_they_lack_with_what_they_hold(tmp_path: Path) -> None:
    """Validated now or held before is held; the awarded are left out, the absent come again."""
    session = builders.session(
        THREE_BLOCS,
        candidates=[
            builders.candidate("1", presented=(B1, B2, B3)),
            builders.candidate("2", presented=(B2, B3), held=(B1,)),
            builders.candidate("3", status=Status.ABSENT, held=(B3,)),
            builders.candidate("4", presented=(B1, B2, B3)),
        ],
    )
    given = {"1": ("2 0 2", "2 0 2"), "2": (". 0 2", ". 0 2"), "4": ("2 2 2", "2 2 2")}
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, _closed(THREE_BLOCS, session, given))
    read = _read(path, THREE_BLOCS)
    assert _presented(read) == {
        "1": ((B2,), (B1, B3)),
        "2": ((B2,), (B1, B3)),
        "3": ((B1, B2), (B3,)),
    }
    assert {item.status for item in read.candidates} == {Status.PRESENT}
    assert read.jurors == session.jurors
    assert {item.blocks for item in read.assignments_of[CandidateId("1")]} == {(B2,)}


def test_bloc_only_candidates_come_back_for_the_blocs_they_presented_in_vain() -> None:
    """All validated: nothing to come back for. One lost: that one. Absent: all that they lack."""
    session = builders.session(
        THREE_BLOCS,
        candidates=[
            builders.candidate("1", presented=(B1,), route=Route.BLOCKS),
            builders.candidate("2", presented=(B1, B2), route=Route.BLOCKS),
            builders.candidate("3", held=(B1,), route=Route.BLOCKS, status=Status.EXCUSED),
        ],
    )
    final = _closed(THREE_BLOCS, session, {"1": ("2", "2"), "2": ("0 2", "0 2")})
    entries, left_out = next_entries(final)
    assert [(item.candidate.id, item.presented, item.held) for item in entries] == [
        ("2", (B1,), (B2,)),
        ("3", (B2, B3), (B1,)),
    ]
    assert left_out == []


@pytest.mark.parametrize("status", [Status.ABSENT, Status.EXCUSED, Status.WITHDRAWN])
def test_a_bloc_only_candidate_who_did_not_come_is_entered_for_their_blocs_alone(
    tmp_path: Path, status: Status
) -> None:
    """They are entered for the blocs that the session's workbook names, not for every one."""
    person = builders.candidate("1", held=(B3,), route=Route.BLOCKS, status=status)
    session = builders.session(
        THREE_BLOCS,
        candidates=[
            replace(person, registered=(B2,)),
            builders.candidate("2", presented=(B1, B2, B3)),
        ],
    )
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, _closed(THREE_BLOCS, session, {"2": ("0 2 2", "0 2 2")}))
    assert _presented(_read(path, THREE_BLOCS)) == {"1": ((B2,), (B3,)), "2": ((B1,), (B2, B3))}


def test_the_workbook_says_which_blocs_an_absent_candidate_was_entered_for(
    tmp_path: Path,
) -> None:
    """Read from « Blocs présentés », though nothing is presented; blank is all that is not held."""
    session = builders.session(
        THREE_BLOCS,
        candidates=[
            replace(
                builders.candidate("1", route=Route.BLOCKS, status=Status.ABSENT), registered=(B2,)
            ),
            builders.candidate("2", held=(B1,), status=Status.ABSENT),
        ],
    )
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, _closed(THREE_BLOCS, session, {}))
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book["Candidats"].cell(row, 9).value = "Absent"
    book["Candidats"].cell(3, 7).value = None
    book.save(path)
    read = _read(path, THREE_BLOCS)
    assert [(item.presented, item.registered) for item in read.candidates] == [
        ((), (B2,)),
        ((), (B2, B3)),
    ]
    extracted = render_identity(read, read.candidates[0]).decode("utf-8-sig")
    assert "Blocs présentés;BC02" in extracted


def _samples(specs: Sequence[ValueSpec], record: object, **kept: object) -> dict[str, object]:
    """A value for each column, other than blank or the default."""
    by_kind: Mapping[ValueKind, object] = {
        ValueKind.TEXT: "Texte",
        ValueKind.DATE: date(2001, 2, 3),
        ValueKind.TIME: time(9, 30),
        ValueKind.YES_NO: True,
        ValueKind.WEIGHT: Fraction(3, 2),
        ValueKind.INSEE_CODE: "2A004",
        ValueKind.JURY: "A",
        ValueKind.PASSAGE: Passage(day=date(2026, 6, 15), time=time(9, 30)),
    }
    found: dict[str, object] = {}
    for spec in specs:
        value = getattr(record, spec.attribute)
        if spec.attribute not in kept and spec.kind in by_kind:
            value = by_kind[spec.kind]
            value = f"{value} {spec.name}" if spec.kind is ValueKind.TEXT else value
        found[spec.attribute] = kept.get(spec.attribute, value)
    return found


def test_every_column_that_lasts_reaches_the_next_session_and_the_extract(tmp_path: Path) -> None:
    """Whatever the schema declares: a column added to it is taken over without another line."""
    candidates, jurors = SESSION.sheet("Candidats").columns, SESSION.sheet("Jurés").columns
    fields = SESSION.sheet("Session").fields
    plain = builders.session(THREE_BLOCS)
    one, juror = plain.candidates[0], plain.jurors[0]
    filled = _samples(candidates, one, id=one.id, sex=Sex.MALE)
    said = _samples(jurors, juror, code=juror.code)
    session = replace(
        plain,
        candidates=(replace(one, **filled),),  # type: ignore[arg-type]
        jurors=(replace(juror, **said), *plain.jurors[1:]),  # type: ignore[arg-type]
        **_samples(fields, plain, code=plain.code),  # type: ignore[arg-type]
    )
    final = _closed(THREE_BLOCS, session, {"1": ("0 2 2", "0 2 2")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    read = _read(path, THREE_BLOCS)
    others = {
        "presented": (B1,),
        "held": (B2, B3),
        "status": Status.PRESENT,
        "sat_before": int(str(filled["sat_before"])) + 1,
        "first_sat": filled["first_sat"],
    }
    for column in candidates:
        lasts = filled[column.attribute] if column.lasting else None
        expected = others.get(column.attribute, lasts)
        assert getattr(read.candidates[0], column.attribute) == expected, column.name
    for column in jurors:
        expected = said[column.attribute] if column.lasting else None
        assert getattr(read.jurors[0], column.attribute) == expected, column.name
    for row in fields:
        expected = getattr(session, row.attribute) if row.lasting else None
        assert row.attribute == "code" or getattr(read, row.attribute) == expected, row.name
    extracted = render_identity(session, session.candidates[0]).decode("utf-8-sig")
    for column in candidates:
        assert any(line.startswith(f"{column.name};") for line in extracted.splitlines())
        if column.kind is ValueKind.TEXT:
            assert f"{column.name};Texte {column.name}" in extracted
    assert "Passage;15/06/2026 09:30" in extracted
    assert "Sexe;M" in extracted


def test_who_holds_every_bloc_without_the_certification_is_told(tmp_path: Path) -> None:
    """The general mean is not reached: nothing is left to present, so the school decides."""
    known = builders.referential({"C1.1": 2, "C2.1": 1}, rules=Rules(general_mean=Fraction(4, 5)))
    final = _closed(known, builders.session(known), {"1": ("2 0 2", "2 0 2")})
    assert final.decisions.decided[CandidateId("1")].outcome is CertificationOutcome.PARTIAL
    write_decided(tmp_path, final)
    problems = check_next_session(tmp_path / NEXT_SESSION, final)
    assert [(item.code, item.severity.value) for item in problems] == [
        ("nothing-left-to-present", "warning")
    ]


def test_the_jurys_own_decisions_count(tmp_path: Path) -> None:
    """A bloc that was to be lost and that the jury validated is held in the next session."""
    session = builders.session(THREE_BLOCS)
    final = _closed(THREE_BLOCS, session, {"1": ("0 0 2", "0 0 2")})
    one = CandidateId("1")
    rulings = final.deliberation.rulings[one]
    granted = Ruling(proposed=BlockOutcome.NOT_VALIDATED, outcome=BlockOutcome.VALIDATED)
    changed = replace(rulings, blocks={**rulings.blocks, B1: granted})
    final = replace(final, deliberation=replace(final.deliberation, rulings={one: changed}))
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    assert _presented(_read(path, THREE_BLOCS)) == {"1": ((B2,), (B1, B3))}


def test_jurors_keep_their_blocs_and_those_they_may_not_judge(tmp_path: Path) -> None:
    """J3 knows candidate 2, who was absent and now comes; J1 marked candidate 1's BC02 with J2."""
    three = replace(builders.juror("J3"), incompatible_with=(CandidateId("2"),))
    known = replace(THREE_BLOCS, rules=Rules(minimum_jurors=2))
    session = builders.session(
        known,
        candidates=[
            builders.candidate("1", presented=(B1, B2, B3)),
            builders.candidate("2", status=Status.ABSENT),
        ],
        jurors=(*builders.JURORS, three),
        assignments=[("1", "J1", (B1, B2, B3)), ("1", "J2", (B1, B2)), ("1", "J3", (B3,))],
    )
    final = _closed(known, session, {"1": ("2 0 0", "2 0")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    read = _read(path, known)
    assigned = {(item.candidate, item.juror): item.blocks for item in read.assignments}
    assert assigned == {
        (CandidateId("1"), JurorCode("J1")): (B2, B3),
        (CandidateId("1"), JurorCode("J2")): (B2,),
        (CandidateId("1"), JurorCode("J3")): (B3,),
        (CandidateId("2"), JurorCode("J1")): (B1, B2, B3),
        (CandidateId("2"), JurorCode("J2")): (B1, B2, B3),
    }
    assert read.juror[JurorCode("J3")].incompatible_with == (CandidateId("2"),)


def test_without_restriction_no_row_of_assignment_is_written(tmp_path: Path) -> None:
    """Everybody marks everybody, as a session without rows says."""
    final = _closed(THREE_BLOCS, builders.session(THREE_BLOCS), {"1": ("0 0 2", "0 0 2")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    rows = list(openpyxl.load_workbook(path)["Affectations"].iter_rows(min_row=2, values_only=True))
    assert all(value is None for row in rows for value in row)


def test_nothing_of_an_arrangement_is_carried_over(tmp_path: Path) -> None:
    """What `session.xlsx` says of a disability stays there."""
    session = builders.session(THREE_BLOCS, accommodations=[builders.exemption("C1.1.1")])
    final = _closed(THREE_BLOCS, session, {"1": (". 0 2", ". 0 2")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    assert _read(path, THREE_BLOCS).accommodations == ()


def _with_options(required: int = 1) -> Referential:
    """BC02 and BC03 are options, so many of which are needed."""
    first, *others = THREE_BLOCS.blocks
    options = (replace(item, status=BlockStatus.OPTION, group="Langues") for item in others)
    return replace(
        THREE_BLOCS,
        blocks=(first, *options),
        option_groups=(OptionGroup(name="Langues", required=required),),
    )


def test_the_options_chosen_come_back_and_no_others(tmp_path: Path) -> None:
    """Candidate 1 lost BC01 and BC02; 2 has what is needed; 3 validated their option alone."""
    known = _with_options()
    chosen = {"1": (B2,), "2": (B3,), "3": (B3,)}
    session = builders.session(
        known,
        candidates=[
            replace(
                builders.candidate(number, presented=(B1, *options)),
                options=options,
                access_route="VAE",
            )
            for number, options in chosen.items()
        ],
    )
    given = {"1": ("0 0 .", "0 0 ."), "2": ("2 . 2", "2 . 2"), "3": ("0 . 2", "0 . 2")}
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, _closed(known, session, given))
    read = _read(path, known)
    assert _presented(read) == {"1": ((B1, B2), ()), "3": ((B1,), (B3,))}
    assert {item.id: item.options for item in read.candidates} == {"1": (B2,), "3": ()}
    assert {item.access for item in read.candidates} == {AccessRoute.EXPERIENCE}


def test_who_has_only_an_option_left_to_choose_is_told(tmp_path: Path) -> None:
    """Two options are asked, one was chosen and is validated: nobody chooses the other for them."""
    known = _with_options(required=2)
    person = replace(builders.candidate("1", presented=(B1, B2)), options=(B2,))
    session = builders.session(known, candidates=[person])
    final = _closed(known, session, {"1": ("2 2 .", "2 2 .")})
    assert final.decisions.decided[CandidateId("1")].outcome is CertificationOutcome.PARTIAL
    (problem,) = check_next_session(tmp_path / NEXT_SESSION, final)
    assert problem.code == "option-left-to-choose"
    assert "1 de « Langues »" in problem.message


def test_a_juror_of_some_modalites_and_an_assessor_keep_what_they_mark(tmp_path: Path) -> None:
    """J1 marks M2.1 of BC02 alone, the évaluateur J3 BC01: J2, who sits, marks all the rest."""
    three = replace(builders.juror("J3"), role=JurorRole.ASSESSOR)
    known = replace(THREE_BLOCS, rules=Rules(minimum_jurors=1))
    session = builders.session(
        known,
        candidates=[builders.candidate("1", presented=(B1, B2, B3))],
        jurors=(*builders.JURORS, three),
        assignments=[("1", "J1", (B2, B3)), ("1", "J2", (B1, B2, B3)), ("1", "J3", (B1,))],
    )
    one, *others = session.assignments
    restricted = replace(one, methods=((B2, (MethodCode("M2.1"),)),))
    session = replace(session, assignments=(restricted, *others))
    final = _closed(known, session, {"1": (". 0 2", "0 0 2")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    read = _read(path, known)
    assert {item.juror: (item.blocks, item.methods) for item in read.assignments} == {
        JurorCode("J1"): ((B2,), ((B2, (MethodCode("M2.1"),)),)),
        JurorCode("J2"): ((B1, B2), ()),
        JurorCode("J3"): ((B1,), ()),
    }


def test_rows_for_assessors_alone_leave_the_members_without_rows(tmp_path: Path) -> None:
    """Every member marks everything, as before; a bloc new to the candidate is no assessor's."""
    three = replace(builders.juror("J3"), role=JurorRole.ASSESSOR)
    session = builders.session(
        THREE_BLOCS,
        candidates=[
            builders.candidate("1", presented=(B1, B2, B3)),
            builders.candidate("2", status=Status.ABSENT),
        ],
        jurors=(*builders.JURORS, three),
        assignments=[
            ("1", "J1", (B1, B2, B3)),
            ("1", "J2", (B1, B2, B3)),
            ("1", "J3", (B1,)),
        ],
    )
    final = _closed(THREE_BLOCS, session, {"1": ("0 0 2", "0 0 2")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    sheet = openpyxl.load_workbook(path)["Affectations"]
    rows = [row[:3] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    assert rows == [("1", "J3", "BC01")]
    assigned = {(item.candidate, item.juror) for item in _read(path, THREE_BLOCS).assignments}
    assert assigned == {("1", "J1"), ("1", "J2"), ("1", "J3"), ("2", "J1"), ("2", "J2")}


def test_evidence_still_valid_comes_back_with_its_bloc(tmp_path: Path) -> None:
    """Neither what was refused, nor what has expired, nor what is of a bloc held by now."""
    plain = builders.referential({"C1.1": 1, "C2.1": 1})
    shown = replace(builders.competency("C1.2"), proof=Proof.EVIDENCE, methods=())
    other = replace(builders.competency("C2.2"), proof=Proof.EVIDENCE, methods=())
    known = replace(plain, competencies=(*plain.competencies, shown, other))
    known = replace(
        known,
        activities=(
            *known.activities,
            *(replace(known.activities[n], code=ActivityCode(f"A{n + 1}.2")) for n in (0, 1)),
        ),
        competencies=tuple(
            replace(item, activity=ActivityCode(f"A{item.code[1:]}")) for item in known.competencies
        ),
    )
    one, two = known.competencies[2:]

    def piece(title: str, acceptance: Acceptance, until: date | None = None) -> Evidence:
        competency = two.code if title == "D" else one.code
        return Evidence(
            candidate=CandidateId("1"),
            competency=competency,
            title=title,
            valid_until=until,
            acceptance=acceptance,
        )

    session = replace(
        builders.session(known),
        evidence=(
            piece("A", Acceptance.YES, date(2026, 6, 15)),
            piece("B", Acceptance.NO),
            piece("C", Acceptance.YES, date(2026, 6, 14)),
            piece("D", Acceptance.YES),
            piece("E", Acceptance.PENDING),
        ),
    )
    final = _closed(known, session, {"1": ("0 2", "0 2")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    read = _read(path, known)
    assert _presented(read) == {"1": ((B1,), (B2,))}
    assert [(item.title, item.valid_until) for item in read.evidence] == [
        ("A", date(2026, 6, 15)),
        ("E", None),
    ]


def test_results_kept_come_along_with_what_is_presented_again(tmp_path: Path) -> None:
    """C1.1 with the bloc that was lost all the same; C2.1 is in a bloc that is held by now."""
    known = builders.referential({"C1.1": 1, "C1.2": 1, "C2.1": 1})
    kept = tuple(
        KeptResult(
            candidate=CandidateId("1"),
            competency=CompetencyCode(code),
            score=Fraction(13, 20),
            date=date(2025, 12, 15),
            origin="2025-12",
            valid_until=date(2027, 1, 1),
        )
        for code in ("C1.1", "C2.1")
    )
    session = replace(builders.session(known), kept_results=kept)
    final = _closed(known, session, {"1": (". 0 .", ". 0 .")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    assert _read(path, known).kept_results == kept[:1]


def test_the_juries_of_a_session_end_with_it(tmp_path: Path) -> None:
    """Whoever marked marks again; of two presidents the one who stood in for nobody presides."""
    first, second = builders.JURORS
    stand_in = replace(builders.juror("J3", president=True), replaces=first.code, jury="A")
    session = builders.session(
        THREE_BLOCS,
        candidates=[replace(builders.candidate("1", presented=(B1, B2, B3)), jury="A")],
        jurors=(stand_in, replace(first, jury="A"), second),
        assignments=[("1", "J3", (B1, B2, B3)), ("1", "J2", (B1, B2, B3))],
    )
    final = _closed(THREE_BLOCS, session, {"1": ("0 2 0", "0 2 0")})
    path = tmp_path / "session-suivante.xlsx"
    write_next_session(path, final)
    read = _read(path, THREE_BLOCS)
    assert [(item.code, item.role, item.jury, item.replaces) for item in read.jurors] == [
        ("J3", JurorRole.MEMBER, None, None),
        ("J1", JurorRole.PRESIDENT, None, None),
        ("J2", JurorRole.MEMBER, None, None),
    ]
    assert read.candidates[0].jury is None
