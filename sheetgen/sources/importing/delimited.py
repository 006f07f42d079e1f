"""Text files: the letters that bytes stand for, and tables whose cells a sign separates.

Nothing says how a text file is encoded but its bytes. What is UTF-8 can hardly be anything else; of
the older code pages the one that makes French of them is taken, and said.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.importing import FILE_DAMAGED
from sheetgen.spreadsheet import UnreadableWorkbookError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = {"cp1252": "Windows", "mac_roman": "Macintosh", "cp850": "MS-DOS"}
"""The code pages of older files, with their names in French; the first where none is better."""

_FRENCH = frozenset("éèêëàâäçîïôöûüùœæÉÈÊËÀÂÄÇÎÏÔÖÛÜÙŒÆ’‘“”«»–—…€°\u00a0ñÑáíóúßæ")
_CAPITAL_INSIDE = re.compile(r"[a-zß-ÿ][À-ÞŒ]")
"""An accented capital after a small letter: no French word has one, wrongly read ones do."""

_SEPARATORS = ";,\t|"
_LONGEST_CELL = 1 << 20
_LINES_LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """A text, and the code page it was in; empty where its bytes leave no doubt."""

    text: str
    page: str = ""


def decode(data: bytes) -> DecodedText:
    """Return the text of a file, whatever usual encoding it is in.

    Raises:
        UnreadableWorkbookError: it holds what no text does.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return DecodedText(text=_strictly(data, encoding))
    if b"\0" in data:
        return DecodedText(text=_strictly(data, _wide(data)))
    try:
        return DecodedText(text=data.decode("utf-8"))
    except UnicodeDecodeError:
        page = max(_PAGES, key=lambda name: _likeness(data, name))
        return DecodedText(text=data.decode(page, "replace"), page=_PAGES[page])


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = "ses caractères sont illisibles"
        raise UnreadableWorkbookError(FILE_DAMAGED, reason=reason) from error


def _wide(data: bytes) -> str:
    """Return the encoding of a text without a mark whose characters take two bytes each."""
    return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"


def _likeness(data: bytes, page: str) -> tuple[int, int]:
    """Return how far bytes are French in a code page: letters that are, less those that are not."""
    text = data.decode(page, "replace")
    letters = Counter(text)
    foreign = {letter: count for letter, count in letters.items() if letter > "\x7f"}
    good = sum(count for letter, count in foreign.items() if letter in _FRENCH)
    odd = 4 * len(_CAPITAL_INSIDE.findall(text))
    return 2 * good - sum(foreign.values()) - odd, -list(_PAGES).index(page)


def find_separator(text: str, *, titled: bool = False) -> str | None:
    """Return the sign between the cells of a table; None for a text that is no table.

    Args:
        text: of the file.
        titled: whether lines without any cell may stand above the table: in a list of people, which
            is nothing but a table.
    """
    first = text.partition("\n")[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    counts = _counts_outside_quotes(text)
    used = {sign: found for sign, found in counts.items() if titled or found[0]}
    best = max(used, key=lambda sign: _regularity(used[sign]), default=None)
    return best if best is not None and _regularity(used[best]) > 0 else None


def _counts_outside_quotes(text: str) -> dict[str, list[int]]:
    """Return how often each separator stands in each of the first records."""
    counts: dict[str, list[int]] = {sign: [0] for sign in _SEPARATORS}
    inside, lines = False, 0
    for letter in text[: 1 << 18]:
        if letter == '"':
            inside = not inside
        elif inside:
            continue
        elif letter == "\n":
            lines += 1
            if lines == _LINES_LOOKED_AT:
                break
            for found in counts.values():
                found.append(0)
        elif letter in counts:
            counts[letter][-1] += 1
    return counts


def _regularity(counts: list[int]) -> float:
    """Return how far a sign separates columns: often, and as often in every record."""
    used = [count for count in counts if count]
    if not used:
        return 0
    common, times = Counter(used).most_common(1)[0]
    return common * times * times / len(counts)


def read_records(text: str, separator: str) -> list[list[str]]:
    """Return the records of a table of text, its quoted line ends inside their cells.

    Raises:
        UnreadableWorkbookError: it cannot be told apart into cells.
    """
    if text.partition("\n")[0].strip().lower() == f"sep={separator}":
        text = text.partition("\n")[2]
    former = csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableWorkbookError(
            FILE_DAMAGED, reason="un guillemet n'est pas fermé"
        ) from error
    finally:
        csv.field_size_limit(former)
