"""Kinds of problem found in returned files: first the files themselves, then what they hold."""

from __future__ import annotations

from sheetgen.problems.records import error, warning

# Finding files.

UNREADABLE_FILE = error(
    "unreadable-file",
    "Le fichier ou le dossier ne peut pas être lu : {reason}.",
    "Vérifier qu'il existe et qu'on a le droit de le lire, puis relancer.",
    "Le chemin indiqué n'existe pas, n'est ni un fichier ni un dossier, ou le système en refuse "
    "la lecture (droits, fichier ouvert ailleurs, disque déconnecté).",
)

FILE_TOO_LARGE = error(
    "file-too-large",
    "Le fichier pèse {found} Mo : une grille n'en dépasse pas {limit}.",
    "Demander au juré la grille elle-même, sans image ni pièce ajoutée.",
    "Une grille remplie pèse quelques dizaines de kilo-octets. Au-delà de la limite, le fichier "
    "n'est pas ouvert.",
)

FILE_CHANGED = error(
    "file-changed-while-reading",
    "Le fichier a changé pendant la lecture.",
    "Attendre la fin de la copie ou de la synchronisation, puis relancer.",
    "Le contenu lu n'est plus celui qui avait été trouvé : le dossier était en cours de copie ou "
    "de synchronisation. Rien n'est retenu d'un fichier lu à moitié.",
)

NOT_DOWNLOADED = error(
    "not-downloaded",
    "Le fichier {found} n'est pas sur cet ordinateur : il n'y a là que sa trace dans iCloud.",
    "Dans le Finder, cliquer sur le nuage à côté du fichier pour le télécharger, puis relancer.",
    "macOS remplace un fichier peu utilisé par un fichier caché « .nom.icloud » de quelques "
    "octets. La grille est peut-être remplie : elle n'a pas été lue.",
)

UNPACKED_WORKBOOK = error(
    "unpacked-workbook",
    "Ce dossier est un classeur décompressé ({found}) : ses morceaux ne sont pas des grilles.",
    "Déposer le classeur lui-même ; à défaut, le redemander au juré.",
    "Un classeur .xlsx ou .ods est une archive, que certains programmes ouvrent comme telle ; un "
    "document Numbers est un dossier. Rien n'est lu de ces morceaux ; les fichiers voisins le "
    "sont.",
)

ARCHIVE_EMPTY = error(
    "empty-archive",
    "L'archive zip ne contient aucun fichier à lire{what}.",
    "La redemander à qui l'a faite : les grilles n'y ont pas été mises.",
    "L'archive est vide, ou n'a que des dossiers et des fichiers que le système y laisse.",
)

ARCHIVE_NAME_TWICE = warning(
    "archive-name-twice",
    "L'archive contient {count} fichiers de ce nom ; celui-ci est appelé ici {found}.",
    "Rien à faire pour la lecture : chacun est lu. Extraire l'archive n'en garderait qu'un.",
    "Une archive peut contenir plusieurs fichiers d'un même nom, que l'explorateur ne montre pas "
    "tous.",
)

ARCHIVE_DAMAGED = error(
    "damaged-archive",
    "L'archive zip est abîmée ou incomplète : {reason}.",
    "La télécharger ou la demander de nouveau, ou déposer les fichiers qu'elle contient.",
    "L'archive a été coupée pendant un envoi, ou son contenu ne correspond pas à sa table.",
)

ARCHIVE_PROTECTED = error(
    "password-protected-archive",
    "L'archive zip est protégée par un mot de passe.",
    "L'extraire avec le mot de passe et déposer les fichiers qu'elle contient.",
    "Le contenu d'une archive chiffrée ne peut pas être lu sans son mot de passe.",
)

ARCHIVE_TOO_LARGE = error(
    "archive-too-large",
    "L'archive zip contient {what}, au-delà de la limite de {limit}.",
    "L'extraire, vérifier son contenu et déposer les grilles dans le dossier des retours.",
    "Le nombre de fichiers, la taille une fois décompressée et le taux de compression d'une "
    "archive sont limités, pour qu'un fichier piégé n'épuise pas la machine.",
)

ARCHIVE_TOO_DEEP = error(
    "archive-too-deep",
    "L'archive zip est dans une archive qui est elle-même dans une archive.",
    "Extraire l'archive extérieure et déposer son contenu.",
    "Une archive est ouverte, et celles qu'elle contient directement ; pas au-delà.",
)

ARCHIVE_UNSAFE_NAME = error(
    "archive-unsafe-name",
    "Le nom de ce fichier sort de l'archive qui le contient.",
    "L'extraire avec précaution, ou demander au juré de renvoyer sa grille.",
    "Un nom qui remonte vers d'autres dossiers (« ../ ») n'est pas écrit par un outil ordinaire ; "
    "le fichier n'est pas lu. Rien n'est jamais extrait sur le disque.",
)

ARCHIVE_UNSUPPORTED = error(
    "unsupported-archive",
    "Une archive {found} n'est pas ouverte.",
    "L'extraire et déposer les fichiers qu'elle contient, ou en faire une archive zip.",
    "Seules les archives zip sont ouvertes.",
)

# Looking at a file before it is opened.

NOT_A_WORKBOOK = error(
    "not-a-workbook",
    "N'est pas une grille : le contenu est celui d'un fichier {found}.",
    "Déposer le classeur rempli (.xlsx, .xlsm, .xlsb, .xls ou .ods), ou retirer ce fichier.",
    "Le dossier des retours contient autre chose qu'un classeur : un PDF, un document Word, un "
    "CSV, une image… La nature du fichier est reconnue à son contenu, non à son nom.",
)

OTHER_SPREADSHEET = error(
    "unread-spreadsheet-format",
    "Le classeur est au format {found}, qui n'est pas lu.",
    "{how}, prendre le format .xlsx, vérifier la copie et la déposer.",
    "Numbers, ou LibreOffice et Excel quand on leur demande un fichier d'un seul tenant, écrivent "
    "des formats que sheetgen ne lit pas. Tous savent enregistrer la grille en .xlsx.",
)

EMPTY_FILE = error(
    "empty-file",
    "Le fichier est vide (0 octet).",
    "Demander au juré de renvoyer sa grille.",
    "La copie ou l'envoi a échoué : le fichier ne contient rien.",
)

PASSWORD_PROTECTED = error(
    "password-protected-workbook",
    "Le classeur est protégé par un mot de passe à l'ouverture.",
    "L'ouvrir avec le mot de passe, l'enregistrer sans mot de passe et le déposer de nouveau.",
    "Un classeur chiffré ne peut pas être lu. La protection des feuilles, elle, ne gêne pas.",
)

RIGHTS_MANAGED = error(
    "rights-managed-workbook",
    "Le classeur est sous gestion de droits (IRM, étiquette de confidentialité) : seul le compte "
    "d'une personne autorisée l'ouvre, aucun mot de passe.",
    "Demander au juré de l'ouvrir dans Excel, d'ôter la restriction (Fichier > Informations > "
    "Protéger le classeur > Restreindre l'accès > Accès illimité) et de le renvoyer.",
    "L'organisation du juré chiffre ses documents pour les seules personnes qu'elle désigne. Ce "
    "n'est pas une protection par mot de passe : il n'y en a pas à demander.",
)

DAMAGED_WORKBOOK = error(
    "damaged-workbook",
    "Le classeur est abîmé ou incomplet : {reason}.",
    "L'ouvrir dans Excel ou LibreOffice, l'enregistrer de nouveau et le vérifier ; à défaut, "
    "demander au juré de renvoyer sa grille.",
    "Le fichier a été coupé pendant un envoi ou modifié par un outil défaillant. Rien n'en est "
    "retenu, car ce qui reste lisible pourrait être faux.",
)

WORKBOOK_TOO_LARGE = error(
    "workbook-too-large",
    "Le classeur contient {what}, au-delà de la limite de {limit}.",
    "Demander au juré la grille elle-même, sans ajout.",
    "La taille décompressée d'un classeur, son taux de compression et le nombre de ses parties "
    "sont limités, pour qu'un fichier piégé n'épuise pas la machine.",
)

SUSPECT_WORKBOOK = error(
    "suspect-workbook",
    "Le classeur contient ce qu'aucun tableur n'écrit : {reason}.",
    "L'ouvrir dans Excel ou LibreOffice et l'enregistrer de nouveau ; à défaut, demander au juré "
    "de renvoyer sa grille.",
    "Parties en double, définitions d'entités, renvois hors du fichier : ce contenu peut tromper "
    "un lecteur ou l'épuiser ; il n'est pas ouvert.",
)

FAR_CELL = error(
    "far-cell",
    "Une cellule est remplie bien au-delà de la grille ({found}).",
    "Effacer le contenu de cette cellule, enregistrer et déposer le classeur de nouveau.",
    "Un contenu, souvent invisible, a été saisi très loin en bas ou à droite de la feuille. "
    "Lire la feuille jusque-là épuiserait la mémoire.",
)

MISNAMED_FORMAT = warning(
    "misnamed-format",
    "Le nom se termine par {ending} mais le contenu est au format {found} ; il a été lu ainsi.",
    "Rien à faire pour la lecture ; corriger le nom pour pouvoir l'ouvrir dans un tableur.",
    "Le fichier a été renommé sans être converti. Le format est reconnu au contenu.",
)

# Opening it, in a process of its own.

NO_SHEET = error(
    "workbook-without-sheets",
    "Le classeur ne contient aucune feuille lisible.",
    "L'ouvrir dans Excel ou LibreOffice, l'enregistrer au format .xlsx et le déposer de nouveau.",
    "Les feuilles de calcul manquent dans le fichier ou ne contiennent pas de cellules.",
)

READING_TOO_LONG = error(
    "reading-too-long",
    "La lecture du classeur a été arrêtée après {seconds} secondes.",
    "Demander au juré de renvoyer sa grille, sans ajout.",
    "Une grille se lit en quelques millièmes de seconde. Celle-ci bloque le lecteur ; les autres "
    "ont été lues.",
)

READING_TOO_HEAVY = error(
    "reading-too-heavy",
    "La lecture du classeur demande plus de mémoire que permis ({limit} Mo).",
    "Demander au juré de renvoyer sa grille, sans ajout.",
    "Le fichier fait demander au lecteur une quantité démesurée de mémoire ; les autres ont été "
    "lus.",
)

READING_CRASHED = error(
    "reading-crashed",
    "Le lecteur s'est arrêté en ouvrant ce classeur : {reason}.",
    "L'ouvrir dans Excel ou LibreOffice et l'enregistrer de nouveau ; à défaut, demander au juré "
    "de renvoyer sa grille.",
    "Le contenu du fichier fait échouer le lecteur. Il est lu à part : les autres fichiers ont "
    "été lus.",
)

NOTHING_READ = error(
    "nothing-read",
    "Aucune grille de cette session n'a pu être lue à cet endroit : rien n'a été écrit.",
    "Vérifier le nom donné, que le dossier ou le disque est accessible, et qu'il contient des "
    "grilles.",
    "Un chemin mal tapé ou un disque débranché donne un dossier vide ou introuvable. Consolider "
    "quand même remplacerait tout ce qui repose sur les grilles déjà lues par des propositions "
    "faites de rien.",
)
