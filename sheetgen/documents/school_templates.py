"""The templates of a school: each kind looked for in its folder, read and checked.

Some kinds came after the first release: the folders of before lack them, and still serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.kinds import (
    AttendanceTemplate,
    BlockCertificateTemplate,
    ConvocationTemplate,
    DiplomaTemplate,
    ExplanationTemplate,
    InstructionsTemplate,
    MinutesTemplate,
    NotificationTemplate,
    PaperGridTemplate,
    ReportTemplate,
    TranscriptTemplate,
)
from sheetgen.documents.template import Kind, read_word_template
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, outputs

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates of a school; None where one is missing or of no use."""

    report: ReportTemplate | None
    attendance: AttendanceTemplate | None
    instructions: InstructionsTemplate | None
    minutes: MinutesTemplate | None
    notification: NotificationTemplate | None
    block_certificate: BlockCertificateTemplate | None
    diploma: DiplomaTemplate | None
    transcript: TranscriptTemplate | None = None
    explanation: ExplanationTemplate | None = None
    convocation: ConvocationTemplate | None = None
    paper_grid: PaperGridTemplate | None = None


def read_templates(folder: Path, logo: bytes | None = None) -> tuple[Templates, list[Problem]]:
    """Return every template in this folder, checked, with everything wrong with them.

    Args:
        folder: the school's templates.
        logo: the certifier's PNG or JPEG image, which any template may print.
    """
    problems: list[Problem] = []

    def read(kind: type[Kind]) -> Kind | None:
        template, found = read_word_template(folder / kind.file, kind, logo)
        problems.extend(found)
        return template

    templates = Templates(
        report=read(ReportTemplate),
        attendance=read(AttendanceTemplate),
        instructions=read(InstructionsTemplate),
        minutes=read(MinutesTemplate),
        notification=read(NotificationTemplate),
        block_certificate=read(BlockCertificateTemplate),
        diploma=read(DiplomaTemplate),
        transcript=_read_later(folder, TranscriptTemplate, logo, problems),
        convocation=_read_later(folder, ConvocationTemplate, logo, problems),
        # Folders of before have neither, and only `--paper` and `explain --word` need them.
        paper_grid=read(PaperGridTemplate) if (folder / PaperGridTemplate.file).exists() else None,
        explanation=read(ExplanationTemplate)
        if (folder / ExplanationTemplate.file).exists()
        else None,
    )
    return templates, problems


_LATER = {
    TranscriptTemplate.file: outputs.TRANSCRIPT_TEMPLATE_ABSENT,
    ConvocationTemplate.file: outputs.CONVOCATION_TEMPLATE_ABSENT,
}
"""The kinds whose absence is told, with a note: folders of before have no such template."""


def _read_later(
    folder: Path, kind: type[Kind], logo: bytes | None, problems: list[Problem]
) -> Kind | None:
    """Return a template that came after the others; a folder of before, without it, gets a note."""
    path = folder / kind.file
    if not path.exists():
        problems.append(_LATER[kind.file].at(Location(file=path.name)))
        return None
    template, found = read_word_template(path, kind, logo)
    problems.extend(found)
    return template
