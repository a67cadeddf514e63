"""What the exchange keeps."""

from __future__ import annotations

from footbridge.core.data import (
    ERASED,
    FOR_GOOD,
    MEMBERS,
    NOBODY,
    SHARED,
    TECHNICAL,
    Kept,
    Limit,
    Table,
    content,
    relation,
    table,
)


def _posting(name: str, **more: Kept) -> Table:
    return table(
        f"something that a member has as {name}",
        ERASED,
        MEMBERS,
        id=TECHNICAL,
        owner=relation(f"exchange.{name}s.text"),
        text=content(f"exchange.{name}s.text"),
        text_key=TECHNICAL,
        resource=content(f"exchange.{name}s.resource"),
        place=content(f"exchange.{name}s.place"),
        opened_by=relation("exchange.opened_for_others.text"),
        opened_at=content(f"exchange.{name}s.opened_at"),
        reopened_at=TECHNICAL,
        confirmed_at=TECHNICAL,
        reminded_at=TECHNICAL,
        until=content(f"exchange.{name}s.until"),
        closed_at=content(f"exchange.{name}s.closed_at"),
        ending=content(f"exchange.{name}s.ending"),
        version=TECHNICAL,
        **more,
    )


def _line(name: str) -> Table:
    return table(
        f"a skill in a {name}: guessed from the sentence, or said",
        ERASED,
        MEMBERS,
        **{
            "id": TECHNICAL,
            "skill": content(f"exchange.{name}s.skills"),
            "guessed": content(f"exchange.{name}s.skills"),
            "weight": TECHNICAL,
            "phrase": content(withheld="a piece of the sentence, which is there"),
            name: relation(f"exchange.{name}s.skills"),
        },
    )


def _cause_of(name: str) -> Table:
    return table(
        f"a cause that a {name} serves",
        ERASED,
        MEMBERS,
        **{
            "id": TECHNICAL,
            name: relation(f"exchange.{name}s.causes"),
            "cause": content(f"exchange.{name}s.causes"),
        },
    )


def _words(purpose: str, *columns: str) -> Table:
    return table(purpose, FOR_GOOD, MEMBERS, id=TECHNICAL, **dict.fromkeys(columns, SHARED))


TABLES: dict[str, Table] = {
    "exchange.Need": _posting("need", urgent=content("exchange.needs.urgent")),
    "exchange.Offer": _posting("offer", hours_per_month=content("exchange.offers.hours_per_month")),
    "exchange.NeedSkill": _line("need"),
    "exchange.OfferSkill": _line("offer"),
    "exchange.Need_causes": _cause_of("need"),
    "exchange.Offer_causes": _cause_of("offer"),
    "exchange.Care": table(
        "a cause that a member works for",
        ERASED,
        MEMBERS,
        id=TECHNICAL,
        member=relation("exchange.causes"),
        cause=content("exchange.causes"),
    ),
    "exchange.Skill": _words(
        "the vocabulary of skills",
        *("key", "labels", "synonyms", "sides", "group", "resource", "source"),
    ),
    "exchange.Cause": _words(
        "the vocabulary of causes", "key", "labels", "synonyms", "number", "source"
    ),
    "exchange.Edition": table(
        "which state the vocabulary is in", FOR_GOOD, NOBODY, id=TECHNICAL, code=TECHNICAL
    ),
}

LIMITS: tuple[Limit, ...] = ()
