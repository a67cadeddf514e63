"""Answers from people who are no members: nothing is told before the link was used, and by it
everything is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.calls import actions, keeping, limits, policy
from footbridge.calls.actions import entries, outside
from footbridge.calls.models import Answer
from footbridge.calls.queries import answers, by_link, public
from footbridge.calls.states import AnswerState
from footbridge.core import clock
from footbridge.core.errors import (
    Conflict,
    DomainError,
    LimitReached,
    LinkNotValid,
    NotAllowed,
    NotHere,
    Overtaken,
)
from footbridge.mail.models import Message
from footbridge.people import outbox
from footbridge.people.models import Invitation
from footbridge.people.policy import VISITOR
from footbridge.people.states import Door
from tests.cast import Cast
from tests.rooms.calls.outsiders import PIA, WORDS, opened, sent, written

pytestmark = pytest.mark.django_db


# Written, and confirmed by the link.


def test_what_is_written_waits_for_the_one_who_reads_the_address(cast: Cast) -> None:
    call = opened(cast)
    before = Message.objects.count()
    answer = written(call)
    assert answer.state == AnswerState.DRAFT
    assert answers.list_for(cast.seeker, call).items == []
    [letter] = Message.objects.order_by("-created_at", "-id")[: Message.objects.count() - before]
    assert (letter.kind, letter.to_address, letter.to_person) == ("call_confirm", PIA, None)


def test_the_letter_holds_none_of_the_words_that_a_stranger_typed(cast: Cast) -> None:
    written(opened(cast), name="Buy pills", text="Visit pills.example")
    letter = Message.objects.get(kind="call_confirm")
    assert "pills" not in letter.text + letter.html + letter.subject + letter.to_name


def test_the_link_sends_it_and_the_owner_has_it_from_then_on(cast: Cast) -> None:
    call = opened(cast)
    answer = sent(call)
    assert answer.state == AnswerState.SENT
    assert answer.due_at == policy.due_at(call, clock.now())
    assert [card.name for card in answers.list_for(cast.seeker, call).items] == ["Pia Outsider"]
    assert Message.objects.filter(kind="call_came", to_person=cast.seeker.id).count() == 1
    assert Message.objects.filter(kind="call_received", to_address=PIA).count() == 1


def test_sending_by_the_link_twice_sends_once(cast: Cast) -> None:
    answer = sent(opened(cast))
    again = outside.confirm(answer=answer)
    assert again.version == answer.version
    assert Message.objects.filter(kind="call_received").count() == 1


def test_one_answer_of_an_address_stands_at_a_time(cast: Cast) -> None:
    call = opened(cast)
    first, second = written(call), written(call, text="Another text")
    outside.confirm(answer=first)
    with pytest.raises(Conflict, match="already"):
        outside.confirm(answer=second)
    outside.withdraw(answer=first)
    assert outside.confirm(answer=second).state == AnswerState.SENT


def test_after_the_deadline_nothing_is_taken_and_nothing_is_sent(cast: Cast) -> None:
    call = opened(cast)
    answer = written(call)
    assert call.deadline is not None
    with clock.held_at(call.deadline - timedelta(seconds=1)):
        written(call, email="last@elsewhere.test")
    with clock.held_at(call.deadline):
        with pytest.raises(Conflict, match="deadline"):
            outside.confirm(answer=answer)
        with pytest.raises(Conflict, match="deadline"):
            written(call, email="late@elsewhere.test")


def test_a_call_for_members_takes_nothing_from_outside(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        written(opened(cast, answers_from="members"))
    among_us = opened(cast, audience="members", answers_from="members")
    with pytest.raises(NotHere):
        written(among_us)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"name": "  "}, "name"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"gain": "x" * 1001}, "gain"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(
    cast: Cast, said: dict[str, str], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        written(opened(cast), **said)
    assert refusal.value.field == field
    assert Answer.objects.count() == 0


def test_nul_and_hidden_signs_are_left_out(cast: Cast) -> None:
    answer = written(opened(cast), text="one\x00 two\u202e three", name="P\x00ia")
    answer.refresh_from_db()
    assert "\x00" not in answer.text + answer.name
    assert "\u202e" not in answer.text


# What one does by the link.


def test_it_is_changed_until_the_deadline_and_not_after(cast: Cast) -> None:
    answer = sent(opened(cast))
    changed = outside.change(answer=answer, text="Three pallets", version=answer.version)
    assert (changed.text, changed.state) == ("Three pallets", AnswerState.SENT)
    with pytest.raises(Overtaken):
        outside.change(answer=answer, text="Four pallets", version=answer.version)
    assert answer.call.deadline is not None
    with clock.held_at(answer.call.deadline), pytest.raises(Conflict):
        outside.change(answer=answer, text="Five pallets")


def test_taken_back_it_is_gone_from_the_list_and_its_files_with_it(cast: Cast) -> None:
    from footbridge.calls.actions.files import add_file
    from tests.rooms.calls.outsiders import PDF

    call = opened(cast)
    answer = sent(call)
    add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    outside.withdraw(answer=answer)
    answer.refresh_from_db()
    assert (answer.state, answer.files.count()) == (AnswerState.WITHDRAWN, 0)
    assert answers.list_for(cast.seeker, call).items == []


def test_what_was_never_sent_is_gone_when_it_is_taken_back(cast: Cast) -> None:
    answer = written(opened(cast))
    path = by_link.answer_path(answer)
    outside.withdraw(answer=answer)
    with pytest.raises(LinkNotValid, match="opens nothing"):
        by_link.answer_by_link(path.split("/")[2])


def test_whoever_wrote_decides_whether_it_is_shown_also_afterwards(cast: Cast) -> None:
    call = opened(cast)
    answer = sent(call)
    assert answers.entries(VISITOR, call) == ()
    entries.show(actor=None, answer=answer, shown=True)
    assert [entry.name for entry in answers.entries(VISITOR, call)] == ["Pia Outsider"]
    actions.close(actor=cast.seeker, answer=answer, reason="another")
    entries.show(actor=None, answer=answer, shown=False)
    assert answers.entries(VISITOR, call) == ()


def test_a_call_that_shows_nothing_shows_nothing(cast: Cast) -> None:
    answer = sent(opened(cast, entries_shown=False), shown=True)
    assert not answer.shown
    with pytest.raises(NotAllowed):
        entries.show(actor=None, answer=answer, shown=True)


def test_what_was_not_confirmed_is_never_shown(cast: Cast) -> None:
    call = opened(cast)
    written(call, shown=True)
    assert answers.entries(VISITOR, call) == ()


def test_somebody_who_goes_under_the_radar_is_shown_no_longer(cast: Cast) -> None:
    from footbridge.people import actions as people

    call = opened(cast)
    people.go_public(actor=cast.connector)
    theirs = actions.write(
        actor=cast.connector, call=call, member=cast.connector, text=WORDS, shown=True
    )
    actions.send(actor=cast.connector, answer=theirs)
    assert [entry.name for entry in answers.entries(VISITOR, call)] == ["Kofi Connector"]
    cast.hidden(cast.connector)
    assert answers.entries(VISITOR, call) == ()
    assert answers.list_for(cast.seeker, call).items == []


def test_a_member_without_a_public_page_is_not_shown_to_everyone(cast: Cast) -> None:
    call = opened(cast)
    theirs = actions.write(
        actor=cast.connector, call=call, member=cast.connector, text=WORDS, shown=True
    )
    actions.send(actor=cast.connector, answer=theirs)
    assert answers.entries(VISITOR, call) == ()


def test_whoever_answered_finds_other_open_calls_and_is_never_left_with_nothing(
    cast: Cast,
) -> None:
    call = opened(cast)
    answer = sent(call)
    assert public.others_for(answer) == []
    opened(cast, title="Somebody to paint our van", outcome="It is blue.")
    near = opened(cast, title="Pallets and sea water", outcome="Ships are chilled with sea water.")
    found = public.others_for(answer)
    assert found[0].title == near.title
    assert len(found) == 2


# Coming in.


def test_an_answer_is_taken_into_the_account_of_a_member(cast: Cast) -> None:
    call = opened(cast)
    answer = outside.take_over(actor=cast.connector, answer=sent(call))
    assert (answer.by, answer.member_id, answer.email) == (cast.connector, cast.connector.id, "")
    assert answers.own_answer(cast.connector, call, cast.connector) is not None
    with pytest.raises(NotHere):
        outside.change(answer=answer, text="By the old link")


def test_nobody_has_two_answers_to_a_call_by_taking_one_over(cast: Cast) -> None:
    call = opened(cast)
    actions.write(actor=cast.connector, call=call, member=cast.connector, text="My own")
    with pytest.raises(Conflict, match="already"):
        outside.take_over(actor=cast.connector, answer=sent(call))


def test_whoever_answered_may_ask_to_come_in_by_one_link(cast: Cast) -> None:
    answer = sent(opened(cast))
    invitation = outside.ask_to_come_in(answer=answer)
    assert (invitation.door, invitation.chapter, invitation.most_uses) == (
        Door.VETTED,
        cast.chapter,
        1,
    )
    assert outside.ask_to_come_in(answer=answer) == invitation
    assert Invitation.objects.count() == 1


def test_who_did_not_confirm_gets_no_link_into_the_chapter(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        outside.ask_to_come_in(answer=written(opened(cast)))
    assert Invitation.objects.count() == 0


# Links.


def test_a_link_that_was_altered_opens_nothing(cast: Cast) -> None:
    token = by_link.answer_path(written(opened(cast))).split("/")[2]
    assert by_link.answer_by_link(token)
    for bent in (token[:-1], token + "x", "x" * 40, "", "\x00", "a" * 5000):
        with pytest.raises(LinkNotValid):
            by_link.answer_by_link(bent)


def test_the_link_to_a_file_is_no_link_to_an_answer(cast: Cast) -> None:
    from footbridge.calls.actions.files import add_file
    from tests.rooms.calls.outsiders import PDF

    answer = sent(opened(cast))
    file = add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    token = by_link.file_path(file).split("/")[2]
    assert by_link.file_by_link(token) == file
    with pytest.raises(LinkNotValid):
        by_link.answer_by_link(token)


def test_hosts_pass_the_letters_on_where_there_is_no_mail_server(cast: Cast) -> None:
    call = opened(cast)
    assert call.chapter == cast.chapter
    written(call)
    from footbridge.people.models import Host

    other = cast.person("Omar Host", chapter=cast.other_chapter)
    Host.objects.create(person=other, chapter=cast.other_chapter)
    assert [one.kind for one in outbox.waiting(cast.host)] == ["call_confirm"]
    assert list(outbox.waiting(other)) == []
    assert list(outbox.waiting(cast.seeker)) == []


def test_with_a_mail_server_no_host_reads_them(cast: Cast, settings: object) -> None:
    written(opened(cast))
    settings.EMAIL_HOST = "mail.example"  # type: ignore[attr-defined]
    assert list(outbox.waiting(cast.host)) == []


# Bounds.


def test_three_letters_a_day_to_an_address_whatever_the_calls(cast: Cast) -> None:
    first, second = opened(cast), opened(cast, title="Another door")
    for call in (first, second, first):
        written(call)
    with pytest.raises(LimitReached) as refusal:
        written(second)
    assert refusal.value.field == "email"
    assert "mailbox" in refusal.value.message
    assert Message.objects.filter(kind="call_confirm").count() == 3
    with clock.held_at(clock.now() + timedelta(days=1, seconds=1)):
        written(second)


def test_the_bound_is_the_same_for_the_address_of_a_member(cast: Cast) -> None:
    call = opened(cast)
    heard = []
    for email in (cast.connector.email, "nobody@elsewhere.test"):
        for _each in range(limits.MOST_TO_AN_ADDRESS):
            written(call, email=email)
        with pytest.raises(LimitReached) as refusal:
            written(call, email=email)
        heard.append(refusal.value.message)
    assert heard[0] == heard[1]


def test_twenty_an_hour_from_one_network_and_another_is_not_in_its_way(cast: Cast) -> None:
    call = opened(cast)
    here, there = limits.network_of("192.0.2.7"), limits.network_of("198.51.100.9")
    for number in range(limits.MOST_FROM_A_NETWORK):
        written(call, email=f"p{number}@elsewhere.test", network=here)
    with pytest.raises(LimitReached, match="an hour"):
        written(call, email="one@more.test", network=here)
    written(call, email="one@more.test", network=there)
    with clock.held_at(clock.now() + timedelta(hours=1, seconds=1)):
        written(call, email="two@more.test", network=here)


def test_so_many_may_wait_for_one_call_and_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WAITING", 5)
    call, other = opened(cast), opened(cast, title="Another door")
    held = [written(call, email=f"p{number}@elsewhere.test") for number in range(5)]
    with pytest.raises(LimitReached, match="stands below"):
        written(call, email="real@elsewhere.test")
    written(other, email="real@elsewhere.test")
    outside.confirm(answer=held[0])
    written(call, email="real@elsewhere.test")


def test_a_flood_keeps_others_out_for_a_day_at_most(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WAITING", 5)
    call = opened(cast)
    flood = [written(call, email=f"p{number}@elsewhere.test") for number in range(5)]
    with clock.held_at(clock.now() + limits.WAITING_WITHIN):
        written(call, email="real@elsewhere.test")
        outside.confirm(answer=flood[0])
    assert limits.unconfirmed().filter(call=call).count() == 5


def test_networks_are_counted_by_a_digest_from_which_nothing_is_read(cast: Cast) -> None:
    one = limits.network_of("192.0.2.7")
    assert one == limits.network_of("::ffff:192.0.2.7")
    assert one != limits.network_of("192.0.2.8")
    assert limits.network_of("2001:db8:1:2::1") == limits.network_of("2001:db8:1:2:ffff::9")
    assert limits.network_of("2001:db8:1:2::1") != limits.network_of("2001:db8:1:3::1")
    assert len(one) == 32
    assert limits.network_of("no address") == limits.network_of("") == ""
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert limits.network_of("192.0.2.7") != one


def test_where_it_came_from_is_forgotten_when_it_is_sent(cast: Cast) -> None:
    answer = sent(opened(cast), network=limits.network_of("192.0.2.7"))
    assert answer.network == ""


def test_what_nobody_confirms_is_gone_in_a_week_with_its_letter(cast: Cast) -> None:
    call = opened(cast)
    written(call)
    kept = sent(call, email="kept@elsewhere.test")
    with clock.held_at(clock.now() + limits.CONFIRMED_WITHIN):
        assert keeping.forget_unconfirmed() == 0
    with clock.held_at(clock.now() + limits.CONFIRMED_WITHIN + timedelta(seconds=1)):
        assert keeping.forget_unconfirmed() == 1
    assert list(Answer.objects.all()) == [kept]
    assert not Message.objects.filter(kind="call_confirm", to_address=PIA).exists()
