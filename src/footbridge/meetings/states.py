"""What a session can be, how a seat in it is filled, and which moves are allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """The shape of an evening. Each has a run-sheet to begin with, in `formats.py`."""

    PAIRING = "pairing", _("Peer pairing")
    MICRO_CAFE = "micro_cafe", _("Micro café")
    KNOWLEDGE_CAFE = "knowledge_cafe", _("Knowledge café")
    WORLD_CAFE = "world_cafe", _("World café")
    ONE_TWO_FOUR_ALL = "one_two_four_all", _("1-2-4-all")
    TROIKA = "troika", _("Troika")
    PEER_ASSIST = "peer_assist", _("Peer assist")
    NEEDS_AND_OFFERS = "needs_and_offers", _("Needs-and-offers hour")
    OPEN_NETWORKING = "open_networking", _("Open networking")
    VALUES = "values", _("Values session")
    COHORT = "cohort", _("Programme for a partner body")
    LIVE_TALK = "live_talk", _("Live talk")
    EVENT = "event", _("Event with several sessions")


class Gathering(models.TextChoices):
    """How people sit during a step of a run-sheet."""

    ALL = "all", _("Everyone together")
    SILENT = "silent", _("In silence, each alone")
    PAIRS = "pairs", _("In pairs")
    TABLES = "tables", _("At tables")
    STANDING = "standing", _("Moving about")


SEATED = (Gathering.PAIRS, Gathering.TABLES)


class State(models.TextChoices):
    """From a plan to an evening that was."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Coming")
    RUNNING = "running", _("Going on")
    OVER = "over", _("Over")
    CANCELLED = "cancelled", _("Cancelled")


MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.OPEN, State.CANCELLED),
    State.OPEN: (State.RUNNING, State.OVER, State.CANCELLED),
    State.RUNNING: (State.OVER,),
    # A host whose finger slipped goes on where the evening was.
    State.OVER: (State.RUNNING,),
}


class Holding(models.TextChoices):
    """How someone stands to a seat."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Has a seat")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Next in line: a seat is held")
    DECLINED = "declined", _("Not coming")
    CANCELLED = "cancelled", _("Gave the seat back")
    RELEASED = "released", _("Did not answer, seat given on")


# Seats that count against the number that may say yes; one that is offered is held meanwhile.
TAKEN = (Holding.ACCEPTED, Holding.OFFERED)


class Move(models.TextChoices):
    """What someone may do next about a seat of theirs."""

    ACCEPT = "accept", _("Come")
    WAIT = "wait", _("Stand in line")
    DECLINE = "decline", _("Not this time")
    CONFIRM = "confirm", _("Yes, I come")
    GIVE_BACK = "give_back", _("Give the seat back")
    LEAVE_LINE = "leave_line", _("Leave the waiting list")
    COME = "come", _("I am here")
    LEAVE = "leave", _("I am going")


class Part(models.TextChoices):
    """What someone does in a session besides taking part."""

    GUEST = "guest", _("Guest")
    HOST = "host", _("Host")
    QUESTION_OWNER = "question_owner", _("Owner of the question")
    FACILITATOR = "facilitator", _("Facilitator")
    NOTE_KEEPER = "note_keeper", _("Note keeper")
    CONNECTOR = "connector", _("Connector, who notes introductions")
    SPEAKER = "speaker", _("Speaker")
    TABLE_HOST = "table_host", _("Host of a table, who stays there")


# Who runs the evening: sees all seats, starts rounds, checks people in.
RUNS_IT = (Part.HOST, Part.FACILITATOR)


# Who reads the questions with the names of those who ask, and ticks them off.
ANSWERS_QUESTIONS = (*RUNS_IT, Part.SPEAKER)


class Kind(models.TextChoices):
    """What somebody writes down in a silent minute."""

    NEED = "need", _("I need")
    OFFER = "offer", _("I can offer")


class Release(models.TextChoices):
    """Whether an insight may be told on. Only who said it decides."""

    ASKED = "asked", _("Waiting for who said it")
    RELEASED = "released", _("May be told")
    KEPT = "kept", _("Stays in the room")


class List(models.TextChoices):
    """The two lists that people put themselves on with one tap."""

    INFORMED = "informed", _("Keep me informed")
    BUILDING = "building", _("Help build it")


class Felt(models.TextChoices):
    """The answer to the one question after a session: was it worth your time?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Verdict(models.TextChoices):
    """What became of a change that was tried."""

    OPEN = "open", _("Being tried")
    ADOPT = "adopt", _("We keep it")
    ADAPT = "adapt", _("We change it")
    DROP = "drop", _("We drop it")
