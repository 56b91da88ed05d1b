"""The kind as a Django application (label `statistics`)."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """统计信息."""

    name = "mingchuang.records.kinds.statistics"
    label = "statistics"
    verbose_name = "统计信息"
