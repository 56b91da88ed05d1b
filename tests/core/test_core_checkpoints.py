"""Checkpoints show what the chain alone cannot: a tail that was cut off together with its head."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.db


def sign_out(cast: Any) -> None:
    from mingchuang.core.act import act

    act(cast.clerk, "sign_out", cast.actor("clerk").own(cast.clerk))


def cut(first: int) -> None:
    """Remove event `first` and what follows, as one with the database's password would, and tidy up: head and rows."""
    from django.db import connection

    from mingchuang.core import protection
    from mingchuang.core.models import ChainHead, Event, EventText, Person

    if connection.vendor != "sqlite":
        connection.check_constraints()
    with connection.cursor() as cursor:
        for trigger in protection.triggers(connection.vendor):
            cursor.execute(
                f"DROP TRIGGER {trigger.name}{'' if connection.vendor == 'sqlite' else f' ON {trigger.table}'}"
            )
    gone = Event.objects.filter(seq__gte=first)
    for event in gone:
        Person.objects.filter(pk=event.subject_id).update(version=event.subject_version - 1)
    EventText.objects.filter(event__in=gone).delete()
    gone.delete()
    last = Event.objects.get(seq=first - 1)
    ChainHead.objects.update(seq=last.seq, link=last.link)
    protection.install(connection)


def codes(*outside: Any) -> list[str]:
    from mingchuang.core import verify

    return [issue.code for issue in verify.run(outside)]


def test_a_tidy_cut_is_seen_by_a_kept_checkpoint_alone(cast: Any) -> None:
    from mingchuang.core import checkpoints

    sign_out(cast)
    point = checkpoints.write("daily")
    assert point is not None and codes() == []
    cut(point.seq)
    assert codes() == ["verify.cut"]
    kept = checkpoints.path().rename(checkpoints.path().with_name("outside.jsonl"))
    assert codes() == []  # whoever can write here too is caught only by a copy elsewhere
    assert codes(*checkpoints.read(kept)) == ["verify.cut"]


def test_a_chain_that_grew_again_after_the_cut_is_seen_too(cast: Any) -> None:
    from mingchuang.core import checkpoints

    sign_out(cast)
    point = checkpoints.write("backup")
    assert point is not None
    cut(point.seq)
    cast.clerk.refresh_from_db()
    sign_out(cast)
    sign_out(cast)
    assert codes() == ["verify.rewritten"]


def test_one_line_a_day_and_one_for_each_new_point(cast: Any, june: date) -> None:
    from mingchuang.core import checkpoints, now

    assert checkpoints.latest() is None
    first = checkpoints.write("daily")
    assert checkpoints.write("verify") == first == checkpoints.latest()
    with now.travel(date(2026, 6, 16)):
        checkpoints.write("daily")
        sign_out(cast)
        second = checkpoints.write("verify")
    lines = [json.loads(line) for line in checkpoints.path().read_text("utf-8").splitlines()]
    assert [(line["seq"], line["reason"]) for line in lines] == [
        (first.seq, "daily"),
        (first.seq, "daily"),
        (first.seq + 1, "verify"),
    ]
    assert checkpoints.latest() == second != first
    assert checkpoints.path().stat().st_mode & 0o777 == 0o600


def test_a_torn_line_counts_as_not_written_and_a_changed_one_is_said(cast: Any) -> None:
    from mingchuang.core import checkpoints
    from mingchuang.norms.outcome import Refused

    first = checkpoints.write("daily")
    with checkpoints.path().open("ab") as stream:
        stream.write(b'{"seq": 99, "link": "ab')
    assert (checkpoints.latest(), codes()) == (first, [])
    sign_out(cast)
    second = checkpoints.write("verify")
    assert checkpoints.read(checkpoints.path()) == [first, second]
    with checkpoints.path().open("ab") as stream:
        stream.write('{"seq": true}\n不是检查点\n'.encode())
    assert codes() == ["checkpoints.line", "checkpoints.line"]
    with pytest.raises(Refused, match="第3行不是检查点"):
        checkpoints.latest()


def test_the_command_takes_a_copy_from_elsewhere(cast: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from mingchuang.core import checkpoints
    from mingchuang.site.cli import verify as command

    monkeypatch.setattr(command, "start_django", lambda data: None)
    run = CliRunner().invoke
    sign_out(cast)
    done = run(command.command, ["--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["issues"]) == (0, [])
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(checkpoints.path().read_bytes())
    assert json.loads(copy.read_text("utf-8"))["link"] == told["checkpoint"]["link"]
    assert run(command.command, ["--checkpoint", str(copy)]).exit_code == 0
    cut(told["checkpoint"]["seq"])
    checkpoints.path().unlink()
    assert run(command.command, ["--checkpoint", str(copy)]).exit_code == 1
    copy.write_text("{}\n", "utf-8")
    refused = run(command.command, ["--checkpoint", str(copy)])
    assert refused.exit_code == 2 and "不是检查点" in refused.output
    copy.write_text("", "utf-8")
    assert run(command.command, ["--checkpoint", str(copy)]).exit_code == 2
