from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "footbridge.agreements"

    def ready(self) -> None:
        from footbridge.agreements import actions, guarding, personal
        from footbridge.core import jobs
        from footbridge.partnerships import guards, steps
        from footbridge.people import personal_data

        personal_data.register("agreements", personal.export, personal.erase, hold=personal.hold)
        guards.register(guarding.what_is_missing)
        steps.also_from(guarding.step)
        jobs.every(3600, actions.remind_who_has_not_answered)
