"""`sheetgen dossier`: closed sessions gathered for a control."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from sheetgen.cli.given_options import path_given, screen_of, texts_given
from sheetgen.cli.options import (
    FILE,
    OUTPUT,
    REFERENTIAL,
    REGISTER_PLACE,
    SHOWING,
    ConfiguredCommand,
    with_options,
)


@click.command(
    cls=ConfiguredCommand,
    short_help="Réunit des sessions closes pour un contrôle.",
    examples=[
        ("sheetgen dossier", "Toutes les sessions closes du dossier de sortie."),
        (
            "sheetgen dossier JUIN-2026 --sample 5",
            "Une session, et cinq de ses candidats.",
        ),
    ],
)
@click.argument("sessions", metavar="[SESSION]...", nargs=-1)
@click.option(
    "--candidate",
    "candidates",
    metavar="NUMÉRO",
    multiple=True,
    help="N'y mettre que ce candidat ; peut être répété.",
)
@click.option(
    "--sample",
    "most",
    metavar="N",
    type=click.IntRange(min=1),
    help="N'y mettre que N candidats par session, répartis sur la liste.",
)
@click.option(
    "-o",
    "place",
    metavar="DOSSIER",
    type=FILE,
    help="Où écrire ; par défaut, dossier/ dans le dossier de sortie.",
)
@with_options(REFERENTIAL, OUTPUT, REGISTER_PLACE, SHOWING)
@click.pass_context
def dossier(context: click.Context, /, **options: object) -> None:
    """Réunit comment les jurys ont été tenus, avec un index et l'empreinte de chaque document.

    Deux dossiers et leurs archives zip : l'un à remettre, l'autre, nommé « -reserve », avec les
    grilles, les décisions détaillées et les flux déclarés, à ne montrer qu'à la personne qui
    contrôle. La première page de chacun dit ce qui y est et ce qui n'y est pas.

    SESSION : le code d'une session close ; sans lui, toutes.
    """
    from sheetgen import commands

    most = options["most"]
    request = commands.DossierRequest(
        output=Path(str(options["output"])),
        referential=Path(str(options["referential"])),
        sessions=texts_given(options["sessions"]),
        candidates=texts_given(options["candidates"]),
        most=most if isinstance(most, int) else None,
        place=path_given(options["place"]),
        register=str(options["register"]),
        register_named=context.get_parameter_source("register") is not ParameterSource.DEFAULT,
    )
    context.exit(screen_of(options).show_dossier(commands.make_dossier(request)))
