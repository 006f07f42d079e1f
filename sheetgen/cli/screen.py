"""Show the results and problems of a command to a person, or print them as JSON.

What only one command shows is worded in a module of its own (`screen_cpf` and its like), which is
imported when that command ends: the others start without it.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sheetgen.cli.screen_colours import CAUTION, NOTE, WRONG
from sheetgen.cli.screen_tables import (
    LEGEND,
    absences_table,
    absent_record,
    candidates_table,
    escape,
    evidence_record,
    evidence_table,
    jurors_table,
    outcomes_table,
    returns_record,
    still_to_come,
)
from sheetgen.files import Streamed, write_json
from sheetgen.model import ReturnStatus
from sheetgen.problems import Problem, Severity, has_errors
from sheetgen.problems.told_lines import counts_line, problem_lines
from sheetgen.session_folder.written_files import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sheetgen.cli.screen_tables import AwaitedEvidence
    from sheetgen.commands import (
        Checked,
        Consolidated,
        CpfAnswer,
        Dossier,
        ExplainedDecision,
        Extracted,
        Finalized,
        Generated,
        ImportedDraft,
        RegisterAnswer,
        Surveyed,
        Verified,
    )
    from sheetgen.model import Referential, Session
    from sheetgen.returns import Collection
    from sheetgen.shortcuts import ShortcutChange
    from sheetgen.workspace import Result

_CLOSED = "session-closed"
"""The code of what is said of a session that the jury has closed."""

_STYLES = {
    Severity.ERROR: f"bold {WRONG}",
    Severity.WARNING: CAUTION,
    Severity.INFO: NOTE,
}


class Screen:
    """Prints results to standard output, problems to standard error; with `as_json`, JSON alone."""

    def __init__(self, *, as_json: bool = False, quiet: bool = False) -> None:
        self._as_json = as_json
        self._quiet = quiet
        self._out = Console(quiet=quiet or as_json, highlight=False, soft_wrap=True, emoji=False)
        self._errors = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

    @contextmanager
    def progress(self, what: str, steps: int) -> Iterator[Callable[[], None]]:
        """Show a progress bar on a terminal, nothing when piped; yield what each step calls."""
        if not self._errors.is_terminal or self._out.quiet:
            yield lambda: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, console=self._errors, transient=True) as bar:
            task = bar.add_task(what, total=steps)
            yield lambda: bar.advance(task)

    def show_workspace(self, folder: Path, result: Result) -> None:
        """Show what `init` made or kept, and the next steps."""
        from sheetgen.cli.screen_workspace import workspace_lines

        self._print_lines(workspace_lines(folder, result))

    def show_misconfigured(self, problems: Sequence[Problem]) -> None:
        """Show the problems of the settings, with which no command runs."""
        self._show_problems(problems)

    def show_first_step(self) -> None:
        """Show how to begin, in a folder with neither référentiel nor session."""
        self._errors.print(
            "\nIl n'y a ni référentiel ni session ici. Pour commencer :\n"
            "  1. « sheetgen init DOSSIER » prépare un dossier de travail ;\n"
            "  2. dans ce dossier (« cd DOSSIER »), « sheetgen check » dit ce qu'il faut remplir.\n"
            "S'il existe déjà, s'y placer et relancer la commande."
        )

    def show_checked(self, result: Checked) -> int:
        """Show every problem of the inputs and return the exit status."""
        status = int(has_errors(result.problems))
        if result.session is not None and not status:
            session = result.session
            self._out.print(
                f"Session {escape(session.code)} : {len(session.candidates)} candidat(s), "
                f"{len(session.jurors)} juré(s), {len(result.grids)} grille(s) à générer."
            )
        self._show_problems(result.problems)
        self._show_next("« sheetgen generate »", "« sheetgen check »", result.problems)
        self._print_json("check", status, result.problems)
        return status

    def show_imported(self, result: ImportedDraft) -> int:
        """Show what a draft holds and every problem, and return the exit status."""
        from sheetgen.cli.screen_import import imported_lines, imported_record, next_import_step

        status = int(has_errors(result.problems))
        self._print_lines(imported_lines(result))
        self._show_problems(result.problems)
        self._show_next(next_import_step(result), "« sheetgen import »", result.problems)
        self._print_json("import", status, result.problems, **imported_record(result))
        return status

    def show_generated(self, result: Generated) -> int:
        """Show the files written and every problem, and return the exit status."""
        from sheetgen.mailing import FOLDER

        counts = Counter(outcome for _, outcome in result.files)
        if result.folder is not None and result.files:
            done = ", ".join(
                f"{counts[outcome]} {outcome.value}(s)" for outcome in Written if counts[outcome]
            )
            handouts = result.folder.root / FOLDER
            self._out.print(
                f"Dans {escape(str(result.folder.root))} : {done}.\n"
                f"Grilles des jurés : {escape(str(result.folder.grids))}\n"
                f"Archives et courriels à leur envoyer : {escape(str(handouts))}\n"
                f"Grilles revenues à déposer dans : {escape(str(result.folder.returns))}\n"
                f"Clé de signature, à sauvegarder : {escape(str(result.folder.key))}"
            )
        status = int(has_errors(result.problems))
        self._show_problems(result.problems)
        self._show_next(
            "envoyer les grilles, puis « sheetgen status » à mesure qu'elles reviennent",
            "« sheetgen generate »",
            result.problems,
        )
        files = [
            {"file": path.as_posix(), "written": outcome.name.lower()}
            for path, outcome in result.files
        ]
        self._print_json("generate", status, result.problems, files=files)
        return status

    def show_surveyed(self, result: Surveyed, *, room: bool = False) -> int:
        """Show the returns by juror and candidate; return 1 while one is missing or wrong.

        Args:
            result: what came back.
            room: whether to draw them for a room instead, where a terminal shows them.
        """
        room = room and self._out.is_terminal and not self._out.quiet
        status = int(has_errors(result.problems))
        details: dict[str, object] = {}
        session, collection = result.checked.session, result.collection
        if session is not None and collection is not None:
            if collection.missing or any(
                item.status is not ReturnStatus.ACCEPTED
                and item.status is not ReturnStatus.DUPLICATE
                for item in collection.returns
            ):
                status = 1
            expected = len(collection.seats.counting) - len(collection.unasked)
            received = expected - len(collection.missing)
            if room:
                self._draw_room(session, collection)
            else:
                self._out.print(jurors_table(session, collection))
                self._out.print(candidates_table(session, collection))
                self._show_absences(result.checked.referential, session)
                self._show_awaited(result.checked.referential, session, result.awaited)
                self._out.print(f"{received} grille(s) reçue(s) sur {expected}.")
            details = {
                "expected": expected,
                "received": received,
                **returns_record(session, collection),
                **absent_record(session),
                **evidence_record(result.awaited),
            }
        if room and collection is not None:
            if counts := counts_line(result.problems, notes=False):
                self._errors.print(f"{counts} « sheetgen status » les dit.")
        else:
            self._show_problems(result.problems)
        if not status:
            self._show_next("« sheetgen consolidate »", "", result.problems)
        self._print_json("status", status, result.problems, **details)
        sys.stdout.flush()
        return status

    def _draw_room(self, session: Session, collection: Collection) -> None:
        """Draw the returns on the whole terminal, but for two lines below."""
        from sheetgen.cli.screen_room import RoomView

        width, height = self._out.size
        view = RoomView(session=session, collection=collection, width=width, height=height - 2)
        self._out.clear()
        for line in view.lines():
            self._out.print(line)

    def show_consolidated(self, result: Consolidated) -> int:
        """Show the proposals and the files written, and return the exit status."""
        status = int(has_errors(result.problems))
        details: dict[str, object] = {"files": [path.as_posix() for path in result.files]}
        if result.decisions is not None:
            decisions = result.decisions
            for path in result.files:
                if path.suffix not in {".docx", ".pdf"}:
                    self._out.print(f"écrit  {escape(str(path))}")
            for suffix, words in ((".docx", "rapports"), (".pdf", "rapports en PDF")):
                reports = [path for path in result.files if path.suffix == suffix]
                if reports:
                    folder = escape(str(reports[0].parent))
                    self._out.print(f"écrit  {folder} ({len(reports)} {words})")
            self._out.print(outcomes_table(decisions))
            self._out.print(LEGEND)
            self._show_absences(decisions.referential, decisions.session)
            from sheetgen.consolidation import decisions_members

            details["decisions"] = Streamed(decisions_members(decisions))
        self._show_problems(result.problems)
        if result.decisions is not None:
            decisions = result.decisions
            if decisions.provisional:
                self._out.print(f"[bold {CAUTION}]PROVISOIRE[/] : {still_to_come(decisions)}")
            elif not status:
                self._show_next(
                    "le jury écrit ses décisions dans consolidation.xlsx, feuille Délibération ; "
                    "puis « sheetgen finalize »",
                    "",
                    result.problems,
                )
        self._print_json("consolidate", status, result.problems, **details)
        return status

    def show_finalized(self, result: Finalized) -> int:
        """Show the jury's decisions and the papers written, and return the exit status."""
        status = int(has_errors(result.problems))
        details: dict[str, object] = {
            "files": [path.as_posix() for path in result.files],
            "restored": [path.as_posix() for path in result.restored],
            "draft": result.draft,
        }
        for word, paths in (("écrit", result.files), ("rétabli", result.restored)):
            folders = Counter(path.parent for path in paths)
            for folder, count in sorted(folders.items()):
                self._out.print(f"{word}  {escape(str(folder))} ({count} fichier(s))")
        if result.closed:
            nothing = "" if result.files or result.restored else " : rien n'a été écrit"
            self._out.print(f"La session a été close {escape(result.closed)}{nothing}.")
        if result.draft:
            self._out.print("PROJET : rien n'est clos, et aucun de ces documents n'est à signer.")
        if result.final is not None:
            from sheetgen.jury import final_members

            self._out.print(outcomes_table(result.final.decisions, title="Décisions du jury"))
            self._out.print(LEGEND)
            details["decisions"] = Streamed(final_members(result.final))
        elif result.record is not None:
            details["decisions"] = result.record
        self._show_problems(result.problems)
        if result.final is not None and not result.draft:
            done = "relire les documents, les imprimer, les faire signer"
            if result.final.decisions.referential.certification.verification_page:
                done += ", puis refaire la page de vérification (« sheetgen register publish »)"
            self._show_next(done, "", result.problems)
        self._print_json("finalize", status, result.problems, **details)
        return status

    def show_extracted(self, result: Extracted) -> int:
        """Show the folder of the extract and return the exit status."""
        status = int(has_errors(result.problems))
        if result.folder is not None:
            self._out.print(f"écrit  {escape(str(result.folder))} ({len(result.files)} fichier(s))")
        self._show_problems(result.problems)
        files = [path.as_posix() for path in result.files]
        self._print_json("extract", status, result.problems, files=files)
        return status

    def show_explained(self, result: ExplainedDecision) -> int:
        """Show how a candidate was decided, step by step, and return the exit status."""
        status = int(has_errors(result.problems))
        details: dict[str, object] = {"document": None}
        if result.told is not None:
            from sheetgen.cli.screen_explanation import explanation_lines, explanation_record

            self._print_lines(explanation_lines(result.told))
            details |= explanation_record(result.told)
        if result.document is not None:
            self._out.print(f"écrit  {escape(str(result.document))}")
            details["document"] = result.document.as_posix()
        self._show_problems(result.problems)
        self._print_json("explain", status, result.problems, **details)
        return status

    def show_registered(self, command: str, answer: RegisterAnswer) -> int:
        """Show what a command on the register answers, and return the exit status."""
        from sheetgen.cli.screen_register import register_lines, register_record

        status = int(has_errors(answer.problems))
        self._print_lines(register_lines(answer))
        self._show_problems(answer.problems)
        self._print_json(command, status, answer.problems, **register_record(command, answer))
        return status

    def show_declared(self, command: str, answer: CpfAnswer) -> int:
        """Show what a command on the declaration answers, and return the exit status."""
        from sheetgen.cli.screen_cpf import cpf_lines, cpf_record, next_cpf_step

        status = int(has_errors(answer.problems))
        self._print_lines(cpf_lines(answer))
        self._show_problems(answer.problems)
        if (step := next_cpf_step(command, answer)) is not None:
            self._out.print(f"Étape suivante : {step}.")
        self._print_json(command, status, answer.problems, **cpf_record(command, answer))
        return status

    def show_dossier(self, made: Dossier) -> int:
        """Show the folders made for a control, and return the exit status."""
        from sheetgen.cli.screen_dossier import dossier_lines, dossier_record

        status = int(has_errors(made.problems))
        self._print_lines(dossier_lines(made))
        self._show_problems(made.problems)
        self._print_json("dossier", status, made.problems, **dossier_record(made))
        return status

    def show_verified(self, verified: Verified) -> int:
        """Show whether a paper is the school's, and return the exit status."""
        from sheetgen.cli.screen_seal import verified_lines, verified_record

        status = int(not verified.genuine)
        self._print_lines(verified_lines(verified))
        self._show_problems(verified.problems)
        self._print_json("verify", status, verified.problems, **verified_record(verified))
        return status

    def show_shortcut(self, change: ShortcutChange) -> int:
        """Show what became of a shortcut, and return the exit status."""
        from sheetgen.shortcuts import ShortcutOutcome

        if change.place is not None:
            self._out.print(f"Raccourci {change.outcome.value} : {escape(str(change.place))}")
        if change.place is not None and change.outcome is not ShortcutOutcome.REMOVED:
            self._out.print(f"Le chercher sous le nom « {escape(change.name)} ».")
        self._show_problems(change.problems)
        return int(has_errors(change.problems))

    def _print_lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._out.print(line)

    def _show_absences(self, referential: Referential | None, session: Session) -> None:
        """Show who did not sit which épreuve, where the session says so."""
        table = None if referential is None else absences_table(referential, session)
        if table is not None:
            self._out.print(table)

    def _show_awaited(
        self, referential: Referential | None, session: Session, awaited: AwaitedEvidence
    ) -> None:
        """Show the documents that are still awaited."""
        table = None if referential is None else evidence_table(referential, session, awaited)
        if table is not None:
            self._out.print(table)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong, the errors last, and the counts, on standard error."""
        width = self._errors.width if self._errors.is_terminal else None
        for line in problem_lines(problems, notes=not self._quiet):
            text = Text(line.wrapped(width))
            text.stylize(_STYLES[line.severity], 0, len(line.label))
            self._errors.print(text)
        if counts := counts_line(problems, notes=not self._quiet):
            self._errors.print(counts)

    def _show_next(self, step: str, command: str, problems: Sequence[Problem]) -> None:
        """Say what to do next: the step, or after errors the command to run again.

        Nothing more is to be done in a session that is closed.
        """
        if has_errors(problems):
            if command:
                self._out.print(f"Étape suivante : corriger les erreurs, puis relancer {command}.")
        elif not any(problem.code == _CLOSED for problem in problems):
            self._out.print(f"Étape suivante : {step}.")

    def _print_json(
        self, command: str, status: int, problems: Iterable[Problem], **details: object
    ) -> None:
        if not self._as_json:
            return
        report = {
            "command": command,
            "status": status,
            **details,
            "problems": [problem.as_record() for problem in problems],
        }
        write_json(sys.stdout.buffer, report.items())
        sys.stdout.flush()
