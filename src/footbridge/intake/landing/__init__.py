"""From what rows say to rows in the network: a block at a time, in few queries.

A first pass lands members, what they are to each other, their needs and offers, and ties between
members of one row. A second pass lands the ties whose ends have to be looked up, when everyone in
every sheet is known; so it does not matter in which order sheets and rows stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from footbridge.intake.interpret import RowSaid
from footbridge.intake.landing.funding import FundingLanding
from footbridge.intake.landing.likeness import offer_duplicates
from footbridge.intake.landing.members import MemberLanding
from footbridge.intake.landing.scene import Scene, scheme_of
from footbridge.intake.landing.ties import TieLanding
from footbridge.intake.mapping import Field, Shape
from footbridge.intake.mapping.shapes import OF_FUNDING
from footbridge.intake.models import Batch
from footbridge.intake.sheets import Opened
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer

__all__ = ["Landing"]

_OTHERS = (Field.OTHER_PERSON, Field.OTHER_EMAIL, Field.TIE_TO)


class Landing:
    """Lands the rows of one import; `is_trial` only finds out what would become of them."""

    def __init__(
        self, batch: Batch, actor: Viewer, opened: Sequence[Opened], *, is_trial: bool
    ) -> None:
        self.counts: dict[str, int] = {} if is_trial else dict(batch.counts)
        self._chapter = batch.chapter
        self._scene = Scene(batch, actor, opened, self.counts, is_trial=is_trial)
        self._members = MemberLanding(self._scene)
        self._ties = TieLanding(self._scene)
        self._funding = FundingLanding(self._scene, batch.sheets)
        self._lists_nobody = all(one.mapping.shape in OF_FUNDING for one in opened)

    def scheme_of(self, opened: Opened) -> str:
        """The numbering of a sheet: its numbers mean someone within it only."""
        return scheme_of(self._chapter, opened)

    def has_ties(self, opened: Opened) -> bool:
        """Whether a sheet is to be gone through a second time, for ties to look up."""
        if opened.mapping.shape is Shape.TIES:
            return True
        named = any(field in opened.mapping for field in _OTHERS)
        others = (Shape.GRANTS, Shape.VOCABULARY, *OF_FUNDING)
        return named and opened.mapping.shape not in others

    def land(self, opened: Opened, rows: list[RowSaid], *, second_time: bool) -> None:
        """Land a block of rows. What has to be said of them is added to their repairs."""
        self._hold_the_chapter()
        if second_time:
            self._ties.land(opened, rows)
        elif opened.mapping.shape is Shape.VOCABULARY:
            self._scene.take_words(opened, rows)
        elif opened.mapping.shape in OF_FUNDING:
            self._funding.land(opened, rows)
        else:
            self._members.land(rows)

    def remember(self, opened: Opened, rows: list[RowSaid], *, second_time: bool) -> None:
        """Rows that were landed before a worker died: only who was mentioned is taken note of."""
        if second_time:
            self._ties.remember(opened, rows)
        elif opened.mapping.shape not in (Shape.VOCABULARY, *OF_FUNDING):
            self._members.remember(rows)

    def count_rows(self, rows: Sequence[RowSaid]) -> None:
        """These rows have had their say."""
        self._scene.count("rows", len(rows))

    def offer_duplicates(self) -> None:
        """Offer pairs in this chapter who may be one; nobody is merged."""
        if not self._lists_nobody:
            self.counts["duplicates"] = offer_duplicates(self._chapter)

    def _hold_the_chapter(self) -> None:
        """Two imports into one chapter take turns, block by block."""
        if not self._scene.is_trial:
            Chapter.objects.select_for_update().get(id=self._chapter.id)
