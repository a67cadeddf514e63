"""Amounts of money go out and come back as they are, in both formats."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from footbridge.export.cells import Kind, from_cell, from_plain, to_cell, to_plain


@pytest.mark.parametrize("amount", ["12000.50", "0.10", "999999999999999.99", "-3"])
def test_an_amount_comes_back_exactly(amount: str) -> None:
    value = Decimal(amount)
    cell = to_cell(Kind.EXACT, value, may_be_missing=True)
    assert (cell, from_cell(Kind.EXACT, cell, may_be_missing=True)) == (amount, value)
    plain = json.loads(json.dumps(to_plain(Kind.EXACT, value)))
    assert from_plain(Kind.EXACT, plain) == value


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "a lot", "1,5", 12.5, None])
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    if wrong is None:
        assert from_plain(Kind.EXACT, wrong) is None
        assert from_cell(Kind.EXACT, "", may_be_missing=True) is None
        return
    with pytest.raises(ValueError, match="it is not a"):
        from_plain(Kind.EXACT, wrong)
