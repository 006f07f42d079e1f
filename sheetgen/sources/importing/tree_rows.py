"""Blocs and activities of a draft, and the lines that say where every text of it was."""

from __future__ import annotations

from dataclasses import field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.importing.cell_texts import joined, lines_of
from sheetgen.sources.importing.draft_referential import (
    Cells,
    DraftLine,
    DraftReferential,
    DraftState,
)
from sheetgen.sources.importing.levels import PREFIX, Levels
from sheetgen.sources.importing.source_codes import Coded, split_activity, split_block
from sheetgen.text import fold

if TYPE_CHECKING:
    import re

    from sheetgen.sources.importing.document import DocumentCell, ReadParagraph


_ALIKE = 0.8
"""The likeness of two texts from which a code's second text may be the first, reworded."""


@dataclass(slots=True, kw_only=True)
class _Here:
    """The place in the tree that has been reached: rows of the draft, and what is being read."""

    block: Cells | None = None
    activity: Cells | None = None
    competencies: list[Cells] = field(default_factory=list)
    method_cells: dict[int, str] = field(default_factory=dict)
    methods: list[str] = field(default_factory=list)


class TreeRows:
    """Adds blocs and activities to a draft; knows where in the tree one is."""

    def __init__(self, draft: DraftReferential) -> None:
        self._draft = draft
        self._here = _Here()
        self._source = ""
        self._levels = Levels(named_blocks=False, numbered_parts=False)
        self._renumbered: dict[tuple[str, str, str], Cells] = {}
        self._written: dict[tuple[str, str], str] = {}
        self.referred = False

    def _begin(self, source: str, levels: Levels) -> None:
        """Begin another document."""
        self._source, self._levels, self._here = source, levels, _Here()

    # Blocs and activities

    def _add_blocks(self, cell: DocumentCell) -> None:
        first = cell.paragraphs[0]
        text = joined(cell.paragraphs)
        coded = split_block(text) or Coded(text=text)
        if coded.code or self._levels.block_code(text) is None:
            self._start_block(coded, replace(first, text=text))
            return
        self._start_block(self._levels.block_code(text) or coded, replace(first, text=text))

    def _add_activities(self, cell: DocumentCell) -> None:
        """Add the blocs and activities of a cell, each with the lines that go on with it."""
        pending: list[tuple[Coded | None, Coded, list[ReadParagraph]]] = []
        for item in lines_of(cell.paragraphs):
            block, activity = split_block(item.text), split_activity(item.text)
            if block is not None or activity.code or not pending:
                pending.append((block, activity, [item]))
            else:
                pending[-1][2].append(item)
        for block, activity, items in pending:
            first = items[0]
            coded = block or activity
            text = "\n".join(filter(None, (coded.text, joined(items[1:]))))
            whole = replace(first, text=joined(items))
            if block is not None:
                self._start_block(replace(block, text=text), whole)
            else:
                self._start_activity(replace(activity, text=text), whole)

    def _start_block(
        self, coded: Coded, at: ReadParagraph, repere: str = "", why: str = ""
    ) -> None:
        rows = self._draft.rows["Blocs"]
        bare = PREFIX.sub("", coded.code)
        same = next((row for row in rows if same_row(row, bare, coded.text, PREFIX)), None)
        here = self._here
        here.activity, here.competencies, here.methods = None, [], []
        if same is not None:
            here.block = same
            if coded.text and not same.get("Intitulé"):
                same["Intitulé"] = coded.text
            if self._refer(at, ("Blocs", same), coded, "déjà nommé"):
                self._draft.leave(self._source, (at,), "autre intitulé d'un bloc déjà nommé")
            return
        code = self._free("Blocs", coded.code or f"BC{len(rows) + 1:02d}")
        row: Cells = {"Code": code, "Intitulé": coded.text}
        if repere:
            row["Activité"] = repere
        rows.append(row)
        here.block = row
        if not coded.text:
            why = why or "bloc sans intitulé : à écrire"
        self._take(at, ("Blocs", code), coded.mark, why)

    def _start_activity(self, coded: Coded, at: ReadParagraph) -> None:
        """Start an activity, or the bloc that it stands for where no bloc is named."""
        here = self._here
        if self._levels.is_block(coded.code):
            why = (
                ""
                if self._levels.numbered_parts
                else ("aucun bloc n'est nommé : l'activité est prise pour un bloc")
            )
            place = coded.code.lstrip("ATM")
            code = f"BC{int(place):02d}" if place.isdecimal() else ""
            self._start_block(replace(coded, code=code), at, coded.code, why)
            return
        rows = self._draft.rows["Activités"]
        same = self._described("Activités", coded)
        here.competencies, here.methods = [], []
        if same is not None:
            here.activity = same
            if self._refer(at, ("Activités", same), coded, "déjà nommée"):
                self._draft.leave(self._source, (at,), "autre intitulé d'une activité déjà nommée")
            return
        if self._levels.is_of_another_block(
            coded.code, str((here.block or {}).get("Activité", ""))
        ):
            here.block = None
        block = self._block(at, self._levels.top_of(coded.code))
        inside = sum(row["Bloc"] == block["Code"] for row in rows)
        number = self._draft.rows["Blocs"].index(block) + 1
        code = self._free("Activités", coded.code or f"A{number}.{inside + 1}")
        here.activity = {"Code": code, "Bloc": block["Code"], "Intitulé": coded.text}
        rows.append(here.activity)
        why = self._renumber("Activités", coded.code, here.activity)
        self._take(at, ("Activités", code), coded.mark, why)

    # Codes that begin again in each bloc

    def _described(self, sheet: str, coded: Coded) -> Cells | None:
        """Return the row that a code or a text names; None for what is told for the first time.

        Many documents begin again at C1 in each bloc: a code that stands for quite another text in
        another bloc is another one's.
        """
        block = str((self._here.block or {}).get("Code", ""))
        again = self._renumbered.get((sheet, block, fold(coded.code)))
        if again is not None:
            return again
        rows = self._draft.rows[sheet]
        same = next((row for row in rows if same_row(row, coded.code, coded.text)), None)
        if same is None or not (coded.code and coded.text and block):
            return same
        if self._block_of(same) == block or _alike(coded.text, str(same["Intitulé"])):
            return same
        return None

    def _refer(self, at: ReadParagraph, target: tuple[str, Cells], coded: Coded, said: str) -> bool:
        """Note a text that names a row told above; return whether it does so in other words.

        In other words, or from another bloc by its text alone, it may be another one's.
        """
        sheet, row = target
        reworded = bool(coded.text) and fold(coded.text) != fold(str(row["Intitulé"]))
        block = str((self._here.block or {}).get("Code", ""))
        far = sheet != "Blocs" and not coded.code and block not in ("", self._block_of(row))
        if reworded:
            said = f"{said} en d'autres mots : vérifier que c'est bien le même"
        elif far:
            said = f"{said}, dans le bloc {self._block_of(row)} : vérifier que c'est bien là"
        state = DraftState.DOUBTFUL if reworded or far else DraftState.TAKEN
        self._note(at, state, (sheet, str(row["Code"])), coded.mark, why=said)
        return reworded

    def _renumber(self, sheet: str, code: str, row: Cells) -> str:
        """Keep the code that a new row has in the document, and return what is to be said of it."""
        if not code or code == row["Code"]:
            return ""
        self._renumbered[sheet, self._block_of(row), fold(code)] = row
        self._written[sheet, str(row["Code"])] = code
        return other_code(code, str(row["Code"]))

    def _block_of(self, row: Cells) -> str:
        """Return the code of the bloc that an activity or a competency is in."""
        if row.get("Bloc"):
            return str(row["Bloc"])
        activities = self._draft.rows["Activités"]
        found = (item["Bloc"] for item in activities if item["Code"] == row.get("Activité"))
        return str(next(found, ""))

    def _block(self, at: ReadParagraph, repere: str = "") -> Cells:
        """Return the bloc that is being read; one without a title where none was named."""
        if self._here.block is None:
            code = self._free("Blocs", f"BC{len(self._draft.rows['Blocs']) + 1:02d}")
            self._here.block = {"Code": code, "Intitulé": ""}
            if repere:
                self._here.block["Activité"] = repere
            self._draft.rows["Blocs"].append(self._here.block)
            self._draft.lines.append(
                DraftLine(
                    source=self._source,
                    place=at.place,
                    state=DraftState.ADDED,
                    sheet="Blocs",
                    code=code,
                    remark="aucun bloc n'est nommé avant ce texte : écrire son intitulé",
                )
            )
        return self._here.block

    # Lines

    def _free(self, sheet: str, code: str) -> str:
        """Return a code that no row of a sheet has: this one, or with a number behind it."""
        taken = {fold(known) for known in self._draft.codes(sheet)}
        found, number = code, 1
        while fold(found) in taken:
            number += 1
            found = f"{code}-{number}"
        return found

    def _take(self, at: ReadParagraph, target: tuple[str, str], mark: str, why: str) -> None:
        """Note a text that went into the draft; doubtful where there is a reason to look again."""
        remark = " ; ".join(filter(None, (why, "" if at.doubt in why else at.doubt)))
        state = DraftState.DOUBTFUL if remark else DraftState.TAKEN
        self._note(at, state, target, mark, why=remark)

    def _note(
        self,
        at: ReadParagraph,
        state: DraftState,
        target: tuple[str, str] = ("", ""),
        mark: str = "",
        *,
        why: str = "",
    ) -> None:
        sheet, code = target
        self._draft.lines.append(
            DraftLine(
                source=self._source,
                place=at.place,
                state=state,
                sheet=sheet,
                code=code,
                mark=mark,
                text=at.text,
                remark=why,
            )
        )


def other_code(said: str, code: str) -> str:
    """Return what is to be said of a code that another text of the document has."""
    if said in ("", code):
        return ""
    return f"le code {said} est déjà celui d'un autre texte : {code} à sa place"


def _alike(text: str, other: str) -> bool:
    """Return whether two texts may be one, with a word changed."""
    return SequenceMatcher(None, fold(text), fold(other), autojunk=False).ratio() >= _ALIKE


def same_row(row: Cells, code: str, text: str, prefix: re.Pattern[str] | None = None) -> bool:
    """Return whether a row is the one that a code names, or without a code the one of this text.

    A `prefix` of the row's own code does not count.
    """
    if code:
        own = str(row["Code"])
        return fold(own if prefix is None else prefix.sub("", own)) == fold(code)
    return bool(text) and fold(str(row["Intitulé"])) == fold(text)
