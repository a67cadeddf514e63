from django.apps import AppConfig

DAY = 24 * 60 * 60


class IntakeConfig(AppConfig):
    name = "footbridge.intake"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.intake import personal
        from footbridge.intake.actions import forget_old, run_due
        from footbridge.intake.keeping import forget_old_merges
        from footbridge.people import personal_data

        personal_data.register("intake", personal.export, personal.erase)
        jobs.every(1, run_due)
        jobs.every(DAY, forget_old)
        jobs.every(DAY, forget_old_merges)
