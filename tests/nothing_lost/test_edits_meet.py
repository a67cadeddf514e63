"""Two who edit the same thing: nothing is overwritten that its writer had not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.forms import BaseForm
from django.test import Client

import footbridge
from footbridge.core.errors import Overtaken
from footbridge.core.versions import NOT_THERE, of_choice
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause, Need
from footbridge.introductions import actions as introductions
from footbridge.introductions.models import Introduction, Report
from footbridge.network import actions as network
from footbridge.network.models import Preference, Tie
from footbridge.people import actions as people
from footbridge.people.models import Affiliation, Chapter, Member, Person
from footbridge.web.forms import VersionedForm
from tests.cast import Cast
from tests.nothing_lost.browser import at_once, form_with, opened, signed_in
from tests.nothing_lost.test_calls_count_once import call, token_of
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

SOURCE = Path(footbridge.__file__).parent
VERSIONED = {
    "people.Member",
    "people.Chapter",
    "people.Affiliation",
    "calls.Answer",
    "calls.Call",
    "exchange.Need",
    "exchange.Offer",
    "expertise.Episode",
    "expertise.Claim",
    "expertise.LivedLine",
    "funding.Funder",
    "funding.Line",
    "network.Tie",
    "network.Preference",
    "introductions.Introduction",
    "introductions.Report",
}


def test_everything_that_people_edit_counts_its_versions() -> None:
    counted = {
        model._meta.label
        for model in apps.get_models()
        if not model._meta.proxy and any(f.name == "version" for f in model._meta.fields)
    }
    assert counted >= VERSIONED


# Forms that add something, ask, answer or look; nothing that stands there is typed over.
ADDING = {
    "account.AddressForm",
    "account.CodeForm",
    "account.ContactsForm",
    "account.EraseForm",
    "account.JoinForm",
    "account.PauseForm",
    "account.SignInForm",
    "account.TokenForm",
    "account.WorkForm",
    # What begins; a party's own hours and a rate of a day, each said anew with who said it.
    "agreements.BeginForm",
    "agreements.CapacityForm",
    "agreements.RateForm",
    # What begins, asks, answers or confirms; hours are written by the one who gave them.
    "partner.AddPartyForm",
    "partner.AskForm",
    "partner.CloseForm",
    "partner.CostForm",
    "partner.DeepenForm",
    "partner.LinkForm",
    "partner.MessageForm",
    "partner.NameForm",
    "partner.NewForm",
    "partner.SizeForm",
    "assignments.AskForm",
    "assignments.CallOffForm",
    "assignments.ConfirmForm",
    "assignments.DeclineForm",
    "assignments.HoursForm",
    "assignments.KindForm",
    "assignments.NewForm",
    "assignments.SkillForm",
    # One's own answer and one's own part: nobody else writes them.
    "circles.AnswerForm",
    "circles.CallForm",
    "circles.RoleForm",
    "circles.StepForm",
    # An answer from outside is confirmed by a link before it counts; files are added one by one.
    "calls.AboutForm",
    "calls.FileForm",
    "calls.OutsideForm",
    "find.CallsForm",
    "find.CloseForm",
    "find.FindForm",
    "find.FundersForm",
    "find.FundingForm",
    "find.NewCallForm",
    "find.WordsForm",
    "home.NeedForm",
    "home.OfferForm",
    "meet.InsightForm",
    "meet.NeedSaidForm",
    "meet.OfferSaidForm",
    "meet.PromiseForm",
    "meet.WalkInForm",
    "host.BringForm",
    "host.BringFundingForm",
    # A row of a sheet that has a version itself, a day, a reason, a name: each said once.
    "host.CancelForm",
    "host.DayForm",
    "host.GuestsForm",
    "host.SheetForm",
    "host.StepForm",
    "host.WalkInForm",
    "host.DeputyForm",
    "host.LinkForm",
    "host.ListForm",
    "host.PairForm",
    "host.PersonForm",
    "introduce.ThanksForm",
    "radar.AwayForm",
    "radar.CardForm",
    "radar.KnowForm",
    "radar.MailboxForm",
    "radar.StandingYesForm",
    # Ticked, told or answered by one person alone; what a second form would change has a version.
    "transition.AskForm",
    "pitches.AskForm",
    "pitches.GiveForm",
    "pitches.NewPitchForm",
    "pitches.ReadingForm",
    "skills.ConfirmationForm",
    "skills.EpisodeForm",
    "skills.ExpertiseForm",
    "skills.ListingForm",
    "skills.TickForm",
    "skills.WitnessForm",
    "time.AskForm",
    "time.CancelForm",
    "time.ConfirmForm",
    "time.ProposeForm",
}
# How the columns of a list are read: nothing is in the network yet, and the page shows each change.
TRIED = {"host.SheetForm"}


def test_every_form_carries_a_version_or_is_known_to_add_only() -> None:
    bare = set()
    for path in (SOURCE / "web").rglob("*/*forms.py"):
        door = path.relative_to(SOURCE / "web").with_suffix("")
        module = import_module(".".join(("footbridge.web", *door.parts)))
        for name, kind in vars(module).items():
            is_form = isinstance(kind, type) and issubclass(kind, BaseForm)
            is_ours = is_form and kind.__module__ == module.__name__ and name[0] != "_"
            if is_ours and not issubclass(kind, VersionedForm):
                bare.add(f"{door.parts[0]}.{name}")
    assert bare - ADDING - TRIED == set()


def test_every_change_of_a_program_may_name_the_version_it_read() -> None:
    said = Client().get("/api/v1/openapi.json").json()
    schemas = said["components"]["schemas"]
    changing = {
        f"{method} {path}": operation
        for path, methods in said["paths"].items()
        for method, operation in methods.items()
        if method == "patch"
    }
    assert len(changing) == 9
    for name, operation in changing.items():
        body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        assert "version" in schemas[body.rsplit("/", 1)[-1]]["properties"], name
        assert "409" in operation["responses"], name


@dataclass
class Edit:
    """One thing that is edited: how, which version it has, and what stands there."""

    save: Callable[[str, Any], Any]
    version: Callable[[], Any]
    text: Callable[[], str]


def _profile(cast: Cast) -> Edit:
    rosa = cast.seeker
    return Edit(
        lambda words, version: people.edit(rosa, rosa, headline=words, version=version),
        lambda: Member.objects.get(id=rosa.id).version,
        lambda: Member.objects.get(id=rosa.id).headline,
    )


def _organisation(cast: Cast) -> Edit:
    bank, rosa = cast.food_bank, cast.seeker
    return Edit(
        lambda words, version: people.edit(rosa, bank, headline=words, version=version),
        lambda: Member.objects.get(id=bank.id).version,
        lambda: Member.objects.get(id=bank.id).headline,
    )


def _chapter(cast: Cast) -> Edit:
    here, hana = cast.chapter, cast.host
    return Edit(
        lambda words, version: people.edit_chapter(
            actor=hana, chapter=here, welcome=words, version=version
        ),
        lambda: Chapter.objects.get(id=here.id).version,
        lambda: Chapter.objects.get(id=here.id).welcome,
    )


def _need(cast: Cast) -> Edit:
    rosa = cast.seeker
    need = exchange.open_need(actor=rosa, owner=rosa, text="A van on Fridays")
    return Edit(
        lambda words, version: exchange.edit_need(
            actor=rosa, need=need, text=words, version=version
        ),
        lambda: Need.objects.get(id=need.id).version,
        lambda: Need.objects.get(id=need.id).text,
    )


def _offer(cast: Cast) -> Edit:
    rosa = cast.seeker
    offer = exchange.open_offer(actor=rosa, owner=rosa, text="Soup on Fridays")
    return Edit(
        lambda words, version: exchange.edit_offer(
            actor=rosa, offer=offer, text=words, version=version
        ),
        lambda: type(offer).objects.get(id=offer.id).version,
        lambda: type(offer).objects.get(id=offer.id).text,
    )


def _tie(cast: Cast) -> Edit:
    rosa, kofi = cast.seeker, cast.connector

    def row() -> Any:
        return Tie.objects.filter(teller=rosa, other=kofi).first()

    return Edit(
        lambda words, version: network.state_tie(
            actor=rosa, other=kofi, strength="know", how=words, version=version
        ),
        lambda: row().version if row() else NOT_THERE,
        lambda: row().how if row() else "",
    )


def _wish(cast: Cast) -> Edit:
    rosa, lena = cast.seeker, cast.target
    words = {"first": "not_them", "second": "avoid", "third": "not_now"}

    def row() -> Any:
        return Preference.objects.filter(owner=rosa, about=lena).first()

    return Edit(
        lambda said, version: network.wish(
            actor=rosa, about=lena, wish=words[said], version=version
        ),
        lambda: row().version if row() else NOT_THERE,
        lambda: next((said for said, wish in words.items() if row() and row().wish == wish), ""),
    )


def _note(cast: Cast) -> Edit:
    rosa = cast.seeker
    draft = story.drafted(cast)
    return Edit(
        lambda words, version: introductions.write(
            actor=rosa, introduction=draft, why_you=words, version=version
        ),
        lambda: Introduction.objects.get(id=draft.id).version,
        lambda: Introduction.objects.get(id=draft.id).why_you,
    )


def _draft(cast: Cast) -> Edit:
    rosa = cast.seeker
    story.drafted(cast)

    def row() -> Introduction:
        return Introduction.objects.get(seeker=rosa)

    return Edit(
        lambda words, version: introductions.draft(
            actor=rosa,
            target=cast.target,
            connector=cast.connector,
            why_you=words,
            version=version,
        ),
        lambda: row().version,
        lambda: row().why_you,
    )


def _report(cast: Cast) -> Edit:
    made = story.introduced(cast)

    def row() -> Any:
        return Report.objects.filter(introduction=made, person=cast.seeker).first()

    return Edit(
        lambda words, version: introductions.report(
            actor=cast.seeker, introduction=made, outcome="met", words=words, version=version
        ),
        lambda: row().version if row() else NOT_THERE,
        lambda: row().words if row() else "",
    )


def _work(cast: Cast) -> Edit:
    from datetime import date

    rosa = cast.seeker
    days = {"first": date(2026, 3, 1), "second": date(2026, 2, 1), "third": date(2026, 1, 1)}
    at = Affiliation.objects.get(person=rosa)
    return Edit(
        lambda said, version: people.end_affiliation(
            actor=rosa, affiliation=at, until=days[said], version=version
        ),
        lambda: Affiliation.objects.get(id=at.id).version,
        lambda: next(
            (said for said, day in days.items() if Affiliation.objects.get(id=at.id).until == day),
            "",
        ),
    )


EDITS = [
    _profile,
    _organisation,
    _chapter,
    _need,
    _offer,
    _tie,
    _wish,
    _note,
    _draft,
    _report,
    _work,
]


@pytest.mark.parametrize("make", EDITS)
def test_a_save_over_what_one_has_not_seen_changes_nothing(
    cast: Cast, make: Callable[[Cast], Edit]
) -> None:
    edit = make(cast)
    seen = edit.version()
    edit.save("first", seen)
    assert edit.text() == "first"
    with pytest.raises(Overtaken) as caught:
        edit.save("second", seen)
    assert edit.text() == "first"
    assert caught.value.theirs
    assert str(caught.value.version) == str(edit.version())
    edit.save("second", caught.value.version)
    assert edit.text() == "second"
    edit.save("third", None)
    assert edit.text() == "third"


def test_a_choice_among_many_has_a_version_without_a_row(cast: Cast) -> None:
    rosa, causes = cast.seeker, list(Cause.objects.order_by("key")[:3])
    exchange.care_for(actor=rosa, member=rosa, causes=causes[:1], version=of_choice([]))
    with pytest.raises(Overtaken) as caught:
        exchange.care_for(actor=rosa, member=rosa, causes=causes[1:], version=of_choice([]))
    assert caught.value.theirs == {"causes": [str(causes[0].id)]}


def test_words_that_come_after_the_yes_are_not_swallowed(cast: Cast) -> None:
    made = story.asked(cast)
    kofi = cast.connector
    introductions.agree(actor=kofi, introduction=made, word="Do meet her.")
    introductions.agree(actor=kofi, introduction=made, word="Do meet her.")
    introductions.agree(actor=kofi, introduction=made)
    with pytest.raises(Overtaken) as caught:
        introductions.agree(actor=kofi, introduction=made, word="Do not.")
    assert caught.value.version is None
    assert caught.value.theirs == {"word": "Do meet her."}


def test_what_the_connector_changes_does_not_show_in_the_version(cast: Cast) -> None:
    made = story.asked(cast)
    before = Introduction.objects.get(id=made.id).version
    introductions.agree(actor=cast.connector, introduction=made, why_you="In other words.")
    assert Introduction.objects.get(id=made.id).version == before


# The pages.

MINE, THEIRS = "Feeds the harbour, I wrote", "Feeds the city, another tab wrote"


def test_the_page_shows_both_texts_and_one_button_saves_mine_over(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, "/you/edit/", "headline", headline=MINE, about="Untouched\nby both")
    people.edit(cast.seeker, cast.seeker, headline=THEIRS, about="Untouched\nby both")
    answer = client.post(form.action, form.fields)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert MINE in page
    assert THEIRS in page
    assert Person.objects.get(id=cast.seeker.id).headline == THEIRS
    again = form_with(answer.content, "headline")
    assert "Untouched" not in str([pair.theirs for pair in answer.context["pairs"]])
    assert client.post("/you/edit/", again.fields).status_code == 302
    saved = Person.objects.get(id=cast.seeker.id)
    assert (saved.headline, saved.about) == (MINE, "Untouched\nby both")


def test_what_the_page_showed_is_all_that_the_button_saves_over(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, "/you/edit/", "headline", headline=MINE)
    people.edit(cast.seeker, cast.seeker, headline=THEIRS)
    both = form_with(client.post(form.action, form.fields).content, "headline")
    people.edit(cast.seeker, cast.seeker, headline="And changed once more")
    answer = client.post("/you/edit/", both.fields)
    assert answer.status_code == 409
    assert "And changed once more" in answer.content.decode()


FORMS: dict[str, tuple[str, str, str]] = {
    "profile": ("/you/edit/", "about", "I run the food bank."),
    "need": ("/needs-and-offers/need/{need}/", "text", "A van on Saturdays"),
    "chapter": ("/host/{chapter}/edit/", "welcome", "Come in and sit down."),
    "tie": ("/members/{connector}/know/", "how", "From the winter shelter"),
    "note": ("/introductions/{draft}/", "why_you", "You know how to keep food cold."),
    "new note": (
        "/members/{target}/ask/?through={connector}",
        "why_you",
        "You know how to keep food cold.",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_that_edits_carries_the_version_it_was_opened_with(
    cast: Cast, name: str
) -> None:
    path, field, words = FORMS[name]
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="A van on Fridays")
    network.state_tie(actor=cast.seeker, other=cast.connector, strength="know", how="Work")
    draft = story.drafted(cast)
    path = path.format(
        need=need.id,
        chapter=cast.chapter.id,
        connector=cast.connector.id,
        target=cast.target.id,
        draft=draft.id,
    )
    client = signed_in(cast.host if name == "chapter" else cast.seeker)
    more = {"strength": "know"} if name == "tie" else {}
    more |= {"move": "write"} if name == "note" else {}
    more |= {"keep": "yes"} if name == "new note" else {}
    one = opened(client, path, field, **{field: words}, **more)
    other = opened(client, path, field, **{field: words + " And more."}, **more)
    assert one.fields["version"]
    assert client.post(one.action, one.fields).status_code == 302
    answer = client.post(other.action, other.fields)
    assert answer.status_code == 409
    assert words + " And more." in answer.content.decode()
    both = form_with(answer.content, field)
    assert both.fields["version"] != other.fields["version"]
    assert client.post(path, both.fields).status_code == 302
    third = opened(client, path, field)
    assert third.fields[field].strip() == words + " And more."


def test_a_note_that_was_kept_though_it_could_not_be_asked_is_no_conflict_with_itself(
    cast: Cast,
) -> None:
    story.tie(cast.connector, cast.seeker)
    people.edit(cast.connector, cast.connector, asks_per_month=0)
    client = signed_in(cast.seeker)
    path = f"/members/{cast.target.id}/ask/?through={cast.connector.id}"
    said = {"who_i_am": "I", "why_you": "You know cold.", "what_i_ask": "Twenty minutes."}
    form = opened(client, path, "why_you", **said)
    answer = client.post(form.action, form.fields)
    assert answer.status_code == 400
    anew = form_with(answer.content, "why_you")
    assert anew.fields["version"] == "1"
    people.edit(cast.connector, cast.connector, asks_per_month=3)
    assert client.post(path, anew.fields).status_code == 302


# The API.


def test_a_program_that_names_an_old_version_is_told_both(cast: Cast) -> None:
    token = token_of(cast.seeker)
    seen = call(token, "", "GET", "/me").json()["version"]
    assert call(token, "", "PATCH", "/me", {"headline": THEIRS}).status_code == 200
    answer = call(token, "", "PATCH", "/me", {"headline": MINE, "version": seen})
    assert answer.status_code == 409
    said = answer.json()
    assert (said["code"], said["version"]) == ("overtaken", seen + 1)
    assert (said["theirs"], said["mine"]) == ({"headline": THEIRS}, {"headline": MINE})
    again = call(token, "", "PATCH", "/me", {"headline": MINE, "version": said["version"]})
    assert (again.status_code, again.json()["headline"]) == (200, MINE)


@pytest.mark.parametrize("kind", ["needs", "offers"])
def test_needs_and_offers_are_edited_by_version_too(cast: Cast, kind: str) -> None:
    token = token_of(cast.seeker)
    made = call(token, "", "POST", f"/{kind}", {"text": "Van or soup"}).json()
    path = f"/{kind}/{made['id']}"
    for text, status in (("First words", 200), ("Second words", 409)):
        body = {"text": text, "version": made["version"]}
        assert call(token, "", "PATCH", path, body).status_code == status
    [row] = call(token, "", "GET", f"/{kind}").json()
    assert (row["text"], row["version"]) == ("First words", made["version"] + 1)


# Four hundred at once.


@pytest.mark.django_db(transaction=True)
def test_of_four_hundred_edits_at_once_each_acknowledged_one_is_found(cast: Cast) -> None:
    """Everyone reads, writes what they read with their mark behind it, and says what they saw.
    Whoever is told «saved» must find their mark in the end; whoever is told of a conflict reads
    what stands there and adds to that."""
    token, marks = token_of(cast.seeker), [f"<{n}>" for n in range(400)]
    refused: list[str] = []

    def edit(mark: str) -> int:
        seen = call(token, "", "GET", "/me").json()
        body = {"about": seen["about"] + mark, "version": seen["version"]}
        for _attempt in range(200):
            answer = call(token, "", "PATCH", "/me", body)
            if answer.status_code != 409:
                return int(answer.status_code)
            refused.append(mark)
            said = answer.json()
            body = {"about": said["theirs"]["about"] + mark, "version": said["version"]}
        return 409

    assert at_once(edit, marks, 4) == [200] * 400
    stands = Person.objects.get(id=cast.seeker.id)
    assert sum(stands.about.count(mark) for mark in marks) == 400
    assert stands.version == 401
    assert len(refused) > 20
    print(f"edits acknowledged 400, found 400, conflicts on the way {len(refused)}")
