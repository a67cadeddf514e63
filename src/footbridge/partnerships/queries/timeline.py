"""What happened in a partnership, from the journal, in words."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from footbridge.journal import queries as journal
from footbridge.journal.models import Entry
from footbridge.partnerships.cards import Happened
from footbridge.partnerships.models import Partnership
from footbridge.partnerships.states import Kind, Role, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, shown_to

MOST_SHOWN = 100
Facts = dict[str, Any]

# Each sentence is made when it is read, in the reader's language. What is not here is not told:
# that somebody said no is known to whoever asked alone.
_WORDS: dict[str, Callable[[Facts], str]] = {
    "begun": lambda _facts: _("%(who)s began the record."),
    "changed": lambda _facts: _("%(who)s changed what is written about it."),
    "party_joined": lambda _facts: _("%(party)s said yes."),
    "party_left": lambda _facts: _("%(party)s left."),
    "named": lambda _facts: _("%(person)s stands for %(party)s: %(role)s."),
    "person_left": lambda _facts: _("%(person)s no longer stands for %(party)s: %(role)s."),
    "moved": lambda _facts: _("%(who)s moved it on. It is now: %(state)s."),
    "deepening_proposed": lambda _facts: _("%(who)s proposed to deepen it: %(kind)s."),
    "deepened": lambda _facts: _("Every side said yes to going deeper: %(kind)s."),
    "promised": lambda _facts: _("%(party)s promised something."),
    "kept": lambda _facts: _("A promise of %(party)s was kept."),
    "released": lambda _facts: _("A promise of %(party)s was released."),
    "decided": lambda _facts: _("%(who)s wrote down a decision."),
    "noted": lambda _facts: _("%(who)s wrote a note."),
    "linked": lambda _facts: _("%(who)s linked a document."),
}


def timeline(viewer: Viewer, one: Partnership) -> list[Happened]:
    """The latest things that happened, the newest first, for somebody who stands in it."""
    verbs = [f"partnerships.{name}" for name in _WORDS]
    entries = list(journal.about([one.id]).filter(verb__in=verbs)[:MOST_SHOWN])
    people = _people(viewer, entries)
    parties = {
        str(party.id): party.called for party in one.parties.select_related("member", "circle")
    }
    return [Happened(entry.at, _sentence(entry, people, parties)) for entry in entries]


def _people(viewer: Viewer, entries: list[Entry]) -> dict[str, str]:
    """Names of those who are there still, and whom the reader may see."""
    wanted = {entry.actor for entry in entries} | {
        uuid.UUID(entry.facts["person"]) for entry in entries if entry.facts.get("person")
    }
    rows = Person.objects.filter(shown_to(viewer), id__in=[one for one in wanted if one])
    return {str(one): name for one, name in rows.values_list("id", "name")}


def _sentence(entry: Entry, people: dict[str, str], parties: dict[str, str]) -> str:
    facts = entry.facts
    somebody = _("Somebody")
    role, after, kind = facts.get("role"), facts.get("after"), facts.get("to")
    return _WORDS[entry.verb.partition(".")[2]](facts) % {
        "who": people.get(str(entry.actor), somebody),
        "person": people.get(str(facts.get("person")), somebody),
        "party": parties.get(str(facts.get("party")), somebody),
        "role": str(Role(role).label) if role in Role.values else "",
        "state": str(State(after).label) if after in State.values else "",
        "kind": str(Kind(kind).label) if kind in Kind.values else "",
    }
