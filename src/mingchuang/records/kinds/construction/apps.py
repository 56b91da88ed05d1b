"""The kind as a Django application (label `construction`)."""

from django.apps import AppConfig


class ConstructionConfig(AppConfig):
    """重大建设项目."""

    name = "mingchuang.records.kinds.construction"
    label = "construction"
    verbose_name = "重大建设项目"
