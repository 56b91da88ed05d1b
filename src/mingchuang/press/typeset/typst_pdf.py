"""The PDF: the sheet given to typst as data, compiled to a tagged PDF (PDF/UA-1), the same bytes for the same input."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typst

from mingchuang.norms.outcome import Issue, Refused
from mingchuang.press.typeset import sheet as sheets
from mingchuang.press.typeset.document import OfficialDocument, check
from mingchuang.press.typeset.fonts import Fonts, Role, Substitute

_TEMPLATE = Path(__file__).with_name("official.typ")
#: The text goes over to the signature's page by this many lines when it would stay behind alone.
_LINES_TO_SIGNATURE = 2
_PLACES = """(
  text: query(<end-of-text>).map(mark => {
    let at = mark.location().position()
    (page: at.page, lines: (37mm + 225mm - at.y) / ((225mm - 16pt) / 21))
  }),
  closing: query(<closing>).map(mark => (page: mark.location().page())),
)"""


def pdf(document: OfficialDocument, fonts: Fonts) -> bytes:
    """The document as a tagged PDF/UA-1 file on A4.

    Raises `norms.outcome.Refused` with every reason when an element is missing or wrong, and `fonts.MissingGlyphs`
    when a character has no shape in the fonts of its role. What stands in for a font is told by `substitutes`.
    """
    composed = _composed(document)
    fonts.substitutes(sheets.characters(composed))
    with tempfile.TemporaryDirectory(prefix="mingchuang-typeset-") as folder:
        for name, data in composed.pictures.items():
            (Path(folder) / name).write_bytes(data)
        return _compile(composed.data, fonts, folder)


def substitutes(document: OfficialDocument, fonts: Fonts) -> tuple[Substitute, ...]:
    """Which fonts stand in for those of the standard in this document. Raises as `pdf`."""
    return fonts.substitutes(sheets.characters(_composed(document)))


def _composed(document: OfficialDocument) -> sheets.Sheet:
    check(document)
    return sheets.compose(document)


def _compile(data: dict[str, Any], fonts: Fonts, folder: str) -> bytes:
    faces = {role.value: {"families": fonts.families(role), "weight": fonts.weight(role)} for role in Role}
    template = Path(folder) / _TEMPLATE.name
    template.write_bytes(_TEMPLATE.read_bytes())
    try:
        compiler = typst.Compiler(template, root=folder, font_paths=fonts.handle, package_path=folder)
        made = _made(compiler, data, faces, reserve=0)
        reserve = _lines_to_reserve(compiler)
        return _made(compiler, data, faces, reserve) if reserve else made
    except typst.TypstError as error:
        raise Refused([Issue("typeset.failed", f"公文不能排版，排版程序报告：{error.message}")]) from error


def _made(compiler: typst.Compiler, data: dict[str, Any], faces: dict[str, Any], reserve: int) -> bytes:
    inputs = {"fonts": json.dumps(faces), "sheet": json.dumps({**data, "reserve": reserve})}
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


def _lines_to_reserve(compiler: typst.Compiler) -> int:
    """How many lines to keep free below the text, so that its end goes over to the page of the signature.

    0 when both are on one page already: a signature on a page without text (此页无正文) is not allowed.
    """
    places = json.loads(compiler.eval(_PLACES))
    if not places["text"] or not places["closing"] or places["closing"][0]["page"] <= places["text"][0]["page"]:
        return 0
    return round(float(places["text"][0]["lines"])) + _LINES_TO_SIGNATURE
