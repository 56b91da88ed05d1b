"""Document numbers in every spelling seen, and what is no number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.norms.docnumber import DocNumber, candidates, check, find, issuer, normalise

NOTICE = DocNumber("青政办发", 2019, 60)


@pytest.mark.parametrize(
    "text",
    [
        "青政办发〔2019〕60号",
        "青政办发〔2019〕60 号",
        " 青政办发 〔 2019 〕 60号\n",
        "青政办发[2019]60号",
        "青政办发(2019)60号",
        "青政办发（2019）60号",
        "青政办发【2019】60号",
        "青政办发﹝2019﹞60号",
        "青政办发〔2019〕第60号",
        "青政办发〔2019〕060号",
        "青 政 办 发〔2019〕6 0号",
    ],
)
def test_one_number_in_many_spellings(text):
    assert normalise(text) == NOTICE
    assert str(normalise(text)) == "青政办发〔2019〕60号"
    assert all(issue.severity == "warning" for issue in check(text))


def test_the_standard_form_is_quiet_and_a_variant_is_said():
    assert check("青政办发〔2019〕60号") == []
    assert (
        check("青政办发[2019]60号")[0].message == "文号“青政办发[2019]60号”写法不规范，已按青政办发〔2019〕60号识别。"
    )


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("国务院令第711号", "国务院令", 711),
        ("国令第711号", "国务院令", 711),
        ("中华人民共和国国务院令第492号", "国务院令", 492),
        ("国务院令（第 711 号）", "国务院令", 711),
        ("省政府令第4号", "省政府令", 4),
        ("国家发展改革委令第58号", "国家发展改革委令", 58),
    ],
)
def test_orders(text, code, number):
    assert normalise(text) == DocNumber(code, None, number)


@pytest.mark.parametrize(
    "text", ["〔2019〕60号", "青政办发〔2019〕-84", "青政办发〔2019〕号", "青政办发2019", "青政办发〔1819〕6号", ""]
)
def test_what_is_no_number(text):
    assert normalise(text) is None
    issues = check(text)
    assert len(issues) == 1
    assert issues[0].severity == "error"


def test_a_number_without_brackets_is_offered_and_not_assumed():
    assert normalise("黑政办发201835号") is None
    assert candidates("黑政办发201835号") == (DocNumber("黑政办发", 2018, 35),)
    assert "可能是：黑政办发〔2018〕35号" in check("黑政办发201835号")[0].message
    assert candidates("黑政办发2018号") == ()
    assert "序号不完整" in check("青政办发〔2019〕-84")[0].message


def test_numbers_in_a_text_with_line_breaks_inside():
    text = (
        "深入贯彻落实《通知》\n\n（宁政办发〔2019〕38 号）和《通知》（吴政办发\n\n〔2019〕33 号）精神，"
        "根据国办发[2018]118号、国务院令第711号和中华人民共和国国务院令\n第492号规定"
    )
    found = find(text)
    assert [str(one.number) for one in found] == [
        "宁政办发〔2019〕38号",
        "吴政办发〔2019〕33号",
        "国办发〔2018〕118号",
        "国务院令第711号",
        "国务院令第492号",
    ]
    assert all(text[one.start : one.end] == one.raw for one in found)
    assert found[1].raw == "吴政办发\n\n〔2019〕33 号"
    assert found[0].issues == ()
    assert found[2].issues[0].code == "docnumber.variant"
    assert found[2].raw == "国办发[2018]118号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照财预〔2016〕143号文件要求", ["财预〔2016〕143号"]),
        ("（国令第711号）", ["国务院令第711号"]),
        ("法释〔2025〕8号和自然资发〔2020〕1号", ["法释〔2025〕8号", "自然资发〔2020〕1号"]),
        ("第60号提案，命令第一", []),
        ("2019年60号", []),
    ],
)
def test_lead_in_words_are_no_part_of_a_number(text, expected):
    found = find(text)
    assert [str(one.number) for one in found] == expected
    assert all(one.raw == text[one.start : one.end] and not one.raw.startswith(("（", "按照")) for one in found)


def test_known_issuers():
    assert issuer("青政办发") == "青铜峡市人民政府办公室"
    assert issuer("某某发") == ""


@settings(deadline=None)
@given(st.text(alphabet="青政办发令国〔〕[]（）第0123456789号 \n根据和", max_size=60))
def test_spans_are_exact_in_any_text(text):
    for one in find(text):
        assert text[one.start : one.end] == one.raw
        assert normalise(one.raw) == one.number


@settings(deadline=None)
@given(
    st.text(alphabet="青政办发国务院", min_size=2, max_size=6), st.integers(1949, 2079), st.integers(1, 9999)
)  # fmt: skip
def test_the_standard_form_reads_back(code, year, number):
    written = DocNumber(code, year, number)
    assert normalise(str(written)) == written
