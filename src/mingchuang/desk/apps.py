"""The back office as a Django application (label `desk`); it has no tables of its own."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "mingchuang.desk"
    label = "desk"
    verbose_name = "工作台"
