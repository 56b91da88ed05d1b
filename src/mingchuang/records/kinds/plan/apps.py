"""The kind as a Django application (label `plan`)."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """规划计划."""

    name = "mingchuang.records.kinds.plan"
    label = "plan"
    verbose_name = "规划计划"
