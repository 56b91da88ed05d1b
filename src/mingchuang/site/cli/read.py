"""`mingchuang read FILE`: a notice in, its duties out. Starts no Django."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取（格式见 docs/read.schema.json）。")
@click.option("--table", "as_table", is_flag=True, help="输出便于阅读的责任分解表（默认）。")
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="把责任分解表写入这个 XLSX 文件。")
def command(file: Path, as_json: bool, as_table: bool, xlsx: Path | None) -> None:
    """读取一份工作要点（TXT、DOCX、PDF、HTML、XLSX），列出任务、责任单位、时限和指标。

    读成时退出码为 0（有提示也是 0）；读不了时为 2，原因写在标准错误里。
    """
    from mingchuang.reading import Unreadable, read

    try:
        reading = read(file.read_bytes(), file.name)
    except OSError as error:
        _give_up(f"打不开文件 {file}：{_reason(error)}。")
    except Unreadable as error:
        _give_up(error.message)
    if as_json:
        click.echo(json.dumps(reading.to_json(), ensure_ascii=False, indent=2))
    if xlsx is not None:
        from mingchuang.reading.breakdown_sheet import write_sheet

        try:
            write_sheet(reading, xlsx)
        except OSError as error:
            _give_up(f"写不了文件 {xlsx}：{_reason(error)}。")
        click.echo(f"已写入 {xlsx}，共 {len(reading.duties)} 项任务。", err=True)
    if as_table or not (as_json or xlsx):
        from mingchuang.reading.breakdown_table import as_lines

        for line in as_lines(reading, shutil.get_terminal_size((100, 40)).columns):
            click.echo(line)


def _give_up(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)


def _reason(error: OSError) -> str:
    """What the system says, in the words of the user."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件或文件夹"
    if isinstance(error, PermissionError):
        return "没有权限"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    return "读写失败"
