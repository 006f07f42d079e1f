"""Decisions to Word: reports, minutes, certificates and letters, from templates schools restyle.

`fields` declares what each kind of template may name, and `checked_templates` which of them need no
check: both are open as a whole. `contexts` fills the fields from
the records; `Templates` are the files of a school, read and checked, each of which writes its kind
of document. `Settled` is what papers say of a session that is closed. What loads python-docx and
docxtpl, a third of a second, is imported where it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.missing import MissingFields, with_missing
from sheetgen.documents.settled import Reissue, Settled
from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.documents import checked_templates, fields
    from sheetgen.documents.contexts import ToldDecision
    from sheetgen.documents.kinds import (
        TEMPLATE_KINDS,
        ConvocationTemplate,
        ExplanationTemplate,
        PaperGridTemplate,
        RenderError,
        ReportTemplate,
    )
    from sheetgen.documents.school_templates import Templates, read_templates
    from sheetgen.documents.template import WordTemplate, read_word_template
else:
    __getattr__ = late(
        __name__,
        contexts=("ToldDecision",),
        kinds=(
            "TEMPLATE_KINDS",
            "ConvocationTemplate",
            "ExplanationTemplate",
            "PaperGridTemplate",
            "RenderError",
            "ReportTemplate",
        ),
        school_templates=("Templates", "read_templates"),
        template=("WordTemplate", "read_word_template"),
    )

__all__ = [
    "TEMPLATE_KINDS",
    "ConvocationTemplate",
    "ExplanationTemplate",
    "MissingFields",
    "PaperGridTemplate",
    "Reissue",
    "RenderError",
    "ReportTemplate",
    "Settled",
    "Templates",
    "ToldDecision",
    "WordTemplate",
    "checked_templates",
    "fields",
    "read_templates",
    "read_word_template",
    "with_missing",
]
