"""After each command on the declaration, the screen says what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.cli.screen_cpf import cpf_lines, next_cpf_step
from sheetgen.commands import CpfAnswer, DeclaredLine, WrittenFlow

BOOK = Path("a-declarer.xlsx")
CORRECTED = DeclaredLine(number="REG-1", name="Zoé", state="refused", corrected=True)
FLOW = WrittenFlow(file=Path("flux.xml"), flow="F-1", passages=1, sha256="")


@pytest.mark.parametrize(
    ("command", "answer", "said"),
    [
        ("prepare", CpfAnswer(file=BOOK, counts={"incomplete": 1, "to_export": 2}), "rouges de a-"),
        ("prepare", CpfAnswer(file=BOOK, counts={"incomplete": 0, "refused": 2}), "cpf export"),
        ("prepare", CpfAnswer(file=BOOK, counts={"refused": 2}), "corriger ce qui fut refusé"),
        (
            "prepare",
            CpfAnswer(file=BOOK, counts={"refused": 1}, people=(CORRECTED,)),
            "« sheetgen cpf export »",
        ),
        ("prepare", CpfAnswer(file=BOOK, counts={"to_export": 2, "sent": 1}), "cpf export"),
        ("prepare", CpfAnswer(file=BOOK, counts={"sent": 3, "accepted": 2}), "cpf report"),
        ("prepare", CpfAnswer(file=BOOK, counts={"accepted": 5}), None),
        ("report", CpfAnswer(counts={"sent": 1, "accepted": 4}), "cpf report"),
        ("export", CpfAnswer(flows=(FLOW,)), "sans l'ouvrir"),
        ("export", CpfAnswer(flows=(FLOW,), again=True), "si le flux ne l'a pas encore été"),
        ("export", CpfAnswer(), None),
        ("report", CpfAnswer(counts={"refused": 1}), "cpf prepare"),
        ("report", CpfAnswer(counts={"accepted": 4}), None),
    ],
)
def test_the_next_step_follows_from_where_everybody_is(
    command: str, answer: CpfAnswer, said: str | None
) -> None:
    """It asks for missing values first, then for the flow; it is silent once all is done."""
    step = next_cpf_step(f"cpf {command}", answer)
    assert step is None if said is None else said in str(step)


@pytest.mark.parametrize(
    ("state", "said"),
    [("sent", "exporté, sans réponse"), ("to_export", "à exporter, en retard de 5 jour(s)")],
)
def test_whoever_left_is_late_no_more(state: str, said: str) -> None:
    """Nothing is left for the school to do but wait."""
    line = DeclaredLine(number="REG-1", name="Zoé", state=state, days_left=-5)
    assert list(cpf_lines(CpfAnswer(people=(line,)))) == [f"  REG-1  Zoé : {said}"]
