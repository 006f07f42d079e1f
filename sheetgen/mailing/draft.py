"""A message to a mail draft: an `.eml` file that a mail client opens ready to be sent.

There is no sender, date or message number: the client that sends gives them. What a draft holds
depends on nothing else than the message, so that the same one gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from binascii import b2a_base64
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from typing import TYPE_CHECKING, Protocol

from sheetgen.lazy_dataclass import dataclass
from sheetgen.mailing.message import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sheetgen.mailing.message import Message

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_LONGEST_ADDRESS = 254

_PLAIN = re.compile(r"[A-Za-z0-9 '-]{1,60}")
"""Texts that a header holds as they are, even where a phrase has a grammar."""

_LINE, _LINES = 76, 512
"""Characters of base64 on a line, at most; and lines that are cut at a time."""

_BLOCK = _LINE // 4 * 3 * _LINES
"""Bytes whose base64 fills these lines."""

_CUT = struct.Struct(f"{_LINE}s" * _LINES)
"""Cuts a block into lines in half the time of slices; archives are as large as all grids."""

_FORMAT = compat32.clone(linesep="\r\n", mangle_from_=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message: a zip archive, a PDF or a Word document.

    `name` is ASCII, and its ending says which.
    """

    name: str
    data: bytes

    @property
    def subtype(self) -> str:
        """Return the kind of application file that it is, as messages say it."""
        return _SUBTYPES[self.name.rpartition(".")[2]]


_SUBTYPES = {
    "zip": "zip",
    "pdf": "pdf",
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Addressee(Protocol):
    """Whoever a message is for: a candidate or a juror."""

    @property
    def full_name(self) -> str:
        """Return the name to write beside the address."""

    @property
    def email(self) -> str | None:
        """Return the content of « Email »."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The content of somebody's « Email »: addresses, and texts that are none."""

    valid: tuple[str, ...]
    unreadable: tuple[str, ...]


def read_addresses(text: str | None) -> Addresses:
    """Return the addresses in a cell, which may hold several separated by `;` or `,`."""
    texts = [part for part in map(one_line, re.split("[;,]", text or "")) if part]
    valid = tuple(part for part in texts if _is_address(part))
    return Addresses(valid=valid, unreadable=tuple(part for part in texts if part not in valid))


def write_draft(message: Message, to: Addressee, attachment: Attachment | None = None) -> bytes:
    """Return the draft as an `.eml` file; without a recipient where they have no address."""
    digest = hashlib.sha256()
    name_of_file = attachment.name if attachment else ""
    for part in (message.subject, message.body, to.full_name, name_of_file):
        digest.update(part.encode("utf-8", "replace") + b"\0")
    # A boundary may not occur in what it parts: « =_ » is in neither quoted-printable nor base64.
    boundary = f"=_{digest.hexdigest()[:32]}"
    draft = MIMEMultipart("mixed", boundary, policy=_FORMAT)
    draft["X-Unsent"] = "1"
    name = _header_text(one_line(to.full_name))
    addresses = read_addresses(to.email).valid
    if addresses:
        draft["To"] = ", ".join(f"{name} <{address}>".strip() for address in addresses)
    draft["Subject"] = _header_text(one_line(message.subject))
    draft.attach(_text(message.body))
    if attachment is None:
        return draft.as_bytes()
    draft.attach(_announced(attachment))
    # Given the archive, the library goes over its lines one by one, four times slower than this.
    end = f"\r\n--{boundary}--\r\n".encode()
    whole = io.BytesIO()
    whole.write(draft.as_bytes().removesuffix(end))
    # Held all at once, these lines take memory that the system has to clear first: as long again
    # as cutting them does.
    whole.writelines(_base64_lines(attachment.data))
    whole.write(end)
    return whole.getvalue()


def _is_address(text: str) -> bool:
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _header_text(text: str) -> str:
    """Return the text as it stands in a header.

    Plain, or as encoded words of at most 75 characters.
    """
    if not text or _PLAIN.fullmatch(text):
        return text
    return Header(text, "utf-8", maxlinelen=75, header_name="Subject").encode()


def _text(body: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", "plain", policy=_FORMAT)
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part.set_payload(body, charset)
    return part


def _announced(attachment: Attachment) -> MIMENonMultipart:
    """Return the last part's headers; its lines are still to come."""
    part = MIMENonMultipart("application", attachment.subtype, policy=_FORMAT, name=attachment.name)
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    part.set_payload("")
    return part


def _base64_lines(data: bytes) -> Iterator[bytes]:
    for place in range(0, len(data), _BLOCK):
        yield b"\r\n".join((*_lines(data[place : place + _BLOCK]), b""))


def _lines(block: bytes) -> Iterable[bytes]:
    encoded = b2a_base64(block, newline=False)
    if len(block) == _BLOCK:
        return _CUT.unpack(encoded)
    return (encoded[place : place + _LINE] for place in range(0, len(encoded), _LINE))
