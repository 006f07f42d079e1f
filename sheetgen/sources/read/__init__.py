"""Read a source workbook by its declaration: sheets to tables, cells to values, faults told."""
