"""Two at the same moment, on whichever database the tests run."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from footbridge.agreements import actions, queries
from footbridge.agreements.models import Agreement, Approval, Version, Wording
from footbridge.core.errors import DomainError, Overtaken
from footbridge.mail.models import Message
from tests.cast import Cast
from tests.rooms.agreements import story
from tests.rooms.partnerships import story as sides

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts: Any) -> list[Any]:
    """Begin all acts at the same moment; what each gave, or why it was refused."""
    barrier, given = Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            barrier.wait(timeout=20)
            given[place] = acts[place]()
        except DomainError as error:
            given[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def test_two_who_begin_at_once_begin_the_same_one(cast: Cast) -> None:
    one = sides.both_in(cast)
    people = (cast.seeker, cast.target)
    given = _at_once(
        *(lambda p=p: actions.begin(actor=p, partnership=one, form="pilot") for p in people)
    )
    assert given[0].id == given[1].id
    assert Agreement.objects.count() == 1


def test_of_two_who_write_a_clause_at_once_one_stands_and_the_other_sees_both(cast: Cast) -> None:
    one = story.filled(cast)
    seen = queries.clause(cast.seeker, one, "money").version
    texts = {cast.seeker: "The firm pays.", cast.target: "The food bank pays."}
    given = _at_once(
        *(
            lambda p=p, t=t: actions.write_clause(
                actor=p, agreement=one, key="money", text=t, version=seen
            )
            for p, t in texts.items()
        )
    )
    [met] = [each for each in given if isinstance(each, Overtaken)]
    [stands] = [each for each in given if not isinstance(each, DomainError)]
    assert met.theirs["text"] == stands.text == story.text_of(cast, one, "money")
    assert Wording.objects.filter(clause=stands).count() == 1
    assert Message.objects.filter(kind="agreement_met").count() == 1


def test_two_who_make_a_version_at_once_make_one(cast: Cast) -> None:
    one = story.filled(cast)
    people = (cast.seeker, cast.target)
    _at_once(*(lambda p=p: actions.freeze(actor=p, agreement=one) for p in people))
    assert [row.number for row in Version.objects.all()] == [1]
    assert Message.objects.filter(kind="agreement_to_approve").count() == 2


def test_a_yes_of_both_at_once_is_told_once_and_one_tapped_twice_counts_once(cast: Cast) -> None:
    version = story.frozen(cast)
    people = (cast.seeker, cast.target, cast.target)
    _at_once(*(lambda p=p: actions.approve(actor=p, version=version) for p in people))
    assert Approval.objects.filter(of=version).count() == 2
    assert Message.objects.filter(kind="agreement_approved").count() == 2


def test_a_yes_and_a_newer_version_at_once_leave_the_yes_with_the_old_or_nowhere(
    cast: Cast,
) -> None:
    version = story.frozen(cast)
    one = version.agreement
    actions.write_clause(actor=cast.seeker, agreement=one, key="stop", text="If anybody is harmed.")
    _at_once(
        lambda: actions.freeze(actor=cast.seeker, agreement=one),
        lambda: actions.approve(actor=cast.target, version=version),
    )
    assert {row.number for row in Version.objects.all()} == {1, 2}
    assert set(Approval.objects.values_list("of__number", flat=True)) <= {1}
