"""One entry of the register's open data (RNCP, XML), found in a file of hundreds of megabytes.

The file, or the one inside its zip, is parsed entry by entry, each forgotten once it was looked at,
in a process that may die. Document types, hence entities, are refused before anything is expanded.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lxml import etree

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, importing
from sheetgen.sources.importing.recognise import told
from sheetgen.spreadsheet import UnreadableWorkbookError
from sheetgen.spreadsheet.contained import ReadFile, read_contained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from sheetgen.spreadsheet import Element

_SECONDS = 300.0
_MEMORY = 1 << 30
_MOST_BYTES = 4 << 30
"""Of one export once inflated: some nine times today's."""

_ROOT, _ENTRY, _NUMBER = "FICHES", "FICHE", "NUMERO_FICHE"
_CODE = re.compile(r"(?:RNCP)?\s?(\d{1,6})", re.IGNORECASE)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_TEXTS = {
    "ACTIVITES_VISEES": "activités visées",
    "CAPACITES_ATTESTEES": "capacités attestées",
    "PREREQUIS_VALIDATION_CERTIFICATION": "prérequis de la certification",
    "VALIDATION_PARTIELLE": "validation partielle",
}
_JURIES = ("SI_JURY_FI", "SI_JURY_CA", "SI_JURY_FC", "SI_JURY_CQ", "SI_JURY_CL", "SI_JURY_VAE")


@dataclass(frozen=True, slots=True, kw_only=True)
class RncpBlock:
    """A bloc of an entry, its competencies and methods as flattened texts."""

    code: str
    title: str
    competencies: str = ""
    methods: str = ""
    prerequisites: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RncpEntry:
    """An entry of the register.

    Attributes:
        level: of the national framework, such as « 6 »; empty where it is not said.
        active: whether it is in force.
        last_delivery: the last day that a parchemin may bear.
        others: texts that have no column in a référentiel, each with its name in French.
    """

    code: str
    title: str
    level: str = ""
    active: bool = True
    decided: date | None = None
    expires: date | None = None
    last_delivery: date | None = None
    nsf: tuple[str, ...] = ()
    certifiers: tuple[str, ...] = ()
    blocks: tuple[RncpBlock, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


def parse_rncp_code(said: str) -> str | None:
    """Return the code of an entry, as the register writes it; None where a text is none."""
    found = _CODE.fullmatch(said.strip())
    return None if found is None else f"RNCP{int(found[1])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _StreamedFile:
    """A file too large to hand over: its reader is told where it lies and what to look for."""

    name: str
    order: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.order).hexdigest()

    def read(self) -> bytes:
        return self.order


def is_rncp_export(path: Path) -> bool:
    """Return whether a file may be an export of the register: XML, or a mere zip of some."""
    try:
        with path.open("rb") as file:
            head = file.read(256).lstrip(b"\xef\xbb\xbf \t\r\n")
        if not head.startswith(b"PK"):
            return head.startswith((b"<?xml", b"<FICHES"))
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    return (
        "[content_types].xml" not in names
        and any(name.endswith(".xml") for name in names)
        and ("content.xml" not in names)
    )


def read_rncp_entry(path: Path, code: str) -> RncpEntry | Problem:
    """Return an entry of an export of the register, or why there is none."""
    place = Location(file=path.as_posix())
    if not path.is_file():
        return importing.FILE_ABSENT.at(place)
    order = json.dumps([str(path.absolute()), code]).encode()
    file = _StreamedFile(name=path.as_posix(), order=order)
    answers = read_contained([file], _READ, jobs=1, seconds=_SECONDS, memory=_MEMORY)
    answer = next(result for _, result in answers)
    return told(answer) if isinstance(answer, Problem) else answer


def find_entry(order: bytes) -> RncpEntry:
    """Return the entry that is looked for.

    Raises:
        UnreadableWorkbookError: it is not there, or the file cannot be read.
    """
    name, code = json.loads(order)
    seen = 0
    try:
        for element in _entries(Path(name)):
            seen += 1
            if _text(element, _NUMBER) == code:
                return _entry(element, code)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _damaged("l'archive est coupée ou illisible") from error
    except etree.XMLSyntaxError as error:
        raise _damaged("le XML est coupé ou mal formé") from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        reason = "l'archive demande un mot de passe"
        raise UnreadableWorkbookError(importing.FILE_PROTECTED, reason=reason) from error
    except OSError as error:
        raise _damaged("le fichier ne peut pas être lu") from error
    raise UnreadableWorkbookError(importing.RNCP_ENTRY_ABSENT, code=code, count=seen)


_READ = ReadFile(read=find_entry, answer=RncpEntry)


def _damaged(reason: str) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(importing.FILE_DAMAGED, reason=reason)


class _Counted:
    """A stream that says no more than an export may hold."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = _MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the export.

        Raises:
            UnreadableWorkbookError: there are more than any export has.
        """
        data = self._stream.read(size if size > 0 else 1 << 16)
        self._left -= len(data)
        if self._left < 0:
            reason = f"plus de {_MOST_BYTES >> 30} Go une fois décompressé"
            raise UnreadableWorkbookError(importing.FILE_TOO_LARGE, reason=reason)
        return data


def _entries(path: Path) -> Iterator[Element]:
    """Yield each entry of a file; what was yielded before is gone."""
    with ExitStack() as stack:
        if not zipfile.is_zipfile(path):
            stream = stack.enter_context(path.open("rb"))
            if stream.read(2) == b"PK":
                raise zipfile.BadZipFile
            stream.seek(0)
            yield from _parse(stream)
            return
        archive = stack.enter_context(zipfile.ZipFile(path))
        members = [item for item in archive.infolist() if item.filename.lower().endswith(".xml")]
        if not members:
            raise UnreadableWorkbookError(importing.RNCP_UNKNOWN, found="une archive sans XML")
        for member in sorted(members, key=lambda item: -item.file_size):
            with archive.open(member) as inside:
                yield from _parse(inside)


def _parse(stream: IO[bytes]) -> Iterator[Element]:
    events = etree.iterparse(
        cast("IO[bytes]", _Counted(stream)),
        events=("start", "end"),
        tag=(f"{{*}}{_ROOT}", f"{{*}}{_ENTRY}"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    root: etree._Element | None = None
    for event, element in events:
        if root is None:
            root = element
            if element.getroottree().docinfo.internalDTD is not None:
                raise _damaged("il contient une définition d'entités (DTD)")
        if event == "end" and element.getparent() is root:
            yield cast("Element", element)
            root.remove(element)
    name = "rien" if events.root is None else etree.QName(events.root).localname
    if name != _ROOT:
        raise UnreadableWorkbookError(importing.RNCP_UNKNOWN, found=f"<{name}>")


def _find(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if child.tag.rpartition("}")[2] == name), None)


def _all(parent: Element, name: str, inside: str) -> list[Element]:
    found = _find(parent, name)
    children = () if found is None else found
    return [child for child in children if child.tag.rpartition("}")[2] == inside]


def _text(parent: Element | None, name: str) -> str:
    found = None if parent is None else _find(parent, name)
    return "" if found is None else "".join(found.itertext()).strip()


def _entry(element: Element, code: str) -> RncpEntry:
    level = re.search(r"\d", _text(_find(element, "NOMENCLATURE_EUROPE"), "NIVEAU"))
    others = [(name, _text(element, tag)) for tag, name in _TEXTS.items()]
    for tag in _JURIES:
        jury = _find(element, tag)
        if _text(jury, "ACTIF").casefold() != "non":
            route = tag.rpartition("_")[2]
            others.append((f"composition du jury ({route})", _text(jury, "COMPOSITION")))
    return RncpEntry(
        code=code,
        title=_text(element, "INTITULE"),
        level=level[0] if level else "",
        active=_text(element, "ACTIF").casefold() != "non",
        decided=_day(_text(element, "DATE_DECISION")),
        expires=_day(_text(element, "DATE_FIN_ENREGISTREMENT")),
        last_delivery=_day(_text(element, "DATE_LIMITE_DELIVRANCE")),
        nsf=tuple(
            filter(None, (_text(item, "CODE") for item in _all(element, "CODES_NSF", "NSF")))
        ),
        certifiers=tuple(
            name
            for item in _all(element, "CERTIFICATEURS", "CERTIFICATEUR")
            if (name := _text(item, "NOM_CERTIFICATEUR"))
        ),
        blocks=tuple(
            RncpBlock(
                code=_text(item, "CODE"),
                title=_text(item, "LIBELLE"),
                competencies=_text(item, "LISTE_COMPETENCES"),
                methods=_text(item, "MODALITES_EVALUATION"),
                prerequisites=_text(item, "PREREQUIS_VALIDATION_BLOC"),
            )
            for item in _all(element, "BLOCS_COMPETENCES", "BLOC_COMPETENCES")
        ),
        others=tuple((name, text) for name, text in others if text),
    )


def _day(text: str) -> date | None:
    """Return a day that the register writes JJ/MM/AAAA; None where it writes none."""
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
