"""What a unit may and must do, from what it is in law: data, read by every room that asks "does this unit …?"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.db import models

from mingchuang.core.models import Capability, Unit, UnitCapability


class Power(models.TextChoices):
    """One question that capabilities answer (docs/practice.md)."""

    DISCLOSES = "discloses", "主动公开政府信息"
    ANSWERS_APPLICATIONS = "answers_applications", "受理依申请公开"
    ANNUAL_REPORT = "annual_report", "编制政府信息公开工作年度报告"
    ENFORCES = "enforces", "可为行政执法主体"
    REVIEWED_HERE = "reviewed_here", "以本级政府为复议机关"
    LED_HERE = "led_here", "由本级公开工作主管部门指导考核"


# 政府信息公开条例 arts. 2, 10, 27, 49–50 (行政机关), 54 (法律法规授权组织), 55 (公共企事业单位: rules of their
# competent departments, no applications under chapter 4), 3(4) (垂直管理单位: their own system leads). 派出机关 are
# organs of the government that sent them out and answer in their own name for what they make (art. 10).
POWERS: Final[Mapping[str, frozenset[Power]]] = MappingProxyType(
    {
        Capability.ADMINISTRATIVE: frozenset(Power),
        Capability.DISPATCHED: frozenset(Power),
        Capability.AUTHORISED: frozenset(Power) - {Power.REVIEWED_HERE},
        Capability.INSTITUTION: frozenset({Power.DISCLOSES, Power.LED_HERE}),
        Capability.VERTICAL: frozenset(
            {Power.DISCLOSES, Power.ANSWERS_APPLICATIONS, Power.ANNUAL_REPORT, Power.ENFORCES}
        ),
    }
)


def capabilities(unit: Unit, day: date) -> frozenset[Capability]:
    """What `unit` was in law on `day`."""
    held = UnitCapability.objects.on(day).filter(unit=unit).values_list("capability", flat=True)
    return frozenset(Capability(value) for value in held)


def powers(unit: Unit, day: date) -> frozenset[Power]:
    """What follows. A 垂直管理单位 is led by its own system whatever else it is."""
    held = capabilities(unit, day)
    found = frozenset().union(*(POWERS[capability] for capability in held))
    if Capability.VERTICAL in held:
        found -= {Power.REVIEWED_HERE, Power.LED_HERE}
    return frozenset(found)
