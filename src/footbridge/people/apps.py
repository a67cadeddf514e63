from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "footbridge.people"

    def ready(self) -> None:
        from footbridge.people import personal_data, queries, subscribers  # noqa: F401
        from footbridge.people.actions.leaving import forget

        personal_data.register("people", queries.export_of, forget)
