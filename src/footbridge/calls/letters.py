"""Every letter about a call: to whom, in which language, with which link."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from footbridge.calls import policy
from footbridge.calls.models import Answer, Call
from footbridge.calls.queries.by_link import answer_path
from footbridge.calls.queries.paths import answers_path, call_path, matches_path
from footbridge.calls.states import AnswerState, Reason
from footbridge.core import clock, times
from footbridge.mail import actions as mail
from footbridge.people.models import Host, Person
from footbridge.people.queries import language_of

_YOUR_ANSWER = gettext_lazy("Your answer")
_THE_ANSWERS = gettext_lazy("The answers")
_THE_CALL = gettext_lazy("The call")
_WHOM_IT_FITS = gettext_lazy("Others whom it fits")


@dataclass(frozen=True)
class _Reader:
    """Who a letter goes to: a member, or somebody from outside."""

    address: str
    name: str
    language: str
    person: uuid.UUID | None = None


# To whoever answered.


def received(answer: Answer) -> None:
    """Say that it came, and by when a word is promised."""
    _to_author("call_received", answer, _YOUR_ANSWER, due_at=answer.due_at)


def shortlisted(answer: Answer) -> None:
    """Say that it is on the shortlist."""
    _to_author("call_shortlisted", answer, _YOUR_ANSWER, occasion=str(answer.version))


def last_word(answer: Answer) -> None:
    """Say that it was chosen, or why it was not."""
    is_chosen = answer.state == AnswerState.CHOSEN
    kind = "call_chosen" if is_chosen else "call_closed"
    _to_author(kind, answer, _YOUR_ANSWER, reason=answer.reason, words=answer.reason_words)


def matches(answer: Answer) -> None:
    """Lead its author on: the call is over, and others may want what it says. Members sign in to
    see whom; to others their own link shows which calls are open."""
    path = answer_path(answer) if answer.member is None else matches_path(answer.call)
    _to_author("call_matches", answer, _WHOM_IT_FITS, path=path)


def gone(answer: Answer) -> None:
    """Say that a call is gone with whoever opened it, whom this does not name; one's own words
    come along, since they are kept nowhere else."""
    _to_author("call_gone", answer, None, title="", text=answer.text)


def _to_author(
    kind: str, answer: Answer, link: Any, *, occasion: str = "", path: str = "", **more: Any
) -> None:
    reader = _author(answer)
    if reader is None:
        return
    with translation.override(reader.language):
        context = {"title": answer.call.title} | _worded(more, answer.call)
    links = [(link, path or answer_path(answer))] if link is not None else []
    _send(kind, reader, context, links, f"{answer.id}:{occasion}")


def _author(answer: Answer) -> _Reader | None:
    """Who wrote it; where they left, who acts for the organisation in whose name it is."""
    if answer.by is not None:
        return _member(answer.by)
    if answer.member is None:
        language = answer.language or "en"
        is_proven = answer.email and answer.confirmed_at is not None
        return _Reader(answer.email, answer.name, language) if is_proven else None
    left = policy.stewards_of(answer.member).select_related("chapter").order_by("folded", "id")
    person = left.first()
    return _member(person) if person else None


def _member(person: Person) -> _Reader:
    language = language_of(person, person.chapter)
    return _Reader(person.email or "", person.name, language, person.id)


def _worded(more: dict[str, Any], call: Call) -> dict[str, Any]:
    """What is said in the reader's language: a day, a reason."""
    said = dict(more)
    if said.get("due_at"):
        said["due_at"] = times.there(said["due_at"], call.timezone).date()
    if said.get("reason"):
        said["reason"] = Reason(said["reason"]).label
    return said


# To whoever looks after the call.


def tell_steward(answer: Answer) -> None:
    """Say that an answer came."""
    came(answer.call)


def came(call: Call) -> None:
    """Say that answers come: once a day at most, however many there are."""
    _to_stewards("call_came", call, occasion=clock.today().isoformat())


def shut(call: Call, many: int) -> None:
    """Say that the deadline has passed, how many answered, and what was promised."""
    _to_stewards("call_shut", call, many=many, reply_days=call.reply_days)


def overdue(call: Call, many: int) -> None:
    """Say how many wait for longer than was promised."""
    _to_stewards("call_overdue", call, occasion=_today(), many=many)


def passed_on(call: Call, *, leaving: Person | None = None) -> None:
    """Say that a call is now theirs to look after; never to who leaves."""
    people = [one for one in _stewards(call) if leaving is None or one.id != leaving.id]
    _to_each("call_passed_on", call, people, answers_path(call), _THE_ANSWERS, _now(), {})


def _to_stewards(kind: str, call: Call, *, occasion: str = "", **more: Any) -> None:
    people = _stewards(call)
    _to_each(kind, call, people, answers_path(call), _THE_ANSWERS, occasion, more)


def _stewards(call: Call) -> list[Person]:
    return [call.steward] if call.steward is not None else _hosts(call)


def overdue_to_hosts(call: Call, many: int) -> None:
    """Say to the hosts whose answers wait, and with whom."""
    steward = call.steward.name if call.steward else ""
    more = {"many": many, "owner": call.owner.name, "steward": steward}
    _to_each("call_overdue_host", call, _hosts(call), call_path(call), _THE_CALL, _today(), more)


def _hosts(call: Call) -> list[Person]:
    rows = Host.objects.filter(chapter=call.chapter_id).select_related("person__chapter")
    return [row.person for row in rows.order_by("since", "id")]


def _to_each(
    kind: str,
    call: Call,
    people: Iterable[Person],
    path: str,
    words: Any,
    occasion: str,
    more: dict[str, Any],
) -> None:
    for person in people:
        context = {"title": call.title, **more}
        _send(kind, _member(person), context, [(words, path)], f"{call.id}:{person.id}:{occasion}")


def _today() -> str:
    return clock.today().isoformat()


def _now() -> str:
    return f"{clock.now():%Y%m%dT%H%M%S}"


def _send(
    kind: str, reader: _Reader, context: dict[str, Any], links: list[tuple[Any, str]], once: str
) -> None:
    if not reader.address:
        return
    mail.send(
        kind,
        to_address=reader.address,
        to_name=reader.name,
        to_person=reader.person,
        language=reader.language,
        context=context,
        links=links,
        private=True,
        once=f"{kind}:{once}",
    )
