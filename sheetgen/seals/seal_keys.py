"""The pair of keys that seals papers: Ed25519, the private one in a file of its owner alone."""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from dataclasses import field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from sheetgen.lazy_dataclass import dataclass
from sheetgen.seals.statements import Sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sheetgen.seals.statements import Statement


class KeyFileError(Exception):
    """The file holds no private key that can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingPair:
    """A pair of keys; `public` is the public one, in base 64."""

    public: str
    _private: Ed25519PrivateKey = field(repr=False)

    def sign(self, text: bytes) -> bytes:
        """Return the signature of a text, 64 bytes; the same text always has the same."""
        return self._private.sign(text)


def seal(statement: Statement, pair: SealingPair) -> Sealed:
    """Return a statement with its signature."""
    return Sealed(statement=statement, signature=pair.sign(statement.signed()))


def signer_of(sealed: Sealed, publics: Iterable[str]) -> str | None:
    """Return which of these public keys, in base 64, signed a statement; None for none of them."""
    for public in publics:
        with suppress(InvalidSignature):
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
            key.verify(sealed.signature, sealed.statement.signed())
            return public
    return None


def load_pair(path: Path) -> SealingPair:
    """Return the pair whose private key is in this file.

    Raises:
        OSError: the file cannot be read; `FileNotFoundError` where there is none.
        KeyFileError: it holds no such key.
    """
    data = path.read_bytes()
    try:
        private = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyFileError
    return _pair(private)


def new_pair(path: Path) -> SealingPair:
    """Make a pair, its private key in this file, which nobody but its owner may read.

    The file is whole or not there, and never takes another's place.

    Raises:
        FileExistsError: there is a file of this name.
        OSError: it cannot be written.
    """
    private = Ed25519PrivateKey.generate()
    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    place = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(place, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(place)
        if path.exists():
            raise FileExistsError(path)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return _pair(private)


def _pair(private: Ed25519PrivateKey) -> SealingPair:
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SealingPair(public=base64.b64encode(public).decode(), _private=private)
