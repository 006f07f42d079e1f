"""The records that declare a workbook: its sheets, columns and rows, and what may be written there.

The declarations themselves are beside this module: `referential` and `session` put the sheets of
a workbook together, which other modules declare.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from sheetgen import model

YES = "Oui"
NO = "Non"


class ValueKind(Enum):
    """The kinds of value of a cell; decides how it is read, checked and offered as a list."""

    TEXT = "texte"
    CODE = "code, unique dans la colonne"
    POINTS = "nombre de points"
    WEIGHT = "nombre supérieur à 0"
    COUNT = "nombre entier supérieur ou égal à 1"
    PERCENTAGE = "pourcentage de 0 à 100, ou note sur son maximum (12/20)"
    THRESHOLD = "nombre entier, pourcentage de 0 à 100, ou note sur son maximum (12/20)"
    YES_NO = "Oui ou Non"
    DATE = "date"
    TIME = "heure"
    PASSAGE = "date, avec ou sans heure"
    INSEE_CODE = "code INSEE, cinq signes"
    ITEM = "code d'une modalité ou d'une compétence"
    JURY = "nom d'un jury"
    COLOUR = "couleur, six chiffres hexadécimaux (1F4E79)"
    SHORTCUT = "une lettre ou un chiffre"
    CHOICE = "choix dans une liste"
    CHOICES = "choix dans une liste, séparés par « ; »"
    REFERENCE = "code d'une autre feuille"
    REFERENCES = "codes d'une autre feuille, séparés par « ; »"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSpec:
    """One value a school may write.

    Attributes:
        name: the column's header or the row's name, exactly as the design writes it.
        attribute: the English name under which the value is read; where the model's record has the
            value as it stands, the name of that attribute.
        required: it must exist and be filled.
        choices: the closed set, for `CHOICE` and `CHOICES`; those offered, for a text that may be
            another.
        references: the sheet whose first column holds the codes, for `REFERENCE` and `REFERENCES`.
        default: what an absent or blank value stands for, as a school would write it.
        blank_means: what a blank cell says, in French, where it has its own meaning.
        maximum_length: in characters.
        lasting: the next session's workbook takes it over; what holds for one session alone does
            not last.
        help: one or two sentences in French, for comments, « Aide » columns and the documentation.
    """

    name: str
    attribute: str
    kind: ValueKind = ValueKind.TEXT
    required: bool = False
    choices: type[model.Term] | None = None
    references: str | None = None
    default: str | None = None
    blank_means: str | None = None
    maximum_length: int = 8000
    lasting: bool = True
    help: str

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the closed values in French, in the order to offer them.

        Empty where any is possible.
        """
        if self.kind is ValueKind.YES_NO:
            return (YES, NO)
        if self.choices is None:
            return ()
        return tuple(str(term.value) for term in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec(ValueSpec):
    """A column of a sheet.

    Attributes:
        width: in characters.
        need: what it is needed for, in French, where a row may do without it but not all it is for.
    """

    width: int = 16
    need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec(ValueSpec):
    """A row of a sheet of names and values.

    Attributes:
        printed_on: the documents that show the value, in French, and lack it when it is blank.
        official: an official paper must say it; none is made while it is blank.
    """

    printed_on: str | None = None
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """A sheet: a header row of `columns`; where `fields` are declared, one row for each of them.

    Attributes:
        required: the sheet must exist; one that is not may also be without rows.
        help: what the sheet is for, in French.
        frozen: how many columns stay as one scrolls to the right: those that say whose row it is.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    fields: tuple[FieldSpec, ...] = ()
    required: bool = True
    help: str
    frozen: int = 1

    def column(self, name: str) -> ColumnSpec:
        """Return the column with exactly this name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookSpec:
    """A source workbook: its sheets in order, and the `companions` that explain or feed lists.

    Attributes:
        drafts: the sheets of a workbook that a command made and nobody has read yet.
        introduction: what it is for, in French, for « Lisez-moi »; the référentiel's and the
            session's stand beside the writer.
        steps: likewise, what to do, in order.
    """

    title: str
    sheets: tuple[SheetSpec, ...]
    companions: tuple[str, ...] = ("Lisez-moi", "Listes")
    drafts: tuple[SheetSpec, ...] = ()
    introduction: str = ""
    steps: tuple[str, ...] = ()

    def sheet(self, name: str) -> SheetSpec:
        """Return the sheet with exactly this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


LABEL_LENGTH = 255
"""Longest text that Excel allows where labels and names end up (prompts, properties)."""

CODE_LENGTH = 60
"""Longest code: it stands in a narrow column, and in file names."""

SHEET_NAME_LENGTH = 31
"""Longest name of a sheet; a bloc's code names one."""


def key_columns(key: str, *, value_required: bool, value_width: int = 60) -> tuple[ColumnSpec, ...]:
    """Return the three columns of a sheet of names and values, as wide as a small screen."""
    return (
        ColumnSpec(
            name=key,
            attribute="key",
            required=True,
            width=34,
            help="Le nom de la ligne : ne pas le modifier.",
        ),
        ColumnSpec(
            name="Valeur",
            attribute="value",
            required=value_required,
            width=value_width,
            help="À remplir par l'école.",
        ),
        ColumnSpec(
            name="Aide",
            attribute="help",
            width=138 - value_width,
            help="Ce que la ligne veut dire ; le programme ne lit pas cette colonne.",
        ),
    )
