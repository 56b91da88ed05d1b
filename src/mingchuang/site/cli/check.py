"""`mingchuang check FILE…`: the gate on any file. Starts no Django and needs no database."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingchuang.reading.gate import Finding

_UNREADABLE, _FAILED = 2, 3


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取；其中没有个人信息和名单内容。")
@click.option(
    "--lists",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="本单位名单所在的文件夹：敏感词、领导人名册、审图号、港澳台、民族、宗教用语、会议名称和届次、可引用文件，"
    "各一个 XLSX、CSV 或者 TXT 文件。",
)
def command(files: tuple[Path, ...], as_json: bool, folder: Path | None) -> None:
    """发布前检查文件：政治、政策、保密、格式、文字、隐私。

    没有“不通过”时退出码为 0（待人工确认的也是 0，但不等于通过）；有不通过的为 3；有文件或者名单读不了为 2。
    """
    from mingchuang.core.now import today
    from mingchuang.reading import gate
    from mingchuang.reading.formats import Unreadable
    from mingchuang.reading.gate.list_folder import read_folder
    from mingchuang.site.cli._start import print_json

    lists, faults = read_folder(folder) if folder is not None else (gate.EMPTY, [])
    found: list[Finding] = []
    unread = [{"file": gate.masked(one.file, today()), "code": one.code, "message": one.message} for one in faults]
    # Without the lists that were asked for, a file would only seem to have been checked.
    for file in files if not faults else ():
        shown = gate.masked(file.name, today())
        try:
            found += gate.check(file.read_bytes(), file.name, lists, today=today())
        except Unreadable as error:
            unread.append({"file": shown, "code": error.code, "message": error.message})
        except OSError as error:
            unread.append({"file": shown, "code": "cannot_open", "message": f"打不开：{_reason(error)}。"})
    for one in unread:
        click.echo(f"✘ {one['file']}：{one['message']}", err=True)
    if as_json:
        print_json({"findings": [one.to_json() for one in found], "unreadable": unread, "rules": _rules(found)})
    else:
        for line in _table(found):
            click.echo(line)
    sys.exit(_UNREADABLE if unread else _FAILED if any(one.result == "fail" for one in found) else 0)


def _rules(found: list[Finding]) -> dict[str, Any]:
    """Title and basis of each rule that is named."""
    return {one.rule.id: {"title": one.rule.title, "basis": one.rule.basis} for one in found}


def _table(found: list[Finding]) -> Iterator[str]:
    from mingchuang.reading.breakdown_table import wrap
    from mingchuang.reading.gate import CHECK_NAMES, RESULT_NAMES

    width = max(60, shutil.get_terminal_size((100, 40)).columns)
    for name in dict.fromkeys(one.file for one in found):
        yield name
        for one in (one for one in found if one.file == name):
            line = (
                f"【{CHECK_NAMES[one.check]}】{RESULT_NAMES[one.result]} {one.place.words}：{one.message}{one.advice}"
            )
            for at, part in enumerate(wrap(line, width - 4)):
                yield ("  " if at == 0 else "    ") + part
            if one.result != "pass":
                yield f"    依据：{one.rule.basis}"
    counts = {title: sum(one.result == key for one in found) for key, title in RESULT_NAMES.items()}
    yield "；".join(f"{title} {count} 项" for title, count in counts.items()) + "。"


def _reason(error: OSError) -> str:
    """What the system says, in the words of the user; never the path, which may hold a name."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, PermissionError):
        return "没有权限"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    return "读写失败"
