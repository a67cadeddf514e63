"""The rule for one thing at hand and the rule for lists say the same of every pair in a mixed
corpus; the lists' rule is written out here a second time, in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.people import policy
from footbridge.people.models import Affiliation, Host, Member, Organisation, Person
from footbridge.people.policy import Viewer
from footbridge.people.states import Hosting, Sector, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(cast: Cast) -> list[Member]:
    """People of every standing in two chapters and in none, and organisations with present, past,
    future, confirmed and unconfirmed people."""
    hosts = [cast.host, cast.deputy]
    other_host = cast.person("Other host", chapter=cast.other_chapter)
    Host.objects.create(person=other_host, chapter=cast.other_chapter, role=Hosting.HOST)
    firms = [
        cast.organisation(name, Sector.PRIVATE)
        for name in ("Open", "Vouched", "Left", "Coming", "Of listed", "Empty")
    ]
    homeless = cast.organisation("Homeless", Sector.PUBLIC)
    Organisation.objects.filter(id=homeless.id).update(chapter=None)
    people = [
        cast.person(f"{standing} {chapter.name}", standing=standing, chapter=chapter)
        for standing in Standing
        for chapter in (cast.chapter, cast.other_chapter)
    ]
    nowhere = cast.person("Nowhere", standing=Standing.KNOWN)
    Person.objects.filter(id=nowhere.id).update(chapter=None)
    joined = [person for person in people if person.has_joined]
    listed = next(person for person in people if not person.has_joined)
    day = timedelta(days=1)
    _at(joined[0], firms[0])
    _at(joined[0], firms[1])
    _at(joined[1], firms[1], confirmed_at=clock.now())
    _at(joined[0], firms[2], until=clock.today() - day)
    _at(joined[0], firms[3], since=clock.today() + day)
    _at(joined[1], firms[3], since=clock.today(), until=clock.today())
    _at(listed, firms[4])
    everyone = [*people, *firms, *hosts, homeless, nowhere, other_host]
    return list(Member.objects.filter(id__in=[one.id for one in everyone]))


def _at(person: Person, firm: Organisation, **fields: object) -> None:
    Affiliation.objects.create(person=person, organisation=firm, **fields)


def viewers_of(corpus: list[Member]) -> list[Viewer]:
    ids = [one.id for one in corpus if one.is_person]
    return [OPERATOR, *Person.objects.filter(id__in=ids)]


def test_a_list_and_a_single_look_show_the_same_members(corpus: list[Member]) -> None:
    seen = 0
    for viewer in viewers_of(corpus):
        shown = set(policy.visible_to(viewer).values_list("id", flat=True))
        for member in corpus:
            assert policy.may_see(viewer, member) == (member.id in shown)
            assert _plainly_visible(viewer, member) == (member.id in shown)
            seen += member.id in shown
    assert 0 < seen < len(corpus) * len(viewers_of(corpus))


def _plainly_visible(viewer: Viewer, member: Member) -> bool:
    if not isinstance(viewer, Person) or viewer.id == member.id:
        return True
    if viewer.standing == "applied":
        return False
    if member.kind == "organisation" or member.standing == "joined":
        return True
    hosted = set(viewer.hosting.values_list("chapter_id", flat=True))
    return member.chapter_id in hosted


def test_who_acts_for_an_organisation_today(corpus: list[Member]) -> None:
    acting = {
        (person.name, firm.name)
        for person in viewers_of(corpus)
        if isinstance(person, Person)
        for firm in policy.acted_for_by(person)
    }
    assert acting == {
        ("joined Harbour chapter", "Open"),
        ("joined Hill chapter", "Vouched"),
        ("joined Hill chapter", "Coming"),
        ("known Harbour chapter", "Of listed"),
    }


def test_who_edits_what_over_the_corpus(corpus: list[Member]) -> None:
    editors = {
        member.name: {
            viewer.name
            for viewer in viewers_of(corpus)
            if isinstance(viewer, Person) and policy.may_edit(viewer, member)
        }
        for member in corpus
        if not member.is_person
    }
    hosts = {"Hana Host", "Sven Deputy"}
    assert editors == {
        "Open": {"joined Harbour chapter"},
        "Vouched": {"joined Hill chapter"},
        "Left": hosts,
        "Coming": {"joined Hill chapter"},
        "Of listed": hosts,
        "Empty": hosts,
        "Homeless": set(),
    }


def test_confirming_and_erasing_over_the_corpus(corpus: list[Member]) -> None:
    people = [viewer for viewer in viewers_of(corpus) if isinstance(viewer, Person)]
    for claim in Affiliation.objects.select_related("person", "organisation"):
        assert not policy.may_confirm(claim.person, claim)
        confirming = {one.name for one in people if policy.may_confirm(one, claim)}
        hosts = (
            {"Hana Host", "Sven Deputy"}
            if claim.person.chapter and claim.person.chapter.name == "Harbour chapter"
            else {"Other host"}
        )
        assert confirming >= hosts
        assert policy.may_confirm(OPERATOR, claim)
    for person in people:
        erasing = {one.name for one in people if policy.may_erase(one, person)}
        assert person.name in erasing
        assert (len(erasing) > 1) == (not person.has_joined and person.chapter_id is not None)
