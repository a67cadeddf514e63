"""Who may answer: told in a sentence for each rule, before anybody writes."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.calls import actions, eligibility, queries
from footbridge.calls.eligibility import Applicant
from footbridge.core.errors import NotAllowed
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.people.models import Member, Place
from footbridge.people.states import Precision
from tests.cast import Cast
from tests.rooms.calls import story


def _verdict(cast: Cast, kind: str, values: list[Any], known: Applicant, **said: Any) -> Any:
    call = story.opened(cast, rules={kind: values}, **said)
    (verdict,) = eligibility.check(call, list(call.rules.all()), known)
    return verdict


def test_a_rule_is_met_not_met_or_unknown_and_says_so_in_a_sentence(cast: Cast) -> None:
    told = {
        state: _verdict(cast, "sector", ["nonprofit", "public"], Applicant(sectors=frozenset(of)))
        for state, of in {"met": {"public"}, "not_met": {"private"}, "unknown": set()}.items()
    }
    assert {state: one.state for state, one in told.items()} == {one: one for one in told}
    assert told["met"].words == "For these sectors: Public, Nonprofit. You meet this: Public."
    assert told["not_met"].words.endswith("You do not meet this: Business.")
    assert told["unknown"].words.endswith("We do not know this about you; say it in your answer.")


@pytest.mark.parametrize(
    ("kind", "values", "fits", "differs"),
    [
        ("country", ["Colombia", "PE"], {"country": "CO"}, {"country": "PT"}),
        ("stage", ["idea"], {"stage": "idea"}, {"stage": "growing"}),
        ("size", ["micro", "small"], {"size": "small"}, {"size": "large"}),
        ("language", ["es-CO"], {"languages": {"es", "en"}}, {"languages": {"fr"}}),
    ],
)
def test_each_rule_knows_its_own_field(
    cast: Cast, kind: str, values: list[str], fits: dict[str, Any], differs: dict[str, Any]
) -> None:
    assert _verdict(cast, kind, values, Applicant(**fits)).is_met is True
    assert _verdict(cast, kind, values, Applicant(**differs)).is_met is False
    assert _verdict(cast, kind, values, Applicant()).is_met is None


def test_a_cause_is_told_by_its_label(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    one, other = Cause.objects.order_by("number")[:2]
    verdict = _verdict(cast, "cause", [one.key], Applicant(causes=frozenset({other.key})))
    assert verdict.is_met is False
    assert one.label in verdict.rule
    assert verdict.words.endswith(f"You do not meet this: {other.label}.")


def test_a_distance_is_measured_from_the_place_of_the_call(cast: Cast) -> None:
    place = {"place": "Porto", "is_remote": False}
    near = _verdict(cast, "within", [50], Applicant(place=cast.porto), **place)
    far = _verdict(cast, "within", [50], Applicant(place=cast.lisbon), **place)
    assert (near.is_met, far.is_met) == (True, False)
    assert "Lisbon is 27" in far.words


def test_of_who_says_only_a_country_no_distance_is_known(cast: Cast) -> None:
    portugal = Place(
        name="Portugal", latitude=39.5, longitude=-8, precision=Precision.COUNTRY, country="PT"
    )
    told = _verdict(cast, "within", [50], Applicant(place=portugal), place="Porto", is_remote=False)
    assert told.is_met is None


def test_a_legal_form_never_refuses_since_it_is_written_in_many_ways(cast: Cast) -> None:
    forms = ["Registered charity", "gGmbH"]
    fits = _verdict(cast, "legal_form", forms, Applicant(legal_form="registered CHARITY (CIO)"))
    differs = _verdict(cast, "legal_form", forms, Applicant(legal_form="Limited company"))
    assert (fits.is_met, differs.is_met) == (True, None)


def test_people_are_of_the_sectors_of_those_they_act_for(cast: Cast) -> None:
    assert eligibility.applicant(cast.seeker).sectors == {"nonprofit"}
    assert eligibility.applicant(cast.food_bank).sectors == {"nonprofit"}
    assert eligibility.applicant(cast.host).sectors == frozenset()


def test_who_does_not_meet_a_rule_writes_but_does_not_send_and_learns_why(cast: Cast) -> None:
    call = story.opened(cast, rules={"sector": ["public"]})
    answer = story.written(cast, call)
    with pytest.raises(NotAllowed) as refused:
        actions.send(actor=cast.seeker, answer=answer)
    assert refused.value.message == ("For these sectors: Public. You do not meet this: Nonprofit.")
    assert story.letters() == []


def test_what_is_not_known_does_not_stand_in_the_way(cast: Cast) -> None:
    call = story.opened(cast, rules={"stage": ["idea"], "legal_form": ["Cooperative"]})
    assert [one.state for one in queries.check(call, cast.seeker)] == ["unknown", "unknown"]
    assert story.answered(cast, call).state == "sent"


def test_who_may_not_answer_sees_what_else_fits(cast: Cast) -> None:
    closed_to_her = story.opened(cast, rules={"sector": ["public"]})
    also = story.opened(cast, title="Also not hers", rules={"country": ["CO"]})
    prize = story.opened(cast, title="A prize", kind="competition")
    brief = story.opened(cast, title="A brief", rules={"sector": ["nonprofit"]})
    else_ = queries.what_else_fits(cast.seeker, closed_to_her, cast.seeker)
    assert [one.title for one in else_] == [brief.title, prize.title]
    assert also.title not in [one.title for one in else_]


def test_looking_for_what_else_fits_costs_the_same_however_many_calls_there_are(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    exchange.load_shipped_vocabulary()
    key = Cause.objects.values_list("key", flat=True)[0]
    call = story.opened(cast)
    seeker: Member = cast.seeker
    for many in (1, 3):
        while len(queries.what_else_fits(cast.seeker, call, seeker)) < many:
            story.opened(cast, rules={"cause": [key], "sector": ["nonprofit"]})
        with django_assert_num_queries(18):
            queries.what_else_fits(cast.seeker, call, seeker)
