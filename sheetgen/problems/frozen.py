"""Kinds of problem of a session that is closed, closed again, or cut short in closing."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

FINAL_FROZEN = error(
    "final-frozen",
    "La session est close et d'autres décisions ont été enregistrées : {found}.",
    "Ne rien faire si ce sont les bonnes ; sinon relancer avec --reopen « motif de la "
    "réouverture ».",
    "Les décisions sont figées à la clôture. Une réouverture garde la version d'avant dans "
    "final/versions/ et note qui a rouvert, quand et pourquoi.",
)

CLOSED_VALUE_CHANGED = error(
    "closed-value-changed",
    "La session est close et « {name} » a changé depuis : {frozen} à la clôture, {found} "
    "maintenant.",
    "Remettre la valeur d'avant ; ou, pour refaire les documents avec celle-ci, relancer avec "
    "--reopen « motif de la réouverture ».",
    "Ce que les documents impriment est figé avec les décisions : un document effacé revient tel "
    "qu'il était, jamais avec une valeur changée depuis, qui contredirait les autres.",
)

CLOSED_ROW_ADDED = error(
    "closed-row-added",
    "La session est close sans {row}, ajouté depuis.",
    "Retirer la ligne ; ou relancer avec --reopen « motif de la réouverture ».",
    "Ce que les documents impriment est figé avec les décisions.",
)

CLOSED_ROW_GONE = error(
    "closed-row-gone",
    "La session est close avec {row}, qui n'y est plus.",
    "Remettre la ligne ; ou relancer avec --reopen « motif de la réouverture ».",
    "Ce que les documents impriment est figé avec les décisions.",
)

FINAL_FILE_CHANGED = warning(
    "final-file-changed",
    "Ce fichier n'est plus celui de la clôture : il a été modifié depuis.",
    "Pour retrouver celui de la clôture, le déplacer et relancer « sheetgen finalize ».",
    "Un exemplaire de chaque fichier est gardé à la clôture. Ce qu'une personne a modifié (une "
    "signature ajoutée, par exemple) n'est jamais remplacé.",
)

FINAL_RESTORED = warning(
    "final-file-restored",
    "Il manquait {count} fichier(s) de la clôture ; ils ont été remis tels qu'ils étaient.",
    "Rien à faire.",
    "Un fichier effacé, ou une clôture interrompue : ce qui manque revient de l'exemplaire gardé "
    "à la clôture, à l'octet près.",
)

REOPENING_UNFINISHED = warning(
    "reopening-unfinished",
    "La réouverture demandée par {by} le {at} (motif : {reason}) n'est pas allée à son terme ; la "
    "session reste close telle qu'elle était.",
    "L'achever en relançant « sheetgen finalize » avec le même classeur, ou en rouvrir une autre "
    "avec --reopen.",
    "Le disque plein ou l'arrêt de l'ordinateur ont interrompu la commande. Qui, quand et pourquoi "
    "avaient été notés d'abord, et le restent.",
)

REOPENING_RESUMED = info(
    "reopening-resumed",
    "La réouverture demandée par {by} le {at} (motif : {reason}), interrompue, est achevée.",
    "Rien à faire.",
    "Le même classeur a été donné de nouveau : la réouverture est celle qui avait été demandée.",
)

CLOSING_RESUMED = info(
    "closing-unfinished",
    "Une clôture interrompue est reprise du début : rien n'en avait été retenu.",
    "Rien à faire.",
    "Une clôture ne compte qu'une fois tous ses fichiers écrits.",
)

CLOSING_CUT_SHORT = warning(
    "closing-cut-short",
    "Une clôture a été interrompue : rien n'en a été retenu, la session est comme avant.",
    "Relancer « sheetgen finalize ».",
    "Une clôture ne compte qu'une fois tous ses fichiers écrits ; jusque-là, rien ne change.",
)

CLOSING_NOT_COPIED = warning(
    "closing-not-copied",
    "La session est close ; la copie de ses documents dans ce dossier a été interrompue.",
    "Relancer « sheetgen finalize », qui la complète sans rien décider de nouveau.",
    "Les décisions et les documents sont gardés à part dès la clôture ; « final » en est la copie. "
    "Jusqu'à ce qu'elle soit entière, il peut y rester des documents d'une version précédente.",
)

FINAL_UNREADABLE = error(
    "final-unreadable",
    "Les décisions enregistrées à la clôture ne peuvent pas être lues : {reason}.",
    "Remettre ce fichier d'après la sauvegarde, et relancer. Déplacer ou effacer « final » ne rend "
    "pas les décisions.",
    "Le fichier a été modifié ou abîmé, et sheetgen n'en a pas d'autre exemplaire : rien ne permet "
    "de dire si les décisions sont les mêmes.",
)

CLOSING_LOST = error(
    "closing-lost",
    "Ce dossier contient des documents d'une clôture ({found}), et rien n'en est conservé à part : "
    "ni leurs décisions, ni ce qu'ils disent. La session n'est pas close une seconde fois à côté.",
    "Remettre le dossier .sheetgen de la session d'après la sauvegarde, ou decisions.json dans ce "
    "dossier. Si ces documents ne valent rien, déplacer le dossier « final » ailleurs, puis "
    "relancer.",
    "Sans les décisions de la clôture, rien ne dit si d'autres ne sont pas prises. Des documents "
    "déjà signés pourraient être contredits par les nouveaux.",
)

CLOSING_UNREADABLE = error(
    "closing-unreadable",
    "Ce que la clôture a figé ne peut pas être lu : {reason}.",
    "Remettre ce fichier d'après la sauvegarde. À défaut, déplacer ailleurs le dossier "
    "« .sheetgen/closing » et relancer : la clôture est alors reprise du dossier « final », telle "
    "qu'elle y est.",
    "Le fichier a été modifié ou abîmé : rien ne permet de dire si les décisions sont les mêmes.",
)

CLOSED_DECISIONS_LOST = error(
    "closed-decisions-lost",
    "Les décisions gardées à la clôture sont perdues : {reason}, et « final/{name} » n'en est pas "
    "une copie intacte.",
    "Remettre l'un ou l'autre fichier d'après la sauvegarde, et relancer. À défaut, rouvrir avec "
    "--reopen « motif de la réouverture » : le jury décide de nouveau.",
    "Chaque fichier de la clôture est gardé deux fois, à part et dans « final » ; un exemplaire "
    "perdu ou abîmé est repris de l'autre. Ici, aucun des deux n'est plus ce qu'il était.",
)

CLOSED_FILE_LOST = error(
    "closed-file-lost",
    "Ce fichier de la clôture est perdu : {reason}, et « final/{name} » n'en est pas une copie "
    "intacte.",
    "Remettre l'un ou l'autre d'après la sauvegarde, et relancer. À défaut, rouvrir avec --reopen "
    "« motif de la réouverture » : tous les documents sont refaits.",
    "Chaque fichier de la clôture est gardé deux fois, à part et dans « final » ; un exemplaire "
    "perdu ou abîmé est repris de l'autre. Ici, aucun des deux n'est plus ce qu'il était.",
)

FORMER_FILE_LOST = warning(
    "former-file-lost",
    "Ce fichier d'une version annulée de la clôture est perdu.",
    "Le remettre d'après la sauvegarde, s'il peut encore servir : la clôture en vigueur n'en "
    "dépend pas.",
    "Une réouverture garde la version d'avant, à part et dans final/versions/. Aucun des deux "
    "exemplaires n'est plus là.",
)

KEPT_COPY_MENDED = warning(
    "closing-copy-mended",
    "{count} fichier(s) gardé(s) à la clôture étaient perdus ou abîmés ; ils ont été repris du "
    "dossier « final », où ils étaient intacts.",
    "Rien à faire, sinon vérifier le disque et la sauvegarde.",
    "Chaque fichier de la clôture est gardé deux fois, à part et dans « final » ; un exemplaire "
    "perdu ou abîmé est repris de l'autre.",
)

CLOSING_NOT_COMPARED = warning(
    "closing-not-compared",
    "Rien de cette clôture n'était gardé à part : ce dossier en tient lieu, tel qu'il est. Ce que "
    "disaient session.xlsx et le référentiel n'est pas connu, et rien n'en est comparé.",
    "Remettre le dossier .sheetgen/closing d'après la sauvegarde, à la place de celui qui y est, "
    "et relancer. À défaut, vérifier les documents ; pour les refaire tous, rouvrir avec --reopen "
    "« motif de la réouverture ».",
    "Le dossier .sheetgen/closing a été perdu, ou une ancienne version de sheetgen, qui ne gardait "
    "rien à part, a clos la session.",
)

CLOSED_PAPERS_MISSING = error(
    "closed-papers-missing",
    "Il manque {count} document(s) de la clôture, et rien n'en est gardé à part : {found}.",
    "Les remettre dans ce dossier, ou le dossier .sheetgen/closing, d'après la sauvegarde, et "
    "relancer. À défaut, les refaire avec --reopen « motif de la réouverture ».",
    "Les décisions disent quels documents la clôture a faits. Un document perdu revient de "
    "l'exemplaire gardé à part, quand il y en a un.",
)

FINAL_LACKS_FILES = warning(
    "final-file-missing",
    "La session est close, et {found}.",
    "Relancer « sheetgen finalize » avec le classeur du jury : ce qui manque revient de "
    "l'exemplaire gardé à la clôture, tel qu'il était.",
    "Le dossier « final » est une copie de ce que la clôture a figé.",
)

CLOSING_IN_PROGRESS = error(
    "closing-in-progress",
    "Quelqu'un d'autre est en train de clore cette session.",
    "Attendre que sa commande se termine, puis relancer : « finalize » dira ce qui est en vigueur.",
    "Une session est close par une personne à la fois : deux clôtures à la fois mêleraient leurs "
    "décisions.",
)

DRAFTS_LEFT = info(
    "drafts-left",
    "{count} projet(s) de documents restent dans ce dossier ; la session est close.",
    "Les supprimer, pour que personne ne les prenne pour les documents de la clôture.",
    "« finalize --draft » a écrit ces projets avant la clôture. Les documents qui valent sont dans "
    "« final ».",
)

REOPENING_SAYS_NOTHING = error(
    "reopening-reason-says-nothing",
    "« {found} » n'est pas un motif : une session close ne se rouvre pas pour cela.",
    "Dire en quelques mots pourquoi : --reopen « erreur de saisie au bloc BC02 ».",
    "Le motif est conservé avec les décisions, avec le nom de qui a rouvert et la date. Un tiret, "
    "un point ou « ok » n'en est pas un : il y faut un mot de quatre lettres, ou deux plus courts.",
)

REOPENING_UNREASONED = error(
    "reopening-unreasoned",
    "Une session close ne se rouvre pas sans motif.",
    "Donner un motif : --reopen « erreur de saisie au bloc BC02 ».",
    "Le motif est conservé avec les décisions, avec le nom de qui a rouvert et la date.",
)
