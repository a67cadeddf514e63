"""What an agreement lacks before its partnership may become active."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from footbridge.agreements import policy
from footbridge.agreements.fields import words_of
from footbridge.agreements.models import Agreement, Version
from footbridge.agreements.scoring import score
from footbridge.partnerships import policy as partnerships
from footbridge.partnerships.models import Partnership
from footbridge.partnerships.states import RUNNING
from footbridge.partnerships.steps import Step


def what_is_missing(partnership: Partnership) -> Iterable[str]:
    """Sentences fit to show: the newest version has to have every clause that nothing starts
    without, and the yes of every party that signs."""
    agreement = Agreement.objects.filter(partnership=partnership).first()
    if agreement is None:
        return [_("There is no agreement yet. A pilot on one page will do.")]
    agreement.partnership = partnership
    version = agreement.versions.order_by("-number").first()
    if version is None:
        return [_("No version of the agreement has been made to be approved.")]
    version.agreement = agreement
    return [*_clauses_missing(version), *_yeses_missing(version)]


def step(partnership: Partnership) -> Iterable[Step]:
    """The agreement as a step of its partnership. Once that runs it is done."""
    done = partnership.state in RUNNING or not list(what_is_missing(partnership))
    page = f"/partner/{partnership.id}/agreement/"
    yield Step("agreement", _("An agreement that every side approved"), done, page, 65)


def _clauses_missing(version: Version) -> Iterable[str]:
    for key in blocking_in(version):
        yield _("The agreement lacks «%(clause)s».") % {"clause": words_of(key).title}


def blocking_in(version: Version) -> tuple[str, ...]:
    """The clauses that a version lacks and that nothing starts without."""
    content = version.content
    levels = {one["key"]: one["level"] for one in content["clauses"]}
    return score(content["form"], levels).blocking


def _yeses_missing(version: Version) -> Iterable[str]:
    named = {one["id"] for one in version.content["parties"]}
    for party in partnerships.core_parties(version.agreement.partnership):
        if str(party.id) not in named:
            said = _("%(party)s is not in the newest version of the agreement. Make a new one.")
            yield said % {"party": party.called}
    for party in policy.open_parties(version):
        said = _("%(party)s has not approved version %(number)s of the agreement.")
        yield said % {"party": party.called, "number": version.number}
