"""Who puts in what, who risks what, who gets what; and what is worth a talk about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy

from footbridge.agreements import policy
from footbridge.agreements.cards import (
    ContributionCard,
    FlagCard,
    MoneyCard,
    PartyShare,
    RateCard,
    Shares,
)
from footbridge.agreements.freezing import contributions_of
from footbridge.agreements.models import Agreement, Contribution
from footbridge.agreements.states import Resource, Weight
from footbridge.agreements.weighing import (
    Concern,
    Flag,
    Line,
    RateSaid,
    Scale,
    Sum,
    flags,
    weigh,
)
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.partnerships.models import Party, Representative
from footbridge.people.policy import Viewer


def shares(viewer: Viewer, one: Agreement) -> Shares:
    """Every party beside the others."""
    parties, rows = list(policy.parties_of(one.partnership)), contributions_of(one)
    known = {party.id for party in parties}
    lines = [_line(row) for row in rows if row.party_id in known]
    said = list(one.rates.select_related("entered_by"))
    rates = {rate.currency: RateSaid(rate.counts, rate.day, rate.source) for rate in said}
    currency = one.partnership.currency
    scales = weigh([party.id for party in parties], lines, rates, currency)
    capacities = dict(one.capacities.values_list("party_id", "hours_a_month"))
    mine = _mine(viewer, one)
    names = {party.id: party.called for party in parties}
    return Shares(
        partnership_id=one.partnership_id,
        title=one.partnership.title,
        currency=currency,
        parties=tuple(
            _share(party, scale, rows, capacities.get(party.id), party.id in mine)
            for party, scale in zip(parties, scales, strict=True)
        ),
        flags=tuple(_flag(each, names) for each in flags(scales, lines, capacities)),
        rates=tuple(
            RateCard(
                currency=rate.currency,
                counts=rate.counts.normalize(),
                day=rate.day,
                source=rate.source,
                entered_by=rate.entered_by.name if rate.entered_by else "",
            )
            for rate in said
        ),
        missing_rates=tuple(sorted({one.currency for one in lines} - {currency, "", *rates})),
        may_write=policy.may_write(viewer, one.partnership),
    )


def _line(row: Contribution) -> Line:
    return Line(
        party=row.party_id,
        risk=row.risk_weight,
        reward=row.reward_weight,
        amount=row.amount,
        currency=row.currency,
        hours_a_month=row.hours_a_month,
    )


def _mine(viewer: Viewer, one: Agreement) -> set[uuid.UUID]:
    """The parties that somebody stands for."""
    if isinstance(viewer, Operator):
        return set()
    rows = Representative.objects.filter(
        party__partnership=one.partnership_id, person=viewer, until__isnull=True
    )
    return set(rows.values_list("party_id", flat=True))


def _share(
    party: Party,
    scale: Scale,
    rows: Iterable[Contribution],
    capacity: Decimal | None,
    is_mine: bool,
) -> PartyShare:
    return PartyShare(
        id=party.id,
        name=party.called,
        contributions=tuple(_card(row) for row in rows if row.party_id == party.id),
        risk_percent=_percent(scale.risk_share),
        reward_percent=_percent(scale.reward_share),
        hours=scale.hours,
        capacity=capacity,
        money=tuple(_money(one) for one in scale.money),
        together=_money(scale.together) if scale.together else None,
        is_mine=is_mine,
    )


def _card(row: Contribution) -> ContributionCard:
    return ContributionCard(
        id=row.id,
        resource=row.resource,
        resource_words=str(Resource(row.resource).label),
        words=row.words,
        amount=row.amount,
        currency=row.currency,
        hours_a_month=row.hours_a_month,
        due_on=row.due_on,
        risk=row.risk,
        risk_weight=row.risk_weight,
        risk_words=str(Weight(row.risk_weight).label),
        reward=row.reward,
        reward_weight=row.reward_weight,
        reward_words=str(Weight(row.reward_weight).label),
        entered_by=row.entered_by.name if row.entered_by else "",
        entered_at=row.entered_at,
        version=row.version,
    )


def _percent(share: Decimal | None) -> int | None:
    return None if share is None else round(share * 100)


def _money(one: Sum) -> MoneyCard:
    return MoneyCard(one.amount, one.currency)


def get_contribution(viewer: Viewer, one: Agreement, wanted: uuid.UUID | str) -> Contribution:
    """What a party puts in, by its id; or NotHere."""
    found = one.contributions.select_related("party__member", "party__circle", "entered_by")
    row = found.filter(id=wanted).first()
    if row is None or not policy.visible_to(viewer).filter(id=one.id).exists():
        raise NotHere
    return row


_SENTENCES = {
    Concern.OPPOSITE: gettext_lazy(
        "%(party)s carries %(risk)s %% of the named risk "
        "and gets %(reward)s %% of the named reward."
    ),
    Concern.ONE_SIDED: gettext_lazy(
        "%(party)s puts something in, and nothing is named that it gets. Is that meant so?"
    ),
    Concern.NOTHING_FROM: gettext_lazy(
        "Nothing is named that %(party)s puts in, while there is something to gain."
    ),
    Concern.TOO_MUCH: gettext_lazy(
        "%(party)s promises %(hours)s hours a month and says that it has %(has)s."
    ),
    Concern.TIGHT: gettext_lazy(
        "%(party)s promises %(hours)s of the %(has)s hours a month that it has. "
        "There is no room for a bad week."
    ),
    Concern.CAPACITY_UNSAID: gettext_lazy(
        "%(party)s promises %(hours)s hours a month and has not said how many it has."
    ),
}


def _flag(flag: Flag, names: dict[uuid.UUID, str]) -> FlagCard:
    figures = {
        name: str(_percent(value)) if name in ("risk", "reward") else f"{value.normalize():f}"
        for name, value in flag.figures.items()
    }
    said = str(_SENTENCES[flag.concern]) % {"party": names[flag.party], **figures}
    return FlagCard(flag.concern.value, flag.party, said)
