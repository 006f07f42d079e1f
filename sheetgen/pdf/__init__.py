"""Word documents to PDF, by the LibreOffice that is installed on this computer.

`find_libreoffice` says which program that is, `convert_documents` has it make every PDF in one
process, with a profile of its own: a LibreOffice that is open on the screen is never touched, and
no document is changed.
"""

from sheetgen.pdf.conversion import Patience, convert_documents
from sheetgen.pdf.installation import find_libreoffice

__all__ = ["Patience", "convert_documents", "find_libreoffice"]
