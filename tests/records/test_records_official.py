"""Records as official documents: what stands on paper is what the text says, for texts, tables and boards."""

from __future__ import annotations

import io

import docx as python_docx
import pypdfium2
import pytest
from tests import record_stages as stages

from mingchuang.norms.outcome import Refused
from mingchuang.records import do, official
from mingchuang.records.kind import kind

pytestmark = pytest.mark.db


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def test_a_policy_under_its_red_head(cast):
    text = words(official.pdf(stages.draft(cast), "document"))
    joined = "".join(text.split())
    assert "青政办发〔2019〕910号" in joined
    assert "青铜峡市人民政府办公室文件" in joined
    assert "各镇人民政府：" in joined
    assert "2019年8月19日" in joined
    assert "（此件公开发布）" in joined


def test_tables_with_their_figures(cast):
    revision = do.create("budget", cast.office, cast.zhang.actor, kind("budget").samples[0])
    text = words(official.pdf(revision))
    joined = "".join(text.split())
    assert "收支总表" in joined and "1180.50" in joined and "预算年度：2019年" in joined


def test_a_list_for_boards_says_until_when(cast):
    revision = do.create("household", cast.office, cast.zhang.actor, kind("household").samples[0])
    joined = "".join(words(official.pdf(revision)).split())
    assert "公示至：2019年9月27日" in joined and "甲一" in joined
    assert "公开发布" not in joined


def test_the_same_as_docx(cast):
    document = python_docx.Document(io.BytesIO(official.docx(stages.draft(cast))))
    assert any("政府信息公开培训" in paragraph.text for paragraph in document.paragraphs)


def test_a_text_without_title_or_body_is_refused_with_all_reasons(cast):
    revision = stages.draft(cast, title="", body="")
    with pytest.raises(Refused) as caught:
        official.pdf(revision)
    assert {issue.field for issue in caught.value.issues} == {"title", "body"}
