"""A flow: to the letter, in the time of Paris, and as the receiver's schema wants it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from cdc_schema import write_schema

from sheetgen.declaration import (
    ACTION_SUPPRESSION,
    DeclaredPassage,
    Emitter,
    FlowHead,
    FlowSchemaError,
    Holder,
    flow_frame,
    paris_moment,
    read_flow_schema,
    render_passage,
)

if TYPE_CHECKING:
    from pathlib import Path

EMITTER = Emitter(client="03ABC123", contract="MCFCER000001", code="RNCP37827")
BORN = DeclaredPassage(
    day=dt.date(2026, 6, 15),
    mention="MENTION_BIEN",
    route="VAE",
    holder=Holder(
        birth_name="D'HAY",
        used_name="DURAND",
        first_names=("LEA", "ZOE"),
        sex="F",
        birth_date=dt.date(1998, 3, 4),
        insee_code="94038",
        place="L'HAY-LES-ROSES",
    ),
)
ABROAD = DeclaredPassage(
    day=dt.date(2026, 6, 15),
    holder=Holder(
        birth_name="DIOP",
        first_names=("AWA",),
        sex="F",
        birth_date=dt.date(1990, 12, 31),
        place="DAKAR",
        country="SENEGAL",
    ),
)
FILE = DeclaredPassage(
    day=dt.date(2026, 6, 15),
    holder=Holder(birth_name="LE GOFF", first_names=("YANN",), file="12345"),
)


def _flow(version: str, action: str = "CREATION", *passages: DeclaredPassage) -> str:
    head = FlowHead(
        flow="F-1",
        moment="2026-07-01T12:00:00+02:00",
        emitter=EMITTER,
        version=version,
        action=action,
    )
    frame = flow_frame(head)
    inside = "".join(render_passage(f"T{n}", passage) for n, passage in enumerate(passages))
    return frame.head + inside + frame.tail


@pytest.mark.parametrize(
    ("utc", "there"),
    [
        ("2026-07-01T10:00:00.999+00:00", "2026-07-01T12:00:00+02:00"),
        ("2026-12-31T23:30:00+00:00", "2027-01-01T00:30:00+01:00"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T01:00:00+00:00", "2026-03-29T03:00:00+02:00"),
    ],
)
def test_a_moment_is_that_of_paris_to_the_second(utc: str, there: str) -> None:
    """Its offset is in figures, in summer and in winter."""
    assert paris_moment(dt.datetime.fromisoformat(utc)) == there


def test_a_passage_reads_to_the_letter() -> None:
    """Every element of a holder who is known by birth."""
    assert render_passage("T1", BORN) == (
        "<cpf:passageCertification><cpf:idTechnique>T1</cpf:idTechnique>"
        "<cpf:obtentionCertification>PAR_ADMISSION</cpf:obtentionCertification>"
        "<cpf:donneeCertifiee>true</cpf:donneeCertifiee>"
        "<cpf:dateDebutValidite>2026-06-15</cpf:dateDebutValidite>"
        '<cpf:dateFinValidite xsi:nil="true"/>'
        "<cpf:presenceNiveauLangueEuro>false</cpf:presenceNiveauLangueEuro>"
        "<cpf:presenceNiveauNumeriqueEuro>false</cpf:presenceNiveauNumeriqueEuro>"
        '<cpf:scoring xsi:nil="true"/><cpf:mentionValidee>MENTION_BIEN</cpf:mentionValidee>'
        "<cpf:modalitesInscription><cpf:modaliteAcces>VAE</cpf:modaliteAcces>"
        "<cpf:voieAccessVAE>VAE_CLASSIQUE</cpf:voieAccessVAE></cpf:modalitesInscription>"
        "<cpf:identificationTitulaire><cpf:titulaire><cpf:nomNaissance>D'HAY</cpf:nomNaissance>"
        "<cpf:nomUsage>DURAND</cpf:nomUsage><cpf:prenom1>LEA</cpf:prenom1>"
        "<cpf:prenom2>ZOE</cpf:prenom2><cpf:anneeNaissance>1998</cpf:anneeNaissance>"
        "<cpf:moisNaissance>03</cpf:moisNaissance><cpf:jourNaissance>04</cpf:jourNaissance>"
        "<cpf:sexe>F</cpf:sexe><cpf:codeCommuneNaissance><cpf:codeInseeNaissance>"
        "<cpf:codeInsee>94038</cpf:codeInsee></cpf:codeInseeNaissance></cpf:codeCommuneNaissance>"
        "<cpf:libelleCommuneNaissance>L'HAY-LES-ROSES</cpf:libelleCommuneNaissance>"
        "</cpf:titulaire></cpf:identificationTitulaire></cpf:passageCertification>\n"
    )


@pytest.mark.parametrize(
    ("version", "action"),
    [("1.1.2", "CREATION"), ("1.1.5", "CREATION"), ("1.1.5", ACTION_SUPPRESSION)],
)
def test_flows_follow_the_schema_of_their_version(
    version: str, action: str, tmp_path: Path
) -> None:
    """Holders known by birth, abroad, or by their training file."""
    schema = read_flow_schema(write_schema(tmp_path / "cdc.xsd", version))
    flow = tmp_path / "flux.xml"
    flow.write_text(_flow(version, action, BORN, ABROAD, FILE), encoding="utf-8")
    schema.check(flow)
    assert ("<cpf:action>" in flow.read_text("utf-8")) == (version == "1.1.5")


def test_a_flow_of_another_version_is_refused(tmp_path: Path) -> None:
    """The schema sees the action that it does not know, and the one that it misses."""
    schema = read_flow_schema(write_schema(tmp_path / "cdc.xsd", "1.1.2"))
    flow = tmp_path / "flux.xml"
    flow.write_text(_flow("1.1.5", "CREATION", BORN), encoding="utf-8")
    with pytest.raises(FlowSchemaError, match="action"):
        schema.check(flow)


def test_a_fault_deep_in_a_flow_is_found(tmp_path: Path) -> None:
    """What was read and let go is checked all the same."""
    schema = read_flow_schema(write_schema(tmp_path / "cdc.xsd"))
    flow = tmp_path / "flux.xml"
    text = _flow("1.1.5", "CREATION", *[BORN] * 300)
    flow.write_text(text.replace("<cpf:idTechnique>T250<", "<cpf:idTechnique><"), encoding="utf-8")
    with pytest.raises(FlowSchemaError, match="idTechnique"):
        schema.check(flow)


def test_what_is_no_schema_is_told(tmp_path: Path) -> None:
    """A page saved in its place, or a mere text."""
    path = tmp_path / "cdc.xsd"
    for content in ("<html/>", "rien"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(FlowSchemaError):
            read_flow_schema(path)
