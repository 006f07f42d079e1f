"""The receiver's own schema, which every flow is held to before it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from pathlib import Path

_PASSAGE = "{*}passageCertification"


class FlowSchemaError(Exception):
    """Raised where a schema or a flow is not what it should be; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSchema:
    """A schema that was read."""

    schema: etree.XMLSchema

    def check(self, flow: Path) -> None:
        """Check a flow of any size, a passage at a time.

        Raises:
            FlowSchemaError: it does not follow the schema.
            OSError: it cannot be read.
        """
        try:
            events = etree.iterparse(
                str(flow), tag=_PASSAGE, schema=self.schema, no_network=True, resolve_entities=False
            )
            for _, element in events:
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
        except etree.XMLSyntaxError as error:
            raise FlowSchemaError(str(error.msg or error)) from error


def read_flow_schema(path: Path) -> FlowSchema:
    """Return the schema of a file.

    Raises:
        FlowSchemaError: it is no schema.
        OSError: it cannot be read.
    """
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    with path.open("rb") as file:
        file.read(1)
    try:
        return FlowSchema(schema=etree.XMLSchema(etree.parse(str(path), parser)))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise FlowSchemaError(str(error)) from error
