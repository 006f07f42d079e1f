"""The session workbook, `session.xlsx`: sections 4 and 11 of the design."""

from __future__ import annotations

from sheetgen import model
from sheetgen.sources.schema.event_sheets import (
    ABSENCES,
    ACCOMMODATIONS,
    ASSIGNMENTS,
    EVIDENCE,
    KEPT_RESULTS,
)
from sheetgen.sources.schema.people_sheets import CANDIDATES, JURORS
from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    NO,
    FieldSpec,
    SheetSpec,
    ValueKind,
    WorkbookSpec,
    key_columns,
)

_SESSION = SheetSpec(
    name="Session",
    help="La session du jury : quand, où, sous quel numéro.",
    columns=key_columns("Champ", value_required=True),
    fields=(
        FieldSpec(
            name="Code",
            attribute="code",
            lasting=False,
            required=True,
            maximum_length=CODE_LENGTH,
            help="Code court de la session, par exemple 2026-06 ; il nomme le dossier des "
            "résultats.",
        ),
        FieldSpec(
            name="Intitulé",
            attribute="title",
            lasting=False,
            maximum_length=LABEL_LENGTH,
            help="Intitulé de la session, par exemple Session de juin 2026.",
        ),
        FieldSpec(
            name="Date",
            attribute="date",
            lasting=False,
            printed_on="le procès-verbal et les attestations",
            kind=ValueKind.DATE,
            help="Date du jury, par exemple 15/06/2026.",
        ),
        FieldSpec(
            name="Heure",
            attribute="time",
            lasting=False,
            printed_on="les convocations, le procès-verbal et les rapports du jury",
            kind=ValueKind.TIME,
            help="Heure du jury, par exemple 14:30 ou 14h30.",
        ),
        FieldSpec(
            name="Adresse",
            attribute="address",
            printed_on="les convocations, le procès-verbal, les rapports et les notifications",
            help="Adresse complète du lieu où siège le jury.",
        ),
        FieldSpec(
            name="Centre",
            attribute="centre",
            maximum_length=LABEL_LENGTH,
            help="Nom du centre d'examen.",
        ),
        FieldSpec(
            name="Numéro de PV",
            attribute="minutes_number",
            lasting=False,
            printed_on="le procès-verbal et les documents qui le citent",
            maximum_length=LABEL_LENGTH,
            help="Numéro unique du procès-verbal.",
        ),
        FieldSpec(
            name="Représentant du certificateur",
            attribute="representative",
            printed_on="les convocations, le procès-verbal et les rapports du jury",
            maximum_length=LABEL_LENGTH,
            help="Prénom et nom de la personne qui représente le certificateur.",
        ),
        FieldSpec(
            name="Date limite de retour",
            attribute="return_deadline",
            lasting=False,
            kind=ValueKind.DATE,
            help="Date à laquelle les jurés doivent avoir renvoyé leurs grilles.",
        ),
        FieldSpec(
            name="Anonymat",
            attribute="anonymous",
            kind=ValueKind.YES_NO,
            default=NO,
            help="Oui : les grilles ne portent que le numéro du candidat, jamais son nom.",
        ),
        FieldSpec(
            name="Notation",
            attribute="notation",
            kind=ValueKind.CHOICE,
            choices=model.Notation,
            default="Individuelle",
            help="Individuelle : chaque juré remplit ses grilles. Commune : ceux qui évaluent la "
            "même chose remplissent une seule grille ensemble.",
        ),
        FieldSpec(
            name="Fin",
            attribute="last_day",
            lasting=False,
            kind=ValueKind.DATE,
            blank_means="le jour même",
            help="Dernier jour de la session, si elle en dure plusieurs.",
        ),
    ),
)

SESSION = WorkbookSpec(
    title="Session",
    sheets=(
        _SESSION,
        CANDIDATES,
        JURORS,
        ASSIGNMENTS,
        ACCOMMODATIONS,
        ABSENCES,
        EVIDENCE,
        KEPT_RESULTS,
    ),
)
"""The session workbook: its sheets in order, those added since it began after the others."""
