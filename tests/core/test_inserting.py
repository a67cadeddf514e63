"""Rows that are inserted by the thousand are the rows that Django would have written one by one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, models, transaction

from footbridge.core import clock, ids
from footbridge.core.inserting import AT_ONCE, insert, insert_objects
from footbridge.exchange.models import Care, Cause, Need, Skill
from footbridge.exchange.states import Resource
from footbridge.intake.models import Batch
from footbridge.journal.models import Entry
from footbridge.network.models import Contact, Tie
from footbridge.network.states import Strength
from footbridge.people.models import Member
from tests.cast import Cast

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 29, 1, 59, 59, 123456, tzinfo=UTC)


def _member(cast: Cast) -> Member:
    return Member(
        kind="organisation", name='Ȫrg, "Ltd" %s', folded="org", chapter=cast.chapter,
        place=cast.porto, languages=["pt", "en"], former_names=[], email=None,
    )  # fmt: skip


def _need(cast: Cast) -> Need:
    east = timezone(timedelta(hours=5, minutes=30))
    return Need(
        owner=cast.seeker, text="Ein Kühlraum\u2028", text_key="k", until=date(2030, 1, 2),
        urgent=True, resource=Resource.MONEY, opened_at=MOMENT.astimezone(east),
    )  # fmt: skip


def _tie(cast: Cast) -> Tie:
    return Tie(teller=cast.seeker, other=cast.target, strength=Strength.KNOW, since=None)


def _contact(cast: Cast) -> Contact:
    return Contact(owner=cast.seeker, digest="d", sealed=b"\x00\xff%s", source="test")


def _skill(cast: Cast) -> Skill:
    return Skill(key=f"{cast.chapter.name} skill", labels={"en": "a", "pt": "á"}, synonyms={})


def _batch(cast: Cast) -> Batch:
    return Batch(owner=None, chapter=cast.chapter, name="", sheets=[{"rows": 3.5, "a": None}])


@pytest.mark.parametrize("made", [_member, _need, _tie, _contact, _skill, _batch])
def test_every_column_is_kept_as_django_keeps_it(made: Callable[[Cast], models.Model]) -> None:
    one = made(Cast())
    rows = type(one)._base_manager.filter(pk=one.pk)
    with clock.held_at(MOMENT):
        insert_objects([one])
        ours = _as_kept(one)
        rows.delete()
        rows.bulk_create([one])
    assert ours == _as_kept(one)


def _as_kept(one: models.Model) -> object:
    """The row as the driver hands it over, before Django reads anything into it."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(one._meta.db_table)
        cursor.execute(f"SELECT * FROM {table}")
        by_name = [dict(zip((c[0] for c in cursor.description), row)) for row in cursor.fetchall()]
    key = uuid.UUID(str(one.pk))
    return next(row for row in by_name if uuid.UUID(str(row["id"])) == key)


def test_columns_that_are_not_given_take_their_defaults() -> None:
    cast = Cast()
    with clock.held_at(MOMENT):
        insert(Tie, ["teller_id", "other_id", "strength"], [
            (cast.seeker.id, cast.target.id, "know"), (cast.target.id, cast.seeker.id, "know"),
        ])  # fmt: skip
    one, other = Tie.objects.all()
    assert one.id != other.id
    assert {one.created_at, other.created_at} == {MOMENT}
    assert (one.kind, one.state, one.from_list, one.proposed_by) == ("knows", "stated", False, None)


def test_more_rows_than_fit_into_one_statement_all_arrive_in_their_order() -> None:
    subjects = [ids.new_id() for _ in range(3 * AT_ONCE + 1)]
    rows = ((clock.now(), "test.done", one, None, {"at": at}) for at, one in enumerate(subjects))
    insert(Entry, ["at", "verb", "subject", "actor", "facts"], rows)
    kept = Entry.objects.order_by("id").values_list("subject", "facts")
    assert list(kept) == [(one, {"at": at}) for at, one in enumerate(subjects)]


def test_nothing_to_insert_asks_nothing(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        insert_objects([])
        insert(Care, ["member_id", "cause_id"], [])


def test_a_row_that_breaks_a_rule_is_refused_and_none_of_its_list_stays() -> None:
    cast, cause = Cast(), Cause.objects.create(key="peace")
    pair, fresh = (cast.seeker.id, cause.id), (cast.target.id, cause.id)
    Care.objects.create(member=cast.seeker, cause=cause)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Care, ["member_id", "cause_id"], [fresh, pair])
    assert list(Care.objects.values_list("member_id", "cause_id")) == [pair]
