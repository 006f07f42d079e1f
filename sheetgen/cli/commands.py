"""The command line: each command, what is shown, and the exit status.

Exit status: 0 clean or warnings only, 1 errors (for `status`: anything missing too), 2 usage.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sheetgen import __version__
from sheetgen.cli.cpf_group import cpf
from sheetgen.cli.desk_command import desk
from sheetgen.cli.dossier_command import dossier
from sheetgen.cli.given_options import (
    inputs_of,
    path_given,
    paths_given,
    register_place,
    screen_of,
    session_options,
)
from sheetgen.cli.import_command import import_sources
from sheetgen.cli.init_command import init
from sheetgen.cli.options import (
    FILE,
    IDLE_JOBS,
    IDLE_NO_REPORTS,
    INPUTS,
    JOBS,
    KEY,
    NO_REPORTS,
    PDF,
    REGISTER,
    SCHEDULER,
    SHOWING,
    Program,
    with_options,
)
from sheetgen.cli.register_group import register
from sheetgen.cli.verify_command import verify

if TYPE_CHECKING:
    from sheetgen.cli.screen import Screen
    from sheetgen.commands import Inputs

# Click takes its words from gettext: these two lines make them French on any system.
os.environ["LANGUAGE"] = "fr"
gettext.bindtextdomain("messages", str(Path(__file__).parents[1] / "locale"))

_EPILOG = """
Réglages : ce qui se répète s'écrit une fois pour toutes, dans le fichier sheetgen.toml du dossier
(« sheetgen init » en prépare un, commenté) ou dans des variables d'environnement :
SHEETGEN_SESSION, SHEETGEN_OUTPUT…

\b
Complétion par la touche Tab, à ajouter au démarrage du terminal :
  bash  eval "$(_SHEETGEN_COMPLETE=bash_source sheetgen)"
  zsh   eval "$(_SHEETGEN_COMPLETE=zsh_source sheetgen)"
  fish  _SHEETGEN_COMPLETE=fish_source sheetgen | source
"""


def _finish(context: click.Context, screen: Screen, inputs: Inputs, status: int) -> NoReturn:
    """End the command; who is in no workspace is told how to get one."""
    if status and not inputs.referential.exists() and not inputs.session.exists():
        screen.show_first_step()
    context.exit(status)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    epilog=_EPILOG,
)
@click.version_option(
    __version__, "--version", prog_name="sheetgen", help="Affiche la version, puis quitte."
)
def main() -> None:
    """Grilles d'évaluation, rapports et décisions d'un jury de certification RNCP.

    Premier pas : « sheetgen init DOSSIER », puis « sheetgen check » dans ce dossier.
    """


main.add_command(init)
main.add_command(import_sources)


@main.command(
    short_help="Dit tout ce qui ne va pas dans les fichiers de l'école.",
    examples=[
        (
            "sheetgen check",
            "Dans le dossier de la session : tout ce qui ne va pas.",
        ),
        (
            "sheetgen check --no-reports",
            "Sans regarder les modèles Word.",
        ),
        (
            "sheetgen check --json > controle.json",
            "Pour un programme.",
        ),
        (
            "sheetgen check --export export-fiches-rncp.zip",
            "Compare aussi avec la fiche du registre.",
        ),
    ],
)
@with_options(INPUTS, IDLE_JOBS, NO_REPORTS, REGISTER)
@click.option(
    "--export",
    metavar="FICHIER",
    type=FILE,
    help="Comparer aussi avec la fiche du RNCP, dans cet export (XML, ou son zip).",
)
@SHOWING
@click.pass_context
def check(context: click.Context, /, **options: object) -> None:
    """Lit le référentiel, la session et les modèles, et signale tous les problèmes."""
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)
    request = commands.Options(
        reports=not options["no_reports"],
        export=path_given(options["export"]),
        register=register_place(options),
    )
    result = commands.check(inputs, request)
    _finish(context, screen, inputs, screen.show_checked(result))


@main.command(
    short_help="Écrit les grilles des jurés et les rapports vierges.",
    examples=[
        (
            "sheetgen generate",
            "Grilles, rapports vierges, envois aux jurés.",
        ),
        (
            "sheetgen generate --no-reports",
            "Sans les documents Word.",
        ),
        (
            "sheetgen generate --force",
            "Refait aussi les grilles et rapports où quelqu'un a écrit.",
        ),
        (
            "sheetgen generate --paper J3",
            "Ajoute les grilles du juré J3 à remplir au stylo, trois pages par candidat.",
        ),
    ],
)
@with_options(INPUTS, JOBS, SCHEDULER, NO_REPORTS, PDF, REGISTER)
@click.option(
    "--force",
    is_flag=True,
    help="Refaire aussi les grilles et rapports où quelqu'un a écrit ; les anciens sont gardés "
    "sous un autre nom.",
)
@click.option(
    "--new-key",
    is_flag=True,
    help="Faire une autre clé de signature : toutes les grilles déjà faites sont annulées.",
)
@click.option(
    "--paper",
    metavar="JURÉ",
    multiple=True,
    help="Faire aussi, pour ce juré, des grilles à remplir sur papier, dans papier/. Répétable.",
)
@SHOWING
@click.pass_context
def generate(context: click.Context, /, **options: object) -> None:
    """Écrit les grilles des jurés et les rapports de jury vierges."""
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)
    result = commands.generate(inputs, session_options(options, screen))
    _finish(context, screen, inputs, screen.show_generated(result))


@main.command(
    short_help="Dit ce qui est revenu, ce qui manque, ce qui est refusé.",
    examples=[
        (
            "sheetgen status",
            "Ce qui est revenu dans le dossier retours/.",
        ),
        (
            "sheetgen status --watch",
            "La même chose, à chaque grille qui arrive.",
        ),
        (
            "sheetgen status ~/courrier/retours.zip",
            "Ce que contient une archive reçue.",
        ),
    ],
)
@click.argument("returns", metavar="[RETOURS]...", nargs=-1, type=FILE)
@with_options(INPUTS, JOBS, IDLE_NO_REPORTS)
@click.option(
    "--watch",
    is_flag=True,
    help="Recommencer à chaque fichier qui arrive, jusqu'à ce que tout soit revenu (ou Ctrl+C).",
)
@SHOWING
@click.pass_context
def status(context: click.Context, /, **options: object) -> None:
    """Dit quelles grilles sont revenues, lesquelles manquent ou sont refusées.

    RETOURS : fichiers, dossiers ou archives zip à lire ; par défaut le dossier retours/ de la
    session.
    """
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)

    def show() -> commands.Surveyed:
        return commands.survey(
            inputs, paths_given(options["returns"]), session_options(options, screen)
        )

    result = show()
    room = bool(options["watch"])
    status = screen.show_surveyed(result, room=room)
    if options["watch"] and status:
        for changed in commands.watch(result, show):
            status = screen.show_surveyed(changed, room=room)
            if not status:
                break
    _finish(context, screen, inputs, status)


@main.command(
    short_help="Lit les grilles revenues et propose des décisions.",
    examples=[
        (
            "sheetgen consolidate",
            "À partir du dossier retours/.",
        ),
        (
            "sheetgen consolidate retours-1.zip retours-2/",
            "À partir d'une archive et d'un dossier.",
        ),
        (
            "sheetgen consolidate --prefer grille_C01_J1.xlsx",
            "Entre deux retours qui se contredisent, celui-ci.",
        ),
    ],
)
@click.argument("returns", metavar="[RETOURS]...", nargs=-1, type=FILE)
@with_options(INPUTS, JOBS, SCHEDULER, NO_REPORTS, PDF)
@click.option(
    "--prefer",
    "preferred",
    metavar="FICHIER",
    multiple=True,
    help="Entre deux retours différents d'une même grille, retenir celui-ci. Répétable.",
)
@SHOWING
@click.pass_context
def consolidate(context: click.Context, /, **options: object) -> None:
    """Lit les grilles revenues, fusionne les évaluations et écrit les décisions proposées.

    RETOURS : fichiers, dossiers ou archives zip à lire ; par défaut le dossier retours/ de la
    session.
    """
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)
    result = commands.consolidate(
        inputs, paths_given(options["returns"]), session_options(options, screen)
    )
    _finish(context, screen, inputs, screen.show_consolidated(result))


@main.command(
    short_help="Clôt la session avec les décisions du jury.",
    examples=[
        (
            "sheetgen finalize outputs/JUIN/consolidation/consolidation.xlsx",
            "Quand le jury a rempli la feuille Délibération.",
        ),
        (
            "sheetgen finalize consolidation.xlsx --draft",
            "Des projets de documents à relire, marqués PROJET.",
        ),
        (
            'sheetgen finalize consolidation.xlsx --reopen "Erreur de saisie"',
            "Clôt de nouveau une session déjà close.",
        ),
    ],
)
@click.argument("consolidation", metavar="CONSOLIDATION", type=FILE)
@with_options(INPUTS, JOBS, SCHEDULER, NO_REPORTS, PDF, REGISTER, KEY)
@click.option(
    "--reopen",
    metavar="MOTIF",
    help="Rouvrir une session close, pour ce motif : l'ancienne version est conservée.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="Écrire les documents en projet, marqués PROJET, dans projet/ : rien n'est clos.",
)
@SHOWING
@click.pass_context
def finalize(context: click.Context, /, **options: object) -> None:
    """Reprend les décisions du jury, clôt la session et écrit les documents à signer.

    CONSOLIDATION : le classeur consolidation.xlsx dont le jury a rempli la feuille Délibération.
    """
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)
    reopen, draft = options["reopen"], bool(options["draft"])
    if draft and (reopen is not None or options["no_reports"]):
        other = "--no-reports" if reopen is None else "--reopen"
        message = f"--draft écrit des projets de documents et ne fige rien : sans {other}."
        raise click.UsageError(message)
    request = commands.FinalizeRequest(
        consolidation=Path(str(options["consolidation"])),
        reopen=None if reopen is None else str(reopen),
        draft=draft,
    )
    result = commands.finalize(inputs, request, session_options(options, screen))
    _finish(context, screen, inputs, screen.show_finalized(result))


@main.command(
    short_help="Réunit ce qui est conservé sur une personne.",
    examples=[
        (
            "sheetgen extract C07",
            "Le dossier du candidat C07.",
        ),
    ],
)
@click.argument("candidate", metavar="CANDIDAT")
@with_options(INPUTS, JOBS, IDLE_NO_REPORTS, REGISTER, SHOWING)
@click.pass_context
def extract(context: click.Context, /, **options: object) -> None:
    """Réunit dans un dossier tout ce qui est conservé sur une personne, pour elle.

    CANDIDAT : le numéro du candidat.
    """
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)
    asked = str(options["candidate"])
    result = commands.extract(inputs, asked, session_options(options, screen))
    _finish(context, screen, inputs, screen.show_extracted(result))


@main.command(
    short_help="Explique pas à pas une décision.",
    examples=[
        (
            "sheetgen explain C07",
            "Des appréciations des jurés à la certification.",
        ),
        (
            "sheetgen explain C07 BC02",
            "Un bloc seul, avec ce dont il dépend.",
        ),
        (
            "sheetgen explain C07 --word",
            "Un document à remettre au candidat, pour un recours.",
        ),
    ],
)
@click.argument("candidate", metavar="CANDIDAT")
@click.argument("item", metavar="[OBJET]", required=False)
@with_options(INPUTS, JOBS, IDLE_NO_REPORTS)
@click.option(
    "--word",
    is_flag=True,
    help="Écrire aussi l'explication en document Word, dans extraits/.",
)
@SHOWING
@click.pass_context
def explain(context: click.Context, /, **options: object) -> None:
    """Explique pas à pas comment un candidat est décidé, à partir de chaque appréciation.

    CANDIDAT : le numéro du candidat. OBJET : le code d'un critère, d'une compétence, d'une épreuve
    ou d'un bloc ; par défaut, tout, jusqu'à la certification.
    """
    from sheetgen import commands

    screen, inputs = screen_of(options), inputs_of(options)
    item = options["item"]
    request = commands.ExplainRequest(
        candidate=str(options["candidate"]),
        item=None if item is None else str(item),
        word=bool(options["word"]),
    )
    result = commands.explain_decision(inputs, request, session_options(options, screen))
    _finish(context, screen, inputs, screen.show_explained(result))


main.add_command(desk)
main.add_command(register)
main.add_command(cpf)
main.add_command(verify)
main.add_command(dossier)
