"""Calls for members: finding, opening and answering them, and saying a word to each answer."""

from __future__ import annotations

from django.urls import path

from footbridge.web.find.calls import deciding, pages, wizard
from footbridge.web.find.calls.forms import PARTS

find_calls_urls = [
    path("find/calls/", pages.calls, name="calls"),
    path("find/calls/mine/", pages.mine, name="my_calls"),
    path("find/calls/new/", wizard.new, name="new_call"),
    path("find/calls/<slug:call_slug>/", pages.call, name="call"),
    path("find/calls/<slug:call_slug>/matches/", pages.matches, name="call_matches"),
    path("find/calls/<slug:call_slug>/look-over/", wizard.look_over, name="look_over_call"),
    *(
        path(f"find/calls/<slug:call_slug>/say/{part}/", wizard.say, {"part": part}, "say_call")
        for part in PARTS
    ),
    path("find/calls/<slug:call_slug>/answers/", deciding.answers, name="call_answers"),
    path(
        "find/calls/<slug:call_slug>/answers/<uuid:answer_id>/", deciding.answer, name="call_answer"
    ),
]
