"""The kind as a Django application (label `policy`)."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """政策文件."""

    name = "mingchuang.records.kinds.policy"
    label = "policy"
    verbose_name = "政策文件"
