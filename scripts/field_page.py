"""The page of the fields that Word templates may name, for `make_docs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from markdown_parts import capital, page, plain, table

from sheetgen.documents import TEMPLATE_KINDS
from sheetgen.documents.fields import Flag, Group, Items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Named: TypeAlias = tuple[str, Group]
"""A group and the name before its dot."""

_Value = TypeVar("_Value")

_COLUMNS = ("Champ", "Genre", "Sens")
_COMMON = "Les champs communs"

_INTRODUCTION = (
    (
        "Un modèle est un document Word ordinaire. Un champ s’y écrit entre doubles accolades, "
        "`{{ candidat.identite }}` ; une condition entre `{% if bloc.presente %}` et "
        "`{% endif %}` ; une répétition entre `{% for bloc in blocs %}` et `{% endfor %}`. Une "
        "balise qui commence par `{%p` occupe son paragraphe à elle seule, une balise qui commence "
        "par `{%tr` sa ligne de tableau. Chaque balise commence et finit dans le même paragraphe, "
        "avec ses deux signes de chaque côté. Un champ vide s’imprime « [à compléter] », "
        "surligné ; un champ inconnu est refusé par `sheetgen check`, avec le paragraphe où il se "
        "trouve."
    ),
    (
        "*Texte* : s’imprime. *Vrai ou faux* : pour `{% if … %}`. *Liste* : pour "
        "`{% for … %}` ; les champs de ses éléments sont décrits à la fin de cette page."
    ),
)


def documents() -> Mapping[str, Group]:
    """The fields of each kind of document, by the name of its template's file."""
    return {kind.file: kind.fields for kind in TEMPLATE_KINDS}


def render_fields() -> str:
    """Every field that a Word template may name, kind of document by kind of document."""
    common = _common_groups()
    parts = ["# Les champs des modèles Word", *_INTRODUCTION]
    for file, document in documents().items():
        parts.append(f"## {capital(document.meaning)} : `{file}`")
        parts += _document(document, common)
    parts.append(f"## {_COMMON}")
    for named in common:
        parts += _group(named)
    parts.append("## Les éléments des listes")
    for group in _list_items():
        parts += [f"### {capital(group.meaning)}", table(_COLUMNS, _rows(group, ""))]
    return page(parts)


def _document(document: Group, common: Sequence[Named]) -> Iterator[str]:
    groups = list(_groups(document))
    elsewhere = [f"`{name}` ({group.meaning})" for name, group in groups if (name, group) in common]
    if elsewhere:
        yield f"Décrits dans [{_COMMON}](#les-champs-communs) : {', '.join(elsewhere)}."
    for named in groups:
        if named not in common:
            yield from _group(named)
    alone = {name: shape for name, shape in document.fields.items() if not isinstance(shape, Group)}
    if alone:
        yield "### Sans point"
        yield table(_COLUMNS, _rows(Group(document.meaning, alone), ""))


def _group(named: Named) -> Iterator[str]:
    name, group = named
    yield f"### `{name}` : {plain(group.meaning)}"
    yield table(_COLUMNS, _rows(group, f"{name}."))


def _groups(document: Group) -> Iterator[Named]:
    for name, shape in document.fields.items():
        if isinstance(shape, Group):
            yield name, shape


def _common_groups() -> list[Named]:
    """The groups that two kinds of document have alike, in the order they come."""
    every = [named for document in documents().values() for named in _groups(document)]
    return _once([named for named in every if every.count(named) > 1])


def _list_items() -> list[Group]:
    """The groups that lists are made of."""
    return _once([item for document in documents().values() for item in _items(document)])


def _items(group: Group) -> Iterator[Group]:
    for shape in group.fields.values():
        if isinstance(shape, Group):
            yield from _items(shape)
        elif isinstance(shape, Items):
            yield shape.item
            yield from _items(shape.item)


def _once(values: Sequence[_Value]) -> list[_Value]:
    """The values without repetition; they need not be hashable."""
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _rows(group: Group, prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, shape in group.fields.items():
        if isinstance(shape, Group):
            yield from _rows(shape, f"{prefix}{name}.")
        elif isinstance(shape, Items):
            yield f"`{prefix}{name}`", f"liste : {plain(shape.item.meaning)}", plain(shape.meaning)
        else:
            kind = "vrai ou faux" if isinstance(shape, Flag) else "texte"
            yield f"`{prefix}{name}`", kind, plain(shape.meaning)
