"""An Office file as parts bound by relationships, and what DOCX and XLSX hide alike: properties, objects, links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingchuang.reading.formats.archive import DAMAGED_ARCHIVE, Archive
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.markup import Element, parse_part
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import (
    EMBEDDED,
    EXTERNAL,
    MACRO,
    PERSON,
    PROPERTY,
    THUMBNAIL,
    VERSION,
    Hidden,
    hidden_at,
    only_text,
    shown,
)
from mingchuang.reading.gate.hidden.image import kind_of_picture, search_picture

CONTENT_TYPES = "[Content_Types].xml"
EMBEDDED_KINDS = frozenset({"oleObject", "package", "control", "aFChunk", "activeXControlBinary", "ctrlProp"})
MACRO_KINDS = frozenset(
    {"vbaProject", "wordVbaData", "attachedToolbars", "keyMapCustomizations", "xlMacrosheet", "xlIntlMacrosheet"}
)
PROGRAM_KINDS = frozenset({"webextension", "webextensiontaskpanes", "ui/extensibility", "extensibility"})
PROPERTY_KINDS = frozenset({"core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml"})
_PEOPLE = {"creator": "作者", "lastModifiedBy": "最后修改者", "Company": "单位", "Manager": "主管"}
_TEXTS = ("title", "subject", "keywords", "description", "category", "contentStatus")
_HARMLESS_CUSTOM = frozenset({"KSOProductBuildVer", "ICV"})  # WPS writes its version and a random number into each file
_OPEN_LINK = re.compile(r"(?i)(?:https?://|mailto:|tel:|#)")
_PART_OF_MARKUP = (".xml", ".rels")  # VML beside a sheet is often no well-formed XML, and holds no text


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is the last word of its type; ``target`` a member's name, or the address when ``external``."""

    id: str
    kind: str
    target: str
    external: bool
    element: Element


def local(element: Element) -> str:
    """The tag without its namespace: transitional and strict files differ only there."""
    return str(element.tag).rpartition("}")[2]


def get(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def text_of(element: Element) -> str:
    """All character data below."""
    return "".join(str(text) for text in element.itertext())


class Package:
    """The parts of an Office archive, parsed once each. Raises ``Unreadable`` for every hostile or damaged one."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._trees: dict[str, Element] = {}
        self._by_fold = {name.casefold(): name for name in self._archive.names}

    @property
    def names(self) -> list[str]:
        """All members but folders, sorted."""
        return sorted(name for name in self._archive.names if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """The bytes of a member, empty when there is none."""
        return self._archive.read(self._by_fold.get(name.casefold(), name)) or b""

    def has(self, name: str) -> bool:
        """Whether there is such a member; names differ by more than case."""
        return name.casefold() in self._by_fold

    def tree(self, name: str) -> Element:
        """The root of a part, the same object every time; raises ``Unreadable`` when it is missing or spoiled."""
        if name not in self._trees:
            data = self.read(name)
            if not data:
                raise Unreadable("damaged", DAMAGED_ARCHIVE)
            self._trees[name] = parse_part(data)
        return self._trees[name]

    def relations(self, part: str) -> list[Relation]:
        """Where a part leads (``""``: the package itself)."""
        name = relations_name(part)
        if not self.has(name):
            return []
        folder = posixpath.dirname(part)
        return [
            _relation(element, folder, self._by_fold) for element in self.tree(name) if "Relationship" in element.tag
        ]

    def reachable(self) -> dict[str, list[Relation]]:
        """Every part that is led to from the package, with where it leads itself; the package's own under ``""``."""
        found: dict[str, list[Relation]] = {}
        waiting = [""]
        while waiting:
            part = waiting.pop()
            if part in found:
                continue
            found[part] = self.relations(part)
            waiting += [one.target for one in found[part] if not one.external and self.has(one.target)]
        return found

    def of_kind(self, kind: str) -> list[str]:
        """The parts that some part leads to under that kind of relationship, sorted."""
        relations = (one for leads in self.reachable().values() for one in leads)
        return sorted({one.target for one in relations if one.kind == kind and self.has(one.target)})

    def is_markup(self, name: str) -> bool:
        """Whether the part is XML, by its name."""
        return name.lower().endswith(_PART_OF_MARKUP)


def relations_name(part: str) -> str:
    """The member that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _relation(element: Element, folder: str, by_fold: dict[str, str]) -> Relation:
    target = str(element.get("Target") or "")
    external = element.get("TargetMode") == "External"
    if not external:
        joined = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        target = by_fold.get(joined.casefold(), joined)
    kind = str(element.get("Type") or "").rsplit("/", 1)[-1]
    return Relation(str(element.get("Id") or ""), kind, target, external, element)


def is_open_link(relation: Relation) -> bool:
    """A link that a reader sees and may follow: a web address or mail, not a file of somebody's machine."""
    return relation.kind == "hyperlink" and _OPEN_LINK.match(relation.target) is not None


def search_package(package: Package) -> list[Hidden]:
    """What any Office file may hide: properties, embedded objects, macros, links to files, stray parts, photos."""
    reachable = package.reachable()
    found = [*_properties(package, reachable), *_parts(reachable)]
    stray = [name for name in package.names if name not in reachable and name != CONTENT_TYPES and ".rels" not in name]
    if stray:
        place = Place("文件内部", member=stray[0])
        message = f"文件里有 {len(stray)} 个未被引用的部件，可能是早期版本的残留。"
        found.append(hidden_at(VERSION.id, "fail", place, message, _stray_texts(package, stray)))
    for name in sorted(reachable):
        if "/media/" in name and kind_of_picture(package.read(name)[:16]):
            found += search_picture(package.read(name), Place(f"图片 {posixpath.basename(name)}", member=name))
    return found


def _stray_texts(package: Package, names: list[str]) -> Iterator[str]:
    for name in names:
        if package.is_markup(name):
            yield "\n".join(text for text in package.tree(name).itertext() if str(text).strip())


def _parts(reachable: dict[str, list[Relation]]) -> Iterator[Hidden]:
    for part, relations in sorted(reachable.items()):
        for one in relations:
            place = Place("文件内部", member=part if one.external else one.target)
            if one.kind in MACRO_KINDS or one.kind in PROGRAM_KINDS:
                yield hidden_at(MACRO.id, "fail", place, "文件带有宏或加载项程序。")
            elif one.external and not is_open_link(one):
                message = "文件链接到外部文件或模板，打开时会访问该地址，并暴露其路径。"
                yield hidden_at(EXTERNAL.id, "fail", place, message, [one.target])
            elif one.external:
                yield only_text(Place("超链接", member=part), one.target)
            elif one.kind in EMBEDDED_KINDS:
                yield hidden_at(EMBEDDED.id, "fail", place, "文件里嵌有另一个文件或控件，读者可以打开它的全部内容。")


def _properties(package: Package, reachable: dict[str, list[Relation]]) -> Iterator[Hidden]:
    for one in reachable[""]:
        if one.external or not package.has(one.target):
            continue
        place = Place("文件属性", member=one.target)
        if one.kind in {"core-properties", "extended-properties"}:
            yield from _known_properties(package.tree(one.target), place)
        elif one.kind == "custom-properties":
            yield from _custom_properties(package.tree(one.target), place)
        elif one.kind == "thumbnail":
            yield hidden_at(THUMBNAIL.id, "uncertain", place, "文件带有首页缩略图，可能与现在的内容不同。")
    for relations in reachable.values():
        for one in relations:
            if one.kind == "customXml" and package.has(one.target) and package.is_markup(one.target):
                text = text_of(package.tree(one.target)).strip()
                place = Place("文件属性", member=one.target)
                if text:  # Word keeps an empty list of literature in every second file
                    yield hidden_at(PROPERTY.id, "uncertain", place, "文件带有看不见的自定义数据。", [text])


def _known_properties(root: Element, place: Place) -> Iterator[Hidden]:
    held = {local(element): text_of(element).strip() for element in root}
    people = [name for name in _PEOPLE if held.get(name)]
    if people:
        message = f"文件属性里填有{'、'.join(_PEOPLE[name] for name in people)}。"
        yield hidden_at(PERSON.id, "uncertain", place, message, [held[name] for name in people])
    if held.get("HyperlinkBase"):
        yield hidden_at(PROPERTY.id, "uncertain", place, "文件属性里填有链接的基准路径。", [held["HyperlinkBase"]])
    yield only_text(place, *(held.get(name, "") for name in _TEXTS))


def _custom_properties(root: Element, place: Place) -> Iterator[Hidden]:
    held = [element for element in root if (get(element, "name") or "") not in _HARMLESS_CUSTOM]
    if held:
        message = f"文件带有自定义属性：{shown(get(element, 'name') or '未命名' for element in held)}。"
        yield hidden_at(PROPERTY.id, "uncertain", place, message, [text_of(element) for element in held])
