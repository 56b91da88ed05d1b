"""Forms: every control has its label, hint, statute and error bound to it; every error can be reached by a link."""

from __future__ import annotations

import re

from django import forms
from selectolax.lexbor import LexborHTMLParser

from mingchuang.norms.outcome import Issue
from mingchuang.ui.forms import Reason, Statute, control, error_links, errors_of, issue_links
from tests.ui import pattern_pages


def page() -> LexborHTMLParser:
    return LexborHTMLParser(pattern_pages.render("form"))


def test_errors_are_asked_for_in_words_that_name_the_field() -> None:
    form = pattern_pages.bound_form()
    assert errors_of(form["title"]) == ["请填写标题。"]
    assert errors_of(form["kind"]) == ["请选择类别。"]
    assert errors_of(form["property"]) == ["请选择公开属性。"]
    assert errors_of(form["secret"]) == ["请勾选“已完成保密审查，确认可以公开”。"]
    assert errors_of(form["adopted"]) == ["输入一个有效的日期。"]


def test_a_file_is_asked_for() -> None:
    class Upload(forms.Form):
        file = forms.FileField(label="正文文件")

    assert errors_of(Upload({})["file"]) == ["请上传正文文件。"]


def test_every_error_in_the_summary_leads_to_a_place_on_the_page() -> None:
    tree = page()
    links = [a.attributes["href"] for a in tree.css(".summary a")]
    assert len(links) == 5
    assert all(tree.css_first(f"[id='{link[1:]}']") is not None for link in links if link)
    assert links[3] == "#id_property_0"


def test_errors_of_the_whole_form_come_first() -> None:
    class Whole(forms.Form):
        a = forms.CharField(label="甲")

        def clean(self) -> None:
            raise forms.ValidationError("两个日期的先后不对。")

    assert error_links(Whole({"a": ""})) == [
        Reason("两个日期的先后不对。"),
        Reason("请填写甲。", "#id_a", "甲"),
    ]


def test_issues_link_to_the_fields_that_they_name() -> None:
    form = pattern_pages.bound_form()
    issues = [Issue("x", "文号应使用六角括号。", field="number"), Issue("y", "第12行缺单位。", field="第12行")]
    assert issue_links(issues, form) == [
        Reason("文号应使用六角括号。", "#id_number", "文号"),
        Reason("第12行缺单位。", "", "第12行"),
    ]
    assert issue_links(issues) == [Reason("文号应使用六角括号。"), Reason("第12行缺单位。", "", "第12行")]


def test_the_gate_lists_errors_first() -> None:
    assert [b.text() for b in page().css(".gate b")] == ["须改正", "请核对", "提示"]


def test_a_control_names_hint_statute_and_error() -> None:
    form = pattern_pages.bound_form()
    html = control(form["title"], Statute("条例"))
    assert 'aria-describedby="id_title_helptext id_title_statute id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="input input--text"' in html
    assert html.count("aria-describedby") == 1


def test_whatever_describes_a_control_is_there() -> None:
    tree = page()
    named = [node.attributes["aria-describedby"] or "" for node in tree.css("[aria-describedby]")]
    assert len(named) >= 6
    ids = {part for words in named for part in words.split()}
    assert not [part for part in ids if tree.css_first(f"[id='{part}']") is None]


def test_every_control_has_a_label_and_groups_a_legend() -> None:
    tree = page()
    labelled = {label.attributes["for"] for label in tree.css("label[for]")}
    controls = tree.css("main input:not([type=hidden]), main select, main textarea")
    assert len(controls) >= 12
    assert not [c.attributes["id"] for c in controls if c.attributes["id"] not in labelled]
    assert all(group.css_first("legend") is not None for group in tree.css("fieldset"))


def test_the_statute_stands_beside_its_field() -> None:
    tree = page()
    note = tree.css_first("#id_property_statute")
    assert note is not None
    assert "政府信息公开条例 第十三条" in note.text()
    assert note.css_first("blockquote") is not None


def test_optional_is_said_and_required_is_not_starred() -> None:
    html = pattern_pages.render("form")
    assert html.count("（选填）") == 5
    assert not re.search(r"<label[^>]*>[^<]*\*", html)


def test_there_is_one_primary_button_outside_confirmations() -> None:
    tree = page()
    primary = [
        b
        for b in tree.css(".button--primary")
        if b.parent and "confirm__body" not in (b.parent.attributes.get("class") or "")
    ]
    assert len(primary) == 1


def test_a_confirmation_is_a_form_that_opens_in_place() -> None:
    box = page().css_first("details.confirm")
    assert box is not None
    assert box.attributes.get("open", "closed") == "closed"
    form = box.css_first("form")
    assert form is not None
    assert form.attributes["method"] == "post"
    assert "撤回后网页、列表、索引和附件都会下线" in form.text()


def test_a_text_too_long_is_refused_in_words_and_not_cut_by_the_browser() -> None:
    from django import forms

    from mingchuang.ui.forms import control, errors_of

    class Named(forms.Form):
        name = forms.CharField(label="姓名", max_length=3)

    form = Named({"name": "一二三四"})
    assert not form.is_valid()
    assert errors_of(form["name"]) == ["姓名最多3个字，现在有4个。"]
    assert "maxlength" not in control(form["name"])
