"""The certifier's logo at the head of every document."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING

import docx
import ooxml
import pytest
from docx.oxml.ns import qn
from report_world import TEMPLATES, adopted, png, read_lines, settled_documents

from sheetgen.documents.kinds import ReportTemplate
from sheetgen.documents.school_templates import read_templates
from sheetgen.documents.word_package import is_usable_logo

if TYPE_CHECKING:
    from pathlib import Path

    from report_world import World


def test_every_document_shows_the_logo_once_with_its_alternative_text(
    tmp_path: Path, world: World
) -> None:
    """Within its room whatever its size, and valid for Word."""
    templates, problems = read_templates(TEMPLATES, png(1200, 300))
    assert problems == []
    assert templates.attendance is not None
    made = settled_documents(templates, adopted(world))
    made["attendance"] = templates.attendance.render(world.referential, world.session)
    for name, document in made.items():
        body = docx.Document(io.BytesIO(document)).element.body
        (picture,) = body.iter(qn("wp:inline"))
        assert picture.docPr.get("descr") == "Logo de École imaginaire", name
        # 6 cm by 1.5 cm: 360,000 English Metric Units to the centimetre.
        assert (picture.extent.cx, picture.extent.cy) == (2_160_000, 540_000), name
        (tmp_path / f"{name}.docx").write_bytes(document)
    shown = [tmp_path / f"{name}.docx" for name in ("minutes", "notification 1", "diploma 2")]
    assert ooxml.validate(shown) == []


def test_a_small_logo_is_not_blown_up(world: World) -> None:
    """It would be blurred on paper."""
    templates, _ = read_templates(TEMPLATES, png(72, 36))
    assert templates.report is not None
    document = templates.report.render_filled(world.decisions, world.decided("1"))
    (picture,) = docx.Document(io.BytesIO(document)).element.body.iter(qn("wp:inline"))
    assert (picture.extent.cx, picture.extent.cy) == (914_400, 457_200)


def test_a_template_keeps_its_logo_in_another_process(world: World) -> None:
    """And gives the same document there."""
    templates, _ = read_templates(TEMPLATES, png(72, 36))
    assert templates.report is not None
    sent = pickle.loads(pickle.dumps(templates.report))  # noqa: S301 - pickled on this very line
    ours = templates.report.render_filled(world.decisions, world.decided("1"))
    assert sent.render_filled(world.decisions, world.decided("1")) == ours


def test_a_template_reaches_no_file_by_the_logo(tmp_path: Path, world: World) -> None:
    """What makes a document can write one: a template, which may come by mail, never holds it."""
    stolen = tmp_path / "ailleurs.docx"
    document = docx.Document()
    document.add_paragraph(
        "{% if certification.logo.engine is defined %}"
        f"{{{{ certification.logo.engine.save('{stolen}') }}}}{{% endif %}}{{{{ session.code }}}}"
    )
    document.save(str(tmp_path / ReportTemplate.file))
    report = read_templates(tmp_path, png(9, 9))[0].report
    assert report is not None
    made = report.render_blank(world.referential, world.session, world.session.candidates[0])
    assert read_lines(made) == ["S1"]
    assert not stolen.exists()


@pytest.mark.parametrize(
    "data", [b"", b"logo", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", png(9, 9)[:20], b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_image_leaves_the_document_without_one(world: World, data: bytes) -> None:
    """Reading the référentiel tells the school; the documents do not wait for it."""
    assert not is_usable_logo(data)
    templates, problems = read_templates(TEMPLATES, data)
    assert problems == []
    assert templates.report is not None
    document = templates.report.render_filled(world.decisions, world.decided("1"))
    assert not list(docx.Document(io.BytesIO(document)).element.body.iter(qn("wp:inline")))
