"""Trying a list says exactly what importing it will say, row by row and in its counts."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.core.audience import OPERATOR
from footbridge.exchange import actions as exchange
from footbridge.intake import actions, work
from footbridge.intake.models import Batch, RowResult
from footbridge.people.models import Affiliation, Identifier
from footbridge.people.policy import Viewer
from footbridge.people.states import Sector, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PEOPLE = """\
Id,Name,Email,Organisation,Role,Since,Until,City,Need,Offer,Knows,Chapter
1,Rosa Seeker,rosa.seeker@example.org,Harbour Food Bank,Chair,,,Porto,A bookkeeper,,Lena Sought,
2,Lena Sought,lena.sought@example.org,Northwind Cold Chain,Operations lead,2020-01-01,,,,Vans,,
3,Ivo Listed,ivo.listed@example.org,Harbour Food Bank,Helper,2024-05-01,2023-01-01,Qwxzptl,A desk,,,
4,Noor Stranger,noor.stranger@example.org,,,,,,Help,Advice,Rosa Seeker,
5,Petra Elsewhere,petra@example.org,,,,,,A van,,Noor Stranger,
6,Ana Um,info@shared.org,Acme,Baker,,,,A desk,,,Nowhere chapter
7,Bento Dois,info@shared.org,Acme,Cook,,,,A  DESK!,,Ana Um,
8,Carla Tres,carla@x.org,Acme,,,,,{long},,Somebody Unknown,
,,,,,,,,,,,
9,,no address,,,,,,,,,
1,Rosa Seeker,rosa.seeker@example.org,Acme,Adviser,,,,,,,
3,Ivo Listed,,Acme,,,,,A desk,Tea,Carla Tres,
10,Carla Tres-Silva,,,,,,,,,,
8,Carla Silva,carla@x.org,,,,,,,,,
,Carla Silva,,,,,,,,,,
3,Zacharias Other,zach@x.org,,,,,,,,,
11,Dora,,Acme,,,,,,,Bento Dois,
12,Dora,,Acme,,,,,,,,
""".format(long="word " * 3000)

ORGANISATIONS = """\
Organisation,Charity number,Company number,Parent,Website,Need,Offer,Former names
Harbour Food Bank,,,,,Volunteers,Meals,
Northwind Cold Chain,,,Northwind Group,,,Cold rooms,
Northwind Group,,,Northwind Cold Chain,,,,
Lower,,,Upper,,,,
Upper,,,Lower,,,,
Acme,,,Upper,acme.example,Flour,,Acme Bakery
Acme Bakery,,,,,,,
Hill Works,,,,,A roof,,
"""

TIES = """\
From,To,Strength,How
Rosa Seeker,Ivo Listed,know,from school
Rosa Seeker,Ivo Listed,worked together,
petra@example.org,noor.stranger@example.org,know,
Dora,Rosa Seeker,know,
Nobody,Ivo Listed,know,
Ivo Listed,Ivo Listed,know,
carla@x.org,new.face@x.org,know,
new.face@x.org,petra@example.org,know,
"""


def _joined_and_listed(cast: Cast) -> None:
    """Whom the list meets: members, people who are only listed, other chapters, older numbers."""
    assert all((cast.seeker, cast.target, cast.listed, cast.host, cast.stranger))
    listed = {"standing": Standing.KNOWN, "chapter": cast.other_chapter}
    cast.person("Petra Elsewhere", email="petra@example.org", **listed)
    Identifier.objects.create(member=cast.listed, scheme="org-id", value="GB-CHC-1")
    works = cast.organisation("Hill Works", Sector.PRIVATE)
    works.chapter = cast.other_chapter
    works.save()
    Affiliation.objects.create(person=cast.listed, organisation=cast.food_bank, role="Helper")
    exchange.open_need(actor=cast.host, owner=cast.listed, text="A desk")


def _read(cast: Cast, actor: Viewer, lists: tuple[str, ...]) -> Batch:
    given = [actions.Given(text.encode(), f"list {at}.csv") for at, text in enumerate(lists)]
    return actions.read_files(actor=actor, chapter=cast.chapter, files=given)


def _results(batch: Batch) -> tuple[dict[str, int], dict[Any, Any]]:
    """The counts that a trial knows, and what was said of each row."""
    after = {"causes", "duplicates"}
    counts = {name: count for name, count in batch.counts.items() if name not in after}
    rows = RowResult.objects.filter(batch=batch)
    return counts, {(row.sheet, row.number): (row.verdict, row.notes) for row in rows}


@pytest.mark.parametrize("block", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("lists", [(PEOPLE, ORGANISATIONS, TIES), (TIES, PEOPLE), (PEOPLE,)])
@pytest.mark.parametrize("operator", [False, True])
def test_a_trial_says_what_the_import_says(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    block: int,
    lists: tuple[str, ...],
    operator: bool,
) -> None:
    _joined_and_listed(cast)
    monkeypatch.setattr(work, "BLOCK", block)
    actor = OPERATOR if operator else cast.host
    batch = _read(cast, actor, lists)
    tried = _results(actions.check(actor=actor, batch=batch, wait=True))
    done = actions.start(actor=actor, batch=batch, wait=True)
    assert done.state == "done", done.error
    imported = _results(done)
    assert tried[1] == imported[1]
    assert tried[0] == imported[0]


def test_what_is_theirs_to_say_is_said_before_the_import(cast: Cast) -> None:
    _joined_and_listed(cast)
    tried = actions.check(actor=cast.host, batch=_read(cast, cast.host, (PEOPLE,)))
    _counts, rows = _results(tried)
    assert rows[0, 2][0] == "repaired"
    said = [template for template, _values in rows[0, 2][1]]
    assert "What {name} does is theirs to say: they have joined." in said
    assert "“{text}”: {reason}" in said
