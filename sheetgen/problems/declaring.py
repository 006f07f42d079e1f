"""Kinds of problem of the declaration to the Caisse des Dépôts: identities, flows, answers."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

CPF_IDENTITY_MISSING = error(
    "cpf-identity-missing",
    "{name} n'est pas déclarable : il manque {what}.",
    "Le demander à la personne, remplir la cellule, puis relancer « sheetgen cpf prepare ».",
    "La Caisse des Dépôts reconnaît une personne à son nom de naissance, son prénom, son sexe, sa "
    "date et son lieu de naissance, ou à son dossier de formation. Rien n'est deviné.",
    together=Together(
        sentence="{count} valeurs manquent aux identités : {items}.", item="{name} ({cell})"
    ),
)

CPF_IDENTITY_IMPLAUSIBLE = error(
    "cpf-identity-implausible",
    "{name} n'est pas déclarable avec « {found} » : {why}.",
    "Vérifier sur une pièce d'identité, corriger la cellule, puis relancer « sheetgen cpf "
    "prepare ».",
    "Une valeur impossible serait refusée des semaines plus tard, quand le délai court encore.",
)

CPF_TEXT_CUT = warning(
    "cpf-text-cut",
    "{name} : « {found} » a {length} signes, le flux n'en tient que {longest} : « {kept} » sera "
    "déclaré.",
    "Vérifier que ce qui reste désigne bien la personne ; sinon, écrire une forme plus courte.",
    "Chaque valeur du flux a une longueur maximale, fixée par la Caisse des Dépôts.",
)

CPF_FIRST_NAMES_CUT = warning(
    "cpf-first-names-cut",
    "{name} a {length} autres prénoms, le flux n'en tient que {longest} : « {kept} » seront "
    "déclarés.",
    "Rien à faire si ce sont les premiers de l'état civil ; sinon, les mettre en tête.",
    "Un flux tient trois prénoms : le premier et deux autres.",
)

CPF_MENTION_UNKNOWN = error(
    "cpf-mention-unknown",
    "La mention « {found} » de {name} n'est aucune de celles que la Caisse des Dépôts connaît : "
    "{allowed}.",
    "Choisir dans la colonne Mention celle qui est déclarée ; pour les sessions à venir, donner "
    "ces noms aux mentions du référentiel.",
    "La déclaration n'a que cinq valeurs ; sheetgen n'en choisit pas une à la place de l'école.",
)

CPF_MENTION_MISSING = warning(
    "cpf-mention-missing",
    "La mention de {name} n'est pas dite ; elle sera déclarée inconnue.",
    "La choisir dans la colonne Mention (« Sans mention » s'il n'y en a pas).",
    "Ce qui fut acquis d'avant le registre n'y a pas de mention, et cette certification en donne.",
    together=Together(
        sentence="{count} mentions ne sont pas dites : {items}.", item="{name} ({cell})"
    ),
)

CPF_ROUTE_MISSING = warning(
    "cpf-route-missing",
    "La voie d'accès de {name} n'est pas dite ; elle sera déclarée inconnue.",
    "La choisir dans la colonne Voie d'accès.",
    "La déclaration accepte une voie inconnue, mais c'est par elle que sont comptées les VAE.",
    together=Together(
        sentence="{count} voies d'accès ne sont pas dites : {items}.", item="{name} ({cell})"
    ),
)

CPF_ROUTE_UNKNOWN = warning(
    "cpf-route-unknown",
    "La voie d'accès « {found} » de {name} n'est aucune de celles de la déclaration ; elle sera "
    "déclarée inconnue.",
    "En choisir une dans la colonne Voie d'accès.",
    "Une voie écrite autrement que dans la liste n'a pas de mot dans la déclaration.",
)

CPF_DAY_MISSING = error(
    "cpf-day-missing",
    "{name} n'est pas déclarable : la date du jury n'est pas connue.",
    "Remplir la date dans la feuille Acquis du registre (« sheetgen register export », puis "
    "« import »), ou celle de la session.",
    "La certification est valable depuis la décision du jury : cette date est déclarée.",
)

CPF_EMITTER_INCOMPLETE = error(
    "cpf-emitter-incomplete",
    "La ligne « {row} » {fault}.",
    "La remplir : {allowed}.",
    "La Caisse des Dépôts reconnaît le certificateur à son identifiant client et à son contrat, et "
    "la certification à son code RNCP.",
)

CPF_LATE = warning(
    "cpf-late",
    "La déclaration de {name} était due le {term} : {days} jour(s) de retard.",
    "Déclarer sans attendre, et garder la preuve de ce qui a été tenté.",
    "Une certification se déclare dans les trois mois de la décision (Code du travail, "
    "R6113-17-2).",
    together=Together(
        sentence="{count} déclarations sont en retard : {items}. Déclarer sans attendre, et garder "
        "la preuve de ce qui a été tenté.",
        item="{name} ({term})",
    ),
)

CPF_TAKEN_BACK = warning(
    "cpf-taken-back",
    "La déclaration de {name} ({number}) est faite, mais la certification n'est plus détenue : la "
    "session a été close autrement depuis.",
    'La retirer : sheetgen cpf export retrait.xml --withdraw {number} --reason "…".',
    "Une réouverture a repris ce qui avait été délivré ; la Caisse des Dépôts ne le sait que si "
    "l'école le lui dit.",
)

CPF_DECLARED_OTHERWISE = warning(
    "cpf-declared-otherwise",
    "{name} ({number}) : la déclaration acceptée dit un autre jour ou une autre mention que le "
    "registre.",
    "La retirer, puis déclarer de nouveau : sheetgen cpf export retrait.xml --withdraw {number} "
    '--reason "…".',
    "Une réouverture, ou une correction, a changé ce que le jury a décidé ; la Caisse des Dépôts "
    "ne le sait que si l'école le lui dit.",
)

CPF_BLOCKS_ALONE = info(
    "cpf-blocks-alone",
    "{count} personne(s) détiennent des blocs sans la certification : elles ne se déclarent pas.",
    "Rien à faire.",
    "Seules les certifications entières se déclarent : la déclaration n'a pas de place pour un "
    "bloc.",
)

CPF_NOTHING_TO_EXPORT = warning(
    "cpf-nothing-to-export",
    "Il n'y a rien à exporter : {why}.",
    "Voir où en est chacun avec « sheetgen cpf prepare ».",
    "Ce qui est accepté, ou exporté et sans réponse, n'est pas déclaré une seconde fois.",
)

CPF_LEFT_OUT = warning(
    "cpf-left-out",
    "{count} personne(s) ne sont pas dans le flux : {people}. Leur identité est à compléter.",
    "Les voir, et compléter, avec « sheetgen cpf prepare ».",
    "Le flux part avec ceux dont tout est connu ; les autres partiront au suivant.",
)

CPF_UNCHANGED = warning(
    "cpf-unchanged",
    "{name} ({number}) n'est pas dans le flux : ce qui fut refusé n'a pas changé ({reason}).",
    "Corriger son identité avec « sheetgen cpf prepare », puis exporter ; ou, si la faute était "
    "celle de la Caisse des Dépôts, la déclarer telle quelle avec --unchanged.",
    "La même déclaration a toutes les chances d'être refusée de nouveau, et le délai court.",
    together=Together(
        sentence="{count} personnes ne sont pas dans le flux, rien de ce qui fut refusé n'ayant "
        "changé : {items}. Les corriger avec « sheetgen cpf prepare », ou les déclarer telles "
        "quelles avec --unchanged.",
        item="{name} ({number})",
    ),
)

CPF_SENT_UNCHANGED = warning(
    "cpf-sent-unchanged",
    "{name} ({number}) repart dans le flux avec exactement ce qui fut refusé ({reason}).",
    "Rien à faire si la faute était celle de la Caisse des Dépôts ; sinon, corriger son identité "
    "avec « sheetgen cpf prepare ».",
    "--unchanged fait repartir aussi qui fut refusé et n'a pas été corrigé.",
    together=Together(
        sentence="{count} personnes sont déclarées de nouveau avec exactement ce qui fut refusé : "
        "{items}.",
        item="{name} ({number})",
    ),
)

CPF_SCHEMA_UNREADABLE = error(
    "cpf-schema-unreadable",
    "Ce fichier n'est pas un schéma XSD lisible : {reason}.",
    "Prendre celui que la Caisse des Dépôts publie, entier, avec ceux qu'il cite.",
    "Le flux est vérifié avec le schéma du receveur, que l'école télécharge de son espace.",
)

CPF_FLOW_INVALID = error(
    "cpf-flow-invalid",
    "Le flux ne suit pas ce schéma : {reason}. Rien n'est écrit.",
    "Vérifier que c'est le schéma de la version {version}, ou choisir l'autre avec "
    "--schema-version.",
    "Un flux qui ne suit pas le schéma serait refusé en entier : il n'est ni écrit ni noté.",
)

CPF_UNCHECKED = warning(
    "cpf-unchecked",
    "Le flux n'a pas été vérifié : aucun schéma n'est donné.",
    "Donner le schéma de la Caisse des Dépôts avec --xsd ; le flux peut être refait à l'octet "
    "près.",
    "Le schéma n'est pas fourni avec sheetgen : l'école le télécharge de son espace.",
)

CPF_FLOW_UNWRITABLE = error(
    "cpf-flow-unwritable",
    "Le flux ne peut pas être écrit : {reason}.",
    "Choisir un autre dossier, ou libérer de la place. Un flux déjà noté peut être refait à "
    "l'octet près avec --flow.",
    "Le fichier n'est mis en place qu'une fois vérifié et noté au registre.",
)

CPF_FLOW_UNKNOWN = error(
    "cpf-flow-unknown",
    "Le registre ne connaît pas le flux « {found} ».",
    "Reprendre son identifiant de « sheetgen cpf prepare » ou de l'élément idFlux du fichier.",
    "Chaque flux exporté est noté, avec ce qu'il contenait.",
)

CPF_FLOW_FORGOTTEN = error(
    "cpf-flow-forgotten",
    "Le flux « {found} » ne peut plus être refait : des identités qu'il contenait ont été effacées "
    "à leur terme.",
    "Le reprendre des archives de l'école.",
    "« register forget » efface ce qui est arrivé à son terme, là aussi.",
)

CPF_WITHDRAWAL_UNREASONED = error(
    "cpf-withdrawal-unreasoned",
    "Un retrait demande son motif et ce qu'il retire.",
    'Donner les deux : --withdraw REG-12 --reason "…", avec --schema-version 1.1.5.',
    "Une déclaration n'est retirée que pour une raison, qui reste au registre ; seule la version "
    "1.1.5 du flux sait retirer.",
)

CPF_WITHDRAWAL_UNKNOWN = error(
    "cpf-withdrawal-unknown",
    "« {found} » n'est pas à retirer : {why}.",
    "Donner le numéro REG-… d'une personne dont la déclaration est acceptée, ou l'identifiant d'un "
    "flux de création accepté.",
    "Seul ce que la Caisse des Dépôts a accepté peut être retiré.",
)

CPF_ANSWER_UNREADABLE = error(
    "cpf-answer-unreadable",
    "Ce fichier n'est pas un accusé de la Caisse des Dépôts : {reason}. Rien n'est fait.",
    "Le télécharger de nouveau de l'espace de la Caisse des Dépôts, sans l'ouvrir.",
    "L'accusé dit quels passages sont acceptés et refusés ; un fichier douteux ne change rien au "
    "registre.",
)

CPF_ANSWER_FOREIGN = error(
    "cpf-answer-foreign",
    "L'accusé parle de {count} passage(s) que le registre ne connaît pas : {items}. Rien n'est "
    "fait.",
    "Vérifier que c'est l'accusé d'un flux de ce registre.",
    "Un identifiant inconnu dit que l'accusé est d'une autre école, ou d'un autre registre.",
)

CPF_ANSWER_CONTRADICTS = error(
    "cpf-answer-contradicts",
    "L'accusé dit {count} passage(s) autrement qu'un accusé précédent du même flux : {items}. Rien "
    "n'est fait.",
    "Demander à la Caisse des Dépôts lequel vaut.",
    "Une réponse déjà reçue n'est jamais changée en silence.",
)

CPF_ANSWER_PARTIAL = info(
    "cpf-answer-partial",
    "{count} passage(s) du flux sont encore sans réponse.",
    "Attendre l'accusé suivant.",
    "Un accusé peut ne parler que d'une partie du flux.",
)

CPF_REFUSED = warning(
    "cpf-refused",
    "La déclaration de {name} ({number}) est refusée : {reason}.",
    "Faire confirmer son identité (--letters prépare les courriels), la corriger avec « sheetgen "
    "cpf prepare », puis exporter : seuls les refusés corrigés repartent.",
    "Le refus le plus fréquent : aucun titulaire ne correspond à l'identité déclarée.",
)

CPF_PREPARED_UNKNOWN = error(
    "cpf-prepared-unknown",
    "« {found} » n'est le numéro d'aucune personne du registre.",
    "Remettre le numéro REG-… que sheetgen avait écrit, ou supprimer la ligne.",
    "Ce classeur ne complète que des personnes du registre ; il n'en ajoute pas.",
)

CPF_EMAIL_UNKNOWN = info(
    "cpf-email-unknown",
    "Le registre ne tient aucun courriel : les messages préparés sont sans destinataire.",
    "Y mettre l'adresse avant l'envoi.",
    "Le registre ne garde que ce qui est acquis à vie, et à qui.",
)
