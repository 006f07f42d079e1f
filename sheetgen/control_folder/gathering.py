"""Gather what is kept of a closed session, years later, from its folder alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from sheetgen.control_folder.declared_proofs import add_declaration
from sheetgen.control_folder.folder_contents import (
    GatheredSession,
    Gatherer,
    Section,
    certification_title,
)
from sheetgen.control_folder.frozen_papers import FrozenPapers
from sheetgen.control_folder.frozen_rules import (
    add_former_rules,
    add_rules,
    told_closing,
    version_folder,
)
from sheetgen.control_folder.independence import add_independence
from sheetgen.files import render_table, sha256
from sheetgen.jury import outcomes_alone, read_frozen_decisions
from sheetgen.jury.closings import DECISIONS, Closings
from sheetgen.problems import Location
from sheetgen.problems import controlled as kinds
from sheetgen.returns import UnreadableFileError, find_returns
from sheetgen.session_folder.paths import JUROR_CONVOCATION
from sheetgen.sources.read import by_row
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.control_folder.folder_contents import Asked, Kept
    from sheetgen.jury import Record
    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.session_folder.paths import SessionFolder


_REFERENTIAL = (
    *("Certification", "Blocs", "Activités", "Modalités", "Compétences", "Critères", "Échelle"),
)
_OF_JURORS = ("Nom", "Prénom", "Qualité", "Organisme", "Externe", "Rôle", "Jury", "Remplace")
_OF_CANDIDATES = ("Nom", "Prénom", "Voie d'accès", "Parcours", "Statut", "Jury", "Passage", "Salle")


def gather_session(
    folder: SessionFolder,
    keep: Callable[[str, Kept], None],
    asked: Asked,
) -> GatheredSession:
    """Give each document that is kept of a closed session; return what is there and what is not.

    Args:
        folder: the session's.
        keep: takes the session's code and a document, one at a time, so that none has to stay.
        asked: which candidates, and the rules.

    Raises:
        UnreadableClosingError: the record of a closing, or its decisions, cannot be read.
        UnreadableFinalError: likewise, its decisions.
        OSError: a file cannot be read.
    """
    return _Gathering(folder, keep, asked).gather()


class _Gathering:
    """Gathers one session."""

    def __init__(
        self,
        folder: SessionFolder,
        keep: Callable[[str, Kept], None],
        asked: Asked,
    ) -> None:
        self._folder, self._asked = folder, asked
        self._closings = Closings.of(folder)
        *self._former, self._record = map(self._closings.read, self._closings.versions)
        self._frozen = FrozenPapers(
            folder=folder, closings=self._closings, in_force=self._record.version
        )
        self._decisions = read_frozen_decisions(
            self._closings, self._record, candidates=outcomes_alone
        )
        self._printed = by_row(self._record.printed or {})
        people = [str(item["id"]) for item in self._part("candidates")]
        self._people = _sample(people, asked)
        session = cast("dict[str, Any]", self._decisions["session"])
        titles = self._printed.get("Certification", {}).get("", {})
        found = GatheredSession(
            code=str(session["code"]),
            title=certification_title(titles.get("Intitulé"), titles.get("Code RNCP")),
            date=_dates_of(self._printed.get("Session", {}).get("", {})),
            closed=len(self._closings.versions),
            version=titles.get("Version", ""),
            numbers=frozenset(self._people),
            of=len(people),
            numbered=any(file.number for file in self._record.files),
        )
        self._into = Gatherer(found=found, taken=keep)

    def gather(self) -> GatheredSession:
        """Gather section by section."""
        self._add_referential()
        self._add_jury()
        self._add_candidates()
        self._add_summons()
        self._add_attendance()
        self._add_grids()
        self._add_consolidation()
        for record in (*self._former, self._record):
            self._frozen.add_papers(record, self._people, self._into)
        if Section.PAPERS not in self._into.filled:
            self._into.lack(Section.PAPERS, "aucun document n’a été fait à la clôture")
        digest = next(item.sha256 for item in self._record.files if item.path == DECISIONS)
        add_declaration(self._asked.declared, digest, self._people, self._into)
        return self._into.found

    def _add_referential(self) -> None:
        for sheet in _REFERENTIAL:
            rows = self._printed.get(sheet)
            if rows:
                self._into.keep(Section.REFERENTIAL, f"{file_stem(sheet)}.csv", sheet, _table(rows))
        if not self._printed:
            self._into.lack(
                Section.REFERENTIAL,
                "la session fut close par une version qui ne figeait pas le référentiel",
            )
        elif not self._into.found.version:
            self._into.lack(Section.REFERENTIAL, "le référentiel ne dit pas sa version")
        frozen = cast("dict[str, Any]", self._decisions["referential"])
        add_rules(
            self._folder, self._record, self._asked.rules, str(frozen["fingerprint"]), self._into
        )
        record: Record = {"referential": frozen}
        self._into.keep(
            Section.REFERENTIAL, "empreinte.json", "Version et empreinte", _json(record)
        )
        closings = self._into.found.closings
        closings += [
            told_closing(former, self._add_former_referential(former), in_force=False)
            for former in self._former
        ]
        if closings:
            closings.append(told_closing(self._record, self._into.found.rules, in_force=True))

    def _add_former_referential(self, former: ClosingRecord) -> str:
        """Add by what a closing before a reopening was decided; return which workbook it is.

        Of its tables, those alone that say otherwise than the ones in force.
        """
        printed, name = by_row(former.printed or {}), version_folder(former)
        for sheet in _REFERENTIAL:
            rows = printed.get(sheet)
            if rows and rows != self._printed.get(sheet):
                told = f"{sheet}, à la clôture {former.version}, annulée par une réouverture"
                self._into.keep(
                    Section.REFERENTIAL, f"{name}/{file_stem(sheet)}.csv", told, _table(rows)
                )
        return add_former_rules(self._folder, former, self._asked.rules, self._into)

    def _add_jury(self) -> None:
        rows = self._printed.get("Jurés", {})
        names = {
            code: f"{row.get('Prénom', '')} {row.get('Nom', '')}".strip()
            for code, row in rows.items()
        }
        if rows:
            table = _table(rows, ("Code", *_OF_JURORS))
            self._into.keep(Section.JURY, "jury.csv", "Membres, qualité, appartenance", table)
        else:
            self._into.lack(Section.JURY, "la composition du jury n’a pas été figée")
        add_independence(self._part("returns"), names, self._people, self._into)
        self._into.lack(
            Section.JURY,
            "les justificatifs d’habilitation de chaque juré (CV, diplômes) sont à ajouter par "
            "l’école",
        )

    def _add_candidates(self) -> None:
        rows = {
            number: row
            for number, row in self._printed.get("Candidats", {}).items()
            if number in self._people
        }
        if rows:
            table = _table(rows, ("N°", *_OF_CANDIDATES))
            self._into.keep(
                Section.CANDIDATES, "candidats.csv", "Candidats et voies d’accès", table
            )
        else:
            self._into.lack(Section.CANDIDATES, "la liste des candidats n’a pas été figée")

    def _add_summons(self) -> None:
        numbers = {file_stem(number): number for number in self._people}
        found = False
        for path in sorted(self._folder.convocations.glob("*.docx")):
            of_juror = path.name.startswith(f"{JUROR_CONVOCATION}_")
            number = path.stem.removeprefix("convocation_")
            theirs = any(number == stem or number.startswith(f"{stem}_") for stem in numbers)
            if of_juror or theirs:
                told = "Convocation d’un juré" if of_juror else "Convocation d’un candidat"
                self._into.keep(Section.SUMMONS, path.name, told, path.read_bytes())
                found = True
        if not found:
            self._into.lack(
                Section.SUMMONS, "aucune convocation n’est dans le dossier de la session"
            )

    def _add_attendance(self) -> None:
        path = self._folder.reports / "feuille-emargement.docx"
        if path.is_file():
            told = "Feuille d’émargement telle qu’imprimée"
            self._into.keep(Section.ATTENDANCE, path.name, told, path.read_bytes())
        else:
            self._into.lack(Section.ATTENDANCE, "la feuille d’émargement n’est plus là")
        self._into.lack(
            Section.ATTENDANCE, "la feuille signée, numérisée, est à ajouter par l’école"
        )

    def _add_grids(self) -> None:
        returned, _ = find_returns([self._folder.returns])
        by_digest = {item.sha256: item for item in returned}
        for item in self._part("returns"):
            number = str(item["candidate"] or "")
            if number not in self._people or item["status"] not in ("accepted", "incomplete"):
                continue
            juror, name = str(item["juror"] or ""), str(item["file"])
            told = f"Grille du candidat {number} par {juror}, telle que revenue ({name})"
            file = by_digest.get(str(item["sha256"]))
            try:
                data = None if file is None else file.read()
            except UnreadableFileError:
                data = None
            if data is None:
                self._into.lack(Section.GRIDS, f"{told} : le fichier n’est plus là")
                place = Location(file=name)
                self._into.found.problems.append(
                    kinds.RETURN_NOT_KEPT.at(place, candidate=number, juror=juror)
                )
                continue
            ending = name.rpartition(".")[2].lower()
            called = f"grille_{file_stem(number)}_{file_stem(juror)}.{file_stem(ending)}"
            self._into.keep(Section.GRIDS, called, told, data)

    def _add_consolidation(self) -> None:
        if len(self._people) < self._into.found.of:
            self._into.lack(
                Section.CONSOLIDATION,
                "le classeur de la session entière : ce dossier ne porte que sur un échantillon",
            )
            return
        found = False
        for path in sorted(self._folder.consolidation.glob("*.xlsx")):
            told, data = "Classeur de consolidation", path.read_bytes()
            if sha256(data) == self._record.workbook:
                told, found = f"{told}, avec les décisions que le jury y a écrites", True
            self._into.keep(Section.CONSOLIDATION, path.name, told, data)
        if not found:
            digest = self._record.workbook
            why = f"son empreinte est {digest}" if digest else "son empreinte n’est pas connue"
            self._into.lack(
                Section.CONSOLIDATION,
                f"le classeur où le jury a écrit ses décisions, à ajouter par l’école ; {why}",
            )
        for record in (*self._former, self._record):
            self._frozen.add_decided(record, self._into)

    def _part(self, name: str) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", self._decisions[name])


def _dates_of(session: Mapping[str, str]) -> str:
    """Return the first day of a session and its last, as frozen, after « du »."""
    days = (session.get("Date", ""), session.get("Fin", ""))
    return " au ".join(dict.fromkeys(filter(None, days)))


def _sample(people: list[str], asked: Asked) -> list[str]:
    if asked.candidates is not None:
        return [number for number in people if number in asked.candidates]
    if asked.most is None or asked.most >= len(people):
        return people
    return [people[place * len(people) // asked.most] for place in range(asked.most)]


def _table(rows: Mapping[str, Mapping[str, str]], names: tuple[str, ...] = ()) -> bytes:
    """Return the table of these rows: a line per row, or per value where there is one row."""
    if list(rows) == [""]:
        return render_table(("Rubrique", "Valeur"), rows[""].items())
    if not names:
        names = ("Code", *dict.fromkeys(name for row in rows.values() for name in row))
    lines = [(code, *(row.get(name, "") for name in names[1:])) for code, row in rows.items()]
    return render_table(names, lines)


def _json(record: Record) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
