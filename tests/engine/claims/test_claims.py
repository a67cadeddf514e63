"""Claims: the published ladder row by row, what lifts a ceiling, and what the judge must catch."""

import doctest
import importlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine.checks.claims import (
    cannot_be_claimed_for_nothing,
    ceiling_faults,
    level_of,
)
from footbridge.engine.claims import (
    CATEGORIES,
    Assumption,
    AssumptionKind,
    Bound,
    Category,
    Deed,
    Dimension,
    Evidence,
    Holds,
    Level,
    Link,
    Node,
    NodeKind,
    Rival,
    Story,
    ceiling,
    completeness,
    link_score,
    may_claim,
    with_evidence,
)
from footbridge.engine.claims.examples import story


@pytest.mark.parametrize("part", ["", ".story", ".ceiling", ".dimensions", ".examples"])
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.claims{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_page_about_it_holds() -> None:
    page = Path(__file__).parents[3] / "docs/engine/claims.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


STRONG = [["2a", "2b"], ["2a", "2b"]]


@pytest.mark.parametrize(
    ("observed", "links", "rivals", "reviewed", "level"),
    [
        (False, STRONG, [-1], False, 0),
        (True, [["2a", "2b"], []], [], False, 2),
        (True, [[], [], ["2a", "2b"]], [], False, 1),
        (True, [["2a", "2b"], ["1a", "1b"]], [0, -2], False, 3),
        (True, STRONG, [-1, -2], True, 4),
        (True, [["2a", "2b"], ["1a", "-2b"]], [-1], False, 1),
        (True, [["2a", "2b"], ["2a"]], [-1], False, 2),
        (True, STRONG, [], False, 2),
    ],
)
def test_the_ladder_row_by_row(
    observed: bool, links: list[list[str]], rivals: list[int], reviewed: bool, level: int
) -> None:
    told = story(links, rivals, observed=observed, reviewed=reviewed)
    found = ceiling(told)
    assert found.level == level == level_of(told)
    assert ceiling_faults(told, found) == []
    assert [may_claim(one, told) for one in Level] == [one <= level for one in Level]


@pytest.mark.parametrize(
    ("told", "bounds"),
    [
        (story(STRONG, [-1], observed=False), [(Bound.NOT_OBSERVED, ())]),
        (story(STRONG, [-1], delivered=False), [(Bound.NOT_DELIVERED, ())]),
        (story([]), [(Bound.NO_LINKS, ())]),
        (story([["2a", "2b"], ["1a", "-2b"]], [-1]), [(Bound.CONTRADICTED, ("l2",))]),
        (story([["0a"], [], ["1a"]]), [(Bound.HALF_UNSUPPORTED, ("l1", "l2"))]),
        (
            story([["2a", "2b"], []]),
            [
                (Bound.LINK_UNSUPPORTED, ("l2",)),
                (Bound.ONE_SOURCE, ("l2",)),
                (Bound.NO_RIVALS, ()),
            ],
        ),
        (story(STRONG, [None, -1]), [(Bound.RIVAL_OPEN, ("r1",))]),
        (
            story([["2a", "2b"], ["1a", "1b"]], [0, -1]),
            [(Bound.LINK_WEAK, ("l2",)), (Bound.RIVAL_STANDS, ("r1",)), (Bound.NOT_REVIEWED, ())],
        ),
    ],
)
def test_a_ceiling_says_what_bounds_it(told: Story, bounds: list[tuple[Bound, object]]) -> None:
    found = ceiling(told)
    assert [(one.bound, one.about) for one in found.unmet] == bounds
    assert len(found.lifts) == len(found.unmet)


def test_it_says_how_many_links_still_need_support() -> None:
    found = ceiling(story([[], [], [], ["1a"], []]))
    assert found.unmet[0].enough == 2
    assert found.lifts[0].deed is Deed.FIND_EVIDENCE
    assert found.lifts[0].about == ("l1", "l2", "l3", "l5")


def test_two_pieces_of_one_source_are_one_voice() -> None:
    told = story([["2a", "3a"]], [-1])
    assert ceiling(told).level == Level.PLAUSIBLE
    assert ceiling(with_evidence(told, Evidence("l1", "b", 1))).level == Level.CREDIBLE


def test_evidence_that_nobody_weighed_says_nothing() -> None:
    told = with_evidence(story([["2a", "2b"]], [-1]), Evidence("l1", "c", None))
    assert ceiling(told) == ceiling(story([["2a", "2b"]], [-1]))
    assert ceiling(with_evidence(story([[]]), Evidence("l1", "c", None))).level == Level.OBSERVED


@pytest.mark.parametrize(
    ("scores", "score"),
    [([], None), ([0], 0), ([1, 3], 3), ([-1], -1), ([3, -1], 3), ([1, -1], -1), ([2, -3, 1], -3)],
)
def test_evidence_against_wins_over_evidence_no_stronger(
    scores: list[int], score: int | None
) -> None:
    assert link_score(scores) == score


def test_a_necessary_assumption_that_fails_is_told() -> None:
    link = Link(
        "l",
        "a",
        "b",
        assumptions=(
            Assumption("buses run", AssumptionKind.NECESSARY, holds=Holds.FAILS),
            Assumption("rain", AssumptionKind.LIKELY, holds=Holds.FAILS),
        ),
    )
    told = Story((Node("a", NodeKind.ACTIVITY), Node("b", NodeKind.OUTPUT)), (link,))
    assert told.failing() == ("buses run",)


NODES = (Node("a", NodeKind.ACTIVITY), Node("b", NodeKind.OUTPUT))


@pytest.mark.parametrize(
    ("refused", "because"),
    [
        (lambda: Evidence("l", "a", 4), "from -3 to 3"),
        (lambda: Rival("r", score=True), "from -3 to 3"),
        (lambda: Link("l", "a", "a"), "to itself"),
        (lambda: Story(NODES, (Link("l", "a", "c"),)), "not there"),
        (lambda: Story(NODES, (), (Evidence("x", "s", 1),)), "not there"),
        (lambda: Story(NODES, (Link("a", "a", "b"),)), "given twice"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(refused, because: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=because):
        refused()


scores = st.lists(
    st.builds(lambda score, source: f"{score}{source}", st.integers(-3, 3), st.sampled_from("abc")),
    max_size=3,
)
stories = st.builds(
    story,
    st.lists(scores, max_size=4),
    st.lists(st.none() | st.integers(-3, 3), max_size=3),
    observed=st.sampled_from([True, True, True, False]),
    delivered=st.sampled_from([True, True, True, False]),
    reviewed=st.booleans(),
)
solid = st.builds(
    story,
    st.lists(
        st.lists(st.sampled_from(["1a", "2a", "2b", "3b", "2c", "-1c"]), min_size=2, max_size=4),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.sampled_from([None, 0, -1, -2]), min_size=1, max_size=2),
    reviewed=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(stories | solid)
def test_a_ceiling_is_what_the_rules_give_and_what_it_names_lifts_it(told: Story) -> None:
    assert ceiling_faults(told, ceiling(told)) == []
    assert cannot_be_claimed_for_nothing(told) == []


def test_the_judge_sees_wrong_answers() -> None:
    told = story([["2a", "2b"], ["2a"]], [-1])
    found = ceiling(told)
    assert ceiling_faults(told, replace(found, level=Level.STRONG))
    assert ceiling_faults(told, replace(found, lifts=(), unmet=()))
    wrong = replace(found.lifts[0], deed=Deed.ASK_FOR_REVIEW, about=())
    assert ceiling_faults(told, replace(found, lifts=(wrong,)))


def test_fifteen_things_can_be_known_of_an_outcome() -> None:
    assert sum(len(some) for some in CATEGORIES.values()) == len(Category) == 15
    assert [len(CATEGORIES[side]) for side in Dimension] == [4, 4, 3, 2, 2]
    full = completeness(Category)
    assert (full.count, full.missing) == (15, ())
    assert completeness([]).missing == tuple(Category)
