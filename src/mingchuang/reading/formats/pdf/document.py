"""A PDF read page by page. Meant to run in the child process: see ``child.py``."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.extract import Extract, Unreadable
from mingchuang.reading.formats.pdf.glyphs import PageContent, read_page
from mingchuang.reading.formats.pdf.pages import PageComposer

_GARBLED = 0.3  # share of glyphs without a character above which the text layer is of no use
_LISTED_PAGES = 10


def read_pdf(data: bytes) -> Extract:
    """Read the text layer of a PDF; raises ``Unreadable`` (scanned, encrypted, damaged, garbled, too many pages)."""
    contents = _contents(data)
    _refuse_garbled(contents)
    composer = Composer("pdf")
    PageComposer(contents, composer).compose()
    if not composer.has_text:
        if any(content.pictures for content in contents):
            raise Unreadable("no_text", "PDF 是扫描件，没有文字层，需要先做文字识别（OCR）后再上传。")
        raise Unreadable("empty", "PDF 里没有文字。")
    _warn(contents, composer)
    return composer.finish()


def _contents(data: bytes) -> list[PageContent]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Unreadable("encrypted", "PDF 设有打开密码，无法读取：请取消密码后重新上传。") from error
        raise _damaged() from error
    try:
        count = len(document)
        if count > limits.PDF_PAGES:
            raise Unreadable("too_many_pages", f"PDF 有 {count} 页，超过 {limits.PDF_PAGES} 页的上限：请拆分后上传。")
        if count == 0:
            raise _damaged()
        return [_content(document, index) for index in range(count)]
    finally:
        document.close()


def _content(document: pypdfium2.PdfDocument, index: int) -> PageContent:
    try:
        page = document[index]
        try:
            return read_page(page)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            "damaged", f"PDF 第 {index + 1} 页已损坏，为避免错漏未作读取：请从原件重新导出后上传。"
        ) from error


def _damaged() -> Unreadable:
    return Unreadable("damaged", "PDF 已损坏或不完整，无法打开：请从原件重新导出后上传。")


def _refuse_garbled(contents: Sequence[PageContent]) -> None:
    glyphs = sum(content.glyph_count for content in contents)
    if glyphs and sum(content.unmapped for content in contents) > glyphs * _GARBLED:
        raise Unreadable("garbled", "PDF 的文字层是乱码（字体没有文字编码），需要先做文字识别（OCR）后再上传。")


def _warn(contents: Sequence[PageContent], composer: Composer) -> None:
    for number, content in enumerate(contents, start=1):
        composer.drop(content.watermark, "watermark", number)
    bare = [number for number, content in enumerate(contents, start=1) if content.pictures]
    if bare:
        listed = "、".join(map(str, bare[:_LISTED_PAGES])) + (" 等" if len(bare) > _LISTED_PAGES else "")
        composer.warn("page_without_text", f"第 {listed} 页是图片、几乎没有文字，图片里的文字没有读取。")
    unmapped = sum(content.unmapped for content in contents)
    if unmapped:
        composer.warn("unmapped_glyphs", f"有 {unmapped} 个字没有文字编码，无法认出，请对照原件核对。")
