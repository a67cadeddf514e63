from django.apps import AppConfig

HOUR = 60 * 60


class NetworkConfig(AppConfig):
    name = "footbridge.network"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.network import queries, subscribers  # noqa: F401
        from footbridge.network.actions import forget, forget_unmatched_contacts
        from footbridge.people import personal_data

        personal_data.register("network", queries.export_of, forget)
        jobs.every(HOUR, forget_unmatched_contacts)
