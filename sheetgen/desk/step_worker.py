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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen import commands
from sheetgen.desk.steps import DeskStep
from sheetgen.files import HeldElsewhereError, held_alone
from sheetgen.model import Status
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems.isolating import COMMAND_STOPPED, unforeseen
from sheetgen.problems.told_lines import counts_line, problem_lines
from sheetgen.returns import TOLD_STATES, state_of
from sheetgen.session_folder.paths import SessionFolder, Written
from sheetgen.workspace import settings_file
from sheetgen.workspace.settings_file import CONFIGURATION, SETTINGS, SettingKind

if TYPE_CHECKING:
    from sheetgen.model import Session

Answer = dict[str, Any]
Say = Callable[[Mapping[str, object]], None]

_BUSY = (
    "Un autre bureau travaille à cette session en ce moment : attendre qu’il ait fini, puis "
    "recommencer. Rien n’a été fait."
)
_TOLD_STEPS = 100
"""How many times at most a step of work says how far it is."""


def read_settings(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return every setting by parameter as the command line takes it: environment, file, default.

    Args:
        environment: the variables of the process.
    """
    given, problems = settings_file.read_configuration(Path(CONFIGURATION))
    settings: dict[str, Any] = {}
    for setting in SETTINGS.values():
        default = None if setting.blank else setting.default
        value: Any = given.get(setting.parameter, default)
        said = environment.get(setting.variable, "")
        if said:
            value = said
        if setting.kind is SettingKind.SWITCH:
            value = str(value).lower() in {"true", "1", "yes", "on", "t", "y"}
        elif setting.kind is SettingKind.COUNT:
            number = str(value)
            value = int(number) if number.isdecimal() and int(number) else os.cpu_count() or 1
        settings[setting.parameter] = value
    return settings, problems


def find_inputs(settings: Mapping[str, Any], session: Path) -> commands.Inputs:
    """Return the places of the school's files, for one session."""
    return commands.Inputs(
        referential=Path(settings["referential"]),
        session=session,
        templates=Path(settings["templates"]),
        output=Path(settings["output"]),
    )


def _options(settings: Mapping[str, Any], say: Say) -> commands.Options:
    key, libreoffice = settings["key"], settings["libreoffice"]
    return commands.Options(
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
        request: `step`, `session` (a workbook) and, to close, `draft` or `reopen`.
        say: is given the events of progress.
    """
    step, session = DeskStep(request["step"]), Path(request["session"])
    settings, problems = read_settings(os.environ)
    if problems:
        return _answer(problems, (), None)
    inputs, options = find_inputs(settings, session), _options(settings, say)
    match step:
        case DeskStep.CHECK:
            checked = commands.check(inputs, options)
            found = checked.session
            return _answer(checked.problems, (), _folder(inputs, found))
        case DeskStep.GENERATE:
            made = commands.generate(inputs, options)
            counts = Counter(outcome for _, outcome in made.files)
            told = [f"{counts[item]} {item.value}(s)" for item in Written if counts[item]]
            lines = (
                [f"Dans {made.folder.root} : {', '.join(told)}."] if made.folder and told else []
            )
            return _answer(made.problems, lines, made.folder)
        case DeskStep.STATUS:
            return _survey(inputs, options)
        case DeskStep.CONSOLIDATE:
            proposed = commands.consolidate(inputs, (), options)
            lines = [f"{len(proposed.files)} fichier(s) écrit(s)."] if proposed.files else []
            folder = _folder(inputs, proposed.checked.session)
            if proposed.decisions is not None and proposed.decisions.provisional:
                lines.append("PROVISOIRE : des grilles ou des pièces manquent encore.")
            return _answer(proposed.problems, lines, folder)
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
        lines.append(f"La session est close {result.closed}.")
    if result.draft:
        lines.append("PROJET : rien n’est clos, et aucun de ces documents n’est à signer.")
    answer = _answer(result.problems, lines, SessionFolder(root=folder))
    if result.draft:
        answer["passing"] = True  # drafts close nothing: the step is as before
    return answer


def _folder(inputs: commands.Inputs, session: Session | None) -> SessionFolder | None:
    return None if session is None else SessionFolder.of(inputs.output, session)


def _answer(
    problems: Sequence[Problem], lines: Sequence[str], folder: SessionFolder | None
) -> Answer:
    return {
        "event": "result",
        "status": int(has_errors(problems)),
        "lines": list(lines),
        "counts": counts_line(problems),
        "folder": None if folder is None else str(folder.root),
        "problems": [
            {
                "severity": line.severity.value,
                "label": line.label,
                "text": line.text.removesuffix(line.cure).rstrip(),
                "cure": line.cure,
                "code": line.code,
                "file": line.file,
            }
            for line in reversed(problem_lines(problems))
        ],
    }


def _survey(inputs: commands.Inputs, options: commands.Options) -> Answer:
    """Return the state of each juror's and candidate's grids, with what `status` says."""
    result = commands.survey(inputs, (), options)
    session, collection = result.checked.session, result.collection
    answer = _answer(result.problems, (), _folder(inputs, session))
    if session is None:
        return answer
    answer["title"], answer["code"] = session.title, session.code
    answer["anonymous"] = session.anonymous
    if collection is None:
        return answer
    states = state_of(collection)
    asked = [
        (item.candidate, item.juror)
        for item in collection.seats.known
        if (item.candidate, item.juror) not in collection.unasked
    ]
    headings = [*(state.value for state in TOLD_STATES), "Manquante"]
    answer["headings"] = headings
    answer["jurors"] = [
        {
            "name": f"{juror.code} {juror.full_name}",
            "expected": len(pairs),
            "counts": [
                Counter(states.get(pair) for pair in pairs)[state] for state in (*TOLD_STATES, None)
            ],
        }
        for juror in session.markers
        if (pairs := [pair for pair in asked if pair[1] == juror.code])
    ]
    answer["candidates"] = [
        {
            "name": person.id if session.anonymous else f"{person.id} {person.full_name}",
            "told": "" if person.status is Status.PRESENT else person.status.value,
            "grids": [
                {
                    "juror": juror,
                    "state": states[candidate, juror].value
                    if (candidate, juror) in states
                    else "Manquante",
                }
                for candidate, juror in asked
                if candidate == person.id
            ],
        }
        for person in session.in_turn
    ]
    expected = len(collection.seats.counting) - len(collection.unasked)
    answer["expected"], answer["received"] = expected, expected - len(collection.missing)
    answer["lines"] = [f"{answer['received']} grille(s) reçue(s) sur {expected}."]
    return answer


@contextmanager
def _alone(request: Mapping[str, Any]) -> Iterator[None]:
    """Keep other desks from writing to the session meanwhile; what only reads waits for nobody.

    Raises:
        HeldElsewhereError: another desk is at it.
    """
    folder = request.get("folder")
    if folder is None or DeskStep(request["step"]) in {DeskStep.CHECK, DeskStep.STATUS}:
        yield
        return
    root = Path(folder)
    with held_alone(root.with_name(f".{root.name}.lock")):
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
        answer = _answer((), [_BUSY], None) | {"status": 1, "passing": True}
    except Exception as error:  # noqa: BLE001 - the page says it, in French
        place = Location(file=str(request["session"]))
        answer = _answer([unforeseen(error, place, COMMAND_STOPPED)], (), None)
    say(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
