"""Kinds of problem found in what a returned grid says: its identity, its sheets, its marks."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

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
    "Le juré {juror} n'a pas à évaluer le candidat n° {candidate}.",
    "Rétablir l'affectation dans session.xlsx (ou le statut du candidat), ou retirer le fichier.",
    "La feuille Affectations ou le statut du candidat a changé après la génération.",
)

TIE_DECLARED = error(
    "tie-declared",
    "Le juré a répondu « Non » à la déclaration d'absence de lien avec le candidat.",
    "Affecter un autre juré à ce candidat.",
    "Personne ne juge un candidat qu'il a formé, accompagné ou qu'il connaît : aucune évaluation "
    "de cette grille ne compte.",
)

DECLARATION_BLANK = warning(
    "declaration-blank",
    "La déclaration d'absence de lien avec le candidat n'est pas remplie.",
    "La faire remplir par le juré avant la délibération.",
    "Les évaluations comptent ; la déclaration reste due.",
)

DECLARATION_UNREADABLE = warning(
    "declaration-unreadable",
    "La réponse « {found} » à la déclaration d'absence de lien n'est ni Oui ni Non.",
    "Demander sa réponse au juré.",
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
    "La case « {label} » est introuvable : ce que le juré y a peut-être écrit n'est pas lu.",
    "Vérifier dans le fichier ; au besoin rétablir le texte de la case, ou demander au juré.",
    "Une case se retrouve par le texte qui la précède. Il a été modifié ou effacé.",
)

# Sheets and rows.

SHEET_OF_ANOTHER = error(
    "sheet-of-another-grid",
    "Cette feuille vient d'une autre grille : candidat n° {candidate}, juré {juror}.",
    "Demander au juré la feuille de ce candidat-ci, ou lui renvoyer la grille d'origine.",
    "Une feuille de bloc a été copiée d'une grille dans une autre : la ligne sous son titre nomme "
    "quelqu'un d'autre. Aucune de ses évaluations ne compte.",
)

BLOCK_MISSING = error(
    "bloc-missing",
    "Aucune ligne du bloc {block} n'est dans la grille ({count} critères).",
    "Envoyer au juré la grille que « sheetgen consolidate » écrit dans « corrections » : ses "
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
    "Renvoyer au juré la grille d'origine, où reporter cette évaluation.",
    "Une ligne ou une feuille a été supprimée, ou le code du critère a été changé.",
)

CRITERION_NOT_ASKED = warning(
    "criterion-not-asked",
    "Le critère {criterion} n'est pas de ceux que ce juré évalue ; son évaluation est ignorée.",
    "Rien à faire, sauf si l'affectation a changé par erreur.",
    "Les blocs affectés au juré ont changé après la génération, ou des lignes ont été ajoutées.",
)

TEXT_CHANGED = warning(
    "criterion-text-changed",
    "Le texte du critère {criterion} a été modifié dans la grille.",
    "Vérifier que le juré a bien évalué le critère du référentiel.",
    "Les évaluations sont retrouvées par le code du critère ; le texte n'est pas relu.",
)

# Marks.

NOT_A_LEVEL = error(
    "not-a-level",
    "« {found} » n'est pas une appréciation.{near}",
    "Choisir {allowed}.",
    "La valeur n'est pas un niveau de l'échelle. Elle n'est jamais corrigée d'office : le juré "
    "choisit de nouveau dans la liste.",
)

NOT_A_NOTE = error(
    "not-a-note",
    "« {found} » n'est pas une note.{near}",
    "Saisir une note de {low} à {high} par pas de {step}, ou « Non observé ».",
    "La valeur n'est ni un nombre ni « Non observé ».",
)

NOTE_OUT_OF_BOUNDS = error(
    "note-out-of-bounds",
    "La note {found} sort des bornes.",
    "Saisir une note de {low} à {high}.",
    "Les bornes sont celles des règles « Note minimale » et « Note maximale ».",
)

NOTE_OUT_OF_STEP = error(
    "note-out-of-step",
    "La note {found} n'est pas un multiple du pas.",
    "Saisir une note de {low} à {high} par pas de {step}.",
    "Le pas est celui de la règle « Pas ».",
)

NOTE_SHOWN_OTHERWISE = error(
    "note-shown-otherwise",
    "La cellule montre « {found} », mais elle contient le nombre {kept} : rien ne dit quelle est "
    "la note.",
    "Copier une autre case d'évaluation sur celle-ci, pour lui ôter ce format, puis y taper la "
    "note sans « % », de {low} à {high} par pas de {step}.",
    "Un nombre tapé avec « % » met la cellule au format Pourcentage : 50 % y est le nombre 0,5, "
    "qui serait lu 0,5 sur 20. De même d'un format qui montre les nombres en milliers, ou qui "
    'ajoute ou remplace du texte : 8 au format 0"/10" se lit 8/10. Une note '
    "qui se lit autrement qu'elle n'est gardée n'est jamais retenue.",
)

MARK_IN_ERROR = error(
    "mark-in-error",
    "La cellule contient l'erreur « {found} ».",
    "Choisir de nouveau l'évaluation.",
    "Une formule collée dans la cellule, ou une cellule supprimée, a produit une erreur.",
)

MARK_IS_FORMULA = warning(
    "mark-is-formula",
    "L'évaluation est une formule ({found}) ; sa valeur « {value} » a été retenue.",
    "Vérifier cette évaluation avec le juré.",
    "Une formule peut donner autre chose une fois recalculée. Sa dernière valeur enregistrée "
    "compte parce qu'elle est permise.",
)

FORMULA_WITHOUT_VALUE = error(
    "formula-without-value",
    "L'évaluation est une formule sans valeur enregistrée.",
    "Choisir l'évaluation dans la liste.",
    "La formule ne donne rien, ou le fichier a été enregistré sans la calculer. Ce n'est pas une "
    "case vide : quelqu'un y a mis quelque chose.",
)

MARK_MERGED = error(
    "mark-merged",
    "La cellule de l'évaluation est fusionnée avec d'autres ({found}).",
    "Défaire la fusion et évaluer chaque critère.",
    "Une fusion efface les évaluations des autres lignes : rien ne dit à quel critère la valeur "
    "se rapporte.",
)

MARK_MERGED_ASIDE = warning(
    "mark-merged-aside",
    "La cellule de l'évaluation est fusionnée avec ses voisines ({found}) ; sa valeur « {value} » "
    "a été retenue.",
    "Vérifier cette évaluation avec le juré.",
    "La fusion ne dépasse pas la ligne du critère et la cellule garde sa propre valeur : elle ne "
    "peut être que celle de ce critère. Une ligne insérée par un autre programme produit cela.",
)

MARKS_BLANK = warning(
    "marks-blank",
    "{count} critère(s) sans évaluation : {found}.",
    "Demander au juré de compléter sa grille.",
    "Une case vide n'est ni un zéro ni un « Non observé » : l'évaluation manque.",
)

EXEMPT_MARKED = warning(
    "exempt-marked",
    "Le critère {criterion} est exempté ; l'évaluation « {found} » est ignorée.",
    "Rien à faire.",
    "Un critère exempté est neutre : il ne compte ni pour ni contre le candidat.",
)

EXEMPT_NOT_GRANTED = error(
    "exempt-not-granted",
    "Le critère {criterion} porte « Exempté » mais n'est pas exempté.",
    "Le faire évaluer, ou compléter la feuille Aménagements de session.xlsx.",
    "Une exemption n'a d'effet que complète et accordée. Si elle l'a été après la génération des "
    "grilles, l'inverse se produit aussi : le critère est à évaluer de nouveau.",
)

COMMENT_MISSING = warning(
    "comment-missing",
    "Une observation est attendue pour {found} : l'évaluation n'est pas acquise.",
    "Demander au juré de motiver ces évaluations.",
    "La règle « Commentaire obligatoire » demande un motif. Les évaluations comptent sans lui.",
)

COMMENT_SAYS_NOTHING = warning(
    "comment-says-nothing",
    "L'observation ne dit rien pour {found} : l'évaluation n'est pas acquise.",
    "Demander au juré d'écrire en quelques mots pourquoi.",
    "La règle « Commentaire obligatoire » demande un motif. Un tiret, un point, « RAS » ou "
    "« idem » remplit la cellule sans en donner. Les évaluations comptent sans lui.",
)

COMMENT_WITHOUT_MARK = warning(
    "comment-without-mark",
    "Le critère {criterion} a une observation mais pas d'évaluation.",
    "Demander au juré son évaluation.",
    "Une observation ne vaut pas évaluation : le critère reste à évaluer.",
)

COMMENT_TOO_LONG = error(
    "comment-too-long",
    "L'observation du critère {criterion} dépasse les {limit} caractères que contient une cellule "
    "d'Excel. Elle n'est pas retenue ; l'évaluation compte.",
    "Demander au juré de la raccourcir, ou d'en faire un document joint.",
    "Un autre tableur enregistre des textes plus longs, que ni la grille ni la consolidation ne "
    "peuvent contenir. Dans la grille à corriger, le texte est coupé à cette longueur.",
)

ANSWER_TOO_LONG = error(
    "answer-too-long",
    "Le texte de la case « {label} » dépasse les {limit} caractères que contient une cellule "
    "d'Excel. Il n'est pas retenu.",
    "Demander au juré de le raccourcir, ou d'en faire un document joint.",
    "Un autre tableur enregistre des textes plus longs, que ni la grille ni la consolidation ne "
    "peuvent contenir. Les évaluations comptent.",
)

COMMENT_PERHAPS_CUT = warning(
    "comment-perhaps-cut",
    "L'observation du critère {criterion} fait exactement 255 caractères, dans un fichier .xls : "
    "le programme qui l'a enregistrée l'a peut-être coupée.",
    "Demander au juré si elle est entière, et d'enregistrer sa grille au format .xlsx.",
    "Certains programmes coupent à 255 caractères les textes d'un fichier .xls, sans le dire. "
    "L'évaluation compte, et l'observation est gardée telle qu'elle est.",
)

ANSWER_PERHAPS_CUT = warning(
    "answer-perhaps-cut",
    "Le texte de la case « {label} » fait exactement 255 caractères, dans un fichier .xls : le "
    "programme qui l'a enregistré l'a peut-être coupé.",
    "Demander au juré s'il est entier, et d'enregistrer sa grille au format .xlsx.",
    "Certains programmes coupent à 255 caractères les textes d'un fichier .xls, sans le dire. Le "
    "texte est gardé tel qu'il est.",
)

COMMENT_IN_ERROR = warning(
    "comment-in-error",
    "L'observation du critère {criterion} est l'erreur « {found} ».",
    "Demander au juré son observation.",
    "Un texte commençant par = ou + a pu être pris pour une formule. L'évaluation compte.",
)

COMMENT_MERGED = warning(
    "comment-merged",
    "L'observation du critère {criterion} est dans des cellules fusionnées ({found}).",
    "Vérifier à quels critères elle se rapporte.",
    "Une fusion ne garde que le texte de sa première cellule : les autres critères n'ont pas "
    "d'observation. Les évaluations comptent.",
)

# Several files for one grid.

GRID_CONFLICT = error(
    "grid-conflict",
    "Ce retour et un autre de la même grille ({other}) diffèrent en {count} endroit(s).",
    "Retirer celui qui n'est pas le bon, ou désigner le bon avec --prefer.",
    "Le même juré a renvoyé plusieurs fois la grille du même candidat avec des contenus "
    "différents. Aucun ne compte tant que l'administrateur n'a pas choisi.",
)

MARK_CONFLICT = error(
    "mark-conflict",
    "Retours contradictoires ({what}) : {found} ici, {other}.",
    "Demander au juré lequel est le bon.",
    "Chaque différence entre deux retours d'une même grille est donnée à sa cellule, avec les "
    "deux valeurs.",
)

GRID_DUPLICATE = info(
    "grid-duplicate",
    "Ce retour dit la même chose que {other}, qui compte.",
    "Rien à faire.",
    "Deux fichiers identiques par leurs évaluations et observations ne comptent qu'une fois.",
)

GRID_CORRECTED = info(
    "grid-corrected",
    "Ce retour a été corrigé depuis par son juré : {other} en reprend toutes les évaluations et "
    "le remplace.",
    "Rien à faire.",
    "Une grille à corriger nomme le fichier dont elle a été faite. Revenue, elle le remplace, "
    "pourvu qu'elle n'en change aucune évaluation valable.",
)

CORRECTION_CONFLICT = error(
    "correction-conflict",
    "Cette correction change {count} évaluation(s) qui étaient valables dans {other} : {found}.",
    "Demander au juré laquelle est la bonne, puis retirer l'autre fichier ou désigner le bon avec "
    "--prefer.",
    "Une grille à corriger remplace le fichier dont elle a été faite, mais pas ce qui y était "
    "valable : une évaluation changée se décide. Aucun des deux fichiers ne compte jusque-là.",
)

GRID_SET_ASIDE = info(
    "grid-set-aside",
    "Ce retour est écarté : {other} a été désigné par --prefer.",
    "Rien à faire.",
    "L'administrateur a choisi entre des retours différents de la même grille.",
)

PREFERRED_UNKNOWN = error(
    "preferred-unknown",
    "Le fichier désigné par --prefer n'est pas parmi les retours lus.",
    "Donner le nom du fichier tel qu'il apparaît dans les messages.",
    "L'option --prefer désigne un fichier par son chemin ou par son nom.",
)

PREFERRED_AMBIGUOUS = error(
    "preferred-ambiguous",
    "Le nom désigné par --prefer est celui de {count} retours : {found}.",
    "Donner le chemin du bon fichier, tel qu'il apparaît dans ce message.",
    "L'option --prefer désigne un fichier par son chemin, ou par son nom s'il est seul à le "
    "porter. Entre plusieurs, rien n'est choisi.",
)

PREFERRED_REJECTED = error(
    "preferred-rejected",
    "Le fichier désigné par --prefer est refusé : il ne peut pas compter.",
    "Corriger ce qui le fait refuser, ou désigner un autre fichier.",
    "L'option --prefer choisit entre des retours valables ; elle ne rend pas valable celui qui "
    "ne l'est pas.",
)

GRID_MISSING = warning(
    "grid-missing",
    "La grille du juré {juror} pour le candidat n° {candidate} n'est pas revenue.",
    "La demander à {name}.",
    "Une grille attendue n'est pas dans les retours. Une grille qui y est et qui est refusée, ou "
    "en conflit, fait l'objet de son propre message.",
    Together(
        sentence="{count} grilles ne sont pas revenues : {items}. Les demander aux jurés.",
        item="{candidate} ({juror})",
    ),
)
