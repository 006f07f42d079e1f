"""JSON written piece by piece: the same bytes as the standard library writes at once."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheetgen.files import json_text
from sheetgen.files.json_text import Streamed, gathered, read_json, write_json
from sheetgen.text import acts_or_hides

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=12,
)  # fmt: skip


def written(members: dict[str, object], *, finite: bool = False) -> bytes:
    """Return an object written with lists given item by item, and objects by member."""
    file = io.BytesIO()
    pieces = ((name, streamed(value)) for name, value in members.items())
    write_json(file, pieces, finite=finite)
    return file.getvalue()


def streamed(value: object) -> object:
    """The value, to be written piece by piece."""
    if isinstance(value, list):
        return map(streamed, value)
    if isinstance(value, dict):
        return Streamed((name, streamed(inside)) for name, inside in value.items())
    return value


@given(members=st.dictionaries(st.text(), VALUES, max_size=4))
def test_pieces_make_what_the_standard_library_writes(members: dict[str, object]) -> None:
    """Indents, empty arrays and objects, accents, line ends inside texts: byte by byte.

    But for characters that act or are not seen, which are by their code.
    """
    whole = json.dumps(members, ensure_ascii=False, indent=2)
    shown = "".join(
        json.dumps(letter)[1:-1] if letter != "\n" and acts_or_hides(letter) else letter
        for letter in whole
    )
    expected = f"{shown}\n".encode("utf-8", "backslashreplace")
    assert written(members) == expected
    assert written(members, finite=True) == expected


@given(numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers()))
@example([1e-05, 0.0001, 1e16, 9999999999999998.0, 5e-324, -0.0, 1 / 3, 2**64, -(2**63) - 1])
def test_known_numbers_are_written_as_the_standard_library_does(numbers: list[float]) -> None:
    """However small or large: those with an exponent, those of more than 64 bits."""
    file = io.BytesIO()
    write_json(file, {"a": {"b": numbers, "2e": "1e5"}}.items(), finite=True)
    assert file.getvalue() == written({"a": {"b": numbers, "2e": "1e5"}})
    for number in numbers:
        assert (
            written({"a": number}, finite=True) == f'{{\n  "a": {json.dumps(number)}\n}}\n'.encode()
        )


def test_what_a_terminal_would_act_upon_is_written_by_its_code() -> None:
    """Directions, zero widths, C1 controls: the same JSON, and nothing in it is raw."""
    text = "a\u202eb\u200bc\x9bd\U000e0041"
    data = written({"a": text})
    assert data.isascii()
    assert json.loads(data) == {"a": text}


def test_all_that_has_to_be_written_by_its_code_is_looked_for() -> None:
    """The quick look at bytes lets nothing by, whatever stands beside it."""
    hidden = [letter for letter in map(chr, range(0x20, 0xD800)) if acts_or_hides(letter)]
    assert len(hidden) > 60
    for letter in hidden:
        assert written({"a": f"é’{letter}e"}).decode().encode("ascii", "ignore").count(b"\\u") == 1
    assert written({"a": "« Évalué », l’œuvre… 5 € – ok"}).count(b"\\") == 0


def test_a_text_that_is_no_text_is_still_json() -> None:
    """A lone surrogate, as out of a damaged workbook."""
    assert written({"a": "\udc80"}) == b'{\n  "a": "\\udc80"\n}\n'


def test_what_is_no_number_is_refused() -> None:
    """JSON has no word for it."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        written({"a": [float("nan")]})


def test_items_are_asked_for_as_they_are_written() -> None:
    """An array of any length takes the memory of one item."""
    file = io.BytesIO()
    seen: list[int] = []

    def items() -> object:
        for number in range(3):
            seen.append(file.getvalue().count(b"item"))
            yield f"item {number}"

    write_json(file, [("all", items())])
    assert seen == [0, 1, 2]


def test_gathered_is_the_object_in_memory() -> None:
    """Arrays as lists."""
    assert gathered([("a", iter([1, 2])), ("b", "c")]) == {"a": [1, 2], "b": "c"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that a test writes and reads."""
    return tmp_path_factory.mktemp("json") / "file.json"


def read(file: Path, data: bytes, **kept: Callable[[object], object]) -> object:
    """Return what a file of these bytes says."""
    file.write_bytes(data)
    return read_json(file, **kept)


@given(members=st.dictionaries(st.text(), VALUES, max_size=4))
def test_what_is_written_is_read_as_the_standard_library_does(
    file: Path, members: dict[str, object]
) -> None:
    """Type by type; lone surrogates and numbers of any size included."""
    data = written(members)
    assert repr(read(file, data)) == repr(json.loads(data))


@given(
    members=st.dictionaries(st.sampled_from('ab]"\n'), VALUES, max_size=3),
    items=st.lists(st.dictionaries(st.text(), VALUES, max_size=2), max_size=3),
    indent=st.sampled_from([2, 2, 1, None]),
    size=st.integers(1, 40),
)
def test_items_are_read_one_by_one_as_the_whole(
    file: Path,
    members: dict[str, object],
    items: list[dict[str, object]],
    indent: int | None,
    size: int,
) -> None:
    """However the file is laid out, and wherever the pieces end that are read of it at a time."""
    said = {**members, "all": items, "last": 1}
    data = (json.dumps(said, indent=indent) + "\n").encode("utf-8", "backslashreplace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_PIECE_BYTES", size)
        found = read(file, data, all=lambda item: ["kept", item])
    assert repr(found) == repr({**said, "all": [["kept", item] for item in items]})


def test_of_items_no_more_is_in_memory_than_is_kept(file: Path) -> None:
    """Those of a thousand candidates are forty megabytes."""
    data = written({"all": [{"number": place, "text": 1_000 * "x"} for place in range(3_000)]})
    file.write_bytes(data)
    tracemalloc.start()
    try:
        read_json(file, all=lambda _: None)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(data) / 2


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf[1]", b'["\\udc80", NaN, -0, 1e400, {"a":1,"a":2}]']
)
def test_what_only_the_standard_library_takes_for_json_is_read(file: Path, data: bytes) -> None:
    """A file that some editor saved reads as it always has."""
    assert repr(read(file, data)) == repr(json.loads(data))


@pytest.mark.parametrize("data", [b"", b"{", b"[1] 2", b"\xff"])
def test_other_bytes_are_a_value_error(file: Path, data: bytes) -> None:
    """One that says nothing of who could not read them."""
    with pytest.raises(ValueError, match=r".+"):
        read(file, data)
