"""Returned files: those that are found, under which names, and what is said of the others."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from spreadsheet import hostile

from sheetgen.problems import Location
from sheetgen.problems.returns import ARCHIVE_PROTECTED, EMPTY_FILE, NOT_A_WORKBOOK
from sheetgen.returns import archives
from sheetgen.returns.files import UnreadableFileError, is_archive_file
from sheetgen.returns.find import FoundFile, find_returns
from sheetgen.returns.strangers import outside_packages, with_advice
from sheetgen.spreadsheet import is_archive as is_mere_archive
from sheetgen.spreadsheet import limits

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.problems import Problem

GRID = hostile.grid()


def put(path: Path, data: bytes = GRID) -> Path:
    """Writes a file, its folders too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(*paths: Path) -> list[str]:
    """The names found, nothing being wrong."""
    found, problems = find_returns(paths)
    assert problems == []
    return [file.name for file in found]


def refusals(*paths: Path) -> list[tuple[str, str]]:
    """File and code of each problem."""
    return [(problem.location.file, problem.code) for problem in find_returns(paths)[1]]


def test_files_are_found_at_any_depth_by_name(tmp_path: Path) -> None:
    """Names are under the folder given, with slashes, in order."""
    put(tmp_path / "b.xlsx")
    put(tmp_path / "J1" / "envoi 2" / "é.ods")
    put(tmp_path / "J1" / "a.xls")
    assert names(tmp_path) == ["J1/a.xls", "J1/envoi 2/é.ods", "b.xlsx"]


def test_a_file_given_alone_bears_its_own_name(tmp_path: Path) -> None:
    """A path to a file is a return like another."""
    assert names(put(tmp_path / "sous" / "a.xlsx")) == ["a.xlsx"]


def test_a_found_file_tells_its_bytes_size_and_sum(tmp_path: Path) -> None:
    """What is audited later is what is read now."""
    (found,), _ = find_returns([put(tmp_path / "a.xlsx")])
    assert found.read() == GRID
    assert (found.size, found.sha256) == (len(GRID), hashlib.sha256(GRID).hexdigest())


@pytest.mark.parametrize(
    "name",
    [
        "~$a.xlsx", ".~lock.a.ods#", "._a.xlsx", ".DS_Store", "Thumbs.db", "THUMBS.DB",
        "desktop.ini", "__MACOSX/a.xlsx", ".git/config", ".gitkeep", "~WRL0001.tmp",
        "$RECYCLE.BIN/a.xlsx", ".~lock.a.ods#.icloud",
    ],
)  # fmt: skip
def test_what_systems_leave_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    """On disk and in archives, nobody is told of files that nobody sent."""
    put(tmp_path / "a.xlsx")
    put(tmp_path / name)
    put(tmp_path / "z.zip", hostile.packed({"b.xlsx": GRID, name: GRID}))
    assert names(tmp_path) == ["a.xlsx", "z.zip!/b.xlsx"]


@pytest.mark.parametrize("name", ["photo.jpg", "scan.pdf", "lettre.docx", "notes.csv", ".xlsx"])
def test_any_other_file_is_found_to_be_named_later(tmp_path: Path, name: str) -> None:
    """What is no grid is not passed over: it is read, and refused by name."""
    put(tmp_path / name, b"autre chose")
    assert names(tmp_path) == [name]


def test_a_zip_is_opened_and_the_zips_in_it(tmp_path: Path) -> None:
    """Members are named after the archives they are in, and read from there."""
    inner = hostile.packed({"J2/b.xlsx": GRID, "c.pdf": b"%PDF"})
    put(tmp_path / "envoi.zip", hostile.packed({"J1/a.xlsx": b"A", "J2.zip": inner}))
    found, problems = find_returns([tmp_path])
    assert problems == []
    assert [(file.name, file.member, file.read()) for file in found] == [
        ("envoi.zip!/J1/a.xlsx", "J1/a.xlsx", b"A"),
        ("envoi.zip!/J2.zip!/J2/b.xlsx", "J2.zip!/J2/b.xlsx", GRID),
        ("envoi.zip!/J2.zip!/c.pdf", "J2.zip!/c.pdf", b"%PDF"),
    ]


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    """A workbook named .zip is one file; an archive named .xlsx is opened."""
    put(tmp_path / "grille.zip")
    put(tmp_path / "grilles.xlsx", hostile.packed({"a.xlsx": GRID}))
    assert names(tmp_path) == ["grille.zip", "grilles.xlsx!/a.xlsx"]


def test_a_third_zip_inside_is_refused_and_its_neighbours_found(tmp_path: Path) -> None:
    """Archives are opened once nested, not deeper."""
    deepest = hostile.packed({"c.xlsx": GRID})
    inner = hostile.packed({"b.xlsx": GRID, "trop.zip": deepest})
    put(tmp_path / "a.zip", hostile.packed({"inner.zip": inner}))
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == ["a.zip!/inner.zip!/b.xlsx"]
    assert [(p.location.file, p.code) for p in problems] == [
        ("a.zip!/inner.zip!/trop.zip", "archive-too-deep")
    ]


@pytest.mark.parametrize("name", ["../a.xlsx", "x/../../a.xlsx", "/etc/a.xlsx", "C:\\a.xlsx"])
def test_a_member_that_leaves_its_archive_is_refused(tmp_path: Path, name: str) -> None:
    """Such names are no tool's; nothing is written anywhere, and the others are found."""
    items = [hostile.entry(name, GRID), hostile.entry("b.xlsx", GRID)]
    put(tmp_path / "retours" / "z.zip", hostile.written(items))
    found, problems = find_returns([tmp_path / "retours"])
    assert [file.name for file in found] == ["z.zip!/b.xlsx"]
    assert [problem.code for problem in problems] == ["archive-unsafe-name"]
    assert [path.name for path in tmp_path.rglob("*")] == ["retours", "z.zip"]


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Each is read from its own place in the archive."""
    items = [hostile.entry("a.xlsx", b"1"), hostile.entry("a.xlsx", b"2")]
    put(tmp_path / "z.zip", hostile.written(items))
    found, _ = find_returns([tmp_path])
    assert [(file.name, file.read()) for file in found] == [
        ("z.zip!/a.xlsx", b"1"),
        ("z.zip!/a.xlsx (2)", b"2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_accents_in_old_archives_are_read(tmp_path: Path, encoding: str) -> None:
    """Zips that do not say how names are written are those of macOS or of French Windows."""
    entry = replace(hostile.entry("", GRID), name="Zoé é.xlsx".encode(encoding), flags=0)
    put(tmp_path / "z.zip", hostile.written([entry]))
    assert names(tmp_path) == ["z.zip!/Zoé é.xlsx"]


def test_backslashes_in_an_archive_are_folders(tmp_path: Path) -> None:
    """Some Windows tools write them so."""
    put(tmp_path / "z.zip", hostile.written([hostile.entry("J1\\a.xlsx", GRID)]))
    assert names(tmp_path) == ["z.zip!/J1/a.xlsx"]


@pytest.mark.parametrize("kept", [40, -40])
def test_a_zip_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    """Nothing is found in it, and the file beside it is."""
    put(tmp_path / "a.xlsx")
    put(tmp_path / "z.zip", hostile.packed({"b.xlsx": GRID})[:kept])
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == ["a.xlsx"]
    assert [(p.location.file, p.code) for p in problems] == [("z.zip", "damaged-archive")]


def test_a_member_that_is_damaged_is_refused_alone(tmp_path: Path) -> None:
    """The sum of its bytes is checked; the other members are found."""
    bad = hostile.Entry(name="a.xlsx", packed=b"\xff", size=9, crc=1)
    put(tmp_path / "z.zip", hostile.written([bad, hostile.entry("b.xlsx", GRID)]))
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == ["z.zip!/b.xlsx"]
    assert [(p.location.file, p.code) for p in problems] == [("z.zip!/a.xlsx", "damaged-archive")]


def test_a_member_under_a_password_is_refused(tmp_path: Path) -> None:
    """The administrator is told to extract the archive."""
    secret = hostile.Entry(name="a.xlsx", packed=b"x", size=1, crc=1, flags=1)
    put(tmp_path / "z.zip", hostile.written([secret]))
    assert refusals(tmp_path) == [("z.zip!/a.xlsx", "password-protected-archive")]


@pytest.mark.parametrize(
    "items",
    [
        [hostile.zeros("a.xlsx", 1024)],
        [hostile.zeros(f"{n}.xlsx", 45) for n in range(12)],
        [hostile.entry(f"{n}.txt", b"") for n in range(5_001)],
        [hostile.zeros("a.xlsx", 40)],
    ],
    ids=["one gibibyte", "much together", "many", "ratio"],
)
def test_an_archive_beyond_the_limits_is_refused_whole(
    tmp_path: Path, items: list[hostile.Entry]
) -> None:
    """Entries, inflated size and ratio are bounded; the other files are found."""
    put(tmp_path / "a.xlsx")
    put(tmp_path / "z.zip", hostile.written(items))
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == ["a.xlsx"]
    assert [(p.location.file, p.code) for p in problems] == [("z.zip", "archive-too-large")]


def test_an_entry_inflates_no_further_than_it_says(tmp_path: Path) -> None:
    """A table that says little of a bomb is believed, and the bomb refused."""
    lie = hostile.zeros("a.xlsx", 1024)
    small = hostile.Entry(name="a.xlsx", packed=lie.packed, size=100, crc=lie.crc)
    put(tmp_path / "z.zip", hostile.written([small]))
    assert refusals(tmp_path) == [("z.zip!/a.xlsx", "damaged-archive")]


def test_a_file_far_larger_than_a_grid_is_not_read(tmp_path: Path) -> None:
    """A video dropped among the grids costs nothing."""
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    (problem,) = find_returns([tmp_path])[1]
    assert (problem.location.file, problem.code) == ("film.mp4", "file-too-large")
    assert "51 Mo" in problem.message


@pytest.mark.posix
def test_a_file_reached_twice_counts_once(tmp_path: Path) -> None:
    """Overlapping paths and links lead to the same return."""
    put(tmp_path / "J1" / "a.xlsx")
    (tmp_path / "J1" / "lien.xlsx").symlink_to("a.xlsx")
    assert names(tmp_path, tmp_path / "J1", tmp_path / "J1" / "a.xlsx") == ["J1/a.xlsx"]


@pytest.mark.posix
def test_links_in_circles_end(tmp_path: Path) -> None:
    """A folder that leads back to itself is walked once."""
    put(tmp_path / "J1" / "a.xlsx")
    (tmp_path / "J1" / "retour").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["J1/a.xlsx"]


def test_files_of_one_name_under_two_paths_bear_their_paths(tmp_path: Path) -> None:
    """So that each can be named, whatever the order of the paths."""
    one, two = put(tmp_path / "un" / "a.xlsx"), put(tmp_path / "deux" / "a.xlsx")
    expected = sorted([one.as_posix(), two.as_posix()])
    assert names(tmp_path / "un", tmp_path / "deux") == expected
    assert names(tmp_path / "deux", tmp_path / "un") == expected


@pytest.mark.posix
@pytest.mark.parametrize("name", ["absent", "lien", "tube"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    """A path that is missing, leads nowhere or is a device is said so, not waited for."""
    (tmp_path / "lien").symlink_to("nulle part")
    os.mkfifo(tmp_path / "tube")
    assert refusals(tmp_path / name) == [((tmp_path / name).as_posix(), "unreadable-file")]
    assert refusals(tmp_path) == [("lien", "unreadable-file"), ("tube", "unreadable-file")]


@pytest.mark.linux
def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    """Other systems name files in other encodings; a report can still be written."""
    (tmp_path / os.fsdecode(b"grille-\xe9.xlsx")).write_bytes(GRID)
    (found,), _ = find_returns([tmp_path])
    assert found.name == "grille-\N{REPLACEMENT CHARACTER}.xlsx"
    assert found.read() == GRID


def test_a_file_gone_since_it_was_found_is_refused(tmp_path: Path) -> None:
    """Reading says so, on disk and in an archive."""
    grid = put(tmp_path / "a.xlsx")
    archive = put(tmp_path / "z.zip", hostile.packed({"b.xlsx": GRID}))
    found, _ = find_returns([tmp_path])
    grid.unlink()
    archive.unlink()
    assert [reading(file).code for file in found] == ["unreadable-file", "unreadable-file"]


def test_an_archive_changed_since_it_was_found_is_refused(tmp_path: Path) -> None:
    """A member that is no longer there is not mistaken for another."""
    archive = put(tmp_path / "z.zip", hostile.packed({"a.xlsx": GRID, "b.xlsx": GRID}))
    found, _ = find_returns([tmp_path])
    put(archive, hostile.packed({"a.xlsx": GRID}))
    assert reading(found[1]).code == "damaged-archive"
    put(archive, b"PK")
    assert reading(found[1]).code == "damaged-archive"


def reading(file: FoundFile) -> Problem:
    """Return the problem of a file that cannot be read."""
    with pytest.raises(UnreadableFileError) as caught:
        file.read()
    return caught.value.at(file.name)


def test_no_file_is_changed_nor_added(tmp_path: Path) -> None:
    """Finding and reading leave the folder as it was."""
    put(tmp_path / "a.xlsx")
    put(tmp_path / "z.zip", hostile.packed({"b.xlsx": GRID}))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    for file in find_returns([tmp_path])[0]:
        file.read()
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert after == before


def test_no_archive_stays_in_memory(tmp_path: Path) -> None:
    """What was found is let go of."""
    put(tmp_path / "z.zip", hostile.packed({"b.xlsx": GRID}))
    find_returns([tmp_path])
    assert archives._cached_archive.cache_info().currsize == 0  # noqa: SLF001


@pytest.mark.parametrize("name", ["x.xlsx", "J1/grille é.ods"])
def test_a_file_that_is_still_in_the_cloud_is_told(tmp_path: Path, name: str) -> None:
    """MacOS leaves a hidden trace of some bytes: the grid may well be filled in."""
    place = (tmp_path / name).with_name(f".{(tmp_path / name).name}.icloud")
    put(place, b"bplist00")
    packed = f"{name.rpartition('/')[0]}/.{place.name[1:]}".lstrip("/")
    put(tmp_path / "z.zip", hostile.packed({packed: b"bplist00", "b.xlsx": GRID}))
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == ["z.zip!/b.xlsx"]
    assert [problem.code for problem in problems] == ["not-downloaded"] * 2
    assert f"Le fichier « {(tmp_path / name).name} »" in problems[0].message


@pytest.mark.parametrize(
    "items",
    [
        [],
        [hostile.entry("J1/", b""), hostile.entry("J2/x/", b"")],
        [hostile.entry("__MACOSX/._a.xlsx", b"x"), hostile.entry(".DS_Store", b"x")],
    ],
    ids=["empty", "folders", "left behind"],
)
def test_an_archive_without_a_file_is_told(tmp_path: Path, items: list[hostile.Entry]) -> None:
    """Somebody meant to send grids in it; nothing in it is passed over in silence."""
    put(tmp_path / "z.zip", hostile.written(items))
    assert refusals(tmp_path) == [("z.zip", "empty-archive")]
    put(tmp_path / "z.zip", hostile.packed({"a.xlsx": GRID, "b.zip": hostile.written(items)}))
    assert refusals(tmp_path) == [("z.zip!/b.zip", "empty-archive")]


WORKBOOK_PARTS = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "docProps/app.xml")
TEXT_PARTS = ("mimetype", "content.xml", "META-INF/manifest.xml", "Pictures/1.png")


@pytest.mark.parametrize("parts", [WORKBOOK_PARTS, TEXT_PARTS])
@pytest.mark.parametrize("folder", ["", "grille/"])
def test_an_unpacked_workbook_is_told_once(
    tmp_path: Path, folder: str, parts: tuple[str, ...]
) -> None:
    """Not part by part; what lies beside is found, the returns' own folder included."""
    for part in parts:
        put(tmp_path / "retours" / folder / part, b"<x/>")
    put(tmp_path / "retours" / folder / "a.xlsx")
    found, problems = find_returns([tmp_path / "retours"])
    assert [file.name for file in found] == [f"{folder}a.xlsx"]
    assert [problem.code for problem in problems] == ["unpacked-workbook"]


def test_an_unpacked_workbook_in_an_archive_is_told_once(tmp_path: Path) -> None:
    """A folder of parts that was packed again is one problem, not one a part."""
    parts = {f"grille/{part}": b"<x/>" for part in WORKBOOK_PARTS}
    put(tmp_path / "z.zip", hostile.packed({**parts, "grille/b.xlsx": GRID, "a.xlsx": GRID}))
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == ["z.zip!/a.xlsx", "z.zip!/grille/b.xlsx"]
    assert [(p.location.file, p.code) for p in problems] == [("z.zip!/grille", "unpacked-workbook")]


def test_a_document_that_is_a_folder_is_told_once(tmp_path: Path) -> None:
    """A Numbers document, away from a Mac."""
    put(tmp_path / "grille.numbers" / "Index.zip", hostile.packed({"a.iwa": b"x"}))
    assert refusals(tmp_path) == [("grille.numbers", "unpacked-workbook")]
    parts = {f"J1/b.numbers/{part}": b"x" for part in ("Index/a.iwa", "Index/b.iwa", "c.jpg")}
    put(tmp_path / "z.zip", hostile.packed({**parts, "a.xlsx": GRID}))
    assert refusals(tmp_path / "z.zip") == [("z.zip!/J1/b.numbers", "unpacked-workbook")]


def test_members_of_one_name_are_said_to_be_two(tmp_path: Path) -> None:
    """The name given to the second is that of no other."""
    items = [hostile.entry(name, GRID) for name in ("a.xlsx", "a.xlsx", "a.xlsx (2)")]
    put(tmp_path / "z.zip", hostile.written(items))
    found, problems = find_returns([tmp_path])
    assert [file.name for file in found] == [
        "z.zip!/a.xlsx", "z.zip!/a.xlsx (2)", "z.zip!/a.xlsx (3)",
    ]  # fmt: skip
    (problem,) = problems
    assert problem.message == (
        "L'archive contient 2 fichiers de ce nom ; celui-ci est appelé ici a.xlsx (3)."
    )


def test_files_that_are_shown_alike_are_told_apart(tmp_path: Path) -> None:
    """Two names in an encoding of another system: returns are known by what is shown."""
    for byte in (b"\xe8", b"\xe9"):
        (tmp_path / os.fsdecode(b"grille-" + byte + b".xlsx")).write_bytes(GRID + byte)
    found, _ = find_returns([tmp_path])
    assert len({file.name for file in found}) == 2


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("grille.numbers", "Numbers : Fichier, Exporter vers"),
        ("grille.gsheet", "lien vers Google Sheets"),
        ("message.eml", "enregistrer la pièce jointe"),
        ("message.MSG", "enregistrer la pièce jointe"),
        ("z.zip!/winmail.dat", "texte simple"),
        ("photo.HEIC", "photo"),
        ("photo.jpg", "photo"),
        ("scan.pdf", "PDF"),
        ("lettre.docx", "document"),
        ("notes.csv", "CSV"),
        ("envoi.rar", "L'extraire"),
        ("envoi.7z", "L'extraire"),
        ("grille.xlsx.zip.001", "morceau d'une archive"),
        ("grille.7z.012", "morceau d'une archive"),
        ("grilles.z01", "morceau d'une archive"),
        ("grilles.part2.rar", "morceau d'une archive"),
        ("grille.xlsx.lnk", "raccourci"),
        ("grille.url", "raccourci"),
        ("grille.xlsx.crdownload", "téléchargement"),
        ("grille.xlsx.part", "téléchargement"),
        ("grille.tmp", "téléchargement"),
    ],
)
def test_what_is_no_workbook_comes_with_what_to_do(name: str, advice: str) -> None:
    """By its name, where its content is that of no grid."""
    refused = NOT_A_WORKBOOK.at(Location(file=name), found="inconnu")
    assert advice in with_advice(refused).hint


def test_a_damaged_workbook_keeps_its_own_advice() -> None:
    """So does what is refused for something else than its nature."""
    for kind, name in ((EMPTY_FILE, "a.xlsx"), (ARCHIVE_PROTECTED, "a.pdf")):
        refused = kind.at(Location(file=name))
        assert with_advice(refused) == refused


def zipped(*entries: str, comment: bytes = b"", ahead: bytes = b"") -> bytes:
    """A zip of empty entries, some bytes ahead of it."""
    target = io.BytesIO(ahead)
    target.seek(0, os.SEEK_END)
    with zipfile.ZipFile(target, "a" if ahead else "w") as package:
        package.comment = comment
        for entry in entries:
            package.writestr(entry, b"")
    return target.getvalue()


PART = "[Content_Types].xml"
LONG = f"{'a' * 60}/{PART}"


@pytest.mark.parametrize(
    ("data", "is_archive"),
    [
        pytest.param(GRID, False, id="a grid"),
        pytest.param(zipped(PART, "a.xlsx"), False, id="a part first"),
        pytest.param(zipped("a.xlsx", PART), False, id="a part last"),
        pytest.param(zipped("mimetype"), False, id="OpenDocument"),
        pytest.param(zipped("Index/Document.iwa"), False, id="Numbers"),
        pytest.param(zipped("a.xlsx", "b.xlsx"), True, id="grids"),
        pytest.param(zipped(f"a.numbers/{PART}", "b.xlsx"), True, id="a part in a folder of Apple"),
        pytest.param(zipped(LONG, "b.xlsx"), True, id="a long name that ends like a part"),
        pytest.param(zipped(), True, id="nothing"),
        pytest.param(zipped(PART, comment=b"PK\5\6"), False, id="a part and a comment"),
        pytest.param(zipped("a.xlsx", comment=zipped(PART)), False, id="a document as comment"),
        pytest.param(zipped(PART, ahead=b"PK ahead"), False, id="a part behind other bytes"),
        pytest.param(
            zipped("a.xlsx", ahead=zipped(PART)), False, id="a document in which one adds"
        ),
        pytest.param(zipped(PART)[:-1], False, id="a cut end"),
        pytest.param(zipped(PART)[:70] + zipped(PART)[-22:], False, id="a cut table"),
        pytest.param(b"PK", False, id="two bytes"),
        pytest.param(b"PK\3\4" + b"x" * 80, False, id="no table"),
    ],
)
def test_an_archive_is_known_by_its_whole_table(
    tmp_path: Path, data: bytes, *, is_archive: bool
) -> None:
    """A part that comes first is enough; what is damaged is a workbook unless it is named a zip."""
    assert is_archive_file(put(tmp_path / "a.xlsx", data)) is is_archive
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as package:
        whole = is_mere_archive(outside_packages(package.namelist()))
        assert is_archive_file(put(tmp_path / "a.zip", data)) is whole is is_archive
