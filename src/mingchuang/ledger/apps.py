"""The ledger of duties as a Django application (label `ledger`)."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Opens the ledger's doors and says what speaks against a move."""

    name = "mingchuang.ledger"
    label = "ledger"
    verbose_name = "要点台账"

    def ready(self) -> None:
        from mingchuang.ledger import checks, doors  # noqa: PLC0415 - models exist only now

        doors.register()
        checks.connect()
