from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "footbridge.introductions"

    def ready(self) -> None:
        from footbridge.introductions import subscribers  # noqa: F401
