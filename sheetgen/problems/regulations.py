"""Kinds of problem found by trying a school's rules: they grant all, refuse all, have no effect."""

from __future__ import annotations

from sheetgen.problems.records import warning

RULES_LENIENT = warning(
    "rules-lenient",
    "Avec ces règles, « {level} » à tous les critères rend une compétence acquise, alors que ce "
    "n'est pas acquis.",
    "Relever Seuil compétence (au-dessus de {score}) ou changer « Compétence acquise si ».",
    "Un niveau non acquis mis partout ne devrait pas faire acquérir la compétence.",
)
BLOCK_LENIENT = warning(
    "rules-lenient-bloc",
    "Avec ces règles, « {level} » à tous les critères valide {blocks}, sans que les compétences y "
    "soient acquises.",
    "Relever Seuil bloc (au-dessus de {score}), ajouter un Plancher compétence, ou changer "
    "« Bloc validé si ».",
    "Les règles ont été essayées sur une grille où chaque juré met partout cette appréciation, qui "
    "n'est pas acquise : le bloc en sort validé.",
)
NOTHING_REFUSED = warning(
    "rules-refuse-nothing",
    "Zone de délibération ({zone}) n'est pas sous {threshold} : « {level} » à tous les critères "
    "est à délibérer. Rien n'est jamais refusé sans délibération.",
    "Réduire Zone de délibération : ce sont des points de pourcentage sous le seuil.",
    "Avec un seuil de 50 et une zone de 5, le jury délibère de 45 à 50. Une zone aussi grande que "
    "le seuil va jusqu'à 0.",
)
ACQUIRED_AT_MINIMUM = warning(
    "acquired-at-minimum",
    "Note d'acquisition ({found}) est la plus petite note : tout critère est acquis, quelle que "
    "soit la note.",
    "Relever Note d'acquisition, ou Note minimale si elle est mal écrite.",
    "La note d'acquisition est celle à partir de laquelle un critère est acquis. Au minimum, "
    "aucune note ne peut refuser un critère.",
)
ACQUIRED_AT_MAXIMUM = warning(
    "acquired-at-maximum",
    "Note d'acquisition ({found}) est la plus grande note : toute autre note refuse le critère.",
    "Abaisser Note d'acquisition, ou relever Note maximale si elle est mal écrite.",
    "La note d'acquisition est celle à partir de laquelle un critère est acquis. Au maximum, seule "
    "la note maximale l'est.",
)
ACQUIRED_REFUSED = warning(
    "rules-refuse-acquired",
    "Avec ces règles, « {level} » à tous les critères, qui est acquis, ne donne pas {refused}.",
    "Abaisser {threshold}, ou changer la règle qui l'emploie.",
    "Les règles ont été essayées sur une grille où chaque juré met partout le plus bas des niveaux "
    "acquis : tous les critères sont acquis, et le résultat est refusé parce que la moyenne des "
    "points reste sous le seuil.",
)
MAXIMUM_NEEDED = warning(
    "rules-need-maximum",
    "« {name} » demande {whole} d'une moyenne de points : une seule appréciation sous « {level} » "
    "refuse {refused}.",
    "Écrire le seuil voulu (sans valeur, Seuil bloc est 100), ou choisir une autre règle.",
    "Une moyenne n'atteint 100 % que si toutes les appréciations de tous les jurés sont au "
    "maximum. Pour demander que tout soit acquis, choisir « tous les critères » ou « toutes les "
    "compétences ».",
)
ELIMINATES_ALL = warning(
    "eliminatory-at-best",
    "Seuil éliminatoire ({found}) est le maximum de l'échelle : même « {level} » à un critère "
    "éliminatoire fait perdre le bloc. Personne ne peut valider {blocks}.",
    "Abaisser Seuil éliminatoire : un critère à ce nombre de points, ou au-dessous, élimine.",
    "Le seuil éliminatoire est la plus haute valeur qui fait perdre le bloc, et non la plus basse "
    "qui le garde.",
)
ELIMINATES_ACQUIRED = warning(
    "eliminatory-above-acquisition",
    "Seuil éliminatoire ({found}) est atteint par « {level} », qui est acquis : un critère acquis "
    "fait perdre le bloc ({blocks}).",
    "Abaisser Seuil éliminatoire : un critère à ce nombre de points, ou au-dessous, élimine.",
    "Le seuil éliminatoire est la plus haute valeur qui fait perdre le bloc, et non la plus basse "
    "qui le garde.",
)
ONE_JUROR_REFUSES = warning(
    "one-juror-refuses",
    "Avec « Fusion des jurés : moyenne » et deux valeurs seulement, un seul juré qui met "
    "« {level} » refuse le critère, contre tous les autres.",
    "Choisir majorité, médiane ou unanimité, ou garder la moyenne si c'est ce qui est voulu.",
    "La moyenne de « acquis », « acquis » et « non acquis » est sous « acquis » : le critère n'est "
    "pas acquis. Essayé avec trois jurés dont un seul est d'un autre avis.",
)
JURY_OF_ONE = warning(
    "jury-of-one",
    "Jurés minimum est 1 : un seul juré peut décider d'un bloc.",
    "Écrire 2 ou plus : un jury est collégial.",
    "Avec un seul juré, aucune fusion, aucun écart ni aucune majorité n'a d'effet, et le bloc "
    "tient à l'avis d'une personne.",
)
JUROR_ALONE = warning(
    "juror-alone",
    "{who} : un seul juré évalue {blocks} et en décide seul.",
    "Affecter un second juré.",
    "Le règlement l'accepte (Jurés minimum : 1), mais un jury est collégial.",
)
RULE_WITHOUT_EFFECT = warning(
    "rule-without-effect",
    "« {name} » ({found}) est sans effet : {reason}.",
    "{remedy}",
    "La règle est écrite, et rien de ce qui est décidé ne change sans elle.",
)
PERCENTAGE_OF_ONE = warning(
    "percentage-of-one",
    "« {name} » : 1 est lu 1 %, et non 100 %.",
    "Écrire « 100 % » ou « 1 % », selon ce qui est voulu.",
    "Un nombre seul est un pourcentage. Une cellule au format pourcentage montre 100 % pour 1.",
)
FRACTION_MISSED = warning(
    "threshold-above-fraction",
    "« {name} » ({found}) dépasse de peu {fraction} : {refused}, il en faut {needed}.",
    "Pour {fraction}, écrire « {fraction} », qui est exact, ou « {below} ».",
    "66,67 % est un peu plus que deux tiers : avec 66,67, deux critères acquis sur trois (66,666… "
    "%) sont sous le seuil. Un seuil est atteint à égalité : 2/3 accepte deux sur trois.",
)
WEIGHTS_IGNORED = warning(
    "juror-weights-ignored",
    "Les jurés n'ont pas tous le même Poids, et « Fusion des jurés : {merge} » n'en tient pas "
    "compte.",
    "Vider la colonne Poids, ou choisir moyenne, majorité ou unanimité dans le référentiel.",
    "Le poids d'un juré joue dans la moyenne, l'unanimité et la majorité seulement.",
)
