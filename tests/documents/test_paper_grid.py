"""The grid on paper: what the grid on screen asks, with boxes, on three pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import builders
from conftest import EXAMPLES
from report_world import read_all, read_lines, read_rows

from sheetgen.documents.contexts.paper_grid import choices_of
from sheetgen.grid import particular_lines, plan_grid
from sheetgen.grid.identity import SigningKey, stamp_grid
from sheetgen.grid.write import write_grid
from sheetgen.model import Absence
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

    from sheetgen.documents.school_templates import Templates
    from sheetgen.model import Assignment, Referential, Session


def _example() -> tuple[Referential, Session, Assignment]:
    """Return the example, and the grid of all its blocs for its first juror."""
    known, _ = read_referential(EXAMPLES / "referential.xlsx")
    assert known is not None
    session, _ = read_session(EXAMPLES / "session.xlsx", known)
    assert session is not None
    return known, session, session.assignments[0]


def test_every_criterion_has_its_text_and_its_boxes(templates: Templates) -> None:
    """All 71, each once, under their bloc; the reference of the grid to type them into."""
    known, session, assignment = _example()
    assert templates.paper_grid is not None
    document = templates.paper_grid.render(known, session, assignment)
    rows = {row[0]: row for row in read_rows(document) if len(row) == 4}
    assert [code for code in rows if code.count(".") == 2] == [item.code for item in known.criteria]
    for item in known.criteria:
        assert " ".join(rows[item.code][1].split()) == " ".join(item.title.split())
        assert rows[item.code][2].count("☐") == 4
    text = read_all(document)
    assert "DEMO-2026 / C01 / J1" in text
    assert "Saisie d’après papier par" in text


def test_what_loses_a_bloc_alone_is_flagged_as_on_the_screen(templates: Templates) -> None:
    """Beside the criterion and its competency; a grid in common has a declaration for each."""
    known, session, assignment = _example()
    first, second, *others = known.criteria
    flagged = (replace(first, eliminatory=True), replace(second, mandatory=True), *others)
    competencies = tuple(
        replace(item, mandatory=item.code == first.competency) for item in known.competencies
    )
    changed = replace(known, criteria=flagged, competencies=competencies)
    assert templates.paper_grid is not None
    document = templates.paper_grid.render(changed, session, assignment)
    text = read_all(document)
    assert f"{first.competency} — (compétence obligatoire) " in text
    assert "(critère éliminatoire)" in text
    assert "(critère obligatoire)" in text
    declared = next(row for row in read_rows(document) if row[0] == "Odile Hypothèse")
    assert " ".join(declared[1].split()) == "☐ Oui ☐ Non"


def test_who_was_absent_has_no_box_and_nothing_is_called_locked(templates: Templates) -> None:
    """A sheet of paper locks nothing, and is headed by the one person who fills it in."""
    known, session, assignment = _example()
    assert templates.paper_grid is not None
    method = known.methods[0].code
    missed = Absence(candidate=assignment.candidate, method=method)
    away = replace(session, absences=(*session.absences, missed))
    document = templates.paper_grid.render(known, away, assignment)
    (line,) = [text for text in read_lines(document) if "Candidat absent" in text]
    assert line.startswith("À appliquer : Candidat absent : rien à évaluer pour ")
    assert "verrouill" not in read_all(document)
    assert "Juré : Odile Hypothèse (J1)" in read_all(document)
    plan = plan_grid(known, away, assignment)
    assert particular_lines(plan)[-1].endswith(", déjà verrouillés.")


def test_a_note_has_a_line_and_an_exemption_no_box(templates: Templates) -> None:
    """What is not to be marked cannot be ticked by mistake."""
    assert choices_of(builders.note_scale()) == "…………\u00a0/\u00a020   ☐\u00a0Non\u00a0observé"
    known, session, _ = _example()
    assert templates.paper_grid is not None
    person, exempt = next(item for item in session.exemptions_of.items() if item[1])
    own = session.assignments_of[person][0]
    rows = {row[0]: row for row in read_rows(templates.paper_grid.render(known, session, own))}
    for code in exempt & rows.keys():
        assert rows[code][2] == "Exempté : rien à évaluer"
    assert exempt & rows.keys()


def test_an_anonymous_session_prints_numbers(templates: Templates) -> None:
    """As its grids do."""
    known, session, assignment = _example()
    assert templates.paper_grid is not None
    hidden = replace(session, anonymous=True)
    text = read_all(templates.paper_grid.render(known, hidden, assignment))
    assert "Candidat n° C01" in text
    assert session.candidate[assignment.candidate].last_name not in text


def test_boxes_are_large_enough_for_a_pen(templates: Templates) -> None:
    """Ten points at least, wherever one is to be ticked."""
    known, session, assignment = _example()
    assert templates.paper_grid is not None
    with zipfile.ZipFile(io.BytesIO(templates.paper_grid.render(known, session, assignment))) as z:
        written = z.read("word/document.xml").decode()
    sizes = [
        re.search(r'<w:sz w:val="(\d+)"/>', run)
        for run in re.findall(r"<w:r>.*?</w:r>", written)
        if "☐" in run
    ]
    assert len(sizes) == 4 * len(known.criteria) + 2
    assert all(size is not None and int(size[1]) >= 20 for size in sizes)


def test_it_takes_three_pages_at_most_fewer_than_on_screen(
    tmp_path: Path, templates: Templates, libreoffice: Office
) -> None:
    """For 71 criteria, printed by LibreOffice beside the grid on screen."""
    known, session, assignment = _example()
    assert templates.paper_grid is not None
    paper, grid = tmp_path / "papier.docx", tmp_path / "grille.xlsx"
    paper.write_bytes(templates.paper_grid.render(known, session, assignment))
    stamp = stamp_grid(SigningKey(b"0" * 32), known, session, assignment)
    grid.write_bytes(write_grid(plan_grid(known, session, assignment), stamp))
    pages = [_pages(path) for path in libreoffice.convert([paper, grid], tmp_path / "pdf", ".pdf")]
    assert pages[0] <= 3
    assert pages[0] < pages[1]


def _pages(pdf: Path) -> int:
    program = shutil.which("pdfinfo")
    assert program is not None, "pdfinfo is part of poppler-utils"
    told = subprocess.run([program, str(pdf)], capture_output=True, text=True, check=True)
    found = re.search(r"^Pages: +(\d+)$", told.stdout, re.MULTILINE)
    assert found is not None
    return int(found[1])
