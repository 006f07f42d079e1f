"""The sentences of a grid's first sheet: how to fill it in, and what each mark means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sheetgen.excel import notes_in_words
from sheetgen.grid.owner import acquired_in_words, letters_in_words
from sheetgen.model import NOT_OBSERVED, JurorRole, ScaleKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import Level, Scale

TYPED = "Nom de qui recopie ici une grille remplie à la main ; sinon, laissez vide."


class ExplainedMark(NamedTuple):
    """A mark and its meaning, or a heading over others, which has no words.

    Attributes:
        level: the level that the mark is; None for a note and for what is on no scale.
    """

    label: str
    words: str = ""
    level: Level | None = None


class HomeWords:
    """The sentences of one grid's first sheet."""

    def __init__(self, grid: GridPlan) -> None:
        self._grid = grid
        self._scales = _scales_of(grid)

    @property
    def is_assessor(self) -> bool:
        """Return whether the juror assesses without sitting in the jury."""
        juror = self._grid.session.juror[self._grid.assignment.juror]
        return juror.role is JurorRole.ASSESSOR

    def instructions(self) -> tuple[str, ...]:
        """Return how to fill in the grid, step by step."""
        kinds = {scale.kind for scale in self._scales}
        asked = "une appréciation ou une note, selon le critère,"
        if len(kinds) == 1:
            asked = "une appréciation" if ScaleKind.LEVELS in kinds else "une note"
        enable = (
            "1.  Si Excel affiche « Mode protégé », cliquez sur « Activer la modification ». "
            "Vous remplissez les cases jaunes ; le reste est verrouillé."
        )
        members = self._grid.owner.members
        if members:
            enable = (
                "1.  Le jury remplit cette grille ensemble : une seule appréciation par critère, "
                "celle sur laquelle ses membres s’accordent. Si Excel affiche « Mode protégé », "
                "cliquez sur « Activer la modification »."
            )
        choose = (
            f"2.  Dans la feuille de chaque bloc, donnez {asked} par critère (« {NOT_OBSERVED} » "
            "si vous n’avez pas pu l’évaluer) et motivez-la dans Observations. Le plus rapide : "
            f"{self._fastest()}."
        )
        give_back = (
            f"3.  Remplissez {'' if self.is_assessor else 'la déclaration ci-dessous et '}la "
            "feuille Synthèse, enregistrez, puis renvoyez ce fichier sans changer son format."
        )
        if members:
            give_back = (
                "3.  Chaque membre du jury remplit sa déclaration ci-dessous et signe en face de "
                "son nom, sur la grille imprimée. Remplissez la feuille Synthèse, enregistrez, "
                "puis renvoyez ce fichier sans changer son format."
            )
        return enable, choose, give_back

    def _fastest(self) -> str:
        """Return the words for the fewest strokes: nothing is to be clicked."""
        shortcuts = [scale for scale in self._scales if scale.kind is ScaleKind.LEVELS]
        if shortcuts and all(scale.shortcuts for scale in shortcuts):
            one = len(self._scales) == 1
            typed = f"tapez {letters_in_words(shortcuts[0]) if one else 'la lettre ou la note'}"
            return f"{typed}, puis Entrée : vous voilà au critère suivant"
        levels = any(scale.kind is ScaleKind.LEVELS for scale in self._scales)
        typed = "choisissez dans la liste (Alt+↓)" if levels else "tapez la note"
        return f"{typed}, puis Entrée : vous voilà au critère suivant"

    def marks(self) -> Iterator[ExplainedMark]:
        """Yield every mark's meaning, whole: prompts of cells only have room for a part."""
        kinds = {scale.kind for scale in self._scales}
        for kind in (ScaleKind.LEVELS, ScaleKind.NOTE):
            if kind is ScaleKind.NOTE and len(kinds) > 1:
                yield ExplainedMark("Notes")
            for scale in self._scales:
                if scale.kind is kind:
                    yield from self._marks_on(scale)
        unobserved = {scale.unobserved for scale in self._scales} - {None}
        words = "ni acquis, ni non acquis"
        yield ExplainedMark(NOT_OBSERVED, _typed(next(iter(unobserved), None), words))

    def _marks_on(self, scale: Scale) -> Iterator[ExplainedMark]:
        if scale.kind is ScaleKind.NOTE:
            label = "Note"
            if self._grid.referential.mixes_scales:
                label = f"Note sur {exact_number(scale.maximum)}"
            yield ExplainedMark(label, f"{notes_in_words(scale)} ; {acquired_in_words(scale)}")
        elif len(self._scales) > 1:
            yield ExplainedMark(f"Échelle « {scale.name} »" if scale.name else "Appréciations")
        for level in scale.levels:
            counts = "compte comme acquis" if level.acquired else "compte comme non acquis"
            counts = _typed(level.shortcut, counts)
            words = "\n".join(filter(None, (level.definition, counts)))
            yield ExplainedMark(level.label, words, level)


def _scales_of(grid: GridPlan) -> tuple[Scale, ...]:
    """Return the scales of the criteria that a grid shows."""
    known = grid.referential
    if not known.mixes_scales:
        return (known.scale,)
    found = {known.scale_of[item.criterion.code] for item in grid.criteria}
    return tuple(scale for scale in known.scales_in_use if scale in found)


def _typed(shortcut: str | None, words: str) -> str:
    """Return what a mark means, after what may be typed for it."""
    return f"taper {shortcut} ; {words}" if shortcut else words
