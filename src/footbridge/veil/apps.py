from django.apps import AppConfig


class VeilConfig(AppConfig):
    name = "footbridge.veil"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.mail import sealed
        from footbridge.people import personal_data
        from footbridge.veil import actions, guard, personal, queries

        guard.watch()
        sealed.only_if("sign_in_code", queries.is_under_the_radar)
        personal_data.register("veil", personal.export, personal.erase)
        jobs.every(3600, actions.forget_what_is_over)
