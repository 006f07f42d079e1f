"""A small référentiel in which everything added stands, its session, and defects of both.

Two blocs judged by épreuves, a gate, a barème, a stage grid, evidence, an option; candidates come
by two ways. Places are written as in `planted`.
"""

from __future__ import annotations

from planted import Planted
from workbooks import Sheets, referential_sheets, rows_of, session_sheets


def shaped_referential() -> Sheets:
    """Without any defect."""
    sheets = referential_sheets()
    sheets["Blocs"] = rows_of(
        """
        Code | Activité | Intitulé  | Statut | Groupe | Poids | Validé si | Seuil
        BC01 |          | Préparer  |        |        | 2     | moyenne des épreuves | 50 %
        BC02 |          | Conduire  | Obligatoire | |        | compétences et épreuves |
        BC03 |          | S'exprimer | Option | Langue | 1     |           |
        """
    )
    del sheets["Activités"]
    sheets["Modalités"] = rows_of(
        "Code | Type | Description | Intitulé | Poids | Seuil | Plancher | Condition | Voies"
        " | Collective"
        """
        E1 | Écrit   | Deux heures   | Théorie  | 2 | 12/20 | 6/20 |    |               | Oui
        E2 | Oral    | Vingt minutes | Pratique |   | 14/20 |      | E1 |               |
        E3 | Dossier | Dix pages     | | | | | | Apprentissage ; Formation initiale |
        E4 | Stage   | Un mois       | | | | | | VAE | Non
        """
    )
    sheets["Compétences"] = rows_of(
        "Code | Intitulé | Modalité | Bloc | Preuve | Acquise si | Seuil"
        """
        C1.1 | Observer  | E1      | BC01 |            |         |
        C1.2 | Décrire   | E1 ; E2 | BC01 |            | moyenne | 10/20
        C2.1 | Décider   | E3 ; E4 | BC02 |            | nombre de critères | 1
        C1.3 | Secourir  |         | BC01 | Pièce      |         |
        C3.1 | Parler    | E2      | BC03 | Évaluation |         |
        """
    )
    sheets["Critères"] = rows_of(
        "Code | Compétence | Intitulé | Poids | Modalité | Groupe | Barème | Échelle"
        """
        C1.1.1 | C1.1 | Les faits   |   |    | Fond  | 8  |
        C1.1.2 | C1.1 | Les sources | 3 | E1 | Fond  | 12 | note
        C1.2.1 | C1.2 | Le plan     |   | E2 | Forme |    |
        C2.1.1 | C2.1 | Le choix    |   | E3 |       |    | stage
        C2.1.2 | C2.1 | Le geste    |   | E4 |       |    | Stage
        C3.1.1 | C3.1 | L'accent    |   |    |       |    |
        """
    )
    sheets["Échelle"] = rows_of(
        """
        Libellé | Points | Acquis | Couleur | Définition | Échelle
        Fait    | 3      | Oui    |         |            | Stage
        Presque | 2      | Oui    |         |            | Stage
        Peu     | 1      | Non    |         |            | Stage
        Rien    | 0      | Non    |         |            | Stage
        """
    )
    sheets["Règles"] = rows_of(
        """
        Règle | Valeur
        Type d'échelle | note
        Seuil épreuve | 10/20
        Absence à une épreuve | à représenter
        """
    )
    sheets["Options"] = rows_of("Groupe | Nombre requis\nlangue | 1")
    sheets["Mentions"] = rows_of("Libellé | Seuil\nBien | 14/20\nTrès bien | 16/20")
    return sheets


def shaped_session() -> Sheets:
    """Without any defect."""
    sheets = session_sheets()
    sheets["Candidats"] = rows_of(
        "N° | Nom | Prénom | Parcours | Blocs présentés | Date de naissance | Voie d'accès"
        " | Options"
        """
        001 | Martin | Alix   | Certification complète  |      | 01/02/1990 | apprentissage | BC03
        002 | Durand | Benoît | Capitalisation de blocs | BC02 | 03/04/1991 | VAE           |
        """
    )
    sheets["Jurés"] = rows_of(
        """
        Code | Nom   | Prénom | Externe | Rôle
        J1   | Blanc | Élise  | Oui     | Président
        J2   | Noir  | Farid  | Oui     | Membre
        J3   | Roux  | Gaël   | Non     | Évaluateur
        """
    )
    sheets["Affectations"] = rows_of("Candidat | Juré | Blocs | Modalités\n001 | J3 | | e1 ; E3")
    sheets["Absences"] = rows_of("Candidat | Modalité | Justifiée\n001 | E3 | Oui")
    sheets["Pièces"] = rows_of(
        "Candidat | Compétence | Intitulé | Date d'obtention | Valable jusqu'au | Acceptée\n"
        "001 | C1.3 | Secourisme | 01/02/2025 | 15/06/2026 | oui\n"
        "002 | C1.3 |            |            |            | en attente"
    )
    return sheets


SHAPED_REFERENTIAL_DEFECTS = (
    Planted(code="value-missing", at="Compétences!D2", put={"Compétences!D2": None}),
    Planted(
        code="competency-bloc-disagrees",
        at="Compétences!D2",
        put={"Compétences!H1": "Activité", "Compétences!H2": "A2", "Compétences!D2": "BC01"},
        replace={"Activités": "Code | Bloc | Intitulé\nA2 | BC02 | Mener"},
    ),
    Planted(
        code="reference-unknown",
        at="Compétences!H2",
        put={"Compétences!H1": "Activité", "Compétences!H2": "A2"},
        replace={"Activités": "Code | Bloc | Intitulé"},
    ),
    Planted(
        code="sheets-missing",
        at="",
        put={"Compétences!H1": "Activité", "Compétences!H2": "A2"},
    ),
    Planted(code="value-missing", at="Compétences!C6", put={"Compétences!C6": None}),
    Planted(code="evidence-with-criteria", at="Compétences!E6", put={"Compétences!E6": "Pièce"}),
    Planted(code="criterion-assessment-foreign", at="Critères!E3", put={"Critères!E3": "E2"}),
    Planted(code="reference-unknown", at="Critères!E3", put={"Critères!E3": "E9"}),
    Planted(code="condition-circle", at="Modalités!H2", put={"Modalités!H2": "E2"}),
    Planted(code="condition-circle", at="Modalités!H2", put={"Modalités!H2": "e1"}),
    Planted(code="reference-unknown", at="Modalités!H3", put={"Modalités!H3": "E1 ; E9"}),
    Planted(
        code="condition-not-an-assessment",
        at="Modalités!H3",
        put={"Modalités!H3": "E1 ; E4", "Critères!E6": None},
    ),
    Planted(code="criterion-without-assessment", at="Critères!E4", put={"Critères!E4": None}),
    Planted(code="assessment-mean-threshold", at="Blocs!H2", put={"Blocs!H2": None}),
    Planted(
        code="assessment-mean-threshold",
        at="Blocs!A4",
        replace={
            "Règles": "Règle | Valeur\nType d'échelle | note\nBloc validé si | moyenne des épreuves"
        },
    ),
    Planted(code="own-threshold-needed", at="Compétences!F4", put={"Compétences!G4": None}),
    Planted(code="number-out-of-range", at="Compétences!G4", put={"Compétences!G4": "50 %"}),
    Planted(code="own-count-above-criteria", at="Compétences!G4", put={"Compétences!G4": 3}),
    Planted(code="percentage-or-note", at="Compétences!G3", put={"Compétences!G3": 10}),
    Planted(code="percentage-or-note", at="Modalités!F2", put={"Modalités!F2": 12}),
    Planted(code="percentage-or-note", at="Blocs!H2", put={"Blocs!H2": "10"}),
    Planted(code="percentage-or-note", at="Mentions!B2", put={"Mentions!B2": 14}),
    Planted(code="percentage-out-of-range", at="Modalités!G2", put={"Modalités!G2": "21/20"}),
    Planted(code="threshold-ignored", at="Blocs!H3", put={"Blocs!H3": "50 %"}),
    Planted(
        code="threshold-ignored",
        at="Compétences!G2",
        put={"Compétences!F2": "tous les critères", "Compétences!G2": "50 %"},
    ),
    Planted(code="choice-unknown", at="Blocs!G2", put={"Blocs!G2": "moyenne des oraux"}),
    Planted(code="choice-unknown", at="Modalités!I4", put={"Modalités!I4": "VAE ; Concours"}),
    Planted(code="choice-unknown", at="Compétences!E2", put={"Compétences!E2": "Examen"}),
    Planted(code="marks-out-of-scale", at="Critères!G3", put={"Critères!H3": "Stage"}),
    Planted(code="marks-out-of-step", at="Critères!G2", put={"Critères!G2": "7,3"}),
    Planted(code="number-out-of-range", at="Critères!G2", put={"Critères!G2": 0}),
    Planted(code="criterion-scale-unknown", at="Critères!H5", put={"Critères!H5": "Stages"}),
    Planted(
        code="scale-name-reserved",
        at="Échelle!F6",
        put={
            "Échelle!A6": "Bon",
            "Échelle!B6": 1,
            "Échelle!C6": "Oui",
            "Échelle!F6": "Note",
            "Échelle!A7": "Non",
            "Échelle!B7": 0,
            "Échelle!C7": "Non",
            "Échelle!F7": "note",
        },
    ),
    Planted(code="scale-points-equal", at="Échelle!B3", put={"Échelle!B3": 3}),
    Planted(code="scale-label-duplicate", at="Échelle!A3", put={"Échelle!A3": "fait"}),
    Planted(code="option-group-unknown", at="Options!A2", put={"Options!A2": "Sport"}),
    Planted(code="option-group-too-small", at="Options!B2", put={"Options!B2": 2}),
    Planted(code="code-duplicate", at="Options!A3", put={"Options!A3": "Langue"}),
    Planted(code="group-of-mandatory-bloc", at="Blocs!E2", put={"Blocs!E2": "Langue"}),
    Planted(code="mention-threshold-equal", at="Mentions!B3", put={"Mentions!B3": "70 %"}),
    Planted(code="value-missing", at="Mentions!B3", put={"Mentions!B3": None}),
    Planted(code="number-out-of-range", at="Modalités!E2", put={"Modalités!E2": 0}),
    Planted(
        code="no-bloc-needed",
        at="Blocs!D2",
        put={"Blocs!D2": "Option", "Blocs!D3": "Option", "Blocs!E4": None},
        replace={"Options": "Groupe | Nombre requis"},
    ),
    Planted(
        code="option-group-unasked",
        at="Blocs!E4",
        replace={"Options": "Groupe | Nombre requis"},
    ),
    Planted(code="choice-unknown", at="Blocs!D4", put={"Blocs!D4": "Optionnel"}),
    Planted(code="scale-named-incomplete", at="Échelle!F4", put={"Échelle!F4": "Stge"}),
    Planted(code="scale-level-idle", at="Échelle!F3", put={"Échelle!F3": None}),
    Planted(code="scale-unused", at="Échelle!F2", put={"Critères!H5": None, "Critères!H6": None}),
    Planted(code="evidence-rule-idle", at="Compétences!F5", put={"Compétences!F5": "moyenne"}),
    Planted(code="evidence-rule-idle", at="Compétences!G5", put={"Compétences!G5": "10/20"}),
    Planted(code="assessment-setting-idle", at="Modalités!G4", put={"Modalités!G4": "6/20"}),
    Planted(code="assessment-setting-idle", at="Modalités!E4", put={"Modalités!E4": 3}),
    Planted(
        code="assessment-setting-idle",
        at="Modalités!F3",
        put={
            "Blocs!G2": None,
            "Blocs!H2": None,
            "Blocs!G3": None,
            "Modalités!E2": None,
            "Modalités!F2": None,
            "Modalités!G2": None,
            "Modalités!H3": None,
        },
    ),
    Planted(code="reference-several", at="Critères!E4", put={"Critères!E4": "E1 ; E2"}),
)
"""Each planted alone in the shaped référentiel gives exactly this problem."""

SHAPED_SESSION_DEFECTS = (
    Planted(code="access-route-needed", at="Candidats!G2", put={"Candidats!G2": None}),
    Planted(
        code="bloc-nothing-applies",
        at="Candidats!G2",
        put={"Candidats!G2": "Équivalence"},
        replace={"Absences": "Candidat | Modalité"},
    ),
    Planted(code="option-not-optional", at="Candidats!H2", put={"Candidats!H2": "BC03 ; BC01"}),
    Planted(
        code="option-held",
        at="Candidats!H2",
        put={"Candidats!I1": "Blocs déjà acquis", "Candidats!I2": "BC03"},
    ),
    Planted(code="option-beside-presented", at="Candidats!H3", put={"Candidats!H3": "BC03"}),
    Planted(code="options-too-few", at="Candidats!H2", put={"Candidats!H2": None}),
    Planted(code="reference-unknown", at="Candidats!H2", put={"Candidats!H2": "BC9"}),
    Planted(code="assigned-method-idle", at="Affectations!D2", put={"Affectations!D2": "E4"}),
    Planted(code="reference-unknown", at="Affectations!D2", put={"Affectations!D2": "E9"}),
    Planted(code="absence-not-assessed", at="Absences!B2", put={"Absences!B2": "E4"}),
    Planted(
        code="absence-twice",
        at="Absences!B3",
        put={"Absences!A3": "001", "Absences!B3": "e3"},
    ),
    Planted(code="reference-unknown", at="Absences!B2", put={"Absences!B2": "E9"}),
    Planted(code="reference-unknown", at="Absences!A2", put={"Absences!A2": "009"}),
    Planted(code="evidence-not-expected", at="Pièces!B2", put={"Pièces!B2": "C2.1"}),
    Planted(code="choice-unknown", at="Pièces!F2", put={"Pièces!F2": "peut-être"}),
    Planted(code="value-missing", at="Pièces!F2", put={"Pièces!F2": None}),
    Planted(code="date-impossible", at="Pièces!E2", put={"Pièces!E2": "31/02/2026"}),
    Planted(code="evidence-days-reversed", at="Pièces!E2", put={"Pièces!E2": "31/01/2025"}),
    Planted(code="evidence-expired", at="Pièces!E2", put={"Pièces!E2": "14/06/2026"}),
    Planted(code="date-to-come", at="Pièces!D3", put={"Pièces!D3": "01/01/2190"}),
    Planted(
        code="evidence-unsaid",
        at="Pièces!B1",
        replace={"Pièces": "Candidat | Compétence | Acceptée"},
    ),
    Planted(code="access-route-needed", at="Candidats!G2", put={"Candidats!G2": "Alternance"}),
    Planted(code="choice-unknown", at="Jurés!E4", put={"Jurés!E4": "Évaluations"}),
    Planted(
        code="assigned-incompatible",
        at="Affectations!B2",
        put={"Jurés!F1": "Incompatible avec", "Jurés!F4": "001"},
    ),
    Planted(code="reference-several", at="Absences!B2", put={"Absences!B2": "E3 ; E1"}),
    Planted(
        code="assessor-unassigned",
        at="Jurés!E4",
        replace={"Affectations": "Candidat | Juré | Blocs | Modalités"},
    ),
    Planted(
        code="criterion-without-juror",
        at="Candidats!A2",
        replace={
            "Affectations": "Candidat | Juré | Blocs | Modalités\n"
            "001 | J1 | BC01 | E1\n001 | J2 | BC01 | E1\n"
            "001 | J1 | BC02 ; BC03 |\n001 | J2 | BC02 ; BC03 |\n001 | J3 | BC02 |\n"
            "002 | J1 | |\n002 | J2 | |"
        },
    ),
)
"""Each planted alone in the shaped session gives exactly this problem."""
