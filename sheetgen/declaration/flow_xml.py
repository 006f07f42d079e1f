"""A flow of the Caisse des Dépôts as XML, a passage at a time.

The beginning and the end of a flow, and each passage, are texts that their keeper stores: put
together again they give the same bytes for ever, whatever became of the people since.
"""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    import datetime as dt

    from sheetgen.declaration.declared_passages import DeclaredPassage, Holder

NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"
SCHEMA_VERSIONS = ("1.1.5", "1.1.2")
"""The versions of the receiver's schema that are written, the default one first."""

ACTION_CREATION, ACTION_SUPPRESSION = "CREATION", "SUPPRESSION"
MOST_PASSAGES, LARGEST_FLOW = 200_000, 200_000_000
"""The most passages, and bytes, of one flow."""

_SAYS_ACTION = "1.1.5"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_PARIS = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitter:
    """A certifier who declares: client identifier, contract, and the certification's code."""

    client: str
    contract: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowHead:
    """The beginning of a flow, before its passages; `moment` as `paris_moment` writes it."""

    flow: str
    moment: str
    emitter: Emitter
    version: str
    action: str = ACTION_CREATION


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFrame:
    """The text before a flow's passages, and after them."""

    head: str
    tail: str


def paris_moment(moment: dt.datetime) -> str:
    """Return a moment in the time of Paris, to the second, its offset in figures.

    Args:
        moment: one that knows its time zone.
    """
    there = moment.astimezone(zoneinfo.ZoneInfo(_PARIS)).replace(microsecond=0)
    return there.isoformat()


def flow_frame(head: FlowHead) -> FlowFrame:
    """Return the beginning and the end of a flow."""
    action = _element("action", head.action) + "\n" if head.version == _SAYS_ACTION else ""
    emitter = head.emitter
    return FlowFrame(
        head=(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<cpf:flux xmlns:cpf="{NAMESPACE}" xmlns:xsi="{_INSTANCE}">\n'
            f"{_element('idFlux', head.flow)}\n"
            f"{_element('horodatage', head.moment)}\n"
            f"{action}"
            f"<cpf:emetteur>\n{_element('idClient', emitter.client)}\n"
            f"<cpf:certificateurs>\n<cpf:certificateur>\n{_element('idClient', emitter.client)}\n"
            f"{_element('idContrat', emitter.contract)}\n"
            f"<cpf:certifications>\n<cpf:certification>\n{_element('type', 'RNCP')}\n"
            f"{_element('code', emitter.code)}\n"
            f"{_element('natureDeposant', 'CERTIFICATEUR')}\n<cpf:passageCertifications>\n"
        ),
        tail=(
            "</cpf:passageCertifications>\n</cpf:certification>\n</cpf:certifications>\n"
            "</cpf:certificateur>\n</cpf:certificateurs>\n</cpf:emetteur>\n</cpf:flux>\n"
        ),
    )


def render_passage(technical: str, passage: DeclaredPassage) -> str:
    """Return a passage as it stands in a flow, on a line of its own.

    Args:
        technical: its identifier, the same in every flow.
        passage: what is declared.
    """
    route = _element("modaliteAcces", passage.route)
    if passage.route == "VAE":
        route += _element("voieAccessVAE", "VAE_CLASSIQUE")
    said = (
        _element("idTechnique", technical),
        _element("obtentionCertification", "PAR_ADMISSION"),
        _element("donneeCertifiee", "true"),
        _element("dateDebutValidite", passage.day.isoformat()),
        _element("dateFinValidite", None),
        _element("presenceNiveauLangueEuro", "false"),
        _element("presenceNiveauNumeriqueEuro", "false"),
        _element("scoring", None),
        _element("mentionValidee", passage.mention),
        _around("modalitesInscription", route),
        _around("identificationTitulaire", _holder(passage.holder)),
    )
    return _around("passageCertification", "".join(said)) + "\n"


def _holder(holder: Holder) -> str:
    if holder.file is not None:
        return _around(
            "dossierFormation",
            _element("idDossier", holder.file)
            + _element("nomTitulaire", holder.birth_name)
            + _element("prenom1Titulaire", holder.first_names[0]),
        )
    born = holder.birth_date
    said = [_element("nomNaissance", holder.birth_name), _element("nomUsage", holder.used_name)]
    said += [
        _element(f"prenom{place}", name) for place, name in enumerate(holder.first_names, start=1)
    ]
    said += [
        _element("anneeNaissance", f"{born:%Y}" if born else None),
        _element("moisNaissance", f"{born:%m}" if born else None),
        _element("jourNaissance", f"{born:%d}" if born else None),
        _element("sexe", holder.sex),
    ]
    if holder.insee_code is not None:
        commune = _around("codeInseeNaissance", _element("codeInsee", holder.insee_code))
    else:
        commune = _around("codePostalNaissance", _element("codePostal", holder.postcode))
    said.append(_around("codeCommuneNaissance", commune))
    if holder.place:
        said.append(_element("libelleCommuneNaissance", holder.place))
    if holder.country:
        said.append(_element("libellePaysNaissance", holder.country))
    return _around("titulaire", "".join(said))


def _element(name: str, text: str | None) -> str:
    """Return an element of one text; None says that it is known to be nothing."""
    if text is None:
        return f'<cpf:{name} xsi:nil="true"/>'
    return f"<cpf:{name}>{escape(text)}</cpf:{name}>"


def _around(name: str, inside: str) -> str:
    return f"<cpf:{name}>{inside}</cpf:{name}>"
