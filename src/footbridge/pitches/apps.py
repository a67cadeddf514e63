from django.apps import AppConfig


class PitchesConfig(AppConfig):
    name = "footbridge.pitches"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.people import asks, personal_data
        from footbridge.pitches import actions, keeping, personal, policy

        personal_data.register("pitches", personal.export, personal.erase)
        asks.register(policy.QUESTIONS.when_asked)
        jobs.every(600, actions.end_what_ran_out)
        jobs.every(3600, keeping.forget_old_rehearsals)
