"""Kinds of problem of several files for one grid, or of none."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

GRID_CONFLICT = error(
    "grid-conflict",
    "Ce retour et un autre de la même grille ({other}), {grid}, diffèrent en {count} endroit(s).",
    "Retirer celui qui n'est pas le bon, ou désigner le bon avec --prefer.",
    "La même grille est revenue plusieurs fois, avec des contenus différents. Aucun ne compte tant "
    "que l'administrateur n'a pas choisi.",
    Together(
        sentence="Des retours d'une même grille diffèrent : {items}. Retirer ceux qui ne sont pas "
        "les bons, ou désigner les bons avec --prefer.",
        item="{grid} ({files})",
        across=True,
        least=2,
    ),
)

MARK_CONFLICT = error(
    "mark-conflict",
    "Retours contradictoires ({what}) : {found} ici, {other}.",
    "Demander à qui l'a remplie lequel est le bon.",
    "Chaque différence entre deux retours d'une même grille est donnée à sa cellule, avec les "
    "deux valeurs.",
    Together(
        sentence="Ce qu'ils disent autrement : {items}. Demander à qui a évalué lequel est le bon.",
        item="{what}, {each}",
        across=True,
        least=2,
    ),
)

GRID_DUPLICATE = info(
    "grid-duplicate",
    "Ce retour dit la même chose que {other}, qui compte.",
    "Rien à faire.",
    "Deux fichiers identiques par leurs évaluations et observations ne comptent qu'une fois.",
)

GRID_CORRECTED = info(
    "grid-corrected",
    "Ce retour a été corrigé depuis : {other} en reprend toutes les évaluations et le remplace.",
    "Rien à faire.",
    "Une grille à corriger nomme le fichier dont elle a été faite. Revenue, elle le remplace, "
    "pourvu qu'elle n'en change aucune évaluation valable.",
)

CORRECTION_CONFLICT = error(
    "correction-conflict",
    "Cette correction change {count} évaluation(s) qui étaient valables dans {other} : {found}.",
    "Demander à qui a évalué laquelle est la bonne, puis retirer l'autre fichier ou désigner le "
    "bon avec --prefer.",
    "Une grille à corriger remplace le fichier dont elle a été faite, mais pas ce qui y était "
    "valable : une évaluation changée se décide. Aucun des deux fichiers ne compte jusque-là.",
)

GRID_SET_ASIDE = info(
    "grid-set-aside",
    "Ce retour est écarté : {other} a été désigné par --prefer.",
    "Rien à faire.",
    "L'administrateur a choisi entre des retours différents de la même grille.",
)

PREFERRED_UNKNOWN = error(
    "preferred-unknown",
    "Le fichier désigné par --prefer n'est pas parmi les retours lus.",
    "Donner le nom du fichier tel qu'il apparaît dans les messages.",
    "L'option --prefer désigne un fichier par son chemin ou par son nom.",
)

PREFERRED_AMBIGUOUS = error(
    "preferred-ambiguous",
    "Le nom désigné par --prefer est celui de {count} retours : {found}.",
    "Donner le chemin du bon fichier, tel qu'il apparaît dans ce message.",
    "L'option --prefer désigne un fichier par son chemin, ou par son nom s'il est seul à le "
    "porter. Entre plusieurs, rien n'est choisi.",
)

PREFERRED_REJECTED = error(
    "preferred-rejected",
    "Le fichier désigné par --prefer est refusé : il ne peut pas compter.",
    "Corriger ce qui le fait refuser, ou désigner un autre fichier.",
    "L'option --prefer choisit entre des retours valables ; elle ne rend pas valable celui qui "
    "ne l'est pas.",
)

GRID_MISSING = warning(
    "grid-missing",
    "La grille du juré {juror} pour le candidat {candidate} n'est pas revenue.",
    "La demander à {name}.",
    "Une grille attendue n'est pas dans les retours. Une grille qui y est et qui est refusée, ou "
    "en conflit, fait l'objet de son propre message.",
    Together(
        sentence="{count} grilles ne sont pas revenues : {items}. Les demander aux jurés.",
        item="{candidate} par {juror}",
    ),
)

STAND_IN_NOT_NEEDED = warning(
    "stand-in-not-needed",
    "La grille remplie par {juror} pour le candidat {candidate} ne compte pas : celle "
    "qu'elle devait remplacer, remplie par {other}, est revenue complète.",
    "Rien à faire. Pour que l'autre compte, retirer des retours la grille remplie par {other}.",
    "Une grille complète du juré remplacé compte en son nom, même revenue après celle de qui le "
    "remplace.",
)

SEATED_STAND_IN_LEFT = error(
    "seated-stand-in-left",
    "La grille remplie par {juror} pour le candidat {candidate} ne compte pas : la colonne "
    "« Remplace » met {juror} à la place de {other}, dont la grille est revenue complète. "
    "Pourtant, quand elle a été faite, {juror} ne remplaçait personne.",
    "Si les deux ont évalué le candidat, vider Remplace et écrire dans Affectations qui évalue qui "
    "(feuilles Jurés et Affectations de session.xlsx) : les deux grilles comptent alors. Sinon, "
    "retirer des retours celle qui ne doit pas compter.",
    "Un juré et qui le remplace donnent un seul avis par candidat. Deux jurés qui ont siégé "
    "ensemble en donnent deux, et les appréciations d'aucun ne doivent se perdre.",
)

REPLACED_GRID_LEFT = info(
    "replaced-grid-left",
    "La grille incomplète remplie par {juror} pour le candidat {candidate} est remplacée par "
    "une autre, remplie par {other}.",
    "Rien à faire.",
    "Une grille incomplète du juré remplacé compte jusqu'à ce que celle de qui le remplace soit "
    "revenue.",
)
