"""Files that come to the desk and go from it: only what is of the session, and nothing twice."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from desks import OPENED, RunningDesk, noting_opener, running_desk

from sheetgen.workspace import Start, create_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSION = "/session/session.xlsx"
RETURNS = "outputs/DEV-2026/retours"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """Run a desk in an example's folder, on a computer where files are opened by noting them."""
    place = tmp_path_factory.mktemp("files")
    folder = place / "session"
    create_workspace(folder, Start(example="titre-developpeur"))
    (place / "ailleurs.xlsx").write_bytes(b"elsewhere")
    (folder / "register.key").touch()
    (folder / "programme.exe").touch()
    (folder / ".cache").mkdir()
    shutil.copyfile(folder / "session.xlsx", folder / ".cache" / "a.xlsx")
    if os.name == "posix":
        (folder / "lien.xlsx").symlink_to(place / "ailleurs.xlsx")
        (folder / "dossier").symlink_to(place)
    with running_desk(folder, noting_opener(place / "programs")) as running:
        running.enter()
        running.wait_for(SESSION)
        yield running


def sent(desk: RunningDesk, name: str, content: bytes = b"grid") -> tuple[int, str]:
    """Drop a file on the page, as its script does."""
    reply = desk.ask(f"{SESSION}/retours?nom={quote(name)}", content)
    return reply.status, reply.text


@pytest.mark.parametrize(
    "name",
    [
        "../../session.xlsx",
        "../ailleurs.xlsx",
        "lien.xlsx",
        "dossier/ailleurs.xlsx",
        "register.key",
        "programme.exe",
        ".cache/a.xlsx",
        "absent.xlsx",
        "session.xlsx\0.exe",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "\\\\serveur\\partage\\a.xlsx",
        "",
    ],
)
@pytest.mark.parametrize("way", ["/fichier", "/ouvrir"])
def test_no_other_file_is_opened_or_sent(desk: RunningDesk, name: str, way: str) -> None:
    """Neither what lies outside or behind a link, nor a key or a program: 404, and nothing done."""
    before = (desk.folder / OPENED).exists()
    if way == "/ouvrir":
        reply = desk.ask(way, {"path": name})
    else:
        reply = desk.ask(f"{way}?chemin={quote(name)}")

    assert (reply.status, reply.text) == (404, "Ce fichier n’est pas là.")
    assert (desk.folder / OPENED).exists() == before


@pytest.mark.posix
def test_a_file_of_the_session_is_opened_once(desk: RunningDesk) -> None:
    """In its own program, by a form of the page; looking at its address opens nothing."""
    path = str(desk.folder / "session.xlsx")

    assert desk.ask(f"/ouvrir?path={quote(path)}").status == 405
    assert desk.ask("/ouvrir", {"path": path, "session": "session.xlsx"}).status == 303
    assert (desk.folder / OPENED).read_text().split() == [path]
    (desk.folder / OPENED).unlink()
    copy = desk.ask(f"/fichier?chemin={quote(path)}")
    assert copy.content == (desk.folder / "session.xlsx").read_bytes()
    assert copy.headers["content-disposition"] == 'attachment; filename="session.xlsx"'


def test_a_file_with_a_bad_name_stays_among_the_returns(desk: RunningDesk) -> None:
    """Whatever the browser calls it, it goes nowhere else, and takes no other one's place."""
    returns = desk.folder / RETURNS
    before = {path: path.stat().st_size for path in desk.folder.rglob("*.xlsx")}
    for name in ("..\\..\\session.xlsx", "../../session.xlsx", "con.xlsx", "a\0b.xlsx"):
        status, told = sent(desk, name, name.encode())
        assert status == 200, told
    assert sent(desk, "session.xlsx", b"../../session.xlsx")[1] == (
        '{"told":"session-1.xlsx : déjà déposé, à l’identique."}'
    )

    assert {path.name for path in returns.iterdir()} == {
        "session.xlsx",
        "session-1.xlsx",
        "x-con.xlsx",
        "a-b.xlsx",
    }
    assert {path: path.stat().st_size for path in before} == before


def test_what_is_no_return_is_not_kept(desk: RunningDesk) -> None:
    """Of a wrong type, empty or too large: told in French, and nothing stays anywhere."""
    outputs = desk.folder / "outputs"
    before = sorted(outputs.rglob("*"))
    refused = (
        ("grille.exe", b"MZ", "ce n’est ni un classeur ni une archive zip"),
        ("..\\..", b"x", "ce n’est ni un classeur"),
        ("grille.xlsx", b"", "le fichier est vide"),
        ("grosse.xlsx", bytes(50 * 2**20 + 1), "plus de 50 Mo"),
    )
    for name, content, told in refused:
        status, said = sent(desk, name, content)
        assert (status, told in said) == (422, True), said
    assert sorted(outputs.rglob("*")) == before
