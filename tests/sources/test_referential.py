"""The référentiel as it is read: what counts, what does not matter, what each value becomes."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tries import tries
from workbooks import Sheets, Styled, place, referential_sheets, rows_of, save

from sheetgen.model import CompetencyRule, Referential, Rules, ScaleKind
from sheetgen.sources import official_blanks, read_referential
from sheetgen.sources.schema.official import OFFICIAL_FIELDS


def read(sheets: Sheets, folder: Path) -> Referential:
    """The référentiel of a workbook without any problem."""
    found, problems = read_referential(save(folder / "referential.xlsx", sheets))
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    return found


def with_rules(text: str) -> Sheets:
    """The small référentiel with these rules."""
    sheets = referential_sheets()
    sheets["Règles"] = rows_of(f"Règle | Valeur\n{text}")
    return sheets


def test_every_value_reaches_the_record(tmp_path: Path) -> None:
    """Codes, texts, weights, flags and dates are those of the workbook, in its order."""
    found = read(referential_sheets(), tmp_path)
    assert found.certification.title == "Responsable d'essais"
    assert found.certification.decision_date == dt.date(2024, 6, 15)
    assert [block.code for block in found.blocks] == ["BC01", "BC02"]
    assert found.method["M1"].block_variant == "Un dossier court"  # type: ignore[index]
    assert [(c.code, str(c.weight), c.mandatory) for c in found.competencies] == [
        ("C1.1", "1", False),
        ("C1.2", "2", True),
        ("C2.1", "1", False),
    ]
    assert [(c.code, c.weight, c.mandatory, c.eliminatory) for c in found.criteria] == [
        ("C1.1.1", 1, False, False),
        ("C1.1.2", Fraction(1, 2), False, True),
        ("C1.2.1", 1, False, False),
        ("C2.1.1", 1, True, False),
    ]
    assert [(level.label, str(level.points), level.acquired) for level in found.scale.levels] == [
        ("Acquis", "2", True),
        ("Partiellement acquis", "1", False),
        ("Non acquis", "0", False),
    ]
    assert (int(found.scale.minimum), int(found.scale.maximum)) == (0, 2)
    assert found.scale.acquired_from == 2


def test_without_a_rule_every_default_holds(tmp_path: Path) -> None:
    """The defaults of « Règles » are those that the rules' record declares."""
    assert read(with_rules(""), tmp_path).rules == Rules()


@pytest.mark.parametrize("rule", ["Jurés minimum", "Fusion des jurés", "Seuil compétence", "Pas"])
def test_a_blank_rule_takes_its_default(rule: str, tmp_path: Path) -> None:
    """A row without a value is as if it were absent."""
    assert read(with_rules(f"{rule} |"), tmp_path).rules == Rules()


def test_a_blank_gap_is_never_signalled(tmp_path: Path) -> None:
    """« Écart à signaler » blank means never, where an absent row means 2 points."""
    assert read(with_rules("Écart à signaler |"), tmp_path).rules.divergence is None
    assert read(with_rules(""), tmp_path).rules.divergence == 2


def test_a_blank_eliminatory_threshold_is_the_scales_minimum(tmp_path: Path) -> None:
    """Absent or blank, it follows the scale; written, it is what it says."""
    sheets = with_rules("Seuil éliminatoire |")
    place(sheets, "Échelle", "B4", -1)
    assert read(sheets, tmp_path).rules.eliminatory_points == -1
    assert read(with_rules("Seuil éliminatoire | 0,5"), tmp_path).rules.eliminatory_points == (
        Fraction(1, 2)
    )


def test_every_rule_is_read(tmp_path: Path) -> None:
    """Each row of « Règles » changes what it names, percentages become fractions of 1."""
    found = read(
        with_rules(
            """Fusion des jurés | MAJORITE
            Départage | President
            Écart à signaler | 1,5
            Compétence acquise si | nombre de criteres
            Seuil compétence | 2
            Bloc validé si | moyenne
            Seuil bloc | 66,5 %
            Plancher compétence | 30
            Moyenne générale minimale | 60
            Seuil éliminatoire | 1
            Zone de délibération | 5
            Critère non observé | neutralisé
            Commentaire obligatoire | jamais
            Jurés minimum | 3
            Part minimale d’externes | 40"""
        ),
        tmp_path,
    ).rules
    assert (found.merge.key, found.tie_break.key) == ("majority", "president")
    assert found.divergence == Fraction(3, 2)
    assert found.competency_rule is CompetencyRule.COUNT
    assert found.competency_threshold == 2
    assert (found.block_rule.key, found.block_threshold) == ("mean", Fraction(133, 200))
    assert (found.competency_floor, found.general_mean) == (Fraction(3, 10), Fraction(3, 5))
    assert (found.eliminatory_points, found.deliberation_zone) == (Fraction(1), Fraction(1, 20))
    assert (found.unobserved.key, found.comment.key) == ("left_out", "never")
    assert (found.minimum_jurors, found.minimum_external) == (3, Fraction(2, 5))


def test_a_scale_of_notes_does_not_use_its_sheet(tmp_path: Path) -> None:
    """With « note », bounds come from the rules and « Échelle » may say anything."""
    sheets = with_rules("Type d'échelle | note\nNote maximale | 10\nNote d'acquisition | 6")
    sheets["Échelle"] = rows_of("Libellé | Points | Acquis\nX | beaucoup | ?")
    scale = read(sheets, tmp_path).scale
    assert scale.kind is ScaleKind.NOTE
    assert (int(scale.minimum), int(scale.maximum), int(scale.acquired_from)) == (0, 10, 6)
    assert scale.step == Fraction(1, 2)
    assert scale.levels == ()
    del sheets["Échelle"]
    assert read(sheets, tmp_path).scale == scale


def shaken(name: str, data: st.DataObject) -> str:
    """The name in another case, with or without its accents, with other spaces."""
    plain = name.translate(str.maketrans("éèÉîà'", "eeEia’"))
    text = data.draw(st.sampled_from([name, plain]))
    text = data.draw(st.sampled_from([text, text.upper(), text.lower()]))
    return data.draw(st.sampled_from([text, f" {text}\u00a0", text.replace(" ", "  ")]))


@tries(15, unchecked=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_order_case_and_accents_of_names_do_not_matter(tmp_path: Path, data: st.DataObject) -> None:
    """Sheets, columns and rows are found by what their names say."""
    expected = read(referential_sheets(), tmp_path)
    sheets: Sheets = {}
    for name, rows in data.draw(st.permutations(list(referential_sheets().items()))):
        order = data.draw(st.permutations(range(len(rows[0]))))
        header: list[object] = [shaken(str(rows[0][i]), data) for i in order]
        body = [[row[i] if i < len(row) else None for i in order] for row in rows[1:]]
        sheets[shaken(name, data).strip()[:31]] = [header, *body]
    assert read(sheets, tmp_path) == expected


def test_titles_above_blank_rows_and_merged_cells_do_no_harm(tmp_path: Path) -> None:
    """A title merged over the table, blank rows inside and after it, formats far below."""
    expected = read(referential_sheets(), tmp_path)
    sheets = referential_sheets()
    rows = sheets["Blocs"]
    sheets["Blocs"] = [["Les blocs"], [], rows[0], [], *rows[1:], [" "], [None, "\u00a0"]]
    path = save(tmp_path / "odd.xlsx", sheets)
    book = load_workbook(path)
    sheet = book["Blocs"]
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("C6:E6")
    sheet["A5000"].number_format = "0.00"
    book.save(path)
    found, problems = read_referential(path)
    assert not problems
    assert found == expected


def test_a_cell_merged_downwards_says_the_same_of_each_of_its_rows(tmp_path: Path) -> None:
    """A reader sees one competency and one weight beside two criteria, blank rows apart."""
    sheets = referential_sheets()
    place(sheets, "Critères", "D2", 3)
    place(sheets, "Critères", "D3", 3)
    expected = read(sheets, tmp_path)
    path = save(tmp_path / "merged.xlsx", sheets)
    book = load_workbook(path)
    book["Critères"].merge_cells("B2:B3")
    book["Critères"].merge_cells("D2:D3")
    book["Compétences"].merge_cells("D4:D9")
    book.save(path)
    found, problems = read_referential(path)
    assert not problems
    assert found == expected


def test_a_text_that_begins_with_equals_is_a_text(tmp_path: Path) -> None:
    """Typed with an apostrophe in Excel, it is stored as text and kept."""
    path = save(tmp_path / "equals.xlsx", referential_sheets())
    book = load_workbook(path)
    cell = book["Critères"]["C2"]
    cell.value = "=égalité des parties"
    cell.data_type = "s"
    book.save(path)
    found, problems = read_referential(path)
    assert not problems
    assert found is not None
    assert found.criteria[0].title == "=égalité des parties"


def test_excel_dates_are_read_in_both_calendars(tmp_path: Path) -> None:
    """A date cell is the same day whether the workbook counts from 1900 or 1904."""
    path = save(tmp_path / "dates.xlsx", referential_sheets())
    for mac in (False, True):
        book: Workbook = load_workbook(path)
        if mac:
            book.epoch = CALENDAR_MAC_1904
        book["Certification"]["B9"].value = dt.datetime(2031, 2, 28)  # noqa: DTZ001 - Excel's
        book.save(path)
        found, problems = read_referential(path)
        assert not problems
        assert found is not None
        assert found.certification.expiry_date == dt.date(2031, 2, 28)


def test_percentages_and_numbered_codes_follow_their_cell_format(tmp_path: Path) -> None:
    """0.5 shown as 50 % is one half; 7 shown as 007 is the code 007."""
    sheets = with_rules("Seuil compétence | 50")
    place(sheets, "Règles", "B2", Styled(0.65, "0 %"))
    place(sheets, "Modalités", "A3", Styled(7, "000"))
    place(sheets, "Compétences", "D4", "007")
    found = read(sheets, tmp_path)
    assert found.rules.competency_threshold == Fraction(13, 20)
    assert found.competencies[2].methods == ("007",)


def test_codes_are_referred_to_whatever_their_case(tmp_path: Path) -> None:
    """A reference takes the spelling of the row it names."""
    sheets = referential_sheets()
    place(sheets, "Critères", "B2", "c1.1 ")
    assert read(sheets, tmp_path).criteria[0].competency == "C1.1"


def test_blank_fields_are_told_and_nothing_takes_their_place(tmp_path: Path) -> None:
    """A certification without its RNCP code can be used; `check` says what documents will lack."""
    sheets = referential_sheets()
    place(sheets, "Certification", "B5", None)
    found, problems = read_referential(save(tmp_path / "blank.xlsx", sheets))
    assert found is not None
    assert found.certification.rncp_code is None
    assert [str(problem.message) for problem in problems] == [
        (
            "« Code RNCP » n'est pas rempli ; aucun papier officiel ne peut être fait sans cette "
            "valeur."
        )
    ]


def test_a_message_says_what_was_found_what_is_allowed_and_what_to_do(tmp_path: Path) -> None:
    """The whole line that a user reads, place first."""
    sheets = referential_sheets()
    place(sheets, "Critères", "B3", "C2-1")
    path = save(tmp_path / "referential.xlsx", sheets)
    _, problems = read_referential(path)
    assert [str(problem) for problem in problems] == [
        (
            f"{path.as_posix()}, feuille Critères, cellule B3 : « C2-1 » n'est pas un code de la "
            "feuille Compétences. Vouliez-vous dire « C2.1 » ? Choisir un code existant (« C1.1 », "
            "« C1.2 » ou « C2.1 »), ou ajouter la ligne qui manque dans Compétences."
        )
    ]


def test_an_unreadable_code_is_not_reported_again_by_those_who_use_it(tmp_path: Path) -> None:
    """A formula in a code cell is one problem, not one for each row that names the code."""
    sheets = referential_sheets()
    place(sheets, "Compétences", "A2", "=A9")
    _, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert [problem.code for problem in problems] == ["cell-formula"]


def test_a_logo_is_looked_for_beside_the_workbook(tmp_path: Path) -> None:
    """Its path counts from the référentiel's folder."""
    sheets = referential_sheets()
    place(sheets, "Certification", "A13", "Logo")
    place(sheets, "Certification", "B13", "images\\logo.png")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "logo.png").write_bytes(b"")
    assert read(sheets, tmp_path).certification.logo == "images\\logo.png"


def test_the_shipped_workbook_reads_without_error() -> None:
    """71 criteria, and nothing to say but what the school has yet to fill in."""
    found, problems = read_referential(Path(__file__).parents[2] / "referential.xlsx")
    assert found is not None
    assert len(found.criteria) == 71
    assert {problem.code for problem in problems} == {"field-blank", "official-value-blank"}


def test_the_values_of_official_papers_are_declared_once(tmp_path: Path) -> None:
    """Those of the design's list, blank ones named in the sheet's order."""
    sheets = referential_sheets()
    place(sheets, "Certification", "B10", None)
    place(sheets, "Certification", "B4", None)
    found, problems = read_referential(save(tmp_path / "blank.xlsx", sheets))
    assert found is not None
    assert [item.name for item in official_blanks(found.certification)] == [
        "Niveau CEC",
        "Signataire",
    ]
    assert [problem.location.cell for problem in problems] == ["B4", "B10"]
    assert [item.name for item in OFFICIAL_FIELDS] == [
        "Intitulé",
        "Niveau",
        "Niveau CEC",
        "Code RNCP",
        "Code NSF",
        "Certificateur",
        "Date de décision France compétences",
        "Signataire",
        "Qualité du signataire",
    ]


def test_a_scale_of_notes_may_acquire_from_its_minimum(tmp_path: Path) -> None:
    """A school may count every note as acquired; no note is then too good to be refused."""
    sheets = with_rules("Type d'échelle | note\nNote d'acquisition | 0\nSeuil compétence | 0")
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert found is not None
    assert found.scale.acquired_from == found.scale.minimum == 0
    assert [problem.code for problem in problems] == ["acquired-at-minimum"]


def test_faults_in_one_row_leave_the_others_checked(tmp_path: Path) -> None:
    """A row with unreadable points or codes is said so, and rows around it are still compared."""
    sheets = referential_sheets()
    place(sheets, "Échelle", "B2", "deux")
    place(sheets, "Échelle", "B4", 1)
    _, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert [(problem.code, problem.location.cell) for problem in problems] == [
        ("number-unreadable", "B2"),
        ("scale-points-equal", "B4"),
    ]


def test_an_unreadable_bound_of_notes_is_said_once(tmp_path: Path) -> None:
    """What depends on it is not guessed at."""
    sheets = with_rules("Type d'échelle | note\nNote minimale | zéro\nNote maximale | -5")
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert found is None
    assert [(problem.code, problem.location.cell) for problem in problems] == [
        ("number-unreadable", "B3")
    ]
