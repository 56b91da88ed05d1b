"""The kernel as a Django application (label `core`)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Connects what must hold from the first moment: triggers after every migration, sign-ins as events."""

    name = "mingchuang.core"
    label = "core"
    verbose_name = "内核"

    def ready(self) -> None:
        # Models exist only now. calendar_notices adds its check to `verify` by being read.
        from mingchuang.core import accounts, calendar_notices, keepers, lockouts, protection  # noqa: F401, PLC0415

        # Every app's migration may rebuild tables, so this listens without a sender.
        post_migrate.connect(protection.after_migrate, dispatch_uid="core.protection")
        accounts.connect()
        keepers.connect()
        lockouts.connect()
