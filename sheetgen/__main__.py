"""`python -m sheetgen`: the command line."""

from sheetgen.cli.commands import main

main(prog_name="sheetgen")
