"""A school with a small session, whose workbooks change between two commands."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import workbooks
from click.testing import CliRunner
from conftest import EXAMPLES, ROOT

from sheetgen.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from workbooks import Sheets

CODE = "2026-06"


def _session() -> Sheets:
    """The small session, with birth dates and former names, a deadline and addresses."""
    sheets = workbooks.session_sheets()
    sheets["Session"].append(["Date limite de retour", "22/06/2026"])
    sheets["Session"].append(["Anonymat", "Non"])
    sheets["Candidats"] = workbooks.rows_of(
        """
        N°  | Nom    | Prénom | Date de naissance | Parcours | Blocs présentés | Statut | Ancien nom
        001 | Martin | Alix   | 28/02/1990 | Certification complète  |      |        |
        002 | Durand | Benoît | 01/07/1985 | Certification complète  |      |        |
        003 | Petit  | Chloé  | 11/11/1999 | Capitalisation de blocs | BC02 |        |
        """
    )
    sheets["Jurés"] = workbooks.rows_of(
        """
        Code | Nom   | Prénom | Externe | Rôle      | Email           | Ancien nom
        J1   | Blanc | Élise  | Oui     | Président | j1@example.org  |
        J2   | Noir  | Farid  | Oui     | Membre    | j2@example.org  |
        """
    )
    return sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result of a command, from its JSON report."""

    status: int
    problems: list[dict[str, Any]]
    report: dict[str, Any]

    @property
    def codes(self) -> list[str]:
        """The codes of the problems that are errors or warnings, those of templates apart."""
        return [item["code"] for item in self.problems if item["severity"] != "info"]

    def said(self, code: str) -> str:
        """The message of the one problem of this code."""
        (message,) = [item["message"] for item in self.problems if item["code"] == code]
        return str(message)

    @property
    def written(self) -> dict[str, str]:
        """Return what became of each file, by its name."""
        return {item["file"].rpartition("/")[2]: item["written"] for item in self.report["files"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A folder with the workbooks, and the commands run on them.

    Attributes:
        keyed: whether the session has its signing key from the start: one drawn by each run prints
            other codes each time, in which one may find by chance what a test looks for.
    """

    folder: Path
    keyed: bool = True
    session: Sheets = field(default_factory=_session)
    referential: Sheets = field(default_factory=workbooks.referential_sheets)

    def __post_init__(self) -> None:
        """Put the example's key where `generate` finds it, unless the session is there already."""
        private = self.outputs / ".sheetgen"
        if self.keyed and not self.outputs.exists():
            private.mkdir(parents=True)
            shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")

    @property
    def outputs(self) -> Path:
        """The session's folder."""
        return self.folder / "outputs" / CODE

    def set(self, sheet: str, cell: str, value: object) -> None:
        """Types in a cell of the session's workbook."""
        workbooks.place(self.session, sheet, cell, value)

    def run(self, command: str, *arguments: str) -> Answer:
        """A command as a user types it, on the workbooks as they are."""
        result = self._invoke(command, "--json", *arguments)
        report = json.loads(result.stdout)
        return Answer(status=result.exit_code, problems=report["problems"], report=report)

    def shown(self, command: str, *arguments: str) -> str:
        """Return what the same command shows on the screen."""
        return self._invoke(command, *arguments).stdout

    def _invoke(self, command: str, *arguments: str) -> Result:
        files = {
            "--session": workbooks.save(self.folder / "session.xlsx", self.session),
            "--referential": workbooks.save(self.folder / "referential.xlsx", self.referential),
            "--templates": ROOT / "templates",
            "--output": self.folder / "outputs",
        }
        options = [str(part) for pair in files.items() for part in pair]
        result = CliRunner().invoke(main, [command, *options, *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    def generate(self, *arguments: str) -> Answer:
        """`generate` without Word documents."""
        return self.run("generate", "--no-reports", *arguments)

    def grid(self, juror: str, number: str, name: str) -> Path:
        """A grid as generated."""
        return self.outputs / "grilles" / juror / f"grille_{number}_{juror}{name}.xlsx"

    def give_back(self, juror: str, number: str, name: str = "") -> None:
        """Has a grid come back, as it was made."""
        shutil.copy(self.grid(juror, number, name), self.outputs / "retours")
