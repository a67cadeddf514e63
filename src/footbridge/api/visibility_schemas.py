"""Who sees what of somebody, as types of what goes in and out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema

from footbridge.api.schemas import Version

SeenBy = Literal["introduced", "members", "everyone"]


class Shown(Schema):
    """To whom to show which field; what is left out stays as it is."""

    headline: SeenBy = "members"
    about: SeenBy = "members"
    work: SeenBy = "members"
    place: SeenBy = "members"
    languages: SeenBy = "members"
    website: SeenBy = "members"
    version: Version = None


class Public(Schema):
    """The page for everyone: the end of its address, and whether search engines may list it."""

    address: Annotated[str, Field(max_length=60)] = ""
    may_be_listed: bool = False
    version: Version = None


class PublicPage(Schema):
    """The page that everyone on the web can see."""

    path: str
    slug: str
    may_be_listed: bool
    since: date
    version: int


class Visibility(Schema):
    """To whom one shows each field, and one's public page if there is one."""

    headline: str
    about: str
    work: str
    place: str
    languages: str
    website: str
    public: PublicPage | None
    version: int
