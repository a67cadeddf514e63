"""Chains told as stories, and wrong answers that the judge must catch."""

from dataclasses import replace

import numpy as np
import pytest

from footbridge.engine.chains import Chain, warmest
from footbridge.engine.checks.chains import faults
from footbridge.engine.ties import Ties

SEEKER, FRIEND, COLLEAGUE, BROKER, SOUGHT, STRANGER = range(6)


def harbour(**changes: object) -> Ties:
    """The seeker reaches the one sought over a friend, or over a colleague and a broker."""
    a = [SEEKER, FRIEND, SEEKER, COLLEAGUE, BROKER]
    b = [FRIEND, SOUGHT, COLLEAGUE, BROKER, SOUGHT]
    return Ties.build(6, a, b, [0.8, 0.5, 0.9, 0.9, 0.9], **changes)  # type: ignore[arg-type]


def members(*args: object, **kwargs: object) -> list[tuple[int, ...]]:
    return [chain.members for chain in warmest(*args, **kwargs)]  # type: ignore[arg-type]


def test_warmth_beats_shortness() -> None:
    chains = warmest(harbour(), SEEKER, SOUGHT)
    assert chains == (
        Chain((SEEKER, COLLEAGUE, BROKER, SOUGHT), 0.729, (0.9, 0.9, 0.9), (1.0, 1.0)),
        Chain((SEEKER, FRIEND, SOUGHT), 0.4, (0.8, 0.5), (1.0,)),
    )
    assert chains[0].connectors == (COLLEAGUE, BROKER)


def test_a_connector_for_whom_few_vouch_makes_a_chain_colder() -> None:
    vouched = [1, 1, 0.5, 0.9, 1, 1]
    chains = warmest(harbour(vouched=vouched), SEEKER, SOUGHT)
    assert [(c.members[1], c.strength) for c in chains] == [(FRIEND, 0.4), (COLLEAGUE, 0.32805)]
    assert chains[1].vouched == (0.5, 0.9)


def test_the_unwilling_are_not_asked_but_may_seek_and_be_sought() -> None:
    willing = np.array([False, True, True, False, False, True])
    assert members(harbour(willing=willing), SEEKER, SOUGHT) == [(SEEKER, FRIEND, SOUGHT)]


def test_those_to_avoid_may_be_named_by_id_or_by_mask() -> None:
    mask = np.zeros(6, bool)
    mask[BROKER] = True
    for avoid in ([BROKER], (BROKER,), np.array([BROKER]), mask, [BROKER, STRANGER, SEEKER, 4, 4]):
        assert members(harbour(), SEEKER, SOUGHT, avoid=avoid) == [(SEEKER, FRIEND, SOUGHT)]


def test_a_chain_is_no_longer_than_asked() -> None:
    assert members(harbour(), SEEKER, SOUGHT, max_ties=2) == [(SEEKER, FRIEND, SOUGHT)]
    assert members(harbour(), SEEKER, SOUGHT, max_ties=1) == []
    assert members(harbour(), SEEKER, FRIEND, max_ties=1) == [(SEEKER, FRIEND)]


def test_five_ties_are_too_many() -> None:
    line = Ties.build(6, range(5), range(1, 6), [1.0] * 5)
    assert members(line, 0, 5) == []
    assert members(line, 0, 4) == [(0, 1, 2, 3, 4)]


def test_no_chain_is_an_answer() -> None:
    assert warmest(harbour(), SEEKER, STRANGER) == ()
    assert warmest(harbour(), STRANGER, SEEKER) == ()
    assert warmest(harbour(), SEEKER, SEEKER) == ()
    assert warmest(harbour(), SEEKER, []) == ()


def test_anyone_of_an_organisation_will_do_and_the_chain_ends_at_the_first() -> None:
    assert members(harbour(), SEEKER, [BROKER, SOUGHT, SEEKER]) == [
        (SEEKER, COLLEAGUE, BROKER),
        (SEEKER, FRIEND, SOUGHT),
    ]


def test_equally_warm_chains_come_shorter_first_then_by_lower_ids() -> None:
    ties = Ties.build(6, [0, 0, 0, 1, 2, 3, 4], [1, 2, 3, 5, 5, 4, 5], [1.0] * 7)
    assert members(ties, 0, 5) == [(0, 1, 5), (0, 2, 5), (0, 3, 4, 5)]
    assert members(ties, 0, 5, k=1) == [(0, 1, 5)]


def test_a_crowd_that_knows_a_crowd_through_one_hub_is_answered_exactly() -> None:
    crowd = 400
    near, far, hub = np.arange(1, crowd), np.arange(crowd, 2 * crowd), 2 * crowd
    a = np.concatenate([np.zeros(crowd - 1, int), near, far, far])
    b = np.concatenate(
        [near, np.full(crowd - 1, hub), np.full(crowd, hub), np.full(crowd, hub + 1)]
    )
    ties = Ties.build(hub + 2, a, b, np.full(len(a), 0.5))
    expected = [(0, 1, hub, c, hub + 1) for c in range(crowd, crowd + 5)]
    assert members(ties, 0, hub + 1) == expected


@pytest.mark.parametrize("options", [{"k": 0}, {"max_ties": 0}, {"max_ties": 5}])
def test_a_question_that_makes_no_sense_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least one chain, of 1 to 4 ties"):
        warmest(harbour(), SEEKER, SOUGHT, **options)


@pytest.mark.parametrize(("source", "target"), [(-1, 1), (6, 1), (0, 6), (0, -1)])
def test_an_unknown_person_is_refused(source: int, target: int) -> None:
    with pytest.raises(ValueError, match="ids run from 0 to 5"):
        warmest(harbour(), source, target)


def test_the_judge_catches_planted_wrong_answers() -> None:
    ties = harbour(willing=np.array([True, True, True, True, True, False]))
    right = warmest(ties, SEEKER, SOUGHT)
    best, second = right
    planted = {
        "the warmest are": (second,),
        "shown twice": (best, best),
        "its strength is": (replace(best, strength=0.9), second),
        "its steps are": (replace(best, steps=(0.9, 0.9, 0.8)), second),
        "are not tied": (Chain((SEEKER, BROKER, SOUGHT), 0.81, (0.9, 0.9), (1.0,)),),
        "does not lead from": (Chain((FRIEND, SOUGHT), 0.5, (0.5,)),),
        "may not be asked": (Chain((SEEKER, STRANGER, SOUGHT), 0.5, (1.0, 0.5), (1.0,)),),
        "stands in it twice": (
            Chain((SEEKER, FRIEND, SEEKER, FRIEND, SOUGHT), 0.256, (0.8,) * 3 + (0.5,), (1.0,) * 3),
        ),
    }
    for fault, answer in planted.items():
        assert any(fault in one for one in faults(ties, SEEKER, [SOUGHT], answer)), fault
    assert faults(ties, SEEKER, [SOUGHT], right[::-1]) != []
    assert faults(ties, SEEKER, [SOUGHT], right, k=1) == ["2 chains where 1 were asked for"]
    assert faults(ties, SEEKER, [SOUGHT], right, max_ties=2)
    assert faults(ties, SEEKER, [SOUGHT], right, avoid=[BROKER])
    assert faults(ties, SEEKER, [SOUGHT], right) == []
