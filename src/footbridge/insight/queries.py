"""Questions to the network, asked by someone and answered with reasons.

Whom the viewer may not see is left out before anything is computed (`version.py`), and each
answer is read again through `visible_to`: nobody is shown who went a moment ago.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import get_language

from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.engine import fit
from footbridge.exchange import queries as exchange
from footbridge.insight import apart, asked, asker, reasons, tags, ways
from footbridge.insight import network as networks
from footbridge.insight.asker import Asker
from footbridge.insight.cards import NO_FILTERS, Chain, Filters, Found, Pair, Suggestion, Unmatched
from footbridge.insight.rows import Rows
from footbridge.insight.version import Hosted, View
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.models import Chapter, Member
from footbridge.people.policy import Viewer, hosted_by, may_edit, may_host, visible_to
from footbridge.people.states import Kind

__all__ = ["chains", "pairs", "search", "suggest", "suggest_for_text", "unmatched"]

PAGE = 20
# Some may have left or paused since the network was built; so many more are asked for.
SPARE = 3
MOST_SEEKERS = 300
MOST_PAIRS_EACH = 3


def suggest(
    viewer: Viewer, member: Member, *, filters: Filters = NO_FILTERS, top: int = 10
) -> list[Suggestion]:
    """Whom this member should meet, and why: for themself, for who acts for it, for their host."""
    if not _may_ask_for(viewer, member):
        raise NotHere
    held = networks.current()
    view = held.seen_by(_hosted(viewer))
    asking = asker.of(view, held, viewer, member)
    ranking = _ranked(view, asking, asking.query, filters, _set_aside(viewer, member), top)
    return _told(viewer, view, [ranking], lambda: tags.words_of(member.id))[0][:top]


def suggest_for_text(
    viewer: Viewer,
    text: str,
    *,
    asker: Member | None = None,
    filters: Filters = NO_FILTERS,
    top: int = 10,
) -> list[Suggestion]:
    """Who answers a sentence such as «we need cold storage two nights a week»."""
    if asker is not None and not _may_ask_for(viewer, asker):
        raise NotHere
    held = networks.current()
    view = held.seen_by(_hosted(viewer))
    asking = _asking(viewer, view, held, asker)
    query = fit.Query.of_text(
        view.snapshot, _terms(view.rows, text), causes=_causes(view.rows, text)
    )
    if asking.number >= 0:
        query = replace(asking.query, needs=query.needs, offers=query.offers, causes=query.causes)
    ranking = _ranked(view, asking, query, filters, _set_aside(viewer, asker), top)
    written = tags.as_written(text, get_language())
    return _told(viewer, view, [ranking], lambda: written)[0][:top]


def _asking(viewer: Viewer, view: View, held: networks.Network, member: Member | None) -> Asker:
    if member is not None:
        return asker.of(view, held, viewer, member)
    return Asker(view.snapshot, fit.Query.of_text(view.snapshot, {}))


def _ranked(
    view: View, asking: Asker, query: fit.Query, filters: Filters, away: set[uuid.UUID], top: int
) -> fit.Ranking:
    never = asking.never | view.rows.numbers_of(away)
    wanted = asked.of_engine(view.rows, filters, frozenset(never))
    return fit.rank_query(asking.snapshot, query, k=top + SPARE, filters=wanted)


def pairs(viewer: Viewer, chapter: Chapter, *, top: int = 12) -> list[Pair]:
    """Who of a chapter should meet whom, best pairs first, nobody in more than three of them."""
    best: dict[frozenset[uuid.UUID], Pair] = {}
    for one, suggestions in _suggested_in(viewer, chapter):
        for found in suggestions:
            both = frozenset((one.id, found.card.id))
            known = best.get(both)
            if not found.near_miss and (known is None or found.score > known.found.score):
                best[both] = Pair(one, found)
    in_order = sorted(best.values(), key=lambda pair: (-pair.found.score, pair.one.id.hex))
    return list(_spread(in_order))[:top]


def _spread(in_order: Iterable[Pair]) -> Iterable[Pair]:
    """Pass on pairs while neither of the two has been named often enough."""
    named: dict[uuid.UUID, int] = {}
    for pair in in_order:
        both = (pair.one.id, pair.found.card.id)
        if all(named.get(one, 0) < MOST_PAIRS_EACH for one in both):
            named.update({one: named.get(one, 0) + 1 for one in both})
            yield pair


def unmatched(viewer: Viewer, chapter: Chapter) -> list[Unmatched]:
    """People of a chapter for whom nobody really fits yet, each with the nearest misses: they
    are for the host to think of."""
    return [
        Unmatched(one, tuple(suggestions[:2]))
        for one, suggestions in _suggested_in(viewer, chapter)
        if all(suggestion.near_miss for suggestion in suggestions)
    ]


def _suggested_in(viewer: Viewer, chapter: Chapter) -> list[tuple[MemberCard, list[Suggestion]]]:
    """The people of a chapter, each with the few best for them, in a fixed number of queries."""
    if not may_host(viewer, chapter):
        raise NotHere
    held = networks.current()
    view = held.seen_by(_hosted(viewer))
    here = _people_of(viewer, chapter, view)
    away = apart.set_aside([member.id for member in here])
    rankings = []
    for member in here:
        asking = asker.in_view(view, member.id)
        rankings.append(_ranked(view, asking, asking.query, NO_FILTERS, away[member.id], top=2))
    told = _told(viewer, view, rankings, dict)
    return list(zip(people_cards.cards(viewer, here), told, strict=True))


def _people_of(viewer: Viewer, chapter: Chapter, view: View) -> list[Member]:
    """By name, without those whom a pause keeps from being brought together with anybody."""
    shown = people.with_affiliations(visible_to(viewer))
    here = shown.filter(chapter=chapter, kind=Kind.PERSON).order_by("folded", "id")
    known = (one for one in here[:MOST_SEEKERS] if view.shows(view.rows.number_of(one.id)))
    return [member for member in known if not member.is_paused]


def chains(viewer: Viewer, source: Member, target: Member, *, top: int = 5) -> list[Chain]:
    """The warmest ways from one member to another that the viewer may know of.

    The first connector is named. Who comes later is «someone who can reach them» until they
    agree, except organisations, whose ties everyone sees. A person without a way of their own
    goes through the organisations they act for. Nobody is led to whom they avoid, or who avoids
    them, or who pauses; which of these it is, nobody learns.
    """
    if not _may_ask_for(viewer, source):
        raise NotHere
    found = people.by_ids(viewer, [target.id])
    if target.id not in found:
        raise NotHere
    held = networks.current()
    view = held.seen_by(_hosted(viewer))
    return ways.warmest(viewer, view, held, source, found[target.id], top)


def search(viewer: Viewer, text: str, *, filters: Filters = NO_FILTERS, page: int = 1) -> Found:
    """Members found by name, role, organisation, skill, cause or place; typing errors forgiven.

    Without a word, everyone whom the filters leave, by name.
    """
    view = networks.current().seen_by(_hosted(viewer))
    keep = asked.passes(view, filters)
    found = view.search(text, keep) if text.strip() else view.by_name(keep)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    wanted = [view.rows.id_of(n) for n in found[(page - 1) * PAGE : page * PAGE]]
    shown = people.by_ids(viewer, wanted)
    cards = tuple(people_cards.card(viewer, shown[one]) for one in wanted if one in shown)
    return Found(cards, len(found), page, pages)


def _may_ask_for(viewer: Viewer, member: Member) -> bool:
    """For oneself, for whom one acts, and as a host for the people of one's chapter."""
    if isinstance(viewer, Operator) or viewer.id == member.id:
        return True
    is_hosted = member.chapter is not None and may_host(viewer, member.chapter)
    return is_hosted or may_edit(viewer, member)


def _hosted(viewer: Viewer) -> Hosted:
    if isinstance(viewer, Operator):
        return None
    return frozenset(hosted_by(viewer).order_by().values_list("id", flat=True))


def _set_aside(viewer: Viewer, member: Member | None) -> set[uuid.UUID]:
    """Whom a person does not want to see suggested, and who does not want to be brought to them.
    An organisation has the wishes of whoever asks for it."""
    if member is not None and member.is_person:
        return apart.set_aside([member.id])[member.id]
    return set() if isinstance(viewer, Operator) else apart.set_aside([viewer.id])[viewer.id]


def _terms(rows: Rows, text: str) -> Mapping[int, float]:
    """A sentence as terms: the skills that it names, and its words for less."""
    language, known = get_language(), rows.place_of["terms"]
    words = tags.weights_of(tags.telling_words(text, language))
    wanted = {known[word]: weight for word, weight in words.items() if word in known}
    for skill in exchange.suggest_skills(text, language):
        term = tags.term_of_skill(skill.id)
        if term in known:
            wanted[known[term]] = tags.SAID
    return wanted


def _causes(rows: Rows, text: str) -> Mapping[int, float]:
    known = rows.place_of["causes"]
    found = exchange.suggest_causes(text, get_language())
    return {known[cause.id.hex]: 1.0 for cause in found if cause.id.hex in known}


def _told(
    viewer: Viewer,
    view: View,
    rankings: Sequence[fit.Ranking],
    written: Callable[[], Mapping[str, str]],
) -> list[list[Suggestion]]:
    """Rankings as what the viewer is shown, everyone on them read again at once."""
    known = _cards(viewer, view, {n for ranking in rankings for n in ranking.members})
    named = {n for ranking in rankings for n in reasons.members_in(ranking)}
    evidence = reasons.evidence_of(rankings, view.rows, _names(viewer, view, named), written)
    return [
        [
            _suggestion(found, known[found.member], evidence)
            for found in ranking
            if found.member in known and not known[found.member].is_paused
        ]
        for ranking in rankings
    ]


def _cards(viewer: Viewer, view: View, numbers: set[int]) -> dict[int, MemberCard]:
    """The cards of those whom the viewer may see at this moment."""
    ids = {view.rows.id_of(n): n for n in numbers}
    shown = people.by_ids(viewer, ids)
    return {ids[one]: people_cards.card(viewer, member) for one, member in shown.items()}


def _names(viewer: Viewer, view: View, numbers: set[int]) -> dict[int, str]:
    """The names of those whom the viewer may see at this moment."""
    ids = {view.rows.id_of(n): n for n in numbers}
    shown = visible_to(viewer).filter(id__in=list(ids)).values_list("id", "name")
    return {ids[one]: name for one, name in shown}


def _suggestion(found: fit.Suggestion, card: MemberCard, evidence: reasons.Evidence) -> Suggestion:
    return Suggestion(
        card=card,
        score=round(found.score, 4),
        reasons=reasons.told(found, evidence),
        missing=reasons.lacking(found),
        near_miss=found.near_miss,
    )
