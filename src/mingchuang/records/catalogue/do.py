"""Writing the catalogue: a version is accepted whole; a record is filed under one of its items."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings

from mingchuang.core import chain, deadlines, files, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.canonical import digest_of_rows
from mingchuang.core.models import Deadline, Event, StoredFile
from mingchuang.norms.outcome import Issue, refuse_if
from mingchuang.norms.rules import rule
from mingchuang.reading import catalogue as sheets
from mingchuang.reading.catalogue import Item
from mingchuang.records.catalogue import queries
from mingchuang.records.kind import kinds
from mingchuang.records.models import (
    Catalogue,
    CatalogueElement,
    CatalogueItem,
    CatalogueRow,
    CoveredElement,
    Record,
)

RENEWAL = "catalogue.update"
#: A catalogue with more rows is certainly none of one county.
MOST_ROWS = 5000


def look(data: bytes, name: str, *, field: str = "") -> sheets.Catalogue:
    """What a file holds, judged by today's law and the kinds that there are; nothing is written."""
    return sheets.read(data, name, day=now.today(), region=settings.MINGCHUANG_REGION, kinds=kind_titles(), field=field)


def kind_titles() -> dict[str, str]:
    """The kinds of record by id, with their titles."""
    return {kind_id: kind.title for kind_id, kind in kinds().items()}


def accept_file(
    data: bytes, name: str, actor: Actor, *, title: str, since: date | None = None, field: str = ""
) -> Catalogue:
    """Accept a spreadsheet as the next version. Raises Refused with every fault, each by row and column."""
    found = look(data, name, field=field)
    refuse_if([issue_of(fault) for fault in found.faults])
    return accept(found.items, actor, title=title, since=since, source=files.put(data, name), source_name=name)


def issue_of(fault: sheets.Fault) -> Issue:
    """A fault of a spreadsheet as a reason of a refusal."""
    place = {"sheet": fault.sheet, "row": fault.row, "column": fault.column}
    return Issue(fault.rule, f"{fault.where}：{fault.message}", field="file", context=place)


def accept(
    items: Sequence[Item],
    actor: Actor,
    *,
    title: str,
    since: date | None = None,
    source: StoredFile | None = None,
    source_name: str = "",
) -> Catalogue:
    """Accept items as the next version, in force from `since` (today): one event over their digest.

    The version before is replaced, its open renewal met, and the next renewal starts. Raises Refused when there is
    nothing in it, when it says what the version in force says, or when it would begin before that one.
    """
    day = since or now.today()
    with chain.together():
        # Held until commit: two clerks who accept at once make two versions, one after the other.
        last = Catalogue.objects.select_for_update().order_by("-number").first()
        count, digest = digest_of_rows(dataclasses.asdict(item) for item in items)
        refuse_if(_issues(count, digest, day, last))
        row = Catalogue(
            number=(last.number if last else 0) + 1,
            title=title.strip()[:200] or "公开事项目录",
            since=day,
            unit=actor.unit,
            source=source,
            source_name=source_name[:255],
            digest=digest,
            size=count,
            accepted_by=actor.person,
            accepted_at=now.now(),
        )
        if last is not None and last.standing == Catalogue.Standing.IN_FORCE:
            act(last, "replace", actor, data={"by": row.number})
            Catalogue.objects.filter(pk=last.pk).update(until=day)
        data = {"number": row.number, "rows": count, "since": day.isoformat()}
        event = act(row, "accept", actor, content_hash=digest, data=data)
        _write(row, items)
        _renew(row, last, event, actor)
    return row


def _issues(count: int, digest: str, day: date, last: Catalogue | None) -> Iterable[Issue]:
    if not count:
        yield Issue("catalogue.empty", "目录里没有事项。", field="file")
    if count > MOST_ROWS:
        yield Issue("catalogue.too_many", f"目录有{count}行，超过{MOST_ROWS}行，请核对是不是目录。", field="file")
    if last is not None and last.digest == digest:
        yield Issue("catalogue.same", f"与{last}没有不同，不必再次采用。", field="file")
    if last is not None and day < last.since:
        message = f"施行日期不能早于现行目录的施行日期{last.since:%Y-%m-%d}。"
        yield Issue("catalogue.since", message, field="since")


def _write(catalogue: Catalogue, items: Sequence[Item]) -> None:
    known = {(item.field, item.level1, item.level2, item.level3): item for item in CatalogueItem.objects.all()}
    fresh = dict.fromkeys(item.key for item in items if item.key not in known)
    made = CatalogueItem.objects.bulk_create(
        CatalogueItem(field=field, level1=first, level2=second, level3=third) for field, first, second, third in fresh
    )
    known |= dict(zip(fresh, made, strict=True))
    rows = CatalogueRow.objects.bulk_create(
        _row(catalogue, order, item, known[item.key]) for order, item in enumerate(items, 1)
    )
    CatalogueElement.objects.bulk_create(
        CatalogueElement(row=row, order=order, name=element.name, required=element.required)
        for row, item in zip(rows, items, strict=True)
        for order, element in enumerate(item.elements, 1)
    )


def _row(catalogue: Catalogue, order: int, item: Item, stable: CatalogueItem) -> CatalogueRow:
    return CatalogueRow(
        catalogue=catalogue,
        item=stable,
        order=order,
        stage=item.stage,
        basis=list(item.basis),
        limit=item.limit.text,
        organ=item.organ,
        channels=list(item.channels),
        other_channel=item.other_channel,
        audience=item.audience,
        group=item.group,
        mode=item.mode,
        levels=list(item.levels),
        note=item.note,
        kind=item.kind,
        rule=item.rule,
        applied_rule=item.rule or sheets.rule_of(item.limit, item.basis, catalogue.since, settings.MINGCHUANG_REGION),
    )


def _renew(row: Catalogue, last: Catalogue | None, event: Event, actor: Actor) -> None:
    """The renewal that was owed is done; the next is owed by the end of the next year, where a rule says so."""
    if last is not None:
        owed = Deadline.objects.filter(about_kind=Catalogue.subject_kind(), about_id=last.pk, rule=RENEWAL)
        for deadline in owed.open():
            deadlines.meet(deadline, actor, cause=event)
    begins = date(row.since.year + 1, 1, 1)
    region = actor.unit.region if actor.unit else settings.MINGCHUANG_REGION
    if rule(RENEWAL).held(begins, region):
        title = f"更新主动公开基本目录（{begins.year}年）"
        deadlines.start(row, RENEWAL, begins, actor.unit, title=title, region=region, cause=event, actor=actor)


def classify(record: Record, item: CatalogueItem | None, actor: Actor, *, elements: Sequence[str] = ()) -> Event:
    """File a record under an item of the catalogue in force, and say which of its elements it makes public.

    None takes it out again. Raises Refused for an item that is not in force and for elements that it does not have.
    """
    with chain.together():
        row = Record.objects.select_for_update(of=("self",)).select_related("unit").get(pk=record.pk)
        wanted = tuple(dict.fromkeys(elements))
        refuse_if(_misfiled(item, wanted))
        data = {"item": item.pk if item else None, "elements": list(wanted)}
        event = act(row, "classify", actor, data=data)
        Record.objects.filter(pk=row.pk).update(item=item)
        row.covered.all().delete()
        CoveredElement.objects.bulk_create(CoveredElement(record=row, name=name) for name in wanted)
        record.item = item
        record.version = row.version
    return event


def _misfiled(item: CatalogueItem | None, elements: Sequence[str]) -> Iterable[Issue]:
    if item is None:
        if elements:
            yield Issue("catalogue.no_item", "没有选择公开事项，不能勾选要素。", field="elements")
        return
    known = queries.element_names(item, now.today())
    if known is None:
        yield Issue("catalogue.not_in_force", f"“{item}”不在现行目录中，请另选公开事项。", field="item")
        return
    unknown = [name for name in elements if name not in known]
    if unknown:
        names = "、".join(unknown)
        yield Issue("catalogue.unknown_element", f"“{item}”没有这些要素：{names}。", field="elements")
