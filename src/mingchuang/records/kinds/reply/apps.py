"""The kind as a Django application (label `reply`)."""

from django.apps import AppConfig


class ReplyConfig(AppConfig):
    """建议提案复文."""

    name = "mingchuang.records.kinds.reply"
    label = "reply"
    verbose_name = "建议提案复文"
