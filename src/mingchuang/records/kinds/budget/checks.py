"""What is missing from a budget or does not add up, each with its table, row and rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import judging, markup
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.budget import sums
from mingchuang.records.kinds.budget.models import BudgetDocument, PublicSpending, Side
from mingchuang.records.models import Content, Revision

_LAW = "《预算法》第十四条"
_OPERATION = "地方预决算公开操作规程"
#: What the explanation must speak of (预算法 art. 14); any of the words of one row is enough.
_MUST_EXPLAIN = {
    "gov": (("转移支付",), ("举借债务", "政府债务", "债务")),
    "dept": (("机关运行经费",), ("政府采购",)),
    "unit": (("机关运行经费",), ("政府采购",)),
}
_MAY_BE_EMPTY = ("spending", "economic", "public_money")


def _wan(amount: Decimal) -> str:
    return f"{amount:f}万元"


def check_balance(revision: Revision, content: Content) -> list[Issue]:
    """Both sides of 收支总表 are equal, and the other tables make the same spending."""
    values = judging.values_of("budget", revision, content)
    by_side = {side: sums.total([r for r in values["balance"] if r["side"] == side], "amount") for side in Side.values}
    came = by_side[Side.INCOME] + by_side[Side.CARRIED_IN]
    went = by_side[Side.SPENDING] + by_side[Side.CARRIED_OUT]
    issues = []
    if values["balance"] and came != went:
        both = f"收入加上年结转是{_wan(came)}，支出加结转下年是{_wan(went)}"
        message = f"收支总表不平衡：{both}，相差{_wan(abs(came - went))}。"
        issues.append(Issue("budget.balance", message, field="balance", rule=_OPERATION))
    spent = sums.total(sums.leaves(values["spending"]), "total")
    if values["spending"] and values["balance"] and spent != by_side[Side.SPENDING]:
        message = f"支出功能分类表合计{_wan(spent)}，与收支总表的支出{_wan(by_side[Side.SPENDING])}不一致。"
        issues.append(Issue("budget.spending_total", message, field="spending", rule=_OPERATION))
    basic = sums.total(sums.leaves(values["spending"]), "basic")
    economic = sums.total(sums.leaves(values["economic"]), "amount")
    if values["spending"] and values["economic"] and basic != economic:
        message = f"基本支出经济分类表合计{_wan(economic)}，与支出功能分类表的基本支出{_wan(basic)}不一致。"
        issues.append(Issue("budget.economic_total", message, field="economic", rule=_OPERATION))
    return issues


def check_sums(revision: Revision, content: Content) -> list[Issue]:
    """Parts make their whole in every row, and subordinate codes their class in every column."""
    values = judging.values_of("budget", revision, content)
    issues = [
        Issue(
            "budget.parts",
            f"“支出功能分类表”第 {row} 行：合计{_wan(said)}，基本支出加项目支出是{_wan(made)}。",
            field=f"spending.{row}.total",
            rule=_OPERATION,
        )
        for row, said, made in sums.broken_parts(values["spending"], "total", ("basic", "project"))
    ]
    tables = (("spending", "支出功能分类表", "total"), ("economic", "基本支出经济分类表", "amount"))
    for name, label, column in tables:
        for row, said, made in sums.broken_classes(values[name], column):
            code = values[name][row - 1]["code"]
            message = f"“{label}”第 {row} 行：科目 {code} 是{_wan(said)}，下级科目合计是{_wan(made)}。"
            issues.append(Issue("budget.classes", message, field=f"{name}.{row}.{column}", rule=_OPERATION))
    return issues


def check_public_money(revision: Revision, content: Content) -> list[Issue]:
    """All four items of “三公” once, their sum, and a reason for every change."""
    values = judging.values_of("budget", revision, content)
    rows = values["public_money"]
    if not rows:
        return []
    return list(_items(rows)) + list(_total(rows, values["public_total"])) + list(_reasons(rows))


def _items(rows: sums.Rows) -> Iterator[Issue]:
    given = [row["item"] for row in rows]
    for item, label in PublicSpending.choices:
        if given.count(item) != 1:
            said = "没有" if item not in given else "重复"
            message = f"“三公”经费表里“{label}”{said}，四项各填一行，没有支出的填 0。"
            yield Issue("budget.public_items", message, field="public_money", rule=_OPERATION)


def _total(rows: sums.Rows, told: Decimal | None) -> Iterator[Issue]:
    made = sums.total(rows, "amount")
    if told is None:
        yield Issue("budget.public_total", "“‘三公’经费合计”还没有填写。", field="public_total", rule=_OPERATION)
    elif told != made:
        message = f"“三公”经费合计填的是{_wan(told)}，各项相加是{_wan(made)}。"
        yield Issue("budget.public_total", message, field="public_total", rule=_OPERATION)


def _reasons(rows: sums.Rows) -> Iterator[Issue]:
    for number, row in enumerate(rows, 1):
        changed = None not in (row["before"], row["amount"]) and row["before"] != row["amount"]
        if changed and not row["reason"]:
            label = dict(PublicSpending.choices).get(row["item"], "")
            message = f"“三公”经费表第 {number} 行：“{label}”与上年不同，请写明增减原因。"
            yield Issue("budget.public_reason", message, field=f"public_money.{number}.reason", rule=_OPERATION)


def check_whole(revision: Revision, content: Content) -> list[Issue]:
    """Tables that are empty are named, and the explanation speaks of what the law demands."""
    values = judging.values_of("budget", revision, content)
    declared = kind("budget")
    issues = []
    for table in declared.tables:
        if table.name in _MAY_BE_EMPTY and not values[table.name] and table.label not in values["empty_tables"]:
            message = f"“{table.label}”没有数据：空表也要公开，请在“空表说明”里写明表名和原因。"
            issues.append(Issue("budget.empty_table", message, field="empty_tables", rule=_OPERATION))
    words = markup.plain_text(values["explanation"])
    for choices in _MUST_EXPLAIN.get(values["document"].partition("_")[0], ()):
        if words and not any(word in words for word in choices):
            message = f"情况说明里没有“{choices[0]}”，按规定应当说明；没有的也要写明没有。"
            issues.append(Issue("budget.explanation", message, field="explanation", rule=_LAW))
    return issues


def check_year(revision: Revision, content: Content) -> list[Issue]:
    """The year is a year, and the approval lies in a time that fits it."""
    document = cast(BudgetDocument, content)
    year, day = document.fiscal_year, document.approved_on
    if year is None or day is None:
        return []
    if not day.year - 2 <= year <= day.year + 1:
        message = f"预算年度{year}年与批准日期{day:%Y-%m-%d}相隔过远，请核对。"
        return [Issue("budget.year", message, field="fiscal_year", rule=_LAW)]
    return []


CHECKS: tuple[SubmitCheck, ...] = (check_balance, check_sums, check_public_money, check_whole, check_year)
