"""`footbridge host`: the first host of a new installation, and further ones."""

from __future__ import annotations

import argparse

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("host", help="found a chapter and name who looks after it")
    parser.add_argument("email", help="the address with which the host signs in")
    parser.add_argument("--name", required=True, help="the host's name")
    parser.add_argument("--chapter", required=True, help="the chapter's name; made if it is new")
    parser.add_argument("--language", default="en", help="the chapter's language: en, es or fr")
    takes_json(parser)
    parser.set_defaults(run=host)


def host(options: argparse.Namespace) -> None:
    """Found the chapter where it is new, and put its host into it."""
    from django.db import transaction

    from footbridge.cli.commands.link import sign_in_link
    from footbridge.core.audience import OPERATOR
    from footbridge.people import actions, queries
    from footbridge.people.states import Hosting

    with transaction.atomic():
        chapter = queries.chapters(OPERATOR).filter(name=options.chapter).first()
        chapter = chapter or actions.create_chapter(
            actor=OPERATOR, name=options.chapter, language=options.language
        )
        person = queries.find(OPERATOR, options.email)
        if person is not None and person.is_person and person.has_joined:
            person = queries.as_person(person)
            actions.add_host(actor=OPERATOR, chapter=chapter, person=person, role=Hosting.HOST)
        else:
            person = actions.first_host(
                actor=OPERATOR, chapter=chapter, name=options.name, email=options.email
            )
    link = sign_in_link(person.id)
    show(
        options,
        {"person": person.id, "chapter": chapter.id, "link": link},
        f"{person.name} looks after {chapter.name}. To sign in, within the hour:\n{link}",
    )
