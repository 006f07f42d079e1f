"""Records kept out of memory: given back as they were, in their order."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.files import spool as spooling
from sheetgen.files.spool import Spool, pickle_by_values

RECORDS = st.dictionaries(st.text(), st.lists(st.fractions() | st.text() | st.none()))


@given(records=RECORDS, held=st.integers(0, 3))
def test_records_come_back_as_they_were_in_their_order(
    records: dict[str, list[object]], held: int
) -> None:
    """A spool is the mapping that was put into it, however many records it holds as they are."""
    spool = Spool[str, list[object]](held=held)
    for key, record in records.items():
        spool.add(key, record)
    assert list(spool.items()) == list(records.items())
    assert [spool[key] for key in reversed(list(records))] == list(reversed(records.values()))
    assert len(spool) == len(records)


def test_records_beyond_what_memory_is_given_come_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """With four kilobytes of memory, a hundred of a kilobyte go to disk, read in any order."""
    monkeypatch.setattr(spooling, "_IN_MEMORY", 4096)
    spool = Spool[int, str]()
    for number in range(100):
        spool.add(number, chr(97 + number % 26) * 1024)
        assert spool[number // 2] == chr(97 + number // 2 % 26) * 1024
    assert [spool[number][0] for number in (99, 0, 26, 51)] == ["v", "a", "a", "z"]


def test_what_is_changed_after_it_was_kept_is_kept_as_it_was() -> None:
    """Each look-up gives a copy: nobody changes what another will read."""
    spool = Spool[str, list[int]]()
    record = [1]
    spool.add("a", record)
    record.append(2)
    spool["a"].append(3)
    assert spool["a"] == [1]


def test_the_first_records_are_held_where_that_is_asked_for() -> None:
    """They are never loaded: each look-up gives the record itself."""
    records = [["a"], ["b"]]
    spool = Spool[int, list[str]](held=1)
    for number, record in enumerate(records):
        spool.add(number, record)
    assert spool[0] is records[0]
    assert spool[1] is not records[1]
    assert spool[1] == records[1]


@pytest.mark.parametrize("held", [0, 1])
def test_a_key_is_kept_once(held: int) -> None:
    """A second record of a key would hide the first in silence."""
    spool = Spool[str, int](held=held)
    spool.add("a", 1)
    with pytest.raises(KeyError):
        spool.add("a", 2)
    with pytest.raises(KeyError):
        spool["b"]
    assert "a" in spool
    assert "b" not in spool


def test_records_pickled_by_values_come_back_equal_and_as_frozen() -> None:
    """Whatever their attributes hold, fractions and other records included."""
    pickle_by_values(_Record)
    record = _Record(name="é", inner=(_Record(name="", inner=Fraction(-2, 3)), None))
    found = pickle.loads(pickle.dumps(record))  # noqa: S301 - made on this very line

    assert found == record
    assert found is not record
    with pytest.raises(FrozenInstanceError):
        found.name = "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    name: str
    inner: object
