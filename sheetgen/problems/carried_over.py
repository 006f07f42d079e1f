"""Kinds of problem told when the consolidation is made again: what the jury had written in it."""

from __future__ import annotations

from sheetgen.problems.records import info, warning

DELIBERATION_CARRIED_OVER = info(
    "deliberation-carried-over",
    "Ce que le jury avait écrit est repris de l'ancien classeur : {found}.",
    "Rien à faire ; vérifier la date et l'heure de clôture si le jury se réunit de nouveau.",
    "Décisions, motifs, adoption, clôture, incidents et observations passent dans le nouveau "
    "classeur, pour chaque ligne dont la proposition est la même.",
)

LINES_TO_REVIEW = warning(
    "lines-to-review",
    "{count} ligne(s) à revoir par le jury : {found}.",
    "Ouvrir la feuille Délibération, filtrer la colonne « Contrôle » sur « ◆ À revoir » et y "
    "choisir de nouveau une décision ; la colonne « À revoir » dit ce qui avait été décidé.",
    "Le jury avait décidé quand la proposition était autre, ou ne peut pas l'avoir vue. Laissée "
    "vide, une ligne à revoir n'est pas décidée, même si le jury adopte les propositions vides.",
)

LINES_WITHOUT_PLACE = warning(
    "lines-without-place",
    "Ce que le jury avait écrit n'a plus de ligne dans le nouveau classeur : {found}.",
    "Vérifier le statut du candidat et ses blocs présentés dans session.xlsx.",
    "Le candidat n'est plus de la session ou n'est pas venu, ou le bloc n'est plus de ceux qu'il "
    "présente.",
)

DELIBERATION_NOT_CARRIED = warning(
    "deliberation-not-carried-over",
    "Rien n'a été repris de l'ancien classeur : {reason}",
    "Si le jury y avait écrit, reporter ses décisions dans le nouveau classeur ; ou remettre "
    "l'ancien en place, réparé, sous le nom consolidation.xlsx, et relancer.",
    "Les décisions du jury se reprennent du fichier consolidation.xlsx qui est dans le dossier de "
    "la consolidation, s'il est de cette session et peut être lu.",
)

FORMER_CONSOLIDATIONS = info(
    "former-consolidations",
    "D'anciens classeurs sont gardés à côté : {found}. Rien n'en est repris.",
    "Pour reprendre ce que le jury a écrit dans l'un d'eux, lui donner le nom consolidation.xlsx "
    "à la place de celui-ci, et relancer.",
    "Seul consolidation.xlsx est repris quand la consolidation est refaite ; les autres sont "
    "gardés sous un nom numéroté.",
)
