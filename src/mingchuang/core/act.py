"""`act`: the only way a state changes.

lock → machine → checks (all reasons) → compare-and-set → event → reactions → deadlines → jobs on commit → chain link,
in one transaction. See docs/adr/0101-events.md for why the link comes last.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from mingchuang.core import chain, checks, edge, jobs, now, reactions, standing
from mingchuang.core.actor import Actor
from mingchuang.core.canonical import plain
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.core.subject import Subject
from mingchuang.norms.machine import load
from mingchuang.norms.outcome import Issue, Refused, errors, refuse_if
from mingchuang.norms.transitions import Decision

Evidence = Mapping[str, Any] | str

# The most characters of a reason: a technical limit, far beyond any reason, so that no event grows without bound.
LONGEST_WORDS: Final = 20_000

# Moves outside every machine: they change no axis and no version.
KERNEL: Final = "kernel"
KERNEL_MOVES: Final[Mapping[str, str]] = {
    "define_collective": "建立或调整统称",
    "erase_text": "清除文字",
    "refuse_access": "无权办理被拒",
    "refuse_unknown_sign_in": "陌生账号登录被拒",
}


@dataclasses.dataclass(frozen=True, slots=True)
class _Deed:
    """What is to be done, as told by the caller, with the day settled."""

    move: str
    actor: Actor
    happened_on: date
    note: str
    evidence: tuple[Evidence, ...]
    late_reason: str
    content_hash: str
    data: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def told(self) -> dict[str, Any]:
        """The facts that machine and checks see."""
        known = {"role": self.actor.role.value, "note": self.note, "evidence": self.evidence}
        return {**self.facts, **known, "content_hash": self.content_hash, "happened_on": self.happened_on}

    @property
    def words(self) -> dict[str, Any]:
        """Free text: kept outside the chain, erasable."""
        return {key: text for key, text in (("note", self.note), ("late_reason", self.late_reason)) if text}


def act(
    subject: Subject,
    move: str,
    actor: Actor,
    *,
    happened_on: date | None = None,
    note: str = "",
    evidence: Iterable[Evidence] = (),
    late_reason: str = "",
    content_hash: str = "",
    data: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Event:
    """Make `move` on `subject` and return its event.

    `happened_on` is a day in Beijing time, today unless told; an earlier one demands `late_reason` (补录). `note`,
    `late_reason` and `private` (personal values) go to `EventText`; `evidence` (file hashes, addresses, or mappings
    with `kind` and `value`), `content_hash` and `data` (plain values, nothing personal) go into the chain. `facts` are
    for the machine's guards and the checks, and are not kept. `version`, when told, is the version that the person
    saw: another one is refused.

    A subject without a key is inserted first (its columns as they are) and must make a creating move. On return the
    subject carries the new state. Raises `Refused` with all reasons; then nothing was written. The event has its
    sequence number once the outermost `chain.together` block has ended.
    """
    deed = _Deed(
        move=move,
        actor=actor,
        happened_on=happened_on or now.today(),
        note=note.strip(),
        evidence=tuple(evidence),
        late_reason=late_reason.strip(),
        content_hash=content_hash,
        data=dict(data or {}),
        facts=dict(facts or {}),
    )
    return _perform(subject, deed, dict(private or {}), version)


class Creation:
    """The creating `move` for many new rows of one model: the same questions as `act`, one insert, one event each.

    For what comes by the hundred (the duties of a notice). Made before the write lock is taken: what needs no database
    is decided then, so that the lock is held for the writing alone. `data` is one mapping a subject, in their order.
    Raises `Refused` with the reasons of all rows together.
    """

    def __init__(
        self, subjects: Sequence[Subject], move: str, actor: Actor, *, data: Sequence[Mapping[str, Any]]
    ) -> None:
        deeds = [_Deed(move, actor, now.today(), "", (), "", "", dict(told), {}) for told in data]
        self._rows: list[tuple[Subject, _Deed, Decision]] = []
        issues: dict[Issue, None] = {}
        for subject, deed in zip(subjects, deeds, strict=True):
            try:
                _prepare(subject, deed)
                self._rows.append((subject, deed, _decide(subject, deed, {}, authorised=False, stood=())))
            except Refused as refusal:
                issues.update(dict.fromkeys(refusal.issues))
        refuse_if(issues)
        self._events = [_draft(*row) for row in self._rows]

    def carry_out(self) -> None:
        """Write all rows and their events, whole or not at all; the subjects then have keys and their first state.

        Standing is asked now, once for each unit that a subject belongs to. Raises `Refused`.
        """
        try:
            with chain.together():
                refuse_if(self._standing())
                self._insert()
                for event, (subject, deed, decision) in zip(self._events, self._rows, strict=True):
                    event.subject_id = subject.pk
                    event.subject_version = subject.version
                    chain.add(event, {})
                    _react(subject, event, deed, decision)
                transaction.on_commit(jobs.wake)
        except BaseException as fault:
            for subject, _, _ in self._rows:
                subject.pk = None
                subject._state.adding = True
            if isinstance(fault, Refused):
                subject, deed, _ = self._rows[0]
                standing.report(fault, deed.actor, subject, deed.move)
            raise

    def _standing(self) -> list[Issue]:
        one_of_each = {row[0].subject_unit(): row for row in self._rows}
        return [
            issue
            for subject, deed, _ in one_of_each.values()
            for issue in standing.issues(subject, deed.actor, deed.happened_on, has_evidence=False)
        ]

    def _insert(self) -> None:
        for subject, _, decision in self._rows:
            subject.version = 1
            for axis, (_, to) in decision.changes.items():
                setattr(subject, axis, to)
        if self._rows:
            subjects = [subject for subject, _, _ in self._rows]
            type(subjects[0])._base_manager.bulk_create(subjects)


def follow(
    subject: Subject,
    move: str,
    cause: Event,
    actor: Actor,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """A move that is part of another (a clock that starts because an application was received): same day, same actor.

    The cause was authorised and dated; so neither standing nor role nor date is asked again, and the event still names
    the role in which the cause was done. For the kernel's own rows.
    """
    told = {**(data or {}), "cause": cause.id}
    deed = _Deed(move, actor, cause.happened_on, note, (), "", "", told, dict(facts or {}))
    return _perform(subject, deed, {}, None, authorised=True)


def remark(kind: str, pk: int, move: str, actor: Actor, *, data: Mapping[str, Any], words: Mapping[str, Any]) -> Event:
    """An event outside the machines (`KERNEL_MOVES`): it changes no axis. Raises ValueError for another move."""
    if move not in KERNEL_MOVES:
        raise ValueError(f"no kernel move {move}")
    refuse_if(edge.issues_in(words))
    with chain.together():
        event = _event(actor, move, now.today(), KERNEL, (kind, pk, 0))
        event.data = plain(data)
        chain.add(event, plain(words))
        transaction.on_commit(jobs.wake)
    return event


def _perform(
    subject: Subject, deed: _Deed, private: dict[str, Any], version: int | None, authorised: bool = False
) -> Event:
    before = dict(subject.__dict__)
    try:
        with chain.together():
            _lock(subject, deed, version)
            decision = _decide(subject, deed, private, authorised)
            _write(subject, decision)
            event = _draft(subject, deed, decision)
            chain.add(event, plain({**deed.words, **private}))
            _react(subject, event, deed, decision)
            transaction.on_commit(jobs.wake)
    except BaseException as fault:
        _forget(subject, before)
        if isinstance(fault, Refused):
            standing.report(fault, deed.actor, subject, deed.move)
        raise
    return event


def _react(subject: Subject, event: Event, deed: _Deed, decision: Decision) -> None:
    """What follows from an event inside its transaction: reactions, then clocks."""
    reactions.run(event, subject)
    if decision.clocks:
        from mingchuang.core import deadlines  # noqa: PLC0415 - clocks act, and an act moves clocks

        deadlines.follow_clocks(subject, event, deed.actor, decision.clocks, deed.facts)


def _forget(subject: Subject, before: Mapping[str, Any]) -> None:
    """The transaction is undone, so the object in hand forgets it too (a key that was drawn, the new state)."""
    subject.__dict__.update(before)
    subject._state.adding = before["id"] is None if "id" in before else subject.pk is None


def _lock(subject: Subject, deed: _Deed, version: int | None) -> None:
    """Hold the row until commit and bring `subject`'s axes and version up to it."""
    if subject.pk is None:
        _insert(subject, deed)
        return
    model = type(subject)
    names = ("version", *model.axis_names())
    row = model._base_manager.select_for_update().filter(pk=subject.pk).values(*names).first()
    if row is None:
        raise Refused([Issue("act.gone", f"这条{subject.subject_title}已不存在。")])
    if version is not None and row["version"] != version:
        raise Refused([Issue("act.stale", f"这条{subject.subject_title}刚刚被他人办理过，请刷新页面核对后再办理。")])
    for name, value in row.items():
        setattr(subject, name, value)


def _insert(subject: Subject, deed: _Deed) -> None:
    """Write a new row, once everything that can be known without it has been found in order."""
    _prepare(subject, deed)
    subject.save(force_insert=True)


def _prepare(subject: Subject, deed: _Deed) -> None:
    """A new row before its creating move: no version, empty axes, nothing in it that cannot be stored."""
    machine = load(subject.machine)
    known = machine.moves.get(deed.move)
    if known is None or not known.creates:
        titles = "、".join(m.title for m in machine.moves.values() if m.creates)
        raise Refused([Issue("act.not_created", f"这条{subject.subject_title}尚未建立，请先办理“{titles}”。")])
    subject.version = 0
    for axis in machine.axes:
        setattr(subject, axis, "")
    refuse_if(edge.issues_in({f.attname: getattr(subject, f.attname) for f in subject._meta.concrete_fields}))


def _decide(
    subject: Subject,
    deed: _Deed,
    private: Mapping[str, Any],
    authorised: bool,
    stood: Sequence[Issue] | None = None,
) -> Decision:
    """The machine's answer; raises `Refused` with its reasons and everybody else's together.

    `stood` is what standing said already, of this actor and a subject of the same unit.
    """
    issues: list[Issue] = []
    decision = None
    try:
        known = {**deed.told, "role": Role.SYSTEM} if authorised else deed.told
        decision = load(subject.machine).decision(subject.axes(), deed.move, known)
    except Refused as refusal:
        issues += refusal.issues
    if not authorised:
        asked = standing.issues(subject, deed.actor, deed.happened_on, bool(deed.evidence)) if stood is None else stood
        issues += [*asked, *_dating(deed)]
    issues += _characters(deed, private) + _lengths(deed)
    issues += checks.run(subject, deed.move, deed.actor, deed.told)
    refuse_if(issues)
    if decision is None:
        raise AssertionError("a machine that gives no decision refuses")
    return decision


def _dating(deed: _Deed) -> list[Issue]:
    """Nothing happens tomorrow, and nothing is backdated unseen (docs/practice.md, 补录)."""
    today = now.today()
    day = deed.happened_on
    if day > today:
        return [Issue("act.future", f"发生日期{day:%Y-%m-%d}晚于今天，不能登记尚未发生的事。", field="happened_on")]
    if day < today and not deed.late_reason:
        message = f"发生日期{day:%Y-%m-%d}早于今天，属于补录，请写明补录原因。"
        return [Issue("act.late_reason", message, field="late_reason")]
    return []


def _characters(deed: _Deed, private: Mapping[str, Any]) -> list[Issue]:
    texts = {"note": deed.note, "late_reason": deed.late_reason, "content_hash": deed.content_hash}
    return edge.issues_in({**texts, "evidence": deed.evidence, "data": deed.data, "private": private})


def _lengths(deed: _Deed) -> list[Issue]:
    titles = {"note": "理由", "late_reason": "补录原因"}
    return [
        Issue(
            "act.too_long", f"{titles[field]}有{len(text)}个字符，最多{LONGEST_WORDS}个，请精简后再提交。", field=field
        )
        for field, text in deed.words.items()
        if len(text) > LONGEST_WORDS
    ]


def _write(subject: Subject, decision: Decision) -> None:
    """Compare and set: the row changes only if axes and version still are what was decided upon."""
    before = {"version": subject.version, **subject.axes()}
    after = {"version": subject.version + 1, **{axis: to for axis, (_, to) in decision.changes.items()}}
    if type(subject)._base_manager.filter(pk=subject.pk, **before).update(**after) != 1:
        raise Refused([Issue("act.stale", f"这条{subject.subject_title}刚刚被他人办理过，请刷新页面核对后再办理。")])
    for name, value in after.items():
        setattr(subject, name, value)


def _draft(subject: Subject, deed: _Deed, decision: Decision) -> Event:
    place = (subject.subject_kind(), subject.pk, subject.version)
    event = _event(deed.actor, deed.move, deed.happened_on, subject.machine, place)
    event.changes = {axis: list(change) for axis, change in decision.changes.items()}
    event.evidence = plain(deed.evidence)
    event.content_hash = deed.content_hash
    event.data = plain(deed.data)
    return event


def _event(actor: Actor, move: str, day: date, machine: str, place: tuple[str, int, int]) -> Event:
    kind, pk, version = place
    return Event(
        schema=chain.EVENT_SCHEMA,
        machine=machine,
        move=move,
        subject_kind=kind,
        subject_id=pk,
        subject_version=version,
        person=actor.person,
        role=actor.role.value,
        unit=actor.unit,
        on_behalf_of=actor.on_behalf_of,
        via=actor.via.value,
        happened_on=day,
        recorded_at=now.now(),
    )


def reasons(refusal: Refused) -> Sequence[str]:
    """The sentences of a refusal, for messages on a page."""
    return [issue.message for issue in errors(refusal.issues)]
