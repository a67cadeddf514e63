from django.apps import AppConfig

HOUR = 60 * 60


class PeopleConfig(AppConfig):
    name = "footbridge.people"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.mail import sealed
        from footbridge.people import personal_data, queries, subscribers  # noqa: F401
        from footbridge.people.actions.joining import is_expected
        from footbridge.people.actions.leaving import forget, leave_nothing_in_the_log
        from footbridge.people.actions.sessions import forget_old_sessions
        from footbridge.people.actions.spending import forget_spent_links
        from footbridge.people.keeping import forget_old_links, forget_old_tokens

        sealed.only_if("sign_in_code", is_expected)
        personal_data.register("people", queries.export_of, forget)
        jobs.every(HOUR, forget_old_sessions)
        jobs.every(HOUR, forget_spent_links)
        jobs.every(HOUR, forget_old_links)
        jobs.every(HOUR, forget_old_tokens)
        jobs.every(HOUR, leave_nothing_in_the_log)
