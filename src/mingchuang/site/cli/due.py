"""`mingchuang due`: when something is due, on what basis, day by day. It answers without starting Django."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, datetime
from pathlib import Path

import click

from mingchuang.norms import due as rule_due
from mingchuang.norms import regions
from mingchuang.norms.calendar import CalendarBook
from mingchuang.norms.duration import start_line
from mingchuang.norms.outcome import Refused
from mingchuang.site import data_folder, variables
from mingchuang.site.cli._start import data_option, fail, json_option, print_json

#: Refusals that mean that the question was put wrongly (exit 2), not that the answer is no (exit 1).
_BAD_INPUT = frozenset(
    {"rule.unknown", "region.malformed", "region.unknown", "due.moment", "calendar.file", "settings.line"}
)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ](\d{1,2})[:：](\d{2}))?")


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("words", nargs=-1, metavar="(规则 | --workdays N) 日期")
@click.option("--workdays", type=int, default=None, help="不按规则，直接数若干个工作日；负数往前数。")
@click.option("--region", default=None, help="6位行政区划代码；100000 只用国家规定。默认为本安装所在地区。")
@click.option("--known-on", "known_on", default=None, help="按这一天所知的放假安排计算。")
@data_option
@json_option
def command(
    *,
    words: tuple[str, ...],
    workdays: int | None,
    region: str | None,
    known_on: str | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """计算到期日：第一行是日期，其后是依据和逐日说明。

    例：mingchuang due penalty.publish 2019-09-26 --region 640381
    """
    expected = 1 if workdays is not None else 2
    if len(words) != expected or workdays == 0:
        fail(["请写明“规则 日期”，或者“--workdays N 日期”（N不为0）。规则名见 docs/rules.md。"], code=2)
    anchor, known = _date(words[-1]), _date(known_on) if known_on else None
    known_day = known.date() if isinstance(known, datetime) else known
    folder = data.absolute() if data else data_folder.root()
    try:
        where = region or data_folder.environment(folder).get("MINGCHUANG_REGION") or variables.REGION
        regions.known(where)
        book = CalendarBook.load(folder / "calendars")
        if workdays is None:
            _by_rule(words[0], anchor, where, known_day, book, as_json=as_json)
        else:
            _by_workdays(workdays, anchor, where, known_day, book, as_json=as_json)
    except BrokenPipeError:
        # `| head -1` has what it wanted and went away: no failure, and nothing more to say, at the end neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Refused as refused:
        bad = any(issue.code in _BAD_INPUT for issue in refused.issues)
        fail([issue.message for issue in refused.issues], code=2 if bad else 1)


def _by_rule(
    rule_id: str, anchor: date, region: str, known_on: date | None, book: CalendarBook, *, as_json: bool
) -> None:
    found = rule_due.due(rule_id, anchor, region, known_on, book)
    if as_json:
        print_json(found.to_json())
        return
    first = f"{found.day:%Y-%m-%d %H:%M}" if isinstance(found.day, datetime) else found.day.isoformat()
    click.echo("\n".join([first, *found.lines]))


def _by_workdays(
    amount: int, anchor: date, region: str, known_on: date | None, book: CalendarBook, *, as_json: bool
) -> None:
    start = anchor.date() if isinstance(anchor, datetime) else anchor
    found = book.working_days(region, known_on).add(start, amount)
    if as_json:
        print_json(
            {
                "due": found.day.isoformat(),
                "workdays": amount,
                "anchor": start.isoformat(),
                "region": region,
                "known_on": known_on.isoformat() if known_on else None,
                "provisional": found.provisional,
                "reasons": list(found.reasons),
                "remarks": list(found.remarks),
                "trace": found.trace(),
            }
        )
        return
    direction = "起" if amount > 0 else "之前"
    basis = f"依据：{regions.name(region)}放假安排，自{start}{direction}{abs(amount)}个工作日。"
    click.echo("\n".join([found.day.isoformat(), basis, start_line(start), *found.trace()]))
    for line in (*found.reasons, *found.remarks):
        click.echo(line)


def _date(text: str) -> date:
    """A day, or a moment where a time of day is given. Ends the command (exit 2) when it is neither."""
    match = _DATE.fullmatch(text.strip())
    try:
        if not match:
            raise ValueError(text)
        year, month, day = (int(part) for part in match.groups()[:3])
        if match.group(4) is None:
            return date(year, month, day)
        # Moments are China time without a zone: the law counts by the clock on the wall.
        return datetime(year, month, day, int(match.group(4)), int(match.group(5)))  # noqa: DTZ001
    except ValueError:
        fail([f"日期“{text}”无法识别，应写成 2019-09-26；按小时计算的写成 2019-09-26T10:30。"], code=2)
        raise
