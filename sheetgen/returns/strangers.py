"""Files that are no grid: advice on one by what its name says, and workbooks that were unpacked.

A file's nature is told by its content: a grid is read whatever its name. Where there is none to
read, the name tells best how its sender can be helped. Some programs and some hands extract an
.xlsx as if it were an archive: its parts are no returns, and are told once instead of part by part;
the files beside them are returns.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sheetgen.problems import returns as kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sheetgen.problems import Problem

_PICTURE = (
    "Une photo ou une image ne peut pas être lue : demander au juré le classeur rempli lui-même, "
    "ou reporter ses évaluations dans sa grille."
)
_MESSAGE = (
    "Ouvrir ce message dans la messagerie, enregistrer la pièce jointe et la déposer à sa place."
)
_SHORTCUT = (
    "Ce n'est qu'un raccourci vers le fichier : déposer le fichier lui-même, ou le demander au "
    "juré."
)
_UNFINISHED = (
    "Le téléchargement ou la copie n'est pas terminé : attendre la fin, ou le relancer, puis "
    "supprimer ce fichier."
)
_APPLE = (
    "Dans Numbers : Fichier, Exporter vers, Excel ; puis déposer le fichier .xlsx. Vérifier que le "
    "juré a bien rempli la grille qu'il avait reçue."
)
_GOOGLE = (
    "Ce n'est qu'un lien vers Google Sheets : l'ouvrir, puis Fichier, Télécharger, Microsoft Excel "
    "(.xlsx), et déposer le fichier téléchargé."
)
_ARCHIVE = "L'extraire et déposer les fichiers qu'elle contient, ou en faire une archive zip."
_PIECE = (
    "Ce n'est qu'un morceau d'une archive coupée en plusieurs (.001, .002… ou .z01, .z02…) : les "
    "réunir tous dans un dossier, extraire le premier avec 7-Zip et déposer les fichiers obtenus ; "
    "ou demander au juré sa grille sans archive."
)
_PIECES = re.compile(r".*(?:\.(?:[0-9]{3}|[zr][0-9]{2})|\.part[0-9]+\.rar)", re.IGNORECASE)
"""How programs name what they cut: `grilles.zip.001`, `grilles.z01`, `grilles.part1.rar`."""

_DOCUMENT = (
    "Demander au juré le classeur rempli lui-même : un document ou un PDF ne peut pas être lu."
)
_TEXT = (
    "Un CSV a perdu l'identité de la grille : demander au juré le classeur d'origine, enregistré "
    "au format .xlsx."
)

_HINTS: Mapping[str, str] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic", ".heif", ".gif", ".webp", ".tif"), _PICTURE),
    **dict.fromkeys((".tiff", ".bmp", ".mov", ".mp4"), _PICTURE),
    **dict.fromkeys((".eml", ".msg", ".emlx", ".mbox", ".mht"), _MESSAGE),
    **dict.fromkeys((".lnk", ".url", ".webloc", ".desktop"), _SHORTCUT),
    **dict.fromkeys((".crdownload", ".part", ".partial", ".download", ".tmp"), _UNFINISHED),
    **dict.fromkeys((".opdownload", ".filepart"), _UNFINISHED),
    ".numbers": _APPLE,
    **dict.fromkeys((".gsheet", ".gdoc", ".gslides"), _GOOGLE),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"), _ARCHIVE),
    **dict.fromkeys((".pdf", ".docx", ".doc", ".odt", ".rtf", ".pages", ".pptx"), _DOCUMENT),
    **dict.fromkeys((".csv", ".tsv", ".txt", ".html", ".htm"), _TEXT),
}
_WINMAIL = (
    "Outlook a enfermé la pièce jointe dans ce fichier : demander au juré de la renvoyer en texte "
    "simple ou HTML (non « texte enrichi »), ou dans une archive zip."
)
_UNREAD = frozenset(
    {
        kinds.NOT_A_WORKBOOK.code,
        kinds.ARCHIVE_UNSUPPORTED.code,
        kinds.DAMAGED_WORKBOOK.code,
        kinds.EMPTY_FILE.code,
        kinds.ARCHIVE_DAMAGED.code,
    }
)
"""Refusals of a file in which there is no workbook."""


def with_advice(problem: Problem) -> Problem:
    """Return the problem of a file that is no workbook, saying what to do with one so named."""
    hint = advice_on(problem.location.file) if problem.code in _UNREAD else None
    return problem if hint is None else replace(problem, hint=hint)


def advice_on(file: str) -> str | None:
    """Return what to do with a file of this name that holds no workbook; None for any other."""
    path = PurePosixPath(file.rsplit("!/", 1)[-1])
    if path.name.casefold() == "winmail.dat":
        return _WINMAIL
    if _PIECES.fullmatch(path.name):
        return _PIECE
    return _HINTS.get(path.suffix.casefold())


_OFFICE = frozenset({"[content_types].xml", "_rels", "docprops", "xl", "word", "ppt", "customxml"})
_OPEN_DOCUMENT = frozenset(
    {
        "mimetype", "content.xml", "styles.xml", "settings.xml", "meta.xml", "manifest.rdf",
        "meta-inf", "thumbnails", "configurations2", "pictures",
    }
)  # fmt: skip
_APPLE_ENDINGS = (".numbers", ".pages", ".key")
"""What macOS shows as one file and is a folder elsewhere."""


def is_apple_package(folder: str) -> bool:
    """Return whether a folder of this name is a document of Apple's office programs."""
    return folder.casefold().endswith(_APPLE_ENDINGS)


def outside_packages(paths: Iterable[str]) -> list[str]:
    """Return the entries of an archive that lie in no folder which is a document of Apple's."""
    return [path for path in paths if not any(map(is_apple_package, path.split("/")[:-1]))]


def parts_among(names: Iterable[str]) -> frozenset[str]:
    """Return the entries of a folder that are an unpacked document's; mostly none."""
    by_folded = {name.casefold(): name for name in names}
    for parts, needed in (
        (_OFFICE, {"[content_types].xml", "_rels"}),
        (_OPEN_DOCUMENT, {"content.xml", "meta-inf"}),
    ):
        if needed <= by_folded.keys():
            return frozenset(by_folded[part] for part in parts & by_folded.keys())
    return frozenset()


def unpacked_in(paths: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Return the folders of an archive that hold an unpacked document, with its entries there.

    Args:
        paths: of all entries, with `/`; folders end with it.
    """
    entries: dict[str, set[str]] = {}
    for path in paths:
        folder = ""
        for name in path.strip("/").split("/"):
            entries.setdefault(folder, set()).add(name)
            folder = f"{folder}{name}/"
    found = {
        folder: frozenset(names) if is_apple_package(folder.rstrip("/")) else parts_among(names)
        for folder, names in entries.items()
    }
    return {folder: parts for folder, parts in found.items() if parts}


def is_part(path: str, unpacked: Mapping[str, frozenset[str]]) -> bool:
    """Return whether an entry of an archive belongs to a document that was unpacked there."""
    return any(
        path.startswith(folder) and path[len(folder) :].split("/", maxsplit=1)[0] in parts
        for folder, parts in unpacked.items()
    )
