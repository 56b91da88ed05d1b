"""How a command starts Django, and how it says what went wrong: in Chinese, all reasons, with the right exit code."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="数据文件夹（默认取环境变量 MINGCHUANG_DATA，再默认为当前目录下的 var）。",
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")


def start_django(data: Path | None, *, must_exist: bool = True) -> Path:
    """Point the settings at a data folder and start Django; returns the folder.

    Ends the command (exit 2) when there is no installation there and one is needed.
    """
    from mingchuang.site import data_folder

    if data is not None:
        os.environ["MINGCHUANG_DATA"] = str(data.absolute())
    folder = data_folder.root()
    if must_exist and not (folder / data_folder.SECRET_NAME).exists():
        fail([f"{folder} 里没有明窗的数据。先运行 mingchuang run，或用 --data 指明数据文件夹。"], code=2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.site.settings")
    import django

    django.setup()
    return folder


def fail(reasons: list[str], code: int = 1) -> None:
    """Print every reason on stderr and end the command."""
    for reason in reasons:
        click.echo(f"✘ {reason}", err=True)
    sys.exit(code)


def refusals_in_chinese(command: F) -> F:
    """Turn Refused and a database that can't be opened into sentences and exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from mingchuang.norms.outcome import Refused

        try:
            return command(*args, **kwargs)
        except Refused as refused:
            fail([issue.message for issue in refused.issues])
        except Exception as error:
            # Named by its class: importing Django here would start it for commands that don't need it.
            if type(error).__name__ not in {"OperationalError", "InterfaceError"}:
                raise
            fail([f"数据库打不开：{error}。请运行 mingchuang doctor 查看原因。"])

    return wrapped  # type: ignore[return-value]


def print_json(value: Any) -> None:
    """JSON alone on stdout, Chinese readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
