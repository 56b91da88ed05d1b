"""Fields that many kinds share, said once: issuer, disclosure property, subject, body. See `kind.Field`."""

from __future__ import annotations

import datetime

from mingchuang.core import now
from mingchuang.records.kind import Field, Reference
from mingchuang.records.terms import Disclosure
from mingchuang.ui import wording

CATALOGUE_LAW = "《政府信息公开条例》第十二条"
SCOPE_LAW = "《政府信息公开条例》第二十条"
CHECKED_LAW = "《政府信息公开条例》第十三条至第十六条"


def issuer(label: str = "发布机关", *, hint: str = "", statute: str = "《政府信息公开条例》第十条") -> Field:
    """Who answers for the text."""
    return Field("issuer", label, "line", hint=hint, statute=statute, required=True, max_length=200)


def disclosure() -> Field:
    """公开属性, decided when the text is made; only 主动公开 may be published (条例 arts. 13–16)."""
    return Field(
        "disclosure",
        "公开属性",
        "choice",
        hint="起草时确定；只有主动公开的可以发布",
        statute=CHECKED_LAW,
        required=True,
        choices=tuple(Disclosure.choices),
    )


def keywords(statute: str = "国办公开办函〔2019〕61号") -> Field:
    """Words by which the text is found."""
    return Field("keywords", "关键词", "keywords", hint="用分号隔开", statute=statute, max_length=200)


def body(
    label: str = "正文",
    *,
    hint: str = "可从文字处理软件粘贴；表格合并单元格会保留",
    statute: str = CATALOGUE_LAW,
    required: bool = True,
) -> Field:
    """The words themselves, as cleaned markup."""
    return Field("body", label, "html", hint=hint, statute=statute, required=required)


#: The two answers of a question.
YES_NO = (("yes", "是"), ("no", "否"))


def yes_no(name: str, label: str, *, statute: str, hint: str = "", required: bool = False) -> Field:
    """A question that is answered yes or no; a column of four characters."""
    return Field(name, label, "choice", hint=hint, statute=statute, required=required, choices=YES_NO)


def names_record(name: str, label: str, reference: Reference, *, statute: str, hint: str = "") -> Field:
    """A line that names another record by its 索引号 or 文号; a column of 60 characters with an index."""
    return Field(name, label, "line", hint=hint, statute=statute, max_length=60, reference=reference)


def day_words(value: datetime.date | None) -> str:
    """A day as pages show it: 2019年8月19日; nothing for none."""
    return wording.day(value)


def moment_words(value: datetime.datetime | None) -> str:
    """A moment as pages show it, in China's time: 2019年8月19日8时30分; nothing for none."""
    if value is None:
        return ""
    here = value.astimezone(now.BEIJING)
    return f"{day_words(here.date())}{here.hour}时{here.minute:02d}分"


def span_words(start: datetime.date | None, end: datetime.date | None) -> str:
    """A span of days as pages show it: 2019年8月19日至2019年8月23日; what is open is left open."""
    if start is None and end is None:
        return ""
    return f"{day_words(start) or '即日起'}至{day_words(end) or '另行通知'}"
