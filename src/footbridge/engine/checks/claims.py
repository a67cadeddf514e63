"""An independent judge of ceilings: the rules once more, level by level, from the raw evidence."""

from __future__ import annotations

from dataclasses import replace

from footbridge.engine.claims import (
    Ceiling,
    Deed,
    Evidence,
    Lift,
    Link,
    Node,
    NodeKind,
    Rival,
    Story,
    ceiling,
)


def level_of(story: Story) -> int:
    """The highest level, worked out from the top: whichever level's demands are all met."""
    if not story.observed:
        return 0
    scores = [_score_of(story, link.key) for link in story.links]
    known = [score for score in scores if score is not None]
    supported = sum(score >= 1 for score in known)
    if (
        not scores
        or not story.delivered
        or any(score < 0 for score in known)
        or supported < len(scores) / 2
    ):
        return 1
    voices = [
        {piece.source for piece in story.evidence if piece.about == link.key and _good(piece)}
        for link in story.links
    ]
    credible = (
        supported == len(scores)
        and all(len(some) >= 2 for some in voices)
        and bool(story.rivals)
        and all(rival.score is not None for rival in story.rivals)
    )
    strong = (
        credible
        and all(score >= 2 for score in known)
        and all(rival.score is not None and rival.score <= -1 for rival in story.rivals)
        and story.reviewed
    )
    return 4 if strong else 3 if credible else 2


def _good(piece: Evidence) -> bool:
    return piece.score is not None and piece.score > 0


def _score_of(story: Story, key: str) -> int | None:
    given = [
        piece.score for piece in story.evidence if piece.about == key and piece.score is not None
    ]
    if not given:
        return None
    against = [score for score in given if score < 0]
    favour = [score for score in given if score > 0]
    if against and (not favour or abs(min(against)) >= max(favour)):
        return min(against)
    return max(favour) if favour else 0


def ceiling_faults(story: Story, answer: Ceiling) -> list[str]:
    """What is wrong with a ceiling: its level, or that what it names does not lift it.

    Everything named is done at once, and the level must rise; each thing is left undone in turn,
    and it must not.
    """
    true, found = level_of(story), []
    if answer.level != true:
        found.append(f"the level is {true}")
    if bool(answer.lifts) == (true == 4):
        found.append("what would lift it is missing, or named at the top")
    if len(answer.lifts) != len(answer.unmet):
        found.append("not every condition has something that lifts it")
    if answer.lifts and level_of(_done(story, *answer.lifts)) <= true:
        found.append("doing all of it lifts nothing")
    for at, lift in enumerate(answer.lifts):
        others = answer.lifts[:at] + answer.lifts[at + 1 :]
        if _leaves_it_open(lift, others) and level_of(_done(story, *others)) > true:
            found.append(f"{lift.deed} is not needed")
    return found


def _leaves_it_open(lift: Lift, others: tuple[Lift, ...]) -> bool:
    """Whether no other deed does the same by the way: evidence is found by several."""
    finds = {
        Deed.FIND_EVIDENCE,
        Deed.FIND_SECOND_SOURCE,
        Deed.FIND_STRONGER_EVIDENCE,
        Deed.SETTLE_CONTRADICTION,
    }
    return lift.deed not in finds or not any(one.deed in finds for one in others)


def _done(story: Story, *lifts: Lift) -> Story:
    """The story after deeds that all came out well."""
    for lift in lifts:
        story = _after(story, lift)
    return story


def _after(story: Story, lift: Lift) -> Story:
    if lift.deed is Deed.MEASURE_THE_CHANGE:
        return replace(story, observed=True)
    if lift.deed is Deed.DELIVER:
        return replace(story, delivered=True)
    if lift.deed is Deed.ASK_FOR_REVIEW:
        return replace(story, reviewed=True)
    if lift.deed is Deed.LIST_RIVALS:
        return replace(story, rivals=(Rival("a rival", score=-1),))
    if lift.deed in (Deed.LOOK_INTO_RIVAL, Deed.RULE_OUT_RIVAL):
        score = 0 if lift.deed is Deed.LOOK_INTO_RIVAL else -1
        rivals = tuple(
            replace(one, score=score) if one.key in lift.about else one for one in story.rivals
        )
        return replace(story, rivals=rivals)
    if lift.deed is Deed.DRAW_LINKS:
        return _with_a_supported_link(story)
    kept = tuple(
        piece
        for piece in story.evidence
        if lift.deed is not Deed.SETTLE_CONTRADICTION
        or piece.about not in lift.about
        or (piece.score or 0) >= 0
    )
    more = [
        Evidence(key, voice, 3) for key in lift.about[: lift.enough] for voice in ("judge", "jury")
    ]
    return replace(story, evidence=(*kept, *more))


def _with_a_supported_link(story: Story) -> Story:
    ends = (Node("judge's a", NodeKind.ACTIVITY), Node("judge's b", NodeKind.OUTPUT))
    link = Link("judge's", ends[0].key, ends[1].key)
    return replace(
        story,
        nodes=(*story.nodes, *ends),
        links=(link,),
        evidence=(*story.evidence, Evidence(link.key, "judge", 1)),
    )


def cannot_be_claimed_for_nothing(story: Story) -> list[str]:
    """More evidence against, or less for it, must never raise a ceiling."""
    found, before = [], ceiling(story).level
    for at, piece in enumerate(story.evidence):
        if piece.score is not None and piece.score > -3:
            worse = replace(piece, score=piece.score - 1)
            evidence = (*story.evidence[:at], worse, *story.evidence[at + 1 :])
            if ceiling(replace(story, evidence=evidence)).level > before:
                found.append(f"worse evidence about {piece.about} raises the ceiling")
    if ceiling(replace(story, evidence=())).level > before and not _contradicted(story):
        found.append("no evidence at all raises the ceiling")
    return found


def _contradicted(story: Story) -> bool:
    return any((_score_of(story, link.key) or 0) < 0 for link in story.links)
