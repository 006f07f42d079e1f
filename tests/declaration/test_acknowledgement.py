"""The receiver's answer: read whatever its case and order, refused where it is not one."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from cdc_schema import write_answer

from sheetgen.declaration import AcknowledgementError, read_acknowledgement

if TYPE_CHECKING:
    from pathlib import Path

_ROOT = '<rapport xmlns="urn:cdc:cpf:pc5:rapport:schema:1.0.0">'


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "accuse.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_answer_says_who_is_accepted_and_why_others_are_not(tmp_path: Path) -> None:
    """As the receiver writes it."""
    path = write_answer(tmp_path / "a.xml", ["T1", "T2"], {"T3": "Aucun titulaire < ne va"}, "F-1")
    answer = read_acknowledgement(path)
    assert answer.flow == "f-1"
    assert answer.accepted == {"t1", "t2"}
    assert answer.refused == {"t3": "Aucun titulaire < ne va"}


@pytest.mark.parametrize(
    "text",
    [
        (
            f"{_ROOT}<passagesKO><passageKO><messageErreur>non</messageErreur><idTechnique>T2"
            "</idTechnique></passageKO></passagesKO><passagesOK><passageOK><idTechnique>T1"
            "</idTechnique></passageOK></passagesOK></rapport>"
        ),
        (
            "<RAPPORT><PassagesOk><IdTechnique>T1</IdTechnique></PassagesOk><PassagesKo>"
            "<IdTechnique>T2</IdTechnique><MessageErreur>non</MessageErreur></PassagesKo></RAPPORT>"
        ),
        (
            f"{_ROOT}<passagesOK><idTechnique>T1</idTechnique></passagesOK><passagesKO><passage>"
            "<idTechnique>T2</idTechnique><erreurs><erreur><messageErreur>non</messageErreur></erreur>"
            "</erreurs></passage></passagesKO></rapport>"
        ),
        (
            f"{_ROOT}<passagesOK><passageOK><passage><idTechnique>T1</idTechnique></passage>"
            "</passageOK></passagesOK><passagesKO><passageKO><passage><idTechnique>T2"
            "</idTechnique></passage><messageErreur>non</messageErreur></passageKO></passagesKO>"
            "</rapport>"
        ),
    ],
    ids=[
        "another order",
        "another case, no namespace",
        "more wrappers",
        "an identifier deeper than its reason",
    ],
)
def test_an_answer_is_read_leniently(text: str, tmp_path: Path) -> None:
    """What it says is the same."""
    answer = read_acknowledgement(_written(tmp_path, text))
    assert answer.accepted == {"t1"}
    assert answer.refused == {"t2": "non"}


@pytest.mark.parametrize(
    ("flat", "refused"),
    [
        ("1 a 2 3 b", {"1": "a", "2": "", "3": "b"}),
        ("1 a b 2", {"1": "a ; b", "2": ""}),
        ("1 a 2 b", {"1": "a", "2": "b"}),
        ("a 1 2 b 3", {"1": "a", "2": "", "3": "b"}),
        ("a 1 b 2 c", {"1": "a", "2": "b"}),
        ("1 2 a b", {"1": "a", "2": "b"}),
        ("a b 1 2", {"1": "a", "2": "b"}),
        ("1 2 a", {"1": "a", "2": "a"}),
        ("1 2 3 a b", {"1": "a ; b", "2": "a ; b", "3": "a ; b"}),
        ("1 2", {"1": "", "2": ""}),
    ],
)
def test_in_a_flat_list_nobody_has_the_reason_of_another(
    flat: str, refused: dict[str, str], tmp_path: Path
) -> None:
    """A reason is that of who stands beside it; said of several after all of them, that of each."""
    inside = "".join(
        f"<idTechnique>{said}</idTechnique>"
        if said.isdigit()
        else f"<messageErreur>{said}</messageErreur>"
        for said in flat.split()
    )
    text = f"{_ROOT}<passagesKO>{inside}</passagesKO></rapport>"
    assert read_acknowledgement(_written(tmp_path, text)).refused == refused


def test_a_gigantic_text_is_cut_and_never_held(tmp_path: Path) -> None:
    """Of a reason, its beginning; of blanks around identifiers, nothing."""
    many = 8_000_000
    text = (
        f"{_ROOT}<passagesKO>{' ' * many}<passageKO><idTechnique>T1</idTechnique><messageErreur>"
        f"{'non ' * (many // 4)}</messageErreur></passageKO></passagesKO></rapport>"
    )
    path = _written(tmp_path, text)
    tracemalloc.start()
    answer = read_acknowledgement(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.refused["t1"].startswith("non non")
    assert len(answer.refused["t1"]) < 10_001
    assert most < 4 * (1 << 20)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            (
                '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
                f"{_ROOT}<passagesOK><idTechnique>&b;</idTechnique></passagesOK></rapport>"
            ),
            "DTD",
        ),
        (
            (
                '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                f"{_ROOT}<passagesOK><idTechnique>&a;</idTechnique></passagesOK></rapport>"
            ),
            "DTD",
        ),
        ('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>', "DTD"),
        ('<r xmlns="urn:autre"><passagesOK/></r>', "espace de noms"),
        (f"{_ROOT}<passagesOK><idTechnique>T1</idTechnique>", "coupé"),
        (f"{_ROOT}</rapport>", "aucun passage"),
        (f"{_ROOT}<idTechnique>T1</idTechnique></rapport>", "ne dit pas"),
        (
            (
                f"{_ROOT}<passagesOK><idTechnique>T1</idTechnique></passagesOK><passagesKO>"
                "<idTechnique>T1</idTechnique></passagesKO></rapport>"
            ),
            "accepté et refusé",
        ),
        ("", "vide"),
        ("\0\1", "abîmé"),
        (_ROOT + "<a>" * 300 + "</a>" * 300 + "</rapport>", "imbriqués"),
        pytest.param(_ROOT + "<a>" * 1_000_000, "imbriqués", id="a million deep"),
        pytest.param(f'{_ROOT}<a b="{"x" * 11_000_000}"/></rapport>', "abîmé", id="an attribute"),
        pytest.param(
            f"{_ROOT}<passagesOK>{'<idTechnique/>' * 200_001}</passagesOK></rapport>",
            "plus de 200000",
            id="more than a flow holds",
        ),
    ],
)
def test_what_is_no_answer_is_refused(text: str, why: str, tmp_path: Path) -> None:
    """Before anything of it is believed."""
    with pytest.raises(AcknowledgementError, match=why):
        read_acknowledgement(_written(tmp_path, text))
