"""Kinds of problem of the papers that a closing makes."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, warning

TIES_UNDECLARED = warning(
    "ties-undeclared-in-minutes",
    "{juror} n'a pas rempli la déclaration d'absence de lien dans ses grilles ({candidates}) ; le "
    "procès-verbal le dit.",
    "Avant de faire signer, demander la grille complétée et consolider de nouveau ; ou faire "
    "signer tel quel.",
    "Le procès-verbal dit de la déclaration ce que les grilles en disent, et rien de plus : il "
    "n'affirme pas d'un juré ce qu'il n'a pas déclaré.",
)

OFFICIAL_PAPER_INCOMPLETE = error(
    "official-paper-incomplete",
    "« {name} » n'est pas rempli, à imprimer dans {papers} : rien n'est clos.",
    "Le remplir et relancer. Pour des projets à relire, qui ne figent rien : --draft. Pour clore "
    "sans documents : --no-reports.",
    "Un document officiel est complet ou n'est pas fait : un parchemin sans code RNCP ni "
    "signataire ne vaut rien, et une fois remis ne se reprend plus.",
    Together(
        sentence="{count} valeurs de la feuille {sheet} ne sont pas remplies, que les papiers "
        "officiels doivent dire : {items}. Rien n'est clos. Les remplir et relancer. Pour des "
        "projets à relire, qui ne figent rien : --draft. Pour clore sans documents : --no-reports.",
        item="{name} ({cell})",
        least=2,
    ),
)

OPTION_LEFT_TO_CHOOSE = warning(
    "option-left-to-choose",
    "Le candidat {candidate} a tous les blocs obligatoires, et il lui reste à choisir des options "
    "({found}) : il n'est pas inscrit à la session suivante.",
    "L'y ajouter, avec les options qu'il choisit dans la colonne Options.",
    "La certification demande encore des options, et personne ne les choisit à la place du "
    "candidat.",
)

NOTHING_LEFT_TO_PRESENT = warning(
    "nothing-left-to-present",
    "Le candidat {candidate} détient tous les blocs demandés sans que la certification lui soit "
    "délivrée : il n'a plus rien à présenter et n'est pas inscrit à la session suivante.",
    "L'y ajouter si le règlement prévoit qu'il se présente de nouveau.",
    "Un bloc acquis l'est pour la vie et ne se présente pas deux fois ; le jury a retenu une "
    "validation partielle, par exemple faute de la moyenne générale minimale.",
)
