"""Kinds of problem of the sheet « Essais », whose examples `check` decides."""

from __future__ import annotations

from sheetgen.problems.records import error

_GRAMMAR = "C1.1.1 = Acquis ; J2 C1.1.1 = 12,5 ; * = Acquis ; E1 = absent ; Voie = VAE"

TRIAL_UNREADABLE = error(
    "trial-unreadable",
    "« {found} » n'est pas une appréciation d'essai.",
    f"Écrire un code, « = », puis ce qui est mis, séparés par « ; » : {_GRAMMAR}.",
    "La colonne Appréciations de la feuille Essais dit ce que les jurés mettent, critère par "
    "critère. Un critère que rien ne nomme manque, sauf si « * » vaut pour tous les autres.",
)
TRIAL_CODE_UNKNOWN = error(
    "trial-code-unknown",
    "« {found} » n'est le code d'aucun critère, d'aucune modalité ni d'aucune compétence par "
    "pièce.{suggestion}",
    "Écrire un code de la feuille Critères, « * » pour tous les autres critères, le code d'une "
    "épreuve suivi de « = absent », Voie ou Options.",
    "Chaque partie d'un essai commence par ce dont elle parle.",
)
TRIAL_VALUE_REFUSED = error(
    "trial-value-refused",
    "« {found} » ne peut pas être mis à {name}.",
    "Écrire {allowed}.",
    "Un essai emploie les mêmes valeurs que les grilles : un niveau de l'échelle du critère, une "
    "note dans ses bornes, « Non observé » ou « Exempté ».",
)
TRIAL_SAID_TWICE = error(
    "trial-said-twice",
    "« {found} » est dit deux fois.",
    "Garder une seule des deux valeurs.",
    "Chaque juré met une seule appréciation à un critère.",
)
TRIAL_OTHERS_OF_ONE = error(
    "trial-others-of-second-juror",
    "« {found} » : « * » est du premier juré.",
    "Nommer chaque critère que ce juré évalue, ou écrire « * » sans juré.",
    "Un second juré ne compte que là où il est nommé.",
)
TRIAL_OBJECT_UNKNOWN = error(
    "trial-object-unknown",
    "« {found} » n'est ni une compétence, ni une épreuve, ni un bloc, ni la "
    "certification.{suggestion}",
    "Écrire le code d'une compétence, d'une épreuve ou d'un bloc, ou Certification.",
    "L'objet d'un essai est ce que les règles décident. Une épreuve est une modalité à laquelle "
    "des critères appartiennent.",
)
TRIAL_EXPECTED_UNKNOWN = error(
    "trial-expected-unknown",
    "« {found} » n'est pas un résultat possible pour {name}.{suggestion}",
    "Écrire {allowed}.",
    "Le résultat attendu s'écrit dans les mots de la synthèse des grilles.",
)
TRIAL_ROUTE_NEEDED = error(
    "trial-route-needed",
    "L'essai « {name} » ne dit pas la voie d'accès, qui décide des épreuves.",
    "Ajouter « Voie = … » : {allowed}.",
    "La colonne Voies de la feuille Modalités réserve des épreuves à certaines voies d'accès.",
)
TRIAL_OUT_OF_PLACE = error(
    "trial-mark-without-object",
    "Rien ne s'évalue en {found} pour la voie d'accès « {route} ».",
    "Corriger la voie, ou retirer cette appréciation.",
    "Les critères d'une épreuve réservée à d'autres voies sont sans objet, et personne ne les "
    "évalue.",
)
TRIAL_WITHOUT_RESULT = error(
    "trial-assessment-unjudged",
    "L'épreuve {found} n'a pas de résultat : aucune règle ne juge par les épreuves.",
    "Essayer une compétence ou un bloc, ou choisir dans « Bloc validé si » ou « Validé si » une "
    "règle qui nomme les épreuves.",
    "Une épreuve est réussie ou échouée là seulement où un bloc se juge par ses épreuves, ou "
    "qu'une Condition en nomme.",
)
TRIAL_OTHERWISE = error(
    "trial-otherwise",
    "Essai « {name} » : {object} donne « {found} », et non « {expected} ».{reasoning}",
    "Corriger l'essai s'il est faux ; sinon, la règle dit autre chose que ce que l'école veut.",
    "Chaque ligne de la feuille Essais est décidée comme une session le serait. « sheetgen "
    "explain » raconte de même la décision d'un candidat.",
)
