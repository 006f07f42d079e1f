"""Corrections go back to a juror, their marks kept and the rest flagged, and can come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import builders
from ooxml import validate
from returns.desk import (
    CELLS,
    DESK,
    MARKED,
    POINTS,
    REFERENTIAL,
    SESSION,
    Desk,
    edited,
    opened,
    raw_cell,
    said,
    values,
)

from sheetgen.grid import contract
from sheetgen.grid.identity import SigningKey
from sheetgen.grid.write import Answers
from sheetgen.model import ReturnStatus
from sheetgen.returns.corrections import render_corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from openpyxl import Workbook

    from sheetgen.problems import Problem
    from sheetgen.returns.collect import Collection

NAME = "grille_1_J1_Nom-1.xlsx"
DONE = "rendus/2-J1.xlsx"


def corrected(collection: Collection, desk: Desk = DESK) -> dict[str, bytes]:
    """Return what goes back to jurors, by file name."""
    problems: list[Problem] = []
    found = dict(render_corrections(collection, desk.expected, problems))
    assert problems == []
    return found


def corrections(
    files: Mapping[str, bytes], desk: Desk = DESK, juror: str = "J1"
) -> dict[str, bytes]:
    """Return what goes back to one juror, everything else having come back whole."""
    whole = {
        f"rendus/{item.candidate}-{item.juror}.xlsx": desk.grid(item.candidate, item.juror)
        for item in desk.session.assignments
        if (item.candidate, item.juror) != ("1", "J1")
    }
    found = corrected(desk.collect({**whole, **files}), desk)
    own = (f"message_{juror}.txt", f"_{juror}_")
    return {name: data for name, data in found.items() if name == own[0] or own[1] in name}


def typed(*cells: tuple[str, object]) -> Callable[[Workbook], None]:
    """Values typed over marks."""

    def change(book: Workbook) -> None:
        for code, value in cells:
            sheet, cell = CELLS[code]
            book[sheet][cell].value = value

    return change


FAULTY = edited(DESK.grid(), typed(("C1.1.2", "Partielement"), ("C1.1.3", None), ("C2.1.1", 3)))
"""C1.1.2 and C2.1.1 refused, C1.1.3 blank; C1.1.2 and C1.1.3 have comments."""


def test_jurors_who_owe_nothing_get_nothing() -> None:
    """A whole session that came back needs no corrections."""
    assert corrections({"rendus/1-J1.xlsx": DESK.grid()}) == {}


def test_a_faulty_grid_comes_back_with_its_valid_marks_and_all_comments() -> None:
    """The corrected workbook is a return: incomplete, and what was faulty is blank in it."""
    sent = corrections({"abc.xlsx": FAULTY})
    assert sorted(sent) == [NAME, "message_J1.txt"]
    collection = DESK.collect({"corrigé.xlsx": sent[NAME]})
    (item,) = collection.returns
    assert values(collection) == {code: MARKED[code] for code in ("C1.1.1", "C1.2.1", "C1.2.2")}
    assert item.status is ReturnStatus.INCOMPLETE
    assert said(item.problems) == [
        ("comment-without-mark", "BC01", "C7"),
        ("comment-without-mark", "BC01", "C8"),
        ("marks-blank", "BC01", ""),
        ("marks-blank", "BC02", ""),
    ]
    assert (item.opinion, item.remarks, item.declaration) == ("Favorable", "Rien à dire", True)
    findings = collection.readings["corrigé.xlsx"].findings
    assert [item.comment for item in findings.values() if item.comment] == [
        "Vu pour C1.1.2",
        "Vu pour C1.1.3",
    ]


def test_faulty_cells_bear_their_reason_as_a_note() -> None:
    """Blank and refused ones alike; the others bear none."""
    book = opened(corrections({"abc.xlsx": FAULTY})[NAME])
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert sorted(notes) == [("BC01", "C7"), ("BC01", "C8"), ("BC02", "C6")]
    assert notes["BC01", "C7"].startswith("« Partielement » n'est pas une appréciation.")
    assert notes["BC01", "C8"] == "À évaluer."
    assert "« 3 »" in notes["BC02", "C6"]


def test_the_first_sheet_lists_what_to_look_at_with_links() -> None:
    """Each line leads to the mark's cell."""
    home = opened(corrections({"abc.xlsx": FAULTY})[NAME])["Accueil"]
    links = {
        cell.value: cell.hyperlink.location
        for row in home.iter_rows(max_col=1)
        for cell in row
        if cell.hyperlink and str(cell.value).startswith("C")
    }
    assert links == {"C1.1.2 ➜": "'BC01'!C7", "C1.1.3 ➜": "'BC01'!C8", "C2.1.1 ➜": "'BC02'!C6"}


def test_the_list_begins_with_the_declaration_that_is_owed() -> None:
    """Left blank or answered by neither word, it is told there, and a link leads to its cell."""
    for answers, written, told in (
        (Answers(opinion="Favorable"), None, "n'est pas remplie"),
        (None, "peut-être", "« peut-être »"),
    ):
        grid = edited(DESK.grid(answers=answers), typed(("C1.1.3", None)))
        place = declaration_cell(opened(grid))
        grid = edited(grid, declared(place, written))
        book = opened(corrections({"abc.xlsx": grid})[NAME])
        home = book["Accueil"]
        link = next(cell for cell in home["A"] if cell.value == "Déclaration ➜")
        assert link.hyperlink is not None
        assert link.hyperlink.location == f"'Accueil'!{declaration_cell(book)}"
        assert told in str(home.cell(link.row, 2).value)
        assert home.cell(link.row + 1, 1).value == "C1.1.3 ➜"


def declared(place: str, written: str | None) -> Callable[[Workbook], None]:
    """Return what writes an answer to the declaration."""

    def change(book: Workbook) -> None:
        book["Accueil"][place].value = written

    return change


def declaration_cell(book: Workbook) -> str:
    """Return the cell of the juror's answer."""
    label = next(cell for cell in book["Accueil"]["A"] if cell.value == contract.DECLARATION_LABEL)
    return f"B{label.row}"


def test_a_corrected_grid_filled_again_counts_in_full() -> None:
    """The juror mends what is flagged, and that is all there is to do."""
    sent = corrections({"abc.xlsx": FAULTY})[NAME]
    mended = edited(
        sent, typed(("C1.1.2", "Acquis"), ("C1.1.3", "Non acquis"), ("C2.1.1", "Acquis"))
    )
    collection = DESK.collect({"corrigé.xlsx": mended})
    assert collection.returns[0].status is ReturnStatus.ACCEPTED
    assert collection.returns[0].problems == ()
    assert values(collection) == MARKED | {"C1.1.2": "Acquis"}


def test_every_kind_of_comment_survives_the_correction() -> None:
    """Line breaks, quotes, what looks like a formula or a link, and a very long text."""
    texts = {
        "D6": "=1+1", "D7": "deux\nlignes", "D8": "« guillemets » & <balises>",
        "D11": "https://exemple.test", "D12": "x" * 32_767,
    }  # fmt: skip

    def change(book: Workbook) -> None:
        for cell, text in texts.items():
            book["BC01"][cell].value = text
            book["BC01"][cell].data_type = "s"
        typed(("C2.1.1", "?"))(book)

    before = DESK.collect({"a": edited(DESK.grid(), change)})
    sent = corrected(before)[NAME]
    after = DESK.collect({"b": sent})
    first, second = before.readings["a"].findings, after.readings["b"].findings
    assert [item.comment for item in second.values()] == [item.comment for item in first.values()]
    assert [item.comment for item in first.values()][:5] == list(texts.values())


def test_a_grid_that_proves_too_little_goes_back_without_marks() -> None:
    """Whose marks they are is not known: none is carried over."""
    stranger = Desk(key=SigningKey(bytes(32))).grid()
    sent = corrections({"abc.xlsx": stranger})
    collection = DESK.collect({"corrigé.xlsx": sent[NAME]})
    assert values(collection) == {}
    message = sent["message_J1.txt"].decode()
    assert "pas pu vérifier que le fichier reçu est bien la grille" in message
    assert "merci de reporter vos évaluations dans le fichier joint" in message


def test_a_grid_of_an_older_referential_keeps_the_marks_of_unchanged_criteria() -> None:
    """Where the text changed, the juror is asked again; where it did not, nothing is lost."""
    older = replace(
        REFERENTIAL,
        certification=replace(REFERENTIAL.certification, version="1"),
        criteria=tuple(
            replace(item, title="Ancien texte") if item.code == "C1.1.1" else item
            for item in REFERENTIAL.criteria
        ),
    )
    newer = replace(REFERENTIAL, certification=replace(REFERENTIAL.certification, version="2"))
    sent = corrections({"abc.xlsx": Desk(referential=older).grid()}, Desk(referential=newer))
    collection = Desk(referential=newer).collect({"corrigé.xlsx": sent[NAME]})
    assert values(collection) == {code: value for code, value in MARKED.items() if code != "C1.1.1"}
    message = sent["message_J1.txt"].decode()
    assert (
        "le texte de C1.1.1 a été corrigé : merci de l'évaluer de nouveau "
        "(votre évaluation était « Acquis »)" in message
    )
    assert "empreinte" not in message


def test_a_newer_referential_is_no_juror_s_fault() -> None:
    """The administrator consolidates with the wrong file: nobody is asked anything."""
    newer = Desk(
        referential=replace(
            REFERENTIAL,
            certification=replace(REFERENTIAL.certification, version="2", title="Autre"),
        )
    )
    older = Desk(
        referential=replace(
            REFERENTIAL, certification=replace(REFERENTIAL.certification, version="1")
        )
    )
    assert corrections({"abc.xlsx": newer.grid()}, older) == {}


def test_a_declared_tie_asks_nothing_of_the_juror() -> None:
    """Another juror is needed, not another file."""
    assert corrections({"abc.xlsx": DESK.grid(answers=Answers(declaration=False))}) == {}


def test_the_message_says_everything_that_is_owed() -> None:
    """One paragraph a grid, ready to be sent."""
    sent = corrections({"abc.xlsx": FAULTY})
    assert sent["message_J1.txt"].decode() == (
        "Objet : Vos grilles d'évaluation à compléter (S1 — Session d’essai)\n"
        "\n"
        "Bonjour Prénom J1 Nom J1,\n"
        "\n"
        "Merci de votre participation au jury. Pour que vos évaluations soient toutes prises en\n"
        "compte, il nous manque encore ceci :\n"
        "\n"
        "• NOM 1 Prénom 1 (n° 1)\n"
        "    – 1 critère(s) à évaluer : C1.1.3\n"
        "    – C1.1.2 : « Partielement » n'est pas une appréciation. "
        "Vouliez-vous dire « Partiellement acquis » ? Choisir « Acquis », "
        "« Partiellement acquis », « Non acquis » ou « Non observé ».\n"
        "    – C2.1.1 : « 3 » n'est pas une appréciation. Choisir « Acquis », "
        "« Partiellement acquis », « Non acquis » ou « Non observé ».\n"
        "    – fichier joint, à corriger et à renvoyer : grille_1_J1_Nom-1.xlsx\n"
        "\n"
        "Dans chaque fichier joint, vos évaluations valables et vos observations sont déjà\n"
        "reportées. La feuille Accueil donne la liste de ce qui est à revoir, et une note sur\n"
        "chaque cellule en dit la raison. Renvoyez-nous ce fichier, plutôt que l'ancien.\n"
        "\n"
        "Avec nos remerciements.\n"
    )


def test_a_grid_that_never_came_is_asked_for() -> None:
    """There is nothing to correct: the message alone."""
    sent = corrections({})
    assert sorted(sent) == ["message_J1.txt"]
    assert "votre grille ne nous est pas parvenue" in sent["message_J1.txt"].decode()


def test_contradictory_files_are_named_and_asked_about() -> None:
    """Which one is right only the juror knows."""
    sent = corrections({"b.xlsx": DESK.grid(points="2 2 2 2 2 2"), "a.xlsx": DESK.grid()})
    assert sorted(sent) == ["message_J1.txt"]
    text = sent["message_J1.txt"].decode()
    assert "plusieurs fichiers qui ne disent pas la même chose : a.xlsx, b.xlsx" in text


def test_what_is_owed_on_a_grid_that_counts_is_asked_for_without_a_workbook() -> None:
    """A comment and the declaration left out do not void the marks."""

    def change(book: Workbook) -> None:
        book["BC01"]["D7"].value = None

    sent = corrections({"abc.xlsx": edited(DESK.grid(answers=Answers()), change)})
    assert sorted(sent) == ["message_J1.txt"]
    text = sent["message_J1.txt"].decode()
    assert "Une observation est attendue pour C1.1.2" in text
    assert (
        "La déclaration d'absence de lien avec le candidat Prénom 1 Nom 1 (1) n'est pas remplie."
        in text
    )


def test_an_anonymous_session_names_no_candidate() -> None:
    """Neither in the message nor in the file's name."""
    desk = Desk(session=replace(SESSION, anonymous=True))
    sent = corrections({}, desk)
    assert "Candidat n° 1" in sent["message_J1.txt"].decode()
    assert "Nom 1" not in sent["message_J1.txt"].decode()


def test_a_deadline_is_recalled() -> None:
    """The message gives the date of the session's sheet."""
    day = SESSION.date
    desk = Desk(session=replace(SESSION, return_deadline=day))
    assert "pour le 15/06/2026" in corrections({}, desk)["message_J1.txt"].decode()


def test_notes_are_corrected_too() -> None:
    """On a scale of notes, valid notes stay numbers."""
    known = builders.referential({"C1.1": 2}, scale=builders.note_scale())
    desk = Desk(referential=known, session=builders.session(known))
    data = raw_cell(desk.grid(points="25/2 8"), "BC01", "C6", "n|<v>21</v>")
    sent = corrected(desk.collect({"a": data}), desk)[NAME]
    collection = desk.collect({"b": sent})
    assert values(collection) == {"C1.1.2": 8}


def test_the_same_returns_always_give_the_same_corrections() -> None:
    """Whatever the order in which the files were found."""
    files = {"a.xlsx": FAULTY, "b.xlsx": DESK.grid("2", points=POINTS)}
    one = corrected(DESK.collect(files))
    other = corrected(DESK.collect(dict(reversed(files.items()))))
    assert one == other


def test_a_corrected_workbook_is_one_that_office_opens_without_repair(tmp_path: Path) -> None:
    """Notes and links included, Microsoft's own validator has nothing to say."""
    path = tmp_path / "corrections.xlsx"
    path.write_bytes(corrections({"abc.xlsx": FAULTY})[NAME])
    assert validate([path]) == []


def test_a_correction_shows_its_juror_no_fingerprint() -> None:
    """A grid does, where the référentiel has no version; a correction says what changed."""
    sent = corrections({"abc.xlsx": FAULTY})
    for data, shown in ((FAULTY, True), (sent[NAME], False)):
        home = opened(data)["Accueil"]
        texts = [str(cell.value) for row in home.iter_rows() for cell in row if cell.value]
        assert any(text.startswith("empreinte ") for text in texts) is shown
    assert "empreinte" not in sent["message_J1.txt"].decode()
