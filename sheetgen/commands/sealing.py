"""Seals of a closing's papers: the pair of keys beside the register, and what each paper states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.jury import current_user
from sheetgen.problems import Location
from sheetgen.problems import sealed as kinds
from sheetgen.register import add_sealing_key, sealing_keys
from sheetgen.seals import KeyFileError, Statement, load_pair, new_pair, seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sheetgen.commands.final_papers import Paper
    from sheetgen.documents import Settled
    from sheetgen.model import Candidate
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, Register
    from sheetgen.seals import Sealed, SealingPair

_SEALED = frozenset({"attestation", "parchemin"})


def open_pair(
    register: Register, connection: Connection, key: Path | None, problems: list[Problem]
) -> SealingPair | None:
    """Return the pair that seals papers, made where none ever did; None with a problem.

    Args:
        register: whose pair it is.
        connection: on which the register is written.
        key: the file of the private key; None for the one beside the register.
        problems: to be added to.
    """
    path = key or register.key_file
    if path is None:
        problems.append(kinds.SEALING_KEY_UNSAID.at(register.place))
        return None
    known = sealing_keys(connection)
    try:
        pair = load_pair(path)
    except FileNotFoundError:
        if not known:
            return _made(connection, path, problems)
        problem = kinds.SEALING_KEY_LOST.at(Location(file=str(path)))
    except KeyFileError:
        problem = kinds.SEALING_KEY_UNUSABLE.at(Location(file=str(path)))
    except OSError as error:
        problem = _refused(path, error)
    else:
        if not known:  # made by a run that was cut short
            add_sealing_key(connection, pair.public, current_user())
        if not known or pair.public == known[-1]:
            return pair
        problem = kinds.SEALING_KEY_OTHER.at(Location(file=str(path)))
    problems.append(problem)
    return None


def renew_pair(
    register: Register, connection: Connection, key: Path | None, problems: list[Problem]
) -> Path | None:
    """Make another pair, which seals from now on; return its file, None with a problem.

    The former private key, where it is there, keeps a name of its own; its public key goes on
    verifying what it sealed.
    """
    path = key or register.key_file
    if path is None:
        problems.append(kinds.SEALING_KEY_UNSAID.at(register.place))
        return None
    try:
        if path.exists():
            number = 1
            while (aside := path.with_name(f"{path.name}.{number}")).exists():
                number += 1
            path.rename(aside)
    except OSError as error:
        problems.append(_refused(path, error))
        return None
    return path if _made(connection, path, problems) is not None else None


def _made(connection: Connection, path: Path, problems: list[Problem]) -> SealingPair | None:
    """Return a new pair, which the register knows from now on; None with a problem."""
    try:
        pair = new_pair(path)
    except OSError as error:
        problems.append(_refused(path, error))
        return None
    add_sealing_key(connection, pair.public, current_user())
    return pair


def _refused(path: Path, error: OSError) -> Problem:
    return kinds.SEALING_KEY_REFUSED.at(Location(file=str(path)), reason=explain(error))


def seal_papers(
    settled: Settled, papers: Iterable[Paper], pair: SealingPair
) -> Mapping[tuple[str, str, str], Sealed]:
    """Return what is signed of each numbered paper that gives a right, by kind, candidate, bloc."""
    sealed: dict[tuple[str, str, str], Sealed] = {}
    for paper in papers:
        key = (paper.kind, paper.candidate, paper.block)
        number = settled.number(*key)
        if paper.kind in _SEALED and number:
            sealed[key] = seal(_statement(settled, paper, number), pair)
    return sealed


def _statement(settled: Settled, paper: Paper, number: str) -> Statement:
    """Return what a paper says, as it is printed."""
    referential, session = settled.decisions.referential, settled.decisions.session
    certification = referential.certification
    holder: Candidate = next(item for item in session.candidates if item.id == paper.candidate)
    block = next((item for item in referential.blocks if item.code == paper.block), None)
    return Statement(
        kind=paper.kind,
        number=number,
        holder=holder.civil_name,
        birth_date=holder.birth_date.isoformat() if holder.birth_date else "",
        code=" ".join(filter(None, (certification.rncp_code, paper.block))),
        title=(certification.title if block is None else block.title) or "",
        day=settled.deliberation.closing.date.isoformat(),
        certifier=certification.certifier or "",
    )
