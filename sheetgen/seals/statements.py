"""A paper's statement: what is signed, its address, and the code that can be typed.

What is signed is text, one value a line, each as it is printed but for what nobody can see or type
the same twice: the form of accents, runs of spaces, curved apostrophes. The page in the visitor's
browser makes the same text (`verification.js`); a test holds both to each other.

An address is `PAGE#1.TEXT.SIGNATURE`, the last two in base 64 for addresses. A browser sends
nothing of what follows `#` to a server. A typed code is the signature in Crockford's base 32, which
has no letters that are mistaken for digits.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from dataclasses import asdict, astuple, replace
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERSION = "1"
_FIRST_LINE = f"sheetgen {VERSION}"
_SIGNATURE_BYTES = 64
_BASE64 = re.compile(r"[A-Za-z0-9_-]+")
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's digits of base 32."""
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IN_FIVES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""The digits of the usual base 32, in the same order."""
_GROUP = 4
_SPACES = re.compile(
    "[ \\t\\n\\r\\f\\v\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+"
)

_DASH = re.compile(" [–—-] ")
_BEFORE_TITLE = re.compile(" ?[–—-] ?(.+)")

_LABELS = {
    "kind": "Document",
    "number": "Numéro",
    "holder": "Titulaire",
    "birth_date": "Né(e) le",
    "code": "Code",
    "title": "Intitulé",
    "day": "Délibération du",
    "certifier": "Délivré par",
}

PAPER_NAMES = {
    "attestation": "Attestation de bloc de compétences",
    "parchemin": "Parchemin de certification professionnelle",
}
"""The kinds of paper that bear a seal, as people read them."""


class SealError(ValueError):
    """Something that is no seal; the message, in French, says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The words of a paper, as it is printed.

    Attributes:
        kind: `attestation` or `parchemin`.
        number: the register's.
        holder: civility and names.
        birth_date: ISO; empty where the paper says none.
        code: of the certification, and of the bloc after a space; empty for none.
        title: of the certification, or of the bloc.
        day: of the jury's decision, ISO.
        certifier: by whom.
    """

    kind: str
    number: str
    holder: str
    birth_date: str
    code: str
    title: str
    day: str
    certifier: str

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield each of its words as a French reader compares them: what it is, and it."""
        for name, value in asdict(self).items():
            shown = PAPER_NAMES.get(value, value) if name == "kind" else value
            if name in ("day", "birth_date") and value:
                shown = date.fromisoformat(value).strftime("%d/%m/%Y")
            yield _LABELS[name], shown or "—"

    def signed(self) -> bytes:
        """Return the bytes that are signed: a line for the format, then one for each word."""
        lines = (_FIRST_LINE, *(_plain(value) for value in astuple(self)))
        return "\n".join(lines).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A statement with the signature of whoever issued the paper, 64 bytes of Ed25519."""

    statement: Statement
    signature: bytes

    def address(self, page: str) -> str:
        """Return the address that the paper's QR code holds.

        Args:
            page: the address of the school's page.
        """
        text = _written(self.statement.signed())
        return f"{page.partition('#')[0]}#{VERSION}.{text}.{_written(self.signature)}"

    def code(self) -> str:
        """Return the code that can be typed, in groups of four."""
        return spaced_code(self.signature)


def typed_readings(typed: Statement, codes: Iterable[str]) -> Iterator[Statement]:
    """Yield what somebody may mean who copies a paper: a dash before a bloc's code, or it alone.

    Args:
        typed: what was typed, yielded first.
        codes: those that papers bear.
    """
    code = _DASH.sub(" ", _plain(typed.code))
    meant = (typed.code, code, *(other for other in codes if other.endswith(f" {code}")))
    for one in dict.fromkeys(meant):
        yield replace(typed, code=one)
        bloc, title = one.rpartition(" ")[2], _plain(typed.title)
        printed = _BEFORE_TITLE.fullmatch(title.removeprefix(bloc))
        if bloc and title.startswith(bloc) and printed:
            yield replace(typed, code=one, title=printed[1])


def spaced_code(signature: bytes) -> str:
    """Return a signature as a code that can be typed."""
    usual = base64.b32encode(signature).decode().rstrip("=")
    code = usual.translate(str.maketrans(_IN_FIVES, _DIGITS))
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(code: str) -> bytes:
    """Return the signature that a typed code stands for.

    Raises:
        SealError: it is none.
    """
    typed = re.sub(r"[\s.\-]+", "", code).upper().translate(_ALIKE)
    usual = typed.translate(str.maketrans(_DIGITS, _IN_FIVES))
    if not typed or not set(typed) <= set(_DIGITS):
        message = "le code de vérification n’a que des chiffres et des lettres"
        raise SealError(message)
    try:
        signature = base64.b32decode(usual + "=" * (-len(usual) % 8))
    except binascii.Error:
        signature = b""
    if len(signature) != _SIGNATURE_BYTES or spaced_code(signature).replace(" ", "") != typed:
        message = "le code de vérification est incomplet, ou une de ses lettres est fausse"
        raise SealError(message)
    return signature


def read_seal(address: str) -> Sealed:
    """Return what an address, or what follows its `#`, says.

    Raises:
        SealError: it is no seal, or not of this version.
    """
    pieces = address.strip().rpartition("#")[2].split(".")
    if len(pieces) != 3 or not all(_BASE64.fullmatch(piece) for piece in pieces[1:]):
        message = "ce n’est pas l’adresse entière que porte le code QR d’un document"
        raise SealError(message)
    if pieces[0] != VERSION:
        message = "cette adresse vient d’une version plus récente de sheetgen"
        raise SealError(message)
    try:
        lines = _read(pieces[1]).decode().split("\n")
        signature = _read(pieces[2])
    except ValueError as error:
        message = "cette adresse est abîmée"
        raise SealError(message) from error
    first, *values = lines
    if first != _FIRST_LINE or len(values) != len(Statement.__slots__):
        message = "cette adresse est abîmée"
        raise SealError(message)
    names = Statement.__dataclass_fields__
    statement = Statement(**dict(zip(names, values, strict=True)))
    if len(signature) != _SIGNATURE_BYTES or not _is_whole(statement):
        message = "cette adresse est abîmée"
        raise SealError(message)
    return Sealed(statement=statement, signature=signature)


def _is_whole(statement: Statement) -> bool:
    days = (statement.day, statement.birth_date or statement.day)
    return statement.kind in PAPER_NAMES and bool(statement.number) and all(map(_is_day, days))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _plain(value: str) -> str:
    plain = unicodedata.normalize("NFC", value).replace("’", "'")
    return _SPACES.sub(" ", plain).strip(" ")


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _read(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _written(data) != text:
        message = "bits that mean nothing"
        raise ValueError(message)
    return data
