"""The back office as a Django application (label `desk`); it has no tables of its own."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Opens the doors of what the desk shows of the kernel."""

    name = "mingchuang.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from mingchuang.desk import doors  # noqa: PLC0415 - models exist only now

        doors.register()
