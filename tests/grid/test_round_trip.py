"""A grid is read back exactly as it was written, whatever the texts and the scale."""

from __future__ import annotations

import string
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import grid_files
import strategies
from hypothesis import given
from hypothesis import strategies as st
from office import Change, FillJob
from tries import tries

from sheetgen.excel.cell_text import excel_length
from sheetgen.grid.contract import (
    DECLARATION_LABEL,
    OPINION_LABEL,
    REMARKS_LABEL,
    TYPED_BY_LABEL,
)
from sheetgen.grid.read.grid import text_of
from sheetgen.grid.write.calculation import Answers
from sheetgen.model import (
    EXEMPT,
    NOT_OBSERVED,
    Block,
    BlockCode,
    Certification,
    CriterionCode,
    JurorCode,
    Level,
    Mark,
)
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grid_files import GridFile
    from hypothesis.strategies import DataObject, SearchStrategy
    from office import Office
    from strategies import Scenario

    from sheetgen.model import Referential, Scale

ODD = (
    *("=1+1", "+2", "@x", "'quote", '"', "<b>&amp;</b>", "_x0041_", "a\nb", "\u00a0"),
    *("🎓🧑🏽‍🏫", "שלום", "مرحبا"),
)
"""Texts that a cell, a formula or a part of the file could take for something else."""


def texts() -> SearchStrategy[str]:
    """Any text that a cell can hold, without spaces around it."""
    letters = st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n"
    )
    return st.one_of(st.sampled_from(ODD), st.text(letters, max_size=40)).map(str.strip)


def outcome(grid: GridFile) -> dict[CriterionCode, tuple[str | Fraction, Fraction | None, str]]:
    """Value, points and comment of every mark read."""
    return {
        code: (mark.value, mark.points, mark.comment) for code, mark in grid.read().marks.items()
    }


@tries(25)
@given(scenario=strategies.scenarios(), data=st.data())
def test_marks_and_comments_come_back(scenario: Scenario, data: DataObject) -> None:
    """Every mark with its comment, and nothing on the exempted criteria."""
    for (candidate, juror), marks in scenario.marks.items():
        assignment = next(
            item
            for item in scenario.session.assignments
            if (item.candidate, item.juror) == (candidate, juror)
        )
        exempt = scenario.session.exemptions_of[candidate]
        written = {
            code: replace(mark, comment=data.draw(texts()))
            for code, mark in marks.items()
            if code not in exempt
        }
        grid = grid_files.write(scenario.referential, scenario.session, assignment, written)
        assert outcome(grid) == {
            code: (mark.value, mark.points, mark.comment) for code, mark in written.items()
        }


@tries(15)
@given(
    opinion=texts(),
    remarks=texts(),
    typed_by=texts(),
    declaration=st.sampled_from([True, False, None]),
)
def test_answers_come_back(
    opinion: str, remarks: str, typed_by: str, declaration: bool | None
) -> None:
    """The declaration, the opinion, the remarks and who typed them, beside their labels."""
    known = builders.referential({"C1.1": 1})
    answers = Answers(declaration=declaration, opinion=opinion, remarks=remarks, typed_by=typed_by)
    grid = grid_files.write(known, builders.session(known), answers=answers).read_whole()
    given = (DECLARATION_LABEL, OPINION_LABEL, REMARKS_LABEL, TYPED_BY_LABEL)
    assert {label: [text_of(cell.value) for cell in grid.answers[label]] for label in given} == {
        DECLARATION_LABEL: [{True: "Oui", False: "Non", None: ""}[declaration]],
        OPINION_LABEL: [opinion],
        REMARKS_LABEL: [remarks],
        TYPED_BY_LABEL: [typed_by],
    }


def labels() -> SearchStrategy[list[str]]:
    """Labels that a scale may have: distinct once folded, none reserved."""
    reserved = {fold(NOT_OBSERVED), fold(EXEMPT), ""}
    return st.lists(
        texts().filter(lambda text: fold(text) not in reserved),
        min_size=2,
        max_size=6,
        unique_by=fold,
    )


def scale_of(names: list[str]) -> Scale:
    """A scale of these labels, the highest points first."""
    count = len(names)
    return builders.level_scale(
        Level(label=name, points=Fraction(count - place), acquired=place == 0)
        for place, name in enumerate(names)
    )


@tries(25)
@given(names=labels(), data=st.data())
def test_any_label_comes_back(names: list[str], data: DataObject) -> None:
    """Also one that looks like a number, a formula or a wildcard."""
    known = builders.referential({"C1.1": 3}, scale=scale_of(names))
    given_levels = data.draw(st.lists(st.sampled_from(known.scale.levels), min_size=3, max_size=3))
    marks = {
        item.code: Mark(
            juror=JurorCode("J1"), criterion=item.code, value=level.label, points=level.points
        )
        for item, level in zip(known.criteria, given_levels, strict=True)
    }
    grid = grid_files.write(known, builders.session(known), marks=marks)
    assert outcome(grid) == {code: (m.value, m.points, "") for code, m in marks.items()}


LEGAL_NAMES = (
    "BC01",
    "A1",
    "R1C1",
    "TRUE",
    "1 Préparer",
    "L'accueil d'un client",
    "Bloc « été » & <suite>",
    'Les "4" saisons',
    "=SUM(A1)",
    "#REF!",
    "🎓 Bloc 🧑🏽‍🏫",
    "בלוק ראשון",
    "x" * 31,
    "''a''".strip("'") + "''b",
    "Ventes;2026,{A}$B$2%",
    "SORT(FILTER(BASE(2)))",
)
"""Names that Excel accepts for a sheet and that a formula must quote."""


def named(known: Referential, name: str) -> Referential:
    """The référentiel with its first bloc's code changed."""
    first = known.blocks[0]
    return replace(
        known,
        blocks=(Block(code=BlockCode(name), title=name), *known.blocks[1:]),
        activities=tuple(
            replace(item, block=BlockCode(name)) if item.block == first.code else item
            for item in known.activities
        ),
    )


def filled(known: Referential) -> Mapping[CriterionCode, Mark]:
    """The highest mark on every criterion."""
    return {
        item.code: builders.mark(known, "J1", item.code, known.scale.maximum)
        for item in known.criteria
    }


def test_blocs_of_any_legal_name_are_written_filled_and_read(
    libreoffice: Office, tmp_path: Path
) -> None:
    """A juror fills them in LibreOffice: every formula follows, every mark is read back."""
    grids = {}
    jobs = []
    for number, name in enumerate(LEGAL_NAMES):
        known = named(builders.referential({"C1.1": 2, "C2.1": 1}), name)
        grid = grid_files.write(known, builders.session(known))
        source, target = tmp_path / f"{number}.xlsx", tmp_path / "filled" / f"{number}.xlsx"
        source.write_bytes(grid.data)
        changes = [
            Change(sheet=block.block.code, cell=f"C{item.row + 1}", value="Acquis")
            for block in grid.plan.blocks
            for item in block.criteria
        ]
        jobs.append(FillJob(source=source, target=target, changes=changes))
        grids[target] = grid
    libreoffice.fill(jobs)
    for path, book in libreoffice.recalculate(list(grids)).items():
        grid = grids[path]
        name = grid.plan.blocks[0].block.code
        assert book.errors == (), name
        lines = grid_files.summary_lines(book.sheets["Synthèse"])
        assert lines[name] == (1.0, "Validé")
        assert book.sheets["Accueil"][f"E{_line_of(grid, name)}"] == "✔ Terminé"
        returned = replace(grid, data=path.read_bytes())
        expected = {
            item.code: ("Acquis", Fraction(2), "") for item in grid.plan.referential.criteria
        }
        assert outcome(returned) == expected


def _line_of(grid: GridFile, name: str) -> int:
    """The row of a bloc on the first sheet, found by its link."""
    shown = [cell.value for cell in grid.book["Accueil"]["A"]]
    return shown.index(f"{name} ➜") + 1


def test_forty_blocs_fit() -> None:
    """Each has its sheet, its line on the first sheet and in the summary."""
    count = 40
    known = builders.referential({f"C{number}.1": 1 for number in range(1, count + 1)})
    marks = filled(known)
    grid = grid_files.write(known, builders.session(known), marks=marks)
    assert len(grid.book.sheetnames) == count + 4
    assert len(grid_files.summary_of(grid.values)) == 2 * count
    assert outcome(grid).keys() == marks.keys()


def test_a_scale_of_255_levels_of_255_characters_is_offered_whole() -> None:
    """Every level can be chosen and is read back."""
    filler = (string.ascii_letters + " é🎓'\"&<") * 5
    names = [f"{number:03} {filler}"[:255] for number in range(255)]
    known = builders.referential({"C1.1": 255}, scale=scale_of(names))
    marks = {
        item.code: Mark(
            juror=JurorCode("J1"), criterion=item.code, value=level.label, points=level.points
        )
        for item, level in zip(known.criteria, known.scale.levels, strict=True)
    }
    grid = grid_files.write(known, builders.session(known), marks=marks)
    assert outcome(grid) == {code: (m.value, m.points, "") for code, m in marks.items()}


def longest(name: str, length: int = 255) -> str:
    """A text that Excel counts so many characters of, some of them in two units."""
    text = f'{name} 🎓 "l\'été" & <שלום> '
    while excel_length(text) < length - 1:
        text += "🎓"
    return text + "x" * (length - excel_length(text))


def test_every_text_at_its_longest_is_written_and_read() -> None:
    """Names and labels of 255 characters, codes of 60, a bloc's of 31, texts of 8 000."""
    known = named(builders.referential({"C1.1": 1}), longest("Bloc", 31))
    criterion, competency = known.criteria[0], known.competencies[0]
    code = CriterionCode(longest("C", 60))
    known = replace(
        known,
        certification=Certification(
            title=longest("Certification", 8000),
            level=longest("Niveau"),
            rncp_code=longest("RNCP"),
            certifier=longest("École"),
            version=longest("Version"),
        ),
        blocks=(replace(known.blocks[0], title=longest("Titre", 8000)),),
        competencies=(replace(competency, title=longest("Compétence", 8000)),),
        criteria=(replace(criterion, code=code, title=longest("Critère", 8000)),),
        scale=scale_of([longest("Acquis"), longest("Non")]),
    )
    person = replace(
        builders.candidate(longest("1", 60), presented=[known.blocks[0].code]),
        last_name=longest("Nom"),
        first_name=longest("Prénom"),
    )
    juror = replace(
        builders.juror(longest("J", 60)), last_name=longest("Nom"), first_name=longest("Prénom")
    )
    session = replace(
        builders.session(known, candidates=[person], jurors=[juror]),
        code=longest("S", 60),
        title=longest("Session"),
    )
    level = known.scale.levels[0]
    mark = Mark(juror=juror.code, criterion=code, value=level.label, points=level.points)
    grid = grid_files.write(
        known, session, marks={code: replace(mark, comment=longest("Observation", 8000))}
    )
    assert outcome(grid) == {code: (level.label, level.points, longest("Observation", 8000))}
    assert grid.read_whole().stamp == {k: v for k, v in grid.stamp.fields().items() if v}
