from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "footbridge.journal"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.journal.actions import deliver_due
        from footbridge.journal.receipts import sweep

        jobs.every(0, deliver_due)
        jobs.every(3600, sweep)
