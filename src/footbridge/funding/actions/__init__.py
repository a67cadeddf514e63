"""Everything that can be done with funding: keep a line, say that it was looked at or is over,
take many in, and say what an organisation funds."""

from footbridge.funding.actions.bulk import Landed, take_in_grants, take_in_lines
from footbridge.funding.actions.funders import describe_funder, withdraw_funder
from footbridge.funding.actions.lines import (
    add_line,
    change_line,
    check_line,
    close_line,
    open_line,
)

__all__ = [
    "Landed",
    "add_line",
    "change_line",
    "check_line",
    "close_line",
    "describe_funder",
    "open_line",
    "take_in_grants",
    "take_in_lines",
    "withdraw_funder",
]
