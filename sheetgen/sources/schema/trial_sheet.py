"""The sheet « Essais »: examples of the school's own règlement, which `check` decides."""

from __future__ import annotations

from sheetgen.model import (
    AssessmentOutcome,
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    Term,
)
from sheetgen.sources.schema.specs import LABEL_LENGTH, ColumnSpec, SheetSpec


class ExpectedOutcome(Term):
    """The outcomes that a trial may expect, whatever it is about."""

    ACQUIRED = CompetencyOutcome.ACQUIRED.value
    NOT_ACQUIRED = CompetencyOutcome.NOT_ACQUIRED.value
    PASSED = AssessmentOutcome.PASSED.value
    FAILED = AssessmentOutcome.FAILED.value
    NOT_OPEN = AssessmentOutcome.NOT_OPEN.value
    ABSENT = AssessmentOutcome.ABSENT.value
    VALIDATED = BlockOutcome.VALIDATED.value
    NOT_VALIDATED = BlockOutcome.NOT_VALIDATED.value
    AWARDED = CertificationOutcome.AWARDED.value
    PARTIAL = CertificationOutcome.PARTIAL.value
    NOT_AWARDED = CertificationOutcome.NOT_AWARDED.value
    TO_DELIBERATE = CertificationOutcome.TO_DELIBERATE.value
    INCOMPLETE = CertificationOutcome.INCOMPLETE.value
    INCOMPLETE_BLOCK = BlockOutcome.INCOMPLETE.value


TRIALS = SheetSpec(
    name="Essais",
    required=False,
    help="Des exemples du règlement : « sheetgen check » les décide et dit ceux qui donnent autre "
    "chose que ce que l'école attend. Sans ligne, rien n'est essayé.",
    columns=(
        ColumnSpec(
            name="Essai",
            attribute="name",
            required=True,
            width=34,
            maximum_length=LABEL_LENGTH,
            help="Le nom de l'essai, par exemple Une compétence manquée suffit à perdre le bloc.",
        ),
        ColumnSpec(
            name="Objet",
            attribute="object",
            required=True,
            width=16,
            maximum_length=LABEL_LENGTH,
            help="Ce qui est décidé : le code d'une compétence, d'une épreuve ou d'un bloc, ou "
            "Certification.",
        ),
        ColumnSpec(
            name="Appréciations",
            attribute="marks",
            required=True,
            width=60,
            help="Ce qui est mis, séparé par « ; » : C1.1.1 = Acquis ; C1.1.2 = 12,5 ; * = Acquis "
            "(tous les autres critères). J2 C1.1.1 = … pour un second juré, qui ne compte que là ; "
            "le premier préside. E1 = absent, Voie = VAE. Un critère que rien ne nomme manque.",
        ),
        ColumnSpec(
            name="Attendu",
            attribute="expected",
            required=True,
            choices=ExpectedOutcome,
            width=22,
            maximum_length=LABEL_LENGTH,
            help="Ce que le règlement doit donner, dans les mots de l'objet : une compétence est "
            "Acquise, une épreuve Réussie, un bloc Validé, la certification Délivrée.",
        ),
    ),
)
"""« Essais »."""
