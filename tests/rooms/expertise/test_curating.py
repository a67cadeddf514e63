"""A host looks after the chapter's list to tick."""

from __future__ import annotations

import pytest

from footbridge.core.errors import DomainError, LimitReached, NotHere, Overtaken
from footbridge.exchange import actions as exchange
from footbridge.expertise import actions, lived, queries
from footbridge.expertise.actions import Pick
from footbridge.expertise.models import LivedLine
from tests.cast import Cast
from tests.rooms.expertise import story

pytestmark = pytest.mark.django_db
TEXT = "I landed a boat in a storm."


@pytest.fixture(autouse=True)
def _words(db: None) -> None:
    exchange.load_shipped_vocabulary()


def add(cast: Cast, **said: object) -> LivedLine:
    leads = [Pick(story.skill("crisis-risk"), "led", "any")]
    said = {"actor": cast.host, "chapter": cast.chapter, "text": TEXT, "theme": "hard"} | said
    return actions.add_line(**{"leads": leads, **said})  # type: ignore[arg-type]


def _texts(person: object) -> list[str]:
    groups = queries.list_to_tick(person)  # type: ignore[arg-type]
    return [line.text for group in groups for line in group.lines]


def test_a_line_of_the_chapter_stands_on_its_list_and_on_no_other(cast: Cast) -> None:
    line = add(cast)
    assert TEXT in _texts(cast.seeker)
    assert TEXT not in _texts(cast.stranger)
    actions.pick(actor=cast.seeker, keys=[str(line.id)])
    [claim] = queries.own_claims(cast.seeker)
    assert (claim.skill.key, claim.level, claim.episode.title) == ("crisis-risk", "led", TEXT)
    with pytest.raises(DomainError):
        actions.pick(actor=cast.stranger, keys=[str(line.id)])


def test_a_shipped_line_is_left_out_and_brought_back(cast: Cast) -> None:
    before = _texts(cast.seeker)
    for _twice in range(2):
        actions.leave_out(actor=cast.host, chapter=cast.chapter, key="ministry")
    assert len(_texts(cast.seeker)) == len(before) - 1 == len(lived.lines()) - 1
    assert len(_texts(cast.stranger)) == len(lived.lines())
    with pytest.raises(DomainError):
        actions.pick(actor=cast.seeker, keys=["ministry"])
    actions.bring_back(actor=cast.host, chapter=cast.chapter, key="ministry")
    assert _texts(cast.seeker) == before


def test_only_hosts_look_after_the_list(cast: Cast) -> None:
    line, leads = add(cast), [Pick(story.skill("teaching"))]
    for actor in (cast.seeker, cast.stranger):
        with pytest.raises(NotHere):
            add(cast, actor=actor)
        with pytest.raises(NotHere):
            actions.change_line(actor=actor, line=line, text="X.", theme="hard", leads=leads)
        with pytest.raises(NotHere):
            actions.drop_line(actor=actor, line=line)
        for act in (actions.leave_out, actions.bring_back):
            with pytest.raises(NotHere):
                act(actor=actor, chapter=cast.chapter, key="ministry")
    actions.change_line(actor=cast.deputy, line=line, text="X.", theme="money", leads=leads)
    assert "X." in _texts(cast.seeker)


def test_two_hosts_who_change_one_line_meet(cast: Cast) -> None:
    line, leads = add(cast), [Pick(story.skill("teaching"))]
    said = {"line": line, "theme": "hard", "leads": leads, "version": 1}
    actions.change_line(actor=cast.host, text="One.", **said)
    with pytest.raises(Overtaken) as met:
        actions.change_line(actor=cast.deputy, text="Two.", **said)
    assert met.value.theirs == {"text": "One.", "theme": "hard"}


def test_what_people_told_with_a_line_outlives_it(cast: Cast) -> None:
    line = add(cast)
    actions.pick(actor=cast.seeker, keys=[str(line.id)])
    actions.drop_line(actor=cast.host, line=line)
    assert (story.titles(cast.seeker), TEXT in _texts(cast.seeker)) == ([TEXT], False)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"text": ""}, "text"), ({"theme": "sea"}, "theme"), ({"leads": []}, "skills")],
)
def test_a_line_that_says_nothing_is_refused(cast: Cast, said: dict, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        add(cast, **said)
    assert (refused.value.field, LivedLine.objects.count()) == (field, 0)


def test_a_list_stays_one_that_can_be_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footbridge.expertise.actions.curating.MOST_LINES", 1)
    add(cast)
    with pytest.raises(LimitReached):
        add(cast, text="Another one.")


@pytest.mark.parametrize("own", [1, 3])
def test_the_list_is_read_in_a_fixed_number_of_queries(
    cast: Cast, django_assert_num_queries, own: int
) -> None:
    for number in range(own):
        add(cast, text=f"I did it {number} times.")
    person = cast.seeker
    with django_assert_num_queries(6):
        assert len(_texts(person)) == len(lived.lines()) + own
