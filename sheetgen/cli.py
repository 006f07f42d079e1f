"""The command line: options, progress, what is shown, and the exit status.

Exit status: 0 clean or warnings only, 1 errors (for `status`: anything missing too), 2 usage.
"""

from __future__ import annotations

import functools
import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from sheetgen import __version__
from sheetgen.pipeline import Inputs, Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.screen import Screen

# Click takes its words from gettext: these two lines make them French on any system.
os.environ["LANGUAGE"] = "fr"
gettext.bindtextdomain("messages", str(Path(__file__).with_name("locale")))

P = ParamSpec("P")

_FILE = click.Path(path_type=Path)

_INPUT_OPTIONS = (
    click.option(
        "--referential",
        type=_FILE,
        default=Path("referential.xlsx"),
        show_default=True,
        help="Classeur du référentiel.",
    ),
    click.option(
        "--session",
        type=_FILE,
        default=Path("session.xlsx"),
        show_default=True,
        help="Classeur de la session.",
    ),
    click.option(
        "--templates",
        type=_FILE,
        default=Path("templates"),
        show_default=True,
        help="Dossier des modèles Word.",
    ),
    click.option(
        "--output",
        type=_FILE,
        default=Path("outputs"),
        show_default=True,
        help="Dossier où écrire, un sous-dossier par session.",
    ),
)

_SHOWING_OPTIONS = (
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Compte rendu JSON sur la sortie standard, messages sur la sortie d'erreur.",
    ),
    click.option("--quiet", is_flag=True, help="N'afficher que les problèmes."),
)

_JOBS_OPTION = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="nombre de processeurs",
    help="Nombre de processus.",
)

_REPORTS_OPTION = click.option(
    "--no-reports", is_flag=True, help="Laisser de côté les documents Word."
)


def _with_options(
    *options: Callable[[Callable[P, None]], Callable[P, None]],
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A decorator that adds the options, shown in this order."""

    def add(command: Callable[P, None]) -> Callable[P, None]:
        return functools.reduce(lambda made, option: option(made), reversed(options), command)

    return add


def _inputs(options: dict[str, object]) -> Inputs:
    return Inputs(
        **{
            name: value
            for name in ("referential", "session", "templates", "output")
            if isinstance(value := options[name], Path)
        }
    )


def _screen(options: dict[str, object]) -> Screen:
    from sheetgen.screen import Screen

    return Screen(as_json=bool(options["as_json"]), quiet=bool(options["quiet"]))


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Premier pas : « sheetgen init DOSSIER », puis « sheetgen check » dans ce dossier.",
)
@click.version_option(
    __version__, "--version", prog_name="sheetgen", help="Affiche la version, puis quitte."
)
def main() -> None:
    """Grilles d'évaluation, rapports et décisions d'un jury de certification RNCP."""


@main.command()
@click.argument("folder", metavar="DIR", type=_FILE)
def init(folder: Path) -> None:
    """Prépare un dossier de travail : référentiel, modèle de session, modèles Word."""
    from sheetgen.screen import Screen
    from sheetgen.workspace import create_workspace

    screen = Screen()
    try:
        result = create_workspace(folder)
    except OSError as error:
        message = f"Le dossier {folder} ne peut pas être préparé : {error.strerror}."
        raise click.ClickException(message) from error
    screen.show_workspace(folder, result)


@main.command()
@_with_options(*_INPUT_OPTIONS, _REPORTS_OPTION, *_SHOWING_OPTIONS)
@click.pass_context
def check(context: click.Context, /, **options: object) -> None:
    """Lit le référentiel, la session et les modèles, et signale tous les problèmes."""
    from sheetgen import pipeline

    screen = _screen(options)
    result = pipeline.check(_inputs(options), Options(reports=not options["no_reports"]))
    context.exit(screen.show_checked(result))


@main.command()
@_with_options(*_INPUT_OPTIONS, _JOBS_OPTION, _REPORTS_OPTION)
@click.option(
    "--force", is_flag=True, help="Remplacer les grilles et rapports déjà écrits qui diffèrent."
)
@_with_options(*_SHOWING_OPTIONS)
@click.pass_context
def generate(context: click.Context, /, **options: object) -> None:
    """Écrit les grilles des jurés et les rapports de jury vierges."""
    from sheetgen import pipeline

    screen = _screen(options)
    result = pipeline.generate(_inputs(options), _options(options, screen))
    context.exit(screen.show_generated(result))


@main.command()
@click.argument("returns", metavar="[RETURNS]...", nargs=-1, type=_FILE)
@_with_options(*_INPUT_OPTIONS, _JOBS_OPTION)
@click.option(
    "--watch",
    is_flag=True,
    help="Recommencer à chaque fichier qui arrive, jusqu'à ce que tout soit revenu (ou Ctrl+C).",
)
@_with_options(*_SHOWING_OPTIONS)
@click.pass_context
def status(context: click.Context, /, **options: object) -> None:
    """Dit quelles grilles sont revenues, lesquelles manquent ou sont refusées.

    RETURNS : fichiers, dossiers ou archives zip à lire ; par défaut le dossier retours/ de la
    session.
    """
    from sheetgen import pipeline

    screen = _screen(options)

    def show() -> pipeline.Surveyed:
        return pipeline.survey(_inputs(options), _returns(options), _options(options, screen))

    result = show()
    status = screen.show_surveyed(result)
    if options["watch"] and status:
        for changed in pipeline.watch(result.watched, show):
            status = screen.show_surveyed(changed)
            if not status:
                break
    context.exit(status)


@main.command()
@click.argument("returns", metavar="[RETURNS]...", nargs=-1, type=_FILE)
@_with_options(*_INPUT_OPTIONS, _JOBS_OPTION, _REPORTS_OPTION)
@click.option(
    "--prefer",
    "preferred",
    metavar="FILE",
    multiple=True,
    help="Entre deux retours différents d'une même grille, retenir celui-ci. Répétable.",
)
@_with_options(*_SHOWING_OPTIONS)
@click.pass_context
def consolidate(context: click.Context, /, **options: object) -> None:
    """Lit les grilles revenues, fusionne les évaluations et écrit les décisions proposées.

    RETURNS : fichiers, dossiers ou archives zip à lire ; par défaut le dossier retours/ de la
    session.
    """
    from sheetgen import pipeline

    screen = _screen(options)
    result = pipeline.consolidate(_inputs(options), _returns(options), _options(options, screen))
    context.exit(screen.show_consolidated(result))


@main.command()
@click.argument("consolidation", metavar="CONSOLIDATION", type=_FILE)
@_with_options(*_INPUT_OPTIONS, _JOBS_OPTION, _REPORTS_OPTION)
@click.option(
    "--reopen",
    metavar="REASON",
    help="Rouvrir une session close, pour ce motif : l'ancienne version est conservée.",
)
@_with_options(*_SHOWING_OPTIONS)
@click.pass_context
def finalize(context: click.Context, /, **options: object) -> None:
    """Reprend les décisions du jury, clôt la session et écrit les documents à signer.

    CONSOLIDATION : le classeur consolidation.xlsx dont le jury a rempli la feuille Délibération.
    """
    from sheetgen import pipeline

    screen = _screen(options)
    consolidation, reopen = options["consolidation"], options["reopen"]
    result = pipeline.finalize(
        _inputs(options),
        Path(str(consolidation)),
        _options(options, screen),
        None if reopen is None else str(reopen),
    )
    context.exit(screen.show_finalized(result))


@main.command()
@click.argument("candidate", metavar="CANDIDATE")
@_with_options(*_INPUT_OPTIONS, _JOBS_OPTION, *_SHOWING_OPTIONS)
@click.pass_context
def extract(context: click.Context, /, **options: object) -> None:
    """Réunit dans un dossier tout ce qui est conservé sur une personne, pour elle.

    CANDIDATE : le numéro du candidat.
    """
    from sheetgen import pipeline

    screen = _screen(options)
    asked = str(options["candidate"])
    result = pipeline.extract(_inputs(options), asked, _options(options, screen))
    context.exit(screen.show_extracted(result))


def _returns(options: dict[str, object]) -> list[Path]:
    given = options["returns"]
    return [path for path in given if isinstance(path, Path)] if isinstance(given, tuple) else []


def _options(options: dict[str, object], screen: Screen) -> Options:
    jobs, preferred = options.get("jobs"), options.get("preferred", ())
    return Options(
        jobs=jobs if isinstance(jobs, int) else 1,
        reports=not options.get("no_reports"),
        force=bool(options.get("force")),
        preferred=tuple(map(str, preferred)) if isinstance(preferred, tuple) else (),
        progress=screen.progress,
    )
