"""Forms of people: registered, given an account, appointed, relieved, locked."""

from __future__ import annotations

from typing import Any

from django import forms

from mingchuang.core import now
from mingchuang.core.models import Appointment
from mingchuang.core.roles import APPOINTABLE
from mingchuang.desk.forms.dates import day_field
from mingchuang.desk.forms.units import unit_choices

ROLES = [(role.value, role.label) for role in APPOINTABLE]


class AppointForm(forms.Form):
    """A role for a unit."""

    unit = forms.ChoiceField(label="单位")
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *ROLES])
    title = forms.CharField(label="职务", max_length=60, required=False)
    since = day_field("起始日期")
    until = day_field("终止日期", required=False, help_text="当日不含；长期的留空")
    kind = forms.ChoiceField(
        label="方式", choices=Appointment.Kind.choices, help_text="岗位空缺时由他人代行的选“委托”，写明依据和终止日期"
    )
    basis = forms.CharField(label="依据", max_length=300, required=False)
    note = forms.CharField(label="理由", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices()  # type: ignore[attr-defined]
        self.initial.setdefault("since", now.today())
        self.initial.setdefault("kind", Appointment.Kind.OFFICE.value)


class NewPersonForm(forms.Form):
    """Somebody who works with the system, or signs on paper only (then without an account)."""

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    username = forms.CharField(
        label="账号",
        max_length=60,
        required=False,
        help_text="只在纸面上签批、不登录的人留空；密码由系统生成，只显示一次",
    )


class AccountForm(forms.Form):
    """A login for somebody registered without one."""

    username = forms.CharField(label="账号", max_length=60, help_text="密码由系统生成，只显示一次")


class EndForm(forms.Form):
    """A role ends."""

    until = day_field("终止日期", help_text="这一天起不再担任")
    note = forms.CharField(label="理由", max_length=500)


class ReasonForm(forms.Form):
    """A reason, where the machine demands one."""

    note = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
