"""The message that asks a juror for what is owed on each of their grids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.grid.contract import candidate_name
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ReturnStatus, joined_names
from sheetgen.problems import grids as kinds
from sheetgen.problems.isolating import UNFORESEEN
from sheetgen.returns.findings import FindingState, quoted_text
from sheetgen.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.model import Assignment, Juror, Return, Session
    from sheetgen.problems import Problem
    from sheetgen.returns.findings import Finding
    from sheetgen.returns.identify import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRequest:
    """The marks that a juror still owes on one grid.

    Attributes:
        returns: what came back of it that is of use here; none when nothing did.
        findings: criteria to look at again.
        said: what is wrong with the grid as a whole.
        file: the name of the workbook to correct, where there is one.
    """

    assignment: Assignment
    returns: tuple[Return, ...]
    findings: tuple[Finding, ...] = ()
    said: tuple[Problem, ...] = ()
    file: str | None = None


def render_message(expected: Expected, juror: Juror, requests: Sequence[GridRequest]) -> str:
    """Return the message to one juror: its subject, then a paragraph for each grid that is owed."""
    session = expected.session
    title = " — ".join(filter(None, (session.code, session.title)))
    lines = [
        f"Objet : Vos grilles d'évaluation à compléter ({visible(title)})",
        "",
        f"Bonjour {visible(juror.full_name)},",
        "",
        "Merci de votre participation au jury. Pour que vos évaluations soient toutes prises en",
        "compte, il nous manque encore ceci :",
        "",
    ]
    for request in requests:
        common = _in_common(session, juror, request)
        lines.append(f"• {visible(candidate_name(session, request.assignment) + common)}")
        lines.extend(f"    – {visible(line)}" for line in _demands(request))
        lines.append("")
    if any(request.file for request in requests):
        lines += [
            "Dans chaque fichier joint, vos évaluations valables et vos observations sont déjà",
            "reportées. La feuille Accueil donne la liste de ce qui est à revoir, et une note sur",
            "chaque cellule en dit la raison. Renvoyez-nous ce fichier, plutôt que l'ancien.",
            "",
        ]
    if session.return_deadline:
        lines += [f"Nous en avons besoin pour le {session.return_deadline:%d/%m/%Y}.", ""]
    lines.append("Avec nos remerciements.")
    return "\n".join(lines) + "\n"


def _in_common(session: Session, juror: Juror, request: GridRequest) -> str:
    """Return with whom the juror fills in a grid, as the end of a line; nothing of their own."""
    people = session.juror[request.assignment.juror].people
    others = [person for person in people if person.code != juror.code]
    return f", grille commune avec {joined_names(others)}" if others else ""


_UNVERIFIED = (
    "nous n'avons pas pu vérifier que le fichier reçu est bien la grille que nous vous avions "
    "envoyée : merci de repartir du fichier joint"
)
_RESTATED = (
    "le référentiel a été corrigé depuis l'envoi de votre grille : vos évaluations qui restent "
    "valables sont reportées dans le fichier joint"
)
_IN_OTHER_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            kinds.IDENTITY_LOST.code,
            kinds.IDENTITY_CONTRADICTORY.code,
            kinds.SIGNATURE_WRONG.code,
            kinds.OTHER_SESSION.code,
            kinds.OLDER_SCHEMA.code,
            kinds.NEWER_SCHEMA.code,
            kinds.OTHER_SCHEMA.code,
        ),
        _UNVERIFIED,
    ),
    **dict.fromkeys((kinds.OLDER_REFERENTIAL.code, kinds.OTHER_REFERENTIAL.code), _RESTATED),
    UNFORESEEN.code: "votre fichier n'a pas pu être lu : merci de repartir du fichier joint",
}
"""What a juror is told where the message to the administrator speaks of signs and versions."""


def _for_juror(problem: Problem) -> str:
    return _IN_OTHER_WORDS.get(problem.code, problem.message)


def _demands(request: GridRequest) -> Iterator[str]:
    if not request.returns:
        yield "votre grille ne nous est pas parvenue, ou n'a pas pu être lue : merci de la renvoyer"
        return
    if request.returns[0].status is ReturnStatus.CONFLICT:
        files = ", ".join(sorted(item.file for item in request.returns))
        yield f"vous avez renvoyé plusieurs fichiers qui ne disent pas la même chose : {files}"
        yield "merci de nous dire lequel est le bon"
        return
    yield from dict.fromkeys(map(_for_juror, request.said))
    if request.returns[0].status is ReturnStatus.REJECTED and not request.findings:
        yield "merci de reporter vos évaluations dans le fichier joint"
    blank = [
        item.criterion
        for item in request.findings
        if item.state in (FindingState.BLANK, FindingState.ABSENT)
    ]
    if blank:
        yield f"{len(blank)} critère(s) à évaluer : {', '.join(blank)}"
    for item in request.findings:
        if item.state is FindingState.VALID:
            yield (
                f"le texte de {item.criterion} a été corrigé : merci de l'évaluer de nouveau "
                f"(votre évaluation était {quoted_text(item.written)})"
            )
    by_reason: dict[str, list[str]] = {}
    for item in request.findings:
        if item.state is FindingState.REFUSED:
            by_reason.setdefault(item.reason, []).append(item.criterion)
    for reason, codes in by_reason.items():
        yield f"{', '.join(codes)} : {reason}"
    if request.file:
        yield f"fichier joint, à corriger et à renvoyer : {request.file}"
