"""Reading what there is to apply for, who funds, and who funded whom, for a viewer."""

from footbridge.funding.queries.alike import (
    AlikeFunder,
    FundedAlike,
    funded_alike,
)
from footbridge.funding.queries.funders import funder_of, funders, grants_given, grants_received
from footbridge.funding.queries.lines import (
    cause_named,
    causes_by_keys,
    find,
    get,
    get_card,
    lines_of,
    mine_of,
    said_of,
    to_look_after,
)
from footbridge.funding.queries.names import (
    all_countries,
    all_places,
    country_named,
    kinds_of_funder,
    kinds_of_money,
    names_of,
    places_named,
)

__all__ = [
    "AlikeFunder",
    "FundedAlike",
    "all_countries",
    "all_places",
    "cause_named",
    "causes_by_keys",
    "country_named",
    "find",
    "funded_alike",
    "funder_of",
    "funders",
    "get",
    "get_card",
    "grants_given",
    "grants_received",
    "kinds_of_funder",
    "kinds_of_money",
    "lines_of",
    "mine_of",
    "names_of",
    "places_named",
    "said_of",
    "to_look_after",
]
