"""The kind as a Django application (label `household`)."""

from django.apps import AppConfig


class HouseholdConfig(AppConfig):
    """到户名单."""

    name = "mingchuang.records.kinds.household"
    label = "household"
    verbose_name = "到户名单"
