"""Routes of Today, of needs and offers, and of what belongs to no verb."""

from __future__ import annotations

from django.urls import path

from footbridge.web.home import exchange, views

home_urls = [
    path("", views.today, name="today"),
    path("theme/", views.theme, name="theme"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("needs-and-offers/", exchange.overview, name="exchange"),
    path("needs-and-offers/need/", exchange.open_need, name="open_need"),
    path("needs-and-offers/offer/", exchange.open_offer, name="open_offer"),
    path("needs-and-offers/<str:kind>/<uuid:posting_id>/", exchange.change, name="posting"),
    path("needs-and-offers/<str:kind>/<uuid:posting_id>/close/", exchange.close, name="close"),
    path("needs-and-offers/<str:kind>/<uuid:posting_id>/reopen/", exchange.reopen, name="reopen"),
    path("causes/", exchange.causes, name="causes"),
    path("n/<str:token>", exchange.still_stands, name="still_stands"),
]
