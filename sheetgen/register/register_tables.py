"""The register's tables, as SQLAlchemy describes them; migrations make them.

Moments are ISO texts in UTC and scores exact fractions as texts, so that SQLite and PostgreSQL hold
the same to the letter. Nothing is ever overwritten but what says who a person is now: a closing
made again is a new row, a paper annulled stays.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

PERSON = Table(
    "person",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("identifier", Text, unique=True),
    Column("birth_name", Text),
    Column("last_name", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("other_first_names", Text),
    Column("civility", Text),
    Column("sex", Text),
    Column("birth_date", Date),
    Column("birth_place", Text),
    Column("birth_insee_code", Text),
    Column("birth_country", Text),
    Column("cpf_file", Text),
    Column("birth_postcode", Text),
)
"""People, as they are named now; `identifier` is the school's lasting one."""

PERSON_NAME = Table(
    "person_name",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("key", Text, nullable=False),
    UniqueConstraint("person", "key"),
    Index("person_name_key", "key"),
)
"""Every name that somebody bore or bears, folded: surname or birth name, then first name."""

CERTIFICATION = Table(
    "certification",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("rncp_code", Text),
    Column("title", Text, nullable=False),
)
"""Certifications; `key` is the RNCP code, or the folded title where there is none."""

CLOSING = Table(
    "closing",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("certification", ForeignKey("certification.id"), nullable=False),
    Column("session", Text, nullable=False),
    Column("session_date", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text),
    Column("centre", Text),
    Column("minutes_number", Text),
    Column("closed", Text),
    Column("digest", Text),
    Column("reason", Text),
    Column("recorded", Text),
    UniqueConstraint("folder", "version"),
    Index("closing_session", "certification", "session", "session_date"),
)
"""Closings of sessions: `digest` is the SHA-256 of the decisions, `recorded` when they were.

`folder` is the lasting id of the session's folder: two sessions may share a code and a date. A
closing without `recorded` has only reserved numbers; `session_date` is empty for none.
"""

ATTEMPT = Table(
    "attempt",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("closing", ForeignKey("closing.id"), nullable=False),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("candidate", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("route", Text),
    Column("access_route", Text),
    Column("status", Text),
    Column("outcome", Text, nullable=False),
    Column("mention", Text),
    Column("jury", Text),
    Column("minutes_number", Text),
    UniqueConstraint("closing", "candidate"),
    Index("attempt_person", "person"),
)
"""A candidate of a closing, named as their papers name them, with the minutes of their jury."""

RESULT = Table(
    "result",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("attempt", ForeignKey("attempt.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("title", Text),
    Column("outcome", Text, nullable=False),
    Column("score", Text),
    UniqueConstraint("attempt", "kind", "code"),
)
"""Decisions on blocs (`block`), épreuves (`assessment`), competencies (`competency`); what of an
earlier session was given up (`renounced`)."""

PAPER = Table(
    "paper",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("closing", ForeignKey("closing.id")),
    Column("kind", Text, nullable=False),
    Column("candidate", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("number", Text, unique=True),
    Column("series", Text),
    Column("year", Integer),
    Column("rank", Integer),
    Column("sha256", Text),
    Column("issued", Text),
    Column("withdrawn", Text),
    UniqueConstraint("closing", "kind", "candidate", "block"),
    UniqueConstraint("series", "year", "rank"),
)
"""Papers that give a right. Without `issued` the number is reserved; without `closing`, free."""

HOLDING = Table(
    "holding",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("certification", ForeignKey("certification.id"), nullable=False),
    Column("block", Text, nullable=False),
    Column("title", Text),
    Column("date", Date),
    Column("session", Text),
    Column("minutes_number", Text),
    Column("number", Text),
    Column("origin", Text, nullable=False),
    UniqueConstraint("person", "certification", "block"),
)
"""Titles acquired before the register, taken in by hand; `block` is empty for the whole."""

SEALING_KEY = Table(
    "sealing_key",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("public", Text, nullable=False, unique=True),
    Column("added", Text, nullable=False),
)
"""Public keys, in base 64, of the pairs that sealed papers; the last is the one in use."""

CPF_PASSAGE = Table(
    "cpf_passage",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("certification", ForeignKey("certification.id"), nullable=False),
    Column("technical", Text, unique=True),
    Column("access_route", Text),
    Column("mention", Text),
    UniqueConstraint("person", "certification"),
)
"""Certifications as they are declared: `technical` is their identifier, frozen when first exported.

`access_route` and `mention` are what the school says in place of what the closing did.
"""

CPF_FLOW = Table(
    "cpf_flow",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("certification", ForeignKey("certification.id"), nullable=False),
    Column("flow", Text, nullable=False, unique=True),
    Column("action", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("moment", Text, nullable=False),
    Column("head", Text, nullable=False),
    Column("tail", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("reason", Text),
    Column("withdraws", Text),
    Column("answered", Text),
)
"""Flows that were exported; `head` and `tail` are what stands around their passages, to the letter.

`withdraws` is what a suppression takes back, as it was asked for; `answered` the last answer's
moment.
"""

CPF_ENTRY = Table(
    "cpf_entry",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("flow", ForeignKey("cpf_flow.id"), nullable=False),
    Column("passage", ForeignKey("cpf_passage.id"), nullable=False),
    Column("content", Text),
    Column("state", Text, nullable=False),
    Column("message", Text),
    UniqueConstraint("flow", "passage"),
    Index("cpf_entry_passage", "passage"),
)
"""Passages as flows held them: `sent`, `accepted` or `refused`; no `content` once forgotten."""

CPF_ANSWER = Table(
    "cpf_answer",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("flow", ForeignKey("cpf_flow.id"), nullable=False),
    Column("received", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("flow", "sha256"),
)
"""Acknowledgements as they came, in base 64: proof of every attempt."""

EVENT = Table(
    "event",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
"""Everything that was done to the register, for whoever has to account for it."""
