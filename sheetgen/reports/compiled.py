"""The documents that docxtpl makes, sooner: the template is opened and compiled once, not for each.

What docxtpl does to a template is done beforehand, what it does to a document only where there is
something to do, and the files that never change come, compressed, from a document that it made.
Where a template or a document needs more than that, there is none here, and docxtpl makes it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.package import Package
from docxtpl import DocxTemplate

from sheetgen.reports.compiled_parts import Body, Margin
from sheetgen.reports.engine import Made, margins, set_properties
from sheetgen.reports.logo import Logo, logo_picture
from sheetgen.reports.packaging import part_member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

    from sheetgen.packing import Member
    from sheetgen.reports.engine import Engine, Filling
    from sheetgen.reports.subject import Context

Models: TypeAlias = "Mapping[frozenset[str], Made]"
"""Documents that docxtpl made from the template, by the files of the parts that show the logo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledTemplate:
    """A template whose documents docxtpl is not needed for, once it has made one.

    Attributes:
        parts: those that hold tags, in the order in which docxtpl renders them.
        properties: the part that holds the document's properties.
    """

    engine: Engine
    parts: tuple[Body | Margin, ...]
    properties: CorePropertiesPart
    _pictures: dict[tuple[str, str | None], str] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: Engine) -> CompiledTemplate | None:
        """The template compiled, or None where it needs what is not done here.

        That is tags in a footnote, or a header for which the body has two names.
        """
        opened = engine.open()
        package, rendered = opened.docx.part.package, margins(opened)
        names = {part.partname for part in rendered}
        if len(names) < len(rendered) or any(map(_is_tagged_footnotes, package.parts)):
            return None
        return cls(
            engine=engine,
            parts=(
                Body.of(engine, opened),
                *(Margin.of(engine, opened, item) for item in rendered),
            ),
            properties=_properties_part(package),
        )

    def make(self, filling: Filling, models: Models) -> Made | None:
        """One document, or None where no model shows the logo in the same parts.

        Anything may be raised; docxtpl then tells what is wrong.
        """
        noted: list[str] = []
        pictured: set[str] = set()
        part = self.parts[0]

        def picture() -> str:
            pictured.add(part.name)
            return self._picture(part, filling.author)

        values = filling.values(noted, Logo(picture) if self.engine.logo else None)
        made: dict[str, Member] = {}
        marks: dict[str, int] = {}
        for part in self.parts:
            content, marks[part.name] = part.render(values)
            made[part.name] = part_member(part.name, content)
        properties = self._filled_properties(filling, values)
        made[properties.name] = properties
        model = models.get(frozenset(pictured))
        if model is None:
            return None
        return Made(
            members=[made.get(member.name, member) for member in model.members],
            noted=noted,
            marks={**model.marks, **marks},
            pictured=model.pictured,
        )

    def _picture(self, part: Body | Margin, owner: str | None) -> str:
        """The logo's XML in this part: the same in each document on the same owner."""
        key = part.name, owner
        if key not in self._pictures:
            parts = self.engine.open().docx.part.package.parts
            story = next(item for item in parts if item.partname.membername == part.name)
            xml = logo_picture(story, self.engine.logo or b"", owner)
            self._pictures[key] = part.picture(xml)
        return self._pictures[key]

    def _filled_properties(self, filling: Filling, values: Context) -> Member:
        """The document's properties, which may hold tags as well."""
        package = Package()
        kept = self.properties
        part = CorePropertiesPart.load(kept.partname, kept.content_type, kept.blob, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)
        writer = DocxTemplate(io.BytesIO())
        writer.docx = package
        writer.render_properties(values, self.engine.environment)
        set_properties(package.core_properties, filling)
        return part_member(part.partname.membername, part.blob)


def _is_tagged_footnotes(part: Part) -> bool:
    return part.content_type == CONTENT_TYPE.WML_FOOTNOTES and b"{" in part.blob


def _properties_part(package: OpcPackage) -> CorePropertiesPart:
    """The part of the properties; python-docx adds one where the template has none."""
    _ = package.core_properties
    return next(part for part in package.parts if isinstance(part, CorePropertiesPart))
