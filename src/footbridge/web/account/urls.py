"""Signing in and out, coming in by invitation, and what is one's own."""

from __future__ import annotations

from django.urls import path

from footbridge.web.account import address, entrance, own, scan, showing, sign_in

account_urls = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-in/under-the-radar/", entrance.sign_in_as_hidden, name="sign_in_as_hidden"),
    path("sign-in/as/<uuid:person_id>/", entrance.sign_in_as, name="sign_in_as"),
    path("sign-in/by/<str:token>/", entrance.sign_in_by_link, name="sign_in_by_link"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("join/<str:token>", entrance.join, name="join"),
    path("you/", own.account, name="account"),
    path("you/edit/", own.edit, name="edit_yourself"),
    path("you/pause/", own.pause, name="pause"),
    path("you/being-found/", own.findable, name="findable"),
    path("you/work/", own.work, name="work"),
    path("you/work/<uuid:affiliation_id>/end/", own.end_work, name="end_work"),
    path("you/visibility/", showing.visibility, name="visibility"),
    path("you/public/", showing.public, name="public"),
    path("you/public/take-back/", showing.private, name="private"),
    path("you/address/", address.address, name="address"),
    path("you/address/code/", address.confirm_address, name="confirm_address"),
    path("you/tokens/", own.tokens, name="tokens"),
    path("you/tokens/<uuid:token_id>/drop/", own.drop_token, name="drop_token"),
    path("you/contacts/", own.contacts, name="contacts"),
    path("you/contacts/scan/", scan.contacts_scan, name="contacts_scan"),
    path("you/data/", own.data, name="data"),
    path("you/data/download/", own.download, name="download"),
    path("you/data/erase/", own.erase, name="erase"),
]
