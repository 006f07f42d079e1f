"""Places of the desk for what a message says to do by an option or a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.workspace.settings_file import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTION = re.compile(r"--[a-z][a-z-]*[a-z]")
_COMMAND = re.compile(r"\bsheetgen ((?:register )?[a-z]+)|« ([a-z]+)(?= --| »)")

_OPTIONS = {
    "--draft": ("« Projets à relire »", "#projet"),
    "--force": ("« Refaire aussi les fichiers où quelqu’un a écrit »", "#force"),
    "--new-key": ("« Faire une autre clé »", "#autre-cle"),
    "--paper": ("« Grilles à remplir sur papier »", "#papier"),
    "--prefer": ("« Choisir entre des retours qui diffèrent »", "#choix"),
    "--reopen": ("« Clore de nouveau »", "#motif"),
}
_COMMANDS = {
    "check": ("« Vérifier les fichiers »", "#faire-check"),
    "generate": ("« Faire les grilles »", "#faire-generate"),
    "status": ("« Relire les retours »", "#faire-status"),
    "consolidate": ("« Proposer les décisions »", "#faire-consolidate"),
    "finalize": ("« Clore la session »", "#etape-finalize"),
    "register record": ("« Inscrire au registre »", "#etape-papers"),
    "verify": ("« Vérifier un document »", "/verifier"),
}


def option_places(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words and the address of each place of the desk that a message leads to.

    Args:
        text: of the message.
    """
    found: dict[str, str] = {}
    for option in _OPTION.findall(text):
        setting = SETTINGS.get(option.removeprefix("--"))
        if option in _OPTIONS:
            words, address = _OPTIONS[option]
            found.setdefault(address, words)
        elif setting is not None:
            found.setdefault(f"/reglages#reglage-{setting.name}", f"le réglage « {setting.name} »")
    for long, short in _COMMAND.findall(text):
        place = _COMMANDS.get(long or short)
        # An option of the command says the same place, or a nearer one.
        if place is not None and not found:
            found.setdefault(place[1], place[0])
    for address, words in found.items():
        yield words, address
