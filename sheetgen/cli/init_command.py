"""`sheetgen init`: a folder to work in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sheetgen.cli.options import FILE, Command
from sheetgen.files import explain as explain_fault
from sheetgen.workspace import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

_INIT_HELP = "\n".join(
    (
        "Prépare un dossier de travail : référentiel, session, modèles Word, réglages.\n",
        "\b",
        "Les exemples que --example peut donner :",
        *(f"  {name:<21}{what}" for name, what in EXAMPLES.items()),
    )
)


@click.command(
    short_help="Prépare un dossier de travail.",
    cls=Command,
    examples=[
        ("sheetgen init ma-session", "Prépare le dossier ma-session ; rien n'y est écrasé."),
        ("sheetgen init .", "Complète le dossier où l'on est."),
        (
            "sheetgen init essai --example diplome-soin",
            "Un autre exemple, avec sa session : à regarder, puis à adapter.",
        ),
        ("sheetgen init ma-session --empty", "Un référentiel vide, à remplir."),
    ],
    help=_INIT_HELP,
)
@click.argument("folder", metavar="DOSSIER", type=FILE)
@click.option(
    "--example",
    metavar="NOM",
    type=click.Choice(tuple(EXAMPLES)),
    help="Partir d'un autre exemple, avec sa session : un nom ci-dessus.",
)
@click.option("--empty", is_flag=True, help="Partir d'un référentiel vide, avec listes et aides.")
def init(folder: Path, example: str | None, *, empty: bool) -> None:
    """Prépare un dossier de travail : référentiel, session, modèles Word, réglages."""
    from sheetgen.cli.screen import Screen
    from sheetgen.workspace import OccupiedError, Start, create_workspace

    if example is not None and empty:
        message = (
            "Choisir --example ou --empty : l'un donne un référentiel rempli, l'autre un vide."
        )
        raise click.UsageError(message)
    screen = Screen()
    try:
        result = create_workspace(folder, Start(example=example, empty=empty))
    except OccupiedError as error:
        asked = "--empty" if empty else "--example"
        message = (
            f"{error.path} est déjà là, et rien n'est jamais remplacé : avec {asked}, donner un "
            "dossier neuf, ou déplacer ce classeur."
        )
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"Le dossier {folder} ne peut pas être préparé : {explain_fault(error)}."
        raise click.ClickException(message) from error
    screen.show_workspace(folder, result)
