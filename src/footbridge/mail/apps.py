from django.apps import AppConfig

HOUR = 60 * 60


class MailConfig(AppConfig):
    name = "footbridge.mail"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.mail.actions import deliver_due
        from footbridge.mail.keeping import empty_old, forget_identity_mail
        from footbridge.mail.sealed import deliver_sealed_due

        jobs.every(1, deliver_due)
        jobs.every(1, deliver_sealed_due)
        jobs.every(HOUR, empty_old)
        jobs.every(HOUR, forget_identity_mail)
