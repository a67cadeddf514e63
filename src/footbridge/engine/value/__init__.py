"""What changed, what it is worth, and how much of it is ours: value maps and their ratio.

>>> from footbridge.engine import value
>>> from footbridge.engine.value.examples import employment
>>> found = value.worth(employment())
>>> value.printed(found.ratio), value.printed(found.net_present, 0)
(Decimal('1.44'), Decimal('109070'))
>>> found = value.scenario(employment(deadweight=("0.4", "0.3", "0.5")))
>>> value.printed(found.low), value.printed(found.high)
(Decimal('1.20'), Decimal('1.68'))
"""

from footbridge.engine.value.draws import Draws, draw
from footbridge.engine.value.figures import (
    Band,
    Basis,
    Figure,
    Numeral,
    Share,
    number,
    printed,
    said,
)
from footbridge.engine.value.maps import (
    Field,
    Input,
    InputKind,
    InputsBasis,
    Looks,
    Outcome,
    Stakeholders,
    Timing,
    ValueMap,
    Why,
)
from footbridge.engine.value.partners import (
    Business,
    Impacts,
    Return,
    additional,
    business_return,
    divide,
    divide_total,
    printed_parts,
)
from footbridge.engine.value.prices import Adjustment, Move, Price, Technique
from footbridge.engine.value.ranges import (
    Bar,
    BreakEven,
    NotReachable,
    Payback,
    Range,
    break_evens,
    grid,
    payback,
    scenario,
    tornado,
)
from footbridge.engine.value.remarks import Doubt, Remark, doubts
from footbridge.engine.value.runs import (
    Change,
    Run,
    again,
    differences,
    digest,
    from_snapshot,
    run,
    snapshot,
)
from footbridge.engine.value.steps import Act, Fall, Step, steps, waterfall
from footbridge.engine.value.worth import (
    InputWorth,
    LeftOut,
    NoRatio,
    RowWorth,
    Worth,
    Year,
    worth,
)

__all__ = [
    "Act",
    "Adjustment",
    "Band",
    "Bar",
    "Basis",
    "BreakEven",
    "Business",
    "Change",
    "Doubt",
    "Draws",
    "Fall",
    "Field",
    "Figure",
    "Impacts",
    "Input",
    "InputKind",
    "InputWorth",
    "InputsBasis",
    "LeftOut",
    "Looks",
    "Move",
    "NoRatio",
    "NotReachable",
    "Numeral",
    "Outcome",
    "Payback",
    "Price",
    "Range",
    "Remark",
    "Return",
    "RowWorth",
    "Run",
    "Share",
    "Stakeholders",
    "Step",
    "Technique",
    "Timing",
    "ValueMap",
    "Why",
    "Worth",
    "Year",
    "additional",
    "again",
    "break_evens",
    "business_return",
    "differences",
    "digest",
    "divide",
    "divide_total",
    "doubts",
    "draw",
    "from_snapshot",
    "grid",
    "number",
    "payback",
    "printed",
    "printed_parts",
    "run",
    "said",
    "scenario",
    "snapshot",
    "steps",
    "tornado",
    "waterfall",
    "worth",
]
