"""The form that works out a due date: a rule or a number of working days, from a day, in a region."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings

from mingchuang.desk.forms.dates import day_field
from mingchuang.norms import regions
from mingchuang.norms.rules import KINDS, all_rules

#: Rules of these kinds have a due day.
DATED = ("limit", "before", "posting", "range", "yearly")
_MOST_DAYS = 999


def rule_choices() -> list[tuple[str, Any]]:
    """The rules that have a due day, grouped by what they measure."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for found in all_rules().values():
        if found.kind in DATED:
            groups.setdefault(KINDS[found.kind].partition("：")[0], []).append((found.id, found.title))
    return [("", "不按规则，直接数工作日"), *groups.items()]


def region_choices() -> list[tuple[str, str]]:
    """The installation's region and those above it."""
    return [(code, regions.name(code)) for code in reversed(regions.chain(settings.MINGCHUANG_REGION))]


class CalculatorForm(forms.Form):
    """What is to be worked out; GET, so that a result has an address."""

    rule = forms.ChoiceField(label="规则", required=False)
    workdays = forms.IntegerField(
        label="工作日数",
        required=False,
        min_value=-_MOST_DAYS,
        max_value=_MOST_DAYS,
        help_text="不选规则时填写；负数往前数",
    )
    date = day_field("起算日期", help_text="收到、作出或者成文的那一天；当日不计入")
    hour = forms.TimeField(
        label="起算时刻", required=False, help_text="只有按小时计算的规则才要，如 10:30", input_formats=["%H:%M"]
    )
    region = forms.ChoiceField(label="地区")
    known_on = day_field("按哪一天所知的放假安排", required=False, help_text="留空按现在所知")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = rule_choices()  # type: ignore[attr-defined]
        self.fields["region"].choices = region_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rule or a number of days other than 0."""
        given = super().clean() or self.cleaned_data
        if not given.get("rule") and not given.get("workdays") and not {"rule", "workdays"} & set(self.errors):
            self.add_error("rule", "请选择规则，或者填写工作日数（不为 0）。")
        return given

    @property
    def anchor(self) -> datetime.date:
        """The day, or the moment where a time of day was given; China time without a zone, as `norms` counts it."""
        day: datetime.date = self.cleaned_data["date"]
        moment: datetime.time | None = self.cleaned_data.get("hour")
        return datetime.datetime.combine(day, moment) if moment else day
