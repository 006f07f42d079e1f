"""A paper verified by anybody: from the closing to the command line and the published page."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
import zxingcpp
from browsers import opened_browser, served
from click.testing import CliRunner
from conftest import EXAMPLES, Workplace
from desks import running_desk
from PIL import Image

from sheetgen.cli import main
from sheetgen.seals import (
    VerificationFacts,
    load_pair,
    new_pair,
    read_seal,
    render_verification,
    seal,
)
from sheetgen.text import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result
    from playwright.sync_api import Browser

_CODE = re.compile(r"(\w{4} ){25}\w{3}")
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""Alone looked for: the noise of a code may look like bars of another kind."""
PAGE = "https://ecole.example.org/verifier/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSchool:
    """A school with a page of verification, its example session closed."""

    place: Workplace
    referential: Path
    register: Path

    def copied(self, folder: Path) -> ClosedSchool:
        """Return a copy in another folder."""
        place = self.place.copied(folder)
        return ClosedSchool(
            place=place,
            referential=folder / self.referential.name,
            register=folder / self.register.name,
        )

    def run(self, *arguments: str) -> Result:
        """Run a command on its register."""
        return CliRunner().invoke(main, [*arguments, "--register", str(self.register)])

    def finalize(self, *options: str) -> Result:
        """Close the session, or close it again."""
        return self.place.run(
            "finalize",
            str(EXAMPLES / "deliberation.xlsx"),
            "--referential",
            str(self.referential),
            "--with-register",
            "--register",
            str(self.register),
            *options,
        )


@pytest.fixture(scope="module")
def school(complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory) -> ClosedSchool:
    """The example, closed by a school that has a page of verification."""
    folder = tmp_path_factory.mktemp("sealed")
    place = complete_example.copied(folder)
    referential = referential_with_page(folder / "referential.xlsx")
    made = ClosedSchool(place=place, referential=referential, register=folder / "register.sqlite")
    done = made.finalize()
    assert done.exit_code == 0, done.output
    return made


def referential_with_page(target: Path, **others: str) -> Path:
    """Write the example's référentiel, with a page of verification; return its path.

    Args:
        target: where.
        others: other rows of « Certification ».
    """
    book = openpyxl.load_workbook(EXAMPLES / "referential.xlsx")
    sheet = book["Certification"]
    for name, value in {"Page de vérification": PAGE, **others}.items():
        (row,) = (row for row in sheet.iter_rows() if row[0].value == name)
        row[1].value = value
    book.save(target)
    return target


def seals_in(papers: Path) -> dict[str, str]:
    """Return the address that the code on each paper holds, by the paper's name."""
    found = {}
    for paper in sorted(papers.iterdir()):
        package = docx.Document(str(paper)).part.package
        images = [part.blob for part in package.iter_parts() if part.content_type == "image/png"]
        (picture,) = images
        (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)), formats=QR)
        found[paper.stem] = read.text
    return found


def printed_text(paper: Path) -> str:
    """Return all that a paper says in its body."""
    document = docx.Document(str(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(item.text for item in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def addresses(school: ClosedSchool) -> dict[str, str]:
    """The addresses in the codes of the parchemins and the attestations."""
    final = school.place.outputs / "final"
    return seals_in(final / "parchemins") | seals_in(final / "attestations")


@pytest.mark.deep
def test_verified_at_the_desk(school: ClosedSchool, addresses: dict[str, str]) -> None:
    """By the address in the code of a paper: genuine with its words, altered without."""
    register = {"SHEETGEN_NO_REGISTER": "", "SHEETGEN_REGISTER": str(school.register)}
    name, address = next(item for item in addresses.items() if item[0].startswith("parchemin"))
    with running_desk(school.place.folder, register) as desk:
        desk.enter()
        genuine = unescape(desk.ask("/verifier", {"adresse": address}).text)
        other = "BAAA" if address.endswith("AAAA") else "AAAA"
        altered = unescape(desk.ask("/verifier", {"adresse": address[:-4] + other}).text)

    assert "Document authentique. Comparer avec ce qui y est imprimé :" in genuine
    assert "<dt>Titulaire</dt>" in genuine
    assert name.split("_")[-1] in genuine
    assert "Document authentique" not in altered
    assert "Erreur" in altered


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(school: ClosedSchool) -> Path:
    """The published page's folder."""
    folder = school.place.folder / "site"
    options = ("--referential", str(school.referential))
    done = school.run("register", "publish", str(folder), *options)
    assert done.exit_code == 0, done.output
    return folder


def test_each_paper_holds_what_it_says(school: ClosedSchool, addresses: dict[str, str]) -> None:
    """Every code read from its picture is genuine, and says what is printed on its paper."""
    final = school.place.outputs / "final"
    assert len(addresses) == sum(
        len(list((final / folder).iterdir())) for folder in ("parchemins", "attestations")
    )
    for name, address in addresses.items():
        assert address.startswith(f"{PAGE}#1.")
        told = school.run("verify", address, "--json")
        assert told.exit_code == 0, told.output
        said = json.loads(told.stdout)
        statement, folder = said["statement"], f"{name.split('_')[0]}s"
        printed = printed_text(final / folder / f"{name}.docx")
        assert statement["kind"] == name.split("_")[0]
        for part in ("holder", "title", "certifier"):
            assert statement[part] in printed.replace("’", "'")
        assert statement["day"] == "2026-06-24"
        assert PAGE in printed
        code = next(filter(_CODE.fullmatch, printed.splitlines()))
        typed = ["--seal", code.lower(), "--number", statement["number"].lower()]
        typed += [
            part
            for option in ("holder", "title", "code", "certifier")
            for part in (f"--{option}", statement[option])
        ]
        typed += ["--day", "24/06/2026", "--birth-date", statement["birth_date"]]
        if name == max(addresses):
            assert school.run("verify", *typed).exit_code == 0
            holder = statement["holder"]
            altered = [f"{holder[:-1]}é" if part == holder else part for part in typed]
            refused = school.run("verify", *altered)
            assert refused.exit_code == 1
            assert "quelque chose y a été changé" in refused.output


def test_one_letter_is_enough(school: ClosedSchool, addresses: dict[str, str]) -> None:
    """Any one letter of an address changed, it is refused; another school's seal too."""
    address = next(iter(addresses.values()))
    start = address.index("#1.") + 3
    for place in range(start, len(address), 17):
        for other in ("A", "B"):
            if address[place] not in (other, "."):
                altered = address[:place] + other + address[place + 1 :]
                assert school.run("verify", altered).exit_code == 1
    stranger = new_pair(school.place.folder / "other.key")
    forged = seal(read_seal(address).statement, stranger).address(PAGE)
    refused = school.run("verify", forged)
    assert refused.exit_code == 1
    assert "aucune clé" not in refused.output
    assert "pas de l'école" in refused.output


def test_the_page_is_enough(school: ClosedSchool, site: Path, addresses: dict[str, str]) -> None:
    """Without the register, the published page tells the same; it names nobody."""
    address = next(iter(addresses.values()))
    away = ("--register", str(school.place.folder / "nowhere.sqlite"))
    assert CliRunner().invoke(main, ["verify", "--page", str(site), address, *away]).exit_code == 0
    attested = next(value for name, value in addresses.items() if name.startswith("attest"))
    sealed = read_seal(attested)
    said = sealed.statement
    bloc = said.code.rpartition(" ")[2]
    copied = [
        *("--number", said.number, "--holder", said.holder, "--certifier", said.certifier),
        *("--title", f"{bloc} – {said.title}", "--seal", sealed.code()),
        *("--birth-date", said.birth_date, "--day", said.day),
    ]
    for code, where in ((bloc, ("--page", str(site))), (said.code.replace(" ", " – "), ())):
        typed = school.run("verify", *copied, "--code", code, *where)
        assert typed.exit_code == 0, typed.output
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "Imaginaire" not in page
    for hostile in (b"", b"<html>", b'<script type="application/json" id="known">{}</script>'):
        (school.place.folder / "page.html").write_bytes(hostile)
        told = school.run("verify", "--page", str(school.place.folder / "page.html"), address)
        assert told.exit_code == 1
        assert "pas une page de vérification" in told.output


def test_annulled_and_sealed_with_another_key(school: ClosedSchool, tmp_path: Path) -> None:
    """A lost key closes nothing; with a new one, former papers are known, and withdrawn."""
    again = school.copied(tmp_path)
    final, key = again.place.outputs / "final", again.register.with_suffix(".key")
    before = seals_in(final / "parchemins")
    assert key.stat().st_mode & 0o777 == 0o600
    key.rename(tmp_path / "saved.key")
    reopened = ("--reopen", "Erreur de nom")
    told = again.finalize(*reopened)
    assert told.exit_code == 1
    assert "n'est plus là" in told.output
    assert seals_in(final / "parchemins") == before
    assert again.run("register", "key", "--new").exit_code == 0
    assert all(again.run("verify", address).exit_code == 0 for address in before.values())
    done = again.finalize(*reopened)
    assert done.exit_code == 0, done.output
    assert "refaire la page de vérification" in " ".join(done.output.split())
    assert len(json.loads(again.run("register", "key", "--json").stdout)["keys"]) == 2
    after = seals_in(final / "parchemins")
    site, options = tmp_path / "site", ("--referential", str(again.referential))
    assert again.run("register", "publish", str(site), *options).exit_code == 0
    for name, address in before.items():
        for how in ((), ("--page", str(site))):
            told = again.run("verify", address, *how, "--json")
            assert told.exit_code == 1
            said = json.loads(told.stdout)
            assert said["withdrawn"]
            assert [item["code"] for item in said["problems"]] == ["paper-withdrawn"]
            assert again.run("verify", after[name], *how).exit_code == 0


def test_verified_in_a_browser(
    school: ClosedSchool, site: Path, addresses: dict[str, str], browser: Browser
) -> None:
    """In Chromium, by address: genuine, altered, withdrawn, another school's."""
    address = next(value for name, value in addresses.items() if name.startswith("parchemin"))
    sealed = read_seal(address)
    with served(site) as root:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        def state(fragment: str) -> str:
            page.goto("about:blank")
            page.goto(root + "#" + fragment)
            page.wait_for_selector("#answer[data-state]:not([hidden])")
            return str(page.get_attribute("#answer", "data-state"))

        fragment = address.partition("#")[2]
        assert state(fragment) == "genuine"
        assert sealed.statement.holder in page.inner_text("#answer")
        first = fragment[2:].index("A") + 2
        assert state(fragment[:first] + "B" + fragment[first + 1 :]) in ("false", "unreadable")
        stranger = new_pair(school.place.folder / "stranger.key")
        assert state(seal(sealed.statement, stranger).address("").removeprefix("#")) == "false"
        assert state("1.abc") == "unreadable"
        withdrawn = VerificationFacts(
            certifier=sealed.statement.certifier,
            keys=[load_pair(school.register.with_suffix(".key")).public],
            withdrawn={sealed.statement.number: "2026-07-01"},
            titles=[],
            made=date(2026, 7, 2),
        )
        (site / "withdrawn.html").write_bytes(render_verification(withdrawn))
        page.goto("about:blank")
        page.goto(f"{root}withdrawn.html#{fragment}")
        page.wait_for_selector("#answer[data-state=withdrawn]")
        assert "01/07/2026" in page.inner_text("#answer")
        assert {url.split("#")[0] for url in asked} <= {
            root,
            "about:blank",
            f"{root}withdrawn.html",
        }


def test_typed_in_a_browser(site: Path, addresses: dict[str, str], browser: Browser) -> None:
    """As printed: days in figures or in words, a bloc before its title; altered, cut."""
    address = next(value for name, value in addresses.items() if name.startswith("parchemin"))
    sealed = read_seal(address)
    with served(site) as root:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(root)
        statement = sealed.statement
        born = "/".join(reversed(statement.birth_date.split("-")))
        for name, value in {
            "number": statement.number,
            "holder": f" {statement.holder.replace(' ', '  ')} ",
            "birth_date": born,
            "code": statement.code,
            "title": statement.title,
            "day": "24/06/2026",
            "seal": sealed.code().lower(),
        }.items():
            page.fill(f"#{name}", value)
        page.select_option("#kind", "parchemin")

        def typed() -> str:
            page.evaluate("document.getElementById('answer').hidden = true")
            page.click("button")
            page.wait_for_selector("#answer:not([hidden])")
            return str(page.get_attribute("#answer", "data-state"))

        assert typed() == "genuine"
        page.fill("#birth_date", date_text(date.fromisoformat(statement.birth_date)))
        page.fill("#day", " 24  Juin 2026")
        assert typed() == "genuine"
        page.fill("#day", "24 brumaire 2026")
        assert typed() == "unreadable"
        assert "Date illisible" in page.inner_text("#answer")
        page.fill("#day", "24/06/2026")
        page.fill("#holder", statement.holder[:-1])
        assert typed() == "false"
        page.fill("#seal", sealed.code()[:-1])
        assert typed() == "unreadable"
        attested = next(value for name, value in addresses.items() if name.startswith("attest"))
        statement = read_seal(attested).statement
        bloc = statement.code.rpartition(" ")[2]
        for name, value in {
            "number": statement.number,
            "holder": statement.holder,
            "birth_date": statement.birth_date,
            "code": statement.code,
            "title": f"{bloc} – {statement.title}",
            "seal": read_seal(attested).code(),
        }.items():
            page.fill(f"#{name}", value)
        page.select_option("#kind", "attestation")
        assert typed() == "genuine"
        for code in (bloc, statement.code.replace(" ", " – ")):
            page.fill("#code", code)
            assert typed() == "genuine"
        page.fill("#title", f"{bloc} – {statement.title}s")
        assert typed() == "false"
        assert set(asked) == {root}


@pytest.mark.deep
def test_a_paper_without_its_code_is_told(complete_example: Workplace, tmp_path: Path) -> None:
    """What is longer than any code holds leaves the one that is typed, and the closing says so."""
    long = "語" * 255
    place = complete_example.copied(tmp_path)
    referential = referential_with_page(tmp_path / "referential.xlsx", Certificateur=long)
    book = openpyxl.load_workbook(EXAMPLES / "session.xlsx")
    sheet = book["Candidats"]
    titles = [cell.value for cell in sheet[1]]
    for name in ("Civilité", "Autres prénoms"):
        sheet.cell(2, titles.index(name) + 1).value = long
    book.save(tmp_path / "session.xlsx")
    made = ClosedSchool(place=place, referential=referential, register=tmp_path / "register.sqlite")
    done = made.finalize("--session", str(tmp_path / "session.xlsx"))
    assert done.exit_code == 0, done.output
    told = " ".join(done.output.split())
    assert "6 documents sont faits sans code QR" in told
    assert "P-2026-00001" in told
    paper = place.outputs / "final" / "parchemins" / "parchemin_C01_Exemple.docx"
    assert _CODE.search(printed_text(paper))
