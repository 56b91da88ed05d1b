"""Units: who is meant by a name on a date.

All periods are half-open: `since` counts, `until` doesn't (empty: still so).
"""

from __future__ import annotations

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from mingchuang.core.subject import Subject


class DatedQuerySet(models.QuerySet):
    """Rows that hold for a period."""

    def on(self, day: date) -> DatedQuerySet:
        """The rows in force on a day."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))


class Dated(models.Model):
    """A fact with a period and the paper behind it."""

    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True, help_text="当日不含；空为现行")
    basis = models.CharField("依据", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def period_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(until__isnull=True) | Q(until__gt=F("since")))


class Capability(models.TextChoices):
    """What a unit is in law (docs/practice.md; 政府信息公开条例 arts. 3, 4, 10, 54, 55)."""

    ADMINISTRATIVE = "administrative", "行政机关"
    DISPATCHED = "dispatched", "派出机关"
    AUTHORISED = "authorised", "法律法规授权组织"
    INSTITUTION = "institution", "企事业单位"
    VERTICAL = "vertical", "垂直管理单位"


class Unit(Subject):
    """An organisation that can owe something: a bureau, a town, a farm, a station of a higher authority.

    It stays the same row through renaming and moving; a merger makes a new unit with predecessors.
    """

    machine = "unit"
    subject_title = "单位"

    code = models.CharField(
        "代码",
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", "只用小写字母、数字和连字符。")],
    )
    region = models.CharField(
        "区划代码", max_length=12, validators=[RegexValidator(r"^\d{6}(?:\d{3}){0,2}$", "区划代码为6、9或12位数字。")]
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    order = models.PositiveIntegerField("编制序列", default=0)
    existence = models.CharField("存续", max_length=20, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.code

    def subject_unit(self) -> Unit | None:
        return self


class UnitName(Dated):
    """A name that a unit bore: its full name, a short name, or a further plate (加挂牌子)."""

    class Kind(models.TextChoices):
        FULL = "full", "全称"
        SHORT = "short", "简称"
        PLATE = "plate", "加挂牌子"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name="单位")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.FULL)
    name = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "单位名称"
        ordering = ("unit", "since", "id")
        constraints = [period_constraint("core_unitname_period")]
        indexes = [models.Index(fields=["name"], name="core_unitname_name")]

    def __str__(self) -> str:
        return self.name


class UnitParent(Dated):
    """Under whom a unit stood, and when."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parents", verbose_name="单位")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="children", verbose_name="上级单位")

    class Meta:
        verbose_name = verbose_name_plural = "隶属关系"
        ordering = ("unit", "since", "id")
        constraints = [
            period_constraint("core_unitparent_period"),
            models.CheckConstraint(name="core_unitparent_not_itself", condition=~Q(unit=F("parent"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit}<{self.parent}"


class UnitCapability(Dated):
    """What a unit was in law, and when."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="capabilities", verbose_name="单位")
    capability = models.CharField("性质", max_length=20, choices=Capability.choices)

    class Meta:
        verbose_name = verbose_name_plural = "单位性质"
        ordering = ("unit", "since", "id")
        constraints = [period_constraint("core_unitcapability_period")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_capability_display()}"


class UnitSuccession(models.Model):
    """One unit's work passed to another on a day (合并, 分设, 更名重组)."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions", verbose_name="原单位")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances", verbose_name="承接单位")
    on = models.DateField("承接日期")
    basis = models.CharField("依据", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位承接"
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="core_unitsuccession_once"),
            models.CheckConstraint(name="core_unitsuccession_not_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}>{self.successor}"


class Collective(models.Model):
    """A name for many units: 市直各部门, 各镇人民政府, 农林场, 驻青吴属单位."""

    name = models.CharField("名称", max_length=100, unique=True)
    aliases = models.JSONField("其他写法", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "统称"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class CollectiveMember(Dated):
    """A unit belonged to a collective for a period."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="members", verbose_name="统称")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="单位")

    class Meta:
        verbose_name = verbose_name_plural = "统称成员"
        ordering = ("collective", "unit", "since")
        constraints = [period_constraint("core_collectivemember_period")]

    def __str__(self) -> str:
        return f"{self.collective}: {self.unit}"
