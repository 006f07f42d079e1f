"""The options that commands share, where their values come from, and how help is laid out."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from sheetgen.cli.ending import ended_in_french, print_on_any_terminal
from sheetgen.workspace import settings_file
from sheetgen.workspace.settings_file import CONFIGURATION, Setting, SettingKind, read_configuration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Function = Callable[..., None]
Decorator = Callable[[Function], Function]

_USAGE_STATUS = 2
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

FILE = click.Path(path_type=Path)


class Day(click.DateTime):
    """A date as the French write it, or as computers do."""

    def __init__(self) -> None:
        super().__init__(formats=["%d/%m/%Y", "%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the day that was typed."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' n'est pas une date, à écrire comme 15/06/2026.", param, ctx)


class SharedOption(click.Option):
    """An option that may be set elsewhere; an error then says where, since nobody typed it."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return the option, with the variable that its value comes from."""
        hint = super().get_error_hint(ctx)
        if ctx is None or self.name is None:
            return hint
        if ctx.get_parameter_source(self.name) is not ParameterSource.ENVIRONMENT:
            return hint
        return f"{hint} (variable {self.envvar})"


class Command(click.Command):
    """A command that shows examples after its options."""

    def __init__(
        self, *arguments: Any, examples: Sequence[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self._examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each with what it is for."""
        with formatter.section("Exemples "):
            for command, meaning in self._examples:
                formatter.write_text(f"$ {command}")
                with formatter.indentation():
                    formatter.write_text(meaning)
        super().format_epilog(ctx, formatter)


class ConfiguredCommand(Command):
    """A command whose defaults are those of the folder it is run in."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the settings of the folder's file; one that is wrong leaves help and no more."""
        settings, problems = read_configuration(Path(CONFIGURATION))
        ctx.default_map = dict(settings)
        asked_help = set(args) & set(self.get_help_option_names(ctx))
        if problems and not asked_help and not ctx.resilient_parsing:
            from sheetgen.cli.screen import Screen

            Screen().show_misconfigured(problems)
            ctx.exit(_USAGE_STATUS)
        return super().parse_args(ctx, args)


class Program(click.Group):
    """All commands, in the order they are declared, on any terminal."""

    command_class = ConfiguredCommand

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the commands' names, in the order in which a session needs them."""
        return list(self.commands)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run what the command line asks for; whatever happens is said in French."""
        # A session's records have no cycles: looking for these less often saves one part in thirty.
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        # Python would look for them twice more as it ends, when nobody needs the memory.
        atexit.register(gc.freeze)
        with ended_in_french():
            print_on_any_terminal()
            return super().main(*arguments, **options)


def with_options(*options: Decorator) -> Decorator:
    """Return a decorator that adds the options, shown in this order."""

    def add(command: Function) -> Function:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def _shared(setting: Setting, *, hidden: bool = False) -> Decorator:
    """Return the option of a setting.

    Args:
        setting: what it sets.
        hidden: for commands on which it has no effect: still accepted, shown in no help.
    """
    names, details = [setting.option], dict[str, Any]()
    match setting.kind:
        case SettingKind.FILE | SettingKind.FOLDER:
            metavar = "FICHIER" if setting.kind is SettingKind.FILE else "DOSSIER"
            default = None if setting.blank else Path(setting.default)
            details = {"type": FILE, "metavar": metavar, "default": default}
        case SettingKind.COUNT:
            details = {"type": _count, "metavar": "N", "default": lambda: os.cpu_count() or 1}
        case SettingKind.ADDRESS:
            details = {"type": _cluster, "metavar": "ADRESSE"}
        case SettingKind.REGISTER:
            details = {"metavar": "REGISTRE", "default": setting.default}
        case SettingKind.SWITCH:
            names = [f"{setting.option}/{setting.opposite}"]
            details = {"default": False}
    if setting.kind is not SettingKind.SWITCH:
        details["show_default"] = setting.blank or True
    return click.option(
        *names,
        setting.parameter,
        cls=SharedOption,
        envvar=setting.variable,
        help=setting.help,
        hidden=hidden,
        **details,
    )


def _count(value: object) -> int:
    """Return a whole number from 1 on.

    Raises:
        click.BadParameter: it is none.
    """
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        message = f"« {value} » n'est pas un nombre entier, 1 ou plus."
        raise click.BadParameter(message)
    return number


def _cluster(value: object) -> str | None:
    """Return the address of a cluster; None where it is blank, which takes another setting back.

    Raises:
        click.BadParameter: the library that speaks to clusters is not installed.
    """
    address = str(value).strip()
    refusal = settings_file.refuse_scheduler(address)
    if refusal:
        raise click.BadParameter(refusal)
    return address or None


SESSION = _shared(settings_file.SESSION)
REFERENTIAL = _shared(settings_file.REFERENTIAL)
OUTPUT = _shared(settings_file.OUTPUT)
TEMPLATES = _shared(settings_file.TEMPLATES)
INPUTS = with_options(
    REFERENTIAL,
    SESSION,
    TEMPLATES,
    OUTPUT,
)
JOBS = _shared(settings_file.JOBS)
SCHEDULER = _shared(settings_file.SCHEDULER)
NO_REPORTS = _shared(settings_file.NO_REPORTS)
PDF = with_options(_shared(settings_file.PDF), _shared(settings_file.LIBREOFFICE))
REGISTER_PLACE = _shared(settings_file.REGISTER)
REGISTER = with_options(REGISTER_PLACE, _shared(settings_file.NO_REGISTER))
KEY = _shared(settings_file.KEY)
IDLE_JOBS = _shared(settings_file.JOBS, hidden=True)
IDLE_NO_REPORTS = _shared(settings_file.NO_REPORTS, hidden=True)
"""Options that some commands were given once, and may be given still, without effect."""
SHOWING = with_options(
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Compte rendu JSON sur la sortie standard, messages sur la sortie d'erreur.",
    ),
    _shared(settings_file.QUIET),
)
