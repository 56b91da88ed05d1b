"""A PDF without what it hides: properties, attachments, scripts, remarks, layers, earlier versions; pages rebuilt.

The file is written anew by qpdf from what can be reached: earlier versions and stray objects are not in it. Pages on
which something cannot be seen are rebuilt as pictures (``pdf_pages``). Meant to run in the child process.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.gate.cleaning.cleaned import Cleaned, Tally
from mingchuang.reading.gate.cleaning.image import strip_picture
from mingchuang.reading.gate.cleaning.pdf_pages import rebuild_page
from mingchuang.reading.gate.hidden.pdf import (
    damaged_pdf,
    layers_off,
    opened,
    pictures_of,
    revision_ends,
    sights,
    too_many,
)
from mingchuang.reading.gate.hidden.pdf_actions import annotations_of, is_harmless, outline_items
from mingchuang.reading.gate.hidden.pdf_notes import DRAWN, FILES, is_unseen
from mingchuang.reading.gate.hidden.pdf_sight import joined

_OF_ROOT = (
    "/Metadata",
    "/PieceInfo",
    "/AF",
    "/AA",
    "/Collection",
    "/Threads",
    "/Perms",
    "/DSS",
    "/Legal",
    "/SpiderInfo",
)
_OF_ANY = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Thumb", "/OPI", "/Alternates")
_OF_PAGE = ("/AA", "/B", "/Thumb")
_SHORTEST_TITLE = 2


def strip_pdf(data: bytes) -> Cleaned:
    """The file as its reader sees it; raises ``Unreadable``. What is drawn by annotations becomes part of the page."""
    tally = Tally()
    tally.add("早期版本", len(revision_ends(data)))
    try:
        with opened(data) as document:
            if len(document.pages) > limits.PDF_PAGES:
                raise too_many(len(document.pages))
            _clean_root(document, tally)
            _clean_annotations(document, tally)
            _clean_objects(document, tally)
            between = _saved(document)
        return Cleaned(_rebuilt(between, tally), tally.removed())
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise damaged_pdf() from error


def _saved(document: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _clean_root(document: pikepdf.Pdf, tally: Tally) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
        tally.add("文件属性")
    for key in _OF_ROOT:
        if key in document.Root:
            del document.Root[key]
            tally.add("文件属性" if key in {"/Metadata", "/PieceInfo"} else "附带的数据")
    tally.add("附件", len(document.attachments))
    names = document.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        tally.add("脚本", int("/JavaScript" in names))
        for key in [key for key in names.keys() if key != "/Dests"]:  # noqa: SIM118 - no mapping
            del names[key]
    if "/OpenAction" in document.Root and not _goes_somewhere(document.Root["/OpenAction"]):
        del document.Root["/OpenAction"]
        tally.add("自动动作")
    for one in outline_items(document.Root.get("/Outlines")):
        if not is_harmless(one.get("/A")):
            del one["/A"]
            tally.add("脚本、程序或指向文件的链接")


def _goes_somewhere(action: Any) -> bool:
    return isinstance(action, pikepdf.Array) or is_harmless(action)


def _clean_annotations(document: pikepdf.Pdf, tally: Tally) -> None:
    """Links stay; what is seen of the others is drawn into the page; the rest goes."""
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances"):
        document.generate_appearance_streams()
    links = [_sorted_out(document, page, tally) for page in document.pages]
    document.flatten_annotations("screen")
    if isinstance(form, pikepdf.Dictionary):
        if "/AcroForm" in document.Root:  # qpdf takes it away itself when nothing is left of it
            del document.Root["/AcroForm"]
        tally.add("表单域（看得见的内容留在页面上）")
    for page, held in zip(document.pages, links, strict=True):
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
        if held:
            page.obj["/Annots"] = pikepdf.Array(held)


def _sorted_out(document: pikepdf.Pdf, page: pikepdf.Page, tally: Tally) -> list[Any]:
    """The links of a page; its annotations are left with those that are to be drawn."""
    for key in _OF_PAGE:
        if key in page.obj:
            del page.obj[key]
    links, drawn = [], []
    for one in annotations_of(page):
        kind = str(one.get("/Subtype") or "")
        if kind == "/Link":
            if is_harmless(one.get("/A")) and "/AA" not in one:
                links.append(_bare_link(one))
            else:
                tally.add("脚本、程序或指向文件的链接")
        elif kind == "/Redact":
            _paint(document, page, one)
            tally.add("未执行的涂黑标记（已涂黑）")
        elif (kind in DRAWN or kind in {"/Widget", "/Watermark", "/PrinterMark"}) and not is_unseen(one):
            drawn.append(one)
            tally.add("批注（图形留在页面上）", int(kind in DRAWN))
        else:
            tally.add(
                "附件" if kind in FILES else "隐藏的表单域" if kind == "/Widget" else "批注", int(kind != "/Popup")
            )
    if "/Annots" in page.obj:
        page.obj["/Annots"] = pikepdf.Array(drawn)
    return links


def _bare_link(one: Any) -> Any:
    for key in ("/Contents", "/NM", "/M", "/T", "/Subj", "/OC"):
        if key in one:
            del one[key]
    return one


def _paint(document: pikepdf.Pdf, page: pikepdf.Page, annotation: Any) -> None:
    """A mark that asks for blackening is carried out: black over its box; the page is rebuilt after that."""
    x0, y0, x1, y1 = (float(side) for side in annotation["/Rect"])
    left, bottom = min(x0, x1), min(y0, y1)
    black = f"q 0 g {left:.2f} {bottom:.2f} {abs(x1 - x0):.2f} {abs(y1 - y0):.2f} re f Q"
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q\n" + black.encode("ascii"))


def _clean_objects(document: pikepdf.Pdf, tally: Tally) -> None:
    for one in document.objects:
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key in _OF_ANY:
            if key in one:
                del one[key]
    for picture in list(pictures_of(document)):
        raw = picture.read_raw_bytes()
        try:
            cleaned = strip_picture(raw)
        except Unreadable:
            continue  # a spoiled picture has no parts that could be told apart; viewers show what they can
        if cleaned.removed:
            picture.write(_unturned(raw, cleaned.data), filter=picture.Filter, decode_parms=picture.get("/DecodeParms"))
            for removed in cleaned.removed:
                tally.add(removed.what, removed.count)


def _unturned(raw: bytes, cleaned: bytes) -> bytes:
    """Inside a PDF the orientation mark has no effect: the picture must not be turned, only bared."""
    from mingchuang.reading.gate.hidden.image import parts_of  # noqa: PLC0415

    bare = b"".join(part.raw for part in parts_of(raw) if not part.extra)
    return bare or cleaned


def _rebuilt(data: bytes, tally: Tally) -> bytes:
    """The file with every page rebuilt that shows less than it holds; layers go with that."""
    doubtful = {number - 1 for number, sight in sights(data) if sight.unseen or sight.veiled}
    with opened(data) as document:
        off = layers_off(document)
        tally.add("关闭的图层", len(off))
        if off:
            gone = {one.objgen for one in off}
            doubtful |= {index for index, page in enumerate(document.pages) if _uses(page.obj.get("/Resources"), gone)}
        if doubtful:
            _rebuild(document, data, sorted(doubtful), tally)
        if "/OCProperties" in document.Root:
            del document.Root["/OCProperties"]
        return _saved(document)


def _rebuild(document: pikepdf.Pdf, data: bytes, indexes: list[int], tally: Tally) -> None:
    shown = pypdfium2.PdfDocument(data)
    unseen: list[str] = []
    try:
        for index in indexes:
            unseen += joined(rebuild_page(document, index, shown)).split("\n")
    finally:
        shown.close()
    tally.add("重建的页面", len(indexes))
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in document.Root:
            del document.Root[key]
    gone = [line.strip() for line in unseen if len(line.strip()) >= _SHORTEST_TITLE]
    for one in outline_items(document.Root.get("/Outlines")):
        title = "".join(str(one.get("/Title") or "").split())
        if any(line in title for line in gone):
            one["/Title"] = pikepdf.String("（已处理）")


def _uses(held: Any, gone: set[tuple[int, int]], depth: int = 0) -> bool:
    """Whether resources lead to a layer, by marked content or by an object that belongs to it."""
    if depth > 12 or not isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        return False
    for group in ("/Properties", "/XObject"):
        entries = held.get(group)
        for _, one in entries.items() if isinstance(entries, pikepdf.Dictionary) else ():
            if _belongs(one if group == "/Properties" else one.get("/OC"), gone):
                return True
            if group == "/XObject" and _uses(one.get("/Resources"), gone, depth + 1):
                return True
    return False


def _belongs(membership: Any, gone: set[tuple[int, int]]) -> bool:
    if not isinstance(membership, pikepdf.Dictionary):
        return False
    groups = membership.get("/OCGs")
    members = list(groups) if isinstance(groups, pikepdf.Array) else [membership, groups]
    return any(isinstance(one, pikepdf.Dictionary) and one.objgen in gone for one in members)
