"""The kind as a Django application (label `land`)."""

from django.apps import AppConfig


class LandConfig(AppConfig):
    """征地批次."""

    name = "mingchuang.records.kinds.land"
    label = "land"
    verbose_name = "征地批次"
