"""The examples in the docstrings run and say what they claim."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["fit", "fit.rows", "fit.score", "snapshot", "snapshot.places"])
def test_the_examples_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
