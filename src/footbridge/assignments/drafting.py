"""A first draft of a case, composed of what is known: who with whom, what was needed, what was
done, what changed, how many hours, what both sides wish to have quoted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.assignments import policy
from footbridge.assignments.models import Assignment, HoursGiven, Review, StepDone
from footbridge.assignments.playbooks import playbook
from footbridge.assignments.states import Mark, Phase, Role, Side


def draft(assignment: Assignment) -> str:
    """The text, in the reader's language: paragraphs under short headings, to be edited."""
    parts = [
        (assignment.title, _who(assignment)),
        (_("What was needed"), assignment.outcome),
        (_("What was done"), _done(assignment)),
        (_("What changed"), _changed(assignment)),
        (_("Time given"), _time(assignment)),
        (_("In their words"), "\n".join(_quotes(assignment))),
    ]
    return "\n\n".join(f"{heading}\n{words}" for heading, words in parts if words)


def _who(assignment: Assignment) -> str:
    team = [part.person.name for part in policy.team_of(assignment)]
    client = assignment.client.name if assignment.client else _("Someone who has left")
    return _("%(client)s with %(team)s.") % {"client": client, "team": ", ".join(team)}


def _done(assignment: Assignment) -> str:
    """The scope, and the steps of the playbook that were ticked, in its order."""
    ticked = set(StepDone.objects.filter(assignment=assignment).values_list("key", flat=True))
    steps = [step.title for step in playbook(assignment.kind).steps if step.key in ticked]
    listed = "\n".join(f"– {title}" for title in steps)
    return "\n".join(words for words in (assignment.scope, listed) if words)


def _changed(assignment: Assignment) -> str:
    """How near it came to what was agreed, as each side said at the end."""
    lines = [
        _("%(side)s on whether it came to what was agreed: %(mark)s.")
        % {"side": Side(one.side).label, "mark": str(Mark(one.outcome).label).lower()}
        for one in _final(assignment)
    ]
    return "\n".join(lines)


def _final(assignment: Assignment) -> Iterable[Review]:
    return Review.objects.filter(assignment=assignment, phase=Phase.FINAL).order_by("side")


def _time(assignment: Assignment) -> str:
    """What the client confirmed, summed up."""
    rows = HoursGiven.objects.filter(part__assignment=assignment, confirmed_minutes__gt=0)
    minutes = rows.aggregate(sum=Sum("confirmed_minutes"))["sum"] or 0
    people = rows.order_by().values("part__person").distinct().count()
    if not minutes:
        return ""
    by = ngettext("by %(n)d person", "by %(n)d people", people) % {"n": people}
    return f"{_hours(minutes)}, {by}."


def _hours(minutes: int) -> str:
    """To the tenth, where it was not whole hours."""
    hours = round(minutes / 60, 1)
    if hours.is_integer():
        return ngettext("%(n)d hour", "%(n)d hours", int(hours)) % {"n": hours}
    return _("%(hours)s hours") % {"hours": number_format(hours)}


def _quotes(assignment: Assignment) -> Iterable[str]:
    """What each side wishes to keep, where whoever wrote it lets it be quoted."""
    lead = policy.lead_of(assignment)
    names = {
        Side.CLIENT: assignment.client.name if assignment.client else "",
        Side.TEAM: lead.person.name if lead and lead.role == Role.LEAD else "",
    }
    for one in _final(assignment):
        if one.may_be_quoted and one.keep:
            yield f"«{one.keep}» {names[Side(one.side)]}".strip()
