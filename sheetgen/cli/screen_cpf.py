"""The answers of the commands on the declaration, on the screen and with `--json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.commands import CpfAnswer, DeclaredLine

_MOST_SHOWN = 50
_DONE = ("accepted", "withdrawn")
_SENT = "sent"

_TOLD = {
    "cpf prepare": ("file", "corrected", "counts", "people"),
    "cpf export": ("flows",),
    "cpf report": ("flow", "accepted", "refused", "counts", "people", "letters"),
}
"""The keys that each command has with `--json`."""


def cpf_lines(answer: CpfAnswer) -> Iterator[str]:
    """Yield what a person reads of an answer, line by line."""
    from sheetgen.commands import CPF_STATES

    if answer.corrected is not None:
        yield f"Repris du classeur : {answer.corrected} personne(s) complétée(s)."
    if answer.accepted is not None:
        yield (
            f"Accusé du flux {escape(answer.answered or '')} : {answer.accepted} accepté(s), "
            f"{answer.refused} refusé(s)."
        )
    if answer.counts is not None:
        for state, count in answer.counts.items():
            if count:
                yield f"  {count:>6} {CPF_STATES[state]}"
    waiting = [line for line in answer.people if line.state not in _DONE]
    for line in waiting[:_MOST_SHOWN]:
        yield _line(line)
    if len(waiting) > _MOST_SHOWN:
        yield f"  … et {len(waiting) - _MOST_SHOWN} autre(s), dans le classeur."
    if answer.file is not None:
        yield f"écrit  {escape(str(answer.file))}"
    for flow in answer.flows:
        yield f"écrit  {escape(str(flow.file))}"
        yield f"       flux {escape(flow.flow)}, {flow.passages} passage(s), SHA-256 {flow.sha256}"
    for path in answer.letters:
        yield f"écrit  {escape(str(path))}"


def next_cpf_step(command: str, answer: CpfAnswer) -> str | None:
    """Return what to do after a command on the declaration; None where nothing is left."""
    if command == "cpf export":
        if not answer.flows:
            return None
        when = " seulement si le flux ne l'a pas encore été" if answer.again else ""
        return f"déposer ce fichier{when}, sans l'ouvrir, puis « sheetgen cpf report »"
    return _step_for(command, answer, answer.counts or {})


def _step_for(command: str, answer: CpfAnswer, counts: Mapping[str, int]) -> str | None:
    """Return what to do where the counts stand so: what stands in the way, then what can leave."""
    if answer.file is not None and counts.get("incomplete"):
        name = escape(answer.file.name)
        return f"remplir les cellules rouges de {name}, puis relancer la même commande"
    if counts.get("refused") and command == "cpf report":
        return "corriger les refusés avec « sheetgen cpf prepare », puis exporter"
    corrected = sum(1 for line in answer.people if line.corrected)
    if counts.get("refused", 0) > corrected:
        again = "corriger ce qui fut refusé dans le classeur, relancer la même commande"
        return f"{again}, puis « sheetgen cpf export »"
    if counts.get("to_export") or corrected:
        return "« sheetgen cpf export »"
    if counts.get("sent") or counts.get("withdrawing"):
        return "quand l'accusé de la Caisse arrive, « sheetgen cpf report »"
    return None


def _line(line: DeclaredLine) -> str:
    left = ""
    # Whoever left and waits for an answer is late no more; the days left count if it is a refusal.
    if line.days_left is not None and (line.state != _SENT or line.days_left >= 0):
        left = (
            f", {line.days_left} jour(s) restant(s)"
            if line.days_left >= 0
            else f", en retard de {-line.days_left} jour(s)"
        )
    why = f" : {line.message}" if line.message else ""
    return f"  {escape(f'{line.number}  {line.name} : {line.told_state}{left}{why}')}"


def cpf_record(command: str, answer: CpfAnswer) -> dict[str, object]:
    """Return what an answer says with `--json`, beside the command, its status and problems."""
    told: dict[str, object] = {
        "register": answer.place or None,
        "file": None if answer.file is None else answer.file.as_posix(),
        "corrected": answer.corrected,
        "counts": None if answer.counts is None else dict(answer.counts),
        "people": [
            {
                "number": line.number,
                "name": line.name,
                "state": line.state,
                "date": line.day.isoformat() if line.day else None,
                "days_left": line.days_left,
                "flow": line.flow,
                "message": line.message,
            }
            for line in answer.people
        ],
        "flows": [
            {
                "file": flow.file.as_posix(),
                "flow": flow.flow,
                "passages": flow.passages,
                "sha256": flow.sha256,
            }
            for flow in answer.flows
        ],
        "flow": answer.answered,
        "accepted": answer.accepted,
        "refused": answer.refused,
        "letters": [path.as_posix() for path in answer.letters],
    }
    return {name: told[name] for name in ("register", *_TOLD[command])}
