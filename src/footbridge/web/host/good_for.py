"""What each shape of an evening is good for, in one line for a host who chooses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from footbridge.meetings.states import Format

GOOD_FOR = {
    Format.PAIRING: _("Whoever drops in talks with one other at a time. Needs no preparation."),
    Format.MICRO_CAFE: _("One question, two small tables. Everybody gets to speak."),
    Format.KNOWLEDGE_CAFE: _("One question, small groups, no report-back. For thinking together."),
    Format.WORLD_CAFE: _("Tables keep a host, guests move on. For a question with many sides."),
    Format.ONE_TWO_FOUR_ALL: _(
        "Alone, in pairs, in fours, all together. Quick, and quiet people count."
    ),
    Format.TROIKA: _("Three at a time: one asks, two advise. For problems that weigh on somebody."),
    Format.PEER_ASSIST: _("One has a task ahead; others tell what they learned doing theirs."),
    Format.NEEDS_AND_OFFERS: _(
        "Each says what they need and what they can give. Fills the exchange."
    ),
    Format.OPEN_NETWORKING: _("People move about, with a beginning and an end."),
    Format.VALUES: _("What matters to each, before working together."),
    Format.COHORT: _("A group that meets again and again, for a partner body."),
    Format.LIVE_TALK: _("Somebody speaks; people bring questions before, and talk on afterwards."),
    Format.EVENT: _("Several sessions side by side. Guests choose where they sit."),
}
