"""What `read_contained` is given in tests: found by name in worker processes, as it must be."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NoReturn

from sheetgen.grids.raw import RawWorkbook, read_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.grids.raw import SpreadsheetFormat

_SWOLLEN: list[bytes] = []


def read(data: bytes, form: SpreadsheetFormat, name: str) -> RawWorkbook:
    """The workbook; or the harm that the file's name asks for, done for real."""
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
    return read_raw(data, form)


def worker(data: bytes, form: SpreadsheetFormat, name: str) -> int:  # noqa: ARG001
    """The process that reads."""
    return os.getpid()


class Deadly:
    """A reader that ends any process it is sent to, before the process says which file it took."""

    def __reduce__(self) -> tuple[Callable[[int], NoReturn], tuple[int]]:
        return os._exit, (1,)

    def __call__(self, data: bytes, form: SpreadsheetFormat, name: str) -> None:
        """Nothing: no process lives to call it."""
