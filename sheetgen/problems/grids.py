"""Kinds of problem of a returned grid: whose it is, its sheets and its rows."""

from __future__ import annotations

from sheetgen.problems.records import error, warning

# Identity.

NOT_A_GRID = error(
    "no-grid-in-workbook",
    "Ce classeur n'est pas une grille d'évaluation de sheetgen.",
    "Retirer ce fichier du dossier des retours, ou demander au juré le fichier qu'il a reçu.",
    "Le classeur ne porte ni l'identité d'une grille, ni une feuille de bloc.",
)

IDENTITY_LOST = error(
    "identity-lost",
    "L'identité de la grille ne peut pas être établie : {found}.",
    "Renvoyer au juré la grille d'origine, où reporter ses évaluations.",
    "Une grille porte son identité à trois endroits : une feuille cachée, les propriétés du "
    "document et le code imprimé sur la feuille Accueil. Deux suffisent ; un seul, non, car une "
    "feuille a pu être copiée d'une autre grille.",
)

IDENTITY_CONTRADICTORY = error(
    "identity-contradictory",
    "La grille porte deux identités : {one}, et {other}.",
    "Demander au juré de quelle grille il s'agit, et lui renvoyer l'original à remplir.",
    "Une feuille a été copiée d'une grille dans une autre. Rien ne dit à qui appartiennent les "
    "évaluations : aucune ne compte.",
)

SIGNATURE_WRONG = error(
    "signature-wrong",
    "La signature de la grille ({place}) n'est pas celle de cette session.",
    "Vérifier que la clé de outputs/<session>/.sheetgen/ est celle qui a servi à générer les "
    "grilles ; sinon renvoyer au juré la grille d'origine.",
    "L'identité de la grille a été modifiée, ou la grille a été générée avec une autre clé. La "
    "clé est créée par le premier « generate » et se sauvegarde avec la session.",
)

OTHER_SESSION = error(
    "other-session",
    "La grille est celle de la session « {found} », et non de « {expected} ».",
    "Déposer ce fichier dans les retours de sa session.",
    "Chaque grille porte le code de sa session.",
)

OLDER_REFERENTIAL = error(
    "older-referential",
    "La grille a été générée avec un référentiel plus ancien ({found}) que l'actuel ({expected}).",
    "Renvoyer au juré une grille du référentiel actuel, ou reprendre le référentiel d'origine.",
    "Les codes, les textes ou l'échelle ont changé depuis : le juré n'a pas évalué ce que dit "
    "le référentiel actuel. Les règles et les poids, eux, peuvent changer. L'ordre se lit à la "
    "ligne « Version » de la feuille Certification.",
)

NEWER_REFERENTIAL = error(
    "newer-referential",
    "La grille a été générée avec un référentiel plus récent ({found}) que l'actuel ({expected}).",
    "Consolider avec le référentiel qui a servi à générer les grilles.",
    "Le référentiel donné à « consolidate » est plus ancien que celui des grilles : l'option "
    "--referential désigne peut-être un autre fichier.",
)

OTHER_REFERENTIAL = error(
    "other-referential",
    "La grille a été générée avec un autre référentiel ({found}) que l'actuel ({expected}).",
    "Reprendre le référentiel d'origine, ou générer de nouveau les grilles et les faire remplir.",
    "Les codes, les textes ou l'échelle ont changé, mais non la ligne « Version » de la feuille "
    "Certification, qui dirait lequel est le plus récent. Les règles et les poids, eux, peuvent "
    "changer.",
)

OLDER_SCHEMA = error(
    "older-grid-format",
    "La grille est à l'ancien format « {found} » ; cette version de sheetgen lit « {expected} ».",
    "Lire ces retours avec la version de sheetgen qui a généré les grilles.",
    "Le format des grilles porte un numéro de version, et sheetgen a été mis à jour depuis.",
)

NEWER_SCHEMA = error(
    "newer-grid-format",
    "La grille est au format « {found} », plus récent que « {expected} » que lit sheetgen ici.",
    "Mettre sheetgen à jour, puis relancer.",
    "La grille a été générée par une version plus récente de sheetgen.",
)

OTHER_SCHEMA = error(
    "other-grid-format",
    "La grille est au format « {found} » ; sheetgen lit « {expected} ».",
    "Renvoyer au juré la grille d'origine, où reporter ses évaluations.",
    "La marque du format n'est pas celle d'une grille de sheetgen.",
)

UNKNOWN_CANDIDATE = error(
    "unknown-candidate",
    "La grille est celle du candidat n° {found}, qui n'est pas de la session.",
    "Rétablir ce candidat dans la feuille Candidats, ou retirer le fichier.",
    "Le candidat a été retiré de session.xlsx, ou son numéro a changé, après la génération.",
)

UNKNOWN_JUROR = error(
    "unknown-juror",
    "La grille est celle du juré {found}, qui n'est pas de la session.",
    "Rétablir ce juré dans la feuille Jurés, ou retirer le fichier.",
    "Le juré a été retiré de session.xlsx, ou son code a changé, après la génération.",
)

NOT_ASSIGNED = error(
    "grid-not-assigned",
    "{juror} n'a pas à évaluer le candidat {candidate}.",
    "Rétablir l'affectation dans session.xlsx (ou le statut du candidat), ou retirer le fichier.",
    "La feuille Affectations ou le statut du candidat a changé après la génération.",
)

GRID_OF_ABSENT = warning(
    "grid-of-absent",
    "{who} a le statut « {status} » : cette grille, remplie par {juror}, ne compte pas.",
    "Rien à faire : le fichier reste où il est. Corriger Statut si c'est une erreur.",
    "Ce qui a été évalué d'un candidat absent, excusé ou qui a renoncé n'entre dans aucune "
    "décision. Rien n'est perdu : que le statut redevienne « Présent », et la grille compte.",
)

TIE_DECLARED = error(
    "tie-declared",
    "{juror} a répondu « Non » à la déclaration d'absence de lien avec le candidat {candidate}.",
    "Affecter un autre juré à ce candidat.",
    "Personne ne juge un candidat qu'il a formé, accompagné ou qu'il connaît : aucune évaluation "
    "de cette grille ne compte.",
)

DECLARATION_BLANK = warning(
    "declaration-blank",
    "La déclaration d'absence de lien avec le candidat {candidate} n'est pas remplie.",
    "La faire remplir par {juror} avant la délibération.",
    "Les évaluations comptent ; la déclaration reste due.",
)

DECLARATION_UNREADABLE = warning(
    "declaration-unreadable",
    "La réponse « {found} » à la déclaration d'absence de lien avec le candidat {candidate} n'est "
    "ni Oui ni Non.",
    "Demander sa réponse à {juror}.",
    "Les évaluations comptent ; la déclaration reste due.",
)

TIE_DECLARED_ELSEWHERE = warning(
    "tie-declared-elsewhere",
    "Dans un autre retour de la même grille ({other}), le juré déclare un lien avec le candidat.",
    "Demander au juré ce qu'il en est ; s'il y a un lien, retirer aussi ce fichier.",
    "Le juré a répondu « Non » à la déclaration dans un fichier, et autre chose dans celui-ci. "
    "Seul celui-ci compte.",
)

ANSWER_LOST = warning(
    "answer-lost",
    "La case « {label} » est introuvable : ce qu'on y a peut-être écrit n'est pas lu.",
    "Vérifier dans le fichier ; au besoin rétablir le texte de la case, ou demander à qui a "
    "rempli la grille.",
    "Une case se retrouve par le texte qui la précède. Il a été modifié ou effacé.",
)

# Sheets and rows.

SHEET_OF_ANOTHER = error(
    "sheet-of-another-grid",
    "Cette feuille vient d'une autre grille : candidat {candidate}, {marker}.",
    "Demander au juré la feuille de ce candidat-ci, ou lui renvoyer la grille d'origine.",
    "Une feuille de bloc a été copiée d'une grille dans une autre : la ligne sous son titre nomme "
    "quelqu'un d'autre. Aucune de ses évaluations ne compte.",
)

BLOCK_MISSING = error(
    "bloc-missing",
    "Aucune ligne du bloc {block} n'est dans la grille ({count} critères).",
    "Envoyer la grille que « sheetgen consolidate » écrit dans « corrections » : les "
    "évaluations y sont, et ce bloc y est à évaluer.",
    "La feuille du bloc a été supprimée, ou ses en-têtes effacés ; ou ce bloc a été ajouté après "
    "que la grille a été faite (candidat passé en certification complète, affectation) : la grille "
    "d'origine ne l'a pas non plus.",
)

COLUMN_MISSING = error(
    "grid-column-missing",
    "La colonne « {found} » manque dans la feuille.",
    "Rétablir l'en-tête de la colonne, ou renvoyer au juré la grille d'origine.",
    "Une feuille de bloc se lit par ses en-têtes Code, Critère, Évaluation et Observations, où "
    "qu'ils soient. Sans eux, aucune évaluation de la feuille ne compte.",
)

COLUMN_TWICE = error(
    "grid-column-twice",
    "La colonne « {found} » figure deux fois dans la feuille.",
    "Supprimer la colonne en trop, ou renvoyer au juré la grille d'origine.",
    "Rien ne dit laquelle des deux colonnes est la bonne : aucune évaluation de la feuille ne "
    "compte.",
)

CRITERION_TWICE = error(
    "criterion-twice",
    "Le critère {criterion} figure plusieurs fois : {found}.",
    "Ne garder qu'une ligne pour ce critère.",
    "Rien ne dit laquelle des lignes est la bonne : aucune ne compte, même si elles disent la "
    "même chose.",
)

CODE_UNKNOWN = warning(
    "criterion-code-unknown",
    "« {found} » n'est le code d'aucun critère.{near} L'évaluation « {mark} » de cette ligne est "
    "ignorée.",
    "Rétablir le code du critère, si cette ligne en est un.",
    "Les évaluations sont retrouvées par le code du critère, dans la première colonne. Il a été "
    "changé, ou la ligne a été ajoutée.",
)

MARK_WITHOUT_CODE = warning(
    "mark-without-code",
    "« {found} » figure dans la colonne des évaluations, sur une ligne sans code de critère.",
    "Rétablir le code, si cette ligne est celle d'un critère ; sinon ne rien faire.",
    "Une évaluation n'appartient à un critère que par le code de sa ligne.",
)

CRITERION_ROW_MISSING = error(
    "criterion-row-missing",
    "La ligne du critère {criterion} manque dans la grille.",
    "Envoyer la grille que « sheetgen consolidate » écrit dans « corrections » : les "
    "évaluations y sont, et ce critère y est à évaluer.",
    "Une ligne ou une feuille a été supprimée, le code du critère a été changé, ou ce critère est "
    "à évaluer depuis que la grille a été faite.",
)

CRITERION_NOT_ASKED = warning(
    "criterion-not-asked",
    "Le critère {criterion} n'est pas de ceux de cette grille ; son évaluation est ignorée.",
    "Rien à faire, sauf si l'affectation a changé par erreur.",
    "Les blocs affectés ont changé après la génération, ou des lignes ont été ajoutées.",
)

TEXT_CHANGED = warning(
    "criterion-text-changed",
    "Le texte du critère {criterion} a été modifié dans la grille.",
    "Vérifier avec qui a évalué que c'est bien le critère du référentiel.",
    "Les évaluations sont retrouvées par le code du critère ; le texte n'est pas relu.",
)

TEXT_OF_ANOTHER = error(
    "criterion-text-of-another",
    "La ligne du critère {criterion} porte le texte du critère {other}.",
    "Demander au juré lequel des deux il a évalué, et lui envoyer la grille que « sheetgen "
    "consolidate » écrit dans « corrections ».",
    "Des codes ou des textes ont été triés ou décalés sans le reste de leur ligne : rien ne dit "
    "à quel critère va l'évaluation, qui n'est pas retenue.",
)
