"""Shortcuts: a letter or digit typed in place of a label, shown as it, counted and read as it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import builders
import grid_files
import pytest
from recalculation import recalculate

from sheetgen.excel import formats

if TYPE_CHECKING:
    from sheetgen.model import Referential, Scale
    from sheetgen.spreadsheet import RawCell

DIGITS = "210"


def known(scale: Scale) -> Referential:
    """One competency of four criteria, another of one, on this scale."""
    return builders.referential({"C1.1": 4, "C2.1": 1}, scale=scale)


@pytest.mark.parametrize(
    ("scale", "typed", "points"),
    [
        (builders.lettered_scale(), ["A", "p", "x", "o"], [2, 1, 0, ""]),
        (
            builders.lettered_scale(),
            ["Acquis", "partiellement acquis", "X", "Non observé"],
            [2, 1, 0, ""],
        ),
        (builders.lettered_scale(DIGITS, "9"), ["2", 1, 0.0, 9], [2, 1, 0, ""]),
        (replace(builders.note_scale(), unobserved="N"), [12.5, "n", "N", 20], [12.5, "", "", 20]),
    ],
)
def test_shortcuts_count_as_labels_do(
    scale: Scale, typed: list[RawCell], points: list[float | str]
) -> None:
    """Points, what is left to do, and what is refused follow them at once, in both cases."""
    referential = known(scale)
    grid = grid_files.write(referential, builders.session(referential))
    rows = [item.row + 1 for item in grid.plan.blocks[0].criteria]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "grid.xlsx"
        path.write_bytes(grid.data)
        book = recalculate(path)
        for row, value in zip(rows, typed, strict=True):
            book.write("BC01", f"C{row}", value if isinstance(value, str) else float(str(value)))
        assert [book.value("BC01", f"E{row}") for row in rows] == points
        states = {str(book.value("BC01", f"F{row}")) for row in rows}
        assert states <= {"✔ Évalué", "✎ À motiver"}
        book.write("BC01", f"C{rows[0]}", "Z")
        assert book.value("BC01", f"F{rows[0]}") == "⚠ Valeur refusée"


def test_shortcuts_are_accepted_shown_as_labels_and_told() -> None:
    """By the list after the labels, by a conditional format of its own, and by the words."""
    referential = known(builders.lettered_scale())
    grid = grid_files.write(referential, builders.session(referential))
    sheet = grid.book["BC01"]
    rule = sheet.data_validations.dataValidation[0]
    assert rule.formula1 == "_sheetgen!$D$2:$D$9"
    hidden = grid.book["_sheetgen"]
    assert [hidden[f"D{row}"].value for row in range(6, 10)] == ["A", "P", "X", "O"]
    assert rule.prompt is None
    assert rule.error.startswith("Taper A : Acquis ; P : Partiellement acquis ; X : Non acquis ;")
    shown = {
        rule.formula[0]: rule.dxf.numFmt.formatCode
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.dxf.numFmt is not None
    }
    assert shown == {
        f'UPPER($C2)="{typed}"': ";".join([f'"{label}"'] * 4)
        for typed, label in referential.scale.shortcuts.items()
    }
    assert sheet["D3"].value == "A Acquis · P Partiellement acquis · X Non acquis · O Non observé"
    home = " ".join(str(cell.value) for row in grid.book["Accueil"].iter_rows() for cell in row)
    assert "Le plus rapide : tapez A, P, X ou O, puis Entrée" in home


def test_any_label_can_be_shown_by_a_number_format() -> None:
    """Quotes are escaped, lines joined; one that is far too long leaves what was typed."""
    assert formats.always('Dit « "oui" »\nou non').split(";")[3] == (
        '"Dit « "\\""oui"\\"" » ou non"'
    )
    assert formats.always("x" * 100) == f';;;"{"x" * 100}"'
    assert formats.always("x" * 300) == formats.TEXT


def test_the_fingerprint_holds_shortcuts_where_there_are_any() -> None:
    """A juror sees them; a référentiel without keeps the fingerprint that its grids bear."""
    plain = known(builders.level_scale())
    found = {
        known(scale).fingerprint
        for scale in (
            plain.scale,
            builders.lettered_scale(unobserved=None),
            builders.lettered_scale("APN"),
            builders.lettered_scale(),
            replace(plain.scale, unobserved="O"),
        )
    }
    assert len(found) == 5
    assert known(replace(plain.scale, unobserved=None)).fingerprint == plain.fingerprint
