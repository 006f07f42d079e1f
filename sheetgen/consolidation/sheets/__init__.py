"""The sheets of `consolidation.xlsx`, a module for each."""
