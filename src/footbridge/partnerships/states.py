"""Where a partnership stands, how deep it is, and what those in it are to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How deep a partnership is. None is better than another; each suits something."""

    PHILANTHROPIC = "philanthropic", _("Giving")
    TRANSACTIONAL = "transactional", _("Exchange")
    INTEGRATIVE = "integrative", _("Building together")


# What each could deepen into, by the yes of every party.
DEEPER: dict[Kind, tuple[Kind, ...]] = {
    Kind.PHILANTHROPIC: (Kind.TRANSACTIONAL, Kind.INTEGRATIVE),
    Kind.TRANSACTIONAL: (Kind.INTEGRATIVE,),
    Kind.INTEGRATIVE: (),
}


class State(models.TextChoices):
    """From two who find out whether they fit to a record that both can still read."""

    EXPLORING = "exploring", _("Exploring")
    FORMING = "forming", _("Forming")
    ACTIVE = "active", _("Active")
    REVIEWING = "reviewing", _("Under review")
    EMBEDDED = "embedded", _("Part of how we work")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")


MOVES: dict[State, tuple[State, ...]] = {
    State.EXPLORING: (State.FORMING, State.CLOSING),
    State.FORMING: (State.ACTIVE, State.EXPLORING, State.CLOSING),
    State.ACTIVE: (State.REVIEWING, State.CLOSING),
    State.REVIEWING: (State.ACTIVE, State.EMBEDDED, State.CLOSING),
    State.EMBEDDED: (State.REVIEWING, State.CLOSING),
    State.CLOSING: (State.CLOSED,),
    State.CLOSED: (),
}
BEFORE_ACTIVE = (State.EXPLORING, State.FORMING)
RUNNING = (State.ACTIVE, State.REVIEWING, State.EMBEDDED)


class PartyRole(models.TextChoices):
    """What a party is to a partnership."""

    CORE = "core", _("Signs and contributes")
    CONTRIBUTING = "contributing", _("Contributes")
    OBSERVING = "observing", _("Looks on")


class PartyState(models.TextChoices):
    """Whether a party has said yes to being part of the record."""

    PROPOSED = "proposed", _("Not asked, or no answer yet")
    IN = "in", _("In")
    DECLINED = "declined", _("Not this time")
    LEFT = "left", _("Left")


STANDING = (PartyState.PROPOSED, PartyState.IN)


class Counted(models.TextChoices):
    """The three sectors of the cross-sector rule."""

    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")
    NONPROFIT = "nonprofit", _("Nonprofit")


class SizeScheme(models.TextChoices):
    """By which rule a size was found."""

    EU = "eu", _("The European Union's")
    LOCAL = "local", _("A rule of our own country")


class Role(models.TextChoices):
    """What somebody is for their party."""

    STEWARD = "steward", _("Steward")
    DEPUTY = "deputy", _("Deputy")
    CONTACT = "contact", _("Contact")
    SIGNATORY = "signatory", _("Signs")


# Those who speak for their party: they answer, agree and move things on.
SPEAKING = (Role.STEWARD, Role.DEPUTY, Role.SIGNATORY)


class Ended(models.TextChoices):
    """Why somebody no longer represents their party."""

    STEPPED_DOWN = "stepped_down", _("Stepped down")
    REPLACED = "replaced", _("Replaced by their side")
    LEFT = "left", _("No longer with the organisation")
    GONE = "gone", _("No longer in the network")


class Proposal(models.TextChoices):
    """What became of a wish to deepen a partnership."""

    OPEN = "open", _("Waiting for the others")
    AGREED = "agreed", _("Agreed by all")
    DECLINED = "declined", _("Not now")
    WITHDRAWN = "withdrawn", _("Taken back")


class Entry(models.TextChoices):
    """What is written into the log."""

    NOTE = "note", _("Note")
    DECISION = "decision", _("Decision")


class Spent(models.TextChoices):
    """What time and money of partnering itself went into."""

    MEETING = "meeting", _("Meetings")
    TRAVEL = "travel", _("Travel")
    PAPERWORK = "paperwork", _("Paperwork and law")
    REPORTING = "reporting", _("Reports")
    OTHER = "other", _("Something else")


class Dimension(models.TextChoices):
    """What a party looks at when it says how deep a partnership is (after Austin)."""

    ENGAGEMENT = "engagement", _("How much the two are engaged with each other")
    IMPORTANCE = "importance", _("How much it matters to what you are there for")
    RESOURCES = "resources", _("How much is put in")
    SCOPE = "scope", _("How wide the work is")
    INTERACTION = "interaction", _("How often you have to do with each other")
    TRUST = "trust", _("How far you trust each other")
    CHANGE = "change", _("How much it has changed your own house")
    COMPLEXITY = "complexity", _("How much there is to manage")
    VALUE = "value", _("How much it is worth to your strategy")
    CREATION = "creation", _("How much you create together")
    SYSTEM = "system", _("How much it changes things for others outside")


class Mark(models.IntegerChoices):
    """One to four, in words."""

    LITTLE = 1, _("Little")
    SOME = 2, _("Some")
    MUCH = 3, _("Much")
    VERY = 4, _("Very much")


class ExitItem(models.TextChoices):
    """What is settled before a partnership is closed."""

    TELL = "tell", _("Tell those it is for, and what happens to them now")
    PROMISES = "promises", _("Keep, hand on or release each open promise")
    DATA = "data", _("Give back or delete each other's data")
    THINGS = "things", _("Settle money, things and rights")
    WORDS = "words", _("Agree what each says about it")
    LESSONS = "lessons", _("Write down what you learned, and why it ends")
    THANKS = "thanks", _("Thank each other")


class Move(models.TextChoices):
    """What somebody may do next."""

    EDIT = "edit", _("Change the record")
    ADD_PARTY = "add_party", _("Add a party")
    NAME = "name", _("Name people")
    FORM = "form", _("Begin to form it")
    BACK = "back", _("Go back to exploring")
    ACTIVATE = "activate", _("Make it active")
    REVIEW = "review", _("Begin a review")
    RESUME = "resume", _("Go on")
    EMBED = "embed", _("It is part of how we work")
    CLOSE = "close", _("Begin to close it")
    FINISH = "finish", _("Close it")
    DEEPEN = "deepen", _("Propose to deepen it")
    RATE = "rate", _("Say how deep it is")
    WRITE = "write", _("Write")
    LEAVE = "leave", _("Leave")


# Which state each move that changes the state leads to.
LEADS_TO: dict[Move, State] = {
    Move.FORM: State.FORMING,
    Move.BACK: State.EXPLORING,
    Move.ACTIVATE: State.ACTIVE,
    Move.REVIEW: State.REVIEWING,
    Move.RESUME: State.ACTIVE,
    Move.EMBED: State.EMBEDDED,
    Move.CLOSE: State.CLOSING,
    Move.FINISH: State.CLOSED,
}
