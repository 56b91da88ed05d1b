"""What a DOCX hides: revisions, comments, hidden text, people's names, objects, links, macros, stray parts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.asides import asides
from mingchuang.reading.gate.hidden.found import (
    COMMENT,
    EXTERNAL,
    MACRO,
    PERSON,
    PROPERTY,
    REVISION,
    TEXT,
    Hidden,
    Piece,
    at_most,
    hidden_at,
)
from mingchuang.reading.gate.hidden.package import Package, get, local, search_package
from mingchuang.reading.gate.hidden.word_look import Look, run_text

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORDS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REVISED = {"ins": "插入", "del": "删除", "moveFrom": "移走", "moveTo": "移入"}
CELL_REVISIONS = frozenset({"cellIns", "cellDel", "cellMerge"})
COMMENT_KINDS = frozenset({"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"})
_CHANGES = frozenset({"tblGridChange", "numberingChange"})
_TITLES = (
    ("document", "正文"),
    ("header", "页眉"),
    ("footer", "页脚"),
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
    ("comments", "批注"),
)
_DANGEROUS_FIELD = re.compile(r"\A\s*(?:DDE|DDEAUTO|MACROBUTTON)\b", re.IGNORECASE)
_FILE_FIELD = re.compile(r"\A\s*(?:INCLUDETEXT|INCLUDEPICTURE|LINK|DATABASE|RD)\b", re.IGNORECASE)
FILE_PATH = re.compile(r"(?i)\b[a-z]:[\\/]|\\\\[^\\\s]+\\|file:/")


def search_docx(data: bytes) -> list[Hidden]:
    """All that the file hides; raises ``Unreadable``."""
    package = Package(data)
    found = search_package(package)
    for name in word_parts(package):
        found += _part(package, name)
    return [*found, *_comments(package), *_settings(package), *asides(package)]


def word_parts(package: Package) -> list[str]:
    """The parts that hold paragraphs."""
    return [
        name
        for name in sorted(package.reachable())
        if name and package.is_markup(name) and package.has(name) and _holds_words(package, name)
    ]


def _holds_words(package: Package, name: str) -> bool:
    root = package.tree(name)
    known = str(root.tag).startswith((f"{{{WORDS}}}", f"{{{STRICT_WORDS}}}"))
    return known and local(root) in {"document", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument"}


def reaches_out(code: str) -> bool:
    """Whether a field's code runs a program or names a file."""
    return any(pattern.search(code) for pattern in (_DANGEROUS_FIELD, _FILE_FIELD, FILE_PATH))


def look_of(package: Package) -> Look:
    """The styles that decide what can be seen."""
    styles = package.of_kind("styles")
    main = package.of_kind("officeDocument")
    background = next((one for one in package.tree(main[0]) if local(one) == "background"), None) if main else None
    return Look(package.tree(styles[0]) if styles else None, background)


def is_change(element: Element) -> bool:
    """An element that keeps an earlier format, cell or grid."""
    name = local(element)
    return name.endswith("PrChange") or name in _CHANGES or name in CELL_REVISIONS


class _Numbers:
    """Paragraphs of a part by number, blank ones not counted."""

    def __init__(self, root: Element, name: str) -> None:
        stem = posixpath.basename(name)
        self._title = next((title for start, title in _TITLES if stem.startswith(start)), "文件内部")
        self._member = name
        self._numbers: dict[Element, int] = {}
        count = 0
        for one in root.iter():
            if isinstance(one.tag, str) and local(one) == "p":
                count += any(local(part) in {"t", "delText"} for part in one.iter() if isinstance(part.tag, str))
                self._numbers[one] = max(count, 1)

    def place(self, element: Element) -> Place:
        inside = (one for one in (element, *element.iterancestors()) if one in self._numbers)
        paragraph = next(inside, None)
        number = f"第{self._numbers[paragraph]}段" if paragraph is not None else ""
        return Place(f"{self._title}{number}", member=self._member)

    @property
    def whole(self) -> Place:
        return Place(self._title, member=self._member)


def _part(package: Package, name: str) -> Iterator[Hidden]:
    root = package.tree(name)
    numbers = _Numbers(root, name)
    revisions = list(_revisions(root, numbers))
    yield from at_most(revisions, numbers.whole, "另有 {count} 处修订痕迹。")
    look = look_of(package)
    texts = []
    for run in root.iter(f"{{{WORDS}}}r", f"{{{STRICT_WORDS}}}r"):
        how = look.hides(run)
        if how:
            texts.append(
                hidden_at(
                    TEXT.id, "fail", numbers.place(run), f"有{how}，读者看不见，但可以复制出来。", [run_text(run)]
                )
            )
    yield from at_most(texts, numbers.whole, "另有 {count} 处隐藏文字。")
    yield from _fields(root, numbers)
    yield from _paths(root, numbers)


def _revisions(root: Element, numbers: _Numbers) -> Iterator[Hidden]:
    for one in root.iter():
        if not isinstance(one.tag, str):
            continue
        name = local(one)
        if name in REVISED:
            parent = one.getparent()
            mark = parent is not None and local(parent) in {"rPr", "trPr", "ctrlPr", "numPr"}
            message = f"有未处理的修订（{REVISED[name]}{'段落或行' if mark else '的文字'}），修订前后的内容都在文件里。"
            yield hidden_at(
                REVISION.id, "fail", numbers.place(one), message, [*_letters(one), get(one, "author") or ""]
            )
        elif is_change(one):
            message = "有未处理的格式或表格修订。"
            yield hidden_at(REVISION.id, "fail", numbers.place(one), message, [get(one, "author") or ""])


def _letters(element: Element) -> list[str]:
    parts = (one for one in element.iter() if isinstance(one.tag, str) and local(one) in {"t", "delText"})
    return ["".join(one.text or "" for one in parts)]


def _fields(root: Element, numbers: _Numbers) -> Iterator[Hidden]:
    for one in root.iter():
        if not isinstance(one.tag, str) or local(one) not in {"instrText", "fldSimple", "delInstrText"}:
            continue
        code = get(one, "instr") or one.text or ""
        if _DANGEROUS_FIELD.match(code):
            yield hidden_at(MACRO.id, "fail", numbers.place(one), "有会运行程序的域代码。", [code])
        elif _FILE_FIELD.match(code) or FILE_PATH.search(code):
            yield hidden_at(EXTERNAL.id, "fail", numbers.place(one), "有链接到外部文件的域代码，并暴露其路径。", [code])


def _paths(root: Element, numbers: _Numbers) -> Iterator[Hidden]:
    """Pictures often keep the path they were inserted from, in their name or description."""
    for one in root.iter():
        if isinstance(one.tag, str) and local(one) in {"docPr", "cNvPr", "imagedata", "shape"}:
            texts = [get(one, name) or "" for name in ("name", "descr", "title", "alt")]
            if any(FILE_PATH.search(text) for text in texts):
                message = "图片的说明里留有插入时的文件路径。"
                yield hidden_at(PROPERTY.id, "uncertain", numbers.place(one), message, texts)
            elif any(texts):
                yield hidden_at("", "pass", numbers.place(one), "", texts)


def _comments(package: Package) -> Iterator[Hidden]:
    for name in package.of_kind("comments"):
        held = [one for one in package.tree(name) if local(one) == "comment"]
        if held:
            place = Place("批注", member=name)
            pieces = tuple(
                Piece(Place(f"第{number}条批注", member=name), text)
                for number, one in enumerate(held, start=1)
                for text in (*_letters(one), get(one, "author") or "")
                if text.strip()
            )
            yield Hidden(COMMENT.id, "fail", place, f"文件里有 {len(held)} 条批注。", pieces)
    for name in package.of_kind("people"):
        people = [get(one, "author") or "" for one in package.tree(name)]
        if any(people):
            yield hidden_at(PERSON.id, "uncertain", Place("文件属性", member=name), "文件里留有修改者名单。", people)


def _settings(package: Package) -> Iterator[Hidden]:
    for name in package.of_kind("settings"):
        place = Place("文件属性", member=name)
        for one in package.tree(name):
            if local(one) == "docVars":
                texts = [get(variable, "val") or "" for variable in one]
                yield hidden_at(PROPERTY.id, "uncertain", place, "文件带有看不见的文档变量。", texts)
            elif local(one) == "mailMerge":
                texts = [get(part, "val") or "" for part in one.iter() if isinstance(part.tag, str)]
                yield hidden_at(EXTERNAL.id, "fail", place, "文件保留着邮件合并的数据源和查询。", texts)
