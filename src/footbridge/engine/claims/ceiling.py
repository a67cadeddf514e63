"""How much may be claimed: the highest level that the evidence carries, and what would lift it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from footbridge.engine.claims.story import Evidence, Link, Story


class Level(IntEnum):
    """What a partnership says of its part in a change. Never a percentage."""

    NO_CLAIM = 0
    OBSERVED = 1  # there is a change; what led to it is untested
    PLAUSIBLE = 2
    CREDIBLE = 3
    STRONG = 4


class Bound(StrEnum):
    """A condition that is not met."""

    NOT_OBSERVED = "not_observed"
    NOT_DELIVERED = "not_delivered"
    NO_LINKS = "no_links"
    CONTRADICTED = "contradicted"  # evidence against a link outweighs that for it
    HALF_UNSUPPORTED = "half_unsupported"  # fewer than half of the links have any support
    LINK_UNSUPPORTED = "link_unsupported"
    ONE_SOURCE = "one_source"  # fewer than two sources support a link
    NO_RIVALS = "no_rivals"  # nobody wrote down what else was going on
    RIVAL_OPEN = "rival_open"  # nobody has looked into a rival
    LINK_WEAK = "link_weak"
    RIVAL_STANDS = "rival_stands"  # a rival was not found to be wrong
    NOT_REVIEWED = "not_reviewed"


@dataclass(frozen=True, order=True, slots=True)
class Condition:
    """A bound, the keys of the links or rivals it is about, and how many of them would do."""

    bound: Bound
    about: tuple[str, ...] = ()
    enough: int = 0


class Deed(StrEnum):
    """Something that lifts a ceiling, if it comes out well."""

    MEASURE_THE_CHANGE = "measure_the_change"
    DELIVER = "deliver"
    DRAW_LINKS = "draw_links"
    SETTLE_CONTRADICTION = "settle_contradiction"
    FIND_EVIDENCE = "find_evidence"
    FIND_SECOND_SOURCE = "find_second_source"
    LIST_RIVALS = "list_rivals"
    LOOK_INTO_RIVAL = "look_into_rival"
    FIND_STRONGER_EVIDENCE = "find_stronger_evidence"
    RULE_OUT_RIVAL = "rule_out_rival"
    ASK_FOR_REVIEW = "ask_for_review"


@dataclass(frozen=True, order=True, slots=True)
class Lift:
    """A deed, what it is about, and for how many of these it has to be done."""

    deed: Deed
    about: tuple[str, ...] = ()
    enough: int = 0


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest level that may be claimed.

    unmet  what keeps it from the next: all of it must change. Nothing at the highest.
    lifts  what one could do about each, in the same order
    """

    level: Level
    unmet: tuple[Condition, ...]
    lifts: tuple[Lift, ...]


_DEEDS = {
    Bound.NOT_OBSERVED: Deed.MEASURE_THE_CHANGE,
    Bound.NOT_DELIVERED: Deed.DELIVER,
    Bound.NO_LINKS: Deed.DRAW_LINKS,
    Bound.CONTRADICTED: Deed.SETTLE_CONTRADICTION,
    Bound.HALF_UNSUPPORTED: Deed.FIND_EVIDENCE,
    Bound.LINK_UNSUPPORTED: Deed.FIND_EVIDENCE,
    Bound.ONE_SOURCE: Deed.FIND_SECOND_SOURCE,
    Bound.NO_RIVALS: Deed.LIST_RIVALS,
    Bound.RIVAL_OPEN: Deed.LOOK_INTO_RIVAL,
    Bound.LINK_WEAK: Deed.FIND_STRONGER_EVIDENCE,
    Bound.RIVAL_STANDS: Deed.RULE_OUT_RIVAL,
    Bound.NOT_REVIEWED: Deed.ASK_FOR_REVIEW,
}


def ceiling(story: Story) -> Ceiling:
    """The highest level that may be claimed, which conditions bound it, and what would lift it.

    0 until the change was observed; 1 unless activities took place, no link is contradicted and at
    least half of the links are supported; 2 then; 3 if every link is supported by two sources and
    every rival that was written down was looked into; 4 if, besides, every link has strong support,
    every rival was found wrong, and somebody independent signed.

    Claim less than that, never more. An outsider's signature lifts nothing by itself.

    >>> from footbridge.engine.claims.examples import story
    >>> found = ceiling(story([["2a", "2b"], ["1a", "1b"]], rivals=[0, -2]))
    >>> found.level, [(one.bound.value, one.about) for one in found.unmet]
    (<Level.CREDIBLE: 3>, [('link_weak', ('l2',)), ('rival_stands', ('r1',)), ('not_reviewed', ())])
    """
    for level, conditions in _STEPS.items():
        unmet = tuple(conditions(story))
        if unmet:
            return Ceiling(level, unmet, tuple(_lift(one) for one in unmet))
    return Ceiling(Level.STRONG, (), ())


def may_claim(level: Level, story: Story) -> bool:
    """Whether a claim is not above what the evidence carries."""
    return level <= ceiling(story).level


def _lift(unmet: Condition) -> Lift:
    return Lift(_DEEDS[unmet.bound], unmet.about, unmet.enough)


def _to_observed(story: Story) -> Iterator[Condition]:
    if not story.observed:
        yield Condition(Bound.NOT_OBSERVED)


def _to_plausible(story: Story) -> Iterator[Condition]:
    if not story.delivered:
        yield Condition(Bound.NOT_DELIVERED)
    if not story.links:
        yield Condition(Bound.NO_LINKS)
    against = _links(story, lambda link: (story.score(link) or 0) < 0)
    if against:
        yield Condition(Bound.CONTRADICTED, against, len(against))
    bare = _links(story, lambda link: (story.score(link) or 0) < 1)
    supported = len(story.links) - len(bare)
    if 2 * supported < len(story.links):
        missing = (len(story.links) + 1) // 2 - supported
        yield Condition(Bound.HALF_UNSUPPORTED, bare, missing)


def _to_credible(story: Story) -> Iterator[Condition]:
    bare = _links(story, lambda link: (story.score(link) or 0) < 1)
    if bare:
        yield Condition(Bound.LINK_UNSUPPORTED, bare, len(bare))
    alone = _links(story, lambda link: len(story.sources(link)) < 2)
    if alone:
        yield Condition(Bound.ONE_SOURCE, alone, len(alone))
    if not story.rivals:
        yield Condition(Bound.NO_RIVALS)
    unseen = tuple(rival.key for rival in story.rivals if rival.score is None)
    if unseen:
        yield Condition(Bound.RIVAL_OPEN, unseen, len(unseen))


def _to_strong(story: Story) -> Iterator[Condition]:
    weak = _links(story, lambda link: (story.score(link) or 0) < 2)
    if weak:
        yield Condition(Bound.LINK_WEAK, weak, len(weak))
    standing = tuple(rival.key for rival in story.rivals if (rival.score or 0) > -1)
    if standing:
        yield Condition(Bound.RIVAL_STANDS, standing, len(standing))
    if not story.reviewed:
        yield Condition(Bound.NOT_REVIEWED)


_STEPS: dict[Level, Callable[[Story], Iterator[Condition]]] = {
    Level.NO_CLAIM: _to_observed,
    Level.OBSERVED: _to_plausible,
    Level.PLAUSIBLE: _to_credible,
    Level.CREDIBLE: _to_strong,
}


def _links(story: Story, which: Callable[[Link], bool]) -> tuple[str, ...]:
    return tuple(link.key for link in story.links if which(link))


def with_evidence(story: Story, *pieces: Evidence) -> Story:
    """The story as it would be with more evidence: what would that lift?"""
    return replace(story, evidence=(*story.evidence, *pieces))
