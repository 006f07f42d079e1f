"""The example référentiels, and the marks of their jurors as the data files give them."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from sheetgen.model import CandidateId, CriterionCode, JurorCode, Mark, Referential

ROOT = Path(__file__).resolve().parents[1]
REFERENTIALS = ROOT / "examples" / "referentiels"
NAMES = tuple(sorted(item.name for item in REFERENTIALS.iterdir() if item.is_dir()))

GridMarks = dict[tuple[CandidateId, JurorCode], dict[CriterionCode, Mark]]


def read_marks(name: str, referential: Referential) -> GridMarks:
    """Every mark of an example, by grid; a blank is none."""
    found: GridMarks = defaultdict(dict)
    path = REFERENTIALS / name / "appreciations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            key = CandidateId(row.pop("candidat")), JurorCode(row.pop("juré"))
            for code, written in row.items():
                if written:
                    criterion = CriterionCode(code)
                    found[key][criterion] = _mark(referential, key[1], criterion, written)
    return found


def _mark(referential: Referential, juror: JurorCode, code: CriterionCode, written: str) -> Mark:
    """A label of the criterion's own scale, or a note on it."""
    scale = referential.scale_of[code]
    levels = {level.label: level.points for level in scale.levels}
    points = levels[written] if levels else Fraction(written.replace(",", "."))
    assert scale.minimum <= points <= scale.maximum
    value = written if levels else points
    return Mark(juror=juror, criterion=code, value=value, points=points)
