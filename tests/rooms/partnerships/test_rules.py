"""The cross-sector rule and the rule of sizes, by their worked examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from footbridge.partnerships.models import Party
from footbridge.partnerships.rules import Told, counted, depth_of, judge, size_of

SMB = Told("Bakery", "core", "private", "small", "Bakery")
MICRO = Told("Atelier", "core", "private", "micro", "Atelier")
LARGE = Told("Concern", "core", "private", "large", "Concern")
NONPROFIT = Told("Pantry", "core", "nonprofit", "", "Pantry")
PUBLIC = Told("City", "core", "public", "", "City")


@pytest.mark.parametrize(
    ("parties", "code"),
    [
        ([SMB, NONPROFIT], "valid"),
        ([SMB, SMB._replace(name="Mill", group="Mill")], "not_valid"),
        ([NONPROFIT, PUBLIC], "not_valid"),
        ([LARGE, NONPROFIT], "not_valid"),
        ([MICRO, PUBLIC, LARGE], "valid"),
        ([SMB, NONPROFIT._replace(role="observing")], "not_valid"),
        ([SMB._replace(size=""), PUBLIC], "undetermined"),
        ([SMB, NONPROFIT._replace(group="bakery")], "not_valid"),
        ([SMB, PUBLIC._replace(sector="")], "undetermined"),
        ([SMB], "not_valid"),
    ],
)
def test_a_partnership_is_cross_sector_by_the_rule(parties: list[Told], code: str) -> None:
    verdict = judge(parties)
    assert verdict.code == code
    assert verdict.words
    assert verdict.why


def test_the_verdict_says_why_and_what_it_is_else() -> None:
    verdict = judge([LARGE, NONPROFIT])
    assert (verdict.words, verdict.pairing) == ("Other collaboration", "Private + nonprofit")
    assert "250 people" in verdict.why
    assert "same group" in judge([SMB, NONPROFIT._replace(group="Bakery")]).why
    assert "Pantry" in judge([SMB, NONPROFIT]).why


@pytest.mark.parametrize(
    ("people", "turnover", "balance", "size"),
    [
        (9, "1.5", None, "micro"),
        (10, "1.5", None, "small"),
        (49, "10", None, "small"),
        (249, "60", "43", "medium"),
        (250, "1", None, "large"),
        (100, "60", "44", "large"),
        (9, "3", "3", "small"),
        (None, "3", "3", ""),
    ],
)
def test_a_size_is_people_and_either_turnover_or_balance(
    people: int | None, turnover: str | None, balance: str | None, size: str
) -> None:
    money = [Decimal(one) if one else None for one in (turnover, balance)]
    assert size_of(people, *money) == size


@pytest.mark.parametrize(
    ("sector", "profits", "counts_as", "found"),
    [
        ("private", None, "", "private"),
        ("hybrid", True, "nonprofit", "private"),
        ("hybrid", False, "", "nonprofit"),
        ("hybrid", None, "", ""),
        ("academic", None, "public", "public"),
        ("academic", None, "", ""),
        ("", None, "", ""),
    ],
)
def test_a_social_enterprise_counts_by_whether_profits_are_paid_out(
    sector: str, profits: bool | None, counts_as: str, found: str
) -> None:
    assert counted(Party(sector=sector, shares_profits=profits, counts_as=counts_as)) == found


def test_depth_is_the_lower_median() -> None:
    assert [depth_of(one) for one in ([], [3], [1, 4], [4, 2, 1, 3], [2, 2, 4])] == [
        None,
        3,
        1,
        2,
        2,
    ]
