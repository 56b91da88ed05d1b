"""What a reading yields: the notice as data, each value with the characters it came from.

All spans are ``[start, end)`` in code points of ``Reading.text``. A ``text`` field is the text of its span without
white space; a ``raw`` field is the slice itself. What the document does not say is None, or an empty tuple.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mingchuang.reading.formats import Dropped, SourceFormat, Span

Mode = Literal["joint", "respective", "by_duty", "lead"]
"""joint: 共同负责; respective: 分别负责; by_duty: 按职责分工; lead: 牵头, the others 配合."""

MeasureKind = Literal["limit", "deadline", "period", "rate", "weight", "count", "recurrence", "ban", "vague"]
"""limit: 7个工作日内; deadline: 年底前; period: 提前1—3个月, 不少于30日; rate: 80%以上; weight: 权重不低于4%;
count: 1个主账号; recurrence: 每季度, 1年内不少于2次; ban: 严禁…; vague: 及时, 定期: a demand without a measure."""

Comparator = Literal["=", "≥", "≤", "between"]
MeasureValue = int | float | tuple[float, float] | str | None
"""A number; two numbers for ``between``; an ISO date for a deadline; None when the text gives none."""

NodeKind = Literal[
    "head",  # red head, issue number, what stands above the title
    "title",
    "addressees",
    "letter",  # the covering letter of a 印发 notice
    "preamble",
    "contents",  # the 目录 of a long notice
    "chapter",  # a numbered node with numbered nodes below it
    "item",  # a numbered node without
    "closing",
    "signature",
    "note",  # （此件公开发布）, contacts
    "attachments",  # 附件：1.…, the list before the signature
    "annex",  # the heading of an annex
    "imprint",  # 抄送, 印发机关
    "table",
    "furniture",  # page numbers inside a TXT
]
Property = Literal["主动公开", "依申请公开", "不予公开"]


@dataclass(frozen=True, slots=True)
class Cite:
    """A document that the notice cites. ``number`` is normalised (国办发〔2019〕1号) or None.

    ``title`` is None where the notice cites the number alone.
    """

    title: str | None
    number: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """One responsibility clause. ``units`` holds all units, the leading ones too; ``governs`` the text it speaks of.

    ``open``: the clause says 等 or 相关部门, so that a person has to say who else is meant.
    """

    units: tuple[str, ...]
    lead: tuple[str, ...]
    mode: Mode
    open: bool
    raw: str
    span: Span
    governs: Span


@dataclass(frozen=True, slots=True)
class Subtask:
    """One sentence of a duty: a row of a 责任分解表."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """Something in a duty that can be counted, dated, or that ought to be (``vague``)."""

    kind: MeasureKind
    text: str
    value: MeasureValue
    unit: str | None
    comparator: Comparator | None
    span: Span


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something to look at. ``message`` is a Chinese sentence; the codes stand in docs/read.schema.json."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. ``ref`` is unique in the reading: 一（三）3, 结尾1, 附件1·2, 表1·3."""

    ref: str
    heading: str | None
    text: str
    span: Span
    assignments: tuple[Assignment, ...] = ()
    suggested_units: tuple[str, ...] = ()
    subtasks: tuple[Subtask, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(slots=True, eq=False)
class Node:
    """A piece of the document. The ``spans`` of all nodes tile the text: none overlap, no character is left out."""

    kind: NodeKind
    number: str = ""
    heading: str | None = None
    ref: str = ""
    spans: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole document. ``date`` is the date of signature (成文日期); ``nodes`` are the roots of the tree."""

    title: str | None
    issuer: str | None
    number: str | None
    date: date | None
    property: Property | None
    addressees: tuple[str, ...]
    cites: tuple[Cite, ...]
    text: str
    dropped: tuple[Dropped, ...]
    duties: tuple[Duty, ...]
    warnings: tuple[ReadWarning, ...]
    nodes: tuple[Node, ...]
    source_format: SourceFormat

    def pieces(self) -> list[tuple[Span, Node]]:
        """All spans of all nodes in the order of the text. Joined, they are the text."""
        found = [(span, node) for root in self.nodes for node in root.walk() for span in node.spans]
        return sorted(found, key=lambda piece: piece[0])

    def to_json(self) -> dict[str, object]:
        """The contract of docs/read.schema.json: plain dicts, lists, strings, numbers and None."""
        from mingchuang.reading.export import as_json  # noqa: PLC0415 - export knows this module

        return as_json(self)
