"""The declaration of a session to the Caisse des Dépôts, in the folder for a control.

How far each person's declaration is goes into the first folder. A flow shows sex, birth date and
birthplace of everybody in it, and an answer what was found of them: both are kept apart, whole,
since a hash proves nothing of a part.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sheetgen.control_folder.folder_contents import Section
from sheetgen.declaration import paris_moment
from sheetgen.files import render_table, sha256
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sheetgen.control_folder.folder_contents import Gatherer
    from sheetgen.register import KeptAnswer, KeptFlow

_OF_FLOWS = (
    *("Flux", "Action", "Schéma", "Horodatage", "Passages", "SHA-256", "Retire", "Motif"),
    *("Accusé", "Reçu", "SHA-256 de l'accusé"),
)

_ACTIONS = {"CREATION": "déclaration", "SUPPRESSION": "retrait"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredState:
    """The state of a candidate's declaration.

    Attributes:
        state: in words.
        done: whether nothing is left to be done.
        flow: the last one that holds it; empty for none.
        message: why it was refused; empty where it was not.
    """

    candidate: str
    name: str
    state: str
    done: bool
    flow: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDeclaration:
    """A session's declaration as the register has it.

    Attributes:
        states: of each candidate who got the certification, in the order of their numbers.
        flows: those that declare some of them; read one at a time.
    """

    states: tuple[DeclaredState, ...]
    flows: Iterable[KeptFlow]


def add_declaration(
    declared: Callable[[str], SessionDeclaration | None] | None,
    digest: str,
    people: Collection[str],
    into: Gatherer,
) -> None:
    """Add states, flows and answers, or say why there are none.

    Args:
        declared: gives what the register has, by the digest of the decisions; None without one.
        digest: of the decisions in force.
        people: the candidates asked for.
        into: takes it.
    """
    found = None if declared is None else declared(digest)
    if found is None:
        why = "aucun registre n’a été trouvé" if declared is None else "elle n’est pas au registre"
        _lack(into, f"ce qui fut déclaré de cette session ({why}), à ajouter par l’école")
        return
    states = [item for item in found.states if item.candidate in people]
    if not states:
        _lack(into, "une déclaration : personne n’a obtenu ici la certification entière")
        return
    _add_states(states, into)
    if len(people) < into.found.of:
        into.lack(
            Section.FLOWS,
            "les flux entiers et leurs accusés : ce dossier ne porte que sur un échantillon",
        )
        return
    lines: list[tuple[str, ...]] = []
    for rank, flow in enumerate(found.flows, start=1):
        lines += _add_flow(rank, flow, into)
    if lines:
        told = "Flux et accusés, à l’heure de Paris"
        into.keep(Section.FLOWS, "flux.csv", told, render_table(_OF_FLOWS, lines))
    else:
        into.lack(Section.FLOWS, "un flux : rien n’a encore été déclaré")


def _lack(into: Gatherer, told: str) -> None:
    for section in (Section.DECLARATION, Section.FLOWS):
        into.lack(section, told)


def _add_states(states: list[DeclaredState], into: Gatherer) -> None:
    waiting = sum(1 for item in states if not item.done)
    if waiting:
        into.lack(
            Section.DECLARATION,
            f"la déclaration acceptée de {waiting} personne(s) sur {len(states)}",
        )
    names = ("Candidat", "Nom", "État", "Flux")
    lines = [(item.candidate, item.name, item.state, item.flow) for item in states]
    told = "Où en est la déclaration de chacun"
    into.keep(Section.DECLARATION, "declaration.csv", told, render_table(names, lines))
    more = (*names, "Message de la Caisse")
    full = [(*line, item.message) for line, item in zip(lines, states, strict=True)]
    into.keep(
        Section.FLOWS, "declaration.csv", f"{told}, avec les motifs", render_table(more, full)
    )


def _add_flow(rank: int, flow: KeptFlow, into: Gatherer) -> list[tuple[str, ...]]:
    """Add a flow and the answers to it; return their lines of the table."""
    moment = dt.datetime.fromisoformat(flow.moment)
    what = _ACTIONS.get(flow.action, flow.action)
    said = f"Flux {rank}, {what}, du {moment:%d/%m/%Y à %H:%M}, {flow.passages} passage(s)"
    if flow.content is None:
        into.lack(
            Section.FLOWS,
            f"{said} : des personnes y furent effacées depuis ; son empreinte était {flow.sha256}",
        )
    else:
        into.keep(Section.FLOWS, f"flux-{rank}.xml", f"{said}, tel qu’envoyé", flow.content)
        if sha256(flow.content) != flow.sha256:
            into.lack(Section.FLOWS, f"{said}, à l’octet près : il n’est plus ce qui fut envoyé")
    mine = (
        *(flow.flow, flow.action, flow.version, flow.moment, str(flow.passages), flow.sha256),
        *(flow.withdraws or "", flow.reason or ""),
    )
    if not flow.answers:
        into.lack(Section.FLOWS, f"l’accusé du flux {rank}")
        return [(*mine, "", "", "")]
    for place, answer in enumerate(flow.answers, start=1):
        number = f"{rank}-{place}" if len(flow.answers) > 1 else str(rank)
        told = f"Accusé du flux {rank}, tel que reçu ({answer.file})"
        into.keep(Section.FLOWS, f"accuse-{number}.xml", told, answer.content)
    return [(*mine, answer.file, _in_paris(answer), answer.sha256) for answer in flow.answers]


def _in_paris(answer: KeptAnswer) -> str:
    """Return when an answer came, as flows say their moment."""
    return paris_moment(dt.datetime.fromisoformat(answer.received))
