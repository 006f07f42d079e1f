"""Run one step of one session in a process of its own: `python -m sheetgen.desk.step_worker`.

The desk outlives a command that is killed, and a command runs as it does from a terminal: in the
working folder, with its settings. Standard input brings what to do, as JSON; standard output says
how far it is and what came of it, an object per line.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen import commands
from sheetgen.desk.answers import Answer, answered
from sheetgen.desk.errands import DeskErrand, run_errand
from sheetgen.desk.steps import DeskStep
from sheetgen.desk.told_returns import told_returns
from sheetgen.files import HeldElsewhereError, explain, held_alone
from sheetgen.problems import Location
from sheetgen.problems.isolating import COMMAND_STOPPED, unforeseen
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.written_files import Written
from sheetgen.workspace import read_settings

if TYPE_CHECKING:
    from sheetgen.model import Session

Say = Callable[[Mapping[str, object]], None]

_BUSY = (
    "Un autre bureau travaille à cette session en ce moment : attendre qu’il ait fini, puis "
    "recommencer. Rien n’a été fait."
)
_READING = frozenset({"check", "explain", "status", "verify"})
"""The steps and errands that change nothing of a session, but for a document asked for."""
_TOLD_STEPS = 100
"""How many times at most a step of work says how far it is."""


def find_inputs(settings: Mapping[str, Any], session: Path) -> commands.Inputs:
    """Return the places of the school's files, for one session."""
    return commands.Inputs(
        referential=Path(settings["referential"]),
        session=session,
        templates=Path(settings["templates"]),
        output=Path(settings["output"]),
    )


def _options(settings: Mapping[str, Any], request: Mapping[str, Any], say: Say) -> commands.Options:
    key, libreoffice = settings["key"], settings["libreoffice"]
    return commands.Options(
        force=bool(request.get("force")),
        new_key=bool(request.get("new_key")),
        paper=tuple(map(str, request.get("paper", ()))),
        preferred=tuple(map(str, request.get("preferred", ()))),
        jobs=settings["jobs"],
        scheduler=settings["scheduler"],
        reports=not settings["no_reports"],
        register=None if settings["no_register"] else settings["register"],
        key=None if key is None else Path(key),
        pdf=settings["pdf"],
        libreoffice=None if libreoffice is None else Path(libreoffice),
        progress=_progress(say),
    )


def _progress(say: Say) -> commands.Progress:
    @contextmanager
    def progress(what: str, steps: int) -> Iterator[Callable[[], None]]:
        done = 0
        every = max(1, steps // _TOLD_STEPS)
        say({"event": "progress", "what": what, "done": 0, "steps": steps})

        def step() -> None:
            nonlocal done
            done += 1
            if done % every == 0 or done == steps:
                say({"event": "progress", "what": what, "done": done, "steps": steps})

        yield step

    return progress


def perform(request: Mapping[str, Any], say: Say) -> Answer:
    """Run what is asked for and return what came of it.

    Args:
        request: `step` (or errand), `session` (a workbook) and what that one may be told.
        say: is given the events of progress.
    """
    settings, problems = read_settings(os.environ)
    if problems:
        return answered(problems, (), None)
    inputs = find_inputs(settings, Path(request["session"]))
    options = _options(settings, request, say)
    asked = request["step"]
    if asked in {errand.value for errand in DeskErrand}:
        return run_errand(DeskErrand(asked), inputs, options, request)
    return _run_step(DeskStep(asked), inputs, options, request)


def _run_step(
    step: DeskStep, inputs: commands.Inputs, options: commands.Options, request: Mapping[str, Any]
) -> Answer:
    match step:
        case DeskStep.CHECK:
            checked = commands.check(inputs, options)
            found = checked.session
            return answered(checked.problems, (), _folder(inputs, found))
        case DeskStep.GENERATE:
            made = commands.generate(inputs, options)
            counts = Counter(outcome for _, outcome in made.files)
            told = [f"{counts[item]} {item.value}(s)" for item in Written if counts[item]]
            lines = (
                [f"Dans {made.folder.root} : {', '.join(told)}."] if made.folder and told else []
            )
            return answered(made.problems, lines, made.folder)
        case DeskStep.STATUS:
            return told_returns(inputs, commands.survey(inputs, (), options))
        case DeskStep.CONSOLIDATE:
            proposed = commands.consolidate(inputs, (), options)
            lines = [f"{len(proposed.files)} fichier(s) écrit(s)."] if proposed.files else []
            folder = _folder(inputs, proposed.checked.session)
            if proposed.decisions is not None and proposed.decisions.provisional:
                lines.append("PROVISOIRE : des grilles ou des pièces manquent encore.")
            return answered(proposed.problems, lines, folder, returned=True)
        case DeskStep.FINALIZE | DeskStep.PAPERS:
            return _finalize(inputs, options, request)


def _finalize(
    inputs: commands.Inputs, options: commands.Options, request: Mapping[str, Any]
) -> Answer:
    folder = Path(request["folder"])
    asked = commands.FinalizeRequest(
        consolidation=folder / "consolidation" / "consolidation.xlsx",
        reopen=request.get("reopen") or None,
        draft=bool(request.get("draft")),
    )
    result = commands.finalize(inputs, asked, options)
    lines = [
        f"{word} : {len(paths)} fichier(s)."
        for word, paths in (("Écrit", result.files), ("Rétabli", result.restored))
        if paths
    ]
    if result.closed:
        lines.append(f"La session a été close {result.closed}.")
    if result.draft:
        lines.append("PROJET : rien n’est clos, et aucun de ces documents n’est à signer.")
    answer = answered(result.problems, lines, SessionFolder(root=folder), returned=True)
    if result.draft:
        answer["passing"] = True  # drafts close nothing: the step is as before
    return answer


def _folder(inputs: commands.Inputs, session: Session | None) -> SessionFolder | None:
    return None if session is None else SessionFolder.of(inputs.output, session)


class _UnwritableError(Exception):
    """Raised with what to tell where nothing can be written."""


@contextmanager
def _alone(request: Mapping[str, Any]) -> Iterator[None]:
    """Keep other desks from writing to the session meanwhile; what only reads waits for nobody.

    Raises:
        HeldElsewhereError: another desk is at it.
        _UnwritableError: nothing can be written there.
    """
    folder = request.get("folder")
    if folder is None or (request["step"] in _READING and not request.get("word")):
        yield
        return
    root = Path(folder)
    with ExitStack() as held:
        try:
            held.enter_context(held_alone(root.with_name(f".{root.name}.lock")))
        except OSError as error:
            told = f"Le dossier {root.parent} ne peut pas être écrit : {explain(error)}."
            raise _UnwritableError(told) from error
        yield


def main() -> int:
    """Perform what standard input asks for; return 0, whatever came of it."""
    out = sys.stdout

    def say(event: Mapping[str, object]) -> None:
        # A desk that is gone hears no more of it; the command goes on to its end all the same.
        with suppress(OSError, ValueError):
            out.write(f"{json.dumps(event)}\n")
            out.flush()

    request = json.loads(sys.stdin.read())
    try:
        with _alone(request):
            answer = perform(request, say)
    except HeldElsewhereError:
        answer = answered((), [_BUSY], None) | {"status": 1, "passing": True}
    except _UnwritableError as error:
        lines = [f"{error} Rien n’a été fait."]
        answer = answered((), lines, None) | {"status": 1, "passing": True}
    except Exception as error:  # noqa: BLE001 - the page says it, in French
        place = Location(file=str(request["session"]))
        answer = answered([unforeseen(error, place, COMMAND_STOPPED)], (), None)
    say(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
