"""Lay out the folder for Windows: an embeddable Python, wheels unpacked beside it, their licences.

`make_windows_folder` says where they come from. Nothing here knows the system it runs on: the
folder is made of files alone, so it can be made, and looked at, on any.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from email import message_from_string
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from sheetgen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from email.message import Message

TEXTS = Path(__file__).parent / "windows"
PYTHON, SITE, LICENCES = "python", "site-packages", "licences"
EXTRAS = ("desk", "pdf", "postgresql")
"""All but the cluster: a folder for one person's computer."""

_PATH_FILE = re.compile(r"python(\d)(\d+)\._pth")
_NEEDED = ("python.exe", "pythonw.exe", "LICENSE.txt")
_LICENCE_FILE = re.compile(r"[^/]+\.dist-info/(licenses/|licen[cs]e|copying|notice)", re.IGNORECASE)
_TEXT_LEFT_OUT = {"docxtpl": "LGPL-2.1.txt"}
"""Wheels that name their licence and lack its text."""
_CLASSIFIER = "License :: OSI Approved :: "
_COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
_RUNTIME = re.compile(rb"(?:msvcp|vcruntime|concrt|vcomp|python3)\w*\.dll", re.IGNORECASE)
"""Libraries that Windows does not bring: they have to be in the folder."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class FolderError(Exception):
    """Raised where the folder cannot be made; says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelFacts:
    """A wheel, and what its metadata say.

    Attributes:
        licence: its name.
    """

    path: Path
    name: str
    version: str
    licence: str
    requires: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderParts:
    """All that a folder is made of.

    Attributes:
        embeddable: the zip of python.org.
        digest: its SHA-256.
        python: its version.
        licence: the project's own.
    """

    embeddable: Path
    digest: str
    python: str
    wheels: Sequence[WheelFacts]
    licence: Path


def read_wheel(path: Path) -> WheelFacts:
    """Return what a wheel says of itself.

    Raises:
        FolderError: it says no licence, or one that asks more than ours.
    """
    name, version, _, _ = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        (place,) = (one for one in archive.namelist() if _is_metadata(one))
        metadata = message_from_string(archive.read(place).decode("utf-8"))
    licence = _licence(metadata)
    if not licence or _COPYLEFT.search(licence.replace("LGPL", "")):
        message = f"{path.name}: its licence is {licence or 'not said'}"
        raise FolderError(message)
    return WheelFacts(
        path=path,
        name=canonicalize_name(name),
        version=str(version),
        licence=licence,
        requires=tuple(Requirement(text) for text in metadata.get_all("Requires-Dist", ())),
    )


def missing_requirements(wheels: Iterable[WheelFacts], python: str) -> list[Requirement]:
    """Return what the wheels need under Windows and none of them is, one for each name.

    Args:
        wheels: sheetgen's own among them.
        python: the version of Python that runs them.

    Raises:
        FolderError: one of them is of a version that another does not accept.
    """
    there = {wheel.name: wheel for wheel in wheels}
    missing: dict[str, Requirement] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(f"sheetgen[{','.join(EXTRAS)}]")]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        found = there.get(name)
        if found is None:
            missing[name] = wanted
            continue
        if not wanted.specifier.contains(found.version, prereleases=True):
            message = f"{found.path.name}, where {wanted} is needed"
            raise FolderError(message)
        step = (name, frozenset(wanted.extras))
        if step not in asked:
            asked.add(step)
            waiting += [one for one in found.requires if _applies(one, wanted.extras, python)]
    return [missing[name] for name in sorted(missing)]


def lay_out(folder: Path, parts: FolderParts) -> None:
    """Make the folder, which is not there yet.

    Raises:
        FolderError: a part is not what it has to be.
    """
    _check(parts)
    _unpack(parts.embeddable, folder / PYTHON)
    _adapt_path(folder / PYTHON)
    for wheel in parts.wheels:
        _unpack_wheel(wheel.path, folder / SITE)
    values = {"version": __version__, "python": parts.python}
    for text in sorted(TEXTS.iterdir()):
        if text.is_file():
            said = text.read_text(encoding="utf-8")
            if text.suffix == ".txt":
                said = said.format_map(values)
            _write_for_windows(folder / text.name, said)
    _gather_licences(folder, parts)
    _check_libraries(folder)


def pack_folder(folder: Path, archive: Path) -> None:
    """Write the folder's zip: the same files give the same bytes, whenever and wherever."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                place = path.relative_to(folder.parent).as_posix()
                member = zipfile.ZipInfo(place, _FIRST_DAY)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                packed.writestr(member, path.read_bytes(), compresslevel=9)


def _applies(wanted: Requirement, extras: set[str], python: str) -> bool:
    """Return whether a requirement holds under Windows, for one of these extras or without."""
    short = ".".join(python.split(".")[:2])
    environment: dict[str, str] = {
        **{name: str(value) for name, value in default_environment().items()},
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": python,
        "python_version": short,
        "sys_platform": "win32",
    }
    if wanted.marker is None:
        return True
    return any(wanted.marker.evaluate({**environment, "extra": name}) for name in ("", *extras))


def _check(parts: FolderParts) -> None:
    found = sha256(parts.embeddable.read_bytes()).hexdigest()
    if found != parts.digest:
        message = f"{parts.embeddable.name}: its SHA-256 is {found}, not {parts.digest}"
        raise FolderError(message)
    missing = missing_requirements(parts.wheels, parts.python)
    if missing:
        message = f"no wheel for {', '.join(map(str, missing))}"
        raise FolderError(message)


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            _write(packed, name, folder, PurePosixPath(name))
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        message = f"{archive.name}: without {', '.join(missing)}, it is no embeddable Python"
        raise FolderError(message)


def _adapt_path(python: Path) -> None:
    """Have Python look for modules in its own library and in the wheels, nowhere else."""
    files = [path for path in python.iterdir() if _PATH_FILE.fullmatch(path.name)]
    if len(files) != 1:
        message = "an embeddable Python has one file ._pth"
        raise FolderError(message)
    stem = files[0].stem
    files[0].write_text(f"{stem}.zip\n.\n..\\{SITE}\n", encoding="ascii", newline="\r\n")


def _unpack_wheel(wheel: Path, site: Path) -> None:
    """Put a wheel's files where they are imported from; its programs are left out."""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            place = PurePosixPath(name)
            if place.parts[0].endswith(".data"):
                if place.parts[1] in {"scripts", "headers", "data"}:
                    continue
                place = PurePosixPath(*place.parts[2:])
            _write(packed, name, site, place)


def _write(packed: zipfile.ZipFile, name: str, folder: Path, place: PurePosixPath) -> None:
    if name.endswith("/"):
        return
    if place.is_absolute() or ".." in place.parts or ":" in name or "\\" in name:
        message = f"{packed.filename}: {name} leads out of its folder"
        raise FolderError(message)
    path = folder / place
    if path.exists():
        message = f"{packed.filename}: {name} is in another wheel too"
        raise FolderError(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed.read(name))


def _gather_licences(folder: Path, parts: FolderParts) -> None:
    """Copy every licence, and list who is under which."""
    home = folder / LICENCES
    (home / f"Python-{parts.python}").mkdir(parents=True)
    text = (folder / PYTHON / "LICENSE.txt").read_bytes()
    (home / f"Python-{parts.python}" / "LICENSE.txt").write_bytes(text)
    rows = [("Python", parts.python, "PSF-2.0")]
    for wheel in sorted(parts.wheels, key=lambda one: one.name):
        rows.append((wheel.name, wheel.version, wheel.licence))
        own = home / f"{wheel.name}-{wheel.version}"
        for name, text in _licence_texts(wheel, parts).items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            (own / name).write_bytes(text)
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [
        f"{name:<{widths[0]}}  {version:<{widths[1]}}  {licence}" for name, version, licence in rows
    ]
    heading = "Ce que contient ce dossier, et sous quelle licence. Les textes sont dans licences."
    _write_for_windows(folder / "Licences.txt", "\n".join([heading, "", *lines, ""]))
    sums = [f"{parts.digest}  {parts.embeddable.name}"]
    sums += [
        f"{sha256(one.path.read_bytes()).hexdigest()}  {one.path.name}"
        for one in sorted(parts.wheels, key=lambda one: one.name)
    ]
    _write_for_windows(home / "sha256.txt", "\n".join([*sums, ""]))


def _licence_texts(wheel: WheelFacts, parts: FolderParts) -> dict[str, bytes]:
    """Return the texts of a wheel's licence, each by its place."""
    if wheel.name == "sheetgen":
        return {parts.licence.name: parts.licence.read_bytes()}
    with zipfile.ZipFile(wheel.path) as packed:
        texts = {
            name.partition("/")[2].removeprefix("licenses/"): packed.read(name)
            for name in packed.namelist()
            if _LICENCE_FILE.match(name) and not name.endswith("/")
        }
    if not texts and wheel.name in _TEXT_LEFT_OUT:
        name = _TEXT_LEFT_OUT[wheel.name]
        texts = {name: (TEXTS / "licences" / name).read_bytes()}
    if not texts:
        message = f"{wheel.path.name}: the text of its licence is not in it"
        raise FolderError(message)
    return texts


def _check_libraries(folder: Path) -> None:
    """Check that each library of Python or of the compiler that something loads is there."""
    there = {path.name.lower() for path in folder.rglob("*.dll")}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".pyd", ".dll"}:
            named = {found.decode().lower() for found in _RUNTIME.findall(path.read_bytes())}
            if missing := sorted(named - there):
                message = f"{path.name} needs {', '.join(missing)}, which is not in the folder"
                raise FolderError(message)


def _write_for_windows(path: Path, text: str) -> None:
    """Write a text as Notepad and the command interpreter read it."""
    encoding = "ascii" if path.suffix == ".cmd" else "utf-8-sig"
    path.write_text(text, encoding=encoding, newline="\r\n")


def _is_metadata(name: str) -> bool:
    return name.count("/") == 1 and name.endswith(".dist-info/METADATA")


def _licence(metadata: Message) -> str:
    """Return a licence's name: the expression, else the classifiers, else the first line."""
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [
        str(text).removeprefix(_CLASSIFIER)
        for text in metadata.get_all("Classifier", ())
        if str(text).startswith(_CLASSIFIER)
    ]
    if classifiers:
        return ", ".join(classifiers)
    lines = str(metadata.get("License", "")).strip().splitlines()
    return lines[0] if lines else ""


def read_pins(file: Path) -> Mapping[str, str]:
    """Return the version that is pinned of each package."""
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    pairs = (line.partition("==") for line in lines)
    return {canonicalize_name(name): version for name, equals, version in pairs if equals}
