"""Every message about a circle: to whom, in which language, with which links.

What passes within a circle is for its reader alone: hosts, who pass on letters where there is no
mail server, see only what they themselves ask. Whoever signs in finds the rest on their page.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from footbridge.circles import policy
from footbridge.circles.models import Answer, Call, Circle, Membership
from footbridge.core import clock, links
from footbridge.mail import actions as mail
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import may_host
from footbridge.people.queries import language_of

_LOOK = gettext_lazy("Look at it and answer")
_OPEN = gettext_lazy("Open your circle")
_ANSWER = gettext_lazy("Answer in one tap")


def asked_path(membership: Membership) -> str:
    """Where somebody says whether they join. Good as long as they can answer."""
    lasts = policy.answer_until(membership) - clock.now()
    token = links.sign(
        policy.ASKED_PURPOSE, membership.id, membership.person_id, lasts=_at_least(lasts)
    )
    return f"/circle/{token}/"


def call_path(call: Call, person: Person) -> str:
    """Where somebody answers a call. Good until the end of its day."""
    lasts = timedelta(days=(call.until - clock.today()).days + 1)
    token = links.sign(policy.CALL_PURPOSE, call.id, person.id, lasts=_at_least(lasts))
    return f"/circle-call/{token}/"


def _at_least(lasts: timedelta) -> timedelta:
    return max(timedelta(minutes=1), lasts)


def ask(membership: Membership) -> None:
    """Ask someone whether they join."""
    circle, asker = membership.circle, membership.asked_by
    by_host = asker is None or may_host(asker, circle.chapter)
    _send(
        "circle_asked",
        membership.person,
        circle,
        (_LOOK, asked_path(membership)),
        once=f"{membership.id}:{_second(membership.asked_at)}",
        private=not by_host,
        asker=asker.name if asker else "",
        day=policy.answer_until(membership),
    )


def stand(circle: Circle, membership: Membership) -> None:
    """Tell someone that enough are in it."""
    _send("circle_stands", membership.person, circle, _page(circle), once=str(membership.id))


def tell_who_joined(newest: Membership, reader: Person) -> None:
    """Tell one of the others who is new, and who asked them."""
    asker = newest.asked_by.name if newest.asked_by else ""
    said: dict[str, Any] = {"newcomer": newest.person.name, "asker": asker}
    occasion = f"{newest.id}:{reader.id}:{_second(newest.joined_at)}"
    _send("circle_joined", reader, newest.circle, _page(newest.circle), once=occasion, **said)


def call(call: Call, person: Person) -> None:
    """Carry a call to one of the others."""
    _send(
        "circle_call",
        person,
        call.circle,
        (_ANSWER, call_path(call, person)),
        once=f"{call.id}:{person.id}",
        asker=call.asker.name,
        text=call.text,
        day=call.until,
    )


def tell_asker(answer: Answer) -> None:
    """Tell whoever asked that somebody can help, or knows somebody."""
    circle = answer.call.circle
    occasion = f"{answer.id}:{answer.person_id}:{_second(answer.given_at)}"
    said: dict[str, Any] = {
        "helper": answer.person.name,
        "text": answer.call.text,
        "words": answer.words,
        "reply": answer.reply,
        "address": answer.person.email or "",
    }
    _send("circle_answer", answer.call.asker, circle, _page(circle), once=occasion, **said)


def _page(circle: Circle) -> tuple[Any, str]:
    return _OPEN, f"/circles/{circle.id}/"


def _second(moment: datetime | None) -> str:
    return moment.strftime("%Y%m%dT%H%M%S") if moment else ""


def _send(
    kind: str,
    person: Person,
    circle: Circle,
    link: tuple[Any, str],
    *,
    once: str,
    private: bool = True,
    **said: Any,
) -> None:
    chapter: Chapter = circle.chapter
    language = language_of(person, chapter)
    words, path = link
    with translation.override(language):
        if "day" in said:
            said["day"] = date_format(said["day"], "DATE_FORMAT")
        links_ = [(str(words), path)]
    mail.send(
        kind,
        to_address=person.email or "",
        to_name=person.name,
        to_person=person.id,
        language=language,
        context={"circle": circle.name, "chapter": chapter.name, **said},
        links=links_,
        private=private,
        once=f"{kind}:{once}",
    )
