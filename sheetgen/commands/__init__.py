"""The commands as plain functions: files in, files out, and a result that says what happened.

Nothing here prints or exits. Each function collects problems and goes on as far as it can. What a
command does not need is not imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, check
from sheetgen.commands.consolidate import Consolidated, consolidate
from sheetgen.commands.extract import Extracted, extract
from sheetgen.commands.finalize import Finalized, FinalizeRequest, finalize
from sheetgen.commands.generate import Generated, generate
from sheetgen.commands.inputs import Inputs, Options, Progress
from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.commands.control import Dossier, DossierRequest, make_dossier
    from sheetgen.commands.control_declaration import open_declarations
    from sheetgen.commands.cpf_answers import CPF_STATES, CpfAnswer, DeclaredLine, WrittenFlow
    from sheetgen.commands.cpf_export import export_declaration
    from sheetgen.commands.cpf_prepare import prepare_declaration
    from sheetgen.commands.cpf_report import ReportRequest, report_declaration
    from sheetgen.commands.explain import ExplainedDecision, ExplainRequest, explain_decision
    from sheetgen.commands.filled_flows import ExportRequest
    from sheetgen.commands.import_sources import (
        ImportedDraft,
        ImportRequest,
        RosterRequest,
        import_draft,
        import_people,
    )
    from sheetgen.commands.register_commands import (
        DueItem,
        RegisterAnswer,
        RegisteredPerson,
        export_register,
        import_register,
        record_session,
        show_register,
        write_next,
    )
    from sheetgen.commands.register_forget import ForgetRequest, forget_due, list_due
    from sheetgen.commands.register_statistics import StatisticsRequest, write_statistics
    from sheetgen.commands.remembering import is_unfinished, lacks_files
    from sheetgen.commands.status import Surveyed, survey, watch
    from sheetgen.commands.verifying import (
        Verified,
        VerifyRequest,
        publish_page,
        show_key,
        verify,
    )
else:
    __getattr__ = late(
        __name__,
        cpf_answers=("CPF_STATES", "CpfAnswer", "DeclaredLine", "WrittenFlow"),
        cpf_export=("export_declaration",),
        filled_flows=("ExportRequest",),
        cpf_prepare=("prepare_declaration",),
        cpf_report=("ReportRequest", "report_declaration"),
        control=("Dossier", "DossierRequest", "make_dossier"),
        control_declaration=("open_declarations",),
        explain=("ExplainRequest", "ExplainedDecision", "explain_decision"),
        import_sources=(
            "ImportRequest",
            "ImportedDraft",
            "RosterRequest",
            "import_draft",
            "import_people",
        ),
        register_commands=(
            "DueItem",
            "RegisterAnswer",
            "RegisteredPerson",
            "export_register",
            "import_register",
            "record_session",
            "show_register",
            "write_next",
        ),
        register_forget=("ForgetRequest", "forget_due", "list_due"),
        register_statistics=("StatisticsRequest", "write_statistics"),
        remembering=(
            "is_unfinished",
            "lacks_files",
        ),
        status=("Surveyed", "survey", "watch"),
        verifying=("Verified", "VerifyRequest", "publish_page", "show_key", "verify"),
    )

__all__ = [
    "CPF_STATES",
    "Checked",
    "Consolidated",
    "CpfAnswer",
    "DeclaredLine",
    "Dossier",
    "DossierRequest",
    "DueItem",
    "ExplainRequest",
    "ExplainedDecision",
    "ExportRequest",
    "Extracted",
    "FinalizeRequest",
    "Finalized",
    "ForgetRequest",
    "Generated",
    "ImportRequest",
    "ImportedDraft",
    "Inputs",
    "Options",
    "Progress",
    "RegisterAnswer",
    "RegisteredPerson",
    "ReportRequest",
    "RosterRequest",
    "StatisticsRequest",
    "Surveyed",
    "Verified",
    "VerifyRequest",
    "WrittenFlow",
    "check",
    "consolidate",
    "explain_decision",
    "export_declaration",
    "export_register",
    "extract",
    "finalize",
    "forget_due",
    "generate",
    "import_draft",
    "import_people",
    "import_register",
    "is_unfinished",
    "lacks_files",
    "list_due",
    "make_dossier",
    "open_declarations",
    "prepare_declaration",
    "publish_page",
    "record_session",
    "report_declaration",
    "show_key",
    "show_register",
    "survey",
    "verify",
    "watch",
    "write_next",
    "write_statistics",
]
