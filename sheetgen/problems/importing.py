"""Kinds of problem found in importing a school's own document, the register or a roster."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

FILE_ABSENT = error(
    "import-file-missing",
    "Le fichier à importer n'existe pas.",
    "Vérifier le nom et le dossier.",
    "Le document demandé n'est pas à l'endroit indiqué.",
)

NO_DOCUMENT = error(
    "import-file-unknown",
    "Ce fichier ne peut pas être importé (format : {found}).",
    "Donner un document Word (.docx), un classeur (.xlsx, .ods, .xls, .csv), un texte (.txt) ou un "
    "PDF ; un .doc, un .odt ou une page web s'ouvre dans Word ou LibreOffice et s'enregistre en "
    ".docx.",
    "Le format est reconnu au contenu du fichier, jamais à son nom.",
)

FILE_DAMAGED = error(
    "import-file-damaged",
    "Le fichier est abîmé ou n'est pas ce qu'il paraît : {reason}.",
    "L'ouvrir dans Word, LibreOffice ou Excel, l'enregistrer de nouveau, puis relancer.",
    "Ce qui ne peut pas être lu exactement n'est pas deviné. Un fichier coupé par une "
    "messagerie, ou qui contient des définitions suspectes, est refusé sans être ouvert plus loin.",
)

FILE_EMPTY = error(
    "import-file-empty",
    "Le fichier est vide : il n'y a rien à importer.",
    "Prendre le document d'origine ; une pièce jointe se télécharge parfois vide.",
    "Le fichier n'a aucun contenu.",
)

FILE_PROTECTED = error(
    "import-file-protected",
    "Le fichier est protégé ({reason}).",
    "L'ouvrir avec son mot de passe, l'enregistrer sans protection, puis relancer.",
    "Un document chiffré ne peut pas être lu sans son mot de passe, que sheetgen ne demande "
    "jamais.",
)

FILE_TOO_LARGE = error(
    "import-file-too-large",
    "Le fichier est anormalement volumineux, ou trop long à lire ({reason}).",
    "En retirer les images et les annexes, ou n'en garder que les tableaux du référentiel.",
    "Un référentiel tient en quelques mégaoctets ; la limite écarte les fichiers qui bloqueraient "
    "l'ordinateur.",
)

PDF_WITHOUT_TEXT = error(
    "import-pdf-without-text",
    "Ce PDF ne contient pas de texte : ses pages sont des images, comme celles d'un scanner.",
    "Demander le document Word d'origine, ou faire reconnaître le texte (OCR) par un autre "
    "programme et relire ce qu'il donne.",
    "sheetgen ne reconnaît pas les lettres d'une image : une faute de lecture changerait un "
    "critère sans que rien ne le dise.",
)

PDF_READER_MISSING = error(
    "import-pdf-reader-missing",
    "Lire un PDF demande un complément qui n'est pas installé.",
    "L'installer avec : pip install \"sheetgen[pdf]\". Un document Word s'importe sans lui, et "
    "mieux.",
    "La lecture des PDF est un supplément (pdfplumber), que peu d'écoles ont besoin d'installer.",
)

TARGET_EXISTS = error(
    "import-target-exists",
    "Ce fichier existe déjà : il n'est jamais remplacé, et rien n'a été écrit.",
    "Donner un autre nom avec -o, ou déplacer ce classeur.",
    "Un référentiel déjà rempli ne doit pas être perdu par un import lancé deux fois.",
)

NOTHING_FOUND = error(
    "import-nothing-found",
    "Aucune compétence ni aucun critère n'a été reconnu dans ce document ({found}).",
    "Dire ce que contiennent les colonnes, dans l'ordre, par exemple « --columns "
    "activités,compétences,modalités,critères » (« - » pour une colonne à passer), ou donner aux "
    "colonnes ces titres-là.",
    "Les colonnes sont reconnues à leurs titres : activités, compétences, modalités, critères, ou "
    "leurs synonymes usuels.",
)

TABLE_LEFT = warning(
    "import-table-left",
    "Rien n'a été pris de : {places}. Les titres de ces colonnes ne sont pas reconnus.",
    "Si ces tableaux font partie du référentiel, relancer avec --columns ; sinon, rien à faire : "
    "leurs textes sont sur la feuille Import, parmi les non placés.",
    "Un document contient souvent d'autres tableaux : sommaire, historique, contacts.",
)

DRAFT_DOUBTS = info(
    "import-doubts",
    "{doubtful} texte(s) douteux et {left} non placé(s).",
    "Les relire à côté du document, sur la feuille Import.",
    "Rien n'est deviné en silence : chaque texte dont la place n'est pas sûre est donné avec son "
    "endroit dans le document et la raison du doute.",
)

DRAFT_UNREAD = error(
    "import-not-reviewed",
    "Ce référentiel est un brouillon, tiré d'un document : la ligne Relu de la feuille Import "
    "n'est pas Oui ({found}).",
    "Relire chaque feuille à côté du document, puis écrire Oui à la ligne Relu de la feuille "
    "Import.",
    "Un import peut se tromper de colonne ou de coupure. Aucune grille n'est faite tant que "
    "quelqu'un n'a pas relu le brouillon ; supprimer la feuille Import a le même effet qu'écrire "
    "Oui.",
)
