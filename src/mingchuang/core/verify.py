"""`mingchuang verify`: the chain is whole, state is the fold of its events, triggers and files are there.

Found: an event edited, removed, reordered or added past the head; words changed or gone; a row whose axes or version
were written around `act`; a cut or rewritten chain, as far as a checkpoint reaches. Not found: columns that no event
and no room's check speaks of; events forged in one go with every later link and the head, or cut off with it, after
the newest checkpoint, or at all where the checkpoints could be changed too and no copy was kept elsewhere.

Each check is a generator of `Issue`; rooms add their own with `register`. Reads only; may run beside writers: what
looks wrong in a moving row is looked at again under its lock before it is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.db import connection, transaction

from mingchuang.core import chain, checkpoints, files, hashing, protection
from mingchuang.core.act import KERNEL
from mingchuang.core.chain import Checkpoint
from mingchuang.core.models import ChainHead, Event, EventText
from mingchuang.core.subject import Subject, model_of, subject_models
from mingchuang.norms.outcome import Issue

Check = Callable[[], Iterable[Issue]]
_CHUNK: Final = 2000
_Fold = dict[str, str]

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a room's check; `name` is shown while it runs. Raises ValueError when the name is taken by another one."""
    if _checks.get(name, check) is not check:
        raise ValueError(f"a check named {name} is registered already")
    _checks[name] = check


def run(outside: Iterable[Checkpoint] = ()) -> list[Issue]:
    """Everything that is wrong; empty when all is well. The chain is held against the checkpoints kept in the data
    folder and against those from `outside` the machine."""
    found = list(triggers())
    found += events()
    found += checkpoints.unsound()
    found += checkpoints.against(outside)
    found += states()
    found += files.unsound()
    for check in _checks.values():
        found += check()
    return found


def triggers() -> Iterator[Issue]:
    """The triggers that protect history."""
    for name in protection.missing(connection):
        yield Issue("verify.trigger", f"保护触发器 {name} 不存在或已被改动，请运行 mingchuang run 或数据库迁移以重建。")


def events() -> Iterator[Issue]:
    """Gaps, edited and reordered events, words that don't fit their hash, a head that isn't the last event."""
    head = ChainHead.objects.filter(pk=chain.HEAD_ID).first()
    if head is None:
        yield Issue("verify.head", "事件链的链首记录不存在。")
        return
    expected, previous = 1, ""
    rows = Event.objects.filter(seq__lte=head.seq).order_by("seq").select_related("text")
    for event in rows.iterator(chunk_size=_CHUNK):
        if event.seq > expected:
            yield Issue(
                "verify.gap", f"事件链缺少第{_span(expected, event.seq - 1)}号事件。", context={"seq": expected}
            )
        elif event.previous != previous:
            yield Issue("verify.link", f"第{event.seq}号事件与前一事件不衔接。", context={"seq": event.seq})
        yield from _event(event)
        expected, previous = event.seq + 1, event.link
    if expected <= head.seq:
        yield Issue("verify.tail", f"事件链缺少末尾第{_span(expected, head.seq)}号事件。", context={"seq": expected})
    elif previous != head.link:
        yield Issue("verify.head", f"链首记录与第{head.seq}号事件不符。", context={"seq": head.seq})
    yield from _beyond(head.seq)


def states() -> Iterator[Issue]:
    """Whether axes and version of every subject are the fold of its events."""
    head = chain.checkpoint().seq if ChainHead.objects.filter(pk=chain.HEAD_ID).exists() else 0
    kinds = {model.subject_kind(): model for model in subject_models()}
    folds: dict[str, dict[int, tuple[int, _Fold]]] = {kind: {} for kind in kinds}
    columns = ("seq", "subject_kind", "subject_id", "subject_version", "changes", "machine")
    rows = Event.objects.filter(seq__lte=head).exclude(machine=KERNEL).order_by("seq").values_list(*columns)
    for seq, kind, pk, version, changes, _ in rows.iterator(chunk_size=_CHUNK):
        if kind not in folds:
            continue
        before = folds[kind].get(pk, (0, {}))
        if version != before[0] + 1 or any(before[1].get(axis, "") != old for axis, (old, _) in changes.items()):
            yield Issue("verify.step", f"第{seq}号事件与其对象此前的状态不衔接。", context={"seq": seq})
        folds[kind][pk] = (version, {**before[1], **{axis: new for axis, (_, new) in changes.items()}})
    for kind, model in kinds.items():
        yield from _compare(model, folds[kind])


def _event(event: Event) -> Iterator[Issue]:
    try:
        sound = chain.link_of(event) == event.link
    except (KeyError, ValueError, TypeError):
        sound = False
    if not sound:
        yield Issue("verify.content", f"第{event.seq}号事件的内容已被改动。", context={"seq": event.seq})
    text: EventText | None = getattr(event, "text", None)
    if text is None:
        if event.text_hash:
            yield Issue("verify.text", f"第{event.seq}号事件的文字不见了，且无清除记录。", context={"seq": event.seq})
    elif text.erased_by_id is not None:
        erased = Event.objects.filter(pk=text.erased_by_id, move="erase_text", data__event=str(event.id)).exists()
        if text.body or text.salt or not erased:
            yield Issue("verify.text", f"第{event.seq}号事件的文字清除不完整。", context={"seq": event.seq})
    elif not _text_sound(event, text):
        yield Issue("verify.text", f"第{event.seq}号事件的文字已被改动。", context={"seq": event.seq})


def _text_sound(event: Event, text: EventText) -> bool:
    algorithm = event.text_hash.partition(":")[0]
    if algorithm not in hashing.ALGORITHMS:
        return False
    try:
        return chain.text_hash(text.salt, text.body, algorithm) == event.text_hash
    except (ValueError, TypeError):
        return False


def _beyond(head: int) -> Iterator[Issue]:
    """Events after the head: written around `act`, unless the head has moved on meanwhile."""
    with transaction.atomic():
        now_head = ChainHead.objects.select_for_update().filter(pk=chain.HEAD_ID).first()
        limit = now_head.seq if now_head is not None else head
        for seq in Event.objects.filter(seq__gt=limit).order_by("seq").values_list("seq", flat=True)[:10]:
            yield Issue("verify.beyond", f"第{seq}号事件在链首之后，不是由系统写入的。", context={"seq": seq})


def _compare(model: type[Subject], folds: dict[int, tuple[int, _Fold]]) -> Iterator[Issue]:
    axes = model.axis_names()
    kind = model.subject_kind()
    for pk, version, *values in (
        model._base_manager.order_by("pk").values_list("pk", "version", *axes).iterator(chunk_size=_CHUNK)
    ):
        expected_version, state = folds.pop(pk, (0, {}))
        if (version, *values) == (expected_version, *(state.get(axis, "") for axis in axes)) and version > 0:
            continue
        yield from _look_again(model, pk)
    for pk in folds:
        if not model._base_manager.filter(pk=pk).exists():
            yield Issue("verify.gone", f"{model.subject_title}（{kind} {pk}）有事件而无记录。", context={"pk": pk})


def _look_again(model: type[Subject], pk: int) -> Iterator[Issue]:
    """The row and its events under the row's lock: a writer may have been at work between two of our reads."""
    axes, kind = model.axis_names(), model.subject_kind()
    with transaction.atomic():
        row = model._base_manager.select_for_update().filter(pk=pk).values("version", *axes).first()
        if row is None:
            return
        version, state = fold(kind, pk)
    shown = f"{model.subject_title}（{kind} {pk}）"
    if version == 0:
        yield Issue("verify.unborn", f"{shown}没有建立事件，是绕过系统写入的。", context={"pk": pk})
        return
    differing = [axis for axis in axes if row[axis] != state.get(axis, "")]
    if differing or row["version"] != version:
        what = "、".join(f"{axis}为“{row[axis]}”、事件为“{state.get(axis, '')}”" for axis in differing)
        what = what or f"版本为{row['version']}、事件为{version}"
        yield Issue("verify.state", f"{shown}的状态与事件不符：{what}。", context={"pk": pk, "axes": differing})


def fold(kind: str, pk: int) -> tuple[int, _Fold]:
    """Version and axes of one subject, from its events alone. Raises ValueError for a kind without a machine."""
    if model_of(kind) is None:
        raise ValueError(f"{kind} has no state machine")
    version, state = 0, {}
    rows = Event.objects.filter(subject_kind=kind, subject_id=pk).exclude(machine=KERNEL).order_by("seq")
    for event in rows:
        version = event.subject_version
        state.update({axis: new for axis, (_, new) in event.changes.items()})
    return version, state


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}至{last}"
