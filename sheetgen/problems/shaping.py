"""Kinds of problem of a référentiel's épreuves, scales, options and evidence, and of their use."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

# The référentiel.

BLOCK_DISAGREES = error(
    "competency-bloc-disagrees",
    "La compétence {code} est dite du bloc {found}, et son activité {activity} est de {block}.",
    "Écrire {block}, ou laisser la cellule vide : l'activité suffit.",
    "Une compétence peut nommer son activité, son bloc, ou les deux s'ils s'accordent.",
)
EVIDENCE_WITH_CRITERIA = error(
    "evidence-with-criteria",
    "La compétence {code} se prouve par une pièce, et {criteria} l'évaluent.",
    "Écrire Évaluation dans Preuve, ou retirer ces critères.",
    "Une compétence dont la Preuve est « Pièce » n'a pas de critère : la feuille Pièces de la "
    "session dit ce que chaque candidat a montré.",
)
ASSESSMENT_FOREIGN = error(
    "criterion-assessment-foreign",
    "La modalité {found} du critère {code} n'est pas parmi celles de sa compétence {competency} "
    "({methods}).",
    "Choisir une de celles-là, ou ajouter {found} aux modalités de la compétence.",
    "L'épreuve d'un critère est une des modalités qui évaluent sa compétence.",
)
CONDITION_CIRCLE = error(
    "condition-circle",
    "Les conditions tournent en rond : {path}.",
    "Retirer une de ces conditions : aucune de ces épreuves ne pourrait jamais s'ouvrir.",
    "La Condition d'une épreuve nomme celles qu'il faut avoir réussies avant ; elles ne peuvent "
    "pas dépendre d'elle à leur tour.",
)
CONDITION_NOT_ASSESSMENT = error(
    "condition-not-an-assessment",
    "« {found} » n'est pas une épreuve : aucun critère n'en fait partie.",
    "Nommer une modalité à laquelle des critères appartiennent, ou remplir la colonne Modalité de "
    "la feuille Critères.",
    "Seule une épreuve peut être réussie. Un critère appartient à la modalité qu'il nomme, ou à la "
    "seule de sa compétence.",
)
CRITERION_WITHOUT_ASSESSMENT = error(
    "criterion-without-assessment",
    "Le critère {code} n'appartient à aucune épreuve, et le bloc {block} se juge par « {rule} ».",
    "Écrire dans Modalité une de celles de sa compétence : {methods}.",
    "Quand un bloc se juge par ses épreuves seules, un critère sans épreuve ne compterait nulle "
    "part. Sa compétence a plusieurs modalités : le critère doit dire laquelle est la sienne.",
)
ASSESSMENT_MEAN_THRESHOLD = error(
    "assessment-mean-threshold",
    "« moyenne des épreuves » demande un seuil, et ni le bloc {block} ni la règle Seuil bloc n'en "
    "donnent.",
    "Écrire un pourcentage (50 %) ou une note sur son maximum (10/20) dans Seuil.",
    "Sans seuil écrit, la règle demanderait le maximum à chaque épreuve.",
)
OWN_THRESHOLD_NEEDED = error(
    "own-threshold-needed",
    "« {rule} » demande un Seuil pour {code} : celui de la règle Seuil compétence est {common}.",
    "Remplir Seuil sur cette ligne : {expected}.",
    "Un nombre de critères ne peut pas servir de pourcentage, ni l'inverse.",
)
OWN_COUNT_ABOVE = warning(
    "own-count-above-criteria",
    "Seuil demande {found} critères acquis, et la compétence {code} en a {count}.",
    "Vérifier le seuil : tel quel, tous ses critères sont exigés.",
    "Avec « nombre de critères », un seuil plus grand que le nombre de critères les exige tous.",
)
MARKS_OUT_OF_SCALE = error(
    "marks-out-of-scale",
    "Le critère {code} a un barème de {found} et l'échelle « {scale} ».",
    "Vider Échelle, ou vider Barème.",
    "Un barème fait du critère une note de 0 à ce nombre ; une échelle de niveaux n'en a pas.",
)
MARKS_OUT_OF_STEP = error(
    "marks-out-of-step",
    "Le barème {found} du critère {code} n'est pas un multiple du Pas ({step}).",
    "Changer le barème, ou la règle Pas.",
    "Les notes vont de 0 au barème par pas ; la dernière doit être le barème.",
)
CRITERION_SCALE_UNKNOWN = error(
    "criterion-scale-unknown",
    "« {found} » n'est pas une échelle.{suggestion}",
    "Écrire le nom d'une échelle de la feuille Échelle{names}, ou note.",
    "La colonne Échelle de la feuille Échelle donne leur nom aux échelles, celle de la feuille "
    "Critères en choisit une.",
)
SCALE_NAME_RESERVED = error(
    "scale-name-reserved",
    "Une échelle ne peut pas s'appeler « {found} ».",
    "Lui donner un autre nom.",
    "« note » désigne les notes que bornent les lignes Note minimale et Note maximale.",
)
OPTION_GROUP_UNKNOWN = error(
    "option-group-unknown",
    "Aucun bloc en option n'est du groupe « {found} ».{suggestion}",
    "Écrire un groupe de la feuille Blocs, dont les blocs ont le Statut Option.",
    "La feuille Options dit combien d'options il faut dans chaque groupe de blocs.",
)
OPTION_GROUP_SHORT = error(
    "option-group-too-small",
    "Le groupe « {group} » demande {required} options et n'en a que {count}.",
    "Écrire {count} au plus, ou ajouter des blocs à ce groupe.",
    "La certification ne pourrait jamais être délivrée.",
)
GROUP_OF_MANDATORY = warning(
    "group-of-mandatory-bloc",
    "Le bloc {code} est obligatoire : son groupe « {found} » est sans effet.",
    "Écrire Option dans Statut, ou vider Groupe.",
    "Les groupes réunissent des options.",
)
MENTION_EQUAL = error(
    "mention-threshold-equal",
    "Les mentions « {found} » et « {other} » ont le même seuil.",
    "Donner à chaque mention un seuil qui lui soit propre.",
    "La mention est la plus haute que la moyenne générale atteint.",
)

NO_BLOCK_NEEDED = error(
    "no-bloc-needed",
    "Tous les blocs sont des options, et la feuille Options n'en demande aucune : la certification "
    "serait délivrée sans rien acquérir.",
    "Écrire Obligatoire dans Statut pour un bloc au moins, ou remplir la feuille Options.",
    "La certification demande les blocs obligatoires, et de chaque groupe autant d'options que dit "
    "la feuille Options.",
)
OPTION_GROUP_UNASKED = info(
    "option-group-unasked",
    "Aucune option du groupe « {found} » n'est demandée pour la certification.",
    "S'il en faut, ajouter une ligne à la feuille Options.",
    "Un groupe qui n'est pas dans la feuille Options réunit des blocs facultatifs.",
)
SCALE_NAMED_INCOMPLETE = error(
    "scale-named-incomplete",
    "L'échelle « {found} » n'a que des niveaux acquis, ou que des niveaux non acquis.{suggestion}",
    "Corriger le nom, ou donner à l'échelle un niveau acquis et un niveau non acquis au moins.",
    "Les lignes de la feuille Échelle qui portent le même nom font une échelle. Un nom mal écrit "
    "en fait une de plus.",
)
SCALE_LEVEL_IDLE = warning(
    "scale-level-idle",
    "Le niveau « {found} » n'est d'aucune échelle : les critères sans échelle ont des notes.",
    "Écrire dans Échelle le nom de la sienne ({names}), ou retirer la ligne.",
    "Avec « Type d'échelle : note », les niveaux sans nom d'échelle ne servent à aucun critère.",
)
SCALE_UNUSED = warning(
    "scale-unused",
    "Aucun critère n'emploie l'échelle « {found} ».",
    "L'écrire dans la colonne Échelle des critères qu'elle doit mesurer, ou retirer ses lignes.",
    "Une échelle nommée ne sert qu'aux critères qui la nomment.",
)
EVIDENCE_RULE_IDLE = warning(
    "evidence-rule-idle",
    "« {name} » est sans effet : la compétence {code} se prouve par une pièce.",
    "Vider la cellule, ou écrire Évaluation dans Preuve.",
    "Une pièce est acceptée ou non : il n'y a ni critère ni score à comparer à un seuil.",
)
ASSESSMENT_SETTING_IDLE = warning(
    "assessment-setting-idle",
    "« {name} » de la modalité {code} est sans effet : {reason}.",
    "Choisir dans « Bloc validé si », ou dans Validé si de son bloc, une règle qui s'en sert, ou "
    "vider la cellule.",
    "« toutes les épreuves » et « compétences et épreuves » comparent chaque épreuve à son Seuil ; "
    "« moyenne des épreuves » emploie leurs Poids et leurs Planchers. Les autres règles ne "
    "regardent que les compétences.",
)

# The session.

ACCESS_ROUTE_UNKNOWN = warning(
    "access-route-unknown",
    "« {found} » n'est pas une voie d'accès connue.{suggestion}",
    "Choisir dans la liste : {allowed}. Le texte est gardé tel quel.",
    "Les voies d'accès décident des épreuves quand une modalité en nomme, et elles se comptent "
    "dans les statistiques.",
)
ACCESS_ROUTE_NEEDED = error(
    "access-route-needed",
    "La voie d'accès du candidat {candidate} décide de ses épreuves, et elle est {found}.",
    "Choisir dans la liste : {allowed}.",
    "La colonne Voies de la feuille Modalités réserve des épreuves à certaines voies d'accès.",
)
OPTION_NOT_OPTIONAL = error(
    "option-not-optional",
    "Le bloc {found} n'est pas une option.",
    "Le retirer d'Options : les blocs obligatoires sont présentés sans y être nommés.",
    "La colonne Options nomme les blocs dont le Statut est « Option » dans le référentiel.",
)
OPTION_HELD = error(
    "option-held",
    "Le candidat {candidate} a déjà l'option {found}.",
    "La retirer d'Options, ou de Blocs déjà acquis.",
    "Un bloc acquis l'est pour la vie : il n'est pas présenté de nouveau.",
)
OPTION_BESIDE_PRESENTED = warning(
    "option-beside-presented",
    "Le candidat {candidate} choisit {found}, que Blocs présentés ne nomme pas.",
    "L'ajouter à Blocs présentés, ou vider Blocs présentés.",
    "Blocs présentés, rempli, dit tout ce que le candidat présente.",
)
OPTIONS_TOO_FEW = warning(
    "options-too-few",
    "Le candidat {candidate} présente ou a déjà {found} option(s) du groupe « {group} », et il en "
    "faut {required} : la certification ne pourra pas être délivrée.",
    "Compléter Options.",
    "La feuille Options du référentiel dit combien d'options la certification demande.",
)
ASSIGNED_METHOD_IDLE = error(
    "assigned-method-idle",
    "La modalité {found} n'évalue rien dans les blocs que {juror} évalue pour {candidate}.",
    "Vérifier le code, les blocs de la ligne et la voie d'accès du candidat.",
    "La ligne ne donnerait au juré aucun critère.",
)
CRITERION_WITHOUT_JUROR = error(
    "criterion-without-juror",
    "Candidat {candidate} : aucun juré n'évalue {criteria}.",
    "Ajouter à Affectations une ligne qui couvre ces critères, ou vider Modalités.",
    "Les modalités des affectations laissent de côté des critères que le candidat présente.",
)
NOTHING_APPLIES = error(
    "bloc-nothing-applies",
    "Candidat {candidate} : rien ne s'évalue dans {blocks} pour la voie d'accès « {route} ».",
    "Corriger la voie d'accès, les Voies des modalités, ou les blocs présentés.",
    "Toutes les épreuves du bloc sont réservées à d'autres voies d'accès.",
)
ABSENCE_FOREIGN = error(
    "absence-not-assessed",
    "Le candidat {candidate} n'a rien à passer dans « {found} » : l'absence est sans objet.",
    "Corriger le code de la modalité ou celui du candidat, ou retirer la ligne.",
    "Aucun critère des blocs qu'il présente n'en fait partie, ou il n'est pas présent.",
)
ABSENCE_TWICE = error(
    "absence-twice",
    "L'absence du candidat {candidate} à {found} est déjà dite en {other}.",
    "Retirer une des deux lignes.",
    "Chaque absence se dit une fois.",
)
EVIDENCE_NOT_EXPECTED = error(
    "evidence-not-expected",
    "La compétence {found} ne se prouve pas par une pièce.",
    "Corriger le code, ou écrire Pièce dans la colonne Preuve du référentiel.",
    "La feuille Pièces ne concerne que les compétences dont la Preuve est « Pièce ».",
)
ASSESSOR_UNASSIGNED = warning(
    "assessor-unassigned",
    "{juror} est évaluateur, et aucune affectation ne lui donne rien à évaluer.",
    "Ajouter une ligne à Affectations, ou changer son Rôle.",
    "Un évaluateur n'évalue que ce que les affectations lui donnent.",
)
EVIDENCE_DAYS_REVERSED = error(
    "evidence-days-reversed",
    "La pièce serait valable jusqu'au {found}, avant d'être obtenue le {obtained}.",
    "Corriger une des deux dates.",
    "Valable jusqu'au est le dernier jour de validité de la pièce.",
)
EVIDENCE_EXPIRED = warning(
    "evidence-expired",
    "La pièce du candidat {candidate} est acceptée et n'est plus valable depuis le {found}, avant "
    "la session du {day} : elle ne montre pas {competency}.",
    "Corriger la date si elle est fausse, ou ajouter la pièce qui la remplace.",
    "Une pièce compte si elle est acceptée et encore valable le jour de la session, ce jour "
    "compris.",
)
EVIDENCE_UNSAID = info(
    "evidence-unsaid",
    "Compétence {code} : aucune pièce n'est dite pour {candidates} ; {block} restera incomplet.",
    "Ajouter à la feuille Pièces une ligne par candidat, au plus tard avant la délibération.",
    "Une compétence dont la Preuve est « Pièce » n'est acquise qu'avec une pièce acceptée.",
)
