"""Automatic numbering rebuilt as Word shows it (ECMA-376 Part 1, 17.9).

Counters belong to the abstract list, so several list instances over one abstract list count on; an instance with a
start override begins anew the first time it is used. A level begins anew after any higher level, unless
``w:lvlRestart`` says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mingchuang.reading.formats.docx.styles import ListUse
from mingchuang.reading.formats.docx.words import attribute, child, children, number, switched_on, value
from mingchuang.reading.formats.markup import Element
from mingchuang.reading.formats.numerals import known, render

LEVELS = 9
_LARGEST = 1_000_000
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``text`` like ``（%1）``, ``suffix`` tab, space or nothing, ``restart`` as in lvlRestart."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class AbstractList:
    levels: dict[int, Level]
    link: str | None = None  # numStyleLink: the levels stand in the list that a numbering style names
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class ListInstance:
    abstract: AbstractList
    starts: dict[int, int]
    levels: dict[int, Level]
    used: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """The number of one paragraph: ``text`` as shown, and the suffix that parts it from the paragraph's own text."""

    text: str
    suffix: str


class Numbering:
    """The lists of one document and where each stands. ``next_label`` must be called in document order."""

    def __init__(self, root: Element | None) -> None:
        self.unknown_formats: set[str] = set()
        self._instances: dict[str, ListInstance] = {}
        if root is None:
            return
        lists = {attribute(item, "abstractNumId") or "": _abstract(item) for item in children(root, "abstractNum")}
        homes = {
            link: lists[identity]
            for item in children(root, "abstractNum")
            if (link := value(item, "styleLink")) and (identity := attribute(item, "abstractNumId") or "") in lists
        }
        for item in children(root, "num"):
            abstract = lists.get(value(item, "abstractNumId") or "")
            if abstract is None:
                continue
            if abstract.link and abstract.link in homes:
                abstract = homes[abstract.link]
            self._instances.setdefault(attribute(item, "numId") or "", _instance(item, abstract))

    def next_label(self, use: ListUse, style: str) -> Label | None:
        """Count one paragraph of the list and give its label; None when the list does not exist or shows nothing.

        ``style`` is the paragraph's style, which fixes the level where the list names it (``w:pStyle``).
        """
        instance = self._instances.get(use.num_id or "")
        if instance is None:
            return None
        at = use.level if use.level is not None else _level_of_style(instance, style)
        at = min(max(at, 0), LEVELS - 1)
        level = _level(instance, at)
        if level is None:
            return None
        _count(instance, at)
        text = self._written(instance, at, level)
        return Label(text, level.suffix) if text else None

    def _written(self, instance: ListInstance, at: int, level: Level) -> str:
        if level.number_format == "bullet":
            return ""  # a bullet is decoration: it numbers nothing

        def number_at(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = _level(instance, index)
            if index > at or shown is None:
                return ""
            counter = instance.abstract.counters[index]
            number_format = "decimal" if level.legal else shown.number_format
            if not known(number_format):
                self.unknown_formats.add(number_format)
            return render(number_format, _start(instance, index) if counter is None else counter)

        return _PLACEHOLDER.sub(number_at, level.text).strip()


def _level_of_style(instance: ListInstance, style: str) -> int:
    for at in range(LEVELS):
        level = _level(instance, at)
        if style and level is not None and level.style == style:
            return at
    return 0


def _level(instance: ListInstance, at: int) -> Level | None:
    return instance.levels.get(at) or instance.abstract.levels.get(at)


def _start(instance: ListInstance, at: int) -> int:
    level = _level(instance, at)
    return instance.starts.get(at, level.start if level else 1)


def _count(instance: ListInstance, at: int) -> None:
    counters = instance.abstract.counters
    if not instance.used:
        instance.used = True
        for overridden in instance.starts:
            counters[overridden] = None
    current = counters[at]
    counters[at] = _start(instance, at) if current is None else min(current + 1, _LARGEST)
    for lower in range(at + 1, LEVELS):
        level = _level(instance, lower)
        if level is None or level.restart is None or (level.restart > 0 and at < level.restart):
            counters[lower] = None


def _abstract(item: Element) -> AbstractList:
    return AbstractList(_levels(item), value(item, "numStyleLink"))


def _levels(parent: Element) -> dict[int, Level]:
    return {at: _read_level(item) for item in children(parent, "lvl") if (at := _index(item)) is not None}


def _index(item: Element) -> int | None:
    at = number(attribute(item, "ilvl"))
    return at if at is not None and 0 <= at < LEVELS else None


def _read_level(item: Element) -> Level:
    start = number(value(item, "start"), 1) or 0
    return Level(
        start=min(max(start, 0), _LARGEST),
        number_format=_number_format(item),
        text=attribute(child(item, "lvlText"), "val") or "",
        suffix=value(item, "suff") or "tab",
        restart=number(value(item, "lvlRestart")),
        legal=bool(switched_on(item, "isLgl")),
        style=value(item, "pStyle") or "",
    )


def _number_format(item: Element) -> str:
    """Newer Word wraps formats it added later in mc:AlternateContent; the choice comes first."""
    for candidate in item.iter():
        if isinstance(candidate.tag, str) and candidate.tag.endswith("}numFmt"):
            return attribute(candidate, "val") or "decimal"
    return "decimal"


def _instance(item: Element, abstract: AbstractList) -> ListInstance:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in children(item, "lvlOverride"):
        at = _index(override)
        if at is None:
            continue
        replaced = child(override, "lvl")
        if replaced is not None:
            levels[at] = _read_level(replaced)
        start = number(value(override, "startOverride"))
        if start is not None:
            starts[at] = min(max(start, 0), _LARGEST)
    return ListInstance(abstract, starts, levels)
