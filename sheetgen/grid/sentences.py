"""The sentences of a bloc's sheet: on competencies, on what assesses them, on criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import ScaleKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.model import (
        AssessmentMethod,
        Competency,
        Criterion,
        MethodCode,
        Referential,
        Scale,
    )

OVER_ALL = "Sur l’ensemble des épreuves"
"""Above the criteria that belong to none."""

BY_EVIDENCE = "Compétence justifiée par une pièce, que le jury vérifie : rien à évaluer ici."


_MANDATORY = "(compétence obligatoire)"


def competency_heading(competency: Competency) -> str:
    """Return a competency's text, with the flag that weighs on its bloc."""
    return f"{competency.title}\n{_MANDATORY}" if competency.mandatory else competency.title


def competency_in_short(competency: Competency) -> str:
    """Return a competency's text as one line, to be cut, after the flag that must not be."""
    line = _in_one_line(competency.title)
    return f"{_MANDATORY} {line}" if competency.mandatory else line


def criterion_flags(criterion: Criterion) -> list[str]:
    """Return the words for what a criterion weighs beyond its points."""
    flags = {"obligatoire": criterion.mandatory, "éliminatoire": criterion.eliminatory}
    return [word for word, holds in flags.items() if holds]


class Sentences:
    """The sentences of a référentiel's sheets."""

    def __init__(self, referential: Referential) -> None:
        self._referential = referential

    def criterion(self, criterion: Criterion) -> str:
        """Return a criterion's text, with its flags, and its scale where there are several."""
        flags = criterion_flags(criterion)
        if self._referential.mixes_scales:
            flags.append(scale_in_short(self._referential.scale_of[criterion.code]))
        said = ", ".join(filter(None, flags))
        return f"{criterion.title}\n(critère {said})" if said else criterion.title

    def methods(
        self, codes: Sequence[MethodCode], competency: Competency, *, bloc_only: bool
    ) -> str:
        """Return the modalités of a competency as this candidate sits them."""
        known = self._referential
        said = [self._method(known.method[code], bloc_only=bloc_only) for code in codes]
        if competency.by_evidence:
            said.append(BY_EVIDENCE)
        return "\n".join(said)

    def methods_in_short(
        self, codes: Sequence[MethodCode], *, bloc_only: bool
    ) -> tuple[str, list[str]]:
        """Return the modalités of a competency as one line, to be cut, and what is never cut."""
        methods = [self._referential.method[code] for code in codes]
        described = (self._lines(item, bloc_only=bloc_only) for item in methods)
        said = " — ".join(_in_one_line(line) for lines in described for line in lines)
        return said, [line for item in methods for line in self._opening(item)]

    def _method(self, method: AssessmentMethod, *, bloc_only: bool) -> str:
        """Return the assessment method as this candidate sits it."""
        return "\n".join(
            [*self._lines(method, bloc_only=bloc_only), *self._opening(method)],
        )

    def _lines(self, method: AssessmentMethod, *, bloc_only: bool) -> list[str]:
        """Return what is said of a method beside what opens it."""
        word = "Modalité"
        if self._referential.uses_assessments and self._is_assessment(method):
            word = f"Épreuve {method.code}"
        name = " — ".join(filter(None, (method.name, method.kind_beside)))
        return [f"{word} : {name}", *self._described(method, bloc_only=bloc_only)]

    def _is_assessment(self, method: AssessmentMethod) -> bool:
        return method.code in self._referential.criteria_of_assessment

    def assessment_name(self, code: MethodCode) -> str:
        """Return the name of an épreuve, above its criteria."""
        return f"Épreuve : {self._referential.method[code].name}"

    def assessment_in_short(self, code: MethodCode, *, bloc_only: bool) -> str:
        """Return what else is said of an épreuve as one line, to be cut."""
        method = self._referential.method[code]
        said = method.kind_beside, *self._described(method, bloc_only=bloc_only)
        return _in_one_line(" — ".join(filter(None, said)))

    def opening(self, code: MethodCode) -> list[str]:
        """Return the sentence that says which épreuves open one, if any do."""
        return self._opening(self._referential.method[code])

    def names(self, codes: Sequence[MethodCode]) -> str:
        """Return the modalités by code and name, on one line."""
        methods = (self._referential.method[code] for code in codes)
        return " ; ".join(f"{item.code} {item.name}" for item in methods)

    @staticmethod
    def _described(method: AssessmentMethod, *, bloc_only: bool) -> list[str]:
        said = [method.description]
        if bloc_only and method.block_variant:
            said.append(f"Candidat en capitalisation de bloc : {method.block_variant}")
        return said

    @staticmethod
    def _opening(method: AssessmentMethod) -> list[str]:
        """Return the sentence that says which épreuves open one, if any do."""
        if not method.condition:
            return []
        opened = "sont réussies" if len(method.condition) > 1 else "est réussie"
        opening = f"{' et '.join(method.condition)} {opened}"
        return [f"Épreuve ouverte seulement si {opening} ; sinon, laisser ses cases vides."]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def scale_in_short(scale: Scale) -> str:
    """Return the scale of a criterion in a few words, where a référentiel has several."""
    if scale.kind is ScaleKind.LEVELS:
        return f"échelle « {scale.name} »" if scale.name else ""
    if scale.minimum == 0:
        return f"noté sur {exact_number(scale.maximum)}"
    return f"noté de {exact_number(scale.minimum)} à {exact_number(scale.maximum)}"


def out_of_in_words(referential: Referential, criterion: Criterion) -> str:
    """Return what a note is out of, as « / 8 », where not all are on one scale; else nothing."""
    scale = referential.scale_of[criterion.code]
    if scale.kind is ScaleKind.LEVELS or not referential.mixes_scales:
        return ""
    return f"/ {exact_number(scale.maximum)}"
