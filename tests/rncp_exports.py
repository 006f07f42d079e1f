"""Exports of the register, made up: one entry that says everything, among as many as are wanted."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = "RNCP37827"
ENTRY = """<FICHE><ID_FICHE>1</ID_FICHE><NUMERO_FICHE>RNCP37827</NUMERO_FICHE>
<INTITULE>Responsable du développement commercial</INTITULE><ETAT_FICHE>Publiée</ETAT_FICHE>
<ACTIF>Oui</ACTIF>
<NOMENCLATURE_EUROPE><NIVEAU>NIV6</NIVEAU><INTITULE>Niveau 6</INTITULE></NOMENCLATURE_EUROPE>
<DATE_DECISION>19/07/2023</DATE_DECISION>
<DATE_FIN_ENREGISTREMENT>19/07/2026</DATE_FIN_ENREGISTREMENT>
<DATE_LIMITE_DELIVRANCE>19/07/2030</DATE_LIMITE_DELIVRANCE>
<CODES_NSF><NSF><CODE>312</CODE><LIBELLE>Commerce, vente</LIBELLE></NSF></CODES_NSF>
<CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>ÉCOLE FICTIVE</NOM_CERTIFICATEUR></CERTIFICATEUR>
</CERTIFICATEURS>
<SI_JURY_FI><ACTIF>Oui</ACTIF>
<COMPOSITION>Trois personnes, dont deux externes.</COMPOSITION></SI_JURY_FI>
<SI_JURY_VAE><ACTIF>Non</ACTIF></SI_JURY_VAE>
<ACTIVITES_VISEES>* Prospecter * Négocier</ACTIVITES_VISEES>
<BLOCS_COMPETENCES>
<BLOC_COMPETENCES><CODE>RNCP37827BC01</CODE><LIBELLE>Élaborer un plan</LIBELLE>
<LISTE_COMPETENCES>
* Réaliser une veille afin d'anticiper * Concevoir un plan d'actions</LISTE_COMPETENCES>
<MODALITES_EVALUATION>Mise en situation : le candidat présente un plan.</MODALITES_EVALUATION>
</BLOC_COMPETENCES>
<BLOC_COMPETENCES><CODE>RNCP37827BC02</CODE><LIBELLE>Vendre</LIBELLE>
<LISTE_COMPETENCES>- Négocier une vente - sous contrainte - Conclure un contrat</LISTE_COMPETENCES>
<MODALITES_EVALUATION>Jeu de rôle</MODALITES_EVALUATION>
</BLOC_COMPETENCES></BLOCS_COMPETENCES></FICHE>
"""
BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES xmlns:x="urn:x">\n'
END = "</FICHES>\n"


def entries(count: int, weight: int = 0) -> Iterator[str]:
    """Yield other entries, each of so many characters more, then the one that is looked for."""
    filling = "Décrit ce que fait la personne. " * (weight // 32)
    for number in range(count):
        yield (
            f"<FICHE><NUMERO_FICHE>RNCP{number + 40_000}</NUMERO_FICHE>"
            f"<INTITULE>Certification n° {number}</INTITULE>"
            f"<ACTIVITES_VISEES>{filling}</ACTIVITES_VISEES></FICHE>\n"
        )
    yield ENTRY


def write_export(path: Path, count: int = 3, weight: int = 0) -> Path:
    """Write an export as a zip."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("export-fiches-rncp-v4-0.xml", "w", force_zip64=True) as target,
    ):
        target.write(BEGINNING.encode())
        for entry in entries(count, weight):
            target.write(entry.encode())
        target.write(END.encode())
    return path
