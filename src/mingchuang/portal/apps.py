"""The public site as a Django application (label `portal`); it has no tables of its own."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mingchuang.portal"
    label = "portal"
    verbose_name = "公众网站"
