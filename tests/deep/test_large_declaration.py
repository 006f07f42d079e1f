"""Fifty thousand passages: exported, checked and answered in little time and memory."""

from __future__ import annotations

import datetime as dt
import re
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from cdc_schema import write_answer, write_declared_title, write_schema
from conftest import EXAMPLES

from sheetgen.commands import (
    ExportRequest,
    Options,
    ReportRequest,
    export_declaration,
    report_declaration,
)
from sheetgen.register import open_register
from sheetgen.register.register_tables import ATTEMPT, CERTIFICATION, CLOSING, PERSON

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE, FEW = 50_000, 5_000
MOST_SECONDS = 60
"""Of processor time, for the export."""

MOST_GROWTH = 20_000_000
"""Bytes that Python may hold more for ten times the people."""


def _school(folder: Path, people: int) -> tuple[Options, Path]:
    """Return a register where so many hold RNCP1, and the référentiel that declares it."""
    folder.mkdir()
    source = EXAMPLES / "referential.xlsx"
    title = write_declared_title(folder / "referential.xlsx", source, Code_RNCP="RNCP1")
    register = open_register(str(folder / "register.sqlite"), create=True)
    assert register is not None
    with register.writing() as connection:
        connection.execute(
            CERTIFICATION.insert(), [{"key": "rncp1", "rncp_code": "RNCP1", "title": "Titre"}]
        )
        said = {
            "certification": 1,
            "session": "S",
            "session_date": "2026-06-15",
            "folder": "f",
            "version": 1,
            "recorded": "2026-06-15T10:00:00+00:00",
        }
        connection.execute(CLOSING.insert(), [said])
        persons = [
            {
                "last_name": "Le Goff",
                "first_name": "Anaïs",
                "sex": "F",
                "birth_date": dt.date(1990, 1, 1),
                "birth_insee_code": "35238",
            }
            for _ in range(people)
        ]
        connection.execute(PERSON.insert(), persons)
        attempts = [
            {
                "closing": 1,
                "person": number + 1,
                "candidate": f"C{number}",
                "last_name": "Le Goff",
                "first_name": "Anaïs",
                "access_route": "VAE",
                "outcome": "awarded",
            }
            for number in range(people)
        ]
        connection.execute(ATTEMPT.insert(), attempts)
    register.close()
    return Options(register=str(folder / "register.sqlite")), title


def _export(folder: Path, people: int) -> tuple[float, int]:
    """Return the processor time of an export, and the most that Python held."""
    options, title = _school(folder, people)
    request = ExportRequest(
        referential=title, file=folder / "flux.xml", schema=write_schema(folder / "cdc.xsd")
    )
    tracemalloc.start()
    before = time.process_time()
    answer = export_declaration(options, request)
    taken = time.process_time() - before
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.problems == ()
    assert [flow.passages for flow in answer.flows] == [people]
    return taken, most


@pytest.mark.deep
def test_fifty_thousand_are_exported_in_a_minute_with_flat_memory(tmp_path: Path) -> None:
    """Ten times the people take no more memory; the answer to them is read too."""
    _, little = _export(tmp_path / "few", FEW)
    taken, most = _export(tmp_path / "many", PEOPLE)
    assert taken < MOST_SECONDS
    assert most - little < MOST_GROWTH
    folder = tmp_path / "many"
    ids = re.findall("<cpf:idTechnique>(.*?)<", (folder / "flux.xml").read_text("utf-8"))
    path = write_answer(folder / "accuse.xml", ids[1:], {ids[0]: "Aucun titulaire"})
    asked = ReportRequest(
        referential=folder / "referential.xlsx", file=path, today=dt.date(2026, 7, 1)
    )
    answer = report_declaration(Options(register=str(folder / "register.sqlite")), asked)
    assert (answer.accepted, answer.refused) == (PEOPLE - 1, 1)
