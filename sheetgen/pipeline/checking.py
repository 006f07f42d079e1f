"""`check`: the inputs as read, with everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem, Severity, outputs
from sheetgen.problems import files as kinds
from sheetgen.system_errors import explain

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.handing import MessageTemplate
    from sheetgen.model import Referential, Session
    from sheetgen.pipeline.settings import Inputs, Options
    from sheetgen.reports.render import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The inputs as read: a record is None where its file cannot be used, or was not asked for."""

    referential: Referential | None
    session: Session | None
    templates: Templates | None
    message: MessageTemplate | None
    logo: bytes | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What every command says; the rest, some of it confidential, only `check` does."""
        return tuple(item for item in self.problems if item.severity is Severity.ERROR)


def check(inputs: Inputs, options: Options) -> Checked:
    """Reads everything the school wrote and says everything that is wrong with it."""
    from sheetgen.sources import read_referential, read_session

    referential, problems = read_referential(inputs.referential)
    session, found = read_session(inputs.session, referential)
    problems = [*problems, *found]
    logo = _read_logo(inputs.referential, referential, problems)
    templates = None
    if options.reports and not inputs.templates.exists():
        problems.append(outputs.TEMPLATES_FOLDER_MISSING.at(Location(file=str(inputs.templates))))
    elif options.reports:
        from sheetgen.reports.render import read_templates

        templates, found = read_templates(inputs.templates, logo)
        problems += found
    return Checked(
        referential=referential,
        session=session,
        templates=templates,
        message=_read_message(inputs.templates, problems),
        logo=logo,
        problems=tuple(problems),
    )


def _read_message(folder: Path, problems: list[Problem]) -> MessageTemplate | None:
    """The message to jurors: the school's, or the shipped one where it has none."""
    from sheetgen.handing import MESSAGE_TEMPLATE, read_message_template

    path = folder / MESSAGE_TEMPLATE
    if not path.exists():
        from sheetgen.workspace import shipped_template

        if folder.exists():
            _, found = read_message_template(path)
            problems += found
        with shipped_template(MESSAGE_TEMPLATE) as shipped:
            return read_message_template(shipped)[0]
    message, found = read_message_template(path)
    problems += found
    return message


def _read_logo(
    file: Path, referential: Referential | None, problems: list[Problem]
) -> bytes | None:
    """The certifier's logo, which the référentiel names by its path from its own folder."""
    name = None if referential is None else referential.certification.logo
    if name is None:
        return None
    from sheetgen.grids.logo import is_usable_logo

    path = file.parent / name
    location = Location(file=str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(kinds.LOGO_UNREADABLE.at(location, reason=explain(error)))
        return None
    if not is_usable_logo(data):
        problems.append(kinds.LOGO_UNUSABLE.at(location))
        return None
    return data
