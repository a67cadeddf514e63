"""While a page is only read, the same question is asked once."""

from __future__ import annotations

import threading
from typing import Any

from footbridge.core.reading import asked_once, is_reading, reading


def counting() -> tuple[list[int], Any]:
    asked: list[int] = []

    @asked_once
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    return asked, double


def test_within_a_reading_each_question_is_asked_once() -> None:
    asked, double = counting()
    with reading():
        assert [double(2), double(3), double(2), double(number=2)] == [4, 6, 4, 4]
    assert asked == [2, 3, 2]


def test_outside_of_a_reading_and_in_the_next_everything_is_asked_anew() -> None:
    asked, double = counting()
    for _ in range(2):
        double(2)
        with reading():
            double(2)
    assert asked == [2, 2, 2, 2]
    assert not is_reading()


def test_two_questions_with_the_same_words_are_two() -> None:
    asked, double = counting()
    others, another = counting()
    with reading():
        double(2)
        another(2)
    assert (asked, others) == ([2], [2])


def test_an_answer_of_nothing_is_an_answer_and_a_failure_is_none() -> None:
    asked = []

    @asked_once
    def ask(word: str) -> None:
        asked.append(word)
        if word == "wrong":
            raise ValueError(word)

    with reading():
        for word in ("right", "right", "wrong", "wrong"):
            try:
                ask(word)
            except ValueError:
                continue
    assert asked == ["right", "wrong", "wrong"]


def test_a_page_beside_knows_nothing_of_it() -> None:
    seen = []
    with reading():
        beside = threading.Thread(target=lambda: seen.append(is_reading()))
        beside.start()
        beside.join()
    assert seen == [False]
