"""The named styles of the Word templates: those of every document, and those of some.

Everything a school may want to restyle is one of these: changing it in Word changes every document
rendered from the template.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "1F1F1F"
BLUE = "1D3A5F"
GREY = "595959"
RED = "9B1C1C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A paragraph style.

    Attributes:
        size: of the font, in points; `before` and `after` likewise, of the spaces.
        rule: the side that carries a line (`top` or `bottom`), or `box` for all four.
        level: of a heading, from 1.
        new_page: the paragraph begins a page.
    """

    name: str
    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = INK
    with_next: bool = False
    centred: bool = False
    right: bool = False
    rule: str = ""
    level: int = 0
    new_page: bool = False

    @property
    def style_id(self) -> str:
        """The name without what an identifier cannot hold."""
        return "".join(letter for letter in self.name.title() if letter.isalnum())


BUILT_IN = ("Normal", "Title", "Subtitle", "heading 1", "heading 2", "header", "footer")

HOUSE = (
    Look(name="Normal", size=10, after=4),
    Look(name="Title", size=24, bold=True, colour=BLUE, after=2, with_next=True),
    Look(name="Subtitle", size=13, colour=GREY, after=8, rule="bottom"),
    Look(
        name="heading 1",
        size=14,
        bold=True,
        colour=BLUE,
        before=13,
        after=5,
        with_next=True,
        level=1,
    ),
    Look(
        name="heading 2",
        size=11,
        bold=True,
        colour=BLUE,
        before=9,
        after=4,
        with_next=True,
        level=2,
    ),
    Look(name="header", size=9, colour=GREY, after=6),
    Look(name="footer", size=9, colour=GREY, rule="top"),
    Look(name="Certificateur", size=11, bold=True, colour=GREY, after=10),
    Look(name="Texte de tableau", size=9.5, before=2, after=2),
    Look(name="Texte lié", size=9.5, before=2, after=2, with_next=True),
    Look(name="Titre de colonne", size=9, bold=True, before=2, after=2, with_next=True),
    Look(
        name="Titre de colonne centré",
        size=9,
        bold=True,
        before=2,
        after=2,
        with_next=True,
        centred=True,
    ),
    Look(name="Libellé", size=9, colour=GREY, before=2, after=2),
    Look(name="Activité", size=9.5, bold=True, colour=BLUE, before=2, after=2, with_next=True),
    Look(name="Case", size=9.5, before=2, after=2, centred=True),
    Look(name="Résultat", size=9.5, bold=True, before=2, after=2, centred=True),
    Look(name="Critère", size=8.5, italic=True, colour=GREY, before=1, after=1, with_next=True),
    Look(name="Mention", size=9, before=1, after=2),
    Look(name="Proposition", size=13, bold=True, colour=BLUE, before=4, after=6, with_next=True),
    Look(name="Provisoire", size=26, bold=True, colour=RED, after=6, centred=True, rule="box"),
    Look(name="Petits caractères", size=8.5, colour=GREY, before=4, after=4),
    Look(name="Note liée", size=8.5, colour=GREY, before=4, after=4, with_next=True),
    Look(name="Liste", size=8.5, italic=True, colour=GREY, before=1, after=1, with_next=True),
    Look(name="Balise", size=7, colour=GREY),
)
"""The styles of every document."""

RECORD = (
    Look(
        name="Titre de page",
        size=14,
        bold=True,
        colour=BLUE,
        after=5,
        with_next=True,
        level=1,
        new_page=True,
    ),
    Look(name="Numéro", size=13, bold=True, colour=GREY, after=8, rule="bottom"),
)
"""Those of the minutes and of the attendance sheet."""

LETTER = (
    Look(name="Expéditeur", size=12, bold=True, colour=BLUE),
    Look(name="Destinataire", size=11),
    Look(name="Lieu et date", size=10.5, before=14, after=14, right=True),
    Look(name="Objet", size=11, bold=True, before=2, after=10, rule="bottom"),
    Look(name="Texte courant", size=10.5, before=5, after=5),
    Look(
        name="Décision",
        size=15,
        bold=True,
        colour=BLUE,
        before=8,
        after=10,
        centred=True,
        rule="box",
    ),
    Look(name="Signataire", size=10.5, with_next=True),
)
"""Those of a letter."""

CERTIFICATE = (
    Look(name="Émetteur", size=16, bold=True, colour=BLUE, after=6, centred=True),
    Look(name="Émetteur seul", size=16, bold=True, colour=BLUE, before=30, after=6, centred=True),
    Look(name="Titre officiel", size=30, bold=True, colour=BLUE, after=10, centred=True),
    Look(name="Texte officiel", size=13, before=3, after=5, centred=True),
    Look(name="Titulaire", size=24, bold=True, before=6, after=2, centred=True),
    Look(
        name="Intitulé officiel", size=19, bold=True, colour=BLUE, before=4, after=6, centred=True
    ),
    Look(name="Mention officielle", size=11, colour=GREY, before=2, after=2, centred=True),
    Look(name="Avertissement", size=10.5, bold=True, before=9, after=9, centred=True, rule="box"),
    Look(name="Lieu et date", size=13, before=2, after=6, centred=True),
    Look(name="Signataire", size=11.5, centred=True),
)
"""Those of an attestation."""

DIPLOMA = (
    Look(name="Émetteur", size=18, bold=True, colour=BLUE, after=8, centred=True),
    Look(name="Émetteur seul", size=18, bold=True, colour=BLUE, before=46, after=8, centred=True),
    Look(name="Titre officiel", size=32, bold=True, colour=BLUE, after=14, centred=True),
    Look(name="Texte officiel", size=14, before=4, after=6, centred=True),
    Look(name="Titulaire", size=28, bold=True, before=8, after=4, centred=True),
    Look(
        name="Intitulé officiel", size=24, bold=True, colour=BLUE, before=6, after=10, centred=True
    ),
    Look(name="Mention officielle", size=12, colour=GREY, before=2, after=2, centred=True),
    Look(name="Lieu et date", size=14, before=14, after=8, centred=True),
    Look(name="Signataire", size=12, centred=True),
)
"""Those of the parchment."""
