"""The columns of rosters, by the names that schools, platforms and examinations give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheetgen.sources.schema import SheetSpec

FULL_NAME = "Nom et prénom"
"""One column for both names: taken apart where capitals tell them apart."""

_PEOPLE: Mapping[str, Sequence[str]] = {
    "Nom": ("nom de famille", "nom usuel", "nom d'usage", "last name", "lastname", "surname",
            "family name"),
    "Prénom": ("prenom 1", "prenom usuel", "premier prenom", "prenoms", "first name", "firstname",
               "given name"),
    "Email": ("e-mail", "mail", "courriel", "adresse de courriel", "adresse mail",
              "adresse e-mail", "adresse email", "email address", "adresse electronique",
              "e-mail address", "courriel personnel"),
    FULL_NAME: ("nom prenom", "nom, prenom", "nom complet", "full name", "nom - prenom",
                "nom/prenom", "nom et prenom", "nom & prenom"),
}  # fmt: skip
_CANDIDATES: Mapping[str, Sequence[str]] = {
    "N°": ("n", "no", "numero", "numero candidat", "numero de candidat", "numero du candidat",
           "n° candidat", "n° de candidat", "numero d'inscription", "n° d'inscription",
           "code candidat", "id candidat", "numero anonymat"),
    "Date de naissance": ("ne le", "ne(e) le", "nee le", "naissance", "date naissance",
                          "date de naiss.", "date naiss", "birthdate", "birth date",
                          "date of birth", "birthday", "dob", "ddn"),
    "Nom de naissance": ("nom de jeune fille", "nom patronymique", "nom naissance", "nom de naiss.",
                         "birth name", "maiden name"),
    "Autres prénoms": ("prenom 2", "deuxieme prenom", "prenoms suivants", "middle name"),
    "Civilité": ("civ", "civ.", "titre"),
    "Sexe": ("genre", "gender", "sex"),
    "Lieu de naissance": ("commune de naissance", "ville de naissance", "lieu naissance",
                          "ne(e) a", "birthplace", "place of birth"),
    "Code INSEE de naissance": ("code insee", "code commune de naissance", "insee naissance",
                                "code insee commune de naissance"),
    "Pays de naissance": ("pays naissance", "country of birth"),
    "Dossier CPF": ("n° dossier cpf", "numero de dossier cpf", "numero dossier cpf",
                    "dossier edof", "n° dossier edof", "numero dossier edof"),
    "Identifiant": ("matricule", "numero d'identification", "id number", "idnumber",
                    "identifiant unique", "identifiant eleve", "identifiant apprenant", "ine",
                    "student id"),
    "Parcours": ("type de parcours", "presentation"),
    "Blocs présentés": ("blocs", "blocs presentes a la session", "unites presentees"),
    "Blocs déjà acquis": ("blocs acquis", "blocs valides", "unites acquises"),
    "Voie d'accès": ("voie", "dispositif", "mode d'acces", "voie de formation",
                     "statut de formation"),
    "Options": ("option",),
    "Jury": ("n° jury", "numero de jury", "commission"),
    "Passage": ("heure de passage", "date de passage", "horaire", "convocation"),
    "Salle": ("room", "lieu de passage"),
}  # fmt: skip
_JURORS: Mapping[str, Sequence[str]] = {
    "Code": ("n°", "numero", "code jure", "identifiant"),
    "Qualité": ("fonction", "titre", "profession", "poste", "job title", "metier"),
    "Organisme": ("entreprise", "societe", "employeur", "structure", "etablissement", "company",
                  "organisation", "institution"),
    "Externe": ("exterieur", "externe ?", "professionnel exterieur"),
    "Rôle": ("role dans le jury", "fonction dans le jury", "qualite au jury"),
    "Jury": ("n° jury", "numero de jury", "commission"),
}  # fmt: skip
_SIGNS = re.compile(r"[_:*.]+|\(s\)")


def match_columns(headings: Sequence[str], sheet: SheetSpec) -> dict[int, str]:
    """Return the column of the session that each heading of a roster is, by its place.

    A heading that is the column's own name goes before its synonyms; of two, the first counts.
    """
    own = {_plain(column.name): column.name for column in sheet.columns}
    known = {**_PEOPLE, **(_JURORS if sheet.name == "Jurés" else _CANDIDATES)}
    others = {_plain(word): name for name, words in known.items() for word in words}
    found: dict[int, str] = {}
    for names in (own, others):
        for place, heading in enumerate(headings):
            name = names.get(_plain(heading))
            if name is not None and place not in found and name not in found.values():
                found[place] = name
    return dict(sorted(found.items()))


def has_people(names: Iterable[str]) -> bool:
    """Return whether columns say who a person is: a surname and a first name, or both in one."""
    found = set(names)
    return {"Nom", "Prénom"} <= found or FULL_NAME in found


def split_full_name(text: str) -> tuple[str, str] | None:
    """Return surname and first name where capitals tell them apart; None where nothing does."""
    words = text.split()
    capital = [word.isupper() and len(word.strip("-'’.")) > 1 for word in words]
    count = sum(capital)
    if not 0 < count < len(words):
        return None
    if all(capital[:count]):
        return " ".join(words[:count]), " ".join(words[count:])
    if all(capital[-count:]):
        return " ".join(words[-count:]), " ".join(words[:-count])
    return None


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(text).replace("(s)", "")).split())
