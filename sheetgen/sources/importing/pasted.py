"""A text: a table pasted from elsewhere, or a référentiel told one thing after another.

In a text without columns, codes say where activities and competencies begin. Methods and criteria
are told by their titles (« Modalités d'évaluation : »), else by their words, which is doubtful.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.importing.cell_texts import RULE, is_bullet, is_variant
from sheetgen.sources.importing.delimited import decode, find_separator, read_records
from sheetgen.sources.importing.document import (
    NO_LIST,
    DocumentCell,
    ReadBlock,
    ReadDocument,
    ReadParagraph,
    tidy,
)
from sheetgen.sources.importing.headings import ColumnRole, role_of
from sheetgen.sources.importing.sheets import document_of_records
from sheetgen.sources.importing.source_codes import split_activity, split_block, split_code
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COLUMNS = (
    ColumnRole.ACTIVITY,
    ColumnRole.COMPETENCY,
    ColumnRole.METHOD,
    ColumnRole.CRITERION,
)
"""The columns that a text without any is laid out in."""

_METHOD = re.compile(
    r"(?:mises? en situation|projets?|cas pratiques?|etudes? de cas|dossiers?|oral|soutenances?"
    r"|entretiens?|epreuves?|qcm|questionnaires?|rapports?|memoires?|portfolio|modalites?|examens?"
    r"|evaluations?|controles?|devoirs?|jeux? de role|simulations?|presentations? orales?)\b"
)
"""The words with which the description of a method begins."""

_LONGEST_KIND = 120
_ANNEXED = "une puce ou une phrase à part y est jointe : un critère, peut-être"
_SUPPOSED = "début supposé : rien ne le dit dans le texte"


def read_text(data: bytes, width: int = 0) -> ReadDocument:
    """Return the texts of a file of plain text, a table or not.

    Args:
        data: of the file.
        width: of a table without headings, whose columns are named; 0 where none are.

    Raises:
        UnreadableWorkbookError: it holds what no text does.
    """
    decoded = decode(data)
    form = f"texte (codage {decoded.page})" if decoded.page else "texte"
    # Tabs are in no prose: a title above a table that was pasted does not make it one.
    for separator in dict.fromkeys((find_separator(decoded.text), "\t")):
        if separator is None or separator not in decoded.text:
            continue
        records = read_records(decoded.text, separator)
        if _is_table(records, width):
            return document_of_records(records, form)
    return document_of_lines(decoded.text, form)


def _is_table(records: list[list[str]], width: int) -> bool:
    """Return whether records have headings that name columns of a référentiel, or this width."""
    if width > 1 and sum(len(record) == width for record in records) * 2 > len(records):
        return True
    return any(
        len({role for text in record if (role := role_of(text)) is not None}) > 1
        for record in records[:20]
    )


def _is_apart(said: Sequence[ReadParagraph], line: ReadParagraph) -> bool:
    """Return whether a line hardly goes on with the text of a competency before it."""
    if said and said[-1].text.endswith(":"):
        return False
    return is_bullet(line.text) or (line.text[:1].isupper() and not line.close)


def document_of_lines(text: str, form: str) -> ReadDocument:
    """Return a text told one thing after another, laid out as tables where it can be."""
    lines: list[ReadParagraph] = []
    blank = False
    for number, line in enumerate(re.split(r"\r\n|[\r\n\x0c]", text), start=1):
        plain = tidy(line)
        if not plain:
            blank = True
            continue
        lines.append(ReadParagraph(text=plain, place=f"ligne {number}", close=not blank))
        blank = False
    return document_of_paragraphs(lines, form)


def document_of_paragraphs(paragraphs: Iterable[ReadParagraph], form: str) -> ReadDocument:
    """Return paragraphs that tell one thing after another, laid out as tables where it can be."""
    layout = _Layout()
    for paragraph in paragraphs:
        layout.add(paragraph)
    return ReadDocument(form=form, blocks=tuple(layout.blocks()))


@dataclass(slots=True, kw_only=True)
class _Row:
    """The texts of one row, by column."""

    cells: dict[ColumnRole, list[ReadParagraph]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Layout:
    """Puts each line of a text in the column that it belongs to."""

    running: list[ReadParagraph] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    made: list[ReadBlock] = field(default_factory=list)
    at: ColumnRole | None = None
    closed: bool = False

    def add(self, line: ReadParagraph) -> None:
        """Put the next line where it belongs."""
        if self._begins(line):
            return
        if self.at is None:
            self.running.append(line)
            return
        if self.at is ColumnRole.COMPETENCY and self._is_method(line):
            self._move(ColumnRole.METHOD)
        elif self.at is ColumnRole.METHOD and self._is_criterion(line):
            # After the variant for candidates of one bloc, nothing else can come.
            doubt = "" if self.closed else _SUPPOSED
            self._move(ColumnRole.CRITERION)
            line = replace(line, doubt=doubt)
        if self.at is ColumnRole.METHOD and is_variant(line.text):
            self.closed = True
        said = self.rows[-1].cells.setdefault(self.at, [])
        if self.at is ColumnRole.COMPETENCY and _is_apart(said, line):
            line = replace(line, doubt=_ANNEXED)
        said.append(line)

    def blocks(self) -> Iterator[ReadBlock]:
        """Yield what was laid out, in order."""
        self._close()
        yield from self.made

    def _begins(self, line: ReadParagraph) -> bool:
        """Return whether a line begins something by its code or its title, and put it there."""
        if split_block(line.text) is not None:
            self._close()
            self.running.append(line)
            return True
        if split_activity(line.text).code:
            if self.at is not ColumnRole.ACTIVITY:
                self._start()
            self._move(ColumnRole.ACTIVITY)
        elif split_code(line.text, "C").code and self._is_competency(line):
            if self.at is not ColumnRole.ACTIVITY:
                self._start()
            self._move(ColumnRole.COMPETENCY)
        else:
            return self._is_title(line)
        self.rows[-1].cells.setdefault(self.at or ColumnRole.ACTIVITY, []).append(line)
        return True

    def _is_competency(self, line: ReadParagraph) -> bool:
        """Return whether a code is no criterion's: those begin with the competency's own."""
        if not self.rows or self.at is not ColumnRole.CRITERION:
            return True
        owners = self.rows[-1].cells.get(ColumnRole.COMPETENCY, [])
        owner = split_code(owners[0].text, "C").code if owners else ""
        return not owner or not split_code(line.text, "C").code.startswith(f"{owner}.")

    def _is_title(self, line: ReadParagraph) -> bool:
        """Return whether a line is the title of what follows, such as « Critères : »."""
        role = role_of(line.text.rstrip(" :"))
        if role in (None, ColumnRole.BLOCK, ColumnRole.ACTIVITY) or not self.rows:
            return False
        if not line.text.endswith(":") and len(line.text.split()) > 3:
            return False
        self._move(role or ColumnRole.CRITERION)
        self.made.append(ReadBlock(place=line.place, paragraphs=(line,)))
        return True

    def _is_method(self, line: ReadParagraph) -> bool:
        return (
            len(line.text) <= _LONGEST_KIND
            and line.level == NO_LIST
            and not is_bullet(line.text)
            and _METHOD.match(fold(line.text)) is not None
        )

    def _is_criterion(self, line: ReadParagraph) -> bool:
        if self.closed:
            return True
        said = self.rows[-1].cells.get(ColumnRole.METHOD, [])
        return (
            len(said) > 1
            and not line.close
            and said[-1].text.endswith(".")
            and not is_bullet(line.text)
            and not RULE.fullmatch(line.text)
            and not is_variant(line.text)
        )

    def _move(self, column: ColumnRole) -> None:
        self.at, self.closed = column, False

    def _start(self) -> None:
        """Begin a row; running text before it is closed."""
        if self.running:
            self.made.append(ReadBlock(paragraphs=tuple(self.running)))
            self.running = []
        self.rows.append(_Row())

    def _close(self) -> None:
        """End the table that is being laid out."""
        if self.rows:
            cells = [
                DocumentCell(row=row, column=COLUMNS.index(role), paragraphs=tuple(paragraphs))
                for row, laid in enumerate(self.rows)
                for role, paragraphs in laid.cells.items()
            ]
            names = tuple(role.value for role in COLUMNS)
            self.made.append(ReadBlock(place="texte", cells=tuple(cells), named=names))
            self.rows = []
        if self.running:
            self.made.append(ReadBlock(paragraphs=tuple(self.running)))
            self.running = []
        self.at = None
