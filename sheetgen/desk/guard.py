"""Keep everybody out but the browser that was given the desk's address.

The desk listens on 127.0.0.1, where any page of any site, and any user of this computer, may send
requests. So a request is answered only where it names this very address (`Host`, against DNS
rebinding), comes from the desk's own pages (`Origin`, `Sec-Fetch-Site`), and shows the cookie that
the token of the address was exchanged for. All others get 403, and nothing is done.
"""

from __future__ import annotations

from dataclasses import field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
TOKEN = "jeton"  # noqa: S105 - the name of a parameter, not a secret
"""The parameter of the address that holds the token."""

_READING = {"GET", "HEAD"}
_SECRET_BYTES = 32

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent with every answer: nothing is fetched from outside, framed, kept or told to others."""

_REFUSAL = (
    "Accès refusé. Ouvrir le bureau par son raccourci, ou par l’adresse complète que "
    "« sheetgen desk » a donnée."
).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """The secrets of one run of the desk.

    Attributes:
        port: on which it listens.
        token: in the address that its user is given.
        cookie: the value of the cookie that a browser gets for the token.
    """

    port: int
    token: str = field(default_factory=lambda: token_urlsafe(_SECRET_BYTES))
    cookie: str = field(default_factory=lambda: token_urlsafe(_SECRET_BYTES))

    @property
    def origin(self) -> str:
        """Return the origin of the desk's pages."""
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """Return the address to open, token included."""
        return f"{self.origin}/?{TOKEN}={self.token}"

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name; browsers share cookies between the ports of one host."""
        return f"sheetgen-{self.port}"

    def is_from_here(self, method: str, headers: Mapping[str, str]) -> bool:
        """Return whether a request names this address and comes from no other site's page."""
        if headers.get("host") != f"{HOST}:{self.port}":
            return False
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin != self.origin:
            return False
        if method in _READING:
            return site in {None, "none", "same-origin"}
        return origin == self.origin and site in {None, "same-origin"}

    def has_cookie(self, headers: Mapping[str, str]) -> bool:
        """Return whether a request shows the cookie of this run."""
        jar = SimpleCookie()
        try:
            jar.load(headers.get("cookie", ""))
        except CookieError:
            return False
        shown = jar.get(self.cookie_name)
        return shown is not None and compare_digest(shown.value.encode(), self.cookie.encode())

    def has_token(self, method: str, path: str, query: str) -> bool:
        """Return whether a request opens the address that was given."""
        given = parse_qs(query).get(TOKEN, [""])[0]
        opened = method in _READING and path == "/"
        return opened and compare_digest(given.encode(), self.token.encode())


class Guard:
    """The application behind its checks; every answer gets the headers of safety."""

    def __init__(self, inner: ASGIApp, right: Pass) -> None:
        self._inner = inner
        self._right = right

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no page of ours opens anything else

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                safe = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *safe]}
            await send(message)

        method, path = scope["method"], scope["path"]
        headers = _read_headers(scope)
        query = scope["query_string"].decode("latin-1")
        if not self._right.is_from_here(method, headers):
            await _answer(send_safely, 403, _REFUSAL)
        elif self._right.has_token(method, path, query):
            cookie = (
                f"{self._right.cookie_name}={self._right.cookie}; Path=/; HttpOnly; SameSite=Strict"
            )
            # The token leaves the address bar, and the history with it.
            extra = [(b"location", b"/"), (b"set-cookie", cookie.encode())]
            await _answer(send_safely, 303, b"", extra)
        elif self._right.has_cookie(headers):
            await self._inner(scope, receive, send_safely)
        else:
            await _answer(send_safely, 403, _REFUSAL)


def _read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers of a request; one that is sent twice is none that can be trusted."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = "\0" if key in found else value.decode("latin-1")
    return found


async def _answer(
    send: Send, status: int, body: bytes, extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *(extra or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
