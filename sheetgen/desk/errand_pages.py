"""The pages of errands: the explanation of a decision, the verification of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from sheetgen.desk.errands import DeskErrand
from sheetgen.desk.form_fields import FormFields, read_fields

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from sheetgen.desk.desk import Desk
    from sheetgen.desk.page_making import PageMaker

_LONGEST_ADDRESS = 10_000


class ErrandPages:
    """Answers the addresses of errands."""

    def __init__(self, desk: Desk, maker: PageMaker) -> None:
        self._desk = desk
        self._maker = maker

    @property
    def routes(self) -> list[Route]:
        """Return the addresses."""
        both = ["GET", "POST"]
        return [
            Route("/session/{name:path}/expliquer", self.explain, methods=both),
            Route("/verifier", self.verify, methods=both),
        ]

    async def explain(self, request: Request) -> Response:
        """Show how a candidate was decided, or a form that asks for one; write it, once posted."""
        session = self._desk.sessions.get(request.path_params["name"])
        if session is None:
            return self._maker.lost(request, self._desk.roots)
        await session.read_once()
        given = FormFields({name: [said] for name, said in request.query_params.items()})
        if request.method == "POST":
            given = await read_fields(request)
        candidate, item = given.first("candidat"), given.first("objet")
        answer = None
        if candidate:
            asked = {"candidate": candidate, "item": item, "word": request.method == "POST"}
            answer = await self._desk.ask(session.request(DeskErrand.EXPLAIN.value) | asked)
        return self._maker.page(
            request,
            "explain.html.j2",
            self._desk.roots,
            stream="",
            session=session,
            seen=session.seen or {},
            candidate=candidate,
            item=item,
            answer=answer,
        )

    async def verify(self, request: Request) -> Response:
        """Show whether a paper is the school's, by the address that its QR code holds."""
        form = await read_fields(request) if request.method == "POST" else FormFields()
        address = form.first("adresse")[:_LONGEST_ADDRESS]
        answer = None
        if address:
            asked = {"step": DeskErrand.VERIFY.value, "session": "", "address": address}
            answer = await self._desk.ask(asked)
        return self._maker.page(
            request, "verify.html.j2", self._desk.roots, stream="", address=address, answer=answer
        )
