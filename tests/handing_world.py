"""A session whose grids are handed out, drafts opened again, and templates in a few words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

import builders

from sheetgen.mailing import (
    MessageTemplate,
    Recipient,
    hand_out,
    list_recipients,
    recipients_of,
)
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from email.message import EmailMessage

    from sheetgen.model import Accommodation, Candidate, Juror, Referential, Session
    from sheetgen.problems import Problem

KNOWN = builders.referential({"C1.1": 2, "C2.1": 1})

ZOE = replace(
    builders.candidate("C01", presented=["BC01", "BC02"]), last_name="Exemple", first_name="Zoé"
)
THEO = replace(
    builders.candidate("C02", presented=["BC01", "BC02"]), last_name="Inventé", first_name="Théo"
)

ODILE = replace(
    builders.juror("J1", president=True),
    last_name="Hypothèse",
    first_name="Odile",
    email="odile@example.org",
)
REMI = replace(
    builders.juror("J2"), last_name="Fabuleux", first_name="Rémi", email="remi@example.org"
)
IDLE = replace(builders.juror("J3"), last_name="Oisif", first_name="Luc", email="luc@example.org")


def session(
    *,
    known: Referential = KNOWN,
    jurors: Iterable[Juror] = (ODILE, REMI, IDLE),
    accommodations: Iterable[Accommodation] = (),
) -> Session:
    """Odile (J1) marks Zoé and Théo, Rémi (J2) marks Théo alone, J3 marks nobody."""
    made = builders.session(
        known,
        candidates=(ZOE, THEO),
        jurors=jurors,
        assignments=[
            ("C02", "J1", ["BC01"]),
            ("C01", "J1", ["BC01", "BC02"]),
            ("C02", "J2", ["BC02"]),
        ],
        accommodations=accommodations,
    )
    return replace(made, title="Session de juin", return_deadline=date(2026, 6, 22))


def recipient(
    *,
    juror: Juror = ODILE,
    candidates: tuple[Candidate, ...] = (ZOE, THEO),
    within: Session | None = None,
) -> Recipient:
    """Odile, who is sent Zoé's and Théo's grids."""
    return Recipient(
        session=within or session(), juror=juror, candidates=candidates, archive="J1.zip"
    )


def template(body: str = "Bonjour {juré}", subject: str = "Vos grilles") -> MessageTemplate:
    """A template that was checked."""
    return MessageTemplate(name="message-jures.txt", subject=subject, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Everything that a session hands out."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> list[str]:
        """The problems' codes."""
        return [problem.code for problem in self.problems]


def lay_grids(root: Path, of: Session) -> SessionFolder:
    """The session's folder, with a file in the place of each grid that says whose it is."""
    folder = SessionFolder(root=root)
    for item in of.assignments:
        path = folder.grid(of, item)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"grid of {item.candidate} by {item.juror}".encode())
    return folder


def send(of: Session, folder: SessionFolder, message: MessageTemplate | None) -> Sent:
    """All handouts in one."""
    handouts, sent = [], []
    for person in recipients_of(of):
        handouts.append(hand_out(person, folder, message, Path()))
        if handouts[-1].files:
            sent.append(person)
    handouts.append(list_recipients(of, sent, message))
    return Sent(
        files={name: data for handout in handouts for name, data in handout.files.items()},
        problems=tuple(problem for handout in handouts for problem in handout.problems),
    )


def opened(draft: bytes) -> EmailMessage:
    """A draft as Python's strictest parser reads it; whatever it minds is an error."""
    return message_from_bytes(draft, policy=policy.default.clone(raise_on_defect=True))


def text_of(draft: bytes) -> str:
    """A draft's text."""
    body = opened(draft).get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")
