"""Calls: look, ask whether one may answer, answer, open one's own, and say a word to each."""

from __future__ import annotations

import uuid
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from footbridge.api import call_schemas as said_of
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.calls import actions, queries
from footbridge.calls.actions import entries, files
from footbridge.core import times
from footbridge.core.errors import DomainError
from footbridge.people import queries as people

router = Router(tags=["calls"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
CallShown = {200: said_of.OpenCall, **REFUSALS}
AnswerOf = {200: said_of.CallAnswer, **REFUSALS}


# Looking.


@router.get("/calls", response={200: said_of.OpenCalls, **REFUSALS})
def calls(
    request: Call,
    text: str = Query("", max_length=500),
    kind: str = Query("", max_length=20),
    cause: str = Query("", max_length=60),
    country: str = Query("", max_length=2),
    past: bool = False,
    page: schemas.PageNumber = 1,
) -> Any:
    """The calls that take answers now, those that end soonest first; with `past`, the others."""
    return queries.search(
        request.person, text=text, kind=kind, cause=cause, country=country.upper(), past=past,
        page=page,
    )  # fmt: skip


@router.get("/calls/mine", response={200: list[said_of.OpenCall], **schemas.NOT_SIGNED})
def my_calls(request: Call) -> Any:
    """The calls that one looks after: drafts first."""
    return queries.stewarded(request.person)


@router.get("/calls/{open_call_id}", response=CallShown)
def one_call(request: Call, open_call_id: uuid.UUID) -> Any:
    """One call, with the record of its owner."""
    return queries.card(request.person, _call(request, open_call_id))


@router.get("/calls/{open_call_id}/entries", response={200: list[said_of.CallEntry], **REFUSALS})
def shown_entries(request: Call, open_call_id: uuid.UUID) -> Any:
    """The answers that their authors show."""
    return queries.entries(request.person, _call(request, open_call_id))


@router.get(
    "/calls/{open_call_id}/eligibility", response={200: list[said_of.RuleVerdict], **REFUSALS}
)
def eligibility(request: Call, open_call_id: uuid.UUID, member: uuid.UUID | None = None) -> Any:
    """How one stands to each rule of a call, or a member for whom one answers."""
    found = _call(request, open_call_id)
    return queries.check(found, people.get(request.person, member or request.person.id))


def _call(request: Call, call_id: uuid.UUID) -> Any:
    return queries.get_by_id(request.person, call_id)


# A call of one's own.


@router.post("/calls", response={201: said_of.OpenCall, **REFUSALS})
def draft_call(request: Call, said: said_of.NewOpenCall) -> Any:
    """Begin a call. Nobody else sees it until it is opened."""
    person = request.person
    owner = people.get(person, said.owner or person.id)
    call = actions.draft(actor=person, owner=owner, kind=said.kind, title=said.title)
    more = _said(call, said, leave_out={"kind", "title", "owner"})
    if more:
        call = actions.shape(actor=person, call=call, said=more)
    return Status(201, queries.card(person, call))


@router.patch("/calls/{open_call_id}", response=CallShown)
def change_call(request: Call, open_call_id: uuid.UUID, said: said_of.ChangedOpenCall) -> Any:
    """Say something more of a call, or say it otherwise."""
    call = _own_call(request, open_call_id)
    more = _said(call, said, leave_out={"version"})
    actions.shape(actor=request.person, call=call, said=more, version=said.version)
    return queries.card(request.person, call)


def _own_call(request: Call, call_id: uuid.UUID) -> Any:
    """A call that the caller looks after; to others it is not there."""
    return queries.get_own(request.person, _call(request, call_id).slug)


def _said(call: Any, said: Any, leave_out: set[str]) -> dict[str, Any]:
    """What was named, as the room wants it."""
    found: dict[str, Any] = said.dict(exclude_unset=True, exclude=leave_out)
    if isinstance(found.get("deadline"), datetime):
        found["deadline"] = _by_the_clock(found["deadline"], found.get("timezone", call.timezone))
    return found


def _by_the_clock(moment: datetime, timezone: str) -> datetime:
    """A moment as the clocks of a time zone show it; without an offset it is that already."""
    if not 1970 <= moment.year <= 9000:
        raise DomainError(_("Say a day and an hour."), field="deadline")
    if moment.tzinfo is None:
        return moment
    there = moment.astimezone(UTC).astimezone(times.zone(timezone))
    return there.replace(tzinfo=None)


@router.post("/calls/{open_call_id}/open", response=CallShown)
def open_call(request: Call, open_call_id: uuid.UUID) -> Any:
    """Open the door; what is missing is said."""
    return _moved(request, open_call_id, actions.open_call)


@router.post("/calls/{open_call_id}/shut", response=CallShown)
def shut_call(request: Call, open_call_id: uuid.UUID) -> Any:
    """Take no more answers."""
    return _moved(request, open_call_id, actions.shut)


@router.post("/calls/{open_call_id}/end", response=CallShown)
def end_call(request: Call, open_call_id: uuid.UUID) -> Any:
    """End it, now that nobody waits for a word."""
    return _moved(request, open_call_id, actions.end)


@router.post("/calls/{open_call_id}/withdraw", response=CallShown)
def withdraw_call(request: Call, open_call_id: uuid.UUID, said: said_of.LastWords) -> Any:
    """Take it back; everybody who waits is told."""
    return _moved(request, open_call_id, actions.withdraw, **said.dict())


@router.delete("/calls/{open_call_id}", response={204: None, **REFUSALS})
def discard_call(request: Call, open_call_id: uuid.UUID) -> Any:
    """Throw a draft away."""
    actions.discard(actor=request.person, call=_own_call(request, open_call_id))
    return Status(204, None)


def _moved(request: Call, call_id: uuid.UUID, act: Any, **said: Any) -> Any:
    call = act(actor=request.person, call=_own_call(request, call_id), **said)
    return queries.card(request.person, call)


# Answering.


@router.get("/answers", response={200: list[said_of.OwnCallAnswer], **schemas.NOT_SIGNED})
def my_answers(request: Call) -> Any:
    """What one answered, and one's organisations; the latest first."""
    return queries.own_answers(request.person)


@router.put("/calls/{open_call_id}/answer", response=AnswerOf)
def write_answer(request: Call, open_call_id: uuid.UUID, said: said_of.WrittenAnswer) -> Any:
    """Keep what one answers; nothing is sent by this."""
    person = request.person
    answer = actions.write(
        actor=person,
        call=_call(request, open_call_id),
        member=people.get(person, said.member or person.id),
        **said.dict(exclude={"member"}),
    )
    return _card(request, answer.id)


@router.get("/answers/{answer_id}", response=AnswerOf)
def one_answer(request: Call, answer_id: uuid.UUID) -> Any:
    """One answer: one's own, or one to decide on."""
    return _card(request, answer_id)


@router.post("/answers/{answer_id}/send", response=AnswerOf)
def send_answer(request: Call, answer_id: uuid.UUID) -> Any:
    """Send it."""
    return _acted(request, answer_id, actions.send)


@router.put("/answers/{answer_id}/shown", response=AnswerOf)
def show_answer(request: Call, answer_id: uuid.UUID, said: said_of.AnswerShown) -> Any:
    """Have it seen by all who see the call, or no longer."""
    return _acted(request, answer_id, entries.show, **said.dict())


@router.post("/answers/{answer_id}/withdraw", response={204: None, **REFUSALS})
def withdraw_answer(request: Call, answer_id: uuid.UUID) -> Any:
    """Take it back."""
    actions.withdraw_answer(actor=request.person, answer=_answer(request, answer_id))
    return Status(204, None)


@router.post("/answers/{answer_id}/files", response=AnswerOf)
def add_file(request: Call, answer_id: uuid.UUID, said: said_of.NewAnswerFile) -> Any:
    """Put a file beside it."""
    try:
        content = b64decode(said.content, validate=True)
    except (NotBase64, ValueError) as error:
        raise DomainError(_("The content is not base64."), field="content") from error
    return _acted(request, answer_id, files.add_file, name=said.name, content=content)


@router.get("/answer-files/{file_id}", response={200: said_of.AnswerFileContent, **REFUSALS})
def fetch_file(request: Call, file_id: uuid.UUID) -> Any:
    """A file with what is in it, for who sent it and for who decides."""
    held = queries.file_for(request.person, file_id)
    plain = {name: getattr(held, name) for name in ("id", "name", "media_type", "size")}
    return plain | {"content": b64encode(bytes(held.content)).decode()}


@router.delete("/answer-files/{file_id}", response=AnswerOf)
def remove_file(request: Call, file_id: uuid.UUID) -> Any:
    """Take a file away again."""
    answer = queries.file_for(request.person, file_id).answer
    files.remove_file(actor=request.person, answer=answer, file_id=file_id)
    return _card(request, answer.id)


# Deciding.


@router.get("/calls/{open_call_id}/answers", response={200: said_of.CallAnswers, **REFUSALS})
def answers_to(
    request: Call,
    open_call_id: uuid.UUID,
    state: said_of.AnswerStanding = "",
    page: schemas.PageNumber = 1,
) -> Any:
    """The answers to a call that one looks after."""
    call = _own_call(request, open_call_id)
    return queries.list_for(request.person, call, state=state, page=page)


@router.post("/calls/{open_call_id}/close-answers", response={200: said_of.HowMany, **REFUSALS})
def close_answers(request: Call, open_call_id: uuid.UUID, said: said_of.ClosedMany) -> Any:
    """Close many answers with one reason."""
    call = _own_call(request, open_call_id)
    return {"many": actions.close_many(actor=request.person, call=call, **said.dict())}


@router.post("/answers/{answer_id}/shortlist", response=AnswerOf)
def shortlist_answer(request: Call, answer_id: uuid.UUID) -> Any:
    """Put it on the shortlist."""
    return _acted(request, answer_id, actions.shortlist)


@router.post("/answers/{answer_id}/off-shortlist", response=AnswerOf)
def take_off_shortlist(request: Call, answer_id: uuid.UUID) -> Any:
    """Take it off the shortlist."""
    return _acted(request, answer_id, actions.take_off_shortlist)


@router.post("/answers/{answer_id}/choose", response=AnswerOf)
def choose_answer(request: Call, answer_id: uuid.UUID, said: said_of.LastWords) -> Any:
    """Choose it."""
    return _acted(request, answer_id, actions.choose, **said.dict())


@router.post("/answers/{answer_id}/close", response=AnswerOf)
def close_answer(request: Call, answer_id: uuid.UUID, said: said_of.ClosedWith) -> Any:
    """Close it with a reason."""
    return _acted(request, answer_id, actions.close, **said.dict())


def _answer(request: Call, answer_id: uuid.UUID) -> Any:
    return queries.get_answer(request.person, answer_id)


def _acted(request: Call, answer_id: uuid.UUID, act: Any, **said: Any) -> Any:
    act(actor=request.person, answer=_answer(request, answer_id), **said)
    return _card(request, answer_id)


def _card(request: Call, answer_id: uuid.UUID) -> Any:
    return queries.card_of(request.person, _answer(request, answer_id))
