"""From what a form sends to what a column takes, by the kind's declaration; and back, for showing and comparing."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from mingchuang.core import now
from mingchuang.norms import docnumber
from mingchuang.norms.outcome import Issue
from mingchuang.records import markup
from mingchuang.records.kind import Field, Kind, Table

KEYWORD_MARK = "；"
_KEYWORD_BREAK = re.compile(r"[;；,，、\s]+")
# Neither database can hold NUL everywhere, and no clerk types a control character on purpose.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_WHITE = re.compile(r"\s+")
# 1,234.50 or １２３４.５ or 1234.5万元; the unit behind a number is told by the column and goes.
_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?$")
_MOST_DIGITS = 16
_MONEY_PLACES = 2
_MOMENT = re.compile(r"^(.+?)(?:\s+|T|(?<=日))(\d{1,2})\s*[:：时]\s*(\d{1,2})\s*分?(?::\d{2})?$")
_CHINESE_DATE = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values ready for their columns, what was wrong (`issues`), and what cleaning took away (`removed`, sentences)."""

    values: Mapping[str, Any]
    issues: tuple[Issue, ...]
    removed: tuple[str, ...]


def parse(kind: Kind, data: Mapping[str, Any]) -> Parsed:
    """Parse the fields and tables that `data` names; what it does not name stays as it is. Unknown names are issues.

    Values may be text, as a form sends it, or already of the column's type; a table's value is a sequence of mappings
    column → value, its empty rows are left out.
    """
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    removed: list[str] = []
    for name, raw in data.items():
        field, table = kind.field(name), kind.table(name)
        if table is not None:
            values[name], found, said = parse_rows(table, raw)
            issues += found
            removed += said
            continue
        if field is None:
            issues.append(Issue("records.unknown_field", f"{kind.title}没有“{name}”这一栏。", field=name))
            continue
        value, found, said = _parse(field, raw)
        issues += found
        removed += said
        if not found:
            values[name] = value
    return Parsed(values, tuple(issues), tuple(removed))


def parse_rows(
    table: Table, raw: Any, *, places: Sequence[int] = ()
) -> tuple[tuple[dict[str, Any], ...], list[Issue], tuple[str, ...]]:
    """The rows of a table; every fault with its row and column; what was cleaned.

    Rows count from 1 among those given, or are called by `places`, the lines on which they stood in a sheet.
    """
    given: Sequence[Mapping[str, Any]] = list(raw or ())
    issues: list[Issue] = []
    removed: list[str] = []
    rows: list[dict[str, Any]] = []
    if len(given) > table.most:
        message = f"“{table.label}”有 {len(given)} 行，一次最多 {table.most} 行，请分成几条办理。"
        return (), [Issue("records.rows", message, field=table.name, rule=table.statute)], ()
    for number, one in enumerate(given, 1):
        row: dict[str, Any] = {}
        for column in table.columns:
            row[column.name], found, said = _parse(column, one.get(column.name))
            issues += [in_row(table, places[number - 1] if places else number, column, issue) for issue in found]
            removed += said
        if any(value not in ("", None) for value in row.values()):
            rows.append(row)
    return tuple(rows), issues, tuple(dict.fromkeys(removed))


def in_row(table: Table, number: int, column: Field, issue: Issue) -> Issue:
    """An issue of one cell, told with its table and row."""
    message = f"“{table.label}”第 {number} 行：{issue.message}"
    return replace(issue, message=message, field=f"{table.name}.{number}.{column.name}")


def _parse(field: Field, raw: Any) -> tuple[Any, list[Issue], tuple[str, ...]]:
    reader = _READERS.get(field.type)
    if reader is not None:
        value, issues = reader(field, raw)
        return value, issues, ()
    if field.type == "keywords":
        words = raw if isinstance(raw, list | tuple) else _KEYWORD_BREAK.split(_text(raw))
        text = KEYWORD_MARK.join(dict.fromkeys(word.strip() for word in words if word.strip()))
        return text, _too_long(field, text), ()
    text = _text(raw)
    if field.type == "choice":
        by_label = {label: value for value, label in field.choices}
        text = by_label.get(text.strip(), text.strip())  # spreadsheets hold the words
        known = {value for value, _label in field.choices} | {""}
        wrong = text not in known
        return text, [_issue(field, "choice", f"“{field.label}”没有“{text}”这一选项。")] if wrong else [], ()
    if field.type == "html":
        cleaned = markup.clean(text)
        return cleaned.html, _too_long(field, cleaned.html), cleaned.removed
    if field.type == "line":
        text = _LINE_WHITE.sub(" ", text).strip()
        text = _number(text) if field.name == "doc_number" or field.reference else text
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


def _moment(field: Field, raw: Any) -> tuple[datetime.datetime | None, list[Issue]]:
    """A day and its time in China, to the minute, as an aware time; or None for nothing."""
    if isinstance(raw, datetime.datetime):
        return raw.astimezone(now.BEIJING), []
    text = unicodedata.normalize("NFKC", _text(raw)).strip()
    if not text:
        return None, []
    match = _MOMENT.match(text)
    day, wrong = _date(field, match.group(1)) if match else (None, [])
    try:
        if match is None or day is None or wrong:
            raise ValueError(text)
        time = datetime.time(int(match.group(2)), int(match.group(3)))
    except ValueError:
        message = f"“{field.label}”的“{text[:40]}”不是一个时刻，请写成 2019-08-19 08:30 或 2019年8月19日 8时30分。"
        return None, [_issue(field, "moment", message)]
    return datetime.datetime.combine(day, time, now.BEIJING), []


def _number_of(field: Field, raw: Any) -> tuple[int | Decimal | None, list[Issue]]:
    """An exact number, or None for nothing; separators of thousands, full width and the column's unit are taken off."""
    text = "" if raw is None else unicodedata.normalize("NFKC", _text(raw)).replace(",", "").strip()
    text = text.removesuffix(unicodedata.normalize("NFKC", field.unit)).strip() if field.unit else text
    if not text:
        return None, []
    try:
        if not _NUMBER.match(text):
            raise InvalidOperation
        number = Decimal(text)
    except InvalidOperation:
        return None, [_issue(field, "number", f"“{field.label}”的“{text[:40]}”不是一个数，请只填数字。")]
    if len(number.as_tuple().digits) > _MOST_DIGITS:
        return None, [_issue(field, "number", f"“{field.label}”的数字太长，最多 {_MOST_DIGITS} 位，请核对。")]
    places = 0 if field.type == "integer" else field.places
    exact = number.quantize(Decimal(1).scaleb(-places))
    if exact != number:
        wanted = "应当是整数" if not places else f"小数最多 {places} 位"
        return None, [_issue(field, "places", f"“{field.label}”的“{text}”{wanted}，请更正。")]
    return (int(exact) if field.type == "integer" else exact), []


_READERS: Mapping[str, Callable[[Field, Any], tuple[Any, list[Issue]]]] = {
    "integer": _number_of,
    "decimal": _number_of,
    "date": _date,
    "moment": _moment,
}


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
    """A value as a form or a comparison shows it: 2019-08-19, 2019-08-19 08:30, choices by label, numbers plain.

    `value` is of the column's type, or as it stands in the canonical document.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # Money keeps its two places; figures of more are of any precision, and zeros would claim one.
        return f"{value:f}" if field.places <= _MONEY_PLACES else f"{value.normalize():f}"
    if field.type == "choice":
        return dict(field.choices).get(value, str(value))
    if field.type == "moment" and isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)  # out of the frozen bytes
    if isinstance(value, datetime.datetime):
        return f"{value.astimezone(now.BEIJING):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def canonical(field: Field, value: Any) -> Any:
    """A value as it stands in the canonical document: keywords as a list, decimals as text, empty dates null,
    moments as ISO 8601 in China's time."""
    if isinstance(value, Decimal):
        # Both databases give the column's places back; the quantum is fixed here so that the bytes are too.
        return f"{value.quantize(Decimal(1).scaleb(-field.places)):f}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(now.BEIJING).isoformat(timespec="minutes")
    if field.type == "keywords":
        return [word for word in str(value).split(KEYWORD_MARK) if word]
    return value


def canonical_rows(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a table as they stand in the canonical document."""
    return [{column.name: canonical(column, row[column.name]) for column in table.columns} for row in rows]
