"""`extract`: everything held on one person, in a folder that shows nobody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sheetgen.folders import document_name
from sheetgen.naming import file_stem
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.collecting import collect_again, expect_returns
from sheetgen.pipeline.writing import locks_reported
from sheetgen.problems import Problem
from sheetgen.replacing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.model import Candidate
    from sheetgen.pipeline.collecting import Collected
    from sheetgen.pipeline.settings import Inputs, Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What `extract` did; `folder` is None where there was nothing to extract."""

    checked: Checked
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract(inputs: Inputs, asked: str, options: Options) -> Extracted:
    """Writes everything held on the candidate of this number under `extraits/`."""
    from sheetgen.deliberation.extract import Holdings, extract_candidate, find_candidate

    expect_returns()
    checked = check(inputs, replace(options, reports=False))
    problems = list(checked.errors)
    if checked.session is None:
        return Extracted(checked=checked, problems=tuple(problems))
    candidate = find_candidate(checked.session, asked)
    if isinstance(candidate, Problem):
        return Extracted(checked=checked, problems=(*problems, candidate))
    unsaid: list[Problem] = []
    # What is wrong with others' returns is not for this person's extract to tell.
    collected = collect_again(inputs, checked, options, unsaid)
    if collected is None:
        return Extracted(checked=checked, problems=(*problems, *unsaid))
    folder = collected.folder.extracts / file_stem(candidate.id)
    written: list[Path] = []
    with locks_reported(problems, folder):
        files, found = extract_candidate(
            Holdings(
                decisions=collected.decide(),
                folder=collected.folder,
                returned=collected.found,
                documents=_documents(collected, candidate),
            ),
            candidate,
        )
        problems += found
        for name, data in files.items():
            write_whole(folder / name, data)
            written.append(folder / name)
    return Extracted(checked=checked, folder=folder, files=tuple(written), problems=tuple(problems))


def _documents(collected: Collected, candidate: Candidate) -> Mapping[str, Path]:
    """The papers of a closed session on the candidate, by their name in the extract."""
    final, session = collected.folder.final, collected.expected.session
    places = [("notifications", "notification", ""), ("parchemins", "parchemin", "")]
    places += [
        ("attestations", "attestation", block.code)
        for block in collected.expected.referential.blocks
    ]
    names = [(place, document_name(kind, session, candidate, item)) for place, kind, item in places]
    return {name: final / place / name for place, name in names}
