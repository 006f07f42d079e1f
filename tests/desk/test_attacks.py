"""Attacks from the very browser that shows the desk: other pages get nothing, and nothing done.

`attaque.localhost` is another site, whose name leads to this computer, as a rebound name does;
another port of 127.0.0.1 is the same site, to whose requests a browser adds the cookie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsers import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desks import RunningDesk
    from playwright.sync_api import Browser, BrowserContext, Response

OTHER_SITE, SAME_SITE = "attaque.localhost", "127.0.0.1"
PATHS = ("preparer", "quitter", "reglages", "ouvrir", "session/session.xlsx/faire")
ATTACK = """
<form method="post" action="{desk}/{path}" target="{path}">
<input name="example" value="titre-developpeur"></form><iframe name="{path}"></iframe>
"""
EMBEDDED = '<img src="{desk}/bureau.css"><script src="{desk}/bureau.js"></script>'
SCRIPT = """async ([desk, paths]) => {
  for (const form of document.forms) form.submit();
  const read = [];
  for (const path of paths) {
    const body = new URLSearchParams({ example: "titre-developpeur", step: "generate" });
    for (const mode of ["no-cors", "cors"]) {
      const asked = { method: "POST", mode, credentials: "include", body };
      await fetch(`${desk}/${path}`, asked).then(
        async (answer) => read.push(await answer.text()), () => {});
    }
  }
  for (const path of ["", "reglages", "flux", "fichier?chemin=session.xlsx"]) {
    await fetch(`${desk}/${path}`, { credentials: "include" }).then(
      async (answer) => read.push(await answer.text()), () => {});
  }
  return read.filter((text) => text);
}"""


@pytest.fixture
def user(browser: Browser, empty_desk: RunningDesk) -> Iterator[BrowserContext]:
    """Give a browser in which the desk is open."""
    with browser.new_context() as context:
        context.new_page().goto(empty_desk.address)
        yield context
        page = context.pages[0]
        page.reload()
        assert page.locator("h1").inner_text() == "Sessions"


@pytest.mark.parametrize("site", [OTHER_SITE, SAME_SITE])
def test_a_page_of_another_origin_does_nothing(
    user: BrowserContext, empty_desk: RunningDesk, tmp_path: Path, site: str
) -> None:
    """Neither its forms, nor its requests, nor what it embeds: 403 to all of them."""
    forms = "".join(ATTACK.format(desk=empty_desk.origin, path=path) for path in PATHS)
    (tmp_path / "index.html").write_text(forms + EMBEDDED.format(desk=empty_desk.origin))
    page = user.new_page()
    asked: list[str] = []
    answers: list[Response] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - see the library
    with served(tmp_path) as address:
        page.goto(address.replace("127.0.0.1", site))
        read = page.evaluate(SCRIPT, [empty_desk.origin, PATHS])
        page.wait_for_load_state("networkidle")
    refused = [answer for answer in answers if answer.url.startswith(empty_desk.origin)]
    sent = {"cookie" in answer.request.all_headers() for answer in refused}

    assert read == []
    assert {answer.status for answer in refused} == {403}
    assert all(asked.count(f"POST {empty_desk.origin}/{path}") == 3 for path in PATHS)
    assert sent == ({False} if site == OTHER_SITE else {True})


def test_a_name_that_is_rebound_gets_nothing(user: BrowserContext, empty_desk: RunningDesk) -> None:
    """A page whose own name now leads to the desk may read its answers: they are refusals."""
    named = f"http://{OTHER_SITE}:{empty_desk.port}"
    page = user.new_page()
    page.route(f"{named}/piege", lambda route: route.fulfill(body="<p>piège"))
    page.goto(f"{named}/piege")
    token = empty_desk.address.partition("?")[2]
    answers = page.evaluate(
        """async (paths) => Promise.all(paths.map(async ([path, method]) => {
            const answer = await fetch(path, { method });
            return [answer.status, await answer.text()];
        }))""",
        [[f"/{path}", "POST"] for path in PATHS] + [["/", "GET"], [f"/?{token}", "GET"]],
    )

    assert {status for status, _ in answers} == {403}
    assert all(text.startswith("Accès refusé.") for _, text in answers)
    assert page.context.cookies(named) == []


def test_a_guessed_port_shows_nothing(browser: Browser, empty_desk: RunningDesk) -> None:
    """A browser that was not given the address is refused everything, and gets no cookie."""
    with browser.new_context() as context:
        page = context.new_page()
        for path in ("/", "/?jeton=0", "/reglages", "/session/session.xlsx", "/bureau.js"):
            answer = page.goto(f"{empty_desk.origin}{path}")
            assert answer is not None
            assert (answer.status, answer.text()[:13]) == (403, "Accès refusé.")
        assert context.cookies() == []


def test_a_link_on_another_site_opens_no_desk(
    user: BrowserContext, empty_desk: RunningDesk, tmp_path: Path
) -> None:
    """A browser sends the cookie with the desk's own pages alone; no script reads it."""
    (tmp_path / "index.html").write_text(f"<a href='{empty_desk.origin}/reglages'>gagné</a>")
    page = user.new_page()
    with served(tmp_path) as address:
        for site in (OTHER_SITE, SAME_SITE):
            page.goto(address.replace("127.0.0.1", site))
            with page.expect_navigation() as followed:
                page.locator("a").click()
            assert followed.value.status == 403
    (cookie,) = user.cookies(empty_desk.origin)

    assert (cookie["sameSite"], cookie["httpOnly"]) == ("Strict", True)
    assert user.pages[0].evaluate("document.cookie") == ""
    assert "jeton" not in user.pages[0].url
