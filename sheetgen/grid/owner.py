"""The texts that say whose grid it is: nothing else tells two grids of one shape apart.

Row heights depend on these texts too, so they are measured here, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.excel import text_fit
from sheetgen.excel.cell_text import cut_text
from sheetgen.grid import contract

if TYPE_CHECKING:
    from sheetgen.model import Assignment, Session

PROPERTY_LENGTH = 255
"""The longest text of a document property, in Excel's characters."""

_FOOTER_NAME = 80
"""The characters of a candidate's name that a footer has room for."""

_LEFT_ROOM = contract.HOME_WIDTHS[1] - contract.INDENT
_RIGHT_ROOM = sum(contract.HOME_WIDTHS[3:]) - contract.INDENT
_LABEL_ROOM = contract.SUMMARY_WIDTHS[1] - contract.INDENT
"""Characters beside *Candidat* and *Juré* on the first sheet, and in the label to sign at."""

_BODY, _BOLD = text_fit.Font(), text_fit.Font(bold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """Points that rows need for these texts: candidate and juror at home, signature at the end."""

    candidate: float
    juror: float
    signature: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The texts of one grid that name its candidate or its juror.

    Attributes:
        candidate: as the first sheet names them.
        juror: likewise.
        line: whose marks a sheet holds, as it says below its title.
        signature: the label of the place to sign.
        footer: both, below every printed page; ampersands doubled, as footers want them.
        title: of the document.
        heights: the room these texts take.
    """

    candidate: str
    juror: str
    line: str
    signature: str
    footer: str
    title: str
    heights: Heights


def owner_of(session: Session, assignment: Assignment) -> Owner:
    """Return the owner of one assignment's grid."""
    candidate = contract.candidate_name(session, assignment)
    juror = contract.juror_name(session, assignment)
    signature = f"Date et signature : {juror}"
    named = cut_text(candidate, _FOOTER_NAME)
    marking = cut_text(assignment.juror, _FOOTER_NAME // 2)
    return Owner(
        candidate=candidate,
        juror=juror,
        line=contract.owner_line(session, assignment),
        signature=signature,
        footer=f"Juré {marking} · {named}".replace("&", "&&"),
        title=cut_text(f"Grille d’évaluation — {candidate}", PROPERTY_LENGTH),
        heights=Heights(
            candidate=text_fit.height(candidate, _LEFT_ROOM, _BODY),
            juror=text_fit.height(juror, _RIGHT_ROOM, _BODY),
            signature=text_fit.height(signature, _LABEL_ROOM, _BOLD),
        ),
    )
