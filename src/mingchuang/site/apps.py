"""The installation as a Django application (label `site`): connects the rooms when all of them are there."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "mingchuang.site"
    label = "site"
    verbose_name = "本站"

    def ready(self) -> None:
        from mingchuang.site import database_file, wiring  # noqa: PLC0415 - models exist only now

        database_file.connect()
        wiring.connect()
