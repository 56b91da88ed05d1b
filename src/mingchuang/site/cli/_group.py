"""The head of a command that only holds others, such as `mingchuang user`."""

from __future__ import annotations

import re

import click


def group(explanation: str) -> click.Group:
    """An empty group with this help; called without a subcommand it explains itself and ends with 0.

    The list of all commands shows it whole, without the subcommands' names: click would cut it at a blank, and Chinese
    has none.
    """
    short = re.sub(r"（[a-z-]+）", "", explanation)

    @click.group("command", invoke_without_command=True, help=explanation, short_help=short)
    @click.pass_context
    def head(ctx: click.Context) -> None:
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())

    return head
