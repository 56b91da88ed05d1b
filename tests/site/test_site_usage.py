"""How commands explain themselves: help and usage errors in Chinese, exit code 2 for bad usage. Starts no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from mingchuang.site.cli import main

NAMES = (
    *("backup", "bake", "calendar", "check", "doctor", "due", "index", "ledger", "read", "restore", "run", "user"),
    "verify",
)
# Two English words in a row are a sentence of somebody's who forgot to translate it.
ENGLISH = re.compile(r"(?<![\w./<-])[A-Za-z]{2,} [a-z]{2,}(?![\w/])")
# Command lines and names that stand in Chinese sentences.
NOT_ENGLISH = re.compile(r"mingchuang [a-z-]+( [a-z-]+)?|chmod \d+|sudo apt-get install [a-z-]+|docs/\S+")


def every_command() -> Iterator[tuple[str, ...]]:
    """The words of every command and subcommand."""
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, each) for each in command.list_commands(context))


def invoke(*arguments: str) -> click.testing.Result:
    return CliRunner().invoke(main, list(arguments), prog_name="mingchuang")


def english_in(text: str) -> list[str]:
    return ENGLISH.findall(NOT_ENGLISH.sub("", text))


def test_every_command_has_a_whole_sentence_in_the_list() -> None:
    told = invoke("--help").stdout
    assert not re.search(r"^  [a-z]+ .*\.\.\.$", told, re.MULTILINE)
    assert "账号：列出、新建、重置密码、停用两步验证、锁定、解锁。" in told


def test_the_commands_of_the_contract_are_there() -> None:
    assert {words[0] for words in every_command()} == set(NAMES)


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_every_command_explains_itself_in_chinese(words: tuple[str, ...]) -> None:
    shown = invoke(*words, "--help")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("用法: mingchuang ")
    assert english_in(shown.stdout) == []
    body = shown.stdout.split("\n\n", 1)[1]
    assert re.search(r"[\u4e00-\u9fff]{4}", body), "no sentence says what it does"


@pytest.mark.parametrize("name", ["calendar", "index", "ledger", "user"])
def test_a_command_of_commands_explains_itself_when_called_alone(name: str) -> None:
    shown = invoke(name)
    assert shown.exit_code == 0
    assert shown.stdout == invoke(name, "--help").stdout
    assert shown.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["nonsense"], "没有命令 nonsense"),
        (["verifi"], "没有命令 verifi"),
        (["verify", "--nonsense"], "没有选项 --nonsense"),
        (["verify", "extra"], "多出了参数：extra"),
        (["run", "--port", "x"], "不是有效的数"),
        (["run", "--port", "70000"], "不在范围"),
        (["run", "--port"], "后面要写一个值"),
        (["restore"], "缺少参数"),
        (["restore", "/nowhere/at/all"], "没有文件夹“/nowhere/at/all”"),
        (["ledger", "show", "one"], "不是有效的数"),
        (["ledger", "load", "/nowhere.txt", "--unit", "office"], "没有文件“/nowhere.txt”"),
        (["user", "add", "someone"], "缺少选项"),
        (["user", "add", "someone", "--name", "某", "--unit", "x", "--role", "king"], "不对，只能写"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_usage_is_said_in_chinese_and_ends_with_two(arguments: list[str], part: str) -> None:
    shown = invoke(*arguments)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert part in shown.stderr
    assert english_in(shown.stderr) == []


def test_version_is_one_line() -> None:
    shown = invoke("--version")
    assert shown.exit_code == 0
    assert re.fullmatch(r"mingchuang \d+\.\d+\.\d+\n", shown.stdout)
