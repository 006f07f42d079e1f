"""`decisions.csv`: what French Excel opens without a question."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest

from sheetgen.consolidation import write_decisions_csv
from sheetgen.model import Mention, Status

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import SessionDecisions


def test_the_file_is_literally_this(tmp_path: Path, decisions: SessionDecisions) -> None:
    """Mark, header, one row per candidate and bloc; a formula in a name is made harmless."""
    path = tmp_path / "decisions.csv"
    write_decisions_csv(path, decisions)
    tenth = '10;"Roux ; fils";Li;Capitalisation de blocs;Présent'
    lines = [
        "N°;Nom;Prénom;Parcours;Statut;Bloc;Résultat;Score;Certification",
        "1;Martin;Zoé;Certification complète;Présent;BC01;Validé;0,8750;Validation partielle",
        "1;Martin;Zoé;Certification complète;Présent;BC02;Non validé;0,2500;Validation partielle",
        "2;'=HYPERLINK(1);Éloïse;Certification complète;Présent;BC01;Incomplet;;Incomplète",
        "2;'=HYPERLINK(1);Éloïse;Certification complète;Présent;BC02;Déjà acquis;;Incomplète",
        "3;Petit;Ana;Certification complète;Absent;BC01;Non présenté;;Absent",
        "3;Petit;Ana;Certification complète;Absent;BC02;Non présenté;;Absent",
        f"{tenth};BC01;Non présenté;;Validation partielle",
        f"{tenth};BC02;Validé;1,0000;Validation partielle",
    ]
    expected = "".join(f"{line}\r\n" for line in lines)
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_who_gave_up_is_not_absent(tmp_path: Path, decisions: SessionDecisions) -> None:
    """The certification of one who did not come is what « Statut » says: Abandon, Excusé."""
    session = decisions.session
    for status in (Status.WITHDRAWN, Status.EXCUSED):
        candidates = tuple(
            replace(item, status=status) if item.id == "3" else item for item in session.candidates
        )
        path = tmp_path / "decisions.csv"
        write_decisions_csv(
            path, replace(decisions, session=replace(session, candidates=candidates))
        )
        line = path.read_text(encoding="utf-8-sig").splitlines()[5]
        assert line.endswith(f";{status.value};BC01;Non présenté;;{status.value}")


@pytest.mark.parametrize(
    "name", ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", '=cmd|" /C calc"!A0', "\n=1"]
)
def test_no_cell_begins_as_a_formula(
    tmp_path: Path, decisions: SessionDecisions, name: str
) -> None:
    """Whatever a name holds, its cell begins with an apostrophe and keeps every character."""
    session = decisions.session
    candidates = tuple(replace(item, first_name=name) for item in session.candidates)
    changed = replace(decisions, session=replace(session, candidates=candidates))
    path = tmp_path / "decisions.csv"
    write_decisions_csv(path, changed)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert {row[2] for row in rows[1:]} == {f"'{name}"}


def test_epreuves_have_a_column_where_the_referentiel_uses_them(tmp_path: Path) -> None:
    """After the others, on every row of the candidate; so have the mean and the mention."""
    plain = deliberations.small_referential()
    first, second = plain.methods
    known = replace(
        plain,
        methods=(first, replace(second, condition=(first.code,))),
        mentions=(Mention(label="Bien", threshold=Fraction(1, 2)),),
    )
    session = builders.session(known)
    path = tmp_path / "decisions.csv"
    write_decisions_csv(path, deliberations.decide(known, session, {"1": ("2 0 2", "2 0 2")}))
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert list(rows[0])[-4:] == ["Certification", "Épreuves", "Moyenne générale", "Mention"]
    assert {row["Épreuves"] for row in rows} == {"M1.1 Réussie (0,5000) ; M2.1 Réussie (1,0000)"}
    assert [(row["Moyenne générale"], row["Mention"]) for row in rows] == [("0,7500", "Bien")] * 2
