"""Django forms as our components show them: one control with its label, hint, statute and error bound together.

Templates call these through the macros of `ui/forms.html`; views hand over the plain Django form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, Field
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
        # A browser cuts what is pasted without a word; too long is for the server to refuse, with both lengths.
        attrs["maxlength"] = False
    return field.as_widget(attrs=attrs)


def errors_of(field: BoundField) -> list[str]:
    """The field's errors as sentences that name it: Django's “这个字段是必填项。” becomes “请填写标题。”."""
    return [sentence for error in field.errors.as_data() for sentence in _sentences(field, error)]


def _sentences(field: BoundField, error: ValidationError) -> list[str]:
    plain = str(Field.default_error_messages["required"])
    params = error.params or {}
    if error.code == "max_length" and "show_value" in params:
        return [f"{field.label}最多{params['limit_value']}个字，现在有{params['show_value']}个。"]
    return [_ask_for(field) if str(message) == plain else str(message) for message in error.messages]


def _ask_for(field: BoundField) -> str:
    """What to do about a field left empty."""
    kind = kind_of(field)
    if kind == "checkbox":
        return f"请勾选“{field.label}”。"
    verb = "选择" if hasattr(field.field, "choices") else "上传" if "file" in kind else "填写"
    return f"请{verb}{field.label}。"


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
        found += [Reason(message, at.place if at else "", at.label if at else "") for message in errors_of(form[name])]
    return found


def issue_links(issues: Iterable[Issue], form: BaseForm | None = None) -> list[Reason]:
    """Issues of the norms as lines of a summary; those that name a field of the form link to it."""
    found = []
    for issue in issues:
        at = _place(form, issue.field) if form is not None and issue.field else None
        # A field's identifier says nothing to a clerk; a row or an article of the notice does.
        named = "" if issue.field.isascii() else issue.field
        found.append(Reason(issue.message, at.place if at else "", at.label if at else named))
    return found
