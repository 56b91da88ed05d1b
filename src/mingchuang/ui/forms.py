"""Django forms as our components show them: one control with its label, hint, statute and error bound together.

Templates call these through the macros of `ui/forms.html`; views hand over the plain Django form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

from mingchuang.norms.outcome import Issue

PLAIN = {"checkbox", "radioselect", "checkboxselectmultiple", "hidden"}


@dataclass(frozen=True)
class Statute:
    """The law beside a field: `cite` like 国办发〔2018〕118号 二（六）, its words, the address of its page."""

    cite: str
    quote: str = ""
    address: str = ""


@dataclass(frozen=True)
class Reason:
    """One line of a summary: the sentence, the address of its place (`#id_title`, or empty), the label of the field."""

    message: str
    place: str = ""
    label: str = ""


def kind_of(field: BoundField) -> str:
    """`text`, `textarea`, `select`, `checkbox`, `radioselect`, `checkboxselectmultiple`, `date`, `clearablefile`, …"""
    return field.widget_type


def control(field: BoundField, statute: Statute | None = None, **attrs: Any) -> SafeString:
    """The bare widget with its class, and its hint, statute and error named in `aria-describedby`."""
    described = [
        f"{field.auto_id}_{part}"
        for part, there in (("helptext", field.help_text), ("statute", statute), ("error", field.errors))
        if there
    ]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if kind_of(field) not in PLAIN:
        own = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"input input--{kind_of(field)} {own}".strip()
    return field.as_widget(attrs=attrs)


def choices_of(field: BoundField) -> Iterator[BoundWidget]:
    """The single radio buttons or boxes of a field of choices: each has `tag()`, `choice_label`, `id_for_label`."""
    return iter(field)


def _place(form: BaseForm, name: str) -> Reason | None:
    """Where a field of the form stands on the page; None when the form has no such field."""
    if name not in form.fields:
        return None
    field = form[name]
    # A group of choices has no control with its own id: go to the first one.
    grouped = kind_of(field) in {"radioselect", "checkboxselectmultiple"}
    target = f"{field.auto_id}_0" if grouped else field.id_for_label or field.auto_id
    return Reason("", f"#{target}" if not field.is_hidden else "", str(field.label))


def error_links(form: BaseForm) -> list[Reason]:
    """Every error of a bound form in the order of its fields, each with the address of its field."""
    found = [Reason(str(message)) for message in form.non_field_errors()]
    for name in form.fields:
        at = _place(form, name)
        found += [Reason(str(message), at.place if at else "", at.label if at else "") for message in form[name].errors]
    return found


def issue_links(issues: Iterable[Issue], form: BaseForm | None = None) -> list[Reason]:
    """Issues of the norms as lines of a summary; those that name a field of the form link to it."""
    found = []
    for issue in issues:
        at = _place(form, issue.field) if form is not None and issue.field else None
        found.append(Reason(issue.message, at.place if at else "", at.label if at else issue.field))
    return found
