"""Attestations and parchments: what they must show, and to whom they are never given."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from report_world import (
    TEMPLATES,
    adopted,
    overridden,
    png,
    read_all,
    read_lines,
    settled_documents,
    settled_one,
)

from sheetgen.documents import Reissue
from sheetgen.documents.school_templates import read_templates
from sheetgen.model import BlockCode, Sex
from sheetgen.seals import Sealed, Statement
from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from report_world import World

    from sheetgen.documents.school_templates import Templates

_REGISTERED = [
    (
        "enregistrée au répertoire national des certifications professionnelles sous le code "
        "RNCP00000,"
    ),
    (
        "par décision du directeur général de France\u00a0compétences en date du "
        "1er\u00a0mars\u00a02025"
    ),
]

PAGE = "https://www.ecole.fr/verifier/"


@pytest.fixture
def complete(world: World) -> World:
    """The world with all that official documents show filled in."""
    certification = dataclasses.replace(
        world.referential.certification,
        eqf_level="6",
        nsf_code="312",
        signatory="Aurore Chimère",
        signatory_title="Directrice de la certification",
    )
    known = dataclasses.replace(world.referential, certification=certification)
    session = dataclasses.replace(
        world.session, address="1 rue de la Fiction, 00000 Villeimaginaire"
    )
    decisions = dataclasses.replace(world.decisions, referential=known, session=session)
    return dataclasses.replace(world, referential=known, session=session, decisions=decisions)


def test_an_attestation_holds_all_it_must(complete: World, templates: Templates) -> None:
    """Certifier, holder, bloc, certification, registration, levels, NSF, place, date, signatory."""
    assert templates.block_certificate is not None
    settled = adopted(complete)
    decided = settled_one(settled, "1")
    lines = read_lines(templates.block_certificate.render(settled, decided, BlockCode("BC01")))
    assert lines == [
        "École imaginaire",
        "Attestation de bloc de compétences",
        "Vu la délibération du jury du 24\u00a0juin\u00a02026, le certificateur atteste que",
        "Prénom 1 Nom 1",
        "né(e) le 14\u00a0mars\u00a01998, a validé le bloc de compétences",
        "BC01 – Bloc 1",
        "bloc 1 sur 2 de la certification professionnelle",
        "« Certification d’essai »",
        *_REGISTERED,
        (
            "Niveau\u00a06 — niveau\u00a06 du cadre européen des certifications (CEC) — "
            "code NSF\u00a0312"
        ),
        (
            "Cette attestation porte sur un seul bloc de compétences, acquis sans limite de durée. "
            "Elle n’est pas le parchemin et ne vaut pas délivrance de la certification."
        ),
        "Fait à Villeimaginaire, le 24\u00a0juin\u00a02026",
        "",
        "",
        "Pour École imaginaire,",
        "Aurore Chimère",
        "Directrice de la certification",
    ]


def test_a_parchment_holds_all_it_must(complete: World, templates: Templates) -> None:
    """It holds what the attestation does, on the certification; the holder signs too."""
    assert templates.diploma is not None
    settled = overridden(complete)
    lines = read_lines(templates.diploma.render(settled, settled_one(settled, "1")))
    assert lines == [
        "École imaginaire",
        "Parchemin de certification professionnelle",
        "Vu la délibération du jury du 24\u00a0juin\u00a02026, le certificateur délivre à",
        "Prénom 1 Nom 1",
        "né(e) le 14\u00a0mars\u00a01998",
        "la certification professionnelle",
        "Certification d’essai",
        *_REGISTERED,
        (
            "Niveau\u00a06 — niveau\u00a06 du cadre européen des certifications (CEC) — "
            "code NSF\u00a0312"
        ),
        "Fait à Villeimaginaire, le 24\u00a0juin\u00a02026",
        "Signature du titulaire",
        "",
        "",
        "Pour École imaginaire,",
        "Aurore Chimère",
        "Directrice de la certification",
    ]


def test_a_birth_date_that_is_blank_is_left_unsaid(complete: World, templates: Templates) -> None:
    """No mark to fill in on what is signed and sealed; a place that is known stays."""
    settled = overridden(complete)
    session = settled.decisions.session
    for place, born in ((None, None), ("Lyon", "né(e) à Lyon")):
        people = tuple(
            dataclasses.replace(item, birth_date=None, birth_place=place)
            for item in session.candidates
        )
        decisions = dataclasses.replace(
            settled.decisions, session=dataclasses.replace(session, candidates=people)
        )
        blank = dataclasses.replace(settled, decisions=decisions)
        decided = settled_one(blank, "1")
        assert templates.block_certificate is not None
        assert templates.diploma is not None
        attestation = read_lines(
            templates.block_certificate.render(blank, decided, BlockCode("BC01"))
        )
        has = "a validé le bloc de compétences"
        assert attestation[4] == (f"{born}, {has}" if born else has)
        parchment = read_lines(templates.diploma.render(blank, decided))
        assert "à compléter" not in "".join(attestation + parchment)
        assert parchment[4] == (born or "la certification professionnelle")


def test_minutes_without_a_number_are_not_cited(complete: World, templates: Templates) -> None:
    """What is signed and handed over has no blank to fill in, in its footer either."""
    assert templates.block_certificate is not None
    assert templates.diploma is not None
    assert templates.transcript is not None
    settled = overridden(complete)
    session = dataclasses.replace(settled.decisions.session, minutes_number=None)
    decisions = dataclasses.replace(settled.decisions, session=session)
    for used, cited in (
        (settled, True),
        (dataclasses.replace(settled, decisions=decisions), False),
    ):
        one = settled_one(used, "1")
        for paper in (
            templates.block_certificate.render(used, one, BlockCode("BC01")),
            templates.diploma.render(used, one),
            templates.transcript.render(used, one),
        ):
            text = read_all(paper)
            assert ("rocès-verbal n°" in text) is cited
            assert "à compléter" not in text


def test_each_bloc_just_validated_and_each_certification_has_its_paper(
    world: World, templates: Templates
) -> None:
    """A bloc held before has none, nor has an absent candidate."""
    made = settled_documents(templates, adopted(world))
    assert [name for name in made if name.startswith(("certificate", "diploma"))] == [
        "certificate 1 BC01",
        "certificate 2 BC02",
        "diploma 2",
    ]


def test_what_the_jury_refused_is_never_certified(world: World, templates: Templates) -> None:
    """Nor is a bloc held before this session: its attestation exists already."""
    assert templates.block_certificate is not None
    assert templates.diploma is not None
    settled = adopted(world)
    one, two = settled_one(settled, "1"), settled_one(settled, "2")
    with pytest.raises(ValueError, match="has not validated BC02"):
        templates.block_certificate.render(settled, one, BlockCode("BC02"))
    with pytest.raises(ValueError, match="has not validated BC01"):
        templates.block_certificate.render(settled, two, BlockCode("BC01"))
    with pytest.raises(ValueError, match="not awarded"):
        templates.diploma.render(settled, one)


def test_a_certificate_is_one_page_with_a_logo_and_with_long_titles(
    libreoffice: Office, tmp_path: Path, complete: World, templates: Templates
) -> None:
    """The longest titles of the shipped référentiel, twice over, still leave room to sign."""
    with_logo, _ = read_templates(TEMPLATES, png(1200, 300))
    shipped, _ = read_referential(ROOT / "referential.xlsx")
    assert shipped is not None
    longest = max((block.title for block in shipped.blocks), key=len)
    title = shipped.certification.title
    known = dataclasses.replace(
        complete.referential,
        certification=dataclasses.replace(
            complete.referential.certification,
            title=f"{title} ET {title}",
            verification_page=PAGE,
        ),
        blocks=tuple(
            dataclasses.replace(block, title=f"{longest} et {longest}")
            for block in complete.referential.blocks
        ),
    )
    settled = overridden(complete)
    settled = dataclasses.replace(
        settled, decisions=dataclasses.replace(settled.decisions, referential=known)
    )
    decided = settled_one(settled, "1")
    papers = [("attestation", "1", "BC02"), ("parchemin", "1", "")]
    sealed = dataclasses.replace(
        settled,
        seals=dict.fromkeys(papers, _sealed(title=f"{longest} et {longest}")),
        reissue=Reissue(notices=dict.fromkeys(papers, "Annule et remplace celui d’hier.")),
    )
    for number, (used, source) in enumerate(
        [(templates, settled), (with_logo, overridden(complete)), (with_logo, sealed)]
    ):
        assert used.block_certificate is not None
        assert used.diploma is not None
        made = (
            used.block_certificate.render(source, decided, BlockCode("BC02")),
            used.diploma.render(source, decided),
        )
        for kind, data in zip(("attestation", "parchemin"), made, strict=True):
            (tmp_path / f"{kind}-{number}.docx").write_bytes(data)
    pages = libreoffice.convert(sorted(tmp_path.glob("*.docx")), tmp_path / "pdf", ".pdf")
    assert len(pages) == 6
    for page in pages:
        assert len(re.findall(rb"/Type\s*/Page\b", page.read_bytes())) == 1, page.name


def _sealed(title: str) -> Sealed:
    """Return what is signed of a paper, as long as it is in a school."""
    statement = Statement(
        kind="parchemin",
        number="P-2026-00001",
        holder="Mme Prénom, Autre Nom",
        birth_date="1998-03-14",
        code="RNCP00000 BC02",
        title=title,
        day="2026-06-24",
        certifier="École imaginaire",
    )
    return Sealed(statement=statement, signature=bytes(64))


def test_papers_say_who_the_holder_is_to_the_state(complete: World, templates: Templates) -> None:
    """Civility, all first names, birth name, place and country, in one sentence without a hole."""
    settled = adopted(complete)
    session = settled.decisions.session
    one, *others = session.candidates
    known = dataclasses.replace(
        one,
        civility="Mme",
        other_first_names="Jeanne, Marie",
        birth_name="Naguère",
        sex=Sex.FEMALE,
        birth_place="Liège",
        birth_country="Belgique",
    )
    session = dataclasses.replace(session, candidates=(known, *others))
    decisions = dataclasses.replace(settled.decisions, session=session)
    papers = settled_documents(templates, dataclasses.replace(settled, decisions=decisions))
    born = "née Naguère le 14\u00a0mars\u00a01998 à Liège (Belgique)"
    told = {name: " ".join(read_lines(data)) for name, data in papers.items()}
    for name in ("notification 1", "certificate 1 BC01"):
        assert "Mme Prénom 1, Jeanne, Marie Nom 1" in told[name]
        assert born in told[name]
    assert born in told["minutes"]
    assert "Mme Prénom 1, Jeanne, Marie Nom 1, née Naguère" in told["transcript 1"]
    assert "Liège (Belgique)" in told["transcript 1"]
    assert "Naguère" not in told["report 1"]


def test_a_birth_name_that_is_the_name_is_not_said_twice(
    complete: World, templates: Templates
) -> None:
    """Whatever its case and accents; the rest stays as it was without these columns."""
    assert templates.block_certificate is not None
    settled = adopted(complete)
    before = templates.block_certificate.render(
        settled, settled_one(settled, "1"), BlockCode("BC01")
    )
    session = settled.decisions.session
    one, *others = session.candidates
    same = dataclasses.replace(one, birth_name="NOM 1")
    session = dataclasses.replace(session, candidates=(same, *others))
    again = dataclasses.replace(
        settled, decisions=dataclasses.replace(settled.decisions, session=session)
    )
    after = templates.block_certificate.render(again, settled_one(again, "1"), BlockCode("BC01"))
    assert read_lines(after) == read_lines(before)
