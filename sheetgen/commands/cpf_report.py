"""`cpf report`: the answer of the Caisse des Dépôts into the register, letters to the refused."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import (
    CPF_STATES,
    CpfAnswer,
    CpfRefusedError,
    certification_key,
    examined,
    line_of,
    most_urgent,
    on_declared,
    read_declared,
    told_reason,
)
from sheetgen.declaration import AcknowledgementError, read_acknowledgement
from sheetgen.files import explain, sha256
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location
from sheetgen.problems import declaring as kinds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from sheetgen.commands.inputs import Options
    from sheetgen.mailing import MessageTemplate
    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, DeclaredPerson

_FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """An acknowledgement to take in.

    Attributes:
        letters: the folder for drafts to the refused; None for none.
        templates: the folder of the school's own messages.
        today: the day from which days left are counted.
    """

    referential: Path
    file: Path
    today: dt.date
    letters: Path | None = None
    templates: Path | None = None


def report_declaration(options: Options, request: ReportRequest) -> CpfAnswer:
    """Take in an acknowledgement, whole or not at all; write letters where they are asked for."""
    from sheetgen.register import AnswerFacts, find_certification, record_answer

    known, problems = read_declared(request.referential)
    if known is None:
        return CpfAnswer(problems=tuple(problems))
    here = Location(file=str(request.file))
    try:
        answer = read_acknowledgement(request.file)
        content = request.file.read_bytes()
    except (AcknowledgementError, OSError) as error:
        reason = explain(error) if isinstance(error, OSError) else str(error)
        return CpfAnswer(problems=(kinds.CPF_ANSWER_UNREADABLE.at(here, reason=reason),))
    facts = AnswerFacts(
        flow=answer.flow,
        accepted=answer.accepted,
        refused=answer.refused,
        file=request.file.name,
        sha256=sha256(content),
        content=content,
    )

    def take(connection: Connection, place: str) -> CpfAnswer:
        from sheetgen.jury import current_user

        result = record_answer(connection, facts, current_user())
        if result.flow is None and answer.flow is not None:
            raise CpfRefusedError(kinds.CPF_FLOW_UNKNOWN.at(here, found=answer.flow))
        for kind, items in (
            (kinds.CPF_ANSWER_FOREIGN, result.unknown),
            (kinds.CPF_ANSWER_CONTRADICTS, result.contradicted),
        ):
            if items:
                shown = ", ".join(items[:_FEW]) + (" …" if len(items) > _FEW else "")
                raise CpfRefusedError(kind.at(here, count=len(items), items=shown))
        told: list[Problem] = [
            kinds.CPF_REFUSED.at(here, number=number, name=name, reason=told_reason(reason))
            for number, name, reason in result.refused
        ]
        if result.unanswered:
            told.append(kinds.CPF_ANSWER_PARTIAL.at(here, count=result.unanswered))
        certification = find_certification(connection, certification_key(known))
        states = _states_now(connection, certification or 0, known, request)
        return CpfAnswer(
            place=place,
            answered=result.flow,
            accepted=result.accepted,
            refused=len(result.refused),
            counts=states.counts,
            people=states.people,
            letters=states.letters,
            problems=(*told, *states.problems),
        )

    return on_declared(options, take, writes=True)


def _states_now(
    connection: Connection, certification: int, referential: Referential, request: ReportRequest
) -> CpfAnswer:
    """Return the state of each declaration now, with the letters written to the refused."""
    from sheetgen.register import declared_people

    problems: list[Problem] = []
    template = None if request.letters is None else _template(request, problems)
    lines, letters = [], []
    for person in declared_people(connection, certification):
        lines.append(line_of(person, examined(person, referential), request.today))
        if template is not None and request.letters is not None and person.state == "refused":
            path = request.letters / f"{person.number}.eml"
            if _write_letter(path, person, template, referential, problems):
                letters.append(path)
    if letters:
        problems.append(kinds.CPF_EMAIL_UNKNOWN.at(Location(file=str(request.letters))))
    counts = Counter(line.state for line in lines)
    return CpfAnswer(
        counts={state: counts[state] for state in CPF_STATES},
        people=most_urgent(lines),
        letters=tuple(letters),
        problems=tuple(problems),
    )


def _template(request: ReportRequest, problems: list[Problem]) -> MessageTemplate | None:
    """Return the school's own message, else the one that `init` gives."""
    from sheetgen.mailing import IDENTITY_FIELDS, IDENTITY_TEMPLATE, read_message_template
    from sheetgen.workspace import shipped_template

    own = None if request.templates is None else request.templates / IDENTITY_TEMPLATE
    with ExitStack() as stack:
        if own is None or not own.exists():
            own = stack.enter_context(shipped_template(IDENTITY_TEMPLATE))
        template, found = read_message_template(own, IDENTITY_FIELDS)
    problems += found
    return template


def _told_birth_place(row: Mapping[str, Any]) -> str:
    """Return where somebody was born as it was declared, by a code where no place was said."""
    code, postcode = row["birth_insee_code"], row["birth_postcode"]
    by_code = f"code INSEE {code}" if code else f"code postal {postcode}" if postcode else None
    return ", ".join(filter(None, (row["birth_place"], by_code, row["birth_country"])))


def _write_letter(
    path: Path,
    person: DeclaredPerson,
    template: MessageTemplate,
    referential: Referential,
    problems: list[Problem],
) -> bool:
    """Write the draft that asks somebody to confirm their identity; return whether it is there."""
    from sheetgen.commands.writing import locks_reported
    from sheetgen.files import write_whole
    from sheetgen.mailing import IdentityLetter, write_identity_letter

    row = person.row
    file = row["cpf_file"] or ""
    # By a training file, names and its number are all that is declared.
    born = row["birth_date"] if not file else None
    letter = IdentityLetter(
        first_name=row["first_name"],
        last_name=row["last_name"],
        birth_name=row["birth_name"] or row["last_name"],
        birth_date=f"{born:%d/%m/%Y}" if born else "",
        birth_place="" if file else _told_birth_place(row),
        cpf_file=file,
        certification=referential.certification.title,
        certifier=referential.certification.certifier or "",
        day=f"{person.day:%d/%m/%Y}" if person.day else "",
    )
    refused: list[Problem] = []
    with locks_reported(refused, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, write_identity_letter(letter, template))
    problems += refused
    return not refused
