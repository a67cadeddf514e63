"""Everything that can be done to people, organisations, chapters and the links into them."""

from footbridge.people.actions.affiliations import (
    add_affiliation,
    confirm_affiliation,
    end_affiliation,
)
from footbridge.people.actions.chapters import (
    add_host,
    create_chapter,
    edit_chapter,
    first_host,
    remove_host,
)
from footbridge.people.actions.invitations import invite, invite_listed, revoke
from footbridge.people.actions.joining import (
    Welcome,
    account_for,
    admit,
    arrive,
    ensure_person_for,
    enter_again,
    join,
    turn_away,
)
from footbridge.people.actions.leaving import erase, leave_nothing_in_the_log
from footbridge.people.actions.listing import (
    add_organisation,
    add_person,
    add_reach,
    edit,
    remove_reach,
)
from footbridge.people.actions.own import (
    be_findable_by_email,
    drop_token,
    make_token,
    pause,
    resume,
    speak,
)
from footbridge.people.actions.proving import (
    change_address,
    has_proven_address,
    prove_address,
)
from footbridge.people.actions.reaching import work_in
from footbridge.people.actions.showing import (
    acquaint,
    be_private_again,
    go_public,
    show,
)
from footbridge.people.actions.spending import spend_link, unspent_link

__all__ = [
    "Welcome",
    "account_for",
    "acquaint",
    "add_affiliation",
    "add_host",
    "add_organisation",
    "add_person",
    "add_reach",
    "admit",
    "arrive",
    "be_findable_by_email",
    "be_private_again",
    "change_address",
    "confirm_affiliation",
    "create_chapter",
    "drop_token",
    "edit",
    "edit_chapter",
    "end_affiliation",
    "ensure_person_for",
    "enter_again",
    "erase",
    "first_host",
    "go_public",
    "has_proven_address",
    "invite",
    "invite_listed",
    "join",
    "leave_nothing_in_the_log",
    "make_token",
    "pause",
    "prove_address",
    "remove_host",
    "remove_reach",
    "resume",
    "revoke",
    "show",
    "speak",
    "spend_link",
    "turn_away",
    "unspent_link",
    "work_in",
]
