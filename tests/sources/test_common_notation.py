"""« Notation : Commune »: who is found to mark together, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import workbooks

from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from workbooks import Sheets

    from sheetgen.model import Referential, Session
    from sheetgen.problems import Problem


@pytest.fixture(scope="module")
def referential(tmp_path_factory: pytest.TempPathFactory) -> Referential:
    """The small référentiel, read."""
    path = tmp_path_factory.mktemp("common") / "referential.xlsx"
    found, _ = read_referential(workbooks.save(path, workbooks.referential_sheets()))
    assert found is not None
    return found


def common(*rows: tuple[str, ...]) -> Sheets:
    """The small session, marked in common, with rows of « Affectations »."""
    sheets = workbooks.session_sheets()
    sheets["Session"].append(["Notation", "Commune"])
    sheets["Affectations"] += [list(row) for row in rows]
    return sheets


def read(
    sheets: Sheets, referential: Referential, folder: Path
) -> tuple[Session | None, list[Problem]]:
    """Return the session, and what is said of its notation."""
    found, problems = read_session(workbooks.save(folder / "session.xlsx", sheets), referential)
    return found, [item for item in problems if item.code.startswith("common-")]


def grids(session: Session | None) -> list[tuple[str, str, str, int]]:
    """Return whose grids there are: candidate, code, blocs and rank."""
    assert session is not None
    return [(x.candidate, x.juror, " ".join(x.blocks), x.rank) for x in session.assignments]


def test_those_who_mark_everything_are_one_group(referential: Referential, tmp_path: Path) -> None:
    """Its weight is their sum, it presides where one of them does, and all of it is said."""
    session, (told,) = read(common(), referential, tmp_path)
    assert grids(session) == [
        ("001", "J1+J2+J3", "BC01 BC02", 1),
        ("002", "J1+J2+J3", "BC02", 1),
        ("003", "J1+J2+J3", "BC02", 1),
    ]
    assert session is not None
    (group,) = session.groups
    assert (str(group.weight), group.role.key, group.holder.code) == ("4", "president", "J1")
    assert (told.code, told.location.cell) == ("common-groups", "B9")
    assert "Élise Blanc, Farid Noir et Gaël Roux (candidats Alix Martin (001)," in told.message


def test_groups_are_those_of_the_same_criteria(referential: Referential, tmp_path: Path) -> None:
    """Of one candidate there may be several; who marks something else has their own grid."""
    rows = (
        *(("001", code, "BC01") for code in ("J1", "J2")),
        *(("001", code, "BC02") for code in ("J3", "J2")),
        *(("002", code, "") for code in ("J1", "J2", "J3")),
        *(("003", code, "") for code in ("J2", "J3")),
    )
    session, _ = read(common(*rows), referential, tmp_path)
    assert grids(session) == [
        ("001", "J1", "BC01", 0),
        ("001", "J2", "BC01 BC02", 0),
        ("001", "J3", "BC02", 0),
        ("002", "J1+J2+J3", "BC02", 1),
        ("003", "J2+J3", "BC02", 1),
    ]
    assert session is not None
    assert [group.holder.code for group in session.groups] == ["J1", "J2"]


def test_two_groups_of_one_candidate_have_two_grids(
    referential: Referential, tmp_path: Path
) -> None:
    """The second is numbered."""
    sheets = common(
        *(("001", code, "BC01") for code in ("J1", "J2")),
        *(("001", code, "BC02") for code in ("J3", "J4")),
        *((number, code, "") for number in ("002", "003") for code in ("J1", "J2")),
    )
    sheets["Jurés"].append(["J4", "Vert", "Ida", "Oui"])
    session, _ = read(sheets, referential, tmp_path)
    assert grids(session)[:2] == [("001", "J1+J2", "BC01", 1), ("001", "J3+J4", "BC02", 2)]


def test_nothing_in_common_is_said(referential: Referential, tmp_path: Path) -> None:
    """Each candidate has one juror for each bloc: the word changes nothing."""
    rows = (("001", "J1", "BC01"), ("001", "J2", "BC02"), ("002", "J1", ""), ("003", "J3", ""))
    session, (told,) = read(common(*rows), referential, tmp_path)
    assert session is not None
    assert not session.groups
    assert (told.code, told.location.cell) == ("common-without-effect", "B9")


def test_a_code_that_reads_as_two_is_refused(referential: Referential, tmp_path: Path) -> None:
    """At its cell, and only where marks are given in common."""
    sheets = common()
    sheets["Jurés"][2][0] = "J2+J3"
    session, (told,) = read(sheets, referential, tmp_path)
    assert session is None
    assert (told.code, told.location.cell) == ("common-code-sign", "A3")
    sheets["Session"].pop()
    session, said = read(sheets, referential, tmp_path)
    assert session is not None
    assert said == []


def test_codes_that_no_grid_can_hold_are_refused(referential: Referential, tmp_path: Path) -> None:
    """A property of a document holds 255 characters."""
    sheets = common()
    sheets["Jurés"] += [[f"{'J' * 55}{n}", f"Nom {n}", "Ida", "Oui"] for n in range(5)]
    session, told = read(sheets, referential, tmp_path)
    assert session is None
    assert "common-code-long" in [item.code for item in told]
