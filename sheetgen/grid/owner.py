"""The sentences of a grid: whose it is, and what a mark may be.

Nothing else tells two grids of one shape apart than the texts that say whose a grid is. Row heights
depend on them too, so they are measured here, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import note_refusal, notes_in_words, text_fit
from sheetgen.excel.cell_text import LONGEST_ERROR, cut_text, excel_length
from sheetgen.grid import contract
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import NOT_OBSERVED, ScaleKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from sheetgen.model import Assignment, Scale, Session

PROPERTY_LENGTH = 255
"""The longest text of a document property, in Excel's characters."""

_FOOTER_NAME = 80
"""The characters of a candidate's name that a footer has room for."""

_LEFT_ROOM = contract.HOME_WIDTHS[1] - contract.INDENT
_RIGHT_ROOM = sum(contract.HOME_WIDTHS[3:5]) - contract.INDENT
_LABEL_ROOM = contract.SUMMARY_WIDTHS[4] - contract.INDENT
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
        members: the names of those who fill it in together; empty for one juror.
    """

    candidate: str
    juror: str
    line: str
    signature: str
    footer: str
    title: str
    heights: Heights
    members: tuple[str, ...] = ()


SIGNED_ELSEWHERE = "Sur la feuille Accueil, par chaque membre du jury, en face de son nom."
"""Said in place of a box to sign in, where several have signed on the first sheet."""


def owner_of(session: Session, assignment: Assignment) -> Owner:
    """Return the owner of one assignment's grid."""
    candidate = contract.candidate_name(session, assignment)
    juror = contract.juror_name(session, assignment)
    members = contract.member_names(session, assignment)
    in_common = len(members) > 1
    signature = "Signatures" if in_common else f"Date et signature : {juror}"
    named = cut_text(candidate, _FOOTER_NAME)
    marking = cut_text(assignment.juror, _FOOTER_NAME // 2)
    who = contract.JURY_LABEL if in_common else contract.JUROR_LABEL
    return Owner(
        candidate=candidate,
        juror=juror,
        line=contract.owner_line(session, assignment),
        signature=signature,
        footer=f"{who} {marking} · {named}".replace("&", "&&"),
        title=cut_text(f"Grille d’évaluation — {candidate}", PROPERTY_LENGTH),
        heights=Heights(
            candidate=text_fit.height(candidate, _LEFT_ROOM, _BODY),
            juror=text_fit.height(juror, _RIGHT_ROOM, _BODY),
            signature=text_fit.height(signature, _LABEL_ROOM, _BOLD),
        ),
        members=members if in_common else (),
    )


def acquired_in_words(scale: Scale) -> str:
    """Return from which note a criterion is acquired, in words."""
    return f"acquis à partir de {exact_number(scale.acquired_from)}"


def how_to_mark(scale: Scale, *others: Scale) -> str:
    """Return how marks are given on a bloc's sheet, on one line.

    It stands beside the bloc's title: a box of help at each cell would cover the observations.
    """
    if others:
        return _BY_LIST
    if scale.kind is ScaleKind.NOTE:
        unobserved = scale.unobserved or f"« {NOT_OBSERVED} »"
        return f"{notes_in_words(scale).capitalize()}, ou {unobserved}"
    return legend(scale) or _BY_LIST


_BY_LIST = "Alt+↓ : la liste. Entrée : la suite"


def letters_in_words(scale: Scale) -> str:
    """Return what may be typed in place of a label, as in « A, P, X ou O »."""
    *others, last = scale.shortcuts
    return f"{', '.join(others)} ou {last}" if others else last


def legend(scale: Scale) -> str:
    """Return what each letter stands for, on one line; empty where none does."""
    return " · ".join(f"{typed} {label}" for typed, label in scale.shortcuts.items())


def mark_error(scale: Scale) -> str:
    """Return what the juror reads when a value is refused: what is allowed."""
    if scale.kind is ScaleKind.NOTE:
        return note_refusal(scale)
    typed = f"Taper {' ; '.join(f'{key} : {label}' for key, label in scale.shortcuts.items())}."
    whole = f"{typed} Ou choisir dans la liste."
    if scale.shortcuts and excel_length(whole) <= LONGEST_ERROR:
        return whole
    labels = ", ".join(" ".join(level.label.split()) for level in scale.levels)
    whole = f"Choisir dans la liste : {labels} ou {NOT_OBSERVED}."
    if excel_length(whole) <= LONGEST_ERROR:
        return whole
    return "Choisir une des valeurs de la liste (flèche à droite de la cellule)."
