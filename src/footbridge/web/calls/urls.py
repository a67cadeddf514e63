"""Calls on the open web: pages, a feed and a form for everyone; answers by link."""

from __future__ import annotations

from django.urls import path

from footbridge.web.calls import answers, pages, writing

calls_urls = [
    path("calls/", pages.open_calls, name="public_calls"),
    path("calls/feed.atom", pages.feed, name="calls_feed"),
    path("calls/files/<uuid:file_id>/", answers.file, name="answer_file"),
    path("calls/<slug:call_slug>/", pages.public_call, name="public_call"),
    path("calls/<slug:call_slug>/share/", pages.share, name="share_call"),
    path("calls/<slug:call_slug>/answer/", writing.answer, name="answer_from_outside"),
    path("calls/<slug:call_slug>/continue/", writing.from_elsewhere, name="answer_from_elsewhere"),
    path("calls/<slug:call_slug>/sent/", writing.sent, name="answer_sent"),
    path("answer/<str:token>/", answers.by_link, name="answer_by_link"),
    path("answer-file/<str:token>", answers.file_by_link, name="answer_file_by_link"),
]
