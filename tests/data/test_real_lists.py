"""Lists as they are published, without a hand on them: nothing is lost, twice changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Count

from footbridge.exchange.models import Care, Offer, OfferSkill
from footbridge.intake.models import RowResult
from footbridge.network.models import Tie
from footbridge.people.models import Affiliation, Identifier, Organisation, Person, Reach
from tests.data.conftest import Import
from tests.rooms.intake.lists import hash_of_everything, verdicts

pytestmark = [pytest.mark.data, pytest.mark.django_db]

CHARITIES = ("uk-charities/large-charities.csv.gz",)
LLOYDS = ("uk-grants-360giving/lloyds-bank-foundation.csv.gz",)
POWER = ("uk-grants-360giving/power-to-change.csv.gz",)
SAMPLE = ("uk-grants-360giving/many-funders-sample.csv.gz",)
MENTORS = ("mentor-offers/mentors.csv",)
CIVIC = ("civic-tech-brigades/organizations.json",)
GOODS = ("digital-public-goods/projects.jsonl.gz",)
AGENCIES = (
    "inter-agency-collaboration/dhhs-ties.csv",
    "inter-agency-collaboration/dhhs-nodes.csv",
)
DEBIAN = ("debian-web-of-trust/vouches.csv.gz", "debian-web-of-trust/nodes.csv")

ROWS = {
    CHARITIES: 2396,
    LLOYDS: 4116,
    POWER: 870,
    SAMPLE: 154,
    MENTORS: 260,
    CIVIC: 221,
    GOODS: 228,
    AGENCIES: 501,
    DEBIAN: 10_848,
}


@pytest.mark.parametrize("files", [CHARITIES, SAMPLE, MENTORS, CIVIC, GOODS, AGENCIES, POWER])
def test_no_row_is_lost_and_a_second_import_changes_none(
    bring: Import, files: tuple[str, ...]
) -> None:
    batch = bring(*files)
    assert sum(verdicts(batch)) == batch.counts["rows"] == ROWS[files]
    before = hash_of_everything()
    again = bring(*files)
    assert verdicts(again) == verdicts(batch)
    assert hash_of_everything() == before


def test_charities_have_numbers_causes_places_and_sizes(bring: Import) -> None:
    batch = bring(*CHARITIES)
    assert sum(verdicts(batch)) == ROWS[CHARITIES]
    assert verdicts(batch)[2] == 0
    # Who is registered in two countries stands there twice, with one company number.
    again = RowResult.objects.filter(notes__icontains="in the list more than once").count()
    assert again > 150
    assert Organisation.objects.count() == ROWS[CHARITIES] - again
    assert set(Organisation.objects.values_list("sector", flat=True)) == {"nonprofit"}
    placed = Organisation.objects.exclude(place=None).count()
    assert placed / Organisation.objects.count() > 0.98
    assert Care.objects.values("member").distinct().count() > 1700
    assert Organisation.objects.exclude(size="").count() > 2100
    assert Identifier.objects.filter(value="GB-CHC-1000328").get().member.name == "ENGINUITY"


def test_grants_tie_funders_to_recipients_since_their_first_award(bring: Import) -> None:
    batch = bring(*LLOYDS, *POWER)
    assert sum(verdicts(batch)) == ROWS[LLOYDS] + ROWS[POWER]
    assert verdicts(batch)[2] == 0
    ties = Tie.objects.filter(kind="funds")
    by_funder = dict(
        ties.values_list("teller__name").annotate(recipients=Count("other")).order_by()
    )
    assert set(by_funder) == {
        "Lloyds Bank Foundation for England and Wales",
        "Power to Change Trust",
    }
    assert by_funder["Lloyds Bank Foundation for England and Wales"] > 3500
    assert by_funder["Power to Change Trust"] > 650
    assert not ties.filter(since=None).exists()
    assert ties.order_by("since").values_list("since", flat=True)[0] >= date(2010, 1, 1)
    shared = Organisation.objects.filter(ties_told_of__in=ties).annotate(
        funders=Count("ties_told_of__teller", distinct=True)
    )
    assert shared.filter(funders=2).count() >= 15
    placed = Organisation.objects.exclude(place=None).count() / Organisation.objects.count()
    assert placed > 0.95
    assert Organisation.objects.filter(sector="hybrid").count() > 200


def test_broken_letters_are_mended_and_rows_without_a_recipient_are_refused(
    bring: Import,
) -> None:
    batch = bring(*SAMPLE)
    repaired = RowResult.objects.filter(batch=batch, verdict="repaired")
    assert repaired.count() == 12
    assert all("Broken letters" in row.notes[0][0] for row in repaired)
    assert not any("Â£" in cell for row in repaired for cell in row.cells)
    refused = RowResult.objects.filter(batch=batch, verdict="refused")
    assert {row.notes[0][0] for row in refused} == {"There is no recipient in this row."}
    assert refused.count() == 99


def test_mentors_bring_languages_countries_and_skills(bring: Import) -> None:
    bring(*MENTORS)
    assert Person.objects.count() == 260
    assert Person.objects.exclude(place=None).count() == 258
    assert Person.objects.exclude(languages=[]).count() == 260 - 36
    assert Offer.objects.count() == Offer.objects.values("owner").distinct().count()
    lines = OfferSkill.objects.filter(guessed=False)
    assert lines.values("offer").distinct().count() / Offer.objects.count() > 0.95


def test_civic_groups_have_places_sectors_and_former_names(bring: Import) -> None:
    bring(*CIVIC)
    assert Organisation.objects.count() == 221
    assert Organisation.objects.exclude(place=None).count() == 218
    assert Organisation.objects.exclude(former_names=[]).count() == 10
    assert Organisation.objects.exclude(sector="").count() > 150


def test_digital_public_goods_bring_goals_partners_and_reach(bring: Import) -> None:
    bring(*GOODS)
    goals = set(Care.objects.values_list("cause__number", flat=True)) - {None}
    assert goals == set(range(1, 18))
    assert Care.objects.values("member").distinct().count() > 220
    kinds = dict(Tie.objects.values_list("kind").annotate(Count("id")).order_by())
    assert set(kinds) == {"funds", "partners"}
    assert sum(kinds.values()) > 200
    assert Reach.objects.values("organisation").distinct().count() > 120


def test_agencies_keep_their_four_levels_of_collaboration(bring: Import) -> None:
    batch = bring(*AGENCIES)
    assert verdicts(batch) == (501, 0, 0)
    assert (Person.objects.count(), Affiliation.objects.count()) == (54, 54)
    assert dict(Tie.objects.values_list("strength").annotate(Count("id")).order_by()) == {
        "met": 163,
        "know": 111,
        "worked_together": 94,
        "trust": 79,
    }


def test_vouches_keep_their_days(bring: Import) -> None:
    batch = bring(*DEBIAN)
    assert verdicts(batch) == (10_848, 0, 0)
    assert Person.objects.count() == 1172
    assert Tie.objects.count() == 9676
    tie = Tie.objects.get(teller__name="1", other__name="23")
    assert (tie.since, tie.last_confirmed) == (date(2018, 1, 12), date(2018, 1, 12))
    assert not Tie.objects.filter(since=None).exists()
    assert not batch.counts["duplicates"]
