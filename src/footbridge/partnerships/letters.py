"""Every message about a partnership: to whom, in which language, with which links.

They are for their readers alone: an outbox that told who was asked would tell who said no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.mail import actions as mail
from footbridge.partnerships import policy
from footbridge.partnerships.models import (
    Commitment,
    Deepening,
    Message,
    Partnership,
    Party,
    Representative,
)
from footbridge.partnerships.states import Kind, Role, State
from footbridge.people.models import Person
from footbridge.people.queries import language_of

Sentence = Callable[[], str]


def party_path(party: Party) -> str:
    """Where somebody says whether their side is in; without an account, as long as they can."""
    ends = party.expires_at or clock.now()
    lasts = max(timedelta(minutes=1), ends - clock.now())
    return f"/party/{links.sign(policy.LINK_PURPOSE, party.id, party.asked_id, lasts=lasts)}/"


def page_path(partnership: Partnership) -> str:
    """The page of a partnership, for those who sign in."""
    return f"/partner/{partnership.id}/"


# A party and its yes.


def ask(party: Party) -> None:
    """Ask somebody whether their side wants to be in it."""
    if party.asked is None or party.expires_at is None:
        return
    reader = party.asked
    with translation.override(language_of(reader, reader.chapter)):
        facts = _facts(party.partnership, party)
        day = date_format(party.expires_at, "DATE_FORMAT")
        link = (_("Read and answer"), party_path(party))
    _send(
        "partnership_asked",
        party.partnership,
        reader,
        link,
        once=f"{party.id}:{party.asked_at:%Y%m%dT%H%M%S}",
        asker=party.asked_by.name if party.asked_by else "",
        party=party.called,
        day=day,
        facts=facts,
    )


def _facts(partnership: Partnership, party: Party) -> list[dict[str, str]]:
    facts = [
        (_("In one line"), partnership.title),
        (_("For"), party.called),
        (_("Why"), partnership.purpose),
        (_("How deep"), str(Kind(partnership.kind).label)),
    ]
    return [{"label": label, "words": words} for label, words in facts if words]


def joined(party: Party, but: Person) -> None:
    """Tell everybody in it that a party has said yes."""
    said = {"party": party.called}
    tell_all(
        party.partnership,
        lambda: _("%(party)s has said yes.") % said,
        once=f"joined:{party.id}:{party.answered_at:%Y%m%dT%H%M%S}",
        but=but,
    )


def not_now(party: Party) -> None:
    """Tell whoever asked that a party is not in; whether by a no or by silence is not said."""
    if party.asked_by is not None:
        said = {"party": party.called}
        moment = party.answered_at or clock.now()
        tell(
            party.partnership,
            party.asked_by,
            lambda: _("%(party)s is not joining for now.") % said,
            once=f"not_now:{party.id}:{moment:%Y%m%dT%H%M%S}",
        )


def left(party: Party, readers: Iterable[Person]) -> None:
    """Tell those who stay that a party has left."""
    said = {"party": party.called}
    for reader in readers:
        tell(
            party.partnership,
            reader,
            lambda: _("%(party)s has left the partnership.") % said,
            once=f"left:{party.id}:{party.left_at:%Y%m%dT%H%M%S}",
        )


# People.


def named(row: Representative, by: Person) -> None:
    """Tell somebody that they stand for their side now."""
    if row.person is None or row.person_id == by.id:
        return
    said = {"party": row.party.called, "name": by.name}
    tell(
        row.party.partnership,
        row.person,
        lambda: (
            _("%(name)s has named you for %(party)s: %(role)s. You can step down at any time.")
            % {**said, "role": Role(row.role).label}
        ),
        once=f"named:{row.id}:{by.id}",
    )


def ended(row: Representative, name: str, but: Person | None = None) -> None:
    """Tell everybody in it that somebody no longer stands for their side."""
    said = {"name": name, "party": row.party.called}
    if not name:
        sentence: Sentence = lambda: _("Somebody no longer stands for %(party)s.") % said  # noqa: E731
    else:
        sentence = lambda: _("%(name)s no longer stands for %(party)s.") % said  # noqa: E731
    tell_all(row.party.partnership, sentence, once=f"ended:{row.id}", but=but)


def nobody_left(party: Party, readers: Iterable[Person]) -> None:
    """Ask those who could step in for a side where nobody is left."""
    said = {"party": party.called}
    for reader in readers:
        tell(
            party.partnership,
            reader,
            lambda: _("Nobody stands for %(party)s any more. Who is there now can step in.") % said,
            once=f"alone:{party.id}:{clock.today():%Y%m%d}",
            path="/partner/",
        )


# What happens to it.


def moved(partnership: Partnership, but: Person) -> None:
    """Tell everybody in it that it is in another state."""
    moment = clock.now()
    tell_all(
        partnership,
        lambda: _("It is now: %(state)s.") % {"state": State(partnership.state).label},
        once=f"moved:{partnership.state}:{moment:%Y%m%dT%H%M%S}",
        but=but,
        words=partnership.closing_words if partnership.state == State.CLOSING else "",
    )


def deepening_proposed(row: Deepening, by: Person) -> None:
    """Ask everybody else in it whether it should become deeper."""
    tell_all(
        row.partnership,
        lambda: (
            _("%(name)s proposes to deepen it: %(kind)s. Each side says yes or not now.")
            % {"name": by.name, "kind": Kind(row.to_kind).label}
        ),
        once=f"deepen:{row.id}:{by.id}",
        but=by,
        words=row.why,
    )


def deepened(row: Deepening) -> None:
    """Tell everybody in it that all said yes to going deeper."""
    tell_all(
        row.partnership,
        lambda: _("Every side said yes. It is now: %(kind)s.") % {"kind": Kind(row.to_kind).label},
        once=f"deepened:{row.id}",
    )


def message(row: Message) -> None:
    """Carry what one says to all the others."""
    sender = row.by.name if row.by else ""
    for reader in _readers(row.partnership, but=row.by):
        link = _open_link(row.partnership, reader, "workspace/")
        _send(
            "partnership_message",
            row.partnership,
            reader,
            link,
            once=str(row.id),
            name=sender,
            words=row.text,
        )


# Reminders.


def promise_due(row: Commitment, reader: Person) -> None:
    """Remind somebody of what their side promised."""

    def sentence() -> str:
        day = date_format(row.due_on, "DATE_FORMAT") if row.due_on else ""
        return _("Promised for %(day)s:") % {"day": day}

    tell(
        row.partnership,
        reader,
        sentence,
        once=f"due:{row.id}:{row.due_on}",
        words=row.text,
        path=f"{page_path(row.partnership)}workspace/",
    )


def review_due(partnership: Partnership, reader: Person) -> None:
    """Remind a steward that a review is near."""

    def sentence() -> str:
        day = date_format(partnership.review_on, "DATE_FORMAT") if partnership.review_on else ""
        return _("Its review is on %(day)s.") % {"day": day}

    tell(partnership, reader, sentence, once=f"review:{partnership.review_on}")


# How a letter is made.


def tell_all(
    partnership: Partnership,
    sentence: Sentence,
    *,
    once: str,
    but: Person | None = None,
    words: str = "",
) -> None:
    """Tell everybody who stands for a party today. Rooms above may tell news of their own."""
    for reader in _readers(partnership, but):
        tell(partnership, reader, sentence, once=once, words=words)


def _readers(partnership: Partnership, but: Person | None = None) -> list[Person]:
    rows = policy.representatives_of(partnership).select_related("person__chapter")
    found = {row.person_id: row.person for row in rows if row.person is not None}
    return [one for one in found.values() if but is None or one.id != but.id]


def tell(
    partnership: Partnership,
    reader: Person,
    sentence: Sentence,
    *,
    once: str,
    words: str = "",
    path: str = "",
) -> None:
    """Tell one person one thing, in their language."""
    with translation.override(language_of(reader, reader.chapter)):
        said = sentence()
        link = (_("Open the partnership"), path or page_path(partnership))
    _send("partnership_told", partnership, reader, link, once=once, sentence=said, words=words)


def _open_link(partnership: Partnership, reader: Person, more: str) -> tuple[str, str]:
    with translation.override(language_of(reader, reader.chapter)):
        return _("Open the partnership"), f"{page_path(partnership)}{more}"


def _send(
    kind: str,
    partnership: Partnership,
    reader: Person,
    link: tuple[str, str],
    *,
    once: str,
    **context: Any,
) -> None:
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language_of(reader, reader.chapter),
        context={"title": partnership.title, **context},
        links=[link],
        private=True,
        once=f"{kind}:{partnership.id}:{reader.id}:{once}",
    )
