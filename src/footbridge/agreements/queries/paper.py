"""An agreement as it stands on paper: one sheet of plain values, for the typesetter and for tools
that read text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from footbridge.agreements import policy
from footbridge.agreements.fields import BY_KEY, Kind, day_in
from footbridge.agreements.freezing import Content, content_of
from footbridge.agreements.models import Agreement, Approval, Version
from footbridge.agreements.paper import PaperWords, paper_words
from footbridge.agreements.queries.versions import names_of
from footbridge.agreements.states import Heading, Level
from footbridge.agreements.weighing import RateSaid, Sum, in_one
from footbridge.core.errors import NotHere
from footbridge.people.policy import Viewer

RIGHT_TO_LEFT = ("ar",)


@dataclass(frozen=True)
class PaperClause:
    """A clause: its number, what it is called, what it says, and which way its script runs."""

    number: str
    title: str
    text: str
    direction: str
    note: str = ""


@dataclass(frozen=True)
class PaperLine:
    """What a party puts in, and what it risks and gets by it."""

    kind: str
    puts_in: str
    worth: str
    by_when: str
    risks: str
    gets: str


@dataclass(frozen=True)
class PaperParty:
    """A party with all that it puts in; `total` only where it can be said in one currency."""

    name: str
    lines: tuple[PaperLine, ...]
    total: str


@dataclass(frozen=True)
class PaperSection:
    """One of the five headings."""

    title: str
    clauses: tuple[PaperClause, ...]
    # Under which clause's number the table of contributions stands; empty where it does not.
    contributions: str = ""
    contributions_title: str = ""


@dataclass(frozen=True)
class PaperYes:
    """How a party stands to this version."""

    party: str
    words: str
    is_given: bool


@dataclass(frozen=True)
class Sheet:
    """The whole agreement, in its language."""

    language: str
    direction: str
    form: str
    title: str
    between: str
    names: tuple[str, ...]
    standing: str
    version: str
    made: str
    digest: str
    sections: tuple[PaperSection, ...]
    parties: tuple[PaperParty, ...]
    rates: tuple[str, ...]
    approvals: tuple[PaperYes, ...]
    labels: dict[str, str]


def sheet_of(viewer: Viewer, one: Agreement, version: Version | None = None) -> Sheet:
    """A version on paper; without one, what stands there now, named a draft."""
    if not policy.visible_to(viewer).filter(id=one.id).exists():
        raise NotHere
    content = version.content if version else content_of(one)
    words = paper_words(str(content["language"]))
    names = names_of(one)
    parties = [
        (each["id"], each["name"] or names.get(each["id"], "")) for each in content["parties"]
    ]
    return Sheet(
        language=words.language,
        direction="rtl" if words.language in RIGHT_TO_LEFT else "ltr",
        form=words.forms[content["form"]],
        title=content["title"],
        between=words.labels["between"],
        names=tuple(name for _id, name in parties),
        standing=words.standings[content["standing"]],
        version=words.say("version", number=version.number) if version else words.labels["draft"],
        made=words.say("made_on", day=words.day(version.frozen_at.date())) if version else "",
        digest=version.digest if version else "",
        sections=tuple(_sections(content, words)),
        parties=tuple(_party(key, name, content, words) for key, name in parties),
        rates=tuple(_rate(each, content, words) for each in content["rates"]),
        approvals=tuple(_approvals(version, words)) if version else (),
        labels=words.labels,
    )


def _sections(content: Content, words: PaperWords) -> Iterator[PaperSection]:
    for heading in Heading:
        under = [one for one in content["clauses"] if BY_KEY[one["key"]].heading == heading]
        said = [one for one in under if _is_said(one, content)]
        if said:
            yield _section(heading, said, words)


def _is_said(one: dict[str, str], content: Content) -> bool:
    if BY_KEY[one["key"]].kind == Kind.CONTRIBUTIONS:
        return bool(content["contributions"])
    return bool(one["text"]) or one["level"] == Level.NOT_RELEVANT


def _section(heading: Heading, said: list[dict[str, str]], words: PaperWords) -> PaperSection:
    place = list(Heading).index(heading) + 1
    numbered = [(f"{place}.{count}", one) for count, one in enumerate(said, start=1)]
    table = next((n for n, one in numbered if BY_KEY[one["key"]].kind == Kind.CONTRIBUTIONS), "")
    return PaperSection(
        title=f"{place}  {words.headings[heading]}",
        clauses=tuple(_clause(number, one, words) for number, one in numbered),
        contributions=table,
        contributions_title=words.title_of("contributions"),
    )


def _clause(number: str, one: dict[str, str], words: PaperWords) -> PaperClause:
    field = BY_KEY[one["key"]]
    day = day_in(field, one["text"])
    text = words.day(day) if day else one["text"]
    if one["level"] == Level.NOT_RELEVANT and not text:
        text = words.labels["not_relevant"]
    note = words.labels["lawyer"] if field.law and one["level"] != Level.NOT_RELEVANT else ""
    return PaperClause(number, words.title_of(field.key), text, direction_of(text), note)


def direction_of(text: str) -> str:
    """Which way a text runs: that of its first letter.

    >>> direction_of("1. Ana"), direction_of("«نحن نعمل معًا»")
    ('ltr', 'rtl')
    """
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def _party(key: str, name: str, content: Content, words: PaperWords) -> PaperParty:
    own = [one for one in content["contributions"] if one["party"] == key]
    lines = tuple(_line(one, words) for one in own)
    return PaperParty(name, lines, _total(own, content, words))


def _line(one: dict[str, Any], words: PaperWords) -> PaperLine:
    hours = words.say("hours", hours=one["hours_a_month"]) if one["hours_a_month"] else ""
    worth = [f"{_money(one['amount'])} {one['currency']}" if one["amount"] else "", hours]
    return PaperLine(
        kind=words.resources[one["resource"]],
        puts_in=one["words"],
        worth="\n".join(said for said in worth if said),
        by_when=words.day(date.fromisoformat(one["due_on"])) if one["due_on"] else "",
        risks=_weighed(one["risk"], one["risk_weight"], words),
        gets=_weighed(one["reward"], one["reward_weight"], words),
    )


def _weighed(said: str, weight: int, words: PaperWords) -> str:
    if not said and not weight:
        return ""
    return f"{said} ({words.weights[weight]})" if said else words.weights[weight]


def _money(amount: str) -> str:
    """An amount with its thousands apart, and cents only where there are some.

    >>> _money("12000"), _money("0.5")
    ('12\\u202f000', '0.50')
    """
    number = Decimal(amount)
    said = f"{number:,.0f}" if number == number.to_integral() else f"{number:,.2f}"
    return said.replace(",", "\u202f")


def _total(own: list[dict[str, Any]], content: Content, words: PaperWords) -> str:
    """One sum, where there is more than one amount and every rate was said."""
    money = [Sum(Decimal(one["amount"]), one["currency"]) for one in own if one["amount"]]
    rates = {
        one["currency"]: RateSaid(
            Decimal(one["counts"]), date.fromisoformat(one["day"]), one["source"]
        )
        for one in content["rates"]
    }
    total = in_one(money, rates, content["currency"]) if len(money) > 1 else None
    if total is None:
        return ""
    return words.say("total", amount=_money(str(total.amount)), currency=total.currency)


def _rate(one: dict[str, str], content: Content, words: PaperWords) -> str:
    day = words.day(date.fromisoformat(one["day"]))
    return words.say("rate", base=content["currency"], **{**one, "day": day})


def _approvals(version: Version, words: PaperWords) -> Iterable[PaperYes]:
    """Who has said yes, in the order in which they did; then who is open."""
    given = version.approvals.select_related("by", "party__member", "party__circle")
    for one in given:
        yield PaperYes(one.party.called, _yes(one, words), is_given=True)
    if policy.is_latest(version):
        for party in policy.open_parties(version):
            yield PaperYes(party.called, words.labels["open"], is_given=False)


def _yes(one: Approval, words: PaperWords) -> str:
    day, role = words.day(one.at.date()), words.roles.get(one.role, one.role)
    if one.by is None:
        return words.say("approved_gone", day=day, role=role)
    return words.say("approved", day=day, name=one.by.name, role=role)


def as_text(sheet: Sheet) -> str:
    """The same as plain text, each clause under its number, for tools that compare and file."""
    return "\n".join(_text_lines(sheet)) + "\n"


def _text_lines(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, " · ".join(_filled(sheet.form, sheet.version, sheet.made)))
    yield from ("", f"{sheet.between}: {' · '.join(sheet.names)}", sheet.standing)
    for section in sheet.sections:
        yield from ("", section.title.upper(), "")
        for clause in section.clauses:
            yield f"{clause.number} {clause.title}"
            if clause.number == section.contributions:
                yield from _contribution_lines(sheet)
            else:
                yield from (clause.text, "")
    if sheet.approvals:
        yield from ("", sheet.labels["approvals"].upper(), "")
        yield from (f"{one.party}: {one.words}" for one in sheet.approvals)
    if sheet.digest:
        yield from ("", f"{sheet.labels['checksum']}: {sheet.digest}")


def _filled(*parts: str) -> list[str]:
    return [part for part in parts if part]


def _contribution_lines(sheet: Sheet) -> Iterator[str]:
    for party in sheet.parties:
        yield f"{party.name}:"
        for line in party.lines:
            said = [f"{line.kind}: {line.puts_in}", *line.worth.splitlines(), line.by_when]
            said += [f"{sheet.labels['risks']}: {line.risks}" if line.risks else ""]
            said += [f"{sheet.labels['gets']}: {line.gets}" if line.gets else ""]
            yield "  - " + "; ".join(_filled(*said))
        if party.total:
            yield f"    {party.total}"
    yield from (f"  {one}" for one in sheet.rates)
    yield ""
