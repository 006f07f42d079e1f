"""A school's folder: what `sheetgen init` makes of it, and its settings file, `sheetgen.toml`.

`create` is imported where a folder is really made: it needs what writes workbooks.
"""
