"""One line of a sheet as an item, and everything that speaks against it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mingchuang.norms import docnumber
from mingchuang.norms.catalogue_fields import field_of
from mingchuang.norms.rules import all_rules
from mingchuang.reading.catalogue import cells, time_limit
from mingchuang.reading.catalogue.cells import Tick
from mingchuang.reading.catalogue.columns import Head
from mingchuang.reading.catalogue.faults import Fault
from mingchuang.reading.catalogue.item import AUDIENCES, LEVELS, MODES, Audience, Item, Level, Mode

#: The most characters of each text of an item.
LONGEST: Mapping[str, int] = {
    **dict.fromkeys(("level1", "level2", "level3"), 200),
    **dict.fromkeys(("elements", "basis"), 500),
    **dict.fromkeys(("limit", "channels", "group"), 300),
    **dict.fromkeys(("field", "stage"), 60),
    "organ": 100,
    "note": 1000,
}
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+[条款项章]|第\s*\d+\s*号")
_ORGAN_END = r"[局委办院府处站所队部厅社会心校司位关库馆段]"
_ORGANS = re.compile(rf"[、，,；;/／]|(?<={_ORGAN_END})\n(?=[^\n]*{_ORGAN_END}(?:\n|$))")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sheet's rows are judged by: the day and region whose law holds, the kinds that there are (id → title)."""

    day: date
    region: str
    kinds: Mapping[str, str] | None = None


@dataclass(slots=True)
class RowReader:
    """Reads the cells of one line. `texts` are the cells' texts by column name, 同上 already resolved; `origins` the
    rows where they are written, which is where a fault of theirs is."""

    sheet: int
    row: int
    head: Head
    setting: Setting
    texts: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, default_field: str) -> Item:
        """The item; what could not be read is empty and among `faults`."""
        item = Item(
            level1=self._line("level1"),
            level2=self._line("level2"),
            level3=self._line("level3"),
            field=field_of(self._line("field")) or default_field,
            stage=self._line("stage"),
            elements=cells.elements(self._text("elements")),
            basis=cells.bases(self._text("basis")),
            limit=time_limit.parse(self._line("limit")),
            organ=self._line("organ"),
            note=self._line("note"),
            kind=self._kind(),
            rule=self._rule(),
        )
        item = self._with_ticks(item)
        self._judge(item)
        return item

    def _text(self, name: str) -> str:
        return self.texts.get(name, "")

    def _line(self, name: str) -> str:
        return cells.joined(self._text(name))

    def fault(self, names: str | tuple[str, ...], rule: str, message: str) -> None:
        """Note a fault at the columns of these names; where 同上 refers to nothing, that is the one fault told."""
        told = (names,) if isinstance(names, str) else names
        column, words = self.head.place(*told)
        if any(known.rule == "catalogue.same_above" and known.column == column for known in self.faults):
            return
        row = max((self.origins.get(name, self.row) for name in told if name in self.head.columns), default=self.row)
        self.faults.append(Fault(self.sheet, row + 1, column, words, rule, message))

    @property
    def faulty_columns(self) -> set[str]:
        """The letters of the columns in which something was found."""
        return {letter for fault in self.faults for letter in fault.column.split("、")}

    # ---------------------------------------------------------------- what is ticked

    def _with_ticks(self, item: Item) -> Item:
        ticked = cells.channels(self._text("channels"))
        if ticked.unnamed_other:
            self.fault("channels", "catalogue.channel_other", "勾选了“其他”渠道，请写明是什么渠道。")
        audience, group = self._audience()
        return replace(
            item,
            channels=ticked.channels,
            other_channel=ticked.other,
            audience=audience,
            group=group,
            mode=self._mode(),
            levels=self._levels(),
        )

    def _tick(self, name: str, *, takes_words: bool = False) -> Tick:
        found = cells.tick(self._text(name), takes_words=takes_words)
        if not found.readable:
            message = f"“{self._line(name)}”不是勾选，请填“√”或者留空。"
            self.fault(name, "catalogue.tick", message)
        return found

    def _audience(self) -> tuple[Audience, str]:
        if "audience" in self.head.columns:
            said = self._line("audience")
            whole, special = "社会" in said, "特定" in said
            group = cells.tick(re.sub(r"^.*?特定群[体众]", "", said), takes_words=True).words if special else ""
            names: tuple[str, ...] = ("audience",)
        else:
            names = ("public", "group")
            tick = self._tick("group", takes_words=True)
            whole, special, group = self._tick("public").on, tick.on, tick.words
        if whole == special:
            message = (
                "公开对象“全社会”和“特定群体”只能勾选一项。" if whole else "公开对象没有勾选：“全社会”或者“特定群体”。"
            )
            self._once(names, "catalogue.audience", message)
            return "", ""
        if special and not group:
            message = "勾选了“特定群体”，请在括号里写明是哪一群体。"
            self.fault("group" if "group" in self.head.columns else "audience", "catalogue.group", message)
        return ("group", group) if special else ("public", "")

    def _mode(self) -> Mode:
        if "mode" in self.head.columns:
            said = self._line("mode")
            names: tuple[str, ...] = ("mode",)
            marks: dict[Mode, bool] = {"proactive": "主动" in said, "on_request": "依申请" in said}
        else:
            names = ("proactive", "on_request")
            marks = {"proactive": self._tick("proactive").on, "on_request": self._tick("on_request").on}
        chosen = [mode for mode, on in marks.items() if on]
        if len(chosen) == 1:
            return chosen[0]
        message = "公开方式“主动”和“依申请”只能勾选一项。" if chosen else "公开方式没有勾选：“主动”或者“依申请”。"
        self._once(names, "catalogue.mode", message)
        return ""

    def _levels(self) -> tuple[Level, ...]:
        names: tuple[str, ...] = ("levels",)
        chosen: set[str] = set()
        if "levels" in self.head.columns:
            said = self._line("levels")
            marks = {"city": "市级", "county": "县|区级", "township": "乡|镇|街道", "village": "村|社区"}
            chosen = {level for level, pattern in marks.items() if re.search(pattern, said)}
        else:
            names = tuple(name for name in (*LEVELS, "township+village") if name in self.head.columns)
            for name in names:
                if self._tick(name).on:
                    chosen.update(name.split("+"))
        if not chosen and names:
            self._once(names, "catalogue.level", "公开层级没有勾选，至少勾选一级。")
        return tuple(level for level in LEVELS if level in chosen)

    def _once(self, names: tuple[str, ...], rule: str, message: str) -> None:
        """A fault of columns, unless one of their ticks could not be read: that is why, and was said."""
        if not set(names) & set(self.head.columns):
            return
        places = {self.head.place(name)[0] for name in names}
        if not any(fault.rule == "catalogue.tick" and fault.column in places for fault in self.faults):
            self.fault(names, rule, message)

    # ---------------------------------------------------------------- our own columns

    def _kind(self) -> str:
        said, known = self._line("kind"), self.setting.kinds
        if not said or known is None:
            return said
        ids = {title: kind_id for kind_id, title in known.items()}
        if said not in known and said not in ids:
            self.fault("kind", "catalogue.kind", f"没有名为“{said}”的记录类型，可选：{'、'.join(known.values())}。")
            return ""
        return ids.get(said, said)

    def _rule(self) -> str:
        said = self._line("rule")
        if said and said not in all_rules():
            self.fault("rule", "catalogue.rule", f"没有名为“{said}”的期限规则，可以留空或者查看“依据”页。")
            return ""
        return said

    # ---------------------------------------------------------------- the checks of §11

    def _judge(self, item: Item) -> None:
        for name, label in (("level1", "一级事项"), ("level2", "二级事项")):
            if name in self.head.columns and not getattr(item, name):
                self.fault(name, f"catalogue.{name}", f"没有写{label}。")
        self._judge_elements(item)
        self._judge_basis(item)
        self._judge_limit(item)
        self._judge_organ()
        unnamed = any(fault.rule == "catalogue.channel_other" for fault in self.faults)
        if "channels" in self.head.columns and not item.channels and not item.other_channel and not unnamed:
            self.fault("channels", "catalogue.channels", "公开渠道和载体没有勾选，至少勾选一个（■）。")
        _judge_lengths(self, item)

    def _judge_elements(self, item: Item) -> None:
        if "elements" not in self.head.columns:
            return
        if not item.elements:
            self.fault("elements", "catalogue.elements", "没有写公开内容（要素），至少写一个要素。")
        names = [element.name for element in item.elements]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.fault("elements", "catalogue.elements_twice", f"要素“{name}”写了两遍。")

    def _judge_basis(self, item: Item) -> None:
        if "basis" not in self.head.columns:
            return
        if not item.basis:
            self.fault("basis", "catalogue.basis", "没有写公开依据，至少写一项。")
        elif not any(_ARTICLE.search(line) or docnumber.find(line) for line in item.basis):
            message = "公开依据既没有文号也没有条款，请写明是哪份文件的哪一条。"
            self.fault("basis", "catalogue.basis_cited", message)

    def _judge_limit(self, item: Item) -> None:
        if "limit" not in self.head.columns:
            return
        limit = item.limit
        if not limit.text:
            self.fault("limit", "catalogue.limit", "没有写公开时限。")
        elif not limit.parts:
            message = f"公开时限“{limit.text}”无法计算，请写明期限，例如“信息形成或者变更之日起……个工作日内”。"
            self.fault("limit", "catalogue.limit", message)
        elif over := time_limit.too_long(limit, item.basis, self.setting.day, self.setting.region):
            message = f"公开时限“{limit.text}”超过{over}，公开依据中也没有更长的法定期限。"
            self.fault("limit", "catalogue.limit_long", message)

    def _judge_organ(self) -> None:
        if "organ" not in self.head.columns:
            return
        organs = organs_in(self._text("organ"))
        if not organs:
            self.fault("organ", "catalogue.organ", "没有写公开主体。")
        elif len(organs) > 1:
            message = f"公开主体有{len(organs)}个（{'、'.join(organs)}），每个事项只能有一个，请分行填写。"
            self.fault("organ", "catalogue.organ_one", message)


def organs_in(text: str) -> list[str]:
    """The organs that a cell names. What stands in brackets belongs to the name before it; a line break parts two
    names only where both end like the name of an organ."""
    hidden = re.sub(r"[（(][^）)]*[）)]", lambda match: "\0" * len(match[0]), text.strip())
    cuts, begin = [], 0
    for match in _ORGANS.finditer(hidden):
        cuts.append(text.strip()[begin : match.start()])
        begin = match.end()
    cuts.append(text.strip()[begin:])
    return [name for name in (cells.joined(cut) for cut in cuts) if name]


def _judge_lengths(reader: RowReader, item: Item) -> None:
    texts: Mapping[str, Sequence[str]] = {
        **{name: (getattr(item, name),) for name in ("level1", "level2", "level3", "organ", "field", "stage", "note")},
        "elements": [element.name for element in item.elements],
        "basis": item.basis,
        "limit": (item.limit.text,),
        "channels": (item.other_channel,),
        "group": (item.group,),
    }
    for name, found in texts.items():
        most = LONGEST[name]
        if any(len(text) > most for text in found):
            reader.fault(name, "catalogue.long", f"文字太长：每项最多{most}个字，请精简或者分开填写。")


def words_of(item: Item) -> dict[str, str]:
    """Every column of an item as a person reads it: for pages, differences and messages."""
    return {
        "field": item.field,
        "stage": item.stage,
        "level1": item.level1,
        "level2": item.level2,
        "level3": item.level3,
        "elements": "；".join(("●" if e.required else "○") + e.name for e in item.elements),
        "basis": "；".join(item.basis),
        "limit": item.limit.text,
        "organ": item.organ,
        "channels": "、".join((*item.channels, *((f"其他（{item.other_channel}）",) if item.other_channel else ()))),
        "audience": AUDIENCES.get(item.audience, "") + (f"（{item.group}）" if item.group else ""),
        "mode": MODES.get(item.mode, ""),
        "levels": "、".join(LEVELS[level] for level in item.levels),
        "note": item.note,
        "kind": item.kind,
        "rule": item.rule,
    }


#: The columns of `words_of` in the words of the office.
COLUMN_TITLES: Mapping[str, str] = {
    "field": "领域",
    "stage": "过程",
    "level1": "一级事项",
    "level2": "二级事项",
    "level3": "三级事项",
    "elements": "公开内容（要素）",
    "basis": "公开依据",
    "limit": "公开时限",
    "organ": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "mode": "公开方式",
    "levels": "公开层级",
    "note": "备注",
    "kind": "记录类型",
    "rule": "期限规则",
}
