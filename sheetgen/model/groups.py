"""Jurors who fill in one grid together: each such group stands for one juror that marks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model.people import Juror, joined_names
from sheetgen.model.terms import JurorCode, JurorRole

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUP_MARK = "+"
"""Stands between the codes of those who mark in common: `J01+J02`."""


def group_of(members: Sequence[Juror]) -> Juror:
    """Return the group of several jurors, given in the session's order.

    Its code is theirs, its weight their sum; it presides where one of them does.
    """
    presides = any(item.role is JurorRole.PRESIDENT for item in members)
    return Juror(
        code=JurorCode(GROUP_MARK.join(item.code for item in members)),
        last_name=joined_names(members),
        first_name="",
        role=JurorRole.PRESIDENT if presides else JurorRole.MEMBER,
        weight=sum((item.weight for item in members), Fraction(0)),
        members=tuple(members),
    )
