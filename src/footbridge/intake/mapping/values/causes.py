"""Causes: the Sustainable Development Goals by number, or a subject in the file's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from footbridge.intake.mapping.values.cells import split_many

GOALS = range(1, 18)

# Target 8.5 belongs to goal 8; "2030" after "agenda" is no goal.
_TAGGED = re.compile(
    r"^(?:un\s*)?(?:sdgs?|ods|odd|oss|goal|objetivo|objectif|ziel|obiettivo|objetivo|doel|"
    r"global goal|sdg goal)[\s:#_.-]*(?:n[º°o.]\s*)?0?(\d{1,2})(?:\.\w{1,2})?\b[\s.:–—-]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"^0?(\d{1,2})(?:\.\w{1,2})?(?:\.0)?(?:\s*[.:–—-]\s*(\D.*))?$", re.DOTALL)
_ICNPTSO = re.compile(r"^([A-L])(\d{2})?$")
_UKCAT = re.compile(r"^([A-Z]{2})(\d{3})?$")

# Which goal a class of the UN classification of non-profit institutions (ICNPTSO) mostly serves;
# classes that serve no goal of their own (a congregation, a foundation) are left without.
_GOAL_OF_ICNPTSO = {
    "B": 4, "C": 3, "D10": 10, "D11": 10, "D13": 10, "D20": 4, "D30": 1, "D40": 8, "D": 10,
    "A20": 3, "A21": 3, "A": 11, "E20": 15, "E10": 13, "E": 13, "F10": 11, "F20": 8, "F30": 11,
    "F40": 6, "F": 11, "G30": 17, "G": 16, "H": 17, "J30": 8, "J10": 8, "J20": 8, "K10": 9,
    "L10": 2, "L20": 9, "L50": 9,
}  # fmt: skip
_NAME_OF_ICNPTSO = {
    "A": "culture and recreation", "B": "education", "C": "health", "D": "social services",
    "E": "environment and animals", "F": "community development and housing",
    "G": "civic and advocacy", "H": "philanthropy and volunteering", "I": "religion",
    "J": "business and professions", "K": "research and professional services",
    "L": "other activities",
}  # fmt: skip
_NAME_OF_ICNPTSO_GROUP = {
    "A1": "culture and arts", "A2": "sport", "A3": "media", "B1": "schools",
    "B2": "higher education", "C2": "hospitals", "C3": "care homes",
    "D1": "family services", "D2": "childcare", "D3": "emergency relief",
    "D4": "into work", "E1": "nature and climate", "E2": "animal welfare", "F1": "building",
    "F2": "local economy", "F3": "housing", "G1": "civic and human rights",
    "G3": "international work", "H1": "grant-making", "K1": "research",
}  # fmt: skip
_UKCAT_TOP = {
    "AN": ("animals", 15), "AF": ("armed forces", None), "AR": ("arts", 11),
    "AS": ("associations", None), "BE": ("people helped", 10),
    "CA": ("charitable activities", None), "CV": ("voluntary sector support", 17),
    "CC": ("childcare", 4), "CJ": ("crime and justice", 16), "EC": ("local economy", 8),
    "ED": ("education", 4), "EN": ("environment", 13), "FA": ("facilities", 11),
    "HE": ("health", 3), "HR": ("heritage", 11), "HO": ("housing", 11), "LE": ("leisure", 3),
    "PR": ("professions", 8), "RL": ("religion", None), "RS": ("research", 9),
    "SL": ("saving of lives", 3), "SC": ("social care", 10), "SW": ("social welfare", 1),
    "SO": ("society", 16),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CauseRead:
    """One cause: its goal where it has one, and words for it."""

    goal: int | None
    label: str
    code: str = ""


def read_causes(text: str) -> tuple[CauseRead, ...]:
    """Every cause of a cell, in its order.

    >>> [cause.goal for cause in read_causes("SDG3; Goal 13: Climate; ODS 4, ODD 5")]
    [3, 13, 4, 5]
    >>> read_causes("E10;J")[0]
    CauseRead(goal=13, label='nature and climate', code='E10')
    """
    parts = split_many(text)
    if all(len(part) < 60 or _TAGGED.match(part) for part in parts):
        parts = tuple(piece for part in parts for piece in _parted_by_commas(part))
    return tuple(dict.fromkeys(map(read_cause, parts)))


def _parted_by_commas(text: str) -> tuple[str, ...]:
    """“3, 4” is two goals; “Health, Goal 3” too; “Peace, justice and institutions” is one."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) > 1 and all(_goal_in(piece) for piece in pieces):
        return tuple(pieces)
    tagged = _TAGGED.match(text)
    if len(pieces) > 1 and not tagged and not _NUMBERED.match(text):
        return tuple(pieces)
    return (text,)


@lru_cache(maxsize=16_384)
def read_cause(text: str) -> CauseRead:
    """One cause: a goal's number, a code of a known classification, or its own words."""
    text = text.strip()
    goal = _goal_in(text)
    if goal is not None:
        return goal
    return _icnptso(text) or _ukcat(text) or CauseRead(None, text)


def _goal_in(text: str) -> CauseRead | None:
    found = _TAGGED.match(text.strip()) or _NUMBERED.match(text.strip())
    if not found or int(found[1]) not in GOALS:
        return None
    return CauseRead(int(found[1]), (found[2] or "").strip(), f"SDG{int(found[1])}")


def read_goal(text: str) -> int | None:
    """The number of a goal, if the text names one.

    >>> read_goal("Goal 3: Good health"), read_goal("8.5"), read_goal("18"), read_goal("jobs")
    (3, 8, None, None)
    """
    goal = _goal_in(text)
    return goal.goal if goal else None


def is_goal_tag(text: str) -> bool:
    """A goal with its word (“SDG 3”, “ODD 3”), not a bare number."""
    return bool(_TAGGED.match(text.strip()))


def is_cause_code(text: str) -> bool:
    """A code of ICNPTSO (letter and two digits) or UKCAT (two letters and three digits)."""
    return bool(re.fullmatch(r"[A-L]\d{2}|[A-Z]{2}\d{3}", text.strip()))


def _icnptso(text: str) -> CauseRead | None:
    found = _ICNPTSO.match(text)
    if not found or (found[2] is None and len(text) > 1):
        return None
    section = found[1]
    keys = [text, f"{text[:2]}0", section]
    goal = next((_GOAL_OF_ICNPTSO[key] for key in keys if key in _GOAL_OF_ICNPTSO), None)
    name = _NAME_OF_ICNPTSO_GROUP.get(text[:2]) or _NAME_OF_ICNPTSO[section]
    return CauseRead(goal, name, text)


def _ukcat(text: str) -> CauseRead | None:
    found = _UKCAT.match(text)
    if not found or found[1] not in _UKCAT_TOP:
        return None
    name, goal = _UKCAT_TOP[found[1]]
    return CauseRead(goal, name, text)
