"""One juror's grids in a zip archive."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from sheetgen.mailing.sending import pack_grids

NAMES = st.from_regex(r"grille_[A-Za-z0-9]{1,8}\.xlsx", fullmatch=True)


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=5))
def test_an_archive_gives_back_the_grids_that_were_packed(grids: dict[str, bytes]) -> None:
    """Every grid comes out byte for byte, and nothing else does."""
    with zipfile.ZipFile(io.BytesIO(pack_grids(grids))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == grids


def test_the_order_of_the_grids_does_not_matter() -> None:
    """An archive of the grids in another order has the same bytes."""
    grids = {"b.xlsx": b"2", "a.xlsx": b"1", "c.xlsx": b"3"}
    assert pack_grids(grids) == pack_grids(dict(reversed(grids.items())))


def test_entries_are_stored_with_a_fixed_date() -> None:
    """Neither the clock nor a compression library has a say in the bytes."""
    with zipfile.ZipFile(io.BytesIO(pack_grids({"a.xlsx": b"1" * 1000}))) as archive:
        (entry,) = archive.infolist()
    assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert (entry.compress_type, entry.compress_size) == (zipfile.ZIP_STORED, 1000)
