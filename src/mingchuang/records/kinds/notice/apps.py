"""The kind as a Django application (label `notice`)."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    """公示公告."""

    name = "mingchuang.records.kinds.notice"
    label = "notice"
    verbose_name = "公示公告"
