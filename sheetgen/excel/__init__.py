"""The parts that the writers of workbooks share; all modules are for others to use.

`text_fit` says how much room a text takes, `cell_text` what a cell holds, `formats` and `palette`
how it looks. The rest is imported by name where it is needed: `mark_list` (what a mark may be),
`mould` (a workbook written once, filled many times), `sheet_parts` (sheets written once, put into
many workbooks), and the two that load XlsxWriter, which takes
a tenth of a second: `safe_worksheet` and `cell_formats`.
"""

from sheetgen.excel import cell_text, formats, palette, text_fit

__all__ = ["cell_text", "formats", "palette", "text_fit"]
