from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "footbridge.partnerships"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.partnerships import actions, keeping, personal, subscribers  # noqa: F401
        from footbridge.people import personal_data

        personal_data.register("partnerships", personal.export, personal.erase, hold=personal.hold)
        jobs.every(3600, actions.end_what_ran_out)
        jobs.every(3600, actions.end_who_left)
        jobs.every(3600, actions.remind_of_promises)
        jobs.every(3600, actions.remind_of_reviews)
        jobs.every(3600, keeping.forget_what_came_to_nothing)
        jobs.every(3600, keeping.forget_who_said_no)
