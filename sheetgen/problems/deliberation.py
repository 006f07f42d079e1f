"""Kinds of problem found when a session closes: the jury's decisions, and what they rest on."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

# The workbook, and what it was made from.

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
    "Le retour {name} (candidat {candidate}, juré {juror}) n'est plus celui sur lequel le jury a "
    "délibéré.",
    "Remettre en place le fichier d'origine ; sinon relancer « sheetgen consolidate » et faire "
    "délibérer le jury sur le nouveau classeur.",
    "Le fichier retourné par le juré a été remplacé ou modifié après la consolidation.",
)

CONSOLIDATED_RETURN_GONE = error(
    "consolidated-return-gone",
    "Le retour {name} (candidat {candidate}, juré {juror}) ne compte plus.",
    "Remettre le fichier dans les retours ; sinon relancer « sheetgen consolidate » et faire "
    "délibérer le jury sur le nouveau classeur.",
    "Un retour sur lequel le jury a délibéré a été retiré, est refusé ou est en conflit avec un "
    "autre.",
)

RETURN_NOT_CONSOLIDATED = error(
    "return-not-consolidated",
    "Le retour {name} (candidat {candidate}, juré {juror}) est arrivé après cette consolidation.",
    "Relancer « sheetgen consolidate » et faire délibérer le jury sur le nouveau classeur.",
    "Le jury n'a pas vu ces appréciations.",
)

CONSOLIDATED_MARK_CHANGED = error(
    "consolidated-mark-changed",
    "Candidat {candidate}, critère {criterion}, juré {juror} : le classeur dit {found}, le retour "
    "dit {expected}.",
    "Rétablir l'appréciation du retour. Pour décider autrement, le jury écrit sa décision et son "
    "motif dans la feuille Délibération.",
    "Une appréciation peut être changée dans le classeur pour en essayer l'effet ; l'essai n'est "
    "pas une décision. Seul le juré change une appréciation, dans sa grille.",
    Together(
        sentence="{count} appréciations ont été changées dans le classeur : {items}. "
        "Rétablir celles des retours. Pour décider autrement, le jury écrit sa décision et "
        "son motif dans la feuille Délibération.",
        item="{candidate} {criterion} {juror}, {cell}, {found} au lieu de {expected}",
    ),
)

CONSOLIDATED_MARK_MISSING = error(
    "consolidated-mark-missing",
    "Candidat {candidate}, critère {criterion}, juré {juror} : l'appréciation {expected} du retour "
    "n'est plus dans le classeur.",
    "Rétablir la ligne, ou relancer « sheetgen consolidate » et y reporter les décisions du jury.",
    "Une ligne, une colonne ou le code d'un juré a été supprimé de la feuille Critères : les "
    "propositions affichées au jury n'en tenaient plus compte.",
)

CONSOLIDATED_MARK_UNKNOWN = error(
    "consolidated-mark-unknown",
    "Candidat {candidate}, critère {criterion}, juré {juror} : l'appréciation {found} n'est dans "
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

# The sheet « Délibération ».

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
    "Corriger le numéro du candidat et l'objet (le code d'un bloc qu'il présente, ou "
    "« Certification »), ou vider la ligne.",
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

NUMBER_OF_ANOTHER = error(
    "number-of-another",
    "Le numéro {candidate} n'est plus celui de la personne sur qui le jury a décidé.",
    "Rendre son numéro à chacun dans session.xlsx. Si le nom a seulement changé, écrire celui "
    "d'alors dans la colonne Ancien nom.",
    "Une session anonyme ne montre que des numéros. Le classeur garde une empreinte du nom de "
    "chacun : deux numéros échangés donneraient à l'un la décision de l'autre.",
)

# What the jury decided.

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

DELIBERATION_CARRIED_OVER = info(
    "deliberation-carried-over",
    "Ce que le jury avait écrit est repris de l'ancien classeur : {found}.",
    "Rien à faire ; vérifier la date et l'heure de clôture si le jury se réunit de nouveau.",
    "Décisions, motifs, adoption, clôture, incidents et observations passent dans le nouveau "
    "classeur, pour chaque ligne dont la proposition est la même.",
)

LINES_TO_REVIEW = warning(
    "lines-to-review",
    "{count} ligne(s) à revoir par le jury : {found}.",
    "Ouvrir la feuille Délibération, filtrer la colonne « Contrôle » sur « ◆ À revoir » et y "
    "choisir de nouveau une décision ; la colonne « À revoir » dit ce qui avait été décidé.",
    "Le jury avait décidé quand la proposition était autre, ou ne peut pas l'avoir vue. Laissée "
    "vide, une ligne à revoir n'est pas décidée, même si le jury adopte les propositions vides.",
)

LINES_WITHOUT_PLACE = warning(
    "lines-without-place",
    "Ce que le jury avait écrit n'a plus de ligne dans le nouveau classeur : {found}.",
    "Vérifier le statut du candidat et ses blocs présentés dans session.xlsx.",
    "Le candidat n'est plus de la session ou n'est pas venu, ou le bloc n'est plus de ceux qu'il "
    "présente.",
)

DELIBERATION_NOT_CARRIED = warning(
    "deliberation-not-carried-over",
    "Rien n'a été repris de l'ancien classeur : {reason}",
    "Si le jury y avait écrit, reporter ses décisions dans le nouveau classeur ; ou remettre "
    "l'ancien en place, réparé, sous le nom consolidation.xlsx, et relancer.",
    "Les décisions du jury se reprennent du fichier consolidation.xlsx qui est dans le dossier de "
    "la consolidation, s'il est de cette session et peut être lu.",
)

FORMER_CONSOLIDATIONS = info(
    "former-consolidations",
    "D'anciens classeurs sont gardés à côté : {found}. Rien n'en est repris.",
    "Pour reprendre ce que le jury a écrit dans l'un d'eux, lui donner le nom consolidation.xlsx "
    "à la place de celui-ci, et relancer.",
    "Seul consolidation.xlsx est repris quand la consolidation est refaite ; les autres sont "
    "gardés sous un nom numéroté.",
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
    "La certification demande tous les blocs du référentiel, validés ou déjà acquis : rien ne "
    "compense un bloc qui manque.",
)

PARTIAL_WITHOUT_BLOCK = error(
    "partial-without-bloc",
    "Candidat {candidate} : aucun bloc n'est validé ni acquis, la validation n'est pas partielle.",
    "Choisir Non délivrée, ou décider autrement des blocs.",
    "Une validation partielle reconnaît au moins un bloc.",
)

PARTIAL_WITH_EVERY_BLOCK = error(
    "partial-with-every-bloc",
    "Candidat {candidate} : tous les blocs sont validés ou acquis, la validation n'est pas "
    "partielle.",
    "Choisir Délivrée, ou décider autrement d'un bloc.",
    "Qui a tous les blocs a la certification, à moins que le référentiel ne demande aussi une "
    "moyenne générale minimale.",
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

# What is written then.

FINAL_FROZEN = error(
    "final-frozen",
    "La session est close et d'autres décisions ont été enregistrées : {found}.",
    "Ne rien faire si ce sont les bonnes ; sinon relancer avec --reopen « motif de la "
    "réouverture ».",
    "Les décisions sont figées à la clôture. Une réouverture garde la version d'avant dans "
    "final/versions/ et note qui a rouvert, quand et pourquoi.",
)

CLOSED_VALUE_CHANGED = error(
    "closed-value-changed",
    "La session est close et « {name} » a changé depuis : {frozen} à la clôture, {found} "
    "maintenant.",
    "Remettre la valeur d'avant ; ou, pour refaire les documents avec celle-ci, relancer avec "
    "--reopen « motif de la réouverture ».",
    "Ce que les documents impriment est figé avec les décisions : un document effacé revient tel "
    "qu'il était, jamais avec une valeur changée depuis, qui contredirait les autres.",
)

CLOSED_ROW_ADDED = error(
    "closed-row-added",
    "La session est close sans {row}, ajouté depuis.",
    "Retirer la ligne ; ou relancer avec --reopen « motif de la réouverture ».",
    "Ce que les documents impriment est figé avec les décisions.",
)

CLOSED_ROW_GONE = error(
    "closed-row-gone",
    "La session est close avec {row}, qui n'y est plus.",
    "Remettre la ligne ; ou relancer avec --reopen « motif de la réouverture ».",
    "Ce que les documents impriment est figé avec les décisions.",
)

FINAL_FILE_CHANGED = warning(
    "final-file-changed",
    "Ce fichier n'est plus celui de la clôture : il a été modifié depuis.",
    "Pour retrouver celui de la clôture, le déplacer et relancer « sheetgen finalize ».",
    "Un exemplaire de chaque fichier est gardé à la clôture. Ce qu'une personne a modifié (une "
    "signature ajoutée, par exemple) n'est jamais remplacé.",
)

FINAL_RESTORED = warning(
    "final-file-restored",
    "Il manquait {count} fichier(s) de la clôture ; ils ont été remis tels qu'ils étaient.",
    "Rien à faire.",
    "Un fichier effacé, ou une clôture interrompue : ce qui manque revient de l'exemplaire gardé "
    "à la clôture, à l'octet près.",
)

REOPENING_UNFINISHED = warning(
    "reopening-unfinished",
    "La réouverture demandée par {by} le {at} (motif : {reason}) n'est pas allée à son terme ; la "
    "session reste close telle qu'elle était.",
    "L'achever en relançant « sheetgen finalize » avec le même classeur, ou en rouvrir une autre "
    "avec --reopen.",
    "Le disque plein ou l'arrêt de l'ordinateur ont interrompu la commande. Qui, quand et pourquoi "
    "avaient été notés d'abord, et le restent.",
)

REOPENING_RESUMED = info(
    "reopening-resumed",
    "La réouverture demandée par {by} le {at} (motif : {reason}), interrompue, est achevée.",
    "Rien à faire.",
    "Le même classeur a été donné de nouveau : la réouverture est celle qui avait été demandée.",
)

CLOSING_RESUMED = info(
    "closing-unfinished",
    "Une clôture interrompue est reprise du début : rien n'en avait été retenu.",
    "Rien à faire.",
    "Une clôture ne compte qu'une fois tous ses fichiers écrits.",
)

CLOSING_CUT_SHORT = warning(
    "closing-cut-short",
    "Une clôture a été interrompue : rien n'en a été retenu, la session est comme avant.",
    "Relancer « sheetgen finalize ».",
    "Une clôture ne compte qu'une fois tous ses fichiers écrits ; jusque-là, rien ne change.",
)

CLOSING_NOT_COPIED = warning(
    "closing-not-copied",
    "La session est close ; la copie de ses documents dans ce dossier a été interrompue.",
    "Relancer « sheetgen finalize », qui la complète sans rien décider de nouveau.",
    "Les décisions et les documents sont gardés à part dès la clôture ; « final » en est la copie. "
    "Jusqu'à ce qu'elle soit entière, il peut y rester des documents d'une version précédente.",
)

TIES_UNDECLARED = warning(
    "ties-undeclared-in-minutes",
    "{juror} n'a pas rempli la déclaration d'absence de lien dans ses grilles ({candidates}) ; le "
    "procès-verbal le dit.",
    "Avant de faire signer, demander la grille complétée et consolider de nouveau ; ou faire "
    "signer tel quel.",
    "Le procès-verbal dit de la déclaration ce que les grilles en disent, et rien de plus : il "
    "n'affirme pas d'un juré ce qu'il n'a pas déclaré.",
)

OFFICIAL_PAPER_INCOMPLETE = error(
    "official-paper-incomplete",
    "« {name} » n'est pas rempli, à imprimer dans {papers} : rien n'est clos.",
    "Le remplir et relancer. Pour des projets à relire, qui ne figent rien : --draft. Pour clore "
    "sans documents : --no-reports.",
    "Un document officiel est complet ou n'est pas fait : un parchemin sans code RNCP ni "
    "signataire ne vaut rien, et une fois remis ne se reprend plus.",
)

FINAL_UNREADABLE = error(
    "final-unreadable",
    "Les décisions enregistrées à la clôture ne peuvent pas être lues : {reason}.",
    "Remettre en place une copie de ce fichier ; à défaut, déplacer le dossier final/ et relancer.",
    "Le fichier a été modifié ou abîmé : rien ne permet de dire si les décisions sont les mêmes.",
)

CLOSING_LOST = error(
    "closing-lost",
    "Ce dossier contient des documents d'une clôture ({found}), et rien n'en est conservé à part : "
    "ni leurs décisions, ni ce qu'ils disent. La session n'est pas close une seconde fois à côté.",
    "Remettre le dossier .sheetgen de la session d'après la sauvegarde, ou decisions.json dans ce "
    "dossier. Si ces documents ne valent rien, déplacer le dossier « final » ailleurs, puis "
    "relancer.",
    "Sans les décisions de la clôture, rien ne dit si d'autres ne sont pas prises. Des documents "
    "déjà signés pourraient être contredits par les nouveaux.",
)

REOPENING_UNREASONED = error(
    "reopening-unreasoned",
    "Une session close ne se rouvre pas sans motif.",
    "Donner un motif : --reopen « erreur de saisie au bloc BC02 ».",
    "Le motif est conservé avec les décisions, avec le nom de qui a rouvert et la date. Un tiret, "
    "un point ou « ok » n'en est pas un : il y faut un mot de quatre lettres, ou deux plus courts.",
)

NOTHING_LEFT_TO_PRESENT = warning(
    "nothing-left-to-present",
    "Le candidat {candidate} détient tous les blocs sans que la certification lui soit délivrée : "
    "il n'a plus rien à présenter et n'est pas inscrit à la session suivante.",
    "L'y ajouter si le règlement prévoit qu'il se présente de nouveau.",
    "Un bloc acquis l'est pour la vie et ne se présente pas deux fois ; le jury a retenu une "
    "validation partielle, par exemple faute de la moyenne générale minimale.",
)

CANDIDATE_NOT_FOUND = error(
    "candidate-not-found",
    "« {found} » n'est le numéro d'aucun candidat de la session.{suggestion}",
    "Donner un numéro de la feuille Candidats : {allowed}.",
    "L'extrait se demande par le numéro du candidat, qui est unique.",
)

RETURN_NOT_EXTRACTED = error(
    "return-not-extracted",
    "Ce retour du candidat {candidate} ne peut plus être lu : il manque à l'extrait.",
    "Remettre le fichier en place et relancer.",
    "Un extrait contient tout ce qui est détenu sur la personne.",
)

ROW_NAMES_ANOTHER = error(
    "deliberation-row-names-another",
    "La ligne du candidat n° {candidate} porte le nom de {found} (cellules {cells}) ; le candidat "
    "n° {candidate} de la session est {now}.",
    "Si les colonnes ont été triées séparément, ou des numéros échangés dans session.xlsx, les "
    "remettre en ordre, ou reprendre le classeur de « sheetgen consolidate » et y reporter les "
    "décisions. Si c'est la même personne, écrire « {found} » dans sa colonne « Ancien nom ».",
    "Chaque ligne de la feuille Délibération porte un numéro et un nom. Quand ils ne sont plus "
    "ceux de la même personne, rien ne dit sur qui le jury a statué.",
)

ROW_NAMES_FORMER = info(
    "deliberation-row-names-former",
    "Le candidat n° {candidate} porte dans le classeur le nom de {found} (cellules {cells}) ; "
    "c'est maintenant {now}.",
    "Rien à faire : les documents portent le nom d'aujourd'hui.",
    "Un nom a été corrigé, ou a changé, entre la consolidation et la clôture.",
)
