"""From a document's texts to the rows of a draft: the tree is followed row by row.

A competency belongs to the activity or bloc that was last named, a method to the competencies that
its cell stands beside, a criterion to the competency of its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sheetgen.sources.importing.cell_texts import (
    Coded,
    ReadMethod,
    joined,
    lines_of,
    split_activity,
    split_block,
    split_code,
    split_criteria,
    split_method,
)
from sheetgen.sources.importing.certification_texts import CertificationTexts
from sheetgen.sources.importing.document import DocumentCell, ReadBlock, ReadDocument, ReadParagraph
from sheetgen.sources.importing.draft_referential import (
    Cells,
    DraftLine,
    DraftReferential,
    DraftState,
)
from sheetgen.sources.importing.headings import ColumnRole, read_headings
from sheetgen.sources.importing.levels import PREFIX, Levels
from sheetgen.text import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

_NO_TABLE = "hors des tableaux"
_NO_HEADINGS = "les titres des colonnes de ce tableau ne sont pas reconnus (voir --columns)"


@dataclass(slots=True, kw_only=True)
class _Here:
    """The place in the tree that has been reached: rows of the draft, and what is being read."""

    block: Cells | None = None
    activity: Cells | None = None
    competencies: list[Cells] = field(default_factory=list)
    method_cell: DocumentCell | None = None
    methods: list[str] = field(default_factory=list)


class TreeBuilder:
    """Adds documents to a draft, one after another."""

    def __init__(
        self, draft: DraftReferential, columns: Sequence[ColumnRole] | None = None
    ) -> None:
        self._draft = draft
        self._columns = columns
        self._here = _Here()
        self._source = ""
        self._levels = Levels(named_blocks=False, numbered_parts=False)
        self._shared: dict[tuple[str, str], str] = {}
        self._criteria: dict[str, list[str]] = {}
        self._texts = CertificationTexts(draft)
        self.unrecognised: list[str] = []
        self.referred = False

    def add(self, source: str, document: ReadDocument) -> None:
        """Add all that a document says: to the draft's rows, or to the lines left out."""
        self._source = source
        self._here = _Here()
        self._levels = Levels.of(document)
        self._texts.begin(source)
        known: dict[int, dict[int, ColumnRole]] = {}
        for block in document.blocks:
            if block.cells:
                self._add_table(block, known)
            else:
                for paragraph in block.paragraphs:
                    self._add_running(paragraph)
        self._draft.leave(source, document.aside, "zone de texte, en-tête, pied de page ou note")

    # Running text

    def _add_running(self, paragraph: ReadParagraph) -> None:
        block = split_block(paragraph.text)
        if block is not None:
            self._texts.end()
            self._start_block(block, paragraph)
            return
        activity = split_activity(paragraph.text)
        if activity.code:
            self._texts.end()
            self._start_activity(activity, paragraph)
            return
        if not self._texts.take(paragraph):
            self._draft.leave(self._source, (paragraph,), _NO_TABLE)

    # Tables

    def _add_table(self, table: ReadBlock, known: dict[int, dict[int, ColumnRole]]) -> None:
        self._texts.end()
        named = self._named_columns(table)
        roles = dict(named or {})
        width = table.columns
        for number, row in table.rows():
            found = read_headings(row, number)
            if found is not None:
                self._note_headings(row, number)
                roles = named or {**(roles if self._is_second(row, number) else {}), **found}
                known[width] = roles
                continue
            title = self._title_of(row, width)
            if title is not None:
                if title.row == number:
                    self._add_title(title)
                continue
            if not roles and width in known:
                roles = known[width]
                self._doubt_table(
                    table, "colonnes du tableau précédent : celui-ci n'a pas de titres"
                )
            if roles:
                self._add_row(row, number, roles)
            else:
                self._leave_row(table, row, number)

    def _named_columns(self, table: ReadBlock) -> dict[int, ColumnRole] | None:
        """Return the columns as whoever imports names them, for tables that have as many.

        Those that a reader laid out itself have their own.
        """
        if table.named:
            return {place: ColumnRole(name) for place, name in enumerate(table.named)}
        if self._columns is None or table.columns != len(self._columns):
            return None
        return dict(enumerate(self._columns))

    def _is_second(self, row: Mapping[int, DocumentCell], number: int) -> bool:
        """Return whether a row of headings goes on with the one above it."""
        return any(cell.row < number for cell in row.values())

    def _title_of(self, row: Mapping[int, DocumentCell], width: int) -> DocumentCell | None:
        """Return the one cell that fills a row of a table of several columns, if there is one."""
        filled = {id(cell): cell for cell in row.values() if cell.paragraphs}
        if width < 2 or len(filled) != 1:
            return None
        (cell,) = filled.values()
        return cell if cell.columns >= width and cell.rows == 1 else None

    def _note_headings(self, row: Mapping[int, DocumentCell], number: int) -> None:
        for cell in _each(row):
            if cell.row == number:
                for item in cell.paragraphs:
                    self._note(item, DraftState.HEADING)

    def _add_title(self, cell: DocumentCell) -> None:
        for item in lines_of(cell.paragraphs):
            self._add_running(item)

    def _leave_row(self, table: ReadBlock, row: Mapping[int, DocumentCell], number: int) -> None:
        if table.place not in self.unrecognised:
            self.unrecognised.append(table.place)
        for cell in _each(row):
            if cell.row == number:
                self._draft.leave(self._source, cell.paragraphs, _NO_HEADINGS)

    def _doubt_table(self, table: ReadBlock, why: str) -> None:
        self._draft.lines.append(
            DraftLine(source=self._source, place=table.place, state=DraftState.DOUBTFUL, remark=why)
        )

    def _add_row(
        self, row: Mapping[int, DocumentCell], number: int, roles: Mapping[int, ColumnRole]
    ) -> None:
        cells: dict[ColumnRole, list[DocumentCell]] = {}
        for column, cell in row.items():
            role = roles.get(column, ColumnRole.IGNORED)
            if cell not in cells.setdefault(role, []):
                cells[role].append(cell)
        new = {
            role: [cell for cell in found if cell.row == number and cell.paragraphs]
            for role, found in cells.items()
        }
        for cell in new.get(ColumnRole.IGNORED, ()):
            self._draft.leave(self._source, cell.paragraphs, "colonne sans titre reconnu")
        for cell in new.get(ColumnRole.BLOCK, ()):
            self._add_blocks(cell)
        for cell in new.get(ColumnRole.ACTIVITY, ()):
            self._add_activities(cell)
        told = [cell for cell in new.get(ColumnRole.COMPETENCY, ()) if self._add_competencies(cell)]
        for cell in cells.get(ColumnRole.METHOD, ()):
            self._add_method(cell, fresh=cell.row == number, beside=bool(told))
        for cell in new.get(ColumnRole.CRITERION, ()):
            self._add_criteria(cell, several=self._spans_others(cell, cells, told))

    def _spans_others(
        self,
        cell: DocumentCell,
        cells: Mapping[ColumnRole, Sequence[DocumentCell]],
        told: Sequence[DocumentCell],
    ) -> bool:
        """Return whether criteria stand beside several competencies, as no row says of which."""
        height = max((item.rows for item in cells.get(ColumnRole.COMPETENCY, ())), default=1)
        return len(told) > 1 or len(self._here.competencies) > 1 or cell.rows > height

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
        same = next((row for row in rows if _same(row, bare, coded.text, PREFIX)), None)
        here = self._here
        here.activity, here.competencies, here.method_cell, here.methods = None, [], None, []
        if same is not None:
            here.block = same
            if coded.text and not same.get("Intitulé"):
                same["Intitulé"] = coded.text
            self._note(
                at, DraftState.TAKEN, ("Blocs", str(same["Code"])), coded.mark, why="déjà nommé"
            )
            if coded.text and fold(coded.text) != fold(str(same["Intitulé"])):
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
        same = next((row for row in rows if _same(row, coded.code, coded.text)), None)
        here.competencies, here.method_cell, here.methods = [], None, []
        if same is not None:
            here.activity = same
            self._note(
                at,
                DraftState.TAKEN,
                ("Activités", str(same["Code"])),
                coded.mark,
                why="déjà nommée",
            )
            if coded.text and fold(coded.text) != fold(str(same["Intitulé"])):
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
        self._take(at, ("Activités", code), coded.mark, "")

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
        if not (here.method_cell is not None and here.method_cell.rows > 1):
            here.method_cell, here.methods = None, []
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
        whole = replace(items[0], text=joined(items))
        rows = self._draft.rows["Compétences"]
        same = next((row for row in rows if _same(row, coded.code, coded.text)), None)
        if same is not None:
            self.referred = True
            here.competencies.append(same)
            target = ("Compétences", str(same["Code"]))
            self._note(whole, DraftState.TAKEN, target, coded.mark, why="déjà décrite plus haut")
            if coded.text and fold(coded.text) != fold(str(same["Intitulé"])):
                self._draft.leave(self._source, (whole,), f"autre texte de {same['Code']}")
            return
        block = self._block(items[0])
        made = not coded.code
        number = self._draft.rows["Blocs"].index(block) + 1
        inside = sum(row.get("Bloc", "") == block["Code"] or self._in(row, block) for row in rows)
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
        if coded.code and code != coded.code:
            why = f"le code {coded.code} est déjà celui d'une autre compétence"
        self._take(whole, ("Compétences", code), coded.mark, why)

    def _in(self, row: Cells, block: Cells) -> bool:
        """Return whether a competency's activity is of a bloc."""
        activities = self._draft.rows["Activités"]
        return any(
            item["Code"] == row.get("Activité") and item["Bloc"] == block["Code"]
            for item in activities
        )

    # Methods

    def _add_method(self, cell: DocumentCell, *, fresh: bool, beside: bool) -> None:
        """Join a method's cell to the competencies of its row."""
        here = self._here
        if not cell.paragraphs or not here.competencies:
            if fresh and cell.paragraphs:
                self._draft.leave(self._source, cell.paragraphs, "modalité sans compétence à côté")
            return
        if cell is not here.method_cell:
            if not beside and here.methods and self._goes_on(cell):
                return
            before = list(here.methods) if not beside else []
            here.methods = [*before, self._method_code(cell)]
            here.method_cell = cell
        for row in here.competencies:
            listed = [code for code in str(row.get("Modalité", "")).split(" ; ") if code]
            row["Modalité"] = " ; ".join(dict.fromkeys([*listed, *here.methods]))

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
        """Return the code of a cell's method, made when it is met for the first time in a bloc."""
        method = split_method(cell.paragraphs)
        block = str(self._block(cell.paragraphs[0])["Code"])
        key = (block, fold(f"{method.kind}\n{method.description}\n{method.variant}"))
        whole = replace(cell.paragraphs[0], text=joined(cell.paragraphs))
        if key in self._shared:
            code = self._shared[key]
            self._note(whole, DraftState.TAKEN, ("Modalités", code), why="la même, à la lettre")
            return code
        first = str(self._here.competencies[0]["Code"])
        code = self._free("Modalités", f"M{first.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}")
        self._shared[key] = code
        self._draft.rows["Modalités"].append(_method_row(code, method))
        self._take(whole, ("Modalités", code), "", method.doubt)
        return code

    # Criteria

    def _add_criteria(self, cell: DocumentCell, *, several: bool) -> None:
        here = self._here
        if not here.competencies:
            self._draft.leave(self._source, cell.paragraphs, "critères sans compétence à côté")
            return
        of_method = here.methods[-1] if len(here.methods) > 1 else ""
        for found in split_criteria(cell.paragraphs):
            owner = self._owner(found.code)
            doubts = [found.doubt]
            if several and not found.code:
                doubts.append("plusieurs compétences à côté : rattaché à la première")
            owner_code = str(owner["Code"])
            listed = self._criteria.setdefault(owner_code, [])
            code = self._free("Critères", found.code or f"{owner_code}.{len(listed) + 1}")
            listed.append(code)
            row: Cells = {"Code": code, "Compétence": owner_code, "Intitulé": found.text}
            if of_method:
                row["Modalité"] = of_method
            if found.group:
                row["Groupe"] = found.group
            self._draft.rows["Critères"].append(row)
            at = ReadParagraph(text=found.text, place=found.place)
            self._take(at, ("Critères", code), found.mark, " ; ".join(filter(None, doubts)))

    def _owner(self, code: str) -> Cells:
        """Return the competency that a criterion's code begins with; else the first of its row."""
        for row in self._here.competencies:
            if code and code.startswith(f"{row['Code']}."):
                return row
        return self._here.competencies[0]

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


def _each(row: Mapping[int, DocumentCell]) -> list[DocumentCell]:
    """Return the cells of a row, each once."""
    return list({id(cell): cell for cell in row.values()}.values())


def _same(row: Cells, code: str, text: str, prefix: re.Pattern[str] | None = None) -> bool:
    """Return whether a row is the one that a code names, or without a code the one of this text.

    A `prefix` of the row's own code does not count.
    """
    if code:
        own = str(row["Code"])
        return fold(own if prefix is None else prefix.sub("", own)) == fold(code)
    return bool(text) and fold(str(row["Intitulé"])) == fold(text)


def _method_row(code: str, method: ReadMethod) -> Cells:
    row: Cells = {"Code": code, "Type": method.kind, "Description": method.description}
    if method.variant:
        row["Capitalisation de bloc"] = method.variant
    return row
