"""Damage to the parts of genuine grids, mostly such as leaves them XML: where readers differ."""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import TYPE_CHECKING

from spreadsheet import hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = (
    *(b"<", b">", b"&", b'"', b"'", b"/", b" ", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbf\xbf"),
    *(b"<!--x-->", b"<![CDATA[x]]>", b"<![CDATA[1]]>", b"<?pi?>", b"]]>", b"&amp;", b"&#65;"),
    *(b"&#0;", b"&foo;", b"_x0041_", b"_x000D_", b'<c r="A1"><v>1</v></c>', b'<row r="3">'),
    *(b"</row>", b"</c>", b"<v>", b"<v/>", b' t="str"', b' t="e"', b' t="n"', b' t="b"', b' t="s"'),
    *(b' s="99"', b"<f>A1</f>", b"0", b"1", b"-", b"<is>", b"</is>", b"<is><t>y</t></is>", b"</t>"),
    *(b"\x01", b' xml:space="preserve"', b"<f/>", b".", b"e5", b"<sheetData>", b"x:", b"<t/>"),
    *(b"<si><t>z</t></si>", b"<si/>", b"AAA", b'<z xmlns="urn:z"><c r="B9"><v>1</v></c></z>'),
    *(b"<r><t>w</t></r>", b"<rPh><t>p</t></rPh>", b' r="ZZ9"', b"<extLst/>", b"<text:s/>"),
)
PLACES = (b"<c ", b"<v>", b"</v>", b">", b"<row", b'"', b"<t", b"</t>", b"<f>", b"</c>", b"</si>")


def parts_of(data: bytes, pattern: str) -> Sequence[str]:
    """The parts of a package whose names look so."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [name for name in package.namelist() if re.search(pattern, name)]


def mutated(data: bytes, pattern: str, seed: int) -> bytes:
    """The package with one of these parts written in some other way, mostly a wrong one."""
    chance = random.Random(seed)  # noqa: S311 - chosen for being repeatable

    def change(body: bytes) -> bytes:
        at = max(0, body.find(chance.choice(PLACES), chance.randrange(len(body))))
        at += chance.choice((0, 1, 3))
        match chance.randrange(5):
            case 0:
                return body[:at] + body[at + chance.choice((1, 2, 9)) :]
            case 1:
                return body[:at] + body[at : at + 30] + body[at:]
            case 2:
                digits = [place for place, byte in enumerate(body) if 48 <= byte <= 57]
                place = chance.choice(digits) if digits else at
                return body[:place] + b"%d" % chance.randrange(10) + body[place + 1 :]
            case _:
                return body[:at] + chance.choice(PIECES) + body[at:]

    return hostile.edited(data, chance.choice(parts_of(data, pattern)), change)
