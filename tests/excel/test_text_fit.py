"""The room of a text: enough for every program, and never more than a row can give."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.excel import text_fit
from sheetgen.excel.text_fit import Font, height, shorten, split, text_width, wrap

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

BODY = Font()
SENTENCE = (
    "Le candidat identifie les besoins de son client, reformule la demande et propose une offre "
    "adaptée, chiffrée et argumentée, dans le respect des procédures de l’entreprise."
)

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"))
columns = st.integers(5, 120)


def test_an_empty_text_takes_a_line() -> None:
    """A row is never flat."""
    assert wrap("", 10, BODY) == ("",)
    assert height("", 10, BODY) == 19


def test_words_go_to_the_next_line_whole() -> None:
    """Ten characters of the default font have room for « Le plan » and not for more."""
    assert wrap("Le plan est suivi", 10, BODY) == ("Le plan", "est suivi")
    assert height("Le plan est suivi", 10, BODY) == 34


def test_lines_of_the_text_are_kept() -> None:
    """A list stays a list."""
    assert wrap("- un\n- deux\n\n- trois", 40, BODY) == ("- un", "- deux", "", "- trois")


def test_a_word_wider_than_its_cell_is_cut() -> None:
    """A long word fills lines of its own, cut where spreadsheet programs cut it."""
    lines = wrap("anticonstitutionnellement", 10, BODY)
    assert len(lines) > 1
    assert "".join(lines) == "anticonstitutionnellement"


def test_bold_and_large_texts_are_wider() -> None:
    """In that order, and a full-width character is about twice a letter."""
    plain = text_width("Compétence", BODY)
    assert (
        plain < text_width("Compétence", Font(bold=True)) < text_width("Compétence", Font(size=16))
    )
    assert text_width("会", BODY) > 1.5 * text_width("a", BODY)
    assert text_width("é", BODY) == text_width("e", BODY)


@given(text=texts, room=columns)
def test_wrapping_loses_nothing_but_spaces(text: str, room: int) -> None:
    """Every character is on a line, in its order."""
    lines = wrap(text, room, BODY)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= 1 or text_width(line, BODY) <= room * 7 - 6 for line in lines)


@given(text=st.lists(texts, max_size=60).map(" ".join), room=columns)
def test_a_split_text_fits_rows_and_loses_nothing(text: str, room: int) -> None:
    """Each part fits a row that Excel shows whole; together they are the text."""
    parts = split(text, room, BODY)
    assert all(height(part, room, BODY) <= text_fit.MAXIMUM_HEIGHT for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_that_fits_a_row_is_not_split() -> None:
    """It is given back as it is."""
    assert split(SENTENCE, 40, BODY) == [SENTENCE]


@given(text=texts, room=st.integers(8, 120), lines=st.integers(1, 4))
def test_a_shortened_text_fits_its_lines(text: str, room: int, lines: int) -> None:
    """It says that it goes on, or is whole."""
    short = shorten(text, room, BODY, lines=lines)
    assert len(wrap(short, room, BODY)) <= lines
    assert short == text or short.endswith("…")


def test_a_text_is_shortened_between_words() -> None:
    """The cut comes where the last line still has room for the mark."""
    assert shorten(SENTENCE, 40, BODY, lines=1) == "Le candidat identifie les besoins de son…"
    assert shorten(SENTENCE, 200, BODY, lines=1) == SENTENCE


@pytest.mark.parametrize("bold", [False, True])
def test_libreoffice_takes_no_more_lines_than_reckoned(
    libreoffice: Office, tmp_path: Path, bold: bool
) -> None:
    """Wrapped by the program itself, at widths from narrow to wide, in several scripts."""
    samples = [SENTENCE, SENTENCE.upper(), "mmm WWW @@@ " * 12, "1,5 – 12/20 (oui) ; " * 9]
    widths = (9, 22, 46, 62)
    path = tmp_path / "texts.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        style = workbook.add_format({"text_wrap": True, "bold": bold, "valign": "top"})
        for width in widths:
            sheet = workbook.add_worksheet(f"{width}")
            sheet.set_column(0, 0, width)
            sheet.set_column(1, 1, 4)
            sheet.fit_to_pages(1, 0)
            for row, sample in enumerate(samples):
                sheet.set_row(row, text_fit.MAXIMUM_HEIGHT)
                sheet.write_string(row, 0, sample, style)
    (printed,) = libreoffice.convert([path], tmp_path, ".pdf")
    program = shutil.which("pdftotext")
    assert program is not None, "pdftotext is part of poppler-utils"
    answer = subprocess.run(
        [program, "-layout", str(printed), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    lines = [line for line in re.split(r"[\n\f]", answer.stdout) if line.strip()]
    reckoned = [len(wrap(text, width, Font(bold=bold))) for width in widths for text in samples]
    assert len(lines) <= sum(reckoned)
    assert len(lines) >= 0.75 * sum(reckoned)
