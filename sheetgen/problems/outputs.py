"""Kinds of problem found in what documents are made from and in what is written."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

TEMPLATES_FOLDER_MISSING = error(
    "templates-folder-missing",
    "le dossier des modèles est introuvable.",
    "Se placer dans le dossier préparé par « sheetgen init », ou donner le bon avec --templates.",
    "Les documents et le message aux jurés sont produits à partir de modèles rangés dans un "
    "dossier. « sheetgen init DOSSIER » en prépare un, complet ; relancé dans un dossier où il "
    "manque, il le remet sans toucher au reste.",
)

TEMPLATE_MISSING = error(
    "template-missing",
    "le modèle Word est introuvable.",
    "Le remettre à cet endroit, ou reprendre celui que fournit « sheetgen init ».",
    "Les rapports sont produits à partir de modèles Word rangés dans le dossier des modèles. "
    "« sheetgen init DOSSIER » en donne une copie ; l’option --templates désigne un autre "
    "dossier ; l’option --no-reports se passe de Word.",
)

TRANSCRIPT_TEMPLATE_ABSENT = info(
    "transcript-template-absent",
    "il n’y a pas de modèle de relevé de notes : aucun relevé ne sera fait.",
    "Pour en avoir, copier ici le modèle releve.docx que fournit « sheetgen init ».",
    "Le relevé de notes est venu après les autres documents : un dossier de modèles plus ancien "
    "n’en a pas, et tout le reste s’y fait comme avant.",
)

CONVOCATION_TEMPLATE_ABSENT = info(
    "convocation-template-absent",
    "il n’y a pas de modèle de convocation : aucune convocation ne sera faite.",
    "Pour en avoir, copier ici le modèle convocation.docx que fournit « sheetgen init ».",
    "La convocation est venue après les autres documents : un dossier de modèles plus ancien n’en "
    "a pas, et tout le reste s’y fait comme avant.",
)

TEMPLATE_UNREADABLE = error(
    "template-unreadable",
    "ce n’est pas un document Word lisible ({reason}).",
    "L’ouvrir dans Word et l’enregistrer au format « Document Word (.docx) », sans mot de passe.",
    "Le modèle est abîmé, protégé par un mot de passe à l’ouverture, ou dans un autre format "
    "(.doc, .odt, .dotx, .docm) renommé en .docx. L’enregistrer de nouveau depuis Word ou "
    "LibreOffice au format .docx suffit en général.",
)

TEMPLATE_SYNTAX = error(
    "template-syntax",
    "une balise est mal écrite, au paragraphe « {paragraph} »{place} : {reason}",
    "Corriger la balise : chaque « {{{{ » se ferme par « }}}} », chaque « {{% if … %}} » par "
    "« {{% endif %}} », chaque « {{% for … %}} » par « {{% endfor %}} ».",
    "Les modèles contiennent des balises entre doubles accolades, ou entre accolade et pour cent. "
    "Une balise mal écrite ou un bloc laissé ouvert empêche de produire le document.",
)

TEMPLATE_UNKNOWN_FIELD = error(
    "template-unknown-field",
    "le champ « {field} » n’existe pas, au paragraphe « {paragraph} »{place}.",
    "{suggestion}",
    "Un champ inconnu laisserait un vide dans un document signé : le modèle est refusé. La liste "
    "des champs, avec leur sens, est dans la documentation des modèles.",
)

TEMPLATE_BROKEN = error(
    "template-broken",
    "les balises ne donnent pas un document Word{place} : {reason}",
    "Placer chaque balise qui commence par {{%p seule dans son paragraphe, chaque balise qui "
    "commence par {{%tr seule dans sa ligne de tableau, et les fermer au même niveau.",
    "Le modèle se lit, mais le document produit serait abîmé : une balise de ligne hors d’un "
    "tableau, un bloc ouvert dans une cellule et fermé dans une autre, ou une expression qui ne "
    "peut pas être calculée.",
)

TEMPLATE_TEXT_LOST = error(
    "template-text-lost",
    "le document perdrait du texte, une image ou une balise, au paragraphe « {paragraph} »{place}.",
    "Placer chaque balise qui commence par {{%p seule dans son paragraphe, chaque balise qui "
    "commence par {{%tr seule dans sa ligne de tableau, par {{%tc seule dans sa cellule.",
    "Une balise de paragraphe, de ligne ou de cellule disparaît avec tout ce qui l’entoure : le "
    "paragraphe, la ligne ou la cellule où elle se trouve. Un texte placé à côté d’elle ne "
    "figurerait dans aucun document ; le modèle est refusé tant qu’il n’est pas déplacé.",
)

TEMPLATE_TAG_UNFILLED = error(
    "template-tag-unfilled",
    "la balise « {tag} » se trouve là où rien n’est rempli ({place}).",
    "La placer dans le texte, un tableau, une zone de texte, un en-tête, un pied de page ou une "
    "note.",
    "Les balises sont remplies dans le texte du document, les tableaux, les zones de texte, les "
    "en-têtes, les pieds de page, les notes et les commentaires. Ailleurs (graphique, SmartArt, "
    "adresse d’un lien, propriétés personnalisées), la balise s’imprimerait telle quelle.",
)

TEMPLATE_LIKE_A_TAG = warning(
    "template-like-a-tag",
    "« {text} » s’imprimera tel quel, n’étant pas une balise, au paragraphe « {paragraph} »"
    "{place}.",
    "Si une balise est voulue, l’écrire entre doubles accolades ordinaires : « {tag} ».",
    "Les balises sont entre doubles accolades, ou entre accolade et pour cent. Entre crochets, "
    "entre chevrons ou entre accolades de pleine largeur (｛ ｝), un nom de champ est un texte "
    "comme un autre.",
)

TEMPLATE_REVISIONS = info(
    "template-revisions",
    "des modifications suivies n’y sont ni acceptées ni refusées. Les documents sont produits "
    "comme si elles étaient acceptées : sans le texte supprimé, avec le texte inséré.",
    "Dans Word, Révision > Accepter (ou Refuser) toutes les modifications, puis enregistrer.",
    "Le « Suivi des modifications » de Word garde dans le fichier ce qui a été supprimé, barré à "
    "l’écran. Ce texte ne compte pas : il n’est ni vérifié, ni rempli, ni imprimé. Pour revenir à "
    "l’ancien texte, refuser la modification dans Word.",
)

DOCUMENT_FAILED = error(
    "document-failed",
    "le document pour {subject} ne peut pas être produit : {reason}.",
    "Corriger le modèle : une de ses expressions ne peut pas être calculée sur ces données.",
    "Le modèle convient en général, mais une de ses expressions échoue sur les données d’un "
    "candidat ou de la session, par exemple « blocs_presentes[1] » quand il n’en présente qu’un. "
    "Les autres documents sont produits.",
)

DOCUMENT_INCOMPLETE = error(
    "document-incomplete",
    "le document pour {subject} n’est pas produit : il y manquerait le texte « {text} », qui est "
    "dans le modèle.",
    "Écrire plus simplement ce qui précède ce texte dans le modèle (une balise par paragraphe), "
    "puis relancer la commande.",
    "Chaque document est comparé à son modèle avant d’être écrit : ce que le modèle dit hors des "
    "balises, et dans les conditions et les boucles qui s’appliquent, doit s’y retrouver, dans "
    "l’ordre. Un document amputé n’est jamais écrit. Les autres documents sont produits.",
)

FIELD_MISSING = warning(
    "field-missing-in-document",
    "sans valeur pour {subjects} : {fields}. « [à compléter] » est imprimé à la place.",
    "Compléter referential.xlsx, session.xlsx ou la délibération, puis relancer la commande (avec "
    "--reopen si la session est close).",
    "Un document ne laisse jamais un vide en silence : ce qui manque s’imprime « [à compléter] », "
    "surligné, et se lit ici, avec le champ du modèle et son sens. Renseigner la valeur là où "
    "elle se saisit (le code RNCP dans la feuille Certification, la qualité d’un juré dans la "
    "feuille Jurés…), ou retirer le champ du modèle s’il n’a pas lieu d’y être.",
    Together(
        sentence="« [à compléter] » est imprimé où la valeur manque : {items}. Compléter "
        "referential.xlsx, session.xlsx ou la délibération, puis relancer la commande (avec "
        "--reopen si la session est close).",
        item="{file} ({meanings})",
        across=True,
    ),
)
