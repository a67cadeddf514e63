from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from footbridge.agreements import actions, queries
from footbridge.agreements.models import Contribution
from footbridge.agreements.weighing import Concern, Flag, Line, RateSaid, Sum, flags, weigh
from footbridge.core.errors import DomainError, NotAllowed, NotHere, Overtaken
from tests.cast import Cast
from tests.rooms.agreements import story

A, B = uuid.UUID(int=1), uuid.UUID(int=2)


def _flags(*lines: Line, has: dict[uuid.UUID, Decimal] | None = None) -> list[tuple[Concern, int]]:
    scales = weigh([A, B], lines, {}, "EUR")
    return [(flag.concern, flag.party.int) for flag in flags(scales, lines, has or {})]


def test_risk_here_and_reward_there_is_named_on_both_sides() -> None:
    told = _flags(Line(A, risk=3, reward=1), Line(B, risk=1, reward=3))
    assert told == [(Concern.OPPOSITE, 1), (Concern.OPPOSITE, 2)]


def test_a_quarter_apart_is_named_and_less_is_not() -> None:
    # Of four risks A has two and B two; of four rewards A has one or two.
    assert _flags(Line(A, risk=2, reward=1), Line(B, risk=2, reward=3)) == [
        (Concern.OPPOSITE, 1),
        (Concern.OPPOSITE, 2),
    ]
    assert _flags(Line(A, risk=2, reward=2), Line(B, risk=2, reward=3)) == []


def test_who_gives_and_gets_nothing_is_named() -> None:
    assert (Concern.ONE_SIDED, 1) in _flags(Line(A, risk=0), Line(B, reward=1))
    assert _flags(Line(A), Line(B)) == []


def test_who_gives_nothing_while_there_is_something_to_gain_is_named() -> None:
    assert _flags(Line(A, reward=1)) == [(Concern.NOTHING_FROM, 2)]


@pytest.mark.parametrize(
    ("promised", "has", "concern"),
    [
        ("12", "10", Concern.TOO_MUCH),
        ("10", "10", Concern.TIGHT),
        ("8.1", "10", Concern.TIGHT),
        ("8", "10", None),
        ("8", None, Concern.CAPACITY_UNSAID),
        ("0", None, None),
        ("1", "0", Concern.TOO_MUCH),
    ],
)
def test_more_is_promised_than_there_is(
    promised: str, has: str | None, concern: Concern | None
) -> None:
    line = Line(A, hours_a_month=Decimal(promised))
    told = _flags(line, Line(B), has={A: Decimal(has)} if has else {})
    assert told == ([(concern, 1)] if concern else [])


def test_two_currencies_are_added_up_only_at_a_rate_that_was_said() -> None:
    lines = [
        Line(A, amount=Decimal(100), currency="EUR"),
        Line(A, amount=Decimal(10), currency="GBP"),
    ]
    [apart] = weigh([A], lines, {}, "EUR")
    assert apart.money == (Sum(Decimal(100), "EUR"), Sum(Decimal(10), "GBP"))
    assert apart.together is None
    rate = RateSaid(Decimal("1.155"), date(2026, 3, 1), "the bank")
    [together] = weigh([A], lines, {"GBP": rate}, "EUR")
    assert together.together == Sum(Decimal("111.55"), "EUR")


def test_thirty_parties_are_weighed_and_one_alone_is_nobodys_opposite() -> None:
    many = [uuid.UUID(int=number) for number in range(30)]
    lines = [Line(party, risk=1, reward=1) for party in many]
    scales = weigh(many, lines, {}, "EUR")
    assert flags(scales, lines, {}) == []
    assert sum(one.risk_share or 0 for one in scales) == pytest.approx(1)
    [alone] = weigh([A], [Line(A, risk=3)], {}, "EUR")
    assert flags([alone], [Line(A, risk=3)], {}) == []
    assert isinstance(Flag(Concern.TIGHT, A).figures, dict)


@pytest.mark.django_db
def test_the_sides_stand_beside_each_other_with_who_entered_what(cast: Cast) -> None:
    one = story.begun(cast)
    actions.add_contribution(actor=cast.seeker, **story.contribution(one, 0, risk_weight=3))
    said = {"amount": Decimal("1200"), "currency": "gbp", "reward_weight": 3, "risk_weight": 0}
    actions.add_contribution(actor=cast.seeker, **story.contribution(one, 1, **said))
    actions.say_capacity(
        actor=cast.target, agreement=one, party=story.party(one, 1).id, hours=Decimal(10)
    )
    shown = queries.shares(cast.target, one)
    bank, firm = shown.parties
    assert (bank.risk_percent, bank.reward_percent) == (100, 25)
    assert (firm.risk_percent, firm.reward_percent) == (0, 75)
    assert firm.is_mine
    assert not bank.is_mine
    assert firm.contributions[0].entered_by == cast.seeker.name
    assert firm.contributions[0].currency == "GBP"
    assert shown.missing_rates == ("GBP",)
    assert firm.together is None
    told = [flag.text for flag in shown.flags]
    assert told == [
        f"{cast.food_bank.name} carries 100 % of the named risk and gets 25 % of the named reward.",
        f"{cast.food_bank.name} promises 12 hours a month and has not said how many it has.",
        f"{cast.cold_chain.name} carries 0 % of the named risk and gets 75 % of the named reward.",
        f"{cast.cold_chain.name} promises 12 hours a month and says that it has 10.",
    ]
    actions.say_rate(
        actor=cast.seeker,
        agreement=one,
        currency="GBP",
        counts=Decimal("1.15"),
        day=date(2026, 3, 1),
        source="The central bank",
    )
    again = queries.shares(cast.target, one).parties[1]
    assert again.together is not None
    assert (again.together.amount, again.together.currency) == (Decimal("1380.00"), "EUR")


@pytest.mark.django_db
def test_only_a_party_itself_says_how_much_time_it_has(cast: Cast) -> None:
    one = story.begun(cast)
    with pytest.raises(NotAllowed, match="itself"):
        actions.say_capacity(
            actor=cast.seeker, agreement=one, party=story.party(one, 1).id, hours=Decimal(5)
        )


@pytest.mark.django_db
def test_what_is_put_in_is_changed_only_by_who_saw_it_as_it_stands(cast: Cast) -> None:
    one = story.begun(cast)
    row = actions.add_contribution(actor=cast.seeker, **story.contribution(one, 0))
    said = story.contribution(one, 0)
    del said["party"]
    first = said | {"contribution": row, "version": 1}
    actions.edit_contribution(actor=cast.seeker, **first | {"words": "Two vans"})
    with pytest.raises(Overtaken) as met:
        actions.edit_contribution(actor=cast.target, **first | {"words": "No van"})
    assert met.value.theirs["words"] == "Two vans"
    assert Contribution.objects.get().words == "Two vans"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": Decimal(5), "currency": ""}, "currency"),
        ({"amount": Decimal(5), "currency": "€"}, "currency"),
        ({"amount": Decimal(-5), "currency": "EUR"}, "amount"),
        ({"resource": "gold"}, "resource"),
        ({"risk_weight": 9}, "risk_weight"),
        ({"words": " "}, "words"),
        ({"hours_a_month": Decimal(9000)}, "hours_a_month"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Cast, said: dict[str, object], field: str
) -> None:
    one = story.begun(cast)
    with pytest.raises(DomainError) as refused:
        actions.add_contribution(actor=cast.seeker, **story.contribution(one, 0, **said))
    assert refused.value.field == field
    assert not Contribution.objects.exists()


@pytest.mark.django_db
def test_a_party_of_somewhere_else_puts_nothing_in(cast: Cast) -> None:
    one = story.begun(cast)
    with pytest.raises(NotHere):
        actions.add_contribution(
            actor=cast.seeker, **story.contribution(one, 0) | {"party": uuid.uuid4()}
        )
