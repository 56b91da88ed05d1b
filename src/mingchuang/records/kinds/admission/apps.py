"""The kind as a Django application (label `admission`)."""

from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    """招生."""

    name = "mingchuang.records.kinds.admission"
    label = "admission"
    verbose_name = "招生"
