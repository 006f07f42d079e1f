"""The static page where anybody checks a paper, in their own browser.

One file that fetches nothing and sends nothing: its policy allows only the script and the style
that are in it, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from sheetgen.excel import palette
from sheetgen.files import filled_page
from sheetgen.lazy_dataclass import dataclass
from sheetgen.seals.statements import PAPER_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationFacts:
    """The facts that a school publishes.

    Attributes:
        certifier: who issues the papers.
        keys: every public key that ever sealed one, in base 64.
        withdrawn: the day since when a number is worth nothing, ISO, by number.
        titles: codes and titles that papers name, offered to whoever types.
        made: the day of the page.
    """

    certifier: str
    keys: Sequence[str]
    withdrawn: Mapping[str, str]
    titles: Sequence[tuple[str, str]]
    made: date


def render_verification(facts: VerificationFacts) -> bytes:
    """Return the page, in UTF-8; the same facts give the same bytes."""
    codes = sorted({code for code, _ in facts.titles if code})
    script = (_FOLDER / "verification.js").read_text(encoding="utf-8")
    style = filled_page(_FOLDER, "verification.css.j2", palette=palette)
    known = {
        "keys": list(facts.keys),
        "withdrawn": dict(facts.withdrawn),
        "names": PAPER_NAMES,
        "certifier": facts.certifier,
        "codes": codes,
    }
    text = filled_page(
        _FOLDER,
        "verification.html.j2",
        facts=facts,
        names=PAPER_NAMES,
        codes=codes,
        titles=sorted({title for _, title in facts.titles if title}),
        style=Markup(style),  # noqa: S704 - of this package
        script=Markup(script),  # noqa: S704 - of this package
        policy=f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'",
        known=Markup(_in_script(known)),  # noqa: S704 - escaped for where it stands
    )
    return text.encode("utf-8", "xmlcharrefreplace")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _in_script(values: Mapping[str, object]) -> str:
    """Return JSON that cannot end the element in which it stands."""
    text = json.dumps(values, ensure_ascii=True, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
