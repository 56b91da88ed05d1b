"""Proactive disclosure as a Django application (label `records`)."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tells the kernel who may see and do what here, what else speaks against a move, and what `verify` asks."""

    name = "mingchuang.records"
    label = "records"
    verbose_name = "主动公开"

    def ready(self) -> None:
        from mingchuang.records import checks, doors, proof  # noqa: PLC0415 - models exist only now
        from mingchuang.records.catalogue import doors as catalogue_doors  # noqa: PLC0415

        checks.connect()
        doors.register()
        catalogue_doors.register()
        proof.connect()
