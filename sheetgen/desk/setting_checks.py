"""Check what was typed for a setting as the command that takes it would, before it is written."""

from __future__ import annotations

from pathlib import Path

from sheetgen.register import RegisterError, check_address
from sheetgen.text import visible
from sheetgen.workspace.settings_file import (
    LIBREOFFICE,
    REGISTER,
    Setting,
    SettingKind,
    refuse_scheduler,
)

MOST = 9999
"""The largest whole number that the form takes."""
_LONGEST_SHOWN = 60
_PLACES = {SettingKind.FILE, SettingKind.FOLDER, SettingKind.REGISTER}


def typed_value(setting: Setting, said: str) -> object:
    """Return what a field says as `sheetgen.toml` has it; the text itself where it does not suit.

    Args:
        setting: the field's.
        said: not blank.
    """
    if setting.kind is SettingKind.SWITCH:
        return {"true": True, "false": False}.get(said, said)
    if setting.kind is SettingKind.COUNT:
        number = said.lstrip("0")
        short = number.isascii() and number.isdecimal() and len(number) <= len(str(MOST))
        return int(number) if short else said
    return said


def refuse_value(setting: Setting, said: str) -> str:
    """Return in French why what was typed is not written; blank where it suits."""
    reason = _reason(setting, said)
    if not reason:
        return ""
    shown = visible(said)
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}…"
    return f"{setting.name} : « {shown} » ne convient pas ; {reason} Rien n’a été enregistré."


def _reason(setting: Setting, said: str) -> str:
    if setting.kind is SettingKind.COUNT and not isinstance(typed_value(setting, said), int):
        return f"un nombre entier de 1 à {MOST}."
    if not setting.accepts(typed_value(setting, said)):
        return f"{setting.kind.value}."
    if setting.kind is SettingKind.ADDRESS:
        return refuse_scheduler(said)
    if setting.kind is SettingKind.REGISTER and "://" in said:
        try:
            check_address(said)
        except RegisterError as error:
            return f"{error.problem.message} {error.problem.hint}"
        return ""
    return _refuse_place(setting, said) if setting.kind in _PLACES else ""


def _refuse_place(setting: Setting, said: str) -> str:
    if any(letter < " " for letter in said):
        return "un chemin n’a ni retour à la ligne ni caractère de commande."
    path = Path(said)
    if setting.kind is SettingKind.FOLDER:
        return "c’est un fichier, et il faut un dossier." if path.is_file() else ""
    if setting is LIBREOFFICE:  # its folder does as well
        return ""
    thing = "un registre est un fichier" if setting is REGISTER else "il faut un fichier"
    return f"c’est un dossier, et {thing}." if path.is_dir() else ""
