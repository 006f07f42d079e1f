"""Kinds of problem of grids that several jurors fill in together, from the session to returns."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

# The session.

GROUPS_FORMED = info(
    "common-groups",
    "Notation commune : {groups}.",
    "Rien à faire si c'est bien ainsi que les candidats sont évalués.",
    "Avec « Notation : Commune », les membres du jury dont les grilles poseraient les mêmes "
    "critères pour un candidat en remplissent une seule, ensemble. Qui est incompatible avec un "
    "candidat n'en est pas pour ce candidat ; un évaluateur garde sa propre grille.",
)

COMMON_WITHOUT_EFFECT = warning(
    "common-without-effect",
    "La notation est commune, mais aucun candidat n'est évalué sur les mêmes critères par "
    "plusieurs membres du jury : chaque grille est celle d'un juré.",
    "Laisser « Notation » vide, ou revoir la feuille Affectations.",
    "Une grille est commune à ceux qui évaluent la même chose : les mêmes blocs et les mêmes "
    "modalités du même candidat. Des affectations différentes pour chacun ne laissent rien en "
    "commun.",
)

COMMON_CODE_SIGN = error(
    "common-code-sign",
    "Le code de juré « {found} » contient « + », qui sépare les codes des jurés dans une notation "
    "commune.",
    "Donner à ce juré un code sans « + ».",
    "La grille commune de J01 et J02 porte le code J01+J02 : un code de juré qui contient ce signe "
    "pourrait se lire comme celui de deux personnes.",
)

COMMON_CODE_LONG = error(
    "common-code-long",
    "Les codes des {count} jurés qui évaluent en commun le candidat {candidate} font ensemble "
    "plus de {limit} caractères.",
    "Raccourcir les codes de la feuille Jurés, par exemple J1, J2, J3.",
    "L'identité d'une grille commune nomme tous ceux qui la remplissent, et une propriété de "
    "document n'en contient pas davantage.",
)

# Returns.

GROUP_CHANGED = error(
    "group-changed",
    "La grille a été faite pour {then} ; le candidat {candidate} est maintenant évalué par {now}.",
    "Si cette grille est la bonne, rétablir dans session.xlsx le jury pour lequel elle a été "
    "faite. Sinon lancer « sheetgen generate », et faire remplir et signer la nouvelle grille par "
    "ceux qui évaluent maintenant ce candidat, et retirer celle-ci des retours.",
    "Une grille commune est celle de tous ceux qui y sont nommés, et d'eux seuls. Depuis qu'elle a "
    "été faite, quelqu'un a rejoint ou quitté le jury de ce candidat, ou « Notation » a changé : "
    "rien n'en compte, pour que les appréciations des uns ne deviennent pas celles des autres.",
)

MEMBER_TIE_DECLARED = error(
    "member-tie-declared",
    "{name} a répondu « Non » à la déclaration d'absence de lien avec le candidat {candidate}, "
    "dans une grille remplie en commun.",
    "Écrire ce candidat dans sa colonne « Incompatible avec » (feuille Jurés), retirer la ligne "
    "qui le lui affecte s'il y en a une (feuille Affectations), lancer « sheetgen generate », "
    "faire remplir la nouvelle grille par les autres, et retirer celle-ci des retours.",
    "Personne ne juge un candidat qu'il a formé, accompagné ou qu'il connaît. Une appréciation "
    "donnée en commun est celle de chacun : aucune de cette grille ne compte.",
)

MEMBERS_UNDECLARED = warning(
    "members-undeclared",
    "Sur cette grille commune, la déclaration d'absence de lien avec le candidat n'est pas remplie "
    "par {names}.",
    "La faire remplir avant la délibération.",
    "Chaque membre du jury déclare pour lui-même. Les appréciations comptent ; ces déclarations "
    "restent dues.",
)

MEMBER_DECLARATION_UNREADABLE = warning(
    "member-declaration-unreadable",
    "La réponse « {found} » donnée par {name} à la déclaration d'absence de lien n'est ni Oui ni "
    "Non.",
    "Lui demander sa réponse.",
    "Les appréciations comptent ; la déclaration reste due.",
)

MEMBER_TIE_ELSEWHERE = warning(
    "member-tie-elsewhere",
    "Dans un autre retour de la même grille commune ({other}), un membre du jury déclare un lien "
    "avec le candidat.",
    "Lui demander ce qu'il en est ; s'il y a un lien, retirer aussi ce fichier.",
    "Un membre du jury a répondu « Non » à la déclaration dans un fichier, et autre chose dans "
    "celui-ci. Seul celui-ci compte.",
)

COMMON_GRID_MISSING = warning(
    "common-grid-missing",
    "La grille commune pour le candidat {candidate} ({names}) n'est pas revenue.",
    "La demander à {holder}, qui l'a reçue.",
    "Une grille attendue n'est pas dans les retours. Une grille qui y est et qui est refusée, ou "
    "en conflit, fait l'objet de son propre message.",
    Together(
        sentence="{count} grilles communes ne sont pas revenues : {items}. Les demander à qui les "
        "a reçues.",
        item="{candidate} chez {holder}",
    ),
)

COMMON_GRID_NEVER_MADE = warning(
    "common-grid-never-made",
    "La grille commune pour le candidat {candidate} ({names}) n'a jamais été faite.",
    "Lancer « sheetgen generate », puis l'envoyer à {holder}.",
    "Le candidat a été ajouté, ou le jury qui l'évalue a changé, depuis le dernier « generate ».",
)
