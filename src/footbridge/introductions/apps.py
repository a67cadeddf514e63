from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "footbridge.introductions"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.introductions import actions, personal, policy, subscribers  # noqa: F401
        from footbridge.people import asks, personal_data

        personal_data.register("introductions", personal.export, personal.erase, hold=personal.hold)
        asks.register(policy.when_asked)
        jobs.every(60, actions.end_what_ran_out)
        jobs.every(300, actions.ask_whom_we_held_back)
        jobs.every(3600, actions.remind_the_silent)
        jobs.every(3600, actions.check_in)
