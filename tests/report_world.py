"""A small session with decisions, and readers of the documents rendered from it."""

from __future__ import annotations

import dataclasses
import html
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import docx
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.text.paragraph import CT_P

from sheetgen.documents import Settled
from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    CandidateDecision,
    CandidateId,
    CandidateRulings,
    CertificationOutcome,
    Closing,
    CriterionCode,
    DecidedBy,
    Deliberation,
    JurorCode,
    Mark,
    Referential,
    Return,
    ReturnStatus,
    Route,
    Rules,
    Ruling,
    Session,
    SessionDecisions,
    Status,
)
from sheetgen.rules import decide_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.documents import Templates

TEMPLATES = Path(__file__).parents[1] / "templates"
SHIPPED = TEMPLATES / "rapport-jury.docx"

COMMENTS = {
    ("1", "J2", "C1.1.2"): "Les sources ne sont pas citées.",
    ("1", "J1", "C1.1.3"): "Remarque sur un critère exempté.",
}


@dataclass(frozen=True, kw_only=True)
class World:
    """The outcome of a consolidation; `decided` gives one candidate's decision."""

    referential: Referential
    session: Session
    decisions: SessionDecisions

    def decided(self, candidate: str) -> CandidateDecision:
        """Return what is proposed for this candidate."""
        return next(item for item in self.decisions.candidates if item.candidate == candidate)


def _referential() -> Referential:
    plain = builders.referential({"C1.1": 3, "C1.2": 2, "C2.1": 2})
    first, *others = plain.competencies
    listed = dataclasses.replace(
        first, title="Réaliser une veille\n- en définissant ses objectifs\nafin d’anticiper"
    )
    certification = dataclasses.replace(
        plain.certification,
        rncp_code="RNCP00000",
        certifier="École imaginaire",
        legal_basis="Article L6113-1 du code du travail",
        appeal="Recours gracieux sous deux mois",
        disability="Tout candidat peut saisir le référent handicap.",
        decision_date=date(2025, 3, 1),
    )
    return dataclasses.replace(plain, certification=certification, competencies=(listed, *others))


def _session(known: Referential) -> Session:
    president, member = builders.JURORS
    made = builders.session(
        known,
        candidates=[
            builders.candidate("1", presented=["BC01", "BC02"]),
            builders.candidate("2", presented=["BC02"], held=["BC01"], route=Route.BLOCKS),
            builders.candidate("3", status=Status.EXCUSED),
        ],
        jurors=[
            dataclasses.replace(president, title="Directrice", organisation="Société Mirage"),
            dataclasses.replace(member, title="Formateur", organisation="École", external=False),
        ],
        accommodations=[builders.exemption("C1.1.3")],
    )
    people = tuple(
        dataclasses.replace(person, birth_date=date(1998, 3, 14), access_route="VAE")
        for person in made.candidates
    )
    return dataclasses.replace(
        made,
        candidates=people,
        time=time(9, 30),
        centre="Centre de Villeimaginaire",
        address="1 rue de la Fiction",
        minutes_number="PV-7",
        representative="Aurore Chimère",
    )


def make_world(rows: dict[tuple[str, str], str], rules: Rules | None = None) -> World:
    """Decisions on the marks given by candidate and juror, as `builders.marks` writes them."""
    known = dataclasses.replace(_referential(), rules=rules or Rules())
    session = _session(known)
    marks = {
        (CandidateId(person), JurorCode(code)): _commented(
            person, builders.marks(known, **{code: row})[JurorCode(code)]
        )
        for (person, code), row in rows.items()
    }
    returns = tuple(
        Return(
            file=f"{person}-{code}.xlsx",
            sha256="0" * 64,
            candidate=person,
            juror=code,
            status=ReturnStatus.ACCEPTED,
            opinion=f"Avis de {code} sur {person}",
        )
        for person, code in marks
    )
    missing = tuple(
        (item.candidate, item.juror)
        for item in session.assignments
        if (item.candidate, item.juror) not in marks
    )
    decisions = builders.session_decisions(
        known, session, decide_session(known, session, marks), returns=returns, missing=missing
    )
    return World(referential=known, session=session, decisions=decisions)


CLOSING = Closing(date=date(2026, 6, 24), time=time(17, 30), observations="De bons dossiers.")
ONE, SECOND_BLOC = CandidateId("1"), BlockCode("BC02")


def adopted(world: World) -> Settled:
    """Every proposal adopted; the one against candidate 1, who keeps BC01, with its reason."""
    rulings = _adopting(world)
    against = dataclasses.replace(
        rulings[ONE].blocks[SECOND_BLOC], reason="Négociation non aboutie."
    )
    rulings[ONE] = dataclasses.replace(
        rulings[ONE], blocks={**rulings[ONE].blocks, SECOND_BLOC: against}
    )
    return Settled(
        decisions=world.decisions, deliberation=Deliberation(closing=CLOSING, rulings=rulings)
    )


def overridden(world: World) -> Settled:
    """Candidate 1 gets BC02 against the proposal, and so the certification."""
    decided = world.decided("1")
    first, second = decided.blocks
    lifted = dataclasses.replace(second, outcome=BlockOutcome.VALIDATED)
    awarded = dataclasses.replace(
        decided, outcome=CertificationOutcome.AWARDED, blocks=(first, lifted)
    )
    others = [item for item in world.decisions.candidates if item.candidate != "1"]
    granted = Ruling(
        proposed=BlockOutcome.NOT_VALIDATED,
        outcome=BlockOutcome.VALIDATED,
        decided_by=DecidedBy.JURY,
        reason="L’entretien a convaincu le jury.",
    )
    rulings = _adopting(world)
    rulings[ONE] = CandidateRulings(
        candidate=ONE,
        certification=Ruling(
            proposed=CertificationOutcome.AWARDED, outcome=CertificationOutcome.AWARDED
        ),
        blocks={**rulings[ONE].blocks, SECOND_BLOC: granted},
    )
    closing = dataclasses.replace(CLOSING, incidents="Alarme à 10 h, sans suite.")
    return Settled(
        decisions=dataclasses.replace(world.decisions, candidates=(awarded, *others)),
        deliberation=Deliberation(closing=closing, rulings=rulings),
    )


def without_reasons(settled: Settled) -> Settled:
    """Return the decisions without what the jury says of them."""
    rulings = {
        item.candidate: CandidateRulings.adopting(item) for item in settled.decisions.candidates
    }
    deliberation = dataclasses.replace(settled.deliberation, rulings=rulings)
    return dataclasses.replace(settled, deliberation=deliberation)


def _adopting(world: World) -> dict[CandidateId, CandidateRulings]:
    return {item.candidate: CandidateRulings.adopting(item) for item in world.decisions.candidates}


def settled_one(settled: Settled, candidate: str) -> CandidateDecision:
    """Return what the jury decided for this candidate."""
    return next(item for item in settled.decisions.candidates if item.candidate == candidate)


def settled_documents(templates: Templates, settled: Settled) -> dict[str, bytes]:
    """Every document made at the closing, by a name that tells candidate and bloc."""
    assert templates.report is not None
    assert templates.minutes is not None
    assert templates.notification is not None
    assert templates.block_certificate is not None
    assert templates.diploma is not None
    assert templates.transcript is not None
    made = {"minutes": templates.minutes.render(settled)}
    for item in settled.decisions.candidates:
        number = item.candidate
        made[f"report {number}"] = templates.report.render_final(settled, item)
        made[f"notification {number}"] = templates.notification.render(settled, item)
        if settled.decisions.session.candidate[number].presented:
            made[f"transcript {number}"] = templates.transcript.render(settled, item)
        for block in item.blocks:
            if block.outcome is BlockOutcome.VALIDATED:
                code = BlockCode(block.code)
                made[f"certificate {number} {code}"] = templates.block_certificate.render(
                    settled, item, code
                )
        if item.outcome is CertificationOutcome.AWARDED:
            made[f"diploma {number}"] = templates.diploma.render(settled, item)
    return made


def _commented(person: str, marks: Mapping[CriterionCode, Mark]) -> dict[CriterionCode, Mark]:
    return {
        code: dataclasses.replace(mark, comment=COMMENTS.get((person, mark.juror, code), ""))
        for code, mark in marks.items()
    }


def png(width: int, height: int) -> bytes:
    """A blue image of this many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = zlib.compress((b"\0" + b"\x1d\x3a\x5f" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def read_lines(document: bytes) -> list[str]:
    """The body's paragraphs in order, those of tables included; a line break is a newline."""
    body = docx.Document(io.BytesIO(document)).element.body
    return [item.text for item in body.iter(qn("w:p")) if isinstance(item, CT_P)]


def read_all(document: bytes) -> str:
    """Everything a reader may come across: every part of the package, without its mark-up."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return html.unescape(re.sub(r"<[^>]*>", "", "\n".join(parts)))


def read_margins(document: bytes) -> tuple[list[str], list[str]]:
    """The paragraphs of the page's header and of its footer."""
    section = docx.Document(io.BytesIO(document)).sections[0]
    return (
        [item.text for item in section.header.paragraphs],
        [item.text for item in section.footer.paragraphs],
    )


def read_rows(document: bytes) -> list[list[str]]:
    """The rows of every table, as the texts of their cells; paragraphs become lines."""
    body = docx.Document(io.BytesIO(document)).element.body
    return [
        ["\n".join(item.text for item in cell.p_lst) for cell in row.tc_lst]
        for row in body.iter(qn("w:tr"))
        if isinstance(row, CT_Row)
    ]
