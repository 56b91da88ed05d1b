"""The kind as a Django application (label `budget`)."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """预算和决算."""

    name = "mingchuang.records.kinds.budget"
    label = "budget"
    verbose_name = "预算和决算"
