"""Reading files of others in processes that may hang, swell or die without harm to anybody else."""

from sheetgen.spreadsheet.contained.crew import begin_contained, read_contained
from sheetgen.spreadsheet.contained.single import begin_alone, read_alone
from sheetgen.spreadsheet.contained.worker import FileToRead, ReadFile

__all__ = [
    "FileToRead",
    "ReadFile",
    "begin_alone",
    "begin_contained",
    "read_alone",
    "read_contained",
]
