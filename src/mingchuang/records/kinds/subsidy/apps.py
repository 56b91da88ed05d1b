"""The kind as a Django application (label `subsidy`)."""

from django.apps import AppConfig


class SubsidyConfig(AppConfig):
    """补贴发放名单."""

    name = "mingchuang.records.kinds.subsidy"
    label = "subsidy"
    verbose_name = "补贴发放名单"
