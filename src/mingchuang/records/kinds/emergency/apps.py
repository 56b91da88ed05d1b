"""The kind as a Django application (label `emergency`)."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """突发事件信息."""

    name = "mingchuang.records.kinds.emergency"
    label = "emergency"
    verbose_name = "突发事件信息"
