"""How a command starts Django, and how it says what went wrong: in Chinese, all reasons, with the right exit code."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

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


def fail(reasons: list[str], code: int = 1) -> NoReturn:
    """Print every reason on stderr and end the command."""
    for reason in reasons:
        click.echo(f"✘ {reason}", err=True)
    sys.exit(code)


@contextlib.contextmanager
def failures_in_chinese() -> Iterator[None]:
    """Turn what a command can't get past into sentences on stderr and an exit code: 2 for settings, else 1.

    Refused, bad environment variables, a database that can't be used, a disk that can't be written. A mistake of ours
    stays an exception: its traceback is what the developer needs.
    """
    from mingchuang.norms.outcome import Refused
    from mingchuang.site import failures, variables

    try:
        yield
    except Refused as refused:
        fail([issue.message for issue in refused.issues])
    except variables.MisconfiguredError as wrong:
        fail(wrong.reasons, code=2)
    except BrokenPipeError:
        raise  # whoever read our output went away; click ends quietly
    except OSError as error:
        fail([failures.of_system(error)])
    except Exception as error:
        if not failures.is_unusable_database(error):
            raise
        fail([failures.of_database(error)])


def refusals_in_chinese(command: F) -> F:
    """A decorator with the same effect, for a command that is called by itself."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with failures_in_chinese():
            return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]


def print_json(value: Any) -> None:
    """JSON alone on stdout, Chinese readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
