"""The texts of one cell, taken apart: codes, competencies, criteria, a method and its variant.

Nothing is reworded. What is cut off (a code, a bullet, a rule of dashes) is given beside, so that
every word can be followed.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.importing.document import NO_LIST, ReadParagraph
from sheetgen.sources.importing.source_codes import has_code, split_code
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BULLET = re.compile(
    r"(?:[•·▪◦●○■□➢➤►▶✓✔→*\uf0b7\uf0a7\uf0d8\uf02d§–—]|-(?!-)|o(?=\s)|\d{1,2}[.)](?=\s)"
    r"|[a-z]\)(?=\s))\s*"
)
_SIGN = re.compile(r"(?:[•·▪◦●○■□➢➤►▶✓✔→*\uf0b7\uf0a7\uf0d8\uf02d§–—]|-(?!-))\s*(?=\S)")
"""A bullet that is no number or letter."""

CRITERION = "CKEIRP"
"""The letters with which the codes of criteria begin."""

RULE = re.compile(r"[-_–—=*.·]{5,}")
"""A line drawn with signs."""

_VARIANT = re.compile(
    r"capitalisation|uniquement sur (?:un|le|les) blocs?|(?:un|le) seul bloc|par blocs?\b.{0,40}"
    r"(?:modalite|evaluation)|acces par blocs?"
)
_LONGEST_KIND = 120


def lines_of(paragraphs: Iterable[ReadParagraph]) -> Iterator[ReadParagraph]:
    """Yield paragraphs, those with line ends cut where a line begins with a bullet or a code."""
    for paragraph in paragraphs:
        lines = paragraph.text.split("\n")
        pending: list[str] = []
        close = paragraph.close
        for line in lines:
            begins = _BULLET.match(line) or RULE.fullmatch(line) or has_code(line)
            if pending and (begins or RULE.fullmatch(pending[-1])):
                yield replace(paragraph, text="\n".join(pending), close=close)
                pending, close = [], True
            pending.append(line)
        yield replace(paragraph, text="\n".join(pending), close=close)


def joined(paragraphs: Iterable[ReadParagraph]) -> str:
    """Return the text of paragraphs, a line each, items of lists behind a dash."""
    return "\n".join(map(_dashed, paragraphs))


def _dashed(item: ReadParagraph) -> str:
    """Return a paragraph's text, behind a dash where it is an item of a list."""
    sign = _SIGN.match(item.text)
    if sign is not None and not RULE.match(item.text):
        return f"- {item.text[sign.end() :]}"
    return f"- {item.text}" if item.level > NO_LIST else item.text


def is_bullet(text: str) -> bool:
    """Return whether a text begins with a bullet."""
    return _BULLET.match(text) is not None and not RULE.match(text)


def is_variant(text: str) -> bool:
    """Return whether a text says what changes for who presents blocs alone."""
    return _VARIANT.search(fold(text)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCriterion:
    """A criterion as it was written.

    Attributes:
        text: without the bullet before it.
        code: of the source; empty without one.
        mark: the code that was cut off, to the letter.
        group: the line that leads to it, if it stands under one.
        place: where it was.
        doubt: what is not sure, in French.
    """

    text: str
    place: str
    code: str = ""
    mark: str = ""
    group: str = ""
    doubt: str = ""


def split_criteria(paragraphs: Sequence[ReadParagraph]) -> list[ReadCriterion]:
    """Return the criteria that a cell lists: its bullets, or its paragraphs."""
    items = [_Item.of(line) for item in lines_of(paragraphs) for line in _sentences(item)]
    items = _behind_codes([item for item in items if not RULE.fullmatch(item.text)])
    bullets = [item for item in items if item.level > NO_LIST]
    plain = [item for item in items if item.level == NO_LIST]
    leads = [item for item in plain if item.text.endswith(":")]
    if not bullets:
        return [item.criterion() for item in _whole_sentences(plain)]
    if len(leads) == len(plain):
        return _under_titles(items)
    return _with_details(items)


def _behind_codes(items: Sequence[_Item]) -> list[_Item]:
    """Join a code that stands alone on its line to the text on the next."""
    found: list[_Item] = []
    for item in items:
        last = found[-1] if found else None
        if last is not None and last.level == item.level and _awaits(last.text, item.text):
            last.text = f"{last.text} {item.text}"
        else:
            found.append(item)
    return found


def _awaits(code: str, text: str) -> bool:
    """Return whether one line is nothing but a code, and the next has none of its own."""
    coded = split_code(code, CRITERION)
    return bool(coded.code) and not coded.text and not split_code(text, CRITERION).code


def _sentences(paragraph: ReadParagraph) -> Iterator[ReadParagraph]:
    """Yield the lines of a paragraph that end a sentence, each with what goes on with it."""
    pending: list[str] = []
    doubt = paragraph.doubt
    for line in paragraph.text.split("\n"):
        if pending and pending[-1][-1:] in ".;" and line[:1].isupper():
            doubt = doubt or "lignes d'un seul paragraphe, prises chacune pour un critère"
            yield replace(paragraph, text="\n".join(pending), doubt=doubt)
            pending = []
        pending.append(line)
    yield replace(paragraph, text="\n".join(pending), doubt=doubt)


@dataclass(slots=True, kw_only=True)
class _Item:
    """A paragraph, without its bullet, at its level in a list."""

    text: str
    level: int
    place: str
    close: bool
    doubt: str
    details: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, paragraph: ReadParagraph) -> _Item:
        text, level = paragraph.text, paragraph.level
        bullet = _BULLET.match(text)
        if bullet is not None and not RULE.match(text) and text[bullet.end() :]:
            text = text[bullet.end() :]
            level = max(level, 0)
        return cls(
            text=text,
            level=level,
            place=paragraph.place,
            close=paragraph.close,
            doubt=paragraph.doubt,
        )

    def criterion(self, group: str = "", doubt: str = "") -> ReadCriterion:
        coded = split_code(self.text, CRITERION)
        doubts = [said for said in (self.doubt, doubt) if said]
        return ReadCriterion(
            text="\n".join([coded.text, *(f"- {detail}" for detail in self.details)]),
            code=coded.code,
            mark=coded.mark,
            group=group,
            place=self.place,
            doubt=" ; ".join(doubts),
        )


def _whole_sentences(items: Sequence[_Item]) -> list[_Item]:
    """Join paragraphs that are one sentence: the first ends without a stop, the next goes on."""
    found: list[_Item] = []
    for item in items:
        before = found[-1] if found else None
        if before is not None and item.close and _goes_on(before.text, item.text):
            before.text = f"{before.text}\n{item.text}"
            before.doubt = "deux paragraphes réunis : le second continue la phrase du premier"
        else:
            found.append(item)
    return found


def _goes_on(before: str, after: str) -> bool:
    """Return whether a text goes on with the sentence of the one before it."""
    return before[-1:] not in ".;:!?…" and after[:1].islower()


def _under_titles(items: Sequence[_Item]) -> list[ReadCriterion]:
    """Return bullets as criteria, deeper ones as their details, lines between them as titles.

    A title under which nothing stands is a criterion: none of its words is lost.
    """
    found: list[tuple[_Item, str]] = []
    title = ""
    alone: list[_Item] = []
    top = min(item.level for item in items if item.level > NO_LIST)
    for item in items:
        if item.level == NO_LIST:
            found += _as_criteria(alone)
            title, alone = item.text, [item]
        elif item.level > top and found and not alone:
            found[-1][0].details.append(item.text)
        else:
            found.append((item, title))
            alone = []
    found += _as_criteria(alone)
    doubt = "la ligne au-dessus est prise pour le titre d'un groupe de critères"
    return [item.criterion(group, doubt if group else "") for item, group in found]


def _as_criteria(titles: Sequence[_Item]) -> list[tuple[_Item, str]]:
    for item in titles:
        item.doubt = item.doubt or "un titre sans rien en dessous est pris pour un critère"
    return [(item, "") for item in titles]


def _with_details(items: Sequence[_Item]) -> list[ReadCriterion]:
    """Return paragraphs as criteria, each with the bullets that its last words announce."""
    found: list[_Item] = []
    announced = False
    for item in items:
        if item.level == NO_LIST:
            found.append(item)
            announced = item.text.endswith(":")
        elif announced and found:
            found[-1].details.append(item.text)
            found[-1].doubt = "les puces qui suivent sont prises pour une partie de ce critère"
        else:
            item.doubt = item.doubt or "une puce parmi des paragraphes est prise pour un critère"
            found.append(item)
    return [item.criterion() for item in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMethod:
    """A method of assessment as it was written; `variant` is for candidates who present blocs."""

    kind: str
    description: str
    variant: str = ""
    doubt: str = ""


def split_method(paragraphs: Sequence[ReadParagraph]) -> ReadMethod:
    """Return the method that a cell describes: its kind, what is asked, then a variant."""
    head: list[ReadParagraph] = []
    variant: list[ReadParagraph] = []
    ruled = False
    for item in lines_of(paragraphs):
        if RULE.fullmatch(item.text):
            ruled = bool(head)
            continue
        begins = _VARIANT.search(fold(item.text)) is not None
        if variant or (head and begins):
            variant.append(item)
        else:
            head.append(item)
    doubt = ""
    if ruled and not variant:
        doubt = "un trait sépare deux parties : les deux sont dans la description"
    if not head:  # a cell that begins with its variant, or holds nothing but a rule
        head, variant = variant or [*paragraphs], []
    kind, description, unsure = _kind(head)
    doubts = [item.doubt for item in paragraphs]
    return ReadMethod(
        kind=kind,
        description=description,
        variant=joined(variant),
        doubt=" ; ".join(dict.fromkeys(filter(None, (doubt, unsure, *doubts)))),
    )


def _kind(head: Sequence[ReadParagraph]) -> tuple[str, str, str]:
    """Return the kind of a method, what is asked, and what is not sure of it."""
    if len(head) == 1:  # a type and its description, parted by a line end alone
        lines = head[0].text.split("\n")
        head = [replace(head[0], text=line) for line in lines]
    first = head[0]
    short = len(first.text) <= _LONGEST_KIND and first.level == NO_LIST
    if len(head) > 1 and short and not _BULLET.match(first.text):
        return first.text, joined(head[1:]), ""
    text = joined(head)
    before, colon, after = first.text.partition(":")
    if colon and after.strip() and len(before) <= _LONGEST_KIND and "\n" not in before:
        return before.strip(), "\n".join(filter(None, (after.strip(), joined(head[1:])))), ""
    if len(head) == 1 and short:
        return text, text, "une seule ligne : elle sert de type et de description"
    return "", text, "le type d'épreuve n'est pas dit à part : à écrire"
