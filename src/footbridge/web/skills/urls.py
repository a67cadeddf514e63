"""What one can do: told from lived work, confirmed by who was there, listed and found."""

from __future__ import annotations

from django.urls import path

from footbridge.web.skills import asked, finding, own

skills_urls = [
    path("you/skills/", own.overview, name="skills"),
    path("you/skills/lived/", own.tick, name="tick_lived"),
    path("you/skills/episode/", own.write, name="write_episode"),
    path("you/skills/listing/", own.listing, name="list_skills"),
    path("you/skills/<uuid:claim_id>/", own.skill, name="skill"),
    path("you/skills/asked/<uuid:confirmation_id>/", asked.question, name="was_there"),
    path("was-there/<str:token>/", asked.by_link, name="was_there_by_link"),
    path("find/expertise/", finding.expertise, name="expertise"),
]
