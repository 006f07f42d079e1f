"""The pair of keys that seals a register's papers: made once, kept, replaced on demand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.sealing import open_pair, renew_pair
from sheetgen.register import sealing_keys
from sheetgen.seals import new_pair

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.problems import Problem
    from sheetgen.register import Register


def _open(register: Register, key: Path | None) -> tuple[str | None, list[str]]:
    """Return the public key of the pair, or the codes of what stands in the way."""
    problems: list[Problem] = []
    with register.writing() as connection:
        pair = open_pair(register, connection, key, problems)
    return (None if pair is None else pair.public), [item.code for item in problems]


def _known(register: Register) -> list[str]:
    with register.reading() as connection:
        return sealing_keys(connection)


def test_a_pair_is_made_once(register: Register, tmp_path: Path) -> None:
    """The same from then on; a run that was cut short after the file is taken up."""
    key = tmp_path / "made.key"
    made, _ = _open(register, key)
    assert _open(register, key) == (made, [])
    assert _known(register) == [made]
    # Beside a file; a database has no folder.
    told = _open(register, None)
    if register.engine.dialect.name == "postgresql":
        assert told == (None, ["sealing-key-unsaid"])
    else:
        assert told == (None, ["sealing-key-lost"])


def test_a_file_without_a_record_is_taken_up(register: Register, tmp_path: Path) -> None:
    """Killed between the file and the record: the pair is the one in the file."""
    pair = new_pair(tmp_path / "cut.key")
    assert _open(register, tmp_path / "cut.key") == (pair.public, [])
    assert _known(register) == [pair.public]


def test_no_other_key_seals(register: Register, tmp_path: Path) -> None:
    """A lost, a damaged or another's key is told; nothing is made in its place."""
    key = tmp_path / "a.key"
    first, _ = _open(register, key)
    saved = key.read_bytes()
    key.unlink()
    assert _open(register, key) == (None, ["sealing-key-lost"])
    key.write_bytes(saved[:50])
    assert _open(register, key) == (None, ["sealing-key-unusable"])
    key.unlink()
    key.mkdir()
    assert _open(register, key) == (None, ["sealing-key-refused"])
    key.rmdir()
    new_pair(key)
    assert _open(register, key) == (None, ["sealing-key-other"])
    key.write_bytes(saved)
    problems: list[Problem] = []
    with register.writing() as connection:
        assert renew_pair(register, connection, key, problems) == key
    second, _ = _open(register, key)
    assert _known(register) == [first, second]
    assert (tmp_path / "a.key.1").read_bytes() == saved
    assert _open(register, tmp_path / "a.key.1") == (None, ["sealing-key-other"])
