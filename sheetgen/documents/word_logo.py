"""The school's logo in a Word document: which images can be used, and how large they stand."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.image.image import Image
from docx.shared import Cm, Emu

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.parts.story import StoryPart

_ROOM = (Cm(6), Cm(1.6))
"""The widest and the highest it may stand."""

_KINDS = ("image/png", "image/jpeg")


def is_usable_logo(data: bytes) -> bool:
    """Return whether the bytes are a PNG or JPEG image that a Word document can show."""
    return _size(data) is not None


@dataclass(frozen=True, slots=True)
class Logo:
    """The image, printed where a template names it.

    A template reaches whatever has no underscore before its name: it must find nothing here that
    could write a file.
    """

    _picture: Callable[[], str] = field(repr=False)
    """The picture's XML in the part that is being printed."""

    def markup(self) -> str:
        """Return the XML that stands between two pieces of text of a paragraph."""
        return (
            f"</w:t></w:r><w:r><w:drawing>{self._picture()}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )


def logo_picture(part: StoryPart, data: bytes, owner: str | None) -> str:
    """Return the XML of a usable image in this part, whose package holds the image from then on.

    Args:
        part: where it is shown.
        data: the image.
        owner: who it stands for, for the text that is read out in its place.
    """
    width, height = _size(data) or _ROOM
    scale = min(1.0, _ROOM[0] / width, _ROOM[1] / height)
    picture = part.new_pic_inline(
        io.BytesIO(data), Emu(round(width * scale)), Emu(round(height * scale))
    )
    for side in ("distT", "distB", "distL", "distR"):
        picture.set(side, "0")
    picture.docPr.set("descr", f"Logo de {owner}" if owner else "Logo")
    return picture.xml


def _size(data: bytes) -> tuple[int, int] | None:
    """Return width and height at the image's own resolution; None for what is no such image."""
    try:
        image = Image.from_blob(data)
        size = image.width, image.height
    except Exception:  # noqa: BLE001 - python-docx raises anything on a damaged image
        return None
    return size if image.content_type in _KINDS and min(size) > 0 else None
