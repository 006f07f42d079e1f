"""Makes the workbooks of every example in referentiels/, each from the data in its folder.

Run after a change of a referential.toml or session.toml there, or of the writer. Sheets, rows and
columns carry in the data the names they have in the workbook.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.sources.schema import REFERENTIAL, SESSION
from sheetgen.sources.write import Contents, write_source_workbook

if TYPE_CHECKING:
    from sheetgen.sources.schema import WorkbookSpec

EXAMPLES = Path(__file__).resolve().parent / "referentiels"
WORKBOOKS = {"referential": REFERENTIAL, "session": SESSION}


def read_contents(data: Path, spec: WorkbookSpec) -> Contents:
    """Return what the data file says of the workbook's sheets of fields, and of those of rows."""
    found = tomllib.loads(data.read_text(encoding="utf-8"))
    fields = {sheet.name: found.pop(sheet.name, {}) for sheet in spec.sheets if sheet.fields}
    return Contents(fields=fields, rows=found)


def main() -> None:
    """Write both workbooks of each example beside their data, or under the folder named."""
    parser = argparse.ArgumentParser(description="Make the workbooks of the example référentiels.")
    parser.add_argument("target", nargs="?", type=Path, default=EXAMPLES)
    target = parser.parse_args().target
    for data in sorted(EXAMPLES.glob("*/*.toml")):
        made = target / data.parent.name / f"{data.stem}.xlsx"
        made.parent.mkdir(parents=True, exist_ok=True)
        spec = WORKBOOKS[data.stem]
        write_source_workbook(made, spec, read_contents(data, spec))
        print(f"made {made}")


if __name__ == "__main__":
    main()
