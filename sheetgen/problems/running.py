"""Kinds of problem in running a command: its settings, its processes, and what nobody foresaw.

Each of `sheetgen.toml` stops the command, as a usage error does. What nobody foresaw is a fault of
this program, held to one file if it can be.
"""

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

SETTING_UNUSABLE = error(
    "setting-unusable",
    "Le réglage « {name} » ne peut pas valoir {found}.",
    "Écrire {allowed}.",
    "La valeur n'est pas du genre attendu : un texte là où il faut un nombre, des guillemets en "
    "trop ou en moins.",
)


WORKER_LOST = error(
    "worker-lost",
    "Un processus de travail s'est arrêté brutalement : tout n'a pas été écrit.",
    "Relancer la commande : ce qui est écrit n'est pas perdu. Si cela recommence, demander moins "
    "de processus, par exemple avec --jobs 1.",
    "Le système arrête un processus quand la mémoire manque ; un antivirus ou une personne peut "
    "l'arrêter aussi. Sur un réseau de machines, il est d'abord remplacé, plusieurs fois.",
)

SCHEDULER_UNREACHABLE = error(
    "scheduler-unreachable",
    "Aucun ordonnanceur Dask ne peut être joint à l'adresse {address} : {reason}.",
    "Vérifier l'adresse, que « dask scheduler » est lancé et que le réseau laisse passer ; ou "
    "relancer sans --scheduler.",
    "L'option --scheduler (ou le réglage « scheduler ») donne l'adresse que « dask scheduler » "
    "affiche en démarrant, par exemple tcp://192.168.1.10:8786. Le délai d'attente est celui de "
    "Dask (distributed.comm.timeouts.connect, 30 secondes).",
)

CLUSTER_EMPTY = error(
    "cluster-empty",
    "L'ordonnanceur Dask n'a plus, ou pas encore, de processus de travail.",
    "Lancer « dask worker {address} » sur chaque machine qui doit travailler, puis relancer.",
    "L'ordonnanceur répartit le travail ; il n'en fait pas lui-même. Ou bien tous les processus "
    "de travail se sont arrêtés en cours de route, sans être remplacés.",
)

WORKER_VERSION = error(
    "worker-version",
    "Le processus de travail {worker} a sheetgen {found}, et non {expected}.",
    "Y installer la même version qu'ici, le relancer, puis relancer la commande.",
    "Deux versions pourraient écrire des fichiers différents : toutes les machines d'un réseau "
    "ont la même.",
)

WORKER_BLIND = error(
    "worker-blind",
    "Le processus de travail {worker} ne voit pas le dossier {folder}.",
    "Le partager avec cette machine, sous le même chemin, puis relancer.",
    "Chaque machine écrit elle-même les fichiers dont elle est chargée : le dossier où l'on écrit "
    "est un dossier partagé, que toutes atteignent par le même chemin.",
)

SHARE_FAILED = error(
    "share-failed",
    "Un processus de travail du réseau n'a pas pu faire sa part : {reason}.",
    "Vérifier que toutes les machines ont les mêmes versions de Python, de Dask et de sheetgen ; "
    "ou relancer sans --scheduler.",
    "Le travail voyage d'une machine à l'autre sous une forme que d'autres versions peuvent ne "
    "pas comprendre. Ce qui était déjà écrit reste.",
)


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
