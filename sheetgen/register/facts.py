"""Facts that a closing tells the register, as they were frozen; nothing of the database."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.text.fold import fold, letters_of

if TYPE_CHECKING:
    import datetime as dt

RECORDED = "Registre"
"""The origin of what a closing gave."""

SERIES = {"attestation": "A", "parchemin": "P"}
"""The papers that give a right, and so are numbered, with the letter their numbers begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person's identity as a session's workbook says it; None for what is blank.

    Attributes:
        identifier: the school's lasting one, or a register number.
        former_names: surnames borne before.
    """

    last_name: str
    first_name: str
    birth_date: dt.date | None = None
    identifier: str | None = None
    birth_name: str | None = None
    other_first_names: str | None = None
    civility: str | None = None
    sex: str | None = None
    birth_place: str | None = None
    birth_insee_code: str | None = None
    birth_country: str | None = None
    cpf_file: str | None = None
    birth_postcode: str | None = None
    former_names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the first name, then the last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def keys(self) -> frozenset[str]:
        """Return every name by which they may be known: a surname, then the first name, folded.

        Each is there twice, with its words and by its letters alone: lists that others export lose
        apostrophes, hyphens and ligatures.
        """
        surnames = (self.last_name, self.birth_name, *self.former_names)
        return frozenset(
            key
            for name in surnames
            if name
            for key in (name_key(name, self.first_name), letters_key(name, self.first_name))
        )


FULL_IDENTITY = tuple(item.name for item in fields(Identity) if item.name != "former_names")
"""The parts of an identity, which are columns of `person`, but for the former names."""

IDENTITY = tuple(name for name in FULL_IDENTITY if name != "birth_postcode")
"""The parts of an identity that a session has too, as columns of « Candidats »."""


def name_key(surname: str, first_name: str) -> str:
    """Return a name as two spellings of one compare."""
    return f"{fold(surname.replace('-', ' '))}|{fold(first_name.replace('-', ' '))}"


def letters_key(surname: str, first_name: str) -> str:
    """Return a name by its letters alone: « Lœuillet d’Haÿ » and « LOEUILLET D HAY » are one."""
    return f"{letters_of(surname)}|{letters_of(first_name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKey:
    """A paper of a closing: its kind, whose it is, and the bloc of an attestation."""

    kind: str
    candidate: str
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """A paper that was made; `number` is None for one that had none when it was."""

    key: PaperKey
    sha256: str
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """The decision on a bloc, an épreuve or a competency: `block`, `assessment`, `competency`.

    Of kind `renounced`: an épreuve or a competency of before, which the candidate gave up.
    `outcome` is the term of `decisions.json`; `score` an exact number in [0, 1] as a text.
    """

    kind: str
    code: str
    title: str
    outcome: str
    score: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """A candidate of a closing, and all that was decided on them; `number` is the session's.

    Attributes:
        jury: the named one before which they came; None where there is one for all.
        minutes_number: that of their jury's minutes.
    """

    number: str
    identity: Identity
    outcome: str
    route: str | None = None
    access_route: str | None = None
    status: str | None = None
    mention: str | None = None
    jury: str | None = None
    minutes_number: str | None = None
    results: tuple[ResultFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingKey:
    """The name of a closing: its session's folder, and how many times that was closed.

    Attributes:
        session_date: ISO date; empty for a session without one.
        folder: the lasting id of the session's folder.
        version: 1, and one more at each reopening.
    """

    rncp_code: str | None
    certification: str
    session: str
    session_date: str
    folder: str
    version: int

    @property
    def certification_key(self) -> str:
        """Return what tells this certification from others."""
        return fold(self.rncp_code or self.certification)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """A closing as it was frozen.

    Attributes:
        digest: SHA-256 of the frozen decisions, in hexadecimal.
        closed: when the jury closed, as text; None unsaid.
        reason: why the session was closed again; None for a first closing.
    """

    key: ClosingKey
    digest: str
    candidates: tuple[CandidateFacts, ...]
    papers: tuple[PaperFacts, ...] = ()
    title: str | None = None
    centre: str | None = None
    minutes_number: str | None = None
    closed: str | None = None
    reason: str | None = None
