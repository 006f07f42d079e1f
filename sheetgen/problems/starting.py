"""Kinds of problem of shortcuts, and of a desk that is started by one, without a terminal."""

from __future__ import annotations

from sheetgen.problems.records import error, info

SHORTCUT_FOLDER_MISSING = error(
    "shortcut-folder-missing",
    "ce dossier n’existe pas : aucun raccourci n’y mènerait.",
    "Le préparer d’abord avec « sheetgen init », ou se placer dans le bon dossier.",
    "Un raccourci ouvre le bureau d’un dossier de travail : celui où l’on se trouve, ou celui que "
    "dit --workspace.",
)

SHORTCUT_NOT_INSTALLED = error(
    "shortcut-not-installed",
    "sheetgen n’est pas installé dans ce Python : un raccourci ne l’y trouverait pas.",
    "L’installer (uv tool install, pipx install ou pip install), puis relancer la commande.",
    "Un programme lancé depuis le dossier de ses sources n’est trouvé que de là. Un raccourci, "
    "lui, part de n’importe où : il lui faut un sheetgen installé.",
)

SHORTCUT_PATH_UNSUITED = error(
    "shortcut-path-unsuited",
    "un raccourci ne peut pas mener là : {reason}.",
    "Donner au dossier un nom plus simple, ou le déplacer, puis relancer la commande.",
    "Un raccourci écrit le chemin du dossier et celui de Python dans un fichier du système, qui "
    "n’accepte pas tous les caractères : aucun retour à la ligne, et sous Windows les seules "
    "lettres de la langue du système.",
)

SHORTCUT_UNWRITABLE = error(
    "shortcut-unwritable",
    "le raccourci ne peut pas y être écrit ni retiré : {reason}.",
    "Rendre ce dossier accessible en écriture, puis relancer la commande. Sans raccourci, "
    "« sheetgen desk » ouvre le même bureau.",
    "Les raccourcis vont dans les dossiers de l’utilisateur, où aucun droit d’administrateur n’est "
    "demandé : le menu Démarrer sous Windows, Applications (dans le dossier de départ) sous macOS, "
    ".local/share sous Linux. Une politique de l’établissement peut en interdire l’écriture.",
)

SHORTCUT_POWERSHELL_MISSING = error(
    "shortcut-powershell-missing",
    "Windows PowerShell est introuvable : le raccourci n’est pas fait.",
    "Faire le raccourci à la main (clic droit sur le Bureau, Nouveau, Raccourci) vers : {command}",
    "Sous Windows, c’est Windows lui-même qui écrit un raccourci, par PowerShell, qui est de "
    "toutes ses versions ; certaines écoles le retirent.",
)

SHORTCUT_REFUSED = error(
    "shortcut-refused",
    "Windows n’a pas fait le raccourci : {reason}.",
    "Faire le raccourci à la main (clic droit sur le Bureau, Nouveau, Raccourci) vers : {command}",
    "PowerShell a refusé, n’a pas répondu, ou ce qu’il a écrit ne mène pas au bon endroit ; une "
    "politique de sécurité peut lui interdire d’écrire des raccourcis. Rien n’a été laissé.",
)

SHORTCUT_ABSENT = info(
    "shortcut-absent",
    "aucun raccourci vers ce dossier : rien à retirer.",
    "Pour en faire un : « sheetgen desk --install-shortcut ».",
    "Un raccourci est retiré par « sheetgen desk --remove-shortcut » dans le dossier où il mène, "
    "ou en donnant ce dossier avec --workspace, même s’il n’existe plus.",
)

DESK_FOLDER_MISSING = error(
    "desk-folder-missing",
    "le dossier auquel mène ce raccourci n’est plus là, ou ne s’ouvre pas : {reason}.",
    "Le remettre en place (un disque ou un partage est peut-être débranché). S’il a été déplacé : "
    "y refaire le raccourci par « sheetgen desk --install-shortcut ».",
    "Un raccourci mène à un dossier précis. Quand celui-ci est renommé, déplacé ou sur un partage "
    "qui n’est pas connecté, le bureau ne peut pas s’ouvrir. Avec le dossier de sheetgen pour "
    "Windows, glisser le dossier de travail sur Raccourci.cmd refait le raccourci.",
)

DESK_NOT_INSTALLED = error(
    "desk-not-installed",
    "le bureau n’est pas installé avec ce Python : il manque {missing}.",
    "L’installer avec : {command} ; ou refaire le raccourci depuis l’installation qui sert "
    "aujourd’hui.",
    "Le bureau est un complément de sheetgen. Un raccourci mène à l’installation d’où il a été "
    "fait : réinstaller sheetgen sans ce complément, ou ailleurs, le laisse sans bureau.",
)

DESK_SILENT = error(
    "desk-silent",
    "un bureau est déjà ouvert pour ce dossier sur cet ordinateur, mais il ne répond pas.",
    "Attendre une minute et recommencer ; sinon fermer la session de l’ordinateur et la rouvrir.",
    "Un second clic sur le raccourci rouvre la page du bureau qui tourne déjà, plutôt que d’en "
    "lancer un autre. Celui-ci est occupé, ou bloqué.",
)

DESK_CANNOT_LISTEN = error(
    "desk-cannot-listen",
    "le bureau ne peut pas s’ouvrir : {reason}.",
    "Recommencer ; si cela se répète, montrer le journal indiqué plus bas à qui s’occupe des "
    "ordinateurs : un pare-feu ou un antivirus l’empêche peut-être.",
    "Le bureau répond sur cet ordinateur seul, à un port choisi au hasard. Le système a refusé "
    "qu’il y réponde.",
)

DESK_WITHOUT_BROWSER = info(
    "desk-without-browser",
    "le bureau est ouvert, mais aucun navigateur ne s’est ouvert de lui-même.",
    "Ouvrir cette adresse dans un navigateur, sans la donner à personne : {address}",
    "Le système n’a pas de navigateur par défaut. L’adresse vaut tant que le bureau est ouvert.",
)
