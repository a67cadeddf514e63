from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "footbridge.circles"

    def ready(self) -> None:
        from footbridge.circles import keeping, personal
        from footbridge.core import jobs
        from footbridge.people import personal_data

        personal_data.register("circles", personal.export, personal.erase, hold=personal.hold)
        jobs.every(3600, keeping.end_what_came_to_nothing)
        jobs.every(3600, keeping.forget_what_ended)
        jobs.every(3600, keeping.forget_calls)
        jobs.every(3600, keeping.forget_who_did_not_join)
