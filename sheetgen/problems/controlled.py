"""Kinds of problem of the folder for a control."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

SESSION_NOT_CLOSED = error(
    "control-session-not-closed",
    "« {found} » n'est pas une session close de ce dossier de sortie ; il y a : {allowed}.",
    "Donner le code d'une session close, ou la clore avec « sheetgen finalize ».",
    "Le dossier de contrôle montre ce qui fut figé à la clôture.",
)
NO_CLOSED_SESSION = error(
    "control-no-session",
    "Aucune session close n'est dans ce dossier de sortie.",
    "Indiquer le dossier de sortie avec --output, ou clore une session avec « sheetgen finalize ».",
    "Le dossier de contrôle montre ce qui fut figé à la clôture.",
)
SESSION_TWICE = warning(
    "control-session-twice",
    "Ce dossier tient la session {session}, que tient aussi « {first} » : seul celui-là est dans "
    "le dossier de contrôle.",
    "Vérifier lequel est l'original, retirer l'autre du dossier de sortie, puis refaire le "
    "dossier de contrôle.",
    "Une copie du dossier d'une session peut avoir été changée depuis ; un contrôle n'en voit "
    "qu'une, et la première page dit qu'il y en a une autre.",
)
REGISTER_NOT_THERE = warning(
    "control-register-absent",
    "Il n'y a pas de registre ici : le dossier ne dit pas ce qui fut déclaré.",
    "Donner le registre de l'école avec --register ou dans sheetgen.toml, ou lancer la commande "
    "dans le dossier où il est, puis refaire le dossier.",
    "Ce qui fut déclaré à la Caisse des Dépôts n'est qu'au registre. Rien n'est dit si personne "
    "n'a nommé de registre et qu'aucun document ne porte un numéro de registre.",
)
CANDIDATE_NOT_THERE = error(
    "control-candidate-unknown",
    "Le candidat n° {found} n'est dans aucune des sessions demandées.",
    "Corriger le numéro donné à --candidate.",
    "Un échantillon ne peut porter que sur des candidats des sessions demandées.",
)
RETURN_NOT_KEPT = warning(
    "control-return-missing",
    "La grille du candidat n° {candidate} par {juror}, sur laquelle le jury a décidé, n'est plus "
    "dans retours/, ou n'est plus la même.",
    "La reprendre d'une sauvegarde, puis refaire le dossier ; rien à faire si sa durée de "
    "conservation est passée.",
    "Chaque grille est reconnue à son empreinte, notée à la clôture.",
    Together(
        sentence="{count} grilles sur lesquelles le jury a décidé ne sont plus dans retours/, ou "
        "ne sont plus les mêmes : {items}. Les reprendre d'une sauvegarde, puis refaire le "
        "dossier ; rien à faire si leur durée de conservation est passée.",
        item="{candidate} par {juror}",
        across=True,
    ),
)
PAPER_NOT_KEPT = warning(
    "control-paper-missing",
    "Le document {name}, fait à la clôture, n'est plus là, ou n'est plus le même : il n'est pas "
    "dans le dossier.",
    "Le reprendre d'une sauvegarde, puis refaire le dossier ; rien à faire si sa durée de "
    "conservation est passée.",
    "Chaque document est reconnu à son empreinte, notée à la clôture. Le reste du dossier est "
    "fait.",
    Together(
        sentence="{count} documents faits à la clôture ne sont plus là, ou ne sont plus les mêmes "
        ": {items}. Les reprendre d'une sauvegarde, puis refaire le dossier ; rien à faire si leur "
        "durée de conservation est passée.",
        item="{name}",
        across=True,
    ),
)
FOLDER_TAKEN = error(
    "control-folder-taken",
    "Ce dossier existe et n'a pas été fait par « sheetgen dossier ».",
    "Choisir un autre dossier avec -o, ou retirer celui-ci.",
    "Le dossier est refait en entier à chaque fois : rien d'autre ne doit s'y trouver.",
)
RULES_CHANGED = info(
    "control-rules-changed",
    "Le référentiel d'aujourd'hui n'est plus celui sur lequel le jury de la session {session} a "
    "décidé ; le dossier contient celui de la clôture.",
    "Rien à faire.",
    "La clôture garde un exemplaire du référentiel, avec le règlement, à l'octet près.",
)
RULES_NOT_KEPT = warning(
    "control-rules-not-kept",
    "Le référentiel et le règlement sur lesquels le jury de la session {session} a décidé ne sont "
    "pas dans le dossier : {why}.",
    "Reprendre d'une sauvegarde le classeur qui avait cours à la clôture, et le joindre.",
    "Sans le règlement d'alors, rien ne montre par quelles règles le jury a décidé. Le classeur "
    "d'aujourd'hui est joint pour ce qu'il est.",
)
