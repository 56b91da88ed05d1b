"""Statistics: the change is what the figures make, a revision revises, figures are shown as precise as they are."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.records import addresses, do, public_page
from mingchuang.records.kind import kind
from mingchuang.records.models import Record

(SAMPLE,) = kind("statistics").samples
DAY = datetime.date(2019, 9, 20)
faults = Faults("statistics", SAMPLE, DAY)


def row(table: str, number: int, **cells) -> dict:
    rows = [dict(one) for one in SAMPLE[table]]
    rows[number - 1] |= cells
    return {table: rows}


def publish(cast, values) -> Record:
    with now.travel(DAY):
        revision = do.create("statistics", cast.office, cast.zhang.actor, values)
        do.submit(revision, cast.zhang.actor)
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "B"))
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    return Record.objects.get(pk=revision.record_id)


@pytest.mark.db
class TestFigures:
    def test_the_sample_is_right(self, cast):
        assert faults(cast) == []

    @pytest.mark.parametrize(
        ("cells", "ok"),
        [
            ({"value": "12.36", "before": "12", "change": "3"}, True),
            # 12 may stand for 11.5 to 12.5, so that the change lies between -1.2 and 7.5.
            ({"change": "7.5"}, True),
            ({"change": "9"}, False),
            ({"value": "12.36", "before": "12.01", "change": "2.9"}, True),
            ({"value": "12.36", "before": "12.01", "change": "3.3"}, False),
            ({"value": "1000", "before": "1250", "change": "-20"}, True),
            ({"value": "1000", "before": "1250", "change": "20"}, False),
            ({"value": "5", "before": "0", "change": "100"}, True),
            ({"value": "5", "before": "-3", "change": "100"}, True),
        ],
    )
    def test_the_change_is_the_change(self, cast, cells, ok):
        found = faults.errors(cast, **row("indicators", 2, **cells))
        assert found == ([] if ok else [("statistics.change", "indicators.2.change")])

    def test_points_are_a_difference(self, cast):
        found = faults.errors(cast, **row("indicators", 3, change="0.7"))
        assert found == [("statistics.change", "indicators.3.change")]

    def test_at_constant_prices_nothing_is_reckoned(self, cast):
        assert faults(cast, **row("indicators", 1, change="9.9")) == []

    def test_a_change_says_how_it_is_meant(self, cast):
        found = faults(cast, **row("indicators", 2, comparison=""))
        assert found == [("statistics.comparison", "indicators.2.comparison")]

    def test_each_once(self, cast):
        found = faults.errors(cast, **row("indicators", 4, name="演示零售额", unit="亿元"))
        assert found == [("statistics.twice", "indicators")]

    def test_a_period_is_over(self, cast):
        assert faults.errors(cast, end_on="2019-08-21") == [("statistics.period", "end_on")]
        assert faults.errors(cast, next_on="2019-08-20") == [("statistics.next", "next_on")]
        assert ("statistics.order", "end_on") in faults.errors(cast, start_on="2019-07-01")


@pytest.mark.db
class TestRevisions:
    def test_a_revision_revises_and_says_why(self, cast):
        assert faults.errors(cast, **row("revisions", 1, now="12.1")) == [("statistics.same", "revisions.1.now")]
        assert faults(cast, **row("revisions", 1, reason="")) == [("statistics.reason", "revisions.1.reason")]
        found = faults(cast, revises="640381/2019-00001", revisions=())
        assert found == [("statistics.revisions", "revisions")]

    def test_both_pages_lead_to_each_other(self, cast):
        first = publish(cast, SAMPLE)
        second = publish(cast, {**SAMPLE, "title": "修订", "revises": first.index_number})
        (link,) = public_page.page(first.pk).links
        assert (link.words, link.rows[0].address) == ("后来的修订", addresses.record(second.pk))
        assert public_page.page(second.pk).links[0].rows[0].address == addresses.record(first.pk)

    def test_figures_are_as_precise_as_they_are(self, cast):
        page = public_page.page(publish(cast, SAMPLE).pk)
        assert [cells[2] for cells in page.tables[0].rows] == ["62.5", "12.36", "95.2", "1200"]
