"""The command `mingchuang`: a group whose commands are imported only when called.

`read` and `due` answer without starting Django, so the group finds a command by its module's name: the command `NAME`
is the attribute `command` of `mingchuang.site.cli.NAME` (a dash in the name is an underscore in the module).

Exit codes, everywhere: 0 done, 1 refused or found something wrong (all reasons on stderr), 2 bad usage or unreadable
input.
"""

from __future__ import annotations

import importlib
import pkgutil

import click

from mingchuang import __version__


class _CommandsByModule(click.Group):
    """Lists the modules of this package as commands and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(cls=_CommandsByModule, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingchuang")
def main() -> None:
    """明窗：把一份政务公开工作要点变成能运行的系统。"""
