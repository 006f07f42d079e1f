"""Declarations of each juror about links with candidates, in the folder for a control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetgen.control_folder.folder_contents import Section
from sheetgen.files import render_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sheetgen.control_folder.folder_contents import Gatherer

_COLUMNS = ("Candidat", "Juré", "Déclaration", "Nom du juré")
_NOT_DECLARED, _LINK, _NO_GRID = "non remplie", "lien déclaré", "aucune grille"
_DECLARED = {True: "aucun lien déclaré", False: _LINK}


def add_independence(
    returns: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    people: Collection[str],
    into: Gatherer,
) -> None:
    """Add the table of declarations; raise each link, say what is not there.

    Args:
        returns: the grids, as the decisions have them.
        names: of the jurors, by code.
        people: the candidates asked for.
        into: takes it.
    """
    lines: list[tuple[str, str, str, str]] = []
    marking: set[str] = set()
    for item in returns:
        if not item["juror"]:
            continue
        declared = item.get("declarations") or {item["juror"]: item.get("declaration")}
        for juror, said in declared.items():
            marking.add(str(juror))
            if item["candidate"] in people:
                told = _DECLARED.get(said, _NOT_DECLARED)
                lines.append((str(item["candidate"]), str(juror), told, names.get(str(juror), "")))
    lines.sort()
    idle = [("", juror, _NO_GRID, name) for juror, name in names.items() if juror not in marking]
    into.found.raised += [
        f"lien déclaré par {name or juror} avec le candidat {candidate}"
        for candidate, juror, told, name in lines
        if told == _LINK
    ]
    if lines or idle:
        told = "Déclarations d’absence de lien de chaque juré, dans la grille de chaque candidat"
        table = render_table(_COLUMNS, [*lines, *idle])
        into.keep(Section.JURY, "independance.csv", told, table)
    if blank := sum(1 for line in lines if line[2] == _NOT_DECLARED):
        into.lack(
            Section.JURY, f"la déclaration d’absence de lien de {blank} grille(s), non remplie"
        )
    if idle:
        whose = ", ".join(name or juror for _, juror, _, name in idle)
        into.lack(
            Section.JURY,
            f"la déclaration d’absence de lien de qui n’a rempli aucune grille ({whose}), à "
            "ajouter par l’école",
        )
