"""Kinds of problem of a source workbook itself: its file, its sheets, its columns."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

# The file itself.

FILE_MISSING = error(
    "source-file-missing",
    "Le fichier n'existe pas.",
    "Vérifier le nom et le dossier ; « sheetgen init » crée un dossier de départ.",
    "Le classeur demandé n'est pas à l'endroit indiqué.",
)
FILE_UNREADABLE = error(
    "source-file-unreadable",
    "Le fichier ne peut pas être ouvert ({reason}).",
    "S'il est ouvert dans Excel, le fermer ; sinon vérifier les droits d'accès.",
    "Le système a refusé l'ouverture : fichier verrouillé par un autre programme, dossier à la "
    "place d'un fichier, ou droits insuffisants.",
)
FILE_NOT_WORKBOOK = error(
    "source-not-a-workbook",
    "Ce n'est pas un classeur Excel lisible ({reason}).",
    "L'ouvrir dans Excel ou LibreOffice et l'enregistrer au format « Classeur Excel (.xlsx) ».",
    "Le fichier est abîmé, vide, incomplet ou d'un autre format. Un classeur .xls, .xlsb ou .ods "
    "doit d'abord être enregistré au format .xlsx. Ce qui ne peut pas être lu exactement n'est pas "
    "deviné : la cellule en cause est donnée quand elle est connue.",
)
FILE_ENCRYPTED = error(
    "source-encrypted",
    "Le classeur est protégé par un mot de passe à l'ouverture.",
    "L'ouvrir dans Excel, retirer le mot de passe (Fichier, Informations, Protéger le classeur), "
    "puis l'enregistrer.",
    "Un classeur chiffré ne peut pas être lu sans son mot de passe, que sheetgen ne demande "
    "jamais.",
)
FILE_RIGHTS_MANAGED = error(
    "source-rights-managed",
    "Le classeur est sous gestion de droits (IRM, étiquette de confidentialité).",
    "L'ouvrir dans Excel, ôter la restriction (Fichier > Informations > Protéger le classeur > "
    "Restreindre l'accès > Accès illimité), puis l'enregistrer.",
    "Le classeur est chiffré pour les seules personnes que l'organisation désigne : aucun mot de "
    "passe ne l'ouvre.",
)
FILE_TOO_LARGE = error(
    "source-too-large",
    "Le classeur est anormalement volumineux ({reason}).",
    "En retirer les images et les feuilles inutiles, ou repartir du modèle.",
    "Un classeur source tient en quelques centaines de kilo-octets ; la limite écarte les fichiers "
    "qui bloqueraient l'ordinateur.",
)
WORKBOOK_FOREIGN = error(
    "source-foreign-workbook",
    "Ce classeur n'a aucune des feuilles attendues ({expected}) ; feuilles trouvées : {found}.",
    "Vérifier que le bon fichier est indiqué, ou repartir du modèle de « sheetgen init ».",
    "Le fichier est bien un classeur, mais ce n'est ni un référentiel ni une session, ou l'un a "
    "été donné à la place de l'autre.",
)

# Sheets and columns.

SHEETS_MISSING = error(
    "sheets-missing",
    "Il manque : {missing} (feuilles obligatoires).",
    "Les ajouter, ou les reprendre du modèle de « sheetgen init ».",
    "Sans ces feuilles, le classeur ne peut pas servir.",
)
SHEET_MISSPELT = error(
    "sheet-misspelt",
    "La feuille « {found} » n'est pas connue et « {expected} » manque.",
    "S'il s'agit d'elle, renommer la feuille en « {expected} ».",
    "Une feuille mal nommée ne serait pas lue ; il vaut mieux s'arrêter que l'ignorer.",
)
SHEET_UNKNOWN = warning(
    "sheet-unknown",
    "La feuille « {found} » n'est pas connue ; elle n'est pas lue.{suggestion}",
    "La supprimer, ou la renommer si son nom est mal écrit.",
    "Une feuille en plus ne gêne pas, mais rien de ce qu'elle contient n'est pris en compte.",
)
SHEET_DUPLICATE = error(
    "sheet-duplicate",
    "Les feuilles « {found} » et « {other} » portent le même nom, aux accents et espaces près.",
    "N'en garder qu'une.",
    "Les noms sont reconnus sans tenir compte des majuscules, des accents ni des espaces : deux "
    "feuilles ne peuvent pas porter le même.",
)
SHEET_TOO_LARGE = error(
    "sheet-too-large",
    "La feuille contient des données au-delà de {rows} lignes ou de {columns} colonnes.",
    "Supprimer les lignes et les colonnes égarées, à partir de cette cellule.",
    "Une valeur égarée loin du tableau est presque toujours une erreur de saisie.",
)
SHEET_TOO_FULL = error(
    "sheet-too-full",
    "La feuille contient plus de {limit} cellules remplies.",
    "Supprimer les lignes et les colonnes en trop, ou repartir du modèle.",
    "Une formule ou une valeur recopiée jusqu'en bas de la feuille remplit des millions de "
    "cellules ; la plus grande session en remplit quelques dizaines de milliers.",
)
SHEET_EMPTY = error(
    "sheet-without-rows",
    "La feuille ne contient aucune ligne.",
    "Ajouter au moins une ligne sous les en-têtes : {columns}.",
    "Cette feuille doit décrire au moins un élément.",
)
HEADER_MISSING = error(
    "header-missing",
    "Aucune ligne d'en-têtes n'est reconnue dans les {rows} premières lignes.",
    "Remettre les en-têtes : {columns}.",
    "Les colonnes sont retrouvées par leur en-tête, dans n'importe quel ordre.",
)
COLUMN_MISSING = error(
    "column-missing",
    "La colonne obligatoire « {expected} » manque.",
    "L'ajouter à la ligne d'en-têtes.",
    "Une colonne obligatoire doit exister et être remplie à chaque ligne.",
)
COLUMN_MISSPELT = error(
    "column-misspelt",
    "La colonne « {found} » n'est pas connue et « {expected} » manque.",
    "S'il s'agit d'elle, renommer l'en-tête en « {expected} » ; sinon lui donner un nom moins "
    "ressemblant.",
    "Une colonne mal nommée ne serait pas lue et ses valeurs prendraient leur défaut sans que "
    "personne le voie.",
)
COLUMN_UNKNOWN = warning(
    "column-unknown",
    "La colonne « {found} » n'est pas connue ; elle n'est pas lue.{suggestion}",
    "La supprimer, ou la renommer parmi : {columns}.",
    "Une colonne en plus ne gêne pas, mais rien de ce qu'elle contient n'est pris en compte.",
)
COLUMN_DUPLICATE = error(
    "column-duplicate",
    "La colonne « {found} » est présente deux fois (aussi en {other}).",
    "N'en garder qu'une.",
    "Deux colonnes de même nom : rien ne dit laquelle lire.",
)
FIELD_MISSING = error(
    "field-missing",
    "La ligne obligatoire « {expected} » manque.",
    "L'ajouter et la remplir. {help}",
    "Cette information est indispensable.",
)
FIELD_MISSPELT = error(
    "field-misspelt",
    "« {found} » n'est pas connu et « {expected} » manque.",
    "S'il s'agit de cette ligne, la renommer en « {expected} » ; sinon la supprimer.",
    "Une ligne mal nommée ne serait pas lue ; il vaut mieux s'arrêter que l'ignorer.",
)
FIELD_UNKNOWN = warning(
    "field-unknown",
    "La ligne « {found} » n'est pas connue ; elle n'est pas lue.{suggestion}",
    "La supprimer, ou corriger son nom.",
    "Une ligne en plus ne gêne pas, mais sa valeur n'est pas prise en compte.",
)
RULE_UNKNOWN = error(
    "rule-unknown",
    "La règle « {found} » n'est pas connue.{suggestion}",
    "Corriger son nom ou supprimer la ligne. Règles possibles : {rules}.",
    "Une règle que le programme ne connaît pas ne serait pas appliquée : il s'arrête plutôt que "
    "de l'ignorer.",
)
FIELD_DUPLICATE = error(
    "field-duplicate",
    "La ligne « {found} » est présente deux fois (aussi en {other}).",
    "N'en garder qu'une.",
    "Deux lignes de même nom : rien ne dit laquelle lire.",
)
FIELD_BLANK = info(
    "field-blank",
    "« {name} » n'est pas rempli ; l'information manquera sur {documents}.",
    "Remplir la cellule quand ce sera connu. {help}",
    "Rien n'est inventé : ce que l'école n'écrit pas reste vide sur les documents.",
    Together(
        sentence="{count} champs de la feuille {sheet} ne sont pas remplis ; ils manqueront sur "
        "les documents : {items}. Les remplir quand ce sera connu.",
        item="{name} ({cell})",
        least=2,
    ),
)

OFFICIAL_VALUE_BLANK = warning(
    "official-value-blank",
    "« {name} » n'est pas rempli ; aucun papier officiel ne peut être fait sans cette valeur.",
    "Remplir la cellule avant « sheetgen finalize ». {help}",
    "Le procès-verbal, les attestations et les parchemins doivent dire cette valeur. Les grilles "
    "et les rapports se font sans elle ; la session ne se clôt pas. Rien n'est inventé à sa place.",
    Together(
        sentence="{count} champs de la feuille {sheet} ne sont pas remplis ; aucun papier officiel "
        "ne peut être fait sans eux : {items}. Les remplir avant « sheetgen finalize ».",
        item="{name} ({cell})",
        least=2,
    ),
)
BIRTH_DATE_BLANK = warning(
    "birth-date-blank",
    "La date de naissance manque pour {candidates} ; elle manquera sur les papiers.",
    "Remplir la colonne Date de naissance.",
    "Une attestation ou un parchemin désigne son titulaire par ses nom, prénom et date de "
    "naissance. Sans la date, ils n'en disent rien, et les autres papiers la laissent à compléter.",
)
