"""The shaped session with all that a session's life brings: juries, turns, stand-ins, results kept.

Places are written as in `planted`.
"""

from __future__ import annotations

from planted import Planted
from shaped_workbooks import shaped_session
from workbooks import Sheets, rows_of


def lively_session() -> Sheets:
    """The shaped session with two juries, turns, somebody standing in, and results kept."""
    sheets = shaped_session()
    sheets["Session"] += rows_of("Fin | 16/06/2026")
    sheets["Candidats"] = rows_of(
        "N° | Nom | Prénom | Parcours | Blocs présentés | Date de naissance | Voie d'accès"
        " | Options | Sexe | Code INSEE de naissance | Identifiant | Jury | Passage | Salle"
        " | Nom de naissance\n"
        "001 | Martin | Alix | Certification complète | | 01/02/1990 | apprentissage"
        " | BC03 | f | 2a004 | E-1 | A | 16/06/2026 9h30 | 12 | Leblanc\n"
        "002 | Durand | Benoît | Capitalisation de blocs | BC02 | 03/04/1991 | VAE"
        " | | M | 01053 | E-2 | B | 14h | 13 |"
    )
    sheets["Jurés"] = rows_of(
        """
        Code | Nom   | Prénom | Externe | Rôle       | Jury | Remplace
        J1   | Blanc | Élise  | Oui     | Président  | A    |
        J2   | Noir  | Farid  | Oui     | Membre     |      |
        J3   | Roux  | Gaël   | Non     | Évaluateur |      |
        J4   | Vert  | Ida    | Oui     | Président  | B    |
        J5   | Bleu  | Omar   | Oui     |            |      | j2
        """
    )
    sheets["Affectations"] = rows_of("Candidat | Juré | Blocs | Modalités\n001 | J3 | | e1")
    sheets["Absences"] = rows_of("Candidat | Modalité")
    sheets["Résultats conservés"] = rows_of(
        "Candidat | Objet | Score | Date | Session d'origine | Valable jusqu'au\n"
        "001 | e3 | 13/20 | 15/12/2025 | 2025-12 | 16/06/2026\n"
        "001 | C3.1 | | | |"
    )
    return sheets


LIVELY_SESSION_DEFECTS = (
    Planted(code="identifier-twice", at="Candidats!K3", put={"Candidats!K3": "e-1"}),
    Planted(
        code="identifier-is-nir", at="Candidats!K3", put={"Candidats!K3": "1 90 02 35 238 001"}
    ),
    Planted(code="candidate-without-jury", at="Candidats!L3", put={"Candidats!L3": None}),
    Planted(code="juror-jury-unknown", at="Jurés!F6", put={"Jurés!F6": "C", "Jurés!G6": None}),
    Planted(code="jury-president-missing", at="Jurés!E1", put={"Jurés!E5": "Membre"}),
    Planted(code="jury-president-several", at="Jurés!E5", put={"Jurés!F5": None}),
    Planted(code="president-replaced", at="Jurés!E6", put={"Jurés!G6": "J1"}),
    Planted(
        code="passage-outside-session", at="Candidats!M2", put={"Candidats!M2": "17/06/2026 09:30"}
    ),
    Planted(code="session-days-reversed", at="Session!B9", put={"Session!B9": "14/06/2026"}),
    Planted(code="replaces-self", at="Jurés!G6", put={"Jurés!G6": "J5"}),
    Planted(code="replaces-circle", at="Jurés!G3", put={"Jurés!G3": "J5"}),
    Planted(
        code="replaced-twice",
        at="Jurés!G7",
        put={
            "Jurés!A7": "J7",
            "Jurés!B7": "Gris",
            "Jurés!C7": "Paul",
            "Jurés!D7": "Oui",
            "Jurés!G7": "J2",
        },
    ),
    Planted(code="reference-unknown", at="Jurés!G6", put={"Jurés!G6": "J9"}),
    Planted(
        code="assigned-other-jury",
        at="Affectations!B3",
        replace={
            "Affectations": "Candidat | Juré\n001 | J1\n001 | J4\n001 | J3\n001 | J2\n"
            "002 | J2\n002 | J4"
        },
    ),
    Planted(
        code="incompatible-left-out",
        at="Jurés!H3",
        put={
            "Jurés!H1": "Incompatible avec",
            "Jurés!H3": "002",
            "Jurés!A7": "J7",
            "Jurés!B7": "Gris",
            "Jurés!C7": "Paul",
            "Jurés!D7": "Oui",
        },
    ),
    Planted(
        code="stand-in-impossible",
        at="Jurés!G6",
        put={"Jurés!H1": "Incompatible avec", "Jurés!H6": "001"},
    ),
    Planted(code="choice-unknown", at="Candidats!I2", put={"Candidats!I2": "H"}),
    Planted(
        code="kept-item-unknown", at="Résultats conservés!B3", put={"Résultats conservés!B3": "C9"}
    ),
    Planted(
        code="kept-score-missing", at="Résultats conservés!C2", put={"Résultats conservés!C2": None}
    ),
    Planted(
        code="percentage-or-note", at="Résultats conservés!C2", put={"Résultats conservés!C2": 13}
    ),
    Planted(
        code="kept-twice",
        at="Résultats conservés!B3",
        put={"Résultats conservés!B3": "E3", "Résultats conservés!C3": "65 %"},
    ),
    Planted(
        code="kept-not-presented",
        at="Résultats conservés!B3",
        put={"Résultats conservés!A3": "002"},
    ),
    Planted(
        code="kept-expired",
        at="Résultats conservés!F2",
        put={"Résultats conservés!F2": "14/06/2026"},
    ),
    Planted(
        code="kept-days-reversed",
        at="Résultats conservés!F2",
        put={"Résultats conservés!F2": "14/12/2025"},
    ),
    Planted(
        code="kept-and-absent",
        at="Absences!B2",
        replace={"Absences": "Candidat | Modalité\n001 | E3"},
    ),
)
"""Each planted alone in the lively session gives exactly this problem."""
