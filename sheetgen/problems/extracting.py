"""Kinds of problem found in gathering what is held on one person."""

from __future__ import annotations

from sheetgen.problems.records import error

CANDIDATE_NOT_FOUND = error(
    "candidate-not-found",
    "« {found} » n'est le numéro d'aucun candidat de la session.{suggestion}",
    "Donner un numéro de la feuille Candidats : {allowed}.",
    "L'extrait se demande par le numéro du candidat, qui est unique.",
)

RETURN_NOT_EXTRACTED = error(
    "return-not-extracted",
    "Ce retour du candidat {candidate} ne peut plus être lu : il manque à l'extrait.",
    "Remettre le fichier en place et relancer.",
    "Un extrait contient tout ce qui est détenu sur la personne.",
)
