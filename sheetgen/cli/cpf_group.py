"""`sheetgen cpf …`: declaring certifications to the Caisse des Dépôts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetgen.cli.given_options import path_given, register_options, screen_of, texts_given
from sheetgen.cli.options import (
    FILE,
    REFERENTIAL,
    REGISTER_PLACE,
    SHOWING,
    TEMPLATES,
    Program,
    with_options,
)

if TYPE_CHECKING:
    from sheetgen.commands import CpfAnswer


@click.group(
    cls=Program,
    short_help="Déclare les certifications à la Caisse des Dépôts.",
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
)
def cpf() -> None:
    """Déclare à la Caisse des Dépôts les certifications que tient le registre.

    Dans les trois mois du jury : compléter (prepare), exporter (export), lire l'accusé (report).
    Seules les certifications entières se déclarent, jamais un bloc.
    """


@cpf.command(
    short_help="Montre qui est à déclarer, et ce qui manque.",
    examples=[
        (
            "sheetgen cpf prepare a-declarer.xlsx",
            "Écrit le classeur à compléter ; relancée, reprend ce qui y est rempli.",
        )
    ],
)
@click.argument("file", metavar="CLASSEUR", type=FILE)
@with_options(REFERENTIAL, REGISTER_PLACE, SHOWING)
@click.pass_context
def prepare(context: click.Context, /, **options: object) -> None:
    """Écrit dans un classeur qui est à déclarer, les jours qui restent, et ce qui manque à chacun.

    S'il existe déjà, ce qui y est rempli est d'abord repris dans le registre, tout ou rien ; il est
    ensuite refait avec ce qui reste. Le numéro de sécurité sociale n'est jamais demandé.

    CLASSEUR : créé s'il n'existe pas.
    """
    from sheetgen import commands

    answer = commands.prepare_declaration(
        register_options(options),
        Path(str(options["referential"])),
        Path(str(options["file"])),
        _today(),
    )
    _end(context, options, answer)


@cpf.command(
    short_help="Écrit le flux à déposer.",
    examples=[
        (
            "sheetgen cpf export flux.xml --xsd schema-cdc.xsd",
            "Tous ceux dont l'identité est complète, et les refusés corrigés.",
        ),
        (
            "sheetgen cpf export copie.xml --flow 4b1f…",
            "Un flux déjà exporté, à l'octet près.",
        ),
        (
            'sheetgen cpf export retrait.xml --withdraw REG-12 --reason "jury annulé"',
            "Retire une déclaration acceptée.",
        ),
    ],
)
@click.argument("file", metavar="FLUX", type=FILE)
@click.option(
    "--xsd",
    "schema",
    metavar="FICHIER",
    type=FILE,
    help="Schéma de la Caisse des Dépôts, avec lequel le flux est vérifié.",
)
@click.option(
    "--schema-version",
    "version",
    metavar="VERSION",
    type=click.Choice(["1.1.5", "1.1.2"]),
    default="1.1.5",
    show_default=True,
    help="Version du schéma : 1.1.5 ou 1.1.2.",
)
@click.option("--flow", "again", metavar="IDENTIFIANT", help="Refaire un flux déjà exporté.")
@click.option(
    "--withdraw",
    metavar="QUI",
    multiple=True,
    help="Retirer une déclaration acceptée : REG-…, ou l'identifiant d'un flux ; peut être répété.",
)
@click.option(
    "--unchanged",
    is_flag=True,
    help="Déclarer aussi, tels quels, les refusés dont rien n'a changé.",
)
@click.option("--reason", metavar="MOTIF", help="Motif du retrait, gardé au registre.")
@with_options(REFERENTIAL, REGISTER_PLACE, SHOWING)
@click.pass_context
def export(context: click.Context, /, **options: object) -> None:
    """Écrit en XML le flux à déposer dans l'espace de la Caisse des Dépôts.

    Y sont ceux qui n'ont jamais été déclarés et dont l'identité est complète, et ceux qui ont été
    refusés puis corrigés ; les refusés dont rien n'a changé sont nommés, et n'y sont qu'avec
    --unchanged. Un flux qui ne suit pas le schéma n'est ni écrit ni noté. Au-delà de 200 000
    passages ou de 200 Mo, il y en a plusieurs : flux.xml, flux-2.xml…

    FLUX : un fichier qui n'existe pas encore.
    """
    from sheetgen import commands

    request = commands.ExportRequest(
        referential=Path(str(options["referential"])),
        file=Path(str(options["file"])),
        version=str(options["version"]),
        schema=path_given(options["schema"]),
        again=str(options["again"] or ""),
        withdraw=texts_given(options["withdraw"]),
        reason=str(options["reason"] or ""),
        unchanged=bool(options["unchanged"]),
    )
    _end(context, options, commands.export_declaration(register_options(options), request))


@cpf.command(
    short_help="Lit l'accusé de la Caisse des Dépôts.",
    examples=[
        ("sheetgen cpf report accuse.xml", "Qui est accepté, qui est refusé et pourquoi."),
        (
            "sheetgen cpf report accuse.xml --letters courriels",
            "Et un courriel, prêt à partir, à chacun des refusés.",
        ),
    ],
)
@click.argument("file", metavar="ACCUSÉ", type=FILE)
@click.option(
    "--letters",
    metavar="DOSSIER",
    type=FILE,
    help="Y préparer un courriel à chaque refusé, pour qu'il confirme son identité.",
)
@with_options(REFERENTIAL, TEMPLATES, REGISTER_PLACE, SHOWING)
@click.pass_context
def report(context: click.Context, /, **options: object) -> None:
    """Lit l'accusé de traitement d'un flux, et note au registre qui est accepté et refusé.

    Tout est noté, ou rien si l'accusé nomme un passage que le registre ne connaît pas. L'accusé
    lui-même est gardé comme preuve. Les refusés partiront au prochain export, une fois corrigés.

    ACCUSÉ : le fichier XML téléchargé de l'espace de la Caisse des Dépôts.
    """
    from sheetgen import commands

    request = commands.ReportRequest(
        referential=Path(str(options["referential"])),
        file=Path(str(options["file"])),
        today=_today(),
        letters=path_given(options["letters"]),
        templates=Path(str(options["templates"])),
    )
    _end(context, options, commands.report_declaration(register_options(options), request))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day here


def _end(context: click.Context, options: dict[str, object], answer: CpfAnswer) -> None:
    context.exit(screen_of(options).show_declared(f"cpf {context.info_name}", answer))
