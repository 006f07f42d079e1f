"""Pages that are shown as they are asked for, without a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from desks import RunningDesk


@pytest.fixture(scope="module")
def desk(empty_desk: RunningDesk) -> RunningDesk:
    """Give a desk to a browser that opened its address."""
    empty_desk.enter()
    return empty_desk


def test_two_choices_that_exclude_each_other_stay_chosen(desk: RunningDesk) -> None:
    """An example and the empty box together: refused, and both are still there to choose from."""
    reply = desk.ask("/preparer", {"example": "certificat-branche", "empty": "oui"})
    text = desk.ask(reply.headers["location"]).text

    assert "Un exemple est choisi, et « vide » est coché" in text
    assert '<option value="certificat-branche" selected>' in text
    assert 'value="oui" checked>' in text
