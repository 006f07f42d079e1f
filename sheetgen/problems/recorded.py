"""Kinds of problem of the register: opening it, knowing people again, recording."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

REGISTER_ADDRESS_UNUSABLE = error(
    "register-address-unusable",
    "Ce n'est pas l'adresse d'un registre.",
    "Donner un fichier (register.sqlite) ou une adresse PostgreSQL "
    "(postgresql://utilisateur@serveur/base).",
    "Le registre est un fichier SQLite, ou une base PostgreSQL.",
)

REGISTER_DRIVER_MISSING = error(
    "register-driver-missing",
    "Le paquet qui parle à PostgreSQL n'est pas installé.",
    'L\'installer avec : pip install "sheetgen[postgresql]"',
    "Un registre dans un fichier n'a besoin de rien de plus ; une base PostgreSQL, d'un paquet.",
)

REGISTER_UNREACHABLE = error(
    "register-unreachable",
    "Le registre ne peut pas être ouvert : {reason}.",
    "Vérifier l'adresse, le réseau, les droits ; ou clore sans lui avec --no-register, puis "
    "l'inscrire plus tard avec « sheetgen register record ».",
    "Le registre attribue les numéros des documents : sans lui, rien n'est clos, à moins de le "
    "demander.",
)

REGISTER_REFUSED = error(
    "register-refused",
    "La base du registre refuse l'utilisateur ou le mot de passe.",
    "Corriger l'adresse du registre (--register, SHEETGEN_REGISTER).",
    "L'adresse porte l'utilisateur et le mot de passe : "
    "postgresql://utilisateur:mot-de-passe@serveur/base.",
)

REGISTER_BUSY = error(
    "register-busy",
    "Quelqu'un d'autre écrit dans le registre depuis une minute.",
    "Attendre que l'autre commande se termine, puis relancer.",
    "Une seule personne à la fois écrit dans le registre, pour qu'aucun numéro ne serve deux fois.",
)

REGISTER_DAMAGED = error(
    "register-damaged",
    "Le fichier du registre est abîmé, ou n'en est pas un.",
    "Le remplacer par sa dernière sauvegarde, puis inscrire les sessions closes depuis avec "
    "« sheetgen register record ».",
    "SQLite n'y reconnaît pas une base.",
)

REGISTER_NEWER = error(
    "register-newer",
    "Le registre a été fait par une version plus récente de sheetgen (révision {found}).",
    "Mettre sheetgen à jour.",
    "Une version ancienne ne sait pas ce que les tables récentes veulent dire.",
)

REGISTER_FAILED = error(
    "register-failed",
    "La base du registre a répondu : {reason}",
    "Relancer ; si cela persiste, montrer ce message à qui administre la base.",
    "Rien n'a été inscrit : une inscription est faite en entier ou pas du tout.",
)

REGISTER_ABSENT = error(
    "register-absent",
    "Il n'y a pas encore de registre ici.",
    "Clore une session (finalize), inscrire une session close (register record) ou reprendre "
    "un tableau (register import) le crée.",
    "Le registre est créé par la première chose qu'on y inscrit.",
)

NOT_CLOSED = error(
    "register-session-open",
    "La session {session} n'est pas close : il n'y a rien à inscrire.",
    "La clore d'abord avec « sheetgen finalize ».",
    "Le registre ne tient que ce que le jury a décidé.",
)

RECORDED_OTHERWISE = error(
    "recorded-otherwise",
    "Le registre tient d'autres décisions pour cette clôture de la session {session}, inscrites "
    "le {at}.",
    "Reprendre le dossier et le registre de la même sauvegarde.",
    "Ce qui est inscrit n'est jamais remplacé : une réouverture s'y ajoute.",
)

RECORDED_ELSEWHERE = error(
    "recorded-elsewhere",
    "Le registre tient déjà la session {session} de ce jour pour ces candidats, inscrite le {at} "
    "depuis un autre dossier.",
    "Reprendre le dossier où elle fut close (sauvegarde de outputs) ; si c'est une autre session, "
    "lui donner un autre code.",
    "Deux sessions peuvent porter le même code et la même date, mais personne ne se présente aux "
    "deux : la même session, refaite de zéro, serait inscrite deux fois.",
)

NUMBER_TAKEN = error(
    "number-taken",
    "Le numéro {number} est déjà, dans le registre, celui d'un autre document.",
    "Reprendre la sauvegarde du registre où cette session est inscrite ; à défaut, rouvrir la "
    "session (--reopen) pour que ses documents soient numérotés de nouveau.",
    "Un registre refait de zéro peut avoir redonné un numéro avant que cette session y soit "
    "inscrite de nouveau.",
)

IDENTIFIER_OF_ANOTHER = error(
    "identifier-of-another",
    "L'identifiant {identifier}, donné à {name}, est déjà donné à {other} dans le registre.",
    "Corriger l'identifiant, le nom ou la date de naissance ; si c'est le registre qui se trompe, "
    "l'y corriger (register export, puis register import).",
    "Un identifiant désigne une personne pour toujours.",
)

REGISTER_NUMBER_UNKNOWN = error(
    "register-number-unknown",
    "Le registre ne connaît pas {identifier}.",
    "Chercher la personne avec « sheetgen register show », ou vider l'identifiant.",
    "Un numéro REG-… est celui d'une personne qui est déjà au registre.",
)

HOMONYMS = error(
    "homonyms",
    "{name} ({candidate}) porte le nom de : {others}. Rien ne dit si c'est la même personne.",
    "Dans la colonne Identifiant : {number} si c'est elle ; sinon, un identifiant de l'école. La "
    "date de naissance suffit si le registre a la sienne.",
    "Une personne est reconnue à son identifiant, sinon à son nom de naissance, son prénom et sa "
    "date de naissance ; entre homonymes, sheetgen ne devine jamais.",
)

SEAT_OF_ANOTHER = error(
    "seat-of-another",
    "{name} ({candidate}) prendrait la place de {other}, que la clôture précédente avait sous ce "
    "numéro ; rien ne dit si c'est la même personne.",
    "Dans la colonne Identifiant : {number} si c'est elle ; sinon, un identifiant de l'école.",
    "Ce qu'une personne a acquis ne devient jamais celui d'une autre parce qu'un numéro de "
    "candidat a changé de main.",
)

ROW_OF_ANOTHER = error(
    "row-of-another",
    "{number} est {other} dans le registre, et {name} sur cette ligne.",
    "Remettre à chaque ligne le numéro que sheetgen avait écrit, ou refaire le classeur. Si c'est "
    "bien la même personne, corriger d'abord son nom, reprendre, puis son prénom.",
    "Un tri d'une seule colonne, ou le classeur d'un autre registre, donnerait à quelqu'un "
    "l'identité d'un autre.",
)

NAMESAKE_ADDED = warning(
    "namesake-added",
    "{name} ({candidate}) a un identifiant que le registre ne connaît pas, et serait inscrit comme "
    "quelqu'un d'autre que {others}, qui porte le même nom.",
    "Si c'est la même personne, mettre {number} dans la colonne Identifiant avant de clore ; "
    "sinon, rien à faire.",
    "Un identifiant nouveau dit que c'est quelqu'un d'autre ; mais qui en reçoit un pour la "
    "première fois perdrait ce qu'il détient.",
)

PERHAPS_RENAMED = warning(
    "perhaps-renamed",
    "{name} ({candidate}) serait au registre quelqu'un d'autre que {others} : même prénom et même "
    "naissance, sous un autre nom.",
    "Si c'est la même personne (mariage, nom d'usage), écrire {surname} dans la colonne Nom de "
    "naissance ou Ancien nom, ou {number} dans la colonne Identifiant ; sinon, rien à faire.",
    "Qui change de nom sans que rien ne le dise perdrait ce qu'il détient et ce qui lui est "
    "conservé. Deux lieux de naissance, ou deux identifiants de l'école, distinguent deux "
    "personnes. Pour une session déjà close, corriger la ligne, puis rouvrir (--reopen).",
)

NAMESAKES_UNTOLD = error(
    "namesakes-untold",
    "{name} et le candidat {other} portent le même nom, et rien ne dit que ce sont deux personnes.",
    "Donner leur date de naissance, ou à chacun un identifiant.",
    "Deux personnes que rien ne distingue n'en feraient qu'une dans le registre.",
)

PERSON_TWICE = error(
    "person-twice",
    "{name} et le candidat {other} seraient la même personne du registre ({number}).",
    "Retirer la ligne en double, ou corriger l'identifiant.",
    "Une personne n'est qu'une fois candidate à une session.",
)

PERSON_UNLISTED = error(
    "person-unlisted",
    "{found} n'est pas un N° de la feuille Personnes.",
    "Reprendre un N° de la feuille Personnes, ou y ajouter la personne.",
    "Ce qui est acquis l'est par quelqu'un que la feuille Personnes nomme.",
)

NOBODY_FOUND = warning(
    "nobody-found",
    "Personne au registre ne répond à « {asked} ».",
    "Chercher par nom, prénom, identifiant, REG-… ou numéro d'un document.",
    "La recherche ne tient compte ni des accents, ni des majuscules, ni des traits d'union.",
)

TOO_MANY_FOUND = info(
    "too-many-found",
    "Plus de {most} personnes répondent à « {asked} » : les premières seules sont montrées.",
    "Préciser le prénom, ou exporter le registre (register export).",
    "Au-delà, une liste à l'écran ne sert à personne.",
)

EXPORT_EXISTS = error(
    "export-exists",
    "Ce fichier est déjà là, et rien n'est jamais remplacé.",
    "Donner un autre nom, ou déplacer l'ancien.",
    "Un export du registre peut avoir été corrigé à la main et attendre d'être repris.",
)

REGISTER_NOT_ASKED = warning(
    "register-not-asked",
    "Le registre n'a pas pu être consulté : {reason}",
    "Remettre le registre en état, ou le laisser de côté avec --no-register.",
    "Ce que la session dit détenu est comparé avec ce que tient le registre.",
)

HELD_UNKNOWN = warning(
    "held-unknown",
    "{name} ({candidate}) détiendrait {found}, que le registre ne connaît pas.",
    "Corriger la cellule ; si c'est acquis d'avant le registre, l'y reprendre (register import).",
    "Un bloc déjà acquis n'est pas évalué de nouveau : il compte pour la certification.",
)

HELD_FORGOTTEN = warning(
    "held-forgotten",
    "{name} ({candidate}) détient {found} selon le registre, et la session ne le dit pas.",
    "Ajouter ce code à Blocs déjà acquis, et le retirer de Blocs présentés.",
    "Un bloc est acquis à vie : il n'est pas à présenter de nouveau.",
)

CERTIFIED_ALREADY = warning(
    "certified-already",
    "{name} ({candidate}) détient déjà toute la certification selon le registre.",
    "Retirer la ligne, ou vérifier de qui il s'agit (Identifiant, date de naissance).",
    "Une certification n'est délivrée qu'une fois à la même personne.",
)

KEPT_UNKNOWN = warning(
    "kept-unknown",
    "{name} ({candidate}) garderait {found}, que le registre ne lui connaît pas.",
    "Corriger la ligne ; un résultat d'avant le registre peut rester, avec sa session d'origine.",
    "Le registre tient les épreuves réussies et les compétences acquises aux sessions closes, et "
    "les règles de conservation disent lesquelles sont gardées.",
)

KEPT_OTHERWISE = warning(
    "kept-otherwise",
    "{name} ({candidate}) garde {found} : la session dit {said}, le registre {known}.",
    "Reprendre ce que tient le registre (register next), ou corriger la ligne.",
    "Le résultat gardé compte comme s'il venait d'être obtenu.",
)

KEPT_LAPSED = warning(
    "kept-lapsed",
    "{name} ({candidate}) ne garde plus {found} selon le registre : le terme est passé depuis le "
    "{until}.",
    "Retirer la ligne : c'est à représenter.",
    "Les règles de conservation disent pendant combien de mois un résultat est gardé.",
)

KEPT_FORGOTTEN = warning(
    "kept-forgotten",
    "{name} ({candidate}) garde {found} selon le registre ({known}), et la session ne le dit pas.",
    "L'ajouter à Résultats conservés ; si le candidat y renonce, l'y écrire avec Renoncé : Oui.",
    "Ce qui est gardé n'est pas à représenter, à moins que le candidat n'y renonce.",
)

SAT_OTHERWISE = warning(
    "sat-otherwise",
    "{name} ({candidate}) : la session dit {said}, le registre {known}.",
    "Reprendre ce que tient le registre dans Présentations et Première session.",
    "Les règles de rattrapage comptent les présentations et partent de la première session.",
)

RESIT_REFUSED = warning(
    "resit-refused",
    "{name} ({candidate}) ne peut plus se représenter : {reason}.",
    "Retirer la ligne, ou vérifier les règles Rattrapage, Délai de rattrapage et Blocs à "
    "rattraper du référentiel.",
    "Le règlement de l'école dit qui peut se représenter, et jusqu'à quand.",
)

NO_RESIT = info(
    "no-resit",
    "{name} ({number}) ne figure pas dans ce classeur : {reason}.",
    "Si c'est à tort, ajouter sa ligne à la main ; les règles Rattrapage, Délai de rattrapage et "
    "Blocs à rattraper sont celles du référentiel.",
    "Le règlement de l'école dit qui peut se représenter.",
)

NOTHING_TO_PRESENT = info(
    "nothing-to-present",
    "{name} ({number}) ne figure pas dans ce classeur : {reason}.",
    "En cas de retour, ajouter sa ligne à la feuille Candidats, avec les blocs présentés.",
    "Le registre ne sait pas ce que voudra présenter quelqu'un qui a acquis tout ce qu'il "
    "présentait.",
)

NUMBERS_RESERVED = info(
    "numbers-reserved",
    "La clôture de la session {session} n'est pas allée au bout, et garde {count} numéro(s) "
    "réservé(s) : {numbers}.",
    "Relancer finalize pour cette session, qui s'en sert. Si elle est abandonnée, noter que ces "
    "numéros ne sont portés par aucun document.",
    "Un numéro réservé a pu être imprimé : il n'est jamais donné à une autre session. La suite "
    "des numéros a alors un trou, qui s'explique ainsi.",
)

NEXT_DAY_PAST = warning(
    "next-day-past",
    "La session à préparer est datée du {day}, qui est passé.",
    "Si c'est une erreur, supprimer le classeur et relancer avec --date et le jour de la session.",
    "C'est ce jour-là qui dit ce que chacun garde encore, et qui peut encore se représenter.",
)

NOBODY_COMES_BACK = warning(
    "nobody-comes-back",
    "Personne au registre n'a encore à présenter « {title} ».",
    "Vérifier que c'est le bon référentiel : la certification est reconnue à son code RNCP.",
    "Seuls reviennent ceux qui se sont présentés et ne détiennent pas la certification.",
)

NOTHING_COUNTED = warning(
    "nothing-counted",
    "Aucune session close de ce registre n'est de cette certification et de cette période : "
    "{done}.",
    "Vérifier --certification (code RNCP, ou intitulé entier), --from et --to.",
    "Les statistiques comptent les sessions que le registre tient ; une session sans date n'est "
    "d'aucune période. Sans session à compter ni note de juré à comparer, aucun fichier n'est "
    "écrit.",
)

RECORDED_LATE = info(
    "recorded-late",
    "La session {session} était close et n'était pas au registre : elle y est maintenant.",
    "Rien à faire.",
    "Une clôture interrompue avant son inscription est inscrite au passage suivant.",
)
