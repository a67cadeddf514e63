"""Reactions to what the journal tells: who asked to come in, and who is in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from footbridge.core import links
from footbridge.journal.actions import subscribe
from footbridge.journal.models import Entry
from footbridge.mail.actions import send
from footbridge.people.actions.joining import send_joined
from footbridge.people.models import Host, Person
from footbridge.people.queries import language_of
from footbridge.people.states import Standing


@subscribe("people.applied")
def ask_the_hosts(entry: Entry) -> None:
    """Each host of the chapter is asked, once, whether to let the applicant in."""
    person = Person.objects.select_related("chapter").filter(id=entry.subject).first()
    if person is None or person.chapter is None or person.standing != Standing.APPLIED:
        return
    for host in Host.objects.filter(chapter=person.chapter).select_related("person"):
        _ask(host.person, person, once=f"vetted:{person.id}:{entry.id}:{host.person_id}")


def _ask(host: Person, applicant: Person, *, once: str) -> None:
    assert applicant.chapter is not None
    language = language_of(host, applicant.chapter)
    token = links.sign("admit", applicant.id, host.id)
    with override(language):
        answer = [(_("Let them in, or not"), f"/admit/{token}")]
    send(
        "vetted_request",
        to_address=host.email or "",
        to_name=host.name,
        to_person=host.id,
        language=language,
        context={"applicant": applicant.name, "chapter": applicant.chapter.name},
        links=answer,
        once=once,
    )


@subscribe("people.joined")
def welcome(entry: Entry) -> None:
    """Who has come in is told so, once."""
    person = Person.objects.select_related("chapter").filter(id=entry.subject).first()
    if person is not None and person.has_joined:
        send_joined(person, once=f"joined:{entry.id}")
