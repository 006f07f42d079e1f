"""The command line's words: French down to the library's own, with what to type instead."""

from __future__ import annotations

import gettext
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import make_docs
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner
from conftest import ROOT

from sheetgen import __version__
from sheetgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

    from babel.messages.catalog import Catalog

CATALOGUE = ROOT / "sheetgen" / "locale" / "fr" / "LC_MESSAGES" / "messages.mo"

ENGLISH = re.compile(
    r"\b(the|is|are|not|usage|try|for help|error|invalid|missing|no such|did you|got|unexpected|"
    r"requires|does|default|required|show|exit|directory|file|path|value|integer|range|env|or)\b",
    re.IGNORECASE,
)


def words_of(output: str) -> str:
    """Return a message without what was typed: options, quoted values, names of files, commands."""
    without_quotes = re.sub(r"'[^'\s]+'|« [^»]+ »", "", output)
    return re.sub(r"--?[\w-]+|\S+\.\w+|\$ .*|sheetgen.*|SHEETGEN\w+", "", without_quotes)


USAGE_ERRORS = {
    "no command": [],
    "unknown command": ["chek"],
    "unknown command, like no other": ["xyzzy"],
    "unknown option": ["check", "--sesion", "a.xlsx"],
    "unknown option, like no other": ["check", "--xyzzy"],
    "unknown option before the command": ["--versoin"],
    "unknown short option": ["check", "-x"],
    "option without its value": ["check", "--session"],
    "flag with a value": ["check", "--json=oui"],
    "number that is none": ["generate", "--jobs", "deux"],
    "number too small": ["generate", "--jobs", "0"],
    "argument too many": ["check", "trop"],
    "arguments too many": ["check", "trop", "encore"],
    "argument missing": ["init"],
    "other argument missing": ["finalize"],
    "last argument missing": ["extract"],
}


@pytest.mark.parametrize("typed", USAGE_ERRORS.values(), ids=USAGE_ERRORS)
def test_usage_errors_are_french(typed: list[str]) -> None:
    """What is badly typed is refused with status 2, without a word of English."""
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 2
    assert "Erreur : " in result.output or "Commandes :" in result.output
    assert ENGLISH.findall(words_of(result.output)) == []


def test_a_date_badly_typed_is_told_as_the_french_write_one() -> None:
    """No letter of a format for machines is shown."""
    for typed in (["verify", "--day", "14 mars"], ["register", "forget", "--date", "31/02/2026"]):
        result = CliRunner().invoke(main, typed)
        assert result.exit_code == 2
        assert f"'{typed[-1]}' n'est pas une date, à écrire comme 15/06/2026." in result.output


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["chek"], "La commande 'chek' n'existe pas. Vouliez-vous dire 'check' ?"),
        (["generer"], "La commande 'generer' n'existe pas. Vouliez-vous dire 'generate' ?"),
        (
            ["check", "--sesion"],
            "'--sesion' n'existe pas. (Vouliez-vous dire : '--json', '--session' ?)",
        ),
        (["status", "--wach"], "L'option '--wach' n'existe pas. Vouliez-vous dire '--watch' ?"),
    ],
)
def test_what_was_meant_is_suggested(typed: list[str], meant: str) -> None:
    """A misspelt command or option comes with the nearest one."""
    assert meant in CliRunner().invoke(main, typed).output


def test_every_word_of_the_library_has_its_french() -> None:
    """Each message that this version of Click can say is translated."""
    with CATALOGUE.open("rb") as file:
        french = gettext.GNUTranslations(file)
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    package = Path(click.__file__).parent
    missing = set()
    for _, _, message, _, _ in extract_from_dir(package, keywords=keywords):
        singular, *plural = [message] if isinstance(message, str) else message
        translated = french.ngettext(singular, plural[0], 2) if plural else french.gettext(singular)
        if translated in {singular, *plural} and singular not in SAME_IN_FRENCH:
            missing.add(singular)
    assert missing == set()


SAME_IN_FRENCH = {"%(prog)s, version %(version)s"}


def test_the_compiled_words_are_those_written() -> None:
    """`make messages` was run after the last change of the words."""
    with CATALOGUE.with_suffix(".po").open("rb") as source, CATALOGUE.open("rb") as compiled:
        written, known = read_po(source, locale="fr"), read_mo(compiled)
    assert _strings(written) == _strings(known)


def _strings(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each message with its translation, both in the singular and the plural."""

    def forms(text: str | Sequence[str]) -> tuple[str, ...]:
        return (text,) if isinstance(text, str) else tuple(text)

    return {forms(item.id): forms(item.string or "") for item in catalog if item.id}


def test_version() -> None:
    """`--version` says the package's."""
    result = CliRunner().invoke(main, ["--version"])
    assert (result.exit_code, result.output) == (0, f"sheetgen, version {__version__}\n")


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)], ids=str)
def test_help_fits_80_columns(command: list[str]) -> None:
    """No line of a help is wider than the usual terminal, and no description is cut short."""
    result = CliRunner().invoke(main, [*command, "--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    assert [line for line in result.output.splitlines() if len(line) > 80] == []
    assert "...\n" not in result.output.partition("\n\n")[2]


@pytest.mark.parametrize(
    "command",
    [name for name, item in make_docs.commands().items() if not isinstance(item, click.Group)],
)
def test_help_shows_examples(command: str) -> None:
    """Each command's help ends with commands to copy, each of which the program understands."""
    asked = [*command.split(), "--help"]
    shown = CliRunner().invoke(main, asked).output.partition("\nExemples :\n")[2]
    lines = [line.strip() for line in shown.splitlines()]
    examples = [line for line in lines if line.startswith("$ sheetgen ")]
    assert examples
    assert len(lines) == 2 * len(examples)
    for example in examples:
        words = shlex.split(example.partition(" > ")[0])[2:]
        count = len(command.split())
        assert words[:count] == command.split()
        with main.make_context("sheetgen", words, resilient_parsing=True) as context:
            named = make_docs.commands()[command]
            named.make_context(command, words[count:], parent=context)


def test_completion_offers_commands_and_options() -> None:
    """What the Tab key proposes comes from the program itself."""
    runner = CliRunner()
    variables = {"_SHEETGEN_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    typed = variables | {"COMP_WORDS": "sheetgen con"}
    result = runner.invoke(main, [], prog_name="sheetgen", env=typed)
    assert result.output == "plain,consolidate\n"
    typed = variables | {"COMP_WORDS": "sheetgen status --w", "COMP_CWORD": "2"}
    result = runner.invoke(main, [], prog_name="sheetgen", env=typed)
    assert result.output == "plain,--watch\n"


def test_completion_is_explained_by_the_help() -> None:
    """The help says what to type for completion, and that gives a script."""
    output = CliRunner().invoke(main, ["--help"]).output
    for shell, variable in re.findall(r"^ +(\w+) .*_SHEETGEN_COMPLETE=(\w+)", output, re.MULTILINE):
        assert variable == f"{shell}_source"
    result = CliRunner().invoke(
        main, [], prog_name="sheetgen", env={"_SHEETGEN_COMPLETE": "zsh_source"}
    )
    assert "#compdef sheetgen" in result.output
