"""Official documents as DOCX, on the same grid as the PDF: 22 lines of 28 characters on A4."""

from mingchuang.press.typeset.word.document import docx

__all__ = ["docx"]
