"""Rules that a school wrote and that change nothing of what is decided."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockRule, CompetencyRule, Merge, Rules, ScaleKind
from sheetgen.problems import regulations as kinds
from sheetgen.sources.read import parse_default
from sheetgen.sources.schema import REFERENTIAL
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import Scale
    from sheetgen.problems import Problem
    from sheetgen.sources.checks.outcomes import Regulation
    from sheetgen.sources.schema import FieldSpec

_FIELDS = {item.attribute: item for item in REFERENTIAL.sheet("Règles").fields}
_EMPTY = "Vider la cellule"


def check_effects(tried: Regulation) -> Iterator[Problem]:
    """Warn of rules written otherwise than by default and without effect, with the reason."""
    for check in (*_CHECKS, *(_OF_ALL if tried.has_rules_of_all else ())):
        yield from check(tried)


def _told(tried: Regulation, attribute: str, reason: str, remedy: str) -> Iterator[Problem]:
    """Yield the warning, where the rule is written and is not its default."""
    field = _FIELDS[attribute]
    cell = tried.rules.cells.get(attribute)
    if cell is not None and not cell.is_blank and _changed(tried, field):
        yield kinds.RULE_WITHOUT_EFFECT.at(
            tried.at(attribute),
            name=field.name,
            found=tried.rules.shown(attribute),
            reason=reason,
            remedy=remedy,
        )


def _changed(tried: Regulation, field: FieldSpec) -> bool:
    return tried.rules.values.get(field.attribute) != parse_default(field)


def _tie_break(tried: Regulation) -> Iterator[Problem]:
    merge = tried.referential.rules.merge
    if merge is not Merge.MAJORITY:
        yield from _told(
            tried,
            "tie_break",
            f"il ne joue qu'avec « majorité », et Fusion des jurés est « {merge.value} »",
            f"{_EMPTY}, ou choisir « majorité » dans Fusion des jurés.",
        )


def _notes(tried: Regulation) -> Iterator[Problem]:
    """Find bounds of notes, where marks are levels."""
    if tried.referential.scale.kind is ScaleKind.NOTE or tried.referential.note_bounds is not None:
        return
    for attribute in ("note_minimum", "note_maximum", "note_step", "note_acquired"):
        yield from _told(
            tried,
            attribute,
            "Type d'échelle est « niveaux », qui sont ceux de la feuille Échelle",
            f"{_EMPTY}, ou écrire « note » dans Type d'échelle.",
        )


def _divergence(tried: Regulation) -> Iterator[Problem]:
    """Yield a gap that two jurors cannot have; told even of the default, where it is written."""
    scale, rules = tried.referential.scale, tried.referential.rules
    span = scale.maximum - scale.minimum
    cell = tried.rules.cells.get("divergence")
    written = cell is not None and not cell.is_blank
    if written and rules.divergence is not None and rules.divergence > span:
        yield kinds.RULE_WITHOUT_EFFECT.at(
            tried.at("divergence"),
            name=_FIELDS["divergence"].name,
            found=exact_number(rules.divergence),
            reason=f"deux jurés ne peuvent pas s'écarter de plus de {exact_number(span)}, aucun "
            "désaccord ne sera signalé",
            remedy=f"Écrire {exact_number(span)} au plus, ou vider la cellule pour ne rien "
            "signaler.",
        )


def _eliminatory(tried: Regulation) -> Iterator[Problem]:
    if not any(criterion.eliminatory for criterion in tried.referential.criteria):
        yield from _told(
            tried,
            "eliminatory_points",
            "aucun critère n'est éliminatoire",
            f"{_EMPTY}, ou écrire Oui dans la colonne Éliminatoire de la feuille Critères.",
        )


def _zone(tried: Regulation) -> Iterator[Problem]:
    rules = tried.referential.rules
    counts = rules.competency_rule in (CompetencyRule.ALL, CompetencyRule.COUNT)
    if counts and rules.block_rule is BlockRule.ALL:
        yield from _told(
            tried,
            "deliberation_zone",
            f"ni « {rules.competency_rule.value} » ni « {rules.block_rule.value} » n'ont de seuil "
            "en pourcentage",
            f"{_EMPTY}, ou choisir une règle à seuil.",
        )


def _floor(tried: Regulation) -> Iterator[Problem]:
    """Yield a floor that is not under the mean it stands beside: the mean asks nothing more."""
    rules = tried.referential.rules
    if rules.block_rule is BlockRule.MEAN and rules.competency_floor >= rules.block_threshold > 0:
        yield from _told(
            tried,
            "block_threshold",
            "chaque compétence doit déjà atteindre Plancher compétence, qui n'est pas plus bas",
            "Abaisser Plancher compétence, ou relever Seuil bloc.",
        )


def _general_mean(tried: Regulation) -> Iterator[Problem]:
    """Yield a general mean that any candidate reaches who validates every bloc."""
    rules, scale = tried.referential.rules, tried.referential.scale
    asked = rules.general_mean
    if asked is not None and not rules.deliberation_zone and asked <= _lowest_mean(rules, scale):
        yield from _told(
            tried,
            "general_mean",
            "qui valide tous les blocs l'atteint toujours",
            f"{_EMPTY}, ou écrire une moyenne plus haute que les seuils des blocs.",
        )


def _lowest_mean(rules: Rules, scale: Scale) -> Fraction:
    """Return the lowest score, from 0 to 1, of a bloc that the rules validate; 0 where unknown."""
    acquired = (scale.acquired_from - scale.minimum) / (scale.maximum - scale.minimum)
    competency = {
        CompetencyRule.ALL: acquired,
        CompetencyRule.COUNT: Fraction(0),
        CompetencyRule.PERCENTAGE: rules.competency_threshold * acquired,
        CompetencyRule.MEAN: rules.competency_threshold,
    }[rules.competency_rule]
    return {
        BlockRule.ALL: competency,
        BlockRule.PERCENTAGE: rules.block_threshold * competency,
        BlockRule.MEAN: max(rules.block_threshold, rules.competency_floor),
    }[rules.block_rule]


def _all_mandatory(tried: Regulation) -> Iterator[Problem]:
    """Yield shares of criteria or competencies that are asked where each of them is required."""
    known = tried.referential
    shares = (CompetencyRule.PERCENTAGE, CompetencyRule.COUNT)
    if known.rules.competency_rule in shares and all(item.mandatory for item in known.criteria):
        yield from _share_of_all(
            tried,
            ("competency_threshold", "competency_rule"),
            "tous les critères sont obligatoires, une compétence les demande donc tous",
            "Écrire « tous les critères » dans Compétence acquise si, ou Non dans la colonne "
            "Obligatoire de la feuille Critères.",
        )
    if known.rules.block_rule is BlockRule.PERCENTAGE and all(
        item.mandatory for item in known.competencies
    ):
        yield from _share_of_all(
            tried,
            ("block_threshold", "block_rule"),
            "toutes les compétences sont obligatoires, un bloc les demande donc toutes",
            "Écrire « toutes les compétences » dans Bloc validé si, ou Non dans la colonne "
            "Obligatoire de la feuille Compétences.",
        )


def _share_of_all(
    tried: Regulation, attributes: tuple[str, str], reason: str, remedy: str
) -> Iterator[Problem]:
    """Yield the warning at the threshold, or at its rule where the threshold is left blank.

    It is told of defaults too: the column that makes them idle is written out.
    """
    for attribute in attributes:
        cell = tried.rules.cells.get(attribute)
        if cell is not None and not cell.is_blank:
            yield kinds.RULE_WITHOUT_EFFECT.at(
                tried.at(attribute),
                name=_FIELDS[attribute].name,
                found=tried.rules.shown(attribute),
                reason=reason,
                remedy=remedy,
            )
            return


_CHECKS = (_tie_break, _notes, _divergence, _eliminatory)
_OF_ALL = (_zone, _floor, _general_mean, _all_mandatory)
