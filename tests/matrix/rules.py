"""Whose things are, and who belongs to an audience: said once, in words, independently of code.

A role stands to a thing in relations («owner», «host», «connector» …; see `stage.THINGS`). Here
stands which relations let someone see a thing, and which let them do something to it.
"""

from __future__ import annotations

from footbridge.core.access import Audience

# Who is looking, and how they come.
OUTSIDE = {
    "anonymous": "nobody is signed in",
    "link": "holds signed links and opened each of them; not signed in",
    "program": "holds a good personal token, but opens a page with it",
    "browser": "is signed in to the pages as a host, but calls the API without a token",
    "forgotten": "holds a token that was dropped, one that is over, and one that never was",
}
WAITING = {
    "newcomer": "signed in, known to no chapter",
    "applicant": "signed in, waits for a host to let them in",
}
UNDER_THE_RADAR = {"hidden": "signed in, under the radar"}
MEMBERS = {
    "owner": "seeks; whose need, note, tie, claim and token it is",
    "connector": "was asked to introduce",
    "sought": "is the one sought; offers something",
    "tied": "knows the owner, works at the same place, was introduced by the same connector",
    "colleague": "works where the one sought works",
    "neighbour": "a member of the same chapter, a stranger to all of them",
    "foreigner": "a member of another chapter, a stranger to all of them",
    "deputy": "helps to look after the chapter",
    "host": "looks after the chapter",
    "other host": "looks after another chapter",
}
HOSTS = ("deputy", "host", "other host")

PAGE_ROLES = ("anonymous", "link", "program", *WAITING, *UNDER_THE_RADAR, *MEMBERS)
CALL_ROLES = ("anonymous", "browser", "forgotten", "applicant", *MEMBERS)

EVERYONE = frozenset(PAGE_ROLES)
AUDIENCES: dict[Audience, frozenset[str]] = {
    Audience.EVERYONE: EVERYONE,
    Audience.LINK: EVERYONE,
    Audience.MEMBERS: frozenset(MEMBERS),
    Audience.HOSTS: frozenset(HOSTS),
    Audience.HIDDEN: frozenset(UNDER_THE_RADAR),
    # Operators work at the console; no page opens for a signed-in person because of that.
    Audience.OPERATORS: frozenset(),
}

# Which relations let someone see a thing, by the gap in the address that names it.
SEEN_BY: dict[str, frozenset[str]] = {
    "chapter_id": frozenset({"host"}),
    "member_id": frozenset({"oneself", "member", "listed", "host"}),
    "person_id": frozenset({"persona"}),
    "introduction_id": frozenset({"seeker", "connector who was asked", "sought and asked"}),
    "tie_id": frozenset({"teller", "other", "host", "asked"}),
    "affiliation_id": frozenset({"member", "oneself"}),
    "posting_id": frozenset({"owner"}),
    "need_id": frozenset({"owner", "member"}),
    "offer_id": frozenset({"owner", "member"}),
    "invitation_id": frozenset({"host"}),
    "message_id": frozenset({"host"}),
    "batch_id": frozenset({"host"}),
    "duplicate_id": frozenset({"host"}),
    "merge_id": frozenset({"host"}),
    "slug": frozenset({"anyone"}),
    "call_slug": frozenset({"anyone", "steward"}),
    "open_call_id": frozenset({"anyone", "steward"}),
    "answer_id": frozenset({"steward", "answered"}),
    "file_id": frozenset({"steward", "answered"}),
    "token_id": frozenset({"owner"}),
    "yes_id": frozenset({"somebody like the one meant"}),
    "approach_id": frozenset({"sender"}),
    "session_id": frozenset({"member", "runs"}),
    "seat_id": frozenset({"runs", "coming"}),
    "series_id": frozenset({"host"}),
    "circle_id": frozenset({"within"}),
    "step_id": frozenset({"within"}),
    "call_id": frozenset({"within"}),
    "sheet_id": frozenset({"host"}),
    "slot_id": frozenset({"member"}),
    "claim_id": frozenset({"owner"}),
    "assignment_id": frozenset({"client", "lead"}),
    "partnership_id": frozenset({"side"}),
    "party_id": frozenset({"side"}),
    "representative_id": frozenset({"side"}),
    "entry_id": frozenset({"side"}),
    "promise_id": frozenset({"side"}),
    "document_id": frozenset({"side"}),
    "cost_id": frozenset({"side"}),
    "contribution_id": frozenset({"side"}),
    "clause_key": frozenset({"side"}),
    "version_number": frozenset({"side"}),
    "confirmation_id": frozenset({"asker", "witness"}),
    "lived_line_id": frozenset({"host"}),
    "transition_id": frozenset({"owner"}),
    "lived_id": frozenset({"member"}),
    "ask_id": frozenset({"asker", "guide"}),
    "side_id": frozenset({"member"}),
    "pitch_id": frozenset({"owner"}),
    "rehearsal_id": frozenset({"author", "peer"}),
    "reading_id": frozenset({"owner"}),
    "line_id": frozenset({"member"}),
    "organisation_id": frozenset({"member"}),
    "booking_id": frozenset({"giver", "receiver"}),
    "question_id": frozenset({"coming", "runs"}),
    "insight_id": frozenset({"speaker"}),
    "follow_up_id": frozenset({"owner"}),
    "change_id": frozenset({"member", "host"}),
}

_RUNS, _SEATED, _CAME = frozenset({"runs"}), frozenset({"seated"}), frozenset({"came"})
_HOST, _FIRST = frozenset({"host"}), frozenset({"first side"})
_ACTS_FOR_IT = frozenset({"acts for it"})
_EVENING = "/host/sessions/<uuid:session_id>"
_API_EVENING = "/api/v1/sessions/{session_id}"

# Where a page shows less than that.
SEEN_ON: dict[str, frozenset[str]] = {
    "/circles/<uuid:circle_id>/": frozenset({"within", "asked"}),
    "/time/assignments/<uuid:assignment_id>/": frozenset({"client", "lead", "asked"}),
    **{
        f"POST /api/v1/assignments/{{assignment_id}}/{word}": frozenset({"asked"})
        for word in ("accept", "decline")
    },
    "/partner/asked/<uuid:party_id>/": frozenset({"asked"}),
    **{
        f"POST /api/v1/partnerships/asked/{{party_id}}/{word}": frozenset({"asked"})
        for word in ("accept", "decline")
    },
    "POST /api/v1/partnerships/asked/{party_id}/step-in": frozenset(),
    # Nobody has proposed to deepen it.
    "POST /api/v1/partnerships/{partnership_id}/deepen/answer": frozenset(),
    "/partner/<uuid:partnership_id>/workspace/promises/<uuid:promise_id>/": _FIRST,
    # No case is written yet, and nobody has said which skill they saw.
    "GET /api/v1/assignments/{assignment_id}/case": frozenset(),
    "POST /api/v1/assignments/{assignment_id}/skills/answer": frozenset(),
    "/needs-and-offers/need/<uuid:need_id>/team/": frozenset({"owner"}),
    "GET /api/v1/needs/{need_id}/team": frozenset({"owner"}),
    **{
        f"POST /api/v1/circles/{{circle_id}}/{word}": frozenset({"asked"})
        for word in ("join", "decline")
    },
    **{
        f"/find/calls/<slug:call_slug>/{page}": frozenset({"steward"})
        for page in (
            "look-over/",
            "answers/",
            "say/outcome/",
            "say/terms/",
            "say/answers/",
            "say/who/",
        )
    },
    "/find/calls/<slug:call_slug>/answers/<uuid:answer_id>/": frozenset({"steward"}),
    "/find/calls/<slug:call_slug>/matches/": frozenset({"steward", "answered"}),
    **{
        f"/calls/<slug:call_slug>/{page}": frozenset({"anyone"})
        for page in ("", "answer/", "continue/", "sent/")
    },
    "/calls/<slug:call_slug>/share/": frozenset({"steward"}),
    **{
        f"{how} /api/v1/calls/{{open_call_id}}{what}": frozenset({"steward"})
        for how, what in (
            ("PATCH", ""),
            ("DELETE", ""),
            ("POST", "/open"),
            ("POST", "/shut"),
            ("POST", "/end"),
            ("POST", "/withdraw"),
            ("GET", "/answers"),
            ("POST", "/close-answers"),
        )
    },
    **{
        f"{how} /api/v1/answers/{{answer_id}}/{what}": frozenset({"answered"})
        for how, what in (
            ("POST", "send"),
            ("PUT", "shown"),
            ("POST", "withdraw"),
            ("POST", "files"),
        )
    },
    **{
        f"POST /api/v1/answers/{{answer_id}}/{what}": frozenset({"steward"})
        for what in ("shortlist", "off-shortlist", "choose", "close")
    },
    "DELETE /api/v1/answer-files/{file_id}": frozenset({"answered"}),
    "/meet/<uuid:session_id>/calendar.ics": frozenset({"seated"}),
    "/meet/<uuid:session_id>/wall/": frozenset({"coming", "runs"}),
    "/meet/<uuid:session_id>/afterwards/": frozenset({"came"}),
    "/meet/changes/<uuid:series_id>/": frozenset({"member"}),
    "DELETE /api/v1/questions/{question_id}": frozenset({"asked", "runs"}),
    **{
        f"{_EVENING}/{page}": _RUNS
        for page in (
            "",
            "move/",
            "edit/",
            "steps/",
            "invite/",
            "seats/",
            "door/",
            "tables/",
            "run-sheet.pdf",
            "table-cards.pdf",
            "badges.pdf",
            "tables/begin/",
            "tables/end/",
            "tables/longer/",
            "cancel/",
            "again/",
            "keep/",
            "harvest/",
            "room/",
            "talk/",
        )
    },
    f"{_EVENING}/seats/<uuid:seat_id>/": _RUNS,
    f"GET {_API_EVENING}/afterwards": _CAME,
    f"PUT {_API_EVENING}/lists": _CAME,
    f"GET {_API_EVENING}/harvest": _RUNS,
    f"GET {_API_EVENING}/room": _RUNS,
    # Whom one did not sit with: these evenings are still to come.
    **{f"{how} {_API_EVENING}/seats/{{seat_id}}/mark": frozenset() for how in ("PUT", "DELETE")},
    "GET /api/v1/series/{series_id}/changes": frozenset({"member"}),
    "PUT /api/v1/changes/{change_id}/name": frozenset({"named"}),
    **{f"POST {_API_EVENING}/{word}": _SEATED for word in ("decline", "give-back")},
    "GET /api/v1/needs/{need_id}/slots": frozenset({"owner"}),
    "POST /api/v1/slots/{slot_id}/ask": frozenset({"in need"}),
    "GET /api/v1/needs/{need_id}/company": frozenset({"owner"}),
    "/organisations/<uuid:organisation_id>/works-in/": frozenset({"works there"}),
    "GET /api/v1/transitions/{transition_id}": frozenset({"owner", "guide"}),
    **{
        f"/you/in-my-shoes/<uuid:side_id>/{page}": frozenset({"side"})
        for page in ("", "give/", "take-back/")
    },
    **{
        f"POST /api/v1/members/{{side_id}}/shoes/{word}": frozenset({"side"})
        for word in ("give", "take-back")
    },
    "POST /api/v1/guides/{lived_id}/ask": frozenset({"in it"}),
    "POST /api/v1/bookings/{booking_id}/another-time": frozenset({"giver"}),
    **{f"/host/funding/<uuid:line_id>/{page}/": _HOST for page in ("edit", "mark")},
    "PUT /api/v1/funding/{line_id}": _HOST,
    **{f"POST /api/v1/funding/{{line_id}}/{word}": _HOST for word in ("checked", "close", "open")},
    "/host/people/<uuid:member_id>/": frozenset({"host", "host of it"}),
    "/host/people/<uuid:member_id>/admit/": frozenset({"oneself", "member", "host"}),
    "/members/<uuid:member_id>/ask/": frozenset({"oneself", "member", "host"}),
    "/under-the-radar/members/<uuid:member_id>/card/": frozenset({"member"}),
    "/from-under-the-radar/<uuid:approach_id>/": frozenset({"sent to"}),
}

# Where everyone is answered alike, whether the thing is theirs, another's or not there, and only
# its own people change anything by it.
ALIKE_FOR_ALL = frozenset({"/you/tokens/<uuid:token_id>/drop/"})

# What only some of those who see a thing may do to it; the others are told so (403).
DONE_BY: dict[str, frozenset[str]] = {
    # Only a party itself says how much time it has, what it promised and who stands for it.
    "PUT /api/v1/partnerships/{partnership_id}/agreement/capacity": _FIRST,
    "PUT /api/v1/partnerships/{partnership_id}/promises/{promise_id}": _FIRST,
    "POST /api/v1/partnerships/{partnership_id}/promises/{promise_id}/release": _FIRST,
    # The side on stage has not said its yes: nobody stands for it yet.
    "POST /api/v1/partnerships/{partnership_id}/parties/{party_id}/people": frozenset(),
    "DELETE /api/v1/partnerships/{partnership_id}/people/{representative_id}": frozenset(
        {"second side"}
    ),
    "/host/people/<uuid:member_id>/admit/": frozenset({"host"}),
    "/ties/<uuid:tie_id>/retract/": frozenset({"teller", "asked"}),
    "/ties/<uuid:tie_id>/proposed/": frozenset({"teller", "asked"}),
    "/work/<uuid:affiliation_id>/confirm/": frozenset({"colleague", "host"}),
    "/you/work/<uuid:affiliation_id>/end/": frozenset({"oneself"}),
    "PUT /api/v1/organisations/{organisation_id}/operates": frozenset({"works there"}),
    "PUT /api/v1/members/{side_id}/shoes": frozenset({"side"}),
    "DELETE /api/v1/ties/{tie_id}": frozenset({"teller", "asked"}),
    **{
        f"POST /api/v1/skill-questions/{{confirmation_id}}/{word}": frozenset({who})
        for word, who in (("confirm", "witness"), ("not-mine", "witness"), ("withdraw", "asker"))
    },
    "/you/skills/asked/<uuid:confirmation_id>/": frozenset({"witness"}),
    "POST /api/v1/ties/{tie_id}/answer": frozenset({"teller", "asked"}),
    "/organisations/<uuid:organisation_id>/funding/": _ACTS_FOR_IT,
    **{
        f"{how} /api/v1/organisations/{{organisation_id}}/funder": _ACTS_FOR_IT
        for how in ("PUT", "DELETE")
    },
    "PATCH /api/v1/needs/{need_id}": frozenset({"owner"}),
    "PATCH /api/v1/offers/{offer_id}": frozenset({"owner"}),
    "POST /api/v1/needs/{need_id}/close": frozenset({"owner"}),
    "POST /api/v1/needs/{need_id}/reopen": frozenset({"owner"}),
    "POST /api/v1/needs/{need_id}/keep": frozenset({"owner"}),
    "POST /api/v1/offers/{offer_id}/close": frozenset({"owner"}),
    "POST /api/v1/offers/{offer_id}/reopen": frozenset({"owner"}),
    "POST /api/v1/circles/{circle_id}/end": frozenset({"formed it"}),
    "POST /api/v1/circle-calls/{call_id}/answer": frozenset({"another"}),
    "POST /api/v1/circle-calls/{call_id}/close": frozenset({"asker"}),
    f"PATCH {_API_EVENING}": _RUNS,
    **{
        f"POST {_API_EVENING}/{what}": _RUNS
        for what in ("open", "cancel", "begin", "end", "invite", "rounds", "rounds/next")
    },
    **{f"POST {_API_EVENING}/{what}": _RUNS for what in ("parts", "go-on")},
    **{f"POST {_API_EVENING}/seats/{{seat_id}}/{what}": _RUNS for what in ("spoke", "spoke-not")},
    f"POST {_API_EVENING}/questions": frozenset({"coming"}),
    "POST /api/v1/questions/{question_id}/echo": frozenset({"coming"}),
    "POST /api/v1/questions/{question_id}/take": _RUNS,
    "POST /api/v1/questions/{question_id}/answered": _RUNS,
    **{f"POST {_API_EVENING}/{what}": _CAME for what in ("follow-ups", "needs", "offers")},
    f"PUT {_API_EVENING}/feedback": _CAME,
    "POST /api/v1/changes/{change_id}/decide": frozenset({"host"}),
    "DELETE /api/v1/changes/{change_id}": frozenset({"host"}),
    f"POST {_API_EVENING}/seats/{{seat_id}}/check-in": _RUNS,
    f"POST {_API_EVENING}/seats/{{seat_id}}/leave": _RUNS | {"oneself"},
}

# What is asked of no thing in the address, and yet only some may do: a connector carries the
# notes of those whom they know. By role; the others are told so (403).
DONE_BY_ROLE: dict[str, frozenset[str]] = {
    "POST /api/v1/introductions": frozenset({"owner", "connector", "sought", "tied", "colleague"}),
}

# An introduction moves on: whose turn it is depends on where it stands. Who sees it and is not
# in turn is told so (403, or 409 where the time for it has passed). A yes may be said twice.
_ASKED = frozenset({"connector who was asked"})
_BOTH = frozenset({"seeker", "sought and asked"})
_SEEKER = frozenset({"seeker"})
_YES = {"asked": _ASKED, "made": frozenset({"connector who was asked", "sought and asked"})}
_API = "/api/v1/introductions/{introduction_id}"
_API_BOOKING = "/api/v1/bookings/{booking_id}"
_GIVER = frozenset({"giver"})
_API_ASK = "/api/v1/guide-asks/{ask_id}"
_API_ASSIGNMENT = "/api/v1/assignments/{assignment_id}"
_LEAD = frozenset({"lead"})
_GUIDE = frozenset({"guide"})
_API_REHEARSAL = "/api/v1/rehearsals/{rehearsal_id}"
_PEER = frozenset({"peer"})
IN_TURN: dict[str, dict[str, frozenset[str]]] = {
    "/introductions/<uuid:introduction_id>/": _YES,
    f"PATCH {_API}": {"drafted": _SEEKER},
    f"POST {_API}/ask": {"drafted": _SEEKER},
    f"POST {_API}/withdraw": {"drafted": _SEEKER, "asked": _SEEKER},
    f"POST {_API}/agree": _YES,
    f"POST {_API}/not-now": {"asked": _ASKED},
    f"POST {_API}/decline": {"asked": _ASKED},
    f"POST {_API}/report": {"made": _BOTH},
    f"POST {_API}/thank": {"made": _BOTH},
    "/time/booked/<uuid:booking_id>/": {"asked": _GIVER},
    f"POST {_API_BOOKING}/agree": {"asked": _GIVER},
    f"POST {_API_BOOKING}/not-now": {"asked": _GIVER},
    f"POST {_API_BOOKING}/withdraw": {"asked": frozenset({"receiver"})},
    **{f"POST {_API_BOOKING}/{what}": {} for what in ("cancel", "tell", "confirm")},
    # The work goes on: it is agreed, and not delivered.
    **{
        f"{how} {_API_ASSIGNMENT}/{what}": {}
        for how, what in (
            ("PUT", "terms"),
            ("POST", "agree"),
            ("POST", "close"),
            ("POST", "skills"),
            ("POST", "case"),
            ("PUT", "case"),
            ("POST", "case/agree"),
            ("POST", "case/take-back"),
        )
    },
    f"POST {_API_ASSIGNMENT}/deliver": {"given by the owner": _LEAD},
    f"POST {_API_ASSIGNMENT}/leave": {"given by the owner": _LEAD},
    f"PUT {_API_ASSIGNMENT}/hours": {"given by the owner": _LEAD},
    f"POST {_API_ASSIGNMENT}/hours/confirm": {"given by the owner": frozenset({"client"})},
    "/you/transition/asked/<uuid:ask_id>/": {"asked of the one sought": _GUIDE},
    "/find/pitches/rehearsals/<uuid:rehearsal_id>/": {"asked of the deputy": _PEER},
    f"POST {_API_REHEARSAL}/agree": {"asked of the deputy": _PEER},
    f"POST {_API_REHEARSAL}/not-now": {"asked of the deputy": _PEER},
    f"POST {_API_REHEARSAL}/withdraw": {"asked of the deputy": frozenset({"author"})},
    # Nobody notes before they said yes.
    f"PUT {_API_REHEARSAL}/notes": {},
    f"POST {_API_ASK}/agree": {"asked of the one sought": _GUIDE},
    f"POST {_API_ASK}/not-now": {"asked of the one sought": _GUIDE},
    f"POST {_API_ASK}/withdraw": {"asked of the one sought": frozenset({"asker"})},
}

# What begins with something that is not there yet: no answer to a call was chosen.
BEGUN_WITH_NOTHING = frozenset({"POST /api/v1/assignments/from-answer"})

# What is there only in a demo network, which this is not: nobody finds anything.
OF_A_DEMO = frozenset({"/sign-in/under-the-radar/"})
