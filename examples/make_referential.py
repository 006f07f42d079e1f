"""Makes the example's referential.xlsx: the shipped one, its certification filled in.

Run after a change of certification.toml, or of the shipped référentiel.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from make_workbooks import shipped_contents

from sheetgen.sources.schema import REFERENTIAL
from sheetgen.sources.write import Contents, write_source_workbook

EXAMPLES = Path(__file__).resolve().parent


def example_contents() -> Contents:
    """Return the shipped référentiel with what certification.toml adds to « Certification ».

    Raises:
        ValueError: the shipped référentiel says something there already.
    """
    shipped = shipped_contents()
    invented = tomllib.loads((EXAMPLES / "certification.toml").read_text(encoding="utf-8"))
    known = shipped.fields["Certification"]
    said = ", ".join(sorted(invented.keys() & known.keys()))
    if said:
        message = f"the shipped référentiel says its own {said}"
        raise ValueError(message)
    return replace(shipped, fields={**shipped.fields, "Certification": {**known, **invented}})


def main() -> None:
    """Write referential.xlsx beside the data it comes from, or to the file named as an argument."""
    parser = argparse.ArgumentParser(description="Make the example's référentiel.")
    parser.add_argument("target", nargs="?", type=Path, default=EXAMPLES / "referential.xlsx")
    target = parser.parse_args().target
    write_source_workbook(target, REFERENTIAL, example_contents())
    print(f"made {target}")


if __name__ == "__main__":
    main()
