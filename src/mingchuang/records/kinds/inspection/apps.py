"""The kind as a Django application (label `inspection`)."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """双随机抽查结果."""

    name = "mingchuang.records.kinds.inspection"
    label = "inspection"
    verbose_name = "双随机抽查结果"
