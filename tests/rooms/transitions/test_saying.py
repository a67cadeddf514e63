"""What one passes through is one's own: said, changed, worked through, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from footbridge.core.errors import (
    Conflict,
    DomainError,
    LimitReached,
    NotAllowed,
    NotHere,
    Overtaken,
)
from footbridge.people import actions as people
from footbridge.transitions import actions, queries
from footbridge.transitions.actions import Said, Wrote
from footbridge.transitions.models import StepNote, Transition
from footbridge.transitions.policy import MOST_TRANSITIONS
from footbridge.transitions.states import Motive, Passage
from tests.cast import Cast
from tests.rooms.transitions import story

pytestmark = pytest.mark.django_db


def test_only_what_it_is_has_to_be_said_and_nobody_else_learns_of_it(cast: Cast) -> None:
    made = story.says(cast.seeker, "displaced")
    assert made.motives == []
    assert not made.glad_to_be_asked
    for other in (cast.target, cast.host, cast.stranger):
        with pytest.raises(NotHere):
            queries.get(other, made.id)
        assert queries.of_member(other, cast.seeker.id) == []
    assert [one.passage for one in queries.mine(cast.seeker)] == ["displaced"]


@pytest.mark.parametrize(("shown", "host", "member"), [("hosts", 1, 0), ("members", 1, 1)])
def test_others_learn_of_it_as_its_person_chose(
    cast: Cast, shown: str, host: int, member: int
) -> None:
    story.says(cast.seeker, shown=shown)
    assert len(queries.of_member(cast.host, cast.seeker.id)) == host
    assert len(queries.of_member(cast.target, cast.seeker.id)) == member


def test_who_is_only_on_the_list_learns_of_nothing_and_says_nothing(cast: Cast) -> None:
    story.says(cast.seeker, shown="members")
    assert queries.of_member(cast.listed, cast.seeker.id) == []
    with pytest.raises(NotAllowed):
        story.says(cast.listed)


def test_income_is_one_motive_among_others_and_none_is_chosen_for_anybody(cast: Cast) -> None:
    assert Motive.values[0] == "meaning"
    assert "income" in Motive.values
    made = story.says(cast.seeker, motives=["craft", "income", "craft", "place"])
    assert made.motives == ["craft", "income", "place"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"passage": "retired"}, "passage"),
        ({"point": "gone"}, "point"),
        ({"shown": "everyone"}, "shown"),
        ({"motives": ["fame"]}, "motives"),
        ({"motives": ["craft", "income", "place", "scale"]}, "motives"),
        ({"since": date(1700, 1, 1)}, "since"),
        ({"words": "x" * 1001}, "words"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    cast: Cast, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        actions.say(actor=cast.seeker, said=Said(**{"passage": "between", **said}))
    assert refused.value.field == field
    assert not Transition.objects.exists()


def test_one_is_in_the_same_once_and_may_have_lived_it_often(cast: Cast) -> None:
    story.says(cast.seeker)
    with pytest.raises(Conflict):
        story.says(cast.seeker)
    story.lived(cast.seeker)
    story.lived(cast.seeker)
    assert Transition.objects.count() == 3


def test_at_most_so_many_are_kept(cast: Cast) -> None:
    for _number in range(MOST_TRANSITIONS):
        story.lived(cast.seeker)
    with pytest.raises(LimitReached):
        story.says(cast.seeker)


def test_who_saves_over_a_newer_word_is_shown_it_first(cast: Cast) -> None:
    made = story.says(cast.seeker, words="First")
    said = Said(passage="stepping_out", words="Second")
    actions.edit(actor=cast.seeker, transition=made, said=said, version=1)
    with pytest.raises(Overtaken) as error:
        actions.edit(actor=cast.seeker, transition=made, said=said, version=1)
    assert error.value.theirs["words"] == "Second"


def test_nobody_changes_or_takes_back_what_another_said(cast: Cast) -> None:
    made = story.says(cast.seeker, shown="members")
    for act in (
        lambda: actions.edit(actor=cast.target, transition=made, said=Said(passage="between")),
        lambda: actions.forget(actor=cast.target, transition=made),
        lambda: actions.write_list(
            actor=cast.target, transition=made, steps={"small_step": Wrote("Mine")}
        ),
    ):
        with pytest.raises(NotHere):
            act()


# Lists.


@pytest.mark.parametrize("passage", Passage.values)
def test_who_leaves_something_hands_it_over_first_and_everyone_begins_again(
    cast: Cast, passage: str
) -> None:
    keys = [one.key for one in queries.list_of(cast.seeker, story.says(cast.seeker, passage)).steps]
    leaves = passage in ("stepping_out", "handing_over")
    assert ("only_you" in keys) == leaves
    assert keys[-3:] == ["small_step", "whom_to_ask", "what_you_miss"]
    assert len(keys) == (10 if leaves else 3)


def test_a_list_is_saved_as_one_goes_and_read_by_nobody_else(cast: Cast) -> None:
    made = story.says(cast.seeker, shown="members")
    steps = {"only_you": Wrote("The boiler: ask Ana.\nTurn left."), "promises": Wrote("", True)}
    actions.write_list(actor=cast.seeker, transition=made, steps=steps)
    found = queries.list_of(cast.seeker, made)
    assert found.done == 1
    assert found.steps[0].words == "The boiler: ask Ana.\nTurn left."
    assert all(step.words == "" for step in queries.list_of(cast.target, made).steps)
    assert StepNote.objects.count() == 2


def test_a_step_of_another_list_or_too_long_a_text_is_refused(cast: Cast) -> None:
    made = story.says(cast.seeker, "between")
    with pytest.raises(NotHere):
        actions.write_list(actor=cast.seeker, transition=made, steps={"only_you": Wrote("x")})
    long = {"small_step": Wrote("x" * 4001)}
    with pytest.raises(DomainError) as refused:
        actions.write_list(actor=cast.seeker, transition=made, steps=long)
    assert refused.value.field == "small_step"


def test_two_windows_on_one_list_lose_nothing(cast: Cast) -> None:
    made = story.says(cast.seeker)
    before = queries.list_of(cast.seeker, made).version
    write = {"actor": cast.seeker, "transition": made, "version": before}
    actions.write_list(steps={"only_you": Wrote("From one window")}, **write)
    with pytest.raises(Overtaken) as error:
        actions.write_list(steps={"only_you": Wrote("From the other")}, **write)
    assert error.value.theirs == {"only_you": "From one window"}


def test_what_is_taken_back_takes_its_list_and_its_questions_along(cast: Cast) -> None:
    ask = story.asked(cast)
    mine = Transition.objects.get(person=cast.seeker)
    actions.write_list(actor=cast.seeker, transition=mine, steps={"only_you": Wrote("Keys")})
    actions.forget(actor=cast.seeker, transition=mine)
    assert not StepNote.objects.exists()
    assert story.letters() == []
    with pytest.raises(NotHere):
        actions.agree(actor=cast.target, ask=ask)


def test_who_leaves_takes_all_of_it_along_and_their_export_held_it(cast: Cast) -> None:
    from footbridge.people import queries as people_queries

    story.asked(cast)
    mine = Transition.objects.get(person=cast.seeker)
    actions.write_list(actor=cast.seeker, transition=mine, steps={"only_you": Wrote("Keys")})
    held = people_queries.personal_export(cast.seeker, cast.seeker)["transitions"]
    assert held["transitions"][0]["notes"][0]["words"] == "Keys"
    assert held["asks"][0]["words"] == story.ASKED
    assert held["asks"][0]["lived"] == ""
    theirs = people_queries.personal_export(cast.target, cast.target)["transitions"]
    assert theirs["asks"][0]["role"] == "guide"
    assert theirs["asks"][0]["transition"] != ""
    people.erase(actor=cast.seeker, person=cast.seeker)
    assert list(Transition.objects.values_list("person", flat=True)) == [cast.target.id]
    assert story.letters() == []


@pytest.mark.parametrize("count", [1, 3])
def test_reading_ones_own_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        story.lived(cast.seeker)
    with django_assert_num_queries(3):
        assert len(queries.mine(cast.seeker)) == count
