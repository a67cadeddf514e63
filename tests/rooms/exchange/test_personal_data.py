"""What a person said here leaves with them and can be erased; what organisations said stays."""

from __future__ import annotations

import json

import pytest

from footbridge.exchange import actions
from footbridge.exchange.models import Care, Cause, Need, NeedSkill, Offer
from footbridge.people import personal_data
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def tell(cast: Cast) -> None:
    for owner in (cast.seeker, cast.food_bank):
        actions.open_need(
            actor=cast.seeker,
            owner=owner,
            text="We need cold storage",
            causes=[Cause.objects.get(number=2)],
            urgent=True,
        )
        actions.care_for(actor=cast.seeker, member=owner, causes=[Cause.objects.get(number=3)])
    actions.open_offer(
        actor=cast.seeker, owner=cast.seeker, text="A van", hours_per_month=2, place=cast.porto
    )


def test_a_person_takes_along_everything_they_said(cast: Cast) -> None:
    tell(cast)
    taken = json.loads(json.dumps(personal_data.export_all(cast.seeker)["exchange"]))
    [need] = taken["needs"]
    assert (need["text"], need["urgent"], need["causes"]) == (
        "We need cold storage",
        True,
        ["sdg-2"],
    )
    assert need["skills"][0] == {"key": "cold-storage", "label": "Cold storage", "guessed": True}
    [offer] = taken["offers"]
    assert (offer["hours_per_month"], offer["place"]) == (2, "Porto, PT")
    assert taken["causes"] == ["sdg-3"]
    assert personal_data.export_all(cast.target)["exchange"] == {
        "needs": [],
        "offers": [],
        "causes": [],
        "opened_for_others": [],
    }


def test_erasing_a_person_leaves_what_their_organisation_said(cast: Cast) -> None:
    tell(cast)
    personal_data.erase_all(cast.seeker)
    left = Need.objects.get()
    assert (left.owner_id, left.opened_by) == (cast.food_bank.id, None)
    assert NeedSkill.objects.exclude(need=left).count() == 0
    assert not Offer.objects.exists()
    assert list(Care.objects.values_list("member_id", flat=True)) == [cast.food_bank.id]
