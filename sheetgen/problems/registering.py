"""Kinds of problem of who comes before which jury and when, who stands in, and results kept."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

# Identity.

IDENTIFIER_TWICE = error(
    "identifier-twice",
    "L'identifiant « {found} » est déjà celui d'un autre candidat en {other}.",
    "Corriger l'un des deux ; si c'est la même personne, ne garder qu'une ligne.",
    "L'identifiant est celui que l'école donne à une personne, et à elle seule.",
)
IDENTIFIER_IS_NIR = error(
    "identifier-is-nir",
    "Cet identifiant ressemble à un numéro de sécurité sociale.",
    "Écrire l'identifiant que l'école a donné à la personne, ou vider la cellule.",
    "Le numéro de sécurité sociale n'a pas sa place dans le classeur d'une session.",
)

# Juries.

JURY_UNSAID = error(
    "candidate-without-jury",
    "{candidates} : aucun jury n'est nommé, alors que les autres candidats en ont un.",
    "Remplir Jury pour chaque candidat, ou vider toute la colonne s'il n'y a qu'un jury.",
    "Chaque candidat passe devant un jury. Dès que la colonne sert, elle les nomme tous.",
)
JURY_UNKNOWN = error(
    "juror-jury-unknown",
    "Aucun candidat ne passe devant le jury « {found} ».{suggestion}",
    "Écrire {allowed}, ou vider la cellule : le juré siège alors dans tous les jurys.",
    "Les jurys sont ceux que la feuille Candidats nomme.",
)
JURY_WITHOUT_PRESIDENT = error(
    "jury-president-missing",
    "Le jury {jury} n'a pas de président.",
    "Écrire Président dans la colonne Rôle d'un de ses jurés, et d'un seul, ou donner au président "
    "des autres jurys une cellule Jury vide : il préside alors tous les jurys.",
    "Chaque jury a un président et un seul.",
)
JURY_PRESIDENT_SEVERAL = error(
    "jury-president-several",
    "{found} est un second président du jury {jury} ; {other} l'est déjà.",
    "Ne garder qu'un Président par jury. Un président dont la cellule Jury est vide préside tous "
    "les jurys.",
    "Chaque jury a un président et un seul.",
)
PRESIDENT_REPLACED = error(
    "president-replaced",
    "{found} préside{jury} et ne vient pas ; personne d'autre ne préside.",
    "Écrire Président dans la colonne Rôle de {replacing}, ou d'un autre juré{jury}.",
    "Qui remplace le président ne préside pas pour autant : l'école dit qui préside.",
)

ASSIGNED_OTHER_JURY = error(
    "assigned-other-jury",
    "{juror} siège dans le jury {found}, et le candidat {candidate} passe devant le jury {jury}.",
    "Corriger la ligne, le Jury du candidat ou celui du juré ; vide, celui-ci siège dans tous.",
    "Un candidat est évalué par les jurés du jury devant lequel il passe.",
)

INCOMPATIBLE_LEFT_OUT = info(
    "incompatible-left-out",
    "{juror} n'aura pas à évaluer {candidates} : ils sont incompatibles.",
    "Rien à faire. Pour dire soi-même qui évalue qui, remplir Affectations.",
    "Sans aucune ligne dans Affectations, chaque juré évalue tous les candidats de son jury, sauf "
    "ceux que nomme Incompatible avec.",
)

# Passages.

PASSAGE_WITHOUT_DAY = error(
    "passage-without-day",
    "Le passage de {found} n'a pas de jour, et la session n'a pas de date.",
    "Remplir Date sur la feuille Session, ou écrire le jour et l'heure, par exemple 15/06/2026 "
    "09:30.",
    "Une heure seule est celle du jour de la session.",
)
PASSAGE_OUTSIDE = warning(
    "passage-outside-session",
    "Le passage du {found} est en dehors de la session ({days}).",
    "Corriger le passage, ou Date et Fin sur la feuille Session.",
    "La session va de Date à Fin, ces jours compris ; sans Fin, elle ne dure que le jour de Date.",
)
DAYS_REVERSED = error(
    "session-days-reversed",
    "Le dernier jour de la session ({found}) est avant le premier ({first}).",
    "Corriger Date ou Fin.",
    "Fin est le dernier jour d'une session de plusieurs jours.",
)

# Who stands in for whom.

REPLACES_SELF = error(
    "replaces-self",
    "{juror} se remplace lui-même.",
    "Écrire le code du juré à remplacer, ou vider la cellule.",
    "Remplace nomme un autre juré.",
)
REPLACES_CIRCLE = error(
    "replaces-circle",
    "Les remplacements tournent en rond : {path}.",
    "Vider la cellule de trop : l'un de ces jurés au moins n'est pas remplacé.",
    "Qui remplace un juré peut être remplacé à son tour, mais pas par celui qu'il remplace.",
)
REPLACED_TWICE = error(
    "replaced-twice",
    "{found} a déjà un remplacement : {other}.",
    "N'en garder qu'un. Pour partager ses candidats, écrire qui évalue qui dans Affectations.",
    "Un juré qui ne vient pas est remplacé par une seule personne.",
)

STAND_IN_IMPOSSIBLE = warning(
    "stand-in-impossible",
    "{juror} ne peut pas remplacer {replaced} pour {candidates}, {reason}.",
    "Écrire dans Affectations qui évalue à sa place, ou laisser {replaced} rendre cette grille.",
    "Qui remplace un juré reprend ses candidats, sauf ceux qu'il ne doit pas évaluer, ou qu'il "
    "évalue déjà. Pour ceux-là, la grille du juré remplacé reste attendue.",
)

# Results kept.

KEPT_ITEM_UNKNOWN = error(
    "kept-item-unknown",
    "« {found} » n'est le code ni d'une modalité ni d'une compétence.{suggestion}",
    "Écrire un code des feuilles Modalités ou Compétences du référentiel.",
    "On garde le résultat d'une épreuve ou d'une compétence.",
)
KEPT_ITEM_AMBIGUOUS = error(
    "kept-item-ambiguous",
    "« {found} » est à la fois une modalité et une compétence.",
    "Donner à l'une des deux un autre code dans le référentiel.",
    "Rien ne dit de laquelle le résultat est gardé.",
)
KEPT_NOT_ASSESSMENT = error(
    "kept-not-an-assessment",
    "« {found} » n'est pas une épreuve : aucun critère n'en fait partie.",
    "Nommer une compétence, ou une modalité à laquelle des critères appartiennent.",
    "Seul le résultat d'une épreuve peut être gardé ; un critère appartient à la modalité qu'il "
    "nomme, ou à la seule de sa compétence.",
)
KEPT_SCORE_MISSING = error(
    "kept-score-missing",
    "Le résultat gardé de l'épreuve {found} n'a pas de score.",
    "Écrire dans Score le résultat obtenu, par exemple 13/20 ou 65 %.",
    "Une épreuve gardée compte pour le score obtenu ; seule une compétence peut être gardée sans.",
)
KEPT_TWICE = error(
    "kept-twice",
    "Le résultat {found} du candidat {candidate} est déjà gardé en {other}.",
    "Retirer une des deux lignes.",
    "Chaque résultat se garde une fois.",
)
KEPT_FOREIGN = warning(
    "kept-not-presented",
    "Le candidat {candidate} n'a rien à passer dans « {found} » : le résultat gardé ne sert pas.",
    "Corriger le code, les blocs présentés ou la voie d'accès, ou retirer la ligne.",
    "Le résultat n'appartient à rien de ce que le candidat présente.",
)
KEPT_EXPIRED = warning(
    "kept-expired",
    "Le résultat {item} du candidat {candidate} n'est plus valable depuis le {found}, avant la "
    "session du {day} : il est à représenter.",
    "Corriger la date si elle est fausse ; sinon rien à faire.",
    "Un résultat est gardé jusqu'au jour que dit Valable jusqu'au, ce jour compris.",
)
KEPT_DAYS_REVERSED = error(
    "kept-days-reversed",
    "Le résultat serait valable jusqu'au {found}, avant d'être obtenu le {obtained}.",
    "Corriger une des deux dates.",
    "Valable jusqu'au est le dernier jour où le résultat peut être gardé.",
)
KEPT_AND_ABSENT = warning(
    "kept-and-absent",
    "Le candidat {candidate} garde son résultat à {found} : l'absence à cette épreuve est sans "
    "effet.",
    "Retirer l'absence, ou le résultat conservé s'il devait la repasser.",
    "Une épreuve gardée n'est pas repassée.",
)
