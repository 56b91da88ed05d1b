"""From what a form sends to what a column takes, by the kind's declaration; and back, for showing and comparing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingchuang.norms import docnumber
from mingchuang.norms.outcome import Issue
from mingchuang.records import markup
from mingchuang.records.kind import Field, Kind

KEYWORD_MARK = "；"
_KEYWORD_BREAK = re.compile(r"[;；,，、\s]+")
# Neither database can hold NUL everywhere, and no clerk types a control character on purpose.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_WHITE = re.compile(r"\s+")
_CHINESE_DATE = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values ready for their columns, what was wrong (`issues`), and what cleaning took away (`removed`, sentences)."""

    values: Mapping[str, Any]
    issues: tuple[Issue, ...]
    removed: tuple[str, ...]


def parse(kind: Kind, data: Mapping[str, Any]) -> Parsed:
    """Parse the fields that `data` names; a field that it does not name stays as it is. Unknown names are issues.

    Values may be text, as a form sends it, or already of the column's type.
    """
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    removed: list[str] = []
    for name, raw in data.items():
        field = kind.field(name)
        if field is None:
            issues.append(Issue("records.unknown_field", f"{kind.title}没有“{name}”这一栏。", field=name))
            continue
        value, found, said = _parse(field, raw)
        issues += found
        removed += said
        if not found:
            values[name] = value
    return Parsed(values, tuple(issues), tuple(removed))


def _parse(field: Field, raw: Any) -> tuple[Any, list[Issue], tuple[str, ...]]:
    if field.type == "date":
        value, issues = _date(field, raw)
        return value, issues, ()
    if field.type == "keywords":
        words = raw if isinstance(raw, list | tuple) else _KEYWORD_BREAK.split(_text(raw))
        text = KEYWORD_MARK.join(dict.fromkeys(word.strip() for word in words if word.strip()))
        return text, _too_long(field, text), ()
    text = _text(raw)
    if field.type == "choice":
        known = {value for value, _label in field.choices} | {""}
        wrong = text not in known
        return text, [_issue(field, "choice", f"“{field.label}”没有“{text}”这一选项。")] if wrong else [], ()
    if field.type == "html":
        cleaned = markup.clean(text)
        return cleaned.html, _too_long(field, cleaned.html), cleaned.removed
    if field.type == "line":
        text = _LINE_WHITE.sub(" ", text).strip()
        text = _number(text) if field.name == "doc_number" else text
    else:
        text = text.replace("\r\n", "\n").strip()
    return text, _too_long(field, text), ()


def _text(raw: Any) -> str:
    return _CONTROL.sub("", "" if raw is None else str(raw))


def _date(field: Field, raw: Any) -> tuple[datetime.date | None, list[Issue]]:
    if raw is None or isinstance(raw, datetime.date):
        return raw, []
    text = _text(raw).strip()
    if not text:
        return None, []
    match = _CHINESE_DATE.match(text)
    try:
        if match is None:
            raise ValueError(text)
        return datetime.date(*(int(part) for part in match.groups())), []
    except ValueError:
        message = f"“{field.label}”的“{text}”不是一个日期，请写成 2019-08-19 或 2019年8月19日。"
        return None, [_issue(field, "date", message)]


def _number(text: str) -> str:
    """A document number in its normal form, 青政办发〔2019〕60号; what cannot be recognised stays as typed."""
    known = docnumber.normalise(text)
    return str(known) if known else text


def _too_long(field: Field, text: str) -> list[Issue]:
    if not field.max_length or len(text) <= field.max_length:
        return []
    return [_issue(field, "length", f"“{field.label}”有 {len(text)} 个字，最多 {field.max_length} 个字，请缩短。")]


def _issue(field: Field, code: str, message: str) -> Issue:
    return Issue(f"records.{code}", message, field=field.name, rule=field.statute)


def shown(field: Field, value: Any) -> str:
    """A value as a form or a comparison shows it: dates as 2019-08-19, choices by their label."""
    if value is None:
        return ""
    if field.type == "choice":
        return dict(field.choices).get(value, str(value))
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def canonical(field: Field, value: Any) -> Any:
    """A value as it stands in the canonical document: keywords as a list, empty dates null."""
    if field.type == "keywords":
        return [word for word in str(value).split(KEYWORD_MARK) if word]
    return value
