"""Forms of units and collectives: every change with the day from which it holds and the paper behind it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings

from mingchuang.core import now
from mingchuang.core.models import Capability, Collective, CollectiveMember, Unit
from mingchuang.core.units import Directory
from mingchuang.desk.forms.dates import day_field

_BREAK = re.compile(r"[;；,，、\s]+")


def unit_choices(*, besides: Unit | None = None, empty: str = "") -> list[tuple[str, str]]:
    """Every existing unit as (code, name) today, in 编制序列."""
    directory = Directory.on(now.today())
    rows = [unit for unit in directory.units.values() if unit.existence == "existing" and unit != besides]
    return [("", empty or "请选择"), *((unit.code, directory.name(unit)) for unit in rows)]


def unit_of(code: str) -> Unit | None:
    """The unit behind a code that passed the form; None for an empty one."""
    return Unit.objects.get(code=code) if code else None


class NamesForm(forms.Form):
    """What a unit is called from a day on."""

    name = forms.CharField(label="全称", max_length=200)
    short_name = forms.CharField(label="简称", max_length=200, required=False)
    plates = forms.CharField(label="加挂牌子", required=False, max_length=1000, help_text="有几块用分号隔开")
    since = day_field("生效日期")
    basis = forms.CharField(label="依据", max_length=300, required=False, help_text="机构改革方案、批复的文号")

    def clean_plates(self) -> list[str]:
        return [plate for plate in _BREAK.split(self.cleaned_data["plates"]) if plate]


class NewUnitForm(NamesForm):
    """A unit: its names, its place, what it is in law."""

    code = forms.CharField(
        label="代码", max_length=40, help_text="网址用，小写字母、数字和连字符，如 justice；以后不变"
    )
    parent = forms.ChoiceField(label="上级单位", required=False)
    capabilities = forms.MultipleChoiceField(
        label="性质", choices=Capability.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    region = forms.CharField(label="区划代码", max_length=12)
    uscc = forms.CharField(label="统一社会信用代码", max_length=18, required=False)
    order = forms.IntegerField(label="编制序列", min_value=0, required=False, help_text="列表中的次序")
    field_order = ("name", "short_name", "plates", "code", "parent", "capabilities", "since", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(empty="没有上级")  # type: ignore[attr-defined]
        self.initial.setdefault("region", settings.MINGCHUANG_REGION)
        self.initial.setdefault("since", now.today())


class AbolishForm(forms.Form):
    """A unit ends; others take its work over."""

    on = day_field("撤并日期")
    successors = forms.MultipleChoiceField(
        label="承接单位", required=False, widget=forms.CheckboxSelectMultiple, help_text="可以没有，可以几个"
    )
    note = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].choices = unit_choices(besides=unit)[1:]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Under whom the unit stands from a day on."""

    parent = forms.ChoiceField(label="上级单位", required=False)
    since = day_field("生效日期")
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(besides=unit, empty="没有上级")  # type: ignore[attr-defined]


class CapabilitiesForm(forms.Form):
    """What the unit is in law from a day on."""

    capabilities = forms.MultipleChoiceField(
        label="性质", choices=Capability.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    since = day_field("生效日期")
    basis = forms.CharField(label="依据", max_length=300, required=False)


class JoinForm(forms.Form):
    """The unit is meant by a collective's name from a day on."""

    collective = forms.ChoiceField(label="统称")
    since = day_field("起始日期")
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = CollectiveMember.objects.on(now.today()).filter(unit=unit).values("collective_id")
        rows = Collective.objects.exclude(pk__in=inside)
        self.fields["collective"].choices = [("", "请选择"), *rows.values_list("pk", "name")]  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The unit is no longer meant from a day on."""

    collective = forms.ChoiceField(label="统称")
    until = day_field("退出日期", help_text="这一天起不再包括在内")
    note = forms.CharField(label="理由", max_length=500, required=False)

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = CollectiveMember.objects.on(now.today()).filter(unit=unit).values("collective_id")
        rows = Collective.objects.filter(pk__in=inside)
        self.fields["collective"].choices = [("", "请选择"), *rows.values_list("pk", "name")]  # type: ignore[attr-defined]


class CollectiveForm(forms.Form):
    """A name for many units, with its other spellings."""

    name = forms.CharField(label="统称", max_length=100, help_text="如：市直各部门")
    aliases = forms.CharField(
        label="其他写法",
        required=False,
        max_length=2000,
        help_text="用分号隔开；已有同名统称的，改为这些写法",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_aliases(self) -> list[str]:
        return [alias.strip() for alias in re.split(r"[;；\n]", self.cleaned_data["aliases"]) if alias.strip()]
