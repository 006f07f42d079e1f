"""The fields that official papers must say of the certification, declared once as `official`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.sources.schema.referential import REFERENTIAL

if TYPE_CHECKING:
    from sheetgen.model import Certification
    from sheetgen.sources.schema.specs import FieldSpec

OFFICIAL_FIELDS = tuple(item for item in REFERENTIAL.sheet("Certification").fields if item.official)
"""The rows of « Certification » without which no official paper is made, in the sheet's order."""


def official_blanks(certification: Certification) -> tuple[FieldSpec, ...]:
    """Return the official fields that the certification leaves blank, in the sheet's order."""
    return tuple(item for item in OFFICIAL_FIELDS if getattr(certification, item.attribute) is None)
