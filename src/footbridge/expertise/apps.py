from django.apps import AppConfig


class ExpertiseConfig(AppConfig):
    name = "footbridge.expertise"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.expertise import actions, keeping, personal
        from footbridge.people import personal_data

        personal_data.register("expertise", personal.export, personal.erase)
        jobs.every(3600, actions.end_what_ran_out)
        jobs.every(3600, keeping.forget_what_was_not_answered)
