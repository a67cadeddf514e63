"""What imports keep. The files themselves lie in FOOTBRIDGE_HOME/imports and go with their rows."""

from __future__ import annotations

from footbridge.core.data import (
    ERASED,
    HOSTS,
    TECHNICAL,
    WITH_CHAPTER,
    Limit,
    Table,
    content,
    identity,
    relation,
    table,
)
from footbridge.intake.actions.running import KEPT_DAYS
from footbridge.intake.keeping import MERGES_KEPT

_GONE = f"emptied {KEPT_DAYS} days after the import, and when somebody in the list is erased"

TABLES: dict[str, Table] = {
    "intake.Batch": table(
        "a list that a host brought",
        f"{_GONE}; {WITH_CHAPTER}",
        HOSTS,
        id=TECHNICAL,
        owner=relation("intake.brought.name"),
        chapter=relation("intake.brought.chapter"),
        name=content("intake.brought.name"),
        state=TECHNICAL,
        sheets=content(withheld="samples of the cells, which stand in the rows"),
        counts=TECHNICAL,
        done=TECHNICAL,
        total=TECHNICAL,
        error=TECHNICAL,
        created_at=content("intake.brought.created_at"),
        claim=TECHNICAL,
        beat_at=TECHNICAL,
        started_at=TECHNICAL,
        finished_at=TECHNICAL,
    ),
    "intake.RowResult": table(
        "a row of a list that was mended or refused, so that it can be brought once more",
        f"deleted {KEPT_DAYS} days after the import, and when somebody in the list is erased",
        HOSTS,
        id=TECHNICAL,
        batch=TECHNICAL,
        sheet=TECHNICAL,
        number=TECHNICAL,
        verdict=TECHNICAL,
        notes=content(withheld="what was said of the cells, which are there"),
        cells=content("intake.rows"),
    ),
    "intake.KnownMapping": table(
        "what the columns of a list meant the last time",
        WITH_CHAPTER,
        HOSTS,
        id=TECHNICAL,
        chapter=TECHNICAL,
        header=TECHNICAL,
        mapping=TECHNICAL,
        since=TECHNICAL,
    ),
    "intake.Duplicate": table(
        "two members who may be one, for a host to decide",
        ERASED,
        HOSTS,
        id=TECHNICAL,
        one=relation(withheld="a guess, which tells of another record as well"),
        other=relation(withheld="a guess, which tells of another record as well"),
        likeness=TECHNICAL,
        why=TECHNICAL,
        state=TECHNICAL,
        found_at=TECHNICAL,
    ),
    "intake.Merge": table(
        "what it takes to make two members again of two who were made one",
        f"deleted after {MERGES_KEPT.days} days; {ERASED}",
        HOSTS,
        id=TECHNICAL,
        kept=relation("intake.merged.gone"),
        chapter=TECHNICAL,
        by=relation(withheld="a host's hand"),
        gone=identity("intake.merged.gone"),
        moved=TECHNICAL,
        dropped=content(withheld="may hold what others keep to themselves"),
        filled=content("intake.merged.filled"),
        added=TECHNICAL,
        merged_at=content("intake.merged.merged_at"),
        undone_at=TECHNICAL,
    ),
}

LIMITS = (
    Limit(
        "files, samples and rows of lists that were brought",
        f"{KEPT_DAYS} days",
        "footbridge.intake.actions.running.forget_old",
    ),
    Limit(
        "what it takes to undo a merge",
        f"{MERGES_KEPT.days} days",
        "footbridge.intake.keeping.forget_old_merges",
    ),
)
