from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "footbridge.hours"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.hours import actions, keeping, personal
        from footbridge.people import personal_data

        personal_data.register("hours", personal.export, personal.erase, hold=personal.hold)
        jobs.every(60, actions.end_what_ran_out)
        jobs.every(300, actions.ask_how_it_went)
        jobs.every(3600, actions.offer_the_same_again)
        jobs.every(3600, keeping.forget_what_did_not_come_about)
        jobs.every(3600, keeping.forget_past_slots)
