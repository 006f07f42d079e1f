"""From the register to what `dossier` shows of a session's declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import ACCEPTED, CPF_STATES, WITHDRAWN
from sheetgen.control_folder import DeclaredState, SessionDeclaration

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from sheetgen.register import Connection, DeclaredPerson

_FORGOTTEN = "identité effacée du registre"
_NEVER = "pas encore déclaré"
_TAKEN_BACK = "accepté, mais repris par une réouverture : à retirer"


def open_declarations(
    address: str, stack: ExitStack
) -> Callable[[str], SessionDeclaration | None] | None:
    """Return what gives a session's declaration by its decisions' digest; None without a register.

    Args:
        address: of the register.
        stack: closes it.

    Raises:
        RegisterError: it cannot be used.
    """
    from sheetgen.register import open_register

    register = open_register(address)
    if register is None:
        return None
    stack.callback(register.close)
    connection = stack.enter_context(register.reading())

    def declared(digest: str) -> SessionDeclaration | None:
        return _declared(connection, digest)

    return declared


def _declared(connection: Connection, digest: str) -> SessionDeclaration | None:
    from sheetgen.register import awards_of_session, declared_people, kept_flows

    awards = awards_of_session(connection, digest)
    if awards is None:
        return None
    people = sorted(set(awards.people.values()))
    known = {
        item.person: item
        for item in (declared_people(connection, awards.certification, people) if people else ())
    }
    states = tuple(
        _state(number, known.get(person)) for number, person in sorted(awards.people.items())
    )
    flows = kept_flows(connection, awards.certification, people)
    return SessionDeclaration(states=states, flows=flows)


def _state(number: str, person: DeclaredPerson | None) -> DeclaredState:
    """Return how far somebody's declaration is; None for one whose identity was forgotten."""
    if person is None:
        return DeclaredState(candidate=number, name="", state=_FORGOTTEN, done=True)
    told = _NEVER if person.state is None else CPF_STATES[person.state]
    done = person.state == (ACCEPTED if person.held else WITHDRAWN)
    if person.is_taken_back:
        told = _TAKEN_BACK
    return DeclaredState(
        candidate=number,
        name=person.name,
        state=told,
        done=done,
        flow=person.flow or "",
        message=person.message or "",
    )
