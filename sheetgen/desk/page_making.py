"""The pages that the desk shows: templates, words, and a notice that is told once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sheetgen.desk.opened_files import find_file
from sheetgen.desk.option_places import option_places
from sheetgen.desk.steps import DeskStep, StepState
from sheetgen.excel import palette
from sheetgen.problems.told_lines import bound

if TYPE_CHECKING:
    from starlette.requests import Request

PAGES = Path(__file__).parent / "pages"
"""The templates and the script."""

_NOTICE = "avis"
"""The parameter that names what a page is to tell."""
_NOTICES = 20

_LABELS = {
    DeskStep.CHECK: ("Vérifier", "Le référentiel, la session et les modèles sont relus."),
    DeskStep.GENERATE: (
        "Faire les grilles",
        "Grilles, envois aux jurés, rapports, convocations.",
    ),
    DeskStep.STATUS: ("Suivre les retours", "Les grilles revenues se déposent sous « Retours »."),
    DeskStep.CONSOLIDATE: ("Proposer les décisions", "Les grilles revenues sont fusionnées."),
    DeskStep.FINALIZE: ("Clore la session", "Le jury a rempli la feuille Délibération."),
    DeskStep.PAPERS: ("Documents à signer", "Relire, imprimer, faire signer."),
}
_BUTTONS = {
    DeskStep.CHECK: "Vérifier les fichiers",
    DeskStep.GENERATE: "Faire les grilles",
    DeskStep.STATUS: "Relire les retours",
    DeskStep.CONSOLIDATE: "Proposer les décisions",
    DeskStep.FINALIZE: "Clore la session",
    DeskStep.PAPERS: "Rétablir les documents manquants",
}
_NEXT = {
    DeskStep.CHECK: "Remplir les classeurs Référentiel et Session (étape 1 : un clic les ouvre), "
    "les enregistrer, puis appuyer sur « Vérifier les fichiers ».",
    DeskStep.GENERATE: "Appuyer sur « Faire les grilles », puis envoyer à chaque juré son archive "
    "du dossier « Envois aux jurés ».",
    DeskStep.STATUS: "Attendre les grilles des jurés, et les déposer sous « Retours » à mesure "
    "qu’elles reviennent. Quand toutes y sont, l’étape est faite d’elle-même.",
    DeskStep.CONSOLIDATE: "Appuyer sur « Proposer les décisions ».",
    DeskStep.FINALIZE: "Ouvrir le classeur du jury (étape 4) ; le jury remplit sa feuille "
    "Délibération. L’enregistrer, le fermer, relire les projets, puis clore.",
    DeskStep.PAPERS: "plus rien n’est à faire au bureau. Reste à relire chaque document, à "
    "l’imprimer, à le faire signer, et à garder le dossier de la session.",
}
"""Sentences that tell what to do, by the step that is the next one."""
_SIGNS = {StepState.TO_DO: "○", StepState.DONE: "✔", StepState.OUT_OF_DATE: "▲"}


def _state_word(step: DeskStep, state: StepState) -> str:
    """Return the word for a step's state: papers are made here, and signed elsewhere."""
    ready = step is DeskStep.PAPERS and state is StepState.DONE
    return "prêts" if ready else state.value


class PageMaker:
    """Fills the templates, and keeps what the next page is to tell."""

    def __init__(self) -> None:
        self._notices: dict[str, str] = {}
        self._environment = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["bound"] = bound

    def style(self) -> str:
        """Return the style, in the colours of the workbooks."""
        return self._environment.get_template("bureau.css.j2").render(palette=palette)

    def page(
        self, request: Request, name: str, roots: tuple[Path, ...], **context: Any
    ) -> HTMLResponse:
        """Return a page; the notice that its address names is told once.

        Args:
            request: of the browser.
            name: of the template.
            roots: the folders whose files a page may open.
            context: what the template is filled with besides.
        """
        notice = self._notices.pop(request.query_params.get(_NOTICE, ""), "")
        text = self._environment.get_template(name).render(
            notice=notice,
            place=Path.cwd(),
            labels=_LABELS,
            buttons=_BUTTONS,
            signs=_SIGNS,
            DeskStep=DeskStep,
            StepState=StepState,
            next_steps=_NEXT,
            state_word=_state_word,
            option_places=option_places,
            openable=partial(_is_there, roots=roots),
            **context,
        )
        return HTMLResponse(text)

    def lost(self, request: Request, roots: tuple[Path, ...]) -> HTMLResponse:
        """Return the page of a session that is not there any more."""
        response = self.page(request, "lost.html.j2", roots, stream="")
        response.status_code = 404
        return response

    def back(self, address: str, told: str = "") -> Response:
        """Send the browser to a page, which tells it something."""
        if told:
            name = token_urlsafe(8)
            self._notices = dict(list(self._notices.items())[-_NOTICES:]) | {name: told}
            address = f"{address}{'&' if '?' in address else '?'}{_NOTICE}={name}"
        return RedirectResponse(address, 303)


def _is_there(said: str, roots: tuple[Path, ...]) -> bool:
    return bool(said) and find_file(said, roots) is not None
