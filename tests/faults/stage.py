"""Run on a home: so many people join, each with a program of theirs; prints the tokens."""

from __future__ import annotations

import json
import sys

import django


def main(people: int) -> None:
    from footbridge.people import actions
    from tests.cast import Cast

    cast = Cast()
    joined = [cast.person(f"Writer Number{n}") for n in range(people)]
    print(json.dumps([actions.make_token(actor=one, name="a program")[1] for one in joined]))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
