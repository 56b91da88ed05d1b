"""`mingchuang calendar add` where there is an installation: core takes the notice in, with a row and an event."""

import pytest
from click.testing import CliRunner

from mingchuang.norms.notice import read_notice

NOTICE = """
region = "100000"
years = [2027]
number = "国办发明电〔2026〕99号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued = 2026-11-05
[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
"""


@pytest.mark.db
@pytest.mark.django_db
def test_a_notice_added_from_the_command_line_is_known_to_the_installation(tmp_path, settings, monkeypatch):
    from mingchuang.core import calendar_notices
    from mingchuang.core.models import CalendarNotice, Event
    from mingchuang.site.cli.calendar import command

    monkeypatch.setenv("MINGCHUANG_DATA", str(settings.MINGCHUANG_DATA))
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE, "utf-8")
    words = ["add", str(file), "--data", str(settings.MINGCHUANG_DATA)]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    assert "未办结的期限已按新的安排重新计算。" in result.output
    row = CalendarNotice.objects.get()
    assert row.number == "国办发明电〔2026〕99号"
    assert Event.objects.filter(subject_kind="core.calendarnotice", subject_id=row.pk, move="add").count() == 1
    assert list(calendar_notices.missing()) == []
    assert read_notice(settings.MINGCHUANG_DATA / "calendars" / "2027.toml").number == row.number
    again = CliRunner().invoke(command, words)
    assert again.exit_code == 1
    assert "不能重复录入" in again.output
    assert CalendarNotice.objects.count() == 1
