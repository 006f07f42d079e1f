"""Kinds of problem found in having work done: by processes that die, by a cluster of no help."""

from __future__ import annotations

from sheetgen.problems.records import error

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
