"""Funding lines for somebody: all are weighed, the fitting ones come first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from footbridge.core import clock
from footbridge.core.errors import DomainError, NotHere
from footbridge.core.words import tokens
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import Cause
from footbridge.funding.cards import LineCard, line_card
from footbridge.funding.finding import NO_WISHES, Found, Mine, Wishes, arranged, match
from footbridge.funding.indexing import forms_of
from footbridge.funding.models import Line
from footbridge.funding.policy import looked_after_by, open_now, visible_to
from footbridge.funding.said import LineSaid
from footbridge.people.cards import Page
from footbridge.people.models import Chapter, Member
from footbridge.people.policy import Viewer, sees

PAGE = 20
MOST_NEAR = 6
# A network keeps hundreds of lines, seldom thousands; so many are weighed at once, what ends
# soonest first.
MOST_WEIGHED = 5_000
# Over for longer than this, a line is no near miss any more.
REMEMBERED_DAYS = 180
_CAUSE_COUNTS = 0.8
_SHORTEST_MENDED = 4


def find(
    viewer: Viewer, wishes: Wishes = NO_WISHES, *, asker: Member | None = None, page: int = 1
) -> Found:
    """What there is for somebody: lines that fit, then near misses with what is missing.

    Without a country in the wishes the asker's own counts; what they work for and how far they
    have come says what of theirs fits.
    """
    mine = mine_of(viewer, asker) if asker is not None else Mine()
    lines = list(_weighed(viewer))
    scores = _word_scores(wishes.text, lines) if wishes.text.strip() else None
    now = clock.now()
    matches = [
        match(line_card(viewer, line), wishes, mine, scores[line.id] if scores else None, now)
        for line in lines
    ]
    return arranged(matches, wishes.country or mine.country, page, PAGE, MOST_NEAR)


def _weighed(viewer: Viewer) -> QuerySet[Line]:
    """Those open, and those that were not long ago; the open ones first."""
    rows = visible_to(viewer).prefetch_related("causes").order_by("closed_at", "deadline", "id")
    recent = rows.filter(open_now()) | rows.filter(deadline__gt=clock.days_ago(REMEMBERED_DAYS))
    return recent[:MOST_WEIGHED]


def mine_of(viewer: Viewer, member: Member) -> Mine:
    """What of a member says which lines fit, as far as the viewer may know it."""
    place = member.place if sees(viewer, member, "place") else None
    causes = exchange.causes_of(viewer, member)
    return Mine(
        name=member.name,
        country=place.country if place else "",
        stage=member.stage,
        causes={one.id: one.label for one in causes},
    )


def _word_scores(text: str, lines: list[Line]) -> dict[uuid.UUID, float]:
    """How well each line answers the words, from 0 to 1: by the words themselves without accents
    and endings, by the causes that they speak of in any language, and by words nearly so."""
    index = {line.id: frozenset(line.index.split()) for line in lines}
    known = frozenset().union(*index.values())
    wanted = [found for word in tokens(text) if (found := _meant(word, known)) is not None]
    causes = {one.id for one in exchange.suggest_causes(text, get_language())}
    return {line.id: _word_score(line, index[line.id], wanted, causes) for line in lines}


def _meant(word: str, known: frozenset[str]) -> frozenset[str] | None:
    """The forms of a word, or of the known words that are a typing error away; None for a word
    that says nothing."""
    forms = forms_of(word)
    if not forms:
        return None
    if forms & known or len(word) < _SHORTEST_MENDED:
        return forms
    allowed = 1 if len(word) <= 6 else 2
    near = (one for one in known if abs(len(one) - len(word)) <= allowed)
    return forms | {one for one in near if OSA.distance(word, one, score_cutoff=allowed) <= allowed}


def _word_score(
    line: Line, index: frozenset[str], wanted: list[frozenset[str]], causes: set[uuid.UUID]
) -> float:
    by_words = sum(bool(forms & index) for forms in wanted) / len(wanted) if wanted else 0.0
    shares = any(cause.id in causes for cause in line.causes.all())
    return max(by_words, _CAUSE_COUNTS if shares else 0.0)


def get(viewer: Viewer, line_id: uuid.UUID | str) -> Line:
    """One line, or NotHere."""
    found = visible_to(viewer).prefetch_related("causes").filter(id=line_id).first()
    if found is None:
        raise NotHere
    return found


def get_card(viewer: Viewer, line_id: uuid.UUID | str) -> LineCard:
    """The card of one line, or NotHere."""
    return line_card(viewer, get(viewer, line_id))


def to_look_after(viewer: Viewer, line_id: uuid.UUID | str) -> Line:
    """One line that somebody looks after, or NotHere."""
    found = looked_after_by(viewer).prefetch_related("causes").filter(id=line_id).first()
    if found is None:
        raise NotHere
    return found


def lines_of(viewer: Viewer, chapter: Chapter, *, page: int = 1) -> Page[LineCard]:
    """The lines of a chapter for its hosts: what nobody has looked at for longest first."""
    rows = looked_after_by(viewer).filter(chapter=chapter).order_by("checked_on", "title", "id")
    total = rows.count()
    last = max(1, -(-total // PAGE))
    number = min(max(1, page), last)
    shown = rows.prefetch_related("causes")[(number - 1) * PAGE : number * PAGE]
    return Page(cards(viewer, shown), total, number, PAGE)


def cards(viewer: Viewer, lines: Iterable[Line]) -> list[LineCard]:
    """The cards of several lines."""
    return [line_card(viewer, line) for line in lines]


def said_of(line: Line) -> LineSaid:
    """What is said of a line, to be corrected."""
    names = (
        "title", "source", "money", "where_spent", "favours_scarce", "amount_from", "amount_to",
        "currency", "deadline", "timezone", "is_rolling", "conditions", "url", "source_url",
        "checked_on", "funder_id",
    )  # fmt: skip
    return LineSaid(
        **{name: getattr(line, name) for name in names},
        funder=line.given_by,
        places=tuple(line.places),
        stages=tuple(line.stages),
        causes=tuple(one.id for one in line.causes.all()),
    )


def cause_named(text: str, field: str = "cause") -> str:
    """The key of a cause by its name in any language, or by the number of a goal."""
    if not text.strip():
        return ""
    found = exchange.find_cause(text)
    if found is None:
        raise DomainError(_("“%(name)s” is no cause here.") % {"name": text[:60]}, field=field)
    return found.key


def causes_by_keys(keys: Iterable[str]) -> tuple[uuid.UUID, ...]:
    """The causes that these keys stand for."""
    return tuple(Cause.objects.filter(key__in=list(keys)).values_list("id", flat=True))
