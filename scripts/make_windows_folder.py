"""Make the folder for Windows that needs no installation, and its zip.

    python scripts/make_windows_folder.py --python python-3.13.15-embed-amd64.zip

Downloaded beforehand: the embeddable Python, from python.org, which has to be the one pinned here.
Wheels come from the package index that pip is set up for, of the versions that are pinned
(requirements-dev.txt); with `--wheels DIR` alone, those of that
folder are taken, and the network is left alone. sheetgen's own wheel is built from this checkout.

What only a Windows computer can show is on docs/windows.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import windows_folder
from packaging.utils import canonicalize_name

from sheetgen import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
PYTHON_VERSION = "3.13.15"
PYTHON_SHA256 = "d1f04d990aee1253d8569e8e5104e30fa9f5fa830899f14843448872d936a2cf"
"""Of python-3.13.15-embed-amd64.zip: changed with the version, from python.org's release page."""

PINS = ROOT / "requirements-dev.txt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder and its zip; return the exit status."""
    given = _parser().parse_args(arguments)
    target = given.output / f"sheetgen-{__version__}-windows"
    if target.exists():
        print(f"{target} is there already: remove it first.", file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory() as folder:
            own = given.wheel or build_wheel(Path(folder))
            if given.wheels is None:
                given.wheels = Path(folder) / "wheels"
                given.wheels.mkdir()
                download_wheels(own, given.wheels)
            wheels = [windows_folder.read_wheel(path) for path in _wheels(own, given.wheels)]
            parts = windows_folder.FolderParts(
                embeddable=given.python,
                digest=given.sha256,
                python=PYTHON_VERSION,
                wheels=wheels,
                licence=ROOT / "LICENSE",
            )
            windows_folder.lay_out(target, parts)
    except windows_folder.FolderError as error:
        print(error, file=sys.stderr)
        return 1
    archive = target.with_name(f"{target.name}.zip")
    windows_folder.pack_folder(target, archive)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {len(wheels)} wheels, {size / 1e6:.0f} MB")
    print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")
    return 0


def build_wheel(folder: Path) -> Path:
    """Build sheetgen's wheel with what is installed, and return it."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    _run([*command, str(folder), str(ROOT)])
    (wheel,) = folder.glob("sheetgen-*.whl")
    return wheel


def download_wheels(own: Path, folder: Path) -> None:
    """Download what the wheel needs under Windows, and what that needs, each as it is pinned.

    pip would take this system's requirements for those of Windows, so it is asked for one wheel at
    a time, without what that needs.

    Raises:
        FolderError: something is not pinned, or has no wheel.
    """
    pins = windows_folder.read_pins(PINS)
    while True:
        wheels = [windows_folder.read_wheel(path) for path in _wheels(own, folder)]
        missing = windows_folder.missing_requirements(wheels, PYTHON_VERSION)
        if not missing:
            return
        names = [canonicalize_name(wanted.name) for wanted in missing]
        if unpinned := [name for name in names if name not in pins]:
            message = f"not pinned in {PINS.name}: {', '.join(unpinned)}"
            raise windows_folder.FolderError(message)
        _download([f"{name}=={pins[name]}" for name in names], folder)


def _download(pinned: Sequence[str], folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--platform", "win_amd64"]
    command += ["--python-version", PYTHON_VERSION, "--dest", str(folder)]
    _run([*command, *pinned])


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        message = f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        raise windows_folder.FolderError(message)


def _wheels(own: Path, folder: Path) -> list[Path]:
    return [own, *(path for path in sorted(folder.glob("*.whl")) if path.name != own.name)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--python", type=Path, required=True, help="the embeddable Python, a zip")
    parser.add_argument("--sha256", default=PYTHON_SHA256, help="of that zip, to take another one")
    parser.add_argument("--wheels", type=Path, help="a folder of wheels; else they are downloaded")
    parser.add_argument("--wheel", type=Path, help="sheetgen's own; else it is built")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where the folder goes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
