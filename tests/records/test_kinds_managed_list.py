"""Lists: a basis for every row, nothing that catches all, and what changed since the version before."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records import public_page, references
from mingchuang.records.kind import kind
from mingchuang.records.kinds.managed_list.checks import NEEDED
from mingchuang.records.kinds.managed_list.difference import COMPARED, difference
from mingchuang.records.kinds.managed_list.models import ListType, Matter
from mingchuang.records.kinds.managed_list.versions import counted

DAY = datetime.date(2019, 9, 20)
proofs, services = (Faults("managed_list", sample, DAY) for sample in kind("managed_list").samples)


def matter(code: str, name: str, **cells: str) -> dict[str, str]:
    return dict.fromkeys(COMPARED, "") | {"code": code, "name": name} | cells


class TestDifference:
    def test_by_code_then_by_name(self):
        before = [matter("1", "甲"), matter("2", "乙"), matter("", "丙"), matter("4", "丁")]
        after = [matter("2", "乙（新）"), matter("3", "戊"), matter("9", "丙"), matter("1", "甲")]
        found = difference(before, after)
        assert [row["name"] for row in found.added] == ["戊"]
        assert [row["name"] for row in found.removed] == ["丁"]
        assert [(one.after["name"], one.changed) for one in found.kept] == [
            ("乙（新）", ("name",)),
            ("丙", ("code",)),
            ("甲", ()),
        ]
        assert counted(found) == "新增1项、取消1项、保留3项（其中调整2项）"

    def test_blanks_and_width_are_no_change(self):
        found = difference(
            [matter("1", "甲（一）", basis="《某法》 第一条")], [matter("1", "甲(一)", basis="《某法》第一条")]
        )
        assert found.adjusted == ()

    def test_a_name_twice_is_paired_in_order(self):
        before = [matter("", "甲", level="county"), matter("", "甲", level="town")]
        found = difference(before, before[:1])
        assert [row["level"] for row in found.removed] == ["town"]
        assert found.adjusted == ()

    def test_from_and_to_nothing(self):
        rows = [matter("1", "甲")]
        assert difference([], rows).added == tuple(rows)
        assert difference(rows, []).removed == tuple(rows)

    def test_every_column_is_compared(self):
        assert {f.name for f in Matter._meta.concrete_fields} - {"id", "revision", "order"} == set(COMPARED)


@pytest.mark.db
class TestRows:
    def test_samples_are_whole(self, cast):
        assert [proofs(cast), services(cast)] == [[], []]

    @pytest.mark.parametrize(("value", "label"), ListType.choices)
    def test_each_list_demands_its_columns(self, cast, value, label):
        found = proofs.errors(cast, list_type=label, matters=[{"name": "演示事项"}])
        assert found == [("managed_list.needed", f"matters.1.{name}") for name in NEEDED[value]]

    def test_a_basis_names_its_text(self, cast):
        assert proofs(cast, **proofs.with_row("matters", 2, basis="按规定")) == [
            ("managed_list.basis", "matters.2.basis")
        ]

    @pytest.mark.parametrize(
        "words", ["申请表；其他材料", "有关证明材料", "法律法规规定的其他材料", "申请表、身份证明等材料"]
    )
    def test_what_catches_all_is_said(self, cast, words):
        assert services(cast, **services.with_row("matters", 1, materials=words)) == [
            ("managed_list.catch_all", "matters.1.materials")
        ]

    @pytest.mark.parametrize("words", ["申请材料清单所列材料", "其他行政权力申请表", "章程；验资报告"])
    def test_what_is_named_one_by_one_is_not(self, cast, words):
        assert services(cast, **services.with_row("matters", 1, materials=words)) == []

    def test_a_code_stands_once(self, cast):
        assert proofs.errors(cast, **proofs.with_row("matters", 3, code="YS-ZM-001")) == [
            ("managed_list.code", "matters.3.code")
        ]
        assert proofs(cast, **proofs.with_row("matters", 3, name="演示从业年限证明")) == [
            ("managed_list.name", "matters.3.name")
        ]


@pytest.mark.db
class TestVersions:
    NEXT = {
        "title": "青铜峡市保留的证明事项清单（演示，2019年第二版）",
        "formed_on": "2019-09-20",
        "effective_on": "2019-09-20",
        "matters": (
            dict(proofs.sample["matters"][0]) | {"purpose": "申请演示资格和续期"},
            proofs.sample["matters"][1],
            dict(proofs.sample["matters"][2]) | {"code": "YS-ZM-004", "name": "演示培训证明"},
        ),
    }

    def test_the_page_shows_what_changed(self, cast):
        first = proofs.published(cast)
        second = proofs.published(cast, **self.NEXT, previous=first.index_number)
        page = public_page.page(second.pk)
        table = page.tables[-1]
        assert table.label == "与上一版（2019年9月2日）相比：新增1项、取消1项、保留2项（其中调整1项）"
        assert [row[0] for row in table.rows] == ["新增", "取消", "调整", "保留"]
        assert table.rows[2][-1] == "调整：用途（内容）"
        assert len(public_page.page(first.pk).tables) == 1

    def test_both_pages_lead_to_each_other(self, cast):
        first = proofs.published(cast)
        second = proofs.published(cast, **self.NEXT, previous=first.index_number)
        assert "更新后的清单" in [group.words for group in public_page.page(first.pk).links]
        assert "上一版清单" in [group.words for group in public_page.page(second.pk).links]
        assert references.linked(first.pk) == (second.pk,)

    def test_a_version_that_is_forgotten_is_said(self, cast):
        first = proofs.published(cast)
        (issue,) = proofs.issues(cast, **self.NEXT)
        assert (issue.code, issue.severity) == ("managed_list.previous", "warning")
        assert first.index_number in issue.message

    def test_a_version_that_is_not_there_or_later(self, cast):
        assert proofs.errors(cast, previous="没有/2019-00001") == [("managed_list.previous", "previous")]
        first = proofs.published(cast)
        earlier = proofs.errors(cast, **self.NEXT | {"formed_on": "2019-09-01"}, previous=first.index_number)
        assert earlier == [("managed_list.previous", "previous")]
