"""ZIP files put together from compressed pieces open as any other."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from sheetgen.files.zip_members import GappedFile, pack, whole_member

LONG = b"<row>" * 40_000
"""Longer than one stored block and than the window of the compression."""


def opened(data: bytes) -> dict[str, bytes]:
    """The files in an archive, their checksums verified."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_files_come_out_as_they_went_in() -> None:
    """Whole ones, empty ones, and those with texts of their own, in the order given."""
    gapped = GappedFile("b/c.xml", b"<a>", [(1, b"</a>")])
    packed = pack(
        [whole_member("a.xml", LONG), gapped.fill([b"", b"one"]), whole_member("empty", b"")]
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


PIECES = st.one_of(st.binary(max_size=300), st.just(LONG))


@given(
    beginning=PIECES,
    rest=st.lists(st.tuples(st.integers(0, 2), PIECES), min_size=1, max_size=4),
    fillings=st.lists(st.lists(st.binary(max_size=300), min_size=3, max_size=3), max_size=3),
)
def test_any_text_fills_any_gap(
    beginning: bytes, rest: list[tuple[int, bytes]], fillings: list[list[bytes]]
) -> None:
    """What comes out is the pieces with the texts between, and stays so for the next texts."""
    gapped = GappedFile("a", beginning, rest)
    for texts in fillings:
        whole = beginning + b"".join(texts[gap] + after for gap, after in rest)
        assert opened(pack([gapped.fill(texts)])) == {"a": whole}


def test_what_stands_between_gaps_is_compressed() -> None:
    """It takes a few bytes more than in one piece, and may be longer than a stored block."""
    gapped = GappedFile("a", LONG, [(0, LONG), (0, LONG)]).fill([b"one"])
    assert len(gapped.deflated) < len(whole_member("a", 3 * LONG).deflated) + 300
