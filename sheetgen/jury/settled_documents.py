"""The final decisions as the last documents take them, and which former papers these replace.

Papers made again after a reopening say, in French, which they annul.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.documents import Reissue, Settled
from sheetgen.documents.contexts import Sitting, sitting_of, undeclared_ties
from sheetgen.model import BlockOutcome, CertificationOutcome
from sheetgen.text import SPACE, date_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.jury.closings import ClosingRecord, FrozenFile
    from sheetgen.jury.final_decisions import FinalDecisions
    from sheetgen.model import SessionDecisions

Key = tuple[str, str, str]
"""A paper's kind, candidate and bloc."""

_REPLACED = {
    "proces-verbal": ("le procès-verbal", "établi"),
    "rapport": ("le rapport", "établi"),
    "notification": ("la notification", "établie"),
    "releve": ("le relevé de notes", "établi"),
    "attestation": ("l’attestation", "établie"),
    "parchemin": ("le parchemin", "établi"),
}
"""How a former paper is named, by its kind: the words before and after its number, if any."""


def reissue_of(final: FinalDecisions, former: Sequence[ClosingRecord]) -> Reissue | None:
    """Return what each paper of a session closed again says; None where there were none before.

    Args:
        final: the decisions, with their reopenings.
        former: the closings before this one, oldest first.
    """
    before = {
        (file.kind, file.candidate, file.block): (record, file.number)
        for record in former
        for file in record.files
        if file.kind
    }
    if not before:
        return None
    last = [record for record in former if record.papers][-1]
    now = set(_titles(final))
    revoked = [
        file
        for file in last.files
        if file.kind in ("attestation", "parchemin")
        and (file.kind, file.candidate, file.block) not in now
    ]
    notices = {
        key: _replaces(_former(key[0], number), record) for key, (record, number) in before.items()
    }
    notices |= {
        ("proces-verbal", "", jury): _replaces(_minutes_of(juries), last)
        for jury, juries in _replaced_minutes(final, last).items()
    }
    for key in notices:
        kind, candidate, _ = key
        if kind == "notification":
            own = [_named(file) for file in revoked if file.candidate == candidate]
            notices[key] += f" Annulation sans remplacement : {', '.join(own)}." if own else ""
        elif kind == "proces-verbal":
            notices[key] += _of_minutes(final, revoked)
    return Reissue(notices=notices)


def _titles(final: FinalDecisions) -> Iterator[Key]:
    """Yield the attestations and parchemins that the decisions give."""
    for item in final.decisions.candidates:
        if item.outcome is CertificationOutcome.AWARDED:
            yield "parchemin", item.candidate, ""
        for block in item.blocks:
            if block.outcome is BlockOutcome.VALIDATED:
                yield "attestation", item.candidate, block.code


def _former(kind: str, number: str = "") -> str:
    """Return a former paper of this kind as the notice names it, by its number where it has one."""
    what, made = _REPLACED[kind]
    return f"{what} n°{SPACE}{number} {made}" if number else f"{what} {made}"


def _replaces(what: str, record: ClosingRecord) -> str:
    on = f" le {date_text(record.made.astimezone().date())}" if record.made else ""
    return f"Annule et remplace {what}{on} (version {record.version})."


def _replaced_minutes(final: FinalDecisions, last: ClosingRecord) -> Mapping[str, Sequence[str]]:
    """Return whose former minutes each of the new ones replaces, where juries are other than then.

    A jury without a name is empty. Minutes that are no longer made are replaced by those that are
    new, by each where several juries take the place of one; by all where none is new.
    """
    former = {file.block for file in last.files if file.kind == "proces-verbal"}
    now = {jury or "" for jury in final.decisions.session.juries.names}
    gone, new = former - now, now - former
    return {jury: sorted(gone | ({jury} & former)) for jury in (new or now if gone else ())}


def _minutes_of(juries: Sequence[str]) -> str:
    """Return the minutes of these juries, as the notice names them."""
    named = [jury for jury in juries if jury]
    if not named:
        return _former("proces-verbal")
    if len(juries) == 1:
        return f"le procès-verbal du jury {named[0]} établi"
    whose = f"{', '.join(named[:-1])} et {named[-1]}"
    return f"les procès-verbaux des jurys {whose} établis"


def _named(file: FrozenFile) -> str:
    what = f"l’attestation du bloc {file.block}"
    if file.kind == "parchemin":
        what = "le parchemin"
    return f"{what} (n°{SPACE}{file.number})" if file.number else what


def _of_minutes(final: FinalDecisions, revoked: Sequence[FrozenFile]) -> str:
    """Return what the minutes add: when and why the session was reopened, what is annulled."""
    said = ""
    if final.reopened:
        asked = final.reopened[-1]
        day = date_text(asked.at.astimezone().date())
        said = f" Session rouverte le {day} ; motif : {asked.reason.rstrip('.')}."
    if revoked:
        names = ", ".join(f"{_named(file)} du candidat {file.candidate}" for file in revoked)
        said += f" Annulation sans remplacement : {names}."
    return said


def _sitting(decisions: SessionDecisions, jury: str | None) -> Sitting:
    return replace(sitting_of(decisions, jury), undeclared=undeclared_ties(decisions, jury))


def settle_documents(final: FinalDecisions, former: Sequence[ClosingRecord] = ()) -> Settled:
    """Return what minutes, notifications and attestations are rendered from.

    Args:
        final: what was decided.
        former: the closings before this one, whose papers are annulled and replaced.
    """
    decisions = final.decisions
    return Settled(
        decisions=decisions,
        deliberation=final.deliberation,
        sitting=_sitting(decisions, None),
        sittings={
            jury: _sitting(decisions, jury)
            for jury in decisions.session.juries.names
            if jury is not None
        },
        reissue=reissue_of(final, former),
    )
