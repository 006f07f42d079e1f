"""Kinds of problem of the référentiel and of the session, each as a whole."""

from __future__ import annotations

from sheetgen.problems.records import error, info, warning

# The référentiel as a whole.

LOGO_MISSING = warning(
    "logo-missing",
    "L'image « {found} » est introuvable ou n'est pas un fichier PNG ou JPEG.",
    "Placer l'image dans le dossier du référentiel et écrire son nom, ou vider la cellule.",
    "Sans image, les documents sortent sans logo.",
)
VERIFICATION_PAGE_UNUSABLE = error(
    "verification-page-unusable",
    "« {found} » n'est pas l'adresse d'une page de vérification.",
    "Écrire une adresse entière qui commence par https://, sans « # », ou vider la cellule.",
    "Le code QR des documents porte cette adresse pour toujours ; les navigateurs ne vérifient une "
    "signature que sur une page sûre.",
)
BLOCK_CODE_UNUSABLE = error(
    "block-code-unusable",
    "Le code de bloc « {found} » ne peut pas nommer une feuille : {reason}.",
    "Choisir un code court comme BC01.",
    "Chaque bloc a sa feuille dans les grilles, nommée par son code. Excel refuse [ ] : * ? / \\ "
    "et l'apostrophe au début ou à la fin ; certains noms sont déjà pris.",
)
BLOCK_EMPTY = error(
    "block-without-competency",
    "Le bloc « {code} » n'a aucune compétence.",
    "Ajouter une compétence dans l'une de ses activités, ou supprimer le bloc.",
    "Un bloc sans compétence ne peut pas être évalué.",
)
COMPETENCY_EMPTY = error(
    "competency-without-criterion",
    "La compétence « {code} » n'a aucun critère.",
    "Ajouter au moins un critère dans la feuille Critères, ou supprimer la compétence.",
    "Une compétence sans critère ne peut pas être évaluée.",
)
ITEM_UNUSED = warning(
    "item-unused",
    "« {code} » n'est utilisé par aucune ligne de la feuille {users}.",
    "Supprimer la ligne si elle est de trop.",
    "Une activité sans compétence ou une modalité sans compétence n'apparaît nulle part.",
)
SCALE_LABEL_RESERVED = error(
    "scale-label-reserved",
    "« {found} » ne peut pas être un niveau de l'échelle.",
    "Supprimer la ligne : « Non observé » est toujours proposé, « Exempté » vient d'ailleurs.",
    "Ces deux mots ont un sens à part : ils ne valent aucun point.",
)
SCALE_LABEL_DUPLICATE = error(
    "scale-label-duplicate",
    "Le libellé « {found} » est déjà utilisé en {other}.",
    "Donner à chaque niveau un libellé différent ; majuscules et accents ne comptent pas.",
    "Un juré doit pouvoir distinguer les niveaux par leur libellé.",
)
SHORTCUT_AMBIGUOUS = error(
    "scale-shortcut-ambiguous",
    "Le raccourci « {found} » de « {label} » {reason}.",
    "Choisir une autre lettre ou un autre chiffre, ou laisser la cellule vide.",
    "Chaque raccourci d'une échelle n'a qu'un sens. Il ne commence aucun autre libellé : un "
    "tableur complète ce qui est tapé d'après les cases du dessus. Là où des notes sont données, "
    "un chiffre serait pris pour une note.",
)
SCALE_POINTS_EQUAL = error(
    "scale-points-equal",
    "Les niveaux « {found} » et « {other} » valent tous deux {points}.",
    "Donner à chaque niveau un nombre de points différent.",
    "Deux niveaux de même valeur ne se distinguent plus une fois les jurés réunis.",
)
SCALE_ORDER = error(
    "scale-order",
    "Le niveau « {found} » (Acquis : Oui) ne vaut pas plus de points que « {other} » (Acquis : "
    "Non).",
    "Corriger les points ou la colonne Acquis.",
    "Tout niveau acquis doit valoir plus que tout niveau non acquis.",
)
SCALE_INCOMPLETE = error(
    "scale-incomplete",
    "Aucun niveau n'a « {value} » dans la colonne Acquis.",
    "Prévoir au moins un niveau acquis et un niveau non acquis.",
    "Une échelle où tout est acquis, ou rien, ne permet pas de décider.",
)
NOTE_SCALE = error(
    "note-scale-incoherent",
    "L'échelle de notes est impossible : {reason}.",
    "Corriger Note minimale, Note maximale, Pas et Note d'acquisition.",
    "Le minimum est inférieur au maximum, le pas est supérieur à 0 et divise leur écart, la note "
    "d'acquisition est comprise entre les deux.",
)
ELIMINATORY_OUT_OF_SCALE = error(
    "eliminatory-out-of-scale",
    "Le Seuil éliminatoire ({found}) sort de l'échelle, de {minimum} à {maximum}.",
    "Choisir un nombre de points de l'échelle, ou vider la cellule pour le minimum.",
    "En dehors de l'échelle, le seuil ne jouerait jamais, ou toujours.",
)
THRESHOLD_IGNORED = warning(
    "threshold-ignored",
    "« {name} » est sans effet avec « {rule} ».",
    "Vider la cellule, ou choisir une autre règle.",
    "Le seuil n'entre pas dans la règle choisie.",
)
COUNT_ABOVE_CRITERIA = warning(
    "count-above-criteria",
    "Seuil compétence demande {found} critères acquis ; aucune compétence n'en a plus de {most}.",
    "Vérifier le seuil : tel quel, tous les critères sont exigés.",
    "Avec « nombre de critères », un seuil plus grand que le nombre de critères d'une compétence "
    "les exige tous.",
)

# The session as a whole.

FILE_NAME_COLLISION = error(
    "file-name-collision",
    "« {found} » donnerait les mêmes noms de fichiers que « {other} » ({cell}).",
    "Changer l'un des deux codes ; accents, majuscules et signes ne comptent pas.",
    "Les grilles sont nommées d'après les numéros et les codes, en lettres sans accent.",
)
NUMBER_IS_NIR = error(
    "candidate-number-is-nir",
    "Ce numéro de candidat ressemble à un numéro de sécurité sociale.",
    "Donner un autre numéro, propre à la session.",
    "Le numéro de sécurité sociale ne doit figurer dans aucune grille.",
)
CERTIFICATION_EXPIRED = warning(
    "certification-expired",
    "La session a lieu le {date}, après l'échéance de la certification ({expiry}).",
    "Vérifier les deux dates.",
    "Une certification échue ne peut plus être délivrée à de nouveaux candidats.",
)
PRESIDENT_MISSING = error(
    "president-missing",
    "Aucun juré n'a le rôle Président.",
    "Écrire Président dans la colonne Rôle d'un juré, et d'un seul.",
    "Le jury a un président et un seul.",
)
PRESIDENT_SEVERAL = error(
    "president-several",
    "{found} est un second président ; {other} l'est déjà.",
    "Ne garder qu'un Président ; les autres sont Membre.",
    "Le jury a un président et un seul.",
)
DATE_TO_COME = warning(
    "date-to-come",
    "« {name} » est dans l'avenir ({found}).",
    "Vérifier l'année.",
    "Une date de naissance, d'avis ou de décision est passée. La date de la session et la date "
    "limite de retour peuvent être à venir.",
)
CANDIDATE_TWICE = warning(
    "candidate-twice",
    "{found} est déjà inscrit en {other}, avec {birth}.",
    "Si c'est la même personne, supprimer une des lignes ; sinon compléter Date de naissance.",
    "Deux candidats de mêmes nom, prénom et date de naissance sont presque toujours une seule "
    "personne inscrite deux fois.",
)
JUROR_IS_CANDIDATE = warning(
    "juror-is-candidate",
    "{found} est juré et porte le nom du candidat {candidate}.",
    "Si c'est la même personne, la retirer du jury ; sinon rien à faire.",
    "Personne n'est juré de la session où il est candidat.",
)
JUROR_TWICE = warning(
    "juror-twice",
    "{found} est déjà juré en {other}.",
    "Si c'est la même personne, supprimer une des lignes ; sinon rien à faire.",
    "Une personne inscrite deux fois compterait pour deux jurés.",
)
HELD_PRESENTED = error(
    "held-bloc-presented",
    "Le candidat présente {blocks}, qu'il a déjà.",
    "Le retirer de Blocs présentés, ou de Blocs déjà acquis.",
    "Un bloc acquis l'est pour la vie : il ne se présente pas de nouveau.",
)
NOTHING_PRESENTED = warning(
    "nothing-presented",
    "Le candidat {candidate} ne présente aucun bloc : il les a déjà tous.",
    "Vérifier Blocs déjà acquis, ou retirer le candidat de la session.",
    "Aucune grille n'est faite pour un candidat qui ne présente rien.",
)
ROUTE_BLOCKS_UNSAID = warning(
    "route-blocs-unsaid",
    "Le candidat {candidate} vient en capitalisation sans que ses blocs soient nommés : il les "
    "présente tous.",
    "Remplir Blocs présentés, ou choisir Certification complète.",
    "Une cellule vide veut dire : tous les blocs qui ne sont pas déjà acquis.",
)
ROUTE_FULL_PARTIAL = warning(
    "route-full-partial",
    "Le candidat {candidate} vient pour la certification complète mais ne présente pas {blocks}, "
    "qu'il n'a pas.",
    "Compléter Blocs présentés, ou choisir Capitalisation de blocs.",
    "Sans ces blocs, la certification ne peut pas être délivrée.",
)
ASSIGNED_NOT_PRESENTED = error(
    "assigned-bloc-not-presented",
    "{juror} est affecté à {blocks}, que le candidat {candidate} ne présente pas ({presented}).",
    "Retirer ce bloc de la ligne, ou l'ajouter à Blocs présentés.",
    "Un juré n'évalue que ce que le candidat présente.",
)
ASSIGNED_ABSENT = info(
    "assigned-candidate-absent",
    "Le candidat {candidate} n'est pas présent : la ligne est sans effet.",
    "Rien à faire, ou corriger Statut.",
    "Aucune grille n'est faite pour un candidat absent, excusé ou qui a abandonné.",
)
ASSIGNED_INCOMPATIBLE = error(
    "assigned-incompatible",
    "{juror} est affecté au candidat {candidate}, avec qui il est incompatible.",
    "Affecter un autre juré, ou retirer cette ligne si d'autres évaluent le candidat. Sans aucune "
    "ligne dans Affectations, chaque juré évalue chaque candidat : y écrire alors qui évalue qui.",
    "Un juré n'évalue pas un candidat qu'il a formé ou qu'il connaît.",
)
BLOCK_WITHOUT_JUROR = error(
    "bloc-without-juror",
    "Aucun juré n'est affecté au candidat {candidate} pour {blocks}.",
    "Ajouter une ligne dans Affectations, ou vider la feuille pour que chaque juré évalue chaque "
    "candidat.",
    "Dès qu'une ligne existe dans Affectations, chaque bloc présenté doit y avoir un juré.",
)
JURORS_TOO_FEW = error(
    "jurors-too-few",
    "{who} : {found} pour {blocks} ; Jurés minimum est {minimum}.",
    "Affecter un juré de plus, ou changer la règle Jurés minimum du référentiel.",
    "Le règlement demande un nombre minimum de jurés par candidat et par bloc.",
)
EXTERNALS_TOO_FEW = error(
    "externals-too-few",
    "{who} : {found} pour {blocks} ; il faut au moins {minimum} %.",
    "Affecter un juré externe, corriger la colonne Externe, ou changer la règle Part minimale "
    "d'externes du référentiel.",
    "Le règlement demande une part minimale de jurés extérieurs au certificateur.",
)
EXEMPTION_WITHOUT_CRITERION = error(
    "exemption-without-criterion",
    "L'exemption ne nomme aucun critère.",
    "Remplir la colonne Critère ; une ligne par critère exempté.",
    "Une exemption porte sur un critère et un seul.",
)
EXEMPTION_WITHOUT_EFFECT = warning(
    "exemption-without-effect",
    "L'exemption du critère {criterion} n'a pas d'effet : {missing}.",
    "Compléter la ligne si l'exemption doit s'appliquer ; sinon rien à faire.",
    "Une exemption s'applique quand l'avis du référent handicap est daté, que les deux conditions "
    "sont à Oui et que le jury l'a accordée.",
)
EXEMPTION_NOT_PRESENTED = warning(
    "exemption-not-presented",
    "Le critère {criterion} appartient à un bloc que le candidat {candidate} ne présente pas "
    "({block}).",
    "Vérifier le critère ou les blocs présentés.",
    "L'aménagement ne joue que dans un bloc présenté.",
)
ACCOMMODATION_DUPLICATE = error(
    "accommodation-duplicate",
    "Le critère {criterion} a déjà une exemption pour ce candidat en {other}.",
    "N'en garder qu'une ligne.",
    "Deux lignes pour la même exemption pourraient se contredire.",
)

ACCOMMODATION_PENDING = warning(
    "accommodation-pending",
    "{nature}, candidat {candidate} : la décision du jury est encore « En attente » ; les jurés "
    "n'en savent rien.",
    "Écrire Accordée ou Refusée dans Décision du jury avant d'envoyer les grilles.",
    "Un aménagement en attente ne figure ni dans les grilles ni dans les consignes : le candidat "
    "passerait sans lui.",
)

PRIVATE = frozenset(
    kind.code
    for kind in (
        EXEMPTION_WITHOUT_CRITERION,
        EXEMPTION_WITHOUT_EFFECT,
        EXEMPTION_NOT_PRESENTED,
        ACCOMMODATION_DUPLICATE,
        ACCOMMODATION_PENDING,
    )
)
"""Codes of problems that tell of a disability: `check` shows them, no output holds them."""
