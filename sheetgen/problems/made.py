"""Kinds of problem found in comparing a session with what was made for it: people, texts, key."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

PERSON_REPLACED = error(
    "person-replaced",
    "La grille a été faite pour {then} ({who} {number}) ; le {who} {number} est maintenant {now}."
    "{elsewhere}",
    "Rendre à chaque personne le numéro ou le code qu'elle avait, et en donner un qui n'a jamais "
    "servi à qui arrive. Si c'est la même personne, écrire « {then} » dans sa colonne « Ancien "
    "nom » (feuille {sheet} de session.xlsx).",
    "Une grille porte le numéro d'un candidat et le code d'un juré. Depuis qu'elle a été faite, "
    "session.xlsx a donné l'un ou l'autre à quelqu'un d'autre : candidats renumérotés, noms "
    "échangés, ligne d'un absent ou d'un juré remplacé où l'on a tapé un autre nom. Rien n'en "
    "compte, pour que les appréciations d'une personne ne deviennent pas celles d'une autre. La "
    "même personne se reconnaît à son nom (majuscules et accents n'importent pas), à son ancien "
    "nom, ou à sa date de naissance avec le même nom ou le même prénom.",
)

PERSON_RENAMED = info(
    "person-renamed",
    "La grille a été faite au nom de {then} ; le {who} {number} s'appelle maintenant {now}.",
    "Rien à faire.",
    "Un nom a été corrigé, ou a changé, depuis que la grille a été faite. C'est la même personne : "
    "l'ancien nom est dans la colonne « Ancien nom », ou la date de naissance est la même avec le "
    "même nom ou le même prénom.",
)

NUMBER_REUSED = error(
    "number-reused",
    "Le {who} {number} est {now}, et des grilles ont été faites sous ce {word} pour {then}."
    "{elsewhere}",
    "Rendre à chaque personne le {word} qu'elle avait, et en donner un qui n'a jamais servi à qui "
    "arrive. Si c'est la même personne, écrire « {then} » dans sa colonne « Ancien nom ».",
    "Un numéro de candidat ou un code de juré appartient à une personne dès que ses grilles sont "
    "faites : un retour ne dit que lui. « generate » n'écrit rien tant qu'un autre nom y est. Si "
    "aucune grille n'a encore été envoyée, « sheetgen generate --new-key » recommence à zéro.",
)

RECORD_UNREADABLE = error(
    "record-unreadable",
    "Le registre des grilles faites ne peut pas être lu : {reason}.",
    "Remettre en place celui de la sauvegarde de la session. À défaut, le renommer : les noms "
    "imprimés sur les grilles diront seuls pour qui elles ont été faites.",
    "sheetgen y note pour qui chaque grille a été faite, afin que les appréciations d'une personne "
    "ne deviennent jamais celles d'une autre.",
)

GRID_NEVER_MADE = warning(
    "grid-never-made",
    "La grille du juré {juror} pour le candidat n° {candidate} n'a jamais été faite.",
    "Lancer « sheetgen generate », puis l'envoyer à {name}.",
    "Le candidat, le juré ou l'affectation a été ajouté depuis le dernier « generate ».",
)
