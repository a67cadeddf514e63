from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "footbridge.journal"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.journal.actions import deliver_due

        jobs.every(0, deliver_due)
