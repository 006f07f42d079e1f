"""The desk's pages: what a browser asks for, and what is answered.

Every action is a step run by `desk_sessions`, which calls a command; nothing is decided here.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

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
from sheetgen.desk.errand_pages import ErrandPages
from sheetgen.desk.errands import DeskErrand
from sheetgen.desk.event_streams import home_events, session_events
from sheetgen.desk.form_fields import read_fields
from sheetgen.desk.message_help import read_chapters
from sheetgen.desk.opened_files import find_file, open_file
from sheetgen.desk.page_making import PAGES, PageMaker
from sheetgen.desk.proposed import read_decisions
from sheetgen.desk.settings_form import read_form, save_form
from sheetgen.desk.step_files import step_files
from sheetgen.desk.steps import DeskStep, next_step
from sheetgen.files import explain
from sheetgen.workspace import EXAMPLES, OccupiedError, Start, create_workspace, read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from sheetgen.desk.desk import Desk
    from sheetgen.desk.desk_sessions import DeskSession
    from sheetgen.desk.form_fields import FormFields

_NOT_THERE = "Ce fichier n’est pas là."
_CLOSED = "/ferme"
_UNSEEN = 5
"""Seconds until the desk ends where no browser asks for the page that says so."""
_STYLED = 1
"""Seconds in which that page, once shown, gets its style."""
_CHOSEN = "exemple"
"""The parameter that names the example that was chosen along with the empty référentiel."""


class DeskPages:
    """Answers each address of the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._maker = PageMaker()
        self._quitting = False

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
                Route(_CLOSED, self.closed, methods=get),
                Route("/bureau.css", self.style, methods=get),
                Route("/bureau.js", self.script, methods=get),
                Route("/session/{name:path}/faire", self.act, methods=post),
                Route("/session/{name:path}/arreter", self.stop, methods=post),
                Route("/session/{name:path}/retours", self.drop, methods=post),
                *ErrandPages(self._desk, self._maker).routes,
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
                (item, states, next_step(states))
                for item in self._desk.sessions.values()
                for states in ({} if item.seen is None else item.states(),)
            ],
            examples=EXAMPLES,
            chosen=request.query_params.get(_CHOSEN, ""),
            twins=self._desk.told_twins,
        )

    async def prepare(self, request: Request) -> Response:
        """Prepare the working folder as `init` does."""
        form = await read_fields(request)
        example = form.first("example") or None
        if example is not None and example not in EXAMPLES:
            return PlainTextResponse("Cet exemple n’existe pas.", 400)
        if example is not None and form.ticked("empty"):
            told = (
                "Un exemple est choisi, et « vide » est coché : décocher, ou choisir la première "
                "ligne de la liste."
            )
            return self._maker.back(f"/?{_CHOSEN}={quote(example)}", told)
        start = Start(example=example, empty=form.ticked("empty"))
        try:
            await asyncio.to_thread(create_workspace, Path(), start)
            told = "Le dossier est prêt : remplir ses classeurs, puis vérifier."
        except OccupiedError as error:
            told = f"{error.path} est déjà là, et rien n’est jamais remplacé."
        except OSError as error:
            told = f"Le dossier ne peut pas être préparé : {explain(error)}."
        return self._maker.back("/", told)

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
        return self._page(
            request,
            "session.html.j2",
            stream=f"/flux?session={quote(session.name)}",
            session=session,
            twins=self._desk.told_twins,
            states=states,
            current=next_step(states),
            shown=shown,
            files={step: step_files(session, step) for step in DeskStep},
        )

    async def act(self, request: Request) -> Response:
        """Begin a step, unless one is at work."""
        session, form = self._find(request), await read_fields(request)
        if session is None or form.first("step") not in {step.value for step in DeskStep}:
            return self._lost(request)
        step, told = DeskStep(form.first("step")), ""
        await session.read_once()
        if session.running is not None and session.running.step is step:
            pass  # pressed twice: the page shows it at work
        elif session.running is not None:
            told = "Une étape est déjà en cours pour cette session : rien n’a été relancé."
        elif step in {DeskStep.FINALIZE, DeskStep.PAPERS} and session.folder is None:
            told = "La session ne peut pas être lue : la vérifier d’abord."
        elif form.ticked("new_key") and not form.ticked("sure"):
            told = "Une autre clé annule les grilles déjà faites : cocher « C’est voulu » d’abord."
        elif _closes(step, form) and not session.closed:
            told = "La clôture est définitive : cocher « Le jury a fini » d’abord."
        else:
            self._desk.begin(session.run(step, _asked(step, form)))
            await asyncio.sleep(0)  # so that the answer shows the step at work
        return self._maker.back(_address(session), told)

    async def stop(self, request: Request) -> Response:
        """Stop the step at work."""
        session = self._find(request)
        if session is None:
            return self._lost(request)
        if session.running is not None:
            session.running.stop()
        return self._maker.back(_address(session))

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
        events = home_events(self._desk) if session is None else session_events(self._desk, session)
        return StreamingResponse(events, media_type="text/event-stream")

    async def settings(self, request: Request) -> Response:
        """Show the form of the settings."""
        return self._page(request, "settings.html.j2", stream="", form=read_form())

    async def save_settings(self, request: Request) -> Response:
        """Write the settings that were typed."""
        form = await read_fields(request)
        told = save_form({name: form.first(name) for name in form})
        self._desk.look_at_all()
        return self._maker.back("/reglages", told)

    async def help(self, request: Request) -> Response:
        """Show the page of every message."""
        return self._page(request, "help.html.j2", stream="", chapters=read_chapters())

    async def open(self, request: Request) -> Response:
        """Open a file or folder in its own program, on this computer."""
        form = await read_fields(request)
        path = find_file(form.first("path"), self._desk.roots)
        if path is None:
            return PlainTextResponse(_NOT_THERE, 404)
        told = ""
        if not await asyncio.to_thread(open_file, path):
            if path.is_file():  # the browser takes a copy, and stays where it is
                return RedirectResponse(f"/fichier?chemin={quote(str(path))}", 303)
            told = f"Rien sur cet ordinateur ne l’ouvre d’ici. Il est là : {path}"
        session = self._desk.sessions.get(form.first("session"))
        return self._maker.back("/" if session is None else _address(session), told)

    async def download(self, request: Request) -> Response:
        """Send a copy of a file."""
        path = find_file(request.query_params.get("chemin", ""), self._desk.roots)
        if path is None or not path.is_file():
            return PlainTextResponse(_NOT_THERE, 404)
        return FileResponse(path, filename=path.name, media_type="application/octet-stream")

    async def quit(self, _: Request) -> Response:
        """Close the desk, unless a step is at work."""
        if any(item.running is not None for item in self._desk.sessions.values()):
            told = "Une étape est en cours : attendre sa fin, ou l’arrêter, puis quitter."
            return self._maker.back("/", told)
        self._quitting = True
        asyncio.get_running_loop().call_later(_UNSEEN, self._desk.leave)
        # Not the page itself: going back would have the browser ask to send the form again.
        return RedirectResponse(_CLOSED, 303)

    async def closed(self, request: Request) -> Response:
        """Say that the desk is closed, and end it once that page has its style."""
        if not self._quitting:
            return RedirectResponse("/", 303)
        asyncio.get_running_loop().call_later(_STYLED, self._desk.leave)
        return self._page(request, "closed.html.j2", stream="")

    async def style(self, _: Request) -> Response:
        """Send the style, in the colours of the workbooks."""
        return Response(self._maker.style(), media_type="text/css")

    async def script(self, _: Request) -> Response:
        """Send the script."""
        return FileResponse(PAGES / "bureau.js", media_type="text/javascript")

    def _find(self, request: Request) -> DeskSession | None:
        return self._desk.sessions.get(request.path_params["name"])

    def _lost(self, request: Request) -> Response:
        return self._maker.lost(request, self._desk.roots)

    def _page(self, request: Request, name: str, **context: Any) -> HTMLResponse:
        _, context["unsettled"] = read_settings(os.environ)
        return self._maker.page(request, name, self._desk.roots, **context)


def _asked(step: DeskStep, form: FormFields) -> dict[str, object]:
    """Return what a step is told besides, by the options of its command."""
    match step:
        case DeskStep.GENERATE:
            switches = {name: form.ticked(name) for name in ("force", "new_key")}
            return {**switches, "paper": form.listed("paper")}
        case DeskStep.CONSOLIDATE:
            names = sorted(name for name in form if name.startswith("prefer"))
            return {"preferred": [said for name in names for said in form.listed(name)]}
        case DeskStep.FINALIZE:
            return {"draft": form.ticked("draft"), "reopen": form.first("reopen")}
        case DeskStep.PAPERS if form.ticked("record"):
            return {"step": DeskErrand.RECORD.value}
        case _:
            return {}


def _closes(step: DeskStep, form: FormFields) -> bool:
    """Return whether a session that is open would be closed without anybody having said so."""
    asked = form.ticked("sure") or form.ticked("draft")
    return step is DeskStep.PAPERS or (step is DeskStep.FINALIZE and not asked)


def _address(session: DeskSession) -> str:
    return f"/session/{quote(session.name)}"
