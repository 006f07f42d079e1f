"""`register statistics`: counts of the register, as a workbook and as a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sheetgen.commands.register_commands import RegisterAnswer, on_register
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import recorded as kinds

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.register import Connection, CountedLine, CountedScope, CountedSession

BOOK, PAGE = "statistiques.xlsx", "statistiques.html"
"""The names of the files in the output folder, where none was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsRequest:
    """The statistics asked for.

    Attributes:
        output: the folder with a folder per session, whose closed ones give jurors' marks.
        file, page: where to write; None for `BOOK` and `PAGE` in the output folder.
        named: whether jurors are named.
    """

    output: Path
    scope: CountedScope
    file: Path | None = None
    page: Path | None = None
    named: bool = False


def write_statistics(options: Options, request: StatisticsRequest) -> RegisterAnswer:
    """Write the statistics, if there are any; a file that was named is never written over."""
    from sheetgen.commands.marked_sessions import marked_sessions
    from sheetgen.commands.writing import locks_reported
    from sheetgen.figures import render_book, render_page, tables_of_agreement, tables_of_decisions
    from sheetgen.files import write_whole
    from sheetgen.register import count_decided

    for given in (request.file, request.page):
        if given is not None and given.exists():
            return RegisterAnswer(problems=(kinds.EXPORT_EXISTS.at(Location(file=str(given))),))
    problems: list[Problem] = []

    def count(connection: Connection, place: str) -> RegisterAnswer:
        lines = count_decided(connection, request.scope)
        # Lines of one session share its record.
        sessions = list({id(line.session): line.session for line in lines}.values())
        marked = list(marked_sessions(request.output, request.scope, problems, named=request.named))
        if not lines:
            done = "seul l'accord des jurés est compté" if marked else "rien n'est écrit"
            problems.append(kinds.NOTHING_COUNTED.at(Location(file=place), done=done))
        if not lines and not marked:
            return RegisterAnswer(place=place, counted=0, problems=tuple(problems))
        tables = [*tables_of_decisions(lines, sessions), *tables_of_agreement(marked)]
        told = _told(request, lines, sessions, len(marked))
        book = request.file or request.output / BOOK
        page = request.page or request.output / PAGE
        written: list[Path] = []
        for path, data in ((book, render_book(tables, told)), (page, render_page(tables, told))):
            with locks_reported(problems, path):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, data)
                written.append(path)
        return RegisterAnswer(
            place=place,
            files=tuple(written),
            counted=len(sessions),
            problems=tuple(problems),
        )

    return on_register(options, count)


def _told(
    request: StatisticsRequest,
    lines: list[CountedLine],
    sessions: list[CountedSession],
    folders: int,
) -> list[str]:
    """Return what the first sheet and the top of the page say."""
    scope = request.scope
    people = sum(line.count for line in lines if line.kind == "certification")
    days = [f"du {scope.start:%d/%m/%Y}"] if scope.start else []
    days += [f"au {scope.end:%d/%m/%Y}"] if scope.end else []
    told = [
        (
            f"Compté le {datetime.now(UTC).astimezone():%d/%m/%Y} : {len(sessions)} session(s) "
            f"close(s), {people} candidature(s)."
        ),
        (
            f"Certification : {scope.certification or 'toutes'}. "
            f"Période : {' '.join(days) or 'toute'}, d'après la date de la session."
        ),
    ]
    if days:
        told.append(
            "Les sessions sans date ne sont d'aucune période : elles n'y sont pas comptées."
        )
    return [
        *told,
        (
            "Une session rouverte compte une fois, telle que sa dernière clôture l'a laissée. Les "
            "acquis repris d'avant le registre (register import) ne sont pas comptés : rien ne "
            "dit qui s'était présenté."
        ),
        (
            "Le centre est la ligne Centre de la session, la voie celle de chaque candidat ; ce "
            "qui n'y était pas rempli est « non renseigné ». Le registre ne sait pas quels blocs "
            "un absent aurait présentés, ni lesquels sont optionnels, ni ce que les certifiés "
            "sont devenus."
        ),
        (
            "Présentés : jugés, validés ou non. Un bloc déjà détenu ou une épreuve conservée "
            "n'est pas présenté de nouveau. Les épreuves dont le résultat fut effacé à son terme "
            "(register forget) ne sont plus comptées."
        ),
        f"Accord des jurés : lu dans {folders} dossier(s) de sessions closes qui sont encore là ; "
        "les notes ne sont pas au registre. "
        + (
            "Les jurés sont nommés, à votre demande."
            if request.named
            else "Les jurés y sont désignés par leur code dans leur session."
        ),
        "Un petit effectif peut désigner quelqu'un : ne pas diffuser ces tableaux tels quels.",
    ]
