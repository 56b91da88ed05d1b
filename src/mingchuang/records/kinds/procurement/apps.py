"""The kind as a Django application (label `procurement`)."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    """政府采购公告."""

    name = "mingchuang.records.kinds.procurement"
    label = "procurement"
    verbose_name = "政府采购公告"
