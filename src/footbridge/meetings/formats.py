"""The formats that we ship: how an evening runs, step by step, and how many it is good for.

Minutes, numbers of people and sizes of groups are those that are published for each method; the
words are ours. A session keeps its own copy of the steps, so that a host may change them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line
from footbridge.meetings.states import SEATED, Format, Gathering

LONGEST = 12 * 60
MOST_STEPS = 30
LARGEST_TABLE = 10
SMALLEST_TABLE = 3
MOST_SEATS = 500
MICRO_CAFE_SEATS = 10


@dataclass(frozen=True)
class Step:
    """One part of an evening. `size` is how many sit at a table: 2 in pairs, 0 where nobody is
    seated. `stays` says that one of each table stays there as its host while the others move."""

    gathering: Gathering
    minutes: int
    title: str
    prompt: str = ""
    size: int = 0
    stays: bool = False

    def to_json(self) -> dict[str, Any]:
        """The step as a session keeps it."""
        kept = asdict(self) | {"gathering": self.gathering.value}
        if not self.stays:
            del kept["stays"]
        return kept

    @classmethod
    def from_json(cls, said: Any) -> Step:
        """The step as a form or a file says it; refused in words when it cannot be."""
        if not isinstance(said, dict):
            raise DomainError(_("A step has a title, minutes and a way to gather."), field="steps")
        gathering = _gathering(said.get("gathering"))
        return cls(
            gathering=gathering,
            minutes=_minutes(said.get("minutes")),
            title=_line(said.get("title"), 120, is_needed=True),
            prompt=_line(said.get("prompt"), 500),
            size=_size(gathering, said.get("size")),
            stays=gathering == Gathering.TABLES and bool(said.get("stays")),
        )


def _gathering(said: Any) -> Gathering:
    try:
        return Gathering(said)
    except ValueError as error:
        raise DomainError(_("Choose how people gather in each step."), field="steps") from error


def _minutes(said: Any) -> int:
    minutes = _number(said)
    if minutes is None or not 1 <= minutes <= LONGEST:
        raise DomainError(
            _("Each step takes from 1 to %(most)d minutes.") % {"most": LONGEST}, field="steps"
        )
    return minutes


def _size(gathering: Gathering, said: Any) -> int:
    if gathering not in SEATED:
        return 0
    if gathering == Gathering.PAIRS:
        return 2
    size = _number(said) or 4
    if not SMALLEST_TABLE <= size <= LARGEST_TABLE:
        raise DomainError(
            _("A table has from %(least)d to %(most)d people.")
            % {"least": SMALLEST_TABLE, "most": LARGEST_TABLE},
            field="steps",
        )
    return size


def _number(said: Any) -> int | None:
    try:
        return int(said)
    except (TypeError, ValueError, OverflowError):
        return None


def _line(said: Any, most: int, *, is_needed: bool = False) -> str:
    line = clean_line(str(said or ""))
    if is_needed and not line:
        raise DomainError(_("Give each step a title."), field="steps")
    if len(line) > most:
        raise DomainError(
            _("A line in a step has at most %(most)d characters.") % {"most": most}, field="steps"
        )
    return line


def steps_from(said: Any) -> tuple[Step, ...]:
    """The steps of an evening, as a form, a file or a session says them."""
    if not isinstance(said, list | tuple):
        raise DomainError(_("A session has a list of steps."), field="steps")
    if not 1 <= len(said) <= MOST_STEPS:
        raise DomainError(
            _("A session has from 1 to %(most)d steps.") % {"most": MOST_STEPS}, field="steps"
        )
    steps = tuple(one if isinstance(one, Step) else Step.from_json(one) for one in said)
    if minutes_of(steps) > LONGEST:
        raise DomainError(_("A session lasts at most 12 hours."), field="steps")
    return steps


def steps_to(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps as a session keeps them."""
    return [step.to_json() for step in steps]


def minutes_of(steps: Iterable[Step]) -> int:
    """How long these steps take together."""
    return sum(step.minutes for step in steps)


def seated_steps(steps: Iterable[Step]) -> list[tuple[int, Step]]:
    """The steps for which people are seated, in order, with their place in the run-sheet: the
    rounds of the evening."""
    return [(at, step) for at, step in enumerate(steps) if step.gathering in SEATED]


def most_seats(format: Format | str) -> int:
    """How many seats a session of this format may have. A micro café is small, or it is another
    format."""
    return MICRO_CAFE_SEATS if format == Format.MICRO_CAFE else MOST_SEATS


@dataclass(frozen=True)
class Shape:
    """A format to begin with: how many it is good for, and its steps."""

    format: Format
    cap: int
    quorum: int
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return minutes_of(self.steps)


def shape_of(format: Format | str) -> Shape:
    """The format as we ship it, in the language of the moment."""
    wanted = Format(format)
    cap, quorum, steps = _SHAPES[wanted]
    return Shape(wanted, cap, quorum, steps())


def _all(minutes: int, title: str, prompt: str = "") -> Step:
    return Step(Gathering.ALL, minutes, title, prompt)


def _silent(minutes: int, title: str, prompt: str = "") -> Step:
    return Step(Gathering.SILENT, minutes, title, prompt)


def _pairs(minutes: int, title: str, prompt: str = "") -> Step:
    return Step(Gathering.PAIRS, minutes, title, prompt, 2)


def _tables(minutes: int, size: int, title: str, prompt: str = "") -> Step:
    return Step(Gathering.TABLES, minutes, title, prompt, size)


def _rounds(many: int, minutes: int, size: int, prompt: str) -> tuple[Step, ...]:
    titles = [_("Round %(number)d") % {"number": number + 1} for number in range(many)]
    if size == 2:
        return tuple(_pairs(minutes, title, prompt) for title in titles)
    return tuple(_tables(minutes, size, title, prompt) for title in titles)


def _pairing() -> tuple[Step, ...]:
    prompt = _("What are you working on, and what would move it on? Half of the time each.")
    return (
        _all(10, _("Welcome"), _("Everyone: your name, and one thing that you look for.")),
        *_rounds(3, 15, 2, prompt),
        _all(10, _("Closing circle"), _("Whom do you want to meet again?")),
    )


def _micro_cafe() -> tuple[Step, ...]:
    return (
        _all(10, _("Welcome and the question"), _("Names, and why this question matters now.")),
        *_rounds(3, 15, 5, _("Talk about the question. Nobody reports back.")),
        _all(20, _("Circle"), _("What did you hear that you had not thought of?")),
        _all(10, _("Needs and offers"), _("One need and one offer each, in a sentence.")),
    )


def _knowledge_cafe() -> tuple[Step, ...]:
    return (
        _all(15, _("Welcome and the question"), _("Someone tells briefly why they ask.")),
        *_rounds(3, 15, 4, _("Talk about the question. No flip charts, nobody reports back.")),
        _all(35, _("Circle"), _("What do you take from the talks at the tables?")),
        _all(5, _("One step each"), _("What will you do with it in the next week?")),
    )


def _world_cafe() -> tuple[Step, ...]:
    prompt = _("One stays as the host of the table and tells those who come what was said.")
    return (
        _all(15, _("Welcome and the question"), _("How the evening goes, and what is asked.")),
        *(replace(one, stays=True) for one in _rounds(3, 20, 5, prompt)),
        _all(25, _("Harvest"), _("What came up at several tables?")),
    )


def _one_two_four_all() -> tuple[Step, ...]:
    return (
        _silent(1, _("Alone"), _("Write down what comes to your mind.")),
        _pairs(2, _("In twos"), _("Put together what you wrote.")),
        _tables(4, 4, _("In fours"), _("What is alike, what differs?")),
        _all(5, _("Together"), _("One thing from each four that must not be lost.")),
    )


def _troika() -> tuple[Step, ...]:
    prompt = _("Ten minutes each: one asks, the other two think aloud about it. Then change.")
    return (
        _all(5, _("Welcome"), _("How the threes work.")),
        _tables(30, 3, _("In threes"), prompt),
        _all(10, _("Closing circle"), _("What will you try?")),
    )


def _peer_assist() -> tuple[Step, ...]:
    return (
        _all(10, _("Welcome"), _("Who is here, and what each has done before.")),
        _all(15, _("The question"), _("The owner of the question tells what they plan.")),
        _all(20, _("Asking"), _("Questions to understand; no advice yet.")),
        _all(25, _("What we would try"), _("The others talk; the owner listens.")),
        _all(10, _("What I take along"), _("The owner says what they will do next.")),
    )


def _needs_and_offers() -> tuple[Step, ...]:
    return (
        _all(5, _("Welcome"), _("How the hour goes.")),
        _silent(5, _("Writing"), _("One need and one offer, each in a sentence.")),
        _all(15, _("Round of needs"), _("Each reads one need aloud.")),
        *_rounds(2, 12, 4, _("Who could help with what, or knows somebody who could?")),
        _all(11, _("Who does what"), _("Say aloud what you promise to whom, and by when.")),
    )


def _open_networking() -> tuple[Step, ...]:
    return (
        _all(10, _("Welcome"), _("Everyone: your name, and one thing that you look for.")),
        Step(
            Gathering.STANDING, 60, _("Moving about"), _("Speak with three whom you do not know.")
        ),
        _all(10, _("Closing circle"), _("Whom do you want to meet again?")),
    )


def _values() -> tuple[Step, ...]:
    return (
        _all(10, _("Welcome"), _("Why values, and what stays in this room.")),
        _silent(5, _("Writing"), _("A moment at work when you were proud, and why.")),
        _pairs(10, _("In twos"), _("Tell it. The other listens for what mattered.")),
        _tables(20, 4, _("In fours"), _("Which of these do we share? Where do we differ?")),
        _all(20, _("Circle"), _("What do we hold each other to?")),
    )


def _cohort() -> tuple[Step, ...]:
    return (
        _all(10, _("Welcome"), _("What did you try since last time?")),
        _all(20, _("Input"), _("One idea, one example.")),
        *_rounds(2, 20, 4, _("What would this mean where you work?")),
        _silent(5, _("Writing"), _("What will you try until next time?")),
        _all(15, _("Closing circle"), _("Each says one thing aloud.")),
    )


def _live_talk() -> tuple[Step, ...]:
    return (
        _all(5, _("Welcome"), _("Who speaks, and what was asked before.")),
        _all(25, _("The talk"), _("Write down what you would like to ask.")),
        _all(25, _("Questions"), _("What most want to hear comes first.")),
        _all(5, _("Closing"), _("Who would like to talk on with somebody from the room?")),
    )


def _event() -> tuple[Step, ...]:
    return (
        _all(15, _("Welcome"), _("Where everything is, and who helps.")),
        Step(Gathering.STANDING, 210, _("The programme"), _("Each goes where their seat is.")),
        _all(15, _("Closing"), _("Whom do you want to meet again?")),
    )


_SHAPES = {
    Format.PAIRING: (24, 4, _pairing),
    Format.MICRO_CAFE: (MICRO_CAFE_SEATS, 4, _micro_cafe),
    Format.KNOWLEDGE_CAFE: (30, 12, _knowledge_cafe),
    Format.WORLD_CAFE: (40, 12, _world_cafe),
    Format.ONE_TWO_FOUR_ALL: (60, 4, _one_two_four_all),
    Format.TROIKA: (24, 3, _troika),
    Format.PEER_ASSIST: (8, 4, _peer_assist),
    Format.NEEDS_AND_OFFERS: (24, 6, _needs_and_offers),
    Format.OPEN_NETWORKING: (60, 8, _open_networking),
    Format.VALUES: (24, 8, _values),
    Format.COHORT: (24, 6, _cohort),
    Format.LIVE_TALK: (80, 8, _live_talk),
    Format.EVENT: (120, 20, _event),
}
