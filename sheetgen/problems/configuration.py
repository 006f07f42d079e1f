"""Kinds of problem found in `sheetgen.toml`: each stops the command, as a usage error does."""

from __future__ import annotations

from sheetgen.problems.records import error

CONFIGURATION_UNREADABLE = error(
    "configuration-unreadable",
    "Le fichier de réglages ne peut pas être lu : {reason}.",
    "L'enregistrer en texte brut, codage UTF-8, ou le retirer : il est facultatif.",
    "sheetgen.toml est un fichier de texte, facultatif, lu dans le dossier où la commande est "
    "lancée. Le Bloc-notes de Windows l'enregistre comme il faut avec « Codage : UTF-8 ».",
)

CONFIGURATION_SYNTAX = error(
    "configuration-syntax",
    "La ligne {number} n'est pas un réglage lisible : « {line} ».",
    "Écrire nom = valeur, un texte entre guillemets ; sous Windows, les chemins avec « / » et non "
    "« \\ ».",
    "Le fichier suit le format TOML : une ligne par réglage, les textes entre guillemets, les "
    "nombres et true ou false sans guillemets, un même réglage une seule fois. "
    'Exemple : session = "juin/session.xlsx".',
)

SETTING_UNKNOWN = error(
    "setting-unknown",
    "Le réglage « {name} » n'existe pas.{near}",
    "Réglages possibles : {allowed}.",
    "Un réglage porte le nom d'une option partagée par les commandes, sans ses tirets de tête. Les "
    "options propres à une commande, comme --force, se disent à chaque fois.",
)

RETENTION_ORDER = error(
    "retention-order",
    "Les documents « {name} » seraient gardés {term}, et les décisions qui disent ce qu'ils "
    "sont, {decisions} seulement.",
    "Donner à decisions une durée au moins égale, ou à {name} une durée plus courte.",
    "Les décisions figées tiennent l'empreinte de chaque document : sans elles, rien ne dirait "
    "plus si un fichier est bien celui qui arrive à son terme.",
)

SETTING_UNUSABLE = error(
    "setting-unusable",
    "Le réglage « {name} » ne peut pas valoir {found}.",
    "Écrire {allowed}.",
    "La valeur n'est pas du genre attendu : un texte là où il faut un nombre, des guillemets en "
    "trop ou en moins.",
)
