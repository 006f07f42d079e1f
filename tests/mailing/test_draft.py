"""The mail draft, opened again."""

from __future__ import annotations

import re
from base64 import encodebytes
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from handing_world import ODILE, opened, text_of
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.mailing.draft import Addresses, Attachment, read_addresses, write_draft
from sheetgen.mailing.message import Message, one_line

MESSAGE = Message(subject="Vos grilles d’évaluation", body="Bonjour Odile,\nà bientôt.\n")
ARCHIVE = Attachment(name="J1.zip", data=b"PK\3\4 grids \0\r\n\xff" * 50)

ANY_TEXT = st.text(st.characters(), max_size=120)
"""Lone surrogates and control characters included."""

HEADERS = {
    "Content-Type",
    "MIME-Version",
    "X-Unsent",
    "To",
    "Subject",
}


def headers_of(draft: bytes) -> dict[str, str]:
    """The draft's own headers, unfolded and decoded by hand; a repeated one is an error."""
    top, _, _ = draft.partition(b"\r\n\r\n")
    found: dict[str, str] = {}
    for line in re.sub(rb"\r\n(?=[ \t])", b"", top).split(b"\r\n"):
        name, colon, value = line.decode("ascii").partition(": ")
        assert colon
        assert name not in found
        found[name] = value
    return found


def decoded(value: str) -> str:
    """A header's value in plain text."""
    return str(make_header(decode_header(value)))


def test_a_draft_opens_unsent_with_recipient_subject_and_text() -> None:
    """The administrator sees all of it on opening the draft."""
    message = opened(write_draft(MESSAGE, ODILE, ARCHIVE))
    assert message["X-Unsent"] == "1"
    (address,) = message["To"].addresses
    assert (address.display_name, address.addr_spec) == ("Odile Hypothèse", "odile@example.org")
    assert message["Subject"] == "Vos grilles d’évaluation"
    assert message["From"] is None
    assert message["Date"] is None
    assert message["Message-ID"] is None
    assert message.get_content_type() == "multipart/mixed"


def test_the_text_is_utf_8_in_quoted_printable() -> None:
    """Every server lets it through, every client shows its accents."""
    draft = write_draft(MESSAGE, ODILE, ARCHIVE)
    part = opened(draft).get_body(("plain",))
    assert part is not None
    assert part["Content-Transfer-Encoding"] == "quoted-printable"
    assert part.get_content_charset() == "utf-8"
    assert text_of(draft) == "Bonjour Odile,\nà bientôt.\n"
    assert draft.isascii()
    assert b"\n" not in draft.replace(b"\r\n", b"")


def test_the_archive_is_attached_byte_for_byte() -> None:
    """One attachment, under its name, and nothing else."""
    (part,) = opened(write_draft(MESSAGE, ODILE, ARCHIVE)).iter_attachments()
    assert part.get_filename() == "J1.zip"
    assert part.get_content_type() == "application/zip"
    assert part.get_content_disposition() == "attachment"
    assert part.get_content() == ARCHIVE.data


@pytest.mark.parametrize("size", [0, 1, 57, 58, 29_184, 29_185, 2 * 29_184 + 57, 60_000])
def test_an_archive_of_any_size_is_lines_of_base64(size: int) -> None:
    """Of 76 characters but for the last, as Python's own library writes them."""
    data = bytes(place % 251 for place in range(size))
    draft = write_draft(MESSAGE, ODILE, Attachment(name="J1.zip", data=data))
    _, _, lines = draft.rpartition(b'filename="J1.zip"\r\n\r\n')
    said, _, _ = lines.partition(b"\r\n--")
    expected = encodebytes(data).replace(b"\n", b"\r\n")
    assert said == expected


def test_a_juror_without_an_address_gets_a_draft_without_recipient() -> None:
    """No « To » at all, for an empty one is not a valid header."""
    draft = write_draft(MESSAGE, replace(ODILE, email=None), ARCHIVE)
    assert "To" not in headers_of(draft)
    assert text_of(draft) == MESSAGE.body


def test_the_same_message_gives_the_same_bytes() -> None:
    """No clock, no chance; another message gives another boundary."""
    draft = write_draft(MESSAGE, ODILE, ARCHIVE)
    assert write_draft(MESSAGE, ODILE, ARCHIVE) == draft
    other = write_draft(replace(MESSAGE, body="Bonsoir"), ODILE, ARCHIVE)
    assert opened(other).get_boundary() != opened(draft).get_boundary()


@given(first=ANY_TEXT, last=ANY_TEXT, subject=ANY_TEXT)
def test_any_name_and_subject_is_read_back(first: str, last: str, subject: str) -> None:
    """Commas, quotes, encoded-word look-alikes, other scripts: all come back, on one line each."""
    juror = replace(ODILE, first_name=first, last_name=last)
    draft = write_draft(replace(MESSAGE, subject=subject), juror, ARCHIVE)
    parsed = message_from_bytes(draft)
    ((name, address),) = getaddresses([str(parsed["To"])])
    assert address == "odile@example.org"
    assert decoded(name) == one_line(f"{first} {last}")
    assert decoded(str(parsed["Subject"])) == one_line(subject)


@given(name=ANY_TEXT, subject=ANY_TEXT)
def test_no_text_adds_a_header_or_breaks_one(name: str, subject: str) -> None:
    """The headers are those expected, each line within what mail allows."""
    juror = replace(ODILE, first_name=name)
    draft = write_draft(replace(MESSAGE, subject=subject), juror, ARCHIVE)
    assert set(headers_of(draft)) == HEADERS
    top, _, _ = draft.partition(b"\r\n\r\n")
    assert max(map(len, top.split(b"\r\n"))) <= 78
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?[bq]\?[^? ]*\?=", top))


@pytest.mark.parametrize(
    "name",
    [
        "Odile\r\nBcc: espion@example.org",
        "Odile\nBcc: espion@example.org",
        "Odile\rBcc: espion@example.org",
        "Odile\x0bBcc: espion@example.org",
        "Odile\u2028Bcc: espion@example.org",
        "Odile\x85Bcc: espion@example.org",
        'Odile" <espion@example.org>, "',
    ],
)
def test_a_name_cannot_address_anybody_else(name: str) -> None:
    """Line breaks and quotes in a cell stay text."""
    juror = replace(ODILE, first_name=name)
    draft = write_draft(replace(MESSAGE, subject=f"Pour {name}"), juror, ARCHIVE)
    assert set(headers_of(draft)) == HEADERS
    message = opened(draft)
    assert [address.addr_spec for address in message["To"].addresses] == ["odile@example.org"]
    assert message["Bcc"] is None


@pytest.mark.parametrize("name", ["A" * 2000, "É" * 2000, "mot " * 500, "日本" * 500])
def test_a_very_long_name_is_folded(name: str) -> None:
    """No line passes what mail allows, and the name comes back whole."""
    draft = write_draft(
        replace(MESSAGE, subject=name), replace(ODILE, first_name=name, last_name="X"), ARCHIVE
    )
    top, _, _ = draft.partition(b"\r\n\r\n")
    assert max(map(len, top.split(b"\r\n"))) <= 78
    assert decoded(headers_of(draft)["Subject"]) == one_line(name)
    assert decoded(headers_of(draft)["To"]) == f"{one_line(name)} X <odile@example.org>"


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])))
def test_any_text_is_read_back(text: str) -> None:
    """Long lines, lone dots, lines like « From » and boundaries do no harm."""
    body = f"From {text}\n.\n--=_\n{text * 3}\n"
    assert text_of(write_draft(replace(MESSAGE, body=body), ODILE, ARCHIVE)) == body


@pytest.mark.parametrize(
    ("text", "valid", "unreadable"),
    [
        (None, (), ()),
        ("  ", (), ()),
        ("a@example.org", ("a@example.org",), ()),
        (" prenom.nom+jury@ecole.example.org ", ("prenom.nom+jury@ecole.example.org",), ()),
        ("a@x.fr; b@y.fr, c@z.fr", ("a@x.fr", "b@y.fr", "c@z.fr"), ()),
        ("a@x.fr; b chez y.fr", ("a@x.fr",), ("b chez y.fr",)),
        ("a@x.fr b@y.fr", (), ("a@x.fr b@y.fr",)),
        ("hélène@x.fr", (), ("hélène@x.fr",)),
        ("a..b@x.fr", (), ("a..b@x.fr",)),
        ("a@localhost", (), ("a@localhost",)),
        ("A <a@x.fr>", (), ("A <a@x.fr>",)),
        ("a@x.fr\r\nBcc: b@y.fr", (), ("a@x.fr Bcc: b@y.fr",)),
        (f"{'a' * 250}@x.fr", (), (f"{'a' * 250}@x.fr",)),
    ],
)
def test_addresses_are_told_from_what_is_none(
    text: str | None, valid: tuple[str, ...], unreadable: tuple[str, ...]
) -> None:
    """Only what a mail server takes is put in a header."""
    assert read_addresses(text) == Addresses(valid=valid, unreadable=unreadable)


def test_a_juror_with_two_addresses_is_written_to_at_both() -> None:
    """Each carries the juror's name."""
    juror = replace(ODILE, email="odile@example.org; secretariat@example.org")
    addresses = opened(write_draft(MESSAGE, juror, ARCHIVE))["To"].addresses
    assert [(item.display_name, item.addr_spec) for item in addresses] == [
        ("Odile Hypothèse", "odile@example.org"),
        ("Odile Hypothèse", "secretariat@example.org"),
    ]
