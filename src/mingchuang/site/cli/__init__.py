"""The command `mingchuang`: a group whose commands are imported only when called.

`read` and `due` answer without starting Django, so the group finds a command by its module's name: the command `NAME`
is the attribute `command` of `mingchuang.site.cli.NAME` (a dash in the name is an underscore in the module).

Exit codes, everywhere: 0 done, 1 refused or found something wrong (all reasons on stderr), 2 bad usage, bad settings or
unreadable input.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click

from mingchuang import __version__
from mingchuang.site.cli import _chinese, _start


class _CommandsByModule(click.Group):
    """Lists the modules of this package as commands and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        return _chinese.localise(module.command)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever stops it is said in Chinese, all reasons, with the right exit code."""
        with _start.failures_in_chinese():
            return super().invoke(ctx)


@click.group(cls=_CommandsByModule, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mingchuang")
def main() -> None:
    """明窗：把一份政务公开工作要点变成能运行的系统。

    退出码：0 完成；1 没有通过或者发现问题，原因在标准错误里；2 用法、设置不对或者文件读不了。
    """


_chinese.localise(main)
