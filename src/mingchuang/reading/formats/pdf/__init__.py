"""PDF: the text layer set in lines again by position, paragraphs by layout, page furniture apart."""

from mingchuang.reading.formats.pdf.document import read_pdf

__all__ = ["read_pdf"]
