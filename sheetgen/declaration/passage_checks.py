"""From what is known of an award to what can be declared, or to what is missing and implausible.

Each flaw names the part of the identity it is about, by the attribute of its column, so that
whoever shows a workbook can say the cell.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.declaration.declared_passages import (
    LONGEST_FILE_FIRST_NAME,
    LONGEST_FILE_NAME,
    LONGEST_NAME,
    DeclaredPassage,
    Holder,
)
from sheetgen.declaration.holder_names import is_name, is_place, plain_name
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AccessRoute
from sheetgen.problems import Severity
from sheetgen.problems import declaring as kinds
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from sheetgen.problems import Kind, Location, Problem

MENTIONS = {
    "SANS_MENTION": "Sans mention",
    "MENTION_ASSEZ_BIEN": "Mention assez bien",
    "MENTION_BIEN": "Mention bien",
    "MENTION_TRES_BIEN": "Mention très bien",
    "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY": (
        "Mention très bien avec félicitations du jury"
    ),
}
"""The receiver's five words for a mention, each with its label."""

_MENTIONS = {fold(label).removeprefix("mention "): term for term, label in MENTIONS.items()}

_ROUTES = {
    AccessRoute.INITIAL: "FORMATION_INITIALE_HORS_APPRENTISSAGE",
    AccessRoute.APPRENTICESHIP: "FORMATION_INITIALE_APPRENTISSAGE",
    AccessRoute.CONTINUING: "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
    AccessRoute.WORK_STUDY: "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
    AccessRoute.EXPERIENCE: "VAE",
    AccessRoute.EQUIVALENCE: "EQUIVALENCE_DIPLOME_ETRANGER",
    AccessRoute.INDEPENDENT: "CANDIDAT_LIBRE",
}
_BY_TEXT = {fold(route.value): word for route, word in _ROUTES.items()}

_FILE = re.compile(r"[0-9]{1,13}")
_COMMUNE = re.compile(r"(?:\d{2}|2[AB])(?!000)\d{3}")
_ABROAD = "99"
_FRENCH_POSTCODE = re.compile(r"\d{5}")
_POSTCODE = re.compile(r"[A-Za-z0-9 -]{1,9}")
_FRANCE = frozenset(
    (
        *("france", "france metropolitaine", "republique francaise", "fr", "fra"),
        *("guadeloupe", "martinique", "guyane", "guyane francaise", "reunion", "la reunion"),
        *("mayotte", "saint pierre et miquelon", "saint barthelemy", "saint martin"),
        *("polynesie francaise", "nouvelle caledonie", "wallis et futuna"),
    )
)
"""The words for France as a country of birth, its territories overseas included."""
_FORMERLY = {
    "algerie": (("91", "92", "93", "94"), dt.date(1962, 7, 3)),
    "maroc": (("95",), dt.date(1964, 1, 1)),
    "tunisie": (("96",), dt.date(1964, 1, 1)),
}
"""How communes of then are coded, by country, and from which day births have its own code."""
_YOUNGEST, _OLDEST = 14, 95
"""Ages, in years, outside of which a birth date is doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardFacts:
    """An award as the register knows it, in the school's own words; None for what it does not.

    Attributes:
        mentions: whether the certification gives mentions at all.
        recorded: whether a closing gave it; only then does a blank mention say that there is none.
    """

    last_name: str
    first_name: str
    birth_name: str | None = None
    other_first_names: str | None = None
    sex: str | None = None
    birth_date: dt.date | None = None
    birth_place: str | None = None
    birth_insee_code: str | None = None
    birth_postcode: str | None = None
    birth_country: str | None = None
    cpf_file: str | None = None
    day: dt.date | None = None
    access_route: str | None = None
    mention: str | None = None
    mentions: bool = False
    recorded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something missing, implausible or too long in what is known of an award.

    Attributes:
        attribute: of the column that it is about.
        values: what the kind's message says.
    """

    attribute: str
    kind: Kind
    values: dict[str, object] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Return whether nothing can be declared while it is there."""
        return self.kind.severity is Severity.ERROR

    def at(self, location: Location) -> Problem:
        """Return the problem that it is, told at a cell."""
        return self.kind.at(location, **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The passage that an award makes, None where something stops it, and every flaw."""

    passage: DeclaredPassage | None
    flaws: tuple[Flaw, ...] = ()


def examine(facts: AwardFacts) -> Examined:
    """Return what can be declared of an award, and all that is wrong with what is known of it."""
    flaws: list[Flaw] = []
    file = _file(facts, flaws)
    holder = _holder(facts, file, flaws)
    mention = _mention(facts, flaws)
    route = _BY_TEXT.get(fold(facts.access_route or ""))
    if route is None:
        found = facts.access_route or ""
        kind = kinds.CPF_ROUTE_UNKNOWN if found else kinds.CPF_ROUTE_MISSING
        flaws.append(Flaw(attribute="access_route", kind=kind, values=_named(facts, found=found)))
    if facts.day is None:
        flaws.append(Flaw(attribute="day", kind=kinds.CPF_DAY_MISSING, values=_named(facts)))
    if facts.day is None or any(flaw.stops for flaw in flaws):
        return Examined(passage=None, flaws=tuple(flaws))
    passage = DeclaredPassage(day=facts.day, holder=holder, mention=mention, route=route)
    return Examined(passage=passage, flaws=tuple(flaws))


def _named(facts: AwardFacts, **values: object) -> dict[str, object]:
    return {"name": f"{facts.first_name} {facts.last_name}".strip(), **values}


def _missing(facts: AwardFacts, attribute: str, what: str) -> Flaw:
    kind = kinds.CPF_IDENTITY_MISSING
    return Flaw(attribute=attribute, kind=kind, values=_named(facts, what=what))


def _doubtful(facts: AwardFacts, attribute: str, found: object, why: str) -> Flaw:
    kind = kinds.CPF_IDENTITY_IMPLAUSIBLE
    return Flaw(attribute=attribute, kind=kind, values=_named(facts, found=found, why=why))


def _file(facts: AwardFacts, flaws: list[Flaw]) -> str | None:
    """Return the number of the training file; None without one, or with one that is none."""
    said = "".join((facts.cpf_file or "").split())
    if not said:
        return None
    if _FILE.fullmatch(said) is None:
        flaws.append(
            _doubtful(facts, "cpf_file", facts.cpf_file, "un dossier a treize chiffres au plus")
        )
        return None
    return said


def _holder(facts: AwardFacts, file: str | None, flaws: list[Flaw]) -> Holder:
    longest = LONGEST_NAME if file is None else LONGEST_FILE_NAME
    first_longest = LONGEST_NAME if file is None else LONGEST_FILE_FIRST_NAME
    attribute = "birth_name" if facts.birth_name else "last_name"
    birth_name = _name(facts, (attribute, longest), facts.birth_name or facts.last_name, flaws)
    used = birth_name
    if facts.birth_name and file is None:
        used = _name(facts, ("last_name", LONGEST_NAME), facts.last_name, flaws)
    first = _name(facts, ("first_name", first_longest), facts.first_name, flaws)
    known = Holder(
        birth_name=birth_name,
        used_name=None if used == birth_name else used,
        first_names=(first, *_others(facts, file, flaws)),
        file=file,
    )
    if file is not None:
        return known
    if facts.sex not in ("F", "M"):
        flaws.append(_missing(facts, "sex", "le sexe"))
    _check_birth_date(facts, flaws)
    insee_code, postcode = _birthplace(facts, flaws)
    return Holder(
        birth_name=known.birth_name,
        used_name=known.used_name,
        first_names=known.first_names,
        sex=facts.sex,
        birth_date=facts.birth_date,
        insee_code=insee_code,
        postcode=postcode,
        place=_place(facts, "birth_place", flaws),
        country=_place(facts, "birth_country", flaws),
    )


def _others(facts: AwardFacts, file: str | None, flaws: list[Flaw]) -> tuple[str, ...]:
    """Return the second and third first names, where a flow holds them."""
    said = facts.other_first_names or ""
    # Papers list them likewise: commas part them where there are some, or else spaces.
    parted = re.split(r"[,;]", said) if re.search("[,;]", said) else said.split()
    names = [name.strip() for name in parted if name.strip()]
    if file is not None:
        return ()
    if len(names) > 2:
        kept = ", ".join(names[:2])
        values = _named(facts, found=said, length=len(names), longest=2, kept=kept)
        flaws.append(
            Flaw(attribute="other_first_names", kind=kinds.CPF_FIRST_NAMES_CUT, values=values)
        )
    wanted = ("other_first_names", LONGEST_NAME)
    return tuple(_name(facts, wanted, name, flaws) for name in names[:2])


def _name(facts: AwardFacts, wanted: tuple[str, int], said: str, flaws: list[Flaw]) -> str:
    """Return a name as a flow holds it, telling what is none and what would be cut.

    Args:
        facts: whose it is.
        wanted: the attribute of its column, and how long it may be.
        said: the name.
        flaws: to be added to.
    """
    attribute, longest = wanted
    if not said.strip():
        flaws.append(
            _missing(facts, attribute, "le nom" if attribute != "first_name" else "le prénom")
        )
        return ""
    if not is_name(said):
        why = "un nom s'écrit en lettres latines, avec traits d'union, espaces et apostrophes"
        flaws.append(_doubtful(facts, attribute, said, why))
    return _cut(facts, wanted, plain_name(said), flaws)[:longest].rstrip()


def _cut(facts: AwardFacts, wanted: tuple[str, int], plain: str, flaws: list[Flaw]) -> str:
    """Return a text as it is, telling what of it would be cut."""
    attribute, longest = wanted
    if len(plain) > longest:
        values = _named(
            facts, found=plain, length=len(plain), longest=longest, kept=plain[:longest].rstrip()
        )
        flaws.append(Flaw(attribute=attribute, kind=kinds.CPF_TEXT_CUT, values=values))
    return plain


def _place(facts: AwardFacts, attribute: str, flaws: list[Flaw]) -> str | None:
    said = getattr(facts, attribute) or ""
    if said and not is_place(said):
        flaws.append(
            _doubtful(facts, attribute, said, "il s'écrit en lettres latines dans le flux")
        )
    plain = plain_name(said)
    return _cut(facts, (attribute, LONGEST_NAME), plain, flaws)[:LONGEST_NAME].rstrip() or None


def _check_birth_date(facts: AwardFacts, flaws: list[Flaw]) -> None:
    born, day = facts.birth_date, facts.day
    if born is None:
        flaws.append(_missing(facts, "birth_date", "la date de naissance"))
        return
    if day is None:
        return
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if not _YOUNGEST <= age <= _OLDEST:
        why = f"l'âge serait de {age} ans le jour du jury"
        flaws.append(_doubtful(facts, "birth_date", f"{born:%d/%m/%Y}", why))


def _birthplace(facts: AwardFacts, flaws: list[Flaw]) -> tuple[str | None, str | None]:
    """Return the INSEE code, or else the postcode, of the birthplace."""
    insee_code = (facts.birth_insee_code or "").strip().upper()
    postcode = " ".join((facts.birth_postcode or "").split())
    country = fold((facts.birth_country or "").replace("-", " "))
    abroad = bool(country) and country not in _FRANCE
    if insee_code:
        if _COMMUNE.fullmatch(insee_code) is None or insee_code.startswith("00"):
            why = "ce n'est le code INSEE d'aucune commune ; peut-être le code postal"
            flaws.append(_doubtful(facts, "birth_insee_code", insee_code, why))
        elif abroad and not insee_code.startswith((_ABROAD, *_codes_of_then(country, facts))):
            why = f"ce code est d'une commune de France, et le pays est {facts.birth_country}"
            flaws.append(_doubtful(facts, "birth_insee_code", insee_code, why))
        elif country in _FRANCE and insee_code.startswith(_ABROAD):
            why = f"ce code est celui d'un pays étranger, et le pays est {facts.birth_country}"
            flaws.append(_doubtful(facts, "birth_insee_code", insee_code, why))
        return insee_code, None
    if postcode:
        wanted = _POSTCODE if abroad else _FRENCH_POSTCODE
        if wanted.fullmatch(postcode) is None:
            why = "un code postal a cinq chiffres en France, neuf signes au plus ailleurs"
            flaws.append(_doubtful(facts, "birth_postcode", postcode, why))
        if not country:
            flaws.append(_missing(facts, "birth_country", "le pays de naissance"))
        return None, postcode
    if not abroad:
        what = "le code INSEE de naissance (ou le code postal et le pays)"
        flaws.append(_missing(facts, "birth_insee_code", what))
    elif not facts.birth_place:
        flaws.append(_missing(facts, "birth_place", "le lieu de naissance"))
    return None, None


def _codes_of_then(country: str, facts: AwardFacts) -> tuple[str, ...]:
    """Return how codes of communes begin that were in a country when somebody was born."""
    codes, until = _FORMERLY.get(country, ((), dt.date.min))
    return codes if facts.birth_date is not None and facts.birth_date < until else ()


def _mention(facts: AwardFacts, flaws: list[Flaw]) -> str | None:
    """Return the receiver's word for a mention; None where there are none, or nobody said it."""
    said = fold(facts.mention or "")
    if not said and facts.mentions and not facts.recorded:
        kind = kinds.CPF_MENTION_MISSING
        flaws.append(Flaw(attribute="mention", kind=kind, values=_named(facts)))
        return None
    if not said:
        return "SANS_MENTION" if facts.mentions else None
    term = _MENTIONS.get(said.removeprefix("avec ").removeprefix("mention "))
    if term is None and said.upper() in MENTIONS:
        term = said.upper()
    if term is None:
        values = _named(facts, found=facts.mention, allowed=" ; ".join(MENTIONS.values()))
        flaws.append(Flaw(attribute="mention", kind=kinds.CPF_MENTION_UNKNOWN, values=values))
    return term
