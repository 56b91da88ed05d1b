"""Who a responsibility clause names, and as what.

A clause is read from left to right: names gather until a word says what they do (牵头, 负责, 配合), or stand behind a
label that said so before (牵头单位：). Names are cut from the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mingchuang.reading import units
from mingchuang.reading.alternation import any_of
from mingchuang.reading.model import Assignment, Mode
from mingchuang.reading.projection import Projection

Role = Literal["lead", "main", "support", "time", "other"]

_WHO = any_of("单位 部门 科室 股室 处室 机构")
ROLE_OF_LABEL: tuple[tuple[Role, str], ...] = (
    (
        "lead",
        f"总?牵头(?:责任|负责|落实)?(?:{_WHO}|领导单位)?|主办(?:{_WHO})|主责(?:单位|部门)?|主要责任单位|第一责任单位",
    ),
    ("support", f"(?:配合|协办|协同|参与|协作|协助|支持|参加|会办|协调)(?:责任|落实|配合)?(?:{_WHO})"),
    (
        "main",
        f"(?:责任|落实|承办|实施|负责|执行|主管|完成|承担|组织实施)(?:落实)?(?:{_WHO}|主体|分工)|任务分工|分工",
    ),
    (
        "time",
        "(?:完成|办结|整改|推进|落实|工作|序时)?(?:时限|时间|期限|进度)(?:要求|节点|安排)?|完成日期|截止(?:时间|日期)",
    ),
    (
        "other",
        any_of("责任人 责任领导 负责人 分管领导 牵头领导 包抓领导 联系人 联络员 联系电话 成果形式 工作成果 备注 目标"),
    ),
)
ANY_LABEL = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in ROLE_OF_LABEL))
BARE_LABEL = re.compile("(?:(?P<lead>牵头|主办)|(?P<support>配合|协办|协助)|(?P<main>责任|负责|落实|承办))：")
_INNER_LABEL = re.compile(rf"(?:{'|'.join(pattern for _, pattern in ROLE_OF_LABEL)}|{BARE_LABEL.pattern[:-1]})：")
_UNKNOWN_LABEL = re.compile("(?P<said>[^：、，；。]{2,14})：")
_OF_PERSONS = re.compile("(?:领导|负责人|责任人|联系人|同志|人员|电话)$")
_OF_OVERSEERS = re.compile("督|监|考核|指导|报送|审核")
_WHOSE = any_of("各自 有关 相关 其 工作 部门 单位 本部门 本单位 法定 既定 所负 自身 责任")
_BY_DUTY = (
    f"(?:按照?|依据?照?|根据|结合|立足|对照|围绕)(?:{_WHOSE})*(?:职责|职能|分工|职权|权限)+(?:的)?(?:范围|要求|分工|任务|权限)*"
    "|在?各自职责范围内|在职责范围内|各司其职|各负其责"
)
_HOW = rf"(?:{_BY_DUTY}|分工|督促|分别|各自|具体|共同|联合|统筹|协同|负责|统一|全面|主要|认真|抓好|做好|内|，)"
_DOES = any_of(
    "为?(?:牵头|主办|责任|配合|协办|落实)(?:单位|部门|科室) "
    "牵头负责 牵头落实 牵头组织实施 牵头组织 牵头抓总 牵头 主办 负责落实 负责实施 负责组织实施 负责 "
    "负总责 总负责 抓好落实 抓落实 贯彻落实 落实 "
    "密切配合 配合落实 积极配合 配合做好 配合抓好落实 配合 协助配合 协助落实 协助 "
    "协办 协同 参与 参加 支持 承办 承担 组织实施 组织落实 实施 执行 完成 推进 推动落实 推动"
)
TAIL = re.compile(rf"(?P<how>{_HOW}*)(?P<does>{_DOES})(?:相关工作|有关工作|工作|落实)?$")
_WITH = re.compile("牵头会同|牵头，?会同|会同|牵头联合")
_BRACKETED_ROLE = re.compile("（(?P<role>牵头|主办|牵头单位|配合|协办)）$")
_FIRST_LEADS = re.compile("(?:列|排)在?(?:首位|第一位?|最前面?)的?(?:单位|部门)?为(?:牵头|主办|主责)")
_ITEM_NUMBER = re.compile(r"\d{1,2}(?:[.、]|$)|（\d{1,2}）|[①-⑳]")
_JOINING = re.compile("以及|及其?(?!时)|[和与](?=各)")
_TIME = re.compile("\\d|年底|月底|长期|持续|常态|每年|每季|每月|按季|按月|全年|年内|季度|立即|适时|及时|即日|前完成$")


@dataclass(slots=True)
class _Reader:
    """What a clause has said so far."""

    lead: list[tuple[int, int]] = field(default_factory=list)
    main: list[tuple[int, int]] = field(default_factory=list)
    all: list[tuple[int, int]] = field(default_factory=list)
    pending: list[tuple[int, int]] = field(default_factory=list)
    role: Role | None = None
    is_open: bool = False
    generic: list[tuple[int, int]] = field(default_factory=list)
    says_support: bool = False
    says_each: bool = False
    says_by_duty: bool = False
    first_leads: bool = False
    odd: list[tuple[int, int]] = field(default_factory=list)
    """Pieces that do not look like units."""

    def settle(self, role: Role | None) -> None:
        """What was gathered has this role."""
        if role == "lead":
            self.lead += self.pending
        elif role == "main":
            self.main += self.pending
        self.says_support = self.says_support or role == "support"
        if role not in {"time", "other"}:
            self.all += self.pending
        self.pending = []

    def leaders(self) -> list[tuple[int, int]]:
        """Who leads: who is said to, the first where the clause says so, else who answers while others support."""
        if self.first_leads and not self.lead:
            return self.all[:1]
        return self.lead or (self.main if self.says_support else [])


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause found at places ``start`` … ``end``; ``odd`` are names that do not look like units."""

    start: int
    end: int
    units: tuple[tuple[int, int], ...]
    lead: tuple[tuple[int, int], ...]
    mode: Mode
    open: bool
    is_labelled: bool
    odd: tuple[tuple[int, int], ...] = ()

    def assignment(self, projection: Projection, governs: tuple[int, int]) -> Assignment:
        """The clause as the model has it; ``governs`` are places."""
        start, end = projection.span(self.start, self.end)
        return Assignment(
            units=tuple(dict.fromkeys(projection.clean(a, b) for a, b in self.units)),
            lead=tuple(dict.fromkeys(projection.clean(a, b) for a, b in self.lead)),
            mode=self.mode,
            open=self.open,
            raw=projection.text[start:end],
            span=(start, end),
            governs=projection.span(*governs),
        )


def read_clause(
    projection: Projection,
    content: tuple[int, int],
    whole: tuple[int, int],
    *,
    role: Role | None = None,
    breaks: Sequence[int] = (),
) -> Clause | None:
    """Read the list of units at the places ``content``; the clause covers the places ``whole``.

    ``role`` is given when a table's column has said it. None when nothing in it is a unit.
    """
    reader = _Reader(role=role)
    labelled = role is not None
    for a, b, stop in _pieces(projection, *content, is_cell=role is not None, breaks=set(breaks)):
        labelled = _piece(projection, reader, a, b) or labelled
        if stop in "；。" and reader.pending:
            reader.settle(reader.role)
    reader.settle(reader.role)
    found = reader.all or reader.generic
    if not found:
        return None
    lead = reader.leaders()
    mode: Mode = "lead" if lead else "respective" if reader.says_each else "by_duty" if reader.says_by_duty else "joint"
    return Clause(
        *whole,
        tuple(found),
        tuple(lead),
        mode,
        reader.is_open or bool(reader.generic),
        labelled,
        tuple(reader.odd),
    )


def _pieces(
    projection: Projection, first: int, last: int, is_cell: bool, breaks: set[int]
) -> list[tuple[int, int, str]]:
    """The content parted at 、，； and where a blank parts two units; with the character that ended each piece."""
    folded = projection.folded
    pieces, start, depth = [], first, 0
    named = label_at(folded, first, last)[1]  # no label begins inside another
    breaks_part = is_cell or _is_list_of_blanks(projection, first, last)
    for at in range(first, last):
        char = folded[at]
        depth += (char in "（【〔") - (char in "）】〕")
        if depth > 0:
            continue
        if char in "、，；。/;|":
            pieces.append((start, at, char))
            start = at + 1
            named = label_at(folded, start, last)[1]
        elif at > start and (at in breaks or (at >= named and _INNER_LABEL.match(folded, at, last))):
            pieces.append((start, at, "；"))
            start = at
            named = label_at(folded, start, last)[1]
        elif at > start and projection.gap(at) and _blank_parts(projection, start, at, last, breaks_part):
            pieces.append((start, at, "、"))
            start = at
    pieces.append((start, last, "。"))
    return [(a, b, stop) for a, b, stop in pieces if a < b]


def _is_list_of_blanks(projection: Projection, first: int, last: int) -> bool:
    """The names are parted by blanks alone (县财政局 县审计局): then a line break behind a name parts as well."""
    if any(mark in projection.folded[first:last] for mark in "、，；"):
        return False
    gaps = [at for at in range(first + 1, last) if (gap := projection.gap(at)) and "\n" not in gap]
    return any(units.parted_by_blank(projection.folded[first:at], projection.folded[at:last]) for at in gaps)


def _blank_parts(projection: Projection, start: int, at: int, last: int, breaks_part: bool) -> bool:
    """A blank parts two units; a line break does so only where told, elsewhere it is a hard wrap."""
    if "\n" in projection.gap(at) and not breaks_part:
        return False
    return units.parted_by_blank(projection.folded[start:at], projection.folded[at : min(at + 12, last)])


def _piece(projection: Projection, reader: _Reader, a: int, b: int) -> bool:
    """Take in one piece; True when it began with a label."""
    folded = projection.folded
    role, begin = label_at(folded, a, b)
    labelled = role is not None
    if role is not None:
        reader.settle(reader.role)
        reader.role = role
    a = begin
    if a >= b:
        return labelled
    if _FIRST_LEADS.match(folded, a, b):
        reader.first_leads = True
        return labelled
    if reader.role in {"time", "other"}:
        return labelled
    together = _WITH.search(folded, a, b)
    if together and units.SHAPE.search(folded[a : together.start()]):
        _name(projection, reader, a, together.start())
        reader.settle("lead")
        a = together.end()
    middle = folded.find("牵头", a, b)
    if middle > a and looks_like_more(folded[middle + 2 : b]):
        _with_tail(projection, reader, a, middle + 2)
        a = middle + 2
    _with_tail(projection, reader, a, b)
    return labelled


def label_at(folded: str, a: int, b: int) -> tuple[Role | None, int]:
    """The role that a label at ``a`` gives to what follows, and where that begins; (None, a) without a label.

    A label that nobody foresaw (督办单位：, 包保干部：) is a label all the same: never part of a name.
    """
    bare = BARE_LABEL.match(folded, a, b)
    if bare is not None:
        return bare.lastgroup, bare.end()  # type: ignore[return-value]
    label = ANY_LABEL.match(folded, a, b)
    if label is not None:
        behind = folded[label.end() : label.end() + 1] if label.end() < b else ""
        if (behind and behind in "：为由") or (not behind and b - a > 3):
            return next(role for role, _ in ROLE_OF_LABEL if label[role]), min(label.end() + 1, b)
    unknown = _UNKNOWN_LABEL.match(folded, a, b)
    if unknown is None:
        return None, a
    said = unknown["said"]
    if _OF_PERSONS.search(said) or _OF_OVERSEERS.search(said) or not re.search(_WHO, said):
        return "other", unknown.end()
    known = ANY_LABEL.match(said)
    return next((role for role, _ in ROLE_OF_LABEL if known and known[role]), "main"), unknown.end()


def looks_like_more(rest: str) -> bool:
    """What follows 牵头 is another unit with its own verb: 市财政局牵头审计局配合."""
    return bool(TAIL.search(rest)) and units.looks_like_unit(TAIL.sub("", rest, count=1))


def _with_tail(projection: Projection, reader: _Reader, a: int, b: int) -> None:
    """A name with the word for what it does: 市财政局具体落实, 审计局配合, 按职责分工负责."""
    folded = projection.folded
    tail = TAIL.search(folded, a, b)
    stop = tail.start() if tail else b
    if tail and re.search(_BY_DUTY, folded[a:stop]):  # 依职责做好…落实
        stop = a + re.search(_BY_DUTY, folded[a:stop]).start()  # type: ignore[union-attr]
    if folded.startswith("由", a) and stop - a > 2:
        a += 1
    if stop > a:
        _name(projection, reader, a, stop)
    if tail is None:
        return
    said = folded[stop:b]
    reader.says_each = reader.says_each or bool(re.search("分别|各自(?!职责)", said))
    reader.says_by_duty = reader.says_by_duty or bool(re.search("职责|职能|分工|职权|各司其职|各负其责", said))
    does = tail["does"]
    role: Role = "lead" if re.search("牵头|主办", does) else "support" if re.search("配合|协|参|支持", does) else "main"
    reader.settle(role if reader.role is None or role != "main" else reader.role)


def _name(projection: Projection, reader: _Reader, a: int, b: int) -> None:
    """One or more names without verbs; cuts 等相关部门 off and parts 甲局和乙局."""
    folded = projection.folded
    for leading in (_ITEM_NUMBER, _JOINING):
        match = leading.match(folded, a, b)
        a = match.end() if match else a
    role = _BRACKETED_ROLE.search(folded, a, b)
    if role:
        b = role.start()
    for place in _names(folded, a, b, reader):
        reader.pending.append(place)
        if role and role["role"].startswith(("牵头", "主办")):
            reader.lead.append(place)


def _names(folded: str, first: int, last: int, reader: _Reader) -> Iterator[tuple[int, int]]:
    """The single names in a piece; notes in ``reader`` what is open, names nobody, or is no name of a unit."""
    for a, b in units.before_and_behind_and_so_on(folded, first, last):
        name, is_open = units.and_so_on(folded[a:b])
        reader.is_open = reader.is_open or is_open or b < last
        if not name and b > a and not folded.startswith("等", a):
            reader.generic.append((a, b))
        if not name or (_TIME.search(name) and not units.looks_like_unit(name)):
            continue
        for left, right in units.joined_names(name):
            part = name[left:right]
            if not part or units.GENERIC.match(part):
                reader.is_open = reader.is_open or bool(part)
                continue
            if re.match("^(?:市|县|区|省|州)?(?:直|级)?各?(?:有关|相关)", part) or "各有关" in part or "各相关" in part:
                reader.is_open = True
            if not units.looks_like_unit(part):
                reader.odd.append((a + left, a + right))
            yield a + left, a + right
