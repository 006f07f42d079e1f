"""A printed grid shows every word of every text, each within its own row."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import builders
import grid_files

from sheetgen.excel.text_fit import MAXIMUM_HEIGHT
from sheetgen.grid.write.calculation import Answers
from sheetgen.model import Accommodation, AccommodationKind, CandidateId, Level, Route

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

    from sheetgen.model import Mark, Referential, Session

XHTML = "{http://www.w3.org/1999/xhtml}"


LINE_PITCH = 4
"""By how many points the boxes of words on lines that follow one another may overlap."""


def words(name: str, length: int) -> str:
    """A text of about so many characters, none of whose words stands anywhere else."""
    count = length // (len(name) + 5)
    return " ".join(f"{name}{number:04}" for number in range(count))


def long_texts() -> tuple[Referential, Session]:
    """A référentiel whose every text is long, of criteria from 100 to 2,000 characters."""
    known = builders.referential({"C1.1": 6, "C1.2": 2})
    lengths = (100, 2000, 400, 1300, 250, 700, 2000, 60)
    known = replace(
        known,
        certification=replace(known.certification, title=words("intitule", 300)),
        blocks=(replace(known.blocks[0], title=words("bloc", 1500)),),
        criteria=tuple(
            replace(item, title=words(f"critere{place}n", length))
            for place, (item, length) in enumerate(zip(known.criteria, lengths, strict=True))
        ),
        competencies=tuple(
            replace(item, title=words(f"competence{place}n", length))
            for place, (item, length) in enumerate(
                zip(known.competencies, (4000, 300), strict=True)
            )
        ),
        methods=tuple(
            replace(
                item,
                description=words(f"modalite{place}n", length),
                block_variant=words(f"variante{place}n", 500),
            )
            for place, (item, length) in enumerate(zip(known.methods, (7000, 900), strict=True))
        ),
        scale=builders.level_scale(
            [
                Level(
                    label=words("niveau", 250),
                    points=builders.LEVELS[0].points,
                    acquired=True,
                    definition=words("definition", 3000),
                ),
                builders.LEVELS[2],
            ]
        ),
    )
    person = builders.candidate(presented=["BC01"], route=Route.BLOCKS)
    help_given = Accommodation(
        candidate=CandidateId("1"),
        kind=AccommodationKind.ASSISTANCE,
        instruction=words("consigne", 6000),
    )
    return known, builders.session(known, candidates=[person], accommodations=[help_given])


def test_no_text_is_cut(libreoffice: Office, tmp_path: Path) -> None:
    """Every word is on the paper, rows do not run into each other, and pages are one across."""
    known, session = long_texts()
    given = {item.code: _mark(known, item.code) for item in known.criteria}
    answers = Answers(opinion=words("avis", 900), remarks=words("remarque", 400))
    grid = grid_files.write(known, session, marks=given, answers=answers)
    path = tmp_path / "grid.xlsx"
    path.write_bytes(grid.data)
    (printed,) = libreoffice.convert([path], tmp_path, ".pdf")
    pages = printed_pages(printed)

    texts = [
        known.certification.title,
        known.blocks[0].title,
        *(item.title for item in known.criteria),
        *(item.title for item in known.competencies),
        *(item.description for item in known.methods),
        *(item.block_variant or "" for item in known.methods),
        known.scale.levels[0].label,
        known.scale.levels[0].definition or "",
        session.accommodations[0].instruction or "",
        *(mark.comment for mark in given.values()),
        answers.opinion or "",
        answers.remarks or "",
    ]
    expected = {word for text in texts for word in text.split()}
    assert expected - {word for page in pages for word in everything_on(page)} == set()

    for page in pages:
        assert overlaps(page) == []
    assert [everything_on(page).count("Page") for page in pages] == [1] * len(pages)


def test_no_row_is_higher_than_excel_allows() -> None:
    """Texts go on in further rows instead."""
    known, session = long_texts()
    grid = grid_files.write(known, session)
    heights = [
        dimension.height
        for sheet in grid.book.worksheets
        for dimension in sheet.row_dimensions.values()
        if dimension.height is not None
    ]
    assert max(heights) <= MAXIMUM_HEIGHT


def _mark(known: Referential, code: str) -> Mark:
    mark = builders.mark(known, "J1", code, known.scale.maximum)
    return replace(mark, comment=words(f"obs{code.replace('.', '')}n", 350))


Word = tuple[str, float, float, float]
"""A word, its left edge, its top and its bottom, in points."""


def printed_pages(path: Path) -> list[list[Word]]:
    """The words on every page of a PDF file, with their places."""
    program = shutil.which("pdftotext")
    assert program is not None, "pdftotext is part of poppler-utils"
    answer = subprocess.run([program, "-bbox", str(path), "-"], capture_output=True, check=True)
    html = answer.stdout.decode("utf-8")
    root = ET.fromstring(html[html.index("<html") :])
    return [
        [
            (
                word.text or "",
                float(word.get("xMin", 0)),
                float(word.get("yMin", 0)),
                float(word.get("yMax", 0)),
            )
            for word in page.iter(f"{XHTML}word")
        ]
        for page in root.iter(f"{XHTML}page")
    ]


def everything_on(page: list[Word]) -> list[str]:
    """The words of a page."""
    return [text for text, *_ in page]


def overlaps(page: list[Word]) -> list[str]:
    """Texts of one column whose lines run into those of another text."""
    spans: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for text, left, top, bottom in page:
        name = re.fullmatch(r"([a-z]+(?:[0-9]+n)?)[0-9]{4}", text)
        if name:
            spans[name[1]].append((left, top, bottom))
    rows = sorted(
        (
            min(left for left, _, _ in found) // 20,
            min(top for _, top, _ in found),
            max(bottom for _, _, bottom in found),
            name,
        )
        for name, found in spans.items()
    )
    return [
        f"{one[3]} and {other[3]}"
        for one, other in pairwise(rows)
        if one[0] == other[0] and one[2] > other[1] + LINE_PITCH
    ]
