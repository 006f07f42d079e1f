"""Declaring certifications to the Caisse des Dépôts: plain values to XML, and its answer back.

`examine` makes a `DeclaredPassage` of what is known of an award, or says what is missing;
`render_passage` and `flow_frame` write a flow piece by piece, `read_flow_schema` holds it to the
receiver's own XSD, `read_acknowledgement` reads the answer. Nothing here knows the register:
whoever keeps flows does.
"""

from sheetgen.declaration.acknowledgement import (
    Acknowledgement,
    AcknowledgementError,
    read_acknowledgement,
)
from sheetgen.declaration.declared_passages import DeclaredPassage, Holder, term_of
from sheetgen.declaration.flow_schema import FlowSchema, FlowSchemaError, read_flow_schema
from sheetgen.declaration.flow_xml import (
    ACTION_CREATION,
    ACTION_SUPPRESSION,
    LARGEST_FLOW,
    MOST_PASSAGES,
    SCHEMA_VERSIONS,
    Emitter,
    FlowFrame,
    FlowHead,
    flow_frame,
    paris_moment,
    render_passage,
)
from sheetgen.declaration.passage_checks import MENTIONS, AwardFacts, Examined, Flaw, examine

__all__ = [
    "ACTION_CREATION",
    "ACTION_SUPPRESSION",
    "LARGEST_FLOW",
    "MENTIONS",
    "MOST_PASSAGES",
    "SCHEMA_VERSIONS",
    "Acknowledgement",
    "AcknowledgementError",
    "AwardFacts",
    "DeclaredPassage",
    "Emitter",
    "Examined",
    "Flaw",
    "FlowFrame",
    "FlowHead",
    "FlowSchema",
    "FlowSchemaError",
    "Holder",
    "examine",
    "flow_frame",
    "paris_moment",
    "read_acknowledgement",
    "read_flow_schema",
    "render_passage",
    "term_of",
]
