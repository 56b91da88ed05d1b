"""`mingchuang due` and `mingchuang calendar` as a clerk types them: the first line, the exit code, the sentences."""

import json
import os
import subprocess
import sys

import pytest

GOOD_NOTICE = """
region = "100000"
years = [2027]
number = "国办发明电〔2026〕99号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued = 2026-11-05
[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
[[holiday]]
name = "春节"
from = 2027-02-05
to = 2027-02-12
work = [2027-01-31, 2027-02-14]
"""


@pytest.fixture
def run(tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MINGCHUANG", "DJANGO"))}
    environment["MINGCHUANG_DATA"] = str(tmp_path / "var")

    def call(*words, **more):
        done = subprocess.run(
            [sys.executable, "-m", "mingchuang.site.cli", *map(str, words)],
            capture_output=True, encoding="utf-8", env=environment | more, cwd=tmp_path, check=False, timeout=60,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    return call


def test_the_first_line_is_the_date_alone_then_basis_and_trace(run):
    code, out, err = run("due", "penalty.publish", "2019-09-26", "--region", "640381")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "2019-10-11"
    assert lines[1].startswith("依据：青政办发〔2019〕60号 一（三）3")
    assert "2019-09-29 星期日 国庆节调休上班（国办发明电〔2018〕15号），第2个工作日" in lines


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("--workdays", "15", "2019-06-03", "--region", "100000"), "2019-06-25"),
        (("--workdays", "15", "2019-06-03"), "2019-06-27"),
        (("--workdays", "20", "2020-01-17", "--region", "100000", "--known-on", "2020-01-20"), "2020-02-19"),
        (("--workdays", "-7", "2019-10-11"), "2019-09-26"),
        (("budget.unit.publish", "2020年10月9日"), "2020-10-29"),
        (("opinion.reply", "2019-09-26T10:30"), "2019-09-28 10:30"),
        (("--workdays", "20", "2026-12-04"), "2027-01-01"),
    ],
)
def test_dates(run, words, first):
    code, out, _ = run("due", *words)
    assert (code, out.splitlines()[0]) == (0, first)


def test_the_region_comes_from_the_installation(run):
    assert run("due", "--workdays", "15", "2019-06-03", MINGCHUANG_REGION="100000")[1].startswith("2019-06-25\n")


def test_a_provisional_date_says_so(run):
    out = run("due", "foi.reply", "2026-12-04")[1]
    assert "缺少2027年节假日安排" in out
    assert json.loads(run("due", "foi.reply", "2026-12-04", "--json")[1])["provisional"] is True


def test_json_alone_on_stdout(run):
    code, out, err = run("due", "penalty.publish", "2019-09-26", "--json")
    value = json.loads(out)
    assert (code, err) == (0, "")
    assert (value["due"], value["value"], value["unit"], value["provisional"]) == ("2019-10-11", 7, "workday", False)
    assert value["basis"][0]["quote"] == "严格执行行政许可、行政处罚7个工作日内公开"
    assert json.loads(run("due", "--workdays", "3", "2019-08-19", "--json")[1])["due"] == "2019-08-22"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("penalty.publsh", "2019-09-26"), 2, "相近的有：penalty.publish"),
        (("penalty.publish", "2019-13-26"), 2, "日期“2019-13-26”无法识别"),
        (("penalty.publish", "明天"), 2, "应写成 2019-09-26"),
        (("penalty.publish",), 2, "请写明“规则 日期”"),
        (("--workdays", "0", "2019-09-26"), 2, "请写明“规则 日期”"),
        (("--workdays", "3", "foi.reply", "2019-09-26"), 2, "请写明“规则 日期”"),
        (("penalty.publish", "2019-09-26", "--region", "宁夏"), 2, "应为6位数字"),
        (("penalty.publish", "2019-09-26", "--region", "999999"), 2, "没有行政区划代码“999999”这一地区"),
        (("--workdays", "3", "2019-09-26", "--region", "660000"), 2, "前两位“66”不是任何省"),
        (("opinion.reply", "2019-09-26"), 2, "请写明起算时刻"),
        (("penalty.withdraw", "2019-09-26"), 1, "自2021-07-15起施行"),
        (("foi.extend", "2020-01-02"), 1, "不是期限"),
        (("--workdays", "7", "1900-01-01"), 1, "超出可计算的范围"),
        (("foi.reply", "2079-12-30"), 1, "超出可计算的范围"),
    ],
)
def test_refusals(run, words, code, sentence):
    found, out, err = run("due", *words)
    assert (found, out) == (code, "")
    assert sentence in err


@pytest.mark.parametrize("words", [("penalty.publish",), ("--workdays", "30"), ("penalty.publish", "--json")])
def test_a_reader_that_goes_away_is_no_failure(words, tmp_path):
    """As `| head -1`, but surely: the reading end is closed before the first line is written."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "mingchuang.site.cli", "due", *words, "2019-09-26"],
        stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", cwd=tmp_path, check=False, timeout=60,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_notice_is_checked_and_then_added(run, tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text(GOOD_NOTICE, "utf-8")
    code, checked, _ = run("calendar", "check", file)
    assert code == 0
    assert "2027-02-14（星期日）：休息 → 春节调休上班（国办发明电〔2026〕99号）" in checked
    assert "2027年工作日：261天 → 256天，由暂定转为正式。" in checked
    assert not (tmp_path / "var").exists()
    code, out, _ = run("calendar", "add", file)
    assert code == 0
    assert out.startswith(checked)
    assert [path.name for path in (tmp_path / "var" / "calendars").iterdir()] == ["2027.toml"]
    assert run("due", "--workdays", "20", "2026-12-04")[1].splitlines()[0] == "2027-01-04"
    assert "本单位录入" in run("calendar", "list")[1]
    assert any(one["number"] == "国办发明电〔2026〕99号" for one in json.loads(run("calendar", "list", "--json")[1]))


def test_the_same_notice_is_not_added_twice_and_nothing_is_overwritten(run, tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text(GOOD_NOTICE, "utf-8")
    assert run("calendar", "add", file)[0] == 0
    code, _, err = run("calendar", "add", file)
    assert (code, "不能重复录入" in err) == (1, True)
    file.write_text(GOOD_NOTICE.replace("2027", "2028").replace("2026", "2027").replace("02-14", "02-12"), "utf-8")
    text = file.read_text("utf-8").replace("work = [2028-01-31, 2028-02-12]", "").replace("02-12", "02-09")
    file.write_text(text, "utf-8")
    code, _, err = run("calendar", "add", file)
    assert (code, "已经存在，请把要录入的文件改名" in err) == (1, True)
    assert "2027年" in (tmp_path / "var" / "calendars" / "2027.toml").read_text("utf-8")
    assert len(list((tmp_path / "var" / "calendars").iterdir())) == 1


def test_a_faulty_notice_is_refused_with_every_fault_and_leaves_nothing(run, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text(GOOD_NOTICE.replace("to = 2027-01-03", "to = 2026-01-03").replace("issued", "isued"), "utf-8")
    code, out, err = run("calendar", "add", file)
    assert (code, out) == (2, "")
    assert "bad.toml 的 isued：不认识的字段。" in err
    assert "bad.toml 的 issued：缺少成文日期" in err
    assert "早于首日" in err
    assert not (tmp_path / "var").exists()
    assert run("calendar", "check", tmp_path / "none.toml")[0] == 2
    assert "须为 .toml 文件" in run("calendar", "add", file.rename(tmp_path / "2027.txt"))[2]


def test_a_damaged_folder_is_named_and_not_ignored(run, tmp_path):
    folder = tmp_path / "var" / "calendars"
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text("region = ", "utf-8")
    code, _, err = run("due", "penalty.publish", "2019-09-26")
    assert (code, "x.toml：不是有效的TOML文件" in err) == (2, True)
