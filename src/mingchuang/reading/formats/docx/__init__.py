"""DOCX: paragraphs and tables in document order, automatic numbers rebuilt, what is left out listed."""

from mingchuang.reading.formats.docx.document import read_docx

__all__ = ["read_docx"]
