"""What can be said to another side in its own terms: drawn from its open calls, needs, causes and
its card, as far as the viewer may read them; from what one needs oneself, and from what others
confirmed of one's work. Each line says where it comes from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from footbridge.assignments import policy as assignments
from footbridge.assignments.models import Case
from footbridge.assignments.states import CaseState
from footbridge.calls import policy as calls
from footbridge.calls.states import State as CallState
from footbridge.core import clock
from footbridge.exchange import queries as exchange
from footbridge.expertise import queries as expertise
from footbridge.hours.given import hours_given
from footbridge.insight import queries as insight
from footbridge.insight.cards import Chain
from footbridge.insight.entry import Entry, entry_contacts
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Member, Person
from footbridge.pitches import queries as pitches
from footbridge.pitches.actions import Kit
from footbridge.pitches.cards import InShoes
from footbridge.pitches.models import MOST_LINE, MOST_STORY, MOST_WORDS, Pitch

# So many lines of a kind: who prepares a talk picks, and a page has an end.
MOST_LINES = 3
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """Something that can be said, and where it was read."""

    words: str
    source: str


@dataclass(frozen=True)
class Drawn:
    """All that can be drawn for a pitch: three winners, proof, whom to turn to and the way there;
    and the kit as it is filled in from it."""

    target: MemberCard | None
    card: InShoes | None
    theirs: tuple[Line, ...]
    ours: tuple[Line, ...]
    community: tuple[Line, ...]
    proof: tuple[Line, ...]
    asks: tuple[Line, ...]
    entries: tuple[Entry, ...]
    chain: Chain | None
    kit: Kit

    @property
    def contact_id(self) -> uuid.UUID | None:
        """Whom to turn to first, if it is a person."""
        return self.entries[0].member.id if self.entries else None


def draw(viewer: Person, target: Member | None, on_behalf_of: Member | None = None) -> Drawn:
    """Everything for a pitch to a member; without one, the own part alone."""
    ours_is = on_behalf_of or viewer
    shoes = pitches.card_of(viewer, target) if target else None
    shoes = shoes if shoes and shoes.is_written else None
    open_calls = _open_calls(viewer, target) if target else []
    theirs = tuple(_theirs(viewer, target, open_calls, shoes)) if target else ()
    needs = _needs(viewer, ours_is)
    community = tuple(_community(viewer, target, ours_is))
    proof = tuple(_proof(viewer))
    asks = (*_calls_to_answer(open_calls), *needs)[:MOST_LINES]
    entries = _entries(viewer, target)
    return Drawn(
        target=card(viewer, target) if target else None,
        card=shoes,
        theirs=theirs,
        ours=needs,
        community=community,
        proof=proof,
        asks=asks,
        entries=entries,
        chain=_chain(viewer, target, entries),
        kit=_kit(shoes, theirs, needs, community, proof, asks, _story(viewer, ours_is)),
    )


def draw_for(viewer: Person, pitch: Pitch) -> Drawn:
    """What can be read today for a pitch of one's own; a member who is gone or hidden is nobody."""
    wanted = {one for one in (pitch.target_id, pitch.on_behalf_of_id) if one}
    found = people.by_ids(viewer, wanted) if wanted else {}
    target = found.get(pitch.target_id) if pitch.target_id else None
    ours = found.get(pitch.on_behalf_of_id) if pitch.on_behalf_of_id else None
    return draw(viewer, target, ours)


# What they gain.


def _theirs(
    viewer: Person, target: Member, open_calls: list[tuple[str, str]], shoes: InShoes | None
) -> Iterator[Line]:
    for title, outcome in open_calls:
        yield Line(outcome or title, _("their call «%(title)s»") % {"title": title})
    for need in exchange.needs_in_brief(viewer, target)[:MOST_LINES]:
        yield Line(need.text, _("what they look for"))
    if shoes and shoes.incentives:
        yield Line(shoes.incentives, _("their page: what they are praised and paid for"))
    if shoes and shoes.fears:
        yield Line(
            _("Less of what they fear: %(words)s") % {"words": shoes.fears},
            _("their page: what they fear"),
        )


def _open_calls(viewer: Person, target: Member) -> list[tuple[str, str]]:
    rows = calls.visible_to(viewer).filter(owner=target.id, state=CallState.OPEN)
    late = rows.exclude(deadline__lt=clock.now()).order_by("-opened_at", "id")
    return list(late.values_list("title", "outcome")[:MOST_LINES])


def _calls_to_answer(open_calls: list[tuple[str, str]]) -> Iterator[Line]:
    for title, _outcome in open_calls:
        words = _("May we answer your call «%(title)s»?") % {"title": title}
        yield Line(words, _("their open call"))


# What one gains oneself, and what the community does.


def _needs(viewer: Person, ours: Member) -> tuple[Line, ...]:
    found = exchange.needs_in_brief(viewer, ours)
    if not found and ours.id != viewer.id:
        found = exchange.needs_in_brief(viewer, viewer)
    return tuple(Line(one.text, _("what you look for")) for one in found[:MOST_LINES])


def _community(viewer: Person, target: Member | None, ours: Member) -> Iterator[Line]:
    mine = {one.id: one.label for who in (ours, viewer) for one in exchange.causes_of(viewer, who)}
    theirs = {one.id: one.label for one in exchange.causes_of(viewer, target)} if target else {}
    shared = [label for one, label in mine.items() if one in theirs]
    for label in shared[:MOST_LINES]:
        words = _("More is done for what both work for: %(cause)s") % {"cause": label}
        yield Line(words, _("a cause of both"))
    if shared:
        return
    for label in list(mine.values())[:1]:
        words = _("More is done for this: %(cause)s") % {"cause": label}
        yield Line(words, _("your cause"))


# Why one can be believed.


def _proof(viewer: Person) -> Iterator[Line]:
    yield from _hours(viewer)
    claims = [one for one in expertise.own_claims(viewer) if one.confirmed]
    for claim in claims[:MOST_LINES]:
        named = {"skill": claim.skill.label, "story": claim.episode.title if claim.episode else ""}
        words = _("%(skill)s: %(story)s") % named if named["story"] else claim.skill.label
        yield Line(words, _("confirmed by who was there"))
    for text in _cases(viewer):
        yield Line(text, _("a case that everybody in it agreed to"))


def _hours(viewer: Person) -> Iterator[Line]:
    year = clock.today().year
    for one in (hours_given(viewer, year), hours_given(viewer, year - 1)):
        if one.minutes >= 60:
            told = {"hours": one.minutes // 60, "year": one.year}
            yield Line(_("%(hours)s hours given in %(year)s") % told, _("confirmed hours"))


def _cases(viewer: Person) -> Iterable[str]:
    inside = assignments.visible_to(viewer).order_by().values("id")
    rows = Case.objects.filter(assignment__in=inside, state=CaseState.AGREED)
    since = rows.filter(agreed_at__gte=clock.now() - 3 * A_YEAR).order_by("-agreed_at", "id")
    return (_first_sentence(text) for text in since.values_list("text", flat=True)[:MOST_LINES])


def _first_sentence(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return _short(first, MOST_LINE)


def _story(viewer: Person, ours: Member) -> str:
    """What one did, as one told it; else what one says of oneself."""
    told = [one.story for one in expertise.own_episodes(viewer) if one.story]
    said = [*told, ours.about, viewer.about]
    return _short(next((words for words in said if words.strip()), ""), MOST_STORY)


# Whom to turn to, and the way there.


def _entries(viewer: Person, target: Member | None) -> tuple[Entry, ...]:
    if target is None:
        return ()
    if target.is_person:
        return (Entry(card(viewer, target), "", "", ()),)
    return tuple(entry_contacts(viewer, target))


def _chain(viewer: Person, target: Member | None, entries: tuple[Entry, ...]) -> Chain | None:
    """The warmest way to whom one turns to first, and else to the member itself."""
    if target is None or target.id == viewer.id:
        return None
    goals = [people.get(viewer, one.member.id) for one in entries[:1]] or [target]
    for goal in goals if goals[0].id == target.id else [*goals, target]:
        found = insight.chains(viewer, viewer, goal, top=1) if goal.id != viewer.id else []
        if found:
            return found[0]
    return None


# The kit as it is filled in.


def _kit(
    shoes: InShoes | None,
    theirs: tuple[Line, ...],
    ours: tuple[Line, ...],
    community: tuple[Line, ...],
    proof: tuple[Line, ...],
    asks: tuple[Line, ...],
    story: str,
) -> Kit:
    """What can be said already, in the order in which it was found; all of it is there to be
    changed. The first thing to ask for is small: it is what people say yes to."""
    ask = asks[0].words if asks else _("Twenty minutes, to find out whether this helps you too.")
    return Kit(
        ask=_short(ask, MOST_LINE),
        decider=shoes.decides_who if shoes else "",
        theirs=_together(theirs),
        ours=_together(ours),
        community=_together(community),
        story=story,
        proof=_together(proof),
        takes=_("Twenty minutes for a first talk."),
        gives=_("After it you know whether a second one is worth it."),
    )


def _together(lines: Iterable[Line]) -> str:
    """As many whole lines as there is room for."""
    told = ""
    for line in lines:
        more = f"{told}\n{line.words}".strip()
        told = more if len(more) <= MOST_WORDS else told
    return told or _short(next((one.words for one in lines), ""), MOST_WORDS)


def _short(words: str, most: int) -> str:
    tidied = words.strip()
    return tidied if len(tidied) <= most else f"{tidied[: most - 1].rstrip()}…"
