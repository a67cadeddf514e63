"""How a change is thought to come about, what speaks for it and against it, and who else was there.

A theory of change is nodes and the links between them. Each link rests on pieces of evidence, each
with a score from −3 to +3 and one source; beside it stand the rivals: all else that could explain
the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

STRONGEST: Final = 3
"""Scores run from −3 (speaks strongly against) over 0 (says nothing) to +3 (strongly for)."""


class NodeKind(StrEnum):
    """What stands on one rung of a theory of change, from what is put in to what it is for."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    REACH_AND_REACTION = "reach_and_reaction"
    CAPACITY_CHANGE = "capacity_change"
    BEHAVIOUR_CHANGE = "behaviour_change"
    DIRECT_BENEFIT = "direct_benefit"
    WELLBEING = "wellbeing"


class AssumptionKind(StrEnum):
    """How much a link hangs on something."""

    NECESSARY = "necessary"
    LIKELY = "likely"
    UNEXAMINED = "unexamined"


class Risk(StrEnum):
    """How likely it is not to hold."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Holds(StrEnum):
    """Whether an assumption was found to hold."""

    HOLDS = "holds"
    PARTLY = "partly"
    FAILS = "fails"
    UNKNOWN = "unknown"


class RivalKind(StrEnum):
    """What else could explain a change."""

    OTHER_ACTOR = "other_actor"
    CONTEXT_TREND = "context_trend"
    SELECTION = "selection"
    MEASUREMENT_ARTEFACT = "measurement_artefact"
    OTHER = "other"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    DOCUMENT = "document"
    SURVEY = "survey"
    ADMIN_DATA = "admin_data"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    CASE = "case"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Node:
    """One state of things that leads to another."""

    key: str
    kind: NodeKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """What has to be so for a link to work."""

    key: str
    kind: AssumptionKind = AssumptionKind.UNEXAMINED
    risk: Risk = Risk.MEDIUM
    holds: Holds = Holds.UNKNOWN
    text: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """That one thing leads to another, how, and on what that hangs."""

    key: str
    start: str
    end: str
    mechanism: str = ""
    assumptions: tuple[Assumption, ...] = ()

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError(f"the link {self.key!r} leads from a node to itself")


@dataclass(frozen=True, slots=True)
class Rival:
    """Another explanation; `score` says how far it explains the change, None before it was looked
    at: below nought it was found not to, above that it does."""

    key: str
    kind: RivalKind = RivalKind.OTHER
    score: int | None = None
    reasoning: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        _check_score(self.score)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of it, about a link, an assumption, a rival or a node.

    source  the organisation it comes from; two pieces of one source are one voice
    score   None where nobody has weighed it yet
    """

    about: str
    source: str
    score: int | None
    kind: EvidenceKind = EvidenceKind.DOCUMENT
    independent: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        _check_score(self.score)


@dataclass(frozen=True)
class Story:
    """A theory of change with its evidence and its rivals: what a claim is judged by.

    observed   whether the change itself was seen
    delivered  whether the activities took place
    reviewed   whether somebody independent signed
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    evidence: tuple[Evidence, ...] = ()
    rivals: tuple[Rival, ...] = ()
    observed: bool = False
    delivered: bool = False
    reviewed: bool = False

    def __post_init__(self) -> None:
        keys = [node.key for node in self.nodes] + [link.key for link in self.links]
        keys += [rival.key for rival in self.rivals] + [one.key for one in self._assumptions]
        if len(set(keys)) < len(keys):
            raise ValueError("a key is given twice")
        nodes = {node.key for node in self.nodes}
        for link in self.links:
            if not {link.start, link.end} <= nodes:
                raise ValueError(f"the link {link.key!r} leads to a node that is not there")
        for piece in self.evidence:
            if piece.about not in keys:
                raise ValueError(f"evidence is about {piece.about!r}, which is not there")

    @property
    def _assumptions(self) -> tuple[Assumption, ...]:
        return tuple(one for link in self.links for one in link.assumptions)

    @cached_property
    def weighed(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The evidence that has a score, by what it is about."""
        found: dict[str, list[Evidence]] = {}
        for piece in self.evidence:
            if piece.score is not None:
                found.setdefault(piece.about, []).append(piece)
        return {about: tuple(pieces) for about, pieces in found.items()}

    def score(self, link: Link) -> int | None:
        """What the evidence says of a link; None where there is none.

        >>> link_score([2, 1]), link_score([1, -2]), link_score([2, -1]), link_score([])
        (2, -2, 2, None)
        """
        return link_score(piece.score or 0 for piece in self.weighed.get(link.key, ()))

    def sources(self, link: Link) -> frozenset[str]:
        """Who supports a link: the different sources of evidence above nought."""
        pieces = self.weighed.get(link.key, ())
        return frozenset(piece.source for piece in pieces if (piece.score or 0) > 0)

    def failing(self) -> tuple[str, ...]:
        """Necessary assumptions that were found not to hold: the ceiling does not see them, a
        reader should."""
        return tuple(
            one.key
            for one in self._assumptions
            if one.kind is AssumptionKind.NECESSARY and one.holds is Holds.FAILS
        )


def link_score(scores: Iterable[int]) -> int | None:
    """Evidence against a link wins over evidence for it that is no stronger.

    None without evidence; the worst, if it is below nought and at least as far from it as the best
    is above; else the best above nought, else 0.
    """
    given = list(scores)
    if not given:
        return None
    worst, best = min(given), max(0, *given)
    return worst if worst < 0 and -worst >= best else best


def _check_score(score: int | None) -> None:
    whole = isinstance(score, int) and not isinstance(score, bool)
    if score is not None and not (whole and -STRONGEST <= score <= STRONGEST):
        raise ValueError(f"a score is a whole number from -3 to 3, or none, not {score!r}")
