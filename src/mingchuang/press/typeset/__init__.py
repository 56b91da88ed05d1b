"""Official documents out: GB/T 9704-2012 as a tagged PDF (typst) and as DOCX.

``pdf(document, fonts) -> bytes``, ``docx(document, fonts) -> bytes``; ``substitutes(document, fonts)`` says which
fonts stand in. A refusal names every reason.
"""

from mingchuang.press.typeset.document import Annex, OfficialDocument, check
from mingchuang.press.typeset.fonts import Fonts, MissingGlyphs, Role, Substitute
from mingchuang.press.typeset.typst_pdf import pdf, substitutes


def docx(document: OfficialDocument, fonts: Fonts) -> bytes:
    """The document as DOCX (`word.document.docx`); the writer is loaded when first asked for: a PDF needs it not."""
    from mingchuang.press.typeset.word.document import docx as write  # noqa: PLC0415

    return write(document, fonts)


__all__ = [
    "Annex",
    "Fonts",
    "MissingGlyphs",
    "OfficialDocument",
    "Role",
    "Substitute",
    "check",
    "docx",
    "pdf",
    "substitutes",
]
