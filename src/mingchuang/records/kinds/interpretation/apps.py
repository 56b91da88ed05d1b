"""The kind as a Django application (label `interpretation`)."""

from django.apps import AppConfig


class InterpretationConfig(AppConfig):
    """政策解读."""

    name = "mingchuang.records.kinds.interpretation"
    label = "interpretation"
    verbose_name = "政策解读"
