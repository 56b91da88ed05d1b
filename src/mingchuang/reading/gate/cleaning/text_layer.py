"""An invisible text layer: letters at their places, in a font whose shapes are empty.

Type 3 fonts need no font file and may say of each of their 256 codes which character it is (ISO 32000-1, 9.6.5 and
9.10.3): what is searched and copied is exactly what is given here, whatever script it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pikepdf

_CODES = 255  # code 0 is left alone: some readers take it for the end


class Placed(NamedTuple):
    """A character and its box in the coordinates of the page that is made."""

    char: str
    left: float
    bottom: float
    width: float
    height: float


def text_layer(document: pikepdf.Pdf, letters: Iterable[Placed]) -> tuple[bytes, pikepdf.Dictionary]:
    """The content that sets the letters invisibly, and the fonts that it names."""
    codes: dict[str, tuple[int, int]] = {}
    parts = ["BT 3 Tr"]
    current = -1
    for letter in letters:
        font, code = codes.setdefault(letter.char, (len(codes) // _CODES, len(codes) % _CODES + 1))
        if font != current:
            parts.append(f"/T{font} 1 Tf")
            current = font
        matrix = f"{letter.width:.2f} 0 0 {letter.height:.2f} {letter.left:.2f} {letter.bottom:.2f}"
        parts.append(f"{matrix} Tm <{code:02X}> Tj")
    parts.append("ET")
    fonts = pikepdf.Dictionary()
    for font in range(max((font for font, _ in codes.values()), default=-1) + 1):
        held = {code: char for char, (number, code) in codes.items() if number == font}
        fonts[f"/T{font}"] = _font(document, held)
    return "\n".join(parts).encode("ascii"), fonts


def _font(document: pikepdf.Pdf, held: dict[int, str]) -> pikepdf.Object:
    last = max(held)
    shape = document.make_stream(b"1000 0 0 0 1000 1000 d1")
    names = {code: pikepdf.Name(f"/c{code}") for code in held}
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type3,
        FontBBox=[0, 0, 1000, 1000],
        FontMatrix=pikepdf.Array([pikepdf.Object.parse(b"0.001"), 0, 0, pikepdf.Object.parse(b"0.001"), 0, 0]),
        CharProcs=pikepdf.Dictionary({str(name): shape for name in names.values()}),
        Encoding=pikepdf.Dictionary(
            Type=pikepdf.Name.Encoding,
            Differences=pikepdf.Array([part for code, name in sorted(names.items()) for part in (code, name)]),
        ),
        FirstChar=1,
        LastChar=last,
        Widths=pikepdf.Array([1000] * last),
        Resources=pikepdf.Dictionary(),
        ToUnicode=document.make_stream(_to_unicode(held)),
    )
    return document.make_indirect(font)


def _to_unicode(held: dict[int, str]) -> bytes:
    pairs = [f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in sorted(held.items())]
    blocks = []
    for start in range(0, len(pairs), 100):  # a block holds a hundred at most
        block = pairs[start : start + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
