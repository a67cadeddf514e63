"""All the real grants there are: brought in, known again, and of use."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from footbridge.core.audience import OPERATOR
from footbridge.funding import queries
from footbridge.funding.models import Grant
from footbridge.intake import actions
from footbridge.people.models import Member
from footbridge.people.states import Sector
from tests.cast import Cast
from tests.rooms.intake.lists import said_of

SHARED = Path(os.environ.get("FOOTBRIDGE_DATA", Path(__file__).parents[5] / "shared" / "data"))
FOLDER = SHARED / "uk-grants-360giving"
FILES = ("lloyds-bank-foundation.csv.gz", "power-to-change.csv.gz", "many-funders-sample.csv.gz")
NOTHING, NOBODY = "An amount is more than nothing.", "There is no recipient in this row."
# A grant of nothing stands in the first list, grants to individuals without a name in the last.
REFUSED = {FILES[0]: {NOTHING: 1}, FILES[1]: {}, FILES[2]: {NOBODY: 99}}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.data,
    pytest.mark.skipif(not FOLDER.exists(), reason="the real grants are not here"),
]


def _bring(cast: Cast, name: str) -> dict[str, int]:
    batch = actions.read_files(
        actor=OPERATOR,
        chapter=cast.chapter,
        files=[actions.Given(FOLDER / name, name)],
        known_from=actions.KnownFrom(name, "https://grantnav.threesixtygiving.org/"),
    )
    done = actions.start(actor=OPERATOR, batch=batch, wait=True)
    assert done.state == "done", done.error
    rows = [notes[-1] for verdict, notes in said_of(done).values() if verdict == "refused"]
    assert Counter(rows) == REFUSED[name]
    return dict(done.counts)


def test_every_real_grant_comes_in_once_and_says_who_funded_whom(cast: Cast) -> None:
    members = Member.objects.count()
    counts = [_bring(cast, name) for name in FILES]
    assert [one.get("new_grants") for one in counts] == [4115, 870, 55]
    assert (Grant.objects.count(), Member.objects.count()) == (5040, members)
    before = list(Grant.objects.order_by("id").values())
    again = [_bring(cast, name) for name in FILES]
    assert [one.get("known_grants") for one in again] == [4115, 870, 55]
    assert list(Grant.objects.order_by("id").values()) == before

    hub = cast.organisation("Coalfields Community Pub", Sector.HYBRID)
    hub.about = "A pub that the village bought, with a bakery and a co-operative shop"
    hub.save()
    answer = queries.funded_alike(OPERATOR, Member.objects.get(id=hub.id))
    assert answer.compared == 5040
    assert not answer.is_widened
    assert answer.funders[0].name == "Power to Change Trust"
    supporting = answer.funders[0].grants[0]
    assert supporting.grant.source == "power-to-change.csv.gz"
    assert any("pub" in why or "bakery" in why for why in supporting.why)
