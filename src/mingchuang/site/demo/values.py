"""The fields of a fictional document: the words of a kind's sample moved into the present, and what differs from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mingchuang.core.models import Unit
from mingchuang.records.kind import kind

#: A day as forms send it, a day as people write it, and a year of the samples that stands alone: not that of a document
#: number, nor the beginning of a budget code (20103).
_TIME = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)|(20\d\d)年(\d{1,2})月(\d{1,2})日|(?<![〔\d])(20(?:18|19|20))")


@dataclass(frozen=True, slots=True)
class _Days:
    """Days before today for the words of documents.toml: `{ago[3]}`, `{day[3]}`; negative ones are to come."""

    today: date
    written: Callable[[date], str]

    def __getitem__(self, ago: int | str) -> str:
        return self.written(self.today - timedelta(int(ago)))


def values_of(document: Mapping[str, Any], mark: str, today: date) -> dict[str, Any]:
    """The fields of a document as a form would send them; every body begins with `mark`.

    With `days_ago` all days and years of a sample move so that it was formed that many days before `today`. `values`
    stand in their place, with {year} and {last_year} (of the day on which it was formed), {ago[n]}, {day[n]}, {of[n]}
    (n days before today in words, as a form sends it, its year); `days` (field → n) are days of fields.
    """
    formed = today - timedelta(document.get("days_ago", 0))
    values = _of_sample(document, formed) if "sample" in document else _written(document, formed)
    values |= {name: (today - timedelta(ago)).isoformat() for name, ago in document.get("days", {}).items()}
    words = {
        "year": formed.year,
        "last_year": formed.year - 1,
        "ago": _Days(today, _in_words),
        "day": _Days(today, date.isoformat),
        "of": _Days(today, lambda day: str(day.year)),
    }
    values |= {name: _each(value, lambda text: text.format(**words)) for name, value in _own(document).items()}
    return {**values, "body": f"<p>{mark}</p>{values['body'].strip()}"} if "body" in values else values


def _own(document: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = document.get("values", {})
    return found


def _written(document: Mapping[str, Any], formed: date) -> dict[str, Any]:
    """A policy document whose words stand in documents.toml."""
    return {
        **{name: document[name] for name in ("title", "summary", "theme", "keywords", "body")},
        "doc_number": document["number"].format(year=formed.year),
        "formed_on": formed.isoformat(),
        "issuer": _issuer(document["unit"]),
        "disclosure": "proactive",
        "effective_on": "",
        "expires_on": "",
    }


def _of_sample(document: Mapping[str, Any], formed: date) -> dict[str, Any]:
    sample = kind(document.get("kind", "policy")).samples[document["sample"]]
    if "days_ago" not in document:
        return dict(sample)
    first = date.fromisoformat(sample["formed_on"])
    by, years = formed - first, formed.year - first.year

    def moved(found: re.Match[str]) -> str:
        told = [int(part) for part in found.groups() if part]
        if len(told) == 1:
            return str(told[0] + years)
        day = date(*told) + by
        return day.isoformat() if "-" in found.group() else _in_words(day)

    return {name: _each(value, lambda text: _TIME.sub(moved, text)) for name, value in sample.items()}


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """A field, or every cell of the rows of a table."""
    if isinstance(value, str):
        return change(value)
    return tuple({name: change(cell) for name, cell in row.items()} for row in value)


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _issuer(code: str) -> str:
    name = Unit.objects.get(code=code).names.filter(kind="full").order_by("-since").values_list("name", flat=True)
    return str(name[0])
