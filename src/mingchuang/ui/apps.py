"""The look as a Django app: templates, components and static files. It has no models."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Stands before `allauth` in INSTALLED_APPS, so that our account pages are found first."""

    name = "mingchuang.ui"
    label = "ui"
    verbose_name = "页面与样式"
