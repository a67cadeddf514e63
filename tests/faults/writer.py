"""Run on a home: someone writes needs until told to stop, and says of each when it is done.

Each line on the standard output is an acknowledgement: it is written once the database said that
the transaction is. Every few lines the connection is closed, as it is between requests.
"""

from __future__ import annotations

import os
import sys

import django
from django.db.backends.base.base import BaseDatabaseWrapper

CLOSED_AFTER = 7


def main(number: int, most: int) -> None:
    from django.db import connection

    from footbridge.exchange import actions
    from footbridge.exchange.models import Need
    from footbridge.people.models import Person

    writer = Person.objects.filter(name__startswith="Writer").order_by("name")[number]
    before = Need.objects.filter(owner=writer).count()
    for count in range(before, before + most):
        _be_careless(connection)
        text = f"A van for writer {number}, day {count}"
        actions.open_need(actor=writer, owner=writer, text=text)
        os.write(1, f"ack {text}\n".encode())
        if count % CLOSED_AFTER == CLOSED_AFTER - 1:
            connection.close()


def _be_careless(connection: BaseDatabaseWrapper) -> None:
    """Not to sync, where a test of the tests asks for it."""
    if careless := os.environ.get("FAULTS_SYNCHRONOUS"):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {careless}")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
