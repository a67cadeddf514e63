"""Reading partnerships, always for a viewer."""

from footbridge.partnerships.policy import visible_to
from footbridge.partnerships.queries.depth import depths_of
from footbridge.partnerships.queries.lists import (
    alone,
    asked,
    asked_card,
    for_hosts,
    list_for,
    party_by_link,
    waiting_for,
)
from footbridge.partnerships.queries.one import (
    get,
    get_asked,
    get_card,
    get_party,
    get_representative,
)
from footbridge.partnerships.queries.timeline import timeline
from footbridge.partnerships.queries.work import workspace

__all__ = [
    "alone",
    "asked",
    "asked_card",
    "depths_of",
    "for_hosts",
    "get",
    "get_asked",
    "get_card",
    "get_party",
    "get_representative",
    "list_for",
    "party_by_link",
    "timeline",
    "visible_to",
    "waiting_for",
    "workspace",
]
