"""A workbook that somebody unpacked: a folder of parts, told once instead of part by part.

Some programs and some hands extract an .xlsx as if it were an archive. Its parts are no returns,
and the files beside them are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

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
