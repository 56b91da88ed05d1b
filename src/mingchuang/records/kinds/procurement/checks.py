"""What a notice of procurement must hold by its type, and whether its days, prices and codes are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import judging, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.procurement.models import Notice
from mingchuang.records.models import Content, Revision

LAW = "《政府采购法》"
RULES = "《政府采购法实施条例》第四十三条"
CONTRACT_RULE = "《政府采购法实施条例》第五十条"
BUDGET_RULE = "《政府采购法实施条例》第三十条"
_CENT = Decimal("0.01")
Rows = Sequence[Mapping[str, Any]]

#: Type of notice → (fields and tables that must be there, the rule that says so).
NEEDED: Mapping[str, tuple[tuple[str, ...], str]] = {
    Notice.INTENTION: (("budget",), BUDGET_RULE),
    Notice.PREQUALIFICATION: (("method", "budget", "submit_by"), BUDGET_RULE),
    Notice.TENDER: (("method", "budget", "documents_from", "submit_by"), BUDGET_RULE),
    Notice.NEGOTIATION: (("method", "budget", "documents_from", "submit_by"), BUDGET_RULE),
    Notice.SINGLE_SOURCE: (("budget", "shown_until", "suppliers"), "《政府采购法实施条例》第三十八条"),
    Notice.RESULT: (("method", "decided_on", "suppliers", "items", "members"), RULES),
    Notice.CONTRACT: (("contract_no", "signed_on", "contract_amount", "suppliers"), CONTRACT_RULE),
    Notice.ACCEPTANCE: (("contract_no", "suppliers"), "《政府采购法实施条例》第四十五条"),
}


def check_needed(revision: Revision, content: Content) -> list[Issue]:
    """What the type of notice demands."""
    values = values_of("procurement", revision, content)
    declared = kind("procurement")
    names, rule = NEEDED.get(values["notice"], ((), ""))
    title = dict(Notice.choices).get(values["notice"], "")
    issues = []
    for name in names:
        if values[name] in ("", None, ()):
            found = declared.field(name) or declared.table(name)
            label = found.label if found else name
            issues.append(Issue("procurement.needed", f"{title}应当写明“{label}”。", field=name, rule=rule))
    if values["agency"] and not (values["agency_address"] and values["agency_contact"]):
        message = "写了采购代理机构，还应当写明它的地址和联系方式。"
        issues.append(Issue("procurement.agency", message, field="agency_contact", rule=RULES))
    if values["notice"] in {Notice.RESULT, Notice.CONTRACT}:
        issues += [
            cell(
                "procurement",
                ("suppliers", number, name),
                "procurement.supplier",
                f"应当写明供应商的{words}。",
                rule=RULES,
            )
            for number, row in enumerate(values["suppliers"], 1)
            for name, words in (("address", "地址"), ("amount", "中标（成交）金额"))
            if row[name] in ("", None)
        ]
    return issues


def check_codes(revision: Revision, content: Content) -> list[Issue]:
    """Codes of suppliers have their check digit; no cell holds a private number."""
    values = values_of("procurement", revision, content)
    # Codes of organisations are long numbers too, and judged by their own rule.
    issues = judging.persons("procurement", values, aside=("uscc",))
    return issues + judging.codes("procurement", "suppliers", values["suppliers"], "uscc")


def check_prices(revision: Revision, content: Content) -> list[Issue]:
    """Price times quantity is the amount; items make what the supplier gets; nothing exceeds the budget unseen."""
    values = values_of("procurement", revision, content)
    return [*_products(values["items"]), *_lots(values), *_whole(values)]


def _products(items: Rows) -> Iterator[Issue]:
    for number, row in enumerate(items, 1):
        told = (row["quantity"], row["price"], row["amount"])
        if None in told:
            continue
        made = (row["quantity"] * row["price"]).quantize(_CENT, ROUND_HALF_UP)
        if made != row["amount"]:
            message = f"单价乘数量是{made:f}元，总价填的是{row['amount']:f}元。"
            yield cell("procurement", ("items", number, "amount"), "procurement.product", message, rule=RULES)


def _lots(values: Mapping[str, Any]) -> Iterator[Issue]:
    priced: dict[str, Decimal] = defaultdict(Decimal)
    won: dict[str, Decimal] = defaultdict(Decimal)
    for rows, sums in ((values["items"], priced), (values["suppliers"], won)):
        for row in rows:
            if row["amount"] is not None:
                sums[row["lot"]] += row["amount"]
    for lot in sorted(priced.keys() & won.keys()):
        if priced[lot] != won[lot]:
            which = f"包{lot}的" if lot else ""
            message = f"{which}标的总价相加是{priced[lot]:f}元，供应商金额是{won[lot]:f}元，请核对。"
            yield Issue("procurement.lot", message, field="suppliers", severity="warning", rule=RULES)


def _whole(values: Mapping[str, Any]) -> Iterator[Issue]:
    won = sum((row["amount"] for row in values["suppliers"] if row["amount"] is not None), Decimal(0))
    budget, signed = values["budget"], values["contract_amount"]
    if budget is not None and won > budget:
        message = f"供应商金额合计{won:f}元超过预算金额{budget:f}元，请核对。"
        rule = f"{LAW}第三十六条（依据待核）"
        yield Issue("procurement.over_budget", message, field="budget", severity="warning", rule=rule)
    if values["notice"] == Notice.CONTRACT and signed is not None and won and signed != won:
        message = f"合同金额{signed:f}元与供应商金额合计{won:f}元不一致，请核对。"
        yield Issue("procurement.contract", message, field="contract_amount", severity="warning", rule=CONTRACT_RULE)


def check_days(revision: Revision, content: Content) -> list[Issue]:
    """Bidders have the least time, a sole source is shown the least time, a contract is signed in time."""
    values = values_of("procurement", revision, content)
    days = [
        (name, label, values[name])
        for name, label in (
            ("documents_from", "采购文件发出日期"),
            ("submit_by", "提交投标（响应）文件截止日期"),
            ("decided_on", "中标（成交）供应商确定日期"),
            ("signed_on", "合同签订日期"),
        )
    ]
    issues = reckoning.after_each_other("procurement.days", days, rule=LAW)
    tender = values["notice"] == Notice.TENDER
    bidding = reckoning.days("procurement.bidding", values["documents_from"], revision) if tender else None
    if bidding and values["submit_by"] and values["submit_by"] < bidding.day:
        cite = bidding.in_force.strictest.cite
        message = f"从发出招标文件到投标截止{bidding.in_force.text}，截止日期应不早于{bidding.day}。"
        issues.append(Issue("procurement.bidding", message, field="submit_by", rule=cite))
    single = values["notice"] == Notice.SINGLE_SOURCE
    shown = reckoning.days("procurement.single_source", revision.formed_on, revision) if single else None
    if shown and values["shown_until"] and values["shown_until"] < shown.day:
        message = f"单一来源采购公示期{shown.in_force.text}，从成文日期算应至少到{shown.day}。"
        issues.append(
            Issue("procurement.single_source", message, field="shown_until", rule=shown.in_force.strictest.cite)
        )
    signing = reckoning.days("procurement.signing", values["decided_on"], revision)
    if signing and values["signed_on"] and values["signed_on"] > signing.day:
        message = f"合同签订日期晚于{signing.day}（确定供应商后{signing.in_force.text}），请核对。"
        cite = signing.in_force.strictest.cite
        issues.append(Issue("procurement.signing", message, field="signed_on", severity="warning", rule=cite))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_needed, check_codes, check_prices, check_days)
