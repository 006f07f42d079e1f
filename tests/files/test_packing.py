"""ZIP files put together from compressed pieces open as any other."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from sheetgen.files.zip_members import Beginning, pack, whole_member

LONG = b"<row>" * 40_000
"""Longer than one stored block and than the window of the compression."""


def opened(data: bytes) -> dict[str, bytes]:
    """The files in an archive, their checksums verified."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_files_come_out_as_they_went_in() -> None:
    """Whole ones, empty ones, and those with an end of their own, in the order given."""
    beginning = Beginning("b/c.xml", b"<a>")
    packed = pack(
        [whole_member("a.xml", LONG), beginning.finish(b"one</a>"), whole_member("empty", b"")]
    )
    assert list(opened(packed).items()) == [
        ("a.xml", LONG),
        ("b/c.xml", b"<a>one</a>"),
        ("empty", b""),
    ]


def test_headers_say_what_a_plain_archive_says() -> None:
    """Date, rights, method and sizes are those that XlsxWriter's own archives state."""
    (found,) = zipfile.ZipFile(io.BytesIO(pack([whole_member("a.xml", LONG)]))).infolist()
    assert found.date_time == (1980, 1, 1, 0, 0, 0)
    assert found.external_attr == 0o600 << 16
    assert found.compress_type == zipfile.ZIP_DEFLATED
    assert found.file_size == 200_000
    assert found.compress_size < 1_000


@given(
    beginning=st.one_of(st.binary(max_size=300), st.just(LONG)),
    ends=st.lists(st.one_of(st.binary(max_size=300), st.just(LONG)), min_size=1, max_size=3),
)
def test_any_end_follows_any_beginning(beginning: bytes, ends: list[bytes]) -> None:
    """What comes out is both, and the beginning stays as it was for the next end."""
    begun = Beginning("a", beginning)
    for end in ends:
        assert opened(pack([begun.finish(end)])) == {"a": beginning + end}
