"""The list for mail merge."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from handing_world import ODILE, REMI, THEO, recipient, session

from sheetgen.files import render_table
from sheetgen.mailing.sending import render_mail_merge


def test_a_row_says_who_is_sent_what_until_when() -> None:
    """The file to the letter: byte order mark, semicolons, CRLF."""
    rows = [recipient(), replace(recipient(juror=REMI, candidates=(THEO,)), archive="J2.zip")]
    assert render_mail_merge(rows).decode("utf-8") == (
        "\ufeffJuré;Nom;Prénom;Email;Grilles;Archive;Date limite\r\n"
        "J1;Hypothèse;Odile;odile@example.org;2;J1.zip;22/06/2026\r\n"
        "J2;Fabuleux;Rémi;remi@example.org;1;J2.zip;22/06/2026\r\n"
    )


def test_what_is_not_known_is_blank() -> None:
    """A juror without an address, a session without a deadline."""
    known = replace(session(), return_deadline=None)
    row = recipient(juror=replace(ODILE, email=None), within=known)
    assert render_mail_merge([row]).decode("utf-8-sig").splitlines()[1] == (
        "J1;Hypothèse;Odile;;2;J1.zip;"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_cannot_run_as_a_formula(start: str) -> None:
    """A name that a spreadsheet would calculate is made a text."""
    row = recipient(juror=replace(ODILE, last_name=f"{start}1+1"))
    assert f";'{start}1+1;" in render_mail_merge([row]).decode("utf-8-sig")


def test_semicolons_quotes_and_line_breaks_stay_in_their_cell() -> None:
    """One row per juror, whatever is in a name."""
    row = recipient(juror=replace(ODILE, last_name='De;"La"\r\nRue', first_name="Zo\té"))
    text = render_mail_merge([row]).decode("utf-8-sig")
    (_, cells) = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert cells[1:3] == ['De;"La" Rue', "Zo é"]


def test_a_character_that_no_file_can_hold_is_spelt_out() -> None:
    """Half of a surrogate pair, which a damaged workbook may give, stops nothing."""
    assert render_table(("Nom",), [("Zo\ud800",)]) == b"\xef\xbb\xbfNom\r\nZo\\ud800\r\n"
