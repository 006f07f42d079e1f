"""Groups of fields that several kinds of document share, each declared once with its meaning."""

from __future__ import annotations

from sheetgen.documents.shapes import Flag, Group, Items, Picture, Shape, Text

DOCUMENT = Group(
    "le document",
    {
        "titre": Text("titre du document, avec la session"),
        "reference": Text("référence du document : la session, le candidat, le bloc"),
    },
)

REISSUED: dict[str, Shape] = {
    "refait": Flag("le document en annule et remplace un autre, après une réouverture"),
    "remplace": Text("ce qu’il annule et remplace, en une phrase ; « — » s’il ne remplace rien"),
}
"""What papers made again after a reopening say; a page without it gets it in its header."""

NUMBERED: dict[str, Shape] = {
    "numerote": Flag("le document a un numéro : une attestation ou un parchemin inscrit"),
    "numero": Text("numéro du document au registre (P-2026-00012), ou « — »"),
}
"""The fields that the register gives to a paper."""

VERIFIED: dict[str, Shape] = {
    "verifiable": Flag(
        "le document est signé : une attestation ou un parchemin numéroté, dans une "
        "école qui a une page de vérification"
    ),
    "qr": Picture(
        "code QR de l’adresse où le document se vérifie ; absent s’il n’est pas signé, ou si "
        "elle est trop longue"
    ),
    "page_verification": Text("adresse de la page de vérification, ou « — »"),
    "code_verification": Text("code à recopier sur cette page, ou « — »"),
}
"""The fields by which anybody may verify a paper."""

SIGNED_DOCUMENT = Group("le document", {**DOCUMENT.fields, **REISSUED, **NUMBERED, **VERIFIED})

CERTIFICATION = Group(
    "la certification visée",
    {
        "intitule": Text("intitulé"),
        "niveau": Text("niveau national"),
        "niveau_cec": Text("niveau du cadre européen des certifications"),
        "code_rncp": Text("code RNCP"),
        "code_nsf": Text("code NSF"),
        "certificateur": Text("certificateur"),
        "date_decision": Text("date de la décision de France compétences"),
        "date_echeance": Text("date d’échéance de l’enregistrement"),
        "signataire": Text("signataire des documents officiels"),
        "qualite_signataire": Text("qualité du signataire"),
        "version": Text("version du référentiel"),
        "base_legale": Text("base légale"),
        "handicap": Text("passage général sur les candidats en situation de handicap"),
        "voies_recours": Text("voies de recours"),
        "nombre_blocs": Text("nombre de blocs de la certification"),
        "notes": Flag("l’échelle est faite de notes : les scores en sont"),
        "logo": Picture("image du logo du certificateur ; absente s’il n’y en a pas"),
    },
)

SESSION = Group(
    "la session",
    {
        "code": Text("code"),
        "intitule": Text("intitulé"),
        "date": Text("premier jour, en toutes lettres"),
        "jours": Text("jour, ou jours : « 15 juin 2026 », « du 15 au 16 juin 2026 »"),
        "dates": Text("les mêmes après « du » : « 15 juin 2026 », « 15 au 16 juin 2026 »"),
        "heure": Text("heure"),
        "date_limite": Text("date limite de retour des grilles, en toutes lettres"),
        "adresse": Text("adresse"),
        "lieu": Text("commune de l’adresse, à défaut l’adresse : pour « Fait à … »"),
        "centre": Text("centre"),
        "numero_pv": Text("numéro du procès-verbal"),
        "representant": Text("représentant du certificateur"),
        "anonyme": Flag("les candidats ne sont connus des jurés que par leur numéro"),
        "notation_commune": Flag("des membres du jury remplissent ensemble une même grille"),
    },
)

CLOSING_TIME = Group(
    "la clôture de la délibération",
    {
        "date": Text("date, en toutes lettres"),
        "heure": Text("heure"),
    },
)

CLOSING = Group(
    "la clôture de la délibération",
    {
        **CLOSING_TIME.fields,
        "incidents": Text("incidents, ou « Néant »"),
        "observations": Text("observations du jury, ou « Néant »"),
    },
)

_ROUTE: dict[str, Shape] = {
    "parcours": Text("Certification complète ou Capitalisation de blocs"),
    "capitalisation": Flag("le candidat ne présente que des blocs"),
    "voie_acces": Text("voie d’accès"),
    "statut": Text("Présent, Absent, Excusé ou Abandon"),
    "present": Flag("le candidat s’est présenté"),
    "abandon": Flag("le candidat a abandonné"),
}

SET_ASIDE: dict[str, Shape] = {
    "grilles_ecartees": Flag("absent, excusé ou parti : ses grilles revenues ne comptent pas"),
}
"""Whether grids came back, and do not count, of a candidate who was not present."""

MEAN_AND_MENTION: dict[str, Shape] = {
    "moyenne": Text("moyenne générale des blocs présentés, ou « — »"),
    "mention": Text("mention accordée, ou « — »"),
    "avec_mention": Flag("la certification est délivrée avec une mention"),
}
"""The general mean and the mention of a candidate."""

CANDIDATE = Group(
    "le candidat",
    {
        "numero": Text("numéro"),
        "identite": Text("prénom et nom, ou « Candidat n° … » si la session est anonyme"),
        "nom": Text("nom, ou « Anonyme »"),
        "prenom": Text("prénom, ou « Anonyme »"),
        "date_naissance": Text("date de naissance, ou « Anonyme »"),
        **_ROUTE,
        "resultat": Text(
            "Délivrée, Validation partielle, Non délivrée, À délibérer, Incomplète ; Absent, "
            "Excusé ou Abandon"
        ),
        "proposition": Text("ce que les règles proposaient pour la certification"),
        "motif_jury": Text("motif du jury pour la certification, ou « — »"),
        **SET_ASIDE,
        **MEAN_AND_MENTION,
        "mention_decidee": Flag("le jury s’est prononcé sur la mention"),
        "mention_proposee": Text("mention que les règles proposaient, ou « Aucune » ; ou « — »"),
        "mention_retenue": Text("mention que le jury retient, ou « Aucune » ; ou « — »"),
        "mention_motif": Text("motif du jury pour la mention, ou « — »"),
    },
)

PERSON = Group(
    "un candidat, nommé",
    {
        "numero": Text("numéro"),
        "identite": Text("prénom et nom"),
        "nom": Text("nom"),
        "prenom": Text("prénom"),
        "date_naissance": Text("date de naissance"),
        "civilite": Text("civilité, ou « — »"),
        "autres_prenoms": Text("autres prénoms, ou « — »"),
        "identite_complete": Text("civilité, prénoms et nom, sans ce que la session laisse vide"),
        "ne": Text("né ou née selon la colonne Sexe, né(e) si elle est vide"),
        "nom_naissance": Text("nom de naissance, ou « — » s’il est vide ou le même que le nom"),
        "lieu_naissance": Text("lieu de naissance, ou « — »"),
        "pays_naissance": Text("pays de naissance, ou « — »"),
        **_ROUTE,
    },
)

MEMBER = Group(
    "un membre du jury",
    {
        "code": Text("code du juré"),
        "nom": Text("nom"),
        "prenom": Text("prénom"),
        "nom_complet": Text("prénom et nom"),
        "qualite": Text("qualité"),
        "organisme": Text("organisme"),
        "externe": Text("Oui ou Non"),
        "est_externe": Flag("extérieur au certificateur"),
        "role": Text("Président ou Membre"),
        "president": Flag("préside le jury"),
        "jury": Text("nom du jury où il siège, ou « — » s’il n’y en a qu’un"),
        "remplacement": Text("« remplacement par … » ou « remplace … », ou « — »"),
    },
)

MARKING_MEMBER = Group(
    "un membre du jury du candidat",
    {
        **MEMBER.fields,
        "blocs": Text("codes des blocs évalués pour ce candidat, ou « — »"),
        "avis": Text("avis général du juré sur le candidat"),
        "remarques": Text("remarques générales du juré"),
    },
)


def jury(meaning: str, member: Group) -> Group:
    """Return the fields of a jury made of such members."""
    return Group(
        meaning,
        {
            "nom": Text("nom du jury, ou « — » s’il n’y en a qu’un"),
            "president": Text("prénom et nom de la présidente ou du président"),
            "membres": Items("le jury, présidence comprise", member),
            "evaluateurs": Items("ceux qui évaluent sans siéger ni signer", member),
            "composition": Text("part des membres extérieurs, en une phrase"),
        },
    )


SITTING_JURY = Group(
    "le jury qui a siégé",
    {
        **jury("le jury qui a siégé", MEMBER).fields,
        "declaration": Text("déclaration d’absence de lien, telle que le jury l’a remplie"),
        "en_commun": Flag("des appréciations ont été données en commun"),
        "notation": Text("qui a évalué qui, ensemble ou seul, si ce fut en commun ; ou « — »"),
        "non_siegeants": Text("jurés de la session qui n’ont évalué personne, ou « — »"),
    },
)
"""The jury that sat, for what is signed at the end."""


_MENTION = Group(
    "une mention sur un critère",
    {
        "nature": Text("Exempté, Non observé, Écart entre jurés, Remarque (nom du juré)…"),
        "texte": Text("ce qui est dit ; vide quand la nature suffit"),
    },
)

_MARK = Group(
    "l’appréciation d’un juré",
    {
        "jure": Text("code du juré"),
        "nom": Text("prénom et nom du juré"),
        "valeur": Text("niveau de l’échelle, note sur son maximum (6/8), ou « Non observé »"),
        "remarque": Text("observation du juré sur ce critère ; vide s’il n’y en a pas"),
    },
)

_CRITERION = Group(
    "un critère",
    {
        "code": Text("code du critère (C1.1.1)"),
        "intitule": Text("texte du critère"),
        "etat": Text(
            "Évalué, À délibérer, Exempté, Non observé, Manquant, Sans objet, Non ouvert, Absent "
            "ou Conservé"
        ),
        "epreuve": Text("code de l’épreuve du critère, ou « — »"),
        "groupe": Text("titre du groupe du critère, ou « — »"),
        "titre_groupe": Text(
            "titre du groupe, pour le premier de ses critères que le rapport signale ; sinon « — »"
        ),
        "note": Text("note retenue sur son maximum (6/8), points sur une échelle ; sinon « — »"),
        "exempte": Flag("le critère est exempté"),
        "ecart": Flag("les jurés s’écartent autant que les règles le signalent"),
        "appreciations": Items("appréciations, par juré", _MARK),
        "mentions": Items("ce que le rapport signale sur ce critère", _MENTION),
    },
)

_EVIDENCE = Group(
    "une pièce",
    {
        "intitule": Text("intitulé de la pièce"),
        "date": Text("date d’obtention, ou « — »"),
        "valable": Text("dernier jour de validité, ou « — »"),
        "etat": Text("acceptée, refusée, en attente ou périmée"),
        "acceptee": Flag("la pièce est acceptée, et valable à la date de la session"),
    },
)

_BY_EVIDENCE: dict[str, Shape] = {
    "sans_objet": Flag("rien de la compétence n’est demandé à ce candidat"),
    "par_piece": Flag("la compétence s’acquiert sur pièce, sans critère"),
    "pieces": Items("pièces montrées pour une compétence sur pièce", _EVIDENCE),
}

_SCORE = "score : une note (12,5/20) là où l’on note, sinon un pourcentage ; ou « — »"

_COMPETENCY = Group(
    "une compétence",
    {
        "code": Text("code de la compétence (C1.1)"),
        "intitule": Text("texte de la compétence"),
        "resultat": Text("Acquise, Non acquise, À délibérer, Incomplète ou Sans objet"),
        "score": Text(_SCORE),
        **_BY_EVIDENCE,
        "criteres": Items("tous les critères de la compétence", _CRITERION),
    },
)

_ACTIVITY = Group(
    "une activité",
    {
        "code": Text("code de l’activité (A1.1)"),
        "intitule": Text("texte de l’activité"),
        "nommee": Flag("faux pour des compétences qui ne sont d’aucune activité"),
        "competences": Items("compétences de l’activité", _COMPETENCY),
    },
)

_METHOD_FIELDS: dict[str, Shape] = {
    "code": Text("code de la modalité (M1.1)"),
    "intitule": Text("intitulé court, à défaut le type"),
    "type": Text("type de la modalité"),
    "seuil": Text(
        "score à atteindre, où quelque chose en dépend ; le plancher, où la moyenne des épreuves "
        "décide ; sinon « — »"
    ),
    "condition": Text("codes des épreuves à réussir pour qu’elle s’ouvre, ou « — »"),
    "collective": Flag("les candidats la passent ensemble"),
}

_METHOD = Group(
    "une modalité d’évaluation",
    {
        **_METHOD_FIELDS,
        "competences": Text("codes des compétences évaluées ainsi"),
        "description": Text("texte de la modalité"),
        "variante": Text("ce qui change pour qui ne présente que des blocs"),
    },
)

_KEPT = {
    "origine": Text("session et date d’un résultat conservé, ou « — »"),
    "renonce": Text("résultat d’une autre session auquel le candidat a renoncé, ou « — »"),
}

ASSESSMENT = Group(
    "une épreuve",
    {
        **_METHOD_FIELDS,
        "blocs": Text("codes des blocs où elle compte"),
        "resultat": Text(
            "Réussie, Échouée, À délibérer, Incomplète, Non ouverte, Absente, Conservée"
        ),
        "reussie": Flag("l’épreuve est réussie à cette session"),
        "decide": Flag(
            "son résultat dit quelque chose ; faux où il n’est que « Comptée dans la moyenne » ou "
            "« Évaluée », et où sa note importe seule"
        ),
        "score": Text(_SCORE),
        "absence": Text("Absence justifiée ou non, À représenter, les deux, ou « — »"),
        **_KEPT,
    },
)

ASSESSMENTS = Items("épreuves du candidat ; aucune où aucune règle ne les regarde", ASSESSMENT)

_OPTION: dict[str, Shape] = {
    "option": Flag("le bloc est une option"),
    "epreuves": Items("épreuves du bloc ; aucune où aucune règle ne les regarde", ASSESSMENT),
}

_REASON = Group(
    "un motif",
    {
        "objet": Text("code de la compétence ou du critère en cause"),
        "texte": Text("le motif, en une phrase"),
    },
)

BLOCK = Group(
    "un bloc de compétences",
    {
        "code": Text("code du bloc (BC01)"),
        "intitule": Text("intitulé du bloc"),
        "activite": Text("code de l’activité du bloc (A1)"),
        "situation": Text("Présenté, Déjà acquis ou Non présenté"),
        "presente": Flag("le candidat présente ce bloc"),
        "acquis": Flag("le candidat détient déjà ce bloc"),
        "resultat": Text("Validé, Non validé, À délibérer, Incomplet, Déjà acquis, Non présenté"),
        "proposition": Text("ce que les règles proposaient pour ce bloc"),
        "motif_jury": Text("motif du jury pour ce bloc, ou « — »"),
        "score": Text(_SCORE),
        **_OPTION,
        "groupe": Text("groupe d’options du bloc, ou « — »"),
        "motifs": Items("motifs du résultat proposé", _REASON),
        "jures": Text("codes des jurés qui évaluent ce bloc"),
        "modalites": Items("modalités d’évaluation du bloc", _METHOD),
        "activites": Items("activités du bloc, avec leurs compétences", _ACTIVITY),
        "competences": Items("compétences du bloc", _COMPETENCY),
    },
)

NAMED_BLOCK = Group(
    "un bloc de la certification",
    {
        "code": Text("code du bloc (BC01)"),
        "intitule": Text("intitulé du bloc"),
        "activite": Text("code de l’activité du bloc (A1)"),
        "rang": Text("rang du bloc dans la certification (1)"),
    },
)

CERTIFIED_BLOCK = Group(
    "le bloc attesté",
    {
        **NAMED_BLOCK.fields,
        **_OPTION,
        "epreuves": Items(
            "épreuves du bloc, sauf ce que les règles laissent au jury ; aucune où aucune règle ne "
            "les regarde",
            ASSESSMENT,
        ),
    },
)

HOLDER = Group("le titulaire", {**PERSON.fields, **MEAN_AND_MENTION})

_DECIDED_COMPETENCY = Group(
    "une compétence d’un bloc décidé",
    {
        "code": Text("code de la compétence (C1.1)"),
        "intitule": Text("texte de la compétence"),
        "resultat": Text("Acquise, Non acquise, À délibérer ou Sans objet"),
        "score": Text(_SCORE),
        **_BY_EVIDENCE,
        **_KEPT,
    },
)

DECIDED_BLOCK = Group(
    "un bloc, tel que le jury l’a décidé",
    {
        **NAMED_BLOCK.fields,
        "situation": Text("Présenté, Déjà acquis ou Non présenté"),
        "presente": Flag("le candidat présentait ce bloc"),
        "acquis": Flag("le candidat détenait déjà ce bloc"),
        "valide": Flag("le jury a validé ce bloc"),
        "resultat": Text("Validé, Non validé, Déjà acquis ou Non présenté"),
        "motif": Text(
            "motif du jury, ou « — » ; à défaut, pour un bloc non validé, ceux des règles"
        ),
        "score": Text(_SCORE),
        **_OPTION,
        "competences": Items("compétences du bloc présenté", _DECIDED_COMPETENCY),
    },
)

KEPT_ITEM = Group(
    "une épreuve ou une compétence gardée pour une autre session",
    {
        "code": Text("code de l’épreuve ou de la compétence"),
        "intitule": Text("son intitulé"),
        "score": Text(_SCORE),
        "valable": Text("dernier jour où elle est gardée (15/06/2027), ou « — »"),
    },
)

DECIDED_PERSON = Group(
    "un candidat, avec ce que le jury a décidé",
    {
        **PERSON.fields,
        "resultat": Text(
            "Délivrée, Validation partielle, Non délivrée ; Absent, Excusé ou Abandon"
        ),
        "delivree": Flag("la certification est délivrée"),
        "motif": Text("motif du jury pour la certification, ou « — »"),
        "blocs_valides": Text("codes des blocs validés à cette session, ou « — »"),
        "blocs_acquis": Text("codes des blocs détenus avant cette session, ou « — »"),
        "blocs_non_valides": Text("codes des blocs présentés et non validés, ou « — »"),
        "blocs_restants": Text("codes des blocs que le candidat ne détient pas, ou « — »"),
        "ajourne": Flag("les règles de rattrapage lui permettent de se représenter"),
        "refuse": Flag("les règles de rattrapage ne lui permettent plus de se représenter"),
        "rattrapage": Text(
            "s’il peut se représenter, jusqu’à quand, combien de fois, à quels blocs, ou pourquoi "
            "non ; « — » où aucune règle de rattrapage ou de conservation ne le dit"
        ),
        "conserves": Items("ce qu’il garde d’un bloc non validé", KEPT_ITEM),
        "reste_a_acquerir": Flag("il manque au candidat un bloc obligatoire, ou une option"),
        "en_commun": Flag("des appréciations lui ont été données en commun"),
        "aussi_seul": Flag("un juré ou un évaluateur lui en a donné seul"),
        **SET_ASIDE,
        **MEAN_AND_MENTION,
    },
)
