"""The kind as a Django application (label `project`)."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """财政绩效项目."""

    name = "mingchuang.records.kinds.project"
    label = "project"
    verbose_name = "财政绩效项目"
