"""The sheets of the session workbook on who marks whom, and on what is particular to somebody."""

from __future__ import annotations

from sheetgen import model
from sheetgen.sources.schema.specs import (
    LABEL_LENGTH,
    NO,
    ColumnSpec,
    SheetSpec,
    ValueKind,
)

_CANDIDATE = ColumnSpec(
    name="Candidat",
    attribute="candidate",
    kind=ValueKind.REFERENCE,
    references="Candidats",
    required=True,
    width=14,
    help="Numéro du candidat.",
)
"""Whom a row is about, on every sheet of events."""

ASSIGNMENTS = SheetSpec(
    name="Affectations",
    required=False,
    help="Qui évalue qui. Sans aucune ligne, chaque juré évalue chaque candidat de son jury.",
    columns=(
        _CANDIDATE,
        ColumnSpec(
            name="Juré",
            attribute="juror",
            kind=ValueKind.REFERENCE,
            references="Jurés",
            required=True,
            width=14,
            help="Code du juré.",
        ),
        ColumnSpec(
            name="Blocs",
            attribute="blocks",
            kind=ValueKind.REFERENCES,
            references="Blocs",
            width=30,
            blank_means="tous ceux que le candidat présente",
            help="Codes des blocs que ce juré évalue pour ce candidat. Vide : tous ceux qu'il "
            "présente. Plusieurs lignes s'ajoutent.",
        ),
        ColumnSpec(
            name="Modalités",
            attribute="methods",
            kind=ValueKind.REFERENCES,
            references="Modalités",
            width=20,
            blank_means="toutes",
            help="Codes des modalités que ce juré évalue dans ces blocs. Vide : toutes.",
        ),
    ),
)
"""« Affectations »."""

ACCOMMODATIONS = SheetSpec(
    name="Aménagements",
    required=False,
    help="Les aménagements pour handicap : leur effet, jamais le diagnostic.",
    columns=(
        _CANDIDATE,
        ColumnSpec(
            name="Nature",
            attribute="kind",
            kind=ValueKind.CHOICE,
            choices=model.AccommodationKind,
            required=True,
            width=24,
            help="Ce qui est aménagé.",
        ),
        ColumnSpec(
            name="Critère",
            attribute="criterion",
            kind=ValueKind.REFERENCE,
            references="Critères",
            width=12,
            help="Code du critère, à remplir pour une exemption ; une ligne par critère.",
        ),
        ColumnSpec(
            name="Consigne au jury",
            attribute="instruction",
            width=43,
            help="Ce que les jurés doivent appliquer, et rien d'autre : jamais le diagnostic.",
        ),
        ColumnSpec(
            name="Avis du référent handicap",
            attribute="opinion_date",
            kind=ValueKind.DATE,
            width=16,
            help="Date de l'avis motivé du référent handicap.",
        ),
        ColumnSpec(
            name="Capacité professionnelle préservée",
            attribute="capacity_preserved",
            kind=ValueKind.YES_NO,
            width=18,
            help="Oui : l'exemption ne remet pas en question la capacité professionnelle globale.",
        ),
        ColumnSpec(
            name="Critère sans objet dans la pratique future",
            attribute="not_applicable_in_practice",
            kind=ValueKind.YES_NO,
            width=20,
            help="Oui : le critère n'a pas vocation à s'appliquer dans la pratique future.",
        ),
        ColumnSpec(
            name="Décision du jury",
            attribute="decision",
            kind=ValueKind.CHOICE,
            choices=model.JuryDecision,
            width=14,
            help="Une exemption n'a d'effet qu'une fois accordée.",
        ),
        ColumnSpec(
            name="Date de décision",
            attribute="decision_date",
            kind=ValueKind.DATE,
            width=16,
            help="Date de la décision du jury.",
        ),
    ),
)
"""« Aménagements »."""

ABSENCES = SheetSpec(
    name="Absences",
    required=False,
    help="Les épreuves auxquelles un candidat présent à la session n'est pas venu.",
    columns=(
        _CANDIDATE,
        ColumnSpec(
            name="Modalité",
            attribute="method",
            kind=ValueKind.REFERENCE,
            references="Modalités",
            required=True,
            width=14,
            help="Code de l'épreuve ; la règle Absence à une épreuve dit ce qui s'ensuit.",
        ),
        ColumnSpec(
            name="Justifiée",
            attribute="justified",
            kind=ValueKind.YES_NO,
            width=11,
            blank_means="non précisé",
            help="Si l'absence est justifiée ; c'est seulement imprimé.",
        ),
    ),
)
"""« Absences »."""

EVIDENCE = SheetSpec(
    name="Pièces",
    required=False,
    help="Les documents qui montrent une compétence dont la Preuve est « Pièce ».",
    columns=(
        _CANDIDATE,
        ColumnSpec(
            name="Compétence",
            attribute="competency",
            kind=ValueKind.REFERENCE,
            references="Compétences",
            required=True,
            width=14,
            help="Code de la compétence que la pièce montre.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            width=36,
            maximum_length=LABEL_LENGTH,
            help="Nom de la pièce, par exemple Attestation de secourisme.",
        ),
        ColumnSpec(
            name="Date d'obtention",
            attribute="obtained",
            kind=ValueKind.DATE,
            width=16,
            help="Date à laquelle le candidat l'a obtenue.",
        ),
        ColumnSpec(
            name="Valable jusqu'au",
            attribute="valid_until",
            kind=ValueKind.DATE,
            width=16,
            blank_means="sans limite",
            help="Dernier jour de validité, ce jour compris. Vide : sans limite.",
        ),
        ColumnSpec(
            name="Acceptée",
            attribute="acceptance",
            kind=ValueKind.CHOICE,
            choices=model.Acceptance,
            required=True,
            width=12,
            help="Oui, Non, ou En attente.",
        ),
    ),
)
"""« Pièces »."""

KEPT_RESULTS = SheetSpec(
    name="Résultats conservés",
    required=False,
    help="Les épreuves et compétences qu'un candidat garde d'une autre session.",
    columns=(
        _CANDIDATE,
        ColumnSpec(
            name="Objet",
            attribute="item",
            kind=ValueKind.ITEM,
            required=True,
            width=14,
            help="Code d'une modalité ou d'une compétence du référentiel.",
        ),
        ColumnSpec(
            name="Score",
            attribute="score",
            kind=ValueKind.PERCENTAGE,
            width=11,
            blank_means="aucun",
            help="Résultat gardé, par exemple 65 % ou 13/20 ; il en faut un pour une épreuve.",
        ),
        ColumnSpec(
            name="Date",
            attribute="date",
            kind=ValueKind.DATE,
            width=14,
            help="Date à laquelle il a été obtenu.",
        ),
        ColumnSpec(
            name="Session d'origine",
            attribute="origin",
            width=26,
            maximum_length=LABEL_LENGTH,
            help="Session dans laquelle il a été obtenu, par exemple 2025-12.",
        ),
        ColumnSpec(
            name="Valable jusqu'au",
            attribute="valid_until",
            kind=ValueKind.DATE,
            width=16,
            blank_means="sans limite",
            help="Dernier jour où il peut être gardé, ce jour compris. Vide : sans limite.",
        ),
        ColumnSpec(
            name="Renoncé",
            attribute="renounced",
            lasting=False,
            kind=ValueKind.YES_NO,
            default=NO,
            width=11,
            help="Oui : le candidat y renonce, repasse l'épreuve ou la compétence, et seul le "
            "nouveau résultat compte.",
        ),
    ),
)
"""« Résultats conservés »."""
