"""The kind as a Django application (label `institution`)."""

from django.apps import AppConfig


class InstitutionConfig(AppConfig):
    """机构职能."""

    name = "mingchuang.records.kinds.institution"
    label = "institution"
    verbose_name = "机构职能"
