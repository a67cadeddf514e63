"""What nobody asked for changes nothing; what a form asks for and writes is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import ForeignKey

from footbridge.people.models import Member
from footbridge.web.middleware import WhoIsLooking
from tests.matrix.acts import Act, acts, declared
from tests.matrix.names import every_name, hostile
from tests.matrix.overposting import WRITES_FILE, Judged, as_csv, judge
from tests.matrix.stage import Stage
from tests.matrix.test_tables import WRITE

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def judged(stage: Stage) -> Judged:
    return judge(stage, acts(stage))


@pytest.fixture(scope="module")
def known(stage: Stage) -> list[Act]:
    return declared(stage)


def test_what_nobody_asked_for_changes_nothing(judged: Judged) -> None:
    assert judged.wrong == []
    assert len(judged.acts) > 130
    assert len(judged.writing) > 100


def test_each_form_takes_and_writes_what_it_did(judged: Judged) -> None:
    assert WRITES_FILE.read_text() == as_csv(judged), WRITE


def test_every_field_of_every_room_is_tried(stage: Stage) -> None:
    assert {"standing", "is_demo", "chapter_id", "cap", "version", "release"} <= set(every_name())
    assert hostile(stage, "standing", 0) in ("joined", "erased", "applied", "invited")
    assert len(every_name()) > 300


# The test can fail: each of these is a mistake that somebody could make in a view.


def _person_of(request: Any) -> Member:
    return Member.objects.get(id=request.person.id)


def _set_all(row: Member, said: dict[str, Any]) -> None:
    """What a form does that is made for all fields of a model at once."""
    fields = {one.attname: one for one in row._meta.concrete_fields if not one.primary_key}
    for name, value in said.items():
        one = fields.get(name)
        if one is not None and not one.unique and not isinstance(one, ForeignKey):
            with suppress(ValidationError, DatabaseError), transaction.atomic():
                Member.objects.filter(id=row.id).update(**{name: one.clean(value, row)})


def _body(request: Any) -> None:
    _set_all(_person_of(request), request.POST.dict())


def _address(request: Any) -> None:
    _set_all(_person_of(request), request.GET.dict())


def _json(request: Any) -> None:
    _set_all(_person_of(request), json.loads(request.body))


def _of_another(request: Any) -> None:
    other = request.POST.dict().get("person_id")
    Member.objects.filter(id=other).update(headline="Taken over")


def _one_name_more(request: Any) -> None:
    if standing := request.POST.get("standing"):
        _set_all(_person_of(request), {"standing": standing})


PLANTED: dict[str, tuple[str, Callable[[Any], None]]] = {
    "every name in the body is written": ("POST /you/edit/", _body),
    "every name in the address is written": ("POST /you/pause/", _address),
    "every name that a program sends is written": ("PATCH /api/v1/me", _json),
    "an id in the body says whose row is written": ("POST /needs-and-offers/need/", _of_another),
}


@contextmanager
def planted(route: str, mistake: Callable[[Any], None]) -> Iterator[None]:
    """After an answer has been made, a mistake writes more."""
    original = WhoIsLooking.__call__

    def mistaken(self: Any, request: Any) -> Any:
        if request.method != "GET" and request.path == route:
            request.body  # noqa: B018  (read it before anybody else does)
        response = original(self, request)
        if request.method != "GET" and request.path == route:
            mistake(request)
        return response

    with mock.patch.object(WhoIsLooking, "__call__", mistaken):
        yield


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_seen(stage: Stage, known: list[Act], name: str) -> None:
    key, mistake = PLANTED[name]
    mine = [act for act in known if act.key == key][:1]
    assert judge(stage, mine).wrong == []
    with planted(mine[0].route, mistake):
        assert judge(stage, mine).wrong != []


def test_a_form_that_takes_one_name_more_has_a_line_more(stage: Stage, known: list[Act]) -> None:
    mine = [act for act in known if act.key == "POST /you/edit/"][:1]
    lines = judge(stage, mine).lines
    with planted(mine[0].route, _one_name_more):
        more = judge(stage, mine).lines - lines
    assert more == {("POST /you/edit/", "takes", "standing")}
