"""Time that is given: one's own, what others have, appointments; signed in or by link."""

from __future__ import annotations

from django.urls import path

from footbridge.web.time import booked, own, slots

time_urls = [
    path("time/", own.overview, name="time"),
    path("time/say/", own.say, name="say_time"),
    path("time/pause/", own.pause, name="pause_time"),
    path("time/given/", own.given, name="hours_given"),
    path("time/slots/<uuid:slot_id>/", slots.ask, name="slot"),
    path("time/booked/<uuid:booking_id>/", booked.booking, name="booking"),
    path("time/booked/<uuid:booking_id>/calendar.ics", booked.calendar_file, name="booking_ics"),
    path("booked/<str:token>/", booked.by_link, name="booking_by_link"),
    path("booked/<str:token>/calendar.ics", booked.calendar_by_link, name="booking_ics_by_link"),
    path("slots-again/<str:token>/", own.again_by_link, name="slots_again"),
]
