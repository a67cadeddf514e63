"""Questions to the network, asked by someone and answered with reasons.

Whom the viewer may not see is left out before anything is computed (`version.py`), and each
answer is read again through `visible_to`: nobody is shown who went a moment ago.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import get_language

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.engine import fit
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import Need
from footbridge.expertise import queries as expertise
from footbridge.insight import apart, asked, asker, operating, reasons, tags, ways, weights
from footbridge.insight import network as networks
from footbridge.insight.asker import Asker
from footbridge.insight.cards import NO_FILTERS, Chain, Filters, Found, Pair, Suggestion, Unmatched
from footbridge.insight.missed import near_misses
from footbridge.insight.rows import Rows
from footbridge.insight.version import Hosted, View
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.models import Chapter, Member
from footbridge.people.policy import Viewer, hosted_ids, may_edit, may_host, visible_to
from footbridge.people.states import Kind

__all__ = ["answering", "chains", "pairs", "search", "suggest", "suggest_for_text", "unmatched"]

PAGE = 20
# Some may have left or paused since the network was built; so many more are asked for.
SPARE = 3
MOST_SEEKERS = 300
MOST_PAIRS_EACH = 3

# Someone by number, and who is suggested to them.
Meeting = tuple[int, fit.Suggestion]
Rule = Callable[[Member], bool]


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
    told = _told(viewer, view, [ranking], lambda: tags.words_of(member.id), _open_to(member))
    return told[0][:top]


def suggest_beside(
    viewer: Viewer, view: View, asking: Asker, written: Callable[[], Mapping[str, str]], *, top: int
) -> list[Suggestion]:
    """The same for somebody who is in no network and only stands beside it."""
    ranking = _ranked(view, asking, asking.query, NO_FILTERS, set(), top)
    return _told(viewer, view, [ranking], written, _open_to(viewer))[0][:top]


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
    away = _set_aside(viewer, asker)
    ranking = _ranked(view, asking, query, filters, away, top, weights.FOR_A_SENTENCE)
    written = tags.as_written(text, get_language())
    may_be_shown = _open_to(asker or viewer)
    found = _told(viewer, view, [ranking], lambda: written, may_be_shown)[0][:top]
    beside = NO_LACK_OF_A_SENTENCE if asker is None else NO_LACK_OF_A_SENTENCE[:1]
    answers = (_as_an_answer(one, beside) for one in found)
    return sorted(answers, key=lambda one: one.near_miss)


def answering(viewer: Viewer, need: Need, *, among: set[uuid.UUID], top: int) -> list[Suggestion]:
    """Who of these people answers a need, best first. Whom one knows already, or was introduced
    to, is not left out: they said themselves that they may be asked."""
    if not _may_ask_for(viewer, need.owner):
        raise NotHere
    held = networks.current()
    view = held.seen_by(_hosted(viewer))
    asking = _asking(viewer, view, held, need.owner)
    query = fit.Query.of_text(view.snapshot, _terms_of_need(view.rows, need))
    if asking.number >= 0:
        query = replace(asking.query, needs=query.needs, offers=query.offers)
    others = frozenset(range(view.rows.size)) - frozenset(view.rows.numbers_of(among))
    wanted = replace(asked.of_engine(view.rows, NO_FILTERS, asking.never | others), allow_tied=True)
    ranking = fit.rank_query(
        asking.snapshot, query, k=top, filters=wanted, learned=weights.FOR_A_SENTENCE
    )
    written = tags.as_written(need.text, get_language())
    found = _told(viewer, view, [ranking], lambda: written, _open_to(need.owner))[0]
    return [one for one in found if any(why.kind == ANSWERS_YOU for why in one.reasons)]


def _terms_of_need(rows: Rows, need: Need) -> Mapping[int, float]:
    """Its sentence, and the skills that its owner confirmed."""
    known = rows.place_of["terms"]
    skills = (tags.term_of_skill(skill.id) for skill in need.skills.all())
    return {**_terms(rows, need.text), **{known[one]: tags.SAID for one in skills if one in known}}


ANSWERS_YOU = fit.Term.ANSWERS_YOU.value
ANSWERS = frozenset((ANSWERS_YOU, fit.Term.SHARED_CAUSE.value))
# A sentence asks for help, so it offers none; and without an asker there is nobody to be led.
NO_LACK_OF_A_SENTENCE = (
    fit.Missing.ONE_SIDED,
    fit.Missing.PLACE_UNKNOWN,
    fit.Missing.NO_KNOWN_PATH,
)


def _as_an_answer(found: Suggestion, beside: Sequence[str]) -> Suggestion:
    """Whoever answers nothing of a sentence is a near miss, however near."""
    answers = any(reason.kind in ANSWERS for reason in found.reasons)
    missing = tuple(lack for lack in found.missing if lack.code not in beside)
    return replace(found, near_miss=found.near_miss or not answers, missing=missing)


def _asking(viewer: Viewer, view: View, held: networks.Network, member: Member | None) -> Asker:
    if member is not None:
        return asker.of(view, held, viewer, member)
    return asker.nobody(view, viewer)


def _ranked(
    view: View,
    asking: Asker,
    query: fit.Query,
    filters: Filters,
    away: set[uuid.UUID],
    top: int,
    learned: fit.Learned = weights.FOR_A_MEMBER,
) -> fit.Ranking:
    never = asking.never | view.rows.numbers_of(away)
    wanted = asked.of_engine(view.rows, filters, frozenset(never))
    return fit.rank_query(asking.snapshot, query, k=top + SPARE, filters=wanted, learned=learned)


def pairs(viewer: Viewer, chapter: Chapter, *, top: int = 12) -> list[Pair]:
    """Who of a chapter should meet whom, best pairs first, nobody in more than three of them."""
    view = _for_host_of(viewer, chapter)
    ranked = _ranked_in(viewer, chapter, view)
    best: dict[frozenset[int], Meeting] = {}
    for one, ranking in ranked.items():
        for found in ranking:
            both = frozenset((one, found.member))
            if not found.near_miss and (both not in best or found.score > best[both][1].score):
                best[both] = (one, found)
    in_order = sorted(best.values(), key=lambda meeting: (-meeting[1].score, meeting[0]))
    chosen = list(_spread(in_order))[: top + SPARE]
    return _told_pairs(viewer, view, ranked, chosen, _open_in(chapter.id))[:top]


def _spread(in_order: Iterable[Meeting]) -> Iterable[Meeting]:
    """Pass on pairs while neither of the two has been named often enough."""
    named: dict[int, int] = {}
    for one, found in in_order:
        if all(named.get(n, 0) < MOST_PAIRS_EACH for n in (one, found.member)):
            named.update({n: named.get(n, 0) + 1 for n in (one, found.member)})
            yield one, found


def _told_pairs(
    viewer: Viewer,
    view: View,
    ranked: Mapping[int, fit.Ranking],
    chosen: Sequence[Meeting],
    may_be_shown: Rule,
) -> list[Pair]:
    answers = [replace(ranked[one], suggestions=(found,)) for one, found in chosen]
    told = _told(viewer, view, answers, dict, may_be_shown)
    seekers = _cards(viewer, view, {one for one, _ in chosen})
    return [
        Pair(seekers[one], suggestions[0])
        for (one, _), suggestions in zip(chosen, told, strict=True)
        if suggestions and one in seekers
    ]


def unmatched(viewer: Viewer, chapter: Chapter) -> list[Unmatched]:
    """People of a chapter for whom nobody really fits yet, each with the nearest misses: they
    are for the host to think of."""
    view = _for_host_of(viewer, chapter)
    ranked = _ranked_in(viewer, chapter, view)
    left = {
        one: ranking for one, ranking in ranked.items() if all(found.near_miss for found in ranking)
    }
    told = _told(viewer, view, list(left.values()), dict, _open_in(chapter.id))
    cards = _cards(viewer, view, set(left))
    return [
        Unmatched(cards[one], tuple(nearest[:2]))
        for one, nearest in zip(left, told, strict=True)
        if one in cards
    ]


def _for_host_of(viewer: Viewer, chapter: Chapter) -> View:
    if not may_host(viewer, chapter):
        raise NotHere
    return networks.current().seen_by(_hosted(viewer))


def _ranked_in(viewer: Viewer, chapter: Chapter, view: View) -> dict[int, fit.Ranking]:
    """For each person of a chapter, by name, the few best; in a fixed number of queries."""
    here = _people_of(viewer, chapter, view)
    away = apart.set_aside(list(here))
    ranked = {}
    for member_id, number in here.items():
        asking = asker.in_view(view, member_id)
        wanted = asked.of_engine(
            view.rows, NO_FILTERS, frozenset(view.rows.numbers_of(away[member_id]))
        )
        ranked[number] = view.few_for(asking.snapshot, asking.query, wanted)
    return ranked


def _people_of(viewer: Viewer, chapter: Chapter, view: View) -> dict[uuid.UUID, int]:
    """By name, without those whom a pause keeps from being brought together with anybody."""
    here = visible_to(viewer).filter(chapter=chapter, kind=Kind.PERSON).order_by("folded", "id")
    awake = here.filter(Q(paused_until=None) | Q(paused_until__lt=clock.today()))
    ids = awake.values_list("id", flat=True)[:MOST_SEEKERS]
    numbers = ((one, view.rows.number_of(one)) for one in ids)
    return {one: n for one, n in numbers if n is not None and view.shown[n]}


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
    gone = len(wanted) - len(cards)
    if not cards:
        nearest = near_misses(viewer, view, text, filters)
        return Found((), len(found) - gone, page, pages, nearest=nearest)
    near = asked.spot(filters.near)
    notes = operating.notes(viewer, cards, text, near, filters.within_km)
    return Found(cards, len(found) - gone, page, pages, notes)


def _may_ask_for(viewer: Viewer, member: Member) -> bool:
    """For oneself, for whom one acts, and as a host for the people of one's chapter."""
    if isinstance(viewer, Operator) or viewer.id == member.id:
        return True
    is_hosted = member.chapter is not None and may_host(viewer, member.chapter)
    return is_hosted or may_edit(viewer, member)


def _hosted(viewer: Viewer) -> Hosted:
    if isinstance(viewer, Operator):
        return None
    return hosted_ids(viewer)


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


def _open_to(asking: Member | Operator) -> Rule:
    """Whether a member wishes at this moment to be suggested to whoever asks. The operator who
    asks for nobody is shown those too who stay in their chapter."""
    return _awake if isinstance(asking, Operator) else _open_in(asking.chapter_id)


def _open_in(chapter: uuid.UUID | None) -> Rule:
    return lambda one: _awake(one) and (one.beyond_chapter or one.chapter_id == chapter)


def _awake(one: Member) -> bool:
    return not one.is_paused


def _told(
    viewer: Viewer,
    view: View,
    rankings: Sequence[fit.Ranking],
    written: Callable[[], Mapping[str, str]],
    may_be_shown: Rule,
) -> list[list[Suggestion]]:
    """Rankings as what the viewer is shown, everyone on them read again at once: who went,
    paused or withdrew to their chapter a moment ago is not among them."""
    ranked = {n for ranking in rankings for n in ranking.members}
    known = _cards(viewer, view, ranked, may_be_shown)
    named = {n for ranking in rankings for n in reasons.members_in(ranking)}
    names, done = _names(viewer, view, named), _done(viewer, view, rankings)
    evidence = reasons.evidence_of(rankings, view.rows, names, written, done)
    return [
        [
            _suggestion(found, known[found.member], evidence)
            for found in ranking
            if found.member in known
        ]
        for ranking in rankings
    ]


def _cards(
    viewer: Viewer, view: View, numbers: set[int], may_be_shown: Rule = _awake
) -> dict[int, MemberCard]:
    """The cards of those whom the viewer may see at this moment."""
    ids = {view.rows.id_of(n): n for n in numbers}
    shown = people.by_ids(viewer, ids)
    return {
        ids[one]: people_cards.card(viewer, member)
        for one, member in shown.items()
        if may_be_shown(member)
    }


def _names(viewer: Viewer, view: View, numbers: set[int]) -> dict[int, str]:
    """The names of those whom the viewer may see at this moment."""
    ids = {view.rows.id_of(n): n for n in numbers}
    shown = visible_to(viewer).filter(id__in=list(ids)).values_list("id", "name")
    return {ids[one]: name for one, name in shown}


def _done(viewer: Viewer, view: View, rankings: Sequence[fit.Ranking]) -> dict[reasons.Done, str]:
    """What those in some rankings did, in their own words, as the viewer may read it now."""
    wanted = {one for ranking in rankings for one in reasons.done_in(ranking, view.rows)}
    ids = {view.rows.id_of(number): number for number, _skill in wanted}
    told = expertise.told_by(viewer, ids, {skill for _number, skill in wanted})
    return {(ids[person], skill): title for (person, skill), title in told.items()}


def _suggestion(found: fit.Suggestion, card: MemberCard, evidence: reasons.Evidence) -> Suggestion:
    return Suggestion(
        card=card,
        score=round(found.score, 4),
        reasons=reasons.told(found, evidence),
        missing=reasons.lacking(found),
        near_miss=found.near_miss,
    )
