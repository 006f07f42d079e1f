"""Match the names in a workbook with the declared ones: sheets, columns and rows alike.

Case, accents, apostrophes and spaces do not matter. A name that resembles an absent one is
misspelt, an error, because its values would otherwise be ignored in silence; any other unknown
name is a warning.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.text.fold import fold, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MISSPELT = 0.8
"""Likeness, from 0 to 1, from which an unknown name is taken for an absent one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The declared names that were found; names found are given by their position.

    A misspelt name counts as matched too, so that what stands under it is checked in the same run.
    """

    matched: Mapping[str, int]
    duplicates: tuple[tuple[int, int], ...]
    misspelt: tuple[tuple[int, str], ...]
    unknown: tuple[int, ...]
    missing: tuple[str, ...]


def match_names(found: Sequence[str], declared: Iterable[str]) -> Matches:
    """Match the names written with those declared, as a reader would."""
    names = list(declared)
    by_folded = {fold_name(name): name for name in names}
    matched: dict[str, int] = {}
    duplicates: list[tuple[int, int]] = []
    others: list[int] = []
    for place, text in enumerate(found):
        name = by_folded.get(fold_name(text))
        if name is None:
            others.append(place)
        elif name in matched:
            duplicates.append((place, matched[name]))
        else:
            matched[name] = place
    misspelt = _misspelt(found, others, [name for name in names if name not in matched])
    meant = set(misspelt.values())
    return Matches(
        matched={**matched, **{name: place for place, name in misspelt.items()}},
        duplicates=tuple(duplicates),
        misspelt=tuple(misspelt.items()),
        unknown=tuple(place for place in others if place not in misspelt),
        missing=tuple(name for name in names if name not in matched and name not in meant),
    )


def _misspelt(found: Sequence[str], others: list[int], absent: list[str]) -> dict[int, str]:
    """Pair unknown names with the absent names that they most resemble, best pairs first."""
    likeness = sorted(
        (
            (SequenceMatcher(None, fold(found[place][:100]), fold(name)).ratio(), -place, name)
            for place in others
            for name in absent
        ),
        reverse=True,
    )
    pairs: dict[int, str] = {}
    for ratio, place, name in likeness:
        if ratio >= _MISSPELT and -place not in pairs and name not in pairs.values():
            pairs[-place] = name
    return pairs
