"""The answer of `import`, on the screen and with `--json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.commands import ImportedDraft

_COUNTED = {
    "Blocs": "bloc(s)",
    "Activités": "activité(s)",
    "Modalités": "modalité(s)",
    "Compétences": "compétence(s)",
    "Critères": "critère(s)",
    "Candidats": "candidat(s) ajouté(s)",
    "Jurés": "juré(s) ajouté(s)",
}
"""The words for what an import counts, by the sheet of the draft."""


def imported_lines(result: ImportedDraft) -> Iterator[str]:
    """Yield what was written and what is taken of each column, line by line."""
    if result.file is not None:
        held = ", ".join(f"{count} {_COUNTED[sheet]}" for sheet, count in result.rows.items())
        kind = "" if result.columns else " (brouillon)"
        yield f"écrit  {escape(str(result.file))}{kind}\n{held}."
    for heading, column in result.columns:
        taken = escape(column) if column else "[dim]rien n'en est pris[/]"
        yield f"  {escape(heading)} → {taken}"


def next_import_step(result: ImportedDraft) -> str:
    """Return what to do after an import: of lists of people, or of a document."""
    if result.columns:
        return "compléter la session, puis « sheetgen check »"
    return (
        "relire le brouillon à côté du document, écrire Oui à la ligne Relu de sa feuille "
        "Import, puis « sheetgen check »"
    )


def imported_record(result: ImportedDraft) -> dict[str, object]:
    """Return what an import says with `--json`, beside the command, its status and problems."""
    return {
        "file": None if result.file is None else result.file.as_posix(),
        "rows": _counted("sheet", result.rows),
        "lines": _counted("state", result.lines),
        "columns": [{"heading": heading, "column": column} for heading, column in result.columns],
    }


def _counted(key: str, counts: Mapping[str, int]) -> list[dict[str, object]]:
    """Return counts as a JSON report lists them."""
    return [{key: name, "count": count} for name, count in counts.items()]
