"""The commands of `cpf`: what each answers, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.register_commands import RegisterAnswer, on_register
from sheetgen.declaration import AwardFacts, Emitter, examine, render_passage, term_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, has_errors
from sheetgen.problems import declaring as kinds
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.declaration import DeclaredPassage, Examined
    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, DeclaredPerson

TO_EXPORT, INCOMPLETE, SENT, ACCEPTED, REFUSED = (
    "to_export",
    "incomplete",
    "sent",
    "accepted",
    "refused",
)
WITHDRAWING, WITHDRAWN = "withdrawing", "withdrawn"

CPF_STATES = {
    TO_EXPORT: "à exporter",
    INCOMPLETE: "non exportable (données manquantes)",
    SENT: "exporté, sans réponse",
    ACCEPTED: "accepté",
    REFUSED: "refusé",
    WITHDRAWING: "retrait exporté, sans réponse",
    WITHDRAWN: "retiré",
}
"""How far a declaration may be, in the words that a school reads, in the order of its life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredLine:
    """The state of a person's declaration.

    Attributes:
        number: `REG-12`.
        days_left: until the end of the three months, negative after it; None without a date, or
            once accepted.
        flow: the last flow that held it.
        message: why it was refused.
        corrected: whether what was refused would leave otherwise now.
    """

    number: str
    name: str
    state: str
    day: dt.date | None = None
    days_left: int | None = None
    flow: str | None = None
    message: str | None = None
    corrected: bool = False

    @property
    def told_state(self) -> str:
        """Return where it is, in the words that a school reads."""
        if self.state != REFUSED:
            return CPF_STATES[self.state]
        return f"{CPF_STATES[REFUSED]}, {'corrigé depuis' if self.corrected else 'à corriger'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFlow:
    """A flow that was written: its file, its identifier, how many passages, its SHA-256."""

    file: Path
    flow: str
    passages: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CpfAnswer:
    """The result of a command of `cpf`, each of which fills its own part.

    Attributes:
        place: where the register is; empty where there is none.
        file: the workbook written.
        corrected: how many people were completed from a workbook; None where none was read.
        counts: how many people are in each state.
        people: where each is, the most urgent first.
        flows: what was written.
        again: whether that is a copy of a flow that was written before.
        answered: the identifier of the flow that an acknowledgement is to.
        accepted: how many passages it takes; None where it was not read.
        refused: how many it refuses.
        letters: the drafts written.
    """

    place: str = ""
    file: Path | None = None
    corrected: int | None = None
    counts: Mapping[str, int] | None = None
    people: tuple[DeclaredLine, ...] = ()
    flows: tuple[WrittenFlow, ...] = ()
    again: bool = False
    answered: str | None = None
    accepted: int | None = None
    refused: int | None = None
    letters: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def facts_of(person: DeclaredPerson, *, mentions: bool) -> AwardFacts:
    """Return what the register knows of an award.

    Args:
        person: whose it is.
        mentions: whether the certification gives mentions.
    """
    row = person.row
    return AwardFacts(
        last_name=row["last_name"],
        first_name=row["first_name"],
        birth_name=row["birth_name"],
        other_first_names=row["other_first_names"],
        sex=row["sex"],
        birth_date=row["birth_date"],
        birth_place=row["birth_place"],
        birth_insee_code=row["birth_insee_code"],
        birth_postcode=row["birth_postcode"],
        birth_country=row["birth_country"],
        cpf_file=row["cpf_file"],
        day=person.day,
        access_route=person.access_route,
        mention=person.mention,
        mentions=mentions,
        recorded=person.recorded,
    )


def examined(person: DeclaredPerson, referential: Referential) -> Examined:
    """Return what can be declared of a person, and all that is wrong with what is known."""
    return examine(facts_of(person, mentions=bool(referential.mentions)))


def is_unchanged(person: DeclaredPerson, passage: DeclaredPassage) -> bool:
    """Return whether a passage says, to the letter, what was refused of it last."""
    if person.state != REFUSED or person.technical is None:
        return False
    return render_passage(person.technical, passage) == person.refused_content


def line_of(person: DeclaredPerson, found: Examined, today: dt.date) -> DeclaredLine:
    """Return where a person's declaration is."""
    state = person.state or TO_EXPORT
    if person.is_open:
        state = REFUSED if person.state == REFUSED else TO_EXPORT
        state = INCOMPLETE if found.passage is None else state
    left = None
    if person.day is not None and state in (TO_EXPORT, INCOMPLETE, SENT, REFUSED):
        left = (term_of(person.day) - today).days
    return DeclaredLine(
        number=person.number,
        name=person.name,
        state=state,
        day=person.day,
        days_left=left,
        flow=person.flow,
        message=person.message,
        corrected=state == REFUSED
        and found.passage is not None
        and not is_unchanged(person, found.passage),
    )


def most_urgent(lines: list[DeclaredLine]) -> tuple[DeclaredLine, ...]:
    """Return lines, those with the fewest days left first."""
    far = 10**6
    return tuple(sorted(lines, key=lambda line: far if line.days_left is None else line.days_left))


def emitter_of(referential: Referential, file: Path) -> Emitter | list[Problem]:
    """Return who declares; the problems of the rows that say it where one does not."""
    certification = referential.certification
    place = Location(file=str(file), sheet="Certification")
    said = (
        ("Identifiant client CDC", certification.cdc_client, range(8, 9), "huit signes"),
        ("Contrat CDC", certification.cdc_contract, range(1, 21), "un à vingt signes"),
        ("Code RNCP", certification.rncp_code, range(5, 12), "RNCP et le numéro (RNCP37827)"),
    )
    problems = []
    for row, value, lengths, allowed in said:
        text = (value or "").strip()
        if not text or len(text) not in lengths or (row == "Code RNCP" and not _is_code(text)):
            fault = f"porte « {text} »" if text else "est vide"
            problems.append(
                kinds.CPF_EMITTER_INCOMPLETE.at(place, row=row, fault=fault, allowed=allowed)
            )
    if problems:
        return problems
    return Emitter(
        client=(certification.cdc_client or "").strip(),
        contract=(certification.cdc_contract or "").strip(),
        code=(certification.rncp_code or "").strip().upper(),
    )


def _is_code(text: str) -> bool:
    tail = text.upper().removeprefix("RNCP")
    return tail != text.upper() and tail.isdecimal()


def read_declared(path: Path) -> tuple[Referential | None, list[Problem]]:
    """Return the référentiel of the certification to be declared."""
    from sheetgen.sources import read_referential

    referential, problems = read_referential(path, tried=False)
    kept = [item for item in problems if has_errors([item])]
    return referential, kept if referential is None else []


def certification_key(referential: Referential) -> str:
    """Return the key by which the register knows the référentiel's certification."""
    title = referential.certification
    return fold(title.rncp_code or title.title)


class CpfRefusedError(Exception):
    """Raised to undo everything where something stands against it; `problems` say what."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


def on_declared(
    options: Options, act: Callable[[Connection, str], CpfAnswer], *, writes: bool = False
) -> CpfAnswer:
    """Do something with the register; what it refuses, or `act` does, changes nothing in it."""
    found: list[CpfAnswer] = []

    def inside(connection: Connection, place: str) -> RegisterAnswer:
        found.append(act(connection, place))
        return RegisterAnswer()

    try:
        answer = on_register(options, inside, writes=writes, create=False)
    except CpfRefusedError as error:
        return CpfAnswer(problems=tuple(error.problems))
    # The transaction may fail at its very end.
    return CpfAnswer(problems=answer.problems) if answer.problems else found[0]


def told_reason(message: str | None) -> str:
    """Return why a declaration was refused, to end a sentence: without the Caisse's full stop."""
    return (message or "").rstrip(" .") or "sans motif"
