"""Gather everything held on one person, for that person: the right of access of the GDPR."""

from sheetgen.subject_access.extract import Holdings, extract_candidate, find_candidate

__all__ = ["Holdings", "extract_candidate", "find_candidate"]
