"""The events of `docs/guide/vie-reelle.md`: how each comes about in the example session."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, TypeAlias

from docx import Document
from real_life_stages import CONSOLIDATION, Place, Stages, open_book, succeed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Event: TypeAlias = "Callable[[Stages], Place]"
"""A function that brings an event about, in a copy of a stage of the session."""


def _at(stage: str) -> Event:
    """Return the event of nothing but having come to a stage."""
    return lambda stages: stages.copy(stage)


def _typing(
    stage: str, cells: Mapping[str, str | dt.date | None], workbook: str = "session.xlsx"
) -> Event:
    """Return the event of typing into cells of a workbook, each named as « Sheet!B4 »."""

    def typed(stages: Stages) -> Place:
        place = stages.copy(stage)
        place.write(workbook, cells)
        return place

    return typed


def _naming(
    stage: str, sheet: str, name: str, value: str | None, workbook: str = "referential.xlsx"
) -> Event:
    """Return the event of typing a value beside its name, on a sheet of names and values."""

    def named(stages: Stages) -> Place:
        place = stages.copy(stage)
        place.name(workbook, sheet, name, value)
        return place

    return named


def _swap_names(stages: Stages) -> Place:
    """Swap two candidates' names, as sorting one column or renumbering does."""
    place = stages.copy("returned")
    book = open_book(place.folder / "session.xlsx")
    first, second = book["Candidats"]["B2:D3"]
    for one, other in zip(first, second, strict=True):
        one.value, other.value = other.value, one.value
    book.save(place.folder / "session.xlsx")
    return place


def _stop_generate(stages: Stages) -> Place:
    """Have `generate` stop half-way, at a file whose name a folder bears."""
    place = EVENTS["date-limite"](stages)
    draft = place.outputs / "envois" / "J1.eml"
    draft.unlink()
    draft.mkdir()
    place.run("sheetgen generate --no-reports")
    draft.rmdir()
    return place


def _fall_ill(stages: Stages) -> Place:
    """Have J2 fall ill with a grid still to come; a fifth juror stands in."""
    place = stages.copy("returned")
    (place.returns / "grille_C10_J2_LEchantillon.xlsx").unlink()
    cells = {"A": "J5", "B": "Durand", "C": "Hugo", "F": "Oui", "I": "h.durand@example.org"}
    said = {**cells, "M": "J2"}
    place.write("session.xlsx", {f"Jurés!{column}6": value for column, value in said.items()})
    return place


def _lose_key(stages: Stages) -> Place:
    """Lose the key while grids are with the jurors."""
    place = stages.copy("returned")
    (place.outputs / ".sheetgen" / "key").unlink()
    return place


def _reuse_code(stages: Stages) -> Place:
    """Type the next session, with other candidates, under the code of the last one."""
    place = stages.copy("closed")
    people = {
        f"Candidats!{column}{row}": f"{name} {row}"
        for row in range(2, 12)
        for column, name in (("B", "Nouveau"), ("C", "Prénom"))
    }
    births = {f"Candidats!D{row}": dt.date(1990, 1, row) for row in range(2, 12)}
    place.write("session.xlsx", people | births | {"Session!B4": dt.date(2026, 12, 14)})
    return place


def _miss_grid(stages: Stages) -> Place:
    """Miss the grid of one juror."""
    place = stages.copy("returned")
    (place.returns / "grille_C10_J2_LEchantillon.xlsx").unlink()
    return place


def _return_twice(stages: Stages) -> Place:
    """Bring back a second version of a grid, with another mark."""
    place = stages.copy("returned")
    first = place.returns / "grille_C01_J1_Exemple.xlsx"
    _mark(first, place.returns / "grille_C01_J1_Exemple (2).xlsx", "Non acquis")
    return place


def _return_corrections(stages: Stages) -> Place:
    """Bring back the workbook of corrections, filled in, beside the file that it corrects."""
    place = stages.copy("returned")
    name = "grille_C01_J1_Exemple.xlsx"
    _mark(place.returns / name, place.returns / name, None)
    succeed(place, "sheetgen consolidate --no-reports")
    (place.returns / "corrigé").mkdir()
    _mark(place.outputs / "corrections" / name, place.returns / "corrigé" / name, "Acquis")
    return place


def _mark(source: Path, target: Path, mark: str | None) -> None:
    """Save a grid with another mark for its first criterion."""
    book = open_book(source)
    row = next(line for line in book["BC01"].iter_rows() if line[0].value == "C1.1.1")
    row[2].value = mark
    book.save(target)


def _drop_pictures(stages: Stages) -> Place:
    """Drop a photograph and a PDF among the returns."""
    place = stages.copy("returned")
    (place.returns / "grille.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")
    (place.returns / "grille.pdf").write_bytes(b"%PDF-1.7\n")
    return place


def _sort_names(stages: Stages) -> Place:
    """Swap the names of two candidates on the jury's sheet, as sorting one column does."""
    place = stages.copy("deliberated")
    book = open_book(place.folder / CONSOLIDATION, values=True)
    for row in book["Délibération"].iter_rows(min_row=12, max_row=23):
        row[1].value = "D’Inventé" if row[1].value == "Exemple" else "Exemple"
    book.save(place.folder / CONSOLIDATION)
    return place


def _leave_reason_out(stages: Stages) -> Place:
    """Write a dash for the jury's reason."""
    place = stages.copy("deliberated")
    book = open_book(place.folder / CONSOLIDATION, values=True)
    book["Délibération"]["G18"].value = "-"
    book.save(place.folder / CONSOLIDATION)
    return place


def _leave_group(stages: Stages) -> Place:
    """Have another juror mark a candidate, whose grid in common comes back for the former ones."""
    place = stages.copy("common")
    grid = "grille_C01_jury.xlsx"
    shutil.copy(place.outputs / "grilles" / "J1" / grid, place.returns / grid)
    place.write("session.xlsx", {"Affectations!B3": "J3"})
    return place


def _declare_tie(stages: Stages) -> Place:
    """Have one of those who filled in a grid together answer « Non » to the declaration."""
    place = stages.copy("common")
    grid = "grille_C01_jury.xlsx"
    book = open_book(place.outputs / "grilles" / "J1" / grid)
    rows = book["Accueil"].iter_rows()
    row = next(line for line in rows if str(line[0].value).endswith("(J2)"))
    row[2].value = "Non"
    book.save(place.returns / grid)
    return place


def _break_template(stages: Stages) -> Place:
    """Erase one brace of a Word template."""
    place = stages.copy("sent")
    path = place.folder / "templates" / "notification.docx"
    document = Document(str(path))
    run = next(
        run
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.text == "{{ candidat.motif }}"
    )
    run.text = "{{ candidat.motif }"
    document.save(str(path))
    return place


EVENTS: dict[str, Event] = {
    # A newcomer typed over the line of a candidate whose grids are with the jurors.
    "numero-repris": _typing(
        "returned",
        {
            "Candidats!B5": "Durand",
            "Candidats!C5": "Léa",
            "Candidats!D5": dt.date(2000, 2, 1),
        },
    ),
    "noms-echanges": _swap_names,
    # One who presented a single bloc presents the whole certification.
    "parcours-change": _typing(
        "returned", {"Candidats!F11": "Certification complète", "Candidats!G11": None}
    ),
    # Two weeks later.
    "session-reportee": _typing(
        "sent", {"Session!B4": dt.date(2026, 6, 29), "Session!B10": dt.date(2026, 7, 6)}
    ),
    "nouvelle-cle": _lose_key,
    # Another juror typed over the one who has received grids.
    "jure-remplace": _typing("returned", {"Jurés!B4": "Durand", "Jurés!C4": "Hugo"}),
    # A juror falls ill while one of their grids is still to come; a fifth one stands in.
    "jure-malade": _fall_ill,
    # Somebody gives up on the day, when their grids have come back.
    "candidat-renonce": _typing("returned", {"Candidats!I2": "Abandon"}),
    # Somebody is not there for one épreuve out of many; it is justified.
    "absence-epreuve": _typing(
        "sent", {"Absences!A2": "C01", "Absences!B2": "M2.4", "Absences!C2": "Oui"}
    ),
    # The birth date and the first name still say who it is.
    "nom-corrige": _typing("returned", {"Candidats!B8": "Bidon-Dupond"}),
    # A juror has a new surname, and the old one is said.
    "nom-change": _typing(
        "returned", {"Jurés!B4": "Durand", "Jurés!K1": "Ancien nom", "Jurés!K4": "Simulacre"}
    ),
    # A juror comes without a computer.
    "papier": _at("sent"),
    # Two days and two rooms.
    "deux-salles": _typing(
        "sent",
        {
            f"Candidats!{column}{row}": value
            for row in range(2, 12)
            for column, value in (
                ("W", dt.datetime(2026, 6, 15 + row // 7, 8 + row % 7, 30)),  # noqa: DTZ001 (a time in a cell has no zone)
                ("X", "Amphi Nord" if row % 2 else "A 12"),
            )
        },
    ),
    # An address was wrong, and the result did not arrive.
    "adresse-fausse": _typing("closed", {"Candidats!E2": "zoe@example.org"}),
    # Another week for the jurors.
    "date-limite": _typing("sent", {"Session!B10": dt.date(2026, 6, 29)}),
    "generate-interrompu": _stop_generate,
    # Two jurors are to mark somebody who is added after the grids have left.
    "candidat-ajoute": _typing(
        "returned",
        {
            "Candidats!A12": "C11",
            "Candidats!B12": "Durand",
            "Candidats!C12": "Léa",
            "Candidats!F12": "Certification complète",
            "Affectations!A24": "C11",
            "Affectations!B24": "J1",
            "Affectations!A25": "C11",
            "Affectations!B25": "J2",
        },
    ),
    # On the day a candidate has given up, whose grids are with the jurors.
    "candidat-absent": _typing("returned", {"Candidats!I5": "Abandon"}),
    # A criterion reads otherwise after the grids have left.
    "texte-corrige": _typing(
        "sent", {"Critères!C2": "La détermination de la veille est juste."}, "referential.xlsx"
    ),
    "cle-perdue": _lose_key,
    "ancien-code": _reuse_code,
    "grille-manquante": _miss_grid,
    "deux-versions": _return_twice,
    "retour-corrige": _return_corrections,
    "autre-chose": _drop_pictures,
    # Those who mark the same do it in one grid.
    "notation-commune": _naming("prepared", "Session", "Notation", "Commune", "session.xlsx"),
    "groupe-change": _leave_group,
    "lien-en-commun": _declare_tie,
    # After the jury sat.
    "regle-changee": _naming("deliberated", "Règles", "Critère non observé", "non acquis"),
    "noms-tries": _sort_names,
    "motif-vide": _leave_reason_out,
    "modele-abime": _break_template,
    "session-close": _at("closed"),
    # The folder's name will be mistyped.
    "mauvais-dossier": _at("consolidated"),
    # What papers cannot do without is blank when the session is to be closed.
    "code-manquant": _naming("deliberated", "Certification", "Code RNCP", None),
    # A paper, then the decisions, will be erased.
    "papier-efface": _at("closed"),
    "decisions-effacees": _at("closed"),
    # Who signs is corrected after the session was closed.
    "signataire-corrige": _naming("closed", "Certification", "Signataire", "Camille Fabule"),
}
"""What brings each event about, by its name in the page."""
