"""Defects planted in the small workbooks of `workbooks`, and the one problem each must give.

Places are written `Sheet!B4`, or `Sheet!` for a sheet as a whole, or nothing for the file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbooks import Sheets, Styled, place, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A defect and the problem expected: its code and its place.

    Attributes:
        put: values by place.
        rename: new names of sheets.
        drop: sheets taken away.
        replace: whole sheets, as text.
    """

    code: str
    at: str
    put: Mapping[str, object] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    replace: Mapping[str, str] = field(default_factory=dict)

    def plant(self, sheets: Sheets) -> None:
        """Put the defect in a workbook."""
        for name, text in self.replace.items():
            sheets[name] = rows_of(text)
        for where, value in self.put.items():
            sheet, cell = where.split("!")
            place(sheets, sheet, cell, value)
        for name, other in self.rename.items():
            sheets[other] = sheets.pop(name)
        for name in self.drop:
            del sheets[name]


_NOTE = "Règle | Valeur\nType d'échelle | note\n"

REFERENTIAL_DEFECTS = (
    Planted(code="sheets-missing", at="", drop=("Critères",)),
    Planted(code="sheets-missing", at="", drop=("Échelle",)),
    Planted(code="sheet-misspelt", at="Critère!", rename={"Critères": "Critère"}),
    Planted(code="sheet-unknown", at="Brouillon!", put={}, replace={"Brouillon": "essai"}),
    Planted(code="sheet-duplicate", at="criteres!", replace={"criteres": "Code | Intitulé"}),
    Planted(code="sheet-too-large", at="Blocs!A20001", put={"Blocs!A20001": "BC09"}),
    Planted(
        code="sheet-without-rows", at="Échelle!A1", replace={"Échelle": "Libellé | Points | Acquis"}
    ),
    Planted(code="header-missing", at="Modalités!A1", replace={"Modalités": "a | b\nc | d"}),
    Planted(code="column-missing", at="Blocs!A1", put={"Blocs!C1": None}),
    Planted(code="column-missing", at="Blocs!A1", put={"Blocs!A1": None}),
    Planted(code="column-missing", at="Critères!A1", put={"Critères!B1": None}),
    Planted(code="column-missing", at="Certification!A1", put={"Certification!A1": None}),
    Planted(code="column-missing", at="Certification!A1", put={"Certification!B1": None}),
    Planted(code="column-missing", at="Règles!A1", put={"Règles!B1": None}),
    Planted(code="column-misspelt", at="Critères!F1", put={"Critères!F1": "Eliminatoir"}),
    Planted(code="column-unknown", at="Critères!G1", put={"Critères!G1": "Remarques"}),
    Planted(code="column-duplicate", at="Critères!G1", put={"Critères!G1": "POIDS"}),
    Planted(
        code="field-missing",
        at="Certification!",
        put={"Certification!A3": None, "Certification!B3": None},
    ),
    Planted(code="field-misspelt", at="Certification!A5", put={"Certification!A5": "Code RNPC"}),
    Planted(code="field-unknown", at="Certification!A13", put={"Certification!A13": "Directeur"}),
    Planted(code="field-duplicate", at="Certification!A13", put={"Certification!A13": "niveau"}),
    Planted(code="date-to-come", at="Certification!B8", put={"Certification!B8": "01/01/2190"}),
    Planted(code="field-blank", at="Certification!B9", put={"Certification!B9": None}),
    Planted(code="official-value-blank", at="Certification!B5", put={"Certification!B5": None}),
    Planted(code="rule-unknown", at="Règles!A4", put={"Règles!A4": "Bonification"}),
    Planted(code="field-misspelt", at="Règles!A4", put={"Règles!A4": "Seuils bloc"}),
    Planted(code="value-missing", at="Blocs!C2", put={"Blocs!C2": None}),
    Planted(code="value-missing", at="Critères!B3", put={"Critères!B3": None}),
    Planted(
        code="value-missing",
        at="Modalités!A4",
        put={"Modalités!B4": "Oral", "Modalités!C4": "Dix minutes"},
    ),
    Planted(code="value-missing", at="Certification!B2", put={"Certification!B2": " "}),
    Planted(code="value-missing", at="Règles!A4", put={"Règles!B4": "50"}),
    Planted(code="cell-formula", at="Critères!C2", put={"Critères!C2": "=CONCATENATE(A1,A2)"}),
    Planted(code="cell-error", at="Critères!D2", put={"Critères!D2": "#REF!"}),
    Planted(code="cell-error", at="Compétences!A2", put={"Compétences!A2": "#N/A"}),
    # Sixteen emoji: 32 of the 31 characters that Excel allows in the name of a sheet.
    Planted(code="text-too-long", at="Blocs!A2", put={"Blocs!A2": "😀" * 16}),
    Planted(code="text-too-long", at="Blocs!C2", put={"Blocs!C2": "a" * 8001}),
    Planted(code="text-too-long", at="Échelle!A2", put={"Échelle!A2": "a" * 256}),
    Planted(
        code="text-control-character", at="Critères!C3", put={"Critères!C3": "avant_x0007_après"}
    ),
    Planted(
        code="code-not-text",
        at="Modalités!A4",
        put={"Modalités!A4": 1.1, "Modalités!B4": "Oral", "Modalités!C4": "Dix minutes"},
    ),
    Planted(
        code="code-not-text",
        at="Certification!B5",
        put={"Certification!B5": Styled(dt.datetime(2026, 6, 1), "mmm-yy")},  # noqa: DTZ001
    ),
    Planted(code="code-with-separator", at="Modalités!A3", put={"Modalités!A3": "M2;M3"}),
    Planted(code="code-duplicate", at="Critères!A5", put={"Critères!A5": "c1.2.1"}),
    Planted(
        code="code-look-alike",
        at="Critères!A6",
        put={"Critères!A6": "\u04211.2.1", "Critères!B6": "C1.2", "Critères!C6": "Autre"},
    ),
    Planted(
        code="code-look-alike",
        at="Critères!A6",
        put={"Critères!A6": "C1.2.\u00a01", "Critères!B6": "C1.2", "Critères!C6": "Autre"},
    ),
    Planted(code="reference-several", at="Activités!B2", put={"Activités!B2": "BC01 ; BC02"}),
    Planted(code="reference-unknown", at="Critères!B3", put={"Critères!B3": "C9.9"}),
    Planted(code="reference-unknown", at="Compétences!D2", put={"Compétences!D2": "M9"}),
    Planted(code="number-unreadable", at="Critères!D3", put={"Critères!D3": "un demi"}),
    Planted(code="number-out-of-range", at="Critères!D3", put={"Critères!D3": 0}),
    Planted(
        code="number-out-of-range",
        at="Règles!B4",
        put={"Règles!A4": "Jurés minimum", "Règles!B4": "1,5"},
    ),
    Planted(
        code="number-out-of-range",
        at="Règles!B4",
        put={"Règles!A4": "Écart à signaler", "Règles!B4": 0},
    ),
    Planted(
        code="number-out-of-range",
        at="Règles!B3",
        put={"Règles!B2": "nombre de critères", "Règles!B3": "50 %"},
    ),
    Planted(code="percentage-unreadable", at="Règles!B3", put={"Règles!B3": "la moitié"}),
    Planted(code="percentage-ambiguous", at="Règles!B3", put={"Règles!B3": 0.5}),
    Planted(
        code="percentage-ambiguous",
        at="Règles!B4",
        put={"Règles!A4": "Seuil bloc", "Règles!B4": "0,7"},
    ),
    Planted(code="percentage-out-of-range", at="Règles!B3", put={"Règles!B3": 120}),
    Planted(code="percentage-out-of-range", at="Règles!B3", put={"Règles!B3": "21/20"}),
    Planted(
        code="percentage-not-text",
        at="Règles!B3",
        put={"Règles!B3": Styled(dt.datetime(2026, 10, 8), "d-mmm")},  # noqa: DTZ001 - Excel's
    ),
    Planted(code="percentage-not-text", at="Règles!B3", put={"Règles!B3": Styled(1, "# ?/?")}),
    *(
        Planted(
            code="percentage-or-note",
            at="Règles!B3",
            replace={"Règles": f"{_NOTE}{rule} | {note}{rest}"},
        )
        for rule, note, rest in (
            ("Seuil compétence", "10", ""),
            ("Seuil bloc", "20", "\nBloc validé si | moyenne"),
            ("Plancher compétence", "8", "\nBloc validé si | moyenne\nSeuil bloc | 10/20"),
            ("Moyenne générale minimale", "12", ""),
            ("Zone de délibération", "5", ""),
            ("Seuil compétence", "30", "\nNote maximale | 40"),
        )
    ),
    Planted(
        code="note-share-of-scale",
        at="Règles!B4",
        replace={
            "Règles": _NOTE
            + "Note minimale | 5\nSeuil compétence | 12/20\nCompétence acquise si | moyenne"
        },
    ),
    Planted(
        code="percentage-of-scale",
        at="Règles!B4",
        replace={
            "Règles": _NOTE
            + "Note minimale | 5\nSeuil compétence | 60 %\nCompétence acquise si | moyenne"
        },
    ),
    Planted(code="percentage-out-of-range", at="Règles!B3", put={"Règles!B3": Styled(50, "0 %")}),
    Planted(code="yes-no-unreadable", at="Critères!E2", put={"Critères!E2": "Ouais"}),
    Planted(code="choice-unknown", at="Règles!B2", put={"Règles!B2": "moyen"}),
    Planted(code="date-unreadable", at="Certification!B9", put={"Certification!B9": "en juin"}),
    Planted(code="date-impossible", at="Certification!B9", put={"Certification!B9": "31/02/2029"}),
    Planted(
        code="shortcut-unreadable",
        at="Échelle!G2",
        put={"Échelle!G1": "Raccourci", "Échelle!G2": "AB"},
    ),
    Planted(
        code="scale-shortcut-ambiguous",
        at="Échelle!G4",
        put={"Échelle!G1": "Raccourci", "Échelle!G4": "N"},
    ),
    Planted(code="colour-unreadable", at="Échelle!D2", put={"Échelle!D2": "vert"}),
    Planted(
        code="logo-missing",
        at="Certification!B13",
        put={"Certification!A13": "Logo", "Certification!B13": "absent.png"},
    ),
    Planted(
        code="verification-page-unusable",
        at="Certification!B14",
        put={
            "Certification!A14": "Page de vérification",
            "Certification!B14": "http://ecole.example.org/",
        },
    ),
    Planted(
        code="block-code-unusable",
        at="Blocs!A4",
        put={
            "Blocs!A4": "Synthese",
            "Blocs!C4": "Vide",
            "Activités!A4": "A3",
            "Activités!B4": "Synthese",
            "Activités!C4": "Rien",
            "Compétences!A5": "C3",
            "Compétences!B5": "A3",
            "Compétences!C5": "Faire",
            "Compétences!D5": "M1",
            "Critères!A6": "C3.1",
            "Critères!B6": "C3",
            "Critères!C6": "C'est fait",
        },
    ),
    Planted(
        code="block-code-unusable",
        at="Blocs!A3",
        put={"Blocs!A3": "BC/2", "Activités!B3": "BC/2"},
    ),
    Planted(
        code="block-code-unusable",
        at="Blocs!A3",
        put={"Blocs!A3": "BC02'", "Activités!B3": "BC02'"},
    ),
    Planted(
        code="block-without-competency",
        at="Blocs!A4",
        put={"Blocs!A4": "BC03", "Blocs!C4": "Vide"},
    ),
    Planted(
        code="block-without-competency",
        at="Blocs!A4",
        put={
            "Blocs!A4": "BC03",
            "Blocs!C4": "Vide",
            "Activités!A4": "A3.1",
            "Activités!B4": "BC03",
            "Activités!C4": "Rien",
        },
    ),
    Planted(
        code="competency-without-criterion",
        at="Compétences!A5",
        put={
            "Compétences!A5": "X3",
            "Compétences!B5": "A2.1",
            "Compétences!C5": "Rien",
            "Compétences!D5": "M2",
        },
    ),
    Planted(
        code="item-unused",
        at="Modalités!A4",
        put={"Modalités!A4": "M3", "Modalités!B4": "Oral", "Modalités!C4": "Rien"},
    ),
    Planted(
        code="item-unused",
        at="Activités!A4",
        put={"Activités!A4": "A2.2", "Activités!B4": "BC02", "Activités!C4": "Rien"},
    ),
    Planted(
        code="scale-label-reserved",
        at="Échelle!A5",
        put={"Échelle!A5": "non observe", "Échelle!B5": -1, "Échelle!C5": "Non"},
    ),
    Planted(
        code="scale-label-duplicate",
        at="Échelle!A5",
        put={"Échelle!A5": "NON ACQUIS", "Échelle!B5": -1, "Échelle!C5": "Non"},
    ),
    Planted(code="scale-points-equal", at="Échelle!B4", put={"Échelle!B4": "1,0"}),
    Planted(code="scale-order", at="Échelle!B2", put={"Échelle!B2": "0,5"}),
    Planted(code="scale-incomplete", at="Échelle!C1", put={"Échelle!C2": "Non"}),
    Planted(
        code="scale-incomplete", at="Échelle!C1", put={"Échelle!C3": "Oui", "Échelle!C4": "Oui"}
    ),
    Planted(
        code="note-scale-incoherent",
        at="Règles!B3",
        replace={"Règles": _NOTE + "Note maximale | 0"},
    ),
    Planted(code="note-scale-incoherent", at="Règles!B3", replace={"Règles": _NOTE + "Pas | 0"}),
    Planted(code="note-scale-incoherent", at="Règles!B3", replace={"Règles": _NOTE + "Pas | 3"}),
    Planted(
        code="note-scale-incoherent",
        at="Règles!B3",
        replace={"Règles": _NOTE + "Note d'acquisition | 21"},
    ),
    Planted(
        code="eliminatory-out-of-scale",
        at="Règles!B4",
        put={"Règles!A4": "Seuil éliminatoire", "Règles!B4": 3},
    ),
    Planted(
        code="threshold-ignored",
        at="Règles!B4",
        put={"Règles!A4": "Seuil bloc", "Règles!B4": 70},
    ),
    Planted(
        code="threshold-ignored",
        at="Règles!B3",
        put={"Règles!B2": "tous les critères", "Règles!B3": 70},
    ),
    Planted(
        code="count-above-criteria",
        at="Règles!B3",
        put={"Règles!B2": "nombre de critères", "Règles!B3": 3},
    ),
    Planted(code="rules-lenient", at="Règles!B3", put={"Règles!B2": "moyenne"}),
    Planted(code="rules-lenient", at="Règles!B3", put={"Règles!B3": 0}),
    Planted(
        code="rules-lenient-bloc",
        at="Règles!B3",
        replace={"Règles": "Règle | Valeur\nBloc validé si | moyenne\nSeuil bloc | 50"},
    ),
    Planted(
        code="rules-lenient-bloc",
        at="Règles!B3",
        replace={"Règles": "Règle | Valeur\nBloc validé si | moyenne\nSeuil bloc | 0"},
    ),
    Planted(
        code="rules-lenient-bloc",
        at="Règles!B3",
        put={"Compétences!F3": "Non"},
        replace={
            "Règles": "Règle | Valeur\nBloc validé si | pourcentage de compétences\nSeuil bloc | 0"
        },
    ),
    Planted(
        code="rules-refuse-nothing",
        at="Règles!B4",
        put={"Règles!A4": "Zone de délibération", "Règles!B4": 50},
    ),
    Planted(
        code="acquired-at-minimum",
        at="Règles!B3",
        replace={"Règles": _NOTE + "Note d'acquisition | 0"},
    ),
    Planted(
        code="acquired-at-maximum",
        at="Règles!B3",
        replace={"Règles": _NOTE + "Note d'acquisition | 20"},
    ),
    Planted(
        code="rules-refuse-acquired",
        at="Règles!B4",
        put={"Échelle!C3": "Oui", "Règles!A4": "Moyenne générale minimale", "Règles!B4": 60},
    ),
    Planted(
        code="rules-refuse-acquired",
        at="Règles!B3",
        put={"Échelle!C3": "Oui", "Règles!B2": "moyenne", "Règles!B3": 51},
    ),
    Planted(
        code="rules-refuse-acquired",
        at="Règles!B3",
        put={"Échelle!C3": "Oui"},
        replace={"Règles": "Règle | Valeur\nBloc validé si | moyenne\nSeuil bloc | 75"},
    ),
    Planted(
        code="rules-need-maximum",
        at="Règles!B2",
        replace={"Règles": "Règle | Valeur\nBloc validé si | moyenne"},
    ),
    Planted(
        code="rules-need-maximum",
        at="Règles!B4",
        put={"Règles!A4": "Moyenne générale minimale", "Règles!B4": "20/20"},
    ),
    Planted(
        code="eliminatory-at-best",
        at="Règles!B4",
        put={"Règles!A4": "Seuil éliminatoire", "Règles!B4": 2},
    ),
    Planted(
        code="eliminatory-above-acquisition",
        at="Règles!B3",
        replace={"Règles": _NOTE + "Seuil éliminatoire | 10"},
    ),
    Planted(
        code="one-juror-refuses",
        at="Règles!B2",
        replace={
            "Règles": "Règle | Valeur\nFusion des jurés | moyenne",
            "Échelle": "Libellé | Points | Acquis\nOui | 4 | Oui\nNon | 0 | Non",
        },
    ),
    Planted(
        code="one-juror-refuses",
        at="Règles!",
        replace={"Échelle": "Libellé | Points | Acquis\nOui | 4 | Oui\nNon | 0 | Non"},
    ),
    Planted(
        code="jury-of-one",
        at="Règles!B4",
        put={"Règles!A4": "Jurés minimum", "Règles!B4": 1},
    ),
    *(
        Planted(
            code="rule-without-effect",
            at="Règles!B2",
            put=put,
            replace={"Règles": f"Règle | Valeur\n{rule}"},
        )
        for rule, put in (
            ("Départage | président", {}),
            ("Note maximale | 10", {}),
            ("Écart à signaler | 3", {}),
            ("Seuil éliminatoire | 1", {"Critères!F3": "Non"}),
            ("Zone de délibération | 5\nCompétence acquise si | tous les critères", {}),
            ("Seuil bloc | 60\nBloc validé si | moyenne\nPlancher compétence | 60", {}),
            ("Moyenne générale minimale | 0", {}),
            ("Moyenne générale minimale | 50", {}),
            ("Moyenne générale minimale | 60\nBloc validé si | moyenne\nSeuil bloc | 60", {}),
        )
    ),
    Planted(
        code="percentage-of-one",
        at="Règles!B3",
        put={"Règles!B3": 1},
    ),
    *(
        Planted(
            code="threshold-above-fraction",
            at="Règles!B3",
            put={
                "Règles!B3": threshold,
                "Critères!A6": "C2.1.2",
                "Critères!B6": "C2.1",
                "Critères!C6": "Le choix est tenu",
                "Critères!A7": "C2.1.3",
                "Critères!B7": "C2.1",
                "Critères!C7": "Le choix est dit",
            },
        )
        for threshold in ("66,67", 67, "66,7 %", "33,34")
    ),
    Planted(
        code="threshold-above-fraction",
        at="Règles!B4",
        put={"Règles!A4": "Part minimale d'externes", "Règles!B4": "66,67"},
    ),
    Planted(
        code="rules-lenient",
        at="Règles!B4",
        replace={"Règles": _NOTE + "Compétence acquise si | moyenne\nSeuil compétence | 9,5/20"},
    ),
)
"""Each planted alone in the small référentiel gives exactly this problem."""

_ROW = "Candidat | Juré | Blocs\n"
_EXEMPTION = (
    "Candidat | Nature | Critère | Avis du référent handicap | Capacité professionnelle préservée"
    " | Critère sans objet dans la pratique future | Décision du jury\n"
)
_GRANTED = "| Exemption de critère | C2.1.1 | 01/06/2026 | Oui | Oui | Accordée\n"

SESSION_DEFECTS = (
    Planted(code="sheets-missing", at="", drop=("Jurés",)),
    Planted(code="header-missing", at="Affectations!A1", replace={"Affectations": "x"}),
    Planted(code="column-missing", at="Jurés!A1", put={"Jurés!A1": None}),
    Planted(code="column-missing", at="Session!A1", put={"Session!B1": None}),
    Planted(code="sheets-missing", at="", drop=("Jurés", "Candidats")),
    Planted(code="sheet-misspelt", at="Affectation!", rename={"Affectations": "Affectation"}),
    Planted(
        code="sheet-without-rows",
        at="Candidats!A2",
        replace={"Candidats": "N° | Nom | Prénom | Parcours"},
    ),
    Planted(code="field-blank", at="Session!", put={"Session!A5": None, "Session!B5": None}),
    Planted(
        code="field-misspelt", at="Session!A9", put={"Session!A9": "Anonymats", "Session!B9": "Oui"}
    ),
    Planted(code="value-missing", at="Session!B2", put={"Session!B2": None}),
    Planted(code="time-unreadable", at="Session!B5", put={"Session!B5": "à midi"}),
    Planted(
        code="passage-unreadable",
        at="Candidats!I2",
        put={"Candidats!I1": "Passage", "Candidats!I2": "lundi"},
    ),
    Planted(
        code="insee-code-unreadable",
        at="Candidats!I2",
        put={"Candidats!I1": "Code INSEE de naissance", "Candidats!I2": 1053},
    ),
    Planted(code="date-impossible", at="Session!B4", put={"Session!B4": "31/06/2026"}),
    Planted(code="date-to-come", at="Candidats!H2", put={"Candidats!H2": "01/02/2190"}),
    Planted(
        code="date-to-come",
        at="Aménagements!H2",
        replace={
            "Aménagements": _EXEMPTION.strip()
            + " | Date de décision\n001 | Temps majoré | | 01/06/2026 | | | Accordée | 01/06/2190"
        },
    ),
    Planted(
        code="candidate-twice",
        at="Candidats!B3",
        put={
            "Candidats!B3": "MARTIN",
            "Candidats!C3": "alix",
            "Candidats!H3": dt.datetime(1990, 2, 1),  # noqa: DTZ001 - Excel has no zones
        },
    ),
    Planted(
        code="juror-is-candidate",
        at="Jurés!B3",
        put={"Jurés!B3": "Petit", "Jurés!C3": "Chloe"},
    ),
    Planted(code="juror-twice", at="Jurés!B3", put={"Jurés!B3": "Blanc", "Jurés!C3": "Élise"}),
    Planted(
        code="accommodation-pending",
        at="Aménagements!G2",
        replace={"Aménagements": _EXEMPTION + "001 | Temps majoré | | 01/06/2026 | | | En attente"},
    ),
    Planted(code="birth-date-blank", at="Candidats!H3", put={"Candidats!H3": None}),
    Planted(code="certification-expired", at="Session!B4", put={"Session!B4": "16/06/2029"}),
    Planted(code="code-duplicate", at="Candidats!A5", put={"Candidats!A5": "003"}),
    Planted(
        code="code-duplicate",
        at="Jurés!A5",
        put={"Jurés!A5": "j1", "Jurés!B5": "Vert", "Jurés!C5": "Ida"},
    ),
    Planted(code="choice-unknown", at="Candidats!D2", put={"Candidats!D2": "Complète"}),
    Planted(code="choice-unknown", at="Jurés!E4", put={"Jurés!E4": "Suppléant"}),
    Planted(code="reference-unknown", at="Candidats!E4", put={"Candidats!E4": "BC02; BC07"}),
    Planted(code="reference-unknown", at="Jurés!G3", put={"Jurés!G3": "999"}),
    Planted(
        code="file-name-collision",
        at="Candidats!A5",
        put={"Candidats!A4": "A/1", "Candidats!A5": "a-1"},
    ),
    Planted(code="file-name-collision", at="Jurés!A4", put={"Jurés!A3": "Zoé", "Jurés!A4": "zoe!"}),
    Planted(
        code="candidate-number-is-nir",
        at="Candidats!A5",
        put={"Candidats!A5": "1 85 05 78 006 084"},
    ),
    Planted(code="president-missing", at="Jurés!E1", put={"Jurés!E2": "Membre"}),
    Planted(code="president-several", at="Jurés!E4", put={"Jurés!E4": "président"}),
    Planted(code="held-bloc-presented", at="Candidats!E3", put={"Candidats!E3": "BC01; BC02"}),
    Planted(code="nothing-presented", at="Candidats!F3", put={"Candidats!F3": "BC01 ; BC02"}),
    Planted(code="route-blocs-unsaid", at="Candidats!A4", put={"Candidats!E4": None}),
    Planted(code="route-full-partial", at="Candidats!E2", put={"Candidats!E2": "BC01"}),
    Planted(
        code="assigned-bloc-not-presented",
        at="Affectations!C2",
        replace={
            "Affectations": _ROW + "003|J1|BC01;BC02\n003|J2|\n001|J1|\n001|J2|\n002|J1|\n002|J2|"
        },
    ),
    Planted(
        code="assigned-candidate-absent",
        at="Affectations!A2",
        replace={
            "Affectations": _ROW + "004|J1|\n003|J1|\n003|J2|\n001|J1|\n001|J2|\n002|J1|\n002|J2|"
        },
    ),
    Planted(
        code="assigned-incompatible",
        at="Affectations!B2",
        put={"Jurés!G3": "001"},
        replace={"Affectations": _ROW + "001|J2|\n001|J1|\n002|J1|\n002|J2|\n003|J1|\n003|J2|"},
    ),
    Planted(
        code="reference-unknown",
        at="Affectations!B2",
        replace={"Affectations": _ROW + "001|J9|\n001|J1|\n002|J1|\n002|J2|\n003|J1|\n003|J2|"},
    ),
    Planted(
        code="reference-unknown",
        at="Affectations!A2",
        replace={"Affectations": _ROW + "00l|J2|\n001|J1|\n002|J1|\n002|J2|\n003|J1|\n003|J2|"},
    ),
    Planted(
        code="reference-unknown",
        at="Affectations!C2",
        replace={"Affectations": _ROW + "003|J2|BC9\n003|J1|\n002|J1|\n002|J2|\n001|J1|\n001|J2|"},
    ),
    Planted(
        code="bloc-without-juror",
        at="Candidats!A2",
        replace={"Affectations": _ROW + "002|J1|\n002|J2|\n003|J1|\n003|J2|"},
    ),
    Planted(
        code="bloc-without-juror",
        at="Candidats!A2",
        replace={
            "Affectations": _ROW + "001|J1|BC01\n001|J2|BC01\n002|J1|\n002|J2|\n003|J1|\n003|J2|"
        },
    ),
    Planted(
        code="jurors-too-few",
        at="Candidats!E4",
        replace={"Affectations": _ROW + "001|J1|\n001|J2|\n002|J1|\n002|J2|\n003|J1|"},
    ),
    Planted(
        code="externals-too-few",
        at="Candidats!E4",
        put={"Jurés!D3": "Non"},
        replace={"Affectations": _ROW + "001|J1|\n001|J3|\n002|J1|\n002|J2|\n003|J2|\n003|J3|"},
    ),
    Planted(code="externals-too-few", at="Jurés!D1", put={"Jurés!D3": "Non"}),
    Planted(
        code="jurors-too-few",
        at="Jurés!A1",
        replace={"Jurés": "Code|Nom|Prénom|Externe|Rôle\nJ1|Blanc|Élise|Oui|Président"},
    ),
    Planted(
        code="exemption-without-criterion",
        at="Aménagements!C2",
        replace={"Aménagements": _EXEMPTION + "001 | Exemption de critère | | | | |"},
    ),
    Planted(
        code="exemption-without-effect",
        at="Aménagements!E2",
        replace={
            "Aménagements": _EXEMPTION
            + "001 | Exemption de critère | C2.1.1 | 01/06/2026 | Non | Oui | Accordée"
        },
    ),
    Planted(
        code="exemption-not-presented",
        at="Aménagements!C2",
        replace={
            "Aménagements": _EXEMPTION
            + "003 | Exemption de critère | C1.1.1 | 01/06/2026 | Oui | Oui | Accordée"
        },
    ),
    Planted(
        code="accommodation-duplicate",
        at="Aménagements!C3",
        replace={"Aménagements": _EXEMPTION + f"001 {_GRANTED}001 {_GRANTED}"},
    ),
    Planted(
        code="reference-unknown",
        at="Aménagements!C2",
        replace={
            "Aménagements": _EXEMPTION
            + "001 | Exemption de critère | C9 | 01/06/2026 | Oui | Oui | Accordée"
        },
    ),
    Planted(
        code="yes-no-unreadable",
        at="Aménagements!E2",
        replace={
            "Aménagements": _EXEMPTION
            + "001 | Exemption de critère | C2.1.1 | 01/06/2026 | ok | Oui | Accordée"
        },
    ),
)
"""Each planted alone in the small session gives exactly this problem."""

FILE_CODES = (
    "source-file-missing",
    "source-file-unreadable",
    "source-not-a-workbook",
    "source-encrypted",
    "source-rights-managed",
    "source-too-large",
    "sheet-too-full",
    "source-foreign-workbook",
)
"""Codes of problems of a file as a whole, planted by the tests of opening files."""

RULED_CODES = ("juror-alone", "juror-weights-ignored")
"""Codes of a session's problems under rules that are not the small référentiel's."""
