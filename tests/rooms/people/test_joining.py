"""People come in by a link, by a host's yes, or by signing in with an address that is listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from footbridge.core import clock, links
from footbridge.core.errors import Conflict, DomainError, LinkNotValid, NotAllowed, NotHere
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.people import actions, policy, queries
from footbridge.people.models import Account, Affiliation, Invitation, Member, Person
from footbridge.people.states import Door, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def token_of(invitation: Invitation) -> str:
    return queries.path_of(invitation).removeprefix("/join/")


def verbs_about(subject: Member) -> list[str]:
    return sorted(Entry.objects.filter(subject=subject.id).values_list("verb", flat=True))


@pytest.fixture
def trusted(cast: Cast) -> Invitation:
    return actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.TRUSTED, most_uses=2, note="at the fair"
    )


@pytest.fixture
def vetted(cast: Cast) -> Invitation:
    return actions.invite(actor=cast.host, chapter=cast.chapter, door=Door.VETTED, most_uses=5)


# Personal links.


def test_a_personal_invitation_goes_out_with_a_link_to_copy(cast: Cast) -> None:
    invitation = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
    )
    message = Message.objects.get(kind="invitation")
    assert (message.to_person, message.to_address) == (cast.listed.id, "ivo.listed@example.org")
    assert message.subject == "An invitation to Harbour chapter"
    assert "Hana Host invites you" in message.text
    url = message.links[0]["url"]
    assert url.startswith("http://127.0.0.1:8000/join/")
    assert links.read(url.rsplit("/", 1)[1], "join").thing == invitation.id
    assert Person.objects.get(id=cast.listed.id).standing == Standing.INVITED
    assert verbs_about(cast.listed) == ["people.invited"]


def test_names_are_not_escaped_in_plain_text_but_are_in_html(cast: Cast) -> None:
    cast.listed.name = "Ivo <b>O'Neil</b>"
    cast.listed.save()
    actions.invite(actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed)
    message = Message.objects.get(kind="invitation")
    assert "Hello Ivo <b>O'Neil</b>," in message.text
    assert "<b>O" not in message.html


def test_an_invitation_is_written_in_the_readers_language(cast: Cast) -> None:
    person = cast.person("Luz", standing=Standing.KNOWN, languages=["qu", "es-pe"])
    actions.invite(actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=person)
    assert Message.objects.get(kind="invitation").language == "es"


def test_a_personal_link_claims_the_record_once(cast: Cast, worker: Callable[[], int]) -> None:
    invitation = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
    )
    token = token_of(invitation)
    welcome = actions.join(token=token)
    person = Person.objects.get(id=cast.listed.id)
    assert person.standing == Standing.JOINED
    assert person.joined_at == clock.now()
    assert person.account is not None
    assert welcome == actions.Welcome(cast.chapter, Door.PERSONAL, person.account)
    assert not person.account.has_usable_password()
    assert queries.get(cast.seeker, person.id).name == "Ivo Listed"
    worker()
    assert Message.objects.filter(kind="joined", to_person=person.id).count() == 1

    before = list(Entry.objects.values_list("id", flat=True))
    with pytest.raises(LinkNotValid):
        actions.join(token=token)
    assert list(Entry.objects.values_list("id", flat=True)) == before


def test_looking_through_a_link_changes_nothing(cast: Cast, trusted: Invitation) -> None:
    personal = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
    )
    before = (Entry.objects.count(), list(Invitation.objects.order_by("id").values()))
    for _robot in range(3):
        shown = queries.doorway(token_of(personal))
        assert (shown.name, shown.asks_for_email) == ("Ivo Listed", False)
        assert queries.doorway(token_of(trusted)).asks_for_email
    assert (Entry.objects.count(), list(Invitation.objects.order_by("id").values())) == before


def test_a_typed_address_is_not_signed_in_at_once(cast: Cast) -> None:
    person = cast.person("Nameless", standing=Standing.KNOWN, email=None)
    invitation = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=person
    )
    welcome = actions.join(token=token_of(invitation), email="Typed@Example.org")
    assert welcome.account is None
    row = Person.objects.get(id=person.id)
    assert (row.email, row.standing) == ("typed@example.org", Standing.JOINED)
    assert row.account is not None


def test_a_typed_address_of_someone_else_is_left_to_them(cast: Cast) -> None:
    person = cast.person("Nameless", standing=Standing.KNOWN, email=None)
    invitation = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=person
    )
    welcome = actions.join(token=token_of(invitation), email=cast.seeker.email or "")
    assert welcome == actions.Welcome(cast.chapter, Door.PERSONAL, None)
    row = Person.objects.get(id=person.id)
    assert (row.email, row.account, row.standing) == (None, None, Standing.JOINED)
    assert Message.objects.get(kind="joined").to_person == cast.seeker.id


def test_a_new_personal_link_takes_the_place_of_the_old_one(cast: Cast) -> None:
    old, new = (
        actions.invite(
            actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
        )
        for _ in range(2)
    )
    with pytest.raises(LinkNotValid):
        actions.join(token=token_of(Invitation.objects.get(id=old.id)))
    assert actions.join(token=token_of(new)).account is not None


def test_a_whole_list_is_invited_once(cast: Cast) -> None:
    people = [cast.listed, cast.person("Two", standing=Standing.KNOWN), cast.seeker]
    first = actions.invite_listed(actor=cast.host, people=people)
    again = actions.invite_listed(actor=cast.host, people=people)
    assert {row.person for row in first} == set(people[:2])
    assert {row.id for row in first} == {row.id for row in again}
    assert Message.objects.filter(kind="invitation").count() == 2


def test_only_hosts_of_the_chapter_invite(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.invite(actor=cast.seeker, chapter=cast.chapter, door=Door.TRUSTED)
    with pytest.raises(NotAllowed):
        actions.invite_listed(actor=cast.seeker, people=[cast.listed])
    elsewhere = cast.person("Far", standing=Standing.KNOWN, chapter=cast.other_chapter)
    with pytest.raises(NotAllowed):
        actions.invite_listed(actor=cast.host, people=[elsewhere])
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "terms", [{"lasts": timedelta(0)}, {"lasts": timedelta(days=999)}, {"most_uses": 0}]
)
def test_terms_of_a_link_have_limits(cast: Cast, terms: dict) -> None:
    with pytest.raises(DomainError):
        actions.invite(actor=cast.host, chapter=cast.chapter, door=Door.TRUSTED, **terms)


# Links for whoever opens them.


def test_a_trusted_link_brings_a_new_person_in(
    cast: Cast, trusted: Invitation, worker: Callable[[], int]
) -> None:
    welcome = actions.join(
        token=token_of(trusted), name="Nia New", email="Nia@Example.org", language="fr"
    )
    person = Person.objects.get(email="nia@example.org")
    assert (person.standing, person.chapter, person.languages) == (
        Standing.JOINED,
        cast.chapter,
        ["fr"],
    )
    assert welcome == actions.Welcome(cast.chapter, Door.TRUSTED, None)
    worker()
    assert Message.objects.get(kind="joined", to_person=person.id).language == "fr"


def test_a_known_address_is_answered_like_a_new_one_and_changes_nothing(
    cast: Cast, trusted: Invitation
) -> None:
    cast.listed, cast.seeker  # noqa: B018 - both are in the network before the link is used
    before = list(Member.objects.exclude(id=cast.listed.id).order_by("id").values())
    for address in ("IVO.listed@example.org", "rosa.seeker@example.org"):
        for _twice in range(2):
            welcome = actions.join(token=token_of(trusted), name="Someone", email=address)
            assert welcome == actions.Welcome(cast.chapter, Door.TRUSTED, None)
    assert list(Member.objects.exclude(id=cast.listed.id).order_by("id").values()) == before
    assert Invitation.objects.get(id=trusted.id).used == 0
    assert not queries.listed_people(cast.seeker).filter(id=cast.listed.id).exists()
    told = sorted(Message.objects.values_list("kind", "to_person"))
    assert told == [("invitation", cast.listed.id), ("joined", cast.seeker.id)]


def test_who_is_signed_in_claims_their_own_record_by_any_link(
    cast: Cast, trusted: Invitation
) -> None:
    account = Account.objects.create_user(cast.listed.email or "")
    welcome = actions.join(token=token_of(trusted), name="Other", account=account)
    row = Person.objects.get(id=cast.listed.id)
    assert (welcome.account, row.account, row.standing) == (account, account, Standing.JOINED)
    assert row.name == "Ivo Listed"
    assert Invitation.objects.get(id=trusted.id).used == 0


def test_who_is_signed_in_without_a_record_joins_with_the_proven_address(
    cast: Cast, trusted: Invitation
) -> None:
    account = Account.objects.create_user("new@example.org")
    actions.join(token=token_of(trusted), name="Newcomer", email="x@y.org", account=account)
    assert queries.for_account(account) == Person.objects.get(email="new@example.org")


@pytest.mark.parametrize("spoil", ["use up", "revoke", "wait", "alter"])
def test_a_link_that_is_no_longer_good_lets_nobody_in(
    cast: Cast, trusted: Invitation, spoil: str
) -> None:
    token, later = token_of(trusted), clock.now()
    if spoil == "use up":
        for number in range(2):
            actions.join(token=token, name="N", email=f"n{number}@example.org")
    elif spoil == "revoke":
        actions.revoke(actor=cast.deputy, invitation=trusted)
    elif spoil == "wait":
        later += timedelta(days=31)
    else:
        token = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    people = Person.objects.count()
    with clock.held_at(later):
        with pytest.raises(LinkNotValid):
            queries.doorway(token)
        with pytest.raises(LinkNotValid):
            actions.join(token=token, name="Late", email="late@example.org")
    assert Person.objects.count() == people


def test_a_vetted_link_asks_every_host_and_the_host_lets_in(
    cast: Cast, vetted: Invitation, worker: Callable[[], int]
) -> None:
    cast.deputy  # noqa: B018 - deputies are asked as well
    actions.join(token=token_of(vetted), name="Asha Asks", email="asha@example.org")
    person = Person.objects.get(email="asha@example.org")
    assert (person.standing, person.account) == (Standing.APPLIED, None)
    with pytest.raises(NotHere):
        queries.get(cast.seeker, person.id)
    worker()
    asked = Message.objects.filter(kind="vetted_request")
    assert {message.to_person for message in asked} == {cast.host.id, cast.deputy.id}
    token = asked.get(to_person=cast.host.id).links[0]["url"].rsplit("/", 1)[1]
    assert queries.applicant_for(token) == (cast.host, person)
    assert [row.email for row in queries.applicants(cast.host, cast.chapter)] == [
        "asha@example.org"
    ]

    for _twice in range(2):
        actions.admit(actor=cast.host, person=person)
    assert verbs_about(person) == ["people.applied", "people.joined"]
    worker()
    assert Message.objects.filter(kind="joined", to_person=person.id).count() == 1
    assert queries.get(cast.seeker, person.id) == person
    with pytest.raises(Conflict):
        actions.turn_away(actor=cast.host, person=person)


def test_who_is_turned_away_is_gone_and_told_nothing(
    cast: Cast, vetted: Invitation, worker: Callable[[], int]
) -> None:
    actions.join(token=token_of(vetted), name="Asha Asks", email="asha@example.org")
    person = Person.objects.get(email="asha@example.org")
    worker()
    with pytest.raises(NotAllowed):
        actions.turn_away(actor=cast.seeker, person=person)
    actions.turn_away(actor=cast.host, person=person)
    worker()
    assert not Person.objects.filter(email="asha@example.org").exists()
    assert not Message.objects.filter(to_person=person.id).exists()
    with pytest.raises(NotHere):
        actions.admit(actor=cast.host, person=person)


# Signing in.


def test_signing_in_claims_what_a_host_listed(cast: Cast) -> None:
    account = Account.objects.create_user(cast.listed.email or "")
    person = actions.ensure_person_for(account)
    assert person == cast.listed
    assert Person.objects.get(id=cast.listed.id).standing == Standing.JOINED
    assert actions.ensure_person_for(account) == person


def test_signing_in_does_not_let_an_applicant_in(cast: Cast) -> None:
    applicant = cast.person("Asha", standing=Standing.APPLIED)
    account = Account.objects.create_user(applicant.email or "")
    assert actions.ensure_person_for(account) == applicant
    assert Person.objects.get(id=applicant.id).standing == Standing.APPLIED
    cast.target  # noqa: B018 - a member with an organisation
    assert list(policy.visible_to(applicant)) == [applicant]
    with pytest.raises(NotAllowed):
        actions.add_organisation(actor=applicant, chapter=cast.chapter, name="Mine")


def test_an_address_that_nobody_listed_has_no_person(cast: Cast) -> None:
    assert actions.ensure_person_for(Account.objects.create_user("who@example.org")) is None


def test_an_account_is_made_once(cast: Cast) -> None:
    account = actions.account_for(cast.seeker)
    assert actions.account_for(Person.objects.get(id=cast.seeker.id)) == account
    assert Account.objects.count() == 1


# Affiliations.


def test_the_same_affiliation_twice_is_one(cast: Cast) -> None:
    for _twice in range(2):
        actions.add_affiliation(
            actor=cast.stranger, person=cast.stranger, organisation=cast.city, role=" Clerk "
        )
    assert Affiliation.objects.get(person=cast.stranger).role == "Clerk"


def test_who_may_confirm_a_claim(cast: Cast) -> None:
    claim = cast.colleague.affiliations.get()
    for actor in (cast.colleague, cast.seeker, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.confirm_affiliation(actor=actor, affiliation=claim)
    assert [c.id for c in queries.unconfirmed_claims(cast.target)] == [claim.id]
    actions.confirm_affiliation(actor=cast.target, affiliation=claim)
    assert queries.unconfirmed_claims(cast.target) == []
    assert queries.affiliations_of(cast.stranger, cast.colleague)[0].is_confirmed


def test_what_ended_is_kept_and_no_longer_shown_as_present(cast: Cast) -> None:
    claim = cast.target.affiliations.get()
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(NotAllowed):
        actions.end_affiliation(actor=cast.host, affiliation=claim)
    actions.end_affiliation(actor=cast.target, affiliation=claim, until=yesterday)
    assert [row.is_current for row in queries.affiliations_of(cast.seeker, cast.target)] == [False]
    assert queries.acted_for_by(cast.target) == []
    with pytest.raises(DomainError):
        actions.add_affiliation(
            actor=cast.target,
            person=cast.target,
            organisation=cast.city,
            since=clock.today(),
            until=yesterday,
        )
