"""The two rules by which a partnership is called cross-sector, computed and put into words.

No rule forbids anything: a partnership that is not cross-sector by the rule is as usable as any,
and carries the name of what it is.

Sizes follow Recommendation 2003/361/EC: people, and either turnover or balance sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from footbridge.core.words import fold
from footbridge.partnerships.models import Party
from footbridge.partnerships.states import Counted, PartyRole
from footbridge.people.states import Sector, Size

CROSS, NOT_CROSS, UNDETERMINED = "valid", "not_valid", "undetermined"
_SMALL_ENOUGH = frozenset({Size.SOLO, Size.MICRO, Size.SMALL, Size.MEDIUM})
_PLAIN = {
    Sector.PRIVATE: Counted.PRIVATE,
    Sector.PUBLIC: Counted.PUBLIC,
    Sector.NONPROFIT: Counted.NONPROFIT,
}


class Told(NamedTuple):
    """A party as far as the rule looks at it."""

    name: str
    role: str
    sector: str  # one of Counted, or "" where it is not known
    size: str
    group: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether a partnership is cross-sector by the rule, why, and what it is else."""

    code: str
    words: str
    why: str
    pairing: str

    @property
    def is_cross_sector(self) -> bool:
        return self.code == CROSS


def verdict_of(parties: Iterable[Party]) -> Verdict:
    """The rule for the parties of a partnership."""
    told = [
        Told(one.called, one.role, counted(one), one.size, one.group or one.called)
        for one in parties
    ]
    return judge(told)


def counted(party: Party) -> str:
    """As which of the three sectors a party counts; "" where nobody has said.

    A social enterprise is asked whether profits may be paid out to its owners; whoever else could
    be counted either way says for this partnership as what it counts.
    """
    plain = _PLAIN.get(party.sector)  # type: ignore[call-overload]
    if plain is not None:
        return str(plain)
    if party.sector == Sector.HYBRID and party.shares_profits is not None:
        return str(Counted.PRIVATE if party.shares_profits else Counted.NONPROFIT)
    return party.counts_as


def judge(parties: Iterable[Told]) -> Verdict:
    """Cross-sector is: among those who sign, a small or medium firm, and a public or nonprofit
    body that is not of the same group."""
    core = [one for one in parties if one.role == PartyRole.CORE]
    firms = [one for one in core if one.sector == Counted.PRIVATE and one.size in _SMALL_ENOUGH]
    others = [one for one in core if one.sector in (Counted.PUBLIC, Counted.NONPROFIT)]
    pairs = [(a, b) for a in firms for b in others if fold(a.group) != fold(b.group)]
    if pairs:
        return Verdict(CROSS, _("Cross-sector"), _because(*pairs[0]), _pairing(core))
    unknown = _unknown(core)
    if unknown:
        return Verdict(UNDETERMINED, _("Not clear yet"), unknown, _pairing(core))
    return Verdict(
        NOT_CROSS, _("Other collaboration"), _why_not(core, firms, others), _pairing(core)
    )


def _because(firm: Told, other: Told) -> str:
    return _("%(firm)s is a small or medium firm, and %(other)s is a public or nonprofit body.") % {
        "firm": firm.name,
        "other": other.name,
    }


def _unknown(core: list[Told]) -> str:
    """What would have to be known, if knowing it could still make the rule hold."""
    if len(core) < 2:
        return ""
    for one in core:
        if not one.sector:
            return _("The sector of %(name)s is not said.") % {"name": one.name}
    for one in core:
        if one.sector == Counted.PRIVATE and not one.size and _has_other(core):
            return _("The size of %(name)s is not said.") % {"name": one.name}
    return ""


def _has_other(core: list[Told]) -> bool:
    return any(one.sector in (Counted.PUBLIC, Counted.NONPROFIT) for one in core)


def _why_not(core: list[Told], firms: list[Told], others: list[Told]) -> str:
    if len(core) < 2:
        return _("Only one party signs so far.")
    if not others:
        return _("No public or nonprofit body signs it.")
    if firms:
        return _("The firm and the other body belong to the same group.")
    if any(one.sector == Counted.PRIVATE for one in core):
        return _("The firm has 250 people or more, or is as large by its money.")
    return _("No small or medium firm signs it.")


def _pairing(core: list[Told]) -> str:
    """Which sectors meet, in words: "Private and nonprofit"."""
    found = dict.fromkeys(one.sector for one in core if one.sector)
    labels = [str(Counted(one).label) for one in sorted(found, key=list(Counted.values).index)]
    if not labels:
        return ""
    first, *rest = labels
    return " + ".join([first, *(one.lower() for one in rest)])


# Size.

_BANDS: tuple[tuple[Size, int, Decimal, Decimal], ...] = (
    (Size.MICRO, 10, Decimal(2), Decimal(2)),
    (Size.SMALL, 50, Decimal(10), Decimal(10)),
    (Size.MEDIUM, 250, Decimal(50), Decimal(43)),
)


def size_of(
    people: int | None, turnover: Decimal | None = None, balance: Decimal | None = None
) -> str:
    """The size by the European Union's rule, money in millions of euros; "" without a headcount.

    It is of a band if it has fewer people than the band's bound, and its turnover or its balance
    sheet is within the band's. Where neither is told, the headcount decides.

    >>> size_of(9, Decimal("1.5")), size_of(249, Decimal(60), Decimal(43))
    ('micro', 'medium')
    """
    if people is None:
        return ""
    for size, bound, most_turnover, most_balance in _BANDS:
        if people < bound and _within(turnover, most_turnover, balance, most_balance):
            return size.value
    return Size.LARGE.value


def _within(
    turnover: Decimal | None, most_turnover: Decimal, balance: Decimal | None, most_balance: Decimal
) -> bool:
    if turnover is None and balance is None:
        return True
    return (turnover is not None and turnover <= most_turnover) or (
        balance is not None and balance <= most_balance
    )


def depth_of(marks: Iterable[int]) -> int | None:
    """The lower median: the middle mark, of two middle ones the lower.

    >>> depth_of([1, 2, 3, 4]), depth_of([4, 1, 3]), depth_of([])
    (2, 3, None)
    """
    ordered = sorted(marks)
    return ordered[(len(ordered) - 1) // 2] if ordered else None
