"""A schema of the receiver's flow for the tests, from its published structure, and its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_ACCESS = (
    "FORMATION_INITIALE_HORS_APPRENTISSAGE",
    "FORMATION_INITIALE_APPRENTISSAGE",
    "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
    "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
    "VAE",
    "EQUIVALENCE_DIPLOME_ETRANGER",
    "CANDIDAT_LIBRE",
)
_MENTIONS = (
    "SANS_MENTION",
    "MENTION_ASSEZ_BIEN",
    "MENTION_BIEN",
    "MENTION_TRES_BIEN",
    "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY",
)


def _text(least: int, most: int) -> str:
    return (
        '<xs:simpleType><xs:restriction base="xs:string">'
        f'<xs:minLength value="{least}"/><xs:maxLength value="{most}"/>'
        "</xs:restriction></xs:simpleType>"
    )


def _pattern(pattern: str, base: str = "xs:string") -> str:
    return (
        f'<xs:simpleType><xs:restriction base="{base}"><xs:pattern value="{pattern}"/>'
        "</xs:restriction></xs:simpleType>"
    )


def _one_of(values: Iterable[str]) -> str:
    listed = "".join(f'<xs:enumeration value="{value}"/>' for value in values)
    return (
        f'<xs:simpleType><xs:restriction base="xs:string">{listed}</xs:restriction></xs:simpleType>'
    )


def _element(name: str, inside: str, *, nil: bool = False, least: int = 1, most: str = "1") -> str:
    said = ' nillable="true"' if nil else ""
    return (
        f'<xs:element name="{name}" minOccurs="{least}" maxOccurs="{most}"{said}>{inside}'
        "</xs:element>"
    )


def _plain(name: str, kind: str, *, nil: bool = False, least: int = 1) -> str:
    said = ' nillable="true"' if nil else ""
    return f'<xs:element name="{name}" type="xs:{kind}" minOccurs="{least}"{said}/>'


def _all(*parts: str) -> str:
    return f"<xs:complexType><xs:all>{''.join(parts)}</xs:all></xs:complexType>"


def _choice(*parts: str) -> str:
    return f"<xs:complexType><xs:choice>{''.join(parts)}</xs:choice></xs:complexType>"


def _list(part: str) -> str:
    return f"<xs:complexType><xs:sequence>{part}</xs:sequence></xs:complexType>"


def _holder(version: str) -> str:
    commune = _choice(
        _element("codeInseeNaissance", _all(_element("codeInsee", _text(5, 5)))),
        _element("codePostalNaissance", _all(_element("codePostal", _text(1, 9), nil=True))),
    )
    known = _all(
        _element("nomNaissance", _text(1, 60)),
        _element("nomUsage", _text(1, 60), nil=True),
        _element("prenom1", _text(1, 60)),
        _element("prenom2", _text(1, 60), least=0),
        _element("prenom3", _text(1, 60), least=0),
        _plain("anneeNaissance", "gYear"),
        _element("moisNaissance", _pattern("0[1-9]|1[0-2]"), nil=True),
        _element("jourNaissance", _pattern("0[1-9]|[12][0-9]|3[01]"), nil=True),
        _element("sexe", _one_of("MF")),
        _element("codeCommuneNaissance", commune),
        _element("libelleCommuneNaissance", _text(1, 60), least=0),
        _element("codePaysNaissance", _text(3, 3), least=0),
        _element("libellePaysNaissance", _text(1, 60), least=0),
    )
    file = _all(
        _element("idDossier", _text(1, 13)),
        _element("nomTitulaire", _text(1, 30)),
        _element("prenom1Titulaire", _text(1, 20)),
    )
    parts = [_element("dossierFormation", file), _element("titulaire", known)]
    if version == "1.1.5":
        national = _all(_element("nir", _text(13, 13)), _element("nomNaissance", _text(1, 60)))
        parts.append(_element("identifiantNational", national))
    return _choice(*parts)


def write_schema(path: Path, version: str = "1.1.5") -> Path:
    """Write a schema of a flow as the receiver describes it; return its path."""
    inscription = _all(
        _element("modaliteAcces", _one_of(_ACCESS), nil=True),
        _element("voieAccessVAE", _one_of(("CONGES_VAE", "VAE_CLASSIQUE")), least=0),
        _plain("dateInscription", "date", least=0),
    )
    passage = _all(
        _element("idTechnique", _text(1, 255)),
        _element("obtentionCertification", _one_of(("PAR_ADMISSION", "PAR_SCORING"))),
        _plain("donneeCertifiee", "boolean"),
        _plain("dateDebutValidite", "date"),
        _plain("dateFinValidite", "date", nil=True),
        _plain("presenceNiveauLangueEuro", "boolean"),
        _plain("presenceNiveauNumeriqueEuro", "boolean"),
        _element("scoring", _text(1, 255), nil=True),
        _element("mentionValidee", _one_of(_MENTIONS), nil=True),
        _element("modalitesInscription", inscription),
        _element("identificationTitulaire", _holder(version)),
    )
    certification = _all(
        _element("type", _one_of(("RNCP", "RS"))),
        _element("code", _pattern("(RNCP|RS)[0-9]+")),
        _element("natureDeposant", _one_of(("CERTIFICATEUR", "TIERS_CONFIANCE")), least=0),
        _element(
            "passageCertifications",
            _list(_element("passageCertification", passage, most="unbounded")),
        ),
    )
    certifier = _all(
        _element("idClient", _text(8, 8)),
        _element("idContrat", _text(1, 20)),
        _element(
            "certifications", _list(_element("certification", certification, most="unbounded"))
        ),
    )
    emitter = _all(
        _element("idClient", _text(8, 8)),
        _element("certificateurs", _list(_element("certificateur", certifier, most="unbounded"))),
    )
    moment = _pattern("[0-9-]{10}T[0-9:]{8}[+-][0-9]{2}:[0-9]{2}", "xs:dateTime")
    parts = [
        _element("idFlux", _text(1, 50)),
        _element("horodatage", moment),
        _element("emetteur", emitter),
    ]
    if version == "1.1.5":
        parts.append(_element("action", _one_of(("CREATION", "SUPPRESSION"))))
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" '
        f'targetNamespace="urn:cdc:cpf:pc5:schema:1.0.0">{_element("flux", _all(*parts))}'
        "</xs:schema>".replace(' minOccurs="1" maxOccurs="1"', ""),
        encoding="utf-8",
    )
    text = path.read_text(encoding="utf-8")
    first = '<xs:element name="flux" minOccurs="1" maxOccurs="1">'
    path.write_text(text.replace(first, '<xs:element name="flux">'), encoding="utf-8")
    return path


def write_answer(
    path: Path, accepted: Iterable[str], refused: Mapping[str, str], flow: str | None = None
) -> Path:
    """Write an acknowledgement as the receiver does; return its path."""
    taken = "".join(
        f"<r:passageOK><r:idTechnique>{item}</r:idTechnique></r:passageOK>" for item in accepted
    )
    others = "".join(
        f"<r:passageKO><r:idTechnique>{item}</r:idTechnique>"
        f"<r:messageErreur>{escape(why)}</r:messageErreur></r:passageKO>"
        for item, why in refused.items()
    )
    said = "" if flow is None else f"<r:idFlux>{flow}</r:idFlux>"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<r:rapport xmlns:r="urn:cdc:cpf:pc5:rapport:schema:1.0.0">{said}'
        f"<r:passagesOK>{taken}</r:passagesOK><r:passagesKO>{others}</r:passagesKO></r:rapport>",
        encoding="utf-8",
    )
    return path


def write_declared_title(path: Path, source: Path, **changed: str) -> Path:
    """Write a référentiel whose certifier the receiver knows; return its path.

    Args:
        path: where.
        source: the référentiel that it is made of.
        changed: other rows of « Certification », a space of their names as an underscore.
    """
    rows = {"Identifiant client CDC": "03ABC123", "Contrat CDC": "MCFCER000001"}
    rows |= {name.replace("_", " "): value for name, value in changed.items()}
    book = load_workbook(source)
    sheet = book["Certification"]
    places = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for name, value in rows.items():
        if name in places:
            sheet.cell(places[name], 2).value = value
        else:
            sheet.append([name, value])
    book.save(path)
    return path
