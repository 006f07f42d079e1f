"""Kinds of problem of the marks and remarks in a returned grid."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, warning

NOT_A_LEVEL = error(
    "not-a-level",
    "« {found} » n'est pas une appréciation.{near}",
    "Choisir {allowed}.",
    "La valeur n'est pas un niveau de l'échelle. Elle n'est jamais corrigée d'office : qui a "
    "évalué choisit de nouveau dans la liste.",
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
    "Les bornes sont celles des règles « Note minimale » et « Note maximale » ou, pour un critère "
    "qui en a un, de 0 à son barème.",
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
    "Vérifier cette évaluation avec qui l'a donnée.",
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
    "Vérifier cette évaluation avec qui l'a donnée.",
    "La fusion ne dépasse pas la ligne du critère et la cellule garde sa propre valeur : elle ne "
    "peut être que celle de ce critère. Une ligne insérée par un autre programme produit cela.",
)

MARKS_BLANK = warning(
    "marks-blank",
    "{count} critère(s) sans évaluation : {found}.",
    "Faire compléter la grille.",
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

ABSENT_MARKED = error(
    "absent-marked",
    "Le candidat est absent à ce qu'évalue le critère {criterion} ; l'évaluation « {found} » est "
    "ignorée.",
    "Demander à qui a évalué ce qu'il en est : effacer cette évaluation, ou retirer l'absence de "
    "la feuille Absences de session.xlsx.",
    "Une épreuve à laquelle le candidat ne s'est pas présenté suit la règle « Absence à une "
    "épreuve », quoi que disent les cases de ses critères.",
    Together(
        sentence="feuille {sheet}, le candidat est absent à ce qu'évaluent {count} critères, dont "
        "les évaluations sont ignorées : {items}. Demander à qui a évalué ce qu'il en est : les "
        "effacer, ou retirer l'absence de la feuille Absences de session.xlsx.",
        item="{criterion} « {found} » ({cell})",
        least=2,
    ),
)

ABSENCE_NOT_TOLD = error(
    "absence-not-told",
    "Le critère {criterion} porte « Absent », mais la session ne dit pas le candidat absent.",
    "Le faire évaluer, ou compléter la feuille Absences de session.xlsx.",
    "Une absence se dit dans session.xlsx, pas dans une grille. Si elle en a été retirée après la "
    "génération des grilles, le critère est à évaluer de nouveau.",
)

NOT_OPEN_MARKED = warning(
    "not-open-marked",
    "L'épreuve {assessment} ne s'ouvre pas : {count} évaluation(s) de ses critères ({found}) "
    "sont ignorées.",
    "Rien à faire, si l'épreuve qui l'ouvre est bien échouée.",
    "Une épreuve ne s'ouvre qu'une fois réussies celles de sa colonne « Condition ». Sinon ses "
    "critères ne comptent pas, quoi que disent leurs cases.",
)

COMMENT_MISSING = warning(
    "comment-missing",
    "Une observation est attendue pour {found} : l'évaluation n'est pas acquise.",
    "Faire motiver ces évaluations.",
    "La règle « Commentaire obligatoire » demande un motif. Les évaluations comptent sans lui.",
)

COMMENT_SAYS_NOTHING = warning(
    "comment-says-nothing",
    "L'observation ne dit rien pour {found} : l'évaluation n'est pas acquise.",
    "Faire écrire en quelques mots pourquoi.",
    "La règle « Commentaire obligatoire » demande un motif. Un tiret, un point, « RAS » ou "
    "« idem » remplit la cellule sans en donner. Les évaluations comptent sans lui.",
)

COMMENT_WITHOUT_MARK = warning(
    "comment-without-mark",
    "Le critère {criterion} a une observation mais pas d'évaluation.",
    "Faire évaluer ce critère.",
    "Une observation ne vaut pas évaluation : le critère reste à évaluer.",
)

COMMENT_TOO_LONG = error(
    "comment-too-long",
    "L'observation du critère {criterion} dépasse les {limit} caractères que contient une cellule "
    "d'Excel. Elle n'est pas retenue ; l'évaluation compte.",
    "La faire raccourcir, ou en faire un document joint.",
    "Un autre tableur enregistre des textes plus longs, que ni la grille ni la consolidation ne "
    "peuvent contenir. Dans la grille à corriger, le texte est coupé à cette longueur.",
)

ANSWER_TOO_LONG = error(
    "answer-too-long",
    "Le texte de la case « {label} » dépasse les {limit} caractères que contient une cellule "
    "d'Excel. Il n'est pas retenu.",
    "Le faire raccourcir, ou en faire un document joint.",
    "Un autre tableur enregistre des textes plus longs, que ni la grille ni la consolidation ne "
    "peuvent contenir. Les évaluations comptent.",
)

COMMENT_PERHAPS_CUT = warning(
    "comment-perhaps-cut",
    "L'observation du critère {criterion} fait exactement 255 caractères, dans un fichier .xls : "
    "le programme qui l'a enregistrée l'a peut-être coupée.",
    "Demander à qui l'a écrite si elle est entière, et d'enregistrer la grille au format .xlsx.",
    "Certains programmes coupent à 255 caractères les textes d'un fichier .xls, sans le dire. "
    "L'évaluation compte, et l'observation est gardée telle qu'elle est.",
)

ANSWER_PERHAPS_CUT = warning(
    "answer-perhaps-cut",
    "Le texte de la case « {label} » fait exactement 255 caractères, dans un fichier .xls : le "
    "programme qui l'a enregistré l'a peut-être coupé.",
    "Demander à qui l'a écrit s'il est entier, et d'enregistrer la grille au format .xlsx.",
    "Certains programmes coupent à 255 caractères les textes d'un fichier .xls, sans le dire. Le "
    "texte est gardé tel qu'il est.",
)

COMMENT_IN_ERROR = warning(
    "comment-in-error",
    "L'observation du critère {criterion} est l'erreur « {found} ».",
    "Demander l'observation à qui l'a écrite.",
    "Un texte commençant par = ou + a pu être pris pour une formule. L'évaluation compte.",
)

COMMENT_MERGED = warning(
    "comment-merged",
    "L'observation du critère {criterion} est dans des cellules fusionnées ({found}).",
    "Vérifier à quels critères elle se rapporte.",
    "Une fusion ne garde que le texte de sa première cellule : les autres critères n'ont pas "
    "d'observation. Les évaluations comptent.",
)
