"""Stories in shorthand, for documentation and tests."""

from __future__ import annotations

from collections.abc import Sequence

from footbridge.engine.claims.story import Evidence, Link, Node, NodeKind, Rival, Story


def story(
    links: Sequence[Sequence[str]],
    rivals: Sequence[int | None] = (),
    *,
    observed: bool = True,
    delivered: bool = True,
    reviewed: bool = False,
) -> Story:
    """A chain of links l1, l2 …, each with evidence as score and source: "2a", "-1b"; rivals r1,
    r2 … with their scores.

    >>> [(one.about, one.score, one.source) for one in story([["2a"], ["-1b"]]).evidence]
    [('l1', 2, 'a'), ('l2', -1, 'b')]
    """
    kinds = list(NodeKind)
    nodes = [Node(f"n{at}", kinds[min(at, len(kinds)) - 1]) for at in range(1, len(links) + 2)]
    return Story(
        nodes=tuple(nodes),
        links=tuple(Link(f"l{at}", f"n{at}", f"n{at + 1}") for at in range(1, len(links) + 1)),
        evidence=tuple(
            Evidence(f"l{at}", piece[-1], int(piece[:-1]))
            for at, pieces in enumerate(links, 1)
            for piece in pieces
        ),
        rivals=tuple(Rival(f"r{at}", score=score) for at, score in enumerate(rivals, 1)),
        observed=observed,
        delivered=delivered,
        reviewed=reviewed,
    )
