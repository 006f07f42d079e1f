"""Kinds of problem found in the source workbooks: the référentiel and the session."""

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
    "La date de naissance manque pour {candidates} ; elle manquera sur les attestations.",
    "Remplir la colonne Date de naissance.",
    "Une attestation ou un parchemin désigne son titulaire par ses nom, prénom et date de "
    "naissance. Sans la date, le papier se fait avec une ligne à compléter.",
)

# What is in a cell.

VALUE_MISSING = error(
    "value-missing",
    "« {name} » est vide.",
    "Remplir la cellule : {expected}.",
    "Une valeur obligatoire manque.",
)
CELL_FORMULA = error(
    "cell-formula",
    "« {name} » contient une formule ({found}).",
    "La remplacer par sa valeur (copier, puis collage spécial, valeurs).",
    "Une formule n'a pas de valeur sûre hors du tableur : les classeurs sources ne contiennent que "
    "des valeurs. Un texte qui commence par « = » s'écrit avec une apostrophe devant.",
)
CELL_ERROR = error(
    "cell-error",
    "« {name} » contient une erreur de tableur ({found}).",
    "Remplacer la cellule par sa valeur : {expected}.",
    "Une cellule en erreur (#REF!, #N/A…) n'a pas de valeur.",
)
TEXT_TOO_LONG = error(
    "text-too-long",
    "« {name} » compte {length} caractères ; {limit} au plus.",
    "Raccourcir le texte.",
    "La limite est celle d'Excel, ou de l'endroit où le texte doit tenir dans les grilles.",
)
TEXT_CONTROL_CHARACTER = error(
    "text-control-character",
    "« {name} » contient un caractère invisible interdit (U+{code:04X}).",
    "Effacer la cellule et ressaisir le texte, ou le coller sans mise en forme.",
    "Certains caractères de contrôle, souvent venus d'un copier-coller, rendraient les fichiers "
    "produits illisibles.",
)
CODE_NOT_TEXT = error(
    "code-not-text",
    "« {name} » est un nombre ou une date pour le tableur ({found}), qui a pu changer ce qui a été "
    "saisi.",
    "Mettre la cellule au format Texte, puis ressaisir ce qui doit y être lu.",
    "Excel transforme 1.10 en 1,1, 1/2 et 2026-06 en dates. Un code ou une liste de codes doit "
    "être un texte ; un numéro entier convient aussi. Un nombre est lu comme son format l'affiche "
    "(2026-001) quand l'affichage est certain : sans arrondi, milliers séparés ni condition.",
)
CODE_SEPARATOR = error(
    "code-with-separator",
    "Le code « {found} » contient « ; » ou « , ».",
    "Choisir un code sans ces caractères, qui séparent les codes d'une liste.",
    "Les listes de codes sont séparées par « ; » ou « , ».",
)
CODE_DUPLICATE = error(
    "code-duplicate",
    "Le code « {found} » est déjà utilisé en {other}.",
    "Donner à chaque ligne un code différent ; majuscules et accents ne comptent pas.",
    "Un code désigne un élément et un seul.",
)
CODE_LOOK_ALIKE = warning(
    "code-look-alike",
    "Le code « {found} » se lit comme « {other} » ({cell}) sans être le même : {difference}.",
    "Si c'est le même élément, n'en garder qu'un ; sinon choisir des codes qui se distinguent à "
    "l'œil. Ressaisir au clavier un code venu d'un copier-coller.",
    "Une lettre cyrillique ou grecque, un autre tiret, une espace insécable : à l'écran rien ne "
    "les montre, et les lignes qui renvoient à l'un ne renvoient pas à l'autre.",
)
REFERENCE_UNKNOWN = error(
    "reference-unknown",
    "« {found} » n'est pas un code de la feuille {target}.{suggestion}",
    "Choisir un code existant{allowed}, ou ajouter la ligne qui manque dans {target}.",
    "Le code écrit ne désigne aucun élément.",
)
NUMBER_UNREADABLE = error(
    "number-unreadable",
    "« {found} » n'est pas un nombre ({name}).",
    "Écrire {expected}, par exemple 1 ou 0,5.",
    "Les nombres s'écrivent avec une virgule ou un point, sans unité.",
)
NUMBER_OUT_OF_RANGE = error(
    "number-out-of-range",
    "« {found} » est hors limites pour « {name} ».",
    "Écrire {expected}.",
    "Un poids est supérieur à 0, un nombre de jurés ou de critères est un entier d'au moins 1, un "
    "écart est supérieur à 0 ; rien ne dépasse un million.",
)
PERCENTAGE_UNREADABLE = error(
    "percentage-unreadable",
    "« {found} » n'est pas un pourcentage ({name}).",
    "Écrire un nombre de 0 à 100, avec ou sans %, ou une note sur son maximum, par exemple 50, "
    "50 % ou 10/20.",
    "Un pourcentage s'écrit 50, « 50 % », 10/20 (une note sur son maximum), ou dans une cellule au "
    "format pourcentage.",
)
PERCENTAGE_AMBIGUOUS = error(
    "percentage-ambiguous",
    "« {found} » est ambigu pour « {name} » : un nombre entre 0 et 1 peut être un pourcentage ou "
    "une fraction.",
    "Écrire « {as_fraction} % » ou « {found} % », selon ce qui est voulu.",
    "0,5 peut vouloir dire 50 % ou un demi pour cent : le programme ne devine pas.",
)
PERCENTAGE_OUT_OF_RANGE = error(
    "percentage-out-of-range",
    "« {found} » est hors limites pour « {name} » : de 0 à 100 %.",
    "Écrire un nombre de 0 à 100, ou une note qui ne dépasse pas son maximum, par exemple 50, 50 % "
    "ou 10/20.",
    "Un seuil en pourcentage est compris entre 0 et 100 ; dans 12/20, la note est comprise entre 0 "
    "et son maximum, qui est supérieur à 0.",
)
PERCENTAGE_NOT_TEXT = error(
    "percentage-not-text",
    "« {name} » est {found_as} pour le tableur ({found}), qui a changé ce qui a été saisi.",
    "Mettre la cellule au format Texte, puis ressaisir, par exemple 8/10 ou 80 %.",
    "Excel fait de 8/10 la date du 8 octobre, et d'une cellule au format Fraction un nombre entre "
    "0 et 1. Dans une cellule au format Texte, 8/10 reste ce qui a été saisi.",
)
PERCENTAGE_OR_NOTE = error(
    "percentage-or-note",
    "« {found} » est ambigu pour « {name} » : avec des notes sur {maximum}, ce peut être une note "
    "ou un pourcentage.",
    "Écrire « {found}/{maximum} » pour la note, ou « {found} % » pour le pourcentage.",
    "Avec « Type d'échelle : note », un seuil de 12 peut vouloir dire 12/20, qui est 60 %, ou "
    "12 %. Le programme ne devine pas. Un nombre au-dessus de Note maximale, ou 0, est clair.",
)
PERCENTAGE_SHARE = info(
    "percentage-of-scale",
    "« {name} » est {share} de l'échelle, qui va de {minimum} à {maximum} : {meaning}.",
    "Rien à faire si c'est ce qui est voulu.",
    "Un pourcentage compte à partir de Note minimale : à 50 %, une échelle de 10 à 20 donne 15. "
    "Rien n'est dit d'une note écrite sur l'étendue de l'échelle, comme 5/10, ni d'une part de "
    "critères ou de compétences.",
)
NOTE_SHARE = warning(
    "note-share-of-scale",
    "« {name} » ({found}) est {share} de l'échelle, qui va de {minimum} à {maximum} : la note "
    "{note}, et non {meant}.",
    "Si la note {meant} est voulue, écrire « {ratio} ».",
    "12/20 est 60 %, compté à partir de Note minimale : sur une échelle de 5 à 20, 60 % est la "
    "note 14. La note 12 y est 7 points au-dessus du minimum, sur 15 : 7/15.",
)
YES_NO_UNREADABLE = error(
    "yes-no-unreadable",
    "« {found} » n'est ni Oui ni Non ({name}).",
    "Écrire Oui ou Non.",
    "La colonne n'accepte que Oui et Non.",
)
CHOICE_UNKNOWN = error(
    "choice-unknown",
    "« {found} » n'est pas possible pour « {name} ».{suggestion}",
    "Choisir {allowed}.",
    "La valeur doit être l'une de celles proposées ; majuscules et accents ne comptent pas.",
)
DATE_UNREADABLE = error(
    "date-unreadable",
    "« {found} » n'est pas une date lisible ({name}).",
    "Écrire une date comme 15/06/2026 ou 2026-06-15.",
    "Une date est une date du tableur, jj/mm/aaaa ou aaaa-mm-jj. L'année s'écrit en entier.",
)
DATE_IMPOSSIBLE = error(
    "date-impossible",
    "« {found} » n'existe pas au calendrier ou n'est pas plausible ({name}).",
    "Vérifier le jour, le mois et l'année (de 1900 à 2199), par exemple 15/06/2026.",
    "Par exemple 31/02/2026.",
)
TIME_UNREADABLE = error(
    "time-unreadable",
    "« {found} » n'est pas une heure ({name}).",
    "Écrire une heure comme 14:30 ou 14h30.",
    "Une heure est une heure du tableur, 14:30, 14h30 ou 14h.",
)
COLOUR_UNREADABLE = error(
    "colour-unreadable",
    "« {found} » n'est pas une couleur ({name}).",
    "Écrire les six chiffres et lettres de la couleur, par exemple 1F4E79. Excel les montre à "
    "« Autres couleurs », onglet Personnalisées, case Hex.",
    "Une couleur s'écrit par six signes, de 0 à 9 et de A à F, avec ou sans # devant.",
)

# The référentiel as a whole.

LOGO_MISSING = warning(
    "logo-missing",
    "L'image « {found} » est introuvable ou n'est pas un fichier PNG ou JPEG.",
    "Placer l'image dans le dossier du référentiel et écrire son nom, ou vider la cellule.",
    "Sans image, les documents sortent sans logo.",
)
BLOCK_CODE_UNUSABLE = error(
    "block-code-unusable",
    "Le code de bloc « {found} » ne peut pas nommer une feuille : {reason}.",
    "Choisir un code court comme BC01.",
    "Chaque bloc a sa feuille dans les grilles, nommée par son code. Excel refuse [ ] : * ? / \\ "
    "et l'apostrophe au début ou à la fin ; certains noms sont déjà pris.",
)
BLOCK_EMPTY = error(
    "block-without-competency",
    "Le bloc « {code} » n'a aucune compétence.",
    "Ajouter une compétence dans l'une de ses activités, ou supprimer le bloc.",
    "Un bloc sans compétence ne peut pas être évalué.",
)
COMPETENCY_EMPTY = error(
    "competency-without-criterion",
    "La compétence « {code} » n'a aucun critère.",
    "Ajouter au moins un critère dans la feuille Critères, ou supprimer la compétence.",
    "Une compétence sans critère ne peut pas être évaluée.",
)
ITEM_UNUSED = warning(
    "item-unused",
    "« {code} » n'est utilisé par aucune ligne de la feuille {users}.",
    "Supprimer la ligne si elle est de trop.",
    "Une activité sans compétence ou une modalité sans compétence n'apparaît nulle part.",
)
SCALE_LABEL_RESERVED = error(
    "scale-label-reserved",
    "« {found} » ne peut pas être un niveau de l'échelle.",
    "Supprimer la ligne : « Non observé » est toujours proposé, « Exempté » vient d'ailleurs.",
    "Ces deux mots ont un sens à part : ils ne valent aucun point.",
)
SCALE_LABEL_DUPLICATE = error(
    "scale-label-duplicate",
    "Le libellé « {found} » est déjà utilisé en {other}.",
    "Donner à chaque niveau un libellé différent ; majuscules et accents ne comptent pas.",
    "Un juré doit pouvoir distinguer les niveaux par leur libellé.",
)
SCALE_POINTS_EQUAL = error(
    "scale-points-equal",
    "Les niveaux « {found} » et « {other} » valent tous deux {points}.",
    "Donner à chaque niveau un nombre de points différent.",
    "Deux niveaux de même valeur ne se distinguent plus une fois les jurés réunis.",
)
SCALE_ORDER = error(
    "scale-order",
    "Le niveau « {found} » (Acquis : Oui) ne vaut pas plus de points que « {other} » (Acquis : "
    "Non).",
    "Corriger les points ou la colonne Acquis.",
    "Tout niveau acquis doit valoir plus que tout niveau non acquis.",
)
SCALE_INCOMPLETE = error(
    "scale-incomplete",
    "Aucun niveau n'a « {value} » dans la colonne Acquis.",
    "Prévoir au moins un niveau acquis et un niveau non acquis.",
    "Une échelle où tout est acquis, ou rien, ne permet pas de décider.",
)
NOTE_SCALE = error(
    "note-scale-incoherent",
    "L'échelle de notes est impossible : {reason}.",
    "Corriger Note minimale, Note maximale, Pas et Note d'acquisition.",
    "Le minimum est inférieur au maximum, le pas est supérieur à 0 et divise leur écart, la note "
    "d'acquisition est comprise entre les deux.",
)
ELIMINATORY_OUT_OF_SCALE = error(
    "eliminatory-out-of-scale",
    "Le Seuil éliminatoire ({found}) sort de l'échelle, de {minimum} à {maximum}.",
    "Choisir un nombre de points de l'échelle, ou vider la cellule pour le minimum.",
    "En dehors de l'échelle, le seuil ne jouerait jamais, ou toujours.",
)
THRESHOLD_IGNORED = warning(
    "threshold-ignored",
    "« {name} » est sans effet avec « {rule} ».",
    "Vider la cellule, ou choisir une autre règle.",
    "Le seuil n'entre pas dans la règle choisie.",
)
COUNT_ABOVE_CRITERIA = warning(
    "count-above-criteria",
    "Seuil compétence demande {found} critères acquis ; aucune compétence n'en a plus de {most}.",
    "Vérifier le seuil : tel quel, tous les critères sont exigés.",
    "Avec « nombre de critères », un seuil plus grand que le nombre de critères d'une compétence "
    "les exige tous.",
)

# The session as a whole.

FILE_NAME_COLLISION = error(
    "file-name-collision",
    "« {found} » donnerait les mêmes noms de fichiers que « {other} » ({cell}).",
    "Changer l'un des deux codes ; accents, majuscules et signes ne comptent pas.",
    "Les grilles sont nommées d'après les numéros et les codes, en lettres sans accent.",
)
NUMBER_IS_NIR = error(
    "candidate-number-is-nir",
    "Ce numéro de candidat ressemble à un numéro de sécurité sociale.",
    "Donner un autre numéro, propre à la session.",
    "Le numéro de sécurité sociale ne doit figurer dans aucune grille.",
)
CERTIFICATION_EXPIRED = warning(
    "certification-expired",
    "La session a lieu le {date}, après l'échéance de la certification ({expiry}).",
    "Vérifier les deux dates.",
    "Une certification échue ne peut plus être délivrée à de nouveaux candidats.",
)
PRESIDENT_MISSING = error(
    "president-missing",
    "Aucun juré n'a le rôle Président.",
    "Écrire Président dans la colonne Rôle d'un juré, et d'un seul.",
    "Le jury a un président et un seul.",
)
PRESIDENT_SEVERAL = error(
    "president-several",
    "« {found} » est un second président ; {other} l'est déjà.",
    "Ne garder qu'un Président ; les autres sont Membre.",
    "Le jury a un président et un seul.",
)
DATE_TO_COME = warning(
    "date-to-come",
    "« {name} » est dans l'avenir ({found}).",
    "Vérifier l'année.",
    "Une date de naissance, d'avis ou de décision est passée. La date de la session et la date "
    "limite de retour peuvent être à venir.",
)
CANDIDATE_TWICE = warning(
    "candidate-twice",
    "{found} est déjà inscrit en {other}, avec {birth}.",
    "Si c'est la même personne, supprimer une des lignes ; sinon compléter Date de naissance.",
    "Deux candidats de mêmes nom, prénom et date de naissance sont presque toujours une seule "
    "personne inscrite deux fois.",
)
JUROR_IS_CANDIDATE = warning(
    "juror-is-candidate",
    "{found} est juré et porte le nom du candidat {candidate}.",
    "Si c'est la même personne, la retirer du jury ; sinon rien à faire.",
    "Personne n'est juré de la session où il est candidat.",
)
JUROR_TWICE = warning(
    "juror-twice",
    "{found} est déjà juré en {other}.",
    "Si c'est la même personne, supprimer une des lignes ; sinon rien à faire.",
    "Une personne inscrite deux fois compterait pour deux jurés.",
)
HELD_PRESENTED = error(
    "held-bloc-presented",
    "Le candidat présente {blocks}, qu'il a déjà.",
    "Le retirer de Blocs présentés, ou de Blocs déjà acquis.",
    "Un bloc acquis l'est pour la vie : il ne se présente pas de nouveau.",
)
NOTHING_PRESENTED = warning(
    "nothing-presented",
    "Le candidat {candidate} ne présente aucun bloc : il les a déjà tous.",
    "Vérifier Blocs déjà acquis, ou retirer le candidat de la session.",
    "Aucune grille n'est faite pour un candidat qui ne présente rien.",
)
ROUTE_BLOCKS_UNSAID = warning(
    "route-blocs-unsaid",
    "Le candidat {candidate} vient en capitalisation sans que ses blocs soient nommés : il les "
    "présente tous.",
    "Remplir Blocs présentés, ou choisir Certification complète.",
    "Une cellule vide veut dire : tous les blocs qui ne sont pas déjà acquis.",
)
ROUTE_FULL_PARTIAL = warning(
    "route-full-partial",
    "Le candidat {candidate} vient pour la certification complète mais ne présente pas {blocks}, "
    "qu'il n'a pas.",
    "Compléter Blocs présentés, ou choisir Capitalisation de blocs.",
    "Sans ces blocs, la certification ne peut pas être délivrée.",
)
ASSIGNED_NOT_PRESENTED = error(
    "assigned-bloc-not-presented",
    "{juror} est affecté à {blocks}, que le candidat {candidate} ne présente pas ({presented}).",
    "Retirer ce bloc de la ligne, ou l'ajouter à Blocs présentés.",
    "Un juré n'évalue que ce que le candidat présente.",
)
ASSIGNED_ABSENT = info(
    "assigned-candidate-absent",
    "Le candidat {candidate} n'est pas présent : la ligne est sans effet.",
    "Rien à faire, ou corriger Statut.",
    "Aucune grille n'est faite pour un candidat absent, excusé ou qui a abandonné.",
)
ASSIGNED_INCOMPATIBLE = error(
    "assigned-incompatible",
    "{juror} est affecté au candidat {candidate}, avec qui il est incompatible.",
    "Affecter un autre juré. Sans aucune ligne dans Affectations, chaque juré évalue chaque "
    "candidat : y écrire alors qui évalue qui.",
    "Un juré n'évalue pas un candidat qu'il a formé ou qu'il connaît.",
)
BLOCK_WITHOUT_JUROR = error(
    "bloc-without-juror",
    "Aucun juré n'est affecté au candidat {candidate} pour {blocks}.",
    "Ajouter une ligne dans Affectations, ou vider la feuille pour que chaque juré évalue chaque "
    "candidat.",
    "Dès qu'une ligne existe dans Affectations, chaque bloc présenté doit y avoir un juré.",
)
JURORS_TOO_FEW = error(
    "jurors-too-few",
    "{who} : {found} pour {blocks} ; Jurés minimum est {minimum}.",
    "Affecter un juré de plus, ou changer la règle Jurés minimum du référentiel.",
    "Le règlement demande un nombre minimum de jurés par candidat et par bloc.",
)
EXTERNALS_TOO_FEW = error(
    "externals-too-few",
    "{who} : {found} pour {blocks} ; il faut au moins {minimum} %.",
    "Affecter un juré externe, corriger la colonne Externe, ou changer la règle Part minimale "
    "d'externes du référentiel.",
    "Le règlement demande une part minimale de jurés extérieurs au certificateur.",
)
EXEMPTION_WITHOUT_CRITERION = error(
    "exemption-without-criterion",
    "L'exemption ne nomme aucun critère.",
    "Remplir la colonne Critère ; une ligne par critère exempté.",
    "Une exemption porte sur un critère et un seul.",
)
EXEMPTION_WITHOUT_EFFECT = warning(
    "exemption-without-effect",
    "L'exemption du critère {criterion} n'a pas d'effet : {missing}.",
    "Compléter la ligne si l'exemption doit s'appliquer ; sinon rien à faire.",
    "Une exemption s'applique quand l'avis du référent handicap est daté, que les deux conditions "
    "sont à Oui et que le jury l'a accordée.",
)
EXEMPTION_NOT_PRESENTED = warning(
    "exemption-not-presented",
    "Le critère {criterion} appartient à un bloc que le candidat {candidate} ne présente pas "
    "({block}).",
    "Vérifier le critère ou les blocs présentés.",
    "L'aménagement ne joue que dans un bloc présenté.",
)
ACCOMMODATION_DUPLICATE = error(
    "accommodation-duplicate",
    "Le critère {criterion} a déjà une exemption pour ce candidat en {other}.",
    "N'en garder qu'une ligne.",
    "Deux lignes pour la même exemption pourraient se contredire.",
)

ACCOMMODATION_PENDING = warning(
    "accommodation-pending",
    "{nature}, candidat {candidate} : la décision du jury est encore « En attente » ; les jurés "
    "n'en savent rien.",
    "Écrire Accordée ou Refusée dans Décision du jury avant d'envoyer les grilles.",
    "Un aménagement en attente ne figure ni dans les grilles ni dans les consignes : le candidat "
    "passerait sans lui.",
)

PRIVATE = frozenset(
    kind.code
    for kind in (
        EXEMPTION_WITHOUT_CRITERION,
        EXEMPTION_WITHOUT_EFFECT,
        EXEMPTION_NOT_PRESENTED,
        ACCOMMODATION_DUPLICATE,
        ACCOMMODATION_PENDING,
    )
)
"""Codes of problems that tell of a disability: `check` shows them, no output holds them."""
