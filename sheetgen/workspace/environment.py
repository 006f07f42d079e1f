"""Settings as a folder and its environment give them, for whoever has no command line.

The command line reads the same variables by Click, and refuses the same values.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen.problems import Location, Problem
from sheetgen.problems import configuration as kinds
from sheetgen.workspace.settings_file import (
    CONFIGURATION,
    SETTINGS,
    Setting,
    SettingKind,
    read_configuration,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES = frozenset({"1", "true", "t", "yes", "y", "on"})
_NO = frozenset({"0", "false", "f", "no", "n", "off"})
_LONGEST_QUOTE = 60


def read_settings(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return every setting by parameter: from the environment, else the file, else by default.

    What is wrong sets nothing.

    Args:
        environment: the variables of the process.
    """
    given, problems = read_configuration(Path(CONFIGURATION))
    settings: dict[str, Any] = {}
    for setting in SETTINGS.values():
        value = given.get(setting.parameter, _default(setting))
        said = environment.get(setting.variable, "")
        if said:
            typed = _typed(setting, said)
            if typed is None:
                problems.append(
                    kinds.SETTING_UNUSABLE.at(
                        Location(file=f"variable {setting.variable}"),
                        name=setting.name,
                        found=f'"{said[:_LONGEST_QUOTE]}"',
                        allowed=setting.kind.value,
                    )
                )
            else:
                value = typed
        settings[setting.parameter] = value
    return settings, problems


def _default(setting: Setting) -> object:
    if setting.kind is SettingKind.SWITCH:
        return False
    if setting.kind is SettingKind.COUNT:
        return os.cpu_count() or 1
    return None if setting.blank else setting.default


def _typed(setting: Setting, said: str) -> object:
    """Return what a variable says as its setting has it; None where it does not suit."""
    text = said.strip()
    if setting.kind is SettingKind.SWITCH:
        return {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(text.lower())
    if setting.kind is SettingKind.COUNT:
        try:
            return int(text) if text.isdecimal() and int(text) else None
        except ValueError:  # thousands of digits
            return None
    return text or None
