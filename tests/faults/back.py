"""Run on a home: take its rooms back to their first steps, those that Django calls initial."""

from __future__ import annotations

import django


def main() -> None:
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from footbridge.veil.guard import Service, lifted

    executor = MigrationExecutor(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("footbridge.")}
    firsts: dict[str, str] = {}
    for label, name in sorted(executor.loader.graph.nodes):
        if label in ours and executor.loader.graph.nodes[label, name].initial:
            firsts[label] = name
    with lifted(Service.OPERATOR):
        for target in firsts.items():
            executor = MigrationExecutor(connection)
            executor.migrate([target])
    print(len(firsts))


if __name__ == "__main__":
    django.setup()
    main()
