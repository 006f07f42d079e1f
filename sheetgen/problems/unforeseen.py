"""Kinds of problem that nobody foresaw: faults of this program, held to one file if they can be."""

from __future__ import annotations

from sheetgen.problems.records import error

UNFORESEEN = error(
    "unforeseen",
    "Imprévu : sheetgen n'a pas pu en venir à bout (repère {where}). Les autres fichiers sont "
    "traités.",
    "Relancer ; si cela se répète, mettre ce fichier de côté et transmettre le repère, avec le "
    "fichier si possible, à qui maintient sheetgen.",
    "Ce n'est pas une erreur de saisie mais un défaut de sheetgen, que ce fichier révèle. Rien "
    "n'en est retenu et rien d'autre n'est perdu. Avec la variable d'environnement "
    "SHEETGEN_DEBUG=1, le détail technique est affiché en plus.",
)

COMMAND_STOPPED = error(
    "command-stopped",
    "Imprévu : la commande s'est arrêtée (repère {where}). Ce qui est déjà écrit est entier.",
    "Relancer ; si cela se répète, transmettre le repère à qui maintient sheetgen.",
    "Ce n'est pas une erreur de saisie mais un défaut de sheetgen, qui n'a pu être tenu à un seul "
    "fichier. Avec la variable d'environnement SHEETGEN_DEBUG=1, le détail technique est affiché "
    "en plus.",
)
