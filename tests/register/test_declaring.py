"""Declaring what the register holds: completed, exported, answered, and only once accepted."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cdc_schema import write_answer, write_declared_title, write_schema
from openpyxl import Workbook, load_workbook
from registered import PLACES, candidate, closing, identity, key

from sheetgen.commands import (
    CpfAnswer,
    ExportRequest,
    Options,
    ReportRequest,
    export_declaration,
    import_register,
    open_declarations,
    prepare_declaration,
    report_declaration,
)
from sheetgen.model.retention import default_terms
from sheetgen.register import (
    DueRows,
    forget_rows,
    kept_flows,
    open_register,
    person_record,
    record_closing,
)
from sheetgen.register.register_tables import HOLDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.register import CandidateFacts, Identity

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = dt.date(2026, 7, 1)
KNOWN: dict[str, str] = {"sex": "F", "birth_insee_code": "35238"}


@pytest.fixture(scope="session")
def declared_title(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A référentiel of RNCP1 whose certifier the receiver knows."""
    path = tmp_path_factory.mktemp("declared") / "referential.xlsx"
    return write_declared_title(path, EXAMPLES / "referential.xlsx", Code_RNCP="RNCP1")


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A register, and a folder where its declarations are made."""

    options: Options
    folder: Path
    title: Path

    def record(self, *people: CandidateFacts, session: str = "JUIN", version: int = 1) -> None:
        """Close a session for some people."""
        register = open_register(self.options.register or "", create=True)
        assert register is not None
        which = key(session, version)
        with register.writing() as connection:
            facts = closing(which, *people, digest=f"{session} {version}")
            assert record_closing(connection, facts, PLACES, "essai") == []
        register.close()

    def prepare(self, today: dt.date = TODAY) -> CpfAnswer:
        """Write the workbook, or read it back."""
        return prepare_declaration(self.options, self.title, self.folder / "prêt.xlsx", today)

    def export(self, name: str, **asked: Any) -> CpfAnswer:
        """Write a flow that follows the schema."""
        version = asked.get("version", "1.1.5")
        schema = write_schema(self.folder / f"cdc-{version}.xsd", version)
        request = ExportRequest(
            referential=self.title, file=self.folder / name, schema=schema, **asked
        )
        return export_declaration(self.options, request)

    def report(
        self,
        accepted: list[str],
        refused: Mapping[str, str],
        flow: str | None,
        letters: Path | None = None,
    ) -> CpfAnswer:
        """Read an answer to a flow."""
        path = write_answer(self.folder / "accusé.xml", accepted, refused, flow)
        request = ReportRequest(referential=self.title, file=path, today=TODAY, letters=letters)
        return report_declaration(self.options, request)

    def fill(self, **cells: Mapping[str, object]) -> None:
        """Fill in cells of the workbook, by number of person (`REG_1`), then name of column."""
        path = self.folder / "prêt.xlsx"
        book = load_workbook(path)
        sheet = book["À déclarer"]
        headers = [cell.value for cell in sheet[1]]
        for row in range(2, sheet.max_row + 1):
            for name, value in cells.get(
                str(sheet.cell(row, 1).value).replace("-", "_"), {}
            ).items():
                sheet.cell(row, headers.index(name) + 1).value = value  # type: ignore[assignment]
        book.save(path)


@pytest.fixture
def declaring(address: str, tmp_path: Path, declared_title: Path) -> School:
    """A school without a register yet, in both kinds of database."""
    return School(options=Options(register=address), folder=tmp_path, title=declared_title)


@pytest.fixture
def filed(tmp_path: Path, declared_title: Path) -> School:
    """A school whose register is to be a file."""
    options = Options(register=str(tmp_path / "register.sqlite"))
    return School(options=options, folder=tmp_path, title=declared_title)


def _awarded(number: str, person: Identity, **said: str) -> CandidateFacts:
    access, mention = said.get("access", "VAE"), said.get("mention")
    return replace(candidate(number, person, "awarded"), access_route=access, mention=mention)


def _codes(answer: CpfAnswer) -> list[str]:
    return [problem.code for problem in answer.problems]


def _states(answer: CpfAnswer) -> dict[str, str]:
    return {line.name: line.state for line in answer.people}


def _ids(path: Path) -> dict[str, str]:
    """Return the technical identifiers of a flow by birth name."""
    text = path.read_text("utf-8")
    passages = text.split("<cpf:passageCertification>")[1:]
    found = {}
    for passage in passages:
        technical = re.search("<cpf:idTechnique>(.*?)<", passage)
        name = re.search("<cpf:nomNaissance>(.*?)<", passage)
        assert technical is not None
        assert name is not None
        found[name[1]] = technical[1]
    return found


ZOE = identity("Zoé Exemple", "1998-03-14", **KNOWN)
LEO = identity("Léo Autre", "1990-01-01", sex="M", birth_insee_code="2A004")


def test_three_rounds_end_with_everybody_accepted(declaring: School) -> None:
    """Declared, half refused, corrected, declared again: only what was refused goes again."""
    anne = identity("Anne Vide", "1995-05-05", sex="F")
    declaring.record(
        _awarded("C01", ZOE),
        _awarded("C02", LEO),
        _awarded("C03", anne),
        candidate("C04", identity("Max Partiel", "1991-01-01"), BC01="validated"),
    )
    first = declaring.prepare()
    assert _states(first) == {
        "Zoé Exemple": "to_export",
        "Léo Autre": "to_export",
        "Anne Vide": "incomplete",
    }
    assert [line.days_left for line in first.people] == [76, 76, 76]
    told = {item.code: item.location for item in first.problems}
    assert set(told) == {"cpf-identity-missing", "cpf-blocks-alone"}
    assert told["cpf-identity-missing"].sheet == "À déclarer"
    book = load_workbook(declaring.folder / "prêt.xlsx")
    where = book["À déclarer"][told["cpf-identity-missing"].cell]
    assert book["À déclarer"].cell(1, where.column).value == "Code INSEE de naissance"
    assert book["À déclarer"].cell(where.row, 3).value == "Anne"
    assert where.fill.fgColor.rgb == "00F8D7DA"
    assert "il manque le code INSEE de naissance" in where.comment.text

    sent = declaring.export("un.xml")
    assert _codes(sent) == ["cpf-left-out"]
    assert "pas dans le flux : Anne Vide (REG-3). Leur identité" in sent.problems[0].message
    ids = _ids(declaring.folder / "un.xml")
    assert set(ids) == {"EXEMPLE", "AUTRE"}
    again = declaring.export("vide.xml")
    assert _codes(again) == ["cpf-left-out", "cpf-nothing-to-export"]
    assert not (declaring.folder / "vide.xml").exists()

    refused = {ids["AUTRE"].upper(): "Aucun titulaire ne correspond."}
    letters = declaring.folder / "courriels"
    answer = declaring.report([ids["EXEMPLE"]], refused, sent.flows[0].flow, letters)
    assert (answer.accepted, answer.refused) == (1, 1)
    assert _states(answer) == {
        "Zoé Exemple": "accepted",
        "Léo Autre": "refused",
        "Anne Vide": "incomplete",
    }
    assert [path.name for path in answer.letters] == ["REG-2.eml"]
    draft = answer.letters[0].read_bytes()
    assert b"X-Unsent: 1" in draft
    assert b"01/01/1990" in draft
    (told_refused,) = (item.message for item in answer.problems if item.code == "cpf-refused")
    assert told_refused.endswith("est refusée : Aucun titulaire ne correspond.")

    assert declaring.prepare().counts == {
        "to_export": 0,
        "incomplete": 1,
        "sent": 0,
        "accepted": 1,
        "refused": 1,
        "withdrawing": 0,
        "withdrawn": 0,
    }
    declaring.fill(
        REG_2={"Nom de naissance": "Autre-Dupont"}, REG_3={"Code INSEE de naissance": "75056"}
    )
    completed = declaring.prepare()
    assert completed.corrected == 2
    assert _codes(completed) == ["cpf-blocks-alone"]

    second = declaring.export("deux.xml")
    assert second.problems == ()
    later = _ids(declaring.folder / "deux.xml")
    assert set(later) == {"AUTRE-DUPONT", "VIDE"}
    assert later["AUTRE-DUPONT"] == ids["AUTRE"]
    last = declaring.report(list(later.values()), {}, None)
    assert set(_states(last).values()) == {"accepted"}
    assert _codes(declaring.export("trois.xml")) == ["cpf-nothing-to-export"]


def test_what_was_refused_leaves_again_only_once_changed(filed: School) -> None:
    """Each who is unchanged is named and stays, unless they are asked for."""
    bare = identity("Ana Lieu", "1990-01-01", sex="F", birth_postcode="69001", birth_country="Pays")
    filed.record(_awarded("C01", ZOE), _awarded("C02", LEO), _awarded("C03", bare))
    sent = filed.export("un.xml").flows[0]
    refused = dict.fromkeys(_ids(sent.file).values(), "Inconnu.")
    letters = filed.report([], refused, sent.flow, filed.folder / "courriels").letters
    texts = [path.read_bytes().decode() for path in letters]
    for text, told in zip(
        texts, ("code INSEE 35238", "code INSEE 2A004", "code postal 69001, Pays"), strict=True
    ):
        assert told in text
    assert {line.told_state for line in filed.prepare().people} == {"refusé, à corriger"}
    filed.fill(REG_2={"Nom de naissance": "Autre-Dupont"})
    told_states = [line.told_state for line in filed.prepare().people]
    assert sorted(told_states) == ["refusé, corrigé depuis", *["refusé, à corriger"] * 2]
    second = filed.export("deux.xml")
    assert _ids(second.flows[0].file).keys() == {"AUTRE-DUPONT"}
    assert _codes(second) == ["cpf-unchanged"] * 2
    assert "Zoé Exemple (REG-1)" in second.problems[0].message
    assert _codes(filed.export("trois.xml")) == [*["cpf-unchanged"] * 2, "cpf-nothing-to-export"]
    third = filed.export("trois.xml", unchanged=True)
    assert _codes(third) == ["cpf-sent-unchanged"] * 2
    assert _ids(third.flows[0].file).keys() == {"EXEMPLE", "LIEU"}


def test_a_letter_shows_what_was_declared_and_no_blank(filed: School) -> None:
    """By a training file: its number and the names; of the birth only what is known."""
    bare = identity("Ana Lieu", "1990-01-01", cpf_file="123 456")
    filed.record(_awarded("C01", bare), _awarded("C02", ZOE))
    sent = filed.export("un.xml").flows[0]
    text = sent.file.read_text("utf-8")
    refused = dict.fromkeys(re.findall("<cpf:idTechnique>(.*?)<", text), "Inconnu.")
    letters = filed.report([], refused, sent.flow, filed.folder / "courriels").letters
    by_file, by_birth = (_declared_lines(path) for path in letters)
    assert by_file == [
        "Nom de naissance : Lieu",
        "Prénom : Ana",
        "Dossier de formation (CPF) : 123 456",
    ]
    assert by_birth == [
        "Nom de naissance : Exemple",
        "Prénom : Zoé",
        "Date de naissance : 14/03/1998",
        "Lieu de naissance : code INSEE 35238",
    ]


def test_a_workbook_that_is_not_the_one_asked_for_is_told(filed: School) -> None:
    """With the sheets that it should have; one that is not there has nothing to do with `init`."""
    filed.record(_awarded("C01", ZOE))
    Workbook().save(filed.folder / "prêt.xlsx")
    (told,) = filed.prepare().problems
    assert (told.code, "(« À déclarer »)" in told.message) == ("source-foreign-workbook", True)
    absent = import_register(filed.options, filed.folder / "absent.xlsx").problems
    assert [problem.code for problem in absent] == ["import-file-missing"]


def _declared_lines(draft: Path) -> list[str]:
    """Return what a letter says was declared, line by line."""
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    body = message.get_body()
    assert body is not None
    lines = str(body.get_content()).splitlines()
    start = lines.index("reconnu l'identité que nous avons déclarée :") + 2
    return lines[start : lines.index("", start)]


def test_the_workbook_says_what_a_declaration_needs(filed: School) -> None:
    """Days left are a number; what stops somebody is not called optional."""
    filed.record(_awarded("C01", ZOE))
    filed.prepare()
    book = load_workbook(filed.folder / "prêt.xlsx")
    header, row = book["À déclarer"].iter_rows(max_row=2)
    assert {cell.value: under.value for cell, under in zip(header, row, strict=True)}[
        "Jours restants"
    ] == 76
    notes = {cell.value: cell.comment for cell in header}
    for name in ("Sexe", "Date de naissance", "Code INSEE de naissance"):
        assert "Obligatoire pour déclarer" in getattr(notes[name], "text", "")
    assert book["Lisez-moi"].page_setup.fitToHeight == 1


def test_a_flow_is_made_again_to_the_byte(filed: School) -> None:
    """Whatever became of the people since; its identifiers were frozen."""
    filed.record(_awarded("C01", ZOE))
    sent = filed.export("un.xml", version="1.1.2")
    flow = sent.flows[0]
    content = (filed.folder / "un.xml").read_bytes()
    assert flow.sha256 == hashlib.sha256(content).hexdigest()
    filed.prepare()
    filed.report([], {_ids(flow.file)["EXEMPLE"]: "non"}, flow.flow)
    filed.prepare()
    filed.fill(REG_1={"Nom": "Mariée", "Nom de naissance": "Exemple"})
    assert filed.prepare().corrected == 1
    again = filed.export("copie.xml", again=flow.flow.upper(), version="1.1.2")
    assert again.problems == ()
    assert (filed.folder / "copie.xml").read_bytes() == content
    assert _codes(filed.export("autre.xml", again="F-0")) == ["cpf-flow-unknown"]


def test_nothing_is_noted_of_a_flow_that_does_not_follow_the_schema(filed: School) -> None:
    """It can be exported at once with the right one."""
    filed.record(_awarded("C01", ZOE))
    wrong = write_schema(filed.folder / "ancien.xsd", "1.1.2")
    request = ExportRequest(referential=filed.title, file=filed.folder / "un.xml", schema=wrong)
    refused = export_declaration(filed.options, request)
    assert _codes(refused) == ["cpf-flow-invalid"]
    assert sorted(path.name for path in filed.folder.glob("*.xml")) == []
    assert _codes(filed.export("un.xml")) == []


@pytest.mark.parametrize(
    ("accepted", "refused", "flow", "code"),
    [
        (["T0"], {}, None, "cpf-answer-foreign"),
        (["ours", "T0"], {}, "ours", "cpf-answer-foreign"),
        (["ours"], {}, "F-0", "cpf-flow-unknown"),
        ([], {}, "ours", "cpf-answer-unreadable"),
    ],
)
def test_an_answer_that_is_not_to_us_changes_nothing(
    accepted: list[str], refused: dict[str, str], flow: str | None, code: str, filed: School
) -> None:
    """Not even what it says of ours."""
    filed.record(_awarded("C01", ZOE))
    sent = filed.export("un.xml").flows[0]
    ours = _ids(sent.file)["EXEMPLE"]
    said = [ours if item == "ours" else item for item in accepted]
    answer = filed.report(said, refused, sent.flow if flow == "ours" else flow)
    assert _codes(answer) == [code]
    assert _states(filed.prepare()) == {"Zoé Exemple": "sent"}


def test_an_answer_never_changes_another(filed: School) -> None:
    """The same one twice is taken; one that says otherwise is told."""
    filed.record(_awarded("C01", ZOE))
    sent = filed.export("un.xml").flows[0]
    ours = _ids(sent.file)["EXEMPLE"]
    for _ in range(2):
        assert filed.report([ours], {}, sent.flow).problems == ()
    assert _codes(filed.report([], {ours: "non"}, sent.flow)) == ["cpf-answer-contradicts"]
    assert _states(filed.prepare()) == {"Zoé Exemple": "accepted"}


def test_what_a_reopening_takes_back_is_told_and_withdrawn(declaring: School) -> None:
    """With a reason; awarded once more, it is declared once more."""
    declaring.record(_awarded("C01", ZOE), _awarded("C02", LEO))
    sent = declaring.export("un.xml").flows[0]
    ids = _ids(sent.file)
    declaring.report(list(ids.values()), {}, sent.flow)
    declaring.record(candidate("C01", ZOE), _awarded("C02", LEO), version=2)
    assert _codes(declaring.prepare()) == ["cpf-taken-back"]
    for asked in ({"withdraw": ("REG-1",)}, {"reason": "réouverture"}):
        assert _codes(declaring.export("r.xml", **asked)) == ["cpf-withdrawal-unreasoned"]
    reasoned = {"reason": "réouverture", "withdraw": ("REG-1",)}
    early = declaring.export("r.xml", version="1.1.2", **reasoned)
    assert _codes(early) == ["cpf-withdrawal-unreasoned"]
    unknown = declaring.export("r.xml", reason="réouverture", withdraw=("REG-9",))
    assert _codes(unknown) == ["cpf-withdrawal-unknown"]
    taken = declaring.export("r.xml", **reasoned)
    assert taken.problems == ()
    text = (declaring.folder / "r.xml").read_text("utf-8")
    assert "<cpf:action>SUPPRESSION</cpf:action>" in text
    assert _ids(declaring.folder / "r.xml") == {"EXEMPLE": ids["EXEMPLE"]}
    assert _states(declaring.prepare())["Zoé Exemple"] == "withdrawing"
    declaring.report([ids["EXEMPLE"]], {}, taken.flows[0].flow)
    assert _states(declaring.prepare()) == {"Zoé Exemple": "withdrawn", "Léo Autre": "accepted"}
    declaring.record(_awarded("C01", ZOE), _awarded("C02", LEO), version=3)
    declaring.export("trois.xml")
    assert _ids(declaring.folder / "trois.xml") == {"EXEMPLE": ids["EXEMPLE"]}


def test_a_mention_and_a_route_are_completed_in_the_workbook(filed: School) -> None:
    """The frozen closing is left as it is; what is declared is the school's word."""
    filed.record(_awarded("C01", ZOE, access="Autre", mention="Honorable"))
    first = filed.prepare()
    assert _codes(first) == ["cpf-mention-unknown", "cpf-route-unknown"]
    sheet = load_workbook(filed.folder / "prêt.xlsx")["À déclarer"]
    grounds = [sheet[item.location.cell].fill.fgColor.rgb for item in first.problems]
    assert grounds == ["00F8D7DA", "00FFD8A8"]
    filed.fill(REG_1={"Mention": "Mention bien", "Voie d'accès": "Apprentissage"})
    assert filed.prepare().problems == ()
    filed.export("un.xml")
    text = (filed.folder / "un.xml").read_text("utf-8")
    assert "<cpf:mentionValidee>MENTION_BIEN<" in text
    assert "<cpf:modaliteAcces>FORMATION_INITIALE_APPRENTISSAGE<" in text


def test_flows_are_split_at_the_limit(filed: School) -> None:
    """Each is whole, with its own identifier and file."""
    people = [
        _awarded(f"C{n}", identity(f"Ana Nom{letter}", "1990-01-01", **KNOWN))
        for n, letter in enumerate("abcde")
    ]
    filed.record(*people)
    written = filed.export("un.xml", most=2)
    assert [(flow.file.name, flow.passages) for flow in written.flows] == [
        ("un.xml", 2),
        ("un-2.xml", 2),
        ("un-3.xml", 1),
    ]
    names = [name for flow in written.flows for name in _ids(flow.file)]
    assert names == ["NOMA", "NOMB", "NOMC", "NOMD", "NOME"]


def test_a_workbook_with_a_fault_is_left_as_it_is(filed: School) -> None:
    """Nothing of it is taken, and what was typed is not lost."""
    filed.record(_awarded("C01", ZOE))
    filed.prepare()
    filed.fill(REG_1={"Lieu de naissance": "Rennes", "Sexe": "X"})
    before = (filed.folder / "prêt.xlsx").read_bytes()
    assert "error" in {item.severity.value for item in filed.prepare().problems}
    assert (filed.folder / "prêt.xlsx").read_bytes() == before
    filed.fill(REG_1={"Sexe": "F", "N°": "REG-77"})
    assert _codes(filed.prepare()) == ["cpf-prepared-unknown"]


def test_a_number_on_somebody_elses_row_is_refused(filed: School) -> None:
    """Numbers sorted without their rows give nobody the identity of another."""
    filed.record(_awarded("C01", ZOE), _awarded("C02", LEO))
    filed.prepare()
    filed.fill(REG_1={"N°": "REG-2"}, REG_2={"N°": "REG-1"})
    assert _codes(filed.prepare()) == ["row-of-another", "row-of-another"]
    filed.export("un.xml")
    assert "EXEMPLE" in (filed.folder / "un.xml").read_text("utf-8")


def test_what_a_reopening_changes_of_an_accepted_one_is_told(filed: School) -> None:
    """A mention decided otherwise since: it is withdrawn, and declared again as it is now."""
    filed.record(_awarded("C01", ZOE), _awarded("C02", LEO))
    sent = filed.export("un.xml").flows[0]
    filed.report(list(_ids(sent.file).values()), {}, sent.flow)
    filed.record(_awarded("C01", ZOE, mention="Bien"), _awarded("C02", LEO), version=2)
    answer = filed.prepare()
    assert _codes(answer) == ["cpf-declared-otherwise"]
    (told,) = answer.problems
    assert told.message.startswith("Zoé Exemple (REG-1)")
    filed.export("retrait.xml", withdraw=("REG-1",), reason="mention changée")
    assert _codes(filed.prepare()) == []


def test_lateness_is_told(filed: School) -> None:
    """Three months after the jury: 15 September; on the 20th, five days late."""
    filed.record(_awarded("C01", ZOE))
    answer = filed.prepare(dt.date(2026, 9, 20))
    assert _codes(answer) == ["cpf-late"]
    assert [line.days_left for line in answer.people] == [-5]


def test_a_title_of_before_the_register_is_declared_too(declaring: School) -> None:
    """With its date; without one it cannot be."""
    declaring.record(candidate("C01", ZOE), candidate("C02", LEO))
    register = open_register(declaring.options.register or "")
    assert register is not None
    with register.writing() as connection:
        rows = [
            {"person": person, "certification": 1, "block": "", "date": day, "origin": "Papier"}
            for person, day in ((1, dt.date(2026, 5, 31)), (2, None))
        ]
        connection.execute(HOLDING.insert(), rows)
    register.close()
    answer = declaring.prepare()
    assert [(line.name, line.state, line.days_left) for line in answer.people] == [
        ("Zoé Exemple", "to_export", 61),
        ("Léo Autre", "incomplete", None),
    ]
    assert "cpf-day-missing" in _codes(answer)
    declaring.export("un.xml")
    text = (declaring.folder / "un.xml").read_text("utf-8")
    assert "<cpf:dateDebutValidite>2026-05-31<" in text
    assert _ids(declaring.folder / "un.xml").keys() == {"EXEMPLE"}


def test_an_answer_to_a_part_leaves_the_others_waiting(filed: School) -> None:
    """Another answer may follow."""
    filed.record(_awarded("C01", ZOE), _awarded("C02", LEO))
    sent = filed.export("un.xml").flows[0]
    ids = _ids(sent.file)
    assert _codes(filed.report([ids["EXEMPLE"]], {}, sent.flow)) == ["cpf-answer-partial"]
    assert filed.report([ids["AUTRE"]], {}, sent.flow).problems == ()


def test_whoever_is_forgotten_leaves_no_identity_in_a_flow(declaring: School) -> None:
    """The flow cannot be made again then, and that is told."""
    declaring.record(_awarded("C01", ZOE))
    sent = declaring.export("un.xml").flows[0]
    register = open_register(declaring.options.register or "")
    assert register is not None
    with register.writing() as connection:
        due = DueRows(kind="identites", rows=(1,), count=1, first=TODAY)
        forget_rows(connection, [due], default_terms(), "essai")
        (flow,) = kept_flows(connection, 1, [1])
        assert (flow.content, flow.sha256) == (None, sent.sha256)
    register.close()
    with ExitStack() as stack:
        declared = open_declarations(declaring.options.register or "", stack)
        assert declared is not None
        found = declared("JUIN 1")
        assert found is not None
        assert [item.state for item in found.states] == ["identité effacée du registre"]
        assert declared("une autre") is None
    assert _codes(declaring.export("copie.xml", again=sent.flow)) == ["cpf-flow-forgotten"]


def test_who_declares_is_said_in_the_referentiel(tmp_path: Path) -> None:
    """Without it nothing is exported, and the rows are named."""
    request = ExportRequest(referential=EXAMPLES / "referential.xlsx", file=tmp_path / "un.xml")
    refused = export_declaration(Options(register=str(tmp_path / "register.sqlite")), request)
    assert _codes(refused) == ["cpf-emitter-incomplete"] * 2
    assert "Identifiant client CDC" in refused.problems[0].message
    assert "Contrat CDC" in refused.problems[1].message


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;</r>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
        '<r xmlns="urn:autre"/>',
        "<r><passagesOK>",
    ],
    ids=["entities", "an external entity", "another namespace", "cut"],
)
def test_a_hostile_answer_is_told_and_nothing_done(text: str, filed: School) -> None:
    """What was exported still waits, and the answer is kept nowhere."""
    filed.record(_awarded("C01", ZOE))
    filed.export("un.xml")
    path = filed.folder / "accusé.xml"
    path.write_text(text, encoding="utf-8")
    request = ReportRequest(referential=filed.title, file=path, today=TODAY)
    answer = report_declaration(filed.options, request)
    assert _codes(answer) == ["cpf-answer-unreadable"]
    assert "root:" not in str(answer.problems[0])
    assert _states(filed.prepare()) == {"Zoé Exemple": "sent"}


def test_a_flow_without_a_schema_is_written_with_a_warning(filed: School) -> None:
    """A schema that is none stops it; no file is ever written over."""
    filed.record(_awarded("C01", ZOE))
    broken = filed.folder / "cdc.xsd"
    broken.write_text("<html/>", encoding="utf-8")
    file = filed.folder / "un.xml"
    request = ExportRequest(referential=filed.title, file=file, schema=broken)
    assert _codes(export_declaration(filed.options, request)) == ["cpf-schema-unreadable"]
    unchecked = replace(request, schema=None)
    assert _codes(export_declaration(filed.options, unchecked)) == ["cpf-unchecked"]
    assert _codes(export_declaration(filed.options, unchecked)) == ["export-exists"]


def test_what_was_declared_is_part_of_a_persons_record(filed: School) -> None:
    """The right of access reaches the flows; nothing there is a national identifier."""
    filed.record(_awarded("C01", ZOE))
    sent = filed.export("un.xml").flows[0]
    register = open_register(filed.options.register or "")
    assert register is not None
    with register.reading() as connection:
        (declared,) = person_record(connection, 1)["declared"]
    register.close()
    assert (declared["flow"], declared["state"]) == (sent.flow, "sent")
    assert "<cpf:nomNaissance>EXEMPLE<" in declared["content"]
    assert "nir" not in (filed.folder / "un.xml").read_text("utf-8")


def test_no_register_is_made_to_declare_from(filed: School) -> None:
    """There is nobody to declare in one that does not exist."""
    assert _codes(filed.prepare()) == ["register-absent"]
    assert _codes(filed.export("un.xml")) == ["register-absent"]
    assert not (filed.folder / "register.sqlite").exists()


def test_a_workbook_that_cannot_be_written_is_told(filed: School) -> None:
    """Its folder is a file."""
    filed.record(_awarded("C01", ZOE))
    (filed.folder / "plein").write_text("", encoding="utf-8")
    path = filed.folder / "plein" / "prêt.xlsx"
    answer = prepare_declaration(filed.options, filed.title, path, TODAY)
    assert _codes(answer) == ["file-not-written"]
