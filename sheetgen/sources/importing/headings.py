"""The columns of a table and what they hold, by their headings or as whoever imports it says.

The headings are those of France compétences' model and their usual synonyms. The first of these
words decides: « Référentiel de compétences, qui découlent du référentiel d'activités » is a column
of competencies.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.sources.importing.cell_texts import CRITERION
from sheetgen.sources.importing.source_codes import (
    has_code,
    split_activity,
    split_block,
    split_code,
)
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.sources.importing.document import DocumentCell


class ColumnRole(Enum):
    """The kinds of column of a référentiel; the values are the words of `--columns`."""

    BLOCK = "blocs"
    ACTIVITY = "activités"
    COMPETENCY = "compétences"
    METHOD = "modalités"
    CRITERION = "critères"
    IGNORED = "-"


_WORDS: Mapping[ColumnRole, str] = {
    ColumnRole.BLOCK: r"blocs?\b|unites?\b|domaines? de competences?",
    ColumnRole.ACTIVITY: r"activites?\b|missions?\b|taches?\b|situations? de travail|fonctions?\b",
    ColumnRole.COMPETENCY: r"competences?\b|capacites?\b|aptitudes?\b|savoir-?faire",
    ColumnRole.METHOD: r"modalites?\b|epreuves?\b|methodes? d'evaluation|types? d'evaluation"
    r"|mises? en situation|situations? d'evaluation|formes? d'evaluation|mode d'evaluation",
    ColumnRole.CRITERION: r"criteres?\b|indicateurs?\b|resultats? attendus?|attendus?\b"
    r"|observables?\b|elements? observes?|performances? attendues?",
}
_HEADING_LENGTH = 60
"""Characters of a heading; a longer text is one only where it begins as the model's do."""

_MODEL = re.compile(r"(?:le |les )?(?:referentiel|liste)s?\b")
_LEAD = 30
"""Characters that may stand before the word that decides."""

_LEAST = 2
"""Fewest columns that a row of headings names."""

_FIRST_WORDS = re.compile(
    r"(?:les? |la |l'|n[°o] |code |codes |intitules? |libelles? |liste |description |des? |du |d'"
    r"|referentiels? |types? |et |\d+ ?[-.)] ?)*"
)


def role_of(text: str) -> ColumnRole | None:
    """Return the kind of column that a heading names; None for a text that is no heading."""
    folded = fold(text)
    if not folded or (len(folded) > _HEADING_LENGTH and not _MODEL.match(folded)):
        return None
    lead = _FIRST_WORDS.match(folded)
    start = lead.end() if lead else 0
    found = [
        (match.start(), role)
        for role, words in _WORDS.items()
        if (match := re.search(rf"\b(?:{words})", folded[start : start + _LEAD + 30]))
    ]
    place, role = min(found, default=(_LEAD + 1, None), key=lambda item: item[0])
    return role if place <= _LEAD else None


def read_headings(row: Mapping[int, DocumentCell], number: int) -> dict[int, ColumnRole] | None:
    """Return the kinds of column that a row names, by column; None where it is no row of headings.

    A cell that spans several columns, or began in a row above, names what it covers.
    """
    cells = {id(cell): cell for cell in row.values()}.values()
    named = {id(cell): role for cell in cells if (role := role_of(cell.text)) is not None}
    own = [cell for cell in cells if cell.row == number and cell.text]
    if not own or any(id(cell) not in named and len(cell.text) > _HEADING_LENGTH for cell in own):
        return None
    if any(has_code(cell.text) for cell in own):
        return None
    if len({named[id(cell)] for cell in cells if id(cell) in named}) < _LEAST:
        return None
    if sum(id(cell) in named for cell in own) * 2 < len(own):
        return None
    return {column: named[id(cell)] for column, cell in row.items() if id(cell) in named}


def is_code(text: str, role: ColumnRole) -> bool:
    """Return whether a text is nothing but the code of what a column holds."""
    match role:
        case ColumnRole.BLOCK:
            coded = split_block(text)
        case ColumnRole.ACTIVITY:
            coded = split_activity(text)
        case ColumnRole.COMPETENCY:
            coded = split_code(text, "C")
        case ColumnRole.CRITERION:
            coded = split_code(text, CRITERION)
        case _:
            return False
    return coded is not None and bool(coded.code) and not coded.text


_SYNONYMS = {
    "bloc": ColumnRole.BLOCK,
    "activite": ColumnRole.ACTIVITY,
    "competence": ColumnRole.COMPETENCY,
    "modalite": ColumnRole.METHOD,
    "critere": ColumnRole.CRITERION,
}


def parse_columns(said: str) -> Sequence[ColumnRole] | None:
    """Return the columns that `--columns` names, in order; None where a word is not one of them."""
    found: list[ColumnRole] = []
    for word in re.split(r"[,;]", said):
        plain = fold(word).strip()
        if plain in ("", "-"):
            found.append(ColumnRole.IGNORED)
            continue
        role = _SYNONYMS.get(plain.removesuffix("s"))
        if role is None:
            return None
        found.append(role)
    kinds = [role for role in found if role is not ColumnRole.IGNORED]
    return found if kinds and len(set(kinds)) == len(kinds) else None
