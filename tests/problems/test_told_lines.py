"""Problems on the screen: alike ones in one line, errors last, readable on a narrow terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import EXAMPLES, ROOT, Workplace
from openpyxl import load_workbook

from sheetgen.cli import main
from sheetgen.problems import (
    Location,
    Problem,
    Severity,
    files,
    grid_marks,
    grids,
    made,
    outputs,
    several_grids,
    source_files,
)
from sheetgen.problems.told_lines import Line, counts_line, problem_lines

if TYPE_CHECKING:
    from pathlib import Path


SHIPPED = ("--referential", str(ROOT / "referential.xlsx"))
"""The référentiel that says nine fields of the certification not yet."""


def faulty(cell: str, found: str) -> Problem:
    """A mark that is no level."""
    location = Location(file="a.xlsx", sheet="BC01", cell=cell)
    return grid_marks.NOT_A_LEVEL.at(location, found=found, near="", allowed="« Acquis »")


def blank(cell: str, name: str) -> Problem:
    """A field of the certification that is not filled in."""
    location = Location(file="referential.xlsx", sheet="Certification", cell=cell)
    return source_files.FIELD_BLANK.at(location, name=name, documents="les rapports", help="")


def texts(*problems: Problem) -> list[str]:
    """Return the lines without their labels."""
    return [line.text for line in problem_lines(problems)]


def test_errors_come_last() -> None:
    """Notes, then warnings, then errors, whatever their order was."""
    lines = problem_lines(
        [
            faulty("C6", "Aquis"),
            several_grids.GRID_DUPLICATE.at(Location(file="b.xlsx"), other="a.xlsx"),
            grids.ANSWER_LOST.at(Location(file="a.xlsx"), label="Avis"),
        ]
    )
    assert [line.label for line in lines] == ["· Note", "▲ Attention", "✘ Erreur"]
    assert lines[-1].severity is Severity.ERROR


def test_notes_may_be_left_out() -> None:
    """Neither said nor counted; warnings and errors are."""
    note = several_grids.GRID_DUPLICATE.at(Location(file="b.xlsx"), other="a.xlsx")
    assert problem_lines([note], notes=False) == []
    assert counts_line([note], notes=False) == ""
    assert counts_line([note, faulty("C6", "Aquis")], notes=False) == (
        "1 erreur(s), 0 avertissement(s)."
    )


def test_blank_fields_of_a_sheet_are_one_line() -> None:
    """Each with its cell; one alone has its help."""
    three = [blank("B4", "Niveau CEC"), blank("B5", "Code RNCP"), blank("B6", "Code NSF")]
    assert texts(*three) == [
        (
            "referential.xlsx : 3 champs de la feuille Certification ne sont pas remplis ; ils "
            "manqueront sur les documents : Niveau CEC (B4), Code RNCP (B5) et Code NSF (B6). Les "
            "remplir quand ce sera connu."
        )
    ]
    assert texts(three[0]) == [str(three[0])]
    (absent,) = texts(blank("", "Niveau CEC"), blank("B5", "Code RNCP"))
    assert ": Niveau CEC et Code RNCP (B5). " in absent


def test_values_that_documents_lack_are_named_by_their_meaning() -> None:
    """Document by document; the names of the templates' fields are for one alone."""
    lacking = [
        outputs.FIELD_MISSING.at(
            Location(file=template),
            subjects="la session",
            fields="certification.code_rncp (code RNCP) ; certification.code_nsf (code NSF)",
            meanings="code RNCP, code NSF",
        )
        for template in ("parchemin.docx", "releve.docx", "notification.docx")
    ]
    (text,) = texts(*lacking)
    assert text.startswith(
        "« [à compléter] » est imprimé où la valeur manque : parchemin.docx (code RNCP, code NSF) "
        "; releve.docx (code RNCP, code NSF) et notification.docx (code RNCP, code NSF). Compléter "
    )


def test_what_is_wrong_alike_in_several_files_is_one_line() -> None:
    """The cure is read once; every file is named."""
    kept = [files.FILE_KEPT.at(Location(file=f"grilles/{name}.xlsx")) for name in "abc"]
    (text,) = texts(*kept, faulty("C6", "Aquis"))[:1]
    assert text == (
        "3 fichiers : Un fichier différent porte déjà ce nom ; il a été conservé. Le déplacer, ou "
        "relancer avec --force pour le remplacer. Ce sont : grilles/a.xlsx, grilles/b.xlsx et "
        "grilles/c.xlsx."
    )


def test_what_is_wrong_alike_in_several_cells_is_one_line() -> None:
    """The cells of one sheet stand together."""
    assert texts(*(faulty(cell, "Aquis") for cell in ("C6", "C7", "C9"))) == [
        (
            "a.xlsx, feuille BC01, cellules C6, C7 et C9 : « Aquis » n'est pas une appréciation. "
            "Choisir « Acquis »."
        )
    ]


def test_jurors_whose_names_were_exchanged_are_one_line_and_their_grids_another() -> None:
    """Names exchanged in session.xlsx refuse the grids of both: each person is named once."""
    pair = (("J1", "Ada Exemple", "Zoé Essai"), ("J2", "Zoé Essai", "Ada Exemple"))
    place = Location(file="session.xlsx", sheet="Jurés")
    reused = [
        made.NUMBER_REUSED.at(
            place, who="juré", number=code, now=now, word="code", then=then, elsewhere=""
        )
        for code, then, now in pair
    ]
    replaced = [
        made.PERSON_REPLACED.at(
            Location(file=f"retours/{code}-{number}.xlsx"),
            who="juré",
            number=code,
            then=then,
            now=now,
            elsewhere="",
            sheet="Jurés",
        )
        for code, then, now in pair
        for number in range(49)
    ]
    people = (
        "J1 (Ada Exemple, maintenant Zoé Essai)",
        "J2 (Zoé Essai, maintenant Ada Exemple)",
    )
    of_people, of_grids = texts(*reused, *replaced)
    assert of_people.startswith("session.xlsx : 2 lignes de la feuille Jurés ont un numéro")
    assert f" : {people[0]} et {people[1]}. " in of_people
    assert of_grids.startswith("98 grilles ont été faites pour d'autres personnes")
    assert all(f"juré {person}" in of_grids for person in people)


def test_different_faults_are_said_one_by_one_up_to_twenty() -> None:
    """Beyond, the first ten are, then the places of the others: nothing goes unsaid."""
    twenty = [faulty(f"C{row}", f"x{row}") for row in range(20)]
    assert texts(*twenty) == [str(problem) for problem in twenty]
    more = [*twenty, faulty("C20", "x20")]
    said = texts(*more)
    assert said[:10] == [str(problem) for problem in more[:10]]
    (others,) = said[10:]
    assert others == (
        "a.xlsx : 11 autres de même : feuille BC01, cellules C10, C11, C12, C13, C14, C15, C16, "
        "C17, C18, C19 et C20."
    )


def test_a_long_list_is_cut_with_its_count() -> None:
    """Sixty grids that are not back: the first forty, and how many others."""
    missing = [
        several_grids.GRID_MISSING.at(
            Location(file="retours"), juror="J1", candidate=f"C{number:02}", name="A"
        )
        for number in range(1, 61)
    ]
    (text,) = texts(*missing)
    assert text.startswith("retours : 60 grilles ne sont pas revenues : C01 par J1, C02 par J1, ")
    assert text.endswith("C40 par J1 et 20 autres. Les demander aux jurés.")


def test_the_same_problem_is_said_once() -> None:
    """Two steps of a command may find it both."""
    assert texts(faulty("C6", "Aquis"), faulty("C6", "Aquis")) == [str(faulty("C6", "Aquis"))]


def test_lines_are_wrapped_between_words() -> None:
    """Indented from the second on; French punctuation never begins a line."""
    line = Line(severity=Severity.ERROR, text="a.xlsx : « Aquis » n'est pas une appréciation !")
    assert line.wrapped(None) == "✘ Erreur a.xlsx : « Aquis » n'est pas une appréciation !"
    assert line.wrapped(24).replace("\N{NO-BREAK SPACE}", " ") == (
        "✘ Erreur a.xlsx :\n  « Aquis » n'est pas\n  une appréciation !"
    )


def planted(tmp_path: Path) -> Path:
    """The example session with an error: somebody who marks a candidate that is not there."""
    book = load_workbook(EXAMPLES / "session.xlsx")
    book["Affectations"]["A2"] = "C99"
    path = tmp_path / "session.xlsx"
    book.save(path)
    return path


def test_check_ends_with_errors_counts_and_the_next_step(
    tmp_path: Path, workplace: Workplace
) -> None:
    """The bottom of the screen says what to do now."""
    result = workplace.run("check", *SHIPPED, "--session", str(planted(tmp_path)))
    assert result.exit_code == 1
    lines = result.output.splitlines()
    first_error = next(number for number, line in enumerate(lines) if line.startswith("✘"))
    assert all(line.startswith("✘") for line in lines[first_error:-2])
    assert lines[-2].endswith(" note(s).")
    assert lines[-1] == ("Étape suivante : corriger les erreurs, puis relancer « sheetgen check ».")
    assert len([line for line in lines if "feuille Certification" in line]) == 2


def test_json_keeps_every_problem_single(workplace: Workplace) -> None:
    """A program gets the nine blank fields one by one; the screen says them in two lines."""
    result = workplace.run("check", *SHIPPED, "--json")
    codes = [item["code"] for item in json.loads(result.stdout)["problems"]]
    assert (codes.count("field-blank"), codes.count("official-value-blank")) == (2, 7)
    assert result.stderr.count("ne sont pas remplis") == 2


@pytest.mark.parametrize("command", ["check", "generate"])
def test_problems_go_to_standard_error_and_results_to_standard_output(
    command: str, workplace: Workplace
) -> None:
    """Of every severity; with `--quiet` no result, and no note."""
    result = workplace.run(command, *SHIPPED)
    assert "▲ Attention" in result.stderr
    assert "▲" not in result.stdout
    assert "Étape suivante" in result.stdout
    quiet = workplace.run(command, *SHIPPED, "--quiet")
    assert quiet.stdout == ""
    assert "▲ Attention" in quiet.stderr
    assert "· Note" not in quiet.stderr


HIDDEN = [("check", "--jobs"), ("status", "--no-reports"), ("extract", "--no-reports")]


@pytest.mark.parametrize(("command", "option"), HIDDEN)
def test_an_option_without_effect_is_accepted_and_not_shown(
    command: str, option: str, workplace: Workplace
) -> None:
    """Whoever types it, or has it in a script, is not refused; nobody is told of it."""
    assert option not in CliRunner().invoke(main, [command, "--help"]).output
    typed = [option, "2"] if option == "--jobs" else [option]
    argument = ["C01"] if command == "extract" else []
    assert workplace.run(command, *typed, *argument).exit_code in {0, 1}


def test_the_cure_has_a_line_of_its_own_on_a_terminal() -> None:
    """Where lines are cut, what to do begins one; elsewhere a problem stays one line."""
    problem = Problem(
        code="x",
        severity=Severity.ERROR,
        message="« Aquis » n'est pas une appréciation.",
        hint="Choisir dans la liste de la cellule.",
        location=Location(file="a.xlsx"),
    )
    (line,) = problem_lines([problem])
    assert line.wrapped(None) == f"✘ Erreur {problem}"
    assert line.wrapped(32).replace("\N{NO-BREAK SPACE}", " ") == (
        "✘ Erreur a.xlsx : « Aquis »\n"
        "  n'est pas une appréciation.\n"
        "  → Choisir dans la liste de la\n"
        "    cellule."
    )
