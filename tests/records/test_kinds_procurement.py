"""Notices of procurement: what each type must hold, prices proven, codes checked, two working days."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records.kind import kind

DAY = datetime.date(2019, 9, 20)
result, contract, tender = (Faults("procurement", sample, DAY) for sample in kind("procurement").samples)


@pytest.mark.db
class TestWhatMustBeThere:
    def test_samples_are_whole(self, cast):
        assert [result(cast), contract(cast), tender(cast)] == [[], [], []]

    def test_a_result_has_its_five_fields(self, cast):
        found = result(cast, method="", decided_on="", suppliers=(), items=(), members=())
        assert found == [
            ("procurement.needed", name) for name in ("method", "decided_on", "suppliers", "items", "members")
        ]

    def test_a_contract_has_number_day_and_amount(self, cast):
        found = contract.errors(cast, contract_no="", signed_on="", contract_amount="")
        assert found == [("procurement.needed", name) for name in ("contract_no", "signed_on", "contract_amount")]

    def test_other_notices_need_less(self, cast):
        assert result(cast, notice="终止（废标）公告", decided_on="", suppliers=(), items=(), members=()) == []
        assert tender.errors(cast, notice="采购意向", budget="") == [("procurement.needed", "budget")]

    def test_an_agency_has_an_address(self, cast):
        assert tender(cast, agency_contact="") == [("procurement.agency", "agency_contact")]
        assert tender(cast, agency="", agency_contact="") == []

    def test_a_supplier_has_address_and_amount(self, cast):
        assert result.errors(cast, **result.with_row("suppliers", 2, address="", amount="")) == [
            ("procurement.supplier", "suppliers.2.address"),
            ("procurement.supplier", "suppliers.2.amount"),
        ]


@pytest.mark.db
class TestCodesAndPersons:
    def test_a_check_digit(self, cast):
        wrong = result.with_row("suppliers", 1, uscc="91999901MA7000A11X")
        assert result(cast, **wrong) == [("uscc.check", "suppliers.1.uscc")]
        assert result(cast, **result.with_row("suppliers", 1, uscc="")) == []

    def test_a_letter_that_no_code_has_is_suggested_not_mended(self, cast):
        issues = result.issues(cast, **result.with_row("suppliers", 1, uscc="9199990IMA7000A11W"))
        assert {issue.code for issue in issues} == {"uscc.character", "uscc.suggestion"}
        assert all(issue.field == "suppliers.1.uscc" for issue in issues)

    def test_no_number_of_a_person_among_the_members(self, cast):
        (issue,) = result.issues(cast, **result.with_row("members", 1, employer="13800000000"))
        assert (issue.code, issue.field) == ("records.personal", "members.1.employer")
        assert "13800000000" not in issue.message


@pytest.mark.db
class TestPrices:
    def test_price_times_quantity(self, cast):
        assert result.errors(cast, **result.with_row("items", 1, amount="64000.01")) == [
            ("procurement.product", "items.1.amount")
        ]
        odd = result.with_row("items", 2, quantity="0.333", price="100", amount="33.30")
        assert result.errors(cast, **odd) == []

    def test_items_make_what_the_supplier_gets(self, cast):
        assert result(cast, **result.with_row("suppliers", 1, amount="95000")) == [("procurement.lot", "suppliers")]

    def test_more_than_the_budget_is_said(self, cast):
        assert result(cast, budget="183500.49") == [("procurement.over_budget", "budget")]
        assert result(cast, budget="183500.50") == []

    def test_a_contract_for_another_amount_is_said(self, cast):
        assert contract(cast, contract_amount="96000.01") == [("procurement.contract", "contract_amount")]


@pytest.mark.db
class TestDays:
    def test_a_result_is_owed_in_two_working_days(self, cast):
        # Wednesday 2019-09-18 → Friday 2019-09-20.
        assert result.owed(cast) == [("procurement.result", datetime.date(2019, 9, 20))]

    def test_a_contract_over_a_weekend(self, cast):
        assert contract.owed(cast) == [("procurement.contract", datetime.date(2019, 9, 23))]

    def test_other_notices_are_owed_like_everything(self, cast):
        assert tender.owed(cast)[0][0] == "information.publish"

    def test_no_day_no_clock(self, cast):
        assert result.owed(cast, decided_on="") == []

    def test_bidders_have_twenty_days(self, cast):
        assert tender.errors(cast, submit_by="2019-08-25") == [("procurement.bidding", "submit_by")]

    def test_a_sole_source_is_shown_five_working_days(self, cast):
        single = {"notice": "单一来源采购公示", "method": "单一来源", "suppliers": result.sample["suppliers"]}
        days = {"formed_on": "2019-09-06", "documents_from": "", "submit_by": ""}
        # 13 September 2019 was the Mid-Autumn day of rest.
        assert tender.errors(cast, **single, **days, shown_until="2019-09-15") == [
            ("procurement.single_source", "shown_until")
        ]
        assert tender.errors(cast, **single, **days, shown_until="2019-09-16") == []

    def test_a_contract_before_its_result(self, cast):
        assert contract.errors(cast, decided_on="2019-09-20") == [("procurement.days", "signed_on")]

    def test_a_contract_signed_late_is_said(self, cast):
        late = {"decided_on": "2019-08-18", "documents_from": "", "submit_by": ""}
        assert contract(cast, **late) == [("procurement.signing", "signed_on")]
        assert contract(cast, **late | {"decided_on": "2019-08-20"}) == []
