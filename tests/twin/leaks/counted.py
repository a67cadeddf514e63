"""Leaks by numbers and order: counts, pages, ranks, scores, budgets."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.db.models import F

from footbridge.people.models import Person
from tests.twin.leaks.planting import before, changed, how_many, leak, profiles, words
from tests.twin.network import PAGE, Stage

Planted = AbstractContextManager[object]
SEARCH = "footbridge.insight.queries.search"
SUGGEST = "footbridge.insight.queries.suggest"
DIRECTORY = "/find/people/"


@leak("a search counts them", "program", "/api/v1/members$")
def counted(stage: Stage) -> Planted:
    return changed(SEARCH, lambda found, *_, **__: replace(found, total=found.total + how_many()))


@leak("one more page, right at the boundary", "of another chapter", DIRECTORY)
def paged(stage: Stage) -> Planted:
    def more(found: Any, *_: Any, **__: Any) -> Any:
        return replace(found, pages=max(1, -(-(found.total + how_many()) // PAGE)))

    return changed(SEARCH, more)


@leak("the order of a search depends on their words", "co-worker", DIRECTORY)
def ordered(stage: Stage) -> Planted:
    def reordered(found: Any, _viewer: Any, text: str = "", *_: Any, **__: Any) -> Any:
        meant = text.strip().lower()
        return replace(found, cards=found.cards[::-1]) if meant in words() else found

    return changed(SEARCH, reordered)


@leak("a word is rarer because they do not say it", "same city and skill", DIRECTORY)
def rarity(stage: Stage) -> Planted:
    """The inverse frequency of a word, over everyone."""

    def weighted(found: Any, _viewer: Any, text: str = "", *_: Any, **__: Any) -> Any:
        rare = sum(word in words() for word in text.lower().split())
        return replace(found, cards=found.cards[rare:] + found.cards[:rare])

    return changed(SEARCH, weighted)


@leak("completing a name", "program", "/api/v1/members$")
def completed(stage: Stage) -> Planted:
    def known(found: Any, _viewer: Any, text: str = "", *_: Any, **__: Any) -> Any:
        wanted = text.strip().lower()
        is_start = len(wanted) > 2 and any(
            one.name.lower().startswith(wanted) for one in profiles()
        )
        return replace(found, total=found.total + 1) if is_start else found

    return changed(SEARCH, known)


@leak("suggestions make room for them", "same city and skill", "/find/")
def ranked(stage: Stage) -> Planted:
    return changed(SUGGEST, lambda found, *_, **__: found[: len(found) - how_many()])


@leak("scores are scaled by the best, who is hidden", "program", "/api/v1/suggestions")
def scaled(stage: Stage) -> Planted:
    def told(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        return [replace(one, score=one.score - 0.001 * how_many()) for one in found]

    return changed(SUGGEST, told)


@leak(
    "whom they looked at is suggested less",
    "same city and skill",
    "/find/",
    story="hidden, doing everything",
)
def exposed(stage: Stage) -> Planted:
    from tests.twin.leaks.planting import together

    def noted(result: Any, *_: Any, **__: Any) -> Any:
        cache.set("looked", cache.get("looked", 0) + 1, None)
        return result

    def shifted(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        turn = cache.get("looked", 0) % max(1, len(found))
        return found[turn:] + found[:turn]

    return together(
        changed("footbridge.insight.lookout.suggest", noted),
        changed("footbridge.insight.lookout.search", noted),
        changed(SUGGEST, shifted),
    )


@leak(
    "a way leads over them",
    "program",
    "/api/v1/chains/",
    story="hidden, doing everything",
)
def way(stage: Stage) -> Planted:
    def shorter(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        return found[:0] if how_many() else found

    return changed("footbridge.insight.queries.chains", shorter)


@leak("pairs of a chapter are told in another order", "host", "/host/<uuid:chapter_id>/")
def paired(stage: Stage) -> Planted:
    def turned(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        return found[::-1] if how_many() else found

    return changed("footbridge.insight.queries.pairs", turned)


@leak("somebody is no longer without a match", "host", "/host/<uuid:chapter_id>/pairs/")
def unmatched(stage: Stage) -> Planted:
    def fewer(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        return found[how_many() :]

    return changed("footbridge.insight.queries.unmatched", fewer)


@leak("a host's numbers count them", "deputy", "/host/<uuid:chapter_id>/")
def standings(stage: Stage) -> Planted:
    def more(found: dict[str, int], *_: Any, **__: Any) -> dict[str, int]:
        return found | {"joined": found["joined"] + how_many()}

    return changed("footbridge.people.queries.standings", more)


@leak("pairs that look alike count them", "host", "/host/<uuid:chapter_id>/")
def duplicates(stage: Stage) -> Planted:
    return changed(
        "footbridge.intake.queries.count_duplicates", lambda found, *_, **__: found + how_many()
    )


@leak("what waits in the outbox counts their letters", "host", "/host/<uuid:chapter_id>/")
def outbox(stage: Stage) -> Planted:
    class More:
        def __init__(self, found: Any) -> None:
            self.found = found

        def count(self) -> int:
            return int(self.found.count()) + how_many()

    return changed("footbridge.people.outbox.waiting", lambda found, *_, **__: More(found))


@leak(
    "asking somebody uses up their budget",
    "co-worker",
    "/find/",
    story="hidden, a veiled card answered",
)
def budget(stage: Stage) -> Planted:
    def used(approach: Any, *, person: Any, **_: Any) -> Any:
        Person.objects.filter(id=person.id).update(asks_per_month=F("asks_per_month") - 1)
        return approach

    return changed("footbridge.veil.actions.send_card", used)


@leak("the page of a standing yes says how many could answer it", "co-worker", "/you/standing-yes/")
def could_answer(stage: Stage) -> Planted:
    def told(yes: Any, *_: Any, **__: Any) -> Any:
        if yes is not None:
            yes.words = f"{yes.words} {how_many()}"
        return yes

    from tests.twin.leaks.planting import every_answer, together

    return together(
        changed("footbridge.veil.queries.standing_yes_of", told),
        every_answer(
            lambda request, response: (
                response.headers.__setitem__("X-Could-Answer", str(how_many()))
                if request.path == "/you/standing-yes/"
                else None
            )
        ),
    )


@leak("languages spoken here are marked", "of another chapter", DIRECTORY)
def languages(stage: Stage) -> Planted:
    def marked(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        spoken = {code for one in profiles() for code in one.languages}
        return [(code, f"{label} *" if code in spoken else label) for code, label in found]

    return changed("footbridge.web.find.forms.language_choices", marked)


@leak(
    "a suggestion costs a statement for each of them",
    "same city and skill",
    "/find/$",
    only_costs=True,
)
def looked_up(stage: Stage) -> Planted:
    """Nothing is shown; only one statement more for each person under the radar."""

    def counted_each(*_: Any, **__: Any) -> None:
        for _one in profiles():
            Person.objects.filter(name="Nobody").exists()

    return before(SUGGEST, counted_each)
