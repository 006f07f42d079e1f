"""Gather what is kept of a closed session, years later, from its folder alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from sheetgen.files import render_table
from sheetgen.jury import VERSIONS, outcomes_alone, read_frozen_decisions
from sheetgen.jury.closings import Closings
from sheetgen.problems import Location
from sheetgen.problems import controlled as kinds
from sheetgen.returns import UnreadableFileError, find_returns
from sheetgen.session_folder.paths import JUROR_CONVOCATION
from sheetgen.sources.read import by_row
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.jury import Record
    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder


class Section(Enum):
    """The parts of a session's folder, in the order in which a session is held."""

    REFERENTIAL = "Référentiel et règlement"
    JURY = "Composition du jury, indépendance"
    CANDIDATES = "Candidats"
    SUMMONS = "Convocations"
    ATTENDANCE = "Émargement"
    GRIDS = "Grilles remplies par les jurés"
    CONSOLIDATION = "Consolidation et délibération"
    MINUTES = "Procès-verbaux"
    PAPERS = "Documents remis aux candidats"
    DECLARATION = "Déclaration"

    @property
    def place(self) -> str:
        """Return the name of its folder."""
        return f"{[*Section].index(self) + 1:02d}-{file_stem(self.value)}"

    @property
    def reserved(self) -> bool:
        """Return whether it shows marks, hence whose criteria were exempted."""
        return self in (Section.GRIDS, Section.CONSOLIDATION)


_REFERENTIAL = (
    *("Certification", "Blocs", "Activités", "Modalités", "Compétences", "Critères", "Échelle"),
)
_TOLD = {"proces-verbal": "Procès-verbal", "releve": "Relevé"}
"""Kinds of document whose name has accents."""
_OF_JURORS = ("Nom", "Prénom", "Qualité", "Organisme", "Externe", "Rôle", "Jury", "Remplace")
_OF_CANDIDATES = ("Nom", "Prénom", "Voie d'accès", "Parcours", "Statut", "Jury", "Passage", "Salle")
_DECLARED = {True: "aucun lien déclaré", False: "lien déclaré", None: "non remplie"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesWorkbook:
    """The référentiel with its rules as the school has it now, which closings do not freeze.

    Attributes:
        data: the file.
        fingerprint: of what jurors mark.
        title: of its certification, with its RNCP code.
    """

    data: bytes
    fingerprint: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A folder's candidates and rules, as they are asked for.

    Attributes:
        candidates: numbers of a sample; None for all.
        most: at most so many candidates a session, spread over the list; None for all.
        rules: the référentiel of now; None where there is none to be read.
    """

    candidates: frozenset[str] | None = None
    most: int | None = None
    rules: RulesWorkbook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document of the folder: where it stands in it, in words, and its content."""

    section: Section
    name: str
    told: str
    data: bytes


@dataclass(slots=True, kw_only=True)
class GatheredSession:
    """All that is kept of a session.

    Attributes:
        code: the session's.
        title: of the certification, with its RNCP code.
        date: of the session, as it is printed; empty for none.
        closed: how often it was closed.
        numbers: of the candidates in the folder; `of` is how many the session has.
        absent: in words, what is not there, by section.
        problems: what could not be read.
    """

    code: str
    title: str
    date: str
    closed: int
    numbers: frozenset[str]
    of: int
    absent: list[tuple[Section, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


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
        UnreadableClosingError: what its closing froze cannot be read.
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
        self._folder, self._taken, self._rules = folder, keep, asked.rules
        self._sections: set[Section] = set()
        self._closings = Closings.of(folder)
        self._record = self._closings.read(self._closings.versions[-1])
        self._decisions = read_frozen_decisions(
            self._closings, self._record, candidates=outcomes_alone
        )
        self._printed = by_row(self._record.printed or {})
        people = [str(item["id"]) for item in self._part("candidates")]
        self._people = _sample(people, asked)
        session = cast("dict[str, Any]", self._decisions["session"])
        titles = self._printed.get("Certification", {}).get("", {})
        self.found = GatheredSession(
            code=str(session["code"]),
            title=certification_title(titles.get("Intitulé"), titles.get("Code RNCP")),
            date=self._printed.get("Session", {}).get("", {}).get("Date", ""),
            closed=len(self._closings.versions),
            numbers=frozenset(self._people),
            of=len(people),
        )

    def gather(self) -> GatheredSession:
        """Gather section by section."""
        self._add_referential()
        self._add_jury()
        self._add_candidates()
        self._add_summons()
        self._add_attendance()
        self._add_grids()
        self._add_consolidation()
        for version in self._closings.versions:
            self._add_papers(version)
        if Section.PAPERS not in self._sections:
            self._lack(Section.PAPERS, "aucun document n’a été fait à la clôture")
        self._lack(
            Section.DECLARATION,
            "la déclaration à la Caisse des Dépôts et son accusé de réception sont à ajouter ici "
            "par l’école",
        )
        return self.found

    def _add_referential(self) -> None:
        for sheet in _REFERENTIAL:
            rows = self._printed.get(sheet)
            if rows:
                self._keep(Section.REFERENTIAL, f"{file_stem(sheet)}.csv", sheet, _table(rows))
        version = self._printed.get("Certification", {}).get("", {}).get("Version")
        if not self._printed:
            self._lack(
                Section.REFERENTIAL,
                "la session fut close par une version qui ne figeait pas le référentiel",
            )
        elif not version:
            self._lack(Section.REFERENTIAL, "le référentiel ne dit pas sa version")
        self._add_rules()
        record = {"referential": self._decisions["referential"]}
        self._keep(Section.REFERENTIAL, "empreinte.json", "Version et empreinte", _json(record))

    def _add_rules(self) -> None:
        """Add the workbook with the rules, where it is that of this session's certification."""
        rules, frozen = self._rules, cast("dict[str, Any]", self._decisions["referential"])
        if rules is None or rules.title != self.found.title:
            self._lack(
                Section.REFERENTIAL, "le classeur du référentiel, avec le règlement (--referential)"
            )
            return
        same = rules.fingerprint == frozen["fingerprint"]
        since = "critères inchangés depuis la clôture" if same else "critères changés depuis"
        told = f"Référentiel et règlement, tels que l’école les a aujourd’hui ; {since}"
        self._keep(Section.REFERENTIAL, "referential.xlsx", told, rules.data)

    def _add_jury(self) -> None:
        rows = self._printed.get("Jurés", {})
        if rows:
            table = _table(rows, ("Code", *_OF_JURORS))
            self._keep(Section.JURY, "jury.csv", "Membres, qualité, appartenance", table)
        else:
            self._lack(Section.JURY, "la composition du jury n’a pas été figée")
        lines = []
        for item in self._part("returns"):
            if item["candidate"] in self._people and item["juror"]:
                declared = item.get("declarations") or {item["juror"]: item.get("declaration")}
                lines += [
                    (str(item["candidate"]), str(juror), _DECLARED.get(said, "non remplie"))
                    for juror, said in declared.items()
                ]
        if lines:
            table = render_table(("Candidat", "Juré", "Déclaration"), sorted(lines))
            self._keep(Section.JURY, "independance.csv", "Déclarations d’absence de lien", table)
        self._lack(
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
            self._keep(Section.CANDIDATES, "candidats.csv", "Candidats et voies d’accès", table)
        else:
            self._lack(Section.CANDIDATES, "la liste des candidats n’a pas été figée")

    def _add_summons(self) -> None:
        numbers = {file_stem(number): number for number in self._people}
        found = False
        for path in sorted(self._folder.convocations.glob("*.docx")):
            of_juror = path.name.startswith(f"{JUROR_CONVOCATION}_")
            number = path.stem.removeprefix("convocation_")
            theirs = any(number == stem or number.startswith(f"{stem}_") for stem in numbers)
            if of_juror or theirs:
                told = "Convocation d’un juré" if of_juror else "Convocation d’un candidat"
                self._keep(Section.SUMMONS, path.name, told, path.read_bytes())
                found = True
        if not found:
            self._lack(Section.SUMMONS, "aucune convocation n’est dans le dossier de la session")

    def _add_attendance(self) -> None:
        path = self._folder.reports / "feuille-emargement.docx"
        if path.is_file():
            told = "Feuille d’émargement telle qu’imprimée"
            self._keep(Section.ATTENDANCE, path.name, told, path.read_bytes())
        else:
            self._lack(Section.ATTENDANCE, "la feuille d’émargement n’est plus là")
        self._lack(Section.ATTENDANCE, "la feuille signée, numérisée, est à ajouter par l’école")

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
                self._lack(Section.GRIDS, f"{told} : le fichier n’est plus là")
                place = Location(file=name)
                self.found.problems.append(
                    kinds.RETURN_NOT_KEPT.at(place, candidate=number, juror=juror)
                )
                continue
            ending = name.rpartition(".")[2].lower()
            called = f"grille_{file_stem(number)}_{file_stem(juror)}.{file_stem(ending)}"
            self._keep(Section.GRIDS, called, told, data)

    def _add_consolidation(self) -> None:
        if len(self._people) < self.found.of:
            self._lack(
                Section.CONSOLIDATION,
                "le classeur de la session entière : ce dossier ne porte que sur un échantillon",
            )
            return
        for path in sorted(self._folder.consolidation.glob("*.xlsx")):
            told = "Classeur de consolidation et de délibération"
            self._keep(Section.CONSOLIDATION, path.name, told, path.read_bytes())
        data = self._closings.find_frozen(
            self._record.version,
            next(item for item in self._record.files if item.path == "decisions.json"),
        ).read_bytes()
        self._keep(Section.CONSOLIDATION, "decisions.json", "Décisions figées à la clôture", data)

    def _add_papers(self, version: int) -> None:
        former = version != self._record.version
        record = self._closings.read(version) if former else self._record
        for item in record.files:
            minutes = item.kind == "proces-verbal"
            if not minutes and (item.kind in ("", "rapport") or item.candidate not in self._people):
                continue
            mark = f"version-{version}/" if former else ""
            told = _TOLD.get(item.kind, item.kind.capitalize())
            number = f" n° {item.number}" if item.number else ""
            whose = f", candidat {item.candidate}" if item.candidate else ""
            annulled = ", annulé par une réouverture" if former else ""
            section = Section.MINUTES if minutes else Section.PAPERS
            data = self._paper(record, version, item.path, former=former)
            self._keep(section, f"{mark}{item.path}", f"{told}{number}{whose}{annulled}", data)
        if not former:
            self._lack(
                Section.MINUTES, "le procès-verbal signé, numérisé, est à ajouter par l’école"
            )

    def _paper(self, record: ClosingRecord, version: int, path: str, *, former: bool) -> bytes:
        """Return a paper as somebody signed it since, or else as it was frozen."""
        root = self._folder.final / VERSIONS / str(version) if former else self._folder.final
        signed = root / path
        if signed.is_file():
            return signed.read_bytes()
        file = next(item for item in record.files if item.path == path)
        return self._closings.find_frozen(version, file).read_bytes()

    def _part(self, name: str) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", self._decisions[name])

    def _keep(self, section: Section, name: str, told: str, data: bytes) -> None:
        self._sections.add(section)
        self._taken(self.found.code, Kept(section=section, name=name, told=told, data=data))

    def _lack(self, section: Section, told: str) -> None:
        self.found.absent.append((section, told))


def _sample(people: list[str], asked: Asked) -> list[str]:
    if asked.candidates is not None:
        return [number for number in people if number in asked.candidates]
    if asked.most is None or asked.most >= len(people):
        return people
    return [people[place * len(people) // asked.most] for place in range(asked.most)]


def certification_title(title: str | None, code: str | None) -> str:
    """Return a certification's title and RNCP code, as the first page names it."""
    return " – ".join(filter(None, (title, code)))


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
