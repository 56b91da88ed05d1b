"""The real notice, 青政办发〔2019〕60号, from every format in which it could arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.reading import documents
from tests.reading.notice_summary import summary

import mingchuang.site.demo
from mingchuang.reading import Duty, Reading, read

SEED = (Path(mingchuang.site.demo.__file__).parent / "notice-2019-60.txt").read_bytes()
NUMBERED = (
    *(f"一（一）{n}" for n in (1, 2, 3)), *(f"一（二）{n}" for n in (1, 2, 3)), *(f"一（三）{n}" for n in (1, 2, 3, 4)),
    *(f"一（四）{n}" for n in (1, 2, 3, 4)), "一（五）", "一（六）", "二（七）", "二（八）", "二（九）", "二（十）",
    "三（十一）", "三（十二）", "三（十三）", "三（十四）",
)  # fmt: skip
TOWNS = ("各镇人民政府", "裕民街道办事处", "农林场")


@pytest.fixture(scope="module")
def seed() -> Reading:
    return read(SEED, "notice.txt")


def owners(reading: Reading, ref: str) -> list[tuple[str, ...]]:
    return [a.units for a in duty(reading, ref).assignments]


def duty(reading: Reading, ref: str) -> Duty:
    return next(d for d in reading.duties if d.ref == ref)


def test_head(seed: Reading) -> None:
    assert seed.title == "青铜峡市人民政府办公室关于印发《青铜峡市2019年政务公开工作要点》的通知"
    assert (seed.issuer, seed.number, seed.date) == (
        "青铜峡市人民政府办公室",
        "青政办发〔2019〕60号",
        date(2019, 8, 19),
    )
    assert seed.property == "主动公开"
    assert seed.addressees == (*TOWNS, "市直各部门、单位", "驻青吴属单位")
    assert [(c.title, c.number) for c in seed.cites] == [
        ("自治区人民政府办公厅关于印发自治区2019年政务公开工作要点的通知", "宁政办发〔2019〕38号"),
        ("吴忠市人民政府办公室关于印发吴忠市2019年政务公开工作要点的通知", "吴政办发〔2019〕33号"),
        ("青铜峡市人民政府工作规则", None),
    ]


def test_24_numbered_duties_and_3_closing_ones(seed: Reading) -> None:
    assert tuple(d.ref for d in seed.duties) == (*NUMBERED, "结尾1", "结尾2", "结尾3")
    assert duty(seed, "结尾2").text == "贯彻落实本要点的情况，纳入政府信息公开工作年度报告并依法向社会公开。"


def test_21_responsibility_clauses(seed: Reading) -> None:
    assert len({a.span for d in seed.duties for a in d.assignments}) == 21
    assert sum(len(d.assignments) for d in seed.duties) == 21
    for d in seed.duties:
        for a in d.assignments:
            assert a.raw == seed.text[a.span[0] : a.span[1]]
            assert a.raw[0] == "（" and a.raw[-1] == "）"


def test_two_clauses_in_one_paragraph(seed: Reading) -> None:
    first, second = duty(seed, "一（一）3").assignments
    assert (first.units, first.mode) == ((*TOWNS, "市司法局"), "respective")
    assert (second.units, second.mode) == ((*TOWNS, "市直各部门单位"), "joint")
    assert seed.text[first.governs[0] : first.governs[1]].endswith("目录、标准。")
    assert "".join(seed.text[second.governs[0] : second.governs[1]].split()).startswith("制定有关公共服务")


def test_doubled_number_keeps_its_place(seed: Reading) -> None:
    assert duty(seed, "一（三）2").heading == "规范行政执法基本信息公示"
    (warning,) = [w for w in seed.warnings if w.code == "number_doubled"]
    assert warning.span is not None
    assert "".join(seed.text[warning.span[0] : warning.span[1]].split()) == "2.2."


def test_owners_exactly_as_written(seed: Reading) -> None:
    assert owners(seed, "一（四）1") == [("市财政局", "农业农村局（扶贫办）", "生态环境分局")]
    assert owners(seed, "一（二）2") == [("市财政局", "审计局")]
    assert owners(seed, "一（一）1") == [("市政府办公室", "融媒体中心", *TOWNS, "市直各部门单位")]
    assert owners(seed, "二（七）") == [("市政府办公室", "市委网信办")]
    (clause,) = duty(seed, "一（四）3").assignments
    assert clause.units == ("市人力资源和社会保障局", "教育局", "卫生健康局", "医疗保障局", "自然资源局")
    assert (clause.open, clause.mode) == (True, "by_duty")
    assert [d.ref for d in seed.duties if any(a.open for a in d.assignments)] == ["一（四）3"]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("一（三）3", ("limit", "7个工作日内", 7, "工作日", "≤")),
        ("一（三）3", ("limit", "20个工作日内", 20, "工作日", "≤")),
        ("一（四）3", ("period", "提前1—3个月", (1, 3), "月", "between")),
        ("一（五）", ("limit", "3个工作日内", 3, "工作日", "≤")),
        ("一（五）", ("rate", "达到100%", 100, "%", "=")),
        ("一（五）", ("rate", "达到80%以上", 80, "%", "≥")),
        ("一（五）", ("recurrence", "1年内解读重要政策不少于2次", 2, "次/年", "≥")),
        ("二（八）", ("count", "1个主账号", 1, "个", "=")),
        ("二（九）", ("limit", "5个工作日内", 5, "工作日", "≤")),
        ("三（十一）", ("weight", "不低于4％", 4, "%", "≥")),
        ("三（十四）", ("deadline", "年底前", "2019-12-31", "date", "≤")),
    ],
)
def test_measures(seed: Reading, ref: str, expected: tuple[str, str, object, str, str]) -> None:
    found = [(m.kind, m.text, m.value, m.unit, m.comparator) for m in duty(seed, ref).measures]
    assert expected in found


def test_no_other_number_is_taken_for_a_measure(seed: Reading) -> None:
    counted = [m for d in seed.duties for m in d.measures if m.kind not in {"ban", "vague"}]
    assert len(counted) == 11
    assert [m.text for m in duty(seed, "二（八）").measures if m.kind == "ban"] == [
        "不得发布与政府职能无直接关联的信息", "严禁出现“僵尸”账号、“睡眠”账号",
    ]  # fmt: skip


def test_sections_without_owner_are_reported_with_suggestions(seed: Reading) -> None:
    bare = [d for d in seed.duties if not d.assignments and not d.ref.startswith("结尾")]
    assert [d.ref for d in bare] == ["三（十一）", "三（十二）", "三（十三）", "三（十四）"]
    assert [w.span for w in seed.warnings if w.code == "no_owner"] == [d.span for d in bare]
    assert bare[0].suggested_units == ("各部门、单位", "市政务公开领导小组")
    assert all(d.suggested_units for d in bare)


def test_owners_in_running_text_are_suggested_not_assigned(seed: Reading) -> None:
    gazette = duty(seed, "二（九）")
    assert gazette.suggested_units == ("市直各部门", "市科技局", "人力资源社会保障局", "应急管理局")
    assert owners(seed, "二（九）") == [("市政府办公室",)]


def test_the_year_taken_over_is_said(seed: Reading) -> None:
    (warning,) = [w for w in seed.warnings if w.code == "year_inferred"]
    assert "2019年" in warning.message and "年底前" in warning.message


def _docx() -> bytes:
    return documents.docx_of(documents.unwrapped(SEED.decode()))


FORMATS: dict[str, Callable[[], bytes]] = {
    "notice.docx": _docx,
    "typed.docx": lambda: documents.docx_of(documents.unwrapped(SEED.decode()), automatic=False),
    "notice.pdf": lambda: documents.pdf_of(documents.unwrapped(SEED.decode())),
    "spaced.pdf": lambda: documents.pdf_of(documents.unwrapped(SEED.decode()), spaced_title=True, header="工作要点"),
    "notice.html": lambda: documents.html_of(documents.unwrapped(SEED.decode())),
    "gbk.txt": lambda: SEED.decode().encode("gb18030"),
    "utf16.txt": lambda: SEED.decode().encode("utf-16"),
    "crlf.txt": lambda: SEED.replace(b"\n", b"\r\n"),
    "unwrapped.txt": lambda: documents.plain_text(documents.unwrapped(SEED.decode())).encode(),
    "without_blanks.txt": lambda: SEED.replace(b" ", b"").replace(b"\n\n", b"\n"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_from_every_format(seed: Reading, name: str) -> None:
    other = read(FORMATS[name](), name)
    assert summary(other) == summary(seed)
    assert [[s.text for s in d.subtasks] for d in other.duties] == [[s.text for s in d.subtasks] for d in seed.duties]
    assert [d.text for d in other.duties] == [d.text for d in seed.duties]


@pytest.mark.slow
def test_the_same_from_a_pdf_by_libreoffice(seed: Reading) -> None:
    """Typed numbers: LibreOffice ignores w:lvlRestart, so that automatic （七） would be printed as （一）."""
    printed = documents.pdf_by_libreoffice(documents.docx_of(documents.unwrapped(SEED.decode()), automatic=False))
    assert summary(read(printed, "office.pdf")) == summary(seed)
