"""Time passing, what waits for whom, what the host sees, and what is handed over or erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError
from footbridge.introductions import actions, personal, queries
from footbridge.introductions.models import Consent, Introduction, Report
from footbridge.introductions.states import Outcome, Role, Shown, State
from footbridge.journal.models import Delivery, Entry
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def waiting(person) -> list[tuple[str, str, str, str, date | None]]:  # type: ignore[no-untyped-def]
    found = queries.waiting_for(person)
    return [(one.what, one.role, one.from_whom, one.about, one.by) for one in found]


def test_what_nobody_answers_ends_after_two_weeks_once(cast: Cast) -> None:
    introduction = story.asked(cast)
    with clock.held_at(NOON + 14 * DAY - timedelta(seconds=1)):
        assert actions.end_what_ran_out() == 0
    with clock.held_at(NOON + 14 * DAY):
        assert (actions.end_what_ran_out(), actions.end_what_ran_out()) == (1, 0)
    introduction.refresh_from_db()
    assert introduction.state == State.EXPIRED
    assert Entry.objects.filter(verb="introductions.expired").count() == 1
    assert len(story.letters("not_now")) == 1


def test_who_is_silent_for_a_week_is_reminded_once(cast: Cast) -> None:
    introduction = story.asked(cast)
    assert actions.remind_the_silent() == 0
    with clock.held_at(NOON + 7 * DAY):
        assert (actions.remind_the_silent(), actions.remind_the_silent()) == (1, 0)
        actions.agree(actor=cast.connector, introduction=introduction)
    with clock.held_at(NOON + 13 * DAY):
        assert actions.remind_the_silent() == 0
    with clock.held_at(NOON + 14 * DAY - timedelta(hours=1)):
        assert actions.remind_the_silent() == 0
    assert [letter.to_name for letter in story.letters("stalled")] == ["Kofi Connector"]


def test_the_one_sought_has_a_week_of_their_own(cast: Cast) -> None:
    introduction = story.asked(cast)
    with clock.held_at(NOON + 2 * DAY):
        actions.agree(actor=cast.connector, introduction=introduction)
    with clock.held_at(NOON + 8 * DAY):
        assert actions.remind_the_silent() == 0
    with clock.held_at(NOON + 9 * DAY):
        assert actions.remind_the_silent() == 1
    (letter,) = story.letters("stalled")
    assert letter.to_name == "Lena Sought"
    assert "whether you would like to meet Rosa Seeker" in letter.text


def test_who_pauses_is_not_reminded(cast: Cast) -> None:
    story.asked(cast)
    cast.connector.paused_until = date(2026, 4, 1)
    cast.connector.save()
    with clock.held_at(NOON + 8 * DAY):
        actions.remind_the_silent()
    assert story.letters("stalled") == []


def test_ten_days_later_both_are_asked_how_it_went(cast: Cast) -> None:
    story.introduced(cast)
    with clock.held_at(NOON + 10 * DAY - timedelta(seconds=1)):
        assert actions.check_in() == 0
    with clock.held_at(NOON + 10 * DAY):
        assert (actions.check_in(), actions.check_in()) == (1, 0)
    first, second = story.letters("checkin")
    assert (first.to_name, first.subject) == ("Lena Sought", "Did you meet Rosa Seeker?")
    assert (second.to_name, second.subject) == ("Rosa Seeker", "Did you meet Lena Sought?")


def test_who_has_told_already_is_not_asked_again(cast: Cast) -> None:
    introduction = story.introduced(cast)
    actions.report(actor=cast.target, introduction=introduction, outcome=Outcome.MET)
    with clock.held_at(NOON + 40 * DAY):
        actions.check_in()
        actions.remind_the_silent()
    assert story.kinds()[-1] == ("thanks", "Kofi Connector")
    assert [letter.to_name for letter in story.letters("checkin")] == ["Rosa Seeker"]
    assert story.letters("stalled") == []


def test_today_shows_what_waits_for_whom_and_by_when(cast: Cast) -> None:
    introduction = story.asked(cast)
    by = date(2026, 3, 16)
    assert waiting(cast.connector) == [("answer", "connector", "Rosa Seeker", "Lena Sought", by)]
    assert waiting(cast.target) == waiting(cast.seeker) == []
    actions.agree(actor=cast.connector, introduction=introduction)
    assert waiting(cast.connector) == []
    assert waiting(cast.target) == [("answer", "target", "Kofi Connector", "Rosa Seeker", by)]
    actions.agree(actor=cast.target, introduction=introduction)
    assert waiting(cast.target) == waiting(cast.seeker) == []
    with clock.held_at(NOON + 10 * DAY):
        assert waiting(cast.seeker) == [("report", "seeker", "Kofi Connector", "Lena Sought", None)]
        actions.report(actor=cast.seeker, introduction=introduction, outcome=Outcome.MET)
        assert waiting(cast.seeker) == []
        assert len(waiting(cast.target)) == 1


def test_nothing_waits_after_the_date(cast: Cast) -> None:
    story.asked(cast)
    with clock.held_at(NOON + 14 * DAY):
        assert queries.waiting_for(cast.connector) == []


def test_the_host_sees_what_got_stuck(cast: Cast) -> None:
    story.introduced(cast)
    story.asked(cast, target=cast.colleague)
    assert queries.stalled(cast.host) == []
    with clock.held_at(NOON + 7 * DAY):
        assert [stuck.why for stuck in queries.stalled(cast.host)] == ["silent"]
    with clock.held_at(NOON + 30 * DAY):
        (stuck,) = queries.stalled(cast.host)
    assert (stuck.why, stuck.seeker.name, stuck.since) == (
        "untold",
        "Rosa Seeker",
        date(2026, 3, 2),
    )


def test_hosts_see_their_own_chapter_and_not_their_own_affairs(cast: Cast) -> None:
    from footbridge.people.models import Host

    story.asked(cast)
    Host.objects.create(person=cast.stranger, chapter=cast.other_chapter)
    Host.objects.create(person=cast.seeker, chapter=cast.chapter)
    with clock.held_at(NOON + 8 * DAY):
        assert queries.stalled(cast.stranger) == []
        assert queries.stalled(cast.seeker) == []
        assert queries.stalled(cast.connector) == []
        assert len(queries.stalled(cast.host)) == len(queries.stalled(OPERATOR)) == 1


def test_counts_are_of_introductions_not_of_reports(cast: Cast) -> None:
    introduction = story.closed(cast)
    actions.report(actor=cast.target, introduction=introduction, outcome=Outcome.GOING_ON)
    story.introduced(cast, target=cast.colleague)
    story.asked(cast, target=cast.person("Third Person"))
    assert queries.counts(cast.host) == queries.Counts(made=2, met=1)
    assert queries.counts(cast.stranger) == queries.Counts(made=0, met=0)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_few_queries(cast: Cast, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        story.introduced(cast, target=cast.person(f"Met {number}"))
        cast.connector.asks_per_month = 100
        cast.connector.save()
    story.asked(cast)
    _ = cast.host
    with clock.held_at(NOON + 12 * DAY):
        with django_assert_num_queries(3):
            assert len(queries.list_for(cast.seeker)) == count + 1
        with django_assert_num_queries(4):
            assert len(queries.waiting_for(cast.seeker)) == count
        with django_assert_num_queries(1):
            assert len(queries.stalled(cast.host)) == 1
        with django_assert_num_queries(2):
            assert queries.counts(cast.host).made == count


def test_words_of_thanks_are_words(cast: Cast) -> None:
    introduction = story.introduced(cast)
    for words in (" \n", "x" * 1001):
        with pytest.raises(DomainError) as refused:
            actions.thank(actor=cast.seeker, introduction=introduction, words=words)
        assert refused.value.field == "words"


def test_a_personal_export_tells_no_more_than_its_owner_may_know(cast: Cast) -> None:
    introduction = story.asked(cast)
    actions.agree(
        actor=cast.connector, introduction=introduction, word="Hm.", why_you="Other words"
    )
    actions.decline(actor=cast.target, introduction=introduction)
    (of_seeker,) = personal.export(cast.seeker)["introductions"]
    assert (of_seeker["state"], of_seeker["connector_word"]) == ("waiting", "")
    assert of_seeker["note"] == story.NOTE
    (of_target,) = personal.export(cast.target)["introductions"]
    assert (of_target["state"], of_target["my_answer"]) == ("not_now", "no")
    assert of_target["note"]["why_you"] == "Other words"


@pytest.mark.parametrize("who", ["seeker", "connector", "target"])
def test_erasing_one_of_the_three_leaves_nothing_of_it(cast: Cast, who: str) -> None:
    story.closed(cast)
    personal.erase(getattr(cast, who))
    for table in (Introduction, Consent, Report):
        assert not table.objects.exists()


def test_the_operator_sees_no_more_of_an_answer_than_the_seeker(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    actions.decline(actor=cast.target, introduction=introduction)
    card = queries.get_card(OPERATOR, introduction.id)
    assert (card.shown, card.role, card.moves, card.my_answer) == (Shown.WAITING, None, (), None)


class TestAHostsPair:
    """A host brings together two people of the list; both must say yes."""

    def test_the_first_is_asked_first_and_the_second_after(self, cast: Cast) -> None:
        introduction = story.pair(cast)
        assert story.kinds() == [("ask_target", "Rosa Seeker")]
        actions.agree(actor=cast.seeker, introduction=introduction)
        assert story.kinds() == [("ask_target", "Ivo Listed"), ("ask_target", "Rosa Seeker")]
        after = actions.agree(actor=cast.listed, introduction=introduction)
        assert after.state == State.INTRODUCED
        made = {letter.to_name: letter.text for letter in story.letters("made")}
        assert set(made) == {"Rosa Seeker", "Ivo Listed"}
        assert made["Rosa Seeker"] == made["Ivo Listed"]

    def test_who_is_only_on_the_list_answers_by_link(self, cast: Cast) -> None:
        introduction = actions.introduce_pair(
            actor=cast.host, one=cast.listed, other=cast.seeker, why_you="Both feed people."
        )
        (letter,) = story.letters()
        token = letter.links[0]["url"].partition("/i/")[2]
        person, found = queries.opened(token)
        assert (person, found) == (cast.listed, introduction)
        assert actions.agree(actor=person, introduction=found).state == State.ASKED_TARGET

    def test_who_is_only_on_the_list_is_not_named_before_both_agreed(self, cast: Cast) -> None:
        introduction = story.pair(cast)
        assert story.seen_by(cast.seeker, introduction).target == queries.Party("")
        letter = story.letters()[0]
        assert "Ivo" not in letter.subject + letter.text + letter.html
        assert letter.subject == "Hana Host would like to introduce you to someone"
        actions.agree(actor=cast.seeker, introduction=introduction)
        actions.agree(actor=cast.listed, introduction=introduction)
        assert story.seen_by(cast.seeker, introduction).target.name == "Ivo Listed"

    def test_its_letters_may_be_passed_on_by_the_host(self, cast: Cast) -> None:
        story.pair(cast)
        assert [letter.private for letter in story.letters()] == [False]

    @pytest.mark.parametrize("by", ["seeker", "listed"])
    @pytest.mark.parametrize("act", [actions.decline, actions.not_now])
    def test_a_refusal_is_silent_here_too(self, cast: Cast, by: str, act) -> None:  # type: ignore[no-untyped-def]
        introduction = story.pair(cast)
        if by == "listed":
            actions.agree(actor=cast.seeker, introduction=introduction)
        others = [person for person in (cast.host, cast.seeker) if person != getattr(cast, by)]
        before = [story.seen_by(person, introduction) for person in others]
        act(actor=getattr(cast, by), introduction=introduction)
        assert [story.seen_by(person, introduction) for person in others] == before

    def test_the_host_can_take_it_back(self, cast: Cast) -> None:
        introduction = story.pair(cast)
        assert actions.withdraw(actor=cast.host, introduction=introduction).state == "withdrawn"
        assert story.seen_by(cast.seeker, introduction).moves == ()

    def test_who_said_no_is_not_told_not_now(self, cast: Cast) -> None:
        actions.decline(actor=cast.seeker, introduction=story.pair(cast))
        with clock.held_at(NOON + 14 * DAY):
            actions.end_what_ran_out()
        assert story.letters("not_now") == []

    def test_it_uses_nobodys_budget(self, cast: Cast) -> None:
        for number in range(6):
            other = cast.person(f"Other {number}")
            actions.introduce_pair(
                actor=cast.host, one=cast.seeker, other=other, why_you="Why not."
            )
        assert story.asked(cast).state == State.ASKED_CONNECTOR

    def test_it_needs_a_word_on_why(self, cast: Cast) -> None:
        with pytest.raises(DomainError, match="why these two") as refused:
            story.pair(cast, why_you=" ")
        assert refused.value.field == "why_you"

    @pytest.mark.parametrize("actor", ["seeker", "stranger", "connector"])
    def test_only_hosts_of_both_may_do_it(self, cast: Cast, actor: str) -> None:
        from footbridge.core.errors import NotHere

        with pytest.raises(NotHere):
            actions.introduce_pair(
                actor=getattr(cast, actor), one=cast.listed, other=cast.target, why_you="x"
            )
        with pytest.raises(NotHere):
            actions.introduce_pair(
                actor=cast.host, one=cast.listed, other=cast.stranger, why_you="x"
            )

    def test_the_host_learns_no_reason_either(self, cast: Cast) -> None:
        def refused() -> str:
            with pytest.raises(DomainError) as error:
                story.pair(cast)
            return error.value.message

        wish = story.avoid(cast.listed, cast.seeker)
        avoided = refused()
        wish.delete()
        cast.listed.paused_until = date(2026, 4, 1)
        cast.listed.save()
        paused = refused()
        cast.listed.paused_until = None
        cast.listed.save()
        actions.decline(actor=cast.seeker, introduction=story.pair(cast))
        with clock.held_at(NOON + 50 * DAY):
            assert {avoided, paused, refused()} == {
                "This introduction is not possible just now. Try another way, or later."
            }

    def test_today_says_who_asks(self, cast: Cast) -> None:
        story.pair(cast)
        assert waiting(cast.seeker) == [("answer", Role.SEEKER, "Hana Host", "", date(2026, 3, 16))]
        assert queries.waiting_for(cast.listed) == []

    def test_who_is_only_on_the_list_is_tied_to_nobody_yet(self, cast: Cast, worker) -> None:  # type: ignore[no-untyped-def]
        introduction = story.pair(cast)
        actions.agree(actor=cast.seeker, introduction=introduction)
        actions.agree(actor=cast.listed, introduction=introduction)
        for person in (cast.seeker, cast.listed):
            actions.report(actor=person, introduction=introduction, outcome=Outcome.MET)
        worker()
        assert not cast.seeker.ties_told.exists()
        assert not cast.listed.ties_told.exists()
        assert not Delivery.objects.exists()
