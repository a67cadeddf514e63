from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "footbridge.funding"

    def ready(self) -> None:
        from footbridge.funding import personal
        from footbridge.people import personal_data

        personal_data.register("funding", personal.export, personal.erase)
