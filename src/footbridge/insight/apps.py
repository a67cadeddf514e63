from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "footbridge.insight"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.insight import turnout
        from footbridge.insight.network import refresh

        jobs.every(2, refresh)
        jobs.every(3600, turnout.let_limits_follow)
