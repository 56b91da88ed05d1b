"""公开事项 in the draft form: chosen by typing a part of its name, suggested where the title tells it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from mingchuang.core import now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Unit
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.records.catalogue import do, queries
from mingchuang.records.catalogue.queries import Entry
from mingchuang.records.kind import kind
from mingchuang.records.models import CatalogueItem, Record

FIELD = "catalogue_item"
LIST = "catalogue_items"
#: Words of names that tell nothing about a text.
_COMMON = re.compile(r"[（(].*?[）)]|信息|情况|政府|文件|公开|工作|管理|服务|及|和|与|的|、|其他|相关|有关|方面")
_SHORTEST = 3
_MOST_NAMED = 5


def named(entry: Entry) -> str:
    """An item as it stands in the list: 领域·一级·二级."""
    return "·".join(part for part in (entry.item.field, entry.item.level1, entry.item.title) if part)


def offered(record: Record, day: datetime.date) -> tuple[Entry, ...]:
    """The items under which this record may be filed: each once."""
    return each_once(queries.offers(record.unit, day, kind=record.kind))


def each_once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Rows of one item for several levels of government are one choice."""
    return tuple({entry.item_id: entry for entry in reversed(entries)}.values())[::-1]


def field() -> forms.CharField:
    """The control of a form: a text field with a list (`desk/records/item.html`) that the browser itself searches."""
    hint = "输入事项名称中的几个字，从列表里选；不归入目录的留空"
    widget = forms.TextInput(attrs={"list": LIST, "autocomplete": "off"})
    return forms.CharField(label="公开事项", required=False, help_text=hint, widget=widget)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page of a draft offers: the names to pick from, and the one that the title tells."""

    names: tuple[str, ...]
    suggested: str


def choice(record: Record, title: str) -> Choice:
    """For the form of a draft; nothing is suggested for a record that is filed."""
    entries = offered(record, now.today())
    told = suggestion(title, entries) if record.item_id is None else None
    return Choice(tuple(named(entry) for entry in entries), named(told) if told else "")


def into(form: forms.Form, record: Record) -> None:
    """Put the field into the form of a draft, with what stands."""
    form.fields[FIELD] = field()
    form.initial[FIELD] = standing(record)


def find(text: str, entries: Sequence[Entry]) -> Entry | None:
    """The item that somebody typed or picked; None for nothing. Raises Refused for what names none, or several."""
    words = re.sub(r"\s+", "", text)
    if not words:
        return None
    exact = [entry for entry in entries if words in (re.sub(r"\s+", "", named(entry)), entry.item.title)]
    found = exact or [entry for entry in entries if words in re.sub(r"\s+", "", named(entry))]
    if len(found) == 1:
        return found[0]
    if not found:
        message = f"目录里没有“{text[:60]}”这一事项，或者不由这个单位公开，请从列表里选。"
    else:
        near = "、".join(named(entry) for entry in found[:_MOST_NAMED])
        message = f"“{text[:60]}”对应 {len(found)} 个事项，请写完整：{near}{'等' if len(found) > _MOST_NAMED else ''}。"
    raise Refused([Issue("catalogue.item", message, field=FIELD)])


def suggestion(title: str, entries: Sequence[Entry]) -> Entry | None:
    """The one item whose name the title tells; None where none does, or several do equally well."""
    scored = [(_told(title, entry), entry) for entry in entries]
    best = max((score for score, _ in scored), default=0)
    found = [entry for score, entry in scored if score == best]
    return found[0] if best >= _SHORTEST and len(found) == 1 else None


def _told(title: str, entry: Entry) -> int:
    """How many characters of the item's names stand in the title: the last one whole, else what is particular in
    each, in one piece."""
    if len(entry.item.title) > _SHORTEST and entry.item.title in title:
        return len(title)
    parts = [part for name in (entry.item.level1, entry.item.title) for part in _COMMON.split(name)]
    return sum(len(part) for part in dict.fromkeys(parts) if len(part) > 1 and part in title)


def standing(record: Record) -> str:
    """What the field shows: the item under which the record is filed."""
    if record.item is None:
        return ""
    item = record.item
    return "·".join(part for part in (item.field, item.level1, item.level3 or item.level2) if part)


def file_under(record: Record, text: str, actor: Actor) -> str:
    """File the record under what was typed where that is another item; what to say, empty when nothing changed.

    Raises Refused. The elements that were ticked under the item before go with it.
    """
    if re.sub(r"\s+", "", text) == re.sub(r"\s+", "", standing(record)):
        return ""
    entry = find(text, offered(record, now.today()))
    if entry is None:
        do.classify(record, None, actor)
        return "这条信息不再归入目录。"
    if entry.item_id == record.item_id:
        return ""
    do.classify(record, CatalogueItem.objects.get(pk=entry.item_id), actor)
    return f"已归入“{named(entry)}”。"


def names_for(units: Sequence[Unit]) -> tuple[str, ...]:
    """The items to pick from on the page of a new record: those of the person's unit; all for the office."""
    day = now.today()
    catalogue = queries.in_force(day)
    if catalogue is None:
        return ()
    found = queries.offers(units[0], day) if len(units) == 1 else queries.entries(catalogue)
    return tuple(named(entry) for entry in each_once(found))


def resolve(text: str, kind_id: str, unit: Unit) -> CatalogueItem | None:
    """The item typed on the page of a new record. Raises Refused also for an item of another kind."""
    day = now.today()
    entry = find(text, each_once(queries.offers(unit, day)))
    if entry is None:
        return None
    if entry.item.kind not in ("", kind_id):
        wanted = do.kind_titles().get(entry.item.kind, entry.item.kind)
        message = f"“{named(entry)}”用“{wanted}”公开，不用“{kind(kind_id).title}”；请改选类别或者事项。"
        raise Refused([Issue("catalogue.item_kind", message, field=FIELD)])
    return CatalogueItem.objects.get(pk=entry.item_id)
