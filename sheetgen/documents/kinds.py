"""The documents there are: each kind of template, and what it is filled with.

A template, read and checked, renders any number of documents, the same from run to run.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen import seals
from sheetgen.documents import fields
from sheetgen.documents.contexts import (
    attendance_context,
    blank_context,
    block_certificate_context,
    convocation_context,
    diploma_context,
    explanation_context,
    filled_context,
    final_context,
    instructions_context,
    minutes_context,
    notification_context,
    paper_grid_context,
    transcript_context,
)
from sheetgen.documents.filling import Filling
from sheetgen.documents.template import RenderError, WordTemplate
from sheetgen.documents.word_package import PageMarks
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Juror

if TYPE_CHECKING:
    from datetime import date

    from sheetgen.documents.contexts import Context, ToldDecision
    from sheetgen.documents.missing import MissingFields
    from sheetgen.documents.settled import Settled
    from sheetgen.model import (
        Assignment,
        BlockCode,
        Candidate,
        CandidateDecision,
        Referential,
        Session,
        SessionDecisions,
    )

__all__ = [
    "AttendanceTemplate",
    "BlockCertificateTemplate",
    "ConvocationTemplate",
    "DiplomaTemplate",
    "ExplanationTemplate",
    "InstructionsTemplate",
    "MinutesTemplate",
    "NotificationTemplate",
    "PaperGridTemplate",
    "RenderError",
    "ReportTemplate",
    "TranscriptTemplate",
]


@dataclass(frozen=True)
class ReportTemplate(WordTemplate):
    """The jury's report on one candidate: blank, then with proposals, then with decisions."""

    file = "rapport-jury.docx"
    fields = fields.REPORT

    def render_blank(
        self,
        referential: Referential,
        session: Session,
        candidate: Candidate,
        missing: MissingFields | None = None,
    ) -> bytes:
        """Return the report to be filled in by hand, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        context = blank_context(referential, session, candidate)
        return self.fill(_filling(referential, session.date, context, missing, candidate.id))

    def render_filled(
        self,
        decisions: SessionDecisions,
        decision: CandidateDecision,
        missing: MissingFields | None = None,
    ) -> bytes:
        """Return the report on what is proposed for one candidate, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        context, day = filled_context(decisions, decision), decisions.session.date
        about = decision.candidate
        return self.fill(_filling(decisions.referential, day, context, missing, about))

    def render_final(
        self, settled: Settled, decision: CandidateDecision, missing: MissingFields | None = None
    ) -> bytes:
        """Return the report on what the jury decided for one candidate, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        paper = ("rapport", decision.candidate, "")
        return self.fill(_signed(self, settled, paper, final_context(settled, decision), missing))


@dataclass(frozen=True)
class AttendanceTemplate(WordTemplate):
    """The attendance sheet of a session."""

    file = "feuille-emargement.docx"
    fields = fields.ATTENDANCE

    def render(
        self, referential: Referential, session: Session, missing: MissingFields | None = None
    ) -> bytes:
        """Return the sheet that candidates and jury sign, as a .docx file.

        Raises:
            RenderError: the template fails on this session's data.
        """
        context = attendance_context(referential, session)
        return self.fill(_filling(referential, session.date, context, missing))


@dataclass(frozen=True)
class InstructionsTemplate(WordTemplate):
    """The page that tells jurors how to fill in a grid."""

    file = "consignes-jures.docx"
    fields = fields.INSTRUCTIONS

    def render(
        self, referential: Referential, session: Session, missing: MissingFields | None = None
    ) -> bytes:
        """Return the page to send to jurors, as a .docx file.

        Raises:
            RenderError: the template fails on this session's data.
        """
        context = instructions_context(referential, session)
        return self.fill(_filling(referential, session.date, context, missing))


@dataclass(frozen=True)
class MinutesTemplate(WordTemplate):
    """The procès-verbal of a session."""

    file = "proces-verbal.docx"
    fields = fields.MINUTES

    def render(
        self, settled: Settled, missing: MissingFields | None = None, jury: str | None = None
    ) -> bytes:
        """Return the record that the jury signs, or one of several, as a .docx file.

        Raises:
            RenderError: the template fails on this session's data.
        """
        paper = ("proces-verbal", "", jury or "")
        return self.fill(_signed(self, settled, paper, minutes_context(settled, jury), missing))


@dataclass(frozen=True)
class NotificationTemplate(WordTemplate):
    """The result that a candidate is sent."""

    file = "notification.docx"
    fields = fields.NOTIFICATION

    def render(
        self, settled: Settled, decision: CandidateDecision, missing: MissingFields | None = None
    ) -> bytes:
        """Return one candidate's own result, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        paper, context = (
            ("notification", decision.candidate, ""),
            notification_context(settled, decision),
        )
        return self.fill(_signed(self, settled, paper, context, missing))


@dataclass(frozen=True)
class BlockCertificateTemplate(WordTemplate):
    """The attestation of one bloc, validated at this session."""

    file = "attestation-bloc.docx"
    fields = fields.BLOCK_CERTIFICATE

    def render(
        self,
        settled: Settled,
        decision: CandidateDecision,
        block: BlockCode,
        missing: MissingFields | None = None,
    ) -> bytes:
        """Return the attestation of one bloc for one candidate, as a .docx file.

        Raises:
            ValueError: the jury did not validate this bloc.
            RenderError: the template fails on this candidate's data.
        """
        paper = ("attestation", decision.candidate, block)
        context = block_certificate_context(settled, decision, block)
        return self.fill(_signed(self, settled, paper, context, missing))


@dataclass(frozen=True)
class DiplomaTemplate(WordTemplate):
    """The parchment of the certification."""

    file = "parchemin.docx"
    fields = fields.DIPLOMA

    def render(
        self, settled: Settled, decision: CandidateDecision, missing: MissingFields | None = None
    ) -> bytes:
        """Return one candidate's parchment, as a .docx file.

        Raises:
            ValueError: the jury did not award the certification.
            RenderError: the template fails on this candidate's data.
        """
        paper, context = ("parchemin", decision.candidate, ""), diploma_context(settled, decision)
        return self.fill(_signed(self, settled, paper, context, missing))


@dataclass(frozen=True)
class TranscriptTemplate(WordTemplate):
    """The transcript of a candidate's marks: by bloc, épreuve and competency."""

    file = "releve.docx"
    fields = fields.TRANSCRIPT

    def render(
        self, settled: Settled, decision: CandidateDecision, missing: MissingFields | None = None
    ) -> bytes:
        """Return one candidate's transcript, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        paper, context = ("releve", decision.candidate, ""), transcript_context(settled, decision)
        return self.fill(_signed(self, settled, paper, context, missing))


@dataclass(frozen=True)
class ConvocationTemplate(WordTemplate):
    """The convocation of a candidate or a juror."""

    file = "convocation.docx"
    fields = fields.CONVOCATION

    def render(
        self,
        referential: Referential,
        session: Session,
        person: Candidate | Juror,
        missing: MissingFields | None = None,
    ) -> bytes:
        """Return one person's convocation, as a .docx file.

        Raises:
            RenderError: the template fails on this person's data.
        """
        context = convocation_context(referential, session, person)
        about = person.code if isinstance(person, Juror) else person.id
        return self.fill(_filling(referential, session.date, context, missing, about))


@dataclass(frozen=True)
class PaperGridTemplate(WordTemplate):
    """The grid that a juror fills in with a pen."""

    file = "grille-papier.docx"
    fields = fields.PAPER_GRID

    def render(
        self,
        referential: Referential,
        session: Session,
        assignment: Assignment,
        missing: MissingFields | None = None,
    ) -> bytes:
        """Return one grid to print, as a .docx file.

        Raises:
            RenderError: the template fails on this grid's data.
        """
        context = paper_grid_context(referential, session, assignment)
        about = assignment.candidate
        return self.fill(_filling(referential, session.date, context, missing, about))


@dataclass(frozen=True)
class ExplanationTemplate(WordTemplate):
    """The explanation of a decision, for a candidate who asks or appeals."""

    file = "explication.docx"
    fields = fields.EXPLANATION

    def render(self, told: ToldDecision, missing: MissingFields | None = None) -> bytes:
        """Return how one candidate was decided, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        context = explanation_context(told)
        day = told.session.date if told.closing is None else told.closing.date
        return self.fill(_filling(told.referential, day, context, missing, told.candidate.id))


def _filling(
    referential: Referential,
    day: date | None,
    context: Context,
    missing: MissingFields | None,
    about: str = "",
) -> Filling:
    """Return what a document of this day is filled with, about a person or the whole session."""
    return Filling(
        context=context,
        title=_title(context),
        author=referential.certification.certifier,
        made_on=day,
        candidate=about,
        missing=missing,
    )


def _signed(
    template: WordTemplate,
    settled: Settled,
    paper: tuple[str, str, str],
    context: Context,
    missing: MissingFields | None,
) -> Filling:
    """Return what a paper of a closed session is filled with, dated of the day of its closing.

    Args:
        template: the one to be filled.
        settled: what the jury decided.
        paper: its kind, candidate and bloc.
        context: the values of its fields.
        missing: gathers the fields that are printed without a value.
    """
    day = settled.deliberation.closing.date
    return replace(
        _filling(settled.decisions.referential, day, context, missing, paper[1]),
        marks=_marks(template, settled, paper),
        code=_code(template, settled, paper),
    )


def _code(template: WordTemplate, settled: Settled, paper: tuple[str, str, str]) -> bytes | None:
    """Return the picture of the code by which a paper is verified; None where none is printed."""
    sealed = settled.seal(*paper)
    if sealed is None or not template.names("document.qr"):
        return None
    page = settled.decisions.referential.certification.verification_page
    return seals.qr_picture(sealed.address(page or ""))


def _marks(
    template: WordTemplate, settled: Settled, paper: tuple[str, str, str]
) -> PageMarks | None:
    """Return what each page of a paper says on top of its template; None for nothing.

    Args:
        template: one that prints itself what the paper replaces is left to it.
        settled: whether it is a draft, and what papers replace.
        paper: its kind, candidate and bloc.
    """
    notice = settled.notice(*paper)
    if notice and any(map(template.names, ("document.remplace", "rapport.remplace"))):
        notice = ""
    if not notice and not settled.draft:
        return None
    return PageMarks(draft=settled.draft, notice=notice)


def _title(context: Context) -> str:
    document = context.get("document") or context["rapport"]
    return str(document["titre"]) if isinstance(document, dict) else ""


TEMPLATE_KINDS = tuple(WordTemplate.__subclasses__())
"""Every kind of document, in the order of the classes above."""
