"""The head of a command that only holds others, such as `mingchuang user`."""

from __future__ import annotations

import click


def group(explanation: str) -> click.Group:
    """An empty group with this help; called without a subcommand it explains itself and ends with 0."""

    @click.group("command", invoke_without_command=True, help=explanation)
    @click.pass_context
    def head(ctx: click.Context) -> None:
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())

    return head
