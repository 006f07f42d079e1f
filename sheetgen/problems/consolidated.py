"""Kinds of problem found in comparing the jury's workbook with what it was made from."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, warning

NOT_CONSOLIDATION = error(
    "not-a-consolidation",
    "Ce classeur n'est pas une consolidation : {lost}.",
    "Donner le classeur consolidation.xlsx où le jury a écrit ses décisions ; s'il a été abîmé, "
    "relancer « sheetgen consolidate » et y reporter les décisions.",
    "Une consolidation porte une feuille cachée qui dit de quels retours elle est faite, une "
    "feuille Critères et une feuille Délibération. Copier une feuille dans un classeur neuf ne "
    "suffit pas.",
)

OTHER_CONSOLIDATION_VERSION = error(
    "other-consolidation-version",
    "La consolidation est au format « {found} » ; cette version de sheetgen lit « {expected} ».",
    "Relancer « sheetgen consolidate » avec cette version, et reporter les décisions du jury.",
    "Le format du classeur porte un numéro de version.",
)

CONSOLIDATION_OTHER_SESSION = error(
    "consolidation-of-other-session",
    "Cette consolidation est celle de la session « {found} », et non de « {expected} ».",
    "Donner la consolidation de cette session, ou le classeur de session qui va avec (--session).",
    "Le classeur porte le code de sa session.",
)

CONSOLIDATION_OTHER_REFERENTIAL = error(
    "consolidation-of-other-referential",
    "Cette consolidation a été faite avec un autre référentiel que l'actuel.",
    "Reprendre le référentiel d'origine, ou relancer « sheetgen consolidate » et reporter les "
    "décisions du jury.",
    "Les codes, les textes ou l'échelle ont changé depuis la consolidation : le jury n'a pas "
    "délibéré sur ce que dit le référentiel actuel.",
)

CONSOLIDATED_RETURN_CHANGED = error(
    "consolidated-return-changed",
    "Le retour {name} (candidat {candidate}, {marker}) n'est plus celui sur lequel le jury a "
    "délibéré.",
    "Remettre en place le fichier d'origine ; sinon relancer « sheetgen consolidate » et faire "
    "délibérer le jury sur le nouveau classeur.",
    "Le fichier retourné a été remplacé ou modifié après la consolidation.",
)

CONSOLIDATED_RETURN_GONE = error(
    "consolidated-return-gone",
    "Le retour {name} (candidat {candidate}, {marker}) ne compte plus.",
    "Remettre le fichier dans les retours ; sinon relancer « sheetgen consolidate » et faire "
    "délibérer le jury sur le nouveau classeur.",
    "Un retour sur lequel le jury a délibéré a été retiré, est refusé ou est en conflit avec un "
    "autre.",
)

RETURN_NOT_CONSOLIDATED = error(
    "return-not-consolidated",
    "Le retour {name} (candidat {candidate}, {marker}) est arrivé après cette consolidation.",
    "Relancer « sheetgen consolidate » et faire délibérer le jury sur le nouveau classeur.",
    "Le jury n'a pas vu ces appréciations.",
)

CONSOLIDATED_MARK_CHANGED = error(
    "consolidated-mark-changed",
    "Candidat {candidate}, critère {criterion}, {marker} : le classeur dit {found}, le retour "
    "dit {expected}.",
    "Rétablir l'appréciation du retour. Pour décider autrement, le jury écrit sa décision et son "
    "motif dans la feuille Délibération.",
    "Une appréciation peut être changée dans le classeur pour en essayer l'effet ; l'essai n'est "
    "pas une décision. Seul qui l'a donnée change une appréciation, dans sa grille.",
    Together(
        sentence="{count} appréciations ont été changées dans le classeur : {items}. "
        "Rétablir celles des retours. Pour décider autrement, le jury écrit sa décision et "
        "son motif dans la feuille Délibération.",
        item="{candidate} {criterion} {juror}, {cell}, {found} au lieu de {expected}",
    ),
)

CONSOLIDATED_MARK_MISSING = error(
    "consolidated-mark-missing",
    "Candidat {candidate}, critère {criterion}, {marker} : l'appréciation {expected} du retour "
    "n'est plus dans le classeur.",
    "Rétablir la ligne, ou relancer « sheetgen consolidate » et y reporter les décisions du jury.",
    "Une ligne, une colonne ou le code d'un juré a été supprimé de la feuille Critères : les "
    "propositions affichées au jury n'en tenaient plus compte.",
)

CONSOLIDATED_MARK_UNKNOWN = error(
    "consolidated-mark-unknown",
    "Candidat {candidate}, critère {criterion}, {marker} : l'appréciation {found} n'est dans "
    "aucun retour.",
    "Supprimer cette appréciation, ou relancer « sheetgen consolidate » et y reporter les "
    "décisions du jury.",
    "Une ligne a été ajoutée à la feuille Critères, ou les affectations ont changé depuis la "
    "consolidation.",
)

PROPOSAL_CHANGED = error(
    "proposal-changed",
    "Candidat {candidate}, {subject} : le jury a vu « {found} », les règles et les retours donnent "
    "« {expected} ».",
    "Relancer « sheetgen consolidate » : ce que le jury a écrit est repris dans le nouveau "
    "classeur, et cette ligne y est « à revoir ». La faire revoir par le jury, puis clore. Ni "
    "vider ni remplir la cellule n'y change rien.",
    "Une règle, un poids, un aménagement ou un bloc acquis a changé depuis la consolidation, ou la "
    "cellule a été remplie à la main. Le jury n'adopte qu'une proposition qu'il a vue.",
    Together(
        sentence="{count} propositions ne sont plus celles que le jury a vues : {items}. Relancer "
        "« sheetgen consolidate » : ce que le jury a écrit est repris dans le nouveau classeur, et "
        "ces lignes y sont « à revoir ». Les faire revoir par le jury, puis clore.",
        item="{candidate} {subject} ({cell})",
    ),
)

PROPOSAL_UNKNOWN = error(
    "proposal-unknown",
    "Candidat {candidate}, {subject} : rien ne dit quelle proposition le jury a adoptée ; les "
    "règles et les retours donnent « {expected} ».",
    "Annuler ce qui a vidé ou remplacé la cellule ; sinon relancer « sheetgen consolidate » : ce "
    "que le jury a écrit est repris, et cette ligne est à lui faire revoir.",
    "La proposition se calcule dans sa cellule. Vidée, ou remplie à la main dans un classeur fait "
    "par une version plus ancienne, elle ne dit plus ce que le jury a vu.",
    Together(
        sentence="Rien ne dit quelles propositions le jury a adoptées pour {count} lignes : "
        "{items}. Annuler ce qui a vidé ou remplacé ces cellules ; sinon relancer « sheetgen "
        "consolidate » : ce que le jury a écrit est repris, et ces lignes sont à lui faire revoir.",
        item="{candidate} {subject} ({cell})",
    ),
)

CERTIFICATION_FOLLOWED = warning(
    "certification-followed",
    "Candidat {candidate}, {subject} : la cellule montre encore « {found} » ; d'après les blocs "
    "tels que le jury les a décidés, la proposition adoptée est « {expected} ».",
    "Vérifier avec le jury. Pour que la cellule le montre, ouvrir le classeur dans un tableur, "
    "recalculer et enregistrer.",
    "La proposition de certification suit les blocs décidés. Le programme qui a enregistré le "
    "classeur ne l'a pas recalculée.",
)
