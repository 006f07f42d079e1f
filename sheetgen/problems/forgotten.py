"""Kinds of problem of what is to be forgotten: files that stay, sessions that are not recorded."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

FORGET_UNRECORDED = error(
    "forget-unrecorded",
    "La session {session} n'est pas au registre : rien n'en est supprimé.",
    "L'inscrire d'abord avec « sheetgen register record ».",
    "Ce qui est acquis à vie doit être au registre avant que le dossier de la session s'en aille.",
)

FORGET_CHANGED = error(
    "forget-changed",
    "Ce fichier (« {kind} ») n'est plus celui qui fut noté : il n'est pas supprimé.",
    "Regarder ce qu'il contient, puis le supprimer ou le déplacer à la main.",
    "Un fichier n'est supprimé que si son empreinte est celle que le dossier de la session a "
    "notée. Quelqu'un l'a enregistré de nouveau, ou un autre a pris sa place.",
)

FORGET_UNKNOWN = warning(
    "forget-unknown",
    "Ce fichier est dans un dossier arrivé à son terme (« {kind} »), et rien ne dit ce qu'il est : "
    "il n'est pas supprimé.",
    "Regarder ce qu'il contient, puis le supprimer ou le déplacer à la main.",
    "Seuls les fichiers que sheetgen a écrits, ou lus comme retours, sont supprimés par lui.",
)

FORGET_WAITS = warning(
    "forget-waits",
    "Les décisions de la session {session} sont arrivées à leur terme et attendent : d'autres "
    "fichiers du dossier restent, dont elles seules disent ce qu'ils sont.",
    "S'occuper d'abord des fichiers restants, puis relancer.",
    "Les décisions et les notes de .sheetgen/ s'en vont en dernier.",
)

FORGET_REFUSED = error(
    "forget-refused",
    "Ce fichier ne peut pas être supprimé : {reason}.",
    "Le fermer s'il est ouvert, vérifier les droits, puis relancer : ce qui reste sera supprimé.",
    "Le système d'exploitation a refusé ; le reste est fait, et le compte sera complété.",
)

FORGET_TO_COME = error(
    "forget-to-come",
    "Rien n'est supprimé à une date qui n'est pas encore venue ({day}).",
    "Relancer sans --date pour supprimer ce qui est arrivé à son terme.",
    "--date montre ce qui arrivera à son terme ; elle ne fait rien finir plus tôt.",
)

FORGET_UNFINISHED = info(
    "forget-unfinished",
    "Une suppression a été interrompue (session {session}, « {kind} », {count} fichier(s)).",
    "La relancer et la confirmer : elle sera achevée, et son compte complété.",
    "Ce qui allait être supprimé est noté avant de l'être.",
)
