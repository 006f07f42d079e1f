"""Scoring grids, jury reports and decisions for RNCP certifications, from one workbook."""

__version__ = "0.1.0"
