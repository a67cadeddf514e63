"""Real public lists, read in place; each test skips where they are absent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from footbridge.core.audience import OPERATOR
from footbridge.intake import actions
from footbridge.intake.models import Batch
from footbridge.people.models import Chapter

Import = Callable[..., Batch]


@pytest.fixture
def bring(public_data: Path, db: None) -> Import:
    """Import files of the public data as they are, together, into a chapter called Home."""

    def bring(*names: str) -> Batch:
        missing = [name for name in names if not (public_data / name).exists()]
        if missing:
            pytest.skip(f"not there: {', '.join(missing)}")
        chapter, _new = Chapter.objects.get_or_create(name="Home")
        given = [actions.Given(public_data / name, Path(name).name) for name in names]
        batch = actions.read_files(actor=OPERATOR, chapter=chapter, files=given)
        done = actions.start(actor=OPERATOR, batch=batch, wait=True)
        assert done.state == "done", done.error
        return done

    return bring
