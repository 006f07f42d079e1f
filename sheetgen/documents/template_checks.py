"""A template checked before any candidate's document is made from it.

First as text (tags, then the fields they name), then by a trial: it is filled with specimens and
must give well-formed Word parts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from sheetgen.documents.expressions import Unknown, unknown_fields
from sheetgen.documents.kept_text import lost_paragraph, pair_braces, plain_text, telling
from sheetgen.documents.plain_parts import one_paragraph_a_line
from sheetgen.documents.rendering_failures import explain_failure, failed_line
from sheetgen.documents.shapes import Flag, Group, Items, Picture, Shape, Text
from sheetgen.documents.stories import quote
from sheetgen.problems import outputs, quoted
from sheetgen.text.fold import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.documents.contexts import Context, Value
    from sheetgen.documents.engine import Engine, Source, WholeTemplate
    from sheetgen.documents.template_environment import TemplateEnvironment
    from sheetgen.problems import Location, Problem

_PARAGRAPH, _CELL = qn("w:p"), qn("w:tc")
_WITHOUT_TEXT = frozenset(qn(f"w:{name}") for name in ("p", "r", "tbl", "tr", "tc", "hyperlink"))

_BLOCKS = frozenset({"for", "if", "with", "macro", "filter", "call", "autoescape", "block"})
_STATEMENTS = _BLOCKS | {f"end{name}" for name in _BLOCKS} | {"else", "elif", "set"}

_PARAGRAPHS = re.compile(r"(?=<w:p[ >])")
_LIKE_A_TAG = re.compile(
    r"(?:\[\[|<<|｛[｛{]?)\s*(?P<field>\w+)[^\[\]<>｛｝{}]*(?:\]\]|>>|[｝}]?｝)"
    r"|(?:\[|｛)[%％](?:p|tr|tc|r)?\s+(?P<statement>\w+)[^\[\]｛｝]*[%％](?:\]|｝)"
)
"""A name between brackets, chevrons, or braces as wide as the letters of Chinese."""


def check_template(engine: Engine, fields: Group, location: Location) -> list[Problem]:
    """Return every problem in a template: its braces first, then its tags and the fields they name.

    Args:
        engine: the template, and what will render it.
        fields: what the template may name.
        location: the template's file.
    """
    whole = engine.whole
    notes = [outputs.TEMPLATE_REVISIONS.at(location)] if whole.revised else []
    problems = list(_check_braces(whole, location))
    if problems:
        return [*problems, *notes]
    sources = engine.sources()
    problems = [
        problem
        for source in sources
        for problem in _check_source(source, fields, engine.environment, location)
    ]
    notes += [
        problem for source in sources for problem in _check_like_tags(source, fields, location)
    ]
    return [*(problems or _check_trial(sources, fields, engine.environment, location)), *notes]


def _check_like_tags(source: Source, fields: Group, location: Location) -> Iterator[Problem]:
    """Warn of names of fields between signs that are no braces: they are printed as they stand."""
    told: set[tuple[str, str]] = set()  # Word writes a text box twice
    for paragraph in map(plain_text, _PARAGRAPHS.split(source.original)):
        for found in _LIKE_A_TAG.finditer(paragraph):
            word, statement = found["field"], found["statement"]
            if word not in fields.fields and statement not in _STATEMENTS:
                continue
            if (paragraph, found[0]) not in told:
                told.add((paragraph, found[0]))
                inside = found[0].strip("[]<>｛｝{} %％").strip()
                yield outputs.TEMPLATE_LIKE_A_TAG.at(
                    location,
                    text=quote(found[0]),
                    paragraph=quote(paragraph),
                    place=_told_place(source.place),
                    tag=f"{{% {inside} %}}" if statement else f"{{{{ {inside} }}}}",
                )


def _check_braces(whole: WholeTemplate, location: Location) -> Iterator[Problem]:
    for fault in whole.faults:
        yield outputs.TEMPLATE_SYNTAX.at(
            location,
            paragraph=fault.paragraph,
            place=_told_place(fault.place),
            reason=fault.reason,
        )
    for tag, place in whole.unfilled:
        yield outputs.TEMPLATE_TAG_UNFILLED.at(location, tag=tag, place=place)


def _check_source(
    source: Source, fields: Group, environment: TemplateEnvironment, location: Location
) -> Iterator[Problem]:
    place = _told_place(source.place)
    pairing = pair_braces(source.original, fields.fields)
    if pairing.fault:
        yield outputs.TEMPLATE_SYNTAX.at(
            location, paragraph=quote(source.original), place=place, reason=pairing.fault
        )
        return
    problems = list(_check_tags(source, fields, environment, location))
    lost = None if problems else lost_paragraph(source.original, source.patched)
    if lost is not None:
        problems.append(outputs.TEMPLATE_TEXT_LOST.at(location, paragraph=quote(lost), place=place))
    yield from problems


def _told_place(place: str) -> str:
    return f" ({place})" if place else ""


def _check_tags(
    source: Source, fields: Group, environment: TemplateEnvironment, location: Location
) -> Iterator[Problem]:
    place = _told_place(source.place)
    text = one_paragraph_a_line(source.patched)
    try:
        tree = environment.parse(text)
        unknown = list(unknown_fields(tree, fields, environment.globals))
        faults = [*_unknown_functions(tree, environment), *_lost_blocks(tree)]
        if not faults:
            environment.compile_parsed(text, tree)
    except TemplateSyntaxError as fault:
        unknown = []
        faults = [_explain(fault, text, environment)]
    for line, reason in faults:
        yield outputs.TEMPLATE_SYNTAX.at(
            location, paragraph=_paragraph(text, line), place=place, reason=reason
        )
    for name in unknown:
        yield outputs.TEMPLATE_UNKNOWN_FIELD.at(
            location,
            field=name.name,
            paragraph=_paragraph(text, name.line),
            place=place,
            suggestion=_suggestion(name),
        )


def _unknown_functions(
    tree: nodes.Template, environment: TemplateEnvironment
) -> Iterator[tuple[int, str]]:
    """Yield the filters and tests that Jinja does not have; it would tell only while rendering."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        if isinstance(node, nodes.Filter):
            kind, known = "filtre", environment.filters.keys()
        else:
            kind, known = "test", environment.tests.keys()
        if node.name not in known:
            yield node.lineno, f"le {kind} « {node.name} » n’existe pas."


def _lost_blocks(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield the macros and assigned blocks whose text would be printed as XML, or nowhere."""
    printed = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    blocks: list[tuple[nodes.Node, set[str], str]] = [
        (node, {node.name}, f"macro {node.name}(…)") for node in tree.find_all(nodes.Macro)
    ]
    for node in tree.find_all(nodes.AssignBlock):
        # Of a `namespace`, an attribute is given the text: the whole is looked for.
        names = {item.name for item in _targets(node.target)}
        blocks.append((node, names, f"set {', '.join(sorted(names))}"))
    for block, names, tag in blocks:
        texts = [item.data for item in block.find_all(nodes.TemplateData)]
        if any("<" in text for text in texts):
            reason = (
                f"le texte de « {{% {tag} %}} » est coupé par une fin de paragraphe ou un "
                "changement de mise en forme, qui s’imprimeraient en toutes lettres."
            )
            yield block.lineno, reason
        elif printed.isdisjoint(names) and any(text.strip() for text in texts):
            yield block.lineno, f"le texte de « {{% {tag} %}} » n’est imprimé nulle part."


def _targets(target: nodes.Node) -> Iterator[nodes.Name | nodes.NSRef]:
    """Yield what an assignment gives a value to."""
    if isinstance(target, nodes.Name | nodes.NSRef):
        yield target
    else:
        yield from target.find_all(nodes.Name)
        yield from target.find_all(nodes.NSRef)


def _explain(
    fault: TemplateSyntaxError, source: str, environment: TemplateEnvironment
) -> tuple[int, str]:
    """Return the place and nature of a fault, in French."""
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
    """Return the line and name of the innermost block that nothing closes."""
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
    """Return the text of the paragraph on this line, short enough to quote."""
    lines = source.split("\n")
    return quote(plain_text(lines[min(line, len(lines)) - 1]))


def _check_trial(
    sources: list[Source], fields: Group, environment: TemplateEnvironment, location: Location
) -> list[Problem]:
    for flags in (True, False):
        context: dict[str, object] = {**_specimen_group(fields, flags=flags), **telling(None)}
        for source in sources:
            reason = _try(one_paragraph_a_line(source.patched), environment, context)
            if reason:
                return [
                    outputs.TEMPLATE_BROKEN.at(
                        location, reason=reason, place=_told_place(source.place)
                    )
                ]
    return []


def _try(source: str, environment: TemplateEnvironment, context: Mapping[str, object]) -> str:
    """Return why a part filled with specimens gives no part of a Word document.

    Empty where it does.
    """
    try:
        text = environment.compiled(source).render(context)
    except Exception as fault:  # noqa: BLE001 - an expression may raise anything
        line = failed_line(fault, source.split("\n"))
        where = "" if line is None else f", au paragraphe « {quote(plain_text(line))} »"
        return f"une expression ne peut pas être calculée{where} : {explain_failure(fault)}."
    if "<" not in source:
        return ""
    try:
        root = etree.fromstring(text.encode())
    except etree.XMLSyntaxError:
        return "des balises s’ouvrent et se ferment à des niveaux différents."
    return _misplaced(root)


def _misplaced(root: etree._Element) -> str:
    """Return why Word would not show a part as it is meant; empty where it would."""
    for element in root.iter("*"):
        inside = element.text if len(element) or element.tag in _WITHOUT_TEXT else None
        for text in (inside, element.tail):
            if text and text.strip():
                return (
                    f"« {quote(text)} » s’imprimerait hors de tout paragraphe ; une balise {{{{r, "
                    "{{p, {{tr ou {{tc ne convient pas à un texte."
                )
        if element.tag == _CELL and next(element.iter(_PARAGRAPH), None) is None:
            return "une cellule de tableau resterait sans aucun paragraphe."
    return ""


def _specimen_group(group: Group, *, flags: bool) -> Context:
    fields: Mapping[str, Shape] = group.fields
    return {name: _specimen(shape, flags=flags) for name, shape in fields.items()}


def _specimen(shape: Shape, *, flags: bool) -> Value:
    """Return a value of this shape; lists have two items."""
    if isinstance(shape, Text | Picture):
        return shape.meaning
    if isinstance(shape, Flag):
        return flags
    if isinstance(shape, Items):
        return [_specimen_group(shape.item, flags=flags) for _ in range(2)]
    return _specimen_group(shape, flags=flags)
