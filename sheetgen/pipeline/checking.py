"""`check`: the inputs as read, with everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.problems import Problem, Severity

if TYPE_CHECKING:
    from sheetgen.handing import MessageTemplate
    from sheetgen.model import Referential, Session
    from sheetgen.pipeline.settings import Inputs, Options
    from sheetgen.reports.render import ReportTemplate

REPORT_TEMPLATE = "rapport-jury.docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The inputs as read: a record is None where its file cannot be used."""

    referential: Referential | None
    session: Session | None
    template: ReportTemplate | None
    message: MessageTemplate | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What every command says; the rest, some of it confidential, only `check` does."""
        return tuple(item for item in self.problems if item.severity is Severity.ERROR)


def check(inputs: Inputs, options: Options) -> Checked:
    """Reads everything the school wrote and says everything that is wrong with it."""
    from sheetgen.handing import MESSAGE_TEMPLATE, read_message_template
    from sheetgen.sources import read_referential, read_session

    referential, problems = read_referential(inputs.referential)
    session, found = read_session(inputs.session, referential)
    problems = [*problems, *found]
    template = None
    if options.reports:
        from sheetgen.reports.render import read_template

        template, found = read_template(inputs.templates / REPORT_TEMPLATE)
        problems += found
    message, found = read_message_template(inputs.templates / MESSAGE_TEMPLATE)
    problems += found
    return Checked(
        referential=referential,
        session=session,
        template=template,
        message=message,
        problems=tuple(problems),
    )
