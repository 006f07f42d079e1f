"""An example référentiel's session, from `init` to its jury's workbook, by the commands alone."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import deliberations
from click.testing import CliRunner
from conftest import EXAMPLES
from fill_grids import Answers, changes, identity, input_beside, open_grid

from sheetgen.cli import main
from sheetgen.consolidation.layout import ADOPTION_LABEL, CLOSING_DATE_LABEL, CLOSING_TIME_LABEL
from sheetgen.grid.contract import DECLARATION_LABEL, HOME_SHEET
from sheetgen.jury import open_consolidation
from sheetgen.jury.form import CellReader, read_form
from sheetgen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from click.testing import Result
    from fill_grids import GridKey

COMMENT = "Le geste ou la réponse n’a pas suffi."
REASON = "Le jury confirme ce que disent les appréciations."
ACQUIRED = ("Acquis", "3 – Seul", "2 – Sous contrôle")
PASS_MARK = 10.0
"""Below it, a juror writes a comment; marks on fewer points have one as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleSession:
    """A folder that `init --example` prepared, its commands run in this process."""

    name: str
    folder: Path

    @property
    def outputs(self) -> Path:
        """Return the folder that the commands write for the session."""
        (found,) = (self.folder / "outputs").glob("*-2026")
        return found

    @property
    def jurys(self) -> Path:
        """The workbook in which the jury decides."""
        return self.outputs / "consolidation" / "consolidation.xlsx"

    def init(self) -> Result:
        """Prepare the folder."""
        return CliRunner().invoke(main, ["init", str(self.folder), "--example", self.name])

    def run(self, command: str, *arguments: str) -> Result:
        """Run a command as a user types it in the folder."""
        options = {
            "--referential": self.folder / "referential.xlsx",
            "--session": self.folder / "session.xlsx",
            "--templates": self.folder / "templates",
            "--output": self.folder / "outputs",
        }
        given = [str(part) for pair in options.items() for part in pair]
        return CliRunner().invoke(main, [command, *given, *arguments])

    def return_grids(self, place: Path | None = None) -> int:
        """Fill every grid that has marks, put it among the returns, and count them.

        Args:
            place: another folder to put them in.
        """
        marks = dict(self._marks())
        returns = place or self.outputs / "retours"
        returns.mkdir(exist_ok=True)
        for path in sorted((self.outputs / "grilles").rglob("*.xlsx")):
            book = open_grid(path)
            given = marks.pop(identity(book), None)
            if given is None:
                continue
            declared = input_beside(book[HOME_SHEET], DECLARATION_LABEL) is not None
            texts = {DECLARATION_LABEL: "Oui"} if declared else {}
            answers = Answers(returns=returns, marks=given, texts=texts)
            for item in changes(path, book, answers):
                book[item.sheet][item.cell] = _typed(str(item.value))
            book.save(returns / path.name)
        assert not marks, "marks without their grid"
        return len(list(returns.glob("*.xlsx")))

    def _marks(self) -> Iterator[tuple[GridKey, dict[str, tuple[str, str]]]]:
        path = EXAMPLES / "referentiels" / self.name / "appreciations.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                key = row.pop("candidat"), row.pop("juré")
                yield key, {code: (mark, _comment(mark)) for code, mark in row.items() if mark}

    def deliberate(
        self, decided: Mapping[tuple[str, str], str], shown: Mapping[str, str] | None = None
    ) -> None:
        """Write the jury's decisions and reasons, and adopt what is left blank.

        `shown` is what a candidate's certification, a formula, comes to by these decisions.
        """
        followed = shown or {}
        workbook = open_consolidation(self.jurys)
        assert not isinstance(workbook, Problem), workbook
        form = read_form(workbook, CellReader(str(self.jurys)))
        assert form is not None
        cells: dict[str, str | float | None] = {
            form.answers[ADOPTION_LABEL].cell: "Oui",
            form.answers[CLOSING_DATE_LABEL].cell: deliberations.JUNE_15 + 15,
            form.answers[CLOSING_TIME_LABEL].cell: deliberations.HALF_PAST_FIVE,
        }
        for row in form.rows:
            subject = str(row.candidate.value), str(row.subject.value)
            decision = decided.get(subject)
            if subject[1] == "Certification" and subject[0] in followed:
                cells[row.proposal.cell] = f"→{followed[subject[0]]}"
            if decision:
                cells[row.decision.cell] = decision
                cells[row.reason.cell] = REASON
            elif str(row.proposal.value) in ("Non validé", "Non délivrée"):
                cells[row.reason.cell] = REASON
        deliberations.fill(self.jurys, cells)


def _typed(written: str) -> str | float:
    """Return what a juror types: a note is a number."""
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return written


def _comment(written: str) -> str:
    """Return what a juror writes beside a mark that is not acquired."""
    mark = _typed(written)
    good = mark in ACQUIRED if isinstance(mark, str) else mark >= PASS_MARK
    return "" if good else COMMENT
