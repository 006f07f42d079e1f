"""From what a closing froze to what the register is told: the same for a closing of years ago."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sheetgen.model import minutes_number
from sheetgen.register import (
    IDENTITY,
    SERIES,
    CandidateFacts,
    ClosingFacts,
    ClosingKey,
    Identity,
    PaperFacts,
    PaperKey,
    ResultFacts,
)
from sheetgen.sources.read import PrintedKey
from sheetgen.sources.schema import SESSION

if TYPE_CHECKING:
    from sheetgen.jury import Record
    from sheetgen.jury.closings import ClosingRecord

Printed = Mapping[PrintedKey, str]

_PRINTED_APART = ("last_name", "first_name", "birth_date")
"""Parts of an identity that are no plain text of « Candidats »: the names come from the decisions,
and the birth date is a day."""

_COLUMNS = {
    column.attribute: column.name
    for column in SESSION.sheet("Candidats").columns
    if column.attribute in IDENTITY and column.attribute not in _PRINTED_APART
}


def closing_key(
    printed: Printed, session: str, day: str | None, folder: str, version: int
) -> ClosingKey:
    """Return the register's name of a closing.

    Args:
        printed: the values that it froze, or is about to.
        session: the session's code.
        day: its date, as ISO has it.
        folder: the lasting id of its folder.
        version: 1, and one more at each reopening.
    """
    return ClosingKey(
        rncp_code=_said(printed, "Certification", "", "Code RNCP"),
        certification=_said(printed, "Certification", "", "Intitulé") or "",
        session=session,
        session_date=day or "",
        folder=folder,
        version=version,
    )


_TOLD = frozenset(
    (
        *("id", "last_name", "first_name", "jury", "route", "status", "mention"),
        *("blocks", "competencies", "assessments", "kept", "renounced"),
        *("code", "outcome", "score"),
    )
)
"""The parts sought in a candidate's record, beside the states of a competency's criteria."""


def told_alone(item: object) -> object:
    """Return a candidate's record without what the register is not told: nearly all of it.

    Nobody changes it: what is the same in many records is there once.
    """
    if isinstance(item, dict):
        kept = {name: told_alone(value) for name, value in item.items() if name in _TOLD}
        criteria = item.get("criteria")
        return {**kept, "criteria": _states(criteria)} if criteria else kept
    if isinstance(item, str):
        return sys.intern(item)
    return [told_alone(inside) for inside in item] if isinstance(item, list) else item


def _states(criteria: Iterable[Record]) -> Sequence[Record]:
    """Return the states of criteria, each once."""
    return _stating(tuple(dict.fromkeys(str(item["state"]) for item in criteria)))


@lru_cache(256)  # there are few states
def _stating(states: Sequence[str]) -> Sequence[Record]:
    return [{"state": state} for state in states]


def closing_facts(
    record: ClosingRecord,
    decisions: Record,
    former: Mapping[str, tuple[str, ...]],
    folder: str,
) -> ClosingFacts:
    """Return what the register is told of a closing.

    Args:
        record: of the closing.
        decisions: its decisions.
        former: surnames borne before, by candidate's number, as far as the session knows them now.
        folder: the lasting id of the session's folder.
    """
    printed = record.printed or {}
    session, closing = _part(decisions, "session"), _part(decisions, "closing")
    reopened = cast("list[Record]", decisions.get("reopened") or [])
    digest = next((item.sha256 for item in record.files if item.path == "decisions.json"), "")
    return ClosingFacts(
        key=closing_key(printed, str(session["code"]), session["date"], folder, record.version),
        digest=digest,
        candidates=tuple(
            _candidate(printed, item, former.get(str(item["id"]), ()))
            for item in cast("list[Record]", decisions["candidates"])
        ),
        papers=tuple(
            PaperFacts(
                key=PaperKey(kind=item.kind, candidate=item.candidate, block=item.block),
                sha256=item.sha256,
                number=item.number or None,
            )
            for item in record.files
            if item.kind in SERIES
        ),
        title=_text(session.get("title")),
        centre=_said(printed, "Session", "", "Centre"),
        minutes_number=_said(printed, "Session", "", "Numéro de PV"),
        closed=_text(closing.get("date")),
        reason=_text(reopened[-1]["reason"]) if reopened else None,
    )


def identity_of(
    printed: Printed, number: str, names: tuple[str, str], former: tuple[str, ...] = ()
) -> Identity:
    """Return a candidate's identity as the session's workbook prints it.

    Args:
        printed: the workbook's values.
        number: the candidate's.
        names: last and first name.
        former: surnames borne before.
    """
    found = {
        attribute: _said(printed, "Candidats", number, column)
        for attribute, column in _COLUMNS.items()
    }
    return Identity(
        last_name=names[0],
        first_name=names[1],
        birth_date=_day(_said(printed, "Candidats", number, "Date de naissance")),
        former_names=former,
        **found,
    )


def _candidate(printed: Printed, item: Record, former: tuple[str, ...]) -> CandidateFacts:
    number, jury = str(item["id"]), _text(item.get("jury"))
    names = str(item["last_name"]), str(item["first_name"])
    return CandidateFacts(
        number=number,
        identity=identity_of(printed, number, names, former),
        outcome=str(item["outcome"]),
        route=_text(item.get("route")),
        access_route=_said(printed, "Candidats", number, "Voie d'accès"),
        status=_text(item.get("status")),
        mention=_text(item.get("mention")),
        jury=jury,
        minutes_number=minutes_number(_said(printed, "Session", "", "Numéro de PV"), jury),
        results=tuple(_results(printed, item)),
    )


def _results(printed: Printed, item: Record) -> Iterator[ResultFacts]:
    kept = set(cast("list[str]", item.get("kept") or []))
    for block in cast("list[Record]", item["blocks"]):
        yield _result(printed, "block", "Blocs", block)
        for competency in cast("list[Record]", block.get("competencies") or []):
            known = _result(printed, "competency", "Compétences", competency)
            again = known.code in kept or _rests_on_kept(competency)
            yield replace(known, outcome="kept") if again else known
    for assessment in cast("list[Record]", item.get("assessments") or []):
        yield _result(printed, "assessment", "Modalités", assessment)
    for code in cast("list[str]", item.get("renounced") or []):
        yield ResultFacts(kind="renounced", code=code, title="", outcome="renounced")


def _rests_on_kept(competency: Record) -> bool:
    """Return whether all that counts in a competency is kept of another session.

    It is then recorded as kept, as one is that the session names: nothing was shown that would be
    kept for longer.
    """
    criteria = cast("list[Record]", competency.get("criteria") or [])
    return {str(item["state"]) for item in criteria} - {"exempt", "not_applicable"} == {"kept"}


def _result(printed: Printed, kind: str, sheet: str, item: Record) -> ResultFacts:
    code, score = str(item["code"]), item.get("score")
    return ResultFacts(
        kind=kind,
        code=code,
        title=_said(printed, sheet, code, "Intitulé") or "",
        outcome=str(item["outcome"]),
        score=None if score is None else str(score),
    )


def _part(decisions: Record, name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", decisions[name])


def _said(printed: Printed, sheet: str, row: str, name: str) -> str | None:
    return printed.get(PrintedKey(sheet=sheet, row=row, name=name)) or None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%d/%m/%Y").date()  # noqa: DTZ007 (a day, not a moment)
    except ValueError:
        return None
