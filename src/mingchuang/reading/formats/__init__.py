"""Files in, text out: TXT, DOCX, PDF, HTML, XLSX, told apart by content and never by name."""

from mingchuang.reading.formats.extract import (
    Alignment,
    Block,
    BlockKind,
    Dropped,
    DropReason,
    Extract,
    FormatWarning,
    Place,
    SourceFormat,
    Span,
    Unreadable,
)

__all__ = [
    "Alignment",
    "Block",
    "BlockKind",
    "DropReason",
    "Dropped",
    "Extract",
    "FormatWarning",
    "Place",
    "SourceFormat",
    "Span",
    "Unreadable",
]
