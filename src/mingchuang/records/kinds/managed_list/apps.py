"""The kind as a Django application (label `managed_list`)."""

from django.apps import AppConfig


class ManagedListConfig(AppConfig):
    """清单."""

    name = "mingchuang.records.kinds.managed_list"
    label = "managed_list"
    verbose_name = "清单"
