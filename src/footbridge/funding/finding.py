"""How a funding line answers what somebody looks for: what fits, what is missing, how near it is.

Plain values in, plain values out: what is compared with what stands here once, for pages,
programs and the console.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from footbridge.funding import areas
from footbridge.funding.cards import LineCard, amount_words
from footbridge.funding.states import Money, Nearness
from footbridge.people.states import Stage

# With fewer lines than this for a country, those of its neighbours are shown as well.
FEW = 5


@dataclass(frozen=True)
class Wishes:
    """What somebody looks for; empty means anything. A wish is said in so many words: a line that
    does not meet it is a near miss."""

    country: str = ""
    stage: str = ""
    money: str = ""
    cause: str = ""
    amount: Decimal | None = None
    currency: str = ""
    # The first day on which an application could be ready.
    ready_on: date | None = None
    text: str = ""


NO_WISHES = Wishes()


@dataclass(frozen=True)
class Mine:
    """What is known of who looks: it says what of theirs fits."""

    name: str = ""
    country: str = ""
    stage: str = ""
    causes: Mapping[uuid.UUID, str] | None = None


class Lack(NamedTuple):
    """Something that keeps a line from fitting; or, where it is not hard, that one should know."""

    code: str
    text: str
    is_hard: bool = True


@dataclass(frozen=True)
class Match:
    """A line for somebody: what of theirs fits, what is missing, and how near it is."""

    line: LineCard
    nearness: Nearness
    fits: tuple[str, ...]
    missing: tuple[Lack, ...]
    word_score: float = 0.0

    @property
    def near_miss(self) -> bool:
        return any(lack.is_hard for lack in self.missing)

    @property
    def order(self) -> tuple[object, ...]:
        """Fitting first, then what lacks least; of one country before the region before the world;
        who favours places that get little a little earlier; then what ends first."""
        hard = sum(lack.is_hard for lack in self.missing)
        ends = self.line.deadline.timestamp() if self.line.deadline else float("inf")
        favours = 0 if self.line.favours_scarce else 1
        return (
            hard,
            -self.word_score,
            self.nearness,
            -len(self.fits),
            favours,
            ends,
            self.line.title,
        )


class Said(NamedTuple):
    """What speaks for a line, or against it."""

    fits: list[str]
    missing: list[Lack]


def match(
    line: LineCard, wishes: Wishes, mine: Mine, word_score: float | None, now: datetime
) -> Match:
    """How a line answers. `word_score` is how well it answers the words: None where none were
    said."""
    said = Said([], [])
    country = wishes.country or mine.country
    near = areas.nearness(line.places, country) if country else Nearness.WORLD
    _place(said, line, country, near)
    _over(said, line)
    _stage(said, line, wishes.stage or mine.stage)
    _money(said, line, wishes.money)
    _cause(said, line, wishes, mine)
    _amount(said, line, wishes)
    _time(said, line, wishes, now)
    if word_score == 0:
        said.missing.append(
            Lack("words", _("It does not speak of «%(words)s».") % {"words": wishes.text[:80]})
        )
    if not line.is_fresh:
        day = date_format(line.checked_on, "DATE_FORMAT")
        said.missing.append(
            Lack("old", _("Nobody has looked since %(day)s.") % {"day": day}, False)
        )
    return Match(line, near, tuple(said.fits), tuple(said.missing), word_score or 0.0)


def _place(said: Said, line: LineCard, country: str, near: Nearness) -> None:
    if not country:
        return
    named = areas.name_of(country, get_language() or "en")
    places = ", ".join(line.places_words[:4])
    if near == Nearness.COUNTRY:
        said.fits.append(_("It is for %(country)s.") % {"country": named})
    elif near in (Nearness.REGION, Nearness.CONTINENT):
        said.fits.append(
            _("It is for %(area)s, %(country)s among it.") % {"area": places, "country": named}
        )
    elif near == Nearness.WORLD:
        said.fits.append(_("It is for the whole world."))
    elif near == Nearness.UNSAID:
        words = _("It is not said in which countries it may be spent. Ask.")
        said.missing.append(Lack("unsaid", words, False))
    else:
        words = _("It is for %(places)s, not for %(country)s.")
        said.missing.append(Lack("place", words % {"places": places, "country": named}))


def _over(said: Said, line: LineCard) -> None:
    if line.is_past and line.deadline:
        day = date_format(line.deadline, "DATE_FORMAT")
        said.missing.append(
            Lack("over", _("It ended on %(day)s. Ask when it opens again.") % {"day": day})
        )
    elif not line.is_open:
        said.missing.append(Lack("over", _("It is over. Ask when it opens again.")))


def _stage(said: Said, line: LineCard, stage: str) -> None:
    if not stage or not line.stages:
        return
    named = str(Stage(stage).label) if stage in Stage.values else stage
    if stage in line.stages:
        said.fits.append(_("It is for your stage: %(stage)s.") % {"stage": named})
    else:
        words = _("It is for another stage: %(stages)s.") % {"stages": ", ".join(line.stages_words)}
        said.missing.append(Lack("stage", words))


def _money(said: Said, line: LineCard, wanted: str) -> None:
    if wanted and line.money != wanted:
        words = _("It is another kind of money: %(money)s.") % {"money": line.money_words}
        said.missing.append(Lack("money", words))
    elif wanted:
        said.fits.append(str(Money(wanted).label))


def _cause(said: Said, line: LineCard, wishes: Wishes, mine: Mine) -> None:
    """A wish has to be met; what one works for besides speaks for a line, and for one that names
    other causes only, against it."""
    named = dict(zip(line.causes, line.causes_words, strict=True))
    if wishes.cause:
        if wishes.cause in named:
            said.fits.append(_("It is for this cause: %(cause)s.") % {"cause": named[wishes.cause]})
        elif named:
            said.missing.append(_other_causes(line))
        return
    shared = [label for label in named.values() if label in set((mine.causes or {}).values())]
    if shared:
        said.fits.append(_("You work for it: %(causes)s.") % {"causes": ", ".join(shared[:3])})
    elif named and mine.causes:
        said.missing.append(_other_causes(line))


def _other_causes(line: LineCard) -> Lack:
    causes = ", ".join(line.causes_words[:3])
    return Lack("cause", _("It is for other causes: %(causes)s.") % {"causes": causes})


def _amount(said: Said, line: LineCard, wishes: Wishes) -> None:
    if wishes.amount is None:
        return
    if not line.amount_words:
        said.missing.append(Lack("amount unsaid", _("How much it gives is not said. Ask."), False))
        return
    if wishes.currency and wishes.currency != line.currency:
        words = _("It gives %(amount)s: another currency, so compare yourself.")
        said.missing.append(Lack("currency", words % {"amount": line.amount_words}, False))
        return
    too_little = line.amount_to is not None and line.amount_to < wishes.amount
    too_much = line.amount_from is not None and line.amount_from > wishes.amount
    if too_little or too_much:
        words = _("It gives %(amount)s; you asked for %(wanted)s.")
        wanted = amount_words(wishes.amount, wishes.amount, line.currency)
        values = {"amount": line.amount_words, "wanted": wanted}
        said.missing.append(Lack("amount", words % values))
    else:
        said.fits.append(
            _("It gives what you ask for: %(amount)s.") % {"amount": line.amount_words}
        )


def _time(said: Said, line: LineCard, wishes: Wishes, now: datetime) -> None:
    if not line.is_open or wishes.ready_on is None:
        return
    if line.deadline is not None and line.deadline.date() < wishes.ready_on:
        day = date_format(line.deadline, "DATE_FORMAT")
        said.missing.append(
            Lack("deadline", _("It ends on %(day)s, before you are ready.") % {"day": day})
        )
    elif line.deadline is not None:
        days = (line.deadline - now).days
        words = ngettext("You have %(days)d day left.", "You have %(days)d days left.", days)
        said.fits.append(words % {"days": days})
    elif line.is_rolling:
        said.fits.append(_("You can ask at any time."))
    else:
        said.missing.append(Lack("deadline unsaid", _("Until when is not said. Ask."), False))


@dataclass(frozen=True)
class Found:
    """What there is for somebody: the lines that fit, then near misses that say what is missing.

    `widened_to` names the region whose other lines were added because a country has few.
    """

    matches: tuple[Match, ...]
    near: tuple[Match, ...]
    total: int
    page: int
    pages: int
    country: str = ""
    country_words: str = ""
    for_country: int = 0
    widened_to: str = ""

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1


def arranged(matches: Iterable[Match], country: str, page: int, size: int, most_near: int) -> Found:
    """The lines that fit, page by page, with the near misses behind the last of them; those of
    neighbours come first where a country has few lines of its own."""
    ranked = sorted(matches, key=lambda one: one.order)
    fitting = [one for one in ranked if not one.near_miss]
    pages = max(1, -(-len(fitting) // size))
    page = min(max(1, page), pages)
    own = sum(one.nearness in (Nearness.COUNTRY, Nearness.REGION) for one in fitting)
    is_scarce = bool(country) and own < FEW
    near = [one for one in ranked if one.near_miss]
    if is_scarce:
        near.sort(key=lambda one: one.nearness != Nearness.NEIGHBOUR)
    language = get_language() or "en"
    return Found(
        matches=tuple(fitting[(page - 1) * size : page * size]),
        near=tuple(near[:most_near]) if page == pages else (),
        total=len(fitting),
        page=page,
        pages=pages,
        country=country,
        country_words=areas.name_of(country, language) if country else "",
        for_country=own,
        widened_to=areas.name_of(areas.region_of(country), language) if is_scarce else "",
    )
