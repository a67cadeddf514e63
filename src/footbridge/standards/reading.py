"""A file of somebody else's, read as far as it goes: what could be taken, and notes on the rest.

JSON-LD and Turtle are read, in UTF-8 or UTF-16, with or without a mark at the beginning. Nothing is
fetched, whatever a file names; nothing that a file holds makes reading fail. Words count by their
last part, since older editions of the standard and its code lists use other namespaces for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from footbridge.standards.cids import (
    Address,
    Area,
    Capsule,
    Fact,
    ImpactReport,
    Indicator,
    Kind,
    Organization,
    Outcome,
    Report,
    Role,
    Stakeholder,
    StakeholderOutcome,
    Target,
    Theme,
)
from footbridge.standards.graphs import graph_of, text_of
from footbridge.standards.notes import Note, Said
from footbridge.standards.terms import OURS

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node as Term

LARGEST: Final = 10 * 2**20


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: a capsule for each organisation, those that belong to none in one without
    an identifier, and notes, each once."""

    capsules: tuple[Capsule, ...]
    notes: tuple[Note, ...]

    def said(self, what: Said) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.said is what)


def read(content: bytes) -> Reading:
    """Everything in a file that we have a place for, and notes on the rest. It never raises.

    >>> told = b'[{"@type": "cids:Organization", "@id": "https://a.example/1"}]'
    >>> found = read(told)
    >>> found.capsules[0].organization.id, [note.said.value for note in found.notes]
    ('https://a.example/1', ['missing', 'no_context'])
    """
    notes: set[Note] = set()
    if len(content) > LARGEST:
        return Reading((), (Note(Said.TOO_LARGE),))
    graph = graph_of(text_of(content), notes)
    if graph is None:
        return Reading((), tuple(sorted(notes)))
    return _Things(graph, notes).reading()


@dataclass
class _Thing:
    """One node: its address, what it is, and what is said of it, by the last part of each word."""

    id: str
    nameless: bool = False
    types: set[str] = field(default_factory=set)
    links: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    ours: list[tuple[str, str]] = field(default_factory=list)


_KINDS = {one.value for one in Kind}
_ROLES = {one.value for one in Role}
_OWNED = _ROLES | {"Outcome", "Indicator", "IndicatorReport", "ImpactReport"}
_TAKEN = _KINDS | _ROLES | {
    "Address", "Theme", "Outcome", "Indicator", "IndicatorReport", "Measure", "Target",
    "StakeholderOutcome", "ImpactReport", "ImpactScale", "ImpactDepth", "cidsThing",
}  # fmt: skip
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "Address": (
        "streetAddress", "addressLocality", "addressRegion", "addressCountry", "postalCode",
    ),
    "Theme": ("hasName",),
    "Outcome": ("hasName", "forOrganization"),
    "Indicator": ("hasName", "unitDescription", "forOrganization"),
    "IndicatorReport": (
        "hasName", "forIndicator", "forOrganization", "startedAtTime", "endedAtTime", "value",
    ),
    "Measure": ("hasNumericalValue",),
    **dict.fromkeys(_KINDS, ("hasLegalName",)),
}  # fmt: skip
_LOOKED_UP = ("forTheme", "hasIndicator", "forOutcome", "forIndicator", "hasOutcome", "value")


class _Things:
    """All nodes of a graph, and the capsules they make."""

    def __init__(self, graph: Graph, notes: set[Note]) -> None:
        self.notes = notes
        self.things: dict[str, _Thing] = {}
        from rdflib import BNode

        for subject, predicate, value in graph:
            thing = self._thing(str(subject))
            thing.nameless = isinstance(subject, BNode)
            self._take(thing, str(predicate), value)

    def _thing(self, id: str) -> _Thing:
        return self.things.setdefault(id, _Thing(id))

    def _take(self, thing: _Thing, predicate: str, value: Term) -> None:
        from rdflib import Literal

        word = _last(predicate)
        if predicate.endswith("22-rdf-syntax-ns#type"):
            thing.types.add(_last(str(value)))
        elif predicate.startswith(OURS):
            thing.ours.append((word, str(value)))
        elif isinstance(value, Literal):
            thing.texts.setdefault(word, []).append(str(value))
        else:
            thing.links.setdefault(word, []).append(str(value))

    def reading(self) -> Reading:
        for thing in self.things.values():
            self._remark(thing)
        self._sort_out()
        capsules = [self._capsule(owner) for owner in self.owners]
        rest = self._capsule(None)
        if rest.outcomes or rest.indicators or rest.reports:
            capsules.append(rest)
        return Reading(tuple(capsules), tuple(sorted(self.notes)))

    def _remark(self, thing: _Thing) -> None:
        if thing.nameless:
            for kind in thing.types & (_OWNED | _KINDS):
                self.notes.add(Note(Said.NO_IDENTIFIER, detail=kind))
        for kind in sorted(thing.types):
            if kind not in _TAKEN:
                self.notes.add(Note(Said.UNKNOWN_TYPE, thing.id, kind))
            for word in _NEEDED.get(kind, ()):
                if not thing.texts.get(word) and not thing.links.get(word):
                    self.notes.add(Note(Said.MISSING, thing.id, word))
        for word in _LOOKED_UP:
            for link in thing.links.get(word, ()):
                if link not in self.things:
                    self.notes.add(Note(Said.DANGLING, thing.id, word))

    def _sort_out(self) -> None:
        """Things by what they are and by whose they are, each by address."""
        every = sorted(self.things.values(), key=lambda one: one.id)
        self.owners = [one for one in every if one.types & _KINDS]
        self.themes = [one for one in every if "Theme" in one.types]
        self.used = {id for one in every for id in one.links.get("forTheme", ())}
        self.owned: dict[tuple[str, str], list[_Thing]] = {}
        for one in every:
            kinds = one.types & _OWNED
            if kinds:
                owner = self._owner(one)
                for kind in kinds:
                    self.owned.setdefault((owner, kind), []).append(one)
        self.group_outcomes: dict[str, list[_Thing]] = {}
        for one in every:
            if "StakeholderOutcome" in one.types:
                self.group_outcomes.setdefault(_link_of(one, "forOutcome"), []).append(one)

    def _owner(self, thing: _Thing) -> str:
        """Whose it is; where the file has one organisation only, whose else."""
        for id in sorted(thing.links.get("forOrganization", ())):
            if id in self.things and self.things[id].types & _KINDS:
                return id
        self.notes.add(Note(Said.NO_ORGANIZATION, thing.id))
        return self.owners[0].id if len(self.owners) == 1 else ""

    def _capsule(self, owner: _Thing | None) -> Capsule:
        """What belongs to one organisation; without one, what belongs to none in the file."""

        def mine(*kinds: str) -> list[_Thing]:
            key = owner.id if owner else ""
            found = {one.id: one for kind in kinds for one in self.owned.get((key, kind), ())}
            return [found[id] for id in sorted(found)]

        outcomes, indicators = mine("Outcome"), mine("Indicator")
        shared = [one for of in outcomes for one in self.group_outcomes.get(of.id, ())]
        themes = self._themes([*outcomes, *indicators], owner)
        whole = Capsule(
            organization=self._organization(owner),
            themes=tuple(self._theme(one) for one in themes),
            outcomes=tuple(self._outcome(one) for one in outcomes),
            indicators=tuple(self._indicator(one) for one in indicators),
            reports=tuple(self._report(one) for one in mine("IndicatorReport")),
            stakeholders=tuple(self._stakeholder(one) for one in mine(*_ROLES)),
            stakeholder_outcomes=tuple(self._stakeholder_outcome(one) for one in shared),
            impact_reports=tuple(self._impact_report(one) for one in mine("ImpactReport")),
        )
        known = {*whole.ids()} & set(self.things)
        told = (Fact(id, name, value) for id in known for name, value in self.things[id].ours)
        return replace(whole, facts=tuple(told)).in_order()

    def _themes(self, of: list[_Thing], owner: _Thing | None) -> list[_Thing]:
        """Themes that are used here; those that nobody uses go to the only organisation."""
        here = {id for one in of for id in one.links.get("forTheme", ())}
        alone = owner is not None and len(self.owners) == 1
        return [one for one in self.themes if one.id in here or (alone and one.id not in self.used)]

    def _organization(self, of: _Thing | None) -> Organization:
        if of is None:
            return Organization("", "")
        kinds = sorted(of.types & _KINDS - {Kind.ORGANIZATION.value})
        addresses = [self.things[id] for id in _all(of, "hasAddress") if id in self.things]
        return Organization(
            of.id,
            _text_of(of, "hasLegalName"),
            Kind(kinds[0]) if kinds else Kind.ORGANIZATION,
            tuple(self._address(one) for one in addresses),
        )

    def _address(self, of: _Thing) -> Address:
        words = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
        return Address(of.id, *(_text_of(of, word) for word in (*words, "postalCode")))

    def _theme(self, of: _Thing) -> Theme:
        return Theme(of.id, _text_of(of, "hasName"), _text_of(of, "hasDescription"))

    def _outcome(self, of: _Thing) -> Outcome:
        return Outcome(
            of.id,
            _text_of(of, "hasName"),
            _text_of(of, "hasDescription"),
            themes=_all(of, "forTheme"),
            indicators=_all(of, "hasIndicator"),
            see_also=_all(of, "seeAlso"),
        )

    def _indicator(self, of: _Thing) -> Indicator:
        targets = [self.things[id] for id in _all(of, "hasTarget") if id in self.things]
        return Indicator(
            of.id,
            _text_of(of, "hasName"),
            _text_of(of, "unitDescription"),
            _text_of(of, "hasDescription"),
            outcomes=_all(of, "forOutcome"),
            themes=_all(of, "forTheme"),
            baseline=self._number(of, "hasBaseline"),
            targets=tuple(self._target(one) for one in targets),
            see_also=_all(of, "seeAlso"),
        )

    def _target(self, of: _Thing) -> Target:
        return Target(
            of.id,
            _text_of(of, "hasName"),
            self._number(of, "value"),
            self._day(of, "startedAtTime"),
            self._day(of, "endedAtTime"),
            self._day(of, "dateCreated"),
            _text_of(of, "hasComment"),
        )

    def _report(self, of: _Thing) -> Report:
        return Report(
            of.id,
            _link_of(of, "forIndicator"),
            _text_of(of, "hasName"),
            self._number(of, "value"),
            self._day(of, "startedAtTime"),
            self._day(of, "endedAtTime"),
            _text_of(of, "hasComment"),
            _link_of(of, "forTarget"),
        )

    def _stakeholder(self, of: _Thing) -> Stakeholder:
        roles = sorted(of.types & _ROLES - {Role.STAKEHOLDER.value})
        area = _text_of(of, "hasCatchmentArea")
        return Stakeholder(
            of.id,
            _text_of(of, "hasName"),
            _text_of(of, "hasDescription"),
            Role(roles[0]) if roles else Role.STAKEHOLDER,
            Area(area) if area in set(Area) else None,
            _link_of(of, "seeAlso"),
        )

    def _stakeholder_outcome(self, of: _Thing) -> StakeholderOutcome:
        return StakeholderOutcome(
            of.id,
            _link_of(of, "forStakeholder"),
            _link_of(of, "forOutcome"),
            _text_of(of, "hasName"),
            _text_of(of, "hasDescription"),
            _text_of(of, "isUnderserved").lower() in ("true", "1"),
            _text_of(of, "hasImportance"),
            _text_of(of, "intendedImpact"),
        )

    def _impact_report(self, of: _Thing) -> ImpactReport:
        scale = self.things.get(_link_of(of, "hasImpactScale"))
        depth = self.things.get(_link_of(of, "hasImpactDepth"))
        return ImpactReport(
            of.id,
            _link_of(of, "forOutcome"),
            _text_of(of, "hasName"),
            _text_of(of, "hasComment"),
            self._number(scale, "value") if scale else "",
            self._number(depth, "value") if depth else "",
            self._day(of, "startedAtTime"),
            self._day(of, "endedAtTime"),
            _text_of(scale, "hasDescription") if scale else "",
            _text_of(depth, "hasDescription") if depth else "",
        )

    def _number(self, of: _Thing, word: str) -> str:
        """A figure as it was written, from its measure or, in older files, from the thing."""
        measure = self.things.get(_link_of(of, word))
        return _text_of(measure, "hasNumericalValue") if measure else _text_of(of, word)

    def _day(self, of: _Thing, word: str) -> date | None:
        told = _text_of(of, word)
        try:
            return date.fromisoformat(told[:10]) if told else None
        except ValueError:
            self.notes.add(Note(Said.NOT_A_DATE, of.id, told[:40]))
            return None


def _last(word: str) -> str:
    """The last part of a word's address.

    >>> _last("https://ontology.commonapproach.org/cids#Outcome"), _last("cids:Outcome")
    ('Outcome', 'Outcome')
    """
    return word.replace("#", "/").rstrip("/").rpartition("/")[2].rpartition(":")[2]


def _all(of: _Thing, word: str) -> tuple[str, ...]:
    return tuple(sorted(of.links.get(word, ())))


def _link_of(of: _Thing, word: str) -> str:
    """One link; where there are several, the first by address."""
    return next(iter(_all(of, word)), "")


def _text_of(of: _Thing, word: str) -> str:
    """One text; where there are several, the first of them in order."""
    return min(of.texts.get(word, ()), default="")
