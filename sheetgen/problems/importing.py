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

# Rosters.

ROSTER_WITHOUT_SEPARATOR = error(
    "import-roster-without-columns",
    "Cette liste n'a qu'une colonne : aucun signe (« ; », virgule, tabulation) ne sépare ses "
    "cellules.",
    "L'enregistrer au format CSV avec des points-virgules, ou la donner en classeur (.xlsx).",
    "Une liste de personnes a au moins deux colonnes, nom et prénom.",
)

ROSTER_COLUMNS = error(
    "import-roster-columns",
    "Les colonnes du nom et du prénom n'ont pas été trouvées ; titres lus : {found}.",
    "Donner à ces colonnes les titres Nom et Prénom, sur une même ligne en haut de la liste.",
    "Les titres usuels des plateformes sont reconnus : Nom de famille, Last name, Surname, "
    "First name et d'autres.",
)

ROSTER_EMPTY = error(
    "import-roster-empty",
    "Cette liste n'a que des titres : aucune personne n'est en dessous.",
    "L'exporter de nouveau, sans filtre, ou donner une autre liste.",
    "Rien n'est ajouté à la session, ni créé, d'une liste sans personne.",
)

ROSTER_COLUMNS_LEFT = info(
    "import-roster-columns-left",
    "Colonnes dont rien n'est pris : {found}.",
    "Rien à faire, sauf si l'une d'elles est une colonne de la session : lui donner alors son nom.",
    "Seules les colonnes de la session sont reprises ; le numéro de sécurité sociale ne l'est "
    "jamais.",
)

ROSTER_ENCODING = info(
    "import-roster-encoding",
    "Les accents de cette liste sont lus comme ceux d'un fichier {found}.",
    "Vérifier deux ou trois noms accentués dans la session.",
    "Le fichier n'est pas en UTF-8 ; son codage est reconnu à ses lettres.",
)

ROSTER_NAME_MISSING = error(
    "import-roster-name-missing",
    "Cette personne n'a pas de {missing}.",
    "Compléter la liste, ou en retirer la ligne, puis relancer.",
    "Rien n'est ajouté à la session tant qu'une ligne de la liste n'est pas complète.",
)

ROSTER_NAMES_JOINED = error(
    "import-roster-names-joined",
    "« {found} » : rien ne dit où finit le nom et où commence le prénom.",
    "Mettre le nom et le prénom dans deux colonnes, ou écrire le nom en capitales.",
    "Un nom et un prénom réunis ne sont séparés que si les capitales les distinguent : "
    "« DE LA TOUR Anne ».",
)

ROSTER_DATE_AMBIGUOUS = error(
    "import-roster-date-ambiguous",
    "« {found} » peut se lire de deux façons : le jour d'abord, ou le mois d'abord.",
    "Relancer avec --dates jj/mm/aaaa (le jour d'abord) ou --dates mm/jj/aaaa (le mois d'abord).",
    "Aucune autre date de la liste ne montre son ordre : sheetgen ne le devine pas.",
)

ROSTER_DATE_UNREADABLE = error(
    "import-roster-date-unreadable",
    "« {found} » n'est pas une date complète.",
    "L'écrire avec l'année entière, par exemple 28/02/1990, puis relancer.",
    "Une année à deux chiffres peut être de deux siècles ; un texte n'est pas une date.",
)

ROSTER_CODE_TAKEN = error(
    "import-roster-code-taken",
    "Le numéro « {found} » est déjà celui d'une autre personne.",
    "Corriger le numéro dans la liste, ou le nom dans la session s'il a changé.",
    "Un numéro appartient à une seule personne.",
)

ROSTER_NAMESAKE = warning(
    "import-roster-namesake",
    "{found} porte le même nom que quelqu'un de la session ou de la liste : pas ajouté.",
    "Si ce sont deux personnes, ajouter celle-ci à la main ; sinon, rien à faire.",
    "Sans numéro ni date de naissance, rien ne distingue un homonyme d'une même personne.",
)

ROSTER_THERE = info(
    "import-roster-there",
    "{count} personne(s) de la liste sont déjà dans la session.",
    "Rien à faire : leurs lignes ne changent pas.",
    "Un import ajoute ; il ne corrige rien de ce qui est déjà écrit.",
)

ROSTER_CODES_MADE = info(
    "import-roster-codes-made",
    "{count} numéro(s) fait(s) par sheetgen, {made} : la liste n'en donne pas.",
    "Les changer avant de faire les grilles, si l'école a les siens.",
    "Le numéro nomme les fichiers de la personne.",
)

ROSTER_TO_FILL = warning(
    "import-roster-to-fill",
    "La liste ne dit pas tout : {missing} à remplir sur la feuille {sheet}.",
    "Remplir ces colonnes, puis lancer « sheetgen check ».",
    "Ces colonnes sont obligatoires et rien n'est inventé à leur place.",
)

# The register.

RNCP_UNKNOWN = error(
    "import-rncp-unknown",
    "Ce fichier n'est pas l'export XML du RNCP (trouvé : {found}).",
    "Télécharger « export-fiches-rncp » au format XML (zip) sur data.gouv.fr, et le donner tel "
    "quel.",
    "L'export du répertoire contient un élément <FICHES>, avec une <FICHE> par certification.",
)

RNCP_CODE_WANTED = error(
    "import-rncp-code-wanted",
    "Cet export du registre contient toutes les certifications : il manque le numéro de la fiche.",
    "Le donner avec --rncp, par exemple --rncp RNCP37827.",
    "L'export du RNCP compte des dizaines de milliers de fiches.",
)

RNCP_ENTRY_ABSENT = error(
    "import-rncp-entry-absent",
    "La fiche {code} n'est pas dans cet export ({count} fiches lues).",
    "Vérifier le numéro, ou prendre un export plus récent.",
    "Une fiche récente, ou retirée depuis longtemps, peut manquer.",
)

RNCP_CODE_BLANK = warning(
    "rncp-code-blank",
    "Sans code RNCP dans la feuille Certification, rien ne peut être comparé au registre.",
    "Remplir la ligne Code RNCP, par exemple RNCP37827.",
    "C'est par ce code que la fiche est trouvée dans l'export.",
)

RNCP_TITLE = warning(
    "rncp-title-differs",
    "L'intitulé n'est pas celui du registre : « {found} » ici, « {expected} » là-bas.",
    "Reprendre l'intitulé exact du registre : les papiers doivent le porter.",
    "Un certificat dont l'intitulé diffère peut être refusé.",
)

RNCP_BLOCKS = warning(
    "rncp-blocks-differ",
    "Le bloc {code} du registre, « {expected} », {found}.",
    "Comparer les blocs avec la fiche, et corriger l'intitulé ou le code.",
    "Une attestation de bloc doit nommer le bloc comme le registre.",
)

RNCP_EXPIRY = warning(
    "rncp-expiry-differs",
    "La date d'échéance n'est pas celle du registre : {found} ici, {expected} là-bas.",
    "Reprendre la date du registre.",
    "L'enregistrement a pu être prolongé, ou retiré, depuis que le référentiel est écrit.",
)

RNCP_INACTIVE = warning(
    "rncp-inactive",
    "Le registre dit que la fiche {code} n'est plus active.",
    "Vérifier la fiche : une autre certification l'a peut-être remplacée.",
    "Plus personne ne peut entrer dans une certification inactive ; ceux qui y sont peuvent encore "
    "la recevoir jusqu'à la date limite de délivrance.",
)

RNCP_TOO_LATE = error(
    "rncp-delivery-too-late",
    "La date de la session, {found}, est après la date limite de délivrance du registre, "
    "{expected}.",
    "Avancer le jury, ou vérifier la fiche avec le certificateur.",
    "Aucun parchemin ne peut porter une date postérieure à la date limite de délivrance.",
)
