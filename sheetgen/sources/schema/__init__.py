"""Declarations of the source workbooks: sheets, columns, rows, and what may stand in them."""
