"""Kinds of problem found in handing grids out: the message's template, archives, addresses."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

MESSAGE_MISSING = warning(
    "message-missing",
    "le modèle du message aux jurés est introuvable ; celui que fournit sheetgen est employé.",
    "{suggestion}",
    "Les brouillons de courriel sont écrits à partir d’un fichier texte du dossier des modèles, "
    "que l’école peut adapter. « sheetgen init DOSSIER » en donne une copie.",
)

MESSAGE_UNREADABLE = error(
    "message-unreadable",
    "le modèle du message aux jurés ne peut pas être lu : {reason}.",
    "L’ouvrir dans un éditeur de texte et l’enregistrer comme texte brut, encodage UTF-8.",
    "Le fichier est un texte brut en UTF-8. Le Bloc-notes de Windows propose cet encodage dans "
    "« Enregistrer sous » ; un document Word ou un texte en ANSI n’est pas lu, pour qu’aucune "
    "lettre accentuée ne soit faussée.",
)

MESSAGE_WITHOUT_SUBJECT = error(
    "message-without-subject",
    "le modèle ne donne pas l’objet du message ; sa première ligne est « {found} ».",
    "Commencer par une ligne « Objet : … ».",
    "La première ligne, après les lignes d’explication qui commencent par #, donne l’objet du "
    "courriel : « Objet : vos grilles d’évaluation ». Le texte du message vient ensuite.",
)

MESSAGE_EMPTY = error(
    "message-empty",
    "le modèle n’a pas de texte sous la ligne de l’objet.",
    "Écrire le message sous la ligne « Objet : … ».",
    "Un brouillon sans texte ne dirait pas au juré ce qu’il a à faire.",
)

MESSAGE_UNKNOWN_FIELD = error(
    "message-unknown-field",
    "ligne {line} : le champ « {{{field}}} » n’existe pas.",
    "{suggestion}Les champs sont {allowed}.",
    "Un champ s’écrit entre accolades et porte l’un des noms prévus ; majuscules, accents et "
    "espaces n’importent pas. Un champ inconnu resterait tel quel dans le message du juré : le "
    "modèle est refusé.",
)

MESSAGE_STRAY_BRACE = error(
    "message-stray-brace",
    "ligne {line} : une accolade est seule, ou ouverte et fermée sur deux lignes.",
    "Écrire chaque champ entre « {{ » et « }} » sur une ligne ; remplacer par des parenthèses une "
    "accolade qui n’entoure pas un champ.",
    "Les accolades sont réservées aux champs.",
)

MESSAGE_BLANK_FIELD = warning(
    "message-blank-field",
    "le champ « {{{field}}} » n’a pas de valeur dans la session ; les brouillons portent "
    "« {text} ».",
    "Remplir la ligne « {row} » de la feuille Session, ou retirer le champ du modèle.",
    "Le modèle emploie un renseignement que la session ne donne pas. Une ligne faite de ce seul "
    "champ est simplement omise ; au milieu d’une phrase, le manque est écrit pour être vu avant "
    "l’envoi.",
)

JUROR_WITHOUT_EMAIL = warning(
    "juror-without-email",
    "le juré {juror} n’a pas d’adresse électronique ; le brouillon est sans destinataire.",
    "Remplir la colonne Email de la feuille Jurés, ou saisir l’adresse dans le brouillon.",
    "Le brouillon et l’archive sont prêts ; seul le destinataire manque.",
)

JUROR_EMAIL_UNREADABLE = warning(
    "juror-email-unreadable",
    "l’adresse du juré {juror} n’en est pas une : « {found} » ; elle est laissée hors "
    "du brouillon.",
    "Écrire une adresse comme nom@exemple.fr dans la colonne Email de la feuille Jurés ; en "
    "séparer plusieurs par « ; ».",
    "Une adresse s’écrit sans espace ni accent, avec un seul @.",
)

CANDIDATE_WITHOUT_EMAIL = warning(
    "candidate-without-email",
    "le candidat {candidate} n’a pas d’adresse électronique ; le brouillon est sans destinataire.",
    "Remplir la colonne Email de la feuille Candidats et relancer, ou saisir l’adresse dans le "
    "brouillon ; sinon, envoyer le document par la poste.",
    "Le brouillon et sa pièce jointe sont prêts ; seul le destinataire manque.",
    Together(
        sentence="{count} candidats n’ont pas d’adresse électronique, et leurs brouillons sont "
        "sans destinataire : {items}.",
        item="{candidate}",
        across=True,
    ),
)

CANDIDATE_EMAIL_UNREADABLE = warning(
    "candidate-email-unreadable",
    "l’adresse du candidat {candidate} n’en est pas une : « {found} » ; elle est laissée hors "
    "du brouillon.",
    "Écrire une adresse comme nom@exemple.fr dans la colonne Email de la feuille Candidats ; en "
    "séparer plusieurs par « ; ».",
    "Une adresse s’écrit sans espace ni accent, avec un seul @.",
)

LETTER_TEMPLATE_ABSENT = info(
    "letter-template-absent",
    "ce modèle de courriel n’est pas dans le dossier des modèles ; celui que fournit sheetgen est "
    "employé.",
    "Pour l’adapter, copier ici celui que donne « sheetgen init ».",
    "Les courriels aux candidats et ceux des convocations sont venus après les autres : un dossier "
    "de modèles plus ancien n’en a pas, et tout le reste s’y fait comme avant.",
)

ATTACHMENT_TOO_LARGE = warning(
    "attachment-too-large",
    "l’archive pèse {size} Mo ; beaucoup de messageries refusent plus de {limit} Mo.",
    "Déposer l’archive dans un espace partagé et en envoyer le lien, ou l’envoyer en plusieurs "
    "fois.",
    "Une pièce jointe grossit d’un tiers en chemin et les messageries limitent la taille des "
    "messages. Une image plus légère à la ligne Logo allège aussi chaque grille.",
)

GRID_NOT_PACKED = error(
    "grid-not-packed",
    "la grille ne peut pas être jointe à l’envoi du juré {juror} ({reason}) ; rien n’est préparé "
    "pour ce juré.",
    "Vérifier le dossier des grilles, puis relancer « sheetgen generate ».",
    "Une archive à laquelle il manque une grille partirait sans qu’on s’en aperçoive : elle n’est "
    "pas faite.",
)
