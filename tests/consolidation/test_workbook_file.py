"""`consolidation.xlsx` as a file: inputs, pages, looks, and what it must never hold."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import builders
import openpyxl
import pytest
import python_calamine
from consolidated import TABS, edges, write

from sheetgen.consolidation.styles import TONES
from sheetgen.excel import text_fit
from sheetgen.excel.palette import contrast
from sheetgen.rules import SAFE_FUNCTIONS, decide_session
from sheetgen.text import FILLING_WORDS, FILLINGS, LETTERS, SIGNS

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from sheetgen.model import SessionDecisions


def test_sheets_are_in_the_order_of_the_design(formulas: Workbook) -> None:
    """Eight tabs for the jury; lists and workings are hidden, the stamp very hidden."""
    states = {sheet.title: sheet.sheet_state for sheet in formulas.worksheets}
    assert list(states) == [*TABS, "Fiche", "_listes", "_sheetgen", "_candidats", "_fiche"]
    assert {name for name, state in states.items() if state == "visible"} == {*TABS, "Fiche"}
    hidden = ("_listes", "_candidats", "_fiche")
    assert {states[name] for name in hidden} == {"hidden"}
    assert states["_sheetgen"] == "veryHidden"


def test_a_session_of_several_days_is_headed_by_both_ends(
    decisions: SessionDecisions, tmp_path: Path
) -> None:
    """On the first sheet and on the jury's own."""
    held = replace(decisions.session, date=date(2026, 6, 15), last_day=date(2026, 6, 17))
    book = openpyxl.load_workbook(write(tmp_path / "c.xlsx", replace(decisions, session=held)))
    for name in ("Synthèse", "Délibération"):
        texts = [cell.value for row in book[name].iter_rows(max_row=4) for cell in row]
        assert any("15/06/2026 au 17/06/2026" in str(text) for text in texts), name


def test_calamine_reads_the_same_sheets(path: Path) -> None:
    """A second reader, the one that returns are read with, opens it too."""
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    hidden = ("_listes", "_sheetgen", "_candidats", "_fiche")
    assert workbook.sheet_names == [*TABS, "Fiche", *hidden]
    rows = workbook.get_sheet_by_name("Décisions").to_python()
    assert rows[5][:3] == ["1", "Martin Zoé", "BC01"]


def test_charts_are_native_titled_and_described(path: Path) -> None:
    """Three charts, each with a title, its cached numbers and a text for those who cannot see."""
    with zipfile.ZipFile(path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        texts = [archive.read(name).decode() for name in sorted(charts)]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    titles = [
        "Résultats de la certification",
        "Taux de réussite par bloc",
        "Répartition des scores de bloc",
    ]
    assert [title in text for title, text in zip(titles, texts, strict=True)] == [True] * 3
    assert all("<c:numCache>" in text for text in texts)
    assert [f'descr="Graphique : {title},' in drawing for title in titles] == [True] * 3


def test_only_what_somebody_fills_in_is_unlocked(formulas: Workbook) -> None:
    """Marks, and the jury's own cells; every tab is protected, without a password."""
    unlocked = {
        (sheet.title, cell.coordinate[0])
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {
        ("Critères", "H"),
        ("Critères", "J"),
        ("Délibération", "D"),
        ("Délibération", "E"),
        ("Délibération", "F"),
        ("Délibération", "G"),
        *(("Fiche", letter) for letter in "BCD"),
    }
    for name in (*TABS, "Fiche"):
        protection = formulas[name].protection
        assert (protection.sheet, protection.password, protection.autoFilter) == (True, None, False)


def test_lists_come_from_ranges(formulas: Workbook) -> None:
    """Each dropdown offers exactly what may be chosen.

    The adoption of a proposal is offered where it settles the line, and not elsewhere.
    """
    offered, own = {}, {}
    for sheet in formulas.worksheets:
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list":
                place = sheet.title, str(rule.sqref)
                *condition, last = re.split(r",(?=')", str(rule.formula1).strip(")"))
                offered[place] = listed(formulas, last)
                if condition:
                    asked, unsettled = condition
                    own[place] = (asked, listed(formulas, unsettled))
    bloc = ["Proposition adoptée", "Validé", "Non validé"]
    certification = ["Proposition adoptée", "Délivrée", "Validation partielle", "Non délivrée"]
    levels = ["Acquis", "Partiellement acquis", "Non acquis", "Non observé"]
    card = offered.pop(("Fiche", "B1"))
    assert card == [
        "1 · Martin Zoé",
        "2 · =HYPERLINK(1) Éloïse",
        "3 · Petit Ana",
        "10 · Roux ; fils Li",
    ]
    assert offered == {
        ("Critères", "H6:H13"): levels,
        ("Critères", "J6:J13"): levels,
        ("Délibération", "D5"): ["Oui", "Non"],
        ("Délibération", "F12:F13"): bloc,
        ("Délibération", "F14"): certification,
        ("Délibération", "F15"): bloc,
        ("Délibération", "F16"): certification,
        ("Délibération", "F17"): bloc,
        ("Délibération", "F18"): certification,
    }
    due = 'IF(OR($E{0}="À délibérer",$E{0}="Incomplet",$E{0}="Incomplète")'
    assert own == {
        place: (due.format(place[1][1:3]), values[1:])
        for place, values in offered.items()
        if place[0] == "Délibération" and place[1] != "D5"
    }


def listed(workbook: Workbook, cells: str) -> list[object]:
    """Return what stands in a range that a list offers."""
    name, place = cells.split("!")
    return [row[0].value for row in workbook[name.strip("'")][place.replace("$", "")]]


def test_every_tab_fits_a_small_screen(formulas: Workbook) -> None:
    """At the zoom it opens with: 1,290 pixels wide, but for observations, 190 of them frozen high.

    Fifteen lines of the deliberation are then seen; LibreOffice draws columns a fiftieth wider.
    """
    for name in ("Fiche", *TABS):
        sheet = formulas[name]
        zoom = (sheet.sheet_view.zoomScale or 100) / 100
        aside = {"Critères": ("Observations des jurés",)}.get(name, ())
        header = {"Délibération": 11, "Fiche": 4}.get(name, 5)
        wide = sum(
            pixels
            for place, pixels in widths(sheet).items()
            if sheet.cell(header, place).value not in aside
        )
        assert wide * 1.02 * zoom <= 1290, name
        heights = [sheet.row_dimensions[row] for row in range(1, header + 1)]
        frozen = sum((row.height or 15) * 4 / 3 for row in heights if not row.hidden)
        assert frozen <= 190, name
    assert (520 - frozen) // 20 >= 15


def test_every_title_is_read_whole_beside_the_button_of_its_filter(formulas: Workbook) -> None:
    """In bold on two lines, one in « Délibération », without a word cut.

    A button is 18 pixels wide, a cell's margins are 3; `wrap` leaves 6 of a width to margins.
    """
    bold = text_fit.Font(size=11, bold=True)
    for name in TABS:
        sheet = formulas[name]
        header, lines = (11, 1) if name == "Délibération" else (5, 2)
        assert (sheet.row_dimensions[header].height or 0) >= 15 * lines, name
        for place, pixels in widths(sheet).items():
            title = str(sheet.cell(header, place).value)
            found = text_fit.wrap(title, (pixels - 18 - 3 + 6) / 7, bold)
            assert " ".join(found) == title, (name, found)
            assert len(found) <= lines, (name, found)


def widths(sheet: Worksheet) -> dict[int, float]:
    """Return the width in pixels of each column that is not hidden, by its number."""
    return {
        place: int((item.width or 0) * 7 + 0.5)
        for item in sheet.column_dimensions.values()
        if not item.hidden
        for place in range(item.min or 1, (item.max or 1) + 1)
    }


def test_every_tab_is_ready_to_read_and_to_print(formulas: Workbook) -> None:
    """Filter, frozen header, repeated header row, A4 landscape one page wide, footer."""
    for name in TABS:
        sheet = formulas[name]
        header = 11 if name == "Délibération" else 5
        assert str(sheet.freeze_panes).endswith(str(header + 1)), name
        assert str(sheet.auto_filter.ref).startswith(f"A{header}:"), name
        # What is printed below the candidates, who fit on a page, has not their header.
        repeated = None if name == "Synthèse" else f"${header}:${header}"
        assert sheet.print_title_rows == repeated, name
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), name
        assert sheet.page_setup.fitToHeight == 0, name
        assert edges(sheet.oddFooter) == ["S1", name, "Page &P / &N"], name


def test_properties_describe_the_session(formulas: Workbook) -> None:
    """Title, subject, and the session's date as the date of creation."""
    properties = formulas.properties
    assert properties.title == "Consolidation S1"
    assert properties.subject == "Concepteur <UX> & UI"
    assert properties.created is not None
    assert properties.created.date() == date(2026, 6, 15)


def test_the_stamp_says_what_the_workbook_was_made_from(
    shown: Workbook, decisions: SessionDecisions
) -> None:
    """Schema, session, référentiel, and each return that counts with its hash, in order."""
    rows = [[cell.value for cell in row] for row in shown["_sheetgen"].iter_rows()]
    assert [row[:2] for row in rows[:5]] == [
        ["schéma", "sheetgen.consolidation/1"],
        ["session", "S1"],
        ["version du référentiel", "2"],
        ["empreinte du référentiel", decisions.referential.fingerprint],
        ["provisoire", "Oui"],
    ]
    assert rows[6][:5] == ["fichier", "sha256", "candidat", "juré", "statut"]
    assert rows[7][:5] == ["retours/1-J1.xlsx", "e" * 64, "1", "J1", "Acceptée"]
    assert [row[2:4] for row in rows[7:] if row[0]] == [
        ["1", "J1"],
        ["1", "J10"],
        ["1", "J2"],
        ["10", "J1"],
        ["10", "J10"],
        ["2", "J1"],
    ]


def test_the_stamp_says_what_was_proposed(shown: Workbook) -> None:
    """Every bloc of those who came, its exact score, the certification, and the mean asked for."""
    rows = [[cell.value for cell in row][6:10] for row in shown["_sheetgen"].iter_rows()]
    assert rows[0][:2] == ["moyenne générale minimale", "aucune"]
    assert rows[6] == ["n°", "objet", "proposition", "score"]
    assert rows[7:] == [
        ["1", "BC01", "Validé", "7/8"],
        ["1", "BC02", "Non validé", "1/4"],
        ["1", "Certification", "Validation partielle", None],
        ["2", "BC01", "Incomplet", None],
        ["2", "BC02", "Déjà acquis", None],
        ["2", "Certification", "Incomplète", None],
        ["10", "BC01", "Non présenté", None],
        ["10", "BC02", "Validé", "1"],
        ["10", "Certification", "Validation partielle", None],
    ]


def test_formulas_use_only_functions_that_every_program_shares(formulas: Workbook) -> None:
    """Every formula of every sheet is read; no text became one."""
    used = set()
    count = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    bare = re.sub(r'"[^"]*"', '""', str(cell.value))
                    used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare))
    assert count > 200
    assert used <= SAFE_FUNCTIONS


def test_formulas_reach_over_short_ranges(formulas: Workbook) -> None:
    """None but the summary's figures looks beyond a bloc, here of three criteria at most.

    A reason is looked up in a list, which is the same whatever the session; `Fiche` looks for one
    candidate's rows.
    """
    spans = [
        int(last) - int(first) + 1
        for sheet in formulas.worksheets
        if sheet.title not in ("Synthèse", "Fiche", "_fiche")
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for first, last in re.findall(
            r"\$[A-Z]+\$(\d+):\$[A-Z]+\$(\d+)", str(cell.value).replace("'_listes'!", "")
        )
    ]
    assert spans
    reasons = {len(items) for items in (FILLINGS, FILLING_WORDS, LETTERS, SIGNS)}
    assert max(span for span in spans if span not in reasons) == 3


def test_the_same_decisions_give_the_same_bytes(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Whatever the order in which candidates and returns came."""
    turned = replace(
        decisions,
        candidates=tuple(decisions.candidates)[::-1],
        returns=decisions.returns[::-1],
        problems=decisions.problems[::-1],
    )
    one, two = write(tmp_path / "one.xlsx", decisions), write(tmp_path / "two.xlsx", turned)
    with zipfile.ZipFile(one) as left, zipfile.ZipFile(two) as right:
        assert {name: left.read(name) for name in left.namelist()} == {
            name: right.read(name) for name in right.namelist()
        }


def test_texts_beyond_what_a_cell_holds_are_cut(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """A title of 40,000 characters, some outside the basic plane, is cut; the file is written."""
    long = "é😀" * 20_000
    first = replace(decisions.referential.criteria[0], title=long)
    criteria = (first, *decisions.referential.criteria[1:])
    changed = replace(decisions, referential=replace(decisions.referential, criteria=criteria))
    workbook = openpyxl.load_workbook(write(tmp_path / "l.xlsx", changed))
    assert len(str(workbook["Critères"]["F6"].value).encode("utf-16-le")) <= 2 * 32_767


def test_odd_characters_in_marks_and_comments_leave_the_file_readable(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Control characters and XML marks in names, labels and comments: two readers open the file."""
    odd = 'A<&">\x01\x0b_x0041_'
    session = replace(
        decisions.session,
        candidates=tuple(replace(item, last_name=odd) for item in decisions.session.candidates),
        jurors=tuple(replace(item, last_name=odd) for item in decisions.session.jurors),
        code='S&1<"',
    )
    path = write(tmp_path / "odd.xlsx", replace(decisions, session=session))
    assert openpyxl.load_workbook(path)["Délibération"]["A12"].value == "1"
    rows = python_calamine.CalamineWorkbook.from_path(str(path))
    assert rows.get_sheet_by_name("Délibération").to_python()[11][1] == odd


def test_a_note_too_fine_to_list_is_checked_by_a_formula(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """By hundredths: the mark cells accept such a note or « Non observé »."""
    referential = replace(decisions.referential, scale=builders.note_scale(step="1/100"))
    marked = replace(
        decisions,
        referential=referential,
        candidates=decide_session(referential, decisions.session, {}),
    )
    sheet = openpyxl.load_workbook(write(tmp_path / "f.xlsx", marked))["Critères"]
    validation = sheet.data_validations.dataValidation[0]
    rule = (
        "IF(COUNT(H6)=1,AND(H6>=0,H6<=20,ROUND((H6-0)/0.01,6)=ROUND((H6-0)/0.01,0)),"
        'H6="Non observé")'
    )
    assert (validation.type, validation.formula1) == ("custom", rule)
    assert validation.error == "Saisir une note de 0 à 20, par pas de 0,01, ou « Non observé »."


def test_every_text_stands_out_on_its_ground() -> None:
    """A contrast of 4.5:1 or more for every tone of the palette."""
    assert {tone: contrast(tone.ink, tone.ground) >= 4.5 for tone in TONES} == dict.fromkeys(
        TONES, True
    )


def test_a_failed_write_leaves_the_former_file_and_nothing_else(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """A decision about an unknown bloc cannot be written: the folder stays as it was."""
    path = tmp_path / "consolidation.xlsx"
    path.write_text("former", encoding="utf-8")
    stripped = replace(decisions.referential, blocks=decisions.referential.blocks[:1])
    with pytest.raises(KeyError):
        write(path, replace(decisions, referential=stripped))
    assert [item.name for item in tmp_path.iterdir()] == ["consolidation.xlsx"]
    assert path.read_text(encoding="utf-8") == "former"


def test_a_path_that_cannot_be_written_is_an_os_error(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """A name longer than any file system takes: an error that a command knows how to tell."""
    with pytest.raises(OSError, match="too long"):
        write(tmp_path / f"{'x' * 300}.xlsx", decisions)
