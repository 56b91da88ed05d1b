"""Filling, replacing and clearing the customer's lists of the gate. No event holds a word of one."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate.lists import Slot, read_list
from mingchuang.records import gate_lists
from mingchuang.records.gate_lists import Change
from mingchuang.records.models import GateList


def fill_list(slot: Slot, data: bytes, name: str, actor: Actor, *, replace: bool = True) -> Change:
    """Put a file in the place of a list, and say how many entries came and went.

    Raises Refused with every fault by row and column when it cannot be read; and, without `replace`, when entries that
    stand would go: nothing of an older list is kept, so that has to be meant.
    """
    try:
        rows = set(read_list(slot, data, name))
    except Unreadable as fault:
        raise Refused([Issue(f"gate.list.{fault.code}", fault.message, field="file")]) from fault
    with chain.together():
        found = GateList.objects.select_for_update().filter(slot=slot).first() or GateList(slot=slot)
        standing = set(gate_lists.rows_of(found))
        added, removed = len(rows - standing), len(standing - rows)
        if removed and not replace:
            message = (
                f"这份文件会新增{added}条、删去{removed}条（现有{len(standing)}条）。确认无误的，"
                "请勾选“替换现有内容”，并重新选择文件；要保留的，请先并入文件。"
            )
            raise Refused([Issue("gate.list.replaces", message, field="sure")])
        told = {"slot": slot, "entries": len(rows), "added": added, "removed": removed, "digest": digest_of(data)}
        found.name, found.data, found.entries, found.digest = name[:200], data, len(rows), told["digest"]
        found.changed_at = now.now()
        if found.pk is None:
            act(found, "fill", actor, data=told)
        else:
            act(found, "replace", actor, data=told)
            found.save(update_fields=["name", "data", "entries", "digest", "changed_at"])
    return Change(len(rows), added, removed)


def clear_list(slot: Slot, actor: Actor, *, note: str) -> Event:
    """Empty a list; its checks cannot be assessed from then on."""
    with chain.together():
        found = GateList.objects.select_for_update().filter(slot=slot).first()
        if found is None:
            title = gate_lists.TITLES[slot]
            raise Refused([Issue("gate.no_list", f"“{title}”没有内容，不用清空。")])
        event = act(found, "clear", actor, note=note, data={"slot": slot, "entries": 0, "removed": found.entries})
        found.data, found.entries, found.digest, found.name = b"", 0, "", ""
        found.changed_at = now.now()
        found.save(update_fields=["data", "entries", "digest", "name", "changed_at"])
    return event


def digest_of(data: bytes) -> str:
    """Which content a list had, under the installation's own key: from a plain hash a short list could be guessed."""
    return salted_hmac("mingchuang.gate_list", data, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
