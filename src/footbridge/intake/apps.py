from django.apps import AppConfig

DAY = 24 * 60 * 60


class IntakeConfig(AppConfig):
    name = "footbridge.intake"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.intake.actions import forget_old, run_due

        jobs.every(1, run_due)
        jobs.every(DAY, forget_old)
