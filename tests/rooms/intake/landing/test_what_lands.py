"""A host's spreadsheet becomes people, organisations, roles, needs, offers, causes and places."""

from __future__ import annotations

from datetime import date

import pytest

from footbridge.core.errors import Conflict, NotAllowed
from footbridge.exchange.models import Care, Need, Offer, OfferSkill
from footbridge.intake import actions, queries
from footbridge.intake.models import RowResult
from footbridge.people.models import Affiliation, Member, Organisation, Person, Reach
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.intake.lists import (
    bring_in,
    hash_of_everything,
    said_of,
    try_out,
    verdicts,
)

pytestmark = pytest.mark.django_db

EVENING = """\
Name,Email,Organisation,Role,Since,City,Languages,What do you need?,What can you offer?,Causes
Ana Ruiz,ana@cocina.org,Cocina Abierta,Director,2019-03-01,"Valencia, Spain","Spanish, English",\
We need cold storage two nights a week,Cooking classes for teenagers,SDG 2; SDG 12
Ben Cole,BEN@COLD.example,Cold Ltd,Driver,,"Leeds, UK",English,,A refrigerated van on Mondays,
"""


def test_an_evening_list_lands_whole(cast: Cast) -> None:
    batch = bring_in(cast.chapter, EVENING)
    assert verdicts(batch) == (2, 0, 0)
    ana, ben = Person.objects.get(name="Ana Ruiz"), Person.objects.get(name="Ben Cole")
    assert (ana.email, ana.standing, ana.chapter) == ("ana@cocina.org", "known", cast.chapter)
    assert ana.place is not None
    assert (ana.place.name, ana.place.country) == ("Valencia", "ES")
    assert ana.languages == ["es", "en"]
    assert ben.email == "ben@cold.example"
    role = Affiliation.objects.get(person=ana)
    assert (role.organisation.name, role.role) == ("Cocina Abierta", "Director")
    assert role.since == date(2019, 3, 1)
    assert Organisation.objects.get(name="Cold Ltd").sector == "private"
    assert [need.text for need in Need.objects.filter(owner=ana)] == [
        "We need cold storage two nights a week"
    ]
    assert Offer.objects.get(owner=ben).text == "A refrigerated van on Mondays"
    assert sorted(Care.objects.values_list("cause__number", flat=True)) == [2, 12]


def test_a_stage_lands_with_the_venture_or_with_who_stands_alone(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        """\
Name,Email,Organisation,Stage
Ana Ruiz,ana@cocina.org,Cocina Abierta,Scaling up
Ben Cole,ben@cold.example,,Prototype
Cleo Dray,cleo@cold.example,,B2
""",
    )
    assert Organisation.objects.get(name="Cocina Abierta").stage == "growing"
    stages = dict(Person.objects.exclude(email=None).values_list("name", "stage"))
    assert (stages["Ana Ruiz"], stages["Ben Cole"], stages["Cleo Dray"]) == ("", "trying", "")


def test_the_same_list_again_changes_no_row(cast: Cast) -> None:
    bring_in(cast.chapter, EVENING)
    before = hash_of_everything()
    batch = bring_in(cast.chapter, EVENING)
    assert verdicts(batch) == (2, 0, 0)
    assert hash_of_everything() == before


def test_a_trial_counts_what_an_import_then_does_and_writes_nobody(cast: Cast) -> None:
    assert cast.chapter
    before = hash_of_everything()
    trial = try_out(cast.chapter, EVENING)
    assert hash_of_everything() == before
    assert trial.state == "checked"
    wanted = {"new_people": 2, "new_organisations": 2, "needs": 1, "offers": 2, "rows": 2}
    assert {key: trial.counts[key] for key in wanted} == wanted
    done = bring_in(cast.chapter, EVENING)
    assert {key: done.counts[key] for key in wanted} == wanted


def test_a_town_without_a_country_is_looked_for_at_home_first(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,City\nAna Ruiz,Guarda\nBen Cole,Nairobi\n")
    places = Person.objects.order_by("name").values_list("place__name", "place__country")
    assert list(places) == [("Guarda", "PT"), ("Nairobi", "KE")]


def test_blanks_are_filled_and_a_newer_list_corrects_who_has_not_joined(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email,City\nAna Ruiz,ana@x.org,\n")
    bring_in(cast.chapter, "Name,Email,City\nAna Ruiz,ana@x.org,Porto\n")
    bring_in(cast.chapter, "Name,Email,City\nAna María Ruiz,ANA@X.ORG,Lisbon\n")
    ana = Person.objects.get()
    assert (ana.name, ana.place and ana.place.name) == ("Ana María Ruiz", "Lisbon")


def test_what_someone_who_joined_says_of_themselves_stands(cast: Cast) -> None:
    rosa = cast.seeker
    rosa.headline = ""
    rosa.save()
    batch = bring_in(
        cast.chapter,
        "Name,Email,Headline,City,Need\n"
        "Rosa S.,rosa.seeker@example.org,Feeds the harbour,Lisbon,A lorry\n",
        actor=cast.host,
    )
    rosa.refresh_from_db()
    assert (rosa.name, rosa.place) == ("Rosa Seeker", cast.porto)
    assert rosa.headline == "Feeds the harbour"
    assert not Need.objects.filter(owner=rosa).exists()
    assert said_of(batch)[2][0] == "repaired"


def test_someone_of_another_chapter_is_found_but_left_as_they_are(cast: Cast) -> None:
    noor = cast.stranger
    before = Person.objects.filter(id=noor.id).values().get()
    batch = bring_in(
        cast.chapter,
        "Name,Email,Headline\nNoor Stranger,noor.stranger@example.org,Weaver\n",
        actor=cast.host,
    )
    assert Person.objects.filter(id=noor.id).values().get() == before
    assert verdicts(batch) == (0, 1, 0)
    assert Person.objects.filter(name="Noor Stranger").count() == 1


def test_two_people_who_share_a_mailbox_stay_two(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        "Name,Email,Organisation\nAna Ruiz,info@x.org,X\nBob Cole,INFO@x.org,X\n",
    )
    assert list(Person.objects.order_by("name").values_list("name", "email")) == [
        ("Ana Ruiz", "info@x.org"),
        ("Bob Cole", None),
    ]
    assert said_of(batch) == {
        3: (
            "repaired",
            ["The address info@x.org stands for someone else; Bob Cole was taken without it."],
        )
    }
    before = hash_of_everything()
    bring_in(
        cast.chapter,
        "Name,Email,Organisation\nAna Ruiz,info@x.org,X\nBob Cole,INFO@x.org,X\n",
    )
    assert hash_of_everything() == before


def test_addresses_that_differ_in_case_are_one_person(cast: Cast) -> None:
    batch = bring_in(cast.chapter, "Name,Email\nAna Ruiz,Ana@X.org\nAna Ruiz,ana@x.ORG\n")
    assert Person.objects.get().email == "ana@x.org"
    assert said_of(batch)[3] == ("repaired", ["“Ana Ruiz” is in the list more than once."])


def test_names_alone_are_one_person_each_and_found_again(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,City\nAna Ruiz,Porto\nBen Cole,Porto\n")
    bring_in(cast.chapter, "Name,Email\nAna Ruiz,ana@x.org\n")
    assert Person.objects.count() == 2
    assert Person.objects.get(name="Ana Ruiz").email == "ana@x.org"


def test_namesakes_with_different_addresses_stay_two(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email\nAna Ruiz,ana@x.org\nAna Ruiz,ana@y.org\n")
    assert Person.objects.filter(name="Ana Ruiz").count() == 2


def test_an_organisation_is_found_by_its_register_and_keeps_its_former_name(cast: Cast) -> None:
    bring_in(cast.chapter, "Organisation,Charity number\nOld Name,1136419\n")
    bring_in(cast.chapter, "Organisation,Charity number\nNew Name,1136419\n")
    one = Organisation.objects.get()
    assert (one.name, one.former_names) == ("New Name", ["Old Name"])


def test_one_name_with_two_register_numbers_is_two_organisations(cast: Cast) -> None:
    bring_in(cast.chapter, "Organisation,Charity number\nSplash,1136419\nSplash,1136420\n")
    assert Organisation.objects.filter(name="Splash").count() == 2


def test_a_renamed_organisation_is_known_by_its_former_name(cast: Cast) -> None:
    bring_in(cast.chapter, "Organisation,Sector\nCode for Porto,nonprofit\n")
    bring_in(
        cast.chapter, "Organisation,Sector,Former names\nOpen Porto,nonprofit,Code for Porto\n"
    )
    one = Organisation.objects.get()
    assert (one.name, one.former_names) == ("Open Porto", ["Code for Porto"])


def test_numbers_of_a_list_stand_for_someone_within_it_only(cast: Cast) -> None:
    bring_in(cast.chapter, "id,Name,Headline\n1,Ana Ruiz,Baker\n2,Ben Cole,Driver\n")
    batch = bring_in(cast.chapter, "id,Name,Headline\n1,Zoe Xu,Weaver\n2,Ben Cole,Driver\n")
    assert sorted(Person.objects.values_list("name", flat=True)) == [
        "Ana Ruiz",
        "Ben Cole",
        "Zoe Xu",
    ]
    assert said_of(batch) == {2: ("repaired", ["The number 1 stood for someone else before."])}


def test_an_organisation_gets_sector_size_group_and_reach(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        "Organisation,Sector,Employees,Parent organisation,Works in,Website\n"
        'Cold North,company,30,Cold Holding,"Porto; Lisbon",www.cold.example\n',
    )
    one = Organisation.objects.get(name="Cold North")
    assert (one.sector, one.size, one.website) == ("private", "small", "https://www.cold.example")
    assert one.group is not None
    assert one.group.name == "Cold Holding"
    places = Reach.objects.filter(organisation=one).values_list("place__name", flat=True)
    assert sorted(places) == ["Lisbon", "Porto"]


def test_groups_never_run_in_a_circle(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        "Organisation,Parent organisation,Sector\nA House,B House,company\n"
        "B House,C House,company\nC House,A House,company\n",
    )
    seen, one = set(), Organisation.objects.get(name="A House")
    while one.group is not None:
        assert one.id not in seen
        seen.add(one.id)
        one = one.group


def test_a_list_of_words_is_one_offer_with_its_skills(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email,Offers\nAna,ana@x.org,python; pottery glazing; cooking\n")
    offer = Offer.objects.get()
    assert offer.text == "python, pottery glazing, cooking"
    lines = OfferSkill.objects.filter(offer=offer)
    assert lines.count() == 3
    assert not lines.filter(guessed=True).exists()


def test_rows_go_into_the_chapter_that_they_name_if_it_is_hosted(cast: Cast) -> None:
    assert cast.other_chapter
    batch = bring_in(
        cast.chapter,
        "Name,Email,Chapter\nAna,ana@x.org,harbour chapter\nBen,ben@x.org,Hill chapter\n",
        actor=cast.host,
    )
    assert set(Person.objects.filter(email__endswith="@x.org").values_list("chapter__name")) == {
        ("Harbour chapter",)
    }
    assert said_of(batch)[3] == (
        "repaired",
        ["You do not look after a chapter “Hill chapter”; the row went into Harbour chapter."],
    )


def test_members_are_known_only_to_hosts_until_they_join(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email\nAna,ana@x.org\n")
    assert Person.objects.get(name="Ana").standing == Standing.KNOWN


def test_columns_that_are_left_out_are_said_once_for_the_sheet(cast: Cast) -> None:
    given = [actions.Given(b"Name,Email,Lucky charm\nAna,ana@x.org,clover\n", "list.csv")]
    batch = actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    sheet = queries.sheets_of(batch)[0]
    assert sheet.left_out == ["Lucky charm"]
    assert sheet.notes == ["These columns are not taken over: Lucky charm."]


def test_a_correction_is_remembered_for_the_next_list_with_this_header(cast: Cast) -> None:
    text = b"Name,Email,Stuff\nAna,ana@x.org,A van\n"
    given = [actions.Given(text, "list.csv")]
    batch = actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    batch = actions.set_mapping(actor=cast.host, batch=batch, columns={2: "offer"})
    actions.start(actor=cast.host, batch=batch)
    assert Offer.objects.get().text == "A van"
    again = actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    column = queries.sheets_of(again)[0].columns[2]
    assert (column.field, column.why) == ("offer", "As you set it the last time.")
    elsewhere = actions.read_files(
        actor=cast.host, chapter=cast.chapter, files=[actions.Given(b"Name,Stuff\nA,B\n", "x")]
    )
    assert queries.sheets_of(elsewhere)[0].columns[1].field != "offer"


def test_pasted_cells_land_at_once(cast: Cast) -> None:
    text = "Name\tNeed\nAna Ruiz\tA van\nBen Cole\tA kitchen\n"
    batch = actions.read_paste(actor=cast.host, chapter=cast.chapter, text=text)
    done = actions.start(actor=cast.host, batch=batch)
    assert (done.state, verdicts(done)) == ("done", (2, 0, 0))
    assert Need.objects.count() == 2


def test_refused_rows_can_be_mended_and_imported_again(cast: Cast) -> None:
    text = "Name,Email,City\nAna,ana@x.org,Porto\n,,=Lisbon\n"
    batch = bring_in(cast.chapter, text, actor=cast.host)
    assert verdicts(batch) == (1, 0, 1)
    csv = "".join(queries.refused_csv(cast.host, batch))
    assert csv == (
        "Name,Email,City,Why not\r\n"
        ",,'=Lisbon,There is neither a name nor an e-mail address in this row.\r\n"
    )
    mended = csv.replace(",,'=Lisbon", "Ben,ben@x.org,Lisbon")
    assert verdicts(bring_in(cast.chapter, mended, actor=cast.host)) == (1, 0, 0)


def test_only_hosts_of_the_chapter_import_and_see_imports(cast: Cast) -> None:
    batch = bring_in(cast.chapter, EVENING, actor=cast.host)
    assert queries.batches(cast.host) == [batch]
    assert queries.batches(cast.deputy) == [batch]
    assert queries.batches(cast.seeker) == []
    with pytest.raises(NotAllowed):
        bring_in(cast.other_chapter, EVENING, actor=cast.host)
    from footbridge.core.errors import NotHere

    for ask in (queries.get_batch, queries.progress):
        with pytest.raises(NotHere):
            ask(cast.seeker, batch.id)
    with pytest.raises(NotHere):
        queries.results(cast.stranger, batch)


def test_a_list_is_imported_once_and_discarded_only_before(cast: Cast) -> None:
    batch = bring_in(cast.chapter, EVENING, actor=cast.host)
    with pytest.raises(Conflict):
        actions.start(actor=cast.host, batch=batch)
    with pytest.raises(Conflict):
        actions.discard(actor=cast.host, batch=batch)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_queries_do_not_grow_with_rows(
    cast: Cast, count: int, django_assert_max_num_queries: object
) -> None:
    assert cast.chapter
    rows = "".join(
        f"Person {n},p{n}@x.org,Organisation {n},Role,Porto,Need {n},Offer {n}\n"
        for n in range(count)
    )
    text = "Name,Email,Organisation,Role,City,Need,Offer\n" + rows
    with django_assert_max_num_queries(85):  # type: ignore[operator]
        bring_in(cast.chapter, text)
    assert Member.objects.count() == 2 * count
    assert RowResult.objects.count() == 0
