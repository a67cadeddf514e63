"""A worked example for each kind of call: an outcome, not a list of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Example:
    """What somebody could have written."""

    title: Any
    outcome: Any
    good_answer: Any
    size_words: Any
    decided_by: Any


EXAMPLES: dict[str, Example] = {
    "brief": Example(
        title=_("A second life for 400 office chairs"),
        outcome=_(
            "By the end of May no chair from our old office has gone to landfill, and we know who "
            "sits on them."
        ),
        good_answer=_("How many you would take, by when, and what you need from us to move them."),
        size_words=_("400 chairs, one building, two lifts"),
        decided_by=_("The head of facilities, within a week"),
    ),
    "assignment": Example(
        title=_("Make our volunteer rota run without its founder"),
        outcome=_(
            "Sixty volunteers know their shifts three weeks ahead, and two people other than me "
            "can change the plan."
        ),
        good_answer=_("What you would look at first, and a time when you did something alike."),
        size_words=_("About six days over two months, one or two people"),
        decided_by=_("The coordinator and one volunteer"),
    ),
    "funding": Example(
        title=_("Small grants for repair cafés in market towns"),
        outcome=_("Ten towns have a repair café that still opens a year after our money is spent."),
        good_answer=_("Your town, who keeps it open afterwards, and a budget of one page."),
        size_words=_("Ten grants, one year each"),
        decided_by=_("Three people who run a repair café themselves"),
    ),
    "competition": Example(
        title=_("Cooler classrooms without air conditioning"),
        outcome=_("Three ideas are tried out in our schools before next summer's heat."),
        good_answer=_(
            "The idea in ten lines, what a trial costs, and how we would see that it works."
        ),
        size_words=_("Three trials, one term"),
        decided_by=_("Two teachers, two pupils and the caretaker"),
    ),
}
