"""Check the expressions in a template against the fields that exist.

Jinja reads the template, this walks what it read: every dotted name is followed from its first word
through loops and assignments, so that `bloc.intitulle` is found even where no candidate would show
it. What cannot be followed (a macro, a filter's result) is let through: rendering is strict.
"""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import nodes

from sheetgen.documents.shapes import Group, Items, Shape
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Scope: TypeAlias = dict[str, Shape | None]
"""What each name stands for; None for what is not followed."""

_LIST_FILTERS = frozenset({"list", "rejectattr", "reverse", "select", "selectattr", "sort"})
_ITEM_FILTERS = frozenset({"first", "last", "random"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name that is no field.

    Attributes:
        name: as the template writes it, such as `candidat.nomm`.
        choices: the names that would be right in its place.
        line: of the source Jinja read.
    """

    name: str
    choices: tuple[str, ...]
    line: int


def unknown_fields(
    template: nodes.Template, fields: Group, known: Mapping[str, object]
) -> Iterator[Unknown]:
    """Yield every name in the template that is neither a field nor one of Jinja's `known` names."""
    scope: Scope = {**dict.fromkeys(known), **fields.fields}
    yield from _Walk(fields).block(template.body, scope)


@dataclass(frozen=True, slots=True)
class _Walk:
    fields: Group

    def block(self, body: list[nodes.Node], scope: Scope) -> Iterator[Unknown]:
        """Walk statements in order; what they assign is known to those after."""
        for node in body:
            yield from self.node(node, scope)

    def node(self, node: nodes.Node, scope: Scope) -> Iterator[Unknown]:
        """Walk one node and all below it."""
        if isinstance(node, nodes.For):
            yield from self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            yield from self.node(node.node, scope)
            scope.update(_bound(node.target, _shape(node.node, scope)))
        elif isinstance(node, nodes.Macro):
            scope[node.name] = None
            yield from self.block(node.body, {**scope, **_names(node.args), "caller": None})
        elif isinstance(node, nodes.Getattr | nodes.Getitem):
            yield from self._member(node, scope)
        elif isinstance(node, nodes.Name) and node.ctx == "load":
            if node.name not in scope:
                yield Unknown(name=node.name, choices=tuple(self.fields.fields), line=node.lineno)
        elif isinstance(node, nodes.AssignBlock):
            yield from self.block(node.body, dict(scope))
            scope.update(_bound(node.target, None))
        elif isinstance(node, nodes.With):
            for value in node.values:
                yield from self.node(value, scope)
            shapes = [_shape(value, scope) for value in node.values]
            named = [_bound(*pair) for pair in zip(node.targets, shapes, strict=True)]
            yield from self.block(node.body, {**scope, **ChainMap(*named)})
        else:
            for child in node.iter_child_nodes():
                yield from self.node(child, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> Iterator[Unknown]:
        yield from self.node(node.iter, scope)
        inside = {**scope, "loop": None, **_bound(node.target, _item(_shape(node.iter, scope)))}
        if node.test is not None:
            yield from self.node(node.test, inside)
        yield from self.block(node.body, inside)
        yield from self.block(node.else_, dict(scope))

    def _member(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> Iterator[Unknown]:
        yield from self.node(node.node, scope)
        if isinstance(node, nodes.Getitem):
            yield from self.node(node.arg, scope)
        owner, name = _shape(node.node, scope), _member_name(node)
        if isinstance(owner, Group) and name is not None and name not in owner.fields:
            before = _written(node.node)
            yield Unknown(
                name=f"{before}.{name}",
                choices=tuple(f"{before}.{field}" for field in owner.fields),
                line=node.lineno,
            )


def _shape(node: nodes.Node, scope: Scope) -> Shape | None:
    """Return the shape of the field that an expression names, where that can be followed."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        owner, name = _shape(node.node, scope), _member_name(node)
        if isinstance(owner, Group) and name is not None:
            return owner.fields.get(name)
        return _item(owner) if isinstance(node, nodes.Getitem) else None
    if isinstance(node, nodes.Filter) and node.node is not None:
        source = _shape(node.node, scope)
        if node.name in _LIST_FILTERS:
            return source
        return _item(source) if node.name in _ITEM_FILTERS else None
    return None


def _item(shape: Shape | None) -> Shape | None:
    return shape.item if isinstance(shape, Items) else None


def _member_name(node: nodes.Getattr | nodes.Getitem) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    return None


def _bound(target: nodes.Node, shape: Shape | None) -> Scope:
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return _names(list(target.find_all(nodes.Name)))


def _names(targets: list[nodes.Name]) -> Scope:
    return {target.name: None for target in targets if target.ctx in ("store", "param")}


def _written(node: nodes.Node) -> str:
    """Return an expression as the template writes it, as far as names and numbers go."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        before, name = _written(node.node), _member_name(node)
        return f"{before}[{_place(node)}]" if name is None else f"{before}.{name}"
    return "(…)"


def _place(node: nodes.Getattr | nodes.Getitem) -> str:
    """Return the text between brackets, where it is no expression."""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return "…"
