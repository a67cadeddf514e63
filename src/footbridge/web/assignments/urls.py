"""Assignments: one's own, what one is asked, the team, looking back; and a team for a need."""

from __future__ import annotations

from django.urls import path

from footbridge.web.assignments import asked, beginning, looking_back, team, views

_ONE = "time/assignments/<uuid:assignment_id>/"

assignments_urls = [
    path("time/assignments/", views.assignments, name="assignments"),
    path("time/assignments/new/", beginning.new, name="new_assignment"),
    path(_ONE, views.assignment, name="assignment"),
    path(f"{_ONE}terms/", beginning.terms, name="assignment_terms"),
    path(f"{_ONE}ask/", team.ask, name="ask_into_team"),
    path(f"{_ONE}review/", looking_back.review, name="assignment_review"),
    path(f"{_ONE}hours/", looking_back.hours, name="assignment_hours"),
    path(f"{_ONE}skills/", looking_back.skills, name="assignment_skills"),
    path(f"{_ONE}case/", looking_back.case, name="assignment_case"),
    path("part/<str:token>/", asked.by_link, name="part_by_link"),
    path("needs-and-offers/need/<uuid:need_id>/team/", team.for_need, name="need_team"),
]
