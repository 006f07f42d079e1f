"""The example and three sessions in a row, declared to the end by real commands, as worked by hand.

One register, two certifications: RNCP00000 of the three sessions, RNCP11111 of the example.
Everybody who holds one is declared, half of them are refused, corrected, and declared again; Zoé
Exemple of ’98 (REG-1), since married, holds both. Blocs alone (REG-2 of one; REG-6, REG-11 and
REG-14 of the other) never leave.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from cdc_schema import write_answer, write_declared_title, write_schema
from click.testing import CliRunner
from conftest import EXAMPLES
from indexed_folders import check_indexed
from lxml import etree
from openpyxl import load_workbook
from sqlalchemy import select

from sheetgen.cli import main
from sheetgen.commands import ForgetRequest, Options, list_due
from sheetgen.model.retention import RETENTION_KINDS, RetentionTerm
from sheetgen.register import open_register
from sheetgen.register.register_tables import CPF_ANSWER, CPF_FLOW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Workplace
    from resit_years import Years

NO_HOLDER = "Aucun titulaire ne correspond"
NAMESPACE = {"cpf": "urn:cdc:cpf:pc5:schema:1.0.0"}


@dataclass(slots=True, kw_only=True)
class Declaring:
    """One certification, declared with the commands that a school types."""

    folder: Path
    title: Path
    version: str

    def run(self, *command: str) -> dict[str, Any]:
        """Return what a command says with `--json`."""
        where = ["--register", str(self.folder / "register.sqlite"), "--json"]
        asked = ["cpf", *command, "--referential", str(self.title), *where]
        done = CliRunner().invoke(main, asked)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        said: dict[str, Any] = json.loads(done.stdout)
        return said

    def path(self, name: str) -> Path:
        """Return a file of this certification."""
        return self.folder / f"{self.title.stem}-{name}"

    def prepare(self, **cells: Mapping[str, str]) -> dict[str, Any]:
        """Fill in the workbook, then have it read back and written again."""
        path = self.path("à déclarer.xlsx")
        if cells:
            book = load_workbook(path)
            sheet = book["À déclarer"]
            names = [cell.value for cell in sheet[1]]
            for row in sheet.iter_rows(min_row=2):
                for name, value in cells.get(str(row[0].value).replace("-", "_"), {}).items():
                    row[names.index(name)].value = value
            book.save(path)
        return self.run("prepare", str(path))

    def export(self, name: str, *options: str) -> dict[str, Any]:
        """Write a flow that follows the schema of the version."""
        schema = write_schema(self.folder / f"cdc-{self.version}.xsd", self.version)
        asked = ("--xsd", str(schema), "--schema-version", self.version)
        return self.run("export", str(self.path(name)), *asked, *options)

    def report(self, name: str, refused: Mapping[str, str]) -> dict[str, Any]:
        """Answer a flow: these birth names and first names refused, all others taken."""
        root = etree.parse(self.path(name)).getroot()
        ids = {
            _said(passage, "idTechnique"): _said(passage, "nomNaissance", "nomTitulaire")
            + " "
            + _said(passage, "prenom1", "prenom1Titulaire")
            for passage in root.iterfind(".//cpf:passageCertification", NAMESPACE)
        }
        path = write_answer(
            self.path(f"accusé de {name}"),
            [technical for technical, who in ids.items() if who not in refused],
            {technical: refused[who] for technical, who in ids.items() if who in refused},
            root.findtext("cpf:idFlux", namespaces=NAMESPACE),
        )
        return self.run("report", str(path))

    def passages(self, name: str) -> list[str]:
        """Return each passage of a flow in a line, but for its identifier."""
        root = etree.parse(self.path(name)).getroot()
        lines = []
        for passage in root.iterfind(".//cpf:passageCertification", NAMESPACE):
            said = [
                f"{etree.QName(item).localname}={item.text or 'nil'}"
                for item in passage.iter()
                if not len(item)
            ]
            assert said[0].startswith("idTechnique=")
            lines.append(" ".join(part for part in said[1:] if part not in ALWAYS))
        return lines

    def states(self, said: Mapping[str, Any]) -> dict[str, str]:
        """Return the state of each person."""
        return {item["number"]: item["state"] for item in said["people"]}


ALWAYS = (
    "obtentionCertification=PAR_ADMISSION",
    "donneeCertifiee=true",
    "dateFinValidite=nil",
    "presenceNiveauLangueEuro=false",
    "presenceNiveauNumeriqueEuro=false",
    "scoring=nil",
)
"""Said by every passage."""

SENT = [
    (
        "dateDebutValidite=2027-06-10 mentionValidee=nil "
        "modaliteAcces=FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION "
        "nomNaissance=MARIEE nomUsage=nil prenom1=ZOE anneeNaissance=1998 moisNaissance=03 "
        "jourNaissance=14 sexe=F codeInsee=35238"
    ),
    (
        "dateDebutValidite=2026-06-15 mentionValidee=MENTION_BIEN modaliteAcces=VAE "
        "voieAccessVAE=VAE_CLASSIQUE nomNaissance=TITRE nomUsage=nil prenom1=MAX "
        "anneeNaissance=1992 moisNaissance=01 jourNaissance=01 sexe=M codePostal=69001 "
        "libellePaysNaissance=FRANCE"
    ),
    (
        "dateDebutValidite=2027-06-10 mentionValidee=nil "
        "modaliteAcces=FORMATION_INITIALE_APPRENTISSAGE idDossier=1234567890123 "
        "nomTitulaire=ABSENTE prenom1Titulaire=LEA"
    ),
    (
        "dateDebutValidite=2026-12-10 mentionValidee=nil modaliteAcces=CANDIDAT_LIBRE "
        "nomNaissance=EXEMPLE nomUsage=nil prenom1=ZOE anneeNaissance=2001 moisNaissance=01 "
        "jourNaissance=01 sexe=F codePostal=nil libelleCommuneNaissance=SAINT-GALL "
        "libellePaysNaissance=SUISSE"
    ),
]
"""The passages of the first flow of the three sessions, but for their identifiers."""


def _said(passage: etree._Element, *names: str) -> str:
    """Return the first of these elements that a passage has."""
    return next(text for name in names if (text := passage.findtext(f".//{{*}}{name}")))


def _codes(said: Mapping[str, Any]) -> dict[str, int]:
    """Return how often each problem is told, lateness apart: it depends on the day."""
    codes = [item["code"] for item in said["problems"] if item["code"] != "cpf-late"]
    return {code: codes.count(code) for code in dict.fromkeys(codes)}


@pytest.fixture
def declared(
    years: Years, complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Declaring]:
    """Both certifications in one register; nothing declared yet."""
    folder = tmp_path_factory.mktemp("declared")
    register = folder / "register.sqlite"
    shutil.copyfile(years.june.register, register)
    example = write_declared_title(
        folder / "example.xlsx", EXAMPLES / "referential.xlsx", Code_RNCP="RNCP11111"
    )
    place = complete_example.copied(folder / "example")
    where = ("--with-register", "--register", str(register), "--referential", str(example))
    jury = str(EXAMPLES / "deliberation.xlsx")
    closed = place.run("finalize", jury, "--no-reports", *where)
    assert closed.exit_code == 0, closed.output
    title = write_declared_title(folder / "years.xlsx", years.june.folder / "referential.xlsx")
    return {
        "years": Declaring(folder=folder, title=title, version="1.1.5"),
        "example": Declaring(folder=folder, title=example, version="1.1.2"),
    }


def test_everybody_is_declared_in_two_rounds(declared: dict[str, Declaring], years: Years) -> None:
    """Completed, half refused, corrected, accepted; one withdrawn; proofs kept, and shown."""
    _complete_three_sessions(declared["years"])
    _declare_three_sessions(declared["years"])
    _withdraw_one(declared["years"])
    _declare_the_example(declared["example"])
    _check_proofs(declared)
    _check_shown(declared["years"], years)


def _complete_three_sessions(school: Declaring) -> None:
    """Four people, of whom the register has neither sex, birthplace nor route."""
    days = [dt.date.today()]  # noqa: DTZ011 - the day here, as the command counts
    first = school.prepare()
    days.append(dt.date.today())  # noqa: DTZ011 - midnight may have passed
    assert school.states(first) == dict.fromkeys(("REG-3", "REG-5", "REG-1", "REG-4"), "incomplete")
    last_days = {
        "REG-3": dt.date(2026, 9, 15),
        "REG-5": dt.date(2027, 3, 10),
        "REG-1": dt.date(2027, 9, 10),
        "REG-4": dt.date(2027, 9, 10),
    }
    assert {item["number"]: item["days_left"] for item in first["people"]} in [
        {number: (last - day).days for number, last in last_days.items()} for day in days
    ]
    assert _codes(first) == {
        "cpf-identity-missing": 8,
        "cpf-route-missing": 4,
        "cpf-blocks-alone": 1,
    }
    assert _codes(school.export("vide.xml")) == {"cpf-left-out": 1, "cpf-nothing-to-export": 1}

    filled = school.prepare(
        REG_1={
            "Sexe": "F",
            "Code INSEE de naissance": "35238",
            "Voie d'accès": "Formation continue",
        },
        REG_3={
            "Sexe": "M",
            "Code postal de naissance": "69001",
            "Pays de naissance": "France",
            "Voie d'accès": "VAE",
            "Mention": "Honorable",
        },
        REG_4={"Dossier CPF": "1234567890123", "Voie d'accès": "Apprentissage"},
        REG_5={
            "Sexe": "F",
            "Lieu de naissance": "Saint-Gall",
            "Pays de naissance": "Suisse",
            "Voie d'accès": "Candidat libre",
        },
    )
    assert filled["corrected"] == 4
    assert _codes(filled) == {"cpf-mention-unknown": 1, "cpf-blocks-alone": 1}
    assert school.states(filled)["REG-3"] == "incomplete"
    ready = school.prepare(REG_3={"Mention": "Mention bien"})
    assert set(school.states(ready).values()) == {"to_export"}


def _declare_three_sessions(school: Declaring) -> None:
    """Two are refused, corrected, and go again alone."""
    assert [item["passages"] for item in school.export("un.xml")["flows"]] == [4]
    assert school.passages("un.xml") == SENT
    answered = school.report("un.xml", {"MARIEE ZOE": NO_HOLDER, "EXEMPLE ZOE": NO_HOLDER})
    assert school.states(answered) == {
        "REG-1": "refused",
        "REG-3": "accepted",
        "REG-4": "accepted",
        "REG-5": "refused",
    }
    corrected = school.prepare(
        REG_1={"Nom de naissance": "Exemple"}, REG_5={"Date de naissance": "02/01/2001"}
    )
    assert corrected["corrected"] == 2
    school.export("deux.xml")
    again = school.passages("deux.xml")
    assert len(again) == 2
    assert "nomNaissance=EXEMPLE nomUsage=MARIEE prenom1=ZOE anneeNaissance=1998" in again[0]
    assert "nomNaissance=EXEMPLE nomUsage=nil prenom1=ZOE anneeNaissance=2001" in again[1]
    assert "jourNaissance=02" in again[1]
    done = school.report("deux.xml", {})
    assert set(school.states(done).values()) == {"accepted"}
    assert _codes(school.export("trois.xml")) == {"cpf-nothing-to-export": 1}


def _withdraw_one(school: Declaring) -> None:
    """A suppression says what was accepted, to the letter; still held, it is to be declared."""
    school.export("retrait.xml", "--withdraw", "REG-3", "--reason", "Prénom à corriger")
    (withdrawn,) = school.passages("retrait.xml")
    assert withdrawn == SENT[1]
    action = etree.parse(school.path("retrait.xml")).findtext("cpf:action", namespaces=NAMESPACE)
    assert action == "SUPPRESSION"
    last = school.states(school.report("retrait.xml", {}))
    assert last == {**dict.fromkeys(("REG-1", "REG-4", "REG-5"), "accepted"), "REG-3": "to_export"}


def _declare_the_example(school: Declaring) -> None:
    """Five people of whom three are refused; what was said of REG-1 for another title holds."""
    first = school.prepare()
    holders = ("REG-1", "REG-7", "REG-9", "REG-12", "REG-13")
    assert sorted(school.states(first)) == sorted(holders)
    assert _codes(first)["cpf-blocks-alone"] == 1
    (alone,) = (item for item in first["problems"] if item["code"] == "cpf-blocks-alone")
    assert alone["message"].startswith("3 personne(s)")
    known = {"Code INSEE de naissance": "75056"}
    school.prepare(
        REG_7={"Sexe": "F", **known},
        REG_9={"Sexe": "F", **known},
        REG_12={"Sexe": "M", **known},
        REG_13={"Sexe": "F", **known},
    )
    school.export("un.xml")
    lines = school.passages("un.xml")
    assert all(line.startswith("dateDebutValidite=2026-06-24 ") for line in lines)
    names = [line.partition("nomNaissance=")[2].partition(" anneeN")[0] for line in lines]
    assert names == [
        "EXEMPLE nomUsage=MARIEE prenom1=ZOE",
        "IMAGINAIRE nomUsage=nil prenom1=MAELLE",
        "PRETEXTE-FAUX nomUsage=nil prenom1=ANAIS",
        "N'EXISTE-PAS nomUsage=nil prenom1=GAEL",
        "MODELE nomUsage=nil prenom1=URSULE",
    ]
    refused = dict.fromkeys(("IMAGINAIRE MAELLE", "MODELE URSULE", "N'EXISTE-PAS GAEL"), NO_HOLDER)
    answered = school.report("un.xml", refused)
    assert (answered["accepted"], answered["refused"]) == (2, 3)
    school.prepare(
        **{one: {"Code INSEE de naissance": "35238"} for one in ("REG_7", "REG_12", "REG_13")}
    )
    (flow,) = school.export("deux.xml")["flows"]
    assert flow["passages"] == 3
    assert set(school.states(school.report("deux.xml", {})).values()) == {"accepted"}


def _check_proofs(declared: dict[str, Declaring]) -> None:
    """Two flows and two answers of each certification, and those of the withdrawal."""
    school = declared["years"]
    register = open_register(str(school.folder / "register.sqlite"))
    assert register is not None
    with register.reading() as connection:
        flows = connection.execute(select(CPF_FLOW).order_by(CPF_FLOW.c.id)).mappings().all()
        answers = connection.execute(select(CPF_ANSWER).order_by(CPF_ANSWER.c.id)).mappings().all()
    register.close()
    told = [(row["version"], row["action"], row["withdraws"], row["reason"]) for row in flows]
    assert told == [
        ("1.1.5", "CREATION", None, None),
        ("1.1.5", "CREATION", None, None),
        ("1.1.5", "SUPPRESSION", "REG-3", "Prénom à corriger"),
        ("1.1.2", "CREATION", None, None),
        ("1.1.2", "CREATION", None, None),
    ]
    files = [
        *(declared["years"].path(name) for name in ("un.xml", "deux.xml", "retrait.xml")),
        *(declared["example"].path(name) for name in ("un.xml", "deux.xml")),
    ]
    for row, answer, file in zip(flows, answers, files, strict=True):
        sent = file.read_bytes()
        assert row["sha256"] == hashlib.sha256(sent).hexdigest()
        stem, _, name = file.name.partition("-")
        proof = file.with_name(f"{stem}-accusé de {name}").read_bytes()
        assert answer["flow"] == row["id"]
        assert answer["sha256"] == hashlib.sha256(proof).hexdigest()
        assert base64.b64decode(answer["content"]) == proof
        title = declared[stem]
        title.run("export", str(title.path(f"copie de {name}")), "--flow", row["flow"])
        assert title.path(f"copie de {name}").read_bytes() == sent


def _check_shown(school: Declaring, years: Years) -> None:
    """`dossier` has states for all, flows and answers apart, and says what is not there."""
    place = school.folder / "dossier"
    base = ["--output", str(years.june.folder / "outputs"), "-o", str(place)]
    rules = ["--referential", str(years.june.folder / "referential.xlsx")]
    where = [*base, *rules, "--register", str(school.folder / "register.sqlite")]
    assert CliRunner().invoke(main, ["dossier", *where]).exit_code == 0
    apart = place.with_name("dossier-reserve")
    check_indexed(place)
    check_indexed(apart)
    first, second, last = "un.xml", "deux.xml", "retrait.xml"
    for session, states, flows in (
        ("JUIN", {"Max Titré": "retiré"}, (first, last)),
        ("DECEMBRE", {"Zoé Exemple": "accepté"}, (first, second)),
        ("JUIN-27", {"Léa Absente": "accepté", "Zoé Mariée": "accepté"}, (first, second)),
    ):
        (table,) = place.glob(f"{session}/10-*/declaration.csv")
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        assert {row["Nom"]: row["État"] for row in rows} == states
        (folder,) = apart.glob(f"{session}/11-*")
        shown = {path.name: path.read_bytes() for path in folder.glob("*.xml")}
        assert shown == {
            f"{kind}-{rank}.xml": school.path(f"{name}{flow}").read_bytes()
            for kind, name in (("flux", ""), ("accuse", "accusé de "))
            for rank, flow in enumerate(flows, start=1)
        }
    (table,) = apart.glob("JUIN/11-*/flux.csv")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Reçu"][-6:] for row in rows} == {row["Horodatage"][-6:] for row in rows}
    page = (apart / "index.html").read_text(encoding="utf-8")
    assert page.count("avec les décisions que le jury y a écrites") == 3
    assert not list(place.rglob("*.xml"))
    page = (place / "index.html").read_text(encoding="utf-8")
    assert page.count("la déclaration acceptée de 1 personne(s) sur 1") == 1
    _check_due(school)
    for option, told in (
        (("--register", str(school.folder / "none.sqlite")), "aucun registre n’a été trouvé"),
        (("JUIN", "--candidate", "001", *where[-2:]), "personne n’a obtenu ici la certification"),
    ):
        assert CliRunner().invoke(main, ["dossier", *base, *rules, *option]).exit_code == 0
        assert told in (place / "index.html").read_text(encoding="utf-8")


def _check_due(school: Declaring) -> None:
    """Check that states, flows and answers fall due with the identity of whom they name."""
    life: dict[str, RetentionTerm] = dict.fromkeys(RETENTION_KINDS, RetentionTerm(None))
    request = ForgetRequest(
        output=school.folder,
        terms={**life, "identites": RetentionTerm(12)},
        day=dt.date(2027, 7, 1),
    )
    answer = list_due(Options(register=str(school.folder / "register.sqlite")), request)
    flows = (*("accuse-1.xml", "accuse-2.xml", "declaration.csv"), "flux-1.xml", "flux-2.xml")
    reserved = dict.fromkeys(("DECEMBRE", "JUIN", "JUIN-27"), (*flows, "flux.csv"))
    assert {
        (item.copied_in, item.session): tuple(path.rpartition("/")[2] for path in item.paths)
        for item in answer.due
        if item.session is not None
    } == {
        (f"dossier{name}", session): paths
        for end in ("", ".zip")
        for name, by_session in (
            (end, {"JUIN": ("declaration.csv",)}),
            (f"-reserve{end}", reserved),
        )
        for session, paths in by_session.items()
    }
