"""Once both sides looked back: who showed which skill, and what came of it, told for others."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.assignments import drafting, letters, policy
from footbridge.assignments.actions._steps import lock, note, require
from footbridge.assignments.models import Assignment, Case, CaseYes, SkillSeen
from footbridge.assignments.states import CaseState, Kind, Move, Seen
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.versions import Version, expect
from footbridge.exchange.models import Skill
from footbridge.expertise import actions as expertise
from footbridge.people.models import Person

MOST_SEEN_EACH = 8


@transaction.atomic
def see_skill(
    *, actor: Person, assignment: Assignment, person: Person, skill: Skill, words: str = ""
) -> SkillSeen:
    """Say that one of the team showed a skill: the client of anybody in it, and those in it of one
    another. It is kept once they say that they agree."""
    assignment = lock(assignment.id)
    require(actor, Move.SEE, assignment)
    team = {part.person_id for part in policy.team_of(assignment)}
    if person.id not in team:
        raise NotHere
    if person.id == actor.id:
        raise DomainError(_("Others say it of you."), field="person")
    known = SkillSeen.objects.filter(assignment=assignment, person=person, skill=skill).first()
    if known is not None:
        return known
    if SkillSeen.objects.filter(assignment=assignment, person=person).count() >= MOST_SEEN_EACH:
        raise Conflict(
            _("At most %(most)d skills are said of one person.") % {"most": MOST_SEEN_EACH}
        )
    row = SkillSeen.objects.create(
        assignment=assignment,
        person=person,
        skill=skill,
        by=actor,
        words=typed.words(SkillSeen, "words", words),
    )
    letters.ask_consent(assignment, row)
    note("skill_seen", row.id, assignment, actor)
    return row


@transaction.atomic
def answer_seen(*, actor: Person, assignment: Assignment, seen: SkillSeen, yes: bool) -> SkillSeen:
    """Say whether one wants it said of oneself: with a yes it stands among one's skills, confirmed
    by whoever saw it. It can be said anew at any time."""
    assignment = lock(assignment.id)
    rows = SkillSeen.objects.select_related("skill", "by")
    row = rows.filter(id=seen.id, assignment=assignment, person=actor).first()
    if row is None:
        raise NotHere
    if yes:
        _keep(actor, assignment, row)
    else:
        expertise.forget_what_was_seen(actor=actor, skill=row.skill, work=_name_of(assignment))
    row.consent = Seen.CONSENTED if yes else Seen.DECLINED
    row.answered_at = clock.now()
    row.save()
    note("seen_answered", row.id, assignment, actor)
    return row


def _keep(actor: Person, assignment: Assignment, row: SkillSeen) -> None:
    """Among one's skills, told by the kind of the work; for whom, is nobody else's business."""
    title = _("An assignment: %(kind)s") % {"kind": Kind(assignment.kind).label}
    expertise.keep_what_was_seen(
        actor=actor,
        skill=row.skill,
        work=_name_of(assignment),
        title=title,
        by=row.by,
        words=row.words,
    )


def _name_of(assignment: Assignment) -> str:
    return f"assignment:{assignment.id}"


# The case.


@transaction.atomic
def draft_case(*, actor: Person, assignment: Assignment) -> Case:
    """Begin the case with a draft out of what is known, in the reader's language. Where there is
    one already, that one."""
    assignment = lock(assignment.id)
    require(actor, Move.CASE, assignment)
    known = Case.objects.filter(assignment=assignment).first()
    if known is not None:
        return known
    case = Case.objects.create(
        assignment=assignment,
        text=drafting.draft(assignment),
        language=get_language() or "en",
        written_by=actor,
    )
    note("case_drafted", case.id, assignment, actor)
    return case


@transaction.atomic
def write_case(
    *, actor: Person, assignment: Assignment, text: str, version: Version | None = None
) -> Case:
    """Change the words of the case. Whoever said yes to other words says it anew."""
    assignment = lock(assignment.id)
    require(actor, Move.CASE, assignment)
    case = _case_of(assignment)
    expect(version, case.version, lambda: {"text": case.text})
    tidied = typed.words(Case, "text", text)
    if tidied == case.text:
        return case
    case.text, case.written_by, case.written_at = tidied, actor, clock.now()
    case.state, case.agreed_at = CaseState.DRAFT, None
    case.version += 1
    case.save()
    note("case_written", case.id, assignment, actor)
    return case


def _case_of(assignment: Assignment) -> Case:
    case = Case.objects.filter(assignment=assignment).first()
    if case is None:
        raise NotHere
    case.assignment = assignment
    return case


@transaction.atomic
def agree_to_case(*, actor: Person, assignment: Assignment, version: Version) -> Case:
    """Say yes to these very words. The case is agreed once everybody in the team and the client
    did; until then nobody else is shown any of it."""
    assignment = lock(assignment.id)
    side = require(actor, Move.CASE, assignment)
    case = _case_of(assignment)
    expect(version, case.version, lambda: {"text": case.text})
    CaseYes.objects.update_or_create(
        case=case, person=actor, defaults={"to_version": case.version, "said_at": clock.now()}
    )
    note("case_agreed_to", case.id, assignment, actor, side=side.value)
    settle(case)
    return case


@transaction.atomic
def take_back_case(*, actor: Person, assignment: Assignment) -> Case:
    """Take one's yes back: the case is a draft again."""
    assignment = lock(assignment.id)
    require(actor, Move.CASE, assignment)
    case = _case_of(assignment)
    CaseYes.objects.filter(case=case, person=actor).delete()
    settle(case)
    note("case_taken_back", case.id, assignment, actor)
    return case


def settle(case: Case) -> None:
    """Whether a case, whose assignment is locked, is agreed by everybody."""
    agreed = not policy.missing_yeses(case)
    was = case.state == CaseState.AGREED
    case.state = CaseState.AGREED if agreed else CaseState.DRAFT
    case.agreed_at = (case.agreed_at or clock.now()) if agreed else None
    case.save()
    if agreed and not was:
        letters.case_agreed(case)
