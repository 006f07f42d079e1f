"""Readers for `read_contained`: found by name in worker processes, as they must be."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, NoReturn

from sheetgen.spreadsheet import RawWorkbook, read_workbook
from sheetgen.spreadsheet.contained import ReadFile

if TYPE_CHECKING:
    from collections.abc import Callable

_SWOLLEN: list[bytes] = []
HARM = b"harm:"
"""What the content of a file begins with that asks for harm, in the words that follow."""


def read(data: bytes) -> RawWorkbook:
    """The workbook; or the harm that the file's content asks for, done for real."""
    asked, _, content = data.partition(b"\n") if data.startswith(HARM) else (b"", b"", data)
    name = asked.decode()
    if "abort" in name:
        os.abort()
    if "leave" in name:
        os._exit(3)
    if "hang" in name:
        time.sleep(600)
    if "swell" in name:
        _SWOLLEN.append(bytes(8 << 30))
    if "keep" in name:
        _SWOLLEN.append(bytes(300 << 20))
    if "need" in name:
        bytes(200 << 20)
    if "fault" in name:
        raise KeyError(name)
    if "exit" in name:
        raise SystemExit(1)
    if "shout" in name:
        os.write(1, b"du bruit")
        os.write(2, b"du bruit")
    return read_workbook(content)


def worker(data: bytes) -> int:  # noqa: ARG001
    """The process that reads."""
    return os.getpid()


def starter(data: bytes) -> int:  # noqa: ARG001
    """The process that the one that reads is a copy of, or was started by."""
    return os.getppid()


def anything(data: bytes) -> Any:
    """The length of a file; of one that looks like a zip, what nobody asked for."""
    return {"une": ["autre", "réponse"]} if data.startswith(b"PK") else len(data)


class Deadly:
    """A reader that ends any process it is sent to, before the process says which file it took."""

    def __reduce__(self) -> tuple[Callable[[int], NoReturn], tuple[int]]:
        return os._exit, (1,)

    def __call__(self, data: bytes) -> int:
        """Fail to be called: no process lives long enough."""
        raise NotImplementedError


READ = ReadFile(read=read, answer=RawWorkbook)
WORKER = ReadFile(read=worker, answer=int)
STARTER = ReadFile(read=starter, answer=int)
