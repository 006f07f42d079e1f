"""ZIP files put together from compressed pieces open as any other."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from sheetgen.files.zip_members import Mould, pack, whole_member

LONG = b"<row>" * 40_000
"""Longer than one stored block and than the window of the compression."""


def opened(data: bytes) -> dict[str, bytes]:
    """The files in an archive, their checksums verified."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_files_come_out_as_they_went_in() -> None:
    """Whole ones, empty ones, and those with gaps, in the order given."""
    mould = Mould.of("b/c.xml", [b"<a>", b"</a><b>", b"</b>"], [1, 0])
    packed = pack(
        [whole_member("a.xml", LONG), mould.fill([b"zero", b"one"]), whole_member("empty", b"")]
    )
    assert list(opened(packed).items()) == [
        ("a.xml", LONG),
        ("b/c.xml", b"<a>one</a><b>zero</b>"),
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
    stretches=st.lists(st.binary(max_size=300), min_size=1, max_size=6),
    texts=st.lists(st.binary(max_size=50), min_size=3, max_size=3),
    data=st.data(),
)
def test_any_texts_fill_any_gaps(
    stretches: list[bytes], texts: list[bytes], data: st.DataObject
) -> None:
    """What comes out is the stretches with the texts between them."""
    gaps = [data.draw(st.integers(0, 2)) for _ in stretches[1:]]
    whole = stretches[0] + b"".join(
        texts[gap] + stretch for gap, stretch in zip(gaps, stretches[1:], strict=True)
    )
    packed = pack([Mould.of("a", stretches, gaps).fill(texts)])
    assert opened(packed) == {"a": whole}


@given(text=st.sampled_from([b"x", LONG]), repeated=st.integers(1, 3))
def test_one_mould_serves_again_and_again(text: bytes, repeated: int) -> None:
    """Filling leaves the mould as it was, and long texts take several blocks."""
    mould = Mould.of("a", [LONG, LONG], [0])
    for _ in range(repeated):
        assert opened(pack([mould.fill([text])])) == {"a": LONG + text + LONG}
