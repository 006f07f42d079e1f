"""A template checked before any candidate's document is made from it.

First as text (tags, then the fields they name), then by a trial: it is filled with specimens and
must give well-formed Word parts.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from sheetgen.matching import nearest
from sheetgen.problems import outputs, quoted
from sheetgen.reports.expressions import Unknown, unknown_fields
from sheetgen.reports.shapes import Flag, Group, Items, Picture, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.problems import Location, Problem
    from sheetgen.reports.filling import TemplateEnvironment
    from sheetgen.reports.subject import Context, Value

_LONGEST_QUOTE = 80

_BLOCKS = frozenset({"for", "if", "with", "macro", "filter", "call", "autoescape", "block"})


def check_sources(
    sources: Iterable[str], fields: Group, environment: TemplateEnvironment, location: Location
) -> list[Problem]:
    """Every problem in the parts of a template, given as the XML that Jinja reads.

    Args:
        sources: the parts.
        fields: what the template may name.
        environment: what will render it.
        location: the template's file.
    """
    parts = [_one_paragraph_a_line(source) for source in sources]
    problems = [
        problem
        for source in parts
        for problem in _check_tags(source, fields, environment, location)
    ]
    return problems or _check_trial(parts, fields, environment, location)


def _one_paragraph_a_line(source: str) -> str:
    """The source with a line for each paragraph, and for each tag that stood alone in one.

    Of such a paragraph docxtpl leaves the tag alone.
    """
    tagged = re.sub(
        r"(</w:(?:p|tbl|tr|tcPr|tblGrid)>|<w:(?:body|hdr|ftr)\b[^>]*>)((?: *{%(?:(?!%}).)*%})+)",
        lambda found: found[1] + found[2].replace("{%", "\n{%"),
        source.replace("\n", " "),
    )
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", tagged)


def _check_tags(
    source: str, fields: Group, environment: TemplateEnvironment, location: Location
) -> Iterator[Problem]:
    try:
        tree = environment.parse(source)
        unknown = list(unknown_fields(tree, fields, environment.globals))
        faults = list(_unknown_functions(tree, environment))
        if not faults:
            environment.compile_parsed(source, tree)
    except TemplateSyntaxError as fault:
        unknown = []
        faults = [_explain(fault, source, environment)]
    for line, reason in faults:
        yield outputs.TEMPLATE_SYNTAX.at(
            location, paragraph=_paragraph(source, line), reason=reason
        )
    for name in unknown:
        yield outputs.TEMPLATE_UNKNOWN_FIELD.at(
            location,
            field=name.name,
            paragraph=_paragraph(source, name.line),
            suggestion=_suggestion(name),
        )


def _unknown_functions(
    tree: nodes.Template, environment: TemplateEnvironment
) -> Iterator[tuple[int, str]]:
    """The filters and tests that Jinja does not have; it would tell only while rendering."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        if isinstance(node, nodes.Filter):
            kind, known = "filtre", environment.filters.keys()
        else:
            kind, known = "test", environment.tests.keys()
        if node.name not in known:
            yield node.lineno, f"le {kind} « {node.name} » n’existe pas."


def _explain(
    fault: TemplateSyntaxError, source: str, environment: TemplateEnvironment
) -> tuple[int, str]:
    """Where a fault is and what it is, in French."""
    message = fault.message or ""
    if "end of template" in message:
        opened = _left_open(source, environment)
        if opened:
            line, block = opened
            return line, f"le bloc « {block} » ouvert ici n’est jamais fermé."
    found = re.search(r"Encountered unknown tag '(.+?)'", message)
    if found:
        return fault.lineno, f"la balise « {found[1]} » est inconnue ou mal placée."
    return fault.lineno, "ce qui est entre les accolades ne peut pas être lu."


def _left_open(source: str, environment: TemplateEnvironment) -> tuple[int, str] | None:
    """The line and name of the innermost block that nothing closes."""
    stack: list[tuple[int, str]] = []
    begun = False
    for line, kind, value in environment.lex(source):
        if kind == "block_begin":
            begun = True
        elif begun and kind == "name":
            begun = False
            if value in _BLOCKS:
                stack.append((line, value))
            elif stack and value == f"end{stack[-1][1]}":
                stack.pop()
    return stack[-1] if stack else None


def _suggestion(unknown: Unknown) -> str:
    # What stands before the last dot is right: it would make any two names alike.
    choices = {choice.rpartition(".")[2]: choice for choice in unknown.choices}
    close = nearest(unknown.name.rpartition(".")[2], choices)
    if close:
        return f"Écrire « {choices[close]} »."
    return f"Choisir {quoted(unknown.choices)}."


def _paragraph(source: str, line: int) -> str:
    """The text of the paragraph on this line, short enough to quote."""
    lines = source.split("\n")
    text = html.unescape(re.sub(r"<[^>]*>", "", lines[min(line, len(lines)) - 1])).strip()
    if len(text) > _LONGEST_QUOTE:
        return f"{text[: _LONGEST_QUOTE - 1]}…"
    return text


def _check_trial(
    sources: list[str], fields: Group, environment: TemplateEnvironment, location: Location
) -> list[Problem]:
    for flags in (True, False):
        context = _specimen_group(fields, flags=flags)
        for source in sources:
            try:
                etree.fromstring(environment.from_string(source).render(context).encode())
            except etree.XMLSyntaxError:
                reason = "des balises s’ouvrent et se ferment à des niveaux différents."
            except Exception as fault:  # noqa: BLE001 - an expression may raise anything
                reason = f"une expression ne peut pas être calculée ({fault})."
            else:
                continue
            return [outputs.TEMPLATE_BROKEN.at(location, reason=reason)]
    return []


def _specimen_group(group: Group, *, flags: bool) -> Context:
    fields: Mapping[str, Shape] = group.fields
    return {name: _specimen(shape, flags=flags) for name, shape in fields.items()}


def _specimen(shape: Shape, *, flags: bool) -> Value:
    """A value of this shape; lists have two items."""
    if isinstance(shape, Text | Picture):
        return shape.meaning
    if isinstance(shape, Flag):
        return flags
    if isinstance(shape, Items):
        return [_specimen_group(shape.item, flags=flags) for _ in range(2)]
    return _specimen_group(shape, flags=flags)
