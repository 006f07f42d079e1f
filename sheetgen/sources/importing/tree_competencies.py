"""Competencies of a draft, how they are assessed, and their criteria."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.sources.importing.cell_texts import (
    ReadMethod,
    joined,
    lines_of,
    split_criteria,
    split_method,
)
from sheetgen.sources.importing.document import DocumentCell, ReadParagraph
from sheetgen.sources.importing.draft_referential import Cells, DraftReferential, DraftState
from sheetgen.sources.importing.source_codes import Coded, split_code
from sheetgen.sources.importing.tree_rows import TreeRows, other_code
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


class CompetencyRows(TreeRows):
    """Adds competencies, methods and criteria to the bloc or activity that was last named."""

    def __init__(self, draft: DraftReferential) -> None:
        super().__init__(draft)
        self._shared: dict[tuple[str, str], str] = {}
        self._criteria: dict[str, list[str]] = {}
        self._beside: dict[str, str] = {}

    # Competencies

    def _add_competencies(self, cell: DocumentCell) -> bool:
        """Add the competencies of a cell; return False if it only goes on with the last one."""
        here = self._here
        parts: list[tuple[Coded, list[ReadParagraph]]] = []
        for item in lines_of(cell.paragraphs):
            coded = split_code(item.text, "C")
            if coded.code or not parts:
                parts.append((coded, [item]))
            else:
                parts[-1][1].append(item)
        first, items = parts[0]
        if not first.code and here.competencies and self._continues(items[0]):
            self._continue_competency(joined(items), items[0])
            parts = parts[1:]
            if not parts:
                return False
        here.competencies = []
        here.methods = []
        for coded, found in parts:
            text = "\n".join(filter(None, (coded.text, joined(found[1:]))))
            self._start_competency(replace(coded, text=text), found)
        return True

    def _continues(self, item: ReadParagraph) -> bool:
        """Return whether a text without a code goes on with the last competency."""
        last = str(self._here.competencies[-1]["Intitulé"])
        return (
            self._levels.coded_competencies
            and (item.text[:1].islower() or item.text.startswith("-") or item.level >= 0)
        ) or (item.text[:1].islower() and last[-1:] not in ".;:!?")

    def _continue_competency(self, text: str, at: ReadParagraph) -> None:
        row = self._here.competencies[-1]
        title = str(row["Intitulé"])
        glue = "\n" if text.startswith("-") or title.endswith((".", ";", ":")) else " "
        row["Intitulé"] = f"{title}{glue}{text}"
        why = "suite de la compétence au-dessus, coupée par une page ou une ligne"
        self._take(replace(at, text=text), ("Compétences", str(row["Code"])), "", why)

    def _start_competency(self, coded: Coded, items: Sequence[ReadParagraph]) -> None:
        here = self._here
        doubts = dict.fromkeys(item.doubt for item in items if item.doubt)
        whole = replace(items[0], text=joined(items), doubt=" ; ".join(doubts))
        rows = self._draft.rows["Compétences"]
        same = self._described("Compétences", coded)
        if same is not None:
            self.referred = True
            here.competencies.append(same)
            if self._refer(whole, ("Compétences", same), coded, "déjà décrite plus haut"):
                self._draft.leave(self._source, (whole,), f"autre texte de {same['Code']}")
            return
        block = self._block(items[0])
        made = not coded.code
        number = self._draft.rows["Blocs"].index(block) + 1
        inside = sum(self._block_of(row) == block["Code"] for row in rows)
        code = self._free("Compétences", coded.code or f"C{number}.{inside + 1}")
        row: Cells = {"Code": code, "Intitulé": coded.text}
        if here.activity is not None:
            row["Activité"] = here.activity["Code"]
        else:
            row["Bloc"] = block["Code"]
        rows.append(row)
        here.competencies.append(row)
        why = ""
        if made and len(items) > 1 and all(item.level >= 0 for item in items):
            why = "plusieurs puces dans la cellule : prises pour une seule compétence"
        why = self._renumber("Compétences", coded.code, row) or why
        self._take(whole, ("Compétences", code), coded.mark, why)

    # Methods

    def _add_methods(self, cells: Sequence[DocumentCell], row: int, *, beside: bool) -> None:
        """Join the cells of methods of a row to its competencies; one may span several rows.

        Args:
            cells: those that cover the row.
            row: its number.
            beside: whether a competency is told in it.
        """
        here = self._here
        found: list[str] = []
        for cell in cells:
            if not cell.paragraphs:
                continue
            if not here.competencies:
                if cell.row == row:
                    why = "modalité sans compétence à côté"
                    self._draft.leave(self._source, cell.paragraphs, why)
                continue
            if id(cell) not in here.method_cells:
                goes_on = not beside and bool(here.methods) and self._goes_on(cell)
                code = here.methods[-1] if goes_on else self._method_code(cell)
                here.method_cells[id(cell)] = code
            found.append(here.method_cells[id(cell)])
        here.methods = list(dict.fromkeys(found)) or here.methods
        for competency in here.competencies:
            listed = [code for code in str(competency.get("Modalité", "")).split(" ; ") if code]
            listed = list(dict.fromkeys([*listed, *here.methods]))
            competency["Modalité"] = " ; ".join(listed)
            if len(listed) > 1:
                self._part_criteria(str(competency["Code"]))

    def _part_criteria(self, competency: str) -> None:
        """Give each criterion of a competency with several methods the one beside it."""
        for row in self._draft.rows["Critères"]:
            method = self._beside.get(str(row["Code"]), "")
            if method and row["Compétence"] == competency:
                row.setdefault("Modalité", method)

    def _goes_on(self, cell: DocumentCell) -> bool:
        """Add a cell to the last method, where it goes on with it after a page."""
        first = cell.paragraphs[0]
        row = next(
            row for row in self._draft.rows["Modalités"] if row["Code"] == self._here.methods[-1]
        )
        name = "Capitalisation de bloc" if row.get("Capitalisation de bloc") else "Description"
        former = str(row[name])
        if not (first.text[:1].islower() or first.level >= 0 or former[-1:] not in ".!?…"):
            return False
        text = joined(cell.paragraphs)
        row[name] = f"{former}{' ' if first.text[:1].islower() else chr(10)}{text}"
        why = "suite de la modalité au-dessus, coupée par une page ou une ligne"
        self._take(replace(first, text=text), ("Modalités", str(row["Code"])), "", why)
        return True

    def _method_code(self, cell: DocumentCell) -> str:
        """Return the code of a cell's method, made when it is met for the first time in a bloc.

        A code of the source is kept, and names one method in all blocs.
        """
        head, *rest = cell.paragraphs
        coded = split_code(head.text, "EM")
        if coded.code in self._draft.codes("Modalités") and not (coded.text or rest):
            target = ("Modalités", coded.code)
            self._note(head, DraftState.TAKEN, target, coded.mark, why="déjà décrite plus haut")
            return coded.code
        texts = [replace(head, text=coded.text), *rest] if coded.text else rest or [head]
        method = split_method(texts)
        block = "" if coded.code else str(self._block(head)["Code"])
        key = (block, fold(f"{method.kind}\n{method.description}\n{method.variant}"))
        whole = replace(cell.paragraphs[0], text=joined(cell.paragraphs))
        if key in self._shared:
            code = self._shared[key]
            target = ("Modalités", code)
            self._note(whole, DraftState.TAKEN, target, coded.mark, why="la même, à la lettre")
            return code
        first = str(self._here.competencies[0]["Code"])
        made = f"M{first.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        code = self._free("Modalités", coded.code or made)
        self._shared[key] = code
        self._draft.rows["Modalités"].append(_method_row(code, method))
        doubts = (other_code(coded.code, code), method.doubt)
        self._take(whole, ("Modalités", code), coded.mark, " ; ".join(filter(None, doubts)))
        return code

    # Criteria

    def _add_criteria(self, cell: DocumentCell, *, several: bool, second: bool = False) -> None:
        """Add the criteria of a cell.

        Args:
            cell: that lists them.
            several: whether it stands beside several competencies.
            second: whether it is in a second column of criteria, such as indicators.
        """
        here = self._here
        if not here.competencies:
            self._draft.leave(self._source, cell.paragraphs, "critères sans compétence à côté")
            return
        of_method = here.methods[0] if len(here.methods) == 1 else ""
        for found in split_criteria(cell.paragraphs):
            owner = self._owner(found.code)
            doubts = [found.doubt]
            if several and not found.code:
                doubts.append("plusieurs compétences à côté : rattaché à la première")
            if second:
                doubts.append("d'une seconde colonne de critères : vérifier que c'en est un")
            owner_code = str(owner["Code"])
            listed = self._criteria.setdefault(owner_code, [])
            code = self._free("Critères", found.code or f"{owner_code}.{len(listed) + 1}")
            doubts.append(other_code(found.code, code))
            listed.append(code)
            row: Cells = {"Code": code, "Compétence": owner_code, "Intitulé": found.text}
            self._beside[code] = of_method
            if of_method and " ; " in str(owner.get("Modalité", "")):
                row["Modalité"] = of_method
            if found.group:
                row["Groupe"] = found.group
            self._draft.rows["Critères"].append(row)
            at = ReadParagraph(text=found.text, place=found.place)
            self._take(at, ("Critères", code), found.mark, " ; ".join(filter(None, doubts)))

    def _owner(self, code: str) -> Cells:
        """Return the competency that a criterion's code begins with; else the first of its row."""
        for row in self._here.competencies:
            own = self._written.get(("Compétences", str(row["Code"])), row["Code"])
            if code and code.startswith(f"{own}."):
                return row
        return self._here.competencies[0]


def _method_row(code: str, method: ReadMethod) -> Cells:
    row: Cells = {"Code": code, "Type": method.kind, "Description": method.description}
    if method.variant:
        row["Capitalisation de bloc"] = method.variant
    return row
