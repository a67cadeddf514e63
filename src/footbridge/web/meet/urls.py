"""Sessions: the list, one's seat in them, the door; signed in or by link."""

from __future__ import annotations

from django.urls import path

from footbridge.web.meet import afterwards, calendars, door, views, wall

meet_urls = [
    path("meet/", views.sessions, name="meet"),
    path("meet/calendar/renew/", calendars.renew, name="renew_feed"),
    path("meet/<uuid:session_id>/", views.session, name="session"),
    path("meet/<uuid:session_id>/calendar.ics", calendars.of_session, name="session_calendar"),
    path("meet/<uuid:session_id>/wall/", wall.wall, name="wall"),
    path("meet/<uuid:session_id>/afterwards/", afterwards.afterwards, name="afterwards"),
    path("meet/changes/<uuid:series_id>/", afterwards.changes, name="changes"),
    path("seat/<str:token>/", views.seat_by_link, name="seat_by_link"),
    path("seat/<str:token>/afterwards/", afterwards.by_link, name="afterwards_by_link"),
    path("door/<str:token>/", door.at_the_door, name="door_by_link"),
    path("calendar/<str:token>.ics", calendars.by_link, name="calendar_by_link"),
]
