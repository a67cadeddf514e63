"""Reading expertise, questions about it and the list to tick, always for a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.core.reading import asked_once
from footbridge.exchange.models import Skill
from footbridge.exchange.queries import suggest_skills
from footbridge.expertise import lived
from footbridge.expertise.cards import (
    BothWays,
    ClaimCard,
    EpisodeCard,
    LeadsTo,
    LineCard,
    LineGroup,
    QuestionCard,
    both_ways,
    claim_card,
    claim_cards,
    episode_card,
    question_card,
    theme_words,
)
from footbridge.expertise.models import Claim, Confirmation, Episode, LeftOut, Listing, LivedLine
from footbridge.expertise.policy import (
    LINK_LASTS_AFTERWARDS,
    LINK_PURPOSE,
    confirmations_visible_to,
    lines_visible_to,
    may_be_asked,
    visible_to,
)
from footbridge.expertise.states import Level, State, Theme
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Chapter, Member, Person
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id, with_affiliations

__all__ = ["both_ways", "claim_card", "claim_cards", "question_card", "visible_to"]

MOST_SUGGESTED = 6


def _id(said: uuid.UUID | str) -> uuid.UUID:
    found = as_id(str(said))
    if found is None:
        raise NotHere
    return found


# Claims.


def with_details(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Have all that a card needs at hand, in a fixed number of queries."""
    given = Confirmation.objects.filter(state=State.CONFIRMED).select_related("by__chapter")
    rows = claims.select_related("skill", "episode", "person")
    return rows.prefetch_related(Prefetch("confirmations", given.order_by("answered_at", "id")))


def own_claims(viewer: Person) -> list[ClaimCard]:
    """What one said that one can do."""
    return claim_cards(viewer, with_details(Claim.objects.filter(person=viewer.id)))


def claims_of(viewer: Viewer, member: Member) -> list[ClaimCard]:
    """The expertise of somebody, as far as they listed it for this viewer."""
    return claim_cards(viewer, with_details(visible_to(viewer).filter(person=member.id)))


def told_by(
    viewer: Viewer, people: Iterable[uuid.UUID], skills: Iterable[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """What people did that shows certain skills, by person and skill, as far as the viewer may
    read it; without a question where there is nobody."""
    wanted = {"person__in": list(people), "skill__in": list(skills)}
    if not all(wanted.values()):
        return {}
    rows = visible_to(viewer).filter(**wanted, episode__is_shown=True).order_by()
    told = rows.values_list("person_id", "skill_id", "episode__title")
    return {(person, skill): title for person, skill, title in told}


def has_listed(viewer: Viewer, member: Member) -> bool:
    """Whether somebody shows any expertise to this viewer; cheap."""
    return visible_to(viewer).filter(person=member.id).exists()


def own_claim(viewer: Person, claim_id: uuid.UUID | str) -> Claim:
    """One of one's own, or NotHere: missing and foreign answer alike."""
    rows = with_details(Claim.objects.filter(person=viewer.id))
    found = rows.filter(id=_id(claim_id)).first()
    if found is None:
        raise NotHere
    return found


def own_episodes(viewer: Person) -> list[EpisodeCard]:
    """What one has told of what one did."""
    return [episode_card(one) for one in Episode.objects.filter(person=viewer.id)]


def listing_of(viewer: Person) -> str:
    """To whom one's expertise is listed; empty while it is not."""
    found = Listing.objects.filter(person=viewer.id).values_list("seen_by", flat=True).first()
    return found or ""


# Skills that a sentence speaks of.


def skills_in(text: str) -> list[BothWays]:
    """The skills that somebody's own words speak of, the surest first, as each side says them."""
    named = [one.key for one in suggest_skills(text, get_language(), MOST_SUGGESTED)]
    alike = [one.skill for one in lived.alike(text, get_language())]
    found = list(dict.fromkeys([*named, *alike]))[:MOST_SUGGESTED]
    known = skills_by_key(found)
    return [both_ways(known[key]) for key in found if key in known]


def skills_by_key(keys: Iterable[str]) -> dict[str, Skill]:
    """The skills that these keys stand for; keys that stand for none are left out."""
    return {skill.key: skill for skill in Skill.objects.filter(key__in=list(keys))}


# The list to tick.


def list_to_tick(viewer: Person) -> list[LineGroup]:
    """The lines for somebody, by heading: what ships, without what their chapter left out, and
    what it added."""
    ticked = set(Episode.objects.filter(person=viewer.id).values_list("line", flat=True))
    lines = [one for one in _lines(viewer.chapter) if not one.is_left_out]
    return _grouped(_with_ticks(lines, ticked))


def curated(viewer: Viewer, chapter: Chapter) -> list[LineGroup]:
    """The same for the hosts of a chapter: what is left out stands there too."""
    return _grouped(_lines(chapter))


def line_cards(chapter: Chapter | None) -> dict[str, LineCard]:
    """The lines that are offered in a chapter, by key."""
    return {one.key: one for one in _lines(chapter) if not one.is_left_out}


def get_line(viewer: Viewer, line_id: uuid.UUID | str) -> LivedLine:
    """A line that a chapter added, or NotHere."""
    found = lines_visible_to(viewer).filter(id=_id(line_id)).first()
    if found is None:
        raise NotHere
    return found


def _lines(chapter: Chapter | None) -> list[LineCard]:
    here = chapter.id if chapter else None
    out = set(LeftOut.objects.filter(chapter=here).values_list("key", flat=True))
    own = LivedLine.objects.filter(chapter=here).prefetch_related("skills__skill")
    wanted = {leads.skill for line in lived.lines() for leads in line.leads}
    skills = skills_by_key(wanted)
    shipped = [_shipped(line, skills, line.key in out) for line in lived.lines()]
    return [*shipped, *(_added(line) for line in own)]


def _shipped(line: lived.Line, skills: Mapping[str, Skill], is_left_out: bool) -> LineCard:
    return LineCard(
        key=line.key,
        text=line.text(get_language()),
        theme=line.theme,
        leads=tuple(
            _leads(skills[one.skill], one.level, one.carries)
            for one in line.leads
            if one.skill in skills
        ),
        is_left_out=is_left_out,
    )


def _added(line: LivedLine) -> LineCard:
    return LineCard(
        key=str(line.id),
        text=line.text,
        theme=line.theme,
        leads=tuple(_leads(one.skill, one.level, one.carries) for one in line.skills.all()),
        is_own=True,
        version=line.version,
    )


def _leads(skill: Skill, level: str, carries: str) -> LeadsTo:
    return LeadsTo(skill.id, skill.key, skill.label, level, str(Level(level).label), carries)


def _with_ticks(lines: Iterable[LineCard], ticked: set[str]) -> list[LineCard]:
    return [_ticked(line) if line.key in ticked else line for line in lines]


def _ticked(line: LineCard) -> LineCard:
    return LineCard(**{**line.__dict__, "is_ticked": True})


def _grouped(lines: Iterable[LineCard]) -> list[LineGroup]:
    found: dict[str, list[LineCard]] = {theme.value: [] for theme in Theme}
    for line in lines:
        found[line.theme].append(line)
    return [
        LineGroup(theme, theme_words(theme), tuple(under))
        for theme, under in found.items()
        if under
    ]


# Questions to those who were there.


def get(viewer: Viewer, confirmation_id: uuid.UUID | str) -> Confirmation:
    """One question, or NotHere: missing and foreign answer alike."""
    found = confirmations_visible_to(viewer).filter(id=_id(confirmation_id)).first()
    if found is None:
        raise NotHere
    return found


def get_card(viewer: Viewer, confirmation_id: uuid.UUID | str) -> QuestionCard:
    """The card of one question, or NotHere."""
    return question_card(viewer, get(viewer, confirmation_id))


def questions_about(viewer: Person, claim: Claim) -> list[QuestionCard]:
    """Whom one asked about a claim, the latest first."""
    rows = confirmations_visible_to(viewer).filter(claim=claim, claim__person=viewer.id)
    return [question_card(viewer, row) for row in rows]


def questions_to(viewer: Person) -> list[QuestionCard]:
    """What others asked one, and what one said; the latest first."""
    rows = confirmations_visible_to(viewer).filter(by=viewer.id)
    shown = rows.filter(state__in=(State.ASKED, State.CONFIRMED))
    cards = [question_card(viewer, row) for row in shown]
    return [one for one in cards if one.moves]


def waiting_for(person: Person) -> list[QuestionCard]:
    """What waits for somebody's word."""
    return list(_all_waiting_for(person))


@asked_once
def _all_waiting_for(person: Person) -> tuple[QuestionCard, ...]:
    rows = confirmations_visible_to(person).filter(by=person.id, state=State.ASKED)
    open_ = rows.filter(expires_at__gt=clock.now()).order_by("expires_at", "id")
    return tuple(question_card(person, row) for row in open_)


def could_be_asked(viewer: Person, claim: Claim, *, text: str = "") -> list[MemberCard]:
    """Whom one may ask about a claim and has not asked yet, by name."""
    asked = Confirmation.objects.filter(claim=claim).values("by")
    rows = may_be_asked(viewer).exclude(id__in=asked).order_by("folded", "id")
    members = with_affiliations(Member.objects.filter(id__in=rows.values("id")))
    found = [card(viewer, one) for one in members.order_by("folded", "id")]
    wanted = text.strip().casefold()
    return [one for one in found if wanted in f"{one.name} {one.organisation}".casefold()]


def get_witness(viewer: Person, person_id: uuid.UUID | str) -> Person:
    """Somebody whom one may ask, or NotHere."""
    found = may_be_asked(viewer).filter(id=_id(person_id)).first()
    if found is None:
        raise NotHere
    return found


# Links.


def question_path(row: Confirmation) -> str:
    """The link by which who was asked answers, and later takes their word back."""
    lasts = max(timedelta(days=1), row.expires_at + LINK_LASTS_AFTERWARDS - clock.now())
    return f"/was-there/{links.sign(LINK_PURPOSE, row.id, row.by_id, lasts=lasts)}/"


def question_by_link(token: str) -> tuple[Person, Confirmation]:
    """Whom a link was made for, and the question. Changes nothing."""
    link = links.read(token, LINK_PURPOSE)
    rows = Confirmation.objects.select_related(
        "claim__skill", "claim__episode", "claim__person", "by__chapter", "by__place"
    )
    found = rows.filter(id=link.thing).first()
    if found is None or found.by_id != link.person:
        raise LinkNotValid(_("This link opens nothing any more."))
    return found.by, found
