"""索引号: one by rule at publication, or one that another system gave; and why numbers stand at no record."""

from __future__ import annotations

from django.db.models import Q

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event, Unit
from mingchuang.norms import indexnumber
from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.records import numbering
from mingchuang.records.do.rows import hold_series, locked, next_number
from mingchuang.records.models import NumberGap, Record
from mingchuang.records.terms import GapReason, NumberSource

_FORM = "{org}/{year}-{serial:05d}"


def index_number(row: Record, year: int) -> str:
    """The number of a record that becomes public now: the one that was given, else the next by rule.

    `<org>/<year>-<serial>`: the unit's unified social credit code, or its code. A number that was ever held, given or
    explained is passed over. The caller holds the record. Raises Refused when a given one is taken after all.
    """
    if row.given_number:
        if Record.objects.filter(index_number=row.given_number).exclude(pk=row.pk).exists():
            message = f"登记的索引号“{row.given_number}”已被另一条信息使用，请更改后再公开。"
            raise Refused([Issue("records.number_taken", message)])
        return row.given_number
    org = numbering.org_of(row.unit)
    while True:
        serial = next_number(numbering.series(org, year))
        number = _FORM.format(org=org, year=year, serial=serial)
        if numbering.holder(number) is None and numbering.explained(org, year, serial) is None:
            return number


def give_number(record: Record, actor: Actor, *, number: str, source: str, note: str = "") -> Event:
    """Take over a number that another system gave (`terms.NumberSource`), before publication; "" takes it back.

    Raises Refused with every reason: the form, the year, a number that a record has or that is explained as spent, no
    source, a record that was public already (`act`).
    """
    with chain.together():
        row = locked(record)
        found = indexnumber.parse(number)
        if found is not None:
            hold_series(numbering.series(found.org, found.year))
        refuse_if(_misgiven(row, number, source))
        told = str(found) if found is not None else ""
        data = {"number": told, "source": source if told else ""}
        event = act(row, "give_number", actor, note=note, data=data)
        Record.objects.filter(pk=row.pk).update(given_number=told or None, number_source=data["source"])
    return event


def _misgiven(row: Record, number: str, source: str) -> list[Issue]:
    if not number.strip():
        if row.given_number:
            return []
        return [Issue("records.number", "请填写索引号。", field="number", rule=indexnumber.BASIS)]
    said = indexnumber.faults(number, now.today().year)
    found = indexnumber.parse(number)
    if found is not None and not said:
        said += _spent(row, found)
    issues = [Issue("records.number", message, field="number", rule=indexnumber.BASIS) for message in said]
    if source not in NumberSource.values:
        titles = "、".join(NumberSource.labels)
        issues.append(Issue("records.number_source", f"请选择索引号由谁给定：{titles}。", field="source"))
    return issues


def _spent(row: Record, found: indexnumber.IndexNumber) -> list[str]:
    """Why a number is not free any more; another writing of its serial is the same number."""
    spellings = [
        str(indexnumber.IndexNumber(found.org, found.year, found.serial, width))
        for width in range(len(str(found.serial)), 10)
    ]
    taken = Record.objects.filter(Q(index_number__in=spellings) | Q(given_number__in=spellings)).exclude(pk=row.pk)
    said = []
    for other in taken.select_related("current", "published")[:1]:
        named = other.published or other.current
        title = f"“{named.title}”" if named is not None and named.title else "另一条信息（稿件已作废）"
        said.append(f"索引号{found}已由{title}使用，一个号码不能用两次。")
    gap = numbering.explained(found.org, found.year, found.serial)
    if gap is not None:
        said.append(f"索引号{found}已说明为缺号（{gap.get_reason_display()}），不再使用；说明有误的，先更改说明。")
    return said


def explain_gap(
    org: str, year: int, actor: Actor, *, first: int, last: int, reason: str, note: str, unit: Unit | None = None
) -> NumberGap:
    """Say why no record here has the numbers `first` to `last` (`terms.GapReason`, in words `note`).

    Numbers that nobody has used yet may be named too (given elsewhere beforehand): the rule passes them over then.
    Raises Refused with every reason.
    """
    with chain.together():
        hold_series(numbering.series(org, year))
        refuse_if(_unexplained(org, year, first, last, reason))
        told = {"org": org, "year": year, "first": first, "last": last, "reason": reason}
        row = NumberGap(unit=unit or actor.unit, note=note.strip()[:500], **told)
        act(row, "explain", actor, note=note, data=told)
    return row


def restate_gap(gap: NumberGap, actor: Actor, *, reason: str, note: str) -> Event:
    """Give another reason for a gap; the one before stays in the history."""
    with chain.together():
        row = NumberGap.objects.select_for_update().get(pk=gap.pk)
        refuse_if(_reason(reason))
        event = act(row, "restate", actor, note=note, data={"reason": [row.reason, reason]})
        NumberGap.objects.filter(pk=row.pk).update(reason=reason, note=note.strip()[:500])
    return event


def _unexplained(org: str, year: int, first: int, last: int, reason: str) -> list[Issue]:
    issues = _reason(reason)
    if not 1 <= first <= last:
        return [*issues, Issue("records.gap_order", "起号应当大于0，不大于止号。", field="last")]
    numbers = numbering.sequence(org, year)
    inside = [run for run in numbers.runs if run.first <= last and first <= run.last] if numbers else []
    held = [run for run in inside if run.record is not None]
    if held:
        serials = "、".join(run.serials for run in held[:5]) + ("等" if len(held) > 5 else "")
        message = f"{serials}有对应的信息，不是缺号。"
        issues.append(Issue("records.gap_held", message, field="first"))
    told = [run for run in inside if run.gap is not None]
    if told:
        serials = "、".join(run.serials for run in told[:5])
        issues.append(Issue("records.gap_twice", f"{serials}已经说明过，请更改原来的说明。", field="first"))
    return issues


def _reason(reason: str) -> list[Issue]:
    if reason in GapReason.values:
        return []
    titles = "、".join(GapReason.labels)
    return [Issue("records.gap_reason", f"请选择缺号原因：{titles}。", field="reason")]
