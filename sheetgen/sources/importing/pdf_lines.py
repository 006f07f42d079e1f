"""Words of a PDF to lines, and lines to paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.importing.cell_texts import RULE, is_bullet
from sheetgen.sources.importing.document import NO_LIST, ReadParagraph, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SAME_LINE = 3.0
"""Points by which words of one line may stand higher or lower."""

_GAP = 0.45
"""Room above a line, over the height of its letters, that tells paragraphs apart."""

_WIDE = 2.0
"""Room between two words, over the height of their letters, that no blank takes.

After the first word it does: bullets and codes have tabs behind them.
"""

_INDENT = 3.0
"""Points by which a line stands further right than another, at least."""

_SIGNS = frozenset(":;!?»%")
_SENTENCE = "une phrase finit en fin de ligne : ce peut être la suite du paragraphe d'avant"
_CAPITAL = "une ligne qui commence par une majuscule y est jointe : un autre paragraphe, peut-être"
_FIRST_WORD = re.compile(
    r"(?:L[’']\w|(?:Le|La|Les|Un|Une|Des|Il|Elle|Ils|Elles|Ce|Cet|Cette|Ces|Chaque|Tout|Toute|Tous"
    r"|Toutes|Son|Sa|Ses|Leur|Leurs|Aucun|Aucune)\s)"
)
"""Words with which sentences begin, and names hardly ever."""

_PARTED = "des colonnes sans traits y sont mêlées, peut-être : reprendre le texte de la source"
_ADDRESS = re.compile(r"https?://|www\.")
_SLACK = 1.5
"""Points that a word may lack and still count as fitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line: its text, where it stands in points, and how far it might have gone.

    Attributes:
        right: the end of the last word.
        limit: where the room for the line ends.
        first: the width of its first word.
        blank: the width of a blank.
        parted: whether a gap stands in it that is no blank, as between columns without lines.
    """

    text: str
    top: float
    bottom: float
    left: float
    right: float
    limit: float
    first: float
    blank: float
    parted: bool = False


def lines_of_words(words: Iterable[Mapping[str, Any]], limit: float) -> list[TextLine]:
    """Return the lines that words make, from top to bottom."""
    rows: list[list[Mapping[str, Any]]] = []
    for word in sorted(words, key=lambda item: (item["top"], item["x0"])):
        if rows and abs(rows[-1][0]["top"] - word["top"]) <= _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda item: item["x0"]), limit) for row in rows]


def _line(row: Sequence[Mapping[str, Any]], limit: float) -> TextLine:
    height = max(word["bottom"] - word["top"] for word in row)
    first = 1
    # « sont », then « opérationnelles : »: a sign is never parted from the word before it.
    while first < len(row) and (row[first]["text"] in _SIGNS or row[first - 1]["text"] == "«"):
        first += 1
    return TextLine(
        text=tidy(" ".join(word["text"] for word in row)),
        top=min(word["top"] for word in row),
        bottom=max(word["bottom"] for word in row),
        left=row[0]["x0"],
        right=row[-1]["x1"],
        limit=limit,
        first=row[first - 1]["x1"] - row[0]["x0"],
        blank=height * 0.25,
        parted=any(after["x0"] - word["x1"] > _WIDE * height for word, after in pairwise(row[1:])),
    )


def paragraphs_of(lines: Sequence[TextLine], place: str) -> list[ReadParagraph]:
    """Return the paragraphs that lines make, numbered from the first."""
    found: list[ReadParagraph] = []
    hanging = _hang(lines)
    margins = sorted({round(line.left) for line in lines if is_bullet(line.text)})
    spaced = any(_apart(above, line) for above, line in pairwise(lines))
    bullet: TextLine | None = None
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else None
        if is_bullet(line.text):
            bullet = line
        outdented = hanging and bullet is not None and line.left < bullet.left + _INDENT
        on = above is not None and goes_on(above, line) and not outdented
        # Nothing tells two sentences from two paragraphs where no room is left between these.
        told = on and not spaced and _ends_sentence(found[-1].text, line.text)
        if on and not told:
            last = found[-1]
            text, doubt = glued(last.text, line.text)
            if not spaced and _begins_anew(last.text, line.text):
                doubt = _CAPITAL
            if line.parted:
                doubt = _PARTED
            found[-1] = ReadParagraph(
                text=text,
                place=last.place,
                level=last.level,
                close=last.close,
                doubt=last.doubt or doubt,
            )
            continue
        close = above is not None and not _apart(above, line)
        if not is_bullet(line.text):
            bullet = None
        where = f"{place}, paragraphe {len(found) + 1}"
        doubt = _PARTED if line.parted else _SENTENCE if told else ""
        level = _level(line, margins) if is_bullet(line.text) else NO_LIST
        found.append(
            ReadParagraph(text=line.text, place=where, level=level, close=close, doubt=doubt)
        )
    return found


def _level(line: TextLine, margins: Sequence[int]) -> int:
    """Return how deep in a list a bullet stands: by the bullets that are further left."""
    steps = [margin for margin in margins if margin <= line.left - _INDENT]
    return sum(after - margin > _INDENT for margin, after in pairwise([*steps, line.left]))


def _hang(lines: Sequence[TextLine]) -> bool:
    """Return whether the lines of a list's items stand further right than their bullets."""
    return any(
        is_bullet(above.text)
        and not is_bullet(line.text)
        and goes_on(above, line)
        and line.left > above.left + _INDENT
        for above, line in pairwise(lines)
    )


def _ends_sentence(text: str, after: str) -> bool:
    """Return whether a text ends a sentence and the next one begins another."""
    return text[-1:] in ".!?…" and after[:1].isupper()


def _begins_anew(text: str, after: str) -> bool:
    """Return whether a line begins as a sentence does, where the text before it ended none."""
    return text[-1:].isalnum() and _FIRST_WORD.match(after) is not None


def goes_on(above: TextLine, line: TextLine) -> bool:
    """Return whether a line goes on with the paragraph of the one above it."""
    if _apart(above, line) or is_bullet(line.text):
        return False
    return fills(above, line)


def fills(above: TextLine, line: TextLine) -> bool:
    """Return whether the first word of a line would not have fitted on the one above it.

    A rule or an address stands alone, however long.
    """
    if any(RULE.fullmatch(text) or _ADDRESS.match(text) for text in (above.text, line.text)):
        return False
    return above.right + above.blank + line.first > above.limit - _SLACK


def _apart(above: TextLine, line: TextLine) -> bool:
    """Return whether a blank line, or nearly, stands between two lines."""
    return line.top - above.bottom > _GAP * (line.bottom - line.top)


def glued(text: str, after: str) -> tuple[str, str]:
    """Return two lines as one text, and what is doubtful of that."""
    if text.endswith("\u00ad"):
        return f"{text[:-1]}{after}", ""
    if text.endswith("-") and text[-2:-1].isalpha() and after[:1].islower():
        return f"{text}{after}", "un mot était coupé en fin de ligne : vérifier le trait d'union"
    return f"{text} {after}", ""
