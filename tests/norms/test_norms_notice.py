"""Holiday notices added by an office: what is good is taken, what is wrong is named with file, field and rule."""

from datetime import date

import pytest

from mingchuang.norms.calendar import BUILT_IN, CalendarBook
from mingchuang.norms.notice import parse_notice, read_notice
from mingchuang.norms.outcome import Refused

GOOD = """
region = "100000"
years = [2027]
number = "国办发明电〔2026〕99号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued = 2026-11-05

[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
quote = "1月1日至3日放假，共3天。"

[[holiday]]
name = "春节"
from = 2027-02-05
to = 2027-02-12
work = [2027-01-31, 2027-02-14]
"""


def write(folder, text, name="2027.toml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def faults(folder, text):
    with pytest.raises(Refused) as caught:
        read_notice(write(folder, text))
    return [issue.message for issue in caught.value.issues]


def test_a_users_folder_is_read_beside_the_shipped_notices(tmp_path):
    write(tmp_path, GOOD)
    days = CalendarBook.load(tmp_path).working_days("640381")
    due = days.add(date(2026, 12, 25), 5)
    assert due.day == date(2027, 1, 4)
    assert not due.provisional
    assert due.trace()[-2] == "2027-01-03 星期日 元旦放假（国办发明电〔2026〕99号），不计"
    assert any("原文未经核对" in remark for remark in days.add(date(2027, 2, 4), 1).remarks)


def test_a_folder_that_does_not_exist_yet_holds_no_notices(tmp_path):
    assert CalendarBook.load(tmp_path / "none").notices == CalendarBook.load().notices


def test_a_local_closure_and_an_extra_working_day_speak_last(tmp_path):
    closure = """
region = "640381"
years = [2019]
title = "关于临时停止办公的通知"
issued = 2019-08-01
[[holiday]]
name = "供水抢修停止办公"
from = 2019-08-21
"""
    write(tmp_path, closure, "a.toml")
    write(tmp_path, closure.replace("08-21", "08-22").replace("临时", "再次"), "b.toml")
    book = CalendarBook.load(tmp_path)
    assert book.working_days("640381").add(date(2019, 8, 19), 3).day == date(2019, 8, 26)
    assert book.working_days("640382").add(date(2019, 8, 19), 3).day == date(2019, 8, 22)
    assert "《关于临时停止办公的通知》" in book.working_days("640381").status(date(2019, 8, 21)).sentence


def test_an_amendment_can_cancel_what_was_arranged(tmp_path):
    write(tmp_path, GOOD, "first.toml")
    write(
        tmp_path,
        """
region = "100000"
years = [2027]
number = "国办发明电〔2027〕98号"
title = "国务院办公厅关于调整2027年春节假期安排的通知"
issued = 2027-01-10
amends = "国办发明电〔2026〕99号"
cancels = ["春节"]
[[holiday]]
name = "春节"
from = 2027-02-05
to = 2027-02-09
""",
        "second.toml",
    )
    book = CalendarBook.load(tmp_path)
    assert book.working_days("100000").is_working(date(2027, 2, 10))
    assert not book.working_days("100000").is_working(date(2027, 2, 14))
    assert not book.working_days("100000", known_on=date(2027, 1, 9)).is_working(date(2027, 2, 10))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('region = "100000"', "region = 100000", "2027.toml 的 region：应为带引号的6位行政区划代码"),
        ("years = [2027]", "years = 2027", "2027.toml 的 years：应为年份列表"),
        ("issued = 2026-11-05", 'issued = "2026-11-05"', "2027.toml 的 issued：缺少成文日期"),
        ('title = "国务院办公厅关于2027年部分节假日安排的通知"', "", "2027.toml 的 title：缺少文件标题。"),
        ('name = "元旦"', "", "2027.toml 的 holiday[1].name：缺少节日名称。"),
        ("to = 2027-01-03", "to = 2026-01-03", "holiday[1].to：放假末日2026-01-03早于首日2027-01-01。"),
        ("to = 2027-01-03", "to = 2027-11-03", "holiday[1].to：2027-01-01至2027-11-03超过15天"),
        ("from = 2027-02-05\nto = 2027-02-12", "", "holiday[2].name"),
        ("work = [2027-01-31, 2027-02-14]", "work = [2027-02-15]", "2027-02-15（星期一）本来就上班，不是调休。"),
        ("work = [2027-01-31, 2027-02-14]", "work = [2027-02-06]", "2027-02-06同时列为“春节”放假。"),
        ("from = 2027-02-05", "from = 2027-01-03", "超过"),
        ("to = 2027-02-12", "to = 2027-02-12\ncolour = 1", "holiday[2].colour：不认识的字段。"),
        ("years = [2027]", "years = [2028]", "不在2028年及相邻月份之内"),
        ("1月1日至3日", "1月1日至4日", "holiday[1].quote：原文中没有1月3日，请核对日期或原文。"),
        ("issued = 2026-11-05", 'issued = 2026-11-05\ncancels = ["春节"]', "cancels：取消原安排时，须在 amends 写明"),
    ],
)
def test_faults_name_file_field_and_rule(tmp_path, old, new, message):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if message == "holiday[2].name":  # a paragraph may consist of working days alone
        assert read_notice(write(tmp_path, text)).holidays[1].off == ()
        return
    assert any(message in fault for fault in faults(tmp_path, text)), faults(tmp_path, text)


def test_all_faults_are_given_at_once(tmp_path):
    assert len(faults(tmp_path, 'region = "x"\nyears = []\n')) == 5


def test_a_day_claimed_twice(tmp_path):
    text = GOOD.replace("from = 2027-02-05\nto = 2027-02-12", "from = 2027-01-03\nto = 2027-01-05")
    assert "2027-01-03已列在“元旦”内，不能重复。" in "".join(faults(tmp_path, text))


def test_broken_files_are_one_clear_sentence(tmp_path):
    assert "不是有效的TOML文件" in faults(tmp_path, "region = ")[0]
    path = tmp_path / "gbk.toml"
    path.write_bytes('title = "春节"'.encode("gb18030"))
    with pytest.raises(Refused, match="UTF-8"):
        read_notice(path)
    with pytest.raises(Refused, match="无法读取"):
        read_notice(tmp_path / "none.toml")


def test_the_same_notice_or_the_same_year_twice_is_refused(tmp_path):
    write(tmp_path, GOOD, "one.toml")
    write(tmp_path, GOOD, "two.toml")
    with pytest.raises(Refused, match=r"已在one\.toml中"):
        CalendarBook.load(tmp_path)
    other = write(tmp_path, GOOD.replace("99号", "98号"), "two.toml")
    with pytest.raises(Refused, match="2027年已由国办发明电"):
        CalendarBook.load(tmp_path)
    other.write_text(GOOD.replace("99号", "98号").replace("issued", 'amends = "无此文"\nissued'), "utf-8")
    with pytest.raises(Refused, match="所修订的无此文不在已有安排中"):
        CalendarBook.load(tmp_path)


def test_every_shipped_notice_has_number_title_and_issue_date_before_its_first_day():
    notices = [read_notice(path) for path in sorted(BUILT_IN.glob("*.toml"))]
    assert {year for n in notices if n.region == "100000" for year in n.years} == set(range(2018, 2027))
    for notice in notices:
        assert notice.number
        first = min(day for holiday in notice.holidays for day in (*holiday.off, *holiday.work))
        assert notice.issued <= first, notice.file


def test_parse_notice_without_any_paragraph():
    with pytest.raises(Refused, match="至少要有一段"):
        parse_notice({"holiday": "x"}, "f.toml")
