"""The school's logo in a Word document: which images can be used, and how large they stand."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.image.image import Image
from docx.shared import Cm, Emu

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_ROOM = (Cm(6), Cm(1.6))
"""The widest and the highest it may stand."""

_KINDS = ("image/png", "image/jpeg")


def is_usable_logo(data: bytes) -> bool:
    """Whether the bytes are a PNG or JPEG image that a Word document can show."""
    return _size(data) is not None


@dataclass(frozen=True, slots=True)
class Logo:
    """A usable image, printed where a template of this `engine` names it.

    Attributes:
        owner: who it stands for, for the text that is read out in its place.
    """

    engine: DocxTemplate
    data: bytes
    owner: str | None

    def markup(self) -> str:
        """What stands between two pieces of text of a paragraph."""
        width, height = _size(self.data) or _ROOM
        scale = min(1.0, _ROOM[0] / width, _ROOM[1] / height)
        picture = self.engine.current_rendering_part.new_pic_inline(
            io.BytesIO(self.data), Emu(round(width * scale)), Emu(round(height * scale))
        )
        for side in ("distT", "distB", "distL", "distR"):
            picture.set(side, "0")
        picture.docPr.set("descr", f"Logo de {self.owner}" if self.owner else "Logo")
        return (
            f"</w:t></w:r><w:r><w:drawing>{picture.xml}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height at the image's own resolution; None for what is no such image."""
    try:
        image = Image.from_blob(data)
        size = image.width, image.height
    except Exception:  # noqa: BLE001 - python-docx raises anything on a damaged image
        return None
    return size if image.content_type in _KINDS and min(size) > 0 else None
