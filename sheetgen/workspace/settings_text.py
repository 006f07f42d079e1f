"""The text of the settings file: as a workspace starts with, and with some settings changed."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from sheetgen.model.retention import RETENTION_KINDS
from sheetgen.workspace.settings_file import RETENTION, SETTINGS, SettingKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def changed_configuration(text: str, changes: Mapping[str, object]) -> str:
    """Return the text of a settings file with some settings set, or set no more where it is None.

    All else stays as it is. A setting goes on its own line, even one that is commented out, else
    before the first section.

    Raises:
        ValueError: the file says things in ways that lines cannot change.
    """
    lines = text.splitlines()
    for name, value in changes.items():
        said = f"{name} = {_literal(value)}"
        sections = (at for at, line in enumerate(lines) if line.lstrip().startswith("["))
        end = next(sections, len(lines))
        set_there = _find_line(lines[:end], rf"\s*{re.escape(name)}\s*=")
        if value is None:
            if set_there is not None:
                lines[set_there] = f"# {lines[set_there].strip()}"
            continue
        place = set_there
        if place is None:
            place = _find_line(lines[:end], rf"#\s*{re.escape(name)}\s*=")
        if place is None:
            lines.insert(end, said)
        else:
            lines[place] = said
    changed = "\n".join(lines) + "\n"
    former, now = tomllib.loads(text), tomllib.loads(changed)
    for name, value in changes.items():
        former.pop(name, None)
        if value is not None:
            former[name] = value
    if now != former:
        message = "a setting is written in a way that lines cannot change"
        raise ValueError(message)
    return changed


def _find_line(lines: Sequence[str], pattern: str) -> int | None:
    return next((at for at, line in enumerate(lines) if re.match(pattern, line)), None)


def _literal(value: object) -> str:
    """Return a value as TOML writes it; its basic strings are JSON's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def render_configuration() -> str:
    """Return the file that a workspace starts with: each setting explained, none of them set."""
    lines = [
        "# Réglages de sheetgen pour ce dossier : ce qu'il faudrait retaper à chaque commande.",
        "# Tout est facultatif. Pour régler quelque chose, ôter le « # » au début de sa ligne.",
        "#",
        "# L'option de la ligne de commande passe avant la variable d'environnement, qui passe",
        "# avant ce fichier. Il est lu dans le dossier où la commande est lancée ; les chemins",
        '# partent de ce dossier. Sous Windows, les écrire avec « / » : "D:/jurys/juin.xlsx".',
    ]
    for setting in SETTINGS.values():
        blank = f" Sans ce réglage : {setting.blank}." if setting.blank else ""
        quote = "" if setting.kind in {SettingKind.COUNT, SettingKind.SWITCH} else '"'
        lines += [
            "",
            f"# {setting.help}{blank} ({setting.option}, {setting.variable})",
            f"# {setting.name} = {quote}{setting.default}{quote}",
        ]
    lines += [
        "",
        "# Durées de conservation après la décision du jury : « 18 mois », « 3 ans », « à vie ».",
        "# « sheetgen register forget » dit ce qui est arrivé à son terme, et ne supprime qu'après",
        "# confirmation.",
        f"[{RETENTION}]",
    ]
    for kind in RETENTION_KINDS.values():
        lines += ["", f"# {kind.help}", f'# {kind.name} = "{kind.default}"']
    return "\n".join(lines) + "\n"
