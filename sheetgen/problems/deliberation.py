"""Kinds of problem found in reading the sheet « Délibération »: what the jury decided."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, warning

DELIBERATION_COLUMN_MISSING = error(
    "deliberation-column-missing",
    "La colonne « {found} » manque dans la feuille.",
    "Rétablir son en-tête dans la ligne d'en-tête du tableau.",
    "Les feuilles se lisent par leurs en-têtes, où qu'ils soient ; leur ordre ne compte pas.",
)

DELIBERATION_COLUMN_TWICE = error(
    "deliberation-column-twice",
    "La colonne « {found} » figure deux fois dans la feuille.",
    "Supprimer la colonne en trop.",
    "Rien ne dit laquelle des deux colonnes est la bonne.",
)

DELIBERATION_FIELD_MISSING = error(
    "deliberation-field-missing",
    "La ligne « {found} » manque au-dessus du tableau.",
    "Rétablir ce texte, et la réponse du jury dans la cellule à sa droite.",
    "L'adoption, la clôture, les incidents et les observations se lisent à droite de leur texte.",
)

DELIBERATION_ROW_MISSING = error(
    "deliberation-row-missing",
    "La ligne du candidat {candidate}, {subject}, manque dans le tableau.",
    "Rétablir la ligne : le numéro du candidat, l'objet, la décision du jury et son motif.",
    "Chaque bloc présenté et chaque certification doit avoir sa ligne : aucune décision n'est "
    "déduite de son absence.",
)

DELIBERATION_ROW_TWICE = error(
    "deliberation-row-twice",
    "Le candidat {candidate}, {subject}, figure deux fois : déjà en {other}.",
    "Ne garder qu'une des deux lignes.",
    "Rien ne dit laquelle des deux décisions est la bonne : aucune n'est retenue.",
)

DELIBERATION_ROW_UNKNOWN = error(
    "deliberation-row-unknown",
    "La session n'a pas à décider de « {subject} » pour le candidat « {candidate} ».",
    "Corriger le numéro du candidat et l'objet (le code d'un bloc qu'il présente, "
    "« Certification », ou « Mention » si le référentiel en a), ou vider la ligne.",
    "Le candidat n'est pas de la session ou n'est pas venu, ou le bloc n'est pas de ceux qu'il "
    "présente.",
)

DELIBERATION_SHEET_TWICE = error(
    "deliberation-sheet-twice",
    "La feuille « {found} » a le même tableau que « {read} », et il y est écrit autre chose.",
    "Garder ce que le jury a décidé dans la feuille Délibération, et supprimer l'autre feuille.",
    "Une copie de la feuille n'est pas lue : rien ne dit dans laquelle des deux le jury a décidé.",
)

DELIBERATION_MERGED = error(
    "deliberation-merged",
    "La cellule est fusionnée avec d'autres lignes ({found}).",
    "Défaire la fusion et remplir chaque ligne.",
    "Une fusion efface ce que disaient les autres lignes : rien ne dit à laquelle la valeur se "
    "rapporte.",
)

DECISION_MISSING = error(
    "decision-missing",
    "Candidat {candidate}, {subject} : la décision du jury est vide (proposition : {proposal}).",
    "Choisir une décision, ou répondre Oui à « {adoption} ».",
    "Une case vide n'est pas une décision. Elle ne vaut adoption de la proposition que si le jury "
    "a répondu Oui au-dessus du tableau.",
    Together(
        sentence="{count} décisions du jury sont vides : {items}. Choisir chaque décision, ou "
        "répondre Oui à l'adoption des propositions laissées vides, au-dessus du tableau.",
        item="{candidate} {subject} ({cell})",
    ),
)

LINE_TO_REVIEW = error(
    "line-to-review",
    "Candidat {candidate}, {subject} : la ligne est à revoir et reste vide (proposition : "
    "{proposal}). {review}",
    "La faire revoir par le jury, qui y choisit une décision, « Proposition adoptée » s'il adopte "
    "la proposition d'aujourd'hui.",
    "La proposition a changé depuis que le jury a décidé. L'adoption des propositions laissées "
    "vides ne vaut pas pour une ligne à revoir : le jury ne l'a pas vue ainsi.",
)

DELIBERATION_DUE = error(
    "deliberation-due",
    "Candidat {candidate}, {subject} : la proposition est « À délibérer » et le jury n'a pas "
    "tranché.",
    "Choisir {allowed}, et écrire le motif.",
    "Les règles laissent ce résultat au jury : ni l'adoption des propositions laissées vides, ni "
    "« Proposition adoptée » ne le tranche.",
)

MARKS_STILL_MISSING = error(
    "marks-still-missing",
    "Candidat {candidate}, {subject} : il manque des appréciations ({found}).",
    "Obtenir les grilles complètes, relancer « sheetgen consolidate » et faire délibérer le jury "
    "sur le nouveau classeur.",
    "Une session ne se clôt pas tant qu'une grille manque ou est incomplète : une appréciation "
    "absente n'est ni un zéro ni un « Non observé ».",
    Together(
        sentence="{count} résultats n'ont pas encore toutes leurs appréciations : {items}. Obtenir "
        "les grilles complètes, relancer « sheetgen consolidate » et faire délibérer le "
        "jury sur le nouveau classeur.",
        item="{candidate} {subject}",
    ),
)

BLOCK_STILL_INCOMPLETE = error(
    "bloc-still-incomplete",
    "Candidat {candidate}, {subject} : le bloc ne peut pas encore être décidé. {found}",
    "Compléter ce qui manque (feuille Pièces de session.xlsx, épreuve qui en ouvre une autre), "
    "relancer « sheetgen consolidate » et faire délibérer le jury sur le nouveau classeur.",
    "Une session ne se clôt pas tant qu'un bloc est incomplet : une pièce en attente n'est ni "
    "acceptée ni refusée.",
)

REASON_MISSING = error(
    "reason-missing",
    "Candidat {candidate}, {subject} : la décision « {decision} » doit être motivée ({why}).",
    "Écrire le motif du jury dans cette cellule.",
    "Un motif est dû quand la décision diffère de la proposition, est défavorable, tranche une "
    "proposition « À délibérer », ou ne délivre pas une certification dont tous les blocs sont "
    "acquis.",
    Together(
        sentence="{count} décisions doivent être motivées : {items}. Écrire le motif du jury "
        "dans ces cellules.",
        item="{candidate} {subject} ({cell})",
    ),
)

REASON_SAYS_NOTHING = error(
    "reason-says-nothing",
    "Candidat {candidate}, {subject} : « {found} » n'est pas un motif, et la décision "
    "« {decision} » doit être motivée ({why}).",
    "Écrire le motif du jury en quelques mots : le candidat le lira.",
    "Un tiret, un point, « x », « RAS », « idem » ou « voir ci-dessus » remplit la cellule sans "
    "donner de motif. Il y faut au moins un mot de quatre lettres, ou deux mots plus courts.",
)

AWARDED_WITHOUT_BLOCKS = error(
    "awarded-without-blocs",
    "Candidat {candidate} : la certification ne peut pas être délivrée, des blocs manquent "
    "({blocks}).",
    "Décider autrement de ces blocs, ou choisir Validation partielle (ou Non délivrée).",
    "La certification demande tous les blocs obligatoires du référentiel, validés ou déjà "
    "acquis : rien ne compense un bloc qui manque.",
)

AWARDED_WITHOUT_OPTIONS = error(
    "awarded-without-options",
    "Candidat {candidate} : la certification ne peut pas être délivrée, des options manquent "
    "({found}).",
    "Décider autrement de ces options, ou choisir Validation partielle (ou Non délivrée).",
    "La certification demande, dans chaque groupe, autant d'options que la feuille Options du "
    "référentiel, validées ou déjà acquises : rien ne compense une option qui manque.",
)

MENTION_WITHOUT_AWARD = error(
    "mention-without-award",
    "Candidat {candidate} : la mention « {found} » ne va pas avec une certification « {outcome} ».",
    "Choisir Aucune, ou décider autrement de la certification.",
    "Une mention distingue une certification délivrée.",
)

MENTION_WITHOUT_BLOCK = error(
    "mention-without-presented-bloc",
    "Candidat {candidate} : la mention « {found} » ne repose sur aucun bloc présenté.",
    "Choisir Aucune : le candidat détenait déjà tous ses blocs.",
    "La mention vient de la moyenne des blocs présentés à la session ; qui n'en présente aucun "
    "n'en a pas.",
)

PARTIAL_WITHOUT_BLOCK = error(
    "partial-without-bloc",
    "Candidat {candidate} : aucun bloc n'est validé ni acquis, la validation n'est pas partielle.",
    "Choisir Non délivrée, ou décider autrement des blocs.",
    "Une validation partielle reconnaît au moins un bloc.",
)

PARTIAL_WITH_EVERY_BLOCK = error(
    "partial-with-every-bloc",
    "Candidat {candidate} : tous les blocs demandés sont validés ou acquis, la "
    "validation n'est pas partielle.",
    "Choisir Délivrée, ou décider autrement d'un bloc.",
    "Qui a les blocs obligatoires, et assez d'options, a la certification, à moins que le "
    "référentiel ne demande aussi une moyenne générale minimale.",
)

NOT_AWARDED_WITH_BLOCKS = error(
    "not-awarded-with-blocs",
    "Candidat {candidate} : des blocs sont validés ou déjà acquis ({blocks}), la validation est au "
    "moins partielle.",
    "Choisir Validation partielle, ou décider autrement des blocs.",
    "Un bloc acquis l'est pour la vie : « Non délivrée » se dit d'un candidat qui n'en a aucun.",
)

CLOSING_MISSING = error(
    "closing-missing",
    "« {name} » n'est pas rempli.",
    "Écrire {example}.",
    "Le procès-verbal porte la date et l'heure de clôture de la délibération.",
)

CLOSING_TOO_EARLY = error(
    "closing-too-early",
    "La clôture ({found}) précède le jury ({opening}).",
    "Corriger la clôture, ou la date et l'heure du jury dans session.xlsx.",
    "Un jury ne peut pas clore sa délibération avant de siéger.",
)

CLOSING_TO_COME = warning(
    "closing-to-come",
    "La clôture ({found}) est dans l'avenir.",
    "Vérifier l'année, puis le jour : la date s'imprime sur le procès-verbal et les attestations.",
    "Un jury clôt sa délibération le jour où il la termine, jamais à une date à venir.",
)

JURY_TOO_SMALL = error(
    "deliberation-jury-too-small",
    "Candidat {candidate}, {subject} : {found} affecté(s), Jurés minimum est {minimum}.",
    "Compléter le jury dans session.xlsx, obtenir les grilles qui manquent et délibérer de "
    "nouveau.",
    "Le règlement demande un nombre minimum de jurés par candidat et par bloc présenté.",
)

JURY_LACKS_EXTERNALS = error(
    "deliberation-jury-lacks-externals",
    "Candidat {candidate}, {subject} : {found} externe(s) sur {total}, il en faut au moins "
    "{minimum} %.",
    "Compléter le jury dans session.xlsx, ou y corriger la colonne Externe.",
    "Le règlement demande une part minimale de jurés extérieurs au certificateur, par candidat et "
    "par bloc présenté.",
)
