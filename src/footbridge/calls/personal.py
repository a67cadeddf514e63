"""What calls hold about one person: to hand over, and to erase."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import Any

from django.db.models import Q

from footbridge.calls import letters
from footbridge.calls.actions.passing_time import next_steward, pass_on
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import LIVE, OVER, UNCLOSED, AnswerState
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """The calls that the person opened or looks after, and what they answered to others."""
    opened = Call.objects.filter(Q(owner=person.id) | Q(steward=person.id))
    calls = opened.select_related("owner", "steward", "place", "chapter")
    answered = Answer.objects.filter(Q(by=person.id) | Q(member=person.id))
    answers = answered.select_related("call", "member", "closed_by")
    lists = ("skills", "causes", "rules")
    return {
        "calls": [_call(one) for one in calls.prefetch_related(*lists)],
        "answers": [_answer(one) for one in answers.prefetch_related("files")],
    }


_OF_CALL = (
    "slug", "kind", "state", "title", "outcome", "good_answer", "decided_by", "size_words",
    "reach_km", "is_remote", "reward", "reward_words", "amount_from", "amount_to", "currency",
    "timezone", "reply_days", "audience", "answers_from", "entries_shown",
)  # fmt: skip
_DAYS_OF_CALL = ("begins", "ends", "deadline", "created_at", "opened_at", "deciding_at", "over_at")


def _call(one: Call) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "owner": one.owner.name,
        "steward": one.steward.name if one.steward else "",
        "chapter": one.chapter.name if one.chapter else "",
        "place": one.place.name if one.place else "",
        "skills": [skill.key for skill in one.skills.all()],
        "causes": [cause.key for cause in one.causes.all()],
        "rules": [{"kind": rule.kind, "values": rule.values} for rule in one.rules.all()],
        **{name: getattr(one, name) for name in _OF_CALL},
        **{name: _iso(getattr(one, name)) for name in _DAYS_OF_CALL},
    }


_OF_ANSWER = ("text", "gain", "shown", "state", "reason", "reason_words")
_DAYS_OF_ANSWER = ("begun_at", "sent_at", "due_at", "closed_at", "told_at", "confirmed_at")


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "call": one.call.title,
        "member": one.member.name if one.member else "",
        "closed_by": one.closed_by.name if one.closed_by else "",
        "files": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "added_at": _iso(file.added_at),
                "content": b64encode(file.content).decode(),
            }
            for file in one.files.all()
        ],
        **{name: getattr(one, name) for name in _OF_ANSWER},
        **{name: _iso(getattr(one, name)) for name in _DAYS_OF_ANSWER},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def hold(person: Person) -> None:
    """Take the calls that they opened, look after or answered: nobody answers, decides or passes
    one on while they go."""
    touched = Answer.objects.filter(Q(by=person.id) | Q(member=person.id)).values("call")
    rows = Call.objects.filter(Q(owner=person.id) | Q(steward=person.id) | Q(id__in=touched))
    list(rows.select_for_update().order_by("id").values_list("id", flat=True))


def erase(person: Person) -> None:
    """Their own calls go; who waits there is told so, without a name. The calls of organisations
    pass to the next steward. What they answered for themselves goes, and so do drafts; what was
    sent in an organisation's name stays that organisation's."""
    _close_own(person)
    _pass_on(person)
    _forget_answers(person)


def _close_own(person: Person) -> None:
    calls = list(Call.objects.filter(owner=person.id))
    rows = Answer.objects.filter(call__in=calls).order_by("id")
    answers = list(rows.select_related("call", "by__chapter", "member__chapter"))
    forget_about([*(one.id for one in calls), *(one.id for one in answers)])
    for answer in answers:
        is_waiting = answer.state in UNCLOSED and answer.call.state in LIVE
        if is_waiting and answer.by_id != person.id:
            letters.gone(answer)
    Call.objects.filter(owner=person.id).delete()


def _pass_on(person: Person) -> None:
    related = ("owner__chapter", "steward__chapter", "chapter")
    # The demo goes with all of its people at once; the hourly job passes on what is left there.
    theirs = Call.objects.filter(steward=person.id, is_demo=False).exclude(state__in=OVER)
    for call in theirs.select_related(*related).order_by("id"):
        pass_on(call, next_steward(call, leaving=person), leaving=person)


def _forget_answers(person: Person) -> None:
    written = Answer.objects.filter(Q(by=person.id) | Q(member=person.id))
    forget_about(written.values_list("id", flat=True))
    alone = Q(member=person.id) | Q(member=None)
    withheld = (AnswerState.DRAFT, AnswerState.WITHDRAWN)
    written.filter(alone | Q(state__in=withheld)).delete()
    Answer.objects.filter(by=person.id).update(by=None)
