"""Taking in holiday notices: a file in the data folder, a row, an event, its bytes in the store, deadlines worked out
again.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterator
from pathlib import Path

from mingchuang.core import calendars, chain, deadlines, files, verify
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import CalendarNotice
from mingchuang.norms.notice import Notice, parse_notice
from mingchuang.norms.outcome import Issue, refuse


def add(data: bytes, name: str, actor: Actor) -> CalendarNotice:
    """Take in a notice (TOML, see docs/clock.md) and work out every open deadline again.

    Raises `Refused` with all faults: unreadable, malformed, contradicting what is known, no standing.
    """
    notice = _parsed(data, name)
    calendars.book().having(notice)
    place = calendars.folder() / notice.file
    if place.exists() or CalendarNotice.objects.filter(file_name=notice.file).exists():
        raise refuse("calendar.file_twice", f"已有名为{notice.file}的放假安排，请改名后再录入。", field="file")
    stored = files.put(data, notice.file)
    with chain.together():
        row = _record(notice, stored.sha256, actor)
        _place(data, place)
        deadlines.recompute(f"录入{notice.cite}")
    return row


def adopt(actor: Actor) -> int:
    """Give files in the folder that have no row (put there by hand, or a crash came between) their row and event."""
    known = set(CalendarNotice.objects.values_list("file_name", flat=True))
    found = [path for path in calendars.paths() if path.name not in known]
    for path in found:
        data = path.read_bytes()
        stored = files.put(data, path.name)
        with chain.together():
            _record(_parsed(data, path.name), stored.sha256, actor)
    if found:
        deadlines.recompute("放假安排有变")
    return len(found)


def missing() -> Iterator[Issue]:
    """Rows without their file and files without their row: for `verify`."""
    names = {path.name for path in calendars.paths()}
    rows = dict(CalendarNotice.objects.values_list("file_name", "source_id"))
    for name in sorted(set(rows) - names):
        yield Issue("calendar.missing", f"放假安排{name}不在数据文件夹的 calendars 中。")
    for name in sorted(names - set(rows)):
        yield Issue("calendar.unknown", f"calendars 中的{name}没有录入记录，请用 mingchuang calendar add 录入。")
    for name in sorted(names & set(rows)):
        if files.path(rows[name]).is_file() and (calendars.folder() / name).read_bytes() != files.read(rows[name]):
            yield Issue("calendar.changed", f"calendars 中的{name}与录入时的内容不同。")


verify.register("calendars", missing)


def _record(notice: Notice, sha256: str, actor: Actor) -> CalendarNotice:
    row = CalendarNotice(
        region=notice.region, number=notice.number, title=notice.title, issued=notice.issued, file_name=notice.file
    )
    row.source_id = sha256
    data = {"region": notice.region, "number": notice.number, "issued": notice.issued, "years": list(notice.years)}
    act(row, "add", actor, content_hash=f"sha256:{sha256}", data=data)
    amended = CalendarNotice.objects.filter(region=notice.region, number=notice.amends, force="in_force").first()
    if notice.amends and amended is not None:
        act(amended, "replace", actor, data={"by": notice.number})
    return row


def _parsed(data: bytes, name: str) -> Notice:
    called = Path(name.replace("\\", "/")).name
    if not called.endswith(".toml"):
        raise refuse("calendar.file", f"{called or '所选文件'}：放假安排须为 .toml 文件。", field="file")
    try:
        values = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        message = f"{called}：不是有效的TOML文件（须为UTF-8编码）：{fault}。"
        raise refuse("calendar.file", message, field="file") from fault
    return parse_notice(values, called)


def _place(data: bytes, place: Path) -> None:
    """Whole or not at all: written beside, flushed, renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{secrets.token_hex(8)}.draft")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
