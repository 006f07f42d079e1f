"""A session closed before closings were kept under `.sheetgen/`: kept there from now on.

Also one whose `.sheetgen/closing/` was lost: what stands in `final/` is then all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sheetgen.files import write_whole
from sheetgen.jury.closings import DECISIONS, ClosingRecord, Closings, FrozenFile
from sheetgen.jury.freeze import read_record
from sheetgen.jury.publish import VERSIONS
from sheetgen.model import BlockOutcome, CertificationOutcome
from sheetgen.session_folder.paths import sha256
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sheetgen.jury.final_files import Record

MINUTES = "proces-verbal.docx"
MINUTES_KIND = "proces-verbal"


def adopt(closings: Closings, final: Path) -> ClosingRecord | None:
    """Keep what `final/` holds of a closing that is not kept yet; return the closing in force.

    Raises:
        UnreadableFinalError: the decisions in `final/` cannot be read.
        OSError: a file cannot be read or kept.
    """
    places = _versions(final)
    if (final / DECISIONS).exists():
        places[max(places, default=0) + 1] = final
    for version, place in sorted(places.items()):
        _keep(closings, version, place)
    if not places:
        return None
    closings.note_published(max(places) if final in places.values() else 0)
    return closings.last()


def _versions(final: Path) -> dict[int, Path]:
    kept = final / VERSIONS
    if not kept.is_dir():
        return {}
    return {
        int(path.name): path
        for path in kept.iterdir()
        if path.name.isdecimal() and (path / DECISIONS).exists()
    }


def _keep(closings: Closings, version: int, place: Path) -> None:
    decisions = read_record(place / DECISIONS)
    files = []
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_file() and not name.startswith(f"{VERSIONS}/"):
            data = path.read_bytes()
            write_whole(closings.files_of(version) / name, data)
            files.append(_frozen(name, data, decisions))
    session = decisions.get("session")
    code = session.get("code") if isinstance(session, dict) else ""
    closings.write(
        ClosingRecord(
            version=version,
            made=None,
            session=str(code),
            workbook="",
            printed=None,
            files=tuple(files),
            papers=any(item.kind for item in files),
        )
    )


def _frozen(name: str, data: bytes, decisions: Record) -> FrozenFile:
    """Return the kind of a file of `final/`, as far as its name tells."""
    digest = sha256(data)
    if name == MINUTES:
        return FrozenFile(path=name, sha256=digest, kind=MINUTES_KIND)
    stem = name.rpartition("/")[2].removesuffix(".docx")
    for kind, candidate, block in _papers(decisions):
        parts = [kind, file_stem(candidate), *([file_stem(block)] if block else [])]
        start = "_".join(parts)
        if name.endswith(".docx") and (stem == start or stem.startswith(f"{start}_")):
            return FrozenFile(path=name, sha256=digest, kind=kind, candidate=candidate, block=block)
    return FrozenFile(path=name, sha256=digest)


def missing_papers(record: ClosingRecord, decisions: Record, made: Collection[str]) -> list[str]:
    """Return the papers that the decisions ask for and a closing lacks, in words.

    Args:
        record: of the closing.
        decisions: its decisions.
        made: the kinds of paper that the school makes.
    """
    had = {(file.kind, file.candidate, file.block) for file in record.files}
    asked_for = (paper for paper in _asked_for(decisions) if paper[0] in made)
    return [_named(*paper) for paper in asked_for if paper not in had]


def _asked_for(decisions: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the papers that were to be made for these decisions."""
    yield MINUTES_KIND, "", ""
    for item in cast("list[Record]", decisions["candidates"]):
        number = str(item["id"])
        yield "rapport", number, ""
        yield "notification", number, ""
        for block in cast("list[Record]", item["blocks"]):
            if block["outcome"] == BlockOutcome.VALIDATED.key:
                yield "attestation", number, str(block["code"])
        if item["outcome"] == CertificationOutcome.AWARDED.key:
            yield "parchemin", number, ""


def _named(kind: str, candidate: str, block: str) -> str:
    word = "procès-verbal" if kind == MINUTES_KIND else kind
    return " ".join(filter(None, (word, candidate, block)))


def _papers(decisions: Record) -> Iterator[tuple[str, str, str]]:
    """Yield each paper there may be, the longest numbers first: one may begin another."""
    candidates = decisions["candidates"]
    found = candidates if isinstance(candidates, list) else []
    for item in sorted(found, key=lambda item: -len(str(item["id"]))):
        number = str(item["id"])
        for block in item["blocks"]:
            yield "attestation", number, str(block["code"])
        for kind in ("rapport", "notification", "parchemin"):
            yield kind, number, ""
