"""Kinds of problem of documents that are to be PDFs as well."""

from __future__ import annotations

from sheetgen.problems.records import Together, error

LIBREOFFICE_MISSING = error(
    "libreoffice-missing",
    "LibreOffice n’est pas installé, ou n’a pas été trouvé : aucun PDF n’est fait. Les documents "
    "Word le sont.",
    "L’installer (libreoffice.org), ou dire où il est avec --libreoffice ou le réglage "
    "« libreoffice » de sheetgen.toml, puis relancer la même commande.",
    "Les PDF sont faits par LibreOffice, cherché sur le PATH, puis là où il s’installe "
    "d’habitude : Program Files sous Windows, Applications sous macOS, /usr/lib et /opt sous "
    "Linux. Celui qui serait ouvert à l’écran n’est pas touché.",
)

LIBREOFFICE_NOT_THERE = error(
    "libreoffice-not-there",
    "il n’y a pas de LibreOffice à cet endroit : aucun PDF n’est fait. Les documents Word le sont.",
    "Corriger --libreoffice, le réglage « libreoffice » de sheetgen.toml ou la variable "
    "SHEETGEN_LIBREOFFICE ; sans ce réglage, LibreOffice est cherché là où il s’installe "
    "d’habitude.",
    "Le réglage désigne le programme (soffice, soffice.com sous Windows), son dossier, ou "
    "l’application sous macOS.",
)

PDF_NOT_MADE = error(
    "pdf-not-made",
    "le PDF de ce document n’a pas été fait : {reason}.",
    "L’ouvrir dans LibreOffice ou Word pour voir ce qui l’en empêche, et l’exporter en PDF de là ; "
    "ou relancer la même commande.",
    "Chaque document est converti à part : ce qui empêche l’un n’empêche pas les autres. Un "
    "document sur lequel LibreOffice reste plus d’une minute est laissé de côté.",
    Together(
        sentence="{count} PDF n’ont pas été faits : {items}.",
        item="{file} ({reason})",
        across=True,
    ),
)
