"""The sheet « Essais »: examples of the school's own règlement, which `check` decides."""

from __future__ import annotations

from sheetgen.sources.schema.specs import LABEL_LENGTH, ColumnSpec, SheetSpec

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
            width=22,
            maximum_length=LABEL_LENGTH,
            help="Ce que le règlement doit donner : Acquise, Réussie, Validé, Délivrée, Validation "
            "partielle, Non délivrée, À délibérer, Incomplète…",
        ),
    ),
)
"""« Essais »."""
