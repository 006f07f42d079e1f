"""`sheetgen verify`: whether a paper is the school's, unaltered and in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sheetgen.cli.given_options import day_given, path_given, register_options, screen_of
from sheetgen.cli.options import FILE, REGISTER_PLACE, SHOWING, Command, Day, with_options

if TYPE_CHECKING:
    from sheetgen.seals import Statement

_TYPED = ("number", "holder", "title", "day", "certifier", "seal")
"""The options that must be typed where the address of the QR code is not; the rest may be blank."""


@click.command(
    cls=Command,
    short_help="Vérifie une attestation ou un parchemin.",
    examples=[
        (
            "sheetgen verify 'https://www.ecole.fr/verifier/#1.c2hl…'",
            "L'adresse que porte le code QR, entre apostrophes.",
        ),
        (
            "sheetgen verify --page index.html 'https://www.ecole.fr/verifier/#1.c2hl…'",
            "Sans le registre : d'après la page que l'école a publiée.",
        ),
    ],
)
@click.argument("address", metavar="[ADRESSE]", default="")
@click.option(
    "--kind",
    metavar="DOCUMENT",
    type=click.Choice(["attestation", "parchemin"]),
    help="Sans adresse : le document, attestation ou parchemin ; par défaut, selon le numéro.",
)
@click.option("--number", metavar="NUMÉRO", help="Son numéro, par exemple P-2026-00012.")
@click.option("--holder", metavar="TITULAIRE", help="Son titulaire, tel qu'imprimé.")
@click.option(
    "--birth-date", metavar="JJ/MM/AAAA", type=Day(), help="Date de naissance, si elle y est."
)
@click.option("--code", metavar="CODE", default="", help="Code RNCP, et du bloc après une espace.")
@click.option("--title", metavar="INTITULÉ", help="Intitulé de la certification, ou du bloc.")
@click.option("--day", metavar="JJ/MM/AAAA", type=Day(), help="Date de la délibération.")
@click.option("--certifier", metavar="CERTIFICATEUR", help="Qui l'a délivré.")
@click.option("--seal", metavar="SCEAU", help="Code de vérification imprimé.")
@click.option(
    "--page",
    metavar="PAGE",
    type=FILE,
    help="Page que l'école a publiée, au lieu du registre : le fichier, ou son dossier.",
)
@with_options(REGISTER_PLACE, SHOWING)
@click.pass_context
def verify(context: click.Context, /, **options: object) -> None:
    """Dit si un document est bien de l'école, tel qu'il fut signé, et s'il vaut toujours.

    ADRESSE : ce que porte son code QR. Sans elle, ce qui est imprimé, recopié dans les options.
    """
    from sheetgen import commands

    address = str(options["address"])
    request = commands.VerifyRequest(
        address=address,
        typed=None if address else _typed(options),
        code=str(options["seal"] or ""),
        page=path_given(options["page"]),
    )
    verified = commands.verify(request, register_options(options))
    context.exit(screen_of(options).show_verified(verified))


def _typed(options: dict[str, object]) -> Statement:
    from sheetgen.seals import Statement

    missing = [f"--{name}" for name in _TYPED if not options[name]]
    if missing:
        message = f"il faut l'adresse du code QR, ou {', '.join(missing)}."
        raise click.UsageError(message)
    number = str(options["number"]).strip().upper()
    kind = options["kind"] or ("attestation" if number.startswith("A") else "parchemin")
    return Statement(
        kind=str(kind),
        number=number,
        holder=str(options["holder"]),
        birth_date=_iso(options["birth_date"]),
        code=str(options["code"]),
        title=str(options["title"]),
        day=_iso(options["day"]),
        certifier=str(options["certifier"]),
    )


def _iso(value: object) -> str:
    day = day_given(value)
    return "" if day is None else day.isoformat()
