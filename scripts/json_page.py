"""The page on what `--json` prints, made from the schemas in `docs/json/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_parts import page, plain, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMAS = Path(__file__).parent.parent / "docs" / "json"
COMMANDS = (
    "import",
    "check",
    "generate",
    "status",
    "consolidate",
    "finalize",
    "extract",
    "explain",
    "register show",
    "register export",
    "register import",
    "register record",
    "register next",
    "register statistics",
    "register publish",
    "register key",
    "verify",
    "dossier",
    "register forget",
    "cpf prepare",
    "cpf export",
    "cpf report",
)
"""The commands that have `--json`, in the order of a session."""

_DECISIONS = "urn:sheetgen:decisions:1"
_TYPES = {
    "array": "liste",
    "boolean": "vrai ou faux",
    "integer": "nombre entier",
    "null": "null",
    "number": "nombre",
    "object": "objet",
    "string": "texte",
}
_PROBLEM = {
    "code": "le nom de ce genre de problème, qui ne change jamais : [Les messages](messages.md) "
    "l’explique",
    "severity": "`error`, `warning` ou `info`",
    "file": "le fichier, comme les messages le nomment",
    "sheet": "la feuille ; null si le problème n’est d’aucune",
    "cell": "la cellule ; null de même",
    "message": "ce qui ne va pas, en français",
    "hint": "ce qu’il faut faire, en français ; peut être vide",
}


def schema_name(command: str) -> str:
    """Return the name of a command's schema in `docs/json/`."""
    return f"{command.replace(' ', '-')}.schema.json"


def read_schema(command: str) -> Mapping[str, Any]:
    """Return the schema of what a command prints with `--json`."""
    content: Mapping[str, Any] = json.loads(
        (SCHEMAS / schema_name(command)).read_text(encoding="utf-8")
    )
    return content


def render_json() -> str:
    """Return the page: the keys of each command's report, then those of a problem."""
    parts = [
        "# Ce que `--json` écrit",
        (
            "Avec `--json`, une commande écrit un compte rendu pour un programme sur la sortie "
            "standard, et rien d’autre ; les messages restent sur la sortie d’erreur. Des clés "
            "peuvent s’ajouter d’une version à l’autre ; aucune ne change de sens ni ne "
            "disparaît. Les problèmes y sont un par un, même ceux que l’écran réunit en une ligne."
        ),
    ]
    for command in COMMANDS:
        schema, file = read_schema(command), schema_name(command)
        parts += [
            f"## sheetgen {command}",
            f"{schema['description']} Schéma : [{file}](json/{file}).",
            table(("Clé", "Valeur", "Sens"), _rows(schema)),
        ]
    parts += [
        "## Un problème",
        table(("Clé", "Sens"), [(f"`{key}`", meaning) for key, meaning in _PROBLEM.items()]),
    ]
    return page(parts)


def _rows(schema: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield a row for each key of an object, those of the objects of a list after it."""
    for key, value in schema["properties"].items():
        name = f"{above}{key}"
        required = "" if key in schema["required"] else " ; peut manquer"
        yield f"`{name}`", f"{_value(value)}{required}", plain(value["description"])
        items = value.get("items", {})
        if "properties" in items:
            yield from _rows(items, above=f"{name}[].")


def _value(schema: Mapping[str, Any]) -> str:
    """Return what a value may be, in French words or as the literals that are allowed."""
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    match schema.get("$ref"):
        case None:
            kinds = schema["type"]
            words = [_TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
            items = (
                "" if "properties" in schema.get("items", {"properties": None}) else " de textes"
            )
            return f"{' ou '.join(words)}{items}"
        case reference if reference == _DECISIONS:
            return "objet : voir [decisions.schema.json](decisions.schema.json)"
        case reference if reference.endswith("/code"):
            return "texte"
        case _:
            return "liste de [problèmes](#un-problème)"
