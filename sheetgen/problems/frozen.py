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
    "Remettre en place une copie de ce fichier ; à défaut, déplacer le dossier final/ et relancer.",
    "Le fichier a été modifié ou abîmé : rien ne permet de dire si les décisions sont les mêmes.",
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

REOPENING_UNREASONED = error(
    "reopening-unreasoned",
    "Une session close ne se rouvre pas sans motif.",
    "Donner un motif : --reopen « erreur de saisie au bloc BC02 ».",
    "Le motif est conservé avec les décisions, avec le nom de qui a rouvert et la date. Un tiret, "
    "un point ou « ok » n'en est pas un : il y faut un mot de quatre lettres, ou deux plus courts.",
)
