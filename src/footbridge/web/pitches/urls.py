"""Before a talk: how it looks from each side, what to say, who listens first."""

from __future__ import annotations

from django.urls import path

from footbridge.web.pitches import kits, papers, rehearsals, shelf, shoes

pitches_urls = [
    path("find/pitches/", kits.overview, name="pitches"),
    path("find/pitches/new/", kits.new, name="new_pitch"),
    path("find/pitches/<uuid:pitch_id>/", kits.kit, name="pitch"),
    path("find/pitches/<uuid:pitch_id>/edit/", kits.edit, name="edit_pitch"),
    path("find/pitches/<uuid:pitch_id>/went/", kits.went, name="pitch_went"),
    path("find/pitches/<uuid:pitch_id>/forget/", kits.forget, name="forget_pitch"),
    path("find/pitches/<uuid:pitch_id>/kit.pdf", papers.kit, name="pitch_kit_pdf"),
    path("find/pitches/<uuid:pitch_id>/sponsor.pdf", papers.sponsor, name="pitch_sponsor_pdf"),
    path("find/pitches/<uuid:pitch_id>/rehearse/", rehearsals.ask, name="rehearse"),
    path("find/pitches/rehearsals/<uuid:rehearsal_id>/", rehearsals.rehearsal, name="rehearsal"),
    path("rehearsal/<str:token>/", rehearsals.by_link, name="rehearsal_by_link"),
    path("find/pitches/three-logics/", shelf.three_logics, name="three_logics"),
    path("find/pitches/reading/", shelf.reading, name="reading"),
    path(
        "find/pitches/reading/<uuid:reading_id>/take-off/", shelf.take_off, name="take_off_reading"
    ),
    path("you/worth/", shelf.worth, name="worth"),
    path("you/in-my-shoes/", shoes.own, name="own_shoes"),
    path("you/in-my-shoes/<uuid:side_id>/", shoes.write, name="write_shoes"),
    path("you/in-my-shoes/<uuid:side_id>/give/", shoes.give, name="give_shoes"),
    path("you/in-my-shoes/<uuid:side_id>/take-back/", shoes.take_back, name="take_back_shoes"),
    path("members/<uuid:side_id>/in-my-shoes/", shoes.read, name="shoes"),
]
