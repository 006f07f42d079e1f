"""The small session of `deliberations`, consolidated once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import deliberations
import pytest

from sheetgen.jury import FinalDecisions

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import SessionDecisions


@pytest.fixture(scope="session")
def decisions() -> SessionDecisions:
    """Return what is proposed."""
    return deliberations.small_decisions()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, decisions: SessionDecisions) -> Path:
    """The consolidation as written, in which nobody wrote."""
    return deliberations.write(tmp_path_factory.mktemp("written"), decisions)


@pytest.fixture
def workbook(tmp_path: Path, written: Path) -> Path:
    """A copy to write in."""
    return shutil.copyfile(written, tmp_path / deliberations.FILE)


@pytest.fixture
def final(workbook: Path, decisions: SessionDecisions) -> FinalDecisions:
    """The session closed with all adopted but what was to be deliberated."""
    deliberations.fill(workbook, deliberations.SETTLED)
    deliberation, problems = deliberations.read(workbook, decisions)
    assert problems == []
    assert deliberation is not None
    return FinalDecisions(proposals=decisions, deliberation=deliberation)
