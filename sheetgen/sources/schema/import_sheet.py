"""The sheet « Import », which a référentiel made from a document has until somebody has read it."""

from __future__ import annotations

from sheetgen.sources.schema.specs import ColumnSpec, SheetSpec

REVIEWED = "Relu"
"""The row of « Import » that says whether somebody has read the draft beside its source."""

IMPORT = SheetSpec(
    name="Import",
    required=False,
    help="Seulement dans un brouillon tiré d'un document : d'où vient chaque texte, ce qui est "
    "douteux, ce qui n'a pas trouvé sa place. Le référentiel sert quand la ligne Relu, tout en "
    "haut, est Oui.",
    columns=(
        ColumnSpec(
            name="N°", attribute="number", width=7, help="Numéro de la ligne, dans l'ordre."
        ),
        ColumnSpec(name="Source", attribute="source", width=20, help="Le fichier importé."),
        ColumnSpec(
            name="Endroit",
            attribute="place",
            width=26,
            help="Où le texte s'y trouve : tableau, ligne, colonne, paragraphe, ou cellule.",
        ),
        ColumnSpec(
            name="État",
            attribute="state",
            width=14,
            help="Repris, Douteux (à relire), Titre de colonne, Non placé, ou Ajouté.",
        ),
        ColumnSpec(
            name="Feuille",
            attribute="sheet",
            width=14,
            help="La feuille de ce classeur où le texte est allé.",
        ),
        ColumnSpec(
            name="Code", attribute="code", width=13, help="Le code de la ligne de cette feuille."
        ),
        ColumnSpec(
            name="Repère",
            attribute="mark",
            width=13,
            help="Ce qui précédait le texte et a servi de code, à la lettre.",
        ),
        ColumnSpec(name="Texte", attribute="text", width=70, help="Le texte, tel qu'il a été lu."),
        ColumnSpec(
            name="Remarque",
            attribute="remark",
            width=44,
            help="Ce qui est douteux, ou pourquoi le texte n'a pas trouvé sa place.",
        ),
    ),
)
"""« Import »."""
