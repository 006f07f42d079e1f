"""`sheetgen register …`: the commands on what is held for life."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetgen.cli.given_options import day_given, path_given, register_options, screen_of
from sheetgen.cli.options import (
    FILE,
    INPUTS,
    KEY,
    OUTPUT,
    REFERENTIAL,
    REGISTER_PLACE,
    SHOWING,
    Day,
    Program,
    with_options,
)
from sheetgen.problems.forgotten import FORGET_UNFINISHED
from sheetgen.workspace.settings_file import RETENTION

if TYPE_CHECKING:
    from sheetgen.commands import RegisterAnswer


@click.group(
    cls=Program,
    short_help="Tient ce qui est acquis à vie.",
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
)
def register() -> None:
    """Tient ce qui est acquis à vie : blocs, certifications, numéros des documents.

    « sheetgen finalize » y inscrit chaque session qu'il clôt.
    """


@register.command(
    short_help="Montre une personne, ou ce que tient le registre.",
    examples=[
        ("sheetgen register show", "Combien de personnes, de sessions, d'acquis."),
        ("sheetgen register show dupont", "Qui porte ce nom, et ce qu'ils détiennent."),
        ("sheetgen register show A-2026-00012", "À qui est cette attestation."),
    ],
)
@click.argument("person", metavar="[PERSONNE]", default="")
@with_options(REGISTER_PLACE, SHOWING)
@click.pass_context
def show(context: click.Context, /, **options: object) -> None:
    """Montre ce que le registre tient sur quelqu'un.

    PERSONNE : une partie du nom, un identifiant, REG-…, ou le numéro d'un document. Sans elle, ce
    que tient le registre en tout.
    """
    from sheetgen import commands

    _end(
        context, options, commands.show_register(register_options(options), str(options["person"]))
    )


@register.command(
    short_help="Écrit le registre dans un classeur.",
    examples=[("sheetgen register export registre.xlsx", "Tout le monde, et tous les acquis.")],
)
@click.argument("file", metavar="CLASSEUR", type=FILE)
@with_options(REGISTER_PLACE, SHOWING)
@click.pass_context
def export(context: click.Context, /, **options: object) -> None:
    """Écrit dans un classeur toutes les personnes et tout ce qu'elles détiennent.

    CLASSEUR : un fichier qui n'existe pas encore.
    """
    from sheetgen import commands

    _end(
        context,
        options,
        commands.export_register(register_options(options), Path(str(options["file"]))),
    )


@register.command(
    "import",
    short_help="Reprend un classeur dans le registre.",
    examples=[
        (
            "sheetgen register import acquis-avant-2026.xlsx",
            "Ce qui fut acquis avant le registre, ou des corrections.",
        )
    ],
)
@click.argument("file", metavar="CLASSEUR", type=FILE)
@with_options(REGISTER_PLACE, SHOWING)
@click.pass_context
def take_in(context: click.Context, /, **options: object) -> None:
    """Reprend dans le registre un classeur de la forme que « register export » écrit.

    Tout est repris, ou rien s'il y a une erreur. CLASSEUR : le fichier à lire.
    """
    from sheetgen import commands

    _end(
        context,
        options,
        commands.import_register(register_options(options), Path(str(options["file"]))),
    )


@register.command(
    "next",
    short_help="Prépare la session de ceux qui ont encore à présenter.",
    examples=[
        (
            "sheetgen register next session-automne.xlsx --date 15/10/2027",
            "Qui revient, ce qu'il détient et ce qu'il garde ce jour-là.",
        )
    ],
)
@click.argument("file", metavar="CLASSEUR", type=FILE)
@with_options(REFERENTIAL)
@click.option(
    "--date",
    "day",
    metavar="JJ/MM/AAAA",
    type=Day(),
    help="Date de la session à venir ; par défaut, celle d'aujourd'hui.",
)
@with_options(REGISTER_PLACE, SHOWING)
@click.pass_context
def following(context: click.Context, /, **options: object) -> None:
    """Écrit le classeur d'une session pour ceux qui ne détiennent pas encore la certification.

    Chacun y est avec son identité, les blocs qu'il détient, et les épreuves et compétences qu'il
    garde selon le règlement, avec leur procès-verbal.

    CLASSEUR : un fichier qui n'existe pas encore.
    """
    from sheetgen import commands

    answer = commands.write_next(
        register_options(options),
        Path(str(options["referential"])),
        Path(str(options["file"])),
        day_given(options["day"]),
    )
    _end(context, options, answer)


@register.command(
    short_help="Inscrit une session déjà close.",
    examples=[
        (
            "sheetgen register record --session session.xlsx",
            "Une session close avec --no-register, ou avant le registre.",
        )
    ],
)
@with_options(INPUTS, REGISTER_PLACE, SHOWING)
@click.pass_context
def record(context: click.Context, /, **options: object) -> None:
    """Inscrit au registre une session qui est déjà close, telle qu'elle fut figée.

    Ses documents gardent les numéros qu'ils portent ; ceux qui n'en ont pas n'en reçoivent pas.
    """
    from sheetgen import commands

    names = ("referential", "session", "templates", "output")
    inputs = commands.Inputs(**{name: Path(str(options[name])) for name in names})
    _end(context, options, commands.record_session(inputs, register_options(options)))


@register.command(
    short_help="Compte ce que le registre tient.",
    examples=[
        (
            "sheetgen register statistics",
            "Un classeur et une page dans le dossier de sortie.",
        ),
        (
            "sheetgen register statistics -o bilan.xlsx --from 01/01/2026 --to 31/12/2026",
            "Les sessions d'une année.",
        ),
    ],
)
@click.option(
    "-o",
    "file",
    metavar="CLASSEUR",
    type=FILE,
    help="Classeur à écrire, qui n'existe pas encore ; par défaut, statistiques.xlsx dans le "
    "dossier de sortie, refait à chaque fois.",
)
@click.option(
    "--html",
    "page",
    metavar="PAGE",
    type=FILE,
    help="Page à écrire, de même ; par défaut, statistiques.html.",
)
@click.option(
    "--certification",
    metavar="CODE",
    help="Une seule certification : son code RNCP, ou son intitulé entier.",
)
@click.option(
    "--from", "start", metavar="JJ/MM/AAAA", type=Day(), help="Sessions à partir de ce jour."
)
@click.option("--to", "end", metavar="JJ/MM/AAAA", type=Day(), help="Sessions jusqu'à ce jour.")
@click.option("--named", is_flag=True, help="Nommer les jurés, désignés sinon par leur code.")
@with_options(OUTPUT, REGISTER_PLACE, SHOWING)
@click.pass_context
def statistics(context: click.Context, /, **options: object) -> None:
    """Écrit les chiffres du registre : un classeur, et une page à lire ou à imprimer.

    Par certification, session, centre, voie d'accès, bloc et épreuve : inscrits, présents, validés,
    taux avec leurs deux nombres, représentations. Et l'accord des jurés, lu dans les dossiers des
    sessions closes qui sont dans le dossier de sortie.
    """
    from sheetgen import commands
    from sheetgen.register import CountedScope

    certification = options["certification"]
    request = commands.StatisticsRequest(
        output=Path(str(options["output"])),
        scope=CountedScope(
            certification=None if certification is None else str(certification),
            start=day_given(options["start"]),
            end=day_given(options["end"]),
        ),
        file=path_given(options["file"]),
        page=path_given(options["page"]),
        named=bool(options["named"]),
    )
    _end(context, options, commands.write_statistics(register_options(options), request))


@register.command(
    short_help="Écrit la page où chacun vérifie un document.",
    examples=[
        (
            "sheetgen register publish site/verifier",
            "La page à mettre sur le site de l'école ; à refaire après chaque session.",
        )
    ],
)
@click.argument("folder", metavar="DOSSIER", type=FILE)
@with_options(REFERENTIAL, REGISTER_PLACE, SHOWING)
@click.pass_context
def publish(context: click.Context, /, **options: object) -> None:
    """Écrit dans un dossier la page où chacun vérifie une attestation ou un parchemin.

    Une seule page, sans serveur : elle vérifie dans le navigateur du visiteur, et n'envoie rien.
    Elle contient les clés publiques et les numéros retirés, aucun nom.

    DOSSIER : créé s'il n'existe pas ; index.html y est refait.
    """
    from sheetgen import commands

    answer = commands.publish_page(
        register_options(options), Path(str(options["referential"])), Path(str(options["folder"]))
    )
    _end(context, options, answer)


@register.command(
    "key",
    short_help="Montre ou remplace la clé qui signe les documents.",
    examples=[
        ("sheetgen register key", "Où est la clé à sauvegarder, et les clés publiques."),
        ("sheetgen register key --new", "Une autre clé, si la première est perdue ou volée."),
    ],
)
@click.option("--new", is_flag=True, help="Faire une autre clé, qui signe dès maintenant.")
@with_options(REGISTER_PLACE, KEY, SHOWING)
@click.pass_context
def sealing_key(context: click.Context, /, **options: object) -> None:
    """Montre le fichier de la clé qui signe les documents, et les clés publiques de l'école.

    Ce qu'une ancienne clé a signé reste vérifiable.
    """
    from sheetgen import commands

    answer = commands.show_key(register_options(options), new=bool(options["new"]))
    _end(context, options, answer)


@register.command(
    short_help="Supprime ce qui est arrivé à son terme.",
    examples=[
        ("sheetgen register forget", "Ce qui est arrivé à son terme ; demande avant de supprimer."),
        ("sheetgen register forget --date 01/01/2030", "Ce qui y sera arrivé ce jour-là."),
    ],
)
@click.option(
    "--date",
    "day",
    metavar="JJ/MM/AAAA",
    type=Day(),
    help="Jour dont il s'agit, pour voir d'avance ; par défaut, aujourd'hui.",
)
@click.option("--yes", is_flag=True, help="Supprimer sans demander.")
@click.option("--history", is_flag=True, help="Montrer aussi ce qui fut supprimé, et quand.")
@with_options(OUTPUT, REGISTER_PLACE, SHOWING)
@click.pass_context
def forget(context: click.Context, /, **options: object) -> None:
    """Montre ce qui est arrivé au terme de sa conservation, puis le supprime si vous confirmez.

    Les durées sont celles de la section [conservation] de sheetgen.toml : pour les fichiers des
    sessions closes qui sont dans le dossier de sortie, pour leurs copies qu'y a faites « sheetgen
    dossier », et pour ce que tient le registre. Ce qui est acquis à vie reste, à moins que sa durée
    ne dise le contraire. Un fichier qui n'est plus ce qui fut noté n'est pas supprimé. Le registre
    garde le compte, sans aucun nom.
    """
    from sheetgen import commands
    from sheetgen.model.retention import default_terms

    request = commands.ForgetRequest(
        output=Path(str(options["output"])),
        terms=(context.default_map or {}).get(RETENTION) or default_terms(),
        day=day_given(options["day"]),
        history=bool(options["history"]),
    )
    where = register_options(options)
    answer = None if options["yes"] else commands.list_due(where, request)
    if answer is None or _is_confirmed(options, answer):
        answer = commands.forget_due(where, request)
    _end(context, options, answer)


_WORD = "SUPPRIMER"


def _is_confirmed(options: dict[str, object], answer: RegisterAnswer) -> bool:
    """Return whether the user, shown what is due, typed that it is to go."""
    from sheetgen.cli.screen import Screen

    begun = any(item.code == FORGET_UNFINISHED.code for item in answer.problems)
    if not answer.due and not begun:
        return False
    if options["as_json"] or options["day"] is not None or not sys.stdin.isatty():
        return False
    Screen(quiet=bool(options["quiet"])).show_registered("register forget", answer)
    asked = f"Pour tout supprimer, écrire {_WORD} (Entrée : ne rien faire)"
    typed = click.prompt(asked, default="", show_default=False, err=True)
    return str(typed).strip() == _WORD


def _end(context: click.Context, options: dict[str, object], answer: RegisterAnswer) -> None:
    context.exit(screen_of(options).show_registered(f"register {context.info_name}", answer))
