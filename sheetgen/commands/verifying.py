"""`verify`, and what of the register concerns sealed papers: the published page, the key."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.commands.register_commands import RegisterAnswer, on_register
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, has_errors
from sheetgen.problems import sealed as kinds
from sheetgen.seals import (
    PAPER_NAMES,
    Sealed,
    SealError,
    Statement,
    read_code,
    read_seal,
    typed_readings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.problems import Problem
    from sheetgen.register import Connection

PUBLISHED = "index.html"
"""The page's file, in the folder that a school puts on its site."""

_KNOWN = re.compile(r'<script type="application/json" id="known">(.*?)</script>', re.DOTALL)
_LARGEST_PAGE = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRequest:
    """A paper to verify.

    Attributes:
        address: what its QR code holds; empty where it is typed.
        typed: what is printed on it, where it is typed.
        code: its code of verification, likewise.
        page: a published page to go by instead of a register; None for the register.
    """

    address: str = ""
    typed: Statement | None = None
    code: str = ""
    page: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The answer about one paper.

    Attributes:
        genuine: whether the school issued it, it says what was signed, and is still worth it.
        statement: what was signed; None where nothing was that can be told.
        withdrawn: the day since when it is worth nothing, ISO; None while it is.
    """

    genuine: bool = False
    statement: Statement | None = None
    withdrawn: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issuer:
    """An issuer of papers, as a register or a published page knows it."""

    keys: Sequence[str]
    withdrawn: Mapping[str, str]
    codes: Sequence[str] = ()


def verify(request: VerifyRequest, options: Options) -> Verified:
    """Return whether a paper is the school's, unaltered and in force."""
    place = Location(file=str(request.page or options.register or ""))
    try:
        sealed = _asked(request)
    except SealError as error:
        return Verified(problems=(kinds.SEAL_UNREADABLE.at(place, reason=str(error)),))
    if request.page is not None:
        issuer = _read_published(request.page)
        if issuer is None:
            return Verified(problems=(kinds.PUBLISHED_PAGE_UNREADABLE.at(place),))
        return _verified(_readings(request, sealed, issuer), issuer, place)
    found: list[Verified] = []

    def look(connection: Connection, _: str) -> RegisterAnswer:
        from sheetgen.register import (
            is_issued,
            printed_titles,
            sealing_keys,
            withdrawn_numbers,
        )

        issuer = _Issuer(
            keys=sealing_keys(connection),
            withdrawn=withdrawn_numbers(connection),
            codes=sorted({code for code, _ in printed_titles(connection) if code}),
        )
        verified = _verified(_readings(request, sealed, issuer), issuer, place)
        number = sealed.statement.number
        problems = list(verified.problems)
        if verified.genuine and not is_issued(connection, number):
            problems.append(kinds.NUMBER_UNKNOWN.at(place, number=number))
        found.append(
            Verified(
                genuine=verified.genuine,
                statement=verified.statement,
                withdrawn=verified.withdrawn,
                problems=tuple(problems),
            )
        )
        return RegisterAnswer()

    answer = on_register(options, look)
    return found[0] if found else Verified(problems=answer.problems)


def publish_page(options: Options, referential: Path, folder: Path) -> RegisterAnswer:
    """Write the page of verification in a folder, in place of a former one."""
    from sheetgen.commands.writing import locks_reported
    from sheetgen.files import write_whole
    from sheetgen.seals import VerificationFacts, render_verification
    from sheetgen.sources import read_referential

    known, problems = read_referential(referential, tried=False)
    if known is None:
        return RegisterAnswer(problems=tuple(problems))
    certifier = known.certification.certifier
    if not certifier:
        place = Location(file=str(referential), sheet="Certification")
        return RegisterAnswer(problems=(kinds.CERTIFIER_UNSAID.at(place),))

    def write(connection: Connection, place: str) -> RegisterAnswer:
        from sheetgen.register import printed_titles, sealing_keys, withdrawn_numbers

        keys = sealing_keys(connection)
        if not keys:
            return RegisterAnswer(problems=(kinds.NO_SEALING_KEY.at(Location(file=place)),))
        facts = VerificationFacts(
            certifier=certifier,
            keys=keys,
            withdrawn=withdrawn_numbers(connection),
            titles=list(printed_titles(connection)),
            made=date.today(),  # noqa: DTZ011 - the day here
        )
        found: list[Problem] = []
        path = folder / PUBLISHED
        with locks_reported(found, path):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, render_verification(facts))
        return RegisterAnswer(place=place, file=None if found else path, problems=tuple(found))

    return on_register(options, write)


def show_key(options: Options, *, new: bool) -> RegisterAnswer:
    """Return the file of the key that seals, and the public ones; make another where asked."""
    from sheetgen.commands.sealing import renew_pair
    from sheetgen.register import RegisterError, open_register, sealing_keys

    problems: list[Problem] = []
    try:
        register = open_register(options.register or "")
        if register is None:
            return on_register(options, lambda *_: RegisterAnswer())
        try:
            path = options.key or register.key_file
            if new:
                with register.writing() as connection:
                    path = renew_pair(register, connection, options.key, problems)
            with register.reading() as connection:
                keys = tuple(sealing_keys(connection))
        finally:
            register.close()
    except RegisterError as error:
        return RegisterAnswer(problems=(error.problem,))
    if has_errors(problems):
        return RegisterAnswer(problems=tuple(problems))
    return RegisterAnswer(place=register.place.file, key_file=path, keys=keys)


def _asked(request: VerifyRequest) -> Sealed:
    if request.typed is None:
        return read_seal(request.address)
    return Sealed(statement=request.typed, signature=read_code(request.code))


def _readings(request: VerifyRequest, sealed: Sealed, issuer: _Issuer) -> Iterator[Sealed]:
    """Yield what is to be verified: an address to the letter, what was typed as it may be meant."""
    if request.typed is None:
        yield sealed
        return
    for reading in typed_readings(request.typed, issuer.codes):
        yield Sealed(statement=reading, signature=sealed.signature)


def _verified(readings: Iterable[Sealed], issuer: _Issuer, place: Location) -> Verified:
    from sheetgen.seals import signer_of

    signed = (item.statement for item in readings if signer_of(item, issuer.keys) is not None)
    statement = next(signed, None)
    if statement is None:
        return Verified(problems=(kinds.SEAL_FALSE.at(place),))
    since = issuer.withdrawn.get(statement.number)
    if since is None:
        return Verified(genuine=True, statement=statement)
    day = date.fromisoformat(since).strftime("%d/%m/%Y")
    problem = kinds.PAPER_WITHDRAWN.at(place, number=statement.number, day=day)
    return Verified(statement=statement, withdrawn=since, problems=(problem,))


def _read_published(path: Path) -> _Issuer | None:
    """Return the issuer whose page this is; None where it is no such page."""
    file = path / PUBLISHED if path.is_dir() else path
    try:
        if file.stat().st_size > _LARGEST_PAGE:
            return None
        found = _KNOWN.search(file.read_text(encoding="utf-8"))
        known = json.loads(found[1]) if found else {}
        keys, withdrawn = known["keys"], known["withdrawn"]
        days = {
            str(number): date.fromisoformat(day).isoformat() for number, day in withdrawn.items()
        }
        codes = known.get("codes", [])  # a page of before has none
        if known["names"] != PAPER_NAMES or not all(isinstance(k, str) for k in (*keys, *codes)):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return _Issuer(keys=keys, withdrawn=days, codes=codes)
