"""The catalogue: versions accepted whole, records filed under items, execution counted."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from tests import record_stages as stages
from tests.reading import catalogue_sheet as sheets

from mingchuang.core import now, verify
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.reading.catalogue import Element, write
from mingchuang.reading.catalogue.standard import standard
from mingchuang.records import do as records
from mingchuang.records.catalogue import do, execution, queries
from mingchuang.records.models import Catalogue, CatalogueItem, CatalogueRow, Record

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with now.travel(DAY):
        yield


def accept(cast, items=None, **told):
    return do.accept(standard() if items is None else items, cast.zhao.actor, title="公开事项标准目录", **told)


def owned_by(items, organ):
    return tuple(dataclasses.replace(item, organ=organ) for item in items)


def test_a_spreadsheet_with_twelve_faults_is_refused_with_all_of_them_and_nothing_is_written(cast):
    data = sheets.workbook(sheets.planted(sheets.lines()))
    with pytest.raises(Refused) as refused:
        do.accept_file(data, "目录.xlsx", cast.zhao.actor, title="目录")

    order = sheets.Order()
    places = {(i.context["row"], i.context["column"], i.code) for i in refused.value.issues}
    assert places == sheets.expected(order)
    assert len(refused.value.issues) == 12
    assert all(f"第{i.context['row']}行" in i.message for i in refused.value.issues)
    assert not Catalogue.objects.exists()
    assert not CatalogueItem.objects.exists()


def test_the_corrected_one_is_accepted_exported_and_accepted_again_as_no_change(cast):
    row = do.accept_file(sheets.workbook(sheets.lines()), "目录.xlsx", cast.zhao.actor, title="目录")
    assert (row.number, row.size, row.standing, row.since) == (1, 200, "in_force", DAY)

    exported = write(queries.items(row), row.title, do.kind_titles())
    assert do.look(exported, "目录.xlsx").items == queries.items(row)
    with pytest.raises(Refused) as refused:
        do.accept_file(exported, "目录.xlsx", cast.zhao.actor, title="目录")
    assert [issue.code for issue in refused.value.issues] == ["catalogue.same"]


def test_a_version_is_one_event_over_the_digest_of_its_rows(cast):
    row = accept(cast)
    event = Event.objects.get(subject_kind="records.catalogue", subject_id=row.pk)

    assert (event.move, event.content_hash, event.data["rows"]) == ("accept", row.digest, len(standard()))
    assert queries.items(row) == standard()
    assert verify.run() == []


def test_the_next_version_replaces_the_one_before_and_says_what_changed(cast):
    first = accept(cast)
    changed = (dataclasses.replace(standard()[0], organ="审计局"), *standard()[2:])
    with now.travel(DAY + datetime.timedelta(days=30)):
        second = accept(cast, changed)
        first.refresh_from_db()

        assert (first.standing, first.until, second.number) == ("replaced", second.since, 2)
        assert queries.in_force(now.today()) == second
    assert queries.in_force(DAY) == first
    found = queries.compare(first, second)
    assert [item.level2 for item in found.removed] == [standard()[1].level2]
    assert [(c.column, c.after) for row in found.changed for c in row.columns] == [("organ", "审计局")]
    # The items of the first version are the same rows: what was filed under them stays filed.
    assert CatalogueItem.objects.count() == len(standard())
    assert verify.run() == []


def test_renewal_is_owed_by_the_end_of_the_next_year_and_met_by_the_next_version(cast):
    first = accept(cast)
    owed = Deadline.objects.get(about_kind="records.catalogue", about_id=first.pk)
    assert (owed.rule, owed.due, owed.clock) == ("catalogue.update", datetime.date(2020, 12, 31), "running")

    with now.travel(datetime.date(2020, 12, 1)):
        second = accept(cast, standard()[1:])
    owed.refresh_from_db()
    following = Deadline.objects.get(about_kind="records.catalogue", about_id=second.pk)
    assert (owed.clock, owed.met_on) == ("met", datetime.date(2020, 12, 1))
    assert following.due == datetime.date(2021, 12, 31)


def test_only_the_office_accepts(cast):
    with pytest.raises(Refused) as refused:
        do.accept(standard(), cast.zhang.actor, title="目录")
    assert any("政务公开" in issue.message for issue in refused.value.issues)
    with pytest.raises(Refused) as refused:
        do.accept((), cast.zhao.actor, title="目录")
    assert [issue.code for issue in refused.value.issues] == ["catalogue.empty"]
    assert not Catalogue.objects.exists()


def test_a_record_is_filed_under_an_item_with_the_elements_it_makes_public(cast):
    accept(cast, owned_by(standard()[:2], "青铜峡市人民政府办公室"))
    row = CatalogueRow.objects.first()
    revision = stages.draft(cast)
    first_element = standard()[0].elements[0].name
    event = do.classify(revision.record, row.item, cast.zhang.actor, elements=[first_element])

    record = Record.objects.get(pk=revision.record_id)
    assert (record.item, event.data["elements"]) == (row.item, [first_element])
    with pytest.raises(Refused) as refused:
        do.classify(record, row.item, cast.zhang.actor, elements=["没有的要素"])
    assert [issue.code for issue in refused.value.issues] == ["catalogue.unknown_element"]
    stranger = CatalogueItem.objects.create(field="", level1="旧", level2="旧")
    with pytest.raises(Refused) as refused:
        do.classify(record, stranger, cast.zhang.actor)
    assert [issue.code for issue in refused.value.issues] == ["catalogue.not_in_force"]
    do.classify(record, None, cast.zhang.actor)
    record.refresh_from_db()
    assert (record.item, record.covered.count()) == (None, 0)
    assert verify.run() == []


def test_execution_counts_live_records_missing_elements_and_age(cast):
    item = dataclasses.replace(standard()[0], elements=(Element("甲"), Element("乙"), Element("丙", required=False)))
    catalogue = accept(cast, owned_by((item, standard()[1]), "青铜峡市人民政府办公室"))
    row = CatalogueRow.objects.get(catalogue=catalogue, order=1)
    revision = stages.approved(cast)
    do.classify(revision.record, row.item, cast.zhang.actor, elements=["甲"])

    def states(day):
        return [(one.unit, one.state, one.live, one.missing) for one in execution.carried(catalogue, day)]

    others = tuple(element.name for element in standard()[1].elements if element.required)
    assert states(DAY) == [(cast.office, "none", 0, ("甲", "乙")), (cast.office, "none", 0, others)]
    records.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    assert states(DAY)[0] == (cast.office, "partial", 1, ("乙",))
    do.classify(revision.record, row.item, cast.zhang.actor, elements=["甲", "乙"])
    assert states(DAY)[0] == (cast.office, "full", 1, ())
    assert states(DAY + datetime.timedelta(days=90))[0][1] == "full"
    assert states(DAY + datetime.timedelta(days=91))[0][1] == "stale"
    records.withdraw(revision.record, cast.wu.actor, reason="mistake", note="有误")
    assert states(DAY)[0][1] == "none"

    matrix = execution.matrix(execution.carried(catalogue, DAY))
    assert [(unit, {field: (c.items, c.open) for field, c in cells.items()}) for unit, cells in matrix.rows] == [
        (cast.office, {"财政预决算": (2, 2)})
    ]


def test_history_is_as_old_as_its_text_not_as_its_entry(cast):
    catalogue = accept(cast, owned_by(standard()[:1], "青铜峡市人民政府办公室"))
    formed = DAY - datetime.timedelta(days=91)
    entry = records.Entry(1, stages.values(formed_on=formed.isoformat()))
    revision = records.enter_history("policy", cast.office, cast.zhang.actor, [entry], record_class="B")[0]
    records.submit(revision, cast.zhang.actor)
    signed = stages.signed(cast, revision, cast.li, cast.wu)
    do.classify(signed.record, CatalogueRow.objects.get(catalogue=catalogue).item, cast.zhang.actor)
    records.publish(signed.record, cast.zhang.actor, content_hash=signed.content_hash)
    (one,) = execution.carried(catalogue, DAY)
    assert (one.state, one.live, one.newest) == ("stale", 1, formed)


def test_an_organ_that_nobody_is_found_for_is_listed_apart(cast):
    catalogue = accept(cast, owned_by(standard()[:1], "没有的部门"))
    found = execution.carried(catalogue, DAY)

    assert [(one.unit, one.state) for one in found] == [(None, "none")]
    assert execution.matrix(found).nobody["财政预决算"].items == 1


def test_a_clerk_is_offered_the_items_of_the_unit_and_of_the_kind(cast):
    own = owned_by(standard()[:1], "青铜峡市人民政府办公室")
    other = owned_by(standard()[1:2], "青铜峡市司法局")
    nobody = owned_by(standard()[2:3], "没有的部门")
    accept(cast, (*other, *nobody, *own))

    assert [one.item.level2 for one in queries.offers(cast.office, DAY, kind="budget")] == [
        own[0].level2,
        nobody[0].level2,
    ]
    assert queries.offers(cast.office, DAY, kind="policy") == ()
    assert queries.offers(cast.office, datetime.date(2019, 1, 1)) == ()
