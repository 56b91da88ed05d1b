"""click's own words in Chinese: usage errors, headings of the help, prompts. Import it before any command.

click looks its messages up through a function `_` (and `ngettext`) in each of its modules, made for gettext; ours takes
its place there. What isn't in the table is shown as click wrote it, and a test looks for such words.
"""

from __future__ import annotations

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

WORDS = {
    "Usage:": "用法:",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Aborted!": "已中止。",
    "Error: {message}": "✘ {message}",
    "Try '{command} {option}' for help.": "用 {command} {option} 查看用法。",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是不是想写 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是想写其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多出了参数：{args}",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}",
    "Invalid value: {message}": "写法不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的写法不对：{message}",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写 {nargs} 个值。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是有效的数（{number_type}）。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{value!r} is not {choice}.": "“{value}”不对，只能写 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不对，只能写：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”不符合格式 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”不符合格式 {formats}。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”不是是或否，可写：{states}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{name} {filename!r} does not exist.": "没有{name}“{filename}”。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，这里要{name}。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，这里要{name}。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”不能读。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”不能写。",
    "{name} {filename!r} is not executable.": "{name}“{filename}”不能执行。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "unknown error": "原因不明",
    "required": "必写",
    "default: {default}": "默认 {default}",
    "Show this message and exit.": "显示这段说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Error: invalid input": "✘ 没有看懂，请写 y 或 n。",
    "Error: The two entered values do not match.": "✘ 两次输入的不一样。",
}


def word(message: str) -> str:
    """The Chinese for one of click's messages, or the message itself."""
    return WORDS.get(message, message)


def words(one: str, many: str, count: int) -> str:
    """As `word`, for a message with a singular and a plural."""
    return word(one if count == 1 else many)


def speak() -> None:
    """Make click speak Chinese in this process."""
    modules = (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.termui,
        click.types,
    )
    for module in modules:
        for name, ours in (("_", word), ("ngettext", words)):
            if hasattr(module, name):
                setattr(module, name, ours)
    click.STRING.name, click.INT.name, click.IntRange.name = "文字", "整数", "整数"


speak()


def localise(command: click.Command) -> click.Command:
    """Give a command and its subcommands a usage line in Chinese; returns it."""
    command.options_metavar = "[选项]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 [参数]..."
        for each in command.commands.values():
            localise(each)
    return command
