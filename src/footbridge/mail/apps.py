from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "footbridge.mail"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.mail.actions import deliver_due

        jobs.every(1, deliver_due)
