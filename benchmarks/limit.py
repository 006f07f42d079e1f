"""The work that no program can spare, for the files it is given: `limit.py GLOB… -- GLOB…`.

The members of what is read are inflated, those of what is written deflated as both libraries
deflate them, and the bytes are written to disk, once and without looking at them.
"""

from __future__ import annotations

import glob
import json
import sys
import tempfile
import time
import zipfile
import zlib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Work = tuple[float, float]
"""Megabytes, and the seconds that they take."""


def inflate(paths: Iterable[Path]) -> Work:
    """Inflate every member of these files."""
    size, start = 0, time.perf_counter()
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            size += sum(len(archive.read(name)) for name in archive.namelist())
    return size / 1e6, time.perf_counter() - start


def deflate(paths: Iterable[Path]) -> Work:
    """Deflate every member of these files, which are inflated before."""
    size, seconds = 0, 0.0
    for part in _members(paths):
        start = time.perf_counter()
        zlib.compress(part, 6)
        seconds += time.perf_counter() - start
        size += len(part)
    return size / 1e6, seconds


def write(paths: Iterable[Path]) -> Work:
    """Write files as large as these."""
    contents = [path.read_bytes() for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        for number, data in enumerate(contents):
            Path(folder, str(number)).write_bytes(data)
        return sum(map(len, contents)) / 1e6, time.perf_counter() - start


def _members(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from map(archive.read, archive.namelist())


def _found(patterns: Iterable[str]) -> list[Path]:
    names = chain.from_iterable(glob.glob(item, recursive=True) for item in patterns)  # noqa: PTH207 - patterns are whole paths
    return [path for path in map(Path, names) if path.is_file()]


def main() -> None:
    """Print what each part of the work takes."""
    arguments = sys.argv[1:]
    middle = arguments.index("--")
    read, written = _found(arguments[:middle]), _found(arguments[middle + 1 :])
    archives = [path for path in written if path.suffix in {".xlsx", ".docx"}]
    print(json.dumps([inflate(read), deflate(archives), write(written)]))


if __name__ == "__main__":
    main()
