"""The kind as a Django application (label `report`)."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """工作报告."""

    name = "mingchuang.records.kinds.report"
    label = "report"
    verbose_name = "工作报告"
