"""The référentiel and the rules by which the jury decided, in the folder for a control.

A closing keeps its source workbooks to the byte. Where it did not, or where the copy is lost, the
workbook of today stands in for it only if it is the same to the byte; else it is there as what it
is, and both the first page and a warning say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.control_folder.folder_contents import Section
from sheetgen.jury import read_source
from sheetgen.problems import Location
from sheetgen.problems import controlled as kinds
from sheetgen.sources.read import by_row
from sheetgen.text import date_text

if TYPE_CHECKING:
    from sheetgen.control_folder.folder_contents import Gatherer, RulesWorkbook
    from sheetgen.jury import FrozenSource
    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.session_folder.paths import SessionFolder

_NAME = "referential.xlsx"
_HELD = (
    "Référentiel et règlement (feuille Règles) sur lesquels le jury a décidé, gardés à la clôture"
)
_AS_HELD = "celui sur lequel le jury a décidé, gardé à la clôture"
_NOT_HERE = "celui sur lequel le jury a décidé n’est pas dans ce dossier"
_TODAY = "Référentiel et règlement (feuille Règles) tels que l’école les a aujourd’hui"


def add_rules(
    folder: SessionFolder,
    record: ClosingRecord,
    today: RulesWorkbook | None,
    fingerprint: str,
    into: Gatherer,
) -> None:
    """Add the workbook with the rules, and say which one it is.

    Args:
        folder: the session's.
        record: of the closing in force.
        today: the school's workbook of now; None where there is none to be read.
        fingerprint: of what jurors marked, at the closing.
        into: takes it.
    """
    if today is not None and today.title != into.found.title:
        today = None  # that of another certification
    source = None if record.sources is None else record.sources.referential
    held = None if source is None else read_source(folder, source)
    place = Location(file=str(folder.root))
    same = source is not None and today is not None and today.digest == source.sha256
    if held is not None:
        into.keep(Section.REFERENTIAL, _NAME, _HELD, held)
        into.found.rules = _AS_HELD
        if today is not None and not same:
            into.found.rules += " ; l’école l’a changé depuis"
            problem = kinds.RULES_CHANGED.at(place, session=into.found.code)
            into.found.problems.append(problem)
        return
    if same and today is not None:
        told = f"{_HELD.partition(',')[0]} : celui d’aujourd’hui, le même à l’octet près"
        into.keep(Section.REFERENTIAL, _NAME, told, today.data)
        into.found.rules = "celui sur lequel le jury a décidé, le même à l’octet près"
        return
    why = _why_lost(source)
    into.lack(Section.REFERENTIAL, f"le classeur du référentiel, avec le règlement : {why}")
    into.found.rules = _NOT_HERE
    into.found.problems.append(
        kinds.RULES_NOT_KEPT.at(place, session=into.found.code, why=why.replace("’", "'"))
    )
    if today is not None:
        unchanged = today.fingerprint == fingerprint
        since = "inchangé" if unchanged else "changé"
        told = f"{_TODAY} ; ce que les jurés évaluent est {since} depuis la clôture"
        into.keep(Section.REFERENTIAL, _NAME, told, today.data)


def _why_lost(source: FrozenSource | None) -> str:
    """Return why a closing's workbook is not there."""
    if source is None:
        return "la clôture, d’une version qui ne les gardait pas, n’en a que l’empreinte"
    return "l’exemplaire gardé à la clôture n’est plus là, ou n’est plus le même"


def add_former_rules(
    folder: SessionFolder,
    former: ClosingRecord,
    today: RulesWorkbook | None,
    into: Gatherer,
) -> str:
    """Add the workbook by which a closing before a reopening was decided; return which it is."""
    source = None if former.sources is None else former.sources.referential
    held = None if source is None else read_source(folder, source)
    if held is None and source is not None and today is not None and today.digest == source.sha256:
        held = today.data
    if held is None:
        why = f"clôture {former.version}, annulée depuis : {_why_lost(source)}"
        into.lack(Section.REFERENTIAL, f"le classeur du référentiel, avec le règlement ; {why}")
        into.found.problems.append(
            kinds.RULES_NOT_KEPT.at(
                Location(file=str(folder.root)),
                session=into.found.code,
                why=why.replace("’", "'"),
            )
        )
        return _NOT_HERE
    name = f"{version_folder(former)}/{_NAME}"
    told = f"{_HELD} {former.version}, annulée par une réouverture"
    into.keep(Section.REFERENTIAL, name, told, held)
    return f"{_AS_HELD}, {name}"


def version_folder(former: ClosingRecord) -> str:
    """Return the folder for what is of a closing before a reopening, in each section."""
    return f"version-{former.version}"


def told_closing(record: ClosingRecord, rules: str, *, in_force: bool) -> str:
    """Return by which référentiel a closing was decided, in words, without a full stop."""
    titles = by_row(record.printed or {})["Certification"][""]
    day = f" du {date_text(record.made.astimezone().date())}" if record.made else ""
    state = "en vigueur" if in_force else "annulée"
    version = titles.get("Version", "")
    named = f"version {version}" if version else "sans version"
    return f"Clôture {record.version}{day}, {state} ; référentiel {named} : {rules}"
