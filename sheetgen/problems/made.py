"""Kinds of problem found in comparing a session with what was made for it: people, texts, key."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, info, warning

PERSON_REPLACED = error(
    "person-replaced",
    "La grille a été faite pour {then} ({who} {number}) ; le {who} {number} est maintenant {now}."
    "{elsewhere}",
    "Rendre à chaque personne le numéro ou le code qu'elle avait, et en donner un qui n'a jamais "
    "servi à qui arrive. Si c'est la même personne, écrire « {then} » dans sa colonne « Ancien "
    "nom » (feuille {sheet} de session.xlsx).",
    "Une grille porte le numéro d'un candidat et le code d'un juré. Depuis qu'elle a été faite, "
    "session.xlsx a donné l'un ou l'autre à quelqu'un d'autre : candidats renumérotés, noms "
    "échangés, ligne d'un absent ou d'un juré remplacé où l'on a tapé un autre nom. Rien n'en "
    "compte, pour que les appréciations d'une personne ne deviennent pas celles d'une autre. La "
    "même personne se reconnaît à son nom (majuscules et accents n'importent pas), à son ancien "
    "nom, ou à sa date de naissance avec le même nom ou le même prénom.",
    Together(
        sentence="{count} grilles ont été faites pour d'autres personnes que celles qui ont "
        "maintenant leurs numéros ou leurs codes : {items}. Rendre à chaque personne le numéro ou "
        "le code qu'elle avait, et en donner un qui n'a jamais servi à qui arrive. D'une même "
        "personne, écrire l'ancien nom dans sa colonne « Ancien nom » de session.xlsx.",
        item="{who} {number} ({then}, maintenant {now})",
        across=True,
    ),
)

PERSON_RENAMED = info(
    "person-renamed",
    "La grille a été faite au nom de {then} ; le {who} {number} s'appelle maintenant {now}.",
    "Rien à faire.",
    "Un nom a été corrigé, ou a changé, depuis que la grille a été faite. C'est la même personne : "
    "l'ancien nom est dans la colonne « Ancien nom », ou la date de naissance est la même avec le "
    "même nom ou le même prénom.",
)

NUMBER_REUSED = error(
    "number-reused",
    "Le {who} {number} est {now}, et des grilles ont été faites sous ce {word} pour {then}."
    "{elsewhere}",
    "Rendre à chaque personne le {word} qu'elle avait, et en donner un qui n'a jamais servi à qui "
    "arrive. Si c'est la même personne, écrire « {then} » dans sa colonne « Ancien nom ».",
    "Un numéro de candidat ou un code de juré appartient à une personne dès que ses grilles sont "
    "faites : un retour ne dit que lui. « generate » n'écrit rien tant qu'un autre nom y est. Si "
    "aucune grille n'a encore été envoyée, « sheetgen generate --new-key » recommence à zéro.",
    Together(
        sentence="{count} lignes de la feuille {sheet} ont un numéro ou un code sous lequel des "
        "grilles ont été faites pour quelqu'un d'autre : {items}. Rendre à chaque personne celui "
        "qu'elle avait, et en donner un qui n'a jamais servi à qui arrive. D'une même personne, "
        "écrire l'ancien nom dans sa colonne « Ancien nom ».",
        item="{number} ({then}, maintenant {now})",
        least=2,
    ),
)

RECORD_UNREADABLE = error(
    "record-unreadable",
    "Le registre des grilles faites ne peut pas être lu : {reason}.",
    "Remettre en place celui de la sauvegarde de la session. À défaut, le renommer : les noms "
    "imprimés sur les grilles diront seuls pour qui elles ont été faites.",
    "sheetgen y note pour qui chaque grille a été faite, afin que les appréciations d'une personne "
    "ne deviennent jamais celles d'une autre.",
)

GRID_NEVER_MADE = warning(
    "grid-never-made",
    "La grille du juré {juror} pour le candidat {candidate} n'a jamais été faite.",
    "Lancer « sheetgen generate », puis l'envoyer à {name}.",
    "Le candidat, le juré ou l'affectation a été ajouté depuis le dernier « generate ».",
)

GRIDS_OUTDATED = warning(
    "made-grids-outdated",
    "{count} grille(s) déjà faite(s) seraient refusées au retour ({people}) : le référentiel a "
    "changé depuis, {changed}.",
    "Si le changement est voulu, lancer « sheetgen generate » et envoyer les compléments du "
    "dossier « envois » ; sinon rétablir le texte d'avant.",
    "Une grille ne vaut que pour les textes que le juré a eus sous les yeux. Les règles et les "
    "poids, eux, peuvent changer. Une fois les grilles refaites, celles qui sont déjà chez les "
    "jurés restent à remplacer par les nouvelles.",
)

GRIDS_NOT_ASKED = warning(
    "made-grids-not-asked",
    "{count} grille(s) déjà faite(s) ne sont plus demandées par la session : {people}.",
    "Prévenir les jurés qui les ont ; rétablir le candidat, le juré ou l'affectation si c'est une "
    "erreur.",
    "Un candidat, un juré ou une affectation a été retiré de session.xlsx depuis que ces grilles "
    "ont été faites, ou le candidat ne vient pas. Un retour de ces grilles sera refusé.",
)

GRIDS_CHANGED = warning(
    "made-grids-changed",
    "{count} grille(s) déjà faite(s) ne demandent plus ce que dit la session : {people}.",
    "Lancer « sheetgen generate » et envoyer les compléments du dossier « envois » à qui n'a pas "
    "rendu la sienne.",
    "Une absence, un aménagement, une voie d'accès, un résultat conservé, ou ce que le juré "
    "évalue, a changé depuis que ces grilles ont été faites.",
)

GRIDS_LACK_BLOCKS = warning(
    "made-grids-lack-blocs",
    "{count} grille(s) déjà faite(s) n'ont pas tous les blocs à évaluer : {people}.",
    "Lancer « sheetgen generate » et envoyer les compléments du dossier « envois ».",
    "Des blocs ont été ajoutés à ce que le candidat présente, ou à ce que le juré évalue, depuis "
    "que ces grilles ont été faites : il faut en envoyer de nouvelles.",
)

GRIDS_REMADE = warning(
    "made-grids-remade",
    "{count} grille(s) déjà faite(s) ont été refaites ({people}) : {why}.",
    "Envoyer les compléments du dossier « envois » : les anciennes seraient refusées, ou "
    "incomplètes.",
    "Le référentiel, ou les blocs à évaluer, ont changé depuis que ces grilles ont été faites. "
    "Le complément d'un juré ne contient que les grilles neuves ou changées.",
)

GRIDS_LEFT = info(
    "made-grids-left",
    "{count} grille(s) où quelqu'un a écrit restent telles quelles : {files}.",
    "Rien à faire : seuls la date limite ou l'intitulé de la session ont changé depuis.",
    "Une grille que sheetgen a écrite et que personne n'a touchée est mise à jour d'elle-même ; "
    "une grille où quelqu'un a écrit, jamais.",
)

PAPERS_LEFT = warning(
    "made-papers-outdated",
    "{count} document(s) ne sont plus à jour, et ont été laissés tels quels : {files}.",
    "Les déplacer et relancer « sheetgen generate », ou relancer avec --force : ils seront alors "
    "gardés sous un autre nom.",
    "La session, le référentiel ou le modèle a changé depuis que ces documents ont été écrits. "
    "Ceux que personne n'a modifiés sont refaits d'eux-mêmes ; quelqu'un a modifié ceux-là, ou une "
    "version de sheetgen qui n'en gardait pas la trace les a écrits.",
)

PAPERS_OUTDATED = warning(
    "made-papers-to-renew",
    "{count} document(s) ne sont plus à jour : {files}.",
    "Relancer « sheetgen {command} ».",
    "session.xlsx, le référentiel ou un modèle a changé depuis que ces documents ont été écrits.",
)

OTHER_SESSION_OF_CODE = error(
    "other-session-of-code",
    "Le code « {code} » est celui d'une autre session : {former}. Celle de session.xlsx est {now}.",
    "Donner un autre Code à la nouvelle session (feuille Session de session.xlsx). S'il s'agit de "
    "la même, rétablir {what}.",
    "Le code nomme le dossier des résultats et figure dans chaque grille. Deux sessions d'un même "
    "code mêleraient leurs grilles et leurs décisions : celles de juin compteraient en décembre. "
    "Une session se reconnaît à ses candidats, et à sa date dès qu'elle est close.",
)

SESSION_POSTPONED = info(
    "session-postponed",
    "La date de la session est passée du {former} au {now} depuis le dernier « generate ».",
    "Rien à faire si la session est reportée ; « sheetgen generate » refait ce qui porte la date.",
    "Une session qui n'est pas close peut changer de date.",
)

SESSION_CLOSED = info(
    "session-closed",
    "session close, le {closed}.",
    "Rien de ce qui y a été décidé ne change ; « finalize --reopen MOTIF » la rouvre.",
    "« finalize » a clos la session : ses décisions et ses documents sont figés dans final/.",
)
"""Said by commands that go on all the same."""

NUMBER_OF_ANOTHER = error(
    "number-of-another",
    "Le numéro {candidate} n'est plus celui de la personne sur qui le jury a décidé.",
    "Rendre son numéro à chacun dans session.xlsx. Si le nom a seulement changé, écrire celui "
    "d'alors dans la colonne Ancien nom.",
    "Une session anonyme ne montre que des numéros. Le classeur garde une empreinte du nom de "
    "chacun : deux numéros échangés donneraient à l'un la décision de l'autre.",
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

BIRTH_DATE_CHANGED = warning(
    "birth-date-changed",
    "Le candidat n° {candidate}, {name}, est né(e) le {found} d'après le classeur ; la session dit "
    ": {now}.{elsewhere}",
    "Vérifier la date de naissance dans session.xlsx avant de clore : elle s'imprime sur les "
    "attestations et le parchemin.",
    "Une date corrigée, ou deux dates échangées, entre la consolidation et la clôture. Le nom est "
    "resté le même : rien d'autre ne le montre.",
)

ABSENT_REPLACED = error(
    "absent-replaced",
    "Le candidat n° {candidate}, qui n'est pas venu, était {then} quand la consolidation a été "
    "faite ; c'est maintenant {now}.",
    "Rendre sa ligne à {then} dans session.xlsx, et inscrire {now} sous un numéro qui n'a jamais "
    "servi. Si c'est la même personne, écrire « {then} » dans sa colonne « Ancien nom ».",
    "La ligne d'un absent ne sert pas à quelqu'un d'autre : le procès-verbal et la session "
    "suivante le donneraient absent à la place d'une autre personne.",
)

ABSENT_GONE = error(
    "absent-gone",
    "Le candidat n° {candidate}{name}, qui n'est pas venu, était de la session quand la "
    "consolidation a été faite ; il n'y est plus.{elsewhere}",
    "Remettre sa ligne dans session.xlsx. S'il n'aurait jamais dû y être, relancer « sheetgen "
    "consolidate », qui reprend ce que le jury a écrit, et clore avec ce classeur.",
    "Le procès-verbal compte les absents, et la session suivante les reprend. Aucune ligne de la "
    "feuille Délibération ne montre qu'il en manque un.",
)

BIRTH_DATE_CORRECTED = info(
    "birth-date-corrected",
    "Le candidat n° {candidate}, {name}, est né(e) le {found} d'après ses grilles ; session.xlsx "
    "dit : {now}.",
    "Rien à faire si la date a été corrigée : elle s'imprime sur les attestations et le parchemin.",
    "Le nom est resté le même depuis que les grilles ont été faites : c'est la même personne.",
    Together(
        sentence="{count} candidats n'ont plus la date de naissance qu'ils avaient quand leurs "
        "grilles ont été faites : {items}.",
        item="n° {candidate} ({found}, maintenant {now})",
    ),
)

BIRTH_DATES_EXCHANGED = warning(
    "birth-dates-exchanged",
    "Le candidat n° {candidate}, {name}, est né(e) le {found} d'après ses grilles ; session.xlsx "
    "dit : {now}, et donne cette date au candidat n° {other}, {heir}.",
    "Vérifier les deux dates dans la feuille Candidats de session.xlsx : la colonne a peut-être "
    "été triée ou décalée sans les autres.",
    "Les noms sont restés les mêmes depuis que les grilles ont été faites : rien d'autre ne montre "
    "que des dates ont été échangées. Elles s'impriment sur les attestations et le parchemin.",
)

STAND_IN_TOLD = info(
    "stand-in-told",
    "{juror} remplace {replaced}. À sa charge : {taken}{kept}.",
    "{sending}Il n'y a plus rien à demander au juré remplacé ; une grille complète qu'il "
    "renverrait encore compterait en son nom.",
    "Qui remplace un juré reprend les grilles que celui-ci n'avait pas rendues complètes.",
)

STAND_IN_WAS_SEATED = warning(
    "stand-in-was-seated",
    "{count} grille(s) ont été faites pour un juré qui n'en remplaçait alors aucun autre, et que "
    "la colonne « Remplace » met maintenant à la place d'un autre : {people}. Là où le juré "
    "remplacé a rendu la sienne, elles ne compteraient pas.",
    "Rien à faire si ce juré n'est venu que pour remplacer l'autre. S'il siégeait déjà, vider "
    "Remplace et écrire dans Affectations qui évalue qui.",
    "Qui remplace un juré n'a pas d'autre place que la sienne : à eux deux, ils donnent un avis "
    "par candidat. Deux jurés qui ont siégé ensemble en donnent deux.",
)

PAPER_FOR_NOBODY = error(
    "paper-for-nobody",
    "--paper : « {juror} » n'est le code d'aucun juré qui ait une grille ; rien n'est fait sur "
    "papier pour lui.",
    "Donner le code d'un juré de la feuille Jurés : {allowed}.",
    "Les grilles sur papier se demandent par le code du juré, comme « --paper J3 » ; l'option se "
    "répète pour plusieurs jurés.",
)
