"""Settings shared by all commands, from `sheetgen.toml` and environment variables.

A command takes a setting from its command line, else from the environment, else from the
`sheetgen.toml` of the folder it is run in, else from its default. No other folder is searched: the
file lies beside the workbooks whose places it names, and its paths start where theirs do.
"""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import configuration as kinds
from sheetgen.text.fold import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.model.retention import RetentionTerm

CONFIGURATION = "sheetgen.toml"
"""The name of the file."""

RETENTION = "conservation"
"""The section of how long things are kept."""
_TERM = "« 18 mois », « 3 ans » ou « à vie », entre guillemets"

_LONGEST_QUOTE = 60


class SettingKind(Enum):
    """The kinds of setting, each with how to write it in TOML, in French."""

    FILE = "un chemin entre guillemets"
    FOLDER = "un chemin de dossier entre guillemets"
    COUNT = "un nombre entier, 1 ou plus, sans guillemets"
    ADDRESS = "une adresse entre guillemets"
    REGISTER = "un fichier ou une adresse entre guillemets"
    SWITCH = "true ou false, sans guillemets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that can be set, under one name wherever it is.

    Attributes:
        name: that of the option, without its dashes, and the key in the file.
        kind: what it may be.
        help: what it is, in a French sentence.
        default: what it is when it is set nowhere, as written in the file.
        blank: when the default is no constant, what it is, in French; `default` is an example then.
        opposite: the option that takes a switch back.
    """

    name: str
    kind: SettingKind
    help: str
    default: str
    blank: str = ""
    opposite: str = ""

    @property
    def option(self) -> str:
        """Return the option of the command line, as in « --no-reports »."""
        return f"--{self.name}"

    @property
    def parameter(self) -> str:
        """Return the name of the Python parameter, as in « no_reports »."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """Return the environment variable, as in « SHEETGEN_NO_REPORTS »."""
        return f"SHEETGEN_{self.parameter.upper()}"

    def accepts(self, value: object) -> bool:
        """Return whether a value read from the file is of this setting's kind."""
        match self.kind:
            case SettingKind.FILE | SettingKind.FOLDER | SettingKind.ADDRESS | SettingKind.REGISTER:
                return isinstance(value, str) and bool(value.strip())
            case SettingKind.COUNT:
                return isinstance(value, int) and not isinstance(value, bool) and value >= 1
            case SettingKind.SWITCH:
                return isinstance(value, bool)


REFERENTIAL = Setting(
    name="referential",
    kind=SettingKind.FILE,
    help="Classeur du référentiel.",
    default="referential.xlsx",
)
SESSION = Setting(
    name="session",
    kind=SettingKind.FILE,
    help="Classeur de la session.",
    default="session.xlsx",
)
TEMPLATES = Setting(
    name="templates",
    kind=SettingKind.FOLDER,
    help="Dossier des modèles Word.",
    default="templates",
)
OUTPUT = Setting(
    name="output",
    kind=SettingKind.FOLDER,
    help="Dossier où écrire, un sous-dossier par session.",
    default="outputs",
)
JOBS = Setting(
    name="jobs",
    kind=SettingKind.COUNT,
    help="Nombre de processus.",
    default="4",
    blank="nombre de processeurs",
)
SCHEDULER = Setting(
    name="scheduler",
    kind=SettingKind.ADDRESS,
    help="Adresse d'un ordonnanceur Dask, dont les machines font alors le travail.",
    default="tcp://127.0.0.1:8786",
    blank="aucun, les processus de cette machine",
)
NO_REPORTS = Setting(
    name="no-reports",
    kind=SettingKind.SWITCH,
    help="Laisser de côté les documents Word.",
    default="false",
    opposite="--reports",
)
REGISTER = Setting(
    name="register",
    kind=SettingKind.REGISTER,
    help="Registre de ce qui est acquis : un fichier, ou une base postgresql://…",
    default="register.sqlite",
)
NO_REGISTER = Setting(
    name="no-register",
    kind=SettingKind.SWITCH,
    help="Ne rien inscrire au registre, pour un essai : les documents n'ont pas de numéro.",
    default="false",
    opposite="--with-register",
)
KEY = Setting(
    name="key",
    kind=SettingKind.FILE,
    help="Clé qui signe les documents vérifiables ; à garder secrète, et à sauvegarder.",
    default="register.key",
    blank="le fichier .key à côté du registre ; à dire pour une base PostgreSQL",
)
PDF = Setting(
    name="pdf",
    kind=SettingKind.SWITCH,
    help="Faire aussi un PDF de chaque document Word, par le LibreOffice de cet ordinateur.",
    default="false",
    opposite="--no-pdf",
)
LIBREOFFICE = Setting(
    name="libreoffice",
    kind=SettingKind.FILE,
    help="Programme ou dossier de LibreOffice, qui fait les PDF.",
    default="/opt/libreoffice/program/soffice",
    blank="celui qui est installé sur cet ordinateur",
)
QUIET = Setting(
    name="quiet",
    kind=SettingKind.SWITCH,
    help="N'afficher que les erreurs et les avertissements.",
    default="false",
    opposite="--no-quiet",
)

SETTINGS = {
    setting.name: setting
    for setting in (
        REFERENTIAL,
        SESSION,
        TEMPLATES,
        OUTPUT,
        JOBS,
        SCHEDULER,
        NO_REPORTS,
        REGISTER,
        NO_REGISTER,
        KEY,
        PDF,
        LIBREOFFICE,
        QUIET,
    )
}
"""Every setting by its name, in the order to show them."""


def refuse_scheduler(address: str) -> str:
    """Return why a cluster's address is of no use here, in French; blank where it may be of use."""
    if not address or find_spec("distributed") is not None:
        return ""
    return (
        "le paquet « distributed » n'est pas installé. "
        'L\'installer avec : pip install "sheetgen[cluster]"'
    )


def read_configuration(path: Path) -> tuple[Mapping[str, object], list[Problem]]:
    """Return the settings of a file, by parameter, with everything that is wrong with it.

    Without the file there are none, and nothing is wrong. What is wrong sets nothing.
    """
    location = Location(file=str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [kinds.CONFIGURATION_UNREADABLE.at(location, reason=explain(error))]
    except UnicodeDecodeError:
        reason = "il n'est pas enregistré en UTF-8"
        return {}, [kinds.CONFIGURATION_UNREADABLE.at(location, reason=reason)]
    try:
        content = tomllib.loads(text)
    except ValueError as error:  # a number of thousands of digits is no error of TOML
        return {}, [_syntax_problem(error, text, location)]
    settings: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in content.items():
        setting = SETTINGS.get(name)
        if name == RETENTION and value != {}:
            terms, found = _terms(value, location)
            problems += found
            settings[RETENTION] = terms
        elif name == RETENTION:
            continue
        elif setting is None:
            problems.append(_unknown(name, location))
        elif setting.accepts(value):
            settings[setting.parameter] = value
        else:
            problems.append(
                kinds.SETTING_UNUSABLE.at(
                    location, name=name, found=_written(value), allowed=setting.kind.value
                )
            )
    return settings, problems


def _terms(value: object, location: Location) -> tuple[Mapping[str, RetentionTerm], list[Problem]]:
    """Return the terms that a section sets, the others as by default, with what is wrong."""
    # Every command reads the settings, few need a term: the model's records are not loaded for it.
    from sheetgen.model.retention import RETENTION_KINDS, default_terms, parse_term

    terms = default_terms()
    if not isinstance(value, dict):
        allowed = f"une section : [{RETENTION}], puis une durée par ligne"
        found = _written(value)
        return terms, [
            kinds.SETTING_UNUSABLE.at(location, name=RETENTION, found=found, allowed=allowed)
        ]
    problems: list[Problem] = []
    for name, said in value.items():
        full, term = f"{RETENTION}.{name}", parse_term(said)
        if name not in RETENTION_KINDS:
            close = nearest(name.replace("_", "-"), RETENTION_KINDS)
            near = "" if close is None else f" Vouliez-vous dire « {close} » ?"
            allowed = quoted(RETENTION_KINDS, last="et")
            problems.append(
                kinds.SETTING_UNKNOWN.at(location, name=full, near=near, allowed=allowed)
            )
        elif term is None:
            found = _written(said)
            problems.append(
                kinds.SETTING_UNUSABLE.at(location, name=full, found=found, allowed=_TERM)
            )
        else:
            terms[name] = term
    last = terms["decisions"]
    problems += [
        kinds.RETENTION_ORDER.at(location, name=name, term=str(terms[name]), decisions=str(last))
        for name, kind in RETENTION_KINDS.items()
        if not kind.in_register and not last.covers(terms[name])
    ]
    return terms, problems


def _syntax_problem(error: ValueError, text: str, location: Location) -> Problem:
    """Return the place where the file stops being TOML; the library says so in English."""
    lines = text.splitlines()
    told = re.search(r"at line (\d+)", str(error))
    number = int(told[1]) if told else len(lines)
    if not isinstance(error, tomllib.TOMLDecodeError):
        number = 1 + max(range(len(lines)), key=lambda at: len(lines[at]))
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return kinds.CONFIGURATION_SYNTAX.at(location, number=number, line=line[:_LONGEST_QUOTE])


def _unknown(name: str, location: Location) -> Problem:
    close = nearest(name.replace("_", "-"), SETTINGS)
    near = "" if close is None else f" Vouliez-vous dire « {close} » ?"
    return kinds.SETTING_UNKNOWN.at(
        location, name=name, near=near, allowed=quoted(SETTINGS, last="et")
    )


def _written(value: object) -> str:
    """Return a value as the file writes it, or nearly."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value[:_LONGEST_QUOTE]}"'
    return str(value)[:_LONGEST_QUOTE]
