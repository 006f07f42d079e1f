"""The SHA-256 of what is being written."""

from __future__ import annotations

import hashlib
import threading

import pytest

from sheetgen.files import digested_meanwhile

LARGE, SMALL = bytes(range(256)) * 5_000, b"abc"


@pytest.mark.parametrize("data", [LARGE, SMALL])
def test_data_is_digested_while_it_is_written(data: bytes) -> None:
    """The digest is that of the bytes, and no thread is left: the process may be copied."""
    before = threading.active_count()
    with digested_meanwhile(data) as digest:
        told = digest()
    assert told == hashlib.sha256(data).hexdigest()
    assert threading.active_count() == before


def test_no_thread_outlives_a_file_that_cannot_be_written() -> None:
    """Whatever cuts the block short, the thread has ended after it."""
    before = threading.active_count()
    with pytest.raises(OSError, match="full"), digested_meanwhile(LARGE):
        raise OSError(28, "full")
    assert threading.active_count() == before
