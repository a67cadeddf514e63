"""Every message about an assignment: to whom, in which language, with which links.

They are for their readers alone: an outbox that told who was asked would tell who said no.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.assignments import policy
from footbridge.assignments.models import Assignment, Case, HoursGiven, Part, SkillSeen
from footbridge.assignments.states import (
    Because,
    Decline,
    Kind,
    PartState,
    Phase,
    Role,
    Side,
)
from footbridge.core import clock, links
from footbridge.mail import actions as mail
from footbridge.people.models import Person
from footbridge.people.queries import language_of

_ANSWER: Any = gettext_lazy("Read and answer")
_OPEN: Any = gettext_lazy("Open the assignment")
_WRITE: Any = gettext_lazy("Write your review")
_CONFIRM: Any = gettext_lazy("Look at the hours")


def part_path(part: Part) -> str:
    """Where somebody says whether they join a team; without an account, as long as they can."""
    lasts = max(timedelta(minutes=1), part.expires_at - clock.now())
    return f"/part/{links.sign(policy.LINK_PURPOSE, part.id, part.person_id, lasts=lasts)}/"


def page_path(assignment: Assignment) -> str:
    """The page of an assignment, for those who sign in."""
    return f"/time/assignments/{assignment.id}/"


# The team.


def ask(part: Part) -> None:
    """Ask somebody into a team."""
    _send(
        "part_asked",
        part.assignment,
        part.person,
        (_ANSWER, part_path(part)),
        once=f"{part.id}:{part.asked_at:%Y%m%dT%H%M%S}",
        asker=part.asked_by.name if part.asked_by else "",
        role=Role(part.role).label,
        what=part.what,
        day=part.expires_at,
    )


def accepted(part: Part) -> None:
    """Tell whoever asked, and the lead, that somebody is in the team."""
    lead = policy.lead_of(part.assignment)
    readers = [part.asked_by, lead.person if lead else None]
    for reader in _each(readers, but=part.person):
        _tell("part_accepted", part, reader)


def declined(part: Part) -> None:
    """Tell whoever asked that somebody said no, and why; nobody else."""
    if part.asked_by is not None:
        reason = Decline(part.reason).label
        _tell("part_declined", part, part.asked_by, reason=reason, words=part.reason_words)


def expired(part: Part) -> None:
    """Tell whoever asked that there was no answer."""
    if part.asked_by is not None:
        _tell("part_declined", part, part.asked_by, reason="", words="")


def left(part: Part) -> None:
    """Tell the lead and the client that somebody left; of a lead, all of the team."""
    assignment = part.assignment
    lead = policy.lead_of(assignment)
    readers = [assignment.contact, lead.person if lead else None]
    if part.role == Role.LEAD:
        readers += [one.person for one in policy.team_of(assignment)]
    for reader in _each(readers, but=part.person):
        _tell("part_left", part, reader)


def _tell(kind: str, part: Part, reader: Person, **more: Any) -> None:
    moment = part.left_at or part.answered_at or part.asked_at
    link = (_OPEN, page_path(part.assignment))
    once = f"{part.id}:{moment:%Y%m%dT%H%M%S}"
    _send(kind, part.assignment, reader, link, once=once, name=part.person.name, **more)


# The assignment.


def terms_changed(assignment: Assignment, by: Side) -> None:
    """Tell the other side that the terms have changed, and ask for a new yes."""
    lead = policy.lead_of(assignment)
    is_in = lead is not None and lead.state == PartState.ACCEPTED
    reader = assignment.contact if by == Side.TEAM else lead.person if lead and is_in else None
    if reader is not None:
        link = (_OPEN, page_path(assignment))
        _send("assignment_terms", assignment, reader, link, once=str(assignment.version))


def agreed(assignment: Assignment) -> None:
    """Tell everybody in it that both sides said yes."""
    _send_all("assignment_agreed", assignment, once=str(assignment.version))


def called_off(assignment: Assignment) -> None:
    """Tell everybody in it that it is called off, and why."""
    because = Because(assignment.because).label
    words = assignment.because_words
    _send_all("assignment_called_off", assignment, because=because, words=words)


def ask_for_review(assignment: Assignment) -> None:
    """Ask both sides to look back; a side that has written already is left alone."""
    phase = policy.phase_of(assignment)
    if phase is None:
        return
    written = set(assignment.reviews.filter(phase=phase).values_list("side", flat=True))
    lead = policy.lead_of(assignment)
    of_side = {Side.CLIENT: assignment.contact, Side.TEAM: lead.person if lead else None}
    asked = assignment.asked_midway_at if phase == Phase.MIDWAY else assignment.asked_final_at
    for side, reader in of_side.items():
        if reader is not None and side not in written:
            once = f"{phase}:{asked:%Y%m%d}" if asked else phase.value
            link = (_WRITE, f"{page_path(assignment)}review/")
            is_final = phase == Phase.FINAL
            _send("assignment_review", assignment, reader, link, once=once, is_final=is_final)


def reviews_open(assignment: Assignment, phase: Phase) -> None:
    """Tell everybody in it that they can read what both sides wrote."""
    is_final = phase == Phase.FINAL
    _send_all("assignment_reviews_open", assignment, once=phase.value, is_final=is_final)


def ask_to_confirm(assignment: Assignment, row: HoursGiven) -> None:
    """Ask the client to confirm what one of the team gave in a month."""
    reader = assignment.contact
    if reader is None or not row.minutes:
        return
    with translation.override(language_of(reader, reader.chapter)):
        month = date_format(row.month, "YEAR_MONTH_FORMAT")
    link = (_CONFIRM, f"{page_path(assignment)}hours/")
    _send(
        "assignment_hours",
        assignment,
        reader,
        link,
        once=f"{row.id}:{row.version}",
        name=row.part.person.name,
        hours=_hours(row.minutes),
        month=month,
    )


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def ask_consent(assignment: Assignment, row: SkillSeen) -> None:
    """Ask whether somebody wants it said of them that they showed a skill."""
    with translation.override(language_of(row.person, row.person.chapter)):
        skill = row.skill.label
    link = (_OPEN, f"{page_path(assignment)}skills/")
    name = row.by.name if row.by else ""
    once = str(row.id)
    _send("assignment_skill", assignment, row.person, link, once=once, skill=skill, name=name)


def case_agreed(case: Case) -> None:
    """Tell everybody in it that all agreed to the words of the case."""
    _send_all("assignment_case", case.assignment, once=str(case.version))


# How a letter is made.


def _send_all(kind: str, assignment: Assignment, *, once: str = "", **more: Any) -> None:
    team = [part.person for part in policy.team_of(assignment)]
    for reader in _each([assignment.contact, *team]):
        link = (_OPEN, page_path(assignment))
        _send(kind, assignment, reader, link, once=once, **more)


def _each(readers: Iterable[Person | None], but: Person | None = None) -> list[Person]:
    """Each of them once."""
    found = {one.id: one for one in readers if one is not None}
    return [one for one in found.values() if but is None or one.id != but.id]


def _send(
    kind: str,
    assignment: Assignment,
    reader: Person,
    link: tuple[Any, str],
    *,
    once: str = "",
    day: Any = None,
    **more: Any,
) -> None:
    language = language_of(reader, reader.chapter)
    with translation.override(language):
        said = {name: str(one) if isinstance(one, Promise) else one for name, one in more.items()}
        context = {"facts": _facts(assignment), "title": assignment.title, **said}
        if day is not None:
            context["day"] = date_format(day, "DATE_FORMAT")
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language,
        context=context,
        links=[link],
        private=True,
        once=f"{kind}:{assignment.id}:{reader.id}:{once}",
    )


def _facts(assignment: Assignment) -> list[dict[str, str]]:
    days = [date_format(day, "DATE_FORMAT") for day in (assignment.begins, assignment.ends) if day]
    facts = [
        (_("Assignment"), assignment.title),
        (_("For"), assignment.client.name if assignment.client else ""),
        (_("What kind"), str(Kind(assignment.kind).label)),
        (_("What will be different afterwards"), assignment.outcome),
        (_("When"), " – ".join(days)),
    ]
    return [{"label": label, "words": words} for label, words in facts if words]
