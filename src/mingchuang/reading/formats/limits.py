"""How much one file may ask of the machine. These are technical limits, not law: each says what it protects.

The longest notices seen have some 200 pages: about 120,000 characters, a DOCX of 1 MB, a `document.xml` of 5 MB.
Every limit lies at least ten times above that.
"""

from __future__ import annotations

from typing import Final

MEBIBYTE: Final = 1024 * 1024

FILE_BYTES: Final = 100 * MEBIBYTE
"""A file is held in memory whole, once as bytes and once as text."""

TEXT_CHARACTERS: Final = 20_000_000
"""Text of one document; some thirty thousand pages. Above it the file is no document but a dump."""

MARKUP_BYTES: Final = 20 * MEBIBYTE
"""HTML as a tree takes about ten times its bytes in memory."""

ARCHIVE_MEMBERS: Final = 5_000
"""A DOCX has a dozen parts and one per picture; the directory alone of a hostile archive may hold millions."""

ARCHIVE_MEMBER_BYTES: Final = 64 * MEBIBYTE
"""One unpacked XML part; as a tree it takes about ten times this in memory."""

ARCHIVE_TOTAL_BYTES: Final = 400 * MEBIBYTE
"""All parts as declared, pictures included: only the parts that hold text are ever unpacked."""

ARCHIVE_RATIO: Final = 200
"""Unpacked to packed. Office XML packs 10:1 to 60:1; deflate's own ceiling, which bombs use, is 1032:1."""

ARCHIVE_RATIO_FLOOR_BYTES: Final = 4 * MEBIBYTE
"""Below this size a high ratio harms nobody (an empty styles part packs very well)."""

NESTED_ELEMENTS: Final = 4_000
"""Elements of a web page within elements: the parser's time grows with the square of the depth. Pages nest to 30, and
one that never closes its tags to some hundreds."""

NESTED_TABLES: Final = 16
"""Tables within tables. Word itself stops being usable at five; deeper nesting only attacks the stack."""

PDF_PAGES: Final = 2_000
"""Ten times the longest notice. Time grows with pages: about 5 ms each."""

SHEET_CELLS: Final = 2_000_000
"""Cells of the bounding box of one sheet: two far corners alone span 17,000,000,000 cells."""

SHEETS: Final = 200
"""Sheets of one workbook that are read."""

CHILD_SECONDS: Final = 60
"""Processor time of the child process that parses a PDF or a workbook; the longest allowed PDF takes about 20."""

CHILD_BYTES: Final = 2048 * MEBIBYTE
"""Address space of that child: the file, its objects, the text; a bomb ends the child and not the server."""
