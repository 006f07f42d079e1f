"""Makes the example's session.xlsx from session.toml; run after changing the latter."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import Contents, write_source_workbook

EXAMPLES = Path(__file__).resolve().parent


def main() -> None:
    """Writes session.xlsx beside the data it comes from, or the file named as an argument."""
    parser = argparse.ArgumentParser(description="Make the example's session workbook.")
    parser.add_argument("target", nargs="?", type=Path, default=EXAMPLES / "session.xlsx")
    target = parser.parse_args().target
    data = tomllib.loads((EXAMPLES / "session.toml").read_text(encoding="utf-8"))
    contents = Contents(fields={"Session": data.pop("Session")}, rows=data)
    write_source_workbook(target, SESSION, contents)
    print(f"made {target}")


if __name__ == "__main__":
    main()
