"""Nobody but the browser that was given the address gets anything of the desk, or done by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from desks import RunningDesk

PREPARE = {"example": "certificat-branche"}


@pytest.fixture(scope="module")
def desk(empty_desk: RunningDesk) -> RunningDesk:
    """Give a desk to a browser that opened its address."""
    empty_desk.enter()
    return empty_desk


def test_whoever_was_given_the_address_sees_the_page(desk: RunningDesk) -> None:
    """The cookie that the token was exchanged for opens it; no script or style of elsewhere may."""
    reply = desk.ask("/")

    assert reply.status == 200
    assert "Préparer ce dossier" in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert not re.search("https?:", reply.text)  # "http" alone, a token may spell


def test_the_cookie_is_for_this_page_alone(desk: RunningDesk) -> None:
    """No script reads it, no other site's page sends it, and it is not the token."""
    parts = desk.address.partition("/?")[2]
    reply = desk.ask(f"/?{parts}")

    assert "HttpOnly" in reply.headers["set-cookie"]
    assert "SameSite=Strict" in reply.headers["set-cookie"]
    assert parts.partition("=")[2] not in reply.headers["set-cookie"]


@pytest.mark.parametrize(
    "path", ["/", "/?jeton=", "/?jeton=faux", "/reglages", "/flux", "/bureau.js"]
)
def test_a_guessed_port_gives_nothing_without_the_token(desk: RunningDesk, path: str) -> None:
    """Every address answers 403, and says nothing of what is there."""
    reply = desk.ask(path, headers={"Cookie": None})

    assert reply.status == 403
    assert "Préparer" not in reply.text


@pytest.mark.parametrize("cookie", [None, "sheetgen-{port}=faux", "sheetgen=faux", "a;b=\x7f"])
def test_a_guessed_port_gets_nothing_done_without_the_token(
    desk: RunningDesk, cookie: str | None
) -> None:
    """An action without the cookie, or with another, is refused."""
    sent = None if cookie is None else cookie.format(port=desk.port)

    assert desk.ask("/preparer", PREPARE, {"Cookie": sent}).status == 403


@pytest.mark.parametrize("host", ["ailleurs.example:{port}", "localhost:{port}", "127.0.0.1", ""])
def test_a_name_that_was_bound_to_this_computer_gets_nothing(desk: RunningDesk, host: str) -> None:
    """DNS rebinding: another name than the address itself is refused, cookie or not."""
    named = {"Host": host.format(port=desk.port)}

    assert desk.ask("/", headers=named).status == 403
    assert desk.ask("/preparer", PREPARE, named).status == 403
    assert desk.ask(desk.address.removeprefix(desk.origin), headers=named).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_page_of_another_site_gets_nothing_done(
    desk: RunningDesk, headers: dict[str, str | None]
) -> None:
    """Even where a browser would send the cookie along, an action from elsewhere is refused."""
    sent = {name: value and value.format(port=desk.port) for name, value in headers.items()}

    assert desk.ask("/preparer", PREPARE, sent).status == 403
    assert desk.ask("/quitter", {}, sent).status == 403


def test_a_page_of_another_site_reads_nothing(desk: RunningDesk) -> None:
    """All that it embeds or fetches is refused."""
    assert desk.ask("/", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert desk.ask("/", headers={"Origin": "https://ailleurs.example"}).status == 403


def test_the_token_opens_the_first_page_alone(desk: RunningDesk) -> None:
    """An action with the token in its address, but without the cookie, is refused."""
    token = desk.address.partition("?")[2]

    assert desk.ask(f"/preparer?{token}", PREPARE, {"Cookie": None}).status == 403
    assert desk.ask(f"/reglages?{token}", headers={"Cookie": None}).status == 403
