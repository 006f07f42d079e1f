"""A seal comes back as it was made, and nothing else passes for one."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.seals import (
    KeyFileError,
    SealError,
    Statement,
    load_pair,
    new_pair,
    qr_picture,
    read_code,
    read_seal,
    seal,
    signer_of,
    spaced_code,
    typed_readings,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.seals import SealingPair

PAGE = "https://ecole.example.org/verifier/"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
STATEMENT = Statement(
    kind="attestation",
    number="A-2026-00012",
    holder="Mme Zoé  D’Exemple",
    birth_date="1998-03-14",
    code="RNCP1 BC01",
    title="Bloc un",
    day="2026-06-24",
    certifier="École",
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> SealingPair:
    """A pair of keys."""
    return new_pair(tmp_path_factory.mktemp("seals") / "a.key")


@given(holder=TEXTS, title=TEXTS, certifier=TEXTS)
def test_an_address_says_what_was_sealed(
    pair: SealingPair, holder: str, title: str, certifier: str
) -> None:
    """Whatever a name holds: lines, spaces, marks of the address itself."""
    said = Statement(
        kind="parchemin",
        number="P-2026-00001",
        holder=holder,
        birth_date="",
        code="",
        title=title,
        day="2026-06-24",
        certifier=certifier,
    )
    sealed = seal(said, pair)
    read = read_seal(sealed.address(PAGE))
    assert read.statement.signed() == said.signed()
    assert signer_of(read, ["AAAA" * 10 + "AAA=", pair.public]) == pair.public
    assert read_code(sealed.code().lower().replace("0", "o").replace("1", "l")) == sealed.signature


def test_only_what_nobody_sees_may_differ(pair: SealingPair) -> None:
    """Spaces, curved apostrophes and the form of accents; no letter, and no value moved."""
    sealed = seal(STATEMENT, pair)
    values = dict(zip(Statement.__slots__, astuple(STATEMENT), strict=True))
    alike = Statement(**{**values, "holder": " Mme Zoe\u0301\u00a0D'Exemple\n"})
    assert alike.signed() == STATEMENT.signed()
    for name, value in values.items():
        other = Statement(**{**values, name: value[:-1] + "x"})
        changed = type(sealed)(statement=other, signature=sealed.signature)
        assert signer_of(changed, [pair.public]) is None
    moved = Statement(**{**values, "code": "", "title": "RNCP1 BC01 Bloc un"})
    assert moved.signed() != STATEMENT.signed()


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("RNCP1 BC01", "BC01 – Bloc un"),
        ("RNCP1 – BC01", "Bloc un"),
        ("BC01", "BC01 – Bloc un"),
        ("BC01", "Bloc un"),
    ],
)
def test_a_bloc_is_understood_as_papers_print_it(code: str, title: str) -> None:
    """Its code alone, or after a dash, and before its title."""
    typed = replace(STATEMENT, code=code, title=title)
    meant = list(typed_readings(typed, ["RNCP1", "RNCP1 BC01", "RNCP2 BC01"]))
    assert meant[0] == typed
    assert STATEMENT in meant
    assert STATEMENT not in typed_readings(replace(typed, title="Bloc deux"), ["RNCP1 BC01"])


@pytest.mark.parametrize(
    "address",
    ["", "#", "1.a", "1.a.b", f"{PAGE}#1.YWE.YWE", "1..", "1.é.a", "1.a.b.c", "x" * 10_000],
)
def test_anything_else_is_refused(address: str) -> None:
    """Whatever somebody pastes."""
    with pytest.raises(SealError):
        read_seal(address)


def test_a_newer_version_is_told() -> None:
    """A paper of a later sheetgen says so, rather than that it is false."""
    with pytest.raises(SealError, match="plus récente"):
        read_seal("2.YWE.YWE")


@pytest.mark.parametrize("code", ["", "ABCD", "É" * 103, "U" * 103, "Z" * 103, "0" * 104])
def test_a_code_is_whole(code: str) -> None:
    """A typed code has 103 digits of Crockford's; the last stands for three bits."""
    with pytest.raises(SealError):
        read_code(code)


@given(st.binary(min_size=64, max_size=64))
def test_every_signature_can_be_typed(signature: bytes) -> None:
    """The code is 25 groups of four and one of three."""
    code = spaced_code(signature)
    assert [len(group) for group in code.split()] == [4] * 25 + [3]
    assert read_code(code) == signature


def test_a_key_never_takes_a_place(tmp_path: Path) -> None:
    """A file that is there stays; one that is no key is refused."""
    path = tmp_path / "a.key"
    first = new_pair(path)
    with pytest.raises(FileExistsError):
        new_pair(path)
    assert load_pair(path).public == first.public
    assert [item.name for item in tmp_path.iterdir()] == ["a.key"]
    for spoiled in (b"", b"-----BEGIN PRIVATE KEY-----", path.read_bytes()[:-40]):
        path.write_bytes(spoiled)
        with pytest.raises(KeyFileError):
            load_pair(path)


def test_a_code_is_a_png() -> None:
    """The picture is one that Word shows."""
    for length in (900, 2800):
        picture = qr_picture(PAGE + "#" + "a" * length)
        assert picture is not None
        assert picture.startswith(b"\x89PNG")


def test_no_code_holds_an_address_longer_than_any() -> None:
    """A title of thousands of characters leaves the code that is typed."""
    assert qr_picture(PAGE + "#" + "a" * 2953) is None
