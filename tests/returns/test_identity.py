"""The owner of a grid: two places suffice, one does not, and two that disagree are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import pytest
from openpyxl.packaging.custom import StringProperty
from returns.desk import (
    DESK,
    KEY,
    MARKED,
    REFERENTIAL,
    SESSION,
    Desk,
    edited,
    marks,
    properties_of,
    said,
    values,
)

from sheetgen.grid.contract import CODE_LABEL
from sheetgen.grid.identity import FIELDS, SigningKey, grid_code
from sheetgen.grid.write import Answers
from sheetgen.model import (
    CandidateId,
    JurorCode,
    Referential,
    ReturnStatus,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

    from sheetgen.model import Return

Change = "Callable[[Workbook], object]"


def without_stamp(book: Workbook) -> None:
    """The hidden sheet lost, as some programs lose it."""
    book.remove(book["_sheetgen"])


def without_properties(book: Workbook) -> None:
    """Document properties lost."""
    for name in FIELDS:
        if f"sheetgen.{name}" in properties_of(book).names:
            del properties_of(book)[f"sheetgen.{name}"]


def code_cell(book: Workbook) -> object:
    """The cell that holds the printed code."""
    sheet = book["Accueil"]
    for row in sheet.iter_rows():
        for place, cell in enumerate(row):
            if cell.value == CODE_LABEL:
                return next(right for right in row[place + 1 :] if right.value)
    raise LookupError(CODE_LABEL)


def printed(text: str | None) -> Callable[[Workbook], None]:
    """Another text where the code was."""

    def change(book: Workbook) -> None:
        code_cell(book).value = text  # type: ignore[attr-defined]

    return change


def stamped(**fields: str) -> Callable[[Workbook], None]:
    """Fields of the hidden sheet overwritten."""

    def change(book: Workbook) -> None:
        for row in book["_sheetgen"].iter_rows(max_col=2):
            if row[0].value in fields:
                row[1].value = fields[str(row[0].value)]

    return change


def with_properties(**fields: str) -> Callable[[Workbook], None]:
    """Document properties overwritten."""

    def change(book: Workbook) -> None:
        for name, value in fields.items():
            del properties_of(book)[f"sheetgen.{name}"]
            properties_of(book).append(StringProperty(name=f"sheetgen.{name}", value=value))

    return change


def returned(*changes: Callable[[Workbook], object], desk: Desk = DESK) -> Return:
    """Return what is made of candidate 1's grid by J1 after these changes."""
    data = desk.grid()
    for change in changes:
        data = edited(data, change)
    (item,) = DESK.collect({"rendu.xlsx": data}).returns
    return item


OTHER_CODE = grid_code(KEY, "S1", CandidateId("2"), JurorCode("J1"))


@pytest.mark.parametrize(
    "change", [without_stamp, without_properties, printed(None), printed("illisible")]
)
def test_any_two_places_suffice(change: Callable[[Workbook], object]) -> None:
    """A grid that lost one of its three marks counts in full, without a word."""
    collection = DESK.collect({"rendu.xlsx": edited(DESK.grid(), change)})
    assert collection.returns[0].status is ReturnStatus.ACCEPTED
    assert said(collection.returns[0].problems) == []
    assert values(collection) == MARKED


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ((without_stamp, without_properties), "code imprimé"),
        ((without_stamp, printed(None)), "propriétés"),
        ((without_properties, printed(None)), "feuille cachée"),
    ],
)
def test_a_single_place_does_not_suffice(
    changes: tuple[Callable[[Workbook], object], ...], place: str
) -> None:
    """The message names the mark that is left; nothing counts."""
    item = returned(*changes)
    assert said(item.problems) == [("identity-lost", "", "")]
    assert place in item.problems[0].message
    assert (item.candidate, item.juror) == ("1", "J1")
    assert item.status is ReturnStatus.REJECTED
    assert not item.counts


def test_a_grid_without_any_mark_is_refused() -> None:
    """Bloc sheets alone say nothing of whose they are."""
    item = returned(without_stamp, without_properties, printed(None))
    assert said(item.problems) == [("identity-lost", "", "")]
    assert (item.candidate, item.juror) == (None, None)


def test_an_incomplete_stamp_counts_as_lost() -> None:
    """A field that is gone costs its place, and the two others still suffice."""
    assert returned(stamped(signature="")).status is ReturnStatus.ACCEPTED


def test_a_workbook_that_is_no_grid_is_named_so() -> None:
    """Any other workbook in the folder."""

    def emptied(book: Workbook) -> None:
        for sheet in book.worksheets[1:]:
            book.remove(sheet)
        book.worksheets[0].delete_rows(1, 99)
        without_properties(book)

    assert said(returned(emptied).problems) == [("no-grid-in-workbook", "", "")]


@pytest.mark.parametrize(
    ("change", "one", "other"),
    [
        (stamped(candidate="2"), "candidat n° 2, juré J1", "candidat n° 1, juré J1"),
        (stamped(juror="J2"), "juré J2, session S1 (feuille cachée)", "juré J1"),
        (with_properties(candidate="2"), "candidat n° 1", "candidat n° 2"),
        (with_properties(session="S0"), "session S1", "session S0 (propriétés)"),
        (
            printed(OTHER_CODE),
            "candidat n° 1",
            f"candidat n° 2, juré J1 (code imprimé {OTHER_CODE})",
        ),
        (printed("0000-0000-0000"), "candidat n° 1", "candidat n° inconnu"),
    ],
)
def test_places_that_disagree_are_refused_naming_both(
    change: Callable[[Workbook], object], one: str, other: str
) -> None:
    """Nothing says which is right, so nobody is named as the grid's owner."""
    item = returned(change)
    assert said(item.problems) == [("identity-contradictory", "", "")]
    assert one in item.problems[0].message
    assert other in item.problems[0].message
    assert (item.candidate, item.juror) == (None, None)


def test_the_first_sheet_of_another_grid_added_to_this_one_is_a_contradiction() -> None:
    """Two printed codes of the session cannot both be right."""

    def change(book: Workbook) -> None:
        sheet = book.create_sheet("Accueil (2)")
        sheet.append([CODE_LABEL, OTHER_CODE])

    assert said(returned(change).problems) == [("identity-contradictory", "", "")]


def test_a_text_that_looks_like_a_code_harms_nothing_beside_the_true_one() -> None:
    """A reference of the juror's own, on a sheet of theirs."""

    def change(book: Workbook) -> None:
        book.create_sheet("Notes").append(["ABCD-1234-EFGH"])

    assert returned(change).status is ReturnStatus.ACCEPTED


def test_a_grid_code_in_a_comment_is_a_comment() -> None:
    """Only what stands outside the bloc sheets is a printed code."""

    def change(book: Workbook) -> None:
        book["BC01"]["D6"].value = OTHER_CODE

    assert returned(change).status is ReturnStatus.ACCEPTED


FORGED = {"fingerprint": "0" * 64}


@pytest.mark.parametrize(
    ("changes", "code", "part"),
    [
        ((stamped(**FORGED),), "signature-wrong", "(feuille cachée)"),
        ((with_properties(**FORGED),), "signature-wrong", "(propriétés)"),
        ((stamped(schema="sheetgen.grid/0"),), "older-grid-format", "sheetgen.grid/0"),
        ((stamped(schema="sheetgen.grid/12"),), "newer-grid-format", "sheetgen.grid/12"),
        ((stamped(schema="autre"),), "other-grid-format", "« autre »"),
        (
            (stamped(candidate="2"), with_properties(candidate="2")),
            "signature-wrong",
            "signature",
        ),
    ],
)
def test_what_was_not_signed_here_is_refused(
    changes: tuple[Callable[[Workbook], object], ...], code: str, part: str
) -> None:
    """Each way of not being ours has its own message."""
    item = returned(*changes)
    assert said(item.problems) == [(code, "", "")]
    assert part in item.problems[0].message
    assert not item.counts


def versioned(version: str | None, title: str = "Certification d’essai") -> Referential:
    """The référentiel in another version; another title makes other texts of it."""
    certification = replace(REFERENTIAL.certification, version=version, title=title)
    return replace(REFERENTIAL, certification=certification)


@pytest.mark.parametrize(
    ("theirs", "ours", "code"),
    [
        ("1.9", "1.10", "older-referential"),
        ("2.0", "1.10", "newer-referential"),
        ("15/06/2025", "01/02/2026", "older-referential"),
        ("2026-2", "2026-1", "newer-referential"),
        ("1.0", "1.0", "other-referential"),
        (None, "1.0", "other-referential"),
        ("1.0", None, "other-referential"),
    ],
)
def test_a_grid_of_another_referential_says_which_is_older(
    theirs: str | None, ours: str | None, code: str
) -> None:
    """By the versions, where both have one; both fingerprints are named."""
    former = Desk(referential=versioned(theirs, "Ancien titre"))
    current = Desk(referential=versioned(ours))
    (item,) = current.collect({"rendu.xlsx": former.grid()}).returns
    assert said(item.problems) == [(code, "", "")]
    for desk in (former, current):
        assert desk.referential.fingerprint[:12] in item.problems[0].message
    assert (item.candidate, item.juror) == ("1", "J1")


@pytest.mark.parametrize("version", ["1.0", "2", "2026", "007", "3.10", "v1,5"])
def test_a_version_that_looks_like_a_number_keeps_its_grids_valid(version: str) -> None:
    """No reader may turn « 1.0 » into 1: the signature covers it."""
    desk = Desk(referential=versioned(version))
    (item,) = desk.collect({"rendu.xlsx": desk.grid()}).returns
    assert said(item.problems) == []


def test_rules_and_weights_may_change_without_voiding_grids() -> None:
    """Only what the juror saw is in the fingerprint."""
    heavier = builders.referential(
        [replace(item, weight=item.weight * 3, mandatory=True) for item in REFERENTIAL.criteria]
    )
    (item,) = Desk(referential=heavier).collect({"rendu.xlsx": DESK.grid()}).returns
    assert item.status is ReturnStatus.ACCEPTED


def test_a_grid_of_another_session_is_refused() -> None:
    """Whatever key signed it, the message names both sessions."""
    other = Desk(session=replace(SESSION, code="S0"), key=SigningKey(bytes(32)))
    item = returned(desk=other)
    assert said(item.problems) == [("other-session", "", "")]
    assert "« S0 », et non de « S1 »" in item.problems[0].message


def test_a_grid_signed_with_another_key_is_refused() -> None:
    """A session generated elsewhere, without the key, makes grids that do not count here."""
    item = returned(desk=Desk(key=SigningKey(bytes(32))))
    assert said(item.problems) == [("signature-wrong", "", "")]


def test_a_grid_of_someone_who_left_the_session_is_refused() -> None:
    """An unknown candidate and an unknown juror each have their message."""
    desk = Desk(session=replace(SESSION, candidates=SESSION.candidates[1:], accommodations=(),
                                assignments=SESSION.assignments[2:]))  # fmt: skip
    (item,) = desk.collect({"rendu.xlsx": DESK.grid()}).returns
    assert said(item.problems) == [("unknown-candidate", "", "")]
    alone = replace(SESSION, jurors=SESSION.jurors[1:],
                    assignments=SESSION.assignments[1::2])  # fmt: skip
    (item,) = Desk(session=alone).collect({"rendu.xlsx": DESK.grid()}).returns
    assert said(item.problems) == [("unknown-juror", "", "")]


def test_a_grid_that_is_no_longer_to_be_filled_is_refused() -> None:
    """The assignment was withdrawn, or the candidate did not come."""
    fewer = replace(SESSION, assignments=SESSION.assignments[1:])
    (item,) = Desk(session=fewer).collect({"rendu.xlsx": DESK.grid()}).returns
    assert said(item.problems) == [("grid-not-assigned", "", "")]
    absent = replace(
        SESSION,
        candidates=(
            replace(SESSION.candidates[0], status=Status.ABSENT, presented=()),
            SESSION.candidates[1],
        ),
        assignments=SESSION.assignments[2:],
    )
    (item,) = Desk(session=absent).collect({"rendu.xlsx": DESK.grid()}).returns
    assert said(item.problems) == [("grid-of-absent", "", "")]


def test_a_sheet_copied_from_another_candidates_grid_is_refused() -> None:
    """Its marks are another candidate's; the other sheets count."""
    line = edited_owner(DESK.grid(candidate="2"))

    def change(book: Workbook) -> None:
        book["BC02"]["B2"].value = line

    collection = DESK.collect({"rendu.xlsx": edited(DESK.grid(), change)})
    (item,) = collection.returns
    assert said(item.problems) == [("sheet-of-another-grid", "BC02", "B2")]
    assert "Prénom 2 Nom 2 (2), juré Prénom J1 Nom J1 (J1)" in item.problems[0].message
    assert values(collection) == {code: value for code, value in MARKED.items() if code != "C2.1.1"}
    assert item.status is ReturnStatus.INCOMPLETE


def edited_owner(data: bytes) -> str:
    """The line that says whose marks a bloc's sheet holds."""
    lines: list[str] = []
    edited(data, lambda book: lines.append(str(book["BC02"]["B2"].value)))
    return lines[0]


def test_a_corrected_name_voids_nothing() -> None:
    """A line that names nobody of the session says nothing."""

    def change(book: Workbook) -> None:
        book["BC02"]["B2"].value = "NOMM Prenom (n° 1)   ·   Juré : X (J1)"

    assert returned(change).status is ReturnStatus.ACCEPTED


@pytest.mark.parametrize("anonymous", [False, True])
def test_anonymous_grids_are_told_apart_too(anonymous: bool) -> None:
    """The candidate's number is in the line in either case."""
    desk = Desk(session=replace(SESSION, anonymous=anonymous))
    line = edited_owner(desk.grid(candidate="2"))

    def change(book: Workbook) -> None:
        book["BC01"]["B2"].value = line

    (item,) = desk.collect({"rendu.xlsx": edited(desk.grid(), change)}).returns
    assert said(item.problems) == [("sheet-of-another-grid", "BC01", "B2")]


@pytest.mark.parametrize(
    ("answer", "problems", "status"),
    [
        ("Oui", [], ReturnStatus.ACCEPTED),
        (" oui ", [], ReturnStatus.ACCEPTED),
        (None, ["declaration-blank"], ReturnStatus.ACCEPTED),
        ("Peut-être", ["declaration-unreadable"], ReturnStatus.ACCEPTED),
        ("NON", ["tie-declared"], ReturnStatus.REJECTED),
    ],
)
def test_the_declaration_decides(
    answer: str | None, problems: list[str], status: ReturnStatus
) -> None:
    """A tie voids the grid; silence is a warning."""
    data = DESK.grid(answers=Answers(declaration=True))

    def change(book: Workbook) -> None:
        for row in book["Accueil"].iter_rows():
            for cell in row:
                if cell.value == "Oui":
                    cell.value = answer

    collection = DESK.collect({"rendu.xlsx": edited(data, change)})
    (item,) = collection.returns
    assert [problem.code for problem in item.problems] == problems
    assert item.status is status
    assert bool(marks(collection)) is (status is ReturnStatus.ACCEPTED)


def test_opinion_and_remarks_are_read_wherever_they_moved() -> None:
    """A column inserted in the summary and a renamed sheet change nothing."""

    def change(book: Workbook) -> None:
        sheet = book["Synthèse"]
        for merge in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merge))
        sheet.insert_cols(2)
        sheet.title = "Bilan"

    item = returned(change)
    assert (item.opinion, item.remarks) == ("Favorable", "Rien à dire")


def test_a_lost_opinion_is_said() -> None:
    """Without its label an answer cannot be found, and that is not taken for silence."""

    def change(book: Workbook) -> None:
        book.remove(book["Synthèse"])

    item = returned(change)
    assert [problem.code for problem in item.problems] == ["answer-lost", "answer-lost"]
    assert item.status is ReturnStatus.ACCEPTED
