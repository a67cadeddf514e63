"""What one can do: told from lived work, confirmed by who was there, listed and found."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.core.errors import NotHere
from footbridge.expertise import actions, queries
from footbridge.expertise.actions import Pick
from footbridge.insight import expertise as insight
from footbridge.insight.cards import Filters
from footbridge.insight.expertise import Wanted
from footbridge.people import queries as people

router = Router(tags=["expertise"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
LevelWord = Literal["helped", "did", "led", "teaches"]
CarriesWord = Literal["same", "sector", "any"]
Year = Annotated[int | None, Field(ge=1, le=9999)]
SkillKey = Annotated[str, Field(max_length=200)]


class SkillBothWays(Schema):
    """A skill in changemaker words and in client words, in the caller's language."""

    id: uuid.UUID
    key: str
    label: str
    mission: list[str]
    business: list[str]


class LivedEpisode(Schema):
    """What somebody did, in their own words."""

    title: str
    story: str
    since: int | None
    until: int | None
    is_shown: bool
    version: int


class WhoConfirmed(Schema):
    """Somebody who was there and agreed to be named."""

    id: uuid.UUID
    name: str
    words: str


class SkillClaim(Schema):
    """A skill that somebody has, how far they have come, what shows it and who says the same."""

    id: uuid.UUID
    person_id: uuid.UUID
    skill: SkillBothWays
    level: str
    level_words: str
    step: int
    carries: str
    carries_words: str
    episode: LivedEpisode | None
    confirmed: int
    confirmed_by: list[WhoConfirmed]
    version: int


class LineLeads(Schema):
    """A skill that a line shows, and the level it mostly stands for."""

    key: str
    label: str
    level: str
    carries: str


class LivedLine(Schema):
    """A line of lived work that can be ticked."""

    key: str
    text: str
    theme: str
    leads: list[LineLeads]
    is_ticked: bool


class TickedLines(Schema):
    """Lines by key; the first time at most five."""

    lines: list[Annotated[str, Field(max_length=60)]] = Field(max_length=200)


class ShownSkill(Schema):
    """A skill that an episode shows."""

    skill: SkillKey
    level: LevelWord = "did"
    carries: CarriesWord = "any"


class NewEpisode(Schema):
    """What one did, and the skills that it shows, by key."""

    title: str = Field(max_length=1000)
    story: str = Field("", max_length=10_000)
    since: Year = None
    until: Year = None
    is_shown: bool = True
    skills: list[ShownSkill] = Field(max_length=20)


class ChangedEpisode(Schema):
    """The episode behind a skill, said otherwise."""

    title: str = Field(max_length=1000)
    story: str = Field("", max_length=10_000)
    since: Year = None
    until: Year = None
    is_shown: bool = True
    version: schemas.Version = None


class ChangedLevel(Schema):
    """How far one has come, and how far it carries over."""

    level: LevelWord
    carries: CarriesWord
    version: schemas.Version = None


class ListedFor(Schema):
    """For whom one's expertise is listed; empty for nobody."""

    seen_by: Literal["", "members", "introduced"]


class AskedPerson(Schema):
    """Somebody who was there."""

    person: uuid.UUID


class SkillQuestion(Schema):
    """The question whether somebody was there and says the same, for one of the two."""

    id: uuid.UUID
    claim_id: uuid.UUID
    role: str
    state: str
    asker: str
    asker_id: uuid.UUID
    witness: str
    witness_id: uuid.UUID
    skill: SkillBothWays
    level_words: str
    title: str
    story: str
    words: str
    is_named: bool
    asked_at: datetime
    answer_by: datetime | None
    moves: list[str]


class ConfirmedWords(Schema):
    """What somebody who was there says, and whether they may be named."""

    words: str = Field("", max_length=1000)
    is_named: bool = False


class Expert(Schema):
    """Somebody who can do it."""

    member: schemas.Member
    claims: list[SkillClaim]
    free_slots: int
    offers_it: bool
    missing: list[schemas.Missing]


class Experts(Schema):
    """One page of people; where nobody answers all of it, those who come near."""

    understood: list[SkillBothWays]
    items: list[Expert]
    nearest: list[Expert]
    total: int
    page: int
    pages: int


QuestionAnswer = {200: SkillQuestion, **REFUSALS}


@router.get("/lived-work", response={200: list[LivedLine], **schemas.NOT_SIGNED})
def lived_work(request: Call) -> Any:
    """The lines that one can tick, in one's language."""
    groups = queries.list_to_tick(request.person)
    return [line for group in groups for line in group.lines]


@router.get("/me/skills", response={200: list[SkillClaim], **schemas.NOT_SIGNED})
def my_skills(request: Call) -> Any:
    """What one said that one can do."""
    return queries.own_claims(request.person)


@router.get("/me/skills/in-words", response={200: list[SkillBothWays], **schemas.NOT_SIGNED})
def skills_in_words(request: Call, text: str = Query("", max_length=2200)) -> Any:
    """The skills that somebody's own words speak of."""
    return queries.skills_in(text)


@router.post("/me/skills/lived", response={200: list[SkillClaim], **REFUSALS})
def tick_lived(request: Call, said: TickedLines) -> Any:
    """Tick lines of lived work; answers with all of one's skills."""
    actions.pick(actor=request.person, keys=said.lines)
    return queries.own_claims(request.person)


@router.post("/me/skills/episodes", response={201: list[SkillClaim], **REFUSALS})
def write_episode(request: Call, said: NewEpisode) -> Any:
    """Tell in one's own words what one did; answers with all of one's skills."""
    known = queries.skills_by_key(one.skill for one in said.skills)
    if any(one.skill not in known for one in said.skills):
        raise NotHere
    picks = [Pick(known[one.skill], one.level, one.carries) for one in said.skills]
    told = said.dict(exclude={"skills"})
    actions.write_episode(actor=request.person, picks=picks, **told)
    return Status(201, queries.own_claims(request.person))


@router.put("/me/skills/listing", response={200: ListedFor, **REFUSALS})
def list_skills(request: Call, said: ListedFor) -> Any:
    """List one's expertise, for members or for those one was introduced to; or for nobody."""
    if said.seen_by:
        actions.list_expertise(actor=request.person, seen_by=said.seen_by)
    else:
        actions.unlist(actor=request.person)
    return {"seen_by": queries.listing_of(request.person)}


@router.put("/me/skills/{claim_id}", response={200: SkillClaim, **REFUSALS})
def change_level(request: Call, claim_id: uuid.UUID, said: ChangedLevel) -> Any:
    """Say how far one has come. Going further undoes what others confirmed."""
    claim = queries.own_claim(request.person, claim_id)
    actions.edit_claim(actor=request.person, claim=claim, **said.dict())
    return _claim(request, claim_id)


@router.put("/me/skills/{claim_id}/episode", response={200: SkillClaim, **REFUSALS})
def change_episode(request: Call, claim_id: uuid.UUID, said: ChangedEpisode) -> Any:
    """Tell the episode behind a skill otherwise. Other words undo what was confirmed of them."""
    claim = queries.own_claim(request.person, claim_id)
    actions.edit_episode(actor=request.person, claim=claim, **said.dict())
    return _claim(request, claim_id)


@router.delete("/me/skills/{claim_id}", response={204: None, **REFUSALS})
def drop_skill(request: Call, claim_id: uuid.UUID) -> Any:
    """Take a skill away."""
    actions.drop(actor=request.person, claim=queries.own_claim(request.person, claim_id))
    return Status(204, None)


@router.get("/me/skills/{claim_id}/witnesses", response={200: list[schemas.Member], **REFUSALS})
def witnesses(request: Call, claim_id: uuid.UUID) -> Any:
    """Whom one may ask and has not asked yet."""
    claim = queries.own_claim(request.person, claim_id)
    return queries.could_be_asked(request.person, claim)


@router.post("/me/skills/{claim_id}/ask", response={201: SkillQuestion, **REFUSALS})
def ask_witness(request: Call, claim_id: uuid.UUID, said: AskedPerson) -> Any:
    """Ask somebody who was there to say the same."""
    person = request.person
    claim = queries.own_claim(person, claim_id)
    asked = actions.ask(actor=person, claim=claim, person=people.get_person(person, said.person))
    return Status(201, queries.get_card(person, asked.id))


def _claim(request: Call, claim_id: uuid.UUID) -> Any:
    return queries.claim_card(request.person, queries.own_claim(request.person, claim_id))


@router.get("/skill-questions", response={200: list[SkillQuestion], **schemas.NOT_SIGNED})
def questions(request: Call) -> Any:
    """What others ask one to say, and what one confirmed."""
    return queries.questions_to(request.person)


@router.get("/skill-questions/{confirmation_id}", response=QuestionAnswer)
def question(request: Call, confirmation_id: uuid.UUID) -> Any:
    """One question."""
    return queries.get_card(request.person, confirmation_id)


@router.post("/skill-questions/{confirmation_id}/confirm", response=QuestionAnswer)
def confirm_skill(request: Call, confirmation_id: uuid.UUID, said: ConfirmedWords) -> Any:
    """Say that one was there and that it is so."""
    return _act(request, confirmation_id, actions.confirm, **said.dict())


@router.post("/skill-questions/{confirmation_id}/not-mine", response=QuestionAnswer)
def not_mine(request: Call, confirmation_id: uuid.UUID) -> Any:
    """Say that it is not one's own to say. Nobody is told."""
    return _act(request, confirmation_id, actions.not_mine)


@router.post("/skill-questions/{confirmation_id}/withdraw", response=QuestionAnswer)
def withdraw_question(request: Call, confirmation_id: uuid.UUID) -> Any:
    """Take one's word back, or the question."""
    return _act(request, confirmation_id, actions.withdraw)


def _act(request: Call, confirmation_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    act(actor=person, confirmation=queries.get(person, confirmation_id), **said)
    return queries.get_card(person, confirmation_id)


@router.get("/members/{member_id}/skills", response={200: list[SkillClaim], **REFUSALS})
def skills_of(request: Call, member_id: uuid.UUID) -> Any:
    """What a member can do, as far as they listed it for the caller."""
    person = request.person
    return queries.claims_of(person, people.get(person, member_id))


@router.get("/expertise", response={200: Experts, **REFUSALS})
def find_expertise(
    request: Call,
    skill: str = Query("", max_length=500),
    level: Literal["", "helped", "did", "led", "teaches"] = "",
    available: bool = False,
    confirmed: bool = False,
    sector: schemas.Sector = "",
    language: str = Query("", max_length=35),
    near: str = Query("", max_length=100),
    within_km: int = Query(50, ge=1, le=20_000),
    page: schemas.PageNumber = 1,
) -> Any:
    """People by what they can do, in either side's words."""
    where = Filters(sector=sector, language=language, near=near, within_km=within_km)
    wanted = Wanted(skill, level, available, confirmed, where)
    found = insight.search(request.person, wanted, page=page)
    return {
        "understood": found.skills,
        "items": [_expert(one) for one in found.found],
        "nearest": [_expert(one) for one in found.nearest],
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
    }


def _expert(one: Any) -> dict[str, Any]:
    names = ("claims", "free_slots", "offers_it", "missing")
    return {"member": one.card, **{name: getattr(one, name) for name in names}}
