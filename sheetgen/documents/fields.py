"""The fields that each kind of template may name, with their meaning.

The contexts give a value to each, the template check compares a template's expressions with them,
and the documentation lists them. Names are French: schools write them in Word.
"""

from __future__ import annotations

from sheetgen.documents.field_groups import (
    ASSESSMENTS,
    BLOCK,
    CANDIDATE,
    CERTIFICATION,
    CERTIFIED_BLOCK,
    CLOSING,
    CLOSING_TIME,
    DECIDED_BLOCK,
    DECIDED_PERSON,
    DOCUMENT,
    HOLDER,
    MARKING_MEMBER,
    MEMBER,
    NAMED_BLOCK,
    PERSON,
    REISSUED,
    SESSION,
    SIGNED_DOCUMENT,
    SITTING_JURY,
    jury,
)
from sheetgen.documents.shapes import Flag, Group, Items, Picture, Shape, Text

__all__ = [
    "ATTENDANCE",
    "BLOCK_CERTIFICATE",
    "CONVOCATION",
    "DIPLOMA",
    "EXPLANATION",
    "INSTRUCTIONS",
    "MINUTES",
    "NOTIFICATION",
    "PAPER_GRID",
    "REPORT",
    "TRANSCRIPT",
    "Flag",
    "Group",
    "Items",
    "Picture",
    "Shape",
    "Text",
]

REPORT = Group(
    "le rapport du jury",
    {
        "rapport": Group(
            "le document",
            {
                "titre": Text("titre du document, avec le candidat et la session"),
                "rempli": Flag("le rapport porte des résultats ; faux pour l’exemplaire vierge"),
                "provisoire": Flag("des appréciations manquent encore dans la session"),
                "definitif": Flag("les résultats sont ceux que le jury a décidés"),
                "grilles_manquantes": Text("jurés dont la grille manque pour ce candidat"),
                "mentions": Items(
                    "les mentions que la certification peut porter",
                    Group("une mention", {"libelle": Text("son libellé")}),
                ),
                **REISSUED,
            },
        ),
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING_TIME,
        "candidat": CANDIDATE,
        "blocs": Items("tous les blocs du référentiel", BLOCK),
        "blocs_presentes": Items("les blocs que le candidat présente", BLOCK),
        "epreuves": ASSESSMENTS,
        "jury": jury("le jury du candidat", MARKING_MEMBER),
    },
)
"""Everything `templates/rapport-jury.docx` may name."""

_EXPECTED = Group(
    "un candidat inscrit",
    {
        **PERSON.fields,
        "blocs": Text("codes des blocs présentés, ou « — »"),
        "passage": Text("heure de passage, ou « — » ; « — » si la session est anonyme"),
        "salle": Text("salle, ou « — »"),
    },
)

ATTENDANCE = Group(
    "la feuille d’émargement",
    {
        "document": Group(
            "le document",
            {
                **DOCUMENT.fields,
                "jours": Text("jour de la session, ou le premier et le dernier des passages"),
            },
        ),
        "certification": CERTIFICATION,
        "session": SESSION,
        "candidats": Items(
            "les candidats inscrits ; sans numéro, par ordre alphabétique, si la session est "
            "anonyme",
            _EXPECTED,
        ),
        "jury": jury("le jury de la session", MEMBER),
        "feuilles": Items(
            "les feuilles, une par jour et par salle ; une seule sans passages ni salles",
            Group(
                "une feuille",
                {
                    "premiere": Flag("la première feuille"),
                    "date": Text("jour, en toutes lettres ; à défaut ceux de la session"),
                    "heure": Text("heure du premier passage, à défaut celle de la session"),
                    "numero_pv": Text("numéro du procès-verbal, ou des procès-verbaux"),
                    "salle": Text("salle, ou « — »"),
                    "avec_salle": Flag("une salle est fixée"),
                    "jury": Text("nom du jury, ou « — »"),
                    "avec_jury": Flag("il y a plusieurs jurys"),
                    "avec_passage": Flag("des heures de passage sont fixées"),
                    "sur_une_page": Flag("la feuille est celle d’un jour ou d’une salle"),
                    "candidats": Items("ceux qui y sont attendus, par heure de passage", _EXPECTED),
                    "membres": Items("ceux du jury qui y évaluent, présidence comprise", MEMBER),
                    "evaluateurs": Items("ceux qui y évaluent sans siéger", MEMBER),
                },
            ),
        ),
    },
)
"""Everything `templates/feuille-emargement.docx` may name."""

CONVOCATION = Group(
    "la convocation",
    {
        "document": DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "destinataire": Group(
            "la personne convoquée",
            {
                "numero": Text("numéro du candidat, ou code du juré"),
                "identite": Text("prénom et nom"),
                "nom": Text("nom"),
                "prenom": Text("prénom"),
                "civilite": Text("civilité d’un candidat, ou « — »"),
                "qualite": Text("qualité d’un juré, ou « — »"),
                "organisme": Text("organisme d’un juré, ou « — »"),
            },
        ),
        "convocation": Group(
            "ce à quoi elle est convoquée",
            {
                "jure": Flag("un juré est convoqué ; faux pour un candidat"),
                "preside": Flag("ce juré préside le jury"),
                "date": Text("jour, ou jours, où la personne est attendue, en toutes lettres"),
                "heure": Text("heure de passage, à défaut celle de la session"),
                "avec_passage": Flag("une heure de passage est fixée"),
                "salle": Text("salle, ou « — »"),
                "avec_salle": Flag("une salle est fixée"),
                "jury": Text("nom du jury, ou « — » quand il n’y en a qu’un"),
                "blocs": Text("codes des blocs présentés, ou évalués"),
                "candidats": Items(
                    "les candidats qu’un juré évalue, dans l’ordre des passages ; sans passage ni "
                    "salle, dans celui du classeur, si la session est anonyme",
                    Group(
                        "un candidat à évaluer",
                        {
                            "numero": Text("numéro"),
                            "identite": Text("prénom et nom ; « — » si la session est anonyme"),
                            "passage": Text(
                                "jour, s’il y en a plusieurs, et heure de passage, ou « — »"
                            ),
                            "date": Text("jour de passage, en toutes lettres, ou « — »"),
                            "heure": Text("heure de passage, ou « — »"),
                            "salle": Text("salle, ou « — »"),
                            "blocs": Text("codes des blocs que ce juré évalue"),
                        },
                    ),
                ),
            },
        ),
        "blocs": Items(
            "les blocs qu’un candidat présente",
            Group(
                "un bloc présenté",
                {
                    "code": Text("code du bloc (BC01)"),
                    "intitule": Text("intitulé du bloc"),
                },
            ),
        ),
    },
)
"""Everything `templates/convocation.docx` may name."""

PAPER_GRID = Group(
    "la grille à remplir sur papier",
    {
        "document": DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "grille": Group(
            "à qui est la grille",
            {
                "candidat": Text(
                    "nom et numéro du candidat ; son numéro si la session est anonyme"
                ),
                "jure": Text("nom et code du juré, ou ceux qui notent ensemble"),
                "siege": Flag("le juré siège, et déclare n’avoir aucun lien"),
                "plusieurs": Flag("plusieurs personnes la remplissent ensemble"),
            },
        ),
        "consignes": Items(
            "ce que le juré doit appliquer à ce candidat",
            Group("une consigne", {"texte": Text("la consigne, en une phrase")}),
        ),
        "signataires": Items("qui signe", Group("un signataire", {"nom": Text("prénom et nom")})),
        "blocs": Items(
            "les blocs à évaluer",
            Group(
                "un bloc à évaluer",
                {
                    "code": Text("code du bloc (BC01)"),
                    "intitule": Text("intitulé du bloc"),
                    "competences": Items(
                        "compétences à évaluer",
                        Group(
                            "une compétence à évaluer",
                            {
                                "code": Text("code de la compétence (C1.1)"),
                                "intitule": Text("début du texte de la compétence, sur une ligne"),
                                "criteres": Items(
                                    "critères de la grille",
                                    Group(
                                        "un critère à cocher",
                                        {
                                            "code": Text("code du critère (C1.1.1)"),
                                            "intitule": Text("texte du critère"),
                                            "choix": Text(
                                                "les cases à cocher, ou la ligne de la note"
                                            ),
                                            "ligne": Text(
                                                "la ligne de la note, ou pourquoi rien n’est à "
                                                "cocher"
                                            ),
                                            "cases": Items(
                                                "les cases à cocher",
                                                Group(
                                                    "une case à cocher",
                                                    {"libelle": Text("ce que dit la case")},
                                                ),
                                            ),
                                            "a_evaluer": Flag("le juré doit l’évaluer"),
                                            "epreuve": Text("code de l’épreuve, ou « — »"),
                                            "groupe": Text("titre du groupe, ou « — »"),
                                        },
                                    ),
                                ),
                            },
                        ),
                    ),
                },
            ),
        ),
    },
)
"""Everything `templates/grille-papier.docx` may name."""

INSTRUCTIONS = Group(
    "les consignes aux jurés",
    {
        "document": DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "jurys_nommes": Flag("il y a plusieurs jurys, nommés"),
        "passages": Items(
            "qui passe où, dans l’ordre des passages ; aucun sans passages ni salles, ni si la "
            "session est anonyme",
            Group(
                "un jury, un jour et une salle",
                {
                    "jury": Text("nom du jury, ou « — »"),
                    "jour": Text("jour (15/06/2026), ou « — »"),
                    "salle": Text("salle, ou « — »"),
                    "candidats": Text("heure, nom et numéro de chacun, séparés par des virgules"),
                },
            ),
        ),
    },
)
"""Everything `templates/consignes-jures.docx` may name."""

MINUTES = Group(
    "le procès-verbal",
    {
        "document": SIGNED_DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING,
        "jury": SITTING_JURY,
        "effectifs": Group(
            "les effectifs",
            {
                "inscrits": Text("candidats inscrits"),
                "presents": Text("candidats présents"),
                "non_presents": Text("candidats absents, excusés ou ayant abandonné"),
                "delivrees": Text("candidats à qui la certification est délivrée"),
                "partielles": Text("candidats en validation partielle"),
                "non_delivrees": Text("candidats à qui la certification n’est pas délivrée"),
            },
        ),
        "epreuves_utilisees": Flag("une règle regarde les épreuves"),
        "mentions_utilisees": Flag("la certification a des mentions"),
        "voies_acces": Text("voies d’accès des candidats, séparées par des virgules"),
        "candidats": Items(
            "les candidats, dans l’ordre de la session",
            Group(
                "un candidat du procès-verbal",
                {
                    **DECIDED_PERSON.fields,
                    "blocs": Items("tous les blocs de la certification", DECIDED_BLOCK),
                    "epreuves": ASSESSMENTS,
                },
            ),
        ),
        "saisies_papier": Items(
            "les grilles remplies sur papier, puis saisies par quelqu’un d’autre",
            Group(
                "les grilles d’un juré saisies par une personne",
                {
                    "jure": Text("prénom et nom du juré qui les a remplies"),
                    "candidats": Text("numéros des candidats"),
                    "plusieurs": Flag("plusieurs candidats sont nommés"),
                    "par": Text("qui les a saisies, tel qu’écrit sur « Accueil »"),
                },
            ),
        ),
        "ecarts": Items(
            "les décisions qui s’écartent de la proposition, ou tranchent ce qui était à délibérer",
            Group(
                "une décision propre au jury",
                {
                    "numero": Text("numéro du candidat"),
                    "identite": Text("prénom et nom du candidat"),
                    "objet": Text("code du bloc, « Certification » ou « Mention »"),
                    "proposition": Text("ce que les règles proposaient"),
                    "decision": Text("ce que le jury a décidé"),
                    "motif": Text("le motif du jury"),
                },
            ),
        ),
    },
)
"""Everything `templates/proces-verbal.docx` may name."""

NOTIFICATION = Group(
    "la notification de résultat",
    {
        "document": SIGNED_DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING_TIME,
        "candidat": DECIDED_PERSON,
        "blocs": Items("tous les blocs de la certification", DECIDED_BLOCK),
        "epreuves": ASSESSMENTS,
        "jury": SITTING_JURY,
    },
)
"""Everything `templates/notification.docx` may name."""

TRANSCRIPT = Group(
    "le relevé de notes",
    {
        "document": SIGNED_DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING_TIME,
        "releve": Group(
            "la façon de noter",
            {
                "echelle": Text("l’échelle, en une phrase"),
                "epreuves_utilisees": Flag("une règle regarde les épreuves"),
                "moyenne_generale": Flag("la moyenne générale du candidat est connue"),
            },
        ),
        "candidat": DECIDED_PERSON,
        "blocs": Items("tous les blocs de la certification", DECIDED_BLOCK),
        "blocs_presentes": Items("les blocs que le candidat a présentés", DECIDED_BLOCK),
        "epreuves": ASSESSMENTS,
        "jury": SITTING_JURY,
    },
)
"""Everything `templates/releve.docx` may name."""

BLOCK_CERTIFICATE = Group(
    "l’attestation de bloc",
    {
        "document": SIGNED_DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING_TIME,
        "candidat": PERSON,
        "bloc": CERTIFIED_BLOCK,
        "jury": SITTING_JURY,
    },
)
"""Everything `templates/attestation-bloc.docx` may name."""

DIPLOMA = Group(
    "le parchemin",
    {
        "document": SIGNED_DOCUMENT,
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING_TIME,
        "candidat": HOLDER,
        "blocs": Items("les blocs de la certification", NAMED_BLOCK),
        "jury": SITTING_JURY,
    },
)
"""Everything `templates/parchemin.docx` may name."""

EXPLANATION = Group(
    "l’explication d’une décision",
    {
        "document": Group(
            "le document",
            {
                **DOCUMENT.fields,
                "objet": Text("ce qui est expliqué : Certification, Bloc BC01, Compétence C1.1…"),
                "conclusion": Text("le résultat, en une phrase"),
                "definitif": Flag("le jury a décidé ; faux pour ce qui n’est que proposé"),
            },
        ),
        "certification": CERTIFICATION,
        "session": SESSION,
        "cloture": CLOSING_TIME,
        "candidat": PERSON,
        "jury": Group(
            "les jurés et évaluateurs du candidat",
            {"membres": Items("ceux qui évaluent le candidat", MEMBER)},
        ),
        "explications": Items(
            "ce qui a été décidé, dans l’ordre ; la dernière est l’objet du document",
            Group(
                "une chose décidée : critère, compétence, épreuve, bloc ou certification",
                {
                    "code": Text("code, ou Certification"),
                    "nom": Text("ce que c’est, avec son code : Critère C1.1.1"),
                    "intitule": Text("intitulé du référentiel"),
                    "resultat": Text("résultat, dans les mots de la synthèse"),
                    "grand": Flag("un bloc, ou la certification"),
                    "etapes": Items(
                        "les étapes du raisonnement",
                        Group("une étape", {"texte": Text("l’étape, en une phrase")}),
                    ),
                    "conclusion": Text("le résultat, en une phrase"),
                },
            ),
        ),
    },
)
"""Everything `templates/explication.docx` may name."""
