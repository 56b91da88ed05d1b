"""Small parts of the desk that need no database: bodies as plain text, two texts side by side, the manual."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

MANUAL = Path(__file__).parents[2] / "docs" / "manual"


def test_a_body_of_paragraphs_is_edited_as_plain_text() -> None:
    from mingchuang.desk import body_text

    html = "<p>各镇人民政府：</p><h2>一、培训内容</h2><h3>（一）条例</h3><p>新修订的条例。</p>"
    shown = body_text.to_edit(html)
    assert "<" not in shown
    assert body_text.from_edit(shown) == html
    assert body_text.from_edit(shown.replace("\n", "\r\n")) == html


def test_a_body_with_a_table_is_edited_as_markup() -> None:
    from mingchuang.desk import body_text

    html = '<p>如下：</p><table><tbody><tr><td colspan="2">项目</td></tr></tbody></table>'
    shown = body_text.to_edit(html)
    assert shown.startswith("如下：\n\n<table>") and 'colspan="2"' in shown
    assert body_text.from_edit(shown) == html


TABLE = '<table><tbody><tr><td colspan="2">项目</td></tr><tr><td>一、甲</td><td>乙</td></tr></tbody></table>'


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        (f"各镇：\n一、任务\n（一）分工\n见下表。\n{TABLE}\n二、要求\n抓好落实。",
         "<p>各镇：</p><h2>一、任务</h2><h3>（一）分工</h3><p>见下表。</p>"
         f"{TABLE}<h2>二、要求</h2><p>抓好落实。</p>"),
        (f"前{TABLE}后", f"<p>前</p>{TABLE}<p>后</p>"),
        ("<p>甲\n乙</p>丙\r\n丁", "<p>甲\n乙</p><p>丙</p><p>丁</p>"),
        ("一、<strong>重点</strong>任务\n其他<br>再说", "<h2>一、<strong>重点</strong>任务</h2><p>其他</p><p>再说</p>"),
        (f"1 < 2 & 3，写信到<a@example.com>\n{TABLE}", f"<p>1 &lt; 2 &amp; 3，写信到&lt;a@example.com&gt;</p>{TABLE}"),
        ("联系<a@example.com>", "<p>联系&lt;a@example.com&gt;</p>"),
        (f"<span>说明{TABLE}</span>\n末行", f"说明{TABLE}<p>末行</p>"),
    ],
)  # fmt: skip
def test_lines_beside_markup_are_paragraphs_and_headings(typed: str, saved: str) -> None:
    from mingchuang.desk import body_text
    from mingchuang.records import markup

    html = markup.clean(body_text.from_edit(typed)).html
    assert html == saved
    shown = body_text.to_edit(html)
    again = markup.clean(body_text.from_edit(shown)).html
    assert markup.clean(body_text.from_edit(body_text.to_edit(again))).html == again
    assert "".join(markup.plain_text(again).split()) == "".join(markup.plain_text(saved).split())


LINE = st.text(alphabet="甲乙一、（二）。：A1& ", min_size=1).filter(str.strip)


@given(st.lists(st.one_of(LINE, st.just(TABLE), st.just("<p>丙&amp;</p>"), st.just("<b>丁</b>戊")), max_size=6))
def test_mixed_text_survives_the_text_area(lines: list[str]) -> None:
    from mingchuang.desk import body_text
    from mingchuang.records import markup

    saved = markup.clean(body_text.from_edit("\n".join(lines))).html
    assert markup.clean(body_text.from_edit(body_text.to_edit(saved))).html == saved
    assert saved.count("<table>") == lines.count(TABLE)


@given(st.lists(st.text(alphabet="甲乙一、（二）。A1&<> ", min_size=1).filter(str.strip), max_size=6))
def test_plain_text_survives_the_text_area(lines: list[str]) -> None:
    from mingchuang.desk import body_text
    from mingchuang.records import markup

    typed = "\n".join(lines)
    if re.search(r"<[A-Za-z/!][^>]*>", typed):
        return
    saved = markup.clean(body_text.from_edit(typed)).html
    again = markup.clean(body_text.from_edit(body_text.to_edit(saved))).html
    assert again == saved
    assert "".join(markup.plain_text(saved).split()) == "".join(typed.split())


@given(st.text(alphabet="甲乙丙丁", max_size=30), st.text(alphabet="甲乙丙丁", max_size=30))
def test_outside_the_marked_places_two_texts_are_equal(before: str, after: str) -> None:
    from mingchuang.desk.comparison import difference

    found = difference("名称", before, after)

    def rest(text: str, spans: object) -> str:
        kept = list(text)
        for start, end in spans:  # type: ignore[attr-defined]
            kept[start:end] = [""] * (end - start)
        return "".join(kept)

    assert rest(before, found.before_spans) == rest(after, found.after_spans)


def test_long_texts_are_compared_line_by_line() -> None:
    from mingchuang.desk.comparison import difference

    lines = [f"第{n}行，内容足够长，用来超过逐字比较的上限。\n" for n in range(200)]
    changed = [*lines[:100], "这一行改了。\n", *lines[101:]]
    found = difference("正文", "".join(lines), "".join(changed))
    assert ["".join(lines)[a:b] for a, b in found.before_spans] == [lines[100]]
    assert ["".join(changed)[a:b] for a, b in found.after_spans] == ["这一行改了。\n"]


def test_the_manual_has_every_page_in_its_order() -> None:
    from mingchuang.desk import manual

    names = [page.name for page in manual.pages()]
    assert names == [
        "accounts",
        "inbox",
        "records",
        "kinds",
        "catalogue",
        "gate",
        "review",
        "ledger",
        "due",
        "units",
        "public",
        "backup",
    ]
    assert len(names) == len(list(MANUAL.glob("*.md")))
    for page in manual.pages():
        assert page.title and page.summary, page.name


@pytest.mark.parametrize("name", ["../urls", "Inbox", "", "no-such-page", "inbox/../inbox"])
def test_only_the_manuals_own_pages_are_pages(name: str) -> None:
    from mingchuang.desk import manual

    assert manual.page(name) is None
    assert manual.image(f"{name}.png") is None


def test_every_picture_of_the_manual_is_there_and_used() -> None:
    named = set(re.findall(r"\(images/([^)]+)\)", "".join(path.read_text("utf-8") for path in MANUAL.glob("*.md"))))
    assert named == {path.name for path in (MANUAL / "images").glob("*.png")}


def test_the_manual_names_no_address_of_the_desk_that_does_not_exist() -> None:
    from django.urls import Resolver404, resolve

    text = "".join(path.read_text("utf-8") for path in MANUAL.glob("*.md"))
    for address in re.findall(r"`(/(?:desk|accounts)/[^`]*)`", text):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"the manual names {address}")


@pytest.mark.db
def test_every_page_of_the_manual_is_drawn(cast: object, at: object) -> None:
    from mingchuang.desk import manual

    desk = at(cast.wang)  # type: ignore[operator, attr-defined]
    assert all(page.title in desk.get("/desk/help/") for page in manual.pages())
    for page in manual.pages():
        drawn = desk.get(page.address)
        assert f"<h1>{page.title}</h1>" in drawn
        assert "![" not in drawn and "](" not in drawn and "**" not in drawn


# One term for one thing (docs/glossary.md): what must not be read, and what to write instead.
REJECTED = {
    "口令": "密码",
    "账户": "账号",
    "帐户": "账号",
    "帐号": "账号",
    "用户名": "账号",
    "双因素": "两步验证",
    "双因子": "两步验证",
    "动态密码": "验证码",
    "动态码": "验证码",
    "恢复代码": "恢复码",
    "身份验证器": "验证器",
}
# Law is quoted as it stands, and the reader knows the words of all notices.
QUOTED = ("norms/law/", "norms/rules/", "norms/calendars/", "reading/")
ROOT = MANUAL.parents[1]


def _told_to_people() -> list[Path]:
    product = ROOT / "src" / "mingchuang"
    found = [path for kind in ("html", "txt", "py", "toml", "js") for path in product.rglob(f"*.{kind}")]
    return [
        *(path for path in found if not path.relative_to(product).as_posix().startswith(QUOTED)),
        *MANUAL.glob("*.md"),
        *(ROOT / "docs" / "machines").glob("*.md"),
        *ROOT.glob("README*.md"),
    ]


def test_one_term_for_one_thing_wherever_people_read() -> None:
    paths = _told_to_people()
    assert len(paths) > 300
    found = [
        f"{path.relative_to(ROOT)}:{number}: {word} → {better}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for word, better in REJECTED.items()
        if word in line
    ]
    assert found == []


def test_the_glossary_names_each_rejected_word_beside_its_term() -> None:
    rows = [row for row in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines() if "never " in row]
    told = "".join(row.partition("never ")[2] for row in rows)
    assert {"口令", "账户", "帐号", "用户名", "双因素", "恢复代码"} <= {word for word in REJECTED if word in told}


def test_the_holiday_notice_of_the_manual_is_one_that_can_be_taken_in() -> None:
    import tomllib

    from mingchuang.norms.notice import parse_notice

    text = (MANUAL / "due.md").read_text("utf-8")
    (shown,) = re.findall(r"```\n(region = .*?)```", text, re.DOTALL)
    notice = parse_notice(tomllib.loads(shown), "national-2026.toml")
    assert (notice.region, notice.years, len(notice.holidays)) == ("100000", (2026,), 2)
    assert re.findall(r"calendar add (\S+?)`", text) == ["national-2026.toml"]
