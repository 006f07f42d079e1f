"""`check`: the inputs as read, with everything that is wrong with them."""

from __future__ import annotations

import gc
from dataclasses import field, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from sheetgen.commands.papers import find_outdated
from sheetgen.commands.remembering import Remembered, remember
from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, Severity, handing, outputs, sealed
from sheetgen.problems import files as kinds
from sheetgen.processes import copying_context, meanwhile
from sheetgen.rules import grids_to_make

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.documents import Templates
    from sheetgen.mailing import MessageTemplate
    from sheetgen.model import Assignment, Referential, Session


_READERS = ("sheetgen.spreadsheet.contained.worker", "sheetgen.spreadsheet.xlsx")
"""The modules that processes load to read workbooks of sources."""

_MESSAGES = "sheetgen.mailing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The inputs as read: a record is None where its file cannot be used, or was not asked for.

    The session is None too where its folder is another session's.

    Attributes:
        message: of the mail that brings grids.
        letters: those that bring somebody a document, by the name of their template.
        made: what was made for the session.
    """

    referential: Referential | None
    session: Session | None
    templates: Templates | None
    message: MessageTemplate | None
    letters: Mapping[str, MessageTemplate]
    logo: bytes | None
    problems: tuple[Problem, ...]
    made: Remembered = field(default_factory=Remembered)

    @property
    def grids(self) -> tuple[Assignment, ...]:
        """Return the assignments of which a grid is made."""
        if self.referential is None or self.session is None:
            return ()
        return grids_to_make(self.referential, self.session)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that every command tells.

        Only `check` tells the confidential rest; each command tells by itself what it makes of the
        session's folder and key.
        """
        own = (*self.made.notices, *self.made.key)
        return tuple(
            item for item in self.problems if item.severity is Severity.ERROR and item not in own
        )


def check(inputs: Inputs, options: Options, *, apart: bool = False) -> Checked:
    """Read everything the school wrote and say everything that is wrong with it.

    The arguments are those of `read_inputs`.
    """
    checked = read_inputs(inputs, options, apart=apart, tried=True)
    held = compare_register(checked, inputs, options)
    checked = replace(checked, problems=(*checked.problems, *held))
    if options.export is None or checked.referential is None:
        return checked
    from sheetgen.sources.importing import check_rncp

    found = check_rncp(options.export, inputs.referential, checked.referential, checked.session)
    return replace(checked, problems=(*checked.problems, *found))


def compare_register(checked: Checked, inputs: Inputs, options: Options) -> list[Problem]:
    """Return where a session that is still open says otherwise than the register what is held."""
    referential, session = checked.referential, checked.session
    if checked.made.closed is not None or referential is None or session is None:
        return []
    if options.register is None:
        return []
    from sheetgen.commands.held_checks import check_held

    return check_held(options.register, inputs.session, referential, session)


def read_inputs(
    inputs: Inputs,
    options: Options,
    *,
    ahead: Sequence[str] = (),
    apart: bool = False,
    tried: bool = False,
) -> Checked:
    """Read everything the school wrote, and find every error in it.

    Args:
        inputs: what is read.
        options: whether the templates are.
        ahead: modules that the command needs afterwards, loaded while others read the workbooks.
        apart: whether another process reads the templates meanwhile.
        tried: whether the rules are tried, too, which only `check` tells of.
    """
    _age_what_is_loaded()
    copying_context(_READERS)  # a server, if need be, begins to start while what follows is loaded
    from sheetgen.sources import begin_source

    with begin_source(inputs.referential) as opening, begin_source(inputs.session) as other_opening:
        for module in (_MESSAGES, *ahead):
            import_module(module)
        from sheetgen.sources import read_referential, read_session

        _age_what_is_loaded()
        referential, problems = read_referential(inputs.referential, opening, tried=tried)
        logo, of_logo = _read_logo(inputs.referential, referential)
        if options.reports:
            # What another process gives back is made of its classes. Loaded while that one starts.
            import_module("sheetgen.documents.school_templates")
        task = partial(_read_templates, inputs.templates if options.reports else None, logo)
        with meanwhile(task, apart=apart and options.reports) as templates_read:
            session, of_session = read_session(inputs.session, referential, other_opening)
            message, of_message = _read_message(inputs.templates)
            if message is not None and session is not None and session.groups:
                told, of_told = _read_common_message(inputs.templates)
                message, of_message = replace(message, told=told), [*of_message, *of_told]
            letters, of_letters = _read_letters(inputs.templates)
            templates, of_templates = templates_read()
    made = Remembered()
    if referential is not None and session is not None:
        made = remember(inputs, referential, session)
        session = made.session or session
        if made.closed is None and not made.foreign:
            old = find_outdated(inputs, referential, session, made.asked, message)
            made = replace(made, notices=(*made.notices, *old))
    of_templates += _check_codes(referential, templates)
    found = (*problems, *of_session, *of_logo, *of_templates, *of_message, *of_letters)
    return Checked(
        referential=referential,
        session=None if made.foreign else session,
        templates=templates,
        message=message,
        letters=letters,
        logo=logo,
        problems=(*found, *made.foreign, *made.reused, *made.notices, *made.key),
        made=made,
    )


def _age_what_is_loaded() -> None:
    """Move what is in memory to the oldest generation, where Python seldom looks for cycles.

    Modules stay until the end: its first search would go through all of them and find nothing.
    What is thrown away later is still found, by the seldom search.
    """
    gc.freeze()
    gc.unfreeze()


def _check_codes(referential: Referential | None, templates: Templates | None) -> list[Problem]:
    """Return a warning for each template that prints no code, where papers can be verified."""
    if referential is None or templates is None or not referential.certification.verification_page:
        return []
    titles = (templates.block_certificate, templates.diploma)
    return [
        sealed.TEMPLATE_WITHOUT_CODE.at(Location(file=item.name))
        for item in titles
        if item is not None and not item.names("document.qr")
    ]


def _read_templates(
    folder: Path | None, logo: bytes | None
) -> tuple[Templates | None, list[Problem]]:
    """Return the templates of the documents that the school asks for, and their problems."""
    if folder is None:
        return None, []
    if not folder.exists():
        return None, [outputs.TEMPLATES_FOLDER_MISSING.at(Location(file=str(folder)))]
    from sheetgen.documents import read_templates

    return read_templates(folder, logo)


def _read_message(folder: Path) -> tuple[MessageTemplate | None, list[Problem]]:
    """Return the message to jurors: the school's, or the shipped one where it has none."""
    from sheetgen.mailing import MESSAGE_TEMPLATE, read_message_template

    path = folder / MESSAGE_TEMPLATE
    template, problems = _read_own_or_shipped(path)
    if folder.exists() and not path.exists():
        _, problems = read_message_template(path)  # which says what stands there instead
    return template, problems


def _read_common_message(folder: Path) -> tuple[MessageTemplate | None, list[Problem]]:
    """Return the message to those who fill in grids that another was handed.

    Folders of before have none: the shipped one stands in.
    """
    from sheetgen.mailing import COMMON_TEMPLATE

    return _read_own_or_shipped(folder / COMMON_TEMPLATE)


def _read_letters(folder: Path) -> tuple[Mapping[str, MessageTemplate], list[Problem]]:
    """Return the messages that bring a document; shipped ones stand in, with a note."""
    from sheetgen.mailing import (
        CONVOCATION_TEMPLATE,
        LETTER_FIELDS,
        PAPER_FIELDS,
        PAPER_TEMPLATE,
        RESULT_TEMPLATE,
    )

    letters: dict[str, MessageTemplate] = {}
    problems: list[Problem] = []
    for name in (CONVOCATION_TEMPLATE, PAPER_TEMPLATE, RESULT_TEMPLATE):
        path = folder / name
        fields = PAPER_FIELDS if name == PAPER_TEMPLATE else LETTER_FIELDS
        template, found = _read_own_or_shipped(path, fields)
        problems += found
        if folder.exists() and not path.exists():
            problems.append(handing.LETTER_TEMPLATE_ABSENT.at(Location(file=str(path))))
        if template is not None:
            letters[name] = template
    return letters, problems


def _read_own_or_shipped(
    path: Path, fields: Sequence[str] | None = None
) -> tuple[MessageTemplate | None, list[Problem]]:
    """Return a message, and what is wrong with it; the shipped one of its name where it is absent.

    Args:
        path: of the school's own.
        fields: the names that it may use; those of a message to jurors where none are given.
    """
    from sheetgen.mailing import read_message_template

    if path.exists():
        return read_message_template(path, fields)
    from sheetgen.workspace import shipped_template

    with shipped_template(path.name) as shipped:
        return read_message_template(shipped, fields)


def _read_logo(file: Path, referential: Referential | None) -> tuple[bytes | None, list[Problem]]:
    """Return the certifier's logo, which the référentiel names by its path from its own folder."""
    name = None if referential is None else referential.certification.logo
    if name is None:
        return None, []
    from sheetgen.grid.write import is_usable_logo

    path = file.parent / name
    location = Location(file=str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [kinds.LOGO_UNREADABLE.at(location, reason=explain(error))]
    if not is_usable_logo(data):
        return None, [kinds.LOGO_UNUSABLE.at(location)]
    return data, []
