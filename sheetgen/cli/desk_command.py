"""`sheetgen desk`: the page in the browser, and the shortcut that opens it without a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetgen.cli.options import Command
from sheetgen.files import HeldElsewhereError
from sheetgen.files import explain as explain_fault

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command(
    short_help="Ouvre le bureau : les mêmes commandes dans le navigateur.",
    cls=Command,
    examples=[
        ("sheetgen desk", "Dans le dossier de la session : ouvre le bureau dans le navigateur."),
        ("sheetgen desk --install-shortcut", "Un raccourci qui l'ouvre ensuite sans terminal."),
        ("sheetgen desk --no-browser", "Écrit seulement l'adresse à ouvrir."),
    ],
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(1, 65535),
    help="Port de cet ordinateur où répondre ; sans cela, un port libre.",
)
@click.option(
    "--no-browser",
    is_flag=True,
    help="Ne pas ouvrir le navigateur : l'adresse seule est écrite sur la sortie standard.",
)
@click.option(
    "--workspace",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Dossier de travail ; par défaut, celui où l'on se trouve.",
)
@click.option(
    "--documents",
    is_flag=True,
    help="Dossier de travail : « sheetgen », dans vos Documents ; il est créé au besoin.",
)
@click.option(
    "--install-shortcut",
    "shortcut",
    flag_value="install",
    help="Ne pas ouvrir le bureau : faire un raccourci qui l'ouvre sans terminal, dans le menu "
    "Démarrer (Windows), les Applications (macOS) ou le menu du bureau (Linux).",
)
@click.option(
    "--remove-shortcut",
    "shortcut",
    flag_value="remove",
    help="Retirer le raccourci qui mène à ce dossier.",
)
@click.pass_context
def desk(context: click.Context, /, **options: object) -> None:
    """Ouvre le bureau du dossier dans le navigateur, sur cet ordinateur seulement.

    Chaque étape y est un bouton. Le bureau reste ouvert jusqu'à « Quitter » dans la page, ou Ctrl+C
    ici. L'adresse contient un jeton : ne la donner à personne.
    """
    from sheetgen.shortcuts import (
        install_command,
        install_shortcut,
        missing_libraries,
        own_workspace,
        remove_shortcut,
    )

    shortcut, workspace, port = options["shortcut"], options["workspace"], options["port"]
    if shortcut != "remove" and missing_libraries():
        message = f"le bureau n'est pas installé. L'installer avec : {install_command()}"
        raise click.ClickException(message)
    if options["documents"] and workspace is not None:
        message = "--documents et --workspace ne vont pas ensemble : choisir un dossier."
        raise click.UsageError(message)
    try:
        folder = workspace if isinstance(workspace, Path) else Path()
        if options["documents"]:
            folder = own_workspace()
        if shortcut is None:
            os.chdir(folder)
    except OSError as error:
        message = f"{error.filename} : {explain_fault(error)}."
        raise click.ClickException(message) from error
    if shortcut is None:
        _serve(port if isinstance(port, int) else 0, browser=not options["no_browser"])
        return
    from sheetgen.cli.screen import Screen

    change = install_shortcut if shortcut == "install" else remove_shortcut
    context.exit(Screen().show_shortcut(change(folder)))


def _serve(port: int, *, browser: bool) -> None:
    """Serve the desk of the working folder until somebody quits it."""
    from sheetgen.desk import DeskRequest, serve_desk

    with ExitStack() as held:
        note = _held_desk(held)

        def tell(address: str) -> None:
            if browser:
                click.echo("Le bureau est ouvert à cette adresse, à ne donner à personne :")
            click.echo(address)
            sys.stdout.flush()
            note(address)

        try:
            serve_desk(DeskRequest(port=port, browser=browser, tell=tell))
        except OSError as error:
            where = "" if not port else f" sur le port {port}"
            message = f"Le bureau ne peut pas s'ouvrir{where} : {explain_fault(error)}."
            raise click.ClickException(message) from error


def _held_desk(held: ExitStack) -> Callable[[str], None]:
    """Return what notes this desk's address, for a click on a shortcut to find it."""
    from sheetgen.shortcuts import hold_desk

    try:
        return held.enter_context(hold_desk(Path()))
    except HeldElsewhereError:
        return lambda _: None  # another desk of this folder has noted its own
