from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "footbridge.assignments"

    def ready(self) -> None:
        from footbridge.assignments import actions, elsewhere, keeping, personal, policy
        from footbridge.core import jobs
        from footbridge.hours import given
        from footbridge.people import asks, personal_data

        personal_data.register("assignments", personal.export, personal.erase, hold=personal.hold)
        asks.register(policy.when_asked)
        given.also_from(elsewhere.hours_in, elsewhere.years_of)
        jobs.every(300, actions.end_what_ran_out)
        jobs.every(3600, actions.ask_midway)
        jobs.every(3600, actions.remind_of_reviews)
        jobs.every(3600, actions.open_reviews)
        jobs.every(3600, actions.close_what_is_done)
        jobs.every(3600, keeping.forget_what_was_called_off)
        jobs.every(3600, keeping.forget_who_said_no)
