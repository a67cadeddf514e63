"""What a landing works with: who imports, into which chapter, what was mentioned before."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from footbridge.exchange import actions as exchange
from footbridge.intake import sheets
from footbridge.intake.interpret import RowSaid
from footbridge.intake.landing.directory import Directory
from footbridge.intake.landing.vocabulary import Vocabulary
from footbridge.intake.mapping import Field, Shape
from footbridge.intake.models import Batch
from footbridge.intake.reading import said
from footbridge.intake.sheets import Opened
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer, hosted_by


def scheme_of(chapter: Chapter, opened: Opened) -> str:
    """The same chapter's next list with this header counts in the same numbers."""
    return f"list:{chapter.id.hex[:16]}:{opened.key[:24]}"


class Scene:
    """Shared by the passes of one import."""

    def __init__(
        self,
        batch: Batch,
        actor: Viewer,
        opened: Sequence[Opened],
        counts: dict[str, int],
        *,
        is_trial: bool,
    ) -> None:
        chapter = batch.chapter
        self.chapter = chapter
        self._batch = batch
        self.actor = actor
        self.is_trial = is_trial
        self.vocabulary = Vocabulary(actor, is_trial=is_trial)
        self.schemes = [
            scheme_of(chapter, one)
            for one in opened
            if Field.MEMBER_ID in one.mapping and one.mapping.shape is not Shape.TIES
        ]
        self.numberings = f"list:{chapter.id.hex[:16]}:"
        # In a trial nothing is written, so who would be new must be kept in mind.
        self._trial_directory = Directory() if is_trial else None
        self._counts = counts
        self._mentioned: set[int] = set()
        self._words_taken: set[str] = set()

    def directory(self) -> Directory:
        """Whom a block may mean."""
        if self._trial_directory is None:
            return Directory()
        return self._trial_directory

    def count(self, what: str, number: int = 1) -> None:
        """Add to one of the import's counts."""
        if number:
            self._counts[what] = self._counts.get(what, 0) + number

    @contextmanager
    def silently(self) -> Iterator[None]:
        """Count nothing for a while: it was counted before."""
        counts, self._counts = self._counts, {}
        try:
            yield
        finally:
            self._counts = counts

    def mention(self, thing: uuid.UUID, other: uuid.UUID | None = None) -> bool:
        """Take note that a member (or a pair) has been mentioned; says whether for the first time.

        One number each is kept, so that a long list needs little memory.
        """
        key = hash((thing.int, other.int)) if other else thing.int & 0x7FFFFFFFFFFFFFFF
        if key in self._mentioned:
            return False
        self._mentioned.add(key)
        return True

    @cached_property
    def hosted(self) -> dict[uuid.UUID, Chapter]:
        """The chapters that whoever imports looks after."""
        return {one.id: one for one in hosted_by(self.actor)}

    @cached_property
    def _hosted_by_name(self) -> dict[str, Chapter]:
        return {one.name.casefold(): one for one in self.hosted.values()}

    def chapter_of(self, row: RowSaid) -> Chapter:
        """The chapter that a row names, if it may land there."""
        if not row.chapter or row.chapter.casefold() == self.chapter.name.casefold():
            return self.chapter
        found = self._hosted_by_name.get(row.chapter.casefold())
        if found is None:
            row.repairs.append(
                said(
                    "You do not look after a chapter “{name}”; the row went into {chapter}.",
                    name=row.chapter[:80],
                    chapter=self.chapter.name,
                )
            )
        return found or self.chapter

    def take_words(self, opened: Opened, rows: list[RowSaid]) -> None:
        """A list of terms enlarges the vocabulary: the whole file, once."""
        self.count("words", sum(row.refusal is None for row in rows))
        kept = self._batch.sheets[opened.index]
        if self.is_trial or kept["file"] in self._words_taken:
            return
        self._words_taken.add(kept["file"])
        with tempfile.TemporaryDirectory() as home:
            # The reader goes by the name: it tells the language and whether the file is packed.
            named = Path(home) / Path(kept["name"]).name
            named.symlink_to(sheets.folder(self._batch.id) / kept["file"])
            exchange.import_esco([named], actor=self.actor)
