"""Every operation, called for everyone: what each may do, and what each is told."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from footbridge.core import clock
from footbridge.people import actions as people
from footbridge.people.models import AccessToken
from footbridge.people.states import Standing
from footbridge.veil.guard import Service, lifted
from tests.cast import Cast
from tests.doors.api.caller import ROLES, Caller, body_for, in_place, nowhere, operations
from tests.doors.rows import writes
from tests.doors.web.world import World

pytestmark = pytest.mark.django_db

_AGREEMENT = "/partnerships/{partnership_id}/agreement"

# What each role is answered: seeker, connector, target, stranger, host, deputy.
ANSWERS = {
    "GET /me": "200 200 200 200 200 200",
    "PATCH /me": "200 200 200 200 200 200",
    "POST /me/pause": "200 200 200 200 200 200",
    "POST /me/resume": "200 200 200 200 200 200",
    "POST /me/findable": "200 200 200 200 200 200",
    "GET /me/visibility": "200 200 200 200 200 200",
    "PATCH /me/visibility": "200 200 200 200 200 200",
    "PUT /me/public": "200 200 200 200 200 200",
    "DELETE /me/public": "204 204 204 204 204 204",
    "GET /me/data": "200 200 200 200 200 200",
    "GET /members": "200 200 200 200 200 200",
    "GET /members/{member_id}": "200 200 200 200 200 200",
    "GET /suggestions": "200 200 200 200 200 200",
    "GET /chains/{member_id}": "200 200 200 200 200 200",
    "GET /needs": "200 200 200 200 200 200",
    "POST /needs": "201 201 201 201 201 201",
    "GET /offers": "200 200 200 200 200 200",
    "POST /offers": "201 201 201 201 201 201",
    "GET /members/{member_id}/needs": "200 200 200 200 200 200",
    "GET /members/{member_id}/offers": "200 200 200 200 200 200",
    "PATCH /needs/{need_id}": "200 403 403 403 403 403",
    "PATCH /offers/{offer_id}": "403 403 200 403 403 403",
    "POST /needs/{need_id}/close": "200 403 403 403 403 403",
    "POST /offers/{offer_id}/close": "403 403 200 403 403 403",
    "POST /needs/{need_id}/reopen": "200 403 403 403 403 403",
    "POST /offers/{offer_id}/reopen": "403 403 200 403 403 403",
    "POST /needs/{need_id}/keep": "200 403 403 403 403 403",
    "GET /skills": "200 200 200 200 200 200",
    "GET /causes": "200 200 200 200 200 200",
    "GET /me/causes": "200 200 200 200 200 200",
    "PUT /me/causes": "200 200 200 200 200 200",
    "GET /ties": "200 200 200 200 200 200",
    "POST /ties": "201 201 400 201 201 201",
    "GET /ties/said-of-me": "200 200 200 200 200 200",
    "GET /ties/proposed": "200 200 200 200 200 200",
    "POST /ties/{tie_id}/answer": "404 200 404 404 404 404",
    "DELETE /ties/{tie_id}": "403 204 404 404 403 403",
    "GET /wishes": "200 200 200 200 200 200",
    "PUT /members/{member_id}/wish": "204 204 400 204 204 204",
    "DELETE /members/{member_id}/wish": "204 204 204 204 204 204",
    "GET /competitors": "200 200 200 200 200 200",
    "PUT /members/{member_id}/competitor": "204 204 400 204 204 204",
    "DELETE /members/{member_id}/competitor": "204 204 204 204 204 204",
    "GET /today": "200 200 200 200 200 200",
    "GET /introductions": "200 200 200 200 200 200",
    "POST /introductions": "201 400 201 403 403 403",
    "GET /introductions/{introduction_id}": "200 200 404 404 404 404",
    "PATCH /introductions/{introduction_id}": "409 403 404 404 404 404",
    "POST /introductions/{introduction_id}/ask": "409 403 404 404 404 404",
    "POST /introductions/{introduction_id}/withdraw": "200 403 404 404 404 404",
    "POST /introductions/{introduction_id}/agree": "409 200 404 404 404 404",
    "POST /introductions/{introduction_id}/not-now": "409 200 404 404 404 404",
    "POST /introductions/{introduction_id}/decline": "409 200 404 404 404 404",
    "POST /introductions/{introduction_id}/report": "409 403 404 404 404 404",
    "POST /introductions/{introduction_id}/thank": "409 403 404 404 404 404",
    "GET /time": "200 200 200 200 200 200",
    "PUT /time": "200 200 200 200 200 200",
    "POST /time/again": "409 409 200 409 409 409",
    "POST /time/pause": "200 200 200 200 200 200",
    "GET /needs/{need_id}/slots": "200 404 404 404 404 404",
    "POST /slots/{slot_id}/ask": "201 404 404 404 404 404",
    "GET /bookings": "200 200 200 200 200 200",
    "GET /bookings/{booking_id}": "200 404 200 404 404 404",
    "POST /bookings/{booking_id}/agree": "403 404 200 404 404 404",
    "POST /bookings/{booking_id}/another-time": "404 404 200 404 404 404",
    "POST /bookings/{booking_id}/not-now": "403 404 200 404 404 404",
    "POST /bookings/{booking_id}/withdraw": "200 404 403 404 404 404",
    "POST /bookings/{booking_id}/cancel": "403 404 403 404 404 404",
    "POST /bookings/{booking_id}/tell": "403 404 403 404 404 404",
    "POST /bookings/{booking_id}/confirm": "403 404 403 404 404 404",
    "GET /needs/{need_id}/team": "200 404 404 404 404 404",
    "GET /team": "200 200 200 200 200 200",
    "GET /playbooks": "200 200 200 200 200 200",
    f"POST {_AGREEMENT}": "201 201 404 404 404 404",
    f"GET {_AGREEMENT}": "200 200 404 404 404 404",
    f"PUT {_AGREEMENT}/terms": "200 200 404 404 404 404",
    f"POST {_AGREEMENT}/grow": "200 200 404 404 404 404",
    f"PUT {_AGREEMENT}/pilot": "200 200 404 404 404 404",
    f"GET {_AGREEMENT}/clauses/{{clause_key}}": "200 200 404 404 404 404",
    f"PUT {_AGREEMENT}/clauses/{{clause_key}}": "200 200 404 404 404 404",
    f"GET {_AGREEMENT}/contributions": "200 200 404 404 404 404",
    f"POST {_AGREEMENT}/contributions": "200 200 404 404 404 404",
    f"PUT {_AGREEMENT}/contributions/{{contribution_id}}": "200 200 404 404 404 404",
    f"DELETE {_AGREEMENT}/contributions/{{contribution_id}}": "200 200 404 404 404 404",
    f"PUT {_AGREEMENT}/capacity": "200 403 404 404 404 404",
    f"PUT {_AGREEMENT}/rates": "200 200 404 404 404 404",
    f"POST {_AGREEMENT}/versions": "200 200 404 404 404 404",
    f"GET {_AGREEMENT}/versions/{{version_number}}": "200 200 404 404 404 404",
    f"GET {_AGREEMENT}/versions/{{version_number}}/text": "200 200 404 404 404 404",
    f"POST {_AGREEMENT}/versions/{{version_number}}/approve": "200 200 404 404 404 404",
    "GET /partnership-starters": "200 200 200 200 200 200",
    "GET /partnerships": "200 200 200 200 200 200",
    "POST /partnerships": "201 201 201 201 201 201",
    "GET /partnerships/asked": "200 200 200 200 200 200",
    "GET /partnerships/hosted": "200 200 200 200 200 200",
    "GET /partnerships/{partnership_id}": "200 200 404 404 404 404",
    "PUT /partnerships/{partnership_id}": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/move": "200 200 404 404 404 404",
    "PUT /partnerships/{partnership_id}/exit": "409 409 404 404 404 404",
    "POST /partnerships/{partnership_id}/leave": "204 204 404 404 404 404",
    "GET /partnerships/{partnership_id}/timeline": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/parties": "200 200 404 404 404 404",
    "PUT /partnerships/{partnership_id}/parties/{party_id}": "200 404 404 404 404 404",
    "DELETE /partnerships/{partnership_id}/parties/{party_id}": "204 404 404 404 404 404",
    "POST /partnerships/{partnership_id}/parties/{party_id}/ask": "200 404 404 404 404 404",
    "POST /partnerships/{partnership_id}/parties/{party_id}/people": "403 404 404 404 404 404",
    "DELETE /partnerships/{partnership_id}/people/{representative_id}": "403 204 404 404 404 404",
    "POST /partnerships/asked/{party_id}/accept": "404 404 404 404 200 404",
    "POST /partnerships/asked/{party_id}/decline": "404 404 404 404 204 404",
    "POST /partnerships/asked/{party_id}/step-in": "404 404 404 404 404 404",
    "GET /partnerships/{partnership_id}/depth": "200 200 404 404 404 404",
    "PUT /partnerships/{partnership_id}/depth": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/deepen": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/deepen/answer": "404 404 404 404 404 404",
    "GET /partnerships/{partnership_id}/work": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/promises": "200 200 404 404 404 404",
    "PUT /partnerships/{partnership_id}/promises/{promise_id}": "200 403 404 404 404 404",
    "POST /partnerships/{partnership_id}/promises/{promise_id}/keep": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/promises/{promise_id}/release": "200 403 404 404 404 404",
    "POST /partnerships/{partnership_id}/log": "200 200 404 404 404 404",
    "PUT /partnerships/{partnership_id}/log/{entry_id}": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/links": "200 200 404 404 404 404",
    "DELETE /partnerships/{partnership_id}/links/{document_id}": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/messages": "200 200 404 404 404 404",
    "POST /partnerships/{partnership_id}/costs": "200 200 404 404 404 404",
    "DELETE /partnerships/{partnership_id}/costs/{cost_id}": "200 404 404 404 404 404",
    "GET /assignments": "200 200 200 200 200 200",
    "GET /assignments/asked": "200 200 200 200 200 200",
    "POST /assignments": "201 201 201 201 201 201",
    "POST /assignments/from-answer": "404 404 404 404 404 404",
    "GET /assignments/{assignment_id}": "200 200 404 404 404 404",
    "PUT /assignments/{assignment_id}/terms": "403 403 404 404 404 404",
    "POST /assignments/{assignment_id}/agree": "403 403 404 404 404 404",
    "POST /assignments/{assignment_id}/begin": "200 200 404 404 404 404",
    "POST /assignments/{assignment_id}/deliver": "403 200 404 404 404 404",
    "POST /assignments/{assignment_id}/close": "403 403 404 404 404 404",
    "POST /assignments/{assignment_id}/call-off": "200 200 404 404 404 404",
    "POST /assignments/{assignment_id}/ask": "200 200 404 404 404 404",
    "POST /assignments/{assignment_id}/withdraw": "200 200 404 404 404 404",
    "POST /assignments/{assignment_id}/accept": "404 404 404 404 200 404",
    "POST /assignments/{assignment_id}/decline": "404 404 404 404 204 404",
    "POST /assignments/{assignment_id}/leave": "403 204 404 404 404 404",
    "PUT /assignments/{assignment_id}/steps": "200 200 404 404 404 404",
    "PUT /assignments/{assignment_id}/review": "200 200 404 404 404 404",
    "GET /assignments/{assignment_id}/hours": "200 200 404 404 404 404",
    "PUT /assignments/{assignment_id}/hours": "403 200 404 404 404 404",
    "POST /assignments/{assignment_id}/hours/confirm": "200 403 404 404 404 404",
    "GET /assignments/{assignment_id}/skills": "200 200 404 404 404 404",
    "POST /assignments/{assignment_id}/skills": "403 403 404 404 404 404",
    "POST /assignments/{assignment_id}/skills/answer": "404 404 404 404 404 404",
    "GET /assignments/{assignment_id}/case": "404 404 404 404 404 404",
    "POST /assignments/{assignment_id}/case": "403 403 404 404 404 404",
    "PUT /assignments/{assignment_id}/case": "403 403 404 404 404 404",
    "POST /assignments/{assignment_id}/case/agree": "403 403 404 404 404 404",
    "POST /assignments/{assignment_id}/case/take-back": "403 403 404 404 404 404",
    "GET /hours": "200 200 200 200 200 200",
    "GET /transitions": "200 200 200 200 200 200",
    "POST /transitions": "201 201 201 201 201 201",
    "GET /transitions/{transition_id}": "200 404 200 404 404 404",
    "PATCH /transitions/{transition_id}": "200 404 404 404 404 404",
    "DELETE /transitions/{transition_id}": "204 404 404 404 404 404",
    "GET /transitions/{transition_id}/list": "200 404 404 404 404 404",
    "PUT /transitions/{transition_id}/list": "200 404 404 404 404 404",
    "GET /transitions/{transition_id}/guides": "200 404 404 404 404 404",
    "GET /me/shoes": "200 200 200 200 200 200",
    "GET /members/{side_id}/shoes": "200 200 200 200 200 200",
    "PUT /members/{side_id}/shoes": "403 403 200 403 403 403",
    "POST /members/{side_id}/shoes/give": "404 404 200 404 404 404",
    "POST /members/{side_id}/shoes/take-back": "404 404 200 404 404 404",
    "GET /three-logics": "200 200 200 200 200 200",
    "GET /pitches": "200 200 200 200 200 200",
    "POST /pitches": "201 201 201 201 201 201",
    "GET /pitches/{pitch_id}": "200 404 404 404 404 404",
    "PUT /pitches/{pitch_id}": "200 404 404 404 404 404",
    "POST /pitches/{pitch_id}/went": "200 404 404 404 404 404",
    "DELETE /pitches/{pitch_id}": "204 404 404 404 404 404",
    "GET /pitches/{pitch_id}/drawn": "200 404 404 404 404 404",
    "GET /pitches/{pitch_id}/peers": "200 404 404 404 404 404",
    "POST /pitches/{pitch_id}/rehearsals": "201 404 404 404 404 404",
    "GET /rehearsals": "200 200 200 200 200 200",
    "GET /rehearsals/{rehearsal_id}": "200 404 404 404 404 200",
    "POST /rehearsals/{rehearsal_id}/agree": "403 404 404 404 404 200",
    "POST /rehearsals/{rehearsal_id}/not-now": "403 404 404 404 404 200",
    "POST /rehearsals/{rehearsal_id}/withdraw": "200 404 404 404 404 403",
    "PUT /rehearsals/{rehearsal_id}/notes": "403 404 404 404 404 403",
    "GET /me/worth": "200 200 200 200 200 200",
    "PUT /me/worth": "200 200 200 200 200 200",
    "GET /readings": "200 200 200 200 200 200",
    "POST /readings": "201 201 201 201 201 201",
    "DELETE /readings/{reading_id}": "204 404 404 404 404 404",
    "POST /guides/{lived_id}/ask": "201 404 404 404 404 404",
    "GET /guide-asks": "200 200 200 200 200 200",
    "GET /guide-asks/{ask_id}": "200 404 200 404 404 404",
    "POST /guide-asks/{ask_id}/agree": "403 404 200 404 404 404",
    "POST /guide-asks/{ask_id}/not-now": "403 404 200 404 404 404",
    "POST /guide-asks/{ask_id}/withdraw": "200 404 403 404 404 404",
    "GET /needs/{need_id}/company": "200 404 404 404 404 404",
    "GET /contacts/scan": "200 200 200 200 200 200",
    "GET /organisations/{organisation_id}/operates": "200 200 200 200 200 200",
    "PUT /organisations/{organisation_id}/operates": "403 403 200 403 403 403",
    "GET /lived-work": "200 200 200 200 200 200",
    "GET /me/skills": "200 200 200 200 200 200",
    "GET /me/skills/in-words": "200 200 200 200 200 200",
    "POST /me/skills/lived": "200 200 200 200 200 200",
    "POST /me/skills/episodes": "201 201 201 201 201 201",
    "PUT /me/skills/listing": "200 200 200 200 200 200",
    "PUT /me/skills/{claim_id}": "200 404 404 404 404 404",
    "PUT /me/skills/{claim_id}/episode": "200 404 404 404 404 404",
    "DELETE /me/skills/{claim_id}": "204 404 404 404 404 404",
    "GET /me/skills/{claim_id}/witnesses": "200 404 404 404 404 404",
    "POST /me/skills/{claim_id}/ask": "201 404 404 404 404 404",
    "GET /skill-questions": "200 200 200 200 200 200",
    "GET /skill-questions/{confirmation_id}": "200 200 404 404 404 404",
    "POST /skill-questions/{confirmation_id}/confirm": "403 200 404 404 404 404",
    "POST /skill-questions/{confirmation_id}/not-mine": "403 200 404 404 404 404",
    "POST /skill-questions/{confirmation_id}/withdraw": "200 403 404 404 404 404",
    "GET /members/{member_id}/skills": "200 200 200 200 200 200",
    "GET /expertise": "200 200 200 200 200 200",
    "GET /funding": "200 200 200 200 200 200",
    "GET /funding/{line_id}": "200 200 200 200 200 200",
    "PUT /funding/{line_id}": "404 404 404 404 200 200",
    "POST /funding/{line_id}/checked": "404 404 404 404 200 200",
    "POST /funding/{line_id}/close": "404 404 404 404 200 200",
    "POST /funding/{line_id}/open": "404 404 404 404 200 200",
    "POST /chapters/{chapter_id}/funding": "404 404 404 404 201 201",
    "GET /funders": "200 200 200 200 200 200",
    "GET /organisations/{organisation_id}/funder": "200 200 200 200 200 200",
    "PUT /organisations/{organisation_id}/funder": "403 403 200 403 200 200",
    "DELETE /organisations/{organisation_id}/funder": "403 403 204 403 204 204",
    "GET /members/{member_id}/funded-alike": "200 200 200 200 200 200",
    "GET /chapters": "200 200 200 200 200 200",
    "GET /chapters/{chapter_id}/people": "404 404 404 404 200 200",
    "POST /chapters/{chapter_id}/people": "404 404 404 404 201 201",
    "POST /chapters/{chapter_id}/invite": "404 404 404 404 200 200",
    "GET /chapters/{chapter_id}/links": "404 404 404 404 200 200",
    "POST /chapters/{chapter_id}/links": "404 404 404 404 201 201",
    "POST /links/{invitation_id}/revoke": "404 404 404 404 204 204",
    "POST /chapters/{chapter_id}/ties": "404 404 404 404 204 204",
    "POST /chapters/{chapter_id}/introductions": "404 404 404 404 201 201",
    "GET /circles": "200 200 200 200 200 200",
    "POST /circles": "201 201 201 201 201 201",
    "GET /circles/asked": "200 200 200 200 200 200",
    "GET /circles/{circle_id}": "200 200 200 404 404 404",
    "PATCH /circles/{circle_id}": "200 200 200 404 404 404",
    "POST /circles/{circle_id}/ask": "200 200 200 404 404 404",
    "POST /circles/{circle_id}/join": "404 404 404 404 200 404",
    "POST /circles/{circle_id}/decline": "404 404 404 404 204 404",
    "POST /circles/{circle_id}/leave": "204 204 204 404 404 404",
    "POST /circles/{circle_id}/end": "200 403 403 404 404 404",
    "GET /circles/{circle_id}/reach": "200 200 200 404 404 404",
    "POST /circles/{circle_id}/steps": "200 200 200 404 404 404",
    "POST /circles/{circle_id}/steps/{step_id}/done": "200 200 200 404 404 404",
    "DELETE /circles/{circle_id}/steps/{step_id}": "200 200 200 404 404 404",
    "POST /circles/{circle_id}/calls": "201 201 201 404 404 404",
    "GET /circle-calls/{call_id}": "200 200 200 404 404 404",
    "POST /circle-calls/{call_id}/answer": "200 403 200 404 404 404",
    "POST /circle-calls/{call_id}/close": "403 200 403 404 404 404",
    "GET /chapters/{chapter_id}/circles": "404 404 404 404 200 200",
    "GET /chapters/{chapter_id}/circle-proposals": "404 404 404 404 200 200",
    "GET /sessions": "200 200 200 200 200 200",
    "GET /sessions/{session_id}": "200 200 200 200 200 200",
    "PATCH /sessions/{session_id}": "403 403 403 403 200 200",
    "POST /sessions/{session_id}/accept": "200 200 200 200 200 200",
    "POST /sessions/{session_id}/decline": "200 200 200 404 404 404",
    "POST /sessions/{session_id}/give-back": "200 200 200 404 404 404",
    "POST /sessions/{session_id}/confirm": "200 200 200 200 200 200",
    "GET /sessions/{session_id}/seats": "200 200 200 200 200 200",
    "GET /sessions/{session_id}/rounds": "200 200 200 200 200 200",
    "POST /sessions/{session_id}/rounds": "403 403 403 403 200 200",
    "POST /chapters/{chapter_id}/sessions": "404 404 404 404 201 201",
    "POST /sessions/{session_id}/open": "403 403 403 403 200 200",
    "POST /sessions/{session_id}/cancel": "403 403 403 403 200 200",
    "POST /sessions/{session_id}/begin": "403 403 403 403 200 200",
    "POST /sessions/{session_id}/end": "403 403 403 403 200 200",
    "POST /sessions/{session_id}/invite": "403 403 403 403 200 200",
    "POST /sessions/{session_id}/seats/{seat_id}/check-in": "403 403 404 404 409 409",
    "POST /sessions/{session_id}/seats/{seat_id}/leave": "409 403 404 404 409 409",
    "POST /sessions/{session_id}/rounds/next": "403 403 403 403 409 409",
    "GET /sessions/{session_id}/parts": "200 200 200 200 200 200",
    "POST /sessions/{session_id}/parts": "403 403 403 403 400 400",
    "GET /sessions/{session_id}/questions": "200 200 200 200 200 200",
    "POST /sessions/{session_id}/questions": "409 409 403 403 403 403",
    "POST /questions/{question_id}/echo": "409 200 404 404 403 403",
    "POST /questions/{question_id}/take": "403 403 404 404 200 200",
    "POST /questions/{question_id}/answered": "403 403 404 404 200 200",
    "DELETE /questions/{question_id}": "200 404 404 404 200 200",
    "GET /sessions/{session_id}/room": "404 404 404 404 200 200",
    "POST /sessions/{session_id}/go-on": "403 403 403 403 409 409",
    "POST /sessions/{session_id}/seats/{seat_id}/spoke": "403 403 404 404 409 409",
    "POST /sessions/{session_id}/seats/{seat_id}/spoke-not": "403 403 404 404 409 409",
    "GET /sessions/{session_id}/afterwards": "404 404 404 404 404 404",
    "GET /sessions/{session_id}/insights": "200 200 200 200 200 200",
    "POST /sessions/{session_id}/insights": "409 409 409 409 409 409",
    "PUT /sessions/{session_id}/lists": "404 404 404 404 404 404",
    "POST /sessions/{session_id}/follow-ups": "403 403 403 403 403 403",
    "PUT /sessions/{session_id}/seats/{seat_id}/mark": "404 404 404 404 404 404",
    "DELETE /sessions/{session_id}/seats/{seat_id}/mark": "404 404 404 404 404 404",
    "PUT /sessions/{session_id}/feedback": "403 403 403 403 403 403",
    "POST /sessions/{session_id}/needs": "403 403 403 403 403 403",
    "POST /sessions/{session_id}/offers": "403 403 403 403 403 403",
    "GET /sessions/{session_id}/harvest": "404 404 404 404 200 200",
    "POST /insights/{insight_id}/release": "200 404 404 404 404 404",
    "POST /insights/{insight_id}/keep": "200 404 404 404 404 404",
    "DELETE /insights/{insight_id}": "204 404 404 404 404 404",
    "GET /follow-ups": "200 200 200 200 200 200",
    "POST /follow-ups/{follow_up_id}/report": "200 404 404 404 404 404",
    "DELETE /follow-ups/{follow_up_id}": "204 404 404 404 404 404",
    "GET /series/{series_id}/changes": "200 200 200 200 200 200",
    "POST /series/{series_id}/changes": "404 404 404 404 201 201",
    "POST /changes/{change_id}/decide": "403 403 403 403 409 409",
    "DELETE /changes/{change_id}": "403 403 403 403 204 204",
    "PUT /changes/{change_id}/name": "204 404 404 404 404 404",
    "GET /calls": "200 200 200 200 200 200",
    "POST /calls": "201 201 201 201 201 201",
    "GET /calls/mine": "200 200 200 200 200 200",
    "GET /calls/{open_call_id}": "200 200 200 200 200 200",
    "PATCH /calls/{open_call_id}": "404 404 200 404 404 404",
    "DELETE /calls/{open_call_id}": "404 404 409 404 404 404",
    "GET /calls/{open_call_id}/entries": "200 200 200 200 200 200",
    "GET /calls/{open_call_id}/eligibility": "200 200 200 200 200 200",
    "POST /calls/{open_call_id}/open": "404 404 200 404 404 404",
    "POST /calls/{open_call_id}/shut": "404 404 200 404 404 404",
    "POST /calls/{open_call_id}/end": "404 404 409 404 404 404",
    "POST /calls/{open_call_id}/withdraw": "404 404 200 404 404 404",
    "GET /answers": "200 200 200 200 200 200",
    "PUT /calls/{open_call_id}/answer": "200 200 200 200 200 200",
    "GET /answers/{answer_id}": "200 404 200 404 404 404",
    "POST /answers/{answer_id}/send": "200 404 404 404 404 404",
    "PUT /answers/{answer_id}/shown": "200 404 404 404 404 404",
    "POST /answers/{answer_id}/withdraw": "204 404 404 404 404 404",
    "POST /answers/{answer_id}/files": "200 404 404 404 404 404",
    "GET /answer-files/{file_id}": "200 404 200 404 404 404",
    "DELETE /answer-files/{file_id}": "200 404 404 404 404 404",
    "GET /calls/{open_call_id}/answers": "404 404 200 404 404 404",
    "POST /calls/{open_call_id}/close-answers": "404 404 200 404 404 404",
    "POST /answers/{answer_id}/shortlist": "404 404 200 404 404 404",
    "POST /answers/{answer_id}/off-shortlist": "404 404 409 404 404 404",
    "POST /answers/{answer_id}/choose": "404 404 200 404 404 404",
    "POST /answers/{answer_id}/close": "404 404 200 404 404 404",
}


class _UndoneError(Exception):
    """Ends a transaction of which nothing is to remain."""


def every_row() -> str:
    """One word for all rows of all tables."""
    held = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            rows = model._base_manager.order_by("pk").values_list()
            with lifted(Service.OPERATOR):
                held.update(f"{model._meta.label}{list(rows)}".encode())
    return held.hexdigest()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there the matrix asks more roles")
def test_every_operation_is_answered_as_it_should_be_and_a_refusal_changes_nothing(
    world: World, callers: dict[str, Caller]
) -> None:
    found = {}
    changed = []
    before = every_row()
    for method, path in operations():
        answers = []
        for role in ROLES:
            try:
                with transaction.atomic():
                    body = body_for(world, method, path)
                    with writes() as written:
                        answer = callers[role].call(method, in_place(world, path), body)
                    answers.append(str(answer.status_code))
                    is_quiet = answer.status_code >= 400 or method == "GET"
                    if is_quiet and written and every_row() != before:
                        changed.append(f"{role}: {method} {path}")
                    raise _UndoneError
            except _UndoneError:
                continue
        found[f"{method} {path}"] = " ".join(answers)
    assert found == ANSWERS
    # A note that is refused on its way is kept as a draft, on the page as here.
    assert [one for one in changed if "POST /introductions" not in one] == []


def test_nothing_is_answered_without_a_good_token(world: World, cast: Cast) -> None:
    forgotten = Caller(cast.seeker)
    AccessToken.objects.filter(person=cast.seeker).delete()
    expired = Caller(cast.target)
    AccessToken.objects.filter(person=cast.target).update(expires_at=clock.now())
    outside = cast.person("Olu Outside", standing=Standing.INVITED, email="olu@example.org")
    unheard = [Caller(None), Caller(None, token="0" * 64), forgotten, expired, Caller(outside)]
    before = every_row()
    bodies = set()
    for method, path in operations():
        for caller in unheard:
            answer = caller.call(method, in_place(world, path), body_for(world, method, path))
            assert answer.status_code == 401, (method, path)
            bodies.add(answer.content)
    assert len(bodies) == 1
    assert json.loads(bodies.pop())["code"] == "no_token"
    assert every_row() == before


def test_being_signed_in_to_the_pages_opens_nothing_here(cast: Cast) -> None:
    client = Client()
    backend = "footbridge.people.signed_in.SignedIn"
    client.force_login(people.account_for(cast.seeker), backend=backend)
    assert client.get("/api/v1/me").status_code == 401
    answer = client.post("/api/v1/needs", '{"text": "A van"}', content_type="application/json")
    assert answer.status_code == 401


def test_a_token_acts_for_its_own_person_whoever_is_signed_in(cast: Cast) -> None:
    client = Client()
    backend = "footbridge.people.signed_in.SignedIn"
    client.force_login(people.account_for(cast.host), backend=backend)
    assert Caller(cast.seeker, client).get("/me")["name"] == "Rosa Seeker"


def test_what_is_not_there_is_answered_in_one_way_for_every_operation(
    world: World, callers: dict[str, Caller]
) -> None:
    """Who may do a thing is answered for an absent one as a stranger is for a present one."""
    gaps = [one for one in operations() if "{" in one[1]]
    assert len(gaps) > 25
    seen = set()
    for method, path in gaps:
        body = body_for(world, method, path)
        for role in ROLES:
            answer = callers[role].call(method, nowhere(path), body)
            assert answer.status_code == 404, (role, method, path)
            seen.add((answer.content, tuple(sorted(answer.headers.items()))))
    hidden = [
        ("stranger", "GET", f"/members/{world.cast.listed.id}"),
        ("seeker", "GET", f"/members/{world.cast.listed.id}/needs"),
        ("seeker", "GET", f"/chains/{world.cast.listed.id}"),
        ("seeker", "GET", f"/suggestions?member={world.cast.target.id}"),
        ("seeker", "GET", f"/suggestions?text=cold&member={world.cast.target.id}"),
        ("target", "GET", f"/introductions/{world.introduction.id}"),
        ("stranger", "DELETE", f"/ties/{world.tie.id}"),
        ("seeker", "GET", f"/chapters/{world.cast.chapter.id}/people"),
        ("seeker", "POST", f"/links/{world.vetted.id}/revoke"),
    ]
    for role, method, path in hidden:
        answer = callers[role].call(method, path)
        assert answer.status_code == 404, path
        seen.add((answer.content, tuple(sorted(answer.headers.items()))))
    assert len(seen) == 1
    assert json.loads(seen.pop()[0]) == {
        "code": "not_found",
        "message": "There is nothing here.",
        "field": "",
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "field"),
    [
        ("POST", "/needs", {"text": ""}, 422, "not_understood", "text"),
        ("POST", "/needs", {}, 422, "not_understood", "text"),
        ("POST", "/needs", {"text": "x" * 501}, 422, "not_understood", "text"),
        ("POST", "/needs", {"text": " \u200b "}, 400, "refused", "text"),
        ("POST", "/needs", {"text": "A van", "until": "2020-01-01"}, 400, "refused", "until"),
        ("POST", "/needs", {"text": "A van", "until": "soon"}, 422, "not_understood", "until"),
        (
            "POST",
            "/needs",
            {"text": "A\x00 van", "resource": "x"},
            422,
            "not_understood",
            "resource",
        ),
        ("POST", "/me/pause", {"until": "2020-01-01"}, 400, "refused", "until"),
        ("PATCH", "/me", {"website": "javascript:alert(1)"}, 400, "refused", "website"),
        ("PATCH", "/me", {"place": "Qxqzvkw"}, 400, "refused", "place"),
        ("GET", "/members?page=0", None, 422, "not_understood", "page"),
        ("GET", "/members/not-an-id", None, 422, "not_understood", "member_id"),
    ],
)
def test_what_is_refused_names_a_code_a_message_and_the_field(
    cast: Cast, method: str, path: str, body: object, status: int, code: str, field: str
) -> None:
    answer = Caller(cast.seeker).call(method, path, body)
    said = json.loads(answer.content)
    assert (answer.status_code, said["code"], said["field"]) == (status, code, field)
    assert said["message"]
    assert set(said) == {"code", "message", "field"}


@pytest.mark.parametrize("sent", ["{bad", "[1]", '"x"', "null", "\xff"])
def test_what_is_no_object_is_refused_in_the_same_form(cast: Cast, sent: str) -> None:
    caller = Caller(cast.seeker)
    answer = Client().post(
        "/api/v1/needs",
        sent.encode("latin-1"),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {caller.token}",
    )
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == "not_understood"


def test_the_documentation_is_there_for_everyone_and_complete() -> None:
    said = Client().get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.")
    assert said["components"]["securitySchemes"]["PersonalToken"]["scheme"] == "bearer"
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert operation["description"], (method, path)
            assert {"401", "422"} <= set(operation["responses"]), (method, path)
            assert operation["security"], (method, path)


def test_a_day_in_the_life_of_a_program(world: World, callers: dict[str, Caller]) -> None:
    """A need, a suggestion, a way, a note, two yeses, a report."""
    rosa, kofi = callers["seeker"], callers["connector"]
    said = json.loads(rosa.call("POST", "/needs", {"text": "Someone who sells cold rooms"}).content)
    assert said["text"] in [need["text"] for need in rosa.get("/needs")]
    assert all(one["reasons"] for one in rosa.get("/suggestions") if not one["near_miss"])
    introduction = json.loads(
        rosa.call("POST", "/introductions", body_for(world, "POST", "/introductions")).content
    )
    path = f"/introductions/{introduction['id']}"
    assert introduction["shown"] == "waiting"
    assert path.split("/")[2] in [one["introduction"] for one in kofi.get("/today")]
    assert kofi.call("POST", path + "/agree", {"word": "Meet her."}).status_code == 200
    tariq = Caller(world.cast.colleague)
    assert tariq.get(path)["seeker"] == {"id": None, "name": "Rosa Seeker", "email": ""}
    assert tariq.call("POST", path + "/agree", {}).status_code == 200
    made = rosa.get(path)
    assert made["shown"] == "introduced"
    assert made["target"]["email"] == "tariq.colleague@example.org"
    assert rosa.call("POST", path + "/report", {"outcome": "met"}).status_code == 200
    assert rosa.get(path)["my_outcome"] == "met"


def test_a_wish_stays_with_whoever_wished_it(world: World, callers: dict[str, Caller]) -> None:
    rosa, lena = callers["seeker"], callers["target"]
    path = f"/members/{world.cast.target.id}/wish"
    assert rosa.call("PUT", path, {"wish": "avoid"}).status_code == 204
    assert [one["wish"] for one in rosa.get("/wishes")] == ["avoid"]
    assert lena.get("/wishes") == []
    assert rosa.call("DELETE", path).status_code == 204
    assert rosa.get("/wishes") == []


def test_a_closed_need_is_among_the_past_ones_and_can_be_reopened(
    world: World, callers: dict[str, Caller]
) -> None:
    rosa, path = callers["seeker"], f"/needs/{world.need.id}"
    assert json.loads(rosa.call("POST", path + "/close").content)["is_open"] is False
    assert str(world.need.id) not in [need["id"] for need in rosa.get("/needs")]
    assert str(world.need.id) in [need["id"] for need in rosa.get("/needs?past=true")]
    assert json.loads(rosa.call("POST", path + "/reopen").content)["is_open"] is True


def test_a_link_that_a_host_made_lets_someone_in(world: World, callers: dict[str, Caller]) -> None:
    hana, chapter = callers["host"], world.cast.chapter.id
    body = {"door": "trusted", "days": 3, "most_uses": 1}
    made = json.loads(hana.call("POST", f"/chapters/{chapter}/links", body).content)
    assert made["expires_at"][:10] == (clock.today() + timedelta(days=3)).isoformat()
    token = made["url"].rsplit("/", 1)[1]
    people.join(token=token, name="Ines Office", email="ines@example.org")
    listed = hana.get(f"/chapters/{chapter}/people?q=ines")
    assert [(one["member"]["name"], one["standing"]) for one in listed["items"]] == [
        ("Ines Office", "joined")
    ]
    assert uuid.UUID(made["id"]) not in [
        uuid.UUID(one["id"]) for one in hana.get(f"/chapters/{chapter}/links") if one["is_open"]
    ]


def test_no_two_types_share_a_name() -> None:
    """The documentation names types by their class alone: of two, it would show one for both."""
    from ninja import Schema

    names = [kind.__name__ for kind in _kinds_of(Schema) if not kind.__name__.startswith("_")]
    assert len(names) > 50
    assert [name for name in set(names) if names.count(name) > 1] == []


def _kinds_of(kind: type) -> list[type]:
    ours = [one for one in kind.__subclasses__() if one.__module__.startswith("footbridge.")]
    deeper = [below for one in kind.__subclasses__() for below in _kinds_of(one)]
    return [*ours, *deeper]
