"""The values that fill one document's template, and the images that it may print."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.documents.missing import with_missing
from sheetgen.documents.word_package import shown_code, shown_logo
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sheetgen.documents.contexts import Context
    from sheetgen.documents.missing import MissingFields
    from sheetgen.documents.word_package import PageMarks, PrintedImage, ShownImage

ImagePlace: TypeAlias = tuple[str, str]
"""The group of fields, and the field, that name an image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The values that fill one document's template.

    Attributes:
        title: for the document's properties, as are `author` and `made_on`.
        candidate: the number of the candidate it is about, empty for the session.
        missing: gathers the fields that are printed without a value.
        marks: what every page says on top of the template; None for nothing.
        code: a picture of the code by which the paper is verified; None for none.
    """

    context: Context
    title: str
    author: str | None
    made_on: date | None
    candidate: str = ""
    missing: MissingFields | None = None
    marks: PageMarks | None = None
    code: bytes | None = None

    @property
    def subject(self) -> str:
        """Return what the document is about, in the middle of a sentence."""
        return f"le candidat {self.candidate}" if self.candidate else "la session"

    def values(self, noted: list[str], images: Mapping[ImagePlace, PrintedImage]) -> Context:
        """Return the variables for Jinja.

        Absent texts made printable, and the images there are.

        Args:
            noted: gets the path of each absent text that is printed.
            images: by the group and the field that name them.
        """
        values = with_missing(self.context, noted)
        for (group, name), image in images.items():
            fields = values[group]
            if isinstance(fields, dict):
                values = {**values, group: {**fields, name: image}}
        return values

    def shown(self, logo: bytes | None) -> Mapping[ImagePlace, ShownImage]:
        """Return the images that the document may print, by the group and the field."""
        found: dict[ImagePlace, ShownImage] = {}
        if logo is not None:
            found["certification", "logo"] = shown_logo(logo, self.author)
        if self.code is not None:
            found["document", "qr"] = shown_code(self.code)
        return found
