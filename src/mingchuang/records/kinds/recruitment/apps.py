"""The kind as a Django application (label `recruitment`)."""

from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    """招考录用."""

    name = "mingchuang.records.kinds.recruitment"
    label = "recruitment"
    verbose_name = "招考录用"
