"""The identity of a grid, and the proof that it was generated here: written in three places.

The stamp lies in the very hidden sheet, in custom document properties, and, as a short code that a
person can read out, on the first sheet. Both code and signature are HMAC-SHA256 under a key that
never leaves the administrator (DESIGN section 5).
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from typing import TYPE_CHECKING, NewType

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.model import Assignment, CandidateId, JurorCode, Referential, Session

SCHEMA = "sheetgen.grid/1"
"""The version of the grid contract; a reader names a grid of another one as older or newer."""

SigningKey = NewType("SigningKey", bytes)

PROPERTY_PREFIX = "sheetgen."
"""What the names of the custom document properties begin with."""

CODE_PATTERN = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}")
"""A printed grid code: three groups of four of Crockford's base 32, as in `7QK2-M9DX-4T0B`."""

_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CROCKFORD = str.maketrans(_RFC4648, _CROCKFORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridStamp:
    """A grid's identity, as signed.

    Attributes:
        version: of the référentiel, as its certification sheet says; empty when it does not.
        code: the printed grid code.
        signature: hexadecimal, over every other field.
        corrects: SHA-256 of the returned files that this grid corrects, the latest first, with
            spaces between; empty in a grid that is sent for the first time.
    """

    schema: str
    session: str
    candidate: str
    juror: str
    fingerprint: str
    version: str
    code: str
    signature: str
    corrects: str = ""

    def fields(self) -> dict[str, str]:
        """Return field names and values, in the order in which they are written."""
        fields = {name: str(getattr(self, name)) for name in FIELDS}
        if not self.corrects:
            del fields["corrects"]
        return fields


FIELDS = (
    "schema",
    "session",
    "candidate",
    "juror",
    "fingerprint",
    "version",
    "code",
    "signature",
    "corrects",
)
"""The names of a stamp's fields: column A of the very hidden sheet, and the properties' names."""

OPTIONAL_FIELDS = frozenset({"version", "corrects"})
"""Fields that a stamp may lack."""

_MOST_CORRECTED = 3
"""Files that a stamp names: a document property holds 255 characters."""


def stamp_grid(
    key: SigningKey,
    referential: Referential,
    session: Session,
    assignment: Assignment,
    corrects: Sequence[str] = (),
) -> GridStamp:
    """Return the stamp of one assignment's grid; the same inputs always give the same stamp.

    `corrects` are the SHA-256 of the returns that it corrects, the latest first.
    """
    unsigned = {
        "schema": SCHEMA,
        "session": session.code,
        "candidate": assignment.candidate,
        "juror": assignment.juror,
        "fingerprint": referential.fingerprint,
        "version": referential.certification.version or "",
        "code": grid_code(key, session.code, assignment.candidate, assignment.juror),
        "corrects": " ".join(corrects[:_MOST_CORRECTED]),
    }
    return GridStamp(**unsigned, signature=_sign(key, unsigned))


def grid_code(key: SigningKey, session: str, candidate: CandidateId, juror: JurorCode) -> str:
    """Return the printed code: short, readable aloud, and impossible to guess without the key."""
    digest = _digest(key, ["code", session, candidate, juror])
    letters = base64.b32encode(digest[:8]).decode("ascii")[:12].translate(_TO_CROCKFORD)
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def is_signed(key: SigningKey, fields: Mapping[str, str]) -> bool:
    """Return whether the fields carry the signature that this key gives them."""
    unsigned = {name: fields.get(name, "") for name in FIELDS if name != "signature"}
    # Bytes, since `compare_digest` raises on a str that is not ASCII, which anybody can write.
    given = fields.get("signature", "").encode("utf-8", "surrogatepass")
    return hmac.compare_digest(_sign(key, unsigned).encode(), given)


def _sign(key: SigningKey, unsigned: Mapping[str, str]) -> str:
    """Return the signature; a stamp that corrects nothing is signed as before it could."""
    said = {name: value for name, value in unsigned.items() if value or name != "corrects"}
    return _digest(key, ["stamp", *(f"{name}={said[name]}" for name in sorted(said))]).hex()


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _digest(key: SigningKey, message: list[str]) -> bytes:
    return hmac.digest(key, _AS_JSON.encode(message).encode("utf-8", "surrogatepass"), "sha256")
