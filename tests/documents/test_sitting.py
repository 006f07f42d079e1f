"""The members who sat: counted, named and asked to sign by the minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.documents.contexts.sitting import (
    composition_text,
    declaration_text,
    sitting_of,
    undeclared_ties,
)
from sheetgen.model import Juror, JurorCode

if TYPE_CHECKING:
    from report_world import World


def test_a_juror_who_marked_nobody_did_not_sit(world: World) -> None:
    """They are named apart, and the share of external members goes without them."""
    idle = Juror(code=JurorCode("J9"), last_name="Nom J9", first_name="Prénom J9")
    session = replace(world.session, jurors=(*world.session.jurors, idle))
    sitting = sitting_of(replace(world.decisions, session=session))
    assert (sitting.members, sitting.others) == (("J1", "J2"), ("J9",))
    members = [session.juror[code] for code in sitting.members]
    assert composition_text(members, sitting.fewest) == (
        "1 membre sur 2 extérieur au certificateur"
    )


def test_the_share_of_a_panel_is_told_where_it_is_another(world: World) -> None:
    """One external of four in all, one of two before each candidate."""
    one, two = world.session.jurors
    assert composition_text([one, two, two, two], (1, 2)) == (
        "1 membre sur 4 extérieur au certificateur ; pour chaque candidat et chaque bloc, au "
        "moins 1 juré sur 2 extérieur"
    )


def test_a_declaration_left_blank_is_not_said_to_be_made(world: World) -> None:
    """The grids of J2 leave it blank: the minutes say so, with the candidates."""
    returns = tuple(
        replace(item, declaration=True if item.juror == "J1" else None)
        for item in world.decisions.returns
    )
    decisions = replace(world.decisions, returns=returns)
    sitting = replace(sitting_of(decisions), undeclared=undeclared_ties(decisions))
    text = declaration_text(world.session, sitting)
    assert "à l’exception de ce qui suit" in text
    assert text.endswith("les grilles de Prénom J2 Nom J2 (candidats 1, 2).")
