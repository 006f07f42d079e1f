"""Links that jurors declared are raised, and whoever declared nothing is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sheetgen.control_folder import GatheredSession, render_index
from sheetgen.control_folder.folder_contents import Gatherer
from sheetgen.control_folder.independence import add_independence

if TYPE_CHECKING:
    from sheetgen.control_folder import Kept


def test_a_link_and_whoever_marks_nobody_are_shown() -> None:
    """A link stands on the first page; a juror without a grid has a line."""
    kept: list[Kept] = []
    found = GatheredSession(
        code="A", title="", date="", closed=1, numbers=frozenset({"C01"}), of=2, rules="celui-là"
    )
    returns: list[dict[str, Any]] = [
        {"candidate": "C01", "juror": "J1", "declaration": False},
        {"candidate": "C02", "juror": "J2", "declaration": None},
    ]
    names = {"J1": "Odile Un", "J2": "Rémi Deux", "J3": "Noé Trois"}
    into = Gatherer(found=found, taken=lambda _, item: kept.append(item))
    add_independence(returns, names, ["C01"], into)
    assert kept[0].data.decode("utf-8-sig").splitlines()[1:] == [
        "C01;J1;lien déclaré;Odile Un",
        ";J3;aucune grille;Noé Trois",
    ]
    assert [told for _, told in found.absent if "Noé Trois" in told]
    page = render_index([(found, [])], date(2026, 7, 1), reserved=False).decode()
    assert "À regarder : lien déclaré par Odile Un avec le candidat C01." in page
