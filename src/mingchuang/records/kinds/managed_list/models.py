"""The columns of a version of a list, and its rows."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class ListType(models.TextChoices):
    """Which list it is."""

    PROOF = "proof", "保留的证明事项清单"
    SERVICE = "service", "政务服务事项清单（四级四同）"
    NEGATIVE = "negative", "市场准入负面清单"
    FEE = "fee", "涉企收费清单"
    POWER = "power", "权责清单"
    LICENCE = "licence", "行政许可事项清单"
    INSPECTION = "inspection", "随机抽查事项清单"
    DECISION = "decision", "重大行政决策事项目录"


class Level(models.TextChoices):
    """At which level of government a matter is dealt with."""

    STATE = "state", "国家级"
    REGION = "region", "自治区级"
    CITY = "city", "设区的市级"
    COUNTY = "county", "县级"
    TOWN = "town", "乡级"


class ListVersion(Content):
    """One dated version of one list."""

    list_type = models.CharField("清单类别", max_length=12, choices=ListType.choices, blank=True)
    list_name = models.CharField("清单名称", max_length=200, blank=True, db_index=True)
    issuer = models.CharField("发布机关", max_length=200, blank=True)
    effective_on = models.DateField("执行日期", null=True)
    previous = models.CharField("上一版", max_length=60, blank=True, db_index=True)
    body = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清单"

    def __str__(self) -> str:
        return f"{self.list_name} {self.effective_on}"


class Matter(Row):
    """One matter of a list."""

    code = models.CharField("编码", max_length=60, blank=True)
    name = models.CharField("名称", max_length=200, blank=True)
    category = models.CharField("类型", max_length=60, blank=True)
    basis = models.TextField("设定依据", max_length=1000, blank=True)
    level = models.CharField("行使层级", max_length=10, choices=Level.choices, blank=True)
    authority = models.CharField("实施机关", max_length=200, blank=True)
    counterpart = models.CharField("开具单位", max_length=200, blank=True)
    purpose = models.CharField("用途（内容）", max_length=500, blank=True)
    standard = models.CharField("标准（措施、方式）", max_length=500, blank=True)
    materials = models.TextField("申请材料", max_length=2000, blank=True)
    limit = models.CharField("办理时限", max_length=60, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "事项"
