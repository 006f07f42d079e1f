"""Kinds of problem found in writing files: keys, grids already there, workbooks a jury changed."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

KEY_MISSING = error(
    "key-missing",
    "La clé de signature de cette session est introuvable.",
    "Lancer « sheetgen generate », ou remettre en place la clé sauvegardée avec la session.",
    "La clé est créée par le premier « generate », dans outputs/<session>/.sheetgen/. Sans elle, "
    "rien ne prouve qu'une grille a été générée ici. Elle est à sauvegarder avec la session.",
)

KEY_LOST = error(
    "key-lost",
    "La clé de signature de cette session a disparu, alors que {evidence}.",
    "La remettre : reprendre le fichier « key » dans la sauvegarde de la session et le reposer à "
    "cet endroit. S'il est perdu pour de bon, « sheetgen generate --new-key » en fait une autre et "
    "annule toutes les grilles déjà faites.",
    "Sans la clé du premier « generate », rien ne prouve qu'une grille revenue a été faite ici. "
    "Une autre clé ferait refuser toutes celles qui sont chez les jurés : sheetgen n'en fait "
    "jamais une de lui-même.",
)

KEY_REPLACED = warning(
    "key-replaced",
    "Une nouvelle clé de signature a été faite : {count} grille(s) déjà faite(s) ne valent plus "
    "rien, et leurs retours seront refusés ({people}).",
    "Envoyer les nouvelles grilles à ces jurés et leur dire de jeter les anciennes.",
    "« generate --new-key » recommence à zéro, quand la clé est perdue ou qu'aucune grille n'est "
    "encore partie. L'ancienne clé, s'il y en avait une, est gardée à côté sous un autre nom.",
)

KEY_UNUSABLE = error(
    "key-unusable",
    "Le fichier de la clé de signature ne contient pas de clé.",
    "Remettre en place la clé sauvegardée avec la session ; ne pas en créer une autre tant que "
    "des grilles sont chez les jurés.",
    "Le fichier contient 64 chiffres hexadécimaux sur une ligne. Il a été modifié ou abîmé.",
)

FILE_NOT_WRITTEN = error(
    "file-not-written",
    "Le fichier ne peut pas être écrit : {reason}.",
    "Le fermer s'il est ouvert dans Excel ou Word, vérifier l'espace libre et les droits, puis "
    "relancer.",
    "Un fichier ouvert dans un autre programme, un disque plein ou un dossier protégé.",
)

FILE_KEPT = error(
    "file-kept",
    "Un fichier différent porte déjà ce nom ; il a été conservé.",
    "Le déplacer, ou relancer avec --force pour le remplacer.",
    "« generate » ne remplace jamais de lui-même une grille ou un rapport qui diffère de ce qu'il "
    "écrirait : la session ou le référentiel a changé, ou quelqu'un a écrit dans le fichier.",
)

RUN_INTERRUPTED = warning(
    "run-interrupted",
    "« sheetgen {command} » a été interrompu, ou n'est pas fini : dans ce dossier, chaque fichier "
    "est entier, mais une partie date d'avant et l'autre est nouvelle.",
    "Relancer « sheetgen {command} », qui refait le tout, avant de se servir de ces fichiers.",
    "L'ordinateur s'est arrêté, le disque était plein, un fichier était ouvert dans Excel, ou la "
    "commande a été arrêtée par Ctrl+C. Relancée, elle donne ce qu'elle aurait donné sans cela.",
)

RUN_RESUMED = info(
    "run-resumed",
    "« sheetgen {command} » avait été interrompu ; ce lancement refait tout.",
    "Rien à faire.",
    "Les fichiers qui avaient déjà été écrits le restent, ceux qui manquaient le sont maintenant.",
)

GRID_STALE = warning(
    "grid-stale",
    "Cette grille n'est plus demandée par la session.",
    "La supprimer si elle n'a pas été envoyée ; sinon prévenir le juré.",
    "Une affectation a changé depuis la génération. Un retour de cette grille sera refusé.",
)

DOCUMENT_STALE = warning(
    "document-stale",
    "Ce document n'est plus produit pour cette session : il date d'avant un changement.",
    "Le garder ailleurs si l'on y a écrit, sinon le supprimer.",
    "Un nom a été corrigé, un candidat retiré ou une décision changée depuis. sheetgen retire de "
    "lui-même les documents qu'il a faits et que personne n'a modifiés ; celui-ci a été modifié, "
    "ou rien ne dit d'où il vient.",
)

CHANGED_FILE_KEPT = warning(
    "changed-file-kept",
    "Le fichier avait été modifié ; il a été conservé sous le nom {kept}.",
    "Reporter dans le nouveau fichier ce qui avait été écrit dans l'ancien, s'il n'y est pas déjà.",
    "Un classeur dans lequel le jury a écrit, ou un message retouché, n'est jamais remplacé : un "
    "nouveau est écrit à côté.",
)

RETURN_NEW = info(
    "return-new",
    "Depuis la dernière consolidation, la grille {of_marker} pour le candidat {candidate} "
    "est arrivée.",
    "Rien à faire.",
    "Ce retour compte maintenant, et ne comptait pas dans les décisions précédentes.",
    Together(
        sentence="{count} grilles sont arrivées depuis la dernière consolidation : {items}.",
        item="{candidate} par {juror}",
        across=True,
    ),
)

RETURN_CHANGED = warning(
    "return-changed",
    "Depuis la dernière consolidation, la grille {of_marker} pour le candidat {candidate} "
    "a changé.",
    "Vérifier avec qui l'a remplie que ce fichier est le bon.",
    "Le fichier qui compte n'a plus le même contenu que lors de la dernière consolidation.",
    Together(
        sentence="{count} grilles ont changé depuis la dernière consolidation : {items}. Vérifier "
        "avec les jurés que ces fichiers sont les bons.",
        item="{candidate} par {juror}",
        across=True,
    ),
)

RETURN_GONE = warning(
    "return-gone",
    "Depuis la dernière consolidation, la grille {of_marker} pour le candidat {candidate} "
    "ne compte plus.",
    "Rien à faire si le candidat a renoncé ou si une autre grille la remplace. Remettre le fichier "
    "parmi les retours s'il a été déplacé par erreur.",
    "Le fichier a disparu des retours, est refusé, est en conflit avec un autre, ou n'est plus "
    "demandé par la session.",
    Together(
        sentence="{count} grilles ne comptent plus depuis la dernière consolidation : {items}. "
        "Rien à faire si les candidats ont renoncé ou si d'autres grilles les remplacent. Remettre "
        "les fichiers parmi les retours s'ils ont été déplacés par erreur.",
        item="{candidate} par {juror}",
        across=True,
    ),
)

LOGO_UNREADABLE = warning(
    "logo-unreadable",
    "Le logo ne peut pas être lu : {reason}.",
    "Écrire à la ligne « Logo » de la feuille Certification le nom exact de l'image, et la placer "
    "dans le dossier du référentiel.",
    "Les grilles sont produites sans logo.",
)

LOGO_UNUSABLE = warning(
    "logo-unusable",
    "Le logo n'est pas une image PNG ou JPEG.",
    "L'enregistrer en PNG ou en JPEG.",
    "Les grilles sont produites sans logo.",
)

CONSOLIDATION_MISSING = error(
    "consolidation-missing",
    "Il n'y a rien à clore : aucune consolidation n'a été faite pour cette session.",
    "Lancer « sheetgen consolidate », faire délibérer le jury dans consolidation.xlsx, puis "
    "relancer.",
    "« finalize » relit les retours que la dernière consolidation a lus.",
)
