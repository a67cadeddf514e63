from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "footbridge.meetings"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.meetings import actions, keeping, personal, subscribers  # noqa: F401
        from footbridge.people import personal_data

        personal_data.register("meetings", personal.export, personal.erase, personal.hold)
        jobs.every(60, actions.let_offers_go)
        jobs.every(60, actions.offer_freed_seats)
        jobs.every(300, actions.ask_again)
        jobs.every(300, actions.release_silent)
        jobs.every(3600, actions.close_what_is_over)
        jobs.every(300, actions.thank_who_came)
        jobs.every(3600, keeping.forget_who_did_not_come)
        jobs.every(3600, keeping.forget_who_walked_in_once)
        jobs.every(3600, keeping.forget_what_was_not_shown)
