"""Papers and data that come to their term are listed, then go; what is held for life stays."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from registered import PLACES, candidate, closing, identity, key

from sheetgen.commands import ForgetRequest, Options, forget_due, list_due
from sheetgen.figures import tables_of_decisions
from sheetgen.files import file_digest, sha256
from sheetgen.jury import keep_sources
from sheetgen.jury.closings import ClosingRecord, Closings, FrozenFile
from sheetgen.model.retention import RETENTION_KINDS, RetentionTerm, default_terms, parse_term
from sheetgen.register import (
    CountedScope,
    Register,
    ResultFacts,
    acquired_by,
    count_decided,
    find_people,
    record_closing,
    told_forgotten,
    write_register_book,
)
from sheetgen.register.register_tables import EVENT, PERSON, RESULT
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.commands import RegisterAnswer
    from sheetgen.register import ClosingFacts

DECIDED = dt.date(2016, 6, 15)
GRIDS = (
    "grilles/J1/grille_C01_J1_Exemple.xlsx",
    "envois/J1.zip",
    "retours/grille_C01_J1_Exemple.xlsx",
)
FROZEN = ("decisions.json", "attestations/attestation_C01_BC01_Exemple.docx", "proces-verbal.docx")
MARK = ResultFacts(kind="assessment", code="E1", title="Épreuve", outcome="passed", score="13/20")


def _write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return sha256(text.encode())


def _session(output: Path) -> tuple[Path, str]:
    """Make the folder of a closed session; return it with the digest of its decisions."""
    folder = SessionFolder(root=output / "JUIN")
    root = folder.root
    noted = {root / name: _write(root / name, f"{name} Exemple") for name in GRIDS[:2]}
    folder.generated.note(noted)
    returned = _write(root / GRIDS[2], "rendue par J1")
    texts = {name: f"{name} Exemple" for name in FROZEN}
    texts["decisions.json"] = json.dumps({"returns": [{"sha256": returned}]})
    closings = Closings.of(folder)
    for name, text in texts.items():
        _write(closings.files_of(1) / name, text)
        _write(folder.final / name, text)
    workbook = _write(folder.consolidation / "consolidation.xlsx", "le jury y a écrit")
    _write(folder.private / "key", "secret")
    sources = [output.parent / name for name in ("referential.xlsx", "session.xlsx")]
    for source in sources:
        _write(source, source.name)
    record = ClosingRecord(
        version=1,
        made=None,
        session="JUIN",
        workbook=workbook,
        printed=None,
        files=tuple(FrozenFile(path=n, sha256=sha256(t.encode())) for n, t in texts.items()),
        papers=True,
        sources=keep_sources(folder, *sources),
    )
    closings.write(record)
    return root, sha256(texts["decisions.json"].encode())


def _facts(digest: str) -> ClosingFacts:
    """Return a closing of 2016: Zoé holds BC01, Léo nothing; both sat E1."""
    people = (
        candidate("C01", identity("Zoé Exemple", "1998-03-14"), BC01="validated"),
        candidate("C02", identity("Léo Autre", "1990-01-01"), "not_awarded", BC01="not_validated"),
    )
    scored = tuple(
        replace(
            item,
            status="present",
            results=(*(replace(result, score="1/2") for result in item.results), MARK),
        )
        for item in people
    )
    which = key("JUIN", date="2016-06-10")
    return replace(closing(which, *scored, digest=digest), closed=DECIDED.isoformat())


@pytest.fixture
def world(register: Register, address: str, tmp_path: Path) -> World:
    """A closed session of 2016, recorded."""
    root, digest = _session(tmp_path / "outputs")
    with register.writing() as connection:
        assert record_closing(connection, _facts(digest), PLACES, "essai") == []
    return World(register, address, root)


class World:
    """A register, with a closed session's folder."""

    def __init__(self, register: Register, address: str, root: Path) -> None:
        self.register, self.address, self.root = register, address, root

    def request(self, terms: Mapping[str, str], day: dt.date | None = None) -> ForgetRequest:
        """Return the question of what is due, with all kept for life but for these."""
        life: dict[str, RetentionTerm] = dict.fromkeys(RETENTION_KINDS, RetentionTerm(None))
        for name, text in terms.items():
            term = parse_term(text)
            assert term is not None
            life[name] = term
        return ForgetRequest(output=self.root.parent, terms=life, day=day, history=True)

    def list(self, request: ForgetRequest) -> RegisterAnswer:
        """Ask what is due."""
        return list_due(Options(register=self.address), request)

    def forget(self, request: ForgetRequest) -> RegisterAnswer:
        """Delete what is due."""
        return forget_due(Options(register=self.address), request)

    @property
    def files(self) -> set[str]:
        """Return the files of the folder."""
        return {p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()}

    def account(self) -> Mapping[str, int]:
        """Return how many of each kind were forgotten."""
        with self.register.reading() as connection:
            told = told_forgotten(connection)
        return {
            kind: sum(i["count"] for i in told if i["kind"] == kind)
            for kind in {i["kind"] for i in told}
        }


def _codes(answer: RegisterAnswer) -> list[str]:
    return [problem.code for problem in answer.problems]


def _due(answer: RegisterAnswer) -> dict[str, int]:
    return {item.kind: item.count for item in answer.due}


EVERY_FILE = {
    "grilles": "1 an",
    "consolidation": "3 ans",
    "proces-verbaux": "10 ans",
    "documents": "10 ans",
    "decisions": "10 ans",
}


def test_grids_go_and_the_rest_stays(world: World) -> None:
    """Listed first, and nothing is deleted; then three files go, and an account without a name."""
    before = world.files
    request = world.request({"grilles": "1 an"})
    answer = world.list(request)
    assert (_due(answer), _codes(answer)) == ({"grilles": 3}, [])
    assert answer.due[0].last_day == dt.date(2017, 6, 15)
    assert world.files == before
    answer = world.forget(request)
    assert (_due(answer), _codes(answer), answer.deleted) == ({"grilles": 3}, [], True)
    assert before - world.files == set(GRIDS)
    assert not (world.root / "grilles").exists()
    assert _due(world.forget(request)) == {}
    assert world.account() == {"grilles": 3}
    with world.register.reading() as connection:
        told = " ".join(row.detail for row in connection.execute(EVENT.select()))
    assert sha256(f"{GRIDS[0]} Exemple".encode()) in told
    for name in ("Exemple", "Zoé", "C01", "grille_"):
        assert name not in told


@pytest.mark.parametrize(("day", "due"), [("2017-06-15", {}), ("2017-06-16", {"grilles": 3})])
def test_the_last_day_is_kept(world: World, day: str, due: Mapping[str, int]) -> None:
    """Decided on 15 June 2016 and kept a year: 15 June 2017 included."""
    asked = world.request({"grilles": "12 mois"}, dt.date.fromisoformat(day))
    assert _due(world.list(asked)) == due


def test_a_whole_session_goes_and_what_is_held_stays(world: World, tmp_path: Path) -> None:
    """The folder goes with its key; in the register marks go, the bloc and its date stay."""
    request = world.request({**EVERY_FILE, "epreuves": "5 ans", "sans-acquis": "5 ans"})
    answer = world.forget(request)
    assert _codes(answer) == []
    # Frozen and published: each paper twice; decisions, too, with what .sheetgen notes beside.
    assert _due(answer) == {
        "grilles": 3,
        "consolidation": 1,
        "proces-verbaux": 2,
        "documents": 2,
        "decisions": 6,
        "epreuves": 4,
        "sans-acquis": 1,
    }
    assert not world.root.exists()
    assert world.account() == _due(answer)
    with world.register.reading() as connection:
        (held,) = acquired_by(connection)
        results = connection.execute(RESULT.select()).mappings().all()
        people = connection.execute(PERSON.select().order_by(PERSON.c.id)).mappings().all()
        assert find_people(connection, "autre", 9) == []
        lines = count_decided(connection, CountedScope())
        write_register_book(connection, tmp_path / "registre.xlsx")
    assert (held.block, held.day, held.session) == ("BC01", DECIDED, "JUIN")
    assert [(row["kind"], row["outcome"], row["score"]) for row in results] == [
        ("block", "validated", None),
        ("block", "not_validated", None),
    ]
    assert [(p["last_name"], p["birth_date"] is None) for p in people] == [
        ("Exemple", False),
        ("", True),
    ]
    # Nothing is counted otherwise than before.
    tables = {t.sheet: t for t in tables_of_decisions(lines, [line.session for line in lines])}
    assert tables["Certifications"].rows[0][1:3] == (2, 2)
    again = world.forget(request)
    assert (_due(again), _codes(again)) == ({}, [])


def test_an_identity_held_for_life_goes_only_where_its_term_says_so(world: World) -> None:
    """By default Zoé stays for ever; with a term she is a number that holds BC01."""
    life = ForgetRequest(output=world.root.parent, terms=default_terms(), day=dt.date(2026, 1, 1))
    assert "identites" not in _due(world.list(life))
    world.forget(world.request({"identites": "3 ans"}))
    with world.register.reading() as connection:
        (held,) = acquired_by(connection)
        assert connection.execute(PERSON.select().where(PERSON.c.id == held.person)).one()[3] == ""


@pytest.mark.posix
def test_what_is_not_on_record_stays(world: World) -> None:
    """A file saved again, another's file and a link are told, and the decisions wait for them."""
    (world.root / GRIDS[0]).write_text("enregistrée de nouveau", encoding="utf-8")
    _write(world.root / "retours" / "photo.jpg", "inconnue")
    outside = world.root.parent / "ailleurs.txt"
    _write(outside, "ailleurs")
    (world.root / "final" / "lien.docx").symlink_to(outside)
    request = world.request(EVERY_FILE)
    answer = world.list(request)
    assert sorted(_codes(answer)) == ["forget-changed", "forget-unknown", "forget-waits"]
    assert _due(answer)["grilles"] == 2
    assert "decisions" not in _due(answer)
    world.forget(request)
    left = {name for name in world.files if not name.startswith(".sheetgen")}
    assert left == {GRIDS[0], "retours/photo.jpg", "final/lien.docx", "final/decisions.json"}
    assert outside.read_text(encoding="utf-8") == "ailleurs"
    # Once somebody has seen to them, the rest goes.
    for name in left - {"final/decisions.json"}:
        (world.root / name).unlink()
    assert _codes(world.forget(request)) == []
    assert not world.root.exists()


def test_a_session_that_is_not_recorded_loses_nothing(world: World) -> None:
    """What is held for life has to be in the register before its folder goes."""
    other = world.root.parent / "AUTRE"
    shutil.copytree(world.root, other)
    closings = Closings.of(SessionFolder(root=other))
    record = closings.read(1)
    closings.write(replace(record, files=(FrozenFile(path="decisions.json", sha256="0" * 64),)))
    answer = world.forget(world.request(EVERY_FILE))
    assert _codes(answer) == ["forget-unrecorded"]
    assert (other / GRIDS[0]).exists()
    assert not world.root.exists()


def test_nothing_goes_before_its_day(world: World) -> None:
    """A day to come may be looked at; nothing is deleted for it."""
    later = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)
    before = world.files
    assert _codes(world.forget(world.request({"grilles": "1 mois"}, later))) == ["forget-to-come"]
    assert world.files == before


class _KilledError(BaseException):
    """Stands for a process that ends here."""


def test_killed_anywhere_the_next_run_completes_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each file: it is run again, all is gone, and the account counts each file once."""
    unlink = Path.unlink
    kept = world.root.parent.parent / "kept"
    shutil.copytree(world.root, kept)
    request = world.request(EVERY_FILE)
    total = sum(_due(world.list(request)).values())
    every = range(total + 1) if world.address.endswith("sqlite") else (0, total // 2, total)
    for last in every:
        left = last

        def dies(path: Path, *, missing_ok: bool = False) -> None:
            nonlocal left
            if left == 0:
                raise _KilledError
            left -= 1
            unlink(path, missing_ok=missing_ok)

        already = sum(world.account().values())
        monkeypatch.setattr(Path, "unlink", dies)
        with pytest.raises(_KilledError):
            world.forget(request)
        monkeypatch.setattr(Path, "unlink", unlink)
        told = _codes(world.list(request))
        assert ("forget-unfinished" in told) == (last < total)
        assert _codes(world.forget(request)) == []
        assert not world.root.exists()
        assert sum(world.account().values()) - already == total
        shutil.copytree(kept, world.root)


def test_two_who_forget_at_once_are_counted_once(world: World) -> None:
    """Both are told that all went well, and each file is in one account."""
    request = world.request(EVERY_FILE)
    total = sum(_due(world.list(request)).values())
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(world.forget, [request] * 2))
    assert [_codes(answer) for answer in answers] == [[], []]
    assert not world.root.exists()
    assert sum(world.account().values()) == total


@pytest.mark.parametrize("gone", [GRIDS[0], f"final/{FROZEN[0]}"])
def test_a_file_that_goes_as_it_is_listed_is_waited_for_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    """Somebody else deletes it between its being found and its being read."""

    def late(path: Path) -> str:
        (world.root / gone).unlink(missing_ok=True)
        return file_digest(path)

    monkeypatch.setattr("sheetgen.retention.due_files.file_digest", late)
    assert _codes(world.forget(world.request(EVERY_FILE))) == []
    assert not world.root.exists()


def test_terms_are_read_as_they_are_written() -> None:
    """Months, years, for life; and what is none of these is refused."""
    said = {"18 mois": 18, "1 an": 12, " 10  ANS ": 120, "à vie": None, "A vie": None}
    for text, months in said.items():
        term = parse_term(text)
        assert term is not None
        assert term.months == months
        assert parse_term(str(term)) == term
    for wrong in ("", "0 mois", "201 ans", "toujours", "-1 an", "1,5 an", 12, None):
        assert parse_term(wrong) is None
    assert set(default_terms()) == set(RETENTION_KINDS)
