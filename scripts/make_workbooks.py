"""Makes `referential.xlsx`, the shipped référentiel, from the transcription beside this script.

Run after a change of `referential.toml` or of the writer; a test holds the two together.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from sheetgen.sources.schema import REFERENTIAL
from sheetgen.sources.write import Contents, write_source_workbook

ROOT = Path(__file__).resolve().parents[1]


def shipped_contents() -> Contents:
    """The transcription, as the rows of the workbook's sheets."""
    text = (ROOT / "scripts" / "referential.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    competencies = data["competencies"]
    return Contents(
        fields={"Certification": data["certification"]},
        rows={
            "Blocs": [
                {"Code": b["code"], "Activité": b["activity"], "Intitulé": b["title"]}
                for b in data["blocks"]
            ],
            "Activités": [
                {"Code": a["code"], "Bloc": a["block"], "Intitulé": a["title"]}
                for a in data["activities"]
            ],
            "Modalités": [
                {
                    "Code": _method_code(c["code"]),
                    "Type": c["method"]["kind"],
                    "Description": c["method"]["description"],
                    "Capitalisation de bloc": c["method"].get(
                        "block_variant", data["block_variant"]
                    ),
                }
                for c in competencies
            ],
            "Compétences": [
                {
                    "Code": c["code"],
                    "Activité": c["activity"],
                    "Intitulé": c["title"],
                    "Modalité": _method_code(c["code"]),
                }
                for c in competencies
            ],
            "Critères": [
                {
                    "Code": f"{c['code']}.{number}",
                    "Compétence": c["code"],
                    "Intitulé": criterion,
                }
                for c in competencies
                for number, criterion in enumerate(c["criteria"], start=1)
            ],
            "Échelle": data["scale"],
        },
        source=data["source"],
    )


def _method_code(competency: str) -> str:
    """Each competency of this référentiel has a method of its own: M1.1 assesses C1.1."""
    return competency.replace("C", "M", 1)


if __name__ == "__main__":
    target = ROOT / "referential.xlsx"
    write_source_workbook(target, REFERENTIAL, shipped_contents())
    print(f"{target.name} written")
