"""The form of `sheetgen.toml`: each setting with its help, written back line by line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.desk.setting_checks import refuse_value, typed_value
from sheetgen.files import explain, sha256, write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.workspace import changed_configuration, render_configuration
from sheetgen.workspace.settings_file import (
    CONFIGURATION,
    SETTINGS,
    Setting,
    SettingKind,
    read_configuration,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOO_FREE = (
    "Le fichier sheetgen.toml est écrit d’une façon que ce formulaire ne sait pas changer sans "
    "risque : le modifier dans un éditeur de texte. Rien n’a été changé."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingField:
    """A setting as the form shows it.

    Attributes:
        value: as it is typed; blank where it is not set.
        placeholder: what holds without it.
    """

    setting: Setting
    value: str
    placeholder: str

    @property
    def is_switch(self) -> bool:
        """Return whether it is chosen from yes, no and not set."""
        return self.setting.kind is SettingKind.SWITCH

    @property
    def is_count(self) -> bool:
        """Return whether it is a whole number: the browser keeps what is typed until it is one."""
        return self.setting.kind is SettingKind.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsForm:
    """The form as it is shown.

    Attributes:
        digest: of the file that it was made from; blank where there is none.
    """

    fields: tuple[SettingField, ...]
    digest: str


def read_form() -> SettingsForm:
    """Return the form of the working folder's file."""
    path = Path(CONFIGURATION)
    given, _ = read_configuration(path)
    fields = []
    for setting in SETTINGS.values():
        value = given.get(setting.parameter)
        said = "" if value is None else str(value)
        if isinstance(value, bool):
            said = "true" if value else "false"
        fields.append(
            SettingField(setting=setting, value=said, placeholder=setting.blank or setting.default)
        )
    return SettingsForm(fields=tuple(fields), digest=_digest(path))


def save_form(given: Mapping[str, str]) -> str:
    """Write what was typed, and return what is to be told; the file is whole either way.

    Args:
        given: what the form holds: each setting by name, and `digest`.
    """
    path = Path(CONFIGURATION)
    if given.get("digest", "") != _digest(path):
        return "Le fichier sheetgen.toml a changé entre-temps. Rien n’a été enregistré : relire."
    changes: dict[str, object] = {}
    for setting in SETTINGS.values():
        if setting.name not in given:
            continue
        said = given[setting.name].strip()
        refusal = refuse_value(setting, said) if said else ""
        if refusal:
            return refusal
        changes[setting.name] = typed_value(setting, said) if said else None
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else render_configuration()
        former = tomllib.loads(text)
        changes = {name: value for name, value in changes.items() if former.get(name) != value}
        if not changes:
            return "Rien à changer."
        write_whole(path, changed_configuration(text, changes).encode())
    except OSError as error:
        return f"Le fichier sheetgen.toml ne peut pas être écrit : {explain(error)}."
    except ValueError:
        return _TOO_FREE
    return "Réglages enregistrés."


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""
