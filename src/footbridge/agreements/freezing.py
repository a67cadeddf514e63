"""An agreement as one value: what is frozen in a version, compared, hashed and set on paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from footbridge.agreements import policy
from footbridge.agreements.fields import Kind, fields_of
from footbridge.agreements.models import Agreement, Contribution
from footbridge.agreements.scoring import level_of_contributions
from footbridge.agreements.states import Level
from footbridge.partnerships.models import Party
from footbridge.people.states import Kind as MemberKind

Content = dict[str, Any]


def content_of(agreement: Agreement) -> Content:
    """All of an agreement as it stands. Parties that are people are named by their id alone: their
    name is theirs, also when it is frozen."""
    partnership = agreement.partnership
    parties = list(policy.parties_of(partnership))
    return {
        "title": partnership.title,
        "currency": partnership.currency,
        "form": agreement.form,
        "standing": agreement.standing,
        "language": agreement.language,
        "parties": [_party(one) for one in parties],
        "clauses": _clauses(agreement, parties),
        "contributions": [_contribution(one) for one in contributions_of(agreement)],
        "rates": [_rate(one) for one in agreement.rates.all()],
    }


def contributions_of(agreement: Agreement) -> list[Contribution]:
    """What is put in, in the order in which it was entered."""
    return list(agreement.contributions.select_related("party", "entered_by"))


def _party(party: Party) -> dict[str, str]:
    return {"id": str(party.id), "name": _lasting_name(party), "role": party.role}


def _lasting_name(party: Party) -> str:
    is_person = party.member is not None and party.member.kind == MemberKind.PERSON
    return "" if is_person else party.called


def _clauses(agreement: Agreement, parties: list[Party]) -> list[dict[str, str]]:
    """Every clause of the form that says something, in the order of the form."""
    rows = {one.key: one for one in agreement.clauses.all()}
    found = []
    for field in fields_of(agreement.form):
        if field.kind == Kind.CONTRIBUTIONS:
            level = contributions_level(agreement, parties)
            found.append({"key": field.key, "text": "", "level": str(level)})
        elif field.key in rows and rows[field.key].level != Level.MISSING:
            row = rows[field.key]
            found.append({"key": row.key, "text": row.text, "level": row.level})
    return found


def contributions_level(agreement: Agreement, parties: Iterable[Party]) -> Level:
    """How far "what each puts in" is."""
    rows = agreement.contributions.values_list("party_id", "due_on")
    dated = [party for party, day in rows if day]
    return level_of_contributions(
        [party.id for party in parties], dated, [party for party, day in rows if not day]
    )


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "party": str(one.party_id),
        "resource": one.resource,
        "words": one.words,
        "amount": _plain(one.amount),
        "currency": one.currency,
        "hours_a_month": _plain(one.hours_a_month),
        "due_on": one.due_on.isoformat() if one.due_on else "",
        "risk": one.risk,
        "risk_weight": one.risk_weight,
        "reward": one.reward,
        "reward_weight": one.reward_weight,
    }


def _rate(one: Any) -> dict[str, str]:
    return {
        "currency": one.currency,
        "counts": _plain(one.counts),
        "day": one.day.isoformat(),
        "source": one.source,
    }


def _plain(number: Any) -> str:
    """A number without the zeros that a column adds: the same on every database.

    >>> from decimal import Decimal
    >>> _plain(Decimal("120.00")), _plain(Decimal("0.50")), _plain(None)
    ('120', '0.5', '')
    """
    if number is None:
        return ""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def digest_of(content: Content) -> str:
    """The sum of a content (SHA-256 over its JSON, keys in order): whoever has a copy can tell
    whether it is this one."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def texts_of(content: Content, names: dict[str, str]) -> dict[str, str]:
    """What a content says, clause by clause, as plain words, to be compared with another."""
    said = {one["key"]: one["text"] for one in content["clauses"] if one["text"]}
    head = {name: content[name] for name in ("title", "form", "standing")}
    parties = "\n".join(one["name"] or names.get(one["id"], "") for one in content["parties"])
    lines = [_line(one, names) for one in content["contributions"]]
    together = {**head, "named": parties, **said, "contributions": "\n".join(lines)}
    rates = [" ".join(one.values()) for one in content["rates"]]
    return {key: text for key, text in {**together, "rates": "\n".join(rates)}.items() if text}


def _line(one: dict[str, Any], names: dict[str, str]) -> str:
    money = f"{one['amount']} {one['currency']}".strip()
    hours = f"{one['hours_a_month']} h" if one["hours_a_month"] else ""
    parts = (one["words"], money, hours, one["due_on"], one["risk"], one["reward"])
    return f"{names.get(one['party'], '')}: " + " · ".join(part for part in parts if part)
