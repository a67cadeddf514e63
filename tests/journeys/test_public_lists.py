"""Real registers, as they are published: charities and grants brought in, and what they show."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from footbridge.network.models import Tie
from footbridge.people.models import Organisation, Person
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.data,
    pytest.mark.django_db(transaction=True),
]

CHARITIES = "uk-charities/large-charities.csv.gz"
GRANTS = "uk-grants-360giving/lloyds-bank-foundation.csv.gz"
FUNDER = "Lloyds Bank Foundation for England and Wales"


def test_registers_are_brought_in_and_show_whom_to_meet_and_a_way_through_a_shared_funder(
    cast: Cast,
    visit: Visit,
    work_off: Callable[[], None],
    public_data: Path,
    tmp_path: Path,
) -> None:
    files = [
        _beginning(public_data / CHARITIES, tmp_path / "charities.csv", rows=150),
        _beginning(public_data / GRANTS, tmp_path / "grants.csv", rows=150),
    ]
    host = visit()
    host.sign_in(cast.host)
    _upload(host, cast, files)
    _wait_for_the_worker(host, work_off)
    assert Organisation.objects.count() > 250
    _see_suggestions(host)
    _find_the_way(visit(), cast)


def _beginning(source: Path, target: Path, *, rows: int) -> Path:
    """The first rows of a long list, so that the journey is a short one."""
    if not source.exists():
        pytest.skip(f"{source.name} is not in the folder of public data")
    with (
        gzip.open(source, "rt", encoding="utf-8", newline="") as whole,
        target.open("w", encoding="utf-8", newline="") as part,
    ):
        csv.writer(part).writerows(islice(csv.reader(whole), rows + 1))
    return target


def _upload(host: Visitor, cast: Cast, files: list[Path]) -> None:
    page = host.open(f"/host/{cast.chapter.id}/import/")
    page.get_by_label("Or choose files").set_input_files(files)
    host.press("Read it")
    assert host.title() == "This is how we read it"
    assert host.sees("charities.csv")
    assert host.sees("grants.csv")
    assert not Organisation.objects.filter(name=FUNDER).exists()


def _wait_for_the_worker(host: Visitor, work_off: Callable[[], None]) -> None:
    """Hundreds of rows are left to the worker; the page waits, and survives a reload."""
    host.page.get_by_role("button", name="Bring").click()
    assert host.page.locator("progress").is_visible()
    host.page.reload()
    assert host.page.locator("progress").is_visible()
    work_off()
    host.page.get_by_role("heading", name="Your list is in").wait_for()


def _see_suggestions(host: Visitor) -> None:
    """Whom one of the charities should meet, each with at least one reason."""
    funded = Tie.objects.filter(teller__name=FUNDER).select_related("other").order_by("other__name")
    page = host.open(f"/host/people/{funded[0].other_id}/")
    cards = page.locator("article.card")
    assert cards.count() >= 3
    for card in cards.all():
        assert card.locator("li").count() >= 1


def _find_the_way(guest: Visitor, cast: Cast) -> None:
    """Someone of one charity finds the way to another that has the same funder."""
    funded = Tie.objects.filter(teller__name=FUNDER).order_by("other__name")
    mine, theirs = funded.select_related("other")[:2]
    guest.sign_in(Person.objects.get(id=cast.person("Wanda Works").id))
    page = guest.open("/you/work/")
    page.get_by_label("Organisation").fill(mine.other.name)
    guest.press("Save")
    page = guest.open(f"/members/{theirs.other_id}/ways/")
    assert FUNDER in page.locator("main").text_content()
    assert mine.other.name in page.locator("main").text_content()
