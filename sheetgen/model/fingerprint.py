"""The fingerprint of a référentiel: of all that jurors see, so that old grids are told from new.

Rules, weights, flags and whatever only decides may change without voiding the grids that are out.
What a school may leave blank enters where it is filled alone, so that a référentiel that does
without it keeps the fingerprint that its grids bear.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from sheetgen.model.terms import NOTE

if TYPE_CHECKING:
    from sheetgen.model.referential import Referential
    from sheetgen.model.referential_parts import AssessmentMethod, Competency, Criterion
    from sheetgen.model.scales import Scale


def fingerprint_of(referential: Referential) -> str:
    """Return the SHA-256, in hexadecimal, of what a juror sees: codes, texts, scales."""
    seen = {
        "certification": [referential.certification.title, referential.certification.level],
        "blocks": [[b.code, b.title] for b in referential.blocks],
        "activities": [[a.code, a.block, a.title] for a in referential.activities],
        "methods": [method_seen(item) for item in referential.methods],
        "competencies": [competency_seen(item) for item in referential.competencies],
        "criteria": [criterion_seen(item) for item in referential.criteria],
        "scale": _scale(referential.scale),
        **further_scales_seen(referential),
    }
    text = json.dumps(seen, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def method_seen(item: AssessmentMethod) -> list[object]:
    """Return the code of a modalité and what a juror sees of it."""
    title = [item.title] if item.title else []
    return [item.code, item.kind, item.description, item.block_variant, *title]


def competency_seen(item: Competency) -> list[object]:
    """Return the code of a competency and what a juror sees of it."""
    methods = item.methods[0] if len(item.methods) == 1 else list(item.methods)
    place = [] if item.activity is not None else [item.block]
    return [item.code, item.activity, item.title, methods, *place]


def criterion_seen(item: Criterion) -> list[object]:
    """Return the code of a criterion and what a juror sees of it."""
    added = {
        "method": item.method,
        "group": item.group,
        "out_of": None if item.out_of is None else str(item.out_of),
        "scale": item.scale,
    }
    filled = {name: value for name, value in added.items() if value is not None}
    return [item.code, item.competency, item.title, *([filled] if filled else [])]


def _scale(scale: Scale) -> list[object]:
    return [
        scale.kind.key,
        [
            [
                level.label,
                str(level.points),
                level.acquired,
                level.definition,
                *([level.shortcut] if level.shortcut else []),
            ]
            for level in scale.levels
        ],
        [str(scale.minimum), str(scale.maximum), str(scale.step)],
        *([scale.unobserved] if scale.unobserved else []),
    ]


def further_scales_seen(referential: Referential) -> dict[str, object]:
    """Return the scales that a criterion asks for beside the default one."""
    asked = {item.scale for item in referential.criteria}
    found: dict[str, object] = {}
    named = [[scale.name, *_scale(scale)] for scale in referential.scales if scale.name in asked]
    if named:
        found["scales"] = named
    takes_notes = NOTE in asked or any(item.out_of is not None for item in referential.criteria)
    if takes_notes and referential.notes is not referential.scale:
        found["notes"] = _scale(referential.notes)
    return found
