"""The desk's pages: what a browser asks for, and what is answered.

Every action is a step run by `desk_sessions`, which calls a command; nothing is decided here.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from sheetgen.desk.deposits import deposit
from sheetgen.desk.message_help import read_chapters
from sheetgen.desk.opened_files import find_file, open_file
from sheetgen.desk.proposed import read_decisions
from sheetgen.desk.settings_form import read_form, save_form
from sheetgen.desk.steps import DeskStep, StepState
from sheetgen.excel import palette
from sheetgen.files import explain
from sheetgen.workspace import EXAMPLES, OccupiedError, Start, create_workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from sheetgen.desk.desk import Desk
    from sheetgen.desk.desk_sessions import DeskSession

_PAGES = Path(__file__).parent / "pages"
_LONGEST_FORM = 1 << 16
_NOTICE = "avis"
"""The parameter that names what a page is to tell."""
_NOTICES = 20
_HEARTBEAT = 15
"""Seconds after which a quiet stream says that it is there."""

_LABELS = {
    DeskStep.CHECK: ("Vérifier", "Le référentiel, la session et les modèles sont relus."),
    DeskStep.GENERATE: (
        "Faire les grilles",
        "Grilles, envois aux jurés, rapports, convocations.",
    ),
    DeskStep.STATUS: ("Suivre les retours", "Déposer ici les grilles revenues ; l’état suit."),
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
_SIGNS = {StepState.TO_DO: "○", StepState.DONE: "✔", StepState.OUT_OF_DATE: "▲"}


class DeskPages:
    """Answers each address of the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._notices: dict[str, str] = {}
        self._environment = Environment(
            loader=FileSystemLoader(_PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def application(self) -> Starlette:
        """Return the application, without its guard."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            await self._desk.start()
            try:
                yield
            finally:
                await self._desk.end()

        get, post = ["GET"], ["POST"]
        return Starlette(
            lifespan=lifespan,
            routes=[
                Route("/", self.home, methods=get),
                Route("/preparer", self.prepare, methods=post),
                Route("/flux", self.stream, methods=get),
                Route("/reglages", self.settings, methods=get),
                Route("/reglages", self.save_settings, methods=post),
                Route("/aide", self.help, methods=get),
                Route("/ouvrir", self.open, methods=post),
                Route("/fichier", self.download, methods=get),
                Route("/quitter", self.quit, methods=post),
                Route("/bureau.css", self.style, methods=get),
                Route("/bureau.js", self.script, methods=get),
                Route("/session/{name:path}/faire", self.act, methods=post),
                Route("/session/{name:path}/arreter", self.stop, methods=post),
                Route("/session/{name:path}/retours", self.drop, methods=post),
                Route("/session/{name:path}", self.session, methods=get),
            ],
        )

    async def home(self, request: Request) -> Response:
        """Show the sessions of the working folder, or how to prepare an empty one."""
        self._desk.find_sessions()
        return self._page(
            request,
            "home.html.j2",
            stream="/flux",
            sessions=[
                (item, item.states() if item.seen is not None else None)
                for item in self._desk.sessions.values()
            ],
            examples=EXAMPLES,
        )

    async def prepare(self, request: Request) -> Response:
        """Prepare the working folder as `init` does."""
        form = await _form(request)
        example = form.get("example") or None
        if example is not None and example not in EXAMPLES:
            return PlainTextResponse("Cet exemple n’existe pas.", 400)
        start = Start(example=example, empty=form.get("empty") == "oui")
        try:
            await asyncio.to_thread(create_workspace, Path(), start)
            told = "Le dossier est prêt : remplir ses classeurs, puis vérifier."
        except OccupiedError as error:
            told = f"{error.path} est déjà là, et rien n’est jamais remplacé."
        except OSError as error:
            told = f"Le dossier ne peut pas être préparé : {explain(error)}."
        return self._back("/", told)

    async def session(self, request: Request) -> Response:
        """Show a session."""
        session = self._find(request)
        if session is None:
            return self._lost(request)
        states = session.states()
        folder = session.folder
        named = (session.seen or {}).get("anonymous") is False
        shown = None
        if folder is not None:
            shown = await asyncio.to_thread(read_decisions, folder, named=named)
        current = next(
            (step for step in DeskStep if states[step] is not StepState.DONE), DeskStep.PAPERS
        )
        return self._page(
            request,
            "session.html.j2",
            stream=f"/flux?session={quote(session.name)}",
            session=session,
            states=states,
            current=current,
            shown=shown,
            files={step: self._files(session, step) for step in DeskStep},
        )

    async def act(self, request: Request) -> Response:
        """Begin a step, unless one is at work."""
        session, form = self._find(request), await _form(request)
        if session is None or form.get("step") not in {step.value for step in DeskStep}:
            return self._lost(request)
        step, told = DeskStep(form["step"]), ""
        if session.running is not None:
            told = "Une étape est déjà en cours pour cette session : rien n’a été relancé."
        elif step in {DeskStep.FINALIZE, DeskStep.PAPERS} and session.folder is None:
            told = "La session ne peut pas être lue : la vérifier d’abord."
        elif _closes(step, form) and session.states()[DeskStep.FINALIZE] is StepState.TO_DO:
            told = "La clôture est définitive : cocher « Le jury a fini » d’abord."
        else:
            asked = {"draft": form.get("draft") == "oui", "reopen": form.get("reopen", "").strip()}
            self._desk.begin(session.run(step, asked))
            await asyncio.sleep(0)  # so that the answer shows the step at work
        return self._back(_address(session), told)

    async def stop(self, request: Request) -> Response:
        """Stop the step at work."""
        session = self._find(request)
        if session is None:
            return self._lost(request)
        if session.running is not None:
            session.running.stop()
        return self._back(_address(session))

    async def drop(self, request: Request) -> Response:
        """Take one returned file, the body of the request."""
        session = self._find(request)
        folder = None if session is None else session.folder
        if session is None or folder is None:
            return JSONResponse({"told": "La session ne peut pas être lue."}, 409)
        said = request.query_params.get("nom", "")
        result = await deposit(folder.returns, said, request.stream())
        session.look()
        return JSONResponse({"told": result.told}, 200 if result.path else 422)

    async def stream(self, request: Request) -> Response:
        """Send an event at each change, until the browser or the desk is gone."""
        name = request.query_params.get("session")
        session = None if name is None else self._desk.sessions.get(name)
        events = self._home_events() if session is None else self._events(session)
        return StreamingResponse(events, media_type="text/event-stream")

    async def _events(self, session: DeskSession) -> AsyncIterator[str]:
        version, running = session.version, session.running
        yield "retry: 2000\n\n"
        while not self._desk.ending:
            now = await session.changed_since(version, _HEARTBEAT)
            if now == version:
                yield ": là\n\n"
                continue
            version = now
            if session.running is not None and session.running is running:
                said = {"what": running.what, "done": running.done, "steps": running.steps}
                yield f"event: progress\ndata: {json.dumps(said)}\n\n"
                await asyncio.sleep(0.1)
                continue
            running = session.running
            yield "event: change\ndata: \n\n"

    async def _home_events(self) -> AsyncIterator[str]:
        def seen() -> tuple[tuple[str, int], ...]:
            return tuple((name, item.version) for name, item in self._desk.sessions.items())

        before, quiet = seen(), 0
        yield "retry: 2000\n\n"
        while not self._desk.ending:
            await asyncio.sleep(1)
            quiet += 1
            if seen() != before:
                before, quiet = seen(), 0
                yield "event: change\ndata: \n\n"
            elif quiet >= _HEARTBEAT:
                quiet = 0
                yield ": là\n\n"

    async def settings(self, request: Request) -> Response:
        """Show the form of the settings."""
        return self._page(request, "settings.html.j2", stream="", form=read_form())

    async def save_settings(self, request: Request) -> Response:
        """Write the settings that were typed."""
        told = save_form(await _form(request))
        self._desk.look_at_all()
        return self._back("/reglages", told)

    async def help(self, request: Request) -> Response:
        """Show the page of every message."""
        return self._page(request, "help.html.j2", stream="", chapters=read_chapters())

    async def open(self, request: Request) -> Response:
        """Open a file or folder in its own program, on this computer."""
        form = await _form(request)
        path = find_file(form.get("path", ""), self._desk.roots)
        if path is None:
            return PlainTextResponse("Ce fichier n’est pas là.", 404)
        opened = await asyncio.to_thread(open_file, path)
        told = "" if opened else f"Rien sur cet ordinateur ne l’ouvre d’ici. Il est là : {path}"
        session = self._desk.sessions.get(form.get("session", ""))
        return self._back("/" if session is None else _address(session), told)

    async def download(self, request: Request) -> Response:
        """Send a copy of a file."""
        path = find_file(request.query_params.get("chemin", ""), self._desk.roots)
        if path is None or not path.is_file():
            return PlainTextResponse("Ce fichier n’est pas là.", 404)
        return FileResponse(path, filename=path.name, media_type="application/octet-stream")

    async def quit(self, request: Request) -> Response:
        """Close the desk, unless a step is at work."""
        if any(item.running is not None for item in self._desk.sessions.values()):
            told = "Une étape est en cours : attendre sa fin, ou l’arrêter, puis quitter."
            return self._back("/", told)
        response = self._page(request, "closed.html.j2", stream="")
        self._desk.leave()
        return response

    async def style(self, _: Request) -> Response:
        """Send the style, in the colours of the workbooks."""
        text = self._environment.get_template("bureau.css.j2").render(palette=palette)
        return Response(text, media_type="text/css")

    async def script(self, _: Request) -> Response:
        """Send the script."""
        return FileResponse(_PAGES / "bureau.js", media_type="text/javascript")

    def _back(self, address: str, told: str = "") -> Response:
        """Send the browser to a page, which tells it something."""
        if told:
            name = token_urlsafe(8)
            self._notices = dict(list(self._notices.items())[-_NOTICES:]) | {name: told}
            address = f"{address}?{_NOTICE}={name}"
        return RedirectResponse(address, 303)

    def _find(self, request: Request) -> DeskSession | None:
        return self._desk.sessions.get(request.path_params["name"])

    def _lost(self, request: Request) -> Response:
        response = self._page(request, "lost.html.j2", stream="")
        response.status_code = 404
        return response

    def _files(self, session: DeskSession, step: DeskStep) -> list[tuple[str, str]]:
        """Return the files of a step that are there: a label and a path."""
        inputs, folder = session.inputs, session.folder
        found: list[tuple[str, Path]] = []
        if step is DeskStep.CHECK:
            found = [
                ("Référentiel", inputs.referential),
                ("Session", inputs.session),
                ("Modèles Word", inputs.templates),
            ]
        elif folder is None:
            return []
        elif step is DeskStep.GENERATE:
            found = [
                ("Grilles", folder.grids),
                ("Envois aux jurés", folder.root / "envois"),
                ("Rapports", folder.reports),
                ("Convocations", folder.convocations),
            ]
        elif step is DeskStep.STATUS:
            found = [("Dossier des retours", folder.returns)]
        elif step is DeskStep.CONSOLIDATE:
            found = [
                ("Classeur du jury", folder.consolidation / "consolidation.xlsx"),
                ("Consolidation", folder.consolidation),
                ("Corrections à renvoyer", folder.corrections),
            ]
        elif step is DeskStep.FINALIZE:
            found = [("Documents", folder.final), ("Projets", folder.drafts)]
        elif step is DeskStep.PAPERS:
            papers = (item for item in folder.final.rglob("*") if item.suffix in {".docx", ".pdf"})
            found = [
                (item.relative_to(folder.final).as_posix(), item)
                for item in sorted(papers)
                if "versions" not in item.parts
            ]
        return [(label, str(path)) for label, path in found if path.exists()]

    def _page(self, request: Request, name: str, **context: Any) -> HTMLResponse:
        """Return a page; the notice that its address names is told once."""
        notice = self._notices.pop(request.query_params.get(_NOTICE, ""), "")
        template = self._environment.get_template(name)
        text = template.render(
            notice=notice,
            place=str(Path.cwd()),
            labels=_LABELS,
            buttons=_BUTTONS,
            signs=_SIGNS,
            DeskStep=DeskStep,
            StepState=StepState,
            openable=partial(_is_there, roots=self._desk.roots),
            **context,
        )
        return HTMLResponse(text)


def _closes(step: DeskStep, form: dict[str, str]) -> bool:
    """Return whether a session that is open would be closed without anybody having said so."""
    asked = form.get("sure") == "oui" or form.get("draft") == "oui"
    return step is DeskStep.PAPERS or (step is DeskStep.FINALIZE and not asked)


def _address(session: DeskSession) -> str:
    return f"/session/{quote(session.name)}"


def _is_there(said: str, roots: tuple[Path, ...]) -> bool:
    return bool(said) and find_file(said, roots) is not None


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form; none of one that is too long or of another type."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        return {}
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            return {}
    with suppress(ValueError):
        fields = parse_qs(body.decode(), keep_blank_values=True)
        return {name: values[0] for name, values in fields.items()}
    return {}
