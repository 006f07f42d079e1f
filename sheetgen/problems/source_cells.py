"""Kinds of problem of what is in a cell of a source workbook, whatever it is about."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

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
REFERENCE_SEVERAL = error(
    "reference-several",
    "« {found} » nomme plusieurs codes, et « {name} » n'en prend qu'un.",
    "N'en garder qu'un, par exemple {first} ; pour les autres, ajouter des lignes s'il le faut.",
    "Les colonnes qui prennent plusieurs codes le disent dans leur aide.",
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
PASSAGE_UNREADABLE = error(
    "passage-unreadable",
    "« {found} » n'est ni une date ni une date et une heure ({name}).",
    "Écrire un jour et une heure comme 15/06/2026 09:30, ou l'un des deux.",
    "Un passage est une date du tableur, avec ou sans heure, ou un texte comme 15/06/2026 09:30, "
    "15/06/2026 à 9h30 ou 9h30 ; une heure seule est celle du jour de la session.",
)
INSEE_CODE_UNREADABLE = error(
    "insee-code-unreadable",
    "« {found} » n'est pas un code INSEE de commune ({name}).",
    "Écrire ses cinq signes dans une cellule au format Texte, par exemple 01053, 35238 ou 2A004.",
    "Le code INSEE d'une commune a cinq chiffres, ou 2A ou 2B puis trois chiffres ; celui "
    "d'un pays étranger commence par 99. Ce n'est pas le code postal. Dans une cellule qui n'est "
    "pas au format Texte, un tableur ôte le zéro de 01053.",
)
SHORTCUT_UNREADABLE = error(
    "shortcut-unreadable",
    "« {found} » n'est pas un raccourci ({name}).",
    "Écrire une seule lettre, de A à Z, ou un seul chiffre.",
    "Un raccourci est ce que le juré tape à la place d'un libellé : une lettre sans accent ou un "
    "chiffre, majuscule ou minuscule.",
)
COLOUR_UNREADABLE = error(
    "colour-unreadable",
    "« {found} » n'est pas une couleur ({name}).",
    "Écrire les six chiffres et lettres de la couleur, par exemple 1F4E79. Excel les montre à "
    "« Autres couleurs », onglet Personnalisées, case Hex.",
    "Une couleur s'écrit par six signes, de 0 à 9 et de A à F, avec ou sans # devant.",
)
