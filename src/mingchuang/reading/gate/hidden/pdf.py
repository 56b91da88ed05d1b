"""What a PDF hides: letters that cannot be seen, layers, attachments, scripts, remarks, earlier versions, people.

Meant to run in the child process: pdfium and qpdf are native code, and pages are rendered.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import (
    COVERED,
    EMBEDDED,
    LAYER,
    PERSON,
    PROPERTY,
    VERSION,
    Hidden,
    Piece,
    hidden_at,
    only_text,
)
from mingchuang.reading.gate.hidden.image import search_picture
from mingchuang.reading.gate.hidden.pdf_actions import search_actions
from mingchuang.reading.gate.hidden.pdf_notes import search_notes
from mingchuang.reading.gate.hidden.pdf_sight import Letter, Sight, joined, sight_of

_MOST_REVISIONS = 10
_PEOPLE = ("/Author", "/Company", "/Manager")
_ASIDE = ("/Title", "/Subject", "/Keywords")
_XMP_PEOPLE = re.compile(
    r"<(?:dc:creator|pdf:Author|xmp:Author)\b.*?</(?:dc:creator|pdf:Author|xmp:Author)>", re.DOTALL
)
_XMP_HISTORY = re.compile(r"<(?:xmpMM:History|xmpMM:DerivedFrom|xmpMM:Ingredients|photoshop:\w+)\b")
_XMP_WORDS = re.compile(r"<(dc:title|dc:description|dc:subject|pdf:Keywords)\b.*?</\1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
_STANDARD = frozenset((*_PEOPLE, *_ASIDE, "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"))


def search_pdf(data: bytes) -> list[Hidden]:
    """All that the file hides; raises ``Unreadable``."""
    with opened(data) as document:
        count = len(document.pages)
        if count > limits.PDF_PAGES:
            raise too_many(count)
        found = [*_metadata(document), *_embedded(document), *_layers(document)]
        found += [*search_actions(document), *search_notes(document), *_pictures(document)]
    return [*found, *_revisions(data), *_pages(data)]


def too_many(count: int) -> Unreadable:
    """The refusal of a file with more pages than are read."""
    return Unreadable("too_many_pages", f"PDF 有 {count} 页，超过 {limits.PDF_PAGES} 页的上限：请拆分后上传。")


def opened(data: bytes) -> pikepdf.Pdf:
    """The file opened by qpdf; a password that only forbids printing or copying does not hinder."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted", "PDF 设有打开密码，无法读取：请取消密码后重新上传。") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise damaged_pdf() from error


def damaged_pdf() -> Unreadable:
    """The refusal of a file that cannot be opened."""
    return Unreadable("damaged", "PDF 已损坏或不完整，无法打开：请从原件重新导出后上传。")


def value(held: Any, key: str) -> Any:
    """An entry of a dictionary, None when there is none or ``held`` is no dictionary."""
    return held.get(key) if isinstance(held, pikepdf.Dictionary | pikepdf.Stream) else None


def items(held: Any) -> list[Any]:
    """The members of an array; empty for anything else."""
    return list(held) if isinstance(held, pikepdf.Array) else []


def _metadata(document: pikepdf.Pdf) -> Iterator[Hidden]:
    info = value(document.trailer, "/Info")
    place = Place("文件属性")
    held = {key: str(value(info, key) or "") for key in (*_PEOPLE, *_ASIDE)}
    people = [held[key] for key in _PEOPLE if held[key].strip()]
    xmp = value(document.Root, "/Metadata")
    packet = xmp.read_bytes().decode("utf-8", "replace") if isinstance(xmp, pikepdf.Stream) else ""
    people += [text for match in _XMP_PEOPLE.findall(packet) if (text := _TAGS.sub(" ", match).strip())]
    if people:
        yield hidden_at(PERSON.id, "uncertain", place, "文件属性里填有作者或单位。", people)
    if _XMP_HISTORY.search(packet):
        yield hidden_at(PROPERTY.id, "uncertain", place, "文件属性里记有编辑经过或来源文件。")
    yield only_text(
        place, *(held[key] for key in _ASIDE), *(_TAGS.sub(" ", match[0]) for match in _XMP_WORDS.finditer(packet))
    )
    custom = [key for key in (info.keys() if info is not None else ()) if key not in _STANDARD]
    if custom:
        texts = [str(info[key]) for key in custom]
        yield hidden_at(PROPERTY.id, "uncertain", place, f"文件带有 {len(custom)} 项自定义属性。", texts)
    if any("/PieceInfo" in holder for holder in (document.Root, *(page.obj for page in document.pages))):
        yield hidden_at(PROPERTY.id, "uncertain", place, "文件带有编辑软件的私有数据，可能保存着原始内容。")


def _embedded(document: pikepdf.Pdf) -> Iterator[Hidden]:
    names = list(document.attachments)
    others = sum("/AF" in holder for holder in (document.Root, *(page.obj for page in document.pages)))
    if names or others:
        message = f"PDF 里附有 {max(len(names), others)} 个文件，读者可以取出。"
        yield hidden_at(EMBEDDED.id, "fail", Place("附件"), message, names)
    if "/Collection" in document.Root:
        yield hidden_at(EMBEDDED.id, "fail", Place("附件"), "PDF 是文件包（组合文件），里面还有其他文件。")


def layers_off(document: pikepdf.Pdf) -> list[Any]:
    """The optional-content groups that are not shown when the file is opened."""
    layers = value(document.Root, "/OCProperties")
    usual = value(layers, "/D")
    groups = items(value(layers, "/OCGs"))
    off = {one.objgen for one in items(value(usual, "/OFF"))}
    on = {one.objgen for one in items(value(usual, "/ON"))}
    if str(value(usual, "/BaseState") or "/ON") == "/OFF":
        return [one for one in groups if one.objgen not in on]
    return [one for one in groups if one.objgen in off]


def _layers(document: pikepdf.Pdf) -> Iterator[Hidden]:
    off = layers_off(document)
    if off:
        names = [str(value(one, "/Name") or "") for one in off]
        yield hidden_at(LAYER.id, "fail", Place("图层"), f"有 {len(off)} 个图层是关闭的，读者可以打开。", names)


def pictures_of(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every JPEG that stands in the file as it came from the camera."""
    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image":
            filters = one.get("/Filter")
            last = filters if isinstance(filters, pikepdf.Name) else next(iter(items(filters)), None)
            if last == "/DCTDecode":
                yield one


def _pictures(document: pikepdf.Pdf) -> Iterator[Hidden]:
    for one in pictures_of(document):
        raw = one.read_raw_bytes()
        try:
            yield from search_picture(raw, Place("PDF 里的图片", member=f"{one.objgen[0]} {one.objgen[1]} obj"))
        except Unreadable:
            continue  # pdfium and every viewer show what they can of a spoiled picture; it carries no readable EXIF


def revision_ends(data: bytes) -> list[int]:
    """Where each earlier version of the file ended, oldest first. A linearised file's first mark is none."""
    ends = []
    for match in re.finditer(rb"startxref\s+(\d+)\s+%%EOF", data):
        if int(match[1]) != 0 and not _only_linearised(data, match.end()):
            ends.append(match.end())
    return ends[:-1]


def _only_linearised(data: bytes, end: int) -> bool:
    return b"/Linearized" in data[:1024] and end < 4096


def _revisions(data: bytes) -> Iterator[Hidden]:
    ends = revision_ends(data)
    if not ends:
        return
    now = set(_lines(data))
    lost = list(
        dict.fromkeys(line for end in ends[-_MOST_REVISIONS:] for line in _lines(data[:end]) if line not in now)
    )
    place = Place("早期版本")
    if lost:
        message = f"文件里还保存着 {len(ends)} 个早期版本，其中有已被删改的文字。"
        yield hidden_at(VERSION.id, "fail", place, message, lost)
    else:
        message = f"文件里还保存着 {len(ends)} 个早期版本（增量保存）；文字与现在相同。"
        yield hidden_at(VERSION.id, "uncertain", place, message)


def _lines(data: bytes) -> list[str]:
    """The lines of all pages; none when the version cannot be opened by itself."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    lines: list[str] = []
    try:
        for index in range(min(len(document), limits.PDF_PAGES)):
            page = document[index]
            text_page = page.get_textpage()
            lines += [line.strip() for line in text_page.get_text_range().splitlines() if line.strip()]
            text_page.close()
            page.close()
    except pypdfium2.PdfiumError:
        return lines
    finally:
        document.close()
    return lines


def sights(data: bytes) -> Iterator[tuple[int, Sight]]:
    """Every page from 1 on, with what can be seen on it; raises ``Unreadable``."""
    try:
        document = pypdfium2.PdfDocument(data)
        for index in range(len(document)):
            page = document[index]
            yield index + 1, sight_of(page)
            page.close()
        document.close()
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted", "PDF 设有打开密码，无法读取：请取消密码后重新上传。") from error
        raise damaged_pdf() from error


def _pages(data: bytes) -> Iterator[Hidden]:
    for number, sight in sights(data):
        if sight.unseen:
            place = Place(f"第{number}页", page=number, box=_around(sight.unseen))
            pieces = tuple(
                Piece(Place(f"第{number}页", page=number, box=_around(line)), joined(line))
                for line in _by_line(sight.unseen)
            )
            message = f"第{number}页有 {len(sight.unseen)} 个字看不见（被遮盖、与底色相同或不显示），但可以复制出来。"
            yield Hidden(COVERED.id, "fail", place, message, pieces)
        elif sight.veiled:
            place = Place(f"第{number}页", page=number, box=sight.veiled[0])
            message = f"第{number}页的图片上盖有 {len(sight.veiled)} 个色块，色块可以移开，下面的图片还在。"
            yield hidden_at(COVERED.id, "uncertain", place, message)


def _by_line(letters: list[Letter]) -> list[list[Letter]]:
    lines: list[list[Letter]] = []
    for letter in letters:
        last = lines[-1][-1] if lines else None
        if last is None or abs(letter.box[1] - last.box[1]) > (last.box[3] - last.box[1]):
            lines.append([])
        lines[-1].append(letter)
    return lines


def _around(letters: list[Letter]) -> tuple[float, float, float, float]:
    boxes = [letter.box for letter in letters]
    return (
        round(min(box[0] for box in boxes), 1),
        round(min(box[1] for box in boxes), 1),
        round(max(box[2] for box in boxes), 1),
        round(max(box[3] for box in boxes), 1),
    )
