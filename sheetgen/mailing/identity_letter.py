"""The letter that asks somebody to confirm who they are, once a declaration was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.mailing.draft import write_draft
from sheetgen.mailing.message import fill_message, one_line

if TYPE_CHECKING:
    from sheetgen.mailing.message import MessageTemplate

IDENTITY_TEMPLATE = "message-identite.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLetter:
    """The person it is to, and their identity as declared; empty texts for what was not declared.

    A line that labels such a text is left out.
    """

    first_name: str
    last_name: str
    birth_name: str = ""
    birth_date: str = ""
    birth_place: str = ""
    cpf_file: str = ""
    certification: str = ""
    certifier: str = ""
    day: str = ""

    @property
    def full_name(self) -> str:
        """Return the name to write beside an address."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str | None:
        """Return no address: the register keeps none."""
        return None


_FIELDS = {
    "personne": "full_name",
    "prénom": "first_name",
    "nom": "last_name",
    "nom de naissance": "birth_name",
    "date de naissance": "birth_date",
    "lieu de naissance": "birth_place",
    "certification": "certification",
    "certificateur": "certifier",
    "date du jury": "day",
    "dossier de formation": "cpf_file",
}
_DECLARED = frozenset(
    {"nom de naissance", "date de naissance", "lieu de naissance", "dossier de formation"}
)

IDENTITY_FIELDS = tuple(_FIELDS)
"""The field names that this message may use between braces."""


def write_identity_letter(letter: IdentityLetter, template: MessageTemplate) -> bytes:
    """Return the draft, unsent and without a recipient."""
    values = {name: one_line(getattr(letter, attribute)) for name, attribute in _FIELDS.items()}
    return write_draft(fill_message(template, values, _DECLARED), letter)
