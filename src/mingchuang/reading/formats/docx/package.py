"""The parts of a DOCX archive, found through its relationships as Office finds them."""

from __future__ import annotations

import posixpath

from mingchuang.reading.formats.archive import DAMAGED_ARCHIVE, Archive
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.markup import Element, parse_part

_USUAL_BODY = "word/document.xml"


class Package:
    """``body`` is the root of the main part; ``part(kind)`` and ``parts(kind)`` its companions by relationship kind."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        main = next(iter(self._targets("_rels/.rels", "").get("officeDocument", [])), _USUAL_BODY)
        data = archive.read(main)
        if data is None:
            raise Unreadable("damaged", DAMAGED_ARCHIVE)
        self.body = parse_part(data)
        folder, name = posixpath.split(main)
        self._related = self._targets(f"{folder}/_rels/{name}.rels", folder)

    def part(self, kind: str) -> Element | None:
        """The companion part (``styles``, ``numbering``, ``footnotes`` …), None when the document has none."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[Element]:
        datas = [self._archive.read(name) for name in dict.fromkeys(self._related.get(kind, []))]
        return [parse_part(data) for data in datas if data]

    def has(self, kind: str) -> bool:
        return bool(self._related.get(kind))

    def _targets(self, name: str, folder: str) -> dict[str, list[str]]:
        """Inner targets by the last word of their type; links that lead outside are never followed."""
        data = self._archive.read(name)
        targets: dict[str, list[str]] = {}
        for relation in parse_part(data) if data else ():
            if relation.get("TargetMode") == "External":
                continue
            target = str(relation.get("Target") or "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            targets.setdefault(str(relation.get("Type") or "").rsplit("/", 1)[-1], []).append(path)
        return targets
