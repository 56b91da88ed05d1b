"""Pages that show every component, rendered as rooms render theirs, for the eye, for axe, and for the tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.backends.jinja2 import Jinja2

from mingchuang.norms.outcome import Issue
from mingchuang.ui.context import Article, Column, DeskPage, NavItem, Page, public_page
from mingchuang.ui.documents import Attachment, Happening
from mingchuang.ui.due import DueMark
from mingchuang.ui.forms import Statute
from mingchuang.ui.pagination import Pages

CHINA = ZoneInfo("Asia/Shanghai")
PUBLIC_NAV = (
    NavItem("首页", "/"),
    NavItem("政策文件", "/records/"),
    NavItem("要点落实", "/ledger/"),
    NavItem("公开单位", "/units/"),
    NavItem("历年信息", "/years/"),
    NavItem("关于本站", "/about/"),
)
DESK_NAV = (
    NavItem("待办", "/desk/", "inbox", 12),
    NavItem("公开信息", "/desk/records/", "file"),
    NavItem("审核签发", "/desk/review/", "seal", 3),
    NavItem("要点台账", "/desk/ledger/", "ledger"),
    NavItem("期限", "/desk/due/", "clock"),
    NavItem("依据", "/desk/law/", "scale"),
    NavItem("单位人员", "/desk/units/", "unit"),
    NavItem("帮助", "/desk/help/", "help"),
)
FLASHES = (
    Message(constants.SUCCESS, "草稿已保存。"),
    Message(constants.WARNING, "本单位本周还有 2 条信息临近期限。"),
    Message(constants.ERROR, "审核未提交：还有 3 处须改正。"),
)
TITLE = "关于印发《甲县二〇一九年政务公开工作要点》任务分工方案的通知"
TEXT = (
    "三、落实行政执法公示\n3. 行政执法机关要在执法决定作出之日起20个工作日内向社会公布，"
    "其中行政许可、行政处罚7个工作日内公开。（责任单位：司法局，各行政执法部门）"
)


def _at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


class RecordForm(forms.Form):
    """A form with every kind of control."""

    title = forms.CharField(label="标题", help_text="与文件红头下的标题一致，不加书名号。")
    number = forms.CharField(label="文号", required=False, help_text="例如：甲政办发〔2019〕7号")
    adopted = forms.DateField(
        label="成文日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="签发之日，不是上传之日。"
    )
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("policy", "政策文件"), ("notice", "通知公告")])
    property = forms.ChoiceField(
        label="公开属性",
        widget=forms.RadioSelect,
        choices=[("public", "主动公开"), ("request", "依申请公开"), ("none", "不予公开")],
        help_text="不予公开的，须写明理由。",
    )
    topics = forms.MultipleChoiceField(
        label="主题分类",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("a", "综合政务"), ("b", "民政、扶贫、救灾"), ("c", "卫生、体育")],
    )
    summary = forms.CharField(label="内容概述", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    file = forms.FileField(label="正文文件", required=False, help_text="DOCX、PDF、TXT、HTML；不得上传涉密文件。")
    secret = forms.BooleanField(label="已完成保密审查，确认可以公开")
    reason = forms.CharField(label="撤回理由", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _lines() -> list[tuple[str, str, date]]:
    titles = [
        TITLE,
        "甲县行政执法信息公示办法",
        "关于调整城乡低保标准的公告",
        "甲县2019年义务教育招生方案",
        "重大建设项目批准结果",
    ]
    return [(title, f"#{i}", date(2019, 8, 19 - i)) for i, title in enumerate(titles)]


def _events() -> list[Happening]:
    return [
        Happening(datetime(2019, 8, 15, 9, 12, tzinfo=CHINA), "起草", "甲经办", "经办人", "甲县某局"),
        Happening(
            datetime(2019, 8, 16, 15, 3, tzinfo=CHINA),
            "退回修改",
            "乙审核",
            "审核人",
            note="请补充责任单位。",
            tone="alarm",
        ),
        Happening(date(2019, 8, 18), "签发", "丙签发", "签发人", via="纸质", late="领导外出，次日补录", tone="done"),
        Happening(datetime(2019, 8, 19, 10, 0, tzinfo=CHINA), "发布", "甲经办", "经办人", tone="done"),
    ]


def _marks() -> list[DueMark]:
    today, lines = (
        date(2019, 9, 26),
        (
            "9月26日作出决定，当日不计。",
            "9月27日至30日计2个工作日。",
            "10月1日至7日国庆节放假，不计。",
            "10月11日为第7个工作日。",
        ),
    )
    return [
        DueMark(date(2019, 10, 11), today, 7, lines, "行政处罚决定公示", "国办发〔2018〕118号 二（六）"),
        DueMark(date(2019, 9, 29), today, 2, lines),
        DueMark(date(2019, 9, 26), today, 0, lines),
        DueMark(date(2019, 9, 20), today, -4, lines),
        DueMark(date(2027, 1, 8), today, 900, lines, provisional=True),
        DueMark(date(2019, 9, 20), today, -4, lines, met_on=date(2019, 9, 19)),
    ]


def _items() -> list[SimpleNamespace]:
    excerpt = "……行政许可、行政处罚7个工作日内公开，其他执法信息20个工作日内公开。探索在依法公开的同时保护个人隐私……"
    return [
        SimpleNamespace(
            title=title,
            spans=[_at(title, "政务公开")] if "政务公开" in title else [],
            meta=["甲县人民政府办公室", f"甲政办发〔2019〕{i + 7}号"],
            excerpt=excerpt,
            found=[_at(excerpt, "公开")],
            validity=("有效", "废止", "修改")[i % 3],
            on=on,
        )
        for i, (title, _address, on) in enumerate(_lines())
    ]


def bound_form() -> RecordForm:
    """The form as it comes back with errors."""
    return RecordForm({"number": "甲政办发[2019]7号", "adopted": "昨天", "property": ""})


def context() -> dict[str, Any]:
    """What every pattern page may use."""
    lines = _lines()
    return {
        "lines": lines,
        "progress": [(18, "已完成", "#", ""), (7, "进行中", "#", ""), (2, "未到期", "#", "")],
        "counts": [
            (5, "待我办理", "#", ""),
            (2, "快到期", "#", "attention"),
            (1, "逾期", "#", "alarm"),
            (0, "被退回", "#", "alarm"),
        ],
        "facts": [
            ("索引号", "640000-999901/2019-00007"),
            ("发布机构", "甲县人民政府办公室"),
            ("成文日期", "2019年8月19日"),
            ("发布日期", "2019年8月22日"),
            ("主题分类", "综合政务"),
            ("公开方式", "主动公开"),
            ("内容概述", "明确年度政务公开任务、责任单位、完成时限和保障措施。"),
        ],
        "body": "<p>各乡镇人民政府，县直各部门、单位：</p>"
        "<p>为进一步推进决策、执行、管理、服务、结果公开，现将有关事项通知如下。</p>"
        "<h2>一、总体要求</h2><p>坚持以公开为常态、不公开为例外，行政执法机关要在执法决定作出之日起20个工作日内向社会公布执法信息，"
        "其中行政许可、行政处罚7个工作日内公开。</p><table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr><tr><td>1</td>"
        "<td>公开行政处罚决定</td><td>司法局</td></tr></table>",
        "files": [
            Attachment("任务分工表.xlsx", "files/0f3a/a.xlsx", 36_512, "0f3a" * 16),
            Attachment("政务公开工作要点（红头扫描件）.pdf", "files/77ab/b.pdf", 1_254_000),
        ],
        "events": _events(),
        "marks": _marks(),
        "items": _items(),
        "tabs": [NavItem("按相关度", "#relevance", count=1284), NavItem("按日期", "#date")],
        "facets": [
            ("单位", [("甲县人民政府办公室", 812, "#a", True), ("教育局", 96, "#b", False)], "#all"),
            ("类别", [("政策文件", 301, "#c", False), ("行政处罚", "10,000+", "#d", False)], ""),
            ("年份", [("2019", 402, "#e", False), ("2018", 377, "#f", False)], ""),
        ],
        "pages": Pages(7, 86, "#page-{}".format, total=1284),
        "rows": [["甲县人民政府办公室", "812", "98.2%", "2019-08-22"], ["教育局", "96", "100%", "2019-08-01"]],
        "form": bound_form(),
        "issues": [
            Issue("gate.number", "文号应使用六角括号：甲政办发〔2019〕7号。", field="number"),
            Issue("gate.vague", "正文第3段“尽快”没有具体期限，请核对。", severity="warning"),
            Issue("gate.summary", "建议填写内容概述，便于检索。", field="summary", severity="remark"),
        ],
        "statutes": {
            "property": Statute(
                "政府信息公开条例 第十三条", "除本条例第十四条、第十五条、第十六条规定的政府信息外，政府信息应当公开。"
            ),
            "number": Statute("GB/T 9704—2012"),
        },
        "text": TEXT,
        "spans": [("d1", *_at(TEXT, TEXT[11:])), ("d1-u1", *_at(TEXT, "司法局")), ("d1-m1", *_at(TEXT, "7个工作日"))],
    }


def _public(path: str, title: str, **more: Any) -> Page:
    return public_page(path, title=title, nav=PUBLIC_NAV, feeds={"最新公开": "/feed.xml"}, **more)


def _desk(path: str, title: str, **more: Any) -> DeskPage:
    return DeskPage(
        path=path, title=title, nav=DESK_NAV, noindex=True, url=f"http://127.0.0.1:8000{path}",
        person="甲经办", person_key="7", unit="甲县某局", role="经办人", **more,
    )  # fmt: skip


def pages() -> dict[str, Page]:
    """Each pattern's template name and the page it shows."""
    column = Column("政策文件", "本级政府和部门的政策文件", "政策,文件", "政策文件")
    article = Article(TITLE, datetime(2019, 8, 22, 9, 0, tzinfo=CHINA), "甲县人民政府办公室")
    return {
        "home": _public("/", "青铜峡市政务公开", current="/"),
        "record": _public(
            "/records/7/", TITLE, current="/records/", column=column, article=article, record="record.json",
            crumbs=[("首页", "/"), ("政策文件", "/records/")],
        ),
        "listing": _public("/search/", "“公开”的搜索结果", query="公开", crumbs=[("首页", "/")]),
        "desk": _desk("/desk/", "待办", current="/desk/"),
        "form": _desk("/desk/records/7/", "编辑公开信息", current="/desk/records/",
            crumbs=[("公开信息", "/desk/records/")], messages=FLASHES,
        ),
        "ledger": _desk("/desk/ledger/3/", "工作要点任务核对", current="/desk/ledger/"),
    }  # fmt: skip


def engine() -> Jinja2:
    """The product's engine, with the pattern pages on its path."""
    return Jinja2(
        {
            "NAME": "patterns",
            "DIRS": [Path(__file__).parent / "patterns"],
            "APP_DIRS": True,
            "OPTIONS": {"environment": "mingchuang.ui.engine.environment"},
        }
    )


def render(name: str, made: Jinja2 | None = None) -> str:
    """One pattern page as HTML."""
    return str((made or engine()).get_template(f"{name}.html").render({"page": pages()[name], **context()}))
