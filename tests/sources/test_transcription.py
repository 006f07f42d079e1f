"""The shipped référentiel holds the source's every word, in its order, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import make_workbooks
import pytest
from openpyxl import Workbook, load_workbook

from sheetgen.sources.schema import REFERENTIAL
from sheetgen.sources.write.readme import SOURCE_HEADING
from sheetgen.sources.write.source_workbook import write_source_workbook

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tests" / "data" / "source.txt"
SHIPPED = ROOT / "referential.xlsx"

CRITERIA_COUNTS = {
    "C1.1": 5,
    "C1.2": 2,
    "C1.3": 4,
    "C1.4": 6,
    "C1.5": 3,
    "C2.1": 7,
    "C2.2": 4,
    "C2.3": 3,
    "C2.4": 4,
    "C3.1": 4,
    "C3.2": 5,
    "C3.3": 3,
    "C4.1": 4,
    "C4.2": 4,
    "C4.3": 2,
    "C4.4": 4,
    "C5.1": 4,
    "C5.2": 3,
}

SEPARATOR = re.compile(r"^\s*-{10,}\s*$", re.MULTILINE)
"""The rule between a method and its bloc-only variant: layout, not text."""

CODE = re.compile(r"^\s*(?:Activité (\d) :|(A\d)\.(?!\d)|([AC]\d\.\d))\s+(?:- )?", re.MULTILINE)
"""A code at the beginning of a cell; « C1.5 - » alone has a dash between code and text."""


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The workbook as it is shipped."""
    return load_workbook(SHIPPED)


def rows(book: Workbook, sheet: str) -> list[tuple[str, ...]]:
    """A sheet's rows under its header, blank cells as empty texts."""
    return [
        tuple("" if value is None else str(value) for value in row)
        for row in book[sheet].iter_rows(min_row=2, values_only=True)
    ]


def column(book: Workbook, sheet: str, header: str) -> dict[str, str]:
    """A column's texts by the code or name at the beginning of their row."""
    headers = [cell.value for cell in book[sheet][1]]
    place = headers.index(header)
    return {row[0]: row[place] for row in rows(book, sheet)}


def remainder(book: Workbook) -> list[str]:
    """The texts of the source that have no sheet of their own, at the end of « Lisez-moi »."""
    lines = rows(book, "Lisez-moi")
    start = [line[0] for line in lines].index(SOURCE_HEADING)
    return [line[1] for line in lines[start + 1 :]]


def transcribed(book: Workbook) -> list[str]:
    """Every cell that comes from the source; title and level repeat the source's own title line."""
    certification = column(book, "Certification", "Valeur")
    texts = [
        *remainder(book),
        certification["Base légale"],
        certification["Handicap"],
        *column(book, "Blocs", "Intitulé").values(),
        *column(book, "Activités", "Intitulé").values(),
        *column(book, "Compétences", "Intitulé").values(),
        *column(book, "Critères", "Intitulé").values(),
    ]
    for header in ("Type", "Description", "Capitalisation de bloc"):
        texts.extend(column(book, "Modalités", header).values())
    return texts


def codes(book: Workbook) -> list[str]:
    """The codes that stand in the source: of the blocs' activities, activities, competencies."""
    return [
        *column(book, "Blocs", "Activité").values(),
        *column(book, "Activités", "Code"),
        *column(book, "Compétences", "Code"),
    ]


def source_text() -> str:
    """The source without the rules that separate cells."""
    return SEPARATOR.sub("", SOURCE.read_text(encoding="utf-8"))


def source_codes() -> list[str]:
    """The codes of the source, « Activité 1 : » as A1."""
    return [
        f"A{number}" if number else short or full
        for number, short, full in CODE.findall(source_text())
    ]


def test_every_word_of_the_source_is_in_the_workbook_once_for_each_time_it_is_written(
    book: Workbook,
) -> None:
    """No word is lost, none is added: the words and their numbers are the same."""
    words = Counter(CODE.sub("", source_text()).split())
    assert Counter(" ".join(transcribed(book)).split()) == words
    assert words.total() > 3900


def test_every_line_of_the_source_is_in_a_cell(book: Workbook) -> None:
    """Each line of the extraction is found, whole, in one cell."""
    cells = [" ".join(text.split()) for text in transcribed(book)]
    lines = {" ".join(line.split()) for line in CODE.sub("", source_text()).splitlines()}
    missing = [line for line in lines if not any(line in cell for cell in cells)]
    assert missing == []
    assert len(lines) > 600


def test_every_code_of_the_source_is_a_code_of_the_workbook(book: Workbook) -> None:
    """Blocs' activities, activities and competencies are those of the source, in its order."""
    for letter in "AC":
        found = [code for code in source_codes() if code.startswith(letter)]
        assert sorted(code for code in codes(book) if code.startswith(letter)) == sorted(found)
        assert found == sorted(found)


def test_the_certification_has_its_known_size(book: Workbook) -> None:
    """5 blocs, 12 activities, 18 methods, 18 competencies, 71 criteria, each competency its own."""
    sizes = {
        name: len(rows(book, name))
        for name in ("Blocs", "Activités", "Modalités", "Compétences", "Critères")
    }
    assert sizes == {
        "Blocs": 5,
        "Activités": 12,
        "Modalités": 18,
        "Compétences": 18,
        "Critères": 71,
    }
    assert Counter(column(book, "Critères", "Compétence").values()) == CRITERIA_COUNTS


def test_codes_lead_from_criterion_to_bloc(book: Workbook) -> None:
    """Criteria are numbered in their competency; each refers to what its code says."""
    assert list(column(book, "Critères", "Code")) == [
        f"{code}.{number}"
        for code, count in CRITERIA_COUNTS.items()
        for number in range(1, count + 1)
    ]
    for code, competency in column(book, "Critères", "Compétence").items():
        assert code.rpartition(".")[0] == competency
    for code, method in column(book, "Compétences", "Modalité").items():
        assert method == code.replace("C", "M")
    for code, block in column(book, "Activités", "Bloc").items():
        assert block == f"BC0{code[1]}"
    assert column(book, "Blocs", "Activité") == {f"BC0{n}": f"A{n}" for n in range(1, 6)}


def test_every_competency_is_in_the_activity_it_follows_in_the_source(book: Workbook) -> None:
    """In the source an activity stands before its competencies."""
    activity = ""
    expected = {}
    for code in source_codes():
        if code.startswith("A"):
            activity = code
        else:
            expected[code] = activity
    assert column(book, "Compétences", "Activité") == expected


def test_lists_are_kept_as_lists(book: Workbook) -> None:
    """Each item has its line; so have the words that lead in and out of the list."""
    titles = column(book, "Compétences", "Intitulé")
    assert titles["C1.1"].splitlines() == [
        "Réaliser une veille commerciale",
        "- en définissant les objectifs de la veille",
        "- en mobilisant des outils et méthodes de collecte et de traitement des informations",
        "- en analysant son marché, ses clients, et ses concurrents",
        "afin d’anticiper les prochaines actions commerciales stratégiques.",
    ]
    items = sum(text.count("\n- ") for text in transcribed(book))
    dashes = re.findall(r"^\s*- ", source_text(), re.MULTILINE)
    assert items == len(dashes)


def test_texts_cut_by_a_page_break_are_whole_competencies(book: Workbook) -> None:
    """The end of a competency that stands on the next page follows its beginning."""
    titles = column(book, "Compétences", "Intitulé")
    assert titles["C1.2"] == (
        "Contribuer à la définition des profils client type (buyer personas) en cohérence avec la "
        "segmentation en collaboration avec le service marketing, en s’appuyant sur la collecte et "
        "l’analyse de données qualitatives (retours de l’équipe commerciale, réalisation "
        "d’interview…) ou quantitative (bases de données clients, sondage…) afin de commercialiser "
        "une offre de produits ou services adaptée au public cible."
    )
    assert titles["C1.3"].splitlines()[-2:] == [
        "- en fixant les objectifs marketing et commerciaux",
        "afin de soutenir la stratégie globale de l’organisation.",
    ]
    assert titles["C2.2"].splitlines() == [
        (
            "Participer à la conception d’une action de communication à destination d’une ou "
            "plusieurs cible client,"
        ),
        (
            "- en collaboration avec le service marketing, le service communication ou des "
            "prestataires"
        ),
        (
            "- en identifiant les objectifs, et en participant à la définition d’un message clé, "
            "ainsi que les canaux de diffusion"
        ),
        "de manière à accroître la visibilité de l’offre et favoriser le développement des ventes.",
    ]
    assert titles["C2.3"].splitlines()[-3:] == [
        (
            "- en analysant les attentes et les besoins du prospect/ ou client par le biais "
            "d’entretiens exploratoires"
        ),
        "- en créant un argumentaire personnalisé anticipant les scénarios probables",
        "afin de préparer l’entrée en négociation.",
    ]
    assert titles["C3.2"].splitlines()[1:] == [
        "- en analysant les habitudes de consommation, les besoins et attentes des clients",
        "- en proposant un programme de fidélisation incluant des offres et avantages,",
        "afin de développer les ventes liées au portefeuille client existant.",
    ]
    assert titles["C4.2"].splitlines()[:2] == [
        "Animer et motiver l’équipe commerciale",
        (
            "- en adoptant les techniques de communication adaptées aux profils et besoins "
            "spécifiques des collaborateurs (diversités, PSH…)"
        ),
    ]


def test_texts_cut_by_a_page_break_are_whole_methods(book: Workbook) -> None:
    """A method and its variant are read together across the pages."""
    descriptions = column(book, "Modalités", "Description")
    variants = column(book, "Modalités", "Capitalisation de bloc")
    usual = (
        "Lorsqu’un candidat se présente uniquement sur un bloc de compétences (capitalisation de "
        "bloc), la modalité est amenée à évoluer. Dans ce cadre, le candidat doit présenter un "
        "« dossier professionnel » reprenant l’ensemble des éléments précités. Les critères "
        "restent les mêmes."
    )
    assert variants["M1.3"] == f"{usual}."
    assert {text for code, text in variants.items() if code != "M1.3"} == {usual}
    assert descriptions["M2.3"].splitlines()[-2:] == [
        "- l’identification des freins et des motivations d’achat",
        "- la création d’un argumentaire de vente personnalisé",
    ]
    assert descriptions["M2.4"].endswith("un entretien de négociation commerciale")
    assert descriptions["M3.2"].splitlines()[1] == (
        "Suite à cette analyse, il doit élaborer un plan de fidélisation et déterminer les "
        "indicateurs de performance ainsi les outils de pilotage."
    )
    assert descriptions["M4.4"].splitlines()[-1] == "- élaborer un support de formation"
    assert descriptions["M5.1"].splitlines()[-1] == (
        "- il commente et analyse les résultats quantitatifs et les écarts par rapports aux "
        "objectifs."
    )
    kinds = column(book, "Modalités", "Type")
    assert kinds["M3.3"] == "Mise en situation professionnelle: prise en charge d’une réclamation"


def test_criteria_on_both_sides_of_a_page_break_are_in_order(book: Workbook) -> None:
    """The first criterion after the break follows the last one before it."""
    criteria = column(book, "Critères", "Intitulé")
    beginnings = {
        "C1.2.1": "La description des profils se basent",
        "C1.2.2": "Les techniques utilisées pour récolter",
        "C1.3.2": "Le candidat propose une stratégie",
        "C1.3.3": "Le candidat définit les grandes lignes",
        "C2.2.1": "Les objectifs de la campagne",
        "C2.2.2": "Le message de l’action de communication",
        "C2.3.2": "L’analyse des attentes et besoins du prospect/ ou client permet au candidat :",
        "C2.3.3": "Le candidat tient compte des renseignements",
        "C2.4.4": "Les objections sont analysées",
        "C3.2.1": "L’analyse du portefeuille client",
        "C3.2.2": "Le candidat explicite les zones",
        "C3.3.3": "Le candidat fait preuve d’assertivité",
        "C4.2.1": "Le candidat identifie les freins et les leviers de motivation.",
        "C4.2.2": "Les techniques de communication utilisées",
        "C4.4.4": "Les techniques d'animation envisagées",
        "C5.1.4": "L’évaluation des résultats permet de mettre en évidence des pistes",
    }
    for code, beginning in beginnings.items():
        assert criteria[code].startswith(beginning)


def test_only_what_the_source_says_of_the_certification_is_filled(book: Workbook) -> None:
    """Title and level, the law and the passage on disability; nothing is invented."""
    certification = column(book, "Certification", "Valeur")
    assert {name for name, value in certification.items() if value} == {
        "Intitulé",
        "Niveau",
        "Base légale",
        "Handicap",
    }
    assert certification["Intitulé"] == "RESPONSABLE DU DEVELOPPEMENT COMMERCIAL"
    assert certification["Niveau"] == "6"
    assert certification["Intitulé"] in remainder(book)[0]
    assert certification["Base légale"].splitlines()[0] == (
        "Article L6113-1 En savoir plus sur cet article... Créé par LOI n°2018-771 du 5 septembre "
        "2018 - art. 31 (V)"
    )
    handicap = certification["Handicap"].splitlines()
    assert handicap[0] == "Candidat en situation de handicap :"
    assert handicap.index("Ces deux critères étant cumulatifs.") == 7


def test_the_shipped_scale_and_rules_are_those_of_the_design(book: Workbook) -> None:
    """Three levels, and every rule at its default."""
    assert [row[:3] for row in rows(book, "Échelle")] == [
        ("Acquis", "2", "Oui"),
        ("Partiellement acquis", "1", "Non"),
        ("Non acquis", "0", "Non"),
    ]
    assert column(book, "Règles", "Valeur") == {
        "Type d'échelle": "niveaux",
        "Note minimale": "0",
        "Note maximale": "20",
        "Pas": "0.5",
        "Note d'acquisition": "10",
        "Fusion des jurés": "moyenne",
        "Départage": "délibération",
        "Écart à signaler": "2",
        "Compétence acquise si": "pourcentage de critères",
        "Seuil compétence": "50",
        "Bloc validé si": "toutes les compétences",
        "Seuil bloc": "100",
        "Plancher compétence": "0",
        "Moyenne générale minimale": "",
        "Seuil éliminatoire": "",
        "Zone de délibération": "0",
        "Critère non observé": "à délibérer",
        "Commentaire obligatoire": "non acquis",
        "Jurés minimum": "2",
        "Part minimale d'externes": "50",
        "Seuil épreuve": "50",
        "Plancher épreuve": "0",
        "Absence à une épreuve": "échec",
        "Conservation des épreuves": "",
        "Conservation à partir de": "",
        "Conservation des compétences": "",
        "Rattrapage": "",
        "Délai de rattrapage": "",
        "Blocs à rattraper": "",
        "Raccourci Non observé": "",
    }


def test_the_shipped_workbook_is_what_its_script_makes(book: Workbook, tmp_path: Path) -> None:
    """The transcription, the writer and the workbook never drift apart."""
    made = tmp_path / "referential.xlsx"
    write_source_workbook(made, REFERENTIAL, make_workbooks.shipped_contents())
    fresh = load_workbook(made)
    assert fresh.sheetnames == book.sheetnames
    for sheet in fresh:
        assert list(book[sheet.title].values) == list(sheet.values)
