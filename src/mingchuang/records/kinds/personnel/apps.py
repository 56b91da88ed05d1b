"""The kind as a Django application (label `personnel`)."""

from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    """人事任免."""

    name = "mingchuang.records.kinds.personnel"
    label = "personnel"
    verbose_name = "人事任免"
