"""Seals: what a paper says, signed, so that anybody can tell it from one that was altered.

A `Statement` is what the paper says; `seal` signs it, `Sealed` travels in the address that the
paper's QR code holds or in the code printed below it, and `read_seal` takes either apart again.
`render_verification` makes the static page that checks it in a visitor's browser. Neither the
register nor Word is known here. cryptography and segno are loaded where they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late
from sheetgen.seals.statements import (
    PAPER_NAMES,
    Sealed,
    SealError,
    Statement,
    read_code,
    read_seal,
    spaced_code,
    typed_readings,
)

if TYPE_CHECKING:
    from sheetgen.seals.qr_code import fits_code, qr_picture
    from sheetgen.seals.seal_keys import (
        KeyFileError,
        SealingPair,
        load_pair,
        new_pair,
        seal,
        signer_of,
    )
    from sheetgen.seals.verification_page import VerificationFacts, render_verification
else:
    __getattr__ = late(
        __name__,
        qr_code=("fits_code", "qr_picture"),
        seal_keys=("KeyFileError", "SealingPair", "load_pair", "new_pair", "seal", "signer_of"),
        verification_page=("VerificationFacts", "render_verification"),
    )

__all__ = [
    "PAPER_NAMES",
    "KeyFileError",
    "SealError",
    "Sealed",
    "SealingPair",
    "Statement",
    "VerificationFacts",
    "fits_code",
    "load_pair",
    "new_pair",
    "qr_picture",
    "read_code",
    "read_seal",
    "render_verification",
    "seal",
    "signer_of",
    "spaced_code",
    "typed_readings",
]
