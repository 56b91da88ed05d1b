"""Days in forms: the browser's own picker, and what cannot be read stays visible as it was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

WRITTEN = ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d")


class DayInput(forms.DateInput):
    """`<input type="date">`; a plain text field while it holds something that is no date, so that nothing is lost."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["type"] = "date" if _is_day(context["widget"]["value"]) else "text"
        return context


def _is_day(text: str | None) -> bool:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError:
        return False
    return True


def day_field(label: str, *, required: bool = True, help_text: str = "", initial: Any = None) -> forms.DateField:
    """A day; 2019-08-19, 2019年8月19日 and 2019/8/19 are read."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=initial,
        input_formats=WRITTEN,
        widget=DayInput(),
        error_messages={"invalid": f"{label}要写成 2019-08-19 或者 2019年8月19日的样子。"},
    )
