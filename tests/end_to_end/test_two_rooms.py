"""Two days and two rooms, from the cells of `session.xlsx` to what is signed and sent."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from conftest import EXAMPLES
from fill_grids import open_grid
from report_world import read_rows

if TYPE_CHECKING:
    from conftest import Workplace

TURNS = {
    "C01": (dt.datetime(2026, 6, 15, 9, 0), "Amphi Nord"),  # noqa: DTZ001 (a cell has no zone)
    "C02": (dt.datetime(2026, 6, 15, 9, 30), "A 12"),  # noqa: DTZ001 (likewise)
    "C03": (dt.datetime(2026, 6, 15, 8, 0), "Amphi Nord"),  # noqa: DTZ001 (likewise)
    "C04": (dt.datetime(2026, 6, 16, 14, 0), "A 12"),  # noqa: DTZ001 (likewise)
}


def test_each_day_and_room_is_signed_apart_and_each_person_called(workplace: Workplace) -> None:
    """In the order of turns; who has none stands on the last sheet; drafts wait unsent."""
    book = open_grid(EXAMPLES / "session.xlsx")
    sheet = book["Candidats"]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
    for row in range(2, 12):
        if turn := TURNS.get(str(sheet.cell(row, 1).value)):
            sheet.cell(row, columns["Passage"], turn[0])
            sheet.cell(row, columns["Salle"], turn[1])
    path = workplace.folder / "session.xlsx"
    book.save(path)
    done = workplace.run("generate", "--session", str(path))
    assert done.exit_code == 0, done.output

    document = (workplace.outputs / "rapports" / "feuille-emargement.docx").read_bytes()
    rows = read_rows(document)
    placed = [row[:2] for row in rows if row[0] == "Salle" or row[0] in TURNS]
    hour = "\N{NO-BREAK SPACE}h"
    assert placed == [
        ["Salle", "A 12"],
        ["C02", f"9{hour}\N{NO-BREAK SPACE}30"],
        ["Salle", "Amphi Nord"],
        ["C03", f"8{hour}"],
        ["C01", f"9{hour}"],
        ["Salle", "A 12"],
        ["C04", f"14{hour}"],
    ]

    calls = workplace.outputs / "convocations"
    called = read_rows((calls / "convocation_C04_Lafiction.docx").read_bytes())
    assert ["Heure", f"14{hour}"] in called
    assert ["Salle", "A 12"] in called
    assert len(list(calls.glob("*.eml"))) == len(list(calls.glob("*.docx"))) == 13
    draft = (calls / "convocation_C04_Lafiction.eml").read_bytes()
    message = message_from_bytes(draft, policy=policy.default)
    (part,) = message.iter_attachments()
    assert message["X-Unsent"] == "1"
    assert part.get_filename() == "convocation_C04_Lafiction.docx"
