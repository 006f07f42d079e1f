"""The fields that a form of the page sends."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST_FORM = 1 << 18


class FormFields(dict[str, list[str]]):
    """The values that were typed, by the name of their field."""

    def first(self, name: str) -> str:
        """Return what a field says, without the spaces around; blank where it is not there."""
        return next(iter(self.get(name, ())), "").strip()

    def ticked(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return self.first(name) == "oui"

    def listed(self, name: str) -> list[str]:
        """Return what all fields of a name say, but the blank ones."""
        return [said for said in self.get(name, ()) if said]


async def read_fields(request: Request) -> FormFields:
    """Return the fields of a form; none of one that is too long or of another type."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        return FormFields()
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            return FormFields()
    with suppress(ValueError):
        return FormFields(parse_qs(body.decode(), keep_blank_values=True))
    return FormFields()
