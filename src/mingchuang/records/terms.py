"""The fixed words of proactive disclosure: classes of review, secrecy conclusions, reasons of withdrawal."""

from __future__ import annotations

from django.db import models

from mingchuang.norms import rules
from mingchuang.reading.numerals import written_in_han


def in_han(number: int) -> str:
    """A number before a measure word: 一, 两, 三."""
    return "两" if number == 2 else written_in_han(number)


def _reviews(record_class: str) -> str:
    """三审: as many as the latest row of the class's rule asks for. A name for the class; what binds a text is the
    rule on its day, see `signatures`."""
    latest = max(rules.rule(f"review.persons.{record_class}").rows, key=lambda row: row.since)
    return f"{in_han(int(str(latest.value)))}审"


class RecordClass(models.TextChoices):
    """How many people a text passes (docs/practice.md: review by class, not by habit)."""

    A = "A", f"甲类（{_reviews('a')}）"
    B = "B", f"乙类（{_reviews('b')}）"
    C = "C", f"丙类（{_reviews('c')}一复核）"


class Secrecy(models.TextChoices):
    """The conclusion of the secrecy review (政府信息公开条例 art. 17; 保守国家秘密法实施条例: 先审查、后公开)."""

    OPEN = "open", "可以公开"
    CLOSED = "closed", "不得公开"
    UNSETTLED = "unsettled", "待定，提请确定"


class Decision(models.TextChoices):
    """What a signature says."""

    APPROVE = "approve", "同意"
    RETURN = "return", "退回"


class WithdrawalReason(models.TextChoices):
    """Why something public was taken down. A spill of secrets goes another way and leaves no tombstone (§19)."""

    REVOKED = "revoked", "依法撤销或者变更"
    MISTAKE = "mistake", "内容有误"
    PRIVACY = "privacy", "涉及个人隐私或者商业秘密"
    DUPLICATE = "duplicate", "重复公开"
    EXPIRED = "expired", "公示期满"
    OTHER = "other", "其他原因"


class Disclosure(models.TextChoices):
    """公开属性: decided when the text is made."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    NONE = "none", "不予公开"


class NumberSource(models.TextChoices):
    """Who gave a 索引号 that this system did not make; nothing: made here by rule."""

    OA = "oa", "公文（OA）系统"
    PLATFORM = "platform", "省政府网站平台"
    EARLIER = "earlier", "原网站或者原系统"


class GapReason(models.TextChoices):
    """Why a number of a sequence stands at no record here."""

    DISCARDED = "discarded", "稿件作废，号码停用"
    WITHDRAWN = "withdrawn", "公开前收回"
    ELSEWHERE = "elsewhere", "在别的系统使用"
    SKIPPED = "skipped", "编号时跳过"
    OTHER = "other", "其他原因"
