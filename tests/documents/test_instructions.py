"""The page of instructions that jurors are sent: the guide's words, this session's dates."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from datetime import date, time
from typing import TYPE_CHECKING

import ooxml
from conftest import ROOT
from report_world import TEMPLATES, read_all, read_rows

from sheetgen.documents.missing import MissingFields
from sheetgen.model import CandidateId, Passage
from sheetgen.rules import mark_in_common

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from report_world import World

    from sheetgen.documents.school_templates import Templates
    from sheetgen.model import Session


def _dated(world: World) -> Session:
    return dataclasses.replace(world.session, return_deadline=date(2026, 6, 22))


def _page(templates: Templates, world: World, session: Session) -> bytes:
    assert templates.instructions is not None
    return templates.instructions.render(world.referential, session)


GUIDE = ROOT / "docs" / "guide" / "jures.md"
NO_BREAK = "\N{NO-BREAK SPACE}"
LATER = f"avant la date indiquée sur «{NO_BREAK}Accueil{NO_BREAK}»"
"""What the guide says where the page has the session's own date."""


COMMON = "## Quand la grille est commune\n"
"""Below it the guide says what the page has for grids in common alone."""


def _guide() -> list[str]:
    """The paragraphs, steps and notes of the guide's page as a Word document says them."""
    alone, _, _ = GUIDE.read_text(encoding="utf-8").partition(COMMON)
    said = re.sub(r"^\|.*\n", "", alone.strip(), flags=re.MULTILINE)  # pictures of sheets
    text = re.sub(r"\n +", " ", said)
    lines = re.findall(
        r"^(?:#+ |\d+\. |- )?(\S.*)$", re.sub(r"\n(?![\n\d#-])", " ", text), re.MULTILINE
    )
    quoted = (re.sub(r"`([^`]+)`|(?<!\*)\*([^*]+)\*(?!\*)", _quote, line) for line in lines[1:])
    return [line.replace("**", "") for line in quoted]


def _quote(found: re.Match[str]) -> str:
    """A name or a value, which the guide sets apart by its type."""
    return f"«{NO_BREAK}{found[1] or found[2]}{NO_BREAK}»"


def test_the_page_says_all_that_the_guide_says(world: World, templates: Templates) -> None:
    """Each step and each note, in order; the date in place of where to find it."""
    told = _guide()
    assert len(told) >= 1 + 6 + 1 + 6
    text = read_all(_page(templates, world, _dated(world)))
    place = 0
    for words in told:
        place = text.index(words.replace(LATER, f"avant le 22{NO_BREAK}juin{NO_BREAK}2026"), place)
    assert "avant le 22\u00a0juin\u00a02026" in text
    assert "avant la date indiquée" not in text


def test_the_page_of_a_jury_that_marks_in_common_says_so(
    world: World, templates: Templates
) -> None:
    """What the guide says of it stands in place of what each would have received."""
    session = mark_in_common(world.referential, _dated(world))
    text = read_all(_page(templates, world, session))
    _, _, said = GUIDE.read_text(encoding="utf-8").partition(COMMON)
    assert re.sub(r"\*([^*]+)\*", _quote, " ".join(said.split())) in text
    assert "Vous avez reçu un classeur par candidat" not in text
    assert "Vous remplissez ensemble" not in read_all(_page(templates, world, _dated(world)))


def test_nothing_of_markdown_is_left(world: World, templates: Templates) -> None:
    """Names and values stand between « », what matters is strong."""
    text = read_all(_page(templates, world, _dated(world)))
    assert "`" not in text
    assert "*" not in text


def test_no_candidate_and_no_juror_is_on_it(world: World, templates: Templates) -> None:
    """One page goes to every juror: without turns and rooms it names nobody."""
    text = read_all(_page(templates, world, _dated(world)))
    names = [person.last_name for person in world.session.candidates]
    names += [juror.last_name for juror in world.session.jurors]
    assert [name for name in names if name in text] == []


def _called(session: Session) -> Session:
    """Return the session with ten candidates of two juries, in two rooms on two days."""
    first, *_ = session.candidates
    people = tuple(
        dataclasses.replace(
            first,
            id=CandidateId(f"C{place:02}"),
            first_name="Marie-Hélène",
            last_name=f"Martin-Durand {place}",
            jury="AB"[place % 2],
            passage=Passage(day=date(2026, 6, 15 + place // 6), time=time(18 - place, 30)),
            room=("Amphi Nord", "A 12")[place % 2],
        )
        for place in range(1, 11)
    )
    return dataclasses.replace(session, candidates=people)


def test_turns_and_rooms_are_told_by_jury_day_and_room(world: World, templates: Templates) -> None:
    """In the order of turns; no column of juries where none is named, no table where none comes."""
    session = _called(_dated(world))
    rows = read_rows(_page(templates, world, session))
    start = rows.index(["Jury", "Jour", "Salle", "Candidats"]) + 1
    assert [row[:3] for row in rows[start : start + 4]] == [
        ["B", "15/06/2026", "A 12"],
        ["A", "15/06/2026", "Amphi Nord"],
        ["A", "16/06/2026", "Amphi Nord"],
        ["B", "16/06/2026", "A 12"],
    ]
    assert re.findall(r"C\d+", rows[start][3]) == ["C05", "C03", "C01"]
    one, two, *_ = session.candidates
    two = dataclasses.replace(two, room=None, passage=None, jury=None)
    one = dataclasses.replace(one, jury=None)
    rows = read_rows(_page(templates, world, dataclasses.replace(session, candidates=(two, one))))
    start = rows.index(["Jour", "Salle", "Candidats"])
    hour = f"17{NO_BREAK}h{NO_BREAK}30"
    assert rows[start + 1 : start + 3] == [
        ["15/06/2026", "A 12", f"{hour} Marie-Hélène Martin-Durand 1 (C01)"],
        ["—", "—", "Marie-Hélène Martin-Durand 2 (C02)"],
    ]
    for quiet in (_dated(world), dataclasses.replace(session, anonymous=True)):
        text = read_all(_page(templates, world, quiet))
        assert [word for word in ("Passages et salles", "(C01", "Martin") if word in text] == []


def test_a_session_without_a_deadline_is_said(world: World, templates: Templates) -> None:
    """What is missing is marked on the page and told of."""
    assert templates.instructions is not None
    missing = MissingFields()
    session = dataclasses.replace(world.session, return_deadline=None)
    document = templates.instructions.render(world.referential, session, missing)
    assert "[à compléter]" in read_all(document)
    (problem,) = missing.problems
    assert "session.date_limite" in problem.message


def test_it_is_one_page_valid_for_word(
    tmp_path: Path, world: World, templates: Templates, libreoffice: Office
) -> None:
    """One page to print for ten candidates, which Word opens without a repair prompt."""
    path, common = tmp_path / "consignes-jures.docx", tmp_path / "commune.docx"
    path.write_bytes(_page(templates, world, _called(_dated(world))))
    together = mark_in_common(world.referential, _dated(world))
    common.write_bytes(_page(templates, world, _called(together)))
    assert ooxml.validate([TEMPLATES / path.name, path, common]) == []
    printed = libreoffice.convert([path, common], tmp_path / "pdf", ".pdf")
    program = shutil.which("pdfinfo")
    assert program is not None, "pdfinfo is part of poppler-utils"
    for page in printed:
        told = subprocess.run([program, str(page)], capture_output=True, text=True, check=True)
        assert re.findall(r"^Pages: +(\d+)$", told.stdout, re.MULTILINE) == ["1"]
