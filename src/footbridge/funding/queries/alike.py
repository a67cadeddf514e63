"""Who funded organisations like one, near it: funders with their reasons, and for each reason the
grants that bear it out, with their source.

Funders come in an order, since a page has one, and carry ranges: no figure of merit, no rank.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from footbridge.core.errors import NotHere
from footbridge.core.words import tokens
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import Cause
from footbridge.funding import areas
from footbridge.funding.cards import GrantCard, amount_words, grant_card
from footbridge.funding.indexing import forms_of
from footbridge.funding.likeness import FAR_KM, Likeness, Portrait, Rarity, likeness
from footbridge.funding.models import Grant
from footbridge.funding.policy import grants_visible_to
from footbridge.funding.said import name_key
from footbridge.people.models import Identifier, Member
from footbridge.people.policy import Viewer, may_see, sees

# So many of the latest grants are compared; a network that holds more looks at the rest by name.
MOST_COMPARED = 20_000
MOST_RECIPIENTS = 60
MOST_FUNDERS = 12
MOST_GRANTS = 3
_WORDS_TOLD = 3


@dataclass(frozen=True)
class Supporting:
    """A grant that bears a funder out, and in what its recipient is like the one who asks."""

    grant: GrantCard
    why: tuple[str, ...]


@dataclass(frozen=True)
class AlikeFunder:
    """Somebody who funded organisations like one: why, from how much to how much, since when, and
    the grants that say so."""

    name: str
    organisation_id: uuid.UUID | None
    reasons: tuple[str, ...]
    amounts: tuple[str, ...]
    years: str
    grants: tuple[Supporting, ...]
    has_funded_you: bool
    near_miss: bool


@dataclass(frozen=True)
class FundedAlike:
    """The answer, and from how many grants it was made."""

    name: str
    funders: tuple[AlikeFunder, ...]
    compared: int
    is_widened: bool


@dataclass
class _Recipient:
    """A recipient as the grants tell of it."""

    words: set[str]
    causes: set[uuid.UUID]
    country: str
    point: tuple[float, float] | None
    size: str
    grants: list[tuple[uuid.UUID, str]]

    def portrait(self) -> Portrait:
        return Portrait(
            frozenset(self.words), frozenset(self.causes), self.country, self.point, self.size
        )


def funded_alike(viewer: Viewer, member: Member) -> FundedAlike:
    """Who funded organisations like this one, near it. NotHere where it may not be seen.

    Where nobody like it was funded, those who funded in its country are near misses, and say so.
    """
    if not may_see(viewer, member):
        raise NotHere
    own = _own_keys(member)
    everyone = _recipients(viewer)
    mine = _portrait_of(viewer, member, [everyone[key] for key in own if key in everyone])
    others = {key: one.portrait() for key, one in everyone.items() if key not in own}
    ranked = _ranked(mine, others)
    alike = [(key, found) for key, found in ranked if found.is_alike][:MOST_RECIPIENTS]
    chosen = alike or ranked[: MOST_RECIPIENTS // 4]
    funders = _funders(viewer, mine, dict(chosen), everyone, own, near_miss=not alike)
    compared = sum(len(one.grants) for one in everyone.values())
    return FundedAlike(member.name, tuple(funders), compared, is_widened=not alike)


def _own_keys(member: Member) -> set[str]:
    """What a member is recognised by among recipients: its name, and its numbers."""
    numbers = Identifier.objects.filter(member=member.id, scheme="org-id")
    return {
        name_key(member.name),
        *(one.upper() for one in numbers.values_list("value", flat=True)),
    }


_COLUMNS = (
    "id", "recipient_key", "funder_key", "index", "cause_id", "place__country",
    "place__latitude", "place__longitude", "recipient__size",
)  # fmt: skip


def _recipients(viewer: Viewer) -> dict[str, _Recipient]:
    """Everyone who was given something, by what they are recognised by."""
    rows = grants_visible_to(viewer).order_by("-awarded_on", "id").values_list(*_COLUMNS)
    found: dict[str, _Recipient] = {}
    for grant, key, funder, index, cause, country, north, east, size in rows[:MOST_COMPARED]:
        one = found.get(key)
        if one is None:
            one = found[key] = _Recipient(set(), set(), "", None, "", [])
        one.words.update(index.split())
        one.grants.append((grant, funder))
        if cause:
            one.causes.add(cause)
        if country and one.point is None:
            one.country, one.point = country, (north, east)
        one.size = one.size or size or ""
    return found


def _portrait_of(viewer: Viewer, member: Member, told: Iterable[_Recipient]) -> Portrait:
    """What a member is compared by: its own words, and those of what it was given before."""
    texts = [member.headline if sees(viewer, member, "headline") else ""]
    texts.append(member.about if sees(viewer, member, "about") else "")
    texts += [one.text for one in exchange.needs_in_brief(viewer, member)]
    texts += [one.text for one in exchange.offers_in_brief(viewer, member)]
    causes = exchange.causes_of(viewer, member)
    words = forms_of(" ".join([*texts, *(one.label for one in causes)]))
    place = member.place if sees(viewer, member, "place") else None
    given = list(told)
    return Portrait(
        words=words.union(*(one.words for one in given)),
        causes=frozenset(one.id for one in causes).union(*(one.causes for one in given)),
        country=place.country if place else "",
        point=(place.latitude, place.longitude) if place else None,
        size=member.size,
    )


def _ranked(mine: Portrait, others: Mapping[str, Portrait]) -> list[tuple[str, Likeness]]:
    """Recipients, the most alike first."""
    rarity = Rarity.among(others.values())
    lengths = {id(one): rarity.length(one.words) for one in (mine, *others.values())}
    found = [(key, likeness(mine, other, rarity, lengths)) for key, other in others.items()]
    found.sort(key=lambda one: (-one[1].score, one[0]))
    return found


def _funders(
    viewer: Viewer,
    mine: Portrait,
    alike: Mapping[str, Likeness],
    everyone: Mapping[str, _Recipient],
    own: set[str],
    *,
    near_miss: bool,
) -> list[AlikeFunder]:
    """Those who funded them, whoever funded the most alike first."""
    of: dict[str, list[tuple[str, uuid.UUID]]] = defaultdict(list)
    for key in alike:
        for grant, funder in everyone[key].grants:
            of[funder].append((key, grant))
    weight = {funder: _weight({key for key, _ in given}, alike) for funder, given in of.items()}
    best = sorted(of, key=lambda funder: (-weight[funder], funder))[:MOST_FUNDERS]
    rows = _grants(viewer, (grant for funder in best for _key, grant in of[funder]))
    causes = {one.id: one.label for one in Cause.objects.filter(id__in=mine.causes)}
    before = {funder for key in own & everyone.keys() for _grant, funder in everyone[key].grants}
    teller = _Teller(alike, causes, mine, near_miss)
    return [
        teller.funder(
            [(key, rows[grant]) for key, grant in of[funder] if grant in rows], funder in before
        )
        for funder in best
        if any(grant in rows for _key, grant in of[funder])
    ]


def _weight(keys: set[str], alike: Mapping[str, Likeness]) -> float:
    """The most alike counts whole, each further one half of the one before: many who are a little
    alike do not outweigh one who is much alike."""
    scores = sorted((alike[key].score for key in keys), reverse=True)
    return sum(score / 2**place for place, score in enumerate(scores[:10]))


def _grants(viewer: Viewer, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Grant]:
    rows = grants_visible_to(viewer).filter(Q(id__in=list(ids)))
    return {row.id: row for row in rows.select_related("place", "cause")}


class _Teller:
    """Puts a funder into words."""

    def __init__(
        self,
        alike: Mapping[str, Likeness],
        causes: Mapping[uuid.UUID, str],
        mine: Portrait,
        near_miss: bool,
    ) -> None:
        self._alike, self._causes, self._mine, self._near_miss = alike, causes, mine, near_miss

    def funder(self, given: list[tuple[str, Grant]], has_funded_you: bool) -> AlikeFunder:
        given = sorted(
            given, key=lambda one: (-self._alike[one[0]].score, -one[1].awarded_on.toordinal())
        )
        first = given[0][1]
        grants = [row for _key, row in given]
        return AlikeFunder(
            name=first.funder_name,
            organisation_id=first.funder_id,
            reasons=tuple(self._reasons(given)),
            amounts=tuple(_ranges(grants)),
            years=_years([row.awarded_on for row in grants]),
            grants=tuple(self._supporting(key, row) for key, row in _one_each(given)),
            has_funded_you=has_funded_you,
            near_miss=self._near_miss,
        )

    def _reasons(self, given: list[tuple[str, Grant]]) -> Iterable[str]:
        many = len({key for key, _row in given})
        if self._near_miss:
            yield _("Nobody quite like you was funded here. These are the nearest.")
            return
        words = ngettext(
            "Funded %(n)d organisation like yours.", "Funded %(n)d organisations like yours.", many
        )
        yield words % {"n": many}
        near = [self._alike[key].km for key, _row in given]
        closest = min((km for km in near if km is not None), default=None)
        if closest is not None and round(closest) == 0:
            yield _("The nearest of them is in your town.")
        elif closest is not None and closest < 100:
            yield _("The nearest of them is %(km)d km from you.") % {"km": round(closest)}
        elif any(self._alike[key].same_country for key, _row in given):
            country = areas.name_of(self._mine.country, get_language() or "en")
            yield _("Some of them are in %(country)s.") % {"country": country}

    def _supporting(self, key: str, row: Grant) -> Supporting:
        return Supporting(grant_card(row), tuple(self._why(self._alike[key], row)))

    def _why(self, found: Likeness, row: Grant) -> Iterable[str]:
        shared = _as_written(found.words, f"{row.title} {row.about} {row.recipient_name}")
        if shared:
            yield _("Both speak of: %(words)s.") % {"words": ", ".join(shared)}
        causes = [self._causes[one] for one in found.causes if one in self._causes]
        if causes:
            yield _("Both work for: %(causes)s.") % {"causes": ", ".join(sorted(causes))}
        if found.km is not None and round(found.km) == 0:
            yield _("In your town.")
        elif found.km is not None and found.km <= FAR_KM:
            yield _("%(km)d km from you.") % {"km": round(found.km)}
        if found.same_size:
            yield _("Of your size.")


def _as_written(words: tuple[str, ...], text: str) -> list[str]:
    """Words as the grant writes them, rarest first."""
    written: dict[str, str] = {}
    for word in tokens(text):
        for form in forms_of(word):
            written.setdefault(form, word)
    return list(dict.fromkeys(written[one] for one in words if one in written))[:_WORDS_TOLD]


def _one_each(given: list[tuple[str, Grant]]) -> Iterable[tuple[str, Grant]]:
    """A grant to each of the most alike."""
    first: dict[str, Grant] = {}
    for key, row in given:
        first.setdefault(key, row)
    return list(first.items())[:MOST_GRANTS]


def _ranges(grants: Iterable[Grant]) -> Iterable[str]:
    """From how much to how much, in each currency."""
    of: dict[str, list[Decimal]] = defaultdict(list)
    for row in grants:
        of[row.currency].append(row.amount)
    for currency in sorted(of):
        yield amount_words(min(of[currency]), max(of[currency]), currency)


def _years(days: list[date]) -> str:
    first, last = min(days).year, max(days).year
    return str(first) if first == last else f"{first}–{last}"
