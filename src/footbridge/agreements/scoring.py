"""How far an agreement is: which clauses stand, and what is still in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from footbridge.agreements.fields import fields_of
from footbridge.agreements.states import COUNTS, Form, Level


@dataclass(frozen=True)
class Score:
    """`reached` of `relevant` clauses, partly ones as a half; the keys of those that nothing
    starts without and that are not fully in place."""

    reached: float
    relevant: int
    blocking: tuple[str, ...]

    @property
    def percent(self) -> int:
        """What is reached in per cent, rounded down: a hundred means all.

        >>> Score(2.5, 4, ()).percent, Score(0.0, 0, ()).percent
        (62, 0)
        """
        return int(100 * self.reached / self.relevant) if self.relevant else 0


def score(form: Form | str, levels: Mapping[str, Level | str]) -> Score:
    """The score of an agreement of this form; a clause without a level is not in place.

    A clause that is not relevant counts neither way, but a blocking one stays in the way: what
    does not apply has to be said in words, such as "none".

    >>> half = score(Form.PILOT, {"purpose": Level.FULLY, "stake": Level.NOT_RELEVANT})
    >>> half.reached, half.relevant, "purpose" in half.blocking, "money" in half.blocking
    (1.0, 10, False, True)
    """
    found = [(field, Level(levels.get(field.key, Level.MISSING))) for field in fields_of(form)]
    relevant = [level for _field, level in found if level != Level.NOT_RELEVANT]
    return Score(
        reached=sum(COUNTS[level] for level in relevant),
        relevant=len(relevant),
        blocking=tuple(
            field.key for field, level in found if field.is_blocking(form) and level != Level.FULLY
        ),
    )


def level_of_contributions(
    parties: Iterable[object], with_day: Iterable[object], without_day: Iterable[object]
) -> Level:
    """How far "what each puts in" is: fully once every party has put something in and each thing
    has its day; partly once anything stands there.

    >>> level_of_contributions("ab", "ab", "").value, level_of_contributions("ab", "a", "b").value
    ('fully', 'partly')
    """
    dated, undated = set(with_day), set(without_day)
    wanted = set(parties)
    if wanted and not undated and wanted <= dated:
        return Level.FULLY
    return Level.PARTLY if dated or undated else Level.MISSING
