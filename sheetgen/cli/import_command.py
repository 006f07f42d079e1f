"""`sheetgen import`: a draft of the référentiel from the school's document, people from lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetgen.cli.given_options import path_given, paths_given, screen_of
from sheetgen.cli.options import FILE, SESSION, SHOWING, ConfiguredCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.sources.importing import ColumnRole


@click.command(
    "import",
    cls=ConfiguredCommand,
    short_help="Tire un référentiel du document de l'école.",
    examples=[
        (
            "sheetgen import referentiel.docx -o referential.xlsx",
            "Du document Word de l'école au classeur, à relire.",
        ),
        (
            "sheetgen import bloc1.docx bloc2.docx -o certification.xlsx",
            "Plusieurs documents s'ajoutent.",
        ),
        (
            "sheetgen import tableau.pdf --columns compétences,modalités,critères",
            "Des colonnes sans titres reconnus, nommées dans l'ordre.",
        ),
        (
            "sheetgen import referentiel.docx export.zip --rncp RNCP37827",
            "Complété par la fiche du registre.",
        ),
        (
            "sheetgen import --candidates liste.csv --session session.xlsx",
            "Ajoute à la session les candidats d'une liste.",
        ),
    ],
)
@click.argument("files", metavar="[FICHIER]...", nargs=-1, type=FILE)
@click.option(
    "-o",
    "--draft",
    "target",
    metavar="CLASSEUR",
    type=FILE,
    default=Path("referential.xlsx"),
    show_default=True,
    help="Le référentiel à écrire, en brouillon ; un fichier qui existe n'est jamais remplacé.",
)
@click.option(
    "--columns",
    metavar="COLONNES",
    help="Ce que contiennent les colonnes des tableaux, dans l'ordre : blocs, activités, "
    "compétences, modalités, critères, ou « - » pour une colonne à passer.",
)
@click.option(
    "--rncp",
    metavar="NUMÉRO",
    help="La fiche à prendre dans l'export du RNCP (XML, ou son zip) donné parmi les fichiers.",
)
@click.option(
    "--candidates",
    metavar="LISTE",
    type=FILE,
    help="Ajouter à la session les candidats d'une liste (CSV ou classeur).",
)
@click.option(
    "--jurors",
    metavar="LISTE",
    type=FILE,
    help="Ajouter à la session les jurés d'une liste (CSV ou classeur).",
)
@click.option(
    "--dates",
    metavar="ORDRE",
    type=click.Choice(("jj/mm/aaaa", "mm/jj/aaaa")),
    help="Comment les listes écrivent les dates, quand rien ne le montre : jj/mm/aaaa ou "
    "mm/jj/aaaa.",
)
@SESSION
@SHOWING
@click.pass_context
def import_sources(context: click.Context, /, **options: object) -> None:
    """Tire un brouillon de référentiel d'un document Word, d'un classeur, d'un texte ou d'un PDF.

    FICHIER : le document de l'école, ou plusieurs, qui s'ajoutent. La feuille Import du brouillon
    dit d'où vient chaque texte et ce qui est à relire ; le référentiel sert quand sa ligne Relu
    est Oui.

    Avec --candidates ou --jurors, ajoute une liste de personnes à la session, sans toucher à ce
    qui y est.
    """
    from sheetgen import commands

    screen = screen_of(options)
    candidates, jurors = options["candidates"], options["jurors"]
    if (candidates or jurors) and options["files"]:
        message = "Importer un document ou des listes : l'un après l'autre."
        raise click.UsageError(message)
    if candidates or jurors:
        from sheetgen.sources.importing import DateOrder

        lists = commands.RosterRequest(
            session=Path(str(options["session"])),
            candidates=path_given(candidates),
            jurors=path_given(jurors),
            order=DateOrder(str(options["dates"])) if options["dates"] else None,
        )
        context.exit(screen.show_imported(commands.import_people(lists)))
    if not options["files"]:
        message = "Donner le document à importer, ou une liste avec --candidates ou --jurors."
        raise click.UsageError(message)
    request = commands.ImportRequest(
        files=paths_given(options["files"]),
        target=Path(str(options["target"])),
        columns=_columns(options["columns"]),
        rncp=_rncp_code(options["rncp"]),
    )
    context.exit(screen.show_imported(commands.import_draft(request)))


def _rncp_code(said: object) -> str | None:
    """Return the code that `--rncp` gives; None without it.

    Raises:
        click.BadParameter: it is none.
    """
    if said is None:
        return None
    from sheetgen.sources.importing import parse_rncp_code

    code = parse_rncp_code(str(said))
    if code is None:
        message = f"« {said} » n'est pas un numéro de fiche, par exemple RNCP37827."
        raise click.BadParameter(message, param_hint="--rncp")
    return code


def _columns(said: object) -> Sequence[ColumnRole] | None:
    """Return the columns that `--columns` names; None without it.

    Raises:
        click.BadParameter: a word is no column's, or one is named twice.
    """
    if said is None:
        return None
    from sheetgen.sources.importing import parse_columns

    columns = parse_columns(str(said))
    if columns is None:
        message = (
            f"« {said} » : écrire blocs, activités, compétences, modalités ou critères, chacun une "
            "fois au plus, séparés par des virgules, dans l'ordre des colonnes."
        )
        raise click.BadParameter(message, param_hint="--columns")
    return columns
