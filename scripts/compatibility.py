"""Measure which programs' files are read back exactly, and write `docs/compatibilite.md` from it.

The example's grids are saved anew by every program in every format that it writes, and given to
`sheetgen consolidate`; its decisions are compared with those on the original grids, part by part.
`python scripts/compatibility.py` writes the page; `make deep` fails where its table differs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compatibility_page import Outcome, render_page
from office import Change, FillJob, office
from programs import Way, find_versions, find_ways

from sheetgen.grid.contract import OPINION_LABEL, REMARKS_LABEL
from sheetgen.grid.read import ReadGrid, read_grid
from sheetgen.spreadsheet import UnreadableWorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from office import Office

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "compatibilite.md"
_EXAMPLES = ROOT / "examples"

_GRIDS = (
    "retours/grille_C01_J1_Exemple.xlsx",
    "retours/grille_C05_J2_Pretexte-Faux.xlsx",
    "retours/grille_C08_J3_NExiste-Pas.xlsx",
    "retour-tardif/grille_C10_J2_LEchantillon.xlsx",
)
_HARD_GRID = "retours/grille_C02_J2_DInvente.xlsx"
"""The grid whose observations are made as hard to keep as a juror can make them."""

_LONG = "Présente, argumente, conclut ; " * 12 + "fin."
_HARD_TEXTS = {
    _LONG: "textes de plus de 255 caractères",
    "deux\nlignes d’un coup": "passages à la ligne",
    "deux  espaces, puis une tabulation\tet la suite": "espaces doubles, tabulations",
    "<b>&amp;</b> \"guillemets\" 'apostrophes' « français »": "signes <, &, guillemets",
    "12,5": "nombres",
    "0012": "nombres qui commencent par zéro",
    "01/02/2026": "dates",
    "VRAI": "« VRAI »",
    "#N/A": "« #N/A »",
    "+1 : à revoir": "textes qui commencent par +",
    "très bien 😀 👍🏽": "émojis",
    "_x0041_ et _x000D_": "suites comme « _x0041_ »",
}
"""Texts that programs cut, calculate, escape, or take for something else, by what they are."""


def measure(libreoffice: Office, folder: Path) -> Sequence[Outcome]:
    """Return what becomes of the example's grids with each program, in each of its formats.

    Raises:
        ProgramMissing: run `sh scripts/install-programs` first.
    """
    originals = _originals(libreoffice, folder / "originales")
    known = _consolidated(originals, folder / "connues")
    return [
        _outcome(way, originals, known, folder / f"essai-{place}")
        for place, way in enumerate(find_ways(libreoffice))
    ]


def _originals(libreoffice: Office, folder: Path) -> Sequence[Path]:
    folder.mkdir(parents=True)
    for name in _GRIDS:
        shutil.copy(_EXAMPLES / name, folder)
    hard = folder / Path(_HARD_GRID).name
    grid = read_grid((_EXAMPLES / _HARD_GRID).read_bytes())
    rows = [row for row in grid.rows if not row.mark.blank]
    changes = [
        Change(sheet=row.comment.sheet, cell=row.comment.cell, value=text)
        for row, text in zip(rows, _HARD_TEXTS, strict=False)
    ]
    changes += [
        Change(sheet=cell.sheet, cell=cell.cell, value=_LONG)
        for label in (OPINION_LABEL, REMARKS_LABEL)
        for cell in grid.answers[label]
    ]
    libreoffice.fill([FillJob(source=_EXAMPLES / _HARD_GRID, target=hard, changes=changes)])
    return sorted(folder.iterdir())


def _consolidated(grids: Sequence[Path], folder: Path) -> Mapping[str, Any]:
    """Return what `sheetgen consolidate` decides on these grids."""
    outputs = folder / "DEMO-2026"
    (outputs / ".sheetgen").mkdir(parents=True)
    shutil.copy(_EXAMPLES / "sheetgen.key", outputs / ".sheetgen" / "key")
    options = {
        "--referential": _EXAMPLES / "referential.xlsx",
        "--session": _EXAMPLES / "session.xlsx",
        "--output": folder,
    }
    given = [str(part) for pair in options.items() for part in pair]
    command = [sys.executable, "-m", "sheetgen", "consolidate", "--no-reports", "--json", *given]
    # Its status says that grids are missing, or were refused.
    answer = subprocess.run([*command, *map(str, grids)], capture_output=True, check=False)
    written = outputs / "consolidation" / "decisions.json"
    if not written.exists():
        return _all_refused(json.loads(answer.stdout), grids)
    decisions: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return decisions


def _all_refused(report: Mapping[str, Any], grids: Sequence[Path]) -> Mapping[str, Any]:
    """Return decisions on no grid at all, from what the command says of each."""
    problems: dict[str, list[object]] = {grid.name: [] for grid in grids}
    for problem in report["problems"]:
        problems.get(problem["file"], []).append(problem)
    returns = [{"status": "rejected", "problems": said} for said in problems.values()]
    return {"returns": returns, "candidates": []}


def _outcome(
    way: Way, originals: Sequence[Path], known: Mapping[str, Any], folder: Path
) -> Outcome:
    folder.mkdir(parents=True)
    copies = {source: folder / f"{source.stem}{way.ending}" for source in originals}
    way.save(copies)
    found = _consolidated(sorted(copies.values()), folder / "consolidation")
    usual = {code for item in known["returns"] for code in _codes(item)}
    said = {code for item in found["returns"] for code in _codes(item)}
    differences = list(_differences(_read(known), _read(found)))
    texts = [text for text in differences if text in _HARD_TEXTS]
    return Outcome(
        program=way.program,
        form=way.name,
        codes=tuple(sorted(said - usual)),
        rejected=any(item["status"] == "rejected" for item in found["returns"]),
        texts=tuple(dict.fromkeys(_HARD_TEXTS[text] for text in texts)),
        changed=len(texts) < len(differences),
        lost=_lost(copies),
    )


def _codes(item: Mapping[str, Any]) -> Sequence[str]:
    return [problem["code"] for problem in item["problems"]]


def _differences(known: object, found: object) -> Iterator[str]:
    """Yield what differs, as it was; what is longer or shorter, or of another kind, once."""
    if isinstance(known, dict) and isinstance(found, dict) and known.keys() == found.keys():
        for key, value in known.items():
            yield from _differences(value, found[key])
    elif isinstance(known, list) and isinstance(found, list) and len(known) == len(found):
        for one, other in zip(known, found, strict=True):
            yield from _differences(one, other)
    elif known != found:
        yield str(known)


def _read(decisions: Mapping[str, Any]) -> object:
    """Return all that was read: marks and observations at their cells, answers, identities."""
    apart = ("file", "sha256", "problems")
    returns = [
        {key: value for key, value in item.items() if key not in apart}
        for item in decisions["returns"]
    ]
    ordered = sorted(returns, key=lambda item: (str(item.get("candidate")), str(item.get("juror"))))
    return [*ordered, *decisions["candidates"]]


def _lost(copies: Mapping[Path, Path]) -> tuple[str, ...]:
    """Return where the identity is gone, in any of the grids that can be read."""
    lost: dict[str, None] = {}
    for source, copy in copies.items():
        try:
            after = _identity(read_grid(copy.read_bytes()))
        except UnreadableWorkbookError:
            continue
        before = _identity(read_grid(source.read_bytes()))
        lost.update(dict.fromkeys(name for name in before if before[name] != after[name]))
    return tuple(lost)


def _identity(grid: ReadGrid) -> Mapping[str, object]:
    return {
        "feuille cachée": grid.stamp,
        "propriétés du document": grid.properties,
        "code imprimé": [cell.value for cell in grid.codes],
    }


def main() -> None:
    """Write the page."""
    with office() as libreoffice, tempfile.TemporaryDirectory() as folder:
        outcomes = measure(libreoffice, Path(folder))
    PAGE.write_text(render_page(outcomes, find_versions()), encoding="utf-8", newline="\n")
    print(f"{PAGE} : {len(outcomes)} formats")


if __name__ == "__main__":
    main()
